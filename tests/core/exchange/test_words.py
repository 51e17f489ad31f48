"""A pack is read in the words in which it was written, whatever they are now; and what is new is told as new."""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from ojr_desk.desk import Desk
from ojr_desk.desk.inbox import Received
from ojr_desk.exchange import manifest as manifests
from ojr_desk.exchange import pack as packs
from ojr_desk.exchange import receipt as receipts
from ojr_desk.exchange import soundness
from ojr_desk.exchange.contents import UID
from ojr_desk.exchange.gate import admit
from ojr_desk.exchange.reading import read_workbook
from ojr_desk.exchange.words import as_written, words_of, words_told
from ojr_desk.exchange.workbook import chunks
from ojr_desk.moments import Month
from ojr_desk.problems import Damaged, FromNewerProgram
from ojr_desk.register import REGISTERS, Choice, Column, Register
from ojr_desk.store.query import Query
from tests.office import add, visit

OCTOBER = Month(2026, 10)
SHEET = "来访来电来信"
PACKS = Path(__file__).parents[2] / "data" / "packs"
#: Changes a register as another version of the program has it.
Declare = Callable[..., None]


@pytest.fixture
def declare(monkeypatch: pytest.MonkeyPatch) -> Declare:
    """Let the program be another version of itself, in which a register is declared otherwise."""

    def declared(code: str, change: Callable[[Column], Column | None], title: str = "") -> None:
        register = REGISTERS[code]
        columns = tuple(each for each in map(change, register.columns) if each is not None)
        other = replace(register, title=title or register.title, columns=columns)
        monkeypatch.setitem(REGISTERS, code, other)

    return declared


@contextmanager
def unknown(code: str) -> Iterator[None]:
    """Be a program that does not know a register; their order is what it was afterwards."""
    before = dict(REGISTERS)
    del REGISTERS[code]
    try:
        yield
    finally:
        REGISTERS.clear()
        REGISTERS.update(before)


def renamed(name: str, label: str = "", **labels: str) -> Callable[[Column], Column]:
    """Rename one column, and choices of it."""

    def change(each: Column) -> Column:
        if each.name != name:
            return each
        return replace(rechosen(each, labels), label=label or each.label)

    return change


def rechosen(each: Column, labels: Mapping[str, str]) -> Column:
    if not isinstance(each.kind, Choice):
        return each
    return replace(each, kind=replace(each.kind, choices={**each.kind.choices, **labels}))


def without(name: str, key: str = "") -> Callable[[Column], Column | None]:
    """Leave out a column, or one of its choices, as a program did that did not know it yet."""

    def change(each: Column) -> Column | None:
        if each.name != name or not key:
            return None if each.name == name else each
        assert isinstance(each.kind, Choice)
        choices = {code: label for code, label in each.kind.choices.items() if code != key}
        return replace(each, kind=replace(each.kind, choices=choices))

    return change


@pytest.fixture
def sent(desk: Desk, tmp_path: Path) -> Path:
    """October's pack of a village: a visit and a call."""
    add(desk, "staff", {"full_name": "李文书"})
    add(desk, "intake", visit(occurred_at="2026-10-12 08:30"))
    add(desk, "intake", visit(occurred_at="2026-10-13 08:30", channel="来电", transferred_to="司法所"))
    desk.months.close(OCTOBER)
    return desk.outbox.send(OCTOBER, tmp_path / "stick").files[0]


def one(desk: Desk, path: Path, out: Path | None = None) -> Received:
    (received,) = desk.inbox.receive([path], out)
    return received


def typed(path: Path, label: str, text: str, row: int = 1) -> Path:
    """Type into a cell, as a person would."""
    book = openpyxl.load_workbook(path)
    (head,) = (cell for cells in book[SHEET].iter_rows(max_row=3) for cell in cells if cell.value == label)
    head.offset(row=row).value = text
    other = path.with_name("typed.xlsx")
    book.save(other)
    return other


def manifest(path: Path) -> dict[str, Any]:
    return manifests.manifest_of(read_workbook(admit(path)))


def rewritten(path: Path, change: Callable[[dict[str, Any]], object]) -> Path:
    """Change the manifest, and make its digest fit again."""
    told = json.loads(json.dumps(manifest(path)))
    change(told)
    told["manifest_digest"] = manifests.manifest_digest(told)
    book = openpyxl.load_workbook(path)
    sheet = book[manifests.SHEET]
    sheet.delete_rows(1, sheet.max_row)
    for row, text in enumerate(chunks(manifests.written(told)), 1):
        sheet.cell(row, 1).value = text
    other = path.with_name("rewritten.xlsx")
    book.save(other)
    return other


def channels(desk: Desk) -> list[str]:
    return sorted(each.channel for each in desk.registers.find("intake", Query()).records)


def test_an_older_pack_is_unedited_to_a_program_that_calls_things_otherwise(
    superior: Desk, sent: Path, declare: Declare
) -> None:
    before = packs.read(sent)
    declare("intake", renamed("channel", "来的方式", visit="上门", call="电话"), title="接待登记")
    after = packs.read(sent)
    assert (after.edits, after.faults) == ((), ())
    assert after.pack == before.pack
    received = one(superior, sent)
    assert (received.decision, received.problems) == ("new", ())
    assert channels(superior) == ["call", "visit"]


def test_what_was_edited_means_what_it_meant_in_its_file(
    superior: Desk, sent: Path, declare: Declare
) -> None:
    # 来电 is now what a visit is called: in this file it was a call, and still is.
    declare("intake", renamed("channel", "来的方式", visit="来电", call="来访"))
    received = one(superior, typed(sent, "渠道", "来电"))
    assert [(each.column, each.was, each.is_) for each in received.edited] == [("渠道", "来访", "来电")]
    assert (received.decision, received.taken) == ("edited", True)
    assert channels(superior) == ["call", "call"]


def test_a_word_that_the_file_does_not_offer_is_refused_in_the_words_of_the_file(
    superior: Desk, sent: Path, declare: Declare
) -> None:
    declare("intake", renamed("channel", "来的方式", visit="上门"))
    received = one(superior, typed(sent, "渠道", "上门"))
    assert (received.decision, received.taken) == ("refused", False)
    assert "渠道" in received.problems[0]
    assert "来访" in received.problems[0]


def test_the_code_of_a_month_does_not_depend_on_words(
    desk: Desk, superior: Desk, sent: Path, declare: Declare, tmp_path: Path
) -> None:
    assert one(superior, sent).decision == "new"
    declare("intake", renamed("channel", "来的方式", visit="上门", call="电话"))
    again = desk.outbox.send(OCTOBER, tmp_path / "again")
    assert again.pack.revision == 1
    assert again.pack.code == packs.read(sent).pack.code
    assert "上门" in {cell.value for cell in openpyxl.load_workbook(again.files[0])[SHEET][3]}
    assert one(superior, again.files[0]).decision == "same"


@pytest.mark.parametrize("path", sorted(PACKS.glob("format-[2-9].xlsx")), ids=lambda path: path.stem)
def test_a_pack_of_any_format_with_words_is_unedited_when_every_word_has_changed(
    path: Path, declare: Declare
) -> None:
    before = packs.read(path)
    for code in list(REGISTERS):
        declare(code, every_word_changed, title=f"新的{REGISTERS[code].title}")
    after = packs.read(path)
    assert (after.edits, after.faults) == ((), ())
    assert after.pack == before.pack
    assert sum(after.pack.counts.values()) > 100


def every_word_changed(each: Column) -> Column:
    labels = {key: f"新{label}" for key, label in getattr(each.kind, "choices", {}).items()}
    return replace(rechosen(each, labels), label=f"新{each.label}")


def test_the_first_format_had_no_words_and_is_read_in_those_of_today() -> None:
    read = packs.read(PACKS / "format-1.xlsx")
    assert "words" not in manifest(PACKS / "format-1.xlsx")
    assert (read.edits, read.faults) == ((), ())
    assert read.words["intake"] == words_of("intake", read.pack.sheaves[0].columns)


def test_the_words_of_every_register_come_back_as_they_went(every: Register) -> None:
    names = [each.name for each in every.columns]
    words = words_of(every.code, names)
    assert words_told(json.loads(json.dumps(vars(words))), names) == words
    assert [as_written(each, words) for each in every.columns] == list(every.columns)
    assert words.headings[UID]


def test_a_register_that_this_program_does_not_have_is_told_as_such(
    superior: Desk, sent: Path, tmp_path: Path
) -> None:
    with unknown("intake"):
        received = one(superior, sent, tmp_path / "receipts")
    assert (received.decision, received.taken, received.receipt) == ("refused", False, None)
    assert f"本程序没有的内容：登记簿“{SHEET}”" in received.problems[0]
    assert "请先升级本机的程序" in received.problems[0]
    assert superior.registers.find("intake", Query()).total == 0
    assert superior.registers.find("staff", Query()).total == 0
    assert one(superior, sent).decision == "new"


def test_a_register_that_this_program_does_not_have_is_no_loss_while_it_is_empty(
    desk: Desk, superior: Desk, sent: Path, tmp_path: Path
) -> None:
    with unknown("venue"):
        received = one(superior, sent, tmp_path / "receipts")
    assert (received.decision, received.problems) == ("new", ())
    assert received.receipt is not None
    assert one(desk, received.receipt).decision == "received"
    assert channels(superior) == ["call", "visit"]


def test_a_column_that_this_program_does_not_have_is_told_where_it_holds_something(
    superior: Desk, sent: Path, declare: Declare
) -> None:
    declare("intake", without("transferred_to"))
    received = one(superior, sent)
    assert (received.decision, received.taken) == ("refused", False)
    assert f"“{SHEET}”的“转介去向”栏" in received.problems[0]
    assert superior.registers.find("staff", Query()).total == 0


def test_a_column_that_this_program_does_not_have_is_no_loss_while_it_is_empty(
    superior: Desk, sent: Path, declare: Declare
) -> None:
    declare("intake", without("original_location"))
    filled = one(superior, typed(sent, "原件存放", "档案室"))
    assert (filled.decision, filled.taken) == ("refused", False)
    assert "原件存放" in filled.problems[0]
    assert "升级" in filled.problems[0]
    received = one(superior, sent)
    assert (received.decision, received.problems, received.edited) == ("new", (), ())


def test_a_choice_that_this_program_does_not_have_is_told_where_it_was_made(
    superior: Desk, sent: Path, declare: Declare
) -> None:
    declare("intake", without("channel", "call"))
    received = one(superior, sent)
    assert (received.decision, received.taken) == ("refused", False)
    assert f"“{SHEET}”“渠道”里的“来电”" in received.problems[0]
    assert superior.registers.find("staff", Query()).total == 0


def test_a_choice_that_this_program_does_not_have_cannot_be_typed_in_either(
    superior: Desk, sent: Path, declare: Declare
) -> None:
    declare("intake", without("channel", "letter"))
    received = one(superior, typed(sent, "渠道", "来信"))
    assert (received.decision, received.taken) == ("refused", False)
    assert "来信" in received.problems[0]
    assert one(superior, sent).decision == "new"


def test_of_much_that_is_new_only_some_is_named(sent: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    register = REGISTERS["center"]
    few = tuple(
        each for each in register.columns if each.name in ("record_no", "official_name", "valid_from")
    )
    monkeypatch.setitem(REGISTERS, "center", replace(register, columns=few))
    with pytest.raises(FromNewerProgram, match=r"([^、：]+、){4}[^、：]+…。"):
        packs.read(sent)


def test_a_format_that_an_older_program_reads_too_is_read(superior: Desk, sent: Path) -> None:
    def later(told: dict[str, Any]) -> None:
        told["format"], told["reader"], told["something new"] = 99, manifests.FORMAT, [1, {"2": None}]

    received = one(superior, rewritten(sent, later))
    assert (received.decision, received.problems) == ("new", ())


@pytest.mark.parametrize("change", [{"format": 99}, {"reader": 99}, {"format": 99, "reader": 98}])
def test_a_format_that_only_newer_programs_read_is_told_as_such(
    superior: Desk, sent: Path, change: dict[str, int]
) -> None:
    if "reader" not in change:
        change |= {"reader": 99}
    received = one(superior, rewritten(sent, lambda told: told.update(change)))
    assert (received.decision, received.taken) == ("refused", False)
    assert "升级" in received.problems[0]


def test_a_format_without_a_least_reader_is_for_readers_of_its_own(sent: Path) -> None:
    def later(told: dict[str, Any]) -> None:
        told["format"] = manifests.FORMAT + 1
        del told["reader"]

    with pytest.raises(FromNewerProgram):
        packs.read(rewritten(sent, later))


def test_receipts_go_on_in_their_own_format(superior: Desk, sent: Path, tmp_path: Path) -> None:
    received = one(superior, sent, tmp_path / "receipts")
    assert received.receipt is not None
    assert manifest(received.receipt)["format"] == manifests.RECEIPT_FORMAT
    assert receipts.read(received.receipt).state == "received"


@pytest.mark.parametrize("number", [0, -1, 1.5, "1", True, None, [1], {}], ids=str)
@pytest.mark.parametrize("name", ["format", "reader"])
def test_a_format_that_is_no_number_is_damage(sent: Path, name: str, number: object) -> None:
    with pytest.raises(Damaged):
        packs.read(rewritten(sent, lambda told: told.update({name: number})))


def test_a_word_changed_in_the_manifest_is_not_believed(sent: Path) -> None:
    book = openpyxl.load_workbook(sent)
    cells = [cell for (cell,) in book[manifests.SHEET].iter_rows() if '"call": "来电"' in str(cell.value)]
    assert cells
    for cell in cells:
        cell.value = str(cell.value).replace('"call": "来电"', '"call": "电话"')
    book.save(sent)
    with pytest.raises(Damaged, match="改动过"):
        packs.read(sent)


LONG = "长" * (soundness.LONGEST + 1)
MANY = {f"k{n}": f"第{n}" for n in range(soundness.MOST_LABELS + 1)}
WRONG: dict[str, tuple[tuple[str, ...], Any]] = {
    "no words": (("words",), None),
    "a list of words": (("words",), []),
    "no words of this register": (("words", "intake"), None),
    "no headings": (("words", "intake", "headings"), None),
    "a list of headings": (("words", "intake", "headings"), [["channel", "渠道"]]),
    "too few headings": (("words", "intake", "headings"), {UID: "标识"}),
    "a heading too many": (("words", "intake", "headings", "nobody"), "多"),
    "a heading twice": (("words", "intake", "headings", "channel"), "编号"),
    "an empty heading": (("words", "intake", "headings", "channel"), " "),
    "a long heading": (("words", "intake", "headings", "channel"), LONG),
    "a heading of two lines": (("words", "intake", "headings", "channel"), "渠\n道"),
    "a number for a heading": (("words", "intake", "headings", "channel"), 7),
    "no title": (("words", "intake", "title"), None),
    "an empty title": (("words", "intake", "title"), ""),
    "a title of control characters": (("words", "intake", "title"), "来\x00访"),
    "a list for a title": (("words", "intake", "title"), ["来访"]),
    "no labels": (("words", "intake", "labels"), None),
    "labels of nobody": (("words", "intake", "labels", "nobody"), {"a": "甲"}),
    "a list of labels": (("words", "intake", "labels", "channel"), ["来访", "来电"]),
    "a label twice": (("words", "intake", "labels", "channel"), {"visit": "来访", "call": "来访"}),
    "a long label": (("words", "intake", "labels", "channel", "visit"), LONG),
    "a list for a label": (("words", "intake", "labels", "channel", "visit"), ["来访"]),
    "too many labels": (("words", "intake", "labels", "channel"), MANY),
    "half a sign": (("words", "intake", "labels", "channel", "visit"), "\ud800"),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_words_that_are_none_are_refused_as_damage(sent: Path, wrong: str) -> None:
    path, value = WRONG[wrong]
    told = json.loads(json.dumps(manifest(sent)))
    place = told
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    with pytest.raises(Damaged):
        manifests.month_told(sealed(told), sent.name)


def sealed(told: dict[str, Any]) -> dict[str, Any]:
    """Make the digest of a manifest fit, where one can be made."""
    try:
        return told | {"manifest_digest": manifests.manifest_digest(told)}
    except UnicodeEncodeError:
        return told


def test_a_manifest_of_a_thousand_registers_is_refused(sent: Path) -> None:
    told = json.loads(json.dumps(manifest(sent)))
    first = told["sheaves"][0]
    told["sheaves"] = [first | {"register": f"r{n}", "rows": []} for n in range(1000)]
    with pytest.raises(Damaged):
        manifests.month_told(sealed(told), sent.name)


def test_labels_that_lie_change_no_value_unseen(superior: Desk, sent: Path) -> None:
    def change(told: dict[str, Any]) -> None:
        labels = told["words"]["intake"]["labels"]["channel"]
        labels["visit"], labels["call"] = labels["call"], labels["visit"]

    received = one(superior, rewritten(sent, change))
    assert {(each.was, each.is_) for each in received.edited} == {("来电", "来访"), ("来访", "来电")}
