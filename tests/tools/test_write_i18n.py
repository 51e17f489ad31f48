"""The faults that the check of the catalogues finds."""

import pytest
from babel.messages.catalog import Catalog

from tools import write_i18n


@pytest.fixture
def template() -> Catalog:
    catalogue = Catalog(charset="utf-8")
    catalogue.add("第 {row} 行缺姓名", locations=[("ojr_desk/b.py", 3)])
    catalogue.add(("{count} 件", "{count} 件"), locations=[("ojr_desk/a.py", 9)])
    return catalogue


def english(row: str, counts: tuple[str, str]) -> Catalog:
    catalogue = Catalog("en", charset="utf-8")
    catalogue.add("第 {row} 行缺姓名", row)
    catalogue.add(("{count} 件", "{count} 件"), counts)
    return catalogue


def test_a_whole_translation_has_no_fault(template: Catalog) -> None:
    whole = english("Row {row} lacks a name", ("one case", "{count} cases"))
    assert list(write_i18n.missing("en", whole, template)) == []
    assert list(write_i18n.misplaced("en", whole)) == []


def test_an_empty_translation_is_found(template: Catalog) -> None:
    found = list(write_i18n.missing("en", english("", ("one case", "")), template))
    assert len(found) == 2
    assert "第 {row} 行缺姓名" in found[0] + found[1]


def test_a_word_that_the_catalogue_has_never_seen_is_found(template: Catalog) -> None:
    assert len(list(write_i18n.missing("en", Catalog("en"), template))) == 2


def test_a_guess_is_not_a_translation(template: Catalog) -> None:
    guessed = english("Row {row} lacks a name", ("one case", "{count} cases"))
    message = guessed.get("第 {row} 行缺姓名")
    assert message is not None
    message.flags.add("fuzzy")
    (fault,) = write_i18n.missing("en", guessed, template)
    assert "fuzzy" in fault


@pytest.mark.parametrize(
    "wrong", ["Row {line} lacks a name", "A row lacks a name", "Row {row} of {rows}", "Row {row"]
)
def test_a_translation_with_other_places_is_found(wrong: str) -> None:
    assert len(list(write_i18n.misplaced("en", english(wrong, ("one", "{count} cases"))))) == 1


def test_the_template_is_the_same_whatever_the_lines_and_the_day(template: Catalog) -> None:
    moved = Catalog(charset="utf-8")
    moved.add(("{count} 件", "{count} 件"), locations=[("ojr_desk/a.py", 90)])
    moved.add("第 {row} 行缺姓名", locations=[("ojr_desk/b.py", 300)])
    assert write_i18n.told(moved) == write_i18n.told(template)
    assert "Date" not in write_i18n.told(template)


def test_every_marked_word_of_the_code_is_gathered() -> None:
    gathered = {write_i18n.first(message) for message in write_i18n.words(write_i18n.gather())}
    assert "还没有选定资料文件夹：请打开窗口选定一次，或者在命令里用 --data 指明文件夹。" in gathered
