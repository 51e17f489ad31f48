"""下级单位: who is to report to a superior, from which month to which, and what became of whom."""

from collections.abc import Iterable, Mapping
from typing import Any

from ojr_desk.moments import Month
from ojr_desk.problems import Problem
from ojr_desk.register import Given, Privacy, Standing, column, register
from ojr_desk.registers.center import LEVELS, area_code
from ojr_desk.rules.identity import phone
from ojr_desk.rules.masking import mask_phone
from ojr_desk.text import N_, _


def _month_code(text: str) -> str:
    """Return a month as 2026-01."""
    return str(Month.parse(text))


def _in_order(values: Mapping[str, Any], given: Given) -> Iterable[Problem]:
    """Refuse an end before its beginning, and a successor of what goes on reporting."""
    begins, ends = values.get("reports_from"), values.get("reports_until")
    if begins and ends and ends < begins:
        yield Problem(_("停止报送的月份早于开始的月份，请检查"), "wrong_order", "reports_until")
    if values.get("became") and not ends:
        told = _("并入别的单位的，请填最后一次报送是哪个月")
        yield Problem(told, "required", "reports_until")


@register(
    code="unit",
    title=N_("下级单位"),
    group="settings",
    number="DW",
    label_by="unit_name",
    known_by=("unit_name", "division_code"),
    default_on=False,
    rules=(_in_order,),
    unique=("unit_name", "division_code"),
)
class Unit(Standing, table=True):
    """One centre below a superior, or a district that only holds some together.

    A new name is a new version from its day on; who is merged stops, and points at what it became.
    """

    unit_name: str = column(N_("单位名称"), max=20, width=30, search=True, pinyin=True)
    division_code: str = column(
        N_("统计用区划代码"), max=12, check=area_code, default="", width=30, search=True
    )
    level: str = column(N_("级别"), choices=LEVELS, default="village", width=24)
    under: str | None = column(
        N_("归谁管"), link="unit", default=None, width=30, help=N_("直接归本级管的不填。")
    )
    is_due: bool = column(N_("要报月报"), default=True, width=16, help=N_("只用来归类的片区不勾。"))
    reports_from: str = column(
        N_("起报月份"),
        check=_month_code,
        default=lambda given: str(Month.of(given.now.date())),
        width=20,
    )
    reports_until: str = column(
        N_("止报月份"), check=_month_code, default="", width=20, help=N_("撤并的填最后一次报送的月份。")
    )
    became: str | None = column(N_("并入（改为）"), link="unit", default=None, width=30)
    reports_as: str | None = column(
        N_("中心档案"),
        link="center",
        default=None,
        width=30,
        help=N_("收到第一份月报时自动填上；换了电脑、重新建的中心，改成新的那一份。"),
    )
    contact: str = column(N_("联系人"), max=20, default="", width=20, privacy=Privacy.PERSONAL)
    contact_phone: str = column(
        N_("联系电话"), check=phone, default="", width=28, privacy=Privacy.PRIVATE, mask=mask_phone
    )
