"""What stands in the cells of a month's roster, by day or by person: plain values, before any table is drawn."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from ojr_desk.desk.month_roster import MonthRoster, RosterDay
from ojr_desk.desk.watch import Shift
from ojr_desk.rules.shifts import DUTIES, HOLIDAYS, SHIFTS, TIMES, Slot
from ojr_desk.rules.workdays import KINDS
from ojr_desk.text import N_, _, labelled, listed

#: The columns of the page by day: which shifts stand in each. Who leads has one alone.
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "lead": (),
    "morning": ("morning",),
    "afternoon": ("afternoon",),
    "evening": ("evening",),
    "whole": ("day", "weekend", "holiday", "flood"),
}
HEADS = {
    "lead": DUTIES["lead"],
    "morning": SHIFTS["morning"],
    "afternoon": SHIFTS["afternoon"],
    "evening": SHIFTS["evening"],
    "whole": N_("全天、节假日"),
}
WEEK = (N_("周一"), N_("周二"), N_("周三"), N_("周四"), N_("周五"), N_("周六"), N_("周日"))
#: One sign for a person's day, the first that fits.
_SIGNS = {
    "lead": N_("带"),
    "morning": N_("上"),
    "afternoon": N_("下"),
    "evening": N_("晚"),
    "whole": N_("全"),
}
_WHOLE, _AWAY = N_("全"), N_("假")


@dataclass(frozen=True)
class Cell:
    """One cell: its words, what the mouse is told over it, its tone, and what would be changed in it."""

    words: str = ""
    tip: str = ""
    tone: str = ""
    shifts: tuple[Shift, ...] = ()
    gap: Slot | None = None
    is_new: bool = False


def column_of(shift: str, duty: str) -> str:
    """Name the column in which a shift stands."""
    if duty == "lead":
        return "lead"
    return next(name for name, shifts in COLUMNS.items() if shift in shifts)


def columns(roster: MonthRoster) -> tuple[str, ...]:
    """List the columns that a month needs; a leader and both halves of the day always."""
    used = {column_of(each.shift, each.duty) for each in roster.shifts}
    used |= {column_of(each.shift, each.duty) for each in roster.unmet}
    return tuple(name for name in COLUMNS if name in used | {"lead", "morning", "afternoon"})


def by_day(roster: MonthRoster) -> dict[tuple[date, str], Cell]:
    """Write the cells of the page by day."""
    there: dict[tuple[date, str], list[Shift]] = {}
    for shift in roster.shifts:
        there.setdefault((shift.day, column_of(shift.shift, shift.duty)), []).append(shift)
    gaps = {(slot.day, column_of(slot.shift, slot.duty)): slot for slot in roster.unmet}
    return {
        (day.day, name): _cell(roster, tuple(there.get((day.day, name), ())), gaps.get((day.day, name)))
        for day in roster.days
        for name in columns(roster)
    }


def place_for(roster: MonthRoster, day: RosterDay, name: str, cell: Cell) -> Slot:
    """Tell which place of the roster is meant by an empty cell."""
    if cell.gap is not None:
        return cell.gap
    free = day.kind in HOLIDAYS
    shift = {"lead": "holiday" if free else "day", "whole": "holiday" if free else "day"}.get(name, name)
    duty = "lead" if name == "lead" else "watch" if free else "desk"
    return Slot(day.day, shift, duty, *TIMES[shift])


def kind_words(day: RosterDay) -> str:
    """Name what sort of day it is, where it is no ordinary one: a holiday by its own name."""
    if day.kind == "working":
        return ""
    return (day.name if day.kind in HOLIDAYS else "") or _(KINDS[day.kind])


def by_person(roster: MonthRoster) -> dict[tuple[str, date], Cell]:
    """Write the cells of the page by person: a sign for each day."""
    there: dict[tuple[str, date], list[Shift]] = {}
    for shift in roster.shifts:
        there.setdefault((shift.who, shift.day), []).append(shift)
    cells = {
        key: Cell(_sign(shifts), _tip(roster, shifts), _tone(roster, shifts), tuple(shifts))
        for key, shifts in there.items()
    }
    for key in roster.away:
        if key not in cells:
            cells[key] = Cell(_(_AWAY), _("请假"))
    return cells


def troubles(roster: MonthRoster) -> list[str]:
    """Say what is wrong with a month's roster: places without anybody, clashes, shifts without a log."""
    told = []
    if roster.unmet:
        gaps = listed((f"{slot.day:%m-%d} {_(SHIFTS[slot.shift])}" for slot in roster.unmet), most=8)
        told.append(_("没有人：{gaps}").format(gaps=gaps))
    for reasons in list(roster.clashes.values())[:3]:
        told += reasons[:1]
    if roster.without_log:
        logs = listed((f"{day:%m-%d} {_(SHIFTS[shift])}" for day, shift in roster.without_log), most=8)
        told.append(_("没有日志：{logs}").format(logs=logs))
    return told


def _cell(roster: MonthRoster, shifts: tuple[Shift, ...], gap: Slot | None) -> Cell:
    if not shifts:
        return Cell(_("缺"), _("这一班还没有人"), "bad", (), gap) if gap else Cell()
    words = listed(_named(each) for each in shifts)
    is_new = any(each.uid in roster.changed for each in shifts)
    return Cell(words, _tip(roster, shifts), _tone(roster, shifts), shifts, gap, is_new)


def _named(shift: Shift) -> str:
    if shift.source in ("swap", "cover"):
        return _("{name}（换）").format(name=shift.name)
    return shift.name


def _tip(roster: MonthRoster, shifts: Iterable[Shift]) -> str:
    lines = []
    for each in shifts:
        hours = f"{each.starts:%H:%M}–{each.ends:%H:%M}"
        lines.append(labelled(f"{each.words} {hours}", listed((each.name, each.phone), N_(" "))))
        if each.planned != each.who:
            lines.append(_("原排{name}").format(name=roster.people.get(each.planned, "")))
        if each.uid in roster.changed:
            lines.append(_("公布以后改过"))
        lines += roster.clashes.get(each.uid, ())
    return "\n".join(lines)


def _tone(roster: MonthRoster, shifts: Iterable[Shift]) -> str:
    return "bad" if any(each.uid in roster.clashes for each in shifts) else ""


def _sign(shifts: Iterable[Shift]) -> str:
    found = {column_of(each.shift, each.duty) for each in shifts}
    if {"morning", "afternoon"} <= found:
        return _(_WHOLE)
    return next(_(sign) for name, sign in _SIGNS.items() if name in found)
