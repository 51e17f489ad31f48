"""R13 场地预约: one use of one room, from the wish to the key that came back. No room is given twice."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from pydantic import NaiveDatetime

from ojr_desk.register import (
    Book,
    Count,
    Drawn,
    Exclusive,
    Moment,
    Privacy,
    Ratio,
    Record,
    Shown,
    Whole,
    column,
    register,
    why_late,
)
from ojr_desk.registers import old_words
from ojr_desk.registers.venue import EQUIPMENT
from ojr_desk.rules import uses
from ojr_desk.rules.bookings import HELD, PRIORITIES, STATES, USED
from ojr_desk.rules.identity import phone
from ojr_desk.rules.masking import mask_phone
from ojr_desk.rules.uses import PURPOSES, WORTH
from ojr_desk.text import N_, _, labelled, listed

CHECKS = {"fine": N_("完好"), "damaged": N_("损坏"), "dirty": N_("未清理")}


def who(booking: Any, steps: Sequence[Any] = ()) -> str:
    """Name the organisation; the person is named through the link."""
    return booking.org_name or ""


def _when(booking: Any, steps: Sequence[Any]) -> str:
    start, end = booking.start_at, booking.end_at
    if start.date() == end.date():
        return f"{start:%m-%d %H:%M}–{end:%H:%M}"
    return f"{start:%m-%d %H:%M}–\n{end:%m-%d %H:%M}"


def _what(booking: Any, steps: Sequence[Any]) -> str:
    kind = _(PURPOSES.get(booking.purpose, ""))
    return labelled(kind, booking.subject) if booking.subject else kind


def _outcome(booking: Any, steps: Sequence[Any]) -> str:
    if booking.record_status == "void":
        return _("已作废：{reason}").format(reason=booking.void_reason or "")
    parts = [_(STATES.get(booking.booking_state, "")), booking.state_reason]
    if booking.return_check:
        parts += [_(CHECKS[booking.return_check]), booking.damage]
    return listed((part for part in parts if part), N_("，"))


def _is_use(booking: Any) -> bool:
    return bool(booking.record_status != "void" and booking.purpose != "closure")


def _booked(booking: Any, steps: Sequence[Any]) -> int:
    return int(_is_use(booking))


def _in_state(*states: str) -> Callable[[Any, Sequence[Any]], int]:
    def counted(booking: Any, steps: Sequence[Any]) -> int:
        return int(_is_use(booking) and booking.booking_state in states)

    return counted


_used = _in_state(*USED)
_due = _in_state(*USED, "no_show")


def minutes(booking: Any, steps: Sequence[Any] = ()) -> int:
    """Count the minutes for which the room was used."""
    return _used(booking, steps) * int((booking.end_at - booking.start_at).total_seconds() // 60)


def _people(booking: Any, steps: Sequence[Any]) -> int:
    return _used(booking, steps) * int(booking.people or 0)


def _minutes_text(booking: Any, steps: Sequence[Any]) -> str:
    return str(minutes(booking) or "—")


def _of_purpose(purpose: str) -> Count:
    def counted(booking: Any, steps: Sequence[Any]) -> int:
        return _used(booking, steps) * int(booking.purpose == purpose)

    return Count(purpose, PURPOSES[purpose], N_("次"), counted, aside=True)


@register(
    code="booking",
    title=N_("场地预约"),
    group="rooms",
    number="CD",
    dated_by="end_at",
    rules=(uses.order, uses.whom, uses.state, uses.no_citizen_ids),
    hints=(uses.unusual, why_late),
    derive=uses.worth,
    no_overlap=Exclusive("venue", "start_at", "end_at", "booking_state", HELD, pause="cleanup"),
    books=(
        Book(
            code="booking",
            title=N_("场地使用台账"),
            number="CD",
            unit=N_("次"),
            columns=(
                "record_no",
                Shown("venue", N_("场地"), 30),
                Drawn(N_("使用时间"), 34, _when, dates=True),
                Drawn(N_("使用单位/申请人"), 34, who, Privacy.PERSONAL, of="person"),
                Drawn(N_("用途"), 44, _what, Privacy.PERSONAL),
                Shown("people", N_("人数"), 13),
                Drawn(N_("时长（分）"), 18, _minutes_text),
                Drawn(N_("结果、归还检查"), 44, _outcome, Privacy.PERSONAL),
            ),
            counts=(
                Count("bookings", N_("预约"), N_("次"), _booked),
                Count("uses", N_("使用"), N_("次"), _used),
                Count("minutes", "", N_("分钟"), minutes),
                Count("people", "", N_("人次"), _people),
                Count("due", N_("应到"), N_("次"), _due, aside=True),
                Count("no_shows", STATES["no_show"], N_("次"), _in_state("no_show"), aside=True),
                Count("cancelled", STATES["cancelled"], N_("次"), _in_state("cancelled"), aside=True),
                *(_of_purpose(each) for each in PURPOSES if each != "closure"),
            ),
            ratios=(Ratio(N_("到场率"), "uses", "due"),),
        ),
    ),
)
class Booking(Record, table=True):
    """One use of one room. It stands in the book of the month in which it ends."""

    __tablename__ = "venue_booking"

    venue: str = column(N_("场地"), link="venue", sent=True, search=True, width=30, index=True)
    start_at: NaiveDatetime = column(
        N_("开始时间"), Moment(), sent=True, width=30, help=N_("可以订好几天；到点就走，不碰下一家。")
    )
    end_at: NaiveDatetime = column(N_("结束时间"), Moment(), sent=True, width=30)
    purpose: str = column(N_("用途"), choices=PURPOSES, sent=True, width=24)
    subject: str = column(
        N_("事由"),
        max=60,
        sent=True,
        default="",
        search=True,
        width=40,
        privacy=Privacy.PERSONAL,
        help=N_("如：重阳节慰问演出、某某家寿宴。"),
    )
    org_name: str = column(
        N_("使用单位"),
        max=100,
        sent=True,
        default="",
        search=True,
        width=40,
        privacy=Privacy.PERSONAL,
        synonyms=old_words.ORGANISATION,
    )
    person: str | None = column(
        N_("申请人"),
        link="person",
        default=None,
        search=True,
        index=True,
        width=24,
        privacy=Privacy.PERSONAL,
        help=N_("填姓名、拼音首字母或电话后四位；没登记过的会自动登记。"),
    )
    phone: str = column(
        N_("联系电话"),
        check=phone,
        default="",
        search=True,
        width=26,
        privacy=Privacy.PRIVATE,
        mask=mask_phone,
        synonyms=old_words.PHONE,
    )
    people: int | None = column(
        N_("人数"), Whole(least=1, most=100_000), sent=True, default=None, width=14, synonyms=old_words.HEADS
    )
    over_reason: str = column(N_("超员原因"), max=100, sent=True, default="", width=30)
    minors: bool = column(N_("有未成年人、校外培训"), sent=True, default=False, width=18)
    guardian: str = column(
        N_("安全责任人"),
        max=50,
        sent=True,
        default="",
        width=24,
        privacy=Privacy.PERSONAL,
        help=N_("有未成年人的，写到场负责的成年人。"),
    )
    equipment: tuple[str, ...] = column(
        N_("设备需求"), many=True, choices=EQUIPMENT, sent=True, default=(), width=36
    )
    priority: str = column(N_("优先级"), choices=PRIORITIES, sent=True, default="ordinary", width=30)
    takes_over: bool = column(
        N_("请占用的让出"),
        sent=True,
        default=False,
        width=16,
        help=N_("优先级更高时勾上：原来订的改为“被让渡”，请逐个通知。"),
        when={"purpose": tuple(WORTH)},
    )
    deposit: Decimal | None = column(N_("押金（元）"), sent=True, default=None)
    booking_state: str = column(N_("预约状态"), choices=STATES, sent=True, default="approved", width=18)
    state_reason: str = column(
        N_("取消、拒绝、让渡原因"), max=100, sent=True, default="", width=30, privacy=Privacy.PERSONAL
    )
    approved_by: str | None = column(
        N_("审批人"), link="staff", sent=True, default=None, privacy=Privacy.PERSONAL
    )
    approved_at: NaiveDatetime | None = column(
        N_("审批时间"), Moment(future=False), sent=True, default=None, width=30
    )
    approval_note: str = column(
        N_("审批意见"), max=200, sent=True, default="", width=40, privacy=Privacy.PERSONAL
    )
    paper_signed: bool = column(
        N_("纸签"), sent=True, default=False, width=12, help=N_("领导在打印的申请表上签的字。")
    )
    key_out_at: NaiveDatetime | None = column(
        N_("交钥匙时间"), Moment(future=False), sent=True, default=None, width=30
    )
    returned_at: NaiveDatetime | None = column(
        N_("归还时间"), Moment(future=False), sent=True, default=None, width=30
    )
    return_check: str | None = column(N_("归还检查"), choices=CHECKS, sent=True, default=None)
    shut_off: bool | None = column(N_("水电门窗已关"), sent=True, default=None, width=16)
    damage: str = column(N_("损坏情况"), max=200, sent=True, default="", width=40, privacy=Privacy.PERSONAL)
    deposit_back: Decimal | None = column(N_("退还押金（元）"), sent=True, default=None)
    gave_way_to: str | None = column(N_("让给"), link="booking", sent=True, computed=True, width=28)
    moved_from: str | None = column(N_("改期自"), link="booking", sent=True, computed=True, width=28)
    series: str = column(N_("系列"), default="", computed=True, hidden=True, index=True)
