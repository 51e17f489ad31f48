"""A PDF file onto a printer, page by page, or to where a person wants to keep it."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage, QPageLayout, QPainter
from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget

from ojr_desk.printing.preview import render
from ojr_desk.problems import Refused
from ojr_desk.progress import Progress
from ojr_desk.saving import save
from ojr_desk.text import _
from ui.files import ask_where
from ui.office import Office

#: Dots per inch: more than office printers resolve would only take longer.
_MOST_DPI = 300


def ask_print(
    office: Office, parent: QWidget, path: Path, pages: int, done: Callable[[str], object]
) -> QPrintDialog:
    """Ask for printer and pages, then print *path*; *done* gets a sentence."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(path.stem)
    dialog = QPrintDialog(printer, parent)
    dialog.setOption(QAbstractPrintDialog.PrintDialogOption.PrintPageRange)
    dialog.setMinMax(1, pages)
    dialog.setFromTo(1, pages)

    def accepted() -> None:
        wanted = chosen(printer, pages)
        told = _("已送到打印机，共 {count} 页。").format(count=len(wanted))
        office.aside(
            _("打印"),
            lambda _desk, progress: print_pages(printer, path, wanted, progress),
            lambda _n: done(told),
        )

    dialog.accepted.connect(accepted)
    dialog.setWindowModality(Qt.WindowModality.WindowModal)
    dialog.show()
    return dialog


def chosen(printer: QPrinter, pages: int) -> list[int]:
    """List the pages that were asked for, from 0."""
    if printer.printRange() != QPrinter.PrintRange.PageRange or not printer.fromPage():
        return list(range(pages))
    return list(range(printer.fromPage() - 1, min(printer.toPage(), pages)))


def print_pages(printer: QPrinter, path: Path, pages: Sequence[int], progress: Progress) -> int:
    """Print some pages of *path*; raises `Refused` if the printer does not take them."""
    upright = _is_upright(path)
    orientation = QPageLayout.Orientation.Portrait if upright else QPageLayout.Orientation.Landscape
    printer.setPageOrientation(orientation)
    # The paper's own margins are in the file.
    printer.setFullPage(True)
    painter = QPainter()
    if not painter.begin(printer):
        raise Refused(_("打印机没有接受：请检查打印机是否接好、有没有纸，或者先存成 PDF 再打印。"))
    try:
        for done, page in enumerate(pages):
            progress(done, len(pages))
            if done:
                printer.newPage()
            _draw(printer, painter, path, page)
        progress(len(pages), len(pages))
    except BaseException:
        printer.abort()
        raise
    finally:
        painter.end()
    return len(pages)


def ask_save(office: Office, parent: QWidget, path: Path, done: Callable[[str], object]) -> None:
    """Ask where to keep a copy of *path*, and write it whole or not at all."""

    def chosen_place(target: Path) -> None:
        told = _("已存到 {path}").format(path=target)
        office.draw(lambda: keep(path, target), lambda _nothing: done(told))

    ask_where(parent, _("存成 PDF"), path.name, chosen_place)


def keep(path: Path, target: Path) -> None:
    """Write a copy of *path* to *target*. Raises `NoRoom`."""
    save(target, path.read_bytes())


def _draw(printer: QPrinter, painter: QPainter, path: Path, page: int) -> None:
    sheet = printer.paperRect(QPrinter.Unit.DevicePixel)
    dots = min(sheet.width(), sheet.width() / printer.resolution() * _MOST_DPI)
    picture = render(path, page, int(dots))
    image = QImage(
        picture.rgba, picture.width, picture.height, 4 * picture.width, QImage.Format.Format_RGBA8888
    )
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    high = min(sheet.height(), sheet.width() * picture.height / picture.width)
    painter.drawImage(QRect(0, 0, int(sheet.width()), int(high)), image)


def _is_upright(path: Path) -> bool:
    first = render(path, 0, 50)
    return first.height >= first.width
