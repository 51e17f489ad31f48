"""事项类别设置: what an office makes of the county's list of matters: its digits, its own words, what it hides."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from ojr_desk.problems import Problem, Wrong
from ojr_desk.register import Given, Standing, Whole, column, register
from ojr_desk.registers.matters import MATTERS
from ojr_desk.text import N_, _, listed, on_paper

_LONGEST_ALIAS = 20
_BETWEEN = re.compile(r"\W+")


def aliases_of(text: str) -> tuple[str, ...]:
    """Part the words of one cell."""
    return tuple(dict.fromkeys(word for word in _BETWEEN.split(text) if word))


@on_paper()
def _aliases(text: str) -> str:
    """Return words parted by 、, each once."""
    words = aliases_of(text)
    if any(len(word) > _LONGEST_ALIAS for word in words):
        raise Wrong(
            _("每个叫法最多 {most} 个字，几个叫法之间用顿号隔开").format(most=_LONGEST_ALIAS), "too_long"
        )
    return listed(words)


def _hidden_or_offered(values: Mapping[str, Any], given: Given) -> Iterable[Problem]:
    """Refuse a digit for what is not offered; what fits nowhere else must be offered."""
    if values.get("hidden") and values.get("digit"):
        yield Problem(_("不用的类别不能占数字键，请留一样"), "contradiction", "digit")
    if values.get("hidden") and values.get("matter") == "other":
        yield Problem(_("“其他”要留着：归不进别类的都登记在这里"), "needed", "hidden")


@register(
    code="category",
    title=N_("事项类别设置"),
    group="settings",
    number="LB",
    rules=(_hidden_or_offered,),
    unique=("matter", "digit"),
)
class Category(Standing, table=True):
    """What the office says of one matter."""

    matter: str = column(N_("事项类别"), choices=MATTERS, width=36)
    digit: int | None = column(
        N_("数字键"),
        Whole(least=1, most=9),
        default=None,
        width=14,
        help=N_("登记时按这个数字就选中这一类；不填的由程序按用得多少安排。"),
    )
    aliases: str = column(
        N_("本地叫法"),
        max=100,
        check=_aliases,
        default="",
        search=True,
        width=40,
        help=N_("按本地的说法也能找到，例如低保填“五保、低保户”。"),
    )
    hidden: bool = column(N_("不用"), default=False, width=12, help=N_("登记时不再列出，以前登记的不变。"))
