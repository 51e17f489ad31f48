"""The arguments of every command. Their names are a contract: add freely, never rename."""

import argparse
from collections.abc import Callable
from typing import Any

from ojr_desk import __version__, usage
from ojr_desk.cli import commands
from ojr_desk.moments import FIRST_YEAR, LAST_YEAR, Month
from ojr_desk.problems import Wrong
from ojr_desk.register.catalogue import LATE_REASONS
from ojr_desk.registers.center import LEVELS
from ojr_desk.rules.cases import STEPS
from ojr_desk.rules.finishing import FINISH, LABEL
from ojr_desk.text import _, labelled, listed

#: The steps, and how people call them.
_STEPS = {code: step.label for code, step in STEPS.items()} | {FINISH: LABEL}
#: More than a person, or a program, can want of one answer.
_MOST = 100_000_000


def parser() -> argparse.ArgumentParser:
    """Build the parser; each command's `run` is its function in `commands`."""
    top = usage.parser("ojr-desk")
    version = f"ojr-desk {__version__}"
    top.add_argument("--version", action="version", version=version, help=_("显示程序版本"))
    kinds = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    _office(kinds)
    _records(kinds)
    _months(kinds)
    _exchange(kinds)
    _safety(kinds)
    return top


def _number(least: int, most: int) -> Callable[[str], int]:
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


def _month(typed: str) -> Month:
    try:
        return Month.parse(typed)
    except Wrong as error:
        raise argparse.ArgumentTypeError(error.message) from error


def _step(typed: str) -> str:
    """Find the code of a step that is called by its code or, as sentences name it, by its label."""
    return next((code for code, label in _STEPS.items() if typed in (label, _(label))), typed)


def _command(kinds: Any, name: str, run: Any, told: str) -> argparse.ArgumentParser:
    made: argparse.ArgumentParser = kinds.add_parser(name, help=told, allow_abbrev=False)
    made.add_argument("--json", action="store_true", help=_("用一份 JSON 回答，供别的程序用"))
    made.set_defaults(run=run)
    return made


def _office(kinds: Any) -> None:
    init = _command(kinds, "init", commands.init, _("建立一个新的空白中心"))
    init.add_argument("--name", required=True)
    init.add_argument("--level", required=True, choices=tuple(LEVELS))
    init.add_argument("--code", default="")
    init.add_argument("--superior", default="")
    demo = _command(kinds, "demo", commands.demo, _("编造一个示例中心"))
    demo.add_argument("--months", type=_number(0, _MOST), default=3)
    demo.add_argument("--centers", type=_number(0, _MOST), default=0)
    demo.add_argument("--seed", type=_number(-_MOST, _MOST), default=1)
    _command(kinds, "registers", commands.registers, _("列出所有台账"))
    _command(kinds, "enable", commands.enable, _("启用一本台账")).add_argument("register")
    _command(kinds, "disable", commands.disable, _("停用一本台账")).add_argument("register")
    calendar = _command(kinds, "calendar", commands.calendar, _("录入或写出一年的放假安排"))
    calendar.add_argument("--take-in", metavar="FILE")
    calendar.add_argument("--hand-out", metavar="FILE")
    calendar.add_argument("--year", type=_number(FIRST_YEAR, LAST_YEAR))


def _records(kinds: Any) -> None:
    add = _command(kinds, "add", commands.add, _("登记一条或多条记录（JSON）"))
    add.add_argument("register")
    add.add_argument("file", nargs="?", metavar="FILE")
    load = _command(kinds, "load", commands.load, _("把原来的 Excel 台账导入一本台账"))
    load.add_argument("register")
    load.add_argument("file", metavar="FILE.xlsx")
    load.add_argument("--dry-run", action="store_true", help=_("只看看会怎样，不保存"))
    load.add_argument("--defaults", metavar="FILE", help=_("JSON：各栏的空格填什么"))
    load.add_argument("--mapping", metavar="FILE", help=_("JSON：哪个表头是哪一栏，或者不要"))
    load.add_argument("--words", metavar="FILE", help=_("JSON：各栏里哪个词是哪一项"))
    load.add_argument("--year", type=_number(FIRST_YEAR, LAST_YEAR), help=_("没写年份的日期是哪一年的"))
    load.add_argument("--reason", choices=tuple(LATE_REASONS), default="earlier")
    load.add_argument("--again", action="store_true", help=_("已经有的也再导入一次"))
    load.add_argument("--rejects", metavar="PATH", help=_("没有导入的行写到哪里"))
    load.add_argument("--password-file", metavar="F")
    for name, run, told in (
        ("edit", commands.edit, _("修改一条记录")),
        ("correct", commands.correct, _("更正已结账月份的一条记录")),
    ):
        edit = _command(kinds, name, run, told)
        edit.add_argument("register")
        edit.add_argument("uid")
        edit.add_argument("file", nargs="?", metavar="FILE")
        if name == "correct":
            edit.add_argument("--reason", required=True)
    void = _command(kinds, "void", commands.void, _("作废一条记录"))
    void.add_argument("register")
    void.add_argument("uid")
    void.add_argument("--reason", required=True)
    act = _command(kinds, "act", commands.act, _("办理一步，如受理、交办、办结"))
    act.add_argument("register")
    act.add_argument("uid", help=_("一条记录；办理单可以写几张，用逗号分开，全办或全不办"))
    told = listed(labelled(code, _(label)) for code, label in _STEPS.items())
    act.add_argument("step", type=_step, help=told)
    act.add_argument("file", nargs="?", metavar="FILE")
    find = _command(kinds, "find", commands.find, _("查找记录"))
    find.add_argument("register")
    find.add_argument("words", nargs="*", metavar="WORDS")
    find.add_argument("--month", type=_month)
    find.add_argument("--limit", type=_number(0, _MOST), default=1000)
    story = _command(kinds, "history", commands.history, _("查看一条记录的修改痕迹"))
    story.add_argument("register")
    story.add_argument("uid")
    attach = _command(kinds, "attach", commands.attach, _("给一条记录加附件"))
    attach.add_argument("register")
    attach.add_argument("uid")
    attach.add_argument("file", metavar="FILE")
    merge = _command(kinds, "merge", commands.merge, _("把两个人员并成一个"))
    merge.add_argument("keep")
    merge.add_argument("double")
    _command(kinds, "unmerge", commands.unmerge, _("把并错的人员拆开")).add_argument("double")


def _months(kinds: Any) -> None:
    book = _command(kinds, "print", commands.print_book, _("打印一个月的本子"))
    book.add_argument("book")
    book.add_argument("--month", type=_month, required=True)
    book.add_argument("--out", required=True, metavar="FILE")
    book.add_argument("--audience", choices=("paper", "notice"), default="paper")
    slip = _command(
        kinds, "slip", commands.slip, _("打印检举控告的移交单、来访的回执单，或办理单的督办单、催办单")
    )
    slip.add_argument("uid")
    slip.add_argument("--out", required=True, metavar="FILE")
    _command(kinds, "close", commands.close, _("月份结账")).add_argument("month", type=_month)
    _command(kinds, "hints", commands.hints, _("列出一个月里还要补的")).add_argument("month", type=_month)
    hours = _command(kinds, "hours", commands.hours, _("一个月应开放和实开放的天数，打印开放时间牌"))
    hours.add_argument("month", type=_month)
    hours.add_argument("--out", metavar="FILE")
    reopen = _command(kinds, "reopen", commands.reopen, _("重新打开已结账的月份"))
    reopen.add_argument("month", type=_month)
    reopen.add_argument("--reason", required=True)
    reopen.add_argument("--second", required=True, metavar="NAME")


def _exchange(kinds: Any) -> None:
    send = _command(kinds, "send", commands.send, _("导出月报"))
    send.add_argument("month", type=_month)
    send.add_argument("--out", required=True, metavar="DIR")
    send.add_argument("--full", action="store_true")
    send.add_argument("--password-file", metavar="F")
    receive = _command(kinds, "receive", commands.receive, _("接收月报、回执和答复"))
    receive.add_argument("paths", nargs="+", metavar="PATH")
    receive.add_argument("--dry-run", action="store_true")
    receive.add_argument("--out", metavar="DIR")
    receive.add_argument("--password-file", metavar="F")
    answer = _command(kinds, "answer", commands.answer, _("认可或退回一个村一个月的月报"))
    answer.add_argument("center")
    answer.add_argument("month", type=_month)
    which = answer.add_mutually_exclusive_group(required=True)
    which.add_argument("--accept", dest="state", action="store_const", const="accepted")
    which.add_argument("--return", dest="state", action="store_const", const="returned")
    answer.add_argument("--note", default="")
    answer.add_argument("--full", action="store_true", help=_("答复的是补充件"))
    answer.add_argument("--out", required=True, metavar="FILE")


def _safety(kinds: Any) -> None:
    backup = _command(kinds, "backup", commands.backup, _("备份并核对"))
    backup.add_argument("--out", metavar="DIR")
    _command(kinds, "backups", commands.backups, _("列出备份"))
    _command(kinds, "restore", commands.restore, _("恢复到一份备份")).add_argument("file")
    _command(kinds, "check", commands.check, _("检查数据库、编号和修改痕迹"))
    test = _command(kinds, "self-test", commands.self_test, _("自检"))
    test.add_argument("--screens", metavar="DIR")
    rehearse = _command(kinds, "rehearse", commands.rehearse, _("用示例中心把全程演练一遍，不要屏幕"))
    rehearse.add_argument("--out", metavar="DIR")
