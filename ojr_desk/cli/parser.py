"""Every command with its arguments. Their names are a contract: add freely, never rename."""

import argparse

from ojr_desk import __version__, usage
from ojr_desk.cli import (
    cases,
    counter,
    duty,
    exchange,
    figures,
    marks,
    month_end,
    months,
    offices,
    old_books,
    people,
    records,
    rooms,
    safety,
    settings,
    summaries,
    superior,
)
from ojr_desk.text import _

#: The nouns, in the order in which their commands are listed.
_NOUNS = (
    offices,
    settings,
    counter,
    records,
    rooms,
    old_books,
    cases,
    people,
    duty,
    months,
    month_end,
    figures,
    exchange,
    superior,
    marks,
    summaries,
    safety,
)


def parser() -> argparse.ArgumentParser:
    """Build the parser; each command's `run` is the function that carries it out."""
    top = usage.parser("ojr-desk")
    version = f"ojr-desk {__version__}"
    top.add_argument("--version", action="version", version=version, help=_("显示程序版本"))
    kinds = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for noun in _NOUNS:
        noun.offer(kinds)
    return top
