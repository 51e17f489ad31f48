"""Things beside each other: how many pieces are at hand, what their moves may be, and what follows for their cards."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import bindparam, text
from sqlmodel import Session

from ojr_desk.desk.office import Office
from ojr_desk.moments import Month
from ojr_desk.problems import Problem
from ojr_desk.register import REGISTERS
from ojr_desk.rules.pinyin import initials
from ojr_desk.rules.property import GRANTED, Held
from ojr_desk.store import records
from ojr_desk.store.months import is_closed
from ojr_desk.store.schema import OFFICE
from ojr_desk.text import _

#: What a label begins with where the centre's short name has no initials.
_NO_INITIALS = "ZC"
_MOST_INITIALS = 6
#: What of a card only a move may change once it stands in a closed month, or was lent or moved.
_BY_MOVES = ("quantity", "original_value")
_LENT = (
    "SELECT l.asset, sum(l.quantity - coalesce((SELECT sum(r.quantity) FROM loan_return r "
    "WHERE r.item_loan = l.uid AND r.record_status <> 'void'), 0)) FROM item_loan l "
    "WHERE l.asset IN :uids AND l.loan_state IN ('out', 'partly') AND l.record_status <> 'void' GROUP BY l.asset"
)
_REPAIRING = (
    "SELECT asset, sum(CASE move_type WHEN 'repair' THEN quantity ELSE -quantity END) FROM asset_move "
    "WHERE asset IN :uids AND move_type IN ('repair', 'repaired') AND record_status <> 'void' GROUP BY asset"
)
_LOST = (
    "SELECT l.asset, sum(r.quantity) FROM loan_return r JOIN item_loan l ON l.uid = r.item_loan "
    "WHERE l.asset IN :uids AND r.condition = 'missing' AND r.record_status <> 'void' GROUP BY l.asset"
)
_WRITTEN_OFF = (
    "SELECT m.asset, sum(m.quantity) FROM asset_move m JOIN asset_request q ON q.uid = m.request "
    "WHERE m.asset IN :uids AND m.move_type = 'dispose' AND q.request_type = 'loss' "
    "AND m.record_status <> 'void' GROUP BY m.asset"
)


def held_of(session: Session, assets: list[Any]) -> dict[str, Held]:
    """Count for some things, by uid, how many pieces there are and how many of them are out of the house."""
    uids = [each.uid for each in assets]
    lent, repairing, lost, written_off = (
        dict(session.execute(_bound(asked), {"uids": uids}).all())
        for asked in (_LENT, _REPAIRING, _LOST, _WRITTEN_OFF)
    )
    return {
        each.uid: Held(
            quantity=each.quantity,
            lent=lent.get(each.uid, 0),
            repairing=repairing.get(each.uid, 0),
            missing=max(0, lost.get(each.uid, 0) - written_off.get(each.uid, 0)),
        )
        for each in assets
    }


def held_now(session: Session, asset: Any) -> Held:
    """Count how many pieces of a thing there are and how many of them are out of the house."""
    return held_of(session, [asset])[asset.uid]


def _bound(statement: str) -> Any:
    return text(statement).bindparams(bindparam("uids", expanding=True))


def number(session: Session, office: Office, asset: Any) -> None:
    """Give a new thing the next number of its class and year, where nobody typed one."""
    if asset.asset_no:
        return
    own = office.own(session)
    letters = next(iter(initials(own.short_name or "")), "").upper()[:_MOST_INITIALS] or _NO_INITIALS
    head = f"{letters}-{asset.asset_class[1:]}-{asset.acquired_on:%Y}-"
    # Void cards count too: a label that was printed once is never given to another thing.
    asked = "SELECT max(CAST(substr(asset_no, ?) AS INTEGER)) FROM asset WHERE center = ? AND substr(asset_no, 1, ?) = ?"
    given = (len(head) + 1, office.center, len(head), head)
    last = session.connection().exec_driver_sql(asked, given).scalar() or 0
    asset.asset_no = f"{head}{last + 1:04d}"


def judge(session: Session, office: Office, asset: Any, was: Any) -> Iterator[Problem]:
    """Refuse a number that was on another label, what only moves may change, and what nobody approved."""
    uid = was.uid if was else ""
    model: Any = REGISTERS["asset"].model
    same = "SELECT record_no FROM asset WHERE center = ? AND asset_no = ? AND uid <> ? AND record_status = 'void'"
    found = session.connection().exec_driver_sql(same, (office.center, asset.asset_no, uid)).scalar()
    if asset.asset_no and found:
        told = _("资产编号“{number}”用过了（{record}），作废的也不再用")
        yield Problem(told.format(number=asset.asset_no, record=found), "double", "asset_no")
    if was is not None:
        yield from _changed(session, office, asset, was)
    if asset.acquisition_mode == "purchase":
        yield from _bought(session, office, asset, uid, model)


def _changed(session: Session, office: Office, asset: Any, was: Any) -> Iterator[Problem]:
    if asset.asset_no != was.asset_no:
        told = _("资产编号定了就不再改，标签上是 {number}").format(number=was.asset_no)
        yield Problem(told, "fixed", "asset_no")
    fixed = [name for name in _BY_MOVES if getattr(asset, name) != getattr(was, name)]
    if fixed and _is_settled(session, office, was):
        told = _("{label}：已经在册，增减要登记变动；登错了的请作废后重新登记")
        label = _(REGISTERS["asset"].by_name[fixed[0]].label)
        yield Problem(told.format(label=label), "by_moves", fixed[0])


def ended(asset: Any) -> str:
    """Say that the card of what was disposed of stays as it is."""
    told = _("{number} 已经处置，卡片不能再改。").format(number=asset.record_no)
    return told if asset.use_state == "disposed" else ""


def _is_settled(session: Session, office: Office, asset: Any) -> bool:
    """Tell whether others have built on what a card says."""
    month = Month.of(asset.recorded_at.date())
    return is_closed(session, office.center, month) or bool(_built_on(session, asset.uid))


def _built_on(session: Session, uid: str) -> str:
    """Name a record that is about a thing."""
    asked = " UNION ALL ".join(
        f"SELECT record_no FROM {name} WHERE asset = :uid AND record_status <> 'void'"
        for name in ("item_loan", "asset_move", "asset_request")
    )
    return str(session.execute(text(f"{asked} LIMIT 1"), {"uid": uid}).scalar() or "")


def _bought(session: Session, office: Office, asset: Any, uid: str, model: Any) -> Iterator[Problem]:
    """Hold a purchase against what was approved: the day, the pieces, the money (8.2.3)."""
    if not asset.request:
        began = session.execute(OFFICE.select()).one().made_at.date()
        if asset.acquired_on >= began:
            told = _("{day} 起购置的要有批复，不能作历史资产补登：请先登记购置申请并上报")
            yield Problem(told.format(day=began.isoformat()), "not_approved", "request")
        return
    request = records.get(session, REGISTERS["asset_request"], asset.request)
    if request.request_type != "purchase":
        yield Problem(_("{number} 不是购置申请").format(number=request.record_no), "not_approved", "request")
        return
    if problem := ungranted(request, asset.acquired_on, "request"):
        yield problem
        return
    asked = (
        "SELECT coalesce(sum(quantity), 0), coalesce(sum(original_value), 0) FROM asset "
        "WHERE request = ? AND uid <> ? AND record_status <> 'void'"
    )
    had = session.connection().exec_driver_sql(asked, (asset.request, uid)).one()
    if had[0] + asset.quantity > request.approved_quantity:
        told = _("{request} 批准 {granted}，已经登记 {had}，再登记 {now} 就超了")
        told = told.format(
            request=request.record_no, granted=request.approved_quantity, had=had[0], now=asset.quantity
        )
        yield Problem(told, "beyond_approval", "quantity")
    cents = int(asset.original_value * 100)
    if request.approved_amount is not None and had[1] + cents > int(request.approved_amount * 100):
        told = _("{request} 批准 {granted} 元，登记的原值超出了，请检查或另行报批")
        told = told.format(request=request.record_no, granted=f"{request.approved_amount:,.2f}")
        yield Problem(told, "beyond_approval", "original_value")


def ungranted(request: Any, day: date, column: str) -> Problem | None:
    """Tell why what a request asks for may not be done on *day*; None if it may."""
    if request.record_status == "void" or request.request_state not in GRANTED:
        state = REGISTERS["asset_request"].by_name["request_state"].kind.show(request.request_state)
        told = _("{number} 还没有批复同意（{state}），不能办；请先上报，批复后再登记（8.2.3）")
        return Problem(told.format(number=request.record_no, state=state), "not_approved", column)
    if day < request.approved_on:
        told = _("早于 {number} 的批复日期 {day}：先批复，后购置处置")
        told = told.format(number=request.record_no, day=request.approved_on.isoformat())
        return Problem(told, "before_approval", column)
    return None


def holds(session: Session, office: Office, asset: Any) -> Iterator[Problem]:
    """Keep a card in the book that others speak of: what is gone is disposed of, not declared void."""
    if number := _built_on(session, asset.uid):
        told = _("{number} 说到这件资产，不能作废；不要了的请先申请处置")
        yield Problem(told.format(number=number), "built_on")
    elif is_closed(session, office.center, Month.of(asset.recorded_at.date())):
        yield Problem(_("已经在册，登记的月份已经结账，不能作废；不要了的请先申请处置"), "built_on")


def executed(session: Session, request: Any) -> int:
    """Count the pieces that were disposed of, or bought, by a request."""
    asked = (
        "SELECT coalesce((SELECT sum(quantity) FROM asset_move WHERE request = :uid AND record_status <> 'void'), 0)"
        " + coalesce((SELECT sum(quantity) FROM asset WHERE request = :uid AND record_status <> 'void'), 0)"
    )
    return int(session.execute(text(asked), {"uid": request.uid}).scalar_one())


def unusable(office: Office, asset: Any, column: str) -> Problem | None:
    """Tell why nothing can be done with a thing; None if something can."""
    if asset.center != office.center or asset.record_status == "void":
        return Problem(_("{number} 已经作废").format(number=asset.record_no), "void", column)
    if asset.use_state == "disposed":
        told = _("“{name}”（{number}）已经处置").format(name=asset.asset_name, number=asset.asset_no)
        return Problem(told, "disposed", column)
    return None
