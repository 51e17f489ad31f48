"""The commands for the counter: the day, the one search, taking the last act back."""

from argparse import Namespace
from collections.abc import Iterator
from typing import Any

from ojr_desk.cli.arguments import MOST, command, number
from ojr_desk.cli.opened import Outcome, opened
from ojr_desk.cli.telling import Answer, plain
from ojr_desk.desk.search import Group
from ojr_desk.desk.today import Today
from ojr_desk.desk.unfinished import MISSING, Unfinished
from ojr_desk.problems import Refused
from ojr_desk.text import N_, _, labelled, listed

_GAP = N_("　")


def today(asked: Namespace) -> Outcome:
    """Tell what a clerk sees first."""
    with opened(asked) as desk:
        found = desk.today(asked.limit)
    data = plain(found) | {"days_since_carried_off": found.days_since_carried_off}
    return Answer(data, "" if asked.json else "\n".join(_day(found))), 0


def _day(found: Today) -> Iterator[str]:
    yield found.day.isoformat()
    if found.on_duty:
        yield _("值班：{name}").format(name=found.on_duty)
    if found.leader:
        yield _("负责人：{name}").format(name=found.leader)
    sorts = (
        (_("逾期 {count} 件"), found.overdue),
        (_("今天到期 {count} 件"), found.due_today),
        (_("三天内到期 {count} 件"), found.soon),
    )
    for words, due in sorts:
        if due.count:
            yield words.format(count=due.count)
            for case in due.cases:
                told = (case.record_no, case.due_on.isoformat(), case.title, case.handler, case.word)
                yield "  " + listed(told, _GAP)
    yield from (each.words for each in found.notices)
    yield from (each.words for each in found.unread)
    yield from _missing(found.months)
    for entry in found.entries:
        yield listed((entry.record_no, entry.kind, entry.who), _GAP)


def unfinished(asked: Namespace) -> Outcome:
    """Tell which months still lack something, and what."""
    with opened(asked) as desk:
        found = [each for each in desk.today(0).months if each.missing]
    told = "\n".join(_missing(found)) or _("都做完了。")
    return Answer(plain(found), "" if asked.json else told), 0


def _missing(months: Any) -> Iterator[str]:
    for each in months:
        if each.missing:
            yield _said(each)


def _said(month: Unfinished) -> str:
    what = listed(_(MISSING[each]) for each in month.missing)
    told = _("{month}月还差{count}项：{what}")
    return told.format(month=month.month.month, count=len(month.missing), what=what)


def search(asked: Namespace) -> Outcome:
    """Search all that the office keeps, as the one search box does."""
    with opened(asked) as desk:
        found = desk.search.everything(" ".join(asked.words), asked.limit)
    lines = [line for group in found for line in _group(group)] or [_("没有找到。")]
    return Answer(plain(found), "" if asked.json else "\n".join(lines)), 0


def _group(group: Group) -> Iterator[str]:
    yield group.title + ("…" if group.more else "")
    for hit in group.hits:
        day = hit.day.isoformat() if hit.day else ""
        yield "  " + listed((hit.record_no, day, hit.label, hit.context), _GAP)


def undo(asked: Namespace) -> Outcome:
    """Take back what was done last, or the deed that is named; once more, and it is as it was."""
    with opened(asked) as desk:
        deed, words = asked.deed, ""
        if deed is None:
            offer = desk.undo.again() if asked.again else desk.undo.last()
            if offer is None:
                raise Refused(_("没有可以撤销的：只撤销自己在一天以内做的。"))
            deed, words = offer.deed, offer.words
        if asked.dry_run:
            return Answer({"deed": deed, "words": words}, words), 0
        done = desk.undo.take_back(deed)
    sorts = (
        (_("已撤销"), done.back),
        (_("后来又改过，没有动"), done.changed),
        (_("不能撤销"), done.impossible),
    )
    lines = [labelled(told, listed(numbers, most=5)) for told, numbers in sorts if numbers]
    return Answer({"deed": deed, "words": words} | plain(done), "\n".join(lines)), 0


def offer(kinds: Any) -> None:
    """Tell the parser of these commands."""
    its = command(kinds, "today", today, _("今天的情况：值班、到期、还差什么、最近登记"))
    its.add_argument("--limit", type=number(0, MOST), default=20)
    command(kinds, "unfinished", unfinished, _("列出哪些月份还差什么"))
    its = command(kinds, "search", search, _("在所有台账里查找"))
    its.add_argument("words", nargs="+", metavar="WORDS")
    its.add_argument("--limit", type=number(0, MOST), default=5)
    its = command(kinds, "undo", undo, _("撤销自己刚才做的一件事"))
    its.add_argument(
        "deed", nargs="?", type=number(1, MOST), metavar="DEED", help=_("哪一件事，不写就是最近的")
    )
    its.add_argument("--again", action="store_true", help=_("把刚才的撤销再撤回来"))
    its.add_argument("--dry-run", action="store_true", help=_("只看看会撤销什么"))
