"""Which record stands where."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ojr_desk.ledger import Heading
from ojr_desk.printing.columns import PAD, Column, columns
from ojr_desk.printing.ledger_layout import LEAST_ROW, Frame, Row, Sheet, body_size, broken, fill
from ojr_desk.printing.page import Block
from ojr_desk.printing.paper import A4, MM
from tests.core.printing.reading import ledger

FRAME = Frame(
    page=A4,
    size=9,
    columns=(Column(70, 100), Column(170, 300)),
    head=Block((), 700),
    running_head=Block((), 780),
    below=Block((), 60),
)
RECORDS = st.lists(st.integers(1, 130), max_size=80)


def record(number: int, count: int) -> Row:
    """Return a record of *count* lines, each of which tells what it is."""
    return FRAME.row(((str(number),), tuple(f"{number}/{line}" for line in range(count))))


def placed(counts: list[int], tail: list[Row] | None = None) -> list[Sheet]:
    return fill([record(number, count) for number, count in enumerate(counts)], FRAME, tail or [])


@given(RECORDS, st.lists(st.integers(1, 90), max_size=6))
def test_every_line_stands_somewhere_once_and_in_order(counts: list[int], tails: list[int]) -> None:
    tail = [
        FRAME.row((tuple(f"t{number}/{line}" for line in range(count)),))
        for number, count in enumerate(tails)
    ]
    sheets = placed(counts, tail)
    shown = [line for sheet in sheets for row in sheet.rows for line in row.cells[1]]
    assert shown == [f"{number}/{line}" for number, count in enumerate(counts) for line in range(count)]
    below = [line for sheet in sheets for row in sheet.tail for line in row.cells[0]]
    assert below == [f"t{number}/{line}" for number, count in enumerate(tails) for line in range(count)]


@given(RECORDS, st.lists(st.integers(1, 90), max_size=6))
def test_no_page_holds_more_than_it_has_room_for(counts: list[int], tails: list[int]) -> None:
    tail = [FRAME.row((("甲",) * count,)) for count in tails]
    for sheet in placed(counts, tail):
        height = sheet.used + sum(row.height for row in sheet.tail)
        assert height <= FRAME.room(not sheet.number) + 0.01


@given(RECORDS)
def test_a_record_is_parted_only_if_no_page_could_hold_it(counts: list[int]) -> None:
    sheets = placed(counts)
    for number, count in enumerate(counts):
        pages = [sheet for sheet in sheets for row in sheet.rows if row.cells[1][0].startswith(f"{number}/")]
        if record(number, count).height <= FRAME.room(True):
            assert len(pages) == 1


@given(RECORDS, st.integers(1, 40))
def test_every_record_is_counted_on_one_page(counts: list[int], amendments: int) -> None:
    sheets = placed(counts, [FRAME.row((("甲",) * amendments,))])
    counted = [number for sheet in sheets for number in range(sheet.start, sheet.stop)]
    assert counted == list(range(len(counts)))
    assert sum(sheet.ends for sheet in sheets) == 1
    for sheet in sheets:
        begun = [row.cells[0][0] for row in sheet.rows if not row.goes_on]
        assert begun == [str(number) for number in range(sheet.start, sheet.stop)]


def test_totals_take_a_record_along_to_a_page_of_their_own() -> None:
    full = int(FRAME.room(True) // LEAST_ROW)
    first, last = placed([1] * full, [record(0, 1)])
    assert (first.start, first.stop, first.ends) == (0, full - 1, False)
    assert (last.start, last.stop, last.ends) == (full - 1, full, True)


def test_an_empty_book_has_one_page() -> None:
    (sheet,) = placed([], [FRAME.row((("本月合计",),))])
    assert sheet.rows == []
    assert sheet.ends
    assert len(sheet.tail) == 1


def test_a_row_is_never_lower_than_eight_millimetres() -> None:
    assert record(0, 1).height == pytest.approx(8 * MM)
    assert record(0, 5).height == pytest.approx(5 * 9 * 1.3 + 2 * PAD)


@given(
    st.lists(st.tuples(st.text("瓯江红W1i ，。\n", max_size=30), st.text("甲1", max_size=40)), max_size=30)
)
def test_cells_are_broken_to_their_columns(rows: list[tuple[str, str]]) -> None:
    alphabets = [set("".join(texts)) for texts in zip(*rows, strict=True)] or [set(), set()]
    headings = [Heading("宽", 60), Heading("窄", 20)]
    frame = Frame(A4, 9, columns(headings, alphabets, 170 * MM, 9), FRAME.head, FRAME.head, FRAME.below)
    laid = list(broken(rows, frame, lambda _done: None))
    assert len(laid) == len(rows)
    for row, texts in zip(laid, rows, strict=True):
        for told, text in zip(row.cells, texts, strict=True):
            assert "".join("".join(told).split()) == "".join(text.split())


def test_books_of_many_columns_are_set_smaller() -> None:
    assert body_size(ledger()) == 10.5
    assert body_size(ledger(headings=(Heading("栏", 20),) * 11)) == 9
