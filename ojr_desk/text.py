"""Words: Chinese in the source, other languages from the catalogues in `i18n/`.

A declaration marks its words with `N_` and whoever shows them calls `_`; so the language may be
chosen after the declarations were imported.
"""

import gettext
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

DOMAIN = "ojr_desk"
SOURCE_LANGUAGE = "zh_CN"

_SOURCE = gettext.NullTranslations()
_catalogue: gettext.NullTranslations = _SOURCE
_is_paper: ContextVar[bool] = ContextVar("is_paper", default=False)


def N_(message: str) -> str:
    """Mark *message* for the catalogues and return it untranslated."""
    return message


def _(message: str) -> str:
    """Translate *message* into the language in use."""
    return _spoken().gettext(message) if message else ""


def ngettext(singular: str, plural: str, count: int) -> str:
    """Translate a message whose form depends on *count*."""
    return _spoken().ngettext(singular, plural, count)


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


def use(language: str, folder: Path) -> None:
    """Speak *language* from now on, with the catalogues below *folder*; Chinese needs none."""
    global _catalogue
    if language == SOURCE_LANGUAGE:
        _catalogue = _SOURCE
    else:
        _catalogue = gettext.translation(DOMAIN, folder, languages=[language])
