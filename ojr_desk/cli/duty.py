"""The command of the roster: a month's rotation, proposed or published."""

from argparse import Namespace
from collections.abc import Mapping
from typing import Any

from ojr_desk.cli.arguments import command, month
from ojr_desk.cli.opened import Outcome, opened
from ojr_desk.cli.telling import Answer
from ojr_desk.desk.turns import Proposal
from ojr_desk.rules.rotation import Tally
from ojr_desk.rules.shifts import DUTIES, SHIFTS, Slot
from ojr_desk.text import _


def roster(asked: Namespace) -> Outcome:
    """Propose a month's roster by the rotation; with `--publish` store it and put it on the wall."""
    with opened(asked) as desk:
        if asked.publish:
            proposal = desk.duty.rotate(asked.month)
            version = desk.duty.publish(asked.month).version
        else:
            proposal = desk.duty.propose(asked.month)
            version = None
        counts = desk.duty.counts(proposal)
    data = {
        "month": str(asked.month),
        "version": version,
        "shifts": [
            {**_place(each.slot), "staff": _person(proposal, each.who), "why": proposal.why(each)}
            for each in proposal.filled
        ],
        "fairness": [_count(proposal, who, tally) for who, tally in counts.items()],
        "unmet": [{**_place(each.slot), "why": proposal.why(each)} for each in proposal.unmet],
    }
    if version is None:
        told = _("{month}可以这样排：{n} 班，{unmet} 班没有人能来；加 --publish 存下并公布")
    else:
        told = _("{month}值班表已公布（第{version}版）：{n} 班，{unmet} 班没有人能来")
    lines = [
        told.format(
            month=asked.month.title, n=len(proposal.filled), unmet=len(proposal.unmet), version=version
        )
    ]
    if not asked.json:
        lines += [_line(each.slot, proposal.names.get(each.who, "")) for each in proposal.filled]
        lines += [_line(each.slot, proposal.why(each)) for each in proposal.unmet]
    return Answer(data, "\n".join(lines)), 0


def _place(slot: Slot) -> dict[str, Any]:
    return {
        "date": slot.day.isoformat(),
        "shift": slot.shift,
        "duty_type": slot.duty,
        "starts": f"{slot.starts:%H:%M}",
        "ends": f"{slot.ends:%H:%M}",
    }


def _person(proposal: Proposal, who: str) -> Mapping[str, str]:
    return {"uid": who, "text": proposal.names.get(who, "")}


def _count(proposal: Proposal, who: str, tally: Tally) -> dict[str, Any]:
    return {
        "staff": _person(proposal, who),
        "total": tally.total,
        "weekends": tally.weekends,
        "holidays": tally.holidays,
        "leads": tally.leads,
    }


def _line(slot: Slot, told: str) -> str:
    return f"{slot.day.isoformat()}  {_(SHIFTS[slot.shift])}  {_(DUTIES[slot.duty])}  {told}"


def offer(kinds: Any) -> None:
    """Tell the parser of this command."""
    its = command(kinds, "roster", roster, _("按轮值名单排一个月的班"))
    its.add_argument("month", type=month)
    its.add_argument("--publish", action="store_true", help=_("存下并公布"))
