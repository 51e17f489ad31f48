"""The rows of a sheet as the text that a workbook stores (ECMA-376 part 1, 18.3.1.4, 18.3.1.73)."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from math import ceil, isfinite

from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import WINDOWS_EPOCH

from ojr_desk.exchange.cells import EXACT_DIGITS, Format, Value, text_of
from ojr_desk.exchange.sheet import SheetColumn
from ojr_desk.exchange.strings import escaped
from ojr_desk.problems import Problem, Wrong
from ojr_desk.text import _

#: Characters of one cell, as Excel counts them: in units of UTF-16.
MAX_TEXT = 32_767
#: Excel takes 1900 for a leap year, so days before this one are shown differently by each program.
FIRST_DAY = datetime(1900, 3, 1)
#: Points: 8 mm, a line of the body's size, and what Excel takes.
LEAST_HEIGHT, LINE_HEIGHT, MOST_HEIGHT = 22.7, 15.0, 409.0
_DAY = timedelta(days=1)
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class RowWriter:
    """Writes the rows of one sheet; *problems* are the cells that no workbook can hold."""

    def __init__(self, sheet: str, columns: Sequence[SheetColumn], styles: Mapping[str, int]) -> None:
        self._sheet = sheet
        self._styles = styles
        self._columns = [(get_column_letter(at), column) for at, column in enumerate(columns, 1)]
        self.problems: list[Problem] = []

    def row(self, number: int, values: Sequence[Value]) -> str:
        """Write one row of as many values as there are columns."""
        cells = []
        lines = 1
        for (letters, column), value in zip(self._columns, values, strict=True):
            try:
                cells.append(f'<c r="{letters}{number}"{self._filled(value, column.format)}')
            except Wrong as wrong:
                self._note(wrong, number, column.label, column.name)
            if isinstance(value, str) and not column.hidden:
                lines = max(lines, lines_of(value, column.width))
        return f'<row r="{number}" ht="{height_of(lines)}">{"".join(cells)}</row>'

    def line(self, number: int, text: str) -> str:
        """Write a line of text below the table."""
        try:
            return f'<row r="{number}"><c r="A{number}"{self._text(text, self._styles["line"])}</row>'
        except Wrong as wrong:
            self._note(wrong, number, text[:10])
            return ""

    def _note(self, wrong: Wrong, row: int, label: str, column: str | None = None) -> None:
        message = _("第 {row} 行“{label}”{what}").format(row=row, label=label, what=wrong.message)
        self.problems.append(Problem(message, wrong.code, column, row, self._sheet))

    def _filled(self, value: Value, format: Format) -> str:
        if value is None or value == "":
            return f' s="{self._styles[format]}"/>'
        shown, stored = _stored(value, format)
        if shown == "text":
            return self._text(stored, self._styles["text"])
        return f' s="{self._styles[shown]}"><v>{stored}</v></c>'

    def _text(self, text: str, style: int) -> str:
        """Write a text, which no program takes for a formula: its type says text, and so does its style."""
        text = clean(text)
        space = ' xml:space="preserve"' if text != text.strip() else ""
        marked = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        return f' s="{style}" t="inlineStr"><is><t{space}>{marked}</t></is></c>'


def lines_of(text: str, width: float) -> int:
    """Estimate the lines that *text* takes in a column *width* characters wide.

    LibreOffice does not fit rows to their text when it opens a workbook. Excel and WPS do, once a cell of
    the row is changed, because the height is not marked as a person's own.
    """
    # A Han character is twice a digit, and a cell keeps about two digits' width for its margins.
    room = max(width - 2, 2)
    if 2 * len(text) <= room and "\n" not in text:
        return 1
    return sum(max(1, ceil(width_of(line) / room)) for line in text.splitlines())


def width_of(line: str) -> int:
    """Estimate how many digits are as wide as *line*; a Han character takes two."""
    return 2 * len(line) - len(line.encode("ascii", "ignore"))


def height_of(lines: int) -> float:
    """Give the height of a row of *lines*, in points: 8 mm at least, and no more than Excel takes."""
    return min(max(LEAST_HEIGHT, lines * LINE_HEIGHT + 4), MOST_HEIGHT)


def clean(text: str) -> str:
    """Write *text* so that it is read as it is; raise `Wrong` where no workbook can hold it."""
    if _ILLEGAL.search(text):
        raise Wrong(_("里有看不见的控制字符，请改正后再导出"), "control_character")
    # A character beyond the first 65 536 counts twice.
    if len(text) > MAX_TEXT // 2 and len(text.encode("utf-16-le")) // 2 > MAX_TEXT:
        message = _("太长，一格最多 {most} 个字，请分开写后再导出")
        raise Wrong(message.format(most=MAX_TEXT), "too_long")
    return escaped(text.replace("\r\n", "\n").replace("\r", "\n")) if "\r" in text or "_x" in text else text


def _stored(value: Value, format: Format) -> tuple[Format, str]:
    """Tell how a value is shown and what is stored; a value that its column cannot show stays text."""
    if isinstance(value, str):
        return "text", value
    if format == "text" or isinstance(value, bool):
        return "text", text_of(value)
    if isinstance(value, int | float | Decimal) and isfinite(value) and abs(value) < 10**EXACT_DIGITS:
        default: Format = "integer" if isinstance(value, int) else "decimal"
        return format if format in ("integer", "decimal") else default, str(value)
    if isinstance(value, datetime) and value >= FIRST_DAY:
        return "moment", repr((value - WINDOWS_EPOCH) / _DAY)
    if isinstance(value, date) and not isinstance(value, datetime) and value >= FIRST_DAY.date():
        return "date", str((value - WINDOWS_EPOCH.date()).days)
    if isinstance(value, time):
        return "clock", repr((datetime.combine(date.min, value) - datetime.min) / _DAY)
    return "text", text_of(value)
