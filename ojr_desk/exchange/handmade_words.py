"""By what words villages call our indicators in the tables that they make themselves."""

import re
from collections.abc import Mapping

from ojr_desk.exchange.table import forms
from ojr_desk.figures import INDICATORS

#: Words for indicators beside their titles; each means one of them only.
SYNONYMS: Mapping[str, tuple[str, ...]] = {
    "open_days_due": ("应开放", "应开放天数"),
    "open_days_actual": ("开放天数", "实开放", "实际开放", "实际开放天数", "开放"),
    "shifts_due": ("应到岗班次", "排班班次"),
    "shifts_kept": ("实到班次", "实际到岗班次"),
    "n_visit": ("来访", "接待来访", "来访登记", "来访批次", "接待群众来访", "群众来访"),
    "visit_heads": ("来访人数", "接待人次", "接待人数", "接待群众人次", "来访群众人次"),
    "n_call": ("来电", "接听来电", "来电登记", "群众来电", "电话咨询"),
    "n_letter": ("来信", "收到来信", "来信登记", "群众来信", "信件"),
    "carry_in": ("上月结转", "结转", "上月未办结", "上期未办结"),
    "accepted": ("受理", "新受理", "受理诉求", "受理事项"),
    "closed": ("办结", "已办结", "办结事项"),
    "withdrawn": ("撤回",),
    "carry_out": ("在办", "月末在办", "未办结", "正在办理", "办理中"),
    "not_accepted": ("不予受理",),
    "ontime": ("按期办结", "按时办结", "期限内办结"),
    "late": ("超期", "超期未办结"),
    "overdue": ("逾期", "逾期未办结"),
    "rated": ("回访", "回访评价"),
    "satisfied": ("满意",),
    "entries": ("登记", "台账登记"),
    "backfilled": ("补录",),
}
_ORDINAL = re.compile(
    r"^(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})[.、)]|^\([0-9一二三四五六七八九十]{1,3}\)"
)
_LEADING = re.compile(r"^(?:其中|本月|本期|当月)[:]?")
_TRAILING = re.compile(r"(?:件数|总数|数量|数|情况|\(?件\)?)$")


def meant_by(*labels: str) -> str | None:
    """Find the code of the indicator that the first of *labels* to be known stands for; None if none is."""
    return next((known for label in labels for word in _shapes(label) if (known := _KNOWN.get(word))), None)


def is_title(label: str, code: str) -> bool:
    """Tell whether *label* is what we call an indicator ourselves."""
    return not set(forms(label)).isdisjoint(forms(INDICATORS[code].title))


def _shapes(label: str) -> list[str]:
    """Write a label in ever shorter shapes."""
    full, short = forms(label)
    found = [full, short]
    bare = _LEADING.sub("", _ORDINAL.sub("", short))
    found += [bare, _TRAILING.sub("", bare)]
    return list(dict.fromkeys(each for each in found if each))


def _known() -> dict[str, str]:
    """Gather every word; a title goes before a synonym, that before what is left of a title."""
    told: dict[str, str] = {}
    for shape in range(4):
        for code, each in INDICATORS.items():
            shapes = _shapes(each.title)
            told.setdefault(shapes[min(shape, len(shapes) - 1)], code)
        if shape == 0:
            told |= {word: code for code, words in SYNONYMS.items() for word in words if word not in told}
    return told


_KNOWN = _known()
