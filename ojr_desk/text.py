"""Words: Chinese in the source, other languages from the catalogues in `i18n/`.

A declaration marks its words with `N_` and whoever shows them calls `_`; so the language may be
chosen after the declarations were imported. What joins words differs by language as well.
"""

import gettext
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

DOMAIN = "ojr_desk"
SOURCE_LANGUAGE = "zh_CN"

_SOURCE = gettext.NullTranslations()
_catalogue: gettext.NullTranslations = _SOURCE
_is_paper: ContextVar[bool] = ContextVar("is_paper", default=False)


class _InContext(str):
    """A word that means something else elsewhere."""

    context: str


def N_(message: str) -> str:
    """Mark *message* for the catalogues and return it untranslated."""
    return message


def NP_(context: str, message: str) -> str:
    """Mark *message*, which other languages may say otherwise in *context*, and return it untranslated.

    受理 is a step that can be taken (Accept) and a state that a case is in (Accepted).
    """
    marked = _InContext(message)
    marked.context = context
    return marked


def _(message: str) -> str:
    """Translate *message* into the language in use."""
    if isinstance(message, _InContext):
        return str(_spoken().pgettext(message.context, message))
    return _spoken().gettext(message) if message else ""


def ngettext(singular: str, plural: str, count: int) -> str:
    """Translate a message whose form depends on *count*."""
    return _spoken().ngettext(singular, plural, count)


def listed(words: Iterable[str], mark: str = N_("、"), most: int | None = None) -> str:
    """Join what is not empty of *words* by *mark*; of more than *most* the first, and that there are more."""
    told = [word for word in words if word]
    joined = _(mark).join(told[:most])
    return joined if most is None or len(told) <= most else _("{words}…").format(words=joined)


def labelled(label: str, what: str) -> str:
    """Write what something is called, and what it is."""
    return _("{label}：{what}").format(label=label, what=what)


@contextmanager
def on_paper() -> Iterator[None]:
    """Write Chinese meanwhile: books, slips and packs are the same whatever language the window speaks."""
    before = _is_paper.set(True)
    try:
        yield
    finally:
        _is_paper.reset(before)


@contextmanager
def aloud() -> Iterator[None]:
    """Speak the person's language meanwhile: what keeps a paper from being written is not on it."""
    before = _is_paper.set(False)
    try:
        yield
    finally:
        _is_paper.reset(before)


def _spoken() -> gettext.NullTranslations:
    return _SOURCE if _is_paper.get() else _catalogue


def languages(folder: Path) -> tuple[str, ...]:
    """List the languages that can be spoken: Chinese, and those with a compiled catalogue below *folder*."""
    found = {path.parts[-3] for path in folder.glob(f"*/LC_MESSAGES/{DOMAIN}.mo")}
    return (SOURCE_LANGUAGE, *sorted(found - {SOURCE_LANGUAGE}))


def use(language: str, folder: Path) -> None:
    """Speak *language* from now on, with the catalogues below *folder*; Chinese needs none."""
    global _catalogue
    if language == SOURCE_LANGUAGE:
        _catalogue = _SOURCE
    else:
        _catalogue = gettext.translation(DOMAIN, folder, languages=[language])
