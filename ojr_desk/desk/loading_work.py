"""The rows of an old book, one after the other: judged for a plan, or stored."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from sqlmodel import Session

from ojr_desk.desk.dry_run import DryRun
from ojr_desk.desk.entries import add_all
from ojr_desk.desk.loading_memory import digest_of, rows_of
from ojr_desk.desk.loading_plan import Loading, SheetPlan, Wishes
from ojr_desk.desk.office import Office
from ojr_desk.exchange.old_book import OldBook, OldSheet, Row, Skipped
from ojr_desk.exchange.old_book_choices import choice_in
from ojr_desk.exchange.old_book_returned import Returned
from ojr_desk.problems import Invalid, Problem
from ojr_desk.progress import Progress
from ojr_desk.register import Choice, Given, Register, is_blank
from ojr_desk.text import N_, _, listed

#: Rows between two reports of how far the work is.
_STEP = 50
_ISO_DAY = 10
#: Examples of what was noticed on the way.
_MOST_NOTES = 10


class Work:
    """One loading: what is asked of it, and what came of the rows so far."""

    def __init__(
        self, session: Session, office: Office, register: Register, book: OldBook, wishes: Wishes
    ) -> None:
        self.book = book
        self._session = session
        self._office = office
        self._register = register
        self._wishes = wishes
        # Whatever is copied out of another book is entered after its day.
        self._given: Given = replace(office.given(session), late=lambda day: day < office.today())
        self._dry = DryRun(session, office, register, self._given)
        self._there = frozenset() if wishes.again else rows_of(session, register)
        self._assumed = {sheet.name: self._assume(sheet) for sheet in book.sheets}
        self._refused: dict[str, list[tuple[Row, list[Problem]]]] = {}
        self._skipped: dict[str, list[Skipped]] = {sheet.name: [] for sheet in book.sheets}
        self._counts: Counter[str] = Counter()
        self._rows: Counter[str] = Counter()
        self._notes: list[str] = []

    def rows(self, progress: Progress) -> Iterator[tuple[OldSheet, Row, str]]:
        """Go through the records of the book that are not there yet, each with its sheet and its digest."""
        total = sum(len(sheet.table.sheet.rows) for sheet in self.book.sheets)
        seen: dict[str, str] = {}
        done = 0
        for sheet in self.book.sheets:
            said: Counter[str] = Counter()
            for row in sheet.rows():
                if done % _STEP == 0:
                    progress(done, total)
                done += 1
                if isinstance(row, Skipped):
                    self._skipped[sheet.name].append(row)
                    continue
                said[row.digest] += 1
                digest = digest_of(self._office.center, row.digest, said[row.digest])
                if seen.setdefault(digest, sheet.name) != sheet.name:
                    why = _("和工作表“{sheet}”里的一行相同").format(sheet=seen[digest])
                    self._skipped[sheet.name].append(Skipped(sheet.name, row.number, why))
                    continue
                self._rows[sheet.name] += 1
                if digest in self._there:
                    self._counts["there"] += 1
                    continue
                yield sheet, row, digest
        progress(total, total)

    def judge(self, sheet: OldSheet, row: Row) -> None:
        """Count a row as accepted or refused, without storing it."""
        problems = self._problems(sheet, row)
        if problems:
            self._refuse(row, problems)
        else:
            self._accept(row)

    def store(self, sheet: OldSheet, row: Row) -> str:
        """Store a row and answer with the record's uid; of one that is refused nothing is left, and no uid."""
        if row.problems:
            self._refuse(row, self._problems(sheet, row))
            return ""
        try:
            # Who was registered for a row that is then refused goes with it.
            with self._session.begin_nested():
                values = [self._values(sheet, row)]
                added = add_all(self._session, self._office, self._register, values, self._given)
        except Invalid as invalid:
            # What is said of a person's telephone is said of the person there.
            problems = self._problems(sheet, row)
            self._refuse(row, problems or [_placed(sheet, row, each) for each in invalid.problems])
            return ""
        self._accept(row)
        self._notes += added[0].notices
        return str(added[0].record.uid)

    def told(self) -> Loading:
        """Tell what came of it."""
        problems = [each for rows in self._refused.values() for _row, found in rows for each in found]
        if not self.book.sheets:
            message = _(
                "《{name}》里没有认出表头。请看看第一张表的表头是不是写着“{label}”这样的栏目，或告诉程序每一栏是什么。"
            )
            label = _(next(each for each in self._register.typed if not each.common).label)
            problems.append(Problem(message.format(name=self.book.name, label=label), "no_table"))
        return Loading(
            self._register.code,
            self.book.name,
            tuple(self._sheet(sheet) for sheet in self.book.sheets),
            self.book.passed_over,
            self._missing(),
            sum(self._rows.values()),
            self._counts["accepted"],
            self._counts["there"],
            sum(map(len, self._refused.values())),
            tuple(problems),
            (*self.book.notes, *self._noted()),
        )

    def handed_back(self) -> list[Returned]:
        """List the refused rows by sheet, each with why."""
        return [
            Returned(
                sheet, [(row, listed((each.message for each in found), N_("；"))) for row, found in refused]
            )
            for sheet in self.book.sheets
            if (refused := self._refused.get(sheet.name))
        ]

    def _problems(self, sheet: OldSheet, row: Row) -> list[Problem]:
        wrong = {each.column for each in row.problems}
        found = self._dry.problems(self._values(sheet, row), bool(wrong))
        placed = [_placed(sheet, row, each) for each in found if each.column not in wrong]
        return sorted([*row.problems, *placed], key=lambda each: sheet.place_of(each.column))

    def _accept(self, row: Row) -> None:
        self._counts["accepted"] += 1
        self._counts["sealed"] += row.is_sealed

    def _refuse(self, row: Row, problems: list[Problem]) -> None:
        # One cell may fill two columns, and be wrong for both in the same words.
        told = list({each.message: each for each in reversed(problems)}.values())[::-1]
        self._refused.setdefault(row.sheet, []).append((row, told))

    def _values(self, sheet: OldSheet, row: Row) -> dict[str, Any]:
        """Complete what a row says by what a person wished and the title told, and by nothing of today's."""
        values = {**self._assumed[sheet.name], **row.values}
        for name, default in self._wishes.defaults.items():
            if is_blank(values.get(name)):
                values[name] = default
        for column in self._register.typed:
            if callable(column.default):
                values.setdefault(column.name, "")
        day = self._day_of(row)
        if day is not None and day < self._office.today() and not self._given.closed(day):
            # With a reason a forgotten visit of a closed month goes into the open one: not a whole old book.
            values.setdefault("backfill_reason", self._wishes.reason)
        return values

    def _day_of(self, row: Row) -> date | None:
        said = row.values.get(self._register.dated_by)
        try:
            return date.fromisoformat(str(said)[:_ISO_DAY]) if said else None
        except ValueError:
            return None

    def _assume(self, sheet: OldSheet) -> dict[str, str]:
        """Learn from names and title which of the register's books it is, where no column tells."""
        name = self._register.numbered_by
        column = self._register.by_name.get(name)
        if column is None or not isinstance(column.kind, Choice) or name in self._wishes.defaults:
            return {}
        texts = (sheet.name, *sheet.table.above, Path(self.book.name).stem)
        code = choice_in(column.kind, column.words, texts)
        return {name: code} if code else {}

    def _missing(self) -> tuple[str, ...]:
        """Name the columns that a record needs and neither all sheets nor the defaults give."""
        needed = [each.name for each in self._register.typed if each.required] + [self._register.dated_by]
        served = [{use.target.name for use in sheet.table.headings.uses} for sheet in self.book.sheets]
        return tuple(
            name
            for name in dict.fromkeys(needed)
            if name
            and name not in self._wishes.defaults
            and not all(
                name in each or name in self._assumed[sheet.name]
                for each, sheet in zip(served, self.book.sheets, strict=True)
            )
        )

    def _noted(self) -> list[str]:
        """Tell what was taken from a title, and what was noticed of persons."""
        told = []
        for sheet in self.book.sheets:
            served = {use.target.name for use in sheet.table.headings.uses}
            for name, code in self._assumed[sheet.name].items():
                column = self._register.by_name[name]
                message = _("工作表“{sheet}”没有“{label}”一栏，从名称和标题看都是“{choice}”")
                if name not in served:
                    told.append(
                        message.format(sheet=sheet.name, label=_(column.label), choice=column.kind.show(code))
                    )
        if self._counts["sealed"]:
            message = _("{n} 行是检举控告或涉及干部的，只登记编号和日期，姓名和内容没有读，请另册密封保管")
            told.append(message.format(n=self._counts["sealed"]))
        more = len(self._notes) - _MOST_NOTES
        return [
            *told,
            *self._notes[:_MOST_NOTES],
            *([_("还有 {n} 条类似的提示").format(n=more)] if more > 0 else []),
        ]

    def _sheet(self, sheet: OldSheet) -> SheetPlan:
        return SheetPlan(
            sheet.name,
            sheet.table.heading_rows,
            sheet.matched,
            sheet.places(),
            sheet.unknown,
            self._assumed[sheet.name],
            self._rows[sheet.name],
            tuple(self._skipped[sheet.name]),
            sheet.words,
        )


def _placed(sheet: OldSheet, row: Row, problem: Problem) -> Problem:
    """Say where in the book a problem of a row stands."""
    return sheet.problem(row.number, problem.column, problem.message, problem.code)
