"""R27-C 资产变动: what became of a thing. The card follows."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from ojr_desk.problems import Problem
from ojr_desk.register import Day, Given, Privacy, Record, Whole, column, register
from ojr_desk.rules.identity import phone
from ojr_desk.rules.masking import mask_name, mask_phone
from ojr_desk.text import N_, _

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
#: The moves by which a card is otherwise from their day on.
TELLING = {
    "relocate": "venue",
    "hand_over": "keeper",
    "assign": "used_by",
}


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
