"""The window over an office of 300 records and over one of 300 000: how long each page takes, and what blocks it.

    .venv/bin/python benchmarks/window.py [RECORDS]

Opening each page until its first rows are seen, and saving a visit until the list shows it: medians of
interleaved rounds in one run; goal: the large office takes at most 1.5 times what the small one takes, or at most
5 ms more. Then the longest time for which the window answered nothing, in the large office while somebody saves,
searches, prints a month and sends it to a printer (into a file), opens the backlog, loads an old book, puts as many
rows into the grid, saves them and undoes that, and in a superior's of its size that takes packs in: a timer beats
every 5 ms on the window's thread, and its longest gap is told, with that of a window at rest to judge the machine
by; goal: 50 ms. The longest time on a processor between two beats stands beside it:
a gap that is much longer was spent in waiting for another thread, or for a machine that does other things as well.
"""

import os
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ["QT_QPA_PLATFORM"] = "offscreen"

from openpyxl import Workbook  # noqa: E402 - the path comes first
from openpyxl.worksheet.worksheet import Worksheet  # noqa: E402 - the path comes first
from PySide6.QtCore import QEventLoop, Qt, QTimer  # noqa: E402 - the path comes first
from PySide6.QtPrintSupport import QPrinter  # noqa: E402 - the path comes first
from PySide6.QtWidgets import QApplication  # noqa: E402 - the path comes first

from benchmarks.million import GIVEN, fill  # noqa: E402 - the path comes first
from benchmarks.reception import office as filled  # noqa: E402 - the path comes first
from ojr_desk.demo import invent  # noqa: E402 - the path comes first
from ojr_desk.desk import NewOffice, rehearsed  # noqa: E402 - the path comes first
from ojr_desk.moments import Month  # noqa: E402 - the path comes first
from ojr_desk.printing import preview  # noqa: E402 - the path comes first
from ui.backlog.dialog import BacklogDialog  # noqa: E402 - the path comes first
from ui.backlog.paste_dialog import PasteDialog  # noqa: E402 - the path comes first
from ui.book_page import BookPage  # noqa: E402 - the path comes first
from ui.figures_page import FiguresPage  # noqa: E402 - the path comes first
from ui.month_page import MonthPage  # noqa: E402 - the path comes first
from ui.paper import print_pages  # noqa: E402 - the path comes first
from ui.receive_page import ReceivePage  # noqa: E402 - the path comes first
from ui.register_page import RegisterPage  # noqa: E402 - the path comes first
from ui.stage import Stage, on_stage  # noqa: E402 - the path comes first

SMALL, ROUNDS, SAVES = 300, 6, 15
#: Rows of an old book that is loaded.
OLD = 2000
#: Pages that are sent to a printer at most.
SENT = 20
GOAL, SPARE, GAP = 1.5, 5.0, 50.0
BEAT = 5  # milliseconds
TODAY = date(2026, 11, 22)
#: What is looked for: names, initials, last digits, words.
SOUGHT = ("王", "wsm", "0001", "路灯", "lzm", "医疗保险")


class Heart:
    """Beats on the window's thread; remembers its longest pause and most work between two beats, in milliseconds."""

    def __init__(self) -> None:
        self.longest = self.busiest = 0.0
        self._last, self._done = time.perf_counter(), time.thread_time()
        self._timer = QTimer(interval=BEAT, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def _beat(self) -> None:
        now, done = time.perf_counter(), time.thread_time()
        self.longest = max(self.longest, (now - self._last) * 1000)
        self.busiest = max(self.busiest, (done - self._done) * 1000)
        self._last, self._done = now, done

    def stop(self) -> float:
        """Beat no more; answer with the longest pause."""
        self._beat()
        self._timer.stop()
        return self.longest


def main() -> None:
    """Make the offices, measure, print."""
    large = _ending_early(int(sys.argv[1]) if len(sys.argv) > 1 else 300_000)
    with tempfile.TemporaryDirectory() as place:
        folders = {}
        for count in (SMALL, large):
            desk = filled(Path(place, str(count)), count)
            folders[count] = (desk.office.folder, rehearsed(desk.office.now().date()))
            desk.close()
        compare(folders)
        beat(*folders[large], Path(place))
        beat_superior(Path(place), large)


def _ending_early(count: int) -> int:
    """Take fewer records, so that the last month has as many as the small office: its book is what a page shows."""
    every, start = timedelta(minutes=5), datetime(2016, 1, 4, 8, 30)  # as `million` dates them
    month = (start + count * every).replace(day=1, hour=0, minute=0)
    return (month - start) // every + SMALL


def compare(folders: dict[int, tuple[Path, Callable[[], datetime]]]) -> None:
    """Open every page and save visits in both offices by turns; print the medians and their ratio."""
    times: dict[str, dict[int, list[float]]] = defaultdict(lambda: defaultdict(list))
    for turn in range(ROUNDS):
        for count in sorted(folders, reverse=bool(turn % 2)):
            with on_stage(*folders[count]) as stage:
                # The first round pays for what is loaded once.
                for name, took in opened(stage):
                    times[name][count].extend([took] if turn else [])
    with ExitStack() as windows:
        stages = {count: windows.enter_context(on_stage(*each)) for count, each in folders.items()}
        for turn in range(SAVES):
            for count in sorted(stages, reverse=bool(turn % 2)):
                took = saved(stages[count], turn)
                times["save a visit, list shown"][count].extend([took] if turn else [])
    for name, by_count in times.items():
        small, large = (median(by_count[count]) for count in folders)
        slow = large > max(GOAL * small, small + SPARE)
        print(f"{name:32}{small:8.1f} ms{large:8.1f} ms{large / small:7.2f}  {'TOO SLOW' if slow else ''}")


def opened(stage: Stage) -> Iterator[tuple[str, float]]:
    """Open each page for the first time in its window."""
    for entry in stage.window.entries:
        begun = time.perf_counter()
        page = stage.window.go(entry.key)
        if isinstance(page, RegisterPage | FiguresPage | MonthPage):
            wait(stage, partial(_has_rows, page))
        else:
            rest(stage)
        yield entry.key, (time.perf_counter() - begun) * 1000
        rest(stage)


def _has_rows(page: RegisterPage | FiguresPage | MonthPage) -> bool:
    if isinstance(page, RegisterPage):
        return page.list.table.records.rowCount() > 0
    return page.table.rowCount() > 0


def wait(stage: Stage, seen: Callable[[], bool]) -> None:
    """Wait until something is seen, or nothing is under way any more."""
    QApplication.processEvents()
    while stage.office.busy and not seen():
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    stage.window.repaint()


def rest(stage: Stage) -> None:
    """Wait until nothing is under way, without asking so often that the other thread is kept from it."""
    QApplication.processEvents()
    while True:
        while stage.office.busy:
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        QApplication.processEvents()
        # What has come may have asked for more.
        if not stage.office.busy:
            return


def saved(stage: Stage, turn: int) -> float:
    """Save a visit at the counter; answer with the milliseconds until the list shows it."""
    page = stage.window.go("visit")
    assert isinstance(page, RegisterPage)
    rest(stage)
    form = page.panel.form
    form.field("person").editor.put("", f"林小{GIVEN[turn]}")
    form.field("matter_category").editor.put("facilities.road", "")
    form.field("content").editor.put("", f"村口路灯不亮，第{turn}次来问")
    form.field("reply_content").editor.put("", "已记下，三天内请电工去修")
    table = page.list.table.records
    before, newest = table.rowCount(), table.row(0)
    begun = time.perf_counter()
    page.panel.submit()
    wait(stage, lambda: table.rowCount() > 0 and table.row(0) not in (None, newest))
    took = (time.perf_counter() - begun) * 1000
    rest(stage)
    assert table.rowCount() == before + 1, page.panel.notice.text()
    return took


@contextmanager
def heard(what: str) -> Iterator[None]:
    """Print the longest pause while something is done."""
    begun, heart = time.perf_counter(), Heart()
    yield
    gap = heart.stop()
    took = time.perf_counter() - begun
    work = f"at work {heart.busiest:5.1f} ms"
    print(f"{what:32}longest gap {gap:6.1f} ms, {work}, in {took:5.1f} s  {'TOO LONG' if gap > GAP else ''}")


def beat(folder: Path, clock: Callable[[], datetime], place: Path) -> None:
    """Listen to the window while somebody works in it."""
    with on_stage(folder, clock) as stage:
        for turn in range(2):
            saved(stage, turn)
        with heard("saving"):
            for turn in range(5):
                saved(stage, turn)
        page = stage.window.go("visit")
        assert isinstance(page, RegisterPage)
        with heard("searching a list"):
            for words in SOUGHT:
                page.list.search.words.setText(words)
                page.list.reload()
                rest(stage)
        with heard("searching everything"):
            for words in SOUGHT:
                stage.window.top.search.setFocus()
                stage.window.top.search.setText(words)
                stage.window.top.search.returnPressed.emit()
                rest(stage)
        stage.window.top.search.clear()
        book = stage.window.go("books")
        assert isinstance(book, BookPage)
        rest(stage)
        with heard("printing a month's book"):
            book.months.choose(Month.of(clock().date() - timedelta(days=40)))
            book.reload()
            rest(stage)
            print(f"{'':32}{book.view.pages} pages")
        with heard("sending it to a printer"):
            printed(stage, book, place / "printed.pdf")
        with heard("writing it as a workbook"):
            book.export(place / "book.xlsx")
            rest(stage)
        beat_backlog(stage, page, place)
        with heard("nothing"):
            until = time.perf_counter() + 3
            while time.perf_counter() < until:
                QApplication.processEvents()


def printed(stage: Stage, book: BookPage, target: Path) -> None:
    """Send the book that is shown to a printer that is a file."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(target))
    path, pages = book.path, range(min(book.view.pages, SENT))
    assert path is not None
    stage.office.aside(
        "printing", lambda _desk, progress: print_pages(printer, path, pages, progress), lambda _n: None
    )
    rest(stage)
    assert preview.count(target) == len(pages)


def beat_backlog(stage: Stage, page: RegisterPage, place: Path) -> None:
    """Listen to the window while somebody opens the backlog and loads an old book."""
    stage.window.go("visit")
    rest(stage)
    with heard("opening the backlog"):
        page.list.backlog.click()
        rest(stage)
    (dialog,) = (each for each in QApplication.topLevelWidgets() if isinstance(each, BacklogDialog))
    old = old_book(place / "old.xlsx", stage.office.now().date())
    with heard("turning to old books"):
        dialog.leaves.turn(1)
        rest(stage)
    with heard("looking at an old book"):
        dialog.load.open(old)
        rest(stage)
    with heard("loading it"):
        dialog.load.carry_out()
        rest(stage)
    print(f"{'':32}{dialog.load.notice.text()}")
    beat_grid(stage, dialog)
    dialog.close()
    rest(stage)


def beat_grid(stage: Stage, dialog: BacklogDialog) -> None:
    """Listen to the window while somebody pastes a table into the grid, saves it and undoes that."""
    dialog.leaves.turn(0)
    rest(stage)
    page = dialog.grid
    lines = ["日期\t姓名\t联系电话\t事项类别\t反映内容\t处理结果"]
    for number in range(OLD):
        day = stage.office.now().date() - timedelta(days=(OLD - number) // 10 + 1)
        name, phone = f"陈大{GIVEN[number % len(GIVEN)]}", f"1385777{number:04}"
        lines.append(f"{day:%Y-%m-%d}\t{name}\t{phone}\t其他\t又来问第{number}件事\t已答复")
    QApplication.clipboard().setText("\n".join(lines))
    with heard("pasting a table"):
        page.pasting.paste()
        rest(stage)
    (pasted,) = (each for each in QApplication.topLevelWidgets() if isinstance(each, PasteDialog))
    with heard("putting it in"):
        pasted.accept()
        rest(stage)
    with heard("saving it"):
        page.store()
        rest(stage)
    with heard("undoing that"):
        page.undoing.take_back()
        rest(stage)
    assert page.count == OLD, page.notice.text()
    page.empty()
    rest(stage)


def old_book(path: Path, until: date) -> Path:
    """Write a book of the visits before *until*, as offices have kept them."""
    workbook = Workbook()
    sheet = workbook.active
    assert isinstance(sheet, Worksheet)
    sheet.append(["序号", "日期", "姓名", "联系电话", "事项类别", "反映内容", "处理结果"])
    for number in range(OLD):
        day = until - timedelta(days=(OLD - number) // 10 + 1)
        name, phone = f"林小{GIVEN[number % len(GIVEN)]}", f"1395777{number:04}"
        sheet.append([number + 1, f"{day:%Y-%m-%d}", name, phone, "其他", f"来问第{number}件事", "已答复"])
    workbook.save(path)
    return path


def beat_superior(place: Path, count: int) -> None:
    """Listen to a superior's window while it takes packs in."""
    town = fill(place / "town", count, facts=NewOffice("测试镇", "township"))
    town.close()
    invent(place / "packs", 1, 5, 1, TODAY)
    with on_stage(place / "town", rehearsed(TODAY)) as stage:
        page = stage.window.go("receive")
        assert isinstance(page, ReceivePage)
        rest(stage)
        with heard("looking at packs"):
            page.look_at([place / "packs" / "packs"])
            rest(stage)
        page.send_receipts_to(place / "receipts")
        with heard("importing packs"):
            page.carry_out()
            rest(stage)
        print(f"{'':32}{page.notice.text()}")


if __name__ == "__main__":
    main()
