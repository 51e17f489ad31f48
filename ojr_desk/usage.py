"""How the program is called: the settings that every call knows, and what is told of a wrong call.

argparse speaks English, and takes the words for it from gettext's global catalogue; here they come from ours.
"""

import argparse
import struct
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date

from ojr_desk import paths, text
from ojr_desk.text import N_, _

#: What argparse says, and how it is said in Chinese.
_WORDS = {
    "usage: ": N_("用法："),
    "positional arguments": N_("要写明的"),
    "options": N_("可以写明的"),
    "show this help message and exit": N_("显示这份说明"),
    "argument %(argument_name)s: %(message)s": N_("%(argument_name)s：%(message)s"),
    "invalid choice: %(value)r (choose from %(choices)s)": N_(
        "没有“%(value)s”这一项，请从这些里选：%(choices)s"
    ),
    "the following arguments are required: %s": N_("还要写明 %s"),
    "one of the arguments %s is required": N_("要写明其中一项：%s"),
    "not allowed with argument %s": N_("不能和 %s 一起写"),
    "expected one argument": N_("后面要跟一个值"),
    "expected at least one argument": N_("后面至少要跟一个值"),
    "ignored explicit argument %r": N_("后面不能跟 %r"),
    "unrecognized arguments: %s": N_("不认识 %s"),
    "%(prog)s: error: %(message)s\n": N_("%(prog)s：%(message)s\n"),
}


@contextmanager
def in_the_language_of(arguments: Sequence[str]) -> Iterator[None]:
    """Speak the language that *arguments* ask for from here on; within the block argparse speaks it, too."""
    first = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    first.add_argument("--lang", nargs="?")
    _speak(first.parse_known_args(arguments)[0].lang or text.SOURCE_LANGUAGE)
    its = vars(argparse)
    before, its["_"] = its["_"], _said
    try:
        yield
    finally:
        its["_"] = before


def parser(program: str) -> argparse.ArgumentParser:
    """Make a parser that knows the settings: for whom and when, not what."""
    made = argparse.ArgumentParser(prog=program, allow_abbrev=False)
    made.add_argument("--data", metavar="DIR", help=_("资料文件夹"))
    spoken = text.languages(paths.CATALOGUES)
    made.add_argument("--lang", choices=spoken, default=text.SOURCE_LANGUAGE, help=_("说哪种语言"))
    made.add_argument("--today", type=day, metavar="YYYY-MM-DD", help=_("把这一天当作今天，供演练用"))
    made.add_argument("--user", metavar="NAME", default="", help=_("谁在办理：人员的姓名"))
    return made


def day(typed: str) -> date:
    """Read a day."""
    try:
        return date.fromisoformat(typed)
    except ValueError as error:
        told = _("“{typed}”不是日期，请写成 2026-11-22 的样子").format(typed=typed)
        raise argparse.ArgumentTypeError(told) from error


def _said(words: str) -> str:
    """Say what argparse would say."""
    return _(_WORDS[words]) if words in _WORDS else words


def _speak(language: str) -> None:
    """Speak *language*; where its catalogue is broken, say so and speak Chinese."""
    text.use(text.SOURCE_LANGUAGE, paths.CATALOGUES)
    if language in text.languages(paths.CATALOGUES):
        try:
            text.use(language, paths.CATALOGUES)
        except (OSError, ValueError, struct.error):
            told = _("{language} 的词表坏了，先用中文。请重新安装程序。")
            sys.stderr.write(told.format(language=language) + "\n")
