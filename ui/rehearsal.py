"""The main job from end to end, as a clerk and the superior do it in the window, without a screen.

An invented village registers a visit, prints its book, closes the month and writes the pack; the town
takes it in; the receipt comes home. Every page is photographed on the way.
"""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from tempfile import mkdtemp
from typing import TypeVar

from ojr_desk.backup.disk import make_folder
from ojr_desk.demo import invent
from ojr_desk.desk import Desk, NewOffice, rehearsed
from ojr_desk.moments import Month
from ojr_desk.problems import Refused
from ojr_desk.store.query import Query
from ojr_desk.text import _
from ui.book_page import BookPage
from ui.month_page import MonthPage
from ui.page import Page
from ui.paper import keep
from ui.receive_page import ReceivePage
from ui.register_page import RegisterPage
from ui.stage import Stage, application, on_stage

Kind = TypeVar("Kind", bound=Page)


def run(folder: Path | None) -> dict[str, str]:
    """Do it all in *folder*, or in a new one; answer with what was written, by name."""
    root = (folder or Path(mkdtemp(prefix="ojr-desk-rehearsal-"))).absolute()
    make_folder(root)
    if any(root.iterdir()):
        raise Refused(_("{folder} 里已经有东西了，请换一个空的文件夹。").format(folder=root))
    today = date.today()
    month = Month.of(today).previous()
    application()
    office = root / "village"
    made = invent(office, 1, today=today)["office"]
    clock = rehearsed(today)
    written = {"office": office}
    with on_stage(office, clock, _first_clerk(office, clock)) as stage:
        written |= dict(_village(stage, root, month))
    superior = root / "superior"
    facts = NewOffice(made["superior"], "township", "", _("上级单位"))
    Desk.create(superior, facts, clock).close()
    with on_stage(superior, clock) as stage:
        written |= dict(_superior(stage, root, written["pack"]))
    with on_stage(office, clock) as stage:
        written |= dict(_receipt(stage, root, written["receipt"]))
    return {name: str(path) for name, path in written.items()}


def _village(stage: Stage, root: Path, month: Month) -> Iterator[tuple[str, Path]]:
    """Register a visit, look at every page, print the book, close the month, write the pack."""
    page = _page(stage.go("visit"), RegisterPage)
    page.begin()
    form = page.panel.form
    form.field("occurred_at").editor.put(None, f"{stage.office.now() - timedelta(hours=8):%Y-%m-%d %H:%M}")
    form.field("person").editor.put("", _("林小禾"))
    form.field("matter_category").editor.put("facilities.road", "")
    form.field("content").editor.put("", _("村口路灯不亮，晚上出行不方便"))
    form.field("reply_content").editor.put("", _("已记下，三天内请电工去修"))
    yield "picture_form", stage.picture(root / "pictures" / "form.png")
    page.panel.submit()
    stage.settle()
    _expect(not form.is_touched, page.panel.notice.text())
    for entry in stage.window.entries:
        stage.go(entry.key)
        yield f"picture_{entry.key}", stage.picture(root / "pictures" / f"{entry.key}.png")
    yield from _print(stage, root, month)
    yield from _close_and_send(stage, root, month)


def _print(stage: Stage, root: Path, month: Month) -> Iterator[tuple[str, Path]]:
    page = _page(stage.go("books"), BookPage)
    page.months.choose(month)
    page.reload()
    stage.settle()
    _expect(page.path is not None and page.view.pages > 0, page.notice.text())
    assert page.path is not None
    yield "picture_book", stage.picture(root / "pictures" / "book.png")
    target = root / page.path.name
    keep(page.path, target)
    yield "book", target


def _close_and_send(stage: Stage, root: Path, month: Month) -> Iterator[tuple[str, Path]]:
    page = _page(stage.go("months"), MonthPage)
    page.choose(month)
    page.close_month.click()
    stage.settle()
    page.choose(month)
    _expect(page.line is not None and page.line.state == "closed", page.notice.text())
    page.write(root / "sent", None)
    stage.settle()
    yield "picture_closed", stage.picture(root / "pictures" / "closed.png")
    files = sorted((root / "sent").iterdir())
    _expect(bool(files), page.notice.text())
    for file in files:
        yield ("pack" if file.suffix == ".xlsx" else "pack_on_paper"), file


def _superior(stage: Stage, root: Path, pack: Path) -> Iterator[tuple[str, Path]]:
    """Look at the village's pack, take it in, see its records."""
    page = _page(stage.go("receive"), ReceivePage)
    page.look_at([pack])
    page.send_receipts_to(root / "receipts")
    stage.settle()
    yield "picture_plan", stage.picture(root / "pictures" / "plan.png")
    page.carry_out()
    stage.settle()
    yield "picture_received", stage.picture(root / "pictures" / "received.png")
    receipts = sorted((root / "receipts").glob("*.xlsx"))
    _expect(bool(receipts), page.notice.text())
    yield "receipt", receipts[0]
    stage.go("all_intake")
    yield "picture_consolidated", stage.picture(root / "pictures" / "consolidated.png")


def _receipt(stage: Stage, root: Path, receipt: Path) -> Iterator[tuple[str, Path]]:
    """Take the superior's receipt in."""
    page = _page(stage.go("receive"), ReceivePage)
    page.look_at([receipt])
    stage.settle()
    page.carry_out()
    stage.settle()
    yield "picture_receipt", stage.picture(root / "pictures" / "receipt.png")


def _first_clerk(folder: Path, clock: Callable[[], datetime]) -> str:
    """Name somebody of the staff who may sit at the window."""
    desk = Desk.open(folder, clock)
    try:
        found = desk.registers.find("staff", Query(live=True), 1)
        return str(found.records[0].uid)
    finally:
        desk.close()


def _page(page: object, kind: type[Kind]) -> Kind:
    assert isinstance(page, kind)
    return page


def _expect(fine: bool, told: str) -> None:
    """Stop where the window said no: the rehearsal has failed, and this is why."""
    if not fine:
        raise Refused(told or _("这一步没有做成。"))
