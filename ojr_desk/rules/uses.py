"""What a use of a room is for, and what has to be told of it."""

from collections.abc import Iterable, Mapping
from typing import Any

from ojr_desk.problems import Problem
from ojr_desk.register import Given
from ojr_desk.rules.bookings import LONGEST, outranks
from ojr_desk.rules.identity import has_citizen_id
from ojr_desk.text import N_, _

PURPOSES = {
    "party": N_("党组织生活"),
    "meeting": N_("会议"),
    "training": N_("培训"),
    "volunteer": N_("志愿服务"),
    "culture": N_("文体活动"),
    "service": N_("便民服务"),
    "mediation": N_("调解"),
    "after_school": N_("课后托管"),
    "visit": N_("接待参观"),
    "society": N_("社会组织活动"),
    "banquet": N_("红白喜事、宴席"),
    "shelter": N_("避灾安置"),
    "closure": N_("停用（检修、布置）"),
    "other": N_("其他"),
}
#: What a purpose is at least worth, whatever was ticked.
WORTH = {"closure": "closure", "shelter": "emergency", "party": "party"}
#: States that people are told with a reason.
_EXPLAINED = frozenset({"declined", "cancelled", "bumped"})
#: Uses that commonly last over midnight.
_LONG = frozenset({"banquet", "shelter", "closure", "other"})


def order(values: Mapping[str, Any], given: Given) -> Iterable[Problem]:
    """Refuse what ends before it begins, and what never ends."""
    start, end = values.get("start_at"), values.get("end_at")
    if start and end and end <= start:
        yield Problem(_("结束时间要晚于开始时间，请检查"), "wrong_order", "end_at")
    elif start and end and end - start > LONGEST:
        told = _("一次最多订{days}天，请检查年月；确实更久的分几次订")
        yield Problem(told.format(days=LONGEST.days), "too_long", "end_at")
    out, back = values.get("key_out_at"), values.get("returned_at")
    if out and back and back < out:
        yield Problem(_("归还时间早于交钥匙的时间，请检查"), "wrong_order", "returned_at")


def whom(values: Mapping[str, Any], given: Given) -> Iterable[Problem]:
    """Ask who uses the room, how many they are and how they are reached; a closed room is used by nobody."""
    if values.get("purpose") == "closure":
        return
    if not values.get("org_name") and not values.get("person"):
        yield Problem(_("请填使用单位或申请人"), "required", "org_name")
    if not values.get("phone"):
        yield Problem(_("请填联系电话，改期或撞期时要通知到人"), "required", "phone")
    if not values.get("people"):
        yield Problem(_("请填大约多少人"), "required", "people")
    if values.get("minors") and not values.get("guardian"):
        yield Problem(_("有未成年人参加的，请填负责安全的成年人"), "required", "guardian")


def state(values: Mapping[str, Any], given: Given) -> Iterable[Problem]:
    """Ask for what each state is told with, and refuse what cannot have happened yet."""
    state, start = values.get("booking_state"), values.get("start_at")
    if state in _EXPLAINED and not values.get("state_reason"):
        yield Problem(_("取消、拒绝、让渡的要写原因，好向人说明"), "required", "state_reason")
    if state in ("finished", "no_show") and start and start > given.now:
        yield Problem(_("还没有到使用的时间，不能登记用完或未到场"), "too_early", "booking_state")
    if values.get("return_check") == "damaged" and not values.get("damage"):
        yield Problem(_("有损坏的，请写坏了什么、怎么处理"), "required", "damage")
    if values.get("purpose") == "banquet" and state == "finished" and not values.get("return_check"):
        yield Problem(_("宴席用完要检查卫生和设施，请填归还检查"), "required", "return_check")
    deposit, back = values.get("deposit"), values.get("deposit_back")
    if back is not None and back > (deposit or 0):
        yield Problem(_("退的押金比收的多，请检查"), "contradiction", "deposit_back")


def no_citizen_ids(values: Mapping[str, Any], given: Given) -> Iterable[Problem]:
    """Keep ID numbers out of free text."""
    for name in ("subject", "guardian", "state_reason", "approval_note", "damage", "remark"):
        if has_citizen_id(values.get(name) or ""):
            yield Problem(_("这里写了身份证号，请删去"), "citizen_id_in_text", name)


def worth(values: dict[str, Any], given: Given) -> Mapping[str, Any]:
    """Give a purpose the priority that is its own."""
    least = WORTH.get(values.get("purpose") or "", "ordinary")
    priority = values.get("priority") or "ordinary"
    return {"priority": least if outranks(least, priority) else priority}


def unusual(values: Mapping[str, Any], given: Given) -> Iterable[Problem]:
    """Doubt a meeting that lasts over midnight, and remind of what is not told when a use is over."""
    start, end, state = values.get("start_at"), values.get("end_at"), values.get("booking_state")
    if start and end and start.date() != end.date() and values.get("purpose") not in _LONG:
        told = _("跨了{days}天，请核对起止时间")
        yield Problem(told.format(days=(end.date() - start.date()).days + 1), "long", "end_at")
    if end and end < given.now and state in ("pending", "approved", "in_use"):
        yield Problem(_("时间已过，请登记已完成、未到场或已取消"), "wanted", "booking_state")
    if values.get("deposit") and state == "finished" and values.get("deposit_back") is None:
        yield Problem(_("押金还没有登记退还"), "wanted", "deposit_back")
