"""The commands of bookings that come again: look at every day, book what was confirmed, change the rest of them."""

from argparse import Namespace
from collections.abc import Mapping
from datetime import date
from typing import Any

from ojr_desk.cli import telling
from ojr_desk.cli.arguments import command
from ojr_desk.cli.given import values_in
from ojr_desk.cli.opened import Outcome, opened
from ojr_desk.cli.telling import Answer
from ojr_desk.desk import Desk
from ojr_desk.desk.booking_rules import span_words
from ojr_desk.desk.series import Preview, Row
from ojr_desk.problems import Refused, Wrong
from ojr_desk.register import REGISTERS
from ojr_desk.rules.repeats import Repeat
from ojr_desk.text import N_, _, listed

_WORDS = ("every",)
_NUMBERS = ("interval", "nth", "day", "count")


def series(asked: Namespace) -> Outcome:
    """Look at every day of a series; with `--book` store those that are kept, all or none."""
    told = values_in(asked.file)
    with opened(asked) as desk:
        preview = desk.series.preview(_mapping(told, "values"), _repeat(_mapping(told, "repeat")))
        if choices := _mapping(told, "rows"):
            preview = desk.series.again(_chosen(desk, preview, choices))
        if not asked.book:
            return Answer(_told(preview), "" if asked.json else "\n".join(_lines(preview))), 0
        _refuse_undecided(preview, choices)
        added = desk.series.book(preview)
    data = [{"uid": each.record.uid, "record_no": each.record.record_no} for each in added]
    lines = [notice for each in added for notice in each.notices]
    lines.append(_("已登记 {n} 条：{numbers}").format(n=len(added), numbers=telling.numbers(data)))
    return Answer(data, "\n".join(dict.fromkeys(lines))), 0


def edit_series(asked: Namespace) -> Outcome:
    """Change a booking and those of its series after it, all or none."""
    with opened(asked) as desk:
        changed = desk.series.change(asked.uid, values_in(asked.file))
    data = [{"uid": each.record.uid, "record_no": each.record.record_no} for each in changed]
    told = _("已修改 {n} 条：{numbers}").format(n=len(data), numbers=telling.numbers(data))
    return Answer(data, told), 0


def _mapping(told: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = told.get(name, {})
    if not isinstance(found, Mapping):
        raise Refused(_("“{name}”要写成名称和值的对应，请检查。").format(name=name))
    return found


def _repeat(told: Mapping[str, Any]) -> Repeat:
    """Read how it comes again; raises `Refused` for what is not of the sort that is wanted."""
    known: dict[str, Any] = {}
    for name, value in told.items():
        try:
            if name == "until":
                known[name] = date.fromisoformat(str(value))
            elif name == "weekdays" and isinstance(value, list):
                known[name] = tuple(int(each) for each in value)
            elif name in _NUMBERS:
                known[name] = int(value)
            elif name in _WORDS:
                known[name] = str(value)
            else:
                raise ValueError
        except (ValueError, TypeError, OverflowError) as error:
            raise Refused(_("“repeat”里的“{name}”不对，请检查。").format(name=name[:40])) from error
    return Repeat(**known)


def _chosen(desk: Desk, preview: Preview, choices: Mapping[str, Any]) -> Preview:
    """Take over what was decided of single days: "keep", "skip", another time or another room."""
    days = {each.day.isoformat() for each in preview.rows}
    if unknown := sorted(set(choices) - days):
        raise Refused(_("系列里没有这些日子：{days}。").format(days=listed(unknown, most=5)))
    rows = tuple(_decided(desk, each, choices.get(each.day.isoformat())) for each in preview.rows)
    return Preview(preview.values, rows, preview.lacking)


def _decided(desk: Desk, row: Row, choice: Any) -> Row:
    if choice in ("keep", "skip"):
        return row.kept(choice == "keep")
    if not isinstance(choice, Mapping):
        if choice is None:
            return row
        wanted = _(
            '{day}：要的是 "keep"、"skip"，或别的时间、场地，例如 {{"start_at": "…", "end_at": "…"}}。'
        )
        raise Refused(wanted.format(day=row.day.isoformat()))
    columns = REGISTERS["booking"].by_name
    with desk.office.reading() as session:
        given = desk.office.given(session)
        try:
            told = {
                name: columns[name].kind.parse(choice[name], given)
                for name in ("start_at", "end_at", "venue")
                if choice.get(name)
            }
        except Wrong as wrong:
            raise Refused(f"{row.day.isoformat()} {wrong.message}") from wrong
    moved = row.at(told.get("start_at", row.start), told.get("end_at", row.end))
    return moved.in_room(told.get("venue", row.venue))


def _refuse_undecided(preview: Preview, choices: Mapping[str, Any]) -> None:
    """Ask of every day that has a ✘ what is to become of it: nothing is left out in silence."""
    open_days = [
        each.day.isoformat() for each in preview.rows if each.why and each.day.isoformat() not in choices
    ]
    if open_days:
        told = _('这些日子还没有决定：{days}。请在“rows”里逐个写 "skip"、"keep" 或换时间、换场地。')
        raise Refused(told.format(days=listed(open_days, most=10)))


def _told(preview: Preview) -> dict[str, Any]:
    rows = [
        {
            "date": each.day.isoformat(),
            "start_at": each.start.isoformat(" ", "minutes"),
            "end_at": each.end.isoformat(" ", "minutes"),
            "venue": each.venue,
            "keep": bool(each.keep),
            "why": each.why,
            "barred": each.barred,
            "state": each.state,
            "notices": list(each.notices),
            "slots": [
                [slot.start.isoformat(" ", "minutes"), slot.end.isoformat(" ", "minutes")]
                for slot in each.slots
            ],
            "rooms": [{"uid": room.uid, "name": room.name} for room in each.rooms],
        }
        for each in preview.rows
    ]
    return {"rows": rows, "lacking": [str(month) for month in preview.lacking]}


def _lines(preview: Preview) -> list[str]:
    lines = [
        f"{'✘' if each.why else '✔'} {span_words(each.start, each.end)}  {each.why}".rstrip()
        for each in preview.rows
    ]
    if preview.lacking:
        months = listed((month.title for month in preview.lacking), N_("、"), 12)
        lines.append(_("这些月份没有这一天，不订：{months}").format(months=months))
    return lines


def offer(kinds: Any) -> None:
    """Tell the parser of these commands."""
    its = command(kinds, "series", series, _("周期预约：逐日预览，或一次订下（JSON）"))
    its.add_argument("file", nargs="?", metavar="FILE")
    which = its.add_mutually_exclusive_group()
    which.add_argument("--preview", action="store_true", help=_("只看每一天行不行，不订（平常就是这样）"))
    which.add_argument("--book", action="store_true", help=_("订下留着的每一天，要么都订，要么都不订"))
    its = command(kinds, "edit-series", edit_series, _("从一条预约起，修改或取消同一系列以后的预约（JSON）"))
    its.add_argument("uid")
    its.add_argument("file", nargs="?", metavar="FILE")
