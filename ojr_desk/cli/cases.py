"""The commands about cases: their steps, and their papers."""

import sys
from argparse import Namespace
from pathlib import Path
from typing import Any

from ojr_desk.cli import telling
from ojr_desk.cli.arguments import MOST, command, number
from ojr_desk.cli.given import values_in
from ojr_desk.cli.opened import Outcome, opened
from ojr_desk.cli.telling import Answer
from ojr_desk.moments import show_moment
from ojr_desk.rules.cases import STEPS
from ojr_desk.rules.finishing import FINISH, LABEL
from ojr_desk.text import N_, _, labelled, listed

#: The steps, and how people call them.
_STEPS = {code: step.label for code, step in STEPS.items()} | {FINISH: LABEL}


def act(asked: Namespace) -> Outcome:
    """Take an allowed step of a record."""
    values = values_in(asked.file, {}) if asked.file or not sys.stdin.isatty() else {}
    uids = [uid for uid in asked.uid.split(",") if uid]
    with opened(asked) as desk:
        if asked.register == "case" and len(uids) > 1:
            acted = desk.cases.act_all(uids, asked.step, values)
            told = [telling.one(desk, "case", each, "{number}") for each in acted]
            numbers = listed((each.told for each in told), most=5)
            return Answer([each.data for each in told], _("已办：{number}").format(number=numbers)), 0
        record = desk.cases.act(asked.register, asked.uid, asked.step, values)
        return telling.one(desk, asked.register, record, _("已办：{number}")), 0


def standing(asked: Namespace) -> Outcome:
    """Tell how a case stands: its steps, what may be done next, until when, and the sentence to read out."""
    with opened(asked) as desk:
        found = desk.cases.standing(asked.uid)
        case = telling.one(desk, "case", found.record, "{number}")
        entry = desk.registers.named("step")
        labels = desk.registers.labels("step", found.steps)
        promise = desk.slips.promise(found.record) if found.record.due_on else ""
    data = {
        "record": case.data,
        "steps": [telling.record(entry, each, labels) for each in found.steps],
        "allowed": list(found.allowed),
        "supervision": found.supervision,
        "owed": telling.plain(found.owed),
        "can_be_finished": found.can_be_finished,
        "promise": promise,
    }
    lines = [_line(each) for each in found.steps]
    lines.append(
        labelled(_("下一步"), listed(labelled(each, _(STEPS[each].label)) for each in found.allowed))
    )
    return Answer(data, "\n".join(filter(None, (case.told, *lines, promise)))), 0


def _line(step: Any) -> str:
    return listed((show_moment(step.occurred_at), _(STEPS[step.step].label), step.text or ""), N_("　"))


def repeats(asked: Namespace) -> Outcome:
    """Tell which earlier intakes the values typed so far may repeat."""
    values = values_in(asked.file)
    with opened(asked) as desk:
        found = desk.intakes.repeats(values, asked.limit)
    data = [
        telling.plain(each.event) | {"same_matter": each.same_matter, "same_person": each.same_person}
        for each in found
    ]
    lines = [listed((each.event.record_no, each.event.kind, each.event.state), N_("　")) for each in found]
    return Answer(data, "" if asked.json else "\n".join(lines or [_("没有重复的。")])), 0


def slip(asked: Namespace) -> Outcome:
    """Write the slip of one intake, or the paper of a case's last 督办 or 催问."""
    path = Path(asked.out)
    with opened(asked) as desk:
        desk.slips.write(asked.uid, path)
    return Answer({"file": str(path.resolve())}, _("已写出 {file}").format(file=path)), 0


def _step(typed: str) -> str:
    """Find the code of a step that is called by its code or, as sentences name it, by its label."""
    return next((code for code, label in _STEPS.items() if typed in (label, _(label))), typed)


def offer(kinds: Any) -> None:
    """Tell the parser of these commands."""
    its = command(kinds, "act", act, _("办理一步，如受理、交办、办结"))
    its.add_argument("register")
    its.add_argument("uid", help=_("一条记录；办理单可以写几张，用逗号分开，全办或全不办"))
    told = listed(labelled(code, _(label)) for code, label in _STEPS.items())
    its.add_argument("step", type=_step, help=told)
    its.add_argument("file", nargs="?", metavar="FILE")
    its = command(kinds, "standing", standing, _("一张办理单办到哪里，下一步能做什么"))
    its.add_argument("uid")
    its = command(kinds, "repeats", repeats, _("正在登记的事（JSON）以前是不是来过"))
    its.add_argument("file", nargs="?", metavar="FILE")
    its.add_argument("--limit", type=number(0, MOST), default=5)
    its = command(kinds, "slip", slip, _("打印检举控告的移交单、来访的回执单，或办理单的督办单、催办单"))
    its.add_argument("uid")
    its.add_argument("--out", required=True, metavar="FILE")
