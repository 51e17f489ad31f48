"""A screen, a session and an input method of their own, as real processes, and hands on their keyboard.

Every process is one of ours, in a home of its own, and is ended by the number of its own group.
"""

import json
import os
import queue
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any

ROOT = Path(__file__).resolve().parents[2]
#: What a screen with hands needs, and each input method besides, by the Debian packages that bring it.
SCREEN = {"Xvfb": "xvfb", "xdotool": "xdotool", "dbus-daemon": "dbus-daemon"}
METHODS = {
    "ibus": {
        "ibus-daemon": "ibus",
        "/usr/libexec/ibus-memconf": "ibus",
        "/usr/libexec/ibus-engine-libpinyin": "ibus-libpinyin",
    },
    "fcitx": {
        "fcitx5": "fcitx5",
        "/usr/share/fcitx5/addon/ibusfrontend.conf": "fcitx5-modules",
        "/usr/share/fcitx5/addon/pinyin.conf": "fcitx5-pinyin",
    },
}
#: What fcitx 5 reads when it starts, so that it makes Chinese from the first key on.
_PROFILE = """[Groups/0]
Name=Default
Default Layout=us
DefaultIM=pinyin
[Groups/0/Items/0]
Name=pinyin
Layout=
[GroupOrder]
0=Default
"""
#: How long anything may take on a busy machine, in seconds.
PATIENCE = 60.0
#: The program itself, which says what stands in its form and what is being composed whenever that changes.
WINDOW = """
import json, sys
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QLabel
from ui import app
from ui.window import Window

class Listener(QObject):
    composed = ""

    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.InputMethod:
            self.composed = event.preeditString()
        return False

application = app.make_application()
listener = Listener()
application.installEventFilter(listener)
told = None

def look():
    global told
    window = next((each for each in application.topLevelWidgets() if isinstance(each, Window)), None)
    if window is None or len(window.entries) < 6:
        return
    if told is None:
        # There is no window manager that would; later nothing may take the keys away from it.
        window.activateWindow()
    now = {"active": window.isActiveWindow(), "here": window.here, "composed": listener.composed}
    now["told"] = window.notice.text()
    if window.here == "visit":
        panel = window.stack.currentWidget().panel
        focus = application.focusWidget()
        now["field"] = next(
            (name for name in panel.form.names if panel.form.field(name).isAncestorOf(focus or window)), ""
        )
        now["form"] = {name: panel.form.field(name).editor.value() for name in panel.form.names}
        now["notice"] = panel.notice.text()
        now["rests"] = not panel.visitor._timer.isActive() and not panel._office.busy
    if now != told and (told is not None or now["active"]):
        told = now
        print(json.dumps(now), flush=True)

timer = QTimer(interval=20)
timer.timeout.connect(look)
timer.start()
sys.exit(app.main(["--data", sys.argv[1], "--today", sys.argv[2], "--user", "林小娟"]))
"""


def missing(method: str = "") -> str:
    """Name the Debian packages that are missing here for a screen with an input method; nothing if none is."""
    wanted = SCREEN | METHODS.get(method, {})
    gone = (package for name, package in wanted.items() if not shutil.which(name) and not Path(name).exists())
    return " ".join(dict.fromkeys(gone))


@contextmanager
def screen() -> Iterator[dict[str, str]]:
    """Start a screen and a session; answer with the environment that leads there."""
    kept = ("PATH", "PYTHONPATH", "LD_LIBRARY_PATH")
    around = {name: os.environ[name] for name in kept if name in os.environ}
    with ExitStack() as started:
        # The path of a socket in it may have no more than 107 letters, which a test's own folder may pass.
        home = started.enter_context(TemporaryDirectory(prefix="ojr-", ignore_cleanup_errors=True))
        around |= {"HOME": home, "XDG_RUNTIME_DIR": home, "LANG": "C.UTF-8", "GSETTINGS_BACKEND": "memory"}
        command = ["Xvfb", "-screen", "0", "1366x768x24", "-nolisten", "tcp"]
        around["DISPLAY"] = f":{started.enter_context(_telling(command, '-displayfd', '', around))}"
        bus = ["dbus-daemon", "--session", "--nofork", "--nopidfile"]
        address = started.enter_context(_telling(bus, "--print-address", "=", around))
        yield {**around, "DBUS_SESSION_BUS_ADDRESS": address, "QT_QPA_PLATFORM": "xcb"}


@contextmanager
def ibus(around: dict[str, str]) -> Iterator[dict[str, str]]:
    """Start ibus with libpinyin; answer with the environment as a desktop of ibus sets it."""
    command = ["ibus-daemon", "--panel=disable", "--emoji-extension=disable"]
    with _process([*command, "--config=/usr/libexec/ibus-memconf"], around):
        _until(lambda: "unix:" in _said(["ibus", "address"], around), "ibus-daemon")
        _until(lambda: not _said(["ibus", "engine", "libpinyin"], around), "libpinyin")
        _until(lambda: _said(["ibus", "engine"], around) == "libpinyin", "libpinyin")
        yield {**around, "QT_IM_MODULE": "ibus", "XMODIFIERS": "@im=ibus"}


@contextmanager
def fcitx(around: dict[str, str]) -> Iterator[dict[str, str]]:
    """Start fcitx 5 with pinyin; answer with the environment as a desktop of fcitx sets it."""
    folder = Path(around["HOME"], ".config", "fcitx5")
    folder.mkdir(parents=True)
    (folder / "profile").write_text(_PROFILE, encoding="utf-8")
    notes = Path(around["HOME"], ".config", "ibus", "bus")
    with _process(["fcitx5", "-D", "--verbose", "default=1"], around):
        _until(lambda: notes.is_dir() and bool(list(notes.iterdir())), "fcitx5")
        _until(lambda: _said(["fcitx5-remote"], around) in ("0", "1", "2"), "fcitx5")
        yield {**around, "QT_IM_MODULE": "fcitx", "XMODIFIERS": "@im=fcitx"}


class Hands:
    """Two hands on the keyboard of a screen, and eyes on what the program on it says."""

    def __init__(self, around: dict[str, str], said: IO[str]) -> None:
        self._around = around
        self._lines: queue.SimpleQueue[str] = queue.SimpleQueue()
        self.seen: dict[str, Any] = {}
        self.trail: list[dict[str, Any]] = []
        threading.Thread(target=self._listen, args=(said,), daemon=True).start()

    def press(self, *keys: str) -> None:
        """Press keys, as X names them."""
        subprocess.run(["xdotool", "key", *keys], env=self._around, check=True, timeout=PATIENCE)

    def see(self, what: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """Wait until what the program says is so; answer with it."""
        until = time.monotonic() + PATIENCE
        while not (self.seen and what(self.seen)):
            with suppress(queue.Empty):
                self.seen = json.loads(self._lines.get(timeout=max(0.0, until - time.monotonic())))
                self.trail.append(self.seen)
                continue
            raise AssertionError(f"it never came to that: {self.trail[-8:]}")
        return self.seen

    def _listen(self, said: IO[str]) -> None:
        for line in said:
            self._lines.put(line)


@contextmanager
def window(folder: Path, today: str, around: dict[str, str]) -> Iterator[Hands]:
    """Open the program's window on the screen of *around*; it is killed in the end."""
    command = [sys.executable, "-c", WINDOW, str(folder), today]
    with _process(command, around, stdout=subprocess.PIPE, encoding="utf-8") as process:
        yield Hands(around, process.stdout)


@contextmanager
def _process(command: list[str], around: dict[str, str], **more: Any) -> Iterator[Any]:
    """Start a process; end it, and what it has started itself, by the number of its own group."""
    process = subprocess.Popen(command, env=around, cwd=ROOT, start_new_session=True, **more)
    try:
        yield process
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        if process.stdout is not None:
            process.stdout.close()


@contextmanager
def _telling(command: list[str], option: str, joint: str, around: dict[str, str]) -> Iterator[str]:
    """Start a process that tells where it can be found by a line into the pipe that *option* names."""
    inside, outside = os.pipe()
    told = [f"{option}={outside}"] if joint else [option, str(outside)]
    with _process([*command, *told], around, pass_fds=(outside,)):
        os.close(outside)
        with os.fdopen(inside, encoding="utf-8") as pipe:
            yield pipe.readline().strip()


def _said(command: list[str], around: dict[str, str]) -> str:
    told = subprocess.run(
        command, env=around, capture_output=True, encoding="utf-8", check=False, timeout=PATIENCE
    )
    return (told.stdout + told.stderr).strip()


def _until(so: Callable[[], bool], what: str) -> None:
    until = time.monotonic() + PATIENCE
    while not so():
        assert time.monotonic() < until, f"{what} does not answer"
        time.sleep(0.05)
