"""The arguments of every command. Their names are a contract: add freely, never rename."""

import argparse
from datetime import date
from typing import Any

from ojr_desk import __version__, paths, text
from ojr_desk.cli import commands
from ojr_desk.moments import Month
from ojr_desk.problems import Wrong
from ojr_desk.register.catalogue import LATE_REASONS
from ojr_desk.registers.center import LEVELS
from ojr_desk.rules.cases import STEPS
from ojr_desk.rules.finishing import FINISH


def parser() -> argparse.ArgumentParser:
    """Build the parser; each command's `run` is its function in `commands`."""
    top = argparse.ArgumentParser(prog="ojr-desk", allow_abbrev=False)
    top.add_argument("--version", action="version", version=f"ojr-desk {__version__}")
    top.add_argument("--data", metavar="DIR", help="the office's data folder")
    spoken = text.languages(paths.CATALOGUES)
    top.add_argument("--lang", choices=spoken, default=text.SOURCE_LANGUAGE, action=_Speak)
    top.add_argument("--today", type=_day, metavar="YYYY-MM-DD", help="take this day as today")
    top.add_argument("--user", metavar="NAME", default="", help="who sits at the desk")
    kinds = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    _office(kinds)
    _records(kinds)
    _months(kinds)
    _exchange(kinds)
    _safety(kinds)
    return top


class _Speak(argparse.Action):
    """Speak the language asked for from here on, so that what is wrong with the rest is told in it."""

    def __call__(self, parser: Any, namespace: Any, values: Any, option_string: Any = None) -> None:
        """Be called by argparse, with the option's value."""
        text.use(values, paths.CATALOGUES)
        setattr(namespace, self.dest, values)


def _day(typed: str) -> date:
    try:
        return date.fromisoformat(typed)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"not a day such as 2026-11-22: {typed}") from error


def _month(typed: str) -> Month:
    try:
        return Month.parse(typed)
    except Wrong as error:
        raise argparse.ArgumentTypeError(error.message) from error


def _command(kinds: Any, name: str, run: Any, told: str) -> argparse.ArgumentParser:
    made: argparse.ArgumentParser = kinds.add_parser(name, help=told, allow_abbrev=False)
    made.add_argument("--json", action="store_true", help="answer with one JSON document")
    made.set_defaults(run=run)
    return made


def _office(kinds: Any) -> None:
    init = _command(kinds, "init", commands.init, "make a new, empty office")
    init.add_argument("--name", required=True)
    init.add_argument("--level", required=True, choices=tuple(LEVELS))
    init.add_argument("--code", default="")
    init.add_argument("--superior", default="")
    demo = _command(kinds, "demo", commands.demo, "make an invented, plausible office")
    demo.add_argument("--months", type=int, default=3)
    demo.add_argument("--centers", type=int, default=0)
    demo.add_argument("--seed", type=int, default=1)
    _command(kinds, "registers", commands.registers, "list every register")
    for name, run in (("enable", commands.enable), ("disable", commands.disable)):
        _command(kinds, name, run, f"{name} a register").add_argument("register")
    calendar = _command(kinds, "calendar", commands.calendar, "take in or hand out a year's holidays")
    calendar.add_argument("--take-in", metavar="FILE")
    calendar.add_argument("--hand-out", metavar="FILE")
    calendar.add_argument("--year", type=int)


def _records(kinds: Any) -> None:
    add = _command(kinds, "add", commands.add, "store records from a JSON array")
    add.add_argument("register")
    add.add_argument("file", nargs="?", metavar="FILE")
    load = _command(kinds, "load", commands.load, "bring an office's own old Excel book into a register")
    load.add_argument("register")
    load.add_argument("file", metavar="FILE.xlsx")
    load.add_argument("--dry-run", action="store_true", help="show the plan and store nothing")
    load.add_argument("--defaults", metavar="FILE", help="JSON: what fills empty cells, by column")
    load.add_argument("--mapping", metavar="FILE", help="JSON: heading to column, or to nothing")
    load.add_argument("--words", metavar="FILE", help="JSON: by column, word to choice")
    load.add_argument("--year", type=int, help="of days that are written without one")
    load.add_argument("--reason", choices=tuple(LATE_REASONS), default="earlier")
    load.add_argument("--again", action="store_true", help="load also what is there already")
    load.add_argument("--rejects", metavar="PATH", help="where to write the refused rows")
    load.add_argument("--password-file", metavar="F")
    for name, run in (("edit", commands.edit), ("correct", commands.correct)):
        edit = _command(kinds, name, run, f"{name} one record")
        edit.add_argument("register")
        edit.add_argument("uid")
        edit.add_argument("file", nargs="?", metavar="FILE")
        if name == "correct":
            edit.add_argument("--reason", required=True)
    void = _command(kinds, "void", commands.void, "declare one record void")
    void.add_argument("register")
    void.add_argument("uid")
    void.add_argument("--reason", required=True)
    act = _command(kinds, "act", commands.act, "take an allowed step of a record")
    act.add_argument("register")
    act.add_argument("uid", help="one record; of cases also several, parted by commas: all of them or none")
    act.add_argument("step", help=", ".join(STEPS) + f"; {FINISH} takes a case to its closing at once")
    act.add_argument("file", nargs="?", metavar="FILE")
    find = _command(kinds, "find", commands.find, "search as in the window")
    find.add_argument("register")
    find.add_argument("words", nargs="*", metavar="WORDS")
    find.add_argument("--month", type=_month)
    find.add_argument("--limit", type=int, default=1000)
    story = _command(kinds, "history", commands.history, "tell what was changed in one record")
    story.add_argument("register")
    story.add_argument("uid")
    attach = _command(kinds, "attach", commands.attach, "keep a file with a record")
    attach.add_argument("register")
    attach.add_argument("uid")
    attach.add_argument("file", metavar="FILE")
    merge = _command(kinds, "merge", commands.merge, "make two persons one")
    merge.add_argument("keep")
    merge.add_argument("double")
    _command(kinds, "unmerge", commands.unmerge, "take a merging back").add_argument("double")


def _months(kinds: Any) -> None:
    book = _command(kinds, "print", commands.print_book, "write one monthly book")
    book.add_argument("book")
    book.add_argument("--month", type=_month, required=True)
    book.add_argument("--out", required=True, metavar="FILE")
    book.add_argument("--audience", choices=("paper", "notice"), default="paper")
    slip = _command(
        kinds, "slip", commands.slip, "write the transfer slip of a sealed matter, or a receipt of an intake"
    )
    slip.add_argument("uid")
    slip.add_argument("--out", required=True, metavar="FILE")
    _command(kinds, "close", commands.close, "close a month").add_argument("month", type=_month)
    reopen = _command(kinds, "reopen", commands.reopen, "open a closed month again")
    reopen.add_argument("month", type=_month)
    reopen.add_argument("--reason", required=True)
    reopen.add_argument("--second", required=True, metavar="NAME")


def _exchange(kinds: Any) -> None:
    send = _command(kinds, "send", commands.send, "write the monthly pack")
    send.add_argument("month", type=_month)
    send.add_argument("--out", required=True, metavar="DIR")
    send.add_argument("--full", action="store_true")
    send.add_argument("--password-file", metavar="F")
    receive = _command(kinds, "receive", commands.receive, "take in packs, receipts, answers")
    receive.add_argument("paths", nargs="+", metavar="PATH")
    receive.add_argument("--dry-run", action="store_true")
    receive.add_argument("--out", metavar="DIR")
    receive.add_argument("--password-file", metavar="F")
    answer = _command(kinds, "answer", commands.answer, "accept or return one village's month")
    answer.add_argument("center")
    answer.add_argument("month", type=_month)
    which = answer.add_mutually_exclusive_group(required=True)
    which.add_argument("--accept", dest="state", action="store_const", const="accepted")
    which.add_argument("--return", dest="state", action="store_const", const="returned")
    answer.add_argument("--note", default="")
    answer.add_argument("--out", required=True, metavar="FILE")


def _safety(kinds: Any) -> None:
    backup = _command(kinds, "backup", commands.backup, "write a verified copy")
    backup.add_argument("--out", metavar="DIR")
    _command(kinds, "backups", commands.backups, "list the copies")
    _command(kinds, "restore", commands.restore, "go back to a copy").add_argument("file")
    _command(kinds, "check", commands.check, "check the file, the numbers and the history")
    test = _command(kinds, "self-test", commands.self_test, "try this installation")
    test.add_argument("--screens", metavar="DIR")
    rehearse = _command(
        kinds, "rehearse", commands.rehearse, "the main job on an invented office, without a screen"
    )
    rehearse.add_argument("--out", metavar="DIR")
