"""手工报: what a village reports without the program: an Excel file of its own making, or a number by telephone.

Unit and month are guessed from title, sheet and file; what the headings mean is known by our own words, or was said
once by a person. Only what is certain is taken in by itself; anything else is asked.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path

from sqlmodel import Session

from ojr_desk.desk.handmade_kept import (
    HandReport,
    HandTold,
    handmade_of,
    keep,
    memory_of,
    remember,
    report_of,
    void,
)
from ojr_desk.desk.office import Office
from ojr_desk.desk.units import Unit, due_units
from ojr_desk.exchange import manifest
from ojr_desk.exchange.gate import Admitted, admit
from ojr_desk.exchange.handmade import HandBook, Number, said_by, understand
from ojr_desk.exchange.handmade_numbers import number_in
from ojr_desk.exchange.handmade_words import bare
from ojr_desk.exchange.reading import ReadBook, read_workbook
from ojr_desk.figures import INDICATORS, SUMS, Sum
from ojr_desk.moments import Month
from ojr_desk.problems import Invalid, NotOurs, Problem, Refused, Wrong
from ojr_desk.register import REGISTERS
from ojr_desk.text import _, labelled, listed


@dataclass(frozen=True)
class HandAnswers:
    """What a person says of a file: whose it is, of which month, what headings mean ("" for nothing).

    *replaces* lets its numbers take the place of other ones that were told before.
    """

    unit: str = ""
    month: Month | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    replaces: bool = False

    @property
    def is_given(self) -> bool:
        """Tell whether a person said anything, and so has looked at the file."""
        return bool(self.unit or self.month or self.columns or self.replaces)


@dataclass(frozen=True)
class HandPlan:
    """What taking a file in would do, and what has to be asked before.

    *decision* is `manual`, `same`, `conflict`, `unconfirmed` or `refused`; *units* are those to choose from.
    """

    book: HandBook
    digest: str
    decision: str
    unit: Unit | None
    month: Month | None
    problems: tuple[str, ...]
    notes: tuple[str, ...]
    units: tuple[Unit, ...]

    @property
    def take(self) -> bool:
        """Tell whether it can be taken in as it is."""
        return self.decision == "manual"


class Handmade:
    """Reports that villages made by hand."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def is_candidate(self, book: ReadBook) -> bool:
        """Tell whether a workbook may be a hand-made report: it is none of ours, and there are units below."""
        return self._office.enabled(REGISTERS["unit"]) and book.sheet(manifest.SHEET) is None

    def plan(self, path: Path, answers: HandAnswers | None = None, password: str | None = None) -> HandPlan:
        """Tell what taking the file at *path* in would do; raises `NotOurs`, `Damaged` or `Locked`."""
        admitted = admit(path, password)
        return self.plan_of(admitted, read_workbook(admitted), answers or HandAnswers())

    def plan_of(self, admitted: Admitted, book: ReadBook, answers: HandAnswers) -> HandPlan:
        """Tell what taking a workbook in would do."""
        if not self.is_candidate(book):
            raise NotOurs(_("《{name}》不是手工报表，请直接接收。").format(name=book.name))
        with self._office.reading() as session:
            return self._plan(session, admitted, book, answers)

    def take(
        self, path: Path, answers: HandAnswers, password: str | None = None, dry_run: bool = False
    ) -> HandPlan:
        """Take the file at *path* in as a person says; what its headings mean is remembered."""
        admitted = admit(path, password)
        book = read_workbook(admitted)
        plan = self.plan_of(admitted, book, answers)
        return plan if dry_run or not plan.take else self.carry_out(admitted, book, answers)

    def carry_out(self, admitted: Admitted, book: ReadBook, answers: HandAnswers) -> HandPlan:
        """Do what was planned; planned anew, in case something came in between."""
        with self._office.writing("handmade") as session:
            plan = self._plan(session, admitted, book, answers)
            if not plan.take or plan.unit is None or plan.month is None:
                raise Refused(_("这个文件刚才已经收过或有问题，没有重复收。"))
            self._keep(session, plan.unit, plan.month, "file", plan.book.numbers, book.name, plan.digest)
            if answers.is_given:
                tables = [(each.key, said_by(each, answers.columns)) for each in plan.book.totals]
                remember(session, tables)
            return plan

    def told_by_telephone(
        self, unit: str, month: Month, numbers: Mapping[str, str], teller: str
    ) -> tuple[Unit, tuple[Number, ...]]:
        """Key in what somebody told on the telephone: *numbers* by indicator, as typed. Raises `Invalid`, `Refused`."""
        if not teller.strip():
            raise Refused(_("请写明是谁报的（姓名），以后好核对。"))
        told, problems = [], []
        for code, text in numbers.items():
            try:
                parts = number_in(text, _sum(code))
            except Wrong as wrong:
                title = _(INDICATORS[code].title) if code in INDICATORS else code
                problems.append(Problem(labelled(title, wrong.message), wrong.code, code))
                continue
            if parts is not None:
                told.append(Number(code, parts, "", "", _(SUMS[code].title)))
        if problems:
            raise Invalid(problems)
        if not told:
            raise Refused(_("还没有填数：请至少填一个指标的数。"))
        with self._office.writing("telephone") as session:
            found = self._unit(session, month, unit)
            self._keep(session, found, month, "telephone", told, "", "", teller.strip()[:40])
        return found, tuple(told)

    def of(self, month: Month, also_void: bool = True) -> dict[str, HandTold]:
        """Read what each unit told of *month* by hand, by the key of the unit."""
        with self._office.reading() as session:
            return handmade_of(session, month, also_void)

    def units(self, month: Month) -> tuple[Unit, ...]:
        """List who is to report of *month*."""
        with self._office.reading() as session:
            return due_units(session, self._office, month)

    def void(self, report: int, reason: str) -> None:
        """Declare a report void; raises `Refused` where there is none or it is void."""
        if not reason.strip():
            raise Refused(_("请写明作废的原因。"))
        with self._office.writing("void handmade") as session:
            row = report_of(session, report)
            if row is None or row.void_at is not None:
                raise Refused(_("没有第 {n} 份手工报，或者它已经作废。").format(n=report))
            void(session, report, reason.strip()[:200], self._office.now(), self._office.user)

    def _keep(
        self,
        session: Session,
        unit: Unit,
        month: Month,
        way: str,
        numbers: Sequence[Number],
        *source: str,
    ) -> None:
        file, digest, teller = (*source, "", "", "")[:3]
        now = self._office.now()
        made = HandReport(0, unit.uid, month, way, file, digest, teller, tuple(numbers), now, "")
        keep(session, made, self._office.user)

    def _plan(self, session: Session, admitted: Admitted, book: ReadBook, answers: HandAnswers) -> HandPlan:
        memory = memory_of(session)
        for code in answers.columns.values():
            if code:
                _sum(code)
        now = Month.of(self._office.today())
        if answers.columns:
            # What a person says now goes before what was said before, for this file alone.
            plainly = understand(book, lambda key: memory.get(key, {}), now)
            memory |= {each.key: said_by(each, answers.columns) for each in plainly.totals}
        read = understand(book, lambda key: memory.get(key, {}), now)
        if read.is_empty:
            raise NotOurs(_nothing_in(book))
        months = {answers.month} if answers.month else read.months | read.listed_months
        month = next(iter(months)) if len(months) == 1 else None
        units = due_units(session, self._office, month or now.previous())
        found = [_named(units, answers.unit)] if answers.unit else _guessed(units, read.texts)
        unit = found[0] if len(found) == 1 else None
        plan = HandPlan(
            read,
            sha256(admitted.content).hexdigest(),
            "manual",
            unit,
            month,
            tuple(each.message for each in read.problems),
            (*admitted.warnings, *read.notes),
            units,
        )
        if plan.problems:
            return replace(plan, decision="refused")
        return self._judged(session, plan, answers, [each for each in found if each])

    def _judged(
        self, session: Session, plan: HandPlan, answers: HandAnswers, found: Sequence[Unit]
    ) -> HandPlan:
        """Decide on a file that could be read."""
        read, month = plan.book, plan.month
        asked = [*_asked_of_month(read, month), *_asked_of_unit(found, plan.units)]
        if not read.numbers:
            asked.append(_("没有读到一个数：填了数以后再收，或者告诉程序各栏对应哪个指标"))
        if not answers.is_given and not read.is_plain:
            asked.append(_("表头是第一次见到，请确认各栏的意思（以后同样表头的不再问）：{what}").format(
                what=listed((_meaning(each.heading, each.code) for t in read.totals for each in t.entries), most=12)
            ))  # fmt: skip
        if month is not None:
            refused = _wrong_month(read, month, Month.of(self._office.today()))
            if refused:
                return replace(plan, decision="refused", problems=(refused,))
        if asked or plan.unit is None or month is None:
            return replace(plan, decision="unconfirmed", problems=tuple(asked))
        return self._compared(session, plan, answers.replaces)

    def _compared(self, session: Session, plan: HandPlan, replaces: bool) -> HandPlan:
        """Compare with what the unit told of the month before."""
        assert plan.unit is not None and plan.month is not None
        before = handmade_of(session, plan.month).get(plan.unit.uid, HandTold())
        if any(each.digest == plan.digest for each in before.reports):
            return replace(plan, decision="same")
        known = before.tally
        if all(known.get(each.code) == each.parts for each in plan.book.numbers):
            return replace(plan, decision="same")
        other = [each for each in plan.book.numbers if known.get(each.code, each.parts) != each.parts]
        if other and not replaces:
            told = _("{unit}{month}已经手工报过，数不一样：{what}。以这一份为准的，请确认“替换”。").format(
                unit=plan.unit.name,
                month=plan.month.title,
                what=listed((_differs(each, known[each.code]) for each in other), most=6),
            )
            return replace(plan, decision="conflict", problems=(told,))
        return plan

    def _unit(self, session: Session, month: Month, word: str) -> Unit:
        units = due_units(session, self._office, month)
        found = _named(units, word)
        if found is None:
            raise Refused(_no_such_unit(units, word))
        return found


def _named(units: Iterable[Unit], word: str) -> Unit | None:
    """Find a unit by its key, its code or its name."""
    return next(
        (each for each in units if word and word in (each.uid, each.center, each.code, each.name)), None
    )


def _guessed(units: Sequence[Unit], texts: Sequence[str]) -> list[Unit | None]:
    """Find the units that the texts name, by their whole names if any does, else without 村 or 社区."""
    for names in (_whole, bare):
        found = [each for each in units if (name := names(each.name)) and any(name in text for text in texts)]
        # 前岸村 is not 东前岸村.
        longer = [
            each
            for each in found
            if not any(
                names(each.name) != names(other.name) and names(each.name) in names(other.name)
                for other in found
            )
        ]
        if longer:
            return [*longer]
    return []


def _whole(name: str) -> str:
    return name


def _sum(code: str) -> Sum:
    if code not in SUMS:
        known = listed(
            _("{code}（{title}）").format(code=each.code, title=_(each.title)) for each in SUMS.values()
        )
        raise Refused(
            _("没有“{code}”这个可以填数的指标。有这些：{known}").format(code=code[:40], known=known)
        )
    return SUMS[code]


def _asked_of_month(read: HandBook, month: Month | None) -> Iterable[str]:
    if month is not None:
        return
    months = sorted(read.months | read.listed_months)
    if months:
        yield _("表里说到几个月份（{months}），请确认是哪个月的；一份表只报一个月").format(
            months=listed(str(each) for each in months)
        )
    else:
        yield _("看不出是哪个月的，请确认月份（写在标题、工作表名或文件名里，就不用问）")


def _asked_of_unit(found: Sequence[Unit], units: Sequence[Unit]) -> Iterable[str]:
    if len(found) > 1:
        yield _("表里说到几个单位（{names}），请确认是哪个单位报的").format(
            names=listed((each.name for each in found), most=5)
        )
    elif not found:
        names = listed((each.name for each in units), most=10)
        yield _("看不出是哪个单位报的，请确认单位；名册里这个月要报的有：{names}").format(
            names=names or _("没有")
        )


def _wrong_month(read: HandBook, month: Month, now: Month) -> str:
    if month > now:
        return _("{month}还没有到，不能报，请核对表上的月份。").format(month=month.title)
    strange = sorted(read.listed_months - {month})
    if strange:
        return _("这是{month}的表，明细里却有{others}的日期，请核对后再报。").format(
            month=month.title, others=listed(each.title for each in strange)
        )
    return ""


def _no_such_unit(units: Sequence[Unit], word: str) -> str:
    told = _("名册里这个月没有要报的“{word}”。有这些：{names}")
    return told.format(word=word[:20], names=listed((each.name for each in units), most=20) or _("没有"))


def _meaning(heading: str, code: str | None) -> str:
    meant = _(INDICATORS[code].title) if code else _("不用") if code == "" else _("？")
    return _("{heading} → {meant}").format(heading=heading, meant=meant)


def _differs(number: Number, before: int) -> str:
    told = _("{title} 原来 {was}，这一份 {now}")
    return told.format(title=_(SUMS[number.code].title), was=before, now=number.parts)


def _nothing_in(book: ReadBook) -> str:
    return _(
        "《{name}》里没有认出月报的数，也没有来访、来电、来信的台账。手工做的表请用“空白填报模板”，"
        "或者让表头写明是什么数（来访、来电、受理、办结……）。"
    ).format(name=book.name)
