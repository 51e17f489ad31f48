"""Everything of a workbook but its rows, made by openpyxl: looks, widths, drop-downs, pages, hidden sheets."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import cast

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from ojr_desk.exchange.rows import clean, height_of, lines_of
from ojr_desk.exchange.sheet import Sheet
from ojr_desk.problems import Invalid, Problem, Wrong
from ojr_desk.text import _

#: The sheet whose columns hold what drop-downs offer.
CHOICES = "_dict"
#: Rows of an empty form that offer drop-downs.
BLANK_ROWS = 500
A4 = 9
_FORMATS = {
    "text": "@",
    "integer": "0",
    "decimal": "0.00##",
    "date": "yyyy-mm-dd",
    "moment": "yyyy-mm-dd hh:mm",
    "clock": "hh:mm",
}
_LINE = Side("thin", "FF7F7F7F")
_BOX = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_BODY = Font("FangSong", 11)
_HEAD = Font("SimHei", 11)
_TITLE = Font("SimSun", 18, bold=True)
_GREY = PatternFill("solid", "FFEDEDED")
_MIDDLE = Alignment("center", "center", wrap_text=True)
#: Inches: 25 mm on the left to bind the sheets, 15 mm elsewhere, room for page numbers below.
_BINDING, _EDGE, _FOOT = 0.98, 0.59, 0.75
#: What Excel takes for the name of a tab.
_TAB = re.compile(r"(?!')[^\[\]:*?/\\\x00-\x1f]{1,31}(?<!')")


@dataclass(frozen=True)
class Frame:
    """A workbook without rows.

    *parts* gives for a part's name the place of its sheet, *styles* the number of the cell format for what
    it shows.
    """

    content: bytes
    parts: Mapping[str, int]
    styles: Mapping[str, int]


def skeleton(sheets: Sequence[Sheet], hidden: Mapping[str, Sequence[str]]) -> Frame:
    """Make the workbook of *sheets* without their rows, and *hidden* sheets with one text to a row.

    Raises `Invalid` where a title, a label or a text is one that no workbook can hold.
    """
    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.creator = "ojr_desk"
    try:
        made = [_sheet(_tab(book, sheet.name), sheet) for sheet in sheets]
        _offer(book, made, sheets)
        for name, texts in hidden.items():
            _hide(_tab(book, name), texts)
    except Wrong as wrong:
        message = _("标题、表头或说明{what}").format(what=wrong.message)
        raise Invalid([Problem(message, wrong.code)]) from wrong
    styles = {shown: _style(made[0], shown) for shown in (*_FORMATS, "line")}
    content = BytesIO()
    book.save(content)
    parts = {f"xl/worksheets/sheet{at}.xml": at - 1 for at in range(1, len(sheets) + 1)}
    return Frame(content.getvalue(), parts, styles)


def _tab(book: Workbook, name: str) -> Worksheet:
    """Add a sheet; openpyxl would rename one that is there already, and Excel would mend a wrong name."""
    taken = {title.casefold() for title in book.sheetnames}
    if not _TAB.fullmatch(name) or name.casefold() in taken:
        raise ValueError(f"no name for a sheet, or one that is taken: {name!r}")
    sheet: Worksheet = book.create_sheet(name)
    return sheet


def _sheet(page: Worksheet, sheet: Sheet) -> Worksheet:
    last = get_column_letter(len(sheet.columns))
    heading = sheet.first_row - 1
    fixed = sheet.fixed if sheet.pages_across > 1 else 0
    _entitle(page, sheet, fixed)
    for row, line in enumerate(sheet.above, 2):
        _put(page, row, 1, line).alignment = Alignment("left", "center")
        page.row_dimensions[row].height = height_of(1)
    for at, column in enumerate(sheet.columns, 1):
        letters = get_column_letter(at)
        dimension = page.column_dimensions[letters]
        dimension.width = column.width
        # What is typed into a new row keeps its noughts and its eighteen digits.
        dimension.number_format = _FORMATS[column.format]
        # Above the column that follows stands a sign which unfolds them.
        dimension.hidden, dimension.outline_level = column.hidden, int(column.hidden)
        dimension.collapsed = not column.hidden and at > 1 and sheet.columns[at - 2].hidden
        head = _put(page, heading, at, column.label, _HEAD)
        head.alignment, head.border, head.fill = _MIDDLE, _BOX, _GREY
    # openpyxl counts the levels after it has written how many there are.
    page.column_dimensions.max_outline = int(any(column.hidden for column in sheet.columns))
    lines = max(lines_of(column.label, column.width) for column in sheet.columns if not column.hidden)
    page.row_dimensions[heading].height = height_of(lines)
    page.freeze_panes = f"{get_column_letter(fixed + 1)}{heading + 1}"
    if fixed:
        page.print_title_cols = f"A:{get_column_letter(fixed)}"
    if sheet.rows:
        page.auto_filter.ref = f"A{heading}:{last}{heading + len(sheet.rows)}"
    _set_up(page, heading, sheet)
    return page


def _entitle(page: Worksheet, sheet: Sheet, fixed: int) -> None:
    """Write the title over the table: in the middle of a page, or at the left of several pages.

    In the middle of several it would stand off the screen and be cut by the edge of a page; over the
    *fixed* columns it would be cut too.
    """
    is_wide = sheet.pages_across > 1
    title = _put(page, 1, 1 + fixed, sheet.title, _TITLE)
    title.alignment = Alignment("left" if is_wide else "center", "center")
    page.row_dimensions[1].height = 30
    if len(sheet.columns) > 1 and not is_wide:
        page.merge_cells(f"A1:{get_column_letter(len(sheet.columns))}1")


def _set_up(page: Worksheet, heading: int, sheet: Sheet) -> None:
    """Lay the sheet on A4, as wide as the paper, its headings on every page."""
    page.print_title_rows = f"{heading}:{heading}"
    page.page_setup.orientation = "portrait" if sheet.upright else "landscape"
    page.page_setup.paperSize = A4
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = sheet.pages_across, 0
    # Pages that belong side by side come one after the other.
    page.page_setup.pageOrder = "overThenDown"
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.page_margins = PageMargins(_BINDING, _EDGE, _EDGE, _FOOT, header=_FOOT / 2, footer=_FOOT / 2)
    page.print_options.horizontalCentered = True
    footer = HeaderFooterItem()
    # Excel takes 255 characters of a foot; `&` begins its own signs there.
    footer.left.text = clean(sheet.title)[:60].replace("&", "&&")
    footer.center.text = _("第 &P 页 共 &N 页")
    page.HeaderFooter.oddFooter = footer


def _offer(book: Workbook, pages: Sequence[Worksheet], sheets: Sequence[Sheet]) -> None:
    """Give columns their drop-downs, from a hidden sheet that holds each list once, and their notes."""
    lists: dict[tuple[str, ...], str] = {}
    for page, sheet in zip(pages, sheets, strict=True):
        last = sheet.first_row - 1 + (len(sheet.rows) or BLANK_ROWS)
        for at, column in enumerate(sheet.columns, 1):
            if not column.choices and not column.note:
                continue
            rule = DataValidation(allow_blank=True, showErrorMessage=True, showInputMessage=True)
            if column.choices:
                letters = get_column_letter(len(lists) + 1)
                source = lists.setdefault(
                    column.choices, f"{CHOICES}!${letters}$1:${letters}${len(column.choices)}"
                )
                rule.type, rule.formula1 = "list", source
                rule.errorTitle, rule.error = _("没有这一项"), _("请从下拉列表里选。")
            if column.note:
                rule.promptTitle, rule.prompt = clean(column.label)[:32], clean(column.note)[:255]
            letters = get_column_letter(at)
            rule.add(f"{letters}{sheet.first_row}:{letters}{last}")
            page.add_data_validation(rule)
    if lists:
        page = _tab(book, CHOICES)
        page.sheet_state = Worksheet.SHEETSTATE_HIDDEN
        for at, choices in enumerate(lists, 1):
            for row, choice in enumerate(choices, 1):
                _put(page, row, at, choice)


def _hide(page: Worksheet, texts: Sequence[str]) -> None:
    page.sheet_state = Worksheet.SHEETSTATE_VERYHIDDEN
    for row, text in enumerate(texts, 1):
        _put(page, row, 1, text)


def _put(page: Worksheet, row: int, column: int, text: str, font: Font = _BODY) -> Cell:
    """Write a text that stays one, even where it begins with `=`."""
    cell = cast(Cell, page.cell(row, column))
    cell.value = clean(text)
    cell.data_type = "s"
    cell.number_format, cell.font = _FORMATS["text"], font
    return cell


def _style(page: Worksheet, shown: str) -> int:
    """Give the number of the cell format for what is *shown*: a sort of value, or a line below the table."""
    cell = WriteOnlyCell(page)
    cell.font, cell.number_format = _BODY, _FORMATS.get(shown, "@")
    cell.quotePrefix = shown in ("text", "line")
    if shown != "line":
        across = {"text": "left", "integer": "right", "decimal": "right"}.get(shown, "center")
        cell.alignment = Alignment(across, "center", wrap_text=shown == "text", indent=across == "right")
        cell.border = _BOX
    number: int = cell.style_id
    return number
