"""R05 值班表: who is on duty when — one row for each person and shift; whose turn it is; what was published."""

from collections.abc import Iterable, Mapping
from datetime import date, time
from typing import Any

from pydantic import NaiveDatetime

from ojr_desk.moments import Month
from ojr_desk.problems import Problem
from ojr_desk.register import (
    Book,
    Count,
    Day,
    Drawn,
    Given,
    Moment,
    Privacy,
    Record,
    Shown,
    Standing,
    Whole,
    column,
    register,
)
from ojr_desk.registers.opening import WEEKDAYS
from ojr_desk.rules.identity import phone
from ojr_desk.rules.shifts import DUTIES, OVERNIGHT, SHIFTS
from ojr_desk.rules.workdays import KINDS
from ojr_desk.text import N_, _

#: Who decided that somebody has a shift.
SOURCES = {
    "rotation": N_("轮转自动"),
    "manual": N_("手工"),
    "swap": N_("换班"),
    "cover": N_("顶班"),
}
#: What is given out by the list, one after the other.
IN_TURN = {"desk": DUTIES["desk"], "lead": DUTIES["lead"]}


def _hours_in_order(values: Mapping[str, Any], given: Given) -> Iterable[Problem]:
    """Refuse a shift that ends before it begins, unless it lasts through the night."""
    starts, ends = values.get("starts"), values.get("ends")
    if (starts is None) != (ends is None):
        yield Problem(_("开始和结束要一起填"), "required", "ends" if ends is None else "starts")
    elif starts is not None and ends <= starts and values.get("shift") not in OVERNIGHT:
        yield Problem(_("结束时间要晚于开始时间；跨夜的请选晚间或24小时班次"), "wrong_order", "ends")


def _another(values: Mapping[str, Any], given: Given) -> Iterable[Problem]:
    """Refuse a stand-in who is on duty himself."""
    if values.get("staff") and values.get("staff") == values.get("backup"):
        yield Problem(_("替补不能是值班人自己，请另选一位"), "same_person", "backup")


def _roster_month(text: str) -> str:
    """Return a month as 2026-11."""
    return str(Month.parse(text))


def _counted(duty: Any, steps: Any) -> int:
    return int(duty.record_status != "void")


def _of(code: str) -> Count:
    return Count(
        code,
        DUTIES[code],
        N_("班"),
        lambda duty, steps: int(duty.duty_type == code) * _counted(duty, steps),
        True,
    )


def _hours(duty: Any, steps: Any) -> str:
    return f"{duty.starts:%H:%M}–{duty.ends:%H:%M}" if duty.starts and duty.ends else "—"


def _change(duty: Any, steps: Any) -> str:
    """Tell in which version a line came to be as it is, where it was otherwise before."""
    if duty.record_status == "void":
        return _("已作废")
    if duty.source in ("swap", "cover"):
        return _(SOURCES[duty.source])
    return _("第{n}版").format(n=duty.version) if (duty.version or 0) > 1 else "—"


@register(
    code="duty",
    title=N_("值班表"),
    group="duty",
    number="PB",
    dated_by="duty_date",
    label_by="label",
    rules=(_hours_in_order, _another),
    books=(
        Book(
            code="duty",
            title=N_("值班表"),
            number="PB",
            unit=N_("班"),
            columns=(
                "record_no",
                Shown("duty_date", N_("日期"), 23),
                Shown("day_kind", N_("日别"), 24),
                Shown("shift", N_("班次"), 22),
                Drawn(N_("时间"), 26, _hours),
                Shown("duty_type", N_("类型"), 26),
                Shown("on_duty", N_("值班人"), 24),
                Shown("contact_phone", N_("电话"), 32),
                Shown("backup", N_("替补"), 24),
                Drawn(N_("变动"), 18, _change),
            ),
            counts=(Count("count", "", N_("班"), _counted), *(_of(code) for code in DUTIES)),
        ),
    ),
)
class Duty(Record, table=True):
    """One person's shift: whom the roster gave it to, and who has it after every swap."""

    __tablename__ = "duty_roster"

    label: str = column(N_("班"), width=50, computed=True, search=True, pinyin=True, privacy=Privacy.PERSONAL)
    duty_date: date = column(N_("日期"), Day(), sent=True, width=22)
    shift: str = column(N_("班次"), choices=SHIFTS, sent=True, default="day", width=20)
    duty_type: str = column(N_("值班类型"), choices=DUTIES, sent=True, default="desk", width=20)
    staff: str = column(
        N_("原排"),
        link="staff",
        sent=True,
        privacy=Privacy.PERSONAL,
        help=N_("换班、顶班请开换班单，不要改这里。"),
    )
    on_duty: str | None = column(
        N_("值班人"),
        link="staff",
        sent=True,
        computed=True,
        search=True,
        index=True,
        privacy=Privacy.PERSONAL,
    )
    starts: time | None = column(
        N_("开始"), sent=True, default=None, width=16, help=N_("不填的按开放时间，没有的按班次。")
    )
    ends: time | None = column(N_("结束"), sent=True, default=None, width=16)
    contact_phone: str = column(
        N_("联系电话"),
        check=phone,
        default="",
        width=26,
        help=N_("会张贴。不填的用办公电话；填手机要本人同意。"),
    )
    backup: str | None = column(
        N_("AB岗替补"), link="staff", sent=True, default=None, privacy=Privacy.PERSONAL
    )
    source: str = column(
        N_("生成方式"), choices=SOURCES, sent=True, computed=True, default="manual", width=18
    )
    day_kind: str | None = column(N_("日别"), choices=KINDS, sent=True, computed=True)
    version: int | None = column(N_("版次"), Whole(), sent=True, computed=True, width=12)


@register(code="turn", title=N_("轮值名单"), group="duty", number="LZ")
class Turn(Standing, table=True):
    """One person's place on the list by which duties go round."""

    __tablename__ = "duty_turn"

    staff: str = column(N_("人员"), link="staff", privacy=Privacy.PERSONAL, search=True)
    duty_type: str = column(N_("值班类型"), choices=IN_TURN, default="desk", width=20)
    place: int = column(
        N_("顺序"),
        Whole(least=1, most=999),
        width=12,
        default=1,
        help=N_("按顺序一个接一个；同号的按登记先后。"),
    )
    not_on: tuple[str, ...] = column(
        N_("不排的星期"), many=True, choices=WEEKDAYS, default=(), width=36, help=N_("轮到时和下一位对调。")
    )
    until: date | None = column(N_("到哪天为止"), default=None, help=N_("调离、长期不排时填。"))


@register(
    code="roster",
    title=N_("值班表公布"),
    group="duty",
    number="GB",
    dated_by="published_at",
    through="publish",
)
class Roster(Record, table=True):
    """One publication of a month's roster. Later ones tell what was changed since."""

    __tablename__ = "duty_publication"

    published_at: NaiveDatetime = column(
        N_("公布时间"), Moment(future=False), default=lambda given: given.now, width=30
    )
    of_month: str = column(N_("月份"), max=7, check=_roster_month, width=18)
    version: int = column(N_("版次"), Whole(least=1, most=999), default=1, width=12)
    shifts: int = column(N_("班数"), Whole(), default=0, width=14)
    changed: int = column(N_("变动"), Whole(), default=0, width=14, help=N_("和上一版不同的班数。"))
    approved_by: str | None = column(N_("批准人"), link="staff", default=None, privacy=Privacy.PERSONAL)
