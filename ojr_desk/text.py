"""Words: Chinese in the source, other languages from the catalogues in `i18n/`.

A declaration marks its words with `N_` and whoever shows them calls `_`; so the language may be
chosen after the declarations were imported.
"""

import gettext
from pathlib import Path

DOMAIN = "ojr_desk"
SOURCE_LANGUAGE = "zh_CN"

_catalogue: gettext.NullTranslations = gettext.NullTranslations()


def N_(message: str) -> str:
    """Mark *message* for the catalogues and return it untranslated."""
    return message


def _(message: str) -> str:
    """Translate *message* into the language in use."""
    return _catalogue.gettext(message) if message else ""


def ngettext(singular: str, plural: str, count: int) -> str:
    """Translate a message whose form depends on *count*."""
    return _catalogue.ngettext(singular, plural, count)


def use(language: str, folder: Path) -> None:
    """Speak *language* from now on, with the catalogues below *folder*; Chinese needs none."""
    global _catalogue
    if language == SOURCE_LANGUAGE:
        _catalogue = gettext.NullTranslations()
    else:
        _catalogue = gettext.translation(DOMAIN, folder, languages=[language])
