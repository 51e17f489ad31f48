"""The program tries itself: whether this installation draws, prints, reads, keeps and takes Chinese input."""

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from PySide6.QtCore import QLibraryInfo
from PySide6.QtPrintSupport import QPrinterInfo

from ojr_desk.demo import invent
from ojr_desk.desk import Desk, rehearsed
from ojr_desk.exchange import pack as packs
from ojr_desk.moments import Month
from ojr_desk.paths import FONTS
from ojr_desk.printing import fonts, preview
from ojr_desk.store.engine import Database
from ojr_desk.text import _
from ui.screens import save_screens

#: Characters that must be drawn: rare names, Wenzhou's own places.
SAMPLE = "㛃𠮷𣲗𬭚𫖮垟峃漈旸"
_LEAST_FREE = 500_000_000
_TODAY = date(2026, 11, 22)
Finding = dict[str, Any]


def run(screens: Path | None) -> list[Finding]:
    """Try every part in a temporary office; with *screens*, keep a picture of every page there."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    findings = [_fonts(), _sqlite(), _disk()]
    with TemporaryDirectory(prefix="ojr-desk-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        findings.append(_tried(_("示例中心"), lambda: _invented(folder / "office")))
        if findings[-1]["ok"]:
            findings.append(_tried(_("打印"), lambda: _printed(folder)))
            findings.append(_tried(_("导出和读回"), lambda: _sent(folder)))
            findings.append(_tried(_("每一页"), lambda: _pages(folder, screens)))
    return [*findings, *_devices()]


def _finding(what: str, ok: bool, detail: str) -> Finding:
    return {"check": what, "ok": ok, "detail": detail}


def _tried(what: str, trial: Callable[[], str]) -> Finding:
    """Tell how a trial went; whatever goes wrong is what the self-test is for."""
    try:
        return _finding(what, True, trial())
    except Exception as error:  # noqa: BLE001 - the self-test reports every failure instead of ending by it
        return _finding(what, False, f"{type(error).__name__}: {error}")


def _fonts() -> Finding:
    absent = [name for name in _FONT_FILES if not (FONTS / name).is_file()]
    missing = "" if absent else fonts.missing(SAMPLE)
    if absent or missing:
        told = _("缺少：{what}。请重新安装程序。").format(what="、".join([*absent, *missing]))
        return _finding(_("字体"), False, told)
    return _finding(_("字体"), True, _("三种字体齐全，生僻字都能显示：{sample}").format(sample=SAMPLE))


_FONT_FILES = ("NotoSerifSC-Regular.ttf", "NotoSansSC-Regular.ttf", "HanaMinB.ttf")


def _sqlite() -> Finding:
    def trial() -> str:
        with TemporaryDirectory(prefix="ojr-desk-", ignore_cleanup_errors=True) as name:
            database = Database(Path(name) / "office.db")
            with database.reading() as session:
                version = session.connection().exec_driver_sql("SELECT sqlite_version()").scalar()
            database.close()
        return f"SQLite {version}"

    return _tried(_("数据库"), trial)


def _disk() -> Finding:
    free = shutil.disk_usage(Path.home()).free
    told = _("还有 {free} MB").format(free=free // 1_000_000)
    return _finding(_("磁盘"), free > _LEAST_FREE, told)


def _invented(folder: Path) -> str:
    made = invent(folder, months=1, centers=0, seed=1, today=_TODAY)
    return str(made["office"]["name"])


def _desk(folder: Path) -> Desk:
    return Desk.open(folder / "office", rehearsed(_TODAY))


def _printed(folder: Path) -> str:
    """Print every book and see that it can be read back and drawn."""
    desk = _desk(folder)
    pages = 0
    for _register, book in desk.books.all():
        path = folder / f"{book.code}.pdf"
        _ledger, printed = desk.books.print(book.code, Month(2026, 10), path)
        assert preview.count(path) == printed.pages
        assert preview.render(path, 0, 600).rgba
        pages += printed.pages
    desk.close()
    return _("{n} 页，都读得回来").format(n=pages)


def _sent(folder: Path) -> str:
    desk = _desk(folder)
    desk.months.close(Month(2026, 10))
    sent = desk.exchange.send(Month(2026, 10), folder / "out")
    desk.close()
    read = packs.read(sent.files[0])
    assert read.pack.code == sent.pack.code
    assert not read.edits
    return _("校验码 {code}，读回一致").format(code=sent.pack.code)


def _pages(folder: Path, screens: Path | None) -> str:
    pictures = save_screens(folder / "office", rehearsed(_TODAY), screens or folder / "screens")
    return _("{n} 页都打得开").format(n=len(pictures))


def _devices() -> Iterator[Finding]:
    """Tell of what the PC brings: nothing of it keeps the program from working."""
    printers = [info.printerName() for info in QPrinterInfo.availablePrinters()]
    none = _("没有找到打印机；可以先存成 PDF，到别的电脑打印。")
    yield _finding(_("打印机"), True, "、".join(printers) or none)
    yield _finding(_("中文输入法"), True, _input_method())


def _input_method(wanted: str | None = None) -> str:
    """Tell which input method Qt can speak to here, and what is missing."""
    if sys.platform == "win32":
        return _("用 Windows 自带的输入法")
    folder = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath)) / "platforminputcontexts"
    there = [path.stem for path in folder.glob("*")]
    asked = wanted or os.environ.get("QT_IM_MODULE") or os.environ.get("XMODIFIERS", "").rpartition("=")[2]
    if "fcitx" in asked and not any("fcitx" in name for name in there):
        return _("本机用 fcitx 输入法，程序没有带它的插件：请先设 QT_IM_MODULE=ibus 试试能否打出汉字。")
    if any("ibus" in name for name in there):
        return _("可用 ibus；请在登记页打一个汉字试试。")
    return _("没有找到输入法插件，可能打不出汉字，请联系维护人员。")
