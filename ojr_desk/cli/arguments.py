"""Arguments of commands: how one is declared, and how numbers and months are read."""

import argparse
from collections.abc import Callable
from typing import Any

from ojr_desk.moments import Month
from ojr_desk.problems import Wrong
from ojr_desk.text import _

#: More than a person, or a program, can want of one answer.
MOST = 100_000_000


def command(kinds: Any, name: str, run: Any, told: str) -> argparse.ArgumentParser:
    """Declare a command that is carried out by the function *run*."""
    made: argparse.ArgumentParser = kinds.add_parser(name, help=told, allow_abbrev=False)
    made.add_argument("--json", action="store_true", help=_("用一份 JSON 回答，供别的程序用"))
    made.set_defaults(run=run)
    return made


def number(least: int, most: int) -> Callable[[str], int]:
    """Read a whole number from *least* to *most*."""

    def read(typed: str) -> int:
        try:
            number = int(typed)
        except ValueError:
            number = least - 1
        if least <= number <= most:
            return number
        told = _("“{typed}”不对，要填 {least} 到 {most} 的整数")
        raise argparse.ArgumentTypeError(told.format(typed=typed[:20], least=least, most=most))

    return read


def month(typed: str) -> Month:
    """Read a month."""
    try:
        return Month.parse(typed)
    except Wrong as error:
        raise argparse.ArgumentTypeError(error.message) from error
