"""R27-A 资产卡片 and R27-C 变动: what the centre has, whose it is, who answers for it, and what became of it."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from ojr_desk.moments import plain
from ojr_desk.problems import Problem, Wrong
from ojr_desk.register import (
    Choice,
    Day,
    DueOn,
    Given,
    Privacy,
    Record,
    Standing,
    Whole,
    column,
    register,
    wanted,
)
from ojr_desk.registers import old_words
from ojr_desk.rules.identity import phone
from ojr_desk.rules.masking import mask_name, mask_phone
from ojr_desk.rules.property import ACQUISITIONS, CLASSES, OWNERSHIPS, SOURCES
from ojr_desk.text import N_, _

BASES = {
    "invoice": N_("票据"),
    "appraisal": N_("评估"),
    "nominal": N_("名义金额"),
    "estimate": N_("暂估"),
}
USES = {
    "in_use": N_("在用"),
    "idle": N_("闲置"),
    "to_dispose": N_("待处置"),
    "missing": N_("盘亏待查"),
    "disposed": N_("已处置"),
}
MOVES = {
    "assign": N_("领用"),
    "give_up": N_("退回"),
    "repair": N_("送修"),
    "repaired": N_("修回"),
    "relocate": N_("移位"),
    "hand_over": N_("更换责任人"),
    "dispose": N_("处置"),
}
CONDITIONS = {"good": N_("完好"), "damaged": N_("损坏"), "missing": N_("缺失")}
#: A single piece from this price on is a fixed asset, if it lasts longer than a year.
_FIXED_FROM = Decimal(1000)
_NUMBER = re.compile(r"[0-9A-Za-z\u4e00-\u9fff][0-9A-Za-z\u4e00-\u9fff./_-]*")
_CODE = re.compile(r"A0[1-8][0-9]{0,6}")


def _asset_number(text: str) -> str:
    """Return the number that stands on a label: letters, digits and - / . _ without blanks."""
    number = plain(text).upper()
    if not _NUMBER.fullmatch(number):
        raise Wrong(_("只能用字母、数字、汉字和 - / . _，中间不要空格"), "asset_number")
    return number


def _class_code(text: str) -> str:
    """Return a code of GB/T 14885, such as A05010000."""
    code = plain(text).upper()
    if not _CODE.fullmatch(code):
        raise Wrong(_("分类代码形如 A05010000，以 A01 到 A08 开头"), "class_code")
    return code


def _approved(values: Mapping[str, Any], given: Given) -> Iterable[Problem]:
    """Keep what was bought without an approval out of the book (8.2.3)."""
    if values.get("acquisition_mode") != "purchase":
        return
    if not values.get("request") and not values.get("history_reason"):
        told = _("购置要先上报批复：请选已经批复的购置申请；本程序启用以前买的，写明补登原因")
        yield Problem(told, "required", "request")
    if values.get("request") and values.get("history_reason"):
        yield Problem(_("有购置申请的，不用写历史资产补登原因"), "contradiction", "history_reason")


def _worth(values: Mapping[str, Any], given: Given) -> Iterable[Problem]:
    """Have what was never priced stand in the book with one yuan, and nothing else be without a price."""
    value = values.get("original_value")
    if value is None:
        return
    if values.get("value_basis") == "nominal" and value != 1:
        yield Problem(_("名义金额按 1 元登记"), "nominal", "original_value")
    if values.get("value_basis") != "nominal" and value == 0:
        told = _("原值是 0：没有价格的，价值类型选“名义金额”，填 1 元")
        yield Problem(told, "nominal", "original_value")


def _in_order(values: Mapping[str, Any], given: Given) -> Iterable[Problem]:
    """Refuse what was used before it came, or is guaranteed until before that."""
    came = values.get("acquired_on")
    for name, told in (
        ("in_service_on", N_("启用日期早于取得日期，请检查")),
        ("warranty_until", N_("质保到期早于取得日期，请检查")),
    ):
        if came and values.get(name) and values[name] < came:
            yield Problem(_(told), "wrong_order", name)


def _same_class(values: Mapping[str, Any], given: Given) -> Iterable[Problem]:
    """Refuse a code that is of another class."""
    code, first = values.get("class_code"), values.get("asset_class")
    if code and first and not code.startswith(first):
        yield Problem(_("分类代码和资产大类不一致，请检查"), "contradiction", "class_code")


def _derive(values: dict[str, Any], given: Given) -> Mapping[str, Any]:
    """Tell by its price whether a thing is a fixed asset, where nobody said."""
    if values.get("is_fixed") is not None:
        return {}
    each = values["original_value"] / values["quantity"]
    years = values.get("useful_years")
    return {"is_fixed": each >= _FIXED_FROM and (years is None or years > 1)}


def _agreement(values: Mapping[str, Any], given: Given) -> Iterable[Problem]:
    """Remind of the paper by which a thing came that nobody bought."""
    if values.get("acquisition_mode") == "donation" and not values.get("supplier"):
        yield Problem(_("接受捐赠的，请写明捐赠人（供应商一栏）并附捐赠协议"), "wanted", "supplier")


@register(
    code="asset",
    title=N_("资产"),
    group="assets",
    number="ZC",
    label_by="asset_name",
    known_by=("asset_name", "asset_no"),
    rules=(_approved, _worth, _in_order, _same_class),
    hints=(wanted("asset", "used_by", "in_service_on"), _agreement),
    derive=_derive,
    unique=("asset_no", "serial_no"),
    dues=(
        DueOn(
            "warranty_until",
            N_("质保到期"),
            who=("keeper",),
            only={"use_state": ("in_use", "idle", "to_dispose", "missing")},
            passes=True,
        ),
    ),
)
class Asset(Standing, table=True):
    """One thing, or so many pieces of one sort. What became of it is told by its moves."""

    asset_name: str = column(
        N_("资产名称"), max=60, width=36, search=True, synonyms=old_words.ASSET_ASSET_NAME
    )
    asset_no: str = column(
        N_("资产编号"),
        max=20,
        check=_asset_number,
        default="",
        width=34,
        search=True,
        index=True,
        synonyms=old_words.ASSET_ASSET_NO,
        help=N_("不填就由程序编；贴在东西上的就是它，以后不再改。"),
    )
    asset_class: str = column(
        N_("资产大类"), choices=CLASSES, default="A05", width=26, synonyms=old_words.ASSET_ASSET_CLASS
    )
    class_code: str = column(
        N_("分类代码"),
        max=9,
        check=_class_code,
        default="",
        width=22,
        synonyms=old_words.ASSET_CLASS_CODE,
        help=N_("GB/T 14885-2022 的代码，有就填。"),
    )
    quantity: int = column(N_("数量"), Whole(least=1, most=1_000_000), default=1, width=14)
    unit: str = column(N_("计量单位"), max=6, default=N_("件"), width=14, synonyms=old_words.ASSET_UNIT)
    original_value: Decimal = column(
        N_("原值（元）"),
        width=24,
        synonyms=old_words.ASSET_ORIGINAL_VALUE,
        help=N_("这张卡片上全部数量的总价。"),
    )
    value_basis: str = column(N_("价值类型"), choices=BASES, default="invoice", width=18)
    ownership: str = column(
        N_("权属性质"),
        choices=OWNERSHIPS,
        default="village",
        width=24,
        synonyms=old_words.ASSET_OWNERSHIP,
        help=N_("由谁批复就看它。"),
    )
    acquisition_mode: str = column(N_("取得方式"), choices=ACQUISITIONS, default="purchase", width=20)
    acquired_on: date = column(
        N_("取得日期"), Day(future=False), width=22, synonyms=old_words.ASSET_ACQUIRED_ON
    )
    request: str | None = column(
        N_("购置申请"),
        link="asset_request",
        default=None,
        width=28,
        index=True,
        when={"acquisition_mode": ("purchase",)},
        help=N_("先上报批复，再购置登记（8.2.3）。"),
    )
    history_reason: str = column(
        N_("历史资产补登原因"),
        max=200,
        default="",
        width=36,
        when={"acquisition_mode": ("purchase",)},
        help=N_("只用于本程序启用以前买的。"),
    )
    venue: str = column(N_("存放地点"), link="venue", width=26, synonyms=old_words.ASSET_VENUE)
    keeper: str = column(
        N_("管理人"), link="staff", privacy=Privacy.PERSONAL, synonyms=old_words.ASSET_KEEPER
    )
    used_by: str | None = column(N_("使用人"), link="staff", default=None, privacy=Privacy.PERSONAL)
    spec: str = column(
        N_("规格型号"), max=60, default="", width=30, search=True, synonyms=old_words.ASSET_SPEC
    )
    brand: str = column(N_("品牌"), max=30, default="", search=True)
    serial_no: str = column(
        N_("序列号"),
        max=40,
        default="",
        width=30,
        search=True,
        index=True,
        synonyms=old_words.ASSET_SERIAL_NO,
    )
    maker: str = column(N_("生产厂家"), max=60, default="", width=30)
    in_service_on: date | None = column(
        N_("启用日期"), default=None, width=22, synonyms=old_words.ASSET_IN_SERVICE_ON
    )
    useful_years: int | None = column(
        N_("使用年限"), Whole(least=1, most=100), default=None, width=16, help=N_("只作参考，不作会计核算。")
    )
    is_fixed: bool | None = column(
        N_("固定资产"),
        default=None,
        width=16,
        help=N_("不选就按单价：1000元以上、能用一年以上的是固定资产，别的是低值易耗品。"),
    )
    fund_source: str | None = column(N_("资金来源"), choices=SOURCES, default=None, width=24)
    invoice_no: str = column(N_("发票号"), max=40, default="", width=28)
    voucher_no: str = column(N_("凭证号"), max=40, default="", width=24, synonyms=old_words.ASSET_VOUCHER_NO)
    supplier: str = column(N_("供应商"), max=60, default="", width=30, synonyms=old_words.ASSET_SUPPLIER)
    warranty_until: date | None = column(
        N_("质保到期"), default=None, width=22, synonyms=old_words.ASSET_WARRANTY_UNTIL
    )
    use_state: str = column(
        N_("使用状况"),
        Choice(choices=USES, reserved=("disposed",)),
        default="in_use",
        width=18,
        help=N_("出借、送修由借用和变动登记；处置要有批复，也在变动里登记。"),
    )


def _complete_move(values: Mapping[str, Any], given: Given) -> Iterable[Problem]:
    """Ask of each sort of move what it is about."""
    for move, name, told in (
        ("relocate", "venue", N_("移位要填移到哪里")),
        ("hand_over", "keeper", N_("更换责任人要填交给谁")),
        ("assign", "used_by", N_("领用要填谁领用")),
        ("repair", "counterparty", N_("送修要填送到哪里修")),
        ("dispose", "request", N_("处置要先上报批复：请选已经批复的处置申请（8.2.3）")),
    ):
        if values.get("move_type") == move and not values.get(name):
            yield Problem(_(told), "required", name)


@register(
    code="asset_move",
    title=N_("资产变动"),
    group="assets",
    number="BD",
    dated_by="moved_on",
    rules=(_complete_move,),
    steps_of={"asset": "asset"},
)
class AssetMove(Record, table=True):
    """One thing that became of an asset. Rows are only added; the card follows from that day on."""

    __tablename__ = "asset_move"

    asset: str = column(N_("资产"), link="asset", width=36, index=True, search=True)
    move_type: str = column(N_("变动类型"), choices=MOVES, width=20)
    moved_on: date = column(
        N_("变动日期"), Day(future=False), default=lambda given: given.now.date(), width=22
    )
    quantity: int | None = column(
        N_("变动数量"),
        Whole(least=1, most=1_000_000),
        default=None,
        width=14,
        help=N_("不填就是全部。"),
        when={"move_type": ("repair", "repaired", "dispose")},
    )
    venue: str | None = column(
        N_("移到"), link="venue", default=None, width=26, when={"move_type": ("relocate",)}
    )
    keeper: str | None = column(
        N_("交给"),
        link="staff",
        default=None,
        privacy=Privacy.PERSONAL,
        when={"move_type": ("hand_over",)},
    )
    used_by: str | None = column(
        N_("领用人"), link="staff", default=None, privacy=Privacy.PERSONAL, when={"move_type": ("assign",)}
    )
    counterparty: str = column(
        N_("对方"),
        max=60,
        default="",
        width=30,
        privacy=Privacy.PERSONAL,
        mask=mask_name,
        when={"move_type": ("repair", "dispose")},
    )
    phone: str = column(
        N_("对方电话"),
        check=phone,
        default="",
        width=26,
        privacy=Privacy.PRIVATE,
        mask=mask_phone,
        when={"move_type": ("repair", "dispose")},
    )
    request: str | None = column(
        N_("处置申请"),
        link="asset_request",
        default=None,
        width=28,
        index=True,
        when={"move_type": ("dispose",)},
    )
    condition: str = column(N_("完好情况"), choices=CONDITIONS, default="good", width=18)
    handled_by: str | None = column(
        N_("经手人"), link="staff", default=lambda given: given.user, privacy=Privacy.PERSONAL
    )


#: The moves by which a card is otherwise from their day on.
TELLING = {
    "relocate": "venue",
    "hand_over": "keeper",
    "assign": "used_by",
}
