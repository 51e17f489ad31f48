"""R12 场地: the centre's rooms. One room may serve many functions of Appendix A; its area counts once."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from ojr_desk.problems import Problem
from ojr_desk.register import Amount, Given, Privacy, Standing, Whole, column, register, wanted
from ojr_desk.registers import old_words
from ojr_desk.text import N_, _

ZONE_ITEMS = {
    "A01": N_("主题党日"),
    "A02": N_("红色讲堂"),
    "A03": N_("服务大厅（窗口）"),
    "A04": N_("党代表工作室"),
    "A05": N_("党建展示"),
    "A06": N_("党员志愿服务平台"),
    "A07": N_("优秀服务团队、特色品牌"),
    "A08": N_("党员志愿服务网络"),
    "A09": N_("长者服务"),
    "A10": N_("儿童中心"),
    "A11": N_("家长沙龙"),
    "A12": N_("红色影院"),
    "A13": N_("家庭中心"),
    "A14": N_("学生课后托管"),
    "A15": N_("百姓健身房"),
    "A16": N_("城市书房"),
    "A17": N_("物资器材库"),
    "A18": N_("档案资料室"),
}
EQUIPMENT = {
    "projector": N_("投影"),
    "sound": N_("音响"),
    "air": N_("空调"),
    "board": N_("一体机"),
    "flag": N_("党旗"),
    "oath": N_("宣誓台"),
    "chairs": N_("桌椅"),
}
OPEN_TO = {
    "party": N_("党组织"),
    "village": N_("村级组织"),
    "social": N_("社会组织"),
    "resident": N_("居民"),
    "company": N_("企业"),
    "school": N_("学校"),
}
STATES = {
    "normal": N_("正常"),
    "repair": N_("维修"),
    "off": N_("停用"),
    "requisitioned": N_("应急征用"),
}


def _approved(values: Mapping[str, Any], given: Given) -> Iterable[Problem]:
    """Remind of who says yes to a booking, and that rooms of the centre are not for rent."""
    if values.get("bookable") and not values.get("approver"):
        yield Problem(_("可预约的场地还没有填审批人"), "wanted", "approver")
    if values.get("is_charged"):
        yield Problem(_("中心场地不得租赁；确需收费的要有批复（8.2.3），请附上"), "charged", "is_charged")


@register(
    code="venue",
    title=N_("场地"),
    group="settings",
    number="CS",
    label_by="venue_name",
    hints=(wanted("venue", "zone_items", "open_to"), _approved),
    unique=("venue_name", "venue_code"),
)
class Venue(Standing, table=True):
    """One physical room."""

    venue_name: str = column(N_("名称"), max=30, width=36, sent=True, search=True, synonyms=old_words.VENUE)
    venue_code: str = column(N_("场地编码"), max=12, sent=True, default="", width=20, search=True)
    floor: str = column(N_("楼层"), max=10, sent=True, default="", width=14)
    location: str = column(N_("位置"), max=60, sent=True, default="", width=36, synonyms=old_words.PLACE)
    area: Decimal = column(
        N_("面积（㎡）"),
        Amount(least=Decimal("0.01"), most=Decimal(100_000)),
        sent=True,
        synonyms=old_words.AREA,
    )
    capacity: int = column(
        N_("容纳人数"), Whole(least=1, most=100_000), sent=True, width=18, synonyms=old_words.SEATS
    )
    zone_items: tuple[str, ...] = column(
        N_("对应功能项"),
        many=True,
        choices=ZONE_ITEMS,
        sent=True,
        default=(),
        width=50,
        help=N_("一室可以多用（7.2 g），面积只算一次。"),
    )
    equipment: tuple[str, ...] = column(
        N_("固定设备"), many=True, choices=EQUIPMENT, sent=True, default=(), width=36
    )
    cleanup: int = column(
        N_("清场时间（分钟）"),
        Whole(least=0, most=240),
        sent=True,
        default=0,
        width=24,
        help=N_("两次使用之间至少空出多少分钟，用来打扫和摆桌椅。"),
    )
    bookable: bool = column(N_("可预约"), sent=True, default=True, width=14)
    approver: str | None = column(
        N_("审批人"), link="staff", sent=True, default=None, privacy=Privacy.PERSONAL
    )
    open_to: tuple[str, ...] = column(
        N_("开放对象"), many=True, choices=OPEN_TO, sent=True, default=(), width=36
    )
    is_charged: bool = column(
        N_("收费"), sent=True, default=False, width=12, help=N_("收费要有批复；中心场地不得租赁（8.2.3）。")
    )
    usage_rules: str = column(N_("使用须知"), long=True, max=1000, sent=True, default="", width=60)
    venue_state: str = column(N_("使用状态"), choices=STATES, sent=True, default="normal")
