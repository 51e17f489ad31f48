"""The commands by which an office sets what it goes by: holidays, limits, categories, phrases."""

import argparse
from argparse import Namespace
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from ojr_desk import usage
from ojr_desk.cli.arguments import MOST, command, number
from ojr_desk.cli.opened import Outcome, opened
from ojr_desk.cli.telling import Answer, numbers, plain
from ojr_desk.desk.categories import DIGITS
from ojr_desk.desk.limits import Allowance
from ojr_desk.moments import FIRST_YEAR, LAST_YEAR
from ojr_desk.problems import Refused
from ojr_desk.registers.limit import UNITS
from ojr_desk.registers.matters import MATTERS
from ojr_desk.registers.phrase import USES
from ojr_desk.rules.cases import LIMITED, LIMITS, Limit
from ojr_desk.text import N_, _, labelled, listed

_GAP = N_("　")


def calendar(asked: Namespace) -> Outcome:
    """Take in or hand out a year's holidays; deadlines that were estimated are counted again."""
    with opened(asked) as desk:
        if asked.take_in:
            year, counted = desk.holidays.take_in(Path(asked.take_in))
            moved = counted.moved
            lines = [labelled(number, f"{was} → {now}") for number, was, now in moved]
            told = _("已录入 {year} 年放假安排，{n} 件的到期日有变化。").format(year=year, n=len(moved))
            data = {
                "year": year,
                "moved": [{"record_no": n, "was": w.isoformat(), "is": i.isoformat()} for n, w, i in moved],
                "waiting": list(counted.waiting),
            }
            return Answer(data, "\n".join(line for line in (told, *lines, counted.notice) if line)), 0
        if asked.hand_out and not asked.year:
            raise Refused(_("要写出哪一年的放假安排？请用 --year 指明，例如 --year 2026。"))
        if asked.hand_out:
            desk.holidays.hand_out(asked.year, Path(asked.hand_out))
            return Answer({"file": asked.hand_out}, _("已写出 {file}").format(file=asked.hand_out)), 0
        years = sorted(desk.holidays.calendar().years)
        if asked.year:
            days = desk.holidays.days(asked.year)
            lines = [f"{each.day}  {each.name}  {_('休') if each.off else _('班')}" for each in days]
            told = "\n".join(lines or [_("还没有录入 {year} 年的放假安排。").format(year=asked.year)])
            return Answer({"years": years, "days": plain(days)}, "" if asked.json else told), 0
    return Answer({"years": years}, _("已录入的年份：{years}").format(years=" ".join(map(str, years)))), 0


def limits(asked: Namespace) -> Outcome:
    """Tell how long matters may take; set the limit of one nature, or let the default hold again."""
    with opened(asked) as desk:
        if asked.reset:
            desk.limits.reset(_needed(asked.nature))
        elif asked.days is not None:
            desk.limits.set(_needed(asked.nature), asked.days, asked.unit, asked.since)
        elif asked.since:
            raise Refused(_("要改时限，请用 --days 写明几天。"))
        found = [each for each in desk.limits.all() if asked.nature in (None, each.nature)]
    lines = map(_limit, found)
    return Answer(plain(found), "" if asked.json else "\n".join(lines)), 0


def _needed(nature: str | None) -> str:
    if nature is None:
        raise Refused(_("要改哪一种事项的时限？请写明，例如 consult。"))
    return nature


def _limit(of: Allowance) -> str:
    told = [_(LIMITED.get(of.nature, of.nature)), _days(of.limit)]
    if of.since:
        told.append(_("从 {day} 起").format(day=of.since))
    if of.coming and of.coming_on:
        told.append(labelled(_("从 {day} 起").format(day=of.coming_on), _days(of.coming)))
    return listed(told, _GAP)


def _days(limit: Limit) -> str:
    return f"{limit.days} {_(UNITS[limit.unit])}"


def categories(asked: Namespace) -> Outcome:
    """List the matters as the office offers them, or find some; set the digit, the words or the hiding of one."""
    given = {"digit": asked.digit, "aliases": asked.aliases, "hidden": asked.hidden}
    values = {name: value for name, value in given.items() if value is not None}
    if "digit" in values:
        values["digit"] = asked.digit or None
    with opened(asked) as desk:
        if values and asked.matter is None:
            raise Refused(_("要改哪一类事项？请写明，例如 civil.relief。"))
        if asked.matter is not None:
            changed = desk.categories.set(asked.matter, values) if values else None
            found = [changed or next(each for each in desk.categories.all() if each.matter == asked.matter)]
        elif asked.find:
            found = desk.categories.find(asked.find)
        else:
            found = list(desk.categories.all())
    data = [plain(each) | {"label": each.label} for each in found]
    lines = (
        listed(
            (str(each.digit or ""), each.label, listed(each.aliases), _("不用") if each.hidden else ""), _GAP
        )
        for each in found
    )
    return Answer(data, "" if asked.json else "\n".join(lines)), 0


def phrases(asked: Namespace) -> Outcome:
    """Offer phrases for what was typed, as the forms do; enter those of the beginning that are missing."""
    with opened(asked) as desk:
        if asked.restock:
            rows = [each.record for each in desk.phrases.restock()]
            told = _("已登记 {n} 条：{numbers}")
            data = [{"uid": each.uid, "record_no": each.record_no} for each in rows]
            return Answer(data, told.format(n=len(rows), numbers=numbers(data))), 0
        found = desk.phrases.offer(asked.typed, asked.use, asked.limit)
    keys = ("uid", "record_no", "keyword", "used_for", "text")
    data = [{key: getattr(each, key) for key in keys} for each in found]
    lines = (listed((f"/{each.keyword}", _(USES[each.used_for]), each.text), _GAP) for each in found)
    return Answer(data, "" if asked.json else "\n".join(lines)), 0


def _one_of(labels: Mapping[str, str]) -> Callable[[str], str]:
    """Read what is called by its code or by its label."""

    def read(typed: str) -> str:
        found = next((code for code, label in labels.items() if typed in (code, label, _(label))), None)
        if found is None:
            known = listed((labelled(code, _(label)) for code, label in labels.items()), N_("；"))
            told = _("没有“{typed}”这一项，请从这些里选：{known}")
            raise argparse.ArgumentTypeError(told.format(typed=typed[:20], known=known))
        return found

    return read


def offer(kinds: Any) -> None:
    """Tell the parser of these commands."""
    its = command(kinds, "calendar", calendar, _("录入或写出一年的放假安排"))
    its.add_argument("--take-in", metavar="FILE")
    its.add_argument("--hand-out", metavar="FILE")
    its.add_argument("--year", type=number(FIRST_YEAR, LAST_YEAR))
    its = command(kinds, "limits", limits, _("查看或修改办理时限"))
    its.add_argument(
        "nature", nargs="?", type=_one_of({each: LIMITED[each] for each in LIMITS}), metavar="NATURE"
    )
    its.add_argument("--days", type=number(0, 365))
    its.add_argument("--unit", choices=tuple(UNITS), default="working")
    its.add_argument("--since", type=usage.day, metavar="YYYY-MM-DD", help=_("哪一天起受理的按新的时限"))
    its.add_argument("--reset", action="store_true", help=_("恢复默认时限"))
    its = command(kinds, "categories", categories, _("查看或修改事项类别的数字键、本地叫法、用不用"))
    its.add_argument("matter", nargs="?", type=_one_of(MATTERS), metavar="MATTER")
    its.add_argument("--find", metavar="WORD", help=_("按数字键、本地叫法、首字母或名称找"))
    its.add_argument("--digit", type=number(0, max(DIGITS)), help=_("数字键；0 是由程序安排"))
    its.add_argument("--aliases", help=_("本地叫法，几个之间用顿号隔开"))
    which = its.add_mutually_exclusive_group()
    which.add_argument("--hide", dest="hidden", action="store_const", const=True, help=_("登记时不再列出"))
    which.add_argument("--show", dest="hidden", action="store_const", const=False, help=_("登记时列出"))
    its = command(kinds, "phrases", phrases, _("按代码、首字母或文字找常用语"))
    its.add_argument("typed", nargs="?", default="", metavar="WORD")
    its.add_argument("--use", choices=tuple(USES), default="")
    its.add_argument("--limit", type=number(0, MOST), default=1000)
    its.add_argument("--restock", action="store_true", help=_("补上缺少的最初那些常用语"))
