"""The commands about records of any register."""

from argparse import Namespace
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ojr_desk.cli import telling
from ojr_desk.cli.arguments import MOST, command, month, number
from ojr_desk.cli.given import read_json, values_in
from ojr_desk.cli.opened import Outcome, opened
from ojr_desk.cli.telling import Answer
from ojr_desk.desk import retold
from ojr_desk.problems import Refused
from ojr_desk.store.query import Query
from ojr_desk.text import _


def add(asked: Namespace) -> Outcome:
    """Store records from a JSON array."""
    rows = read_json(asked.file)
    if isinstance(rows, Mapping):
        rows = [rows]
    if not isinstance(rows, list) or not all(isinstance(row, Mapping) for row in rows):
        raise Refused(_('要的是记录的列表，例如 [{"content": "…"}]。'))
    with opened(asked) as desk:
        added = desk.registers.add(asked.register, rows)
    data = [{"uid": each.record.uid, "record_no": each.record.record_no} for each in added]
    told = [notice for each in added for notice in each.notices]
    told.append(_("已登记 {n} 条：{numbers}").format(n=len(added), numbers=telling.numbers(data)))
    return Answer(data, "\n".join(told)), 0


def edit(asked: Namespace) -> Outcome:
    """Change one record."""
    notices: list[str] = []
    with opened(asked) as desk:
        record = desk.registers.edit(asked.register, asked.uid, values_in(asked.file), notices)
        return telling.one(desk, asked.register, record, _("已修改 {number}"), notices), 0


def correct(asked: Namespace) -> Outcome:
    """Put a record of a closed month right by 更正 rows in the open month."""
    with opened(asked) as desk:
        rows = desk.months.correct(asked.register, asked.uid, values_in(asked.file), asked.reason)
        data = [{"uid": each.uid, "record_no": each.record_no, "column": each.of_column} for each in rows]
    return Answer(data, _("已开更正单：{numbers}").format(numbers=telling.numbers(data))), 0


def void(asked: Namespace) -> Outcome:
    """Declare one record void."""
    with opened(asked) as desk:
        record = desk.registers.void(asked.register, asked.uid, asked.reason)
        return telling.one(desk, asked.register, record, _("已作废 {number}，编号保留")), 0


def find(asked: Namespace) -> Outcome:
    """Search as in the window."""
    with opened(asked) as desk:
        entry = desk.registers.named(asked.register)
        found = desk.registers.find(asked.register, Query(tuple(asked.words), asked.month), asked.limit)
        data = telling.found(entry, found)
        lines = [telling.line(entry, each, found.labels, desk.office.center) for each in found.records]
    return Answer(data, "" if asked.json else "\n".join((_("共 {n} 条").format(n=found.total), *lines))), 0


def history(asked: Namespace) -> Outcome:
    """Tell what was changed in one record."""
    with opened(asked) as desk:
        entry = desk.registers.named(asked.register)
        record = desk.registers.get(asked.register, asked.uid)
        story = desk.registers.story(record.uid)
        told = retold.lines(desk, entry, record.uid)
    data = [
        {"seq": c.seq, "at": c.at, "by": c.actor, "act": c.act, "op": c.op, "was": c.was, "now": c.now}
        for c in story
    ]
    lines = [f"{_(entry.title)}  {record.record_no}"]
    for each in told:
        lines.append(f"{each.at}  {each.what}  {each.who}".rstrip())
        lines += [f"  {change}" for change in each.changes.splitlines()]
    return Answer(data, "" if asked.json else "\n".join(lines)), 0


def attach(asked: Namespace) -> Outcome:
    """Keep a file with a record."""
    with opened(asked) as desk:
        kept = desk.attachments.add(asked.register, asked.uid, Path(asked.file))
    data = {"uid": kept.uid, "name": kept.name, "size": kept.size, "file": str(kept.path.resolve())}
    return Answer(data, _("已加附件《{name}》").format(name=kept.name)), 0


def attachments(asked: Namespace) -> Outcome:
    """List the files of a record."""
    with opened(asked) as desk:
        record = desk.registers.get(asked.register, asked.uid)
        kept = desk.attachments.of(record.uid)
    data = [
        {"uid": each.uid, "name": each.name, "size": each.size, "file": str(each.path.resolve())}
        for each in kept
    ]
    lines = [f"{each['uid']}  {each['name']}" for each in data] or [_("没有附件。")]
    return Answer(data, "" if asked.json else "\n".join(lines)), 0


def detach(asked: Namespace) -> Outcome:
    """Take a file off its record."""
    with opened(asked) as desk:
        desk.attachments.remove(asked.attachment, asked.reason)
    return Answer({"uid": asked.attachment}, _("已取下附件。")), 0


def offer(kinds: Any) -> None:
    """Tell the parser of these commands."""
    its = command(kinds, "add", add, _("登记一条或多条记录（JSON）"))
    its.add_argument("register")
    its.add_argument("file", nargs="?", metavar="FILE")
    for name, run, told in (
        ("edit", edit, _("修改一条记录")),
        ("correct", correct, _("更正已结账月份的一条记录")),
    ):
        its = command(kinds, name, run, told)
        its.add_argument("register")
        its.add_argument("uid")
        its.add_argument("file", nargs="?", metavar="FILE")
        if name == "correct":
            its.add_argument("--reason", required=True)
    its = command(kinds, "void", void, _("作废一条记录"))
    its.add_argument("register")
    its.add_argument("uid")
    its.add_argument("--reason", required=True)
    its = command(kinds, "find", find, _("查找记录"))
    its.add_argument("register")
    its.add_argument("words", nargs="*", metavar="WORDS")
    its.add_argument("--month", type=month)
    its.add_argument("--limit", type=number(0, MOST), default=1000)
    its = command(kinds, "history", history, _("查看一条记录的修改痕迹"))
    its.add_argument("register")
    its.add_argument("uid")
    its = command(kinds, "attach", attach, _("给一条记录加附件"))
    its.add_argument("register")
    its.add_argument("uid")
    its.add_argument("file", metavar="FILE")
    its = command(kinds, "attachments", attachments, _("列出一条记录的附件"))
    its.add_argument("register")
    its.add_argument("uid")
    its = command(kinds, "detach", detach, _("取下一个附件"))
    its.add_argument("attachment", metavar="ATTACHMENT")
    its.add_argument("--reason", required=True)
