"""R10 人员与岗位: who works in the centre, and on which post."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from ojr_desk.moments import Month, plain
from ojr_desk.problems import Problem, Wrong
from ojr_desk.register import Given, Privacy, Standing, Whole, column, register, wanted
from ojr_desk.registers import old_words
from ojr_desk.registers.citizens import GENDERS, born_already
from ojr_desk.rules.identity import citizen_id, person_name, phone
from ojr_desk.rules.masking import mask_name, mask_phone, screen_id
from ojr_desk.text import N_, _

POLITICAL = {
    "party": N_("中共党员"),
    "probationary": N_("中共预备党员"),
    "league": N_("共青团员"),
    "democratic": N_("民主党派"),
    "independent": N_("无党派人士"),
    "masses": N_("群众"),
}
CATEGORIES = {
    "secretary": N_("村（社区）党组织书记"),
    "committee": N_("两委成员"),
    "supervisor": N_("村监委主任（委员）"),
    "clerk": N_("村文书"),
    "cashier": N_("报账员"),
    "social_worker": N_("专职社工"),
    "grid_full": N_("专职网格员"),
    "grid_part": N_("兼职网格员"),
    "grid_micro": N_("微网格长"),
    "party_worker": N_("党群专职工作者"),
    "graduate": N_("选调生（村官）"),
    "resident": N_("驻村干部"),
    "contracted": N_("政府购买服务人员"),
    "volunteer": N_("志愿者岗"),
    "welfare": N_("公益性岗位"),
    "other": N_("其他"),
}
HIRE_MODES = {
    "elected": N_("选任"),
    "hired": N_("聘任"),
    "contracted": N_("政府购买服务"),
    "seconded": N_("派驻"),
    "volunteer": N_("志愿"),
}
STATES = {
    "working": N_("在岗"),
    "seconded": N_("借调"),
    "sick": N_("长期病假"),
    "left": N_("离职"),
    "retired": N_("退休"),
}
#: Who is in these states works here no more.
GONE = frozenset({"left", "retired"})
ZONES = {
    "training": N_("政治训练区"),
    "service": N_("公共服务区"),
    "display": N_("党建展示区"),
    "volunteering": N_("党员志愿服务区"),
    "culture": N_("文体活动区"),
    "other": N_("其他"),
}
REVIEW_CYCLES = {"month": N_("月"), "quarter": N_("季"), "half": N_("半年"), "year": N_("年")}


def _birth_month(text: str) -> str:
    """Return a month as 1981-03."""
    return str(Month.parse(text))


def _short_number(text: str) -> str:
    """Return the number of a village network, of three to six digits."""
    number = plain(text)
    if not (number.isascii() and number.isdigit() and 3 <= len(number) <= 6):
        raise Wrong(_("短号是3到6位数字，请检查"), "short_number")
    return number


def _posted_again(values: Mapping[str, Any], given: Given) -> Iterable[Problem]:
    """Remind of duties that were changed after they were hung on the wall."""
    posted, since = values.get("posted_on"), values.get("valid_from")
    if posted and since and posted < since:
        yield Problem(_("岗位职责在上墙以后改过，请重新上墙并改上墙日期"), "posted", "posted_on")


def _dates_in_order(values: Mapping[str, Any], given: Given) -> Iterable[Problem]:
    """Refuse an end before its beginning."""
    start, end = values.get("start_on"), values.get("end_on")
    if start and end and end < start:
        yield Problem(_("离任日期早于任职日期，请检查"), "wrong_order", "end_on")


def _two_holders(values: Mapping[str, Any], given: Given) -> Iterable[Problem]:
    """Refuse a stand-in who is the holder."""
    if values.get("holder") and values.get("holder") == values.get("backup_holder"):
        yield Problem(_("A岗和B岗不能是同一个人，请另选一位"), "same_person", "backup_holder")


@register(
    code="staff",
    title=N_("人员"),
    group="settings",
    number="RY",
    label_by="full_name",
    rules=(_dates_in_order, born_already),
    hints=(wanted("staff", "mobile", "start_on", "hire_mode"),),
)
class Staff(Standing, table=True):
    """A person who works in the centre."""

    full_name: str = column(
        N_("姓名"),
        check=person_name,
        width=20,
        sent=True,
        search=True,
        pinyin=True,
        privacy=Privacy.PERSONAL,
        mask=mask_name,
        synonyms=old_words.STAFF,
    )
    gender: str | None = column(N_("性别"), choices=GENDERS, default=None, width=12, privacy=Privacy.PERSONAL)
    birth_month: str = column(
        N_("出生年月"), check=_birth_month, default="", privacy=Privacy.PRIVATE, help=N_("形如 1981-03。")
    )
    political_status: str | None = column(
        N_("政治面貌"),
        choices=POLITICAL,
        default=None,
        privacy=Privacy.PRIVATE,
        synonyms=old_words.POLITICS,
        words=old_words.POLITICAL_WORDS,
    )
    staff_category: tuple[str, ...] = column(
        N_("人员类别"), many=True, choices=CATEGORIES, sent=True, default=("other",), width=36
    )
    position_title: str = column(
        N_("党内/行政职务"), max=40, sent=True, default="", width=36, synonyms=old_words.POSITION
    )
    is_full_time: bool = column(N_("专职"), sent=True, default=True, width=12)
    start_on: date | None = column(N_("任职日期"), sent=True, default=None, synonyms=old_words.APPOINTED)
    end_on: date | None = column(N_("离任日期"), sent=True, default=None)
    hire_mode: str | None = column(N_("聘用方式"), choices=HIRE_MODES, sent=True, default=None)
    grid: str = column(N_("网格"), max=20, sent=True, default="")
    mobile: str = column(
        N_("手机"),
        check=phone,
        default="",
        width=26,
        privacy=Privacy.PRIVATE,
        mask=mask_phone,
        search=True,
        help=N_("屏幕和本子上只显示前三位和后四位。"),
        synonyms=old_words.MOBILE,
    )
    short_no: str = column(N_("短号"), check=_short_number, default="", privacy=Privacy.PRIVATE)
    office_tel: str = column(N_("办公电话"), check=phone, sent=True, default="", width=28)
    citizen_id: str = column(
        N_("公民身份号码"),
        check=citizen_id,
        default="",
        width=40,
        privacy=Privacy.PRIVATE,
        mask=screen_id,
        help=N_("只在发工资、签合同需要时填写。"),
        synonyms=old_words.CITIZEN_ID,
    )
    is_first_responder: bool = column(N_("首问责任岗"), sent=True, default=True, width=16)
    employment_state: str = column(N_("在岗状态"), choices=STATES, sent=True, default="working")


@register(
    code="post",
    title=N_("岗位"),
    group="settings",
    number="GW",
    label_by="post_name",
    rules=(_two_holders,),
    hints=(wanted("post", "holder"), _posted_again),
)
class Post(Standing, table=True):
    """A post, with its duties as they hang on the wall."""

    post_name: str = column(N_("岗位名称"), max=20, width=30, sent=True, search=True)
    duties: str = column(N_("岗位职责"), long=True, max=2000, width=90, sent=True)
    headcount: int = column(N_("职数"), Whole(least=1, most=99), sent=True, default=1, width=12)
    holder: str | None = column(N_("A岗"), link="staff", sent=True, default=None, privacy=Privacy.PERSONAL)
    backup_holder: str | None = column(
        N_("B岗"), link="staff", sent=True, default=None, privacy=Privacy.PERSONAL
    )
    zone: str | None = column(N_("所属功能区"), choices=ZONES, sent=True, default=None, width=24)
    posted_on: date | None = column(N_("上墙日期"), sent=True, default=None)
    version: int = column(
        N_("版次"),
        Whole(least=1, most=999),
        sent=True,
        default=1,
        width=12,
        help=N_("职责改了重新上墙时加一。"),
    )
    review_cycle: str | None = column(N_("考核周期"), choices=REVIEW_CYCLES, sent=True, default=None)
