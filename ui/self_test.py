"""The program tries itself: whether this installation draws, prints, writes, keeps and takes Chinese input.

It works on an invented office in a folder of its own, so it may run anywhere and at any time. A part
that fails is reported and keeps no other from being tried.
"""

import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir
from typing import Any

from PySide6.QtGui import QFont, QFontDatabase, QFontMetrics
from PySide6.QtPrintSupport import QPrinterInfo

from ojr_desk import paths
from ojr_desk.backup.disk import make_folder
from ojr_desk.demo import invent
from ojr_desk.desk import Desk, rehearsed
from ojr_desk.exchange import pack as packs
from ojr_desk.moments import Month
from ojr_desk.printing import fonts, preview
from ojr_desk.problems import Refused
from ojr_desk.text import N_, _, listed
from ui.errors import attempt
from ui.input_method import verdict
from ui.stage import application, on_stage

Finding = dict[str, Any]
_TODAY = date(2026, 11, 22)
_MONTH = Month.of(_TODAY).previous()
#: Signs that must be drawn: rare names, Wenzhou's own places.
_SIGNS = "".join(map(chr, (0x36C3, 0x20BB7, 0x23C97, 0x2CB5A, 0x2B5AE, 0x579F, 0x5CC3, 0x6F08, 0x65F8)))
#: The faces of the screen, as their files name them.
_FACES = ("Noto Sans SC", "HanaMinB")
_LEAST_FREE = 300 * 1024 * 1024


def run(screens: Path | None) -> list[Finding]:
    """Try everything; with *screens* a picture of every page is kept there."""
    application()
    if screens is not None:
        make_folder(screens)
    findings = [_screen_fonts(), _paper_fonts(), _disk(), _printer(), _input_method()]
    with TemporaryDirectory(prefix="ojr-desk-", ignore_cleanup_errors=True) as place:
        folder = Path(place)
        findings.append(_tried(_("示例中心"), lambda: _invented(folder / "office")))
        if findings[-1]["ok"]:
            findings += [
                _tried(_("数据库"), lambda: _database(folder)),
                _tried(_("打印"), lambda: _printed(folder)),
                _tried(_("导出和读回"), lambda: _sent(folder)),
                _tried(_("备份"), lambda: _backed_up(folder)),
                *_pages(folder / "office", screens),
            ]
    return findings


def _tried(check: str, trial: Callable[[], str]) -> Finding:
    return _found(check, *attempt(trial))


def _found(check: str, ok: bool, detail: str) -> Finding:
    return {"check": check, "ok": ok, "detail": detail}


def _invented(office: Path) -> str:
    return str(invent(office, months=1, today=_TODAY)["office"]["name"])


def _open(folder: Path) -> Desk:
    return Desk.open(folder / "office", rehearsed(_TODAY))


def _database(folder: Path) -> str:
    """Add a record and find it again."""
    desk = _open(folder)
    try:
        values = {
            "anonymous": True,
            "matter_category": "other",
            "content": _("自检：来访一件"),
            "reply_content": _("已答复"),
        }
        number = desk.registers.add("intake", [values])[0].record.record_no
        with desk.office.reading() as session:
            version = session.connection().exec_driver_sql("SELECT sqlite_version()").scalar()
        return listed((f"SQLite {version}", number), N_("　"))
    finally:
        desk.close()


def _printed(folder: Path) -> str:
    """Print every book, count its pages anew and draw the first."""
    desk = _open(folder)
    pages = 0
    try:
        for _register, book in desk.books.all():
            path = folder / f"{book.code}.pdf"
            _ledger, printed = desk.books.print(book.code, _MONTH, path)
            _expect(preview.count(path) == printed.pages, path.name)
            _expect(min(preview.render(path, 0, 600).rgba[::4]) < 128, path.name)
            pages += printed.pages
    finally:
        desk.close()
    return _("{pages} 页，都读得回来").format(pages=pages)


def _sent(folder: Path) -> str:
    """Close the month, write its pack and read that back."""
    desk = _open(folder)
    try:
        desk.months.close(_MONTH)
        sent = desk.outbox.send(_MONTH, folder / "sent")
    finally:
        desk.close()
    read = packs.read(sent.files[0])
    _expect(read.pack.code == sent.pack.code and not read.edits, sent.files[0].name)
    return _("校验码 {code}，读回一致").format(code=sent.pack.code)


def _backed_up(folder: Path) -> str:
    desk = _open(folder)
    try:
        made = desk.backups.make(folder / "copy")
    finally:
        desk.close()
    _expect(not made.problem, made.problem)
    return _("核对过，完好")


def _pages(office: Path, screens: Path | None) -> Iterator[Finding]:
    """Open the window and go to every page."""
    with on_stage(office, rehearsed(_TODAY)) as stage:
        for entry in stage.window.entries:
            page = stage.go(entry.key)
            if screens is not None:
                stage.picture(screens / f"{entry.key}.png")
            yield _found(_("页面 {title}").format(title=entry.title), page.isVisible(), entry.key)


def _screen_fonts() -> Finding:
    families = set(QFontDatabase.families())
    missing = [face for face in _FACES if face not in families]
    metrics = [QFontMetrics(QFont(face)) for face in _FACES if face in families]
    missing += [sign for sign in _SIGNS if not any(each.inFontUcs4(ord(sign)) for each in metrics)]
    return _fonts(_("屏幕字体"), missing)


def _paper_fonts() -> Finding:
    return _fonts(_("打印字体"), list(fonts.missing(_SIGNS)))


def _fonts(check: str, missing: list[str]) -> Finding:
    if missing:
        told = _("缺少 {missing}，请重新安装程序。").format(missing=listed(missing))
        return _found(check, False, told)
    return _found(check, True, _("齐全，生僻字都能显示：{signs}").format(signs=_SIGNS))


def _input_method() -> Finding:
    """Tell whether Chinese can be typed."""
    return _found(_("中文输入法"), *verdict())


def _printer() -> Finding:
    names = QPrinterInfo.availablePrinterNames()
    none = _("没有找到打印机；可以先存成 PDF，到别的电脑打印")
    return _found(_("打印机"), True, listed(names) or none)


def _disk() -> Finding:
    try:
        folder = paths.data_folder(None)
        told = paths.caution(folder)
    except Refused:
        folder, told = Path(gettempdir()), _("还没有选定资料文件夹")
    at = next(each for each in (folder, *folder.parents) if each.exists())
    free = shutil.disk_usage(at).free
    room = _("还有 {free} MB").format(free=f"{free // 1024**2:,}")
    return _found(_("磁盘"), free > _LEAST_FREE, listed((str(at), room, told), N_("　")))


def _expect(fine: bool, what: str) -> None:
    """Have a trial fail, and say at what."""
    if not fine:
        raise Refused(_("{what}：和预期不一样").format(what=what))
