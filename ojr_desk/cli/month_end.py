"""The commands of the month's end: what is to be mended, 本月无, the whole stack of books."""

from argparse import Namespace
from dataclasses import asdict
from pathlib import Path
from typing import Any

from ojr_desk.cli import telling
from ojr_desk.cli.arguments import command, month
from ojr_desk.cli.opened import Outcome, opened
from ojr_desk.cli.telling import Answer
from ojr_desk.desk.month_check import AMBER, GREEN, RED
from ojr_desk.text import N_, _, labelled, listed

#: What a light means.
LIGHTS = {RED: N_("必须改"), AMBER: N_("请看一看"), GREEN: N_("没问题")}


def inspect(asked: Namespace) -> Outcome:
    """Check a month before it is closed; exits with 1 as long as something keeps it open."""
    with opened(asked) as desk:
        found = desk.months.findings(asked.month)
    lines = [labelled(_(LIGHTS[each.light]), each.words) for each in found]
    return Answer([asdict(each) for each in found], "\n".join(lines)), int(any(f.light == RED for f in found))


def nothing(asked: Namespace) -> Outcome:
    """Confirm of all registers without an entry that nothing happened in the month."""
    with opened(asked) as desk:
        confirmed = desk.months.confirm_none(asked.month)
    titles = listed(_(each.title) for each in confirmed) or _("没有要确认的")
    told = labelled(_("已确认本月无"), titles)
    return Answer({"month": str(asked.month), "confirmed": [each.code for each in confirmed]}, told), 0


def stack(asked: Namespace) -> Outcome:
    """Write all books of a month with their contents into one file."""
    path = Path(asked.out)
    with opened(asked) as desk:
        stacked = desk.stack.print(asked.month, path, telling.bar(_("打印")))
    books = [
        {"title": each.title, "records": len(each.rows), "totals": each.totals, "code": each.code}
        for each in stacked.ledgers
    ]
    told = _("已写出 {file}，{n} 页").format(file=path, n=stacked.pages)
    return Answer({"file": str(path.resolve()), "pages": stacked.pages, "books": books}, told), 0


def offer(kinds: Any) -> None:
    """Tell the parser of these commands."""
    told = _("结账前检查一个月：必须改的、要看一看的、没问题的")
    command(kinds, "inspect", inspect, told).add_argument("month", type=month)
    command(kinds, "none", nothing, _("确认没有登记的台账本月无")).add_argument("month", type=month)
    its = command(kinds, "stack", stack, _("把一个月的本子连目录打印成一份"))
    its.add_argument("month", type=month)
    its.add_argument("--out", required=True, metavar="FILE.pdf")
