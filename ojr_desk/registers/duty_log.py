"""R06 值班日志 with R07 交接班 in it: one log for each shift, in which the next one begins to read."""

from collections.abc import Iterable, Mapping
from datetime import date, time
from typing import Any

from ojr_desk.problems import Problem
from ojr_desk.register import (
    Book,
    Count,
    Day,
    Drawn,
    Given,
    Privacy,
    Record,
    Shown,
    column,
    register,
    wanted,
    why_late,
)
from ojr_desk.rules.identity import has_citizen_id
from ojr_desk.rules.shifts import OVERNIGHT, SHIFTS
from ojr_desk.text import N_, _, labelled, listed

WEATHER = {
    "fine": N_("晴"),
    "cloudy": N_("多云"),
    "overcast": N_("阴"),
    "rain": N_("雨"),
    "heavy_rain": N_("大雨"),
    "typhoon": N_("台风"),
    "snow": N_("雪"),
    "heat": N_("高温"),
}
PATROLS = {"fine": N_("无异常"), "trouble": N_("异常")}
ENDS = {"close": N_("闭馆"), "handover": N_("交接班")}
ITEMS = {
    "keys": N_("钥匙"),
    "seals": N_("公章柜"),
    "radio": N_("对讲机"),
    "cash": N_("现金箱"),
    "supplies": N_("应急物资"),
    "books": N_("账本"),
}
CHECKS = {"power": N_("断电"), "windows": N_("关窗"), "doors": N_("锁门")}
_AT_HANDOVER = {"end_mode": ("handover",)}
_TEXTS = (
    "patrol_note",
    "superior_notice",
    "key_events",
    "pending_items",
    "done_items",
    "handover_note",
    "remark",
)


def _in_order(values: Mapping[str, Any], given: Given) -> Iterable[Problem]:
    """Refuse who left before arriving, unless it was through the night."""
    came, left = values.get("arrived_at"), values.get("left_at")
    if came and left and left <= came and values.get("shift") not in OVERNIGHT:
        yield Problem(_("离岗时间要晚于到岗时间"), "wrong_order", "left_at")


def _explained(values: Mapping[str, Any], given: Given) -> Iterable[Problem]:
    """Ask what was wrong, where something was."""
    if values.get("patrol_result") == "trouble" and not values.get("patrol_note"):
        yield Problem(_("巡看有异常，请写明是什么"), "required", "patrol_note")


def _handed_on(values: Mapping[str, Any], given: Given) -> Iterable[Problem]:
    """Ask to whom the shift was handed, and refuse handing it to oneself."""
    if values.get("end_mode") == "handover":
        if not values.get("taker"):
            yield Problem(_("交接班要选接班人；到点闭馆的请选“闭馆”"), "required", "taker")
        elif values.get("taker") == values.get("keeper"):
            yield Problem(_("交班人和接班人不能是同一个人"), "same_person", "taker")


def _no_citizen_ids(values: Mapping[str, Any], given: Given) -> Iterable[Problem]:
    """Keep ID numbers out of free text."""
    for name in _TEXTS:
        if has_citizen_id(values.get(name) or ""):
            yield Problem(_("这里写了身份证号，请删去"), "citizen_id_in_text", name)


def _counted_through(values: Mapping[str, Any], given: Given) -> Iterable[Problem]:
    """Remind of things that were not all there, and of a handover that one side has not confirmed."""
    if values.get("end_mode") != "handover":
        return
    missing = [_(label) for code, label in ITEMS.items() if code not in (values.get("items") or ())]
    if missing and not values.get("handover_note"):
        told = _("清点没有勾{items}，请在交接说明里写明").format(items=listed(missing))
        yield Problem(told, "wanted", "handover_note")
    if not (values.get("from_confirmed") and values.get("to_confirmed")):
        yield Problem(_("交接班要双方确认"), "wanted", "to_confirmed")


def _locked_up(values: Mapping[str, Any], given: Given) -> Iterable[Problem]:
    """Remind of what is done before the lights go out."""
    missing = [_(label) for code, label in CHECKS.items() if code not in (values.get("closing") or ())]
    if values.get("end_mode") == "close" and missing:
        yield Problem(_("闭馆检查没有勾{checks}，请核对").format(checks=listed(missing)), "wanted", "closing")


def _number(name: str) -> Any:
    return lambda log, steps: (getattr(log, name) or 0) if log.record_status != "void" else 0


def _here(log: Any, steps: Any) -> str:
    """Tell from when to when somebody was there."""
    came, left = (f"{at:%H:%M}" if at else "—" for at in (log.arrived_at, log.left_at))
    return f"{came}–{left}"


def _received(log: Any, steps: Any) -> str:
    told = ((_("访{n}"), log.n_visit), (_("电{n}"), log.n_call), (_("信{n}"), log.n_letter))
    return " ".join(text.format(n=n) for text, n in told if n) or "—"


def _events(log: Any, steps: Any) -> str:
    """Write the round of the house, what the superior told and what happened, as one cell."""
    told = [
        labelled(
            _("巡看"),
            listed((_(PATROLS.get(log.patrol_result or "fine", "")), log.patrol_note or ""), N_("，")),
        )
    ]
    if log.superior_notice:
        told.append(labelled(_("上级通知"), log.superior_notice))
    if log.key_events:
        told.append(log.key_events)
    return "\n".join(told)


def _open(log: Any, steps: Any) -> str:
    done = labelled(_("已办"), log.done_items) if log.done_items else ""
    return "\n".join(part for part in (log.pending_items or _("无"), done) if part)


def _ended(log: Any, steps: Any) -> str:
    if log.record_status == "void":
        return _("已作废")
    if log.end_mode != "handover":
        return _(ENDS["close"])
    both = log.from_confirmed and log.to_confirmed
    return listed((_("交接班"), _("双方已确认") if both else _("未确认")), N_("，"))


@register(
    code="duty_log",
    title=N_("值班日志"),
    group="duty",
    number="ZB",
    dated_by="duty_date",
    rules=(_in_order, _explained, _handed_on, _no_citizen_ids),
    hints=(
        wanted("duty_log", "keeper", "arrived_at", "left_at"),
        _counted_through,
        _locked_up,
        why_late,
    ),
    books=(
        Book(
            code="duty_log",
            title=N_("值班日志"),
            number="ZB",
            unit=N_("班"),
            columns=(
                "record_no",
                Shown("duty_date", N_("日期"), 21),
                Shown("shift", N_("班次"), 15),
                Shown("keeper", N_("值班人"), 17),
                Shown("leader", N_("带班"), 17),
                Drawn(N_("到岗离岗"), 24, _here),
                Drawn(N_("接待"), 24, _received),
                Drawn(N_("巡看和要事"), 43, _events, Privacy.PERSONAL),
                Drawn(N_("未完成事项"), 38, _open, Privacy.PERSONAL),
                Drawn(N_("结束"), 19, _ended),
            ),
            counts=(
                Count("count", "", N_("班"), lambda log, steps: int(log.record_status != "void")),
                Count("visits", N_("来访"), N_("件"), _number("n_visit")),
                Count("calls", N_("来电"), N_("件"), _number("n_call")),
                Count("letters", N_("来信"), N_("件"), _number("n_letter")),
            ),
        ),
    ),
)
class DutyLog(Record, table=True):
    """One shift as it was, with what it hands on."""

    duty_date: date = column(
        N_("日期"), Day(future=False), sent=True, width=22, default=lambda given: given.now.date()
    )
    shift: str = column(
        N_("班次"),
        choices=SHIFTS,
        sent=True,
        width=20,
        default=lambda given: "morning" if given.now.hour < 13 else "afternoon",
    )
    weather: str | None = column(N_("天气"), choices=WEATHER, sent=True, default=None, width=14)
    keeper: str | None = column(
        N_("值班人"),
        link="staff",
        sent=True,
        default=None,
        search=True,
        privacy=Privacy.PERSONAL,
        help=N_("不填的按值班表。"),
    )
    leader: str | None = column(
        N_("带班领导"),
        link="staff",
        sent=True,
        default=None,
        privacy=Privacy.PERSONAL,
        help=N_("不填的按值班表。"),
    )
    arrived_at: time | None = column(N_("到岗"), sent=True, default=None, width=16)
    left_at: time | None = column(N_("离岗"), sent=True, default=None, width=16)
    dress_ok: bool = column(N_("着装整洁"), sent=True, default=True, width=14)
    badge_ok: bool = column(N_("佩戴工作牌"), sent=True, default=True, width=16)
    emblem_ok: bool = column(N_("佩戴党徽"), sent=True, default=True, width=14, help=N_("党员佩戴。"))
    patrol_result: str = column(N_("巡看结果"), choices=PATROLS, sent=True, default="fine", width=18)
    patrol_note: str = column(
        N_("巡看说明"), max=200, sent=True, default="", width=40, help=N_("水电、门窗、消防、监控、设备。")
    )
    superior_notice: str = column(
        N_("上级通知"), long=True, max=1000, sent=True, default="", width=50, privacy=Privacy.PERSONAL,
        help=N_("一行一条：单位、来电人、时间、内容、怎么办的。"),
    )  # fmt: skip
    key_events: str = column(
        N_("重要事项"),
        long=True,
        max=1000,
        sent=True,
        default="",
        width=60,
        search=True,
        privacy=Privacy.PERSONAL,
    )
    pending_items: str = column(
        N_("未完成事项"), long=True, max=500, sent=True, default="", width=50, privacy=Privacy.PERSONAL,
        help=N_("一行一件。不填的接着上一班的；没有的写“无”。"),
    )  # fmt: skip
    done_items: str = column(
        N_("已办事项"), long=True, max=500, sent=True, default="", width=50, privacy=Privacy.PERSONAL,
        help=N_("前几班留下、这一班办完的，照原话一行一件。"),
    )  # fmt: skip
    end_mode: str = column(N_("结束方式"), choices=ENDS, sent=True, default="close", width=16)
    closing: tuple[str, ...] = column(
        N_("闭馆检查"), many=True, choices=CHECKS, sent=True, default=tuple(CHECKS), width=30,
        when={"end_mode": ("close",)},
    )  # fmt: skip
    taker: str | None = column(
        N_("接班人"), link="staff", sent=True, default=None, privacy=Privacy.PERSONAL, when=_AT_HANDOVER
    )
    handed_at: time | None = column(N_("交接时间"), sent=True, default=None, width=18, when=_AT_HANDOVER)
    items: tuple[str, ...] = column(
        N_("物品清点"), many=True, choices=ITEMS, sent=True, default=(), width=40, when=_AT_HANDOVER,
        help=N_("齐全的打勾；缺的去掉勾，写进交接说明。"),
    )  # fmt: skip
    handover_note: str = column(
        N_("交接说明"),
        long=True,
        max=500,
        sent=True,
        default="",
        width=50,
        privacy=Privacy.PERSONAL,
        when=_AT_HANDOVER,
    )
    from_confirmed: bool = column(N_("交班人确认"), sent=True, default=False, width=16, when=_AT_HANDOVER)
    to_confirmed: bool = column(N_("接班人确认"), sent=True, default=False, width=16, when=_AT_HANDOVER)
    n_visit: int | None = column(N_("来访件数"), sent=True, computed=True, default=0, width=14)
    n_call: int | None = column(N_("来电件数"), sent=True, computed=True, default=0, width=14)
    n_letter: int | None = column(N_("来信件数"), sent=True, computed=True, default=0, width=14)
    open_cases: str | None = column(
        N_("在办事项"), sent=True, computed=True, default="", width=50, help=N_("三个工作日内到期的办理单。")
    )
