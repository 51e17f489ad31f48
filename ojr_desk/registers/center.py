"""R00 中心档案: the centre itself, its names, its superior and what it consists of."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from ojr_desk.moments import plain
from ojr_desk.problems import Problem, Wrong
from ojr_desk.register import Day, Given, Privacy, Standing, Whole, column, register, wanted
from ojr_desk.rules.identity import centre_name, credit_code, division_code, phone
from ojr_desk.text import N_, _

LEVELS = {
    "city": N_("市"),
    "county": N_("县（市、区）"),
    "township": N_("乡镇（街道）"),
    "village": N_("村（社区）"),
    "new_field": N_("新领域新业态"),
}
SUB_TYPES = {
    "village": N_("村"),
    "community": N_("社区"),
    "park": N_("产业园区"),
    "mall": N_("商圈楼宇"),
    "town": N_("特色小镇"),
    "pastoral": N_("田园综合体"),
    "new_community": N_("新型社区"),
    "other": N_("其他"),
}
BUILD_MODES = {"new": N_("新建"), "rebuilt": N_("改建"), "bought": N_("购买"), "shared": N_("整合")}
CO_LOCATED = {
    "culture_hall": N_("文化礼堂"),
    "practice_station": N_("新时代文明实践站"),
    "service_station": N_("便民服务站"),
    "elder_care": N_("居家养老服务照料中心"),
    "veterans": N_("退役军人服务站"),
    "children": N_("儿童之家"),
    "women": N_("妇女之家"),
    "reading": N_("农家书屋"),
    "mediation": N_("人民调解委员会"),
    "police": N_("警务室"),
    "grid": N_("网格工作站"),
    "shelter": N_("避灾安置点"),
    "other": N_("其他"),
}
STARS = {
    "none": N_("未评"),
    "1": N_("一星"),
    "2": N_("二星"),
    "3": N_("三星"),
    "4": N_("四星"),
    "5": N_("五星"),
}


#: What no system, or one of the two, lets a file bear in its name.
_NOT_IN_FILE_NAMES = frozenset('\\/:*?"<>|')
#: How the codes of the prefecture begin.
_WENZHOU = "3303"
#: What the standard wants to know of every centre, and a new office need not know on its first day.
_WANTED = (
    "party_org_name",
    "superior_name",
    "address",
    "hotline",
    "volunteer_hotline",
    "head",
    "contact",
    "opened_on",
    "build_mode",
)


def area_code(text: str) -> str:
    """Return the code of a village, or of what lies above it, which ends in 000."""
    try:
        return division_code(text)
    except Wrong as wrong:
        if wrong.code != "no_village":
            raise
        return "".join(plain(text).split())


def _short_name(text: str) -> str:
    """Return a name that any system lets a file bear."""
    if strange := sorted(set(text) & _NOT_IN_FILE_NAMES):
        raise Wrong(
            _("简称要用在文件名里，不能有 {signs}，请去掉").format(signs=" ".join(strange)), "file_name"
        )
    return text


def _of_wenzhou(values: Mapping[str, Any], given: Given) -> Iterable[Problem]:
    """Doubt a code that is of another prefecture; it is not refused, for codes change with mergers."""
    code = values.get("division_code") or ""
    if code and not code.startswith(_WENZHOU):
        yield Problem(
            _("区划代码 {code} 不是温州市（3303）的，请向上级核对").format(code=code),
            "strange",
            "division_code",
        )


def _villages_code(values: Mapping[str, Any], given: Given) -> Iterable[Problem]:
    """Refuse the code of a township for a village."""
    code = values.get("division_code") or ""
    if values.get("center_type") == "village" and code.endswith("000"):
        yield Problem(
            _("村（社区）的区划代码末三位不能是000，那是乡镇（街道）的，请向上级核对"),
            "no_village",
            "division_code",
        )


@register(
    code="center",
    title=N_("中心档案"),
    group="settings",
    number="ZX",
    label_by="short_name",
    through="init",
    rules=(_villages_code,),
    hints=(wanted("center", *_WANTED), _of_wenzhou),
)
class Center(Standing, table=True):
    """A centre: this office's own, and at a superior's those of its villages."""

    official_name: str = column(
        N_("规范名称"),
        max=60,
        check=centre_name,
        width=60,
        sent=True,
        search=True,
        help=N_("形如“瓯江红××村党群服务中心”，用在每一本台账的标题上。"),
    )
    short_name: str = column(
        N_("简称"), max=12, check=_short_name, width=30, sent=True, help=N_("用在文件名和汇总表里。")
    )
    center_type: str = column(N_("中心类型"), choices=LEVELS, sent=True)
    sub_type: str | None = column(N_("亚类"), choices=SUB_TYPES, sent=True, default=None)
    division_code: str = column(
        N_("统计用区划代码"), max=12, check=area_code, sent=True, default="", width=30
    )
    superior_name: str = column(N_("上级单位"), max=60, sent=True, default="", width=40)
    superior_code: str = column(N_("上级单位代码"), max=20, sent=True, default="")
    party_org_name: str = column(N_("村党组织全称"), max=60, sent=True, default="", width=50)
    committee_name: str = column(N_("村民（居民）委员会全称"), max=60, sent=True, default="", width=50)
    coop_name: str = column(N_("集体经济组织全称"), max=60, sent=True, default="", width=50)
    uscc_committee: str = column(N_("村（居）委会统一社会信用代码"), check=credit_code, sent=True, default="")
    uscc_coop: str = column(N_("集体经济组织统一社会信用代码"), check=credit_code, sent=True, default="")
    address: str = column(N_("地址"), max=120, sent=True, default="", width=60)
    hotline: str = column(
        N_("服务热线"), check=phone, sent=True, default="", width=30, help=N_("印在台账和回执上。")
    )
    volunteer_hotline: str = column(N_("志愿热线"), check=phone, sent=True, default="", width=30)
    head: str | None = column(N_("负责人"), link="staff", sent=True, default=None, privacy=Privacy.PERSONAL)
    contact: str | None = column(
        N_("联系人"), link="staff", sent=True, default=None, privacy=Privacy.PERSONAL
    )
    opened_on: date | None = column(N_("启用日期"), Day(future=False), sent=True, default=None)
    build_mode: str | None = column(N_("建设方式"), choices=BUILD_MODES, sent=True, default=None)
    co_located: tuple[str, ...] = column(
        N_("合署共用"), many=True, choices=CO_LOCATED, sent=True, default=(), width=40
    )
    floor_area: Decimal | None = column(N_("建筑面积（㎡）"), sent=True, default=None)
    party_members: int | None = column(N_("党员数"), Whole(most=100_000), sent=True, default=None)
    branches: int | None = column(N_("党支部数"), Whole(most=10_000), sent=True, default=None)
    registered_people: int | None = column(N_("户籍人口"), sent=True, default=None)
    resident_people: int | None = column(N_("常住人口"), sent=True, default=None)
    last_star: str | None = column(N_("星级（上年度）"), choices=STARS, sent=True, default=None)
