"""Kinds: what is shown can be typed, what is stored comes back, and nonsense is a sentence, never a crash."""

from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.dialects import sqlite

from ojr_desk.problems import Wrong
from ojr_desk.register import (
    Amount,
    Choice,
    Choices,
    Clock,
    Day,
    Flag,
    Given,
    Kind,
    Link,
    Moment,
    Text,
    Whole,
)

GIVEN = Given(now=datetime(2026, 11, 22, 15, 30), resolve=lambda code, word: (word,) if word else ())
COLOURS = {"red": "红", "green": "绿", "blue": "蓝"}
TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), max_size=60)
VALUES: list[tuple[Kind, st.SearchStrategy[Any]]] = [
    (Text(), TEXTS.map(lambda text: Text().parse(text, GIVEN))),
    (
        Text(long=True),
        st.lists(TEXTS, max_size=3).map(lambda lines: Text(long=True).parse("\n".join(lines), GIVEN)),
    ),
    (Whole(), st.integers(0, 10_000_000)),
    (Amount(), st.decimals(0, Decimal("9999999999.99"), places=2)),
    (Day(), st.dates(date(1900, 1, 1), date(2199, 12, 31))),
    (
        Moment(),
        st.datetimes(datetime(1900, 1, 1), datetime(2199, 12, 31)).map(lambda m: m.replace(microsecond=0)),
    ),
    (Clock(), st.times().map(lambda t: t.replace(second=0, microsecond=0))),
    (Flag(), st.booleans()),
    (Choice(choices=COLOURS), st.sampled_from(sorted(COLOURS))),
    (
        Choices(choices=COLOURS),
        st.sets(st.sampled_from(sorted(COLOURS))).map(lambda s: tuple(c for c in COLOURS if c in s)),
    ),
    (Link(to="staff"), st.uuids().map(str)),
]
ANY = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(),
    st.decimals(),
    st.datetimes(),
    st.dates(),
    st.times(),
    st.lists(st.text()),
    st.dictionaries(st.text(), st.text()),
)
KINDS = [kind for kind, _values in VALUES]
NAMES = [f"{kind.name}{place}" for place, kind in enumerate(KINDS)]


@pytest.mark.parametrize("kind, values", VALUES, ids=NAMES)
@given(data=st.data())
def test_what_is_stored_comes_back(kind: Kind, values: st.SearchStrategy[Any], data: st.DataObject) -> None:
    value = data.draw(values)
    assert kind.parse(value, GIVEN) == value, "native"
    assert kind.restore(kind.plain_json(value)) == value, "by JSON"
    assert kind.parse(kind.plain_json(value), GIVEN) == value, "typed as JSON writes it"
    dialect = sqlite.dialect()
    stored = kind.stored().dialect_impl(dialect)
    write, read = stored.bind_processor(dialect), stored.result_processor(dialect, None)
    raw = write(value) if write else value
    assert raw is None or isinstance(raw, str | int), "nothing is kept as a float"
    assert (read(raw) if read else raw) == value, "by the database"


@pytest.mark.parametrize(
    "kind, values",
    [each for each in VALUES if each[0].name not in ("datetime", "link")],
    ids=[n for n in NAMES if not n.startswith(("datetime", "link"))],
)
@given(data=st.data())
def test_what_is_shown_is_typed_back(kind: Kind, values: st.SearchStrategy[Any], data: st.DataObject) -> None:
    value = data.draw(values)
    assert kind.parse(kind.show(value), GIVEN) == value


@given(st.datetimes(datetime(1900, 1, 1), datetime(2199, 12, 31)))
def test_a_moment_is_shown_and_typed_to_the_minute(moment: datetime) -> None:
    assert Moment().parse(Moment().show(moment), GIVEN) == moment.replace(second=0, microsecond=0)


@pytest.mark.parametrize("kind", KINDS, ids=NAMES)
@given(typed=ANY)
def test_whatever_is_typed_is_a_value_or_a_sentence(kind: Kind, typed: Any) -> None:
    try:
        value = kind.parse(typed, GIVEN)
    except Wrong as wrong:
        assert wrong.message
        assert wrong.code.isidentifier()
    else:
        assert kind.parse(value, GIVEN) == value


@pytest.mark.parametrize("kind", KINDS, ids=NAMES)
def test_its_own_samples_are_taken_and_its_bad_ones_refused(kind: Kind) -> None:
    for sample in kind.samples():
        kind.parse(sample, GIVEN)
    for bad in kind.bad_samples():
        with pytest.raises(Wrong):
            kind.parse(bad, GIVEN)


def test_a_line_stays_one_line_and_a_page_keeps_its_lines() -> None:
    assert Text().parse(" 一\r\n 二\t三 \n", GIVEN) == "一 二 三"
    assert Text(long=True).parse(" 一\r\n 二\r三 \n", GIVEN) == "一\n 二\n三"


def test_composed_and_decomposed_letters_are_one() -> None:
    assert Text().parse("e\u0301", GIVEN) == "\u00e9"


def test_a_reserved_code_is_shown_but_not_offered() -> None:
    kind = Choice(choices=COLOURS, reserved=("blue",))
    assert kind.show("blue") == "蓝"
    assert kind.offered == {"red": "红", "green": "绿"}
    for typed in ("blue", "蓝"):
        with pytest.raises(Wrong, match="请从这些里选：红、绿"):
            kind.parse(typed, GIVEN)


def test_a_code_that_is_gone_from_the_list_is_shown_as_it_is() -> None:
    assert Choice(choices=COLOURS).show("pink") == "pink"
    assert Choices(choices=COLOURS).show(("red", "pink")) == "红、pink"


@pytest.mark.parametrize("typed", ["是", "有", "Y", "yes", "TRUE", "√", "1", "１", 1, True])
def test_yes_is_said_in_many_ways(typed: Any) -> None:
    assert Flag().parse(typed, GIVEN) is True


@pytest.mark.parametrize("typed", ["否", "无", "没有", "n", "False", "×", "0", 0, False])
def test_no_is_said_in_many_ways(typed: Any) -> None:
    assert Flag().parse(typed, GIVEN) is False


def test_a_cell_that_excel_made_a_moment_is_a_day() -> None:
    assert Day().parse(datetime(2026, 11, 22, 0, 0), GIVEN) == date(2026, 11, 22)
    assert Clock().parse(datetime(1899, 12, 31, 8, 30, 29), GIVEN) == time(8, 30)
    assert Moment().parse(date(2026, 11, 22), GIVEN) == datetime(2026, 11, 22)


@pytest.mark.parametrize("typed", ["2026-13-01T00:00:00", "2026-02-30T08:00:00", "2026-11-22T24:30:00"])
def test_a_moment_that_no_clock_shows_is_refused(typed: str) -> None:
    with pytest.raises(Wrong):
        Moment().parse(typed, GIVEN)


def test_a_link_says_how_many_it_found() -> None:
    two = Given(now=GIVEN.now, resolve=lambda code, word: ("a", "b"))
    with pytest.raises(Wrong, match="有 2 个“王某”"):
        Link(to="staff").parse("王某", two)
    with pytest.raises(Wrong, match="没有登记过“王某”"):
        Link(to="staff").parse("王某", Given(now=GIVEN.now, resolve=lambda code, word: ()))
