"""What must hold of any register, present or future: nobody writes these tests for a new one."""

import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, inspect

from ojr_desk.desk import Desk
from ojr_desk.moments import Month
from ojr_desk.problems import Wrong
from ojr_desk.register import REGISTERS, Audience, Choice, Link, Privacy, Register
from ojr_desk.store import triggers
from ojr_desk.store.query import Query
from ojr_desk.store.schema import METADATA
from tests.office import run_sql
from tests.samples import Maker, bad_samples, samples
from tools.write_docs import FOLDER, page

MARCH = Month(2026, 3)
LANDSCAPE_MM, PORTRAIT_MM, PLACE_MM = 257, 170, 10
#: What a sheet of a workbook may be called.
SHEET_NAME = 31


@pytest.fixture
def maker(desk: Desk) -> Iterator[Maker]:
    """Makes records in the office of this test; they are stored when the test looks for them."""
    with desk.office.writing("samples") as session:
        yield Maker(desk, session)


def stored(desk: Desk, register: Register) -> list[Any]:
    """Store records of *register* that fill every column between them."""
    with desk.office.writing("samples") as session:
        maker = Maker(desk, session)
        return [maker.store(register, values) for values in maker.whole(register)]


def test_it_survives_the_journey(every: Register, desk: Desk, superior: Desk, tmp_path: Path) -> None:
    if not every.sent:
        pytest.skip("this register stays home")
    sent = stored(desk, every)
    desk.months.close(MARCH)
    desk.outbox.send(MARCH, tmp_path / "stick")
    received = superior.inbox.receive([tmp_path / "stick"])
    assert [(each.decision, each.problems, each.edited) for each in received] == [("new", (), ())]
    for record in sent:
        here, there = (
            desk.registers.get(every.code, record.uid),
            superior.registers.get(every.code, record.uid),
        )
        assert told(every, here) == told(every, there)
        assert there.center == desk.office.center


def told(register: Register, record: Any) -> dict[str, Any]:
    return {column.name: getattr(record, column.name) for column in register.sent}


def test_what_does_not_travel_stays_home(every: Register, desk: Desk, superior: Desk, tmp_path: Path) -> None:
    sent = stored(desk, every)
    desk.months.close(MARCH)
    desk.outbox.send(MARCH, tmp_path / "stick")
    superior.inbox.receive([tmp_path / "stick"])
    home = [column for column in every.typed if column not in every.sent]
    for record in sent if every.sent else []:
        there = superior.registers.get(every.code, record.uid)
        empty = {column.name: () if column.default is None else column.default for column in home}
        assert {name: getattr(there, name) or () for name in empty} == {n: v or () for n, v in empty.items()}
    if not every.sent:
        assert superior.registers.find(every.code, Query(center=desk.office.center)).total == 0


def test_what_is_typed_is_what_is_read(every: Register, desk: Desk) -> None:
    for record in stored(desk, every):
        read = desk.registers.get(every.code, record.uid)
        for column in every.columns:
            assert getattr(read, column.name) == getattr(record, column.name), column.name


def test_it_takes_each_sample_and_writes_it_back(every: Register, maker: Maker) -> None:
    for column in every.typed:
        for sample in samples(column):
            value = column.kind.parse(sample, maker.given)
            assert column.kind.restore(column.kind.plain_json(value)) == value, column.name
            again = column.kind.parse(column.kind.show(value), maker.given)
            assert again == value, f"{column.name}: what is shown is typed back"


def test_it_refuses_each_bad_sample_beside_its_column(every: Register, maker: Maker) -> None:
    base = maker.base(every)
    for column in every.typed:
        for bad in bad_samples(column):
            with pytest.raises(Wrong):
                column.kind.parse(bad, maker.given)
            wrong = maker.problems(every, base | {column.name: bad})
            assert column.name in {problem.column for problem in wrong}, f"{column.name} took {bad!r}"


def test_an_empty_form_names_everything_that_is_missing(every: Register, maker: Maker) -> None:
    wrong = {problem.column for problem in maker.problems(every, {})}
    assert {column.name for column in every.typed if column.required} <= wrong
    emptied = {column.name: "" for column in every.typed}
    missing = {problem.column for problem in maker.problems(every, emptied) if problem.code == "required"}
    assert {column.name for column in every.typed if column.required} | {every.dated_by} - {""} <= missing


def test_it_is_dated_or_stands(every: Register) -> None:
    assert bool(every.dated_by) != every.standing
    if every.dated_by:
        assert every.by_name[every.dated_by].kind.name in ("date", "datetime")


def test_it_is_found_by_its_month_its_number_and_its_words(every: Register, desk: Desk) -> None:
    record = stored(desk, every)[0]
    if every.dated_by:
        found = desk.registers.find(every.code, Query(month=MARCH)).records
        assert record.uid in {each.uid for each in found}
        assert desk.registers.find(every.code, Query(month=MARCH.next())).total == 0
    for column in every.columns:
        value = getattr(record, column.name)
        if column.search and value and not isinstance(column.kind, Link):
            found = desk.registers.find(every.code, Query((value,))).records
            assert record.uid in {each.uid for each in found}, column.name


def test_its_books_are_printed(every: Register, desk: Desk, tmp_path: Path) -> None:
    record = stored(desk, every)[0]
    for book in every.books:
        ledger, printed = desk.books.print(book.code, MARCH, tmp_path / f"{book.code}.pdf")
        assert printed.pages >= 1
        assert (tmp_path / f"{book.code}.pdf").read_bytes().startswith(b"%PDF-")
        if all(getattr(record, name) in choices for name, choices in book.only.items()):
            assert record.record_no in chain.from_iterable(ledger.rows)


def test_its_books_fit_their_pages(every: Register, desk: Desk) -> None:
    for book in every.books:
        ledger = desk.books.ledger(book.code, MARCH)
        room = LANDSCAPE_MM if book.landscape else PORTRAIT_MM
        assert sum(heading.width_mm for heading in ledger.headings) <= room, book.code


def test_it_is_masked_for_the_notice_board(every: Register, maker: Maker) -> None:
    for column in every.typed:
        for sample in samples(column):
            value = column.kind.parse(sample, maker.given)
            shown = column.cell(value, Audience.PAPER)
            posted = column.cell(value, Audience.NOTICE)
            if column.privacy is Privacy.OPEN:
                assert posted == shown
            elif column.privacy is Privacy.PERSONAL:
                assert posted
                assert shown not in posted, column.name
            else:
                assert posted == ""
            if column.privacy is not Privacy.OPEN:
                assert column.cell(value, Audience.LOG) == ""


def test_its_books_on_the_notice_board_name_nobody(every: Register, desk: Desk) -> None:
    secrets: set[str] = set()
    known: set[str] = set()
    for record in stored(desk, every):
        for column in every.columns:
            value = getattr(record, column.name)
            if value and not isinstance(value, bool):
                (known if column.privacy is Privacy.OPEN else secrets).add(column.kind.show(value))
    secrets -= known
    for book in every.books:
        posted = "\n".join(chain.from_iterable(desk.books.ledger(book.code, MARCH, Audience.NOTICE).rows))
        assert [secret for secret in secrets if secret in posted] == []


def test_nothing_private_is_sent(every: Register) -> None:
    secret = (Privacy.PRIVATE, Privacy.SEALED)
    assert [column.name for column in every.columns if column.sent and column.privacy in secret] == []


def test_a_link_that_is_sent_leads_to_what_is_sent(every: Register) -> None:
    links = [(column.name, column.kind.to) for column in every.sent if isinstance(column.kind, Link)]
    assert [(name, to) for name, to in links if not REGISTERS[to].sent] == []


def test_codes_are_short_and_plain(every: Register) -> None:
    assert re.fullmatch(r"[a-z][a-z_]{1,29}", every.code)
    assert all(re.fullmatch(r"[A-Z]{2}", number) for number in every.number.values())
    for column in every.columns:
        assert re.fullmatch(r"[a-z][a-z0-9_]{0,29}", column.name), column.name
        if isinstance(column.kind, Choice):
            assert [c for c in column.kind.choices if not re.fullmatch(r"[A-Za-z0-9_.]{1,24}", c)] == []


def test_labels_tell_its_columns_apart(every: Register) -> None:
    """The superior finds the columns of a sheet by their headings."""
    labels = [column.label for column in every.columns]
    assert sorted(set(labels)) == sorted(labels)
    for column in every.columns:
        if isinstance(column.kind, Choice):
            assert len(set(column.kind.choices.values())) == len(column.kind.choices), column.name


def test_nobody_else_bears_its_names(every: Register) -> None:
    others = [register for register in REGISTERS.values() if register is not every]
    assert every.title not in {register.title for register in others}
    assert len(every.title) <= SHEET_NAME
    assert not set(every.number.values()) & set(chain.from_iterable(o.number.values() for o in others))
    books = {book.code for register in others for book in register.books}
    assert not {book.code for book in every.books} & books
    assert len({book.code for book in every.books}) == len(every.books)


def test_its_tables_are_as_declared(every: Register, desk: Desk, tmp_path: Path) -> None:
    name = triggers.table(every)
    declared = create_engine(f"sqlite:///{tmp_path / 'declared.db'}")
    METADATA.create_all(declared)
    with desk.office.reading() as session:
        assert shape(session.connection(), name) == shape(declared.connect(), name)
    declared.dispose()


def shape(connection: Any, name: str) -> dict[str, Any]:
    """Tell what a table looks like: columns, keys, indexes."""
    seen = inspect(connection)
    found = {
        "columns": {each["name"]: (str(each["type"]), each["nullable"]) for each in seen.get_columns(name)},
        "indexes": {(i["name"], tuple(i["column_names"]), i["unique"]) for i in seen.get_indexes(name)},
        "unique": {tuple(each["column_names"]) for each in seen.get_unique_constraints(name)},
        "key": seen.get_pk_constraint(name)["constrained_columns"],
    }
    connection.close()
    return found


def test_its_triggers_are_in_the_file(every: Register, desk: Desk) -> None:
    name = triggers.table(every)
    there = {row[0] for row in run_sql(desk, "SELECT name FROM sqlite_master WHERE tbl_name = ?", name)}
    wanted = {"kept", "uid_fixed", "foreign_insert", "foreign_update", "lock_update"}
    wanted |= {"history_insert", "history_update", "history_delete"}
    wanted |= {"search_insert", "search_update", "search_delete"}
    wanted |= {"version"} if every.standing else {"lock_insert"}
    assert {f"{name}_{each}" for each in wanted} <= there


def test_every_change_of_it_is_kept_in_the_history(every: Register, desk: Desk) -> None:
    record = stored(desk, every)[0]
    run_sql(desk, f"UPDATE {triggers.table(every)} SET revision = 7 WHERE uid = ?", record.uid)
    story = desk.registers.story(record.uid)
    assert [change.op for change in story] == ["insert", "update"]
    assert story[0].now is not None
    assert story[0].now["record_no"] == record.record_no
    assert (story[1].was, story[1].now) == ({"revision": 0}, {"revision": 7})


def test_it_is_never_deleted(every: Register, desk: Desk) -> None:
    record = stored(desk, every)[0]
    with pytest.raises(Exception, match="NEVER_DELETED"):
        run_sql(desk, f"DELETE FROM {triggers.table(every)} WHERE uid = ?", record.uid)


def test_it_has_its_page(every: Register) -> None:
    assert (FOLDER / f"{every.code}.md").read_text(encoding="utf-8") == page(every)
