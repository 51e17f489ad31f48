"""The commands about a month: its books, its closing, its days."""

from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ojr_desk.cli import telling
from ojr_desk.cli.arguments import command, month
from ojr_desk.cli.opened import Outcome, opened
from ojr_desk.cli.telling import Answer
from ojr_desk.desk import Desk
from ojr_desk.desk.months import STAGES, MonthState
from ojr_desk.register import Audience
from ojr_desk.text import N_, _, listed


def print_book(asked: Namespace) -> Outcome:
    """Write one monthly book."""
    path = Path(asked.out)
    with opened(asked) as desk:
        if path.suffix.lower() == ".xlsx":
            return _sheet(asked, path, desk), 0
        ledger, printed = desk.books.print(
            asked.book, asked.month, path, Audience(asked.audience), telling.bar(_("打印"))
        )
    data = {
        "pages": printed.pages,
        "records": len(ledger.rows),
        "totals": ledger.totals,
        "code": ledger.code,
        "file": str(path.resolve()),
    }
    return Answer(data, _("已写出 {file}，{n} 页").format(file=path, n=printed.pages)), 0


def _sheet(asked: Namespace, path: Path, desk: Desk) -> Answer:
    """Write one monthly book as a workbook: it has no pages."""
    audience, progress = Audience(asked.audience), telling.bar(_("导出"))
    ledger = desk.books.export(asked.book, asked.month, path, audience, progress)
    told = {"pages": None, "records": len(ledger.rows), "totals": ledger.totals, "code": ledger.code}
    return Answer({**told, "file": str(path.resolve())}, _("已写出 {file}").format(file=path))


def state(asked: Namespace) -> Outcome:
    """Tell how a month stands: open or closed, its gaps, how far it has come, what the superior said."""
    with opened(asked) as desk:
        found = desk.months.state(asked.month)
    told = listed((found.month.title, _(STAGES[found.stage]), listed(found.gaps), found.note), N_("　"))
    return Answer(telling.plain(found), told), 0


def close(asked: Namespace) -> Outcome:
    """Close a month."""
    with opened(asked) as desk:
        state = desk.months.close(asked.month)
        return _month(state, _("{month}已结账"), desk.months.hints(asked.month)), 0


def reopen(asked: Namespace) -> Outcome:
    """Open a closed month again."""
    with opened(asked) as desk:
        return _month(desk.months.reopen(asked.month, asked.reason, asked.second), _("{month}已重新打开")), 0


def hours(asked: Namespace) -> Outcome:
    """Tell on how many days of a month the centre should have been open and was; write the board of its hours."""
    with opened(asked) as desk:
        days = desk.opening.days(asked.month)
        if asked.out:
            desk.opening.board(Path(asked.out))
    shut = [day.isoformat() for day in days.due if day not in days.kept]
    data = {
        "month": str(asked.month),
        "due": len(days.due),
        "kept": len(days.kept),
        "closed": shut,
        "file": str(Path(asked.out).resolve()) if asked.out else None,
    }
    told = _("{month}应开放 {due} 天，实开放 {kept} 天").format(
        month=asked.month.title, due=len(days.due), kept=len(days.kept)
    )
    return Answer(data, listed((told, *shut), N_("，"))), 0


def hints(asked: Namespace) -> Outcome:
    """List what is still to be put right in a month."""
    with opened(asked) as desk:
        found = desk.months.hints(asked.month)
    return Answer(list(found), "" if asked.json else "\n".join(found or [_("没有要补的。")])), 0


def _month(state: MonthState, told: str, hints: Sequence[str] = ()) -> Answer:
    data = {"month": str(state.month), "state": state.state, "gaps": list(state.gaps)}
    return Answer(data, "\n".join((told.format(month=state.month.title), *hints)))


def offer(kinds: Any) -> None:
    """Tell the parser of these commands."""
    its = command(kinds, "print", print_book, _("打印一个月的本子"))
    its.add_argument("book")
    its.add_argument("--month", type=month, required=True)
    its.add_argument("--out", required=True, metavar="FILE")
    its.add_argument("--audience", choices=("paper", "notice"), default="paper")
    command(kinds, "month", state, _("一个月到了哪一步")).add_argument("month", type=month)
    command(kinds, "close", close, _("月份结账")).add_argument("month", type=month)
    command(kinds, "hints", hints, _("列出一个月里还要补的")).add_argument("month", type=month)
    its = command(kinds, "hours", hours, _("一个月应开放和实开放的天数，打印开放时间牌"))
    its.add_argument("month", type=month)
    its.add_argument("--out", metavar="FILE")
    its = command(kinds, "reopen", reopen, _("重新打开已结账的月份"))
    its.add_argument("month", type=month)
    its.add_argument("--reason", required=True)
    its.add_argument("--second", default="", metavar="NAME", help=_("月报写出以后才要：同意的第二个人"))
