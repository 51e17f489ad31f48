"""A PDF file onto a printer, page by page, or to where a person wants to keep it."""

import math
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage, QPageLayout, QPainter
from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QWidget

from ojr_desk.printing.preview import bands, render
from ojr_desk.problems import Cancelled, Refused, UserError
from ojr_desk.progress import Progress
from ojr_desk.saving import save
from ojr_desk.text import _
from ui.files import ask_where
from ui.notice import Notice
from ui.office import Office

#: Dots per inch: more than office printers resolve would only take longer.
_MOST_DPI = 360
#: How many rows of dots go to the printer at once: the window stands still while they do, some milliseconds.
_ROWS = 64


def printers() -> list[str]:
    """Name the printers of this PC."""
    return list(QPrinterInfo.availablePrinterNames())


def ask_print(office: Office, parent: QWidget, path: Path, pages: int, notice: Notice) -> QPrintDialog | None:
    """Ask for printer and pages, then print *path*; *notice* says how it went. Without a printer nothing is asked."""
    if not printers():
        notice.refuse(_("没有找到打印机：接好打印机再按“打印”，或者按“存成 PDF”，拿到有打印机的电脑上打印。"))
        return None
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(path.stem)
    dialog = QPrintDialog(printer, parent)
    dialog.setOption(QAbstractPrintDialog.PrintDialogOption.PrintPageRange)
    dialog.setMinMax(1, pages)
    dialog.setFromTo(1, pages)
    dialog.accepted.connect(lambda: _print(office, printer, path, chosen(printer, pages), notice))
    dialog.rejected.connect(lambda: notice.warn(_("没有打印。")))
    dialog.setWindowModality(Qt.WindowModality.WindowModal)
    dialog.show()
    return dialog


def _print(office: Office, printer: QPrinter, path: Path, wanted: Sequence[int], notice: Notice) -> None:
    told = _("已送到打印机，共 {count} 页。").format(count=len(wanted))

    def failed(error: UserError) -> None:
        if isinstance(error, Cancelled):
            notice.warn(_("已停止打印，可能已经出来几页。要重印，请再按“打印”。"))
        else:
            notice.refuse(error.message)

    notice.clear()
    office.aside(
        _("打印"),
        lambda _desk, progress: print_pages(printer, path, wanted, progress),
        lambda _n: notice.tell(told),
        failed,
    )


def chosen(printer: QPrinter, pages: int) -> list[int]:
    """List the pages that were asked for, from 0."""
    ranges = printer.pageRanges()
    if printer.printRange() != QPrinter.PrintRange.PageRange or ranges.isEmpty():
        return list(range(pages))
    return [page for page in range(pages) if ranges.contains(page + 1)]


def print_pages(printer: QPrinter, path: Path, pages: Sequence[int], progress: Progress) -> int:
    """Print some pages of *path*; raises `Refused` if the printer is gone or does not take them."""
    if not pages:
        raise Refused(_("没有选中要打印的页：请看一下页码范围。"))
    _expect_there(printer)
    upright = _is_upright(path)
    orientation = QPageLayout.Orientation.Portrait if upright else QPageLayout.Orientation.Landscape
    printer.setPageOrientation(orientation)
    # The paper's own margins are in the file.
    printer.setFullPage(True)
    painter = QPainter()
    if not painter.begin(printer):
        raise _not_taken()
    try:
        for done, page in enumerate(pages):
            if done and not printer.newPage():
                raise _not_taken()
            _draw(printer, painter, path, page, partial(progress, done, len(pages)))
        progress(len(pages), len(pages))
    except BaseException:
        printer.abort()
        raise
    finally:
        painter.end()
    if printer.printerState() == QPrinter.PrinterState.Error:
        raise _not_taken()
    return len(pages)


def _expect_there(printer: QPrinter) -> None:
    """Stop if the printer that was chosen has gone since: Qt would take the pages and lose them."""
    name = printer.printerName()
    if printer.outputFormat() == QPrinter.OutputFormat.NativeFormat and name not in printers():
        told = _("打印机“{name}”不见了，没有打印：请检查它是否开着、接好，再按“打印”，或者先存成 PDF。")
        raise Refused(told.format(name=name))


def _not_taken() -> Refused:
    return Refused(_("打印机没有接受：请检查打印机是否接好、有没有纸，或者先存成 PDF 再打印。"))


def ask_save(office: Office, parent: QWidget, path: Path, done: Callable[[str], object]) -> None:
    """Ask where to keep a copy of *path*, and write it whole or not at all."""

    def chosen_place(target: Path) -> None:
        told = _("已存到 {path}").format(path=target)
        office.draw(lambda: keep(path, target), lambda _nothing: done(told))

    ask_where(parent, _("存成 PDF"), path.name, chosen_place)


def keep(path: Path, target: Path) -> None:
    """Write a copy of *path* to *target*. Raises `NoRoom`."""
    save(target, path.read_bytes())


def _draw(
    printer: QPrinter, painter: QPainter, path: Path, page: int, progress: Callable[[], object]
) -> None:
    """Draw one page from its top down, each dot of ours as a whole number of the printer's."""
    sheet = printer.paperRect(QPrinter.Unit.DevicePixel)
    times = math.ceil(printer.resolution() / _MOST_DPI)
    top = 0
    for band in bands(path, page, int(sheet.width()) // times, _ROWS):
        progress()
        image = QImage(band.rgba, band.width, band.height, 4 * band.width, QImage.Format.Format_RGBX8888)
        painter.drawImage(QRect(0, top * times, band.width * times, band.height * times), image)
        top += band.height


def _is_upright(path: Path) -> bool:
    first = render(path, 0, 50)
    return first.height >= first.width
