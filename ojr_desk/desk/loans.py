"""What is lent out: whether it may be, what came back, and what is to be asked for, by day and by person."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from sqlalchemy import bindparam, text
from sqlmodel import Session

from ojr_desk.desk.office import Office
from ojr_desk.desk.things import held_now, unusable
from ojr_desk.problems import Problem
from ojr_desk.register import REGISTERS
from ojr_desk.registers.item_loan import IS_OUT
from ojr_desk.rules.masking import mask_name
from ojr_desk.store import records
from ojr_desk.text import _

#: Things due back within so many days are told beforehand.
SOON = 3
_MOST = 2000
_OUT = (
    f"SELECT id, due_back_on FROM item_loan WHERE {IS_OUT} AND due_back_on <= :until "
    "AND center = :center AND record_status <> 'void' ORDER BY due_back_on, id LIMIT :most"
)
_OF_PERSONS = (
    f"SELECT id FROM item_loan WHERE person IN :uids AND {IS_OUT} AND record_status <> 'void' "
    "ORDER BY due_back_on, id LIMIT :most"
)


@dataclass(frozen=True)
class Lent:
    """A loan of which something is still out: what, how many pieces, to whom (masked), until when."""

    uid: str
    record_no: str
    thing: str
    quantity: int
    unit: str
    who: str
    due_back_on: date

    @property
    def words(self) -> str:
        """Write it as one line, without the name."""
        told = _("{thing} {n}{unit}，{day} 应还")
        return told.format(thing=self.thing, n=self.quantity, unit=self.unit, day=f"{self.due_back_on:%m-%d}")


@dataclass(frozen=True)
class LentOut:
    """The loans of one sort, the longest due first; *count* is how many there are, listed or not."""

    count: int = 0
    loans: tuple[Lent, ...] = ()


@dataclass(frozen=True)
class ToBeReturned:
    """What is out and is to be given back: overdue, today, within some days."""

    overdue: LentOut = field(default_factory=LentOut)
    today: LentOut = field(default_factory=LentOut)
    soon: LentOut = field(default_factory=LentOut)


def to_be_returned(session: Session, office: Office, limit: int = 20) -> ToBeReturned:
    """Read what is to be given back by `SOON` days from now, with at most *limit* loans of each sort."""
    if not office.enabled(REGISTERS["item_loan"]):
        return ToBeReturned()
    today = office.today()
    until = today + timedelta(days=SOON)
    values = {"until": until.isoformat(), "center": office.center, "most": _MOST}
    rows = [(row.id, date.fromisoformat(row.due_back_on)) for row in session.execute(text(_OUT), values)]
    sorts = (
        [place for place, day in rows if day < today],
        [place for place, day in rows if day == today],
        [place for place, day in rows if day > today],
    )
    late, now, soon = (LentOut(len(places), told(session, places[:limit])) for places in sorts)
    return ToBeReturned(late, now, soon)


def lent_to(session: Session, uids: Sequence[str], limit: int = 20) -> tuple[Lent, ...]:
    """Read what some persons still have, such as one and the doubles of that one, the longest due first."""
    asked = text(_OF_PERSONS).bindparams(bindparam("uids", expanding=True))
    found = session.execute(asked, {"uids": list(uids), "most": limit}).scalars().all()
    return told(session, found)


def told(session: Session, places: Sequence[int]) -> tuple[Lent, ...]:
    """Tell of loans by their row numbers."""
    found = records.by_ids(session, REGISTERS["item_loan"], places)
    things = {each: records.get(session, REGISTERS["asset"], each) for each in {one.asset for one in found}}
    names = records.labels(session, "person", {each.person for each in found if each.person})
    return tuple(
        Lent(
            uid=each.uid,
            record_no=each.record_no,
            thing=things[each.asset].asset_name,
            quantity=each.quantity - each.returned_quantity,
            unit=things[each.asset].unit,
            who=mask_name(names.get(each.person or "", "")) or each.borrower,
            due_back_on=each.due_back_on,
        )
        for each in found
    )


def judge(session: Session, office: Office, loan: Any, was: Any) -> Iterator[Problem]:
    """Refuse to lend what is gone, what is not there, or less than came back."""
    asset = records.get(session, REGISTERS["asset"], loan.asset)
    if problem := unusable(office, asset, "asset"):
        yield problem
        return
    if loan.lent_on < asset.acquired_on:
        day = asset.acquired_on.isoformat()
        yield Problem(_("借出日期早于取得日期 {day}，请检查").format(day=day), "wrong_order", "lent_on")
    back = was.returned_quantity if was is not None else 0
    if was is not None and back and loan.asset != was.asset:
        yield Problem(_("已经归还过，借的是什么不能再改"), "returned", "asset")
    if loan.quantity < back:
        yield Problem(_("已经归还 {n}，借出数量不能比它少").format(n=back), "too_few", "quantity")
    held = held_now(session, asset)
    own = was.quantity - back if was is not None and was.asset == loan.asset else 0
    there = held.at_hand + own
    if loan.quantity - back > there:
        told = _("“{name}”在手的只有 {there}（共 {all}，借出 {lent}，送修 {repairing}），借不出 {wanted}")
        told = told.format(
            name=asset.asset_name,
            there=there,
            all=held.quantity,
            lent=held.lent - own,
            repairing=held.repairing,
            wanted=loan.quantity - back,
        )
        yield Problem(told, "too_many", "quantity")


def judge_row(session: Session, office: Office, loan: Any, earlier: Sequence[Any]) -> Iterator[Problem]:
    """Judge a loan of a batch: what an earlier row lends is not there any more."""
    found = list(judge(session, office, loan, None))
    yield from found
    asset = records.get(session, REGISTERS["asset"], loan.asset)
    gone = sum(each.quantity for each in earlier)
    there = held_now(session, asset).at_hand - gone
    if not found and loan.quantity > there:
        told = _("前面的行借出 {gone} 以后，“{name}”在手的只有 {there}，借不出 {wanted}")
        told = told.format(gone=gone, name=asset.asset_name, there=there, wanted=loan.quantity)
        yield Problem(told, "too_many", "quantity")


def holds(session: Session, office: Office, loan: Any) -> Iterator[Problem]:
    """Keep a loan of which something came back."""
    if loan.returned_quantity:
        yield Problem(_("已经有归还登记，不能作废；登错的归还请先撤销"), "returned")


def complete(session: Session, office: Office, back: Any) -> None:
    """Take all that is out where nobody said how many came back."""
    loan = records.get(session, REGISTERS["item_loan"], back.item_loan)
    if back.quantity is None:
        back.quantity = loan.quantity - loan.returned_quantity or None


def judge_return(session: Session, office: Office, back: Any, was: Any) -> Iterator[Problem]:
    """Refuse what comes back before it was lent, and more than was lent."""
    if was is not None:
        return
    loan = records.get(session, REGISTERS["item_loan"], back.item_loan)
    left = loan.quantity - loan.returned_quantity
    if loan.record_status == "void" or loan.center != office.center:
        yield Problem(_("{number} 已经作废").format(number=loan.record_no), "void", "item_loan")
        return
    if not left:
        told = _("{number} 已经还清了").format(number=loan.record_no)
        yield Problem(told, "too_many", "quantity")
    elif back.quantity > left:
        told = _("{number} 还没还的只有 {left}，还不了 {wanted}，请检查")
        told = told.format(number=loan.record_no, left=left, wanted=back.quantity)
        yield Problem(told, "too_many", "quantity")
    if back.returned_on < loan.lent_on:
        day = loan.lent_on.isoformat()
        yield Problem(_("归还日期早于借出日期 {day}，请检查").format(day=day), "wrong_order", "returned_on")
