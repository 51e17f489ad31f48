"""R27-A 资产卡片: what the centre has, whose it is and who answers for it."""

from datetime import date
from decimal import Decimal

from ojr_desk.register import Choice, Day, DueOn, Privacy, Standing, Whole, column, register, wanted
from ojr_desk.registers import old_words
from ojr_desk.rules import cards
from ojr_desk.rules.property import ACQUISITIONS, CLASSES, OWNERSHIPS, SOURCES
from ojr_desk.text import N_

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


@register(
    code="asset",
    title=N_("资产"),
    group="assets",
    number="ZC",
    label_by="asset_name",
    known_by=("asset_name", "asset_no"),
    rules=(cards.approved, cards.worth, cards.in_order, cards.same_class),
    hints=(wanted("asset", "used_by", "in_service_on"), cards.agreement),
    derive=cards.is_fixed,
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
        check=cards.asset_number,
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
        check=cards.class_code,
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
