"""What is known of every citizen, whether on the staff or at the counter."""

from collections.abc import Iterable, Mapping
from typing import Any

from ojr_desk.moments import Month
from ojr_desk.problems import Problem
from ojr_desk.register import Given
from ojr_desk.rules.identity import birth_and_gender
from ojr_desk.text import N_, _

GENDERS = {"male": N_("男"), "female": N_("女"), "unsaid": N_("未说明")}


def born_already(values: Mapping[str, Any], given: Given) -> Iterable[Problem]:
    """Refuse a birth that is still to come."""
    number = values.get("citizen_id")
    if number and birth_and_gender(number)[0] > given.now.date():
        yield Problem(_("身份证号里的出生日期在今天之后（第7至14位），请照证件核对"), "birth", "citizen_id")
    if (values.get("birth_month") or "") > str(Month.of(given.now.date())):
        yield Problem(_("出生年月在今天之后，请检查"), "birth", "birth_month")
