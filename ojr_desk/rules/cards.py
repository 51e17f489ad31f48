"""What a card of a thing has to tell: its number, its class, its price, the paper by which it came."""

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from ojr_desk.moments import plain
from ojr_desk.problems import Problem, Wrong
from ojr_desk.register import Given
from ojr_desk.text import N_, _

#: A single piece from this price on is a fixed asset, if it lasts longer than a year.
_FIXED_FROM = Decimal(1000)
_NUMBER = re.compile(r"[0-9A-Za-z\u4e00-\u9fff][0-9A-Za-z\u4e00-\u9fff./_-]*")
_CODE = re.compile(r"A0[1-8][0-9]{0,6}")


def asset_number(text: str) -> str:
    """Return the number that stands on a label: letters, digits and - / . _ without blanks."""
    number = plain(text).upper()
    if not _NUMBER.fullmatch(number):
        raise Wrong(_("只能用字母、数字、汉字和 - / . _，中间不要空格"), "asset_number")
    return number


def class_code(text: str) -> str:
    """Return a code of GB/T 14885, such as A05010000."""
    code = plain(text).upper()
    if not _CODE.fullmatch(code):
        raise Wrong(_("分类代码形如 A05010000，以 A01 到 A08 开头"), "class_code")
    return code


def approved(values: Mapping[str, Any], given: Given) -> Iterable[Problem]:
    """Keep what was bought without an approval out of the book (8.2.3)."""
    if values.get("acquisition_mode") != "purchase":
        return
    if not values.get("request") and not values.get("history_reason"):
        told = _("购置要先上报批复：请选已经批复的购置申请；本程序启用以前买的，写明补登原因")
        yield Problem(told, "required", "request")
    if values.get("request") and values.get("history_reason"):
        yield Problem(_("有购置申请的，不用写历史资产补登原因"), "contradiction", "history_reason")


def worth(values: Mapping[str, Any], given: Given) -> Iterable[Problem]:
    """Have what was never priced stand in the book with one yuan, and nothing else be without a price."""
    value = values.get("original_value")
    if value is None:
        return
    if values.get("value_basis") == "nominal" and value != 1:
        yield Problem(_("名义金额按 1 元登记"), "nominal", "original_value")
    if values.get("value_basis") != "nominal" and value == 0:
        told = _("原值是 0：没有价格的，价值类型选“名义金额”，填 1 元")
        yield Problem(told, "nominal", "original_value")


def in_order(values: Mapping[str, Any], given: Given) -> Iterable[Problem]:
    """Refuse what was used before it came, or is guaranteed until before that."""
    came = values.get("acquired_on")
    for name, told in (
        ("in_service_on", N_("启用日期早于取得日期，请检查")),
        ("warranty_until", N_("质保到期早于取得日期，请检查")),
    ):
        if came and values.get(name) and values[name] < came:
            yield Problem(_(told), "wrong_order", name)


def same_class(values: Mapping[str, Any], given: Given) -> Iterable[Problem]:
    """Refuse a code that is of another class."""
    code, first = values.get("class_code"), values.get("asset_class")
    if code and first and not code.startswith(first):
        yield Problem(_("分类代码和资产大类不一致，请检查"), "contradiction", "class_code")


def is_fixed(values: dict[str, Any], given: Given) -> Mapping[str, Any]:
    """Tell by its price whether a thing is a fixed asset, where nobody said."""
    if values.get("is_fixed") is not None:
        return {}
    each = values["original_value"] / values["quantity"]
    years = values.get("useful_years")
    return {"is_fixed": each >= _FIXED_FROM and (years is None or years > 1)}


def agreement(values: Mapping[str, Any], given: Given) -> Iterable[Problem]:
    """Remind of the paper by which a thing came that nobody bought."""
    if values.get("acquisition_mode") == "donation" and not values.get("supplier"):
        yield Problem(_("接受捐赠的，请写明捐赠人（供应商一栏）并附捐赠协议"), "wanted", "supplier")
