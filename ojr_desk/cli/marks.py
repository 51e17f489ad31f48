"""The commands of review and return: what a superior finds in a report, and what the village does about it."""

from argparse import Namespace
from dataclasses import asdict
from typing import Any

from ojr_desk.cli import telling
from ojr_desk.cli.arguments import command, month
from ojr_desk.cli.month_end import LIGHTS
from ojr_desk.cli.opened import Outcome, opened
from ojr_desk.cli.telling import Answer
from ojr_desk.desk import Desk
from ojr_desk.desk.marks_in import Marked
from ojr_desk.desk.marks_out import Draft, Made
from ojr_desk.desk.month_check import RED
from ojr_desk.exchange.marks import REASONS
from ojr_desk.text import _, labelled, listed


def review(asked: Namespace) -> Outcome:
    """Look at what a village reported of a month; exits with 1 as long as something does not add up."""
    with opened(asked) as desk:
        found = desk.reviews.of(asked.center, asked.month)
    lines = [_("{name} {month} 第{n}版").format(name=found.name, month=asked.month, n=found.revision)]
    lines += [labelled(_(LIGHTS[each.light]), each.words) for each in found.findings]
    lines += [f"  {line}" for each in found.revised for line in each.lines]
    lines += [_("批注 {uid}：{words}").format(uid=each.mark.uid, words=each.words) for each in found.marks]
    data = {
        "center": found.name,
        "uid": found.center,
        "month": str(found.month),
        "revision": found.revision,
        "findings": [asdict(each) for each in found.findings],
        "revised": [each.told() for each in found.revised],
        "marks": [_made(each) for each in found.marks],
    }
    return Answer(data, "\n".join(lines)), int(any(each.light == RED for each in found.findings))


def mark(asked: Namespace) -> Outcome:
    """Mark a record that a village reported, a column of it, or the month as a whole."""
    draft = Draft(asked.text, asked.reason, asked.record, asked.column)
    with opened(asked) as desk:
        made = desk.marks_out.add(desk.reviews.of(asked.center, asked.month).center, asked.month, draft)
    return Answer(_made(made), _("已记下批注 {words}").format(words=made.words)), 0


def unmark(asked: Namespace) -> Outcome:
    """Take a mark back that was not sent yet."""
    with opened(asked) as desk:
        desk.marks_out.remove(asked.uid)
    return Answer({"uid": asked.uid}, _("已删去。")), 0


def marks(asked: Namespace) -> Outcome:
    """List the superior's marks on what this office reported, and its own on what was reported to it."""
    with opened(asked) as desk:
        came, made = _came(desk, asked), _our_own(desk, asked)
    lines = [
        labelled(each.mark.place, f"{each.mark.what} {each.state_words} {each.mark.uid}") for each in came
    ]
    lines += [f"{each.words} {each.mark.uid}" for each in made]
    data = {"received": [_marked(each) for each in came], "made": [_made(each) for each in made]}
    return Answer(data, "\n".join(lines or [_("没有批注。")])), 0


def handle(asked: Namespace) -> Outcome:
    """Say what was done about a mark of the superior's."""
    with opened(asked) as desk:
        done = desk.marks_in.handle(asked.uid, asked.note)
    return Answer(_marked(done), labelled(done.mark.place, done.state_words)), 0


def _came(desk: Desk, asked: Namespace) -> tuple[Marked, ...]:
    found = desk.marks_in.all(asked.month)
    return tuple(each for each in found if each.is_open or not asked.open)


def _our_own(desk: Desk, asked: Namespace) -> tuple[Made, ...]:
    found = desk.marks_out.all()
    return tuple(
        each
        for each in found
        if asked.month in (None, each.month) and (not asked.open or each.state in ("draft", "sent"))
    )


def _place(told: Any) -> dict[str, Any]:
    mark = told.mark
    where = {"register": mark.register, "number": mark.number, "column": mark.field, "label": mark.label}
    what = {"reason": mark.reason, "text": mark.text}
    return {
        "uid": mark.uid,
        "month": str(told.month),
        **where,
        **what,
        "state": told.state,
        "said": told.said,
    }


def _made(made: Made) -> dict[str, Any]:
    return {"center": made.center, **_place(made)}


def _marked(marked: Marked) -> dict[str, Any]:
    return {**_place(marked), "due_on": telling.plain(marked.due_on)}


def offer(kinds: Any) -> None:
    """Tell the parser of these commands."""
    its = command(kinds, "review", review, _("审核一个村一个月的月报：同样的检查再做一遍，新版改了什么"))
    its.add_argument("center")
    its.add_argument("month", type=month)
    its = command(kinds, "mark", mark, _("给村里报来的一条记录写批注"))
    its.add_argument("center")
    its.add_argument("month", type=month)
    its.add_argument("--record", default="", metavar="NUMBER", help=_("编号；不写就是整月"))
    its.add_argument("--column", default="", help=_("哪一栏；不写就是整条"))
    its.add_argument("--reason", default="", choices=("", *REASONS), help=listed(map(_, REASONS.values())))
    its.add_argument("--text", default="")
    command(kinds, "unmark", unmark, _("删去还没有发的批注")).add_argument("uid", metavar="UID")
    its = command(kinds, "marks", marks, _("列出批注：上级写的，和本中心写给村里的"))
    its.add_argument("--month", type=month)
    its.add_argument("--open", action="store_true", help=_("只列还没有处理的"))
    its = command(kinds, "mark-done", handle, _("说明一条上级批注怎么处理的"))
    its.add_argument("uid", metavar="UID")
    its.add_argument("--note", required=True)
