"""Trying an installation: every page is built, a month is closed, printed and written, and read back.

It works on an invented office in a folder of its own, so it may run anywhere and at any time.
"""

import os
import shutil
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir
from typing import Any

from PySide6.QtCore import QLibraryInfo
from PySide6.QtGui import QFont, QFontDatabase, QFontMetrics
from PySide6.QtPrintSupport import QPrinterInfo

from ojr_desk import paths
from ojr_desk.desk import Desk, NewOffice, rehearsed
from ojr_desk.moments import Month
from ojr_desk.printing.preview import count, render
from ojr_desk.problems import Refused
from ojr_desk.text import _
from ui.stage import application, on_stage

Finding = dict[str, Any]
_TODAY = date(2026, 1, 31)
#: Signs of names and places that a system's own fonts often lack.
_SIGNS = "\u74ef\u57df\U00020bb7\U0002cb5a\u36c3\u57a9\u5cc3"
_LEAST_FREE = 200 * 1024 * 1024


def run(screens: Path | None) -> list[Finding]:
    """Try everything; with *screens* a picture of every page is written there."""
    application()
    findings = [_fonts(), _input_method(), _printer(), _disk()]
    with TemporaryDirectory(prefix="ojr-desk-", ignore_cleanup_errors=True) as place:
        folder = Path(place)
        findings += _core(folder / "office", folder)
        findings += _windows(folder / "office", screens)
    return findings


def _core(office: Path, folder: Path) -> Iterator[Finding]:
    """Fill an office, close its month, print a book and write the pack."""
    desk = Desk.create(office, NewOffice(_("自检村"), "village"), rehearsed(_TODAY))
    try:
        desk.registers.add("staff", [{"full_name": _("自检员")}])
        desk.sit_down(_("自检员"))
        values = {
            "anonymous": True,
            "matter_category": "other",
            "content": _("自检：来访一件"),
            "reply_content": _("已答复"),
        }
        added = desk.registers.add("intake", [values])
        yield _found(_("登记"), bool(added), added[0].record.record_no)
        month = Month.of(_TODAY)
        path = folder / "book.pdf"
        _ledger, printed = desk.books.print("visit", month, path)
        dark = sum(byte < 128 for byte in render(path, 0, 600).rgba[::4])
        told = _("{pages} 页，读得回来").format(pages=printed.pages)
        yield _found(_("打印到 PDF"), count(path) == printed.pages and dark > 1000, told)
        desk.months.close(month)
        sent = desk.exchange.send(month, folder / "sent")
        yield _found(_("导出月报"), all(file.stat().st_size for file in sent.files), sent.pack.code)
        made = desk.backups.make(folder / "copy")
        yield _found(_("备份"), not made.problem, made.problem or _("完好"))
    finally:
        desk.close()


def _windows(office: Path, screens: Path | None) -> Iterator[Finding]:
    """Build every page."""
    with on_stage(office, rehearsed(_TODAY), _("自检员")) as stage:
        for entry in stage.window.entries:
            page = stage.go(entry.key)
            if screens is not None:
                stage.picture(screens / f"{entry.key}.png")
            yield _found(_("页面：{title}").format(title=entry.title), page.isVisible(), entry.key)


def _fonts() -> Finding:
    families = set(QFontDatabase.families())
    wanted = ("Noto Sans SC", "HanaMinB")
    missing = [family for family in wanted if family not in families]
    metrics = [QFontMetrics(QFont(family)) for family in wanted]
    missing += [sign for sign in _SIGNS if not any(each.inFontUcs4(ord(sign)) for each in metrics)]
    told = (
        _("缺 {missing}，请重新安装程序").format(missing="、".join(missing)) if missing else "、".join(wanted)
    )
    return _found(_("字体"), not missing, told)


def _input_method() -> Finding:
    """Tell whether Chinese can be typed: on Linux, whether Qt has the plugin of the input method in use."""
    if sys.platform == "win32":
        return _found(_("输入法"), True, _("用系统的输入法"))
    folder = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath)) / "platforminputcontexts"
    there = " ".join(path.name for path in folder.glob("*.so"))
    used = os.environ.get("QT_IM_MODULE", "") or os.environ.get("XMODIFIERS", "").removeprefix("@im=")
    if "fcitx" in used and "fcitx" not in there:
        told = _(
            "系统用的是 fcitx，程序里只有 ibus 的接口。请安装 ibus 和中文输入法，或用带 fcitx 接口的安装包。"
        )
        return _found(_("输入法"), False, told)
    if "ibus" not in there:
        return _found(_("输入法"), False, _("缺 ibus 的接口，请重新安装程序。"))
    return _found(_("输入法"), True, used or _("没有设定，用 ibus 可以打中文"))


def _printer() -> Finding:
    names = QPrinterInfo.availablePrinterNames()
    return _found(_("打印机"), True, "、".join(names) or _("没有装打印机，可以存成 PDF 拿到别处打印"))


def _disk() -> Finding:
    try:
        folder = paths.data_folder(None)
        told = paths.caution(folder)
    except Refused:
        folder, told = Path(gettempdir()), _("还没有选定资料文件夹")
    at = next(each for each in (folder, *folder.parents) if each.exists())
    free = shutil.disk_usage(at).free
    room = _("还有 {free} MB").format(free=f"{free // 1024**2:,}")
    return _found(_("磁盘"), free > _LEAST_FREE, f"{at}\u3000{room}\u3000{told}".strip())


def _found(check: str, ok: bool, detail: str) -> Finding:
    return {"check": check, "ok": ok, "detail": detail}
