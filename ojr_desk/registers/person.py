"""Persons: one record for each person served, to which every other register links."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from ojr_desk.problems import Problem
from ojr_desk.register import Given, Privacy, Standing, column, register
from ojr_desk.registers import old_words
from ojr_desk.registers.citizens import GENDERS, born_already
from ojr_desk.rules.identity import birth_and_gender, citizen_id, person_name, phone
from ojr_desk.rules.masking import mask_address, mask_name, mask_phone, screen_id
from ojr_desk.text import N_, _

TYPES = {
    "party": N_("党员"),
    "masses": N_("群众"),
    "deputy": N_("村民代表"),
    "migrant": N_("流动人口"),
    "company": N_("企业代表"),
    "unit": N_("单位"),
    "other": N_("其他"),
}


#: Below this age what is known of a person is sensitive by law (个人信息保护法 第二十八条).
_CHILD = 14


def _reachable(values: Mapping[str, Any], given: Given) -> Iterable[Problem]:
    """Refuse a telephone together with the tick that there is none."""
    if values.get("no_phone") and values.get("phone"):
        yield Problem(_("填了电话，又勾了“无电话”，请留一样"), "contradiction", "no_phone")


def _derive(values: dict[str, Any], given: Given) -> Mapping[str, Any]:
    """Read the gender from the number, and keep a child's record more closely."""
    if not values.get("citizen_id"):
        return {}
    born, gender = birth_and_gender(values["citizen_id"])
    told = {} if values.get("gender") else {"gender": gender}
    if born > _years_before(given.now.date(), _CHILD) and values.get("confidentiality") == "ordinary":
        told["confidentiality"] = "sensitive"
    return told


def _years_before(day: date, years: int) -> date:
    """Return the same day *years* earlier; of 29 February the day before."""
    return day.replace(year=day.year - years, day=28 if (day.month, day.day) == (2, 29) else day.day)


def _same_gender(values: Mapping[str, Any], given: Given) -> Iterable[Problem]:
    """Doubt a gender that the number does not tell."""
    number, gender = values.get("citizen_id"), values.get("gender")
    if number and gender in ("male", "female") and gender != birth_and_gender(number)[1]:
        yield Problem(_("性别和身份证号不一致，请照证件核对"), "strange", "gender")


@register(
    code="person",
    title=N_("服务对象"),
    group="reception",
    number="FW",
    label_by="full_name",
    known_by=("full_name", "alias", "phone", "grid"),
    rules=(_reachable, born_already),
    hints=(_same_gender,),
    derive=_derive,
)
class Person(Standing, table=True):
    """A person served. Nothing of it travels in an ordinary pack."""

    full_name: str = column(
        N_("姓名"),
        check=person_name,
        width=24,
        search=True,
        pinyin=True,
        privacy=Privacy.PERSONAL,
        mask=mask_name,
        help=N_("生僻字照户口本写；打不出的字可以粘贴，或写进“姓名说明”。"),
        synonyms=old_words.PERSON,
    )
    phone: str = column(
        N_("电话"),
        check=phone,
        default="",
        width=26,
        search=True,
        index=True,
        privacy=Privacy.PRIVATE,
        mask=mask_phone,
        help=N_("可以是家人的电话，请写明关系。"),
        synonyms=old_words.PHONE,
    )
    phone_relation: str = column(
        N_("电话关系"), max=20, default="", width=20, help=N_("不是本人的电话时填，如：儿子、邻居。")
    )
    no_phone: bool = column(N_("无电话"), default=False, width=14)
    gender: str | None = column(N_("性别"), choices=GENDERS, default=None, width=12, privacy=Privacy.PERSONAL)
    grid: str = column(N_("网格"), max=20, default="", search=True, width=20, synonyms=old_words.GRID)
    address: str = column(
        N_("住址"),
        max=100,
        default="",
        width=50,
        search=True,
        privacy=Privacy.PRIVATE,
        mask=mask_address,
        synonyms=old_words.ADDRESS,
    )
    party_type: tuple[str, ...] = column(
        N_("身份类别"),
        many=True,
        choices=TYPES,
        default=(),
        width=30,
        privacy=Privacy.PERSONAL,
        synonyms=old_words.IDENTITY,
        words=old_words.IDENTITY_WORDS,
    )
    org_name: str = column(
        N_("单位名称"), max=100, default="", search=True, width=40, synonyms=old_words.ORGANISATION
    )
    alias: str = column(
        N_("曾用名"), max=50, default="", search=True, pinyin=True, privacy=Privacy.PERSONAL, mask=mask_name
    )
    name_note: str = column(N_("姓名说明"), max=100, default="", width=40, privacy=Privacy.PERSONAL)
    citizen_id: str = column(
        N_("公民身份号码"),
        check=citizen_id,
        default="",
        width=40,
        privacy=Privacy.PRIVATE,
        mask=screen_id,
        help=N_("平时不填，只在办理需要时填写；不会上报，也不会印在公示上。"),
        synonyms=old_words.CITIZEN_ID,
    )
    merged_into: str | None = column(
        N_("并入"), link="person", computed=True, index=True, privacy=Privacy.PERSONAL
    )
