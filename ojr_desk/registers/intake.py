"""R01–R03 来访、来电、来信: one table, three books."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from pydantic import NaiveDatetime

from ojr_desk.moments import plain
from ojr_desk.problems import Problem
from ojr_desk.register import (
    Book,
    Choice,
    Count,
    Day,
    Drawn,
    Given,
    Moment,
    Privacy,
    Ratio,
    Record,
    Shown,
    Text,
    Whole,
    column,
    is_blank,
    register,
    why_late,
)
from ojr_desk.registers import old_words
from ojr_desk.registers.matters import MATTERS
from ojr_desk.rules.cases import NATURES, SATISFACTION, STATES, URGENCIES
from ojr_desk.rules.identity import has_citizen_id, phone
from ojr_desk.rules.masking import mask_phone
from ojr_desk.text import N_, _, listed

CHANNELS = {
    "visit": N_("来访"),
    "call": N_("来电"),
    "letter": N_("来信"),
    "online": N_("网络转来"),
    "hotline": N_("12345转来"),
    "superior": N_("上级转交"),
    "round": N_("走访发现"),
    "box": N_("意见箱"),
}
#: Which of the three books a channel is kept in.
VISITS, CALLS, LETTERS = ("visit", "round"), ("call", "hotline"), ("letter", "online", "superior", "box")
DISPOSITIONS = {
    "answered": N_("当场答复"),
    "settled": N_("当场办结"),
    "accepted": N_("受理转办理单"),
    "referred": N_("转介其他部门"),
    "declined": N_("不予受理"),
    "noted": N_("仅记录"),
}
LETTER_KINDS = {
    "registered": N_("挂号"),
    "ordinary": N_("平信"),
    "express": N_("快递"),
    "box": N_("意见箱投递"),
    "email": N_("电子邮件打印"),
}
SIGNATURES = {"real": N_("实名"), "anonymous": N_("匿名"), "joint": N_("联名")}
_NATURE, _MATTER = Choice(choices=NATURES), Choice(choices=MATTERS)
#: What may be stored of 检举控告 (domain of the sealed drawer): never its text, never a name.
SEALED_COLUMNS = frozenset({"channel", "occurred_at", "matter_nature"})


def is_sealed(values: Mapping[str, Any]) -> bool:
    """Tell whether *values* are a 检举控告 or about a cadre, of which only number, date and 密封 are kept.

    Nature and matter are read as the check reads them: full width, another language, invisible marks and all.
    """
    return _is_accusation(values) or _is(_MATTER, values.get("matter_category"), "conduct")


def _is_accusation(values: Mapping[str, Any]) -> bool:
    return _is(_NATURE, values.get("matter_nature"), "accusation")


def _is(kind: Choice, value: object, code: str) -> bool:
    return not is_blank(value) and kind.find(plain(str(value))) == code


def _reads(values: Mapping[str, Any]) -> frozenset[str] | None:
    if not is_sealed(values):
        return None
    # Without its matter a complaint about a cadre would not be known for one.
    return SEALED_COLUMNS if _is_accusation(values) else SEALED_COLUMNS | {"matter_category"}


def _whom(values: Mapping[str, Any], given: Given) -> Iterable[Problem]:
    """Ask for a person, an organisation or the tick 匿名."""
    if values.get("anonymous") and values.get("person"):
        yield Problem(_("勾了“匿名”就不要再填姓名"), "contradiction", "person")
    elif not any(values.get(name) for name in ("person", "org_name", "anonymous")):
        yield Problem(_("请填姓名或单位；不愿透露的勾“匿名”"), "required", "person")


def _content(values: Mapping[str, Any], given: Given) -> Iterable[Problem]:
    """Ask for at least four characters, and keep ID numbers out of free text."""
    content = values.get("content") or ""
    if len(content) < 4:
        yield Problem(_("主要内容至少写4个字"), "too_short", "content")
    for name in ("content", "reply_content", "remark", "one_time_notice", "reason"):
        if has_citizen_id(values.get(name) or ""):
            yield Problem(
                _("这里写了身份证号，请删去；确需登记的填到服务对象的证件栏"), "citizen_id_in_text", name
            )


def _disposition(values: Mapping[str, Any], given: Given) -> Iterable[Problem]:
    """Ask for what each way of dealing with it needs."""
    kind = values.get("disposition")
    if kind in ("answered", "settled") and not values.get("reply_content"):
        yield Problem(_("当场答复或办结的，请写答复内容"), "required", "reply_content")
    if kind == "referred" and not values.get("transferred_to"):
        yield Problem(_("转介的，请写转到哪个单位和电话，并告知来人"), "required", "transferred_to")
    if kind == "declined" and not values.get("reason"):
        yield Problem(_("不予受理的，请写理由，并告知来人该找谁"), "required", "reason")


def _times(values: Mapping[str, Any], given: Given) -> Iterable[Problem]:
    """Refuse a leaving before the coming."""
    came, left = values.get("happened_at") or values.get("occurred_at"), values.get("left_at")
    if came and left and left < came:
        yield Problem(_("离开时间早于来访时间，请检查"), "wrong_order", "left_at")


def _derive(values: dict[str, Any], given: Given) -> Mapping[str, Any]:
    """Fill what follows: the first responder, the group visit, the closing of what was settled at once."""
    if is_sealed(values):
        return {
            "confidentiality": "sealed",
            "retention_class": "30",
            "is_group": False,
            "closed_at": None,
        }
    at_once = values.get("disposition") in ("answered", "settled")
    came = values.get("happened_at") or values.get("occurred_at")
    told: dict[str, Any] = {}
    if values.get("channel") == "letter" and came and not values.get("received_on"):
        told["received_on"] = came.date()
    if values.get("disposition") == "referred" and not values.get("transferred_at"):
        told["transferred_at"] = came
    return told | {
        "first_responder": values.get("first_responder") or values.get("received_by"),
        "is_group": (values.get("headcount") or 1) >= 5,
        "closed_at": values.get("occurred_at") if at_once else None,
    }


def _still_to_do(values: Mapping[str, Any], given: Given) -> Iterable[Problem]:
    """Remind of what is done after the counter: telling the person the way, asking the many for their speakers."""
    if values.get("disposition") == "referred" and not values.get("transfer_informed"):
        yield Problem(
            _("还没有告知来人去向：请把回执单交给他，再勾“已告知去向”"), "wanted", "transfer_informed"
        )
    if values.get("is_group") and values.get("channel") == "visit":
        told = _("来了 {n} 人，是集体来访：请他们推选代表，不超过5人（信访工作条例第二十条）")
        yield Problem(told.format(n=values.get("headcount")), "group", "headcount")


def _number_classes() -> dict[str, str]:
    groups = {"LF": VISITS, "LD": CALLS, "LX": LETTERS}
    return {channel: number for number, channels in groups.items() for channel in channels}


def outcome(intake: Any, steps: Sequence[Any]) -> str:
    """Tell how it was dealt with, and where its case stands."""
    if intake.confidentiality == "sealed":
        return _("另册管理")
    parts = [_(DISPOSITIONS.get(intake.disposition, ""))]
    states = [step for step in steps if step.state_after]
    if states:
        parts.append(_(STATES[states[-1].state_after]))
    elif intake.case:
        # A case has steps from the beginning; those of a void one are not its intake's any more.
        parts.append(_("办理单已作废"))
    if intake.record_status == "void":
        return _("已作废：{reason}").format(reason=intake.void_reason or "")
    return listed(parts, N_("，"))


def closed_on(intake: Any, steps: Sequence[Any]) -> date | None:
    """Tell on which day it was settled: at once, or by the last closing of its case not reopened since."""
    if intake.confidentiality == "sealed":
        return None
    closing = None
    for step in steps:
        if step.step in ("close", "settle"):
            closing = step.occurred_at
        elif step.step in ("redo", "accept"):
            closing = None
    closing = closing or intake.closed_at
    return closing.date() if closing else None


def _closed_text(intake: Any, steps: Sequence[Any]) -> str:
    day = closed_on(intake, steps) if _counted(intake, steps) else None
    return day.strftime("%m-%d") if day else "—"


def satisfaction(intake: Any, steps: Sequence[Any]) -> str:
    """Tell the last answer to the call-back."""
    is_open = intake.confidentiality != "sealed"
    answers = [step.satisfaction for step in steps if step.satisfaction and is_open]
    return _(SATISFACTION[answers[-1]]) if answers else "—"


def _who(intake: Any, steps: Sequence[Any]) -> str:
    if intake.confidentiality == "sealed":
        return _("密封")
    return _("匿名") if intake.anonymous else (intake.org_name or "")


def _content_text(intake: Any, steps: Sequence[Any]) -> str:
    return _("密封") if intake.confidentiality == "sealed" else (intake.content or "")


def _counted(intake: Any, steps: Sequence[Any]) -> int:
    return int(intake.record_status != "void")


def _heads(intake: Any, steps: Sequence[Any]) -> int:
    return _counted(intake, steps) * (intake.headcount or 1)


def _closed(intake: Any, steps: Sequence[Any]) -> int:
    return _counted(intake, steps) * int(closed_on(intake, steps) is not None)


def _of_nature(nature: str) -> Count:
    def counted(intake: Any, steps: Sequence[Any]) -> int:
        return _counted(intake, steps) * int(intake.matter_nature == nature)

    return Count(nature, NATURES[nature], "", counted, aside=True)


def _book(code: str, title: str, what: str, number: str, channels: tuple[str, ...]) -> Book:
    return Book(
        code=code,
        title=title,
        only={"channel": channels},
        number=number,
        unit=N_("件"),
        columns=(
            "record_no",
            Shown("occurred_at", N_("时间"), 24),
            Drawn(N_("姓名/单位"), 24, _who, Privacy.PETITIONER, of="person", sent=False),
            Shown("phone", N_("电话"), 26, of="person"),
            Drawn(N_("主要内容"), 60, _content_text, Privacy.PERSONAL),
            Shown("first_responder", N_("首问负责人"), 20),
            Drawn(N_("处理方式"), 34, outcome),
            Drawn(N_("办结"), 16, _closed_text),
            Drawn(N_("满意度"), 15, satisfaction),
        ),
        counts=(
            Count("count", what, N_("件"), _counted),
            Count("heads", "", N_("人次"), _heads),
            Count("closed", N_("办结"), N_("件"), _closed),
            *(_of_nature(nature) for nature in NATURES),
        ),
        ratios=(Ratio(N_("办结率"), "closed", "count"),),
    )


@register(
    code="intake",
    title=N_("来访来电来信"),
    group="reception",
    number=_number_classes(),
    numbered_by="channel",
    dated_by="occurred_at",
    reads=_reads,
    rules=(_whom, _content, _disposition, _times),
    derive=_derive,
    hints=(_still_to_do, why_late),
    books=(
        _book("visit", N_("群众来访登记台账"), N_("来访"), "LF", VISITS),
        _book("call", N_("群众来电登记台账"), N_("来电"), "LD", CALLS),
        _book("letter", N_("群众来信登记台账"), N_("来信"), "LX", LETTERS),
    ),
)
class Intake(Record, table=True):
    """One visit, call or letter."""

    channel: str = column(
        N_("渠道"),
        choices=CHANNELS,
        sent=True,
        default="visit",
        width=20,
        synonyms=old_words.CHANNEL,
        words=old_words.CHANNEL_WORDS,
    )
    occurred_at: NaiveDatetime = column(
        N_("接待时间"),
        Moment(future=False),
        sent=True,
        default=lambda given: given.now,
        width=30,
        synonyms=old_words.WHEN,
    )
    person: str | None = column(
        N_("姓名"),
        link="person",
        default=None,
        width=24,
        search=True,
        index=True,
        privacy=Privacy.PETITIONER,
        help=N_("填姓名、拼音首字母或电话后四位；没登记过的会自动登记。"),
        synonyms=old_words.PERSON,
    )
    anonymous: bool = column(N_("匿名"), sent=True, default=False, width=12, synonyms=old_words.ANONYMOUS)
    org_name: str = column(
        N_("单位名称"),
        max=100,
        default="",
        search=True,
        width=40,
        privacy=Privacy.PETITIONER,
        synonyms=old_words.ORGANISATION,
    )
    headcount: int = column(
        N_("人数"), Whole(least=1, most=9999), sent=True, default=1, width=12, synonyms=old_words.HEADS
    )
    received_by: str | None = column(
        N_("接待人"),
        link="staff",
        sent=True,
        default=lambda given: given.user,
        privacy=Privacy.PERSONAL,
        synonyms=old_words.RECEIVER,
    )
    first_responder: str | None = column(
        N_("首问负责人"),
        link="staff",
        sent=True,
        default=None,
        privacy=Privacy.PERSONAL,
        help=N_("不填就是接待人；转办以后仍由首问负责人跟到底（8.1.1）。"),
        synonyms=old_words.RESPONSIBLE,
    )
    responder_reason: str = column(N_("首问变更原因"), max=100, sent=True, default="", width=30)
    matter_category: str = column(
        N_("事项类别"),
        choices=MATTERS,
        sent=True,
        width=36,
        help=N_("干部作风的只登记编号和日期，内容密封另册，不进电脑。"),
        synonyms=old_words.CATEGORY,
        words=old_words.CATEGORY_WORDS,
    )
    matter_nature: str = column(
        N_("诉求性质"),
        choices=NATURES,
        sent=True,
        default="consult",
        help=N_("检举控告只登记编号和日期，内容密封另册，不进电脑。"),
        synonyms=old_words.NATURE,
        words=old_words.NATURE_WORDS,
    )
    content: str = column(
        N_("主要内容"),
        long=True,
        max=2000,
        sent=True,
        privacy=Privacy.PERSONAL,
        search=True,
        width=62,
        synonyms=old_words.CONTENT,
    )
    urgency: str = column(
        N_("紧急程度"),
        choices=URGENCIES,
        sent=True,
        default="normal",
        synonyms=old_words.URGENCY,
        words=old_words.URGENCY_WORDS,
    )
    disposition: str = column(
        N_("处理方式"),
        choices=DISPOSITIONS,
        sent=True,
        default="answered",
        width=30,
        synonyms=old_words.DISPOSITION,
        words=old_words.DISPOSITION_WORDS,
    )
    reply_content: str = column(
        N_("答复内容"),
        long=True,
        max=1000,
        sent=True,
        privacy=Privacy.PERSONAL,
        default="",
        search=True,
        width=50,
        synonyms=old_words.REPLY,
        when={"disposition": ("answered", "settled")},
    )
    one_time_notice: str = column(
        N_("一次性告知"), long=True, max=500, sent=True, privacy=Privacy.PERSONAL, default="", width=40
    )
    transferred_to: str = column(
        N_("转介去向"),
        max=100,
        sent=True,
        default="",
        width=36,
        synonyms=old_words.REFERRED_TO,
        when={"disposition": ("referred",)},
    )
    transferred_at: NaiveDatetime | None = column(
        N_("转介时间"), Moment(future=False), sent=True, default=None, width=30, help=N_("不填就是接待时间。")
    )
    transfer_informed: bool = column(
        N_("已告知去向"), sent=True, default=False, width=18, when={"disposition": ("referred",)}
    )
    reason: str = column(
        N_("不予受理理由"),
        max=200,
        sent=True,
        privacy=Privacy.PERSONAL,
        default="",
        width=36,
        when={"disposition": ("declined",)},
    )
    repeat_of: str | None = column(N_("重复于"), link="intake", sent=True, default=None, width=28)
    left_at: NaiveDatetime | None = column(
        N_("离开时间"),
        Moment(future=False),
        sent=True,
        default=None,
        width=30,
        synonyms=old_words.LEFT,
        when={"channel": VISITS},
    )
    caller_number: str = column(
        N_("来电号码"),
        check=phone,
        default="",
        privacy=Privacy.PRIVATE,
        mask=mask_phone,
        search=True,
        index=True,
        width=26,
        synonyms=old_words.CALLER,
        when={"channel": CALLS},
    )
    callback: str = column(
        N_("回拨号码"),
        check=phone,
        default="",
        privacy=Privacy.PRIVATE,
        mask=mask_phone,
        width=26,
        when={"channel": CALLS},
    )
    received_on: date | None = column(
        N_("收件日期"), Day(future=False), sent=True, default=None, when={"channel": LETTERS}
    )
    letter_date: date | None = column(
        N_("信件日期"), Day(future=False), sent=True, default=None, when={"channel": LETTERS}
    )
    letter_kind: str | None = column(
        N_("信件类型"), choices=LETTER_KINDS, sent=True, default=None, when={"channel": LETTERS}
    )
    pages: int | None = column(
        N_("页数"), Whole(least=1, most=9999), sent=True, default=None, width=12, when={"channel": LETTERS}
    )
    signature_kind: str | None = column(
        N_("署名方式"), choices=SIGNATURES, sent=True, default=None, when={"channel": LETTERS}
    )
    opened_by: str = column(
        N_("拆封人"), Text(max=30), sent=True, default="", privacy=Privacy.PERSONAL, when={"channel": LETTERS}
    )
    original_location: str = column(
        N_("原件存放"), max=60, sent=True, default="", width=36, when={"channel": LETTERS}
    )
    happened_at: NaiveDatetime | None = column(
        N_("补登的实际时间"),
        Moment(future=False),
        sent=True,
        default=None,
        width=30,
        help=N_("漏登的上月来访记入本月的本子，这里写实际是什么时候。"),
    )
    is_group: bool = column(N_("集体来访"), sent=True, computed=True, default=False, width=16)
    closed_at: NaiveDatetime | None = column(N_("办结时间"), sent=True, computed=True, width=30)
    case: str | None = column(N_("办理单"), link="case", sent=True, computed=True, width=28)
