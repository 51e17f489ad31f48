"""The commands about persons: one's card, and who was entered twice."""

from argparse import Namespace
from typing import Any

from ojr_desk.cli import telling
from ojr_desk.cli.arguments import MOST, command, number
from ojr_desk.cli.opened import Outcome, opened
from ojr_desk.cli.telling import Answer, plain
from ojr_desk.desk.doubles import REASONS, Candidate
from ojr_desk.text import N_, _, labelled, listed

_GAP = N_("　")


def person(asked: Namespace) -> Outcome:
    """Tell what the office knows of a person, masked, and that something was."""
    with opened(asked) as desk:
        card = desk.persons.card(asked.person, asked.skip, asked.limit)
    lines = [listed((card.record_no, card.name), _GAP)]
    lines += [labelled(each.label, each.text) for each in card.fields]
    if card.doubles:
        lines.append(labelled(_("已并入"), listed(card.doubles)))
    lines.append(_("共 {count} 次来往").format(count=card.total))
    for each in card.events:
        day = each.day.isoformat() if each.day else ""
        lines.append("  " + listed((day, each.kind, each.state, each.record_no), _GAP))
    return Answer(plain(card), "" if asked.json else "\n".join(lines)), 0


def doubles(asked: Namespace) -> Outcome:
    """List who was perhaps entered twice; whom to keep stands first."""
    with opened(asked) as desk:
        if asked.parted:
            pairs = desk.persons.parted(asked.limit)
            told = "\n".join(" ≠ ".join(map(_line, pair)) for pair in pairs) or _("没有标记过。")
            return Answer(plain(pairs), "" if asked.json else told), 0
        found = desk.persons.doubles(asked.limit)
    lines = []
    for group in found:
        lines.append(_(REASONS[group.why]))
        lines += ["  " + _line(each) for each in group.persons]
    told = "\n".join(lines or [_("没有发现重复登记的人。")])
    return Answer(plain(found), "" if asked.json else told), 0


def _line(of: Candidate) -> str:
    events = _("{count} 次来往").format(count=of.events)
    return listed((of.record_no, of.name, of.phone, of.grid, events), _GAP)


def apart(asked: Namespace) -> Outcome:
    """Remember that two persons who look like one are two, or take that back."""
    with opened(asked) as desk:
        (desk.persons.unpart if asked.undo else desk.persons.part)(asked.one, asked.other)
    told = _("已取消标记：{one}、{other}") if asked.undo else _("已标记不是同一个人：{one}、{other}")
    data = {"one": asked.one, "other": asked.other, "apart": not asked.undo}
    return Answer(data, told.format(one=asked.one, other=asked.other)), 0


def merge(asked: Namespace) -> Outcome:
    """Make two persons one."""
    with opened(asked) as desk:
        record = desk.persons.merge(asked.keep, asked.double)
        return telling.one(desk, "person", record, _("已并入 {number}")), 0


def unmerge(asked: Namespace) -> Outcome:
    """Take a merging back."""
    with opened(asked) as desk:
        record = desk.persons.unmerge(asked.double)
        return telling.one(desk, "person", record, _("已拆开 {number}")), 0


def offer(kinds: Any) -> None:
    """Tell the parser of these commands."""
    its = command(kinds, "person", person, _("一位服务对象的卡片和来往"))
    its.add_argument("person", help=_("编号"))
    its.add_argument("--skip", type=number(0, MOST), default=0)
    its.add_argument("--limit", type=number(0, MOST), default=20)
    its = command(kinds, "doubles", doubles, _("列出可能重复登记的人"))
    its.add_argument("--limit", type=number(1, MOST), default=50)
    its.add_argument("--parted", action="store_true", help=_("改为列出已标记不是同一个人的"))
    its = command(kinds, "apart", apart, _("标记两位不是同一个人，不再列为重复"))
    its.add_argument("one")
    its.add_argument("other")
    its.add_argument("--undo", action="store_true", help=_("取消这个标记"))
    its = command(kinds, "merge", merge, _("把两个人员并成一个"))
    its.add_argument("keep")
    its.add_argument("double")
    command(kinds, "unmerge", unmerge, _("把并错的人员拆开")).add_argument("double")
