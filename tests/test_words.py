"""The catalogues: nothing is left out, nothing stumbles, and English is English down to the last word."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from ojr_desk.register import REGISTERS, Choice, Choices, Register
from tools import write_i18n

ENGLISH = write_i18n.FOLDER / "en" / "LC_MESSAGES" / f"{write_i18n.DOMAIN}.po"
HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
#: Chinese punctuation, and the full width of what is not Chinese.
WIDE = re.compile(r"[\u3000-\u303f\uff00-\uffef]")
#: How names begin that people have to type in Chinese, whatever the program speaks.
NAMES = ("瓯江红", "龙港")
#: What Excel takes for the name of a sheet.
SHEET_NAME = re.compile(r"(?!')[^\[\]:*?/\\]{1,31}(?<!')")


@pytest.fixture(scope="module")
def english() -> Catalog:
    return write_i18n.read(ENGLISH)


def said(catalogue: Catalog, word: str) -> str:
    """Translate *word* as the program does."""
    message = catalogue.get(word, getattr(word, "context", None)) if word else None
    return write_i18n.forms(message)[0] if message is not None else word


@pytest.mark.parametrize("path", write_i18n.catalogues(), ids=lambda path: path.parts[-3])
def test_every_translation_has_the_places_of_its_source(path: Path) -> None:
    catalogue = write_i18n.read(path)
    assert list(write_i18n.misplaced(path.parts[-3], catalogue)) == []


def test_english_is_whole_and_without_guesses(english: Catalog) -> None:
    assert list(write_i18n.missing("en", english, write_i18n.gather())) == []


def test_every_english_sentence_can_be_filled_in(english: Catalog) -> None:
    for message in write_i18n.words(english):
        for form in filter(None, write_i18n.forms(message)):
            places = write_i18n.places(form)
            if all(name.isidentifier() for name in places):  # JSON as an example is nothing to fill in
                assert form.format(**dict.fromkeys(places, 1))


def names(text: str) -> bool:
    return any(name in text for name in NAMES)


def test_english_is_written_in_its_own_letters_and_signs(english: Catalog) -> None:
    forms = [form for message in write_i18n.words(english) for form in write_i18n.forms(message)]
    assert [form for form in forms if WIDE.search(form)] == []
    assert [form for form in forms if HAN.search(form) and not names(form)] == []


def test_the_columns_of_a_register_have_different_english_labels(every: Register, english: Catalog) -> None:
    # A workbook's columns are found by their headings, whatever their case and spaces.
    labels = ["".join(said(english, column.label).casefold().split()) for column in every.columns]
    assert len(set(labels)) == len(labels)


def test_the_choices_of_a_column_have_different_english_words(every: Register, english: Catalog) -> None:
    for column in every.columns:
        if isinstance(column.kind, Choice):
            words = [said(english, label) for label in column.kind.choices.values()]
            assert len(set(words)) == len(words), column.name
            if isinstance(column.kind, Choices):
                assert not [word for word in words if re.search("[,;、]", word)], column.name


def test_english_titles_of_registers_can_name_the_sheets_of_one_workbook(english: Catalog) -> None:
    titles = [said(english, register.title) for register in REGISTERS.values()]
    titles.append(said(english, "封面"))
    assert [title for title in titles if not SHEET_NAME.fullmatch(title)] == []
    assert len({title.casefold() for title in titles}) == len(titles)


def test_english_words_that_become_file_names_hold_nothing_that_a_system_forbids(english: Catalog) -> None:
    titles = [book.title for register in REGISTERS.values() for book in register.books]
    words = [said(english, word) for word in (*titles, "月报", "月报_补充", "回执")]
    assert [word for word in words if re.search(r'[\\/:*?"<>|]', word) or word != word.strip(" .")] == []


@pytest.fixture
def office(village_template: Path, tmp_path: Path) -> Path:
    """An office, and the catalogues compiled as a start of the program does it."""
    for path in write_i18n.catalogues():
        write_i18n.compile_catalogue(path)
    return Path(shutil.copytree(village_template, tmp_path / "office"))


def asked_in_english(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    line = [sys.executable, "-m", "ojr_desk", "--data", str(folder), "--lang", "en", *command]
    return subprocess.run(line, cwd=write_i18n.ROOT, capture_output=True, encoding="utf-8", check=False)


def test_the_registers_are_listed_in_english(office: Path) -> None:
    answer = asked_in_english(office, "registers")
    assert (answer.returncode, answer.stderr) == (0, "")
    assert answer.stdout.splitlines()[0].split(maxsplit=1) == ["intake", "Visits, calls, letters"]
    assert len(answer.stdout.splitlines()) == len(REGISTERS)
    assert HAN.search(answer.stdout) is None


def test_every_label_and_choice_of_a_register_is_told_in_english(office: Path) -> None:
    answer = asked_in_english(office, "registers", "--json")
    assert answer.returncode == 0
    assert HAN.search(answer.stdout) is None
    (intake,) = (entry for entry in json.loads(answer.stdout) if entry["code"] == "intake")
    (channel,) = (column for column in intake["columns"] if column["name"] == "channel")
    assert channel["choices"]["visit"] == "Visit"


def test_a_refusal_is_told_in_english(tmp_path: Path, office: Path) -> None:
    answer = asked_in_english(tmp_path / "nowhere", "registers")
    assert answer.returncode == 1
    assert "ojr-desk init" in answer.stderr
    assert HAN.search(answer.stderr) is None


def test_chinese_needs_no_catalogue(office: Path) -> None:
    line = [sys.executable, "-m", "ojr_desk", "--data", str(office), "registers"]
    answer = subprocess.run(line, cwd=write_i18n.ROOT, capture_output=True, encoding="utf-8", check=True)
    assert answer.stdout.splitlines()[0].split() == ["intake", REGISTERS["intake"].title]
