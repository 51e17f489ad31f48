"""Spreadsheets of LibreOffice written as text: what people do to tables by hand, without a program of ours."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
SPACES = {"office": "office:1.0", "table": "table:1.0", "text": "text:1.0", "style": "style:1.0",
          "number": "datastyle:1.0", "of": "of:1.2"}  # fmt: skip


@dataclass(frozen=True)
class Cell:
    """One cell: a text, a number, an ISO day or a formula with its result, over so many columns and rows."""

    value: str | float | None = None
    across: int = 1
    down: int = 1
    day: str = ""
    formula: str = ""


@dataclass(frozen=True)
class Tab:
    """One sheet; *hidden_rows* and *hidden_columns* count from 1."""

    name: str
    rows: Sequence[Sequence[object]]
    hidden_rows: Sequence[int] = ()
    hidden_columns: Sequence[int] = ()
    hidden: bool = False


def write(path: Path, *tabs: Tab) -> Path:
    """Write a flat OpenDocument spreadsheet."""
    tables = "".join(_table(tab) for tab in tabs)
    styles = (
        '<number:date-style style:name="D"><number:year number:style="long"/><number:text>-</number:text>'
        "<number:month/><number:text>-</number:text><number:day/></number:date-style>"
        '<style:style style:name="day" style:family="table-cell" style:data-style-name="D"/>'
        '<style:style style:name="gone" style:family="table"><style:table-properties table:display="false"/>'
        "</style:style>"
    )
    spaces = " ".join(f'xmlns:{name}="{OASIS}{space}"' for name, space in SPACES.items())
    path.write_text(
        f'<?xml version="1.0" encoding="UTF-8"?><office:document {spaces} office:version="1.2" '
        'office:mimetype="application/vnd.oasis.opendocument.spreadsheet">'
        f"<office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document>",
        encoding="utf-8",
    )
    return path


def _table(tab: Tab) -> str:
    width = max(len(row) for row in tab.rows)
    columns = "".join(
        f"<table:table-column{_hidden(at in tab.hidden_columns)}/>" for at in range(1, width + 1)
    )
    rows = "".join(
        f"<table:table-row{_hidden(number in tab.hidden_rows)}>{''.join(map(_cell, row))}</table:table-row>"
        for number, row in enumerate(tab.rows, 1)
    )
    style = ' table:style-name="gone"' if tab.hidden else ""
    return f"<table:table table:name={quoteattr(tab.name)}{style}>{columns}{rows}</table:table>"


def _hidden(is_hidden: bool) -> str:
    return ' table:visibility="collapse"' if is_hidden else ""


def _cell(said: object) -> str:
    cell = said if isinstance(said, Cell) else Cell(said)  # type: ignore[arg-type]  # a test writes what a cell holds
    spans = (
        f' table:number-columns-spanned="{cell.across}" table:number-rows-spanned="{cell.down}"'
        if cell.across > 1 or cell.down > 1
        else ""
    )
    formula = f" table:formula={quoteattr('of:' + cell.formula)}" if cell.formula else ""
    if cell.day:
        return (
            f'<table:table-cell{spans} table:style-name="day" office:value-type="date" '
            f'office:date-value="{cell.day}"/>'
        )
    if isinstance(cell.value, int | float):
        return f'<table:table-cell{spans}{formula} office:value-type="float" office:value="{cell.value!r}"/>'
    if cell.value is None:
        return f"<table:table-cell{spans}{formula}/>"
    lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in cell.value.split("\n"))
    return f'<table:table-cell{spans}{formula} office:value-type="string">{lines}</table:table-cell>'
