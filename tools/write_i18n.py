"""The catalogues: gather the words of the code, carry them into each language, compile.

`write_i18n.py` does all three; `--compile` only the last, which a checkout needs before it speaks
another language than Chinese; `--check` writes nothing and fails if the template is stale, if a
translation names other {places} than its source, or if English is not whole.
"""

import argparse
import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "i18n"
DOMAIN = "ojr_desk"
TEMPLATE = FOLDER / f"{DOMAIN}.pot"
SOURCES = ("ojr_desk", "ui")
#: The marks that `ojr_desk.text` knows; ngettext's first two arguments are one message, NP_'s first is its context.
MARKS = {"_": None, "N_": None, "NP_": ((1, "c"), 2), "ngettext": (1, 2)}
#: The language that has to be whole: the proof that the first one is not hard-wired.
WHOLE = "en"
#: What Babel says of itself, of the date and of nobody: it changes without a change of words, or says nothing.
NOISE = re.compile(
    r'^"(?:Project-Id-Version|Report-Msgid-Bugs-To|POT-Creation-Date|PO-Revision-Date'
    r"|Last-Translator|Language-Team|Generated-By):.*\n",
    re.MULTILINE,
)


def main() -> int:
    """Do what the command line asks and return its exit status."""
    parser = argparse.ArgumentParser(prog="write_i18n.py", description="Write the catalogues in i18n/.")
    parser.add_argument(
        "--check", action="store_true", help="write nothing; fail if something is stale or missing"
    )
    parser.add_argument("--compile", action="store_true", help="only compile what is there")
    asked = parser.parse_args()
    if asked.check:
        return check()
    if not asked.compile:
        template = gather()
        TEMPLATE.write_text(told(template), encoding="utf-8", newline="\n")
        for path in catalogues():
            update(path, template)
    for path in catalogues():
        compile_catalogue(path)
    return 0


def check() -> int:
    """Print every fault of the catalogues and return 1 if there is one."""
    faults = []
    template = gather()
    if not TEMPLATE.exists() or TEMPLATE.read_text(encoding="utf-8") != told(template):
        faults.append(f"{TEMPLATE.name} is stale: run tools/write_i18n.py")
    for path in catalogues():
        language = path.relative_to(FOLDER).parts[0]
        catalogue = read(path)
        if language == WHOLE:
            faults += missing(language, catalogue, template)
        faults += misplaced(language, catalogue)
    for fault in faults:
        print(fault)
    return 1 if faults else 0


def gather() -> Catalog:
    """Collect the marked words of the code, in the order of files and lines."""
    catalogue = Catalog(charset="utf-8")
    for path in (path for folder in SOURCES for path in sorted((ROOT / folder).rglob("*.py"))):
        name = path.relative_to(ROOT).as_posix()
        for line, message, comments, context in extract_from_file(
            "python", path, MARKS, comment_tags=("i18n:",)
        ):
            catalogue.add(message, None, [(name, line)], auto_comments=comments, context=context)
    return catalogue


def update(path: Path, template: Catalog) -> None:
    """Carry the template's words into one language; a changed wording keeps its translation as fuzzy."""
    catalogue = read(path)
    catalogue.update(template)
    path.write_text(told(catalogue), encoding="utf-8", newline="\n")


def compile_catalogue(path: Path) -> None:
    """Write the .mo beside a .po, if the .po is newer."""
    compiled = path.with_suffix(".mo")
    if compiled.exists() and compiled.stat().st_mtime > path.stat().st_mtime:
        return
    with compiled.open("wb") as file:
        write_mo(file, read(path))


def catalogues() -> list[Path]:
    """List the catalogue of every language."""
    return sorted(FOLDER.glob(f"*/LC_MESSAGES/{DOMAIN}.po"))


def read(path: Path) -> Catalog:
    """Read one language's catalogue."""
    with path.open("rb") as file:
        return read_po(file, locale=path.relative_to(FOLDER).parts[0], domain=DOMAIN)


def told(catalogue: Catalog) -> str:
    """Write *catalogue* as text that changes only when its words do: no dates, no line numbers."""
    catalogue.header_comment = (
        "# The words of ojr-desk. Only translations are written by hand: tools/write_i18n.py does the rest."
    )
    catalogue.fuzzy = False
    written = io.BytesIO()
    write_po(written, catalogue, width=100, sort_by_file=True, include_lineno=False)
    return NOISE.sub("", written.getvalue().decode("utf-8"))


def missing(language: str, catalogue: Catalog, template: Catalog) -> Iterator[str]:
    """Name the words of the code that *catalogue* does not translate, or only by a guess."""
    for message in words(template):
        here = catalogue.get(message.id, message.context)
        if here is None or not all(forms(here)):
            yield f"{language}: not translated: {first(message)}"
        elif here.fuzzy:
            yield f"{language}: fuzzy, look at it and take the mark off: {first(message)}"


def misplaced(language: str, catalogue: Catalog) -> Iterator[str]:
    """Name the translations whose {places} are not those of the source: the program would stumble."""
    for message in words(catalogue):
        wanted = places(first(message))
        for form in filter(None, forms(message)):
            # A form for one thing may leave the number out.
            if places(form) != wanted and not (message.pluralizable and places(form) <= wanted):
                yield f"{language}: other places than {sorted(wanted)}: {first(message)}"


def words(catalogue: Catalog) -> Iterator[Message]:
    """Iterate over the messages without the header."""
    return (message for message in catalogue if message.id)


def first(message: Message) -> str:
    """Return the source text, of a plural the first form."""
    return message.id if isinstance(message.id, str) else message.id[0]


def forms(message: Message) -> tuple[str, ...]:
    """Return every form of the translation."""
    told = message.string or ""
    return (told,) if isinstance(told, str) else tuple(told)


def places(text: str) -> set[str]:
    """Return the names in braces of *text*; a lone brace is not meant for `str.format`."""
    try:
        return {name for _, name, _, _ in Formatter().parse(text) if name is not None}
    except ValueError:
        return set()


if __name__ == "__main__":
    sys.exit(main())
