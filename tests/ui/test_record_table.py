from array import array
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from ojr_desk.register import REGISTERS, Register
from ui.record_columns import Row, rows, seldom, shown_columns
from ui.record_model import PAGE, PAGES, RecordModel
from ui.record_table import RecordTable

MILLION = 1_000_000


def page_of(model: RecordModel, page: int) -> list[Row]:
    return [
        Row(f"uid{place}", (f"{place}",) * model.columnCount(), void=False) for place in model.ids_of(page)
    ]


@pytest.fixture
def table(qtbot: QtBot) -> RecordTable:
    made = RecordTable(None, shown_columns(REGISTERS["intake"]))
    qtbot.addWidget(made)
    made.resize(900, 600)
    return made


def test_a_table_of_a_million_records_holds_only_a_window_of_them(table: RecordTable, qtbot: QtBot) -> None:
    model = table.records
    model.wanted.connect(
        lambda page: table.take(page, page_of(model, page)), Qt.ConnectionType.QueuedConnection
    )
    table.show()
    table.show_ids(array("q", range(MILLION)))
    for place in range(0, MILLION, MILLION // 40):
        table.scrollTo(model.index(place, 0))
        table.viewport().repaint()
        qtbot.wait(1)
        assert model.held <= PAGES * PAGE
    table.scrollToBottom()
    table.viewport().repaint()
    qtbot.waitUntil(lambda: model.row(MILLION - 1) is not None)
    last = model.row(MILLION - 1)
    assert last is not None
    assert last.uid == f"uid{MILLION - 1}"
    assert model.held <= PAGES * PAGE


def test_a_page_is_asked_for_once_until_it_comes_or_is_given_up(table: RecordTable) -> None:
    asked: list[int] = []
    table.records.wanted.connect(asked.append)
    table.records.show(array("q", range(1000)))
    for place in (0, 1, PAGE - 1, PAGE):
        assert table.records.row(place) is None
    assert asked == [0, 1]
    table.records.given_up(0)
    assert table.records.row(0) is None
    assert asked == [0, 1, 0]


def test_rows_that_are_not_there_are_blank_and_break_nothing(table: RecordTable) -> None:
    table.records.show(array("q", range(10)))
    assert table.records.data(table.records.index(3, 0)) == ""
    # A record that vanished between the list and the page.
    table.take(0, [])
    assert table.records.row(3) is None


def test_another_list_forgets_the_pages_of_the_one_before(table: RecordTable) -> None:
    table.records.show(array("q", range(10)))
    table.take(0, page_of(table.records, 0))
    table.records.show(array("q", range(5)))
    assert table.records.held == 0
    assert table.records.rowCount() == 5


def test_every_register_shows_its_number_first_and_each_column_once(every: Register) -> None:
    names = [column.name for column in shown_columns(every)]
    assert names[0] == "record_no"
    assert len(names) == len(set(names))
    if every.dated_by:
        assert names[1] == every.dated_by


def test_nothing_that_must_be_filled_is_folded_away(every: Register) -> None:
    folded = seldom(every)
    assert not [column.name for column in every.typed if column.required and column.name in folded]
    assert every.dated_by not in folded


def test_a_list_masks_what_is_private_and_keeps_to_one_line(every: Register) -> None:
    columns = [column for column in every.columns if column.privacy == "private" and not column.computed]
    private: dict[str, Any] = {column.name: "13800001234" for column in columns}
    record = every.model(**private)
    told = rows(columns, [record], {})[0].texts
    assert not [text for text in told if "13800001234" in text or "\n" in text]


def test_a_list_of_corrections_names_what_was_corrected_as_people_do() -> None:
    every = REGISTERS["correction"]
    said: dict[str, Any] = {"of_register": "intake", "of_no": "LF-202610-0001", "of_column": "headcount"}
    said["of_uid"] = "0" * 36
    record = every.model(**said)
    told = rows(shown_columns(every), [record], {})[0].texts
    assert [text for text in told if text] == ["来访来电来信", "LF-202610-0001", "人数"]


def shown(model: RecordModel) -> list[str]:
    """What the rows are called, with those that have not come yet left out."""
    return [row.uid for place in range(model.rowCount()) if (row := model.row(place)) is not None]


def test_a_list_that_grows_keeps_the_rows_that_are_shown(table: RecordTable, qtbot: QtBot) -> None:
    model = table.records
    model.show(array("q", range(2 * PAGE)))
    table.take(0, page_of(model, 0))
    with qtbot.waitSignal(model.rowsInserted) as inserted, qtbot.assertNotEmitted(model.modelReset):
        model.grow(array("q", range(5 * PAGE)))
    assert inserted.args is not None
    assert inserted.args[1:] == [2 * PAGE, 5 * PAGE - 1]
    assert model.rowCount() == 5 * PAGE
    assert shown(model) == [f"uid{place}" for place in range(PAGE)]


def test_a_list_that_grows_within_a_page_has_that_page_fetched_anew(table: RecordTable) -> None:
    model = table.records
    model.show(array("q", range(10)))
    table.take(0, page_of(model, 0))
    assert len(shown(model)) == 10
    asked: list[int] = []
    model.wanted.connect(asked.append)
    model.grow(array("q", range(20)))
    assert model.row(15) is None
    assert asked == [0]
    table.take(0, page_of(model, 0))
    assert len(shown(model)) == 20


def test_a_list_that_has_not_grown_is_left_alone(table: RecordTable, qtbot: QtBot) -> None:
    model = table.records
    for ids in (array("q"), array("q", range(10))):
        model.show(ids)
        with qtbot.assertNotEmitted(model.modelReset), qtbot.assertNotEmitted(model.rowsInserted):
            model.grow(array("q", ids))
    model.show(array("q"))
    model.grow(array("q", range(3)))
    assert model.rowCount() == 3


@pytest.mark.parametrize("others", [[99, *range(20)], list(range(1, 20)), [], [0, 1]])
def test_a_list_that_became_another_is_shown_anew(
    table: RecordTable, qtbot: QtBot, others: list[int]
) -> None:
    model = table.records
    model.show(array("q", range(10)))
    table.take(0, page_of(model, 0))
    with qtbot.waitSignal(model.modelReset):
        model.grow(array("q", others))
    assert (model.held, model.rowCount()) == (0, len(others))
