"""T-M2 月度分析: what a month was, on one page, against the month before and a year ago; in words, a table and charts."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any

from sqlalchemy import text
from sqlmodel import Session

from ojr_desk import binding
from ojr_desk.binding import Binder
from ojr_desk.figures.chart import Bars, Chart, Columns, Series
from ojr_desk.figures.intakes import INTAKES
from ojr_desk.figures.menu import sources_of
from ojr_desk.figures.outliers import LEAST, outliers
from ojr_desk.figures.reckoning import Asked, Figure
from ojr_desk.figures.table import SIGNED_BY, Line, late_cases, lines
from ojr_desk.moments import Month
from ojr_desk.registers.matters import MATTERS
from ojr_desk.store import months
from ojr_desk.store.asof import standing
from ojr_desk.text import N_, _, listed

#: What stands in the small table of the page.
KEY = (
    "n_visit",
    "n_call",
    "n_letter",
    "accepted",
    "closed",
    "carry_out",
    "close_rate",
    "ontime_rate",
    "satisfaction_rate",
    "overdue",
)
_TOP = 8
#: So many things out of the ordinary find room on the page.
_MOST = 6
_NUMERALS = N_("一 二 三 四 五 六 七 八 九")
#: A month with all its numbers.
Told = tuple[Month, Mapping[str, Figure]]


@dataclass(frozen=True)
class Analysis:
    """One page about a month: *sentences*, the *lines* of its small table, two charts, what is out of the ordinary."""

    title: str
    period: str
    facts: tuple[str, ...]
    sentences: tuple[str, ...]
    lines: tuple[Line, ...]
    charts: tuple[Chart, ...]
    outliers: tuple[str, ...]
    signatures: tuple[str, ...]
    foot: str
    watermark: str
    code: str = ""

    @property
    def above(self) -> tuple[str, ...]:
        """The sentences as numbered paragraphs, to stand above table and charts."""
        return tuple(_numbered(place, told) for place, told in enumerate(self.sentences))

    @property
    def below(self) -> str:
        """The paragraph below the charts: what is out of the ordinary."""
        told = list(self.outliers[:_MOST])
        if len(self.outliers) > _MOST:
            told.append(_("另有 {n} 项。").format(n=len(self.outliers) - _MOST))
        return _numbered(len(self.sentences), _("提示。{told}").format(told="".join(told)))


def analysed(session: Session, binder: Binder, asked: Asked, told: Sequence[Told]) -> Analysis:
    """Analyse the last month of *told*, which holds it and the twelve before it, oldest first."""
    now, earlier = told[-1][1], lived([each for _month, each in told[:-1]])
    center = standing(session, "center", [binder.center], binder.month.last)[binder.center]
    compared = lines(now, told[-2][1], told[0][1])
    matters = top_matters(session, asked)
    late = late_cases(session, asked)
    made = Analysis(
        title=_("{name}月度运行分析").format(name=center.official_name),
        period=binder.month.title,
        facts=binding.facts(center, binder),
        sentences=tuple(_sentences({line.indicator.code: line for line in compared}, matters, late)),
        lines=tuple(line for code in KEY for line in compared if line.indicator.code == code),
        charts=tuple(_charts(told[1:], matters)),
        outliers=tuple(_unusual(now, earlier)),
        signatures=binding.signatures(SIGNED_BY, center, binder),
        foot=binding.foot(session, binder),
        watermark="" if months.is_closed(session, binder.center, binder.month) else _("未结账"),
    )
    return replace(made, code=_code(made))


def top_matters(session: Session, asked: Asked) -> list[tuple[str, int]]:
    """List the matters that were brought most often within the days, with how often, the commonest first."""
    if not set(INTAKES.needs) <= asked.kept:
        return []
    rows = INTAKES.sql(asked.kept).replace("{whose}", "AND t.center = :center" if asked.center else "")
    # What is sealed has no matter, or none that may be told.
    asking = text(
        f"SELECT matter_category AS matter, count(*) AS n FROM ({rows}) WHERE matter_category > '' "
        "AND matter_category <> 'conduct' GROUP BY matter_category ORDER BY n DESC, matter_category"
    )
    values = {"since": asked.span.first.isoformat(), "until": asked.span.until.isoformat()}
    found = session.execute(asking, values | {"center": asked.center}).all()
    return [(_(MATTERS.get(matter, matter)), count) for matter, count in found]


def trend(told: Sequence[Told], code: str) -> Columns:
    """Chart one indicator over the months of *told*; what cannot be said of a month has no column."""
    indicator = told[-1][1][code].indicator
    numbers = (each[code].value if code in each else None for _month, each in told)
    title = _("{title}（{unit}）").format(title=_(indicator.title), unit=_(indicator.unit))
    series = Series(title, tuple(float(number or 0) for number in numbers))
    return Columns(title, month_names(told), (series,), stacked=True)


def lived(earlier: Sequence[Mapping[str, Figure]]) -> list[Mapping[str, Figure]]:
    """Leave out the months before anything was entered: nobody was idle then."""
    for place, month in enumerate(earlier):
        if any(figure.part for figure in month.values() if _is_entered(figure)):
            return list(earlier[place:])
    return []


def _is_entered(figure: Figure) -> bool:
    """Tell whether a number comes of entries: how often a centre should open is known before it ever did."""
    return all(source.given is None for source in sources_of(figure.indicator))


def _sentences(
    told: Mapping[str, Line], matters: Sequence[tuple[str, int]], late: Sequence[tuple[str, int]]
) -> Iterator[str]:
    if "n_visit" in told:
        came = [told[code] for code in ("n_visit", "n_call", "n_letter")]
        yield _(
            "接待。来访 {visits} 件 {heads} 人次，来电 {calls} 件，来信 {letters} 件，合计 {sum} 件，{change}。"
        ).format(
            visits=came[0].now.part,
            heads=told["visit_heads"].now.part,
            calls=came[1].now.part,
            letters=came[2].now.part,
            sum=sum(line.now.part for line in came),
            change=_changed(came),
        )
    if matters:
        whole = sum(count for _name, count in matters)
        most = listed(
            _("{name} {n} 件（{share:.1f}%）").format(name=name, n=count, share=100 * count / whole)
            for name, count in matters[:3]
        )
        yield _("事项。反映最多的是{most}。").format(most=most)
    if "closed" in told:
        values = {code: line.now.told for code, line in told.items()}
        yield _(
            "办理。上期结转 {carry_in} 件，本期受理 {accepted} 件，办结 {closed} 件，期末在办 {carry_out} 件；"
            "办结率 {close_rate}，按期办结率 {ontime_rate}，满意率 {satisfaction_rate}（有效回访 {rated} 件）。"
        ).format(**values)
        named = listed(
            (_("{number}（{days}）").format(number=number, days=days) for number, days in late), most=6
        )
        yield (
            _("逾期。逾期件 {n} 件：{named}，括号里是超过的工作日。").format(n=len(late), named=named)
            if late
            else _("逾期。没有逾期件。")
        )


def _changed(came: Sequence[Line]) -> str:
    """Say how the sum differs from the month before and from a year ago."""
    now = sum(line.now.part for line in came)
    told = []
    for named, figures in (
        (N_("上月"), [line.before for line in came]),
        (N_("去年同月"), [line.year_ago for line in came]),
    ):
        then = sum(figure.part for figure in figures if figure is not None)
        told.append(_difference(_(named), now, then))
    return listed(told, N_("，"))


def _difference(named: str, now: int, then: int) -> str:
    if not then:
        return _("{named}没有登记").format(named=named)
    if now == then:
        return _("与{named}持平").format(named=named)
    share = 100 * abs(now - then) / then
    told = _("比{named}多 {n} 件（{share:.1f}%）") if now > then else _("比{named}少 {n} 件（{share:.1f}%）")
    return told.format(named=named, n=abs(now - then), share=share)


def _charts(told: Sequence[Told], matters: Sequence[tuple[str, int]]) -> Iterator[Chart]:
    names = month_names(told)
    if "n_visit" in told[-1][1]:
        kinds = (("n_visit", N_("来访")), ("n_call", N_("来电")), ("n_letter", N_("来信")))
        yield Columns(_("近12个月来访、来电、来信（件）"), names, _series(told, kinds), stacked=True)
    if matters:
        top = matters[:_TOP]
        yield Bars(
            _("本月反映的事项（件）"),
            tuple(name for name, _count in top),
            tuple(float(count) for _name, count in top),
            tuple(str(count) for _name, count in top),
        )
    if "accepted" in told[-1][1]:
        kinds = (("accepted", N_("受理")), ("closed", N_("办结")), ("carry_out", N_("期末在办")))
        yield Columns(_("近12个月受理、办结、在办（件）"), names, _series(told, kinds))


def _series(told: Sequence[Told], kinds: Sequence[tuple[str, str]]) -> tuple[Series, ...]:
    return tuple(
        Series(_(name), tuple(float(each[code].part) if code in each else 0.0 for _month, each in told))
        for code, name in kinds
    )


def month_names(told: Sequence[Told]) -> tuple[str, ...]:
    """Name the months below a chart; the year stands with the first and with each January."""
    return tuple(_month_name(month, first=not place) for place, (month, _figures) in enumerate(told))


def _month_name(month: Month, first: bool) -> str:
    if first or month.month == 1:
        return _("{year}.{month}").format(year=f"{month.year % 100:02}", month=month.month)
    return _("{month}月").format(month=month.month)


def _unusual(now: Mapping[str, Figure], earlier: Sequence[Mapping[str, Figure]]) -> Iterator[str]:
    if len(earlier) < LEAST:
        yield _("登记还不满{n}个月，暂不与往月比较。").format(n=LEAST)
        return
    found = outliers(now, earlier)
    yield from (each.told for each in found)
    if not found:
        yield _("各项与近12个月相比没有明显异常。")


def _numbered(place: int, told: str) -> str:
    return _("{number}、{told}").format(number=_(_NUMERALS).split()[place], told=told)


def _code(made: Analysis) -> str:
    """Digest what the page says, not when it was printed."""
    told: tuple[Any, ...] = (made.title, made.period, made.sentences, made.charts, made.outliers)
    return binding.short(sha256(repr(told).encode()).hexdigest())
