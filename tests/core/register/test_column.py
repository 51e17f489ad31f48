"""Columns say who sees what, and a declaration that cannot work is refused when it is imported."""

from datetime import date
from typing import Any

import pytest

from ojr_desk.register import (
    MASKED,
    REGISTERS,
    Audience,
    Choice,
    Column,
    Privacy,
    Register,
    Sight,
    Text,
    sight,
)
from ojr_desk.registers import menu as _registers  # noqa: F401 - importing them fills the catalogue

NAME = "陈阿英"


@pytest.mark.parametrize(
    "privacy, seen",
    [
        (Privacy.OPEN, "show show show show show"),
        (Privacy.PERSONAL, "show show show mask omit"),
        (Privacy.PETITIONER, "show show show omit omit"),
        (Privacy.PRIVATE, "mask mask omit omit omit"),
        (Privacy.SEALED, "omit omit omit omit omit"),
    ],
)
def test_one_table_says_who_sees_what(privacy: Privacy, seen: str) -> None:
    audiences = (Audience.SCREEN, Audience.PAPER, Audience.SUPERIOR, Audience.NOTICE, Audience.LOG)
    assert [sight(privacy, audience) for audience in audiences] == [Sight(each) for each in seen.split()]


def test_a_cell_is_shown_masked_or_left_out() -> None:
    masked = Column("姓名", Text(), privacy=Privacy.PERSONAL, mask=lambda name: name[:1] + "*")
    unmasked = Column("备注", Text(), privacy=Privacy.PERSONAL)
    assert masked.cell(NAME, Audience.PAPER) == NAME
    assert masked.cell(NAME, Audience.NOTICE) == "陈*"
    assert unmasked.cell(NAME, Audience.NOTICE) == MASKED
    assert unmasked.cell(NAME, Audience.LOG) == ""
    assert masked.cell("", Audience.NOTICE) == masked.cell(None, Audience.NOTICE) == ""


def test_the_type_gives_the_kind_and_the_kind_the_storage() -> None:
    by_name = REGISTERS["center"].by_name
    assert by_name["floor_area"].kind.name == "decimal"
    assert by_name["opened_on"].kind.name == "date"
    assert by_name["co_located"].kind.name == "choices"
    table = REGISTERS["center"].model.__dict__["__table__"]
    for column in REGISTERS["center"].columns:
        assert isinstance(table.c[column.name].type, type(column.kind.stored())), column.name


def test_a_form_begins_with_number_then_its_own_then_what_all_have() -> None:
    for register in REGISTERS.values():
        names = [column.name for column in register.columns]
        assert names[0] == "record_no"
        own = [column.common for column in register.columns[1:]]
        assert own == sorted(own)


def test_a_register_knows_its_own_numbers_days_and_names() -> None:
    intake, staff = REGISTERS["intake"], REGISTERS["staff"]
    assert intake.number_class({"channel": "hotline"}) == "LD"
    assert staff.number_class({}) == "RY"
    assert (intake.standing, staff.standing) == (False, True)
    model: Any = staff.model
    person = model(full_name="李文书", record_no="RY-1", valid_from=date(2026, 1, 1))
    assert (staff.label_of(person), staff.day_of(person)) == ("李文书", None)
    assert intake.label_of(intake.model(record_no="LF-1")) == "LF-1"
    assert staff.label_of(staff.model(record_no="RY-1")) == "RY-1"


def test_what_old_books_write_for_a_choice_is_one_of_those_offered(every: Register) -> None:
    for column in every.columns:
        if column.words:
            assert isinstance(column.kind, Choice), column.name
            assert set(column.words.values()) <= set(column.kind.offered), column.name


def test_no_word_of_old_books_stands_where_a_label_says_something_else(every: Register) -> None:
    for column in every.columns:
        assert len(set(column.synonyms)) == len(column.synonyms), column.name
        if isinstance(column.kind, Choice):
            codes = {label: code for code, label in column.kind.choices.items()}
            clash = [word for word, code in column.words.items() if codes.get(word, code) != code]
            assert clash == [], column.name
