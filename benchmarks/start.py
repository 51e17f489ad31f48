"""How long a clerk waits in the morning: until the window is there, until the intake form can be filled.

Measured against a bare PySide6 window, and one that imports SQLModel besides: what the program cannot do
without. The processes take turns; the figures are medians of their wall time, from start to the moment
in question, and ratios of medians. One round goes before and is not counted: Python compiles in it what it
compiles once, as it does when the program is installed.

    .venv/bin/python benchmarks/start.py [ROUNDS]
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

BARE = """
import os, sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow

class Bare(QMainWindow):
    def paintEvent(self, event):
        QTimer.singleShot(0, self.done)

    def done(self):
        if "sqlmodel" in sys.argv:
            import sqlmodel
        os._exit(0)

application = QApplication([])
window = Bare()
window.setCentralWidget(QLabel("bare"))
window.resize(1366, 728)
window.show()
application.exec()
"""

OURS = """
import os, sys
from PySide6.QtCore import QEvent, QObject, QTimer
import ui.app, ui.window

class Watch(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            QTimer.singleShot(0, lambda: os._exit(0))
        return False

class Timed(ui.window.Window):
    def __init__(self, size):
        super().__init__(size)
        if "paint" in sys.argv:
            self.painted.connect(lambda: os._exit(0))
        self.moved.connect(self.seen)

    def seen(self, key):
        # As soon as a window is there, F2 is pressed.
        if key == "today":
            QTimer.singleShot(0, lambda: self.go("visit"))
        else:
            self.watch = Watch()
            self.stack.currentWidget().panel.form.widget().installEventFilter(self.watch)

ui.app.Window = Timed
ui.app.main(["--data", sys.argv[1]])
"""


def main() -> None:
    """Measure and print."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 11
    with tempfile.TemporaryDirectory() as folder:
        make_office(Path(folder))
        commands = {
            "bare": ["-c", BARE],
            "bare_sqlmodel": ["-c", BARE, "sqlmodel"],
            "first_paint": ["-c", OURS, folder, "paint"],
            "form": ["-c", OURS, folder],
        }
        times: dict[str, list[float]] = {name: [] for name in commands}
        for _round in range(1 + rounds):
            for name, arguments in commands.items():
                times[name].append(timed(arguments, Path(folder) / "compiled"))
        times = {name: each[1:] for name, each in times.items()}
    middle = {name: statistics.median(each) for name, each in times.items()}
    for name, each in times.items():
        print(f"{name:14} {middle[name]:7.1f} ms   best {min(each):7.1f}   of {rounds}")
    print(
        f"first window / bare window               {middle['first_paint'] / middle['bare']:.2f}   goal 1.60"
    )
    print(
        f"intake form / (bare window + SQLModel)   {middle['form'] / middle['bare_sqlmodel']:.2f}   goal 1.30"
    )


def make_office(folder: Path) -> None:
    """Make the office that is opened."""
    program = "from pathlib import Path; from ojr_desk.desk import Desk, NewOffice; "
    program += (
        f"Desk.create(Path({str(folder)!r}), NewOffice('\\u6cb3\\u5e95\\u9ad8\\u6751', 'village')).close()"
    )
    subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=True)


def timed(arguments: list[str], compiled: Path) -> float:
    """Run Python with *arguments*, its compiled modules in *compiled*; return the wall time in milliseconds."""
    environment = {**os.environ, "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen")}
    environment["PYTHONPYCACHEPREFIX"] = str(compiled)
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    begun = time.perf_counter()
    subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, check=True, env=environment, stderr=subprocess.DEVNULL
    )
    return (time.perf_counter() - begun) * 1000


if __name__ == "__main__":
    main()
