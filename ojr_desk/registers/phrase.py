"""常用语: what a clerk writes again and again, found by a short keyword, by initials or by any part of it."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from ojr_desk.moments import plain
from ojr_desk.problems import Problem, Wrong
from ojr_desk.register import Given, Standing, column, register
from ojr_desk.rules.identity import has_citizen_id, has_mobile
from ojr_desk.text import N_, _

#: What a phrase is for: the field that it fills.
USES = {
    "content": N_("主要内容"),
    "reply": N_("答复内容"),
    "progress": N_("办理经过"),
    "any": N_("通用"),
}
_KEYWORD = re.compile("[a-z0-9]{1,12}")


def bare(typed: str) -> str:
    """Leave off the slash before a keyword, or what a Chinese input method made of it."""
    return re.sub(r"^\W+", "", plain(typed).lower())


def _keyword(text: str) -> str:
    """Return a keyword as it is typed behind the slash."""
    word = bare(text)
    if not _KEYWORD.fullmatch(word):
        raise Wrong(_("代码只用字母和数字，最多12个，例如 sb1"), "keyword")
    return word


def _of_nobody(values: Mapping[str, Any], given: Given) -> Iterable[Problem]:
    """Keep what belongs to one person out of a text that is written for all."""
    text = values.get("text") or ""
    if has_citizen_id(text) or has_mobile(text):
        yield Problem(_("常用语是大家用的，不要写身份证号和手机号，请删去"), "personal", "text")


@register(
    code="phrase",
    title=N_("常用语"),
    group="settings",
    number="CY",
    label_by="keyword",
    rules=(_of_nobody,),
)
class Phrase(Standing, table=True):
    """A text that is put into a form by typing its keyword. Two uses may share one keyword."""

    keyword: str = column(
        N_("代码"),
        check=_keyword,
        search=True,
        width=18,
        help=N_("填表时打 / 再打代码，例如 /sb1；也可以打内容的拼音首字母。"),
    )
    text: str = column(N_("常用语内容"), long=True, max=500, search=True, width=100)
    used_for: str = column(N_("用在"), choices=USES, default="any", width=24)
