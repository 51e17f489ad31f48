"""Holidays and working Sundays: seeded, typed in, imported; deadlines follow."""

from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import delete, insert, select
from sqlmodel import Session

from ojr_desk.desk.cases import Cases
from ojr_desk.desk.office import Office
from ojr_desk.desk.recount import Recounted
from ojr_desk.moments import Month
from ojr_desk.problems import BadFile, Refused, Wrong
from ojr_desk.rules.workdays import (
    SEED_YEARS,
    Calendar,
    CalendarDay,
    governing,
    read_pack,
    seed,
    write_pack,
)
from ojr_desk.saving import save
from ojr_desk.store.schema import CALENDAR_DAY, CALENDAR_YEAR
from ojr_desk.text import _, listed

#: A holiday pack is a page of text; more is something else.
MOST_BYTES = 1_000_000


class Holidays:
    """The yearly table of holidays and 调休."""

    def __init__(self, office: Office, cases: Cases) -> None:
        self._office = office
        self._cases = cases

    def calendar(self) -> Calendar:
        """Read the calendar of this office."""
        with self._office.reading() as session:
            return self._office.calendar(session)

    def days(self, year: int) -> list[CalendarDay]:
        """List what is known of a year beyond its weekends, with the December before, where it begins."""
        calendar = self.calendar()
        if year not in calendar.years:
            return []
        december = Month(year - 1, 12).first
        return [day for day in calendar.days if december <= day.day and day.day.year <= year]

    def replace(self, year: int, days: Sequence[CalendarDay], source: str) -> Recounted:
        """Enter a year's table in place of what was known of it, and count the deadlines again, in one act."""
        strangers = [
            day.day.isoformat()
            for day in days
            if day.day.year != year and Month.of(day.day) != Month(year - 1, 12)
        ]
        if strangers:
            raise Refused(
                _("{days} 不在 {year} 年，请检查这份放假安排。").format(
                    days=listed(strangers, most=5), year=year
                )
            )
        if not days:
            raise Refused(_("{year} 年的放假安排是空的，没有录入。").format(year=year))
        with self._office.writing("calendar") as session:
            store_year(session, year, days, source)
            return self._cases.recount_in(session)

    def take_in(self, path: Path) -> tuple[int, Recounted]:
        """Take in a yearly table from a file; answer with the year and what it moved."""
        try:
            if path.stat().st_size > MOST_BYTES:
                raise BadFile(_("{file} 太大了，不是放假安排文件。").format(file=path.name))
            year, days = read_pack(path.read_text(encoding="utf-8-sig"))
        except (OSError, UnicodeDecodeError) as error:
            raise BadFile(_("读不了 {file}，请检查文件是否完好。").format(file=path.name)) from error
        except Wrong as wrong:
            raise BadFile(
                _("{file} 不是放假安排文件：{what}").format(file=path.name, what=wrong.message)
            ) from wrong
        return year, self.replace(year, days, path.name)

    def hand_out(self, year: int, path: Path) -> None:
        """Write a year's table to a file for the neighbours."""
        days = self.days(year)
        if not days:
            raise Refused(_("还没有录入 {year} 年的放假安排。").format(year=year))
        save(path, write_pack(year, days).encode("utf-8"))


def store_year(session: Session, year: int, days: Sequence[CalendarDay], source: str) -> None:
    """Write a year's table in place of the old one; what the next year's notice says of its December stays."""
    connection = session.connection()
    years = {year, *connection.execute(select(CALENDAR_YEAR.c.year)).scalars()}
    last = "11-30" if year + 1 in years else "12-31"
    connection.exec_driver_sql(
        "DELETE FROM calendar_day WHERE day BETWEEN ? AND ?", (f"{year - 1}-12-01", f"{year}-{last}")
    )
    connection.execute(delete(CALENDAR_YEAR).where(CALENDAR_YEAR.c.year == year))
    connection.execute(insert(CALENDAR_YEAR).values(year=year, source=source))
    rows = [{"day": d.day, "name": d.name, "off": d.off} for d in days if governing(d.day, years) == year]
    if rows:
        connection.execute(insert(CALENDAR_DAY).prefix_with("OR REPLACE"), rows)


def seed_years(session: Session) -> None:
    """Enter the years that are published, from the library that keeps them."""
    years: dict[int, list[CalendarDay]] = {}
    for day in seed():
        years.setdefault(governing(day.day, SEED_YEARS), []).append(day)
    for year, days in years.items():
        store_year(session, year, days, "chinesecalendar")
