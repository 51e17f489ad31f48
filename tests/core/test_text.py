"""Words are translated when they are shown, joined as their language does, and Chinese on paper."""

import pickle
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from ojr_desk import text
from ojr_desk.problems import Invalid, NoRoom, Problem
from ojr_desk.rules.cases import STATES, STEPS
from ojr_desk.saving import save
from ojr_desk.text import DOMAIN, N_, NP_, _, aloud, labelled, languages, listed, on_paper

Compile = Callable[..., None]


@pytest.fixture
def write(tmp_path: Path) -> Compile:
    """Compile a catalogue of *words*, each with its translation; a context goes before the word, with a stroke."""

    def compiled(language: str, **words: str) -> None:
        catalogue = Catalog()
        for word, told in words.items():
            context, _stroke, message = word.rpartition("|")
            catalogue.add(message, told, context=context or None)
        path = tmp_path / language / "LC_MESSAGES" / f"{DOMAIN}.mo"
        path.parent.mkdir(parents=True)
        with path.open("wb") as file:
            write_mo(file, catalogue)

    return compiled


@pytest.fixture
def english(write: Compile, tmp_path: Path) -> Iterator[None]:
    """Speak English, as far as these tests need it."""
    words = {
        "、": ", ",
        "；": "; ",
        "{words}…": "{words}, …",
        "{label}：{what}": "{label}: {what}",
        "受理": "Accepted",
        "step|受理": "Accept",
        "《{name}》没有存成。": "{name} was not saved.",
        "{failed}{why}": "{failed} {why}",
        "找不到文件夹 {folder}。请先建好它，或看看U盘有没有插好，再存一次。": "No folder {folder}.",
    }
    write("en", **words)
    text.use("en", tmp_path)
    yield
    text.use(text.SOURCE_LANGUAGE, tmp_path)


def test_words_are_listed_as_their_language_does(english: None) -> None:
    assert listed(["A", "", "B"]) == "A, B"
    assert listed(["A", "B"], N_("；")) == "A; B"
    assert labelled("A", "B") == "A: B"
    with on_paper():
        assert (listed(["甲", "", "乙"]), listed([]), labelled("甲", "")) == ("甲、乙", "", "甲：")


@pytest.mark.parametrize(
    ("words", "told"),
    [([], ""), (["A"], "A"), (["A", "B"], "A、B"), (["A", "B", "C"], "A、B…"), (["", "A", "B"], "A、B")],
)
def test_of_many_words_the_first_are_listed(words: list[str], told: str) -> None:
    assert listed(words, most=2) == told


def test_problems_together_are_told_as_their_language_does(english: None) -> None:
    assert Invalid([Problem("One", "a"), Problem("Two", "b")]).message == "One; Two"


def test_a_word_in_a_context_has_its_own_translation(english: None) -> None:
    assert (_(STATES["accepted"]), _(STEPS["accept"].label)) == ("Accepted", "Accept")
    with on_paper():
        assert _(STATES["accepted"]) == _(STEPS["accept"].label) == "受理"


def test_a_word_in_a_context_is_a_word_like_any_other() -> None:
    word = NP_("step", "受理")
    assert (word, {word: 1}["受理"], f"{word}") == ("受理", 1, "受理")
    assert type(_(word)) is str
    assert pickle.loads(pickle.dumps(word)).context == "step"


def test_what_keeps_a_paper_from_being_written_is_told_in_the_persons_language(
    english: None, tmp_path: Path
) -> None:
    with on_paper(), pytest.raises(NoRoom, match=r"a\.pdf was not saved\. No folder"):
        save(tmp_path / "gone" / "a.pdf", b"")
    with on_paper():
        with aloud():
            assert listed("AB") == "A, B"
        assert listed("AB") == "A、B"


def test_the_languages_are_those_with_a_catalogue(write: Compile, tmp_path: Path) -> None:
    assert languages(tmp_path / "nowhere") == languages(tmp_path) == ("zh_CN",)
    for language in ("en", "bo", "zh_CN"):
        write(language)
    (tmp_path / "fr" / "LC_MESSAGES").mkdir(parents=True)
    (tmp_path / "fr" / "LC_MESSAGES" / f"{DOMAIN}.po").write_text("", encoding="utf-8")
    assert languages(tmp_path) == ("zh_CN", "bo", "en")
    for language in languages(tmp_path):
        text.use(language, tmp_path)
        assert _("受理") == "受理"
    text.use(text.SOURCE_LANGUAGE, tmp_path)
