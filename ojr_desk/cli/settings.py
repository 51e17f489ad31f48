"""The commands by which an office sets what it goes by: holidays."""

from argparse import Namespace
from pathlib import Path
from typing import Any

from ojr_desk.cli.arguments import command, number
from ojr_desk.cli.opened import Outcome, opened
from ojr_desk.cli.telling import Answer
from ojr_desk.moments import FIRST_YEAR, LAST_YEAR
from ojr_desk.problems import Refused
from ojr_desk.text import _, labelled


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
        return Answer({"years": years}, _("已录入的年份：{years}").format(years=" ".join(map(str, years)))), 0


def offer(kinds: Any) -> None:
    """Tell the parser of these commands."""
    its = command(kinds, "calendar", calendar, _("录入或写出一年的放假安排"))
    its.add_argument("--take-in", metavar="FILE")
    its.add_argument("--hand-out", metavar="FILE")
    its.add_argument("--year", type=number(FIRST_YEAR, LAST_YEAR))
