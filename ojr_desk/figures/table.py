"""T-M1 月度汇总表: every indicator of a month beside the month before and the same month a year ago, with its definition."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import text
from sqlmodel import Session

from ojr_desk import binding
from ojr_desk.binding import Binder
from ojr_desk.figures.cases import CASES
from ojr_desk.figures.indicator import Indicator
from ojr_desk.figures.menu import sources_of
from ojr_desk.figures.reckoning import Asked, Figure, behind
from ojr_desk.ledger import Heading, Ledger
from ojr_desk.register import REGISTERS
from ojr_desk.register.catalogue import CONFIDENTIALITY
from ojr_desk.store import months
from ojr_desk.store.asof import standing, steps_until
from ojr_desk.store.confidential import SEALED, SENSITIVE
from ojr_desk.text import N_, _, listed

#: Who signs a table.
SIGNED_BY = (N_("主要负责人（签字）"), N_("审核人（签字）"), N_("填报人"))


@dataclass(frozen=True)
class Line:
    """One indicator of a month, of the month before and of the same month a year ago, where these have it."""

    now: Figure
    before: Figure | None
    year_ago: Figure | None

    @property
    def indicator(self) -> Indicator:
        """What the numbers are of."""
        return self.now.indicator

    @property
    def group(self) -> str:
        """The name of what it is counted from."""
        return _(sources_of(self.indicator)[0].group)


def lines(
    now: Mapping[str, Figure], before: Mapping[str, Figure], year_ago: Mapping[str, Figure]
) -> tuple[Line, ...]:
    """Put the numbers of three months side by side, one line for each indicator that is shown."""
    return tuple(
        Line(figure, before.get(code), year_ago.get(code))
        for code, figure in now.items()
        if figure.indicator.shown
    )


def ledger(session: Session, binder: Binder, asked: Asked, rows: Sequence[Line]) -> Ledger:
    """Bind the table of a month as text that is ready for paper; its definitions stand beside the numbers."""
    month = binder.month
    center = standing(session, "center", [binder.center], month.last)[binder.center]
    made = Ledger(
        title=_("{name}月度汇总表").format(name=center.official_name),
        period=month.title,
        facts=binding.facts(center, binder),
        headings=(
            Heading(_("序号"), 10),
            Heading(_("类别"), 18),
            Heading(_("指标"), 28),
            Heading(_("单位"), 16),
            Heading(_("本月"), 20),
            Heading(_("上月"), 20),
            Heading(_("去年同月"), 20),
            Heading(_("口径"), 125),
        ),
        rows=tuple((str(place), *_texts(line)) for place, line in enumerate(rows, 1)),
        code="",
        closing=(*_overdue(session, asked), *_held(session, asked)),
        signatures=binding.signatures(SIGNED_BY, center, binder),
        foot=binding.foot(session, binder),
        watermark="" if months.is_closed(session, binder.center, month) else _("未结账"),
        add_up=False,
    )
    return replace(made, code=binding.code_of(made))


def late_cases(session: Session, asked: Asked) -> list[tuple[str, int]]:
    """Name the 逾期件 at the end of the days and by how many working days each is late, the latest first."""
    register = REGISTERS["case"]
    assert register.as_of is not None and register.at_end is not None
    if not set(CASES.needs) <= asked.kept:
        return []
    found = standing(
        session, "case", [each.uid for each in behind(session, asked, "overdue")], asked.span.last
    )
    steps = steps_until(session, register, found, asked.span.last)
    late = []
    for uid, record in found.items():
        told = register.as_of(record, steps.get(uid, []))
        day = min(asked.span.last, asked.today)
        late.append((record.record_no, register.at_end(told, day, asked.calendar)["late_workdays"] or 0))
    return sorted(late, key=lambda each: (-each[1], each[0]))


def _texts(line: Line) -> tuple[str, ...]:
    shown = (figure.told if figure else "—" for figure in (line.now, line.before, line.year_ago))
    each = line.indicator
    return (line.group, _(each.title), _(each.unit), *shown, _(each.means))


def _overdue(session: Session, asked: Asked) -> Iterator[str]:
    late = late_cases(session, asked)
    if late:
        told = (_("{number} 逾期{days}个工作日").format(number=number, days=days) for number, days in late)
        yield _("逾期件 {n} 件：{told}").format(n=len(late), told=listed(told))


def _held(session: Session, asked: Asked) -> Iterator[str]:
    """Tell how many of what came in the superior's copy does not hold, so that its sums may be lower."""
    if "intake" not in asked.kept:
        return
    counted = text(
        "SELECT confidentiality, count(*) FROM intake WHERE occurred_at >= :since AND occurred_at < :until "
        "AND record_status <> 'void' AND center = :center AND confidentiality IN (:sealed, :sensitive) "
        "GROUP BY confidentiality ORDER BY confidentiality"
    )
    values = {"since": asked.span.first.isoformat(), "until": asked.span.until.isoformat()}
    values |= {"center": asked.center, "sealed": SEALED, "sensitive": SENSITIVE}
    found = session.execute(counted, values).all()
    told = [_("{what} {n} 件").format(what=_(CONFIDENTIALITY[level]), n=count) for level, count in found]
    if told:
        yield _("本表含{told}，上报的明细里没有这些件。").format(told=listed(told))
