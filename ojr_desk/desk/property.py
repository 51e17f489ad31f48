"""How things, loans and requests stand today: what a page beside each shows, and what may be done next."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from ojr_desk.desk.loans import ToBeReturned, to_be_returned
from ojr_desk.desk.office import Office
from ojr_desk.desk.requests import steps_of
from ojr_desk.desk.things import held_now, held_of
from ojr_desk.problems import Refused
from ojr_desk.register import REGISTERS
from ojr_desk.rules.property import Held, steps_from
from ojr_desk.store import records
from ojr_desk.text import _


@dataclass(frozen=True)
class Standing:
    """A record, the dated rows that belong to it, oldest first, the names in these, and which may come next."""

    record: Any
    rows: tuple[Any, ...]
    labels: Mapping[str, str]
    may: tuple[str, ...] = ()
    held: Held | None = None
    #: How many pieces of a loan are still out.
    left: int = 0


class Property:
    """The things of this office, who has them, and what was asked about them."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def to_be_returned(self, limit: int = 20) -> ToBeReturned:
        """Read what is lent out and to be given back: overdue, today, soon."""
        with self._office.reading() as session:
            return to_be_returned(session, self._office, limit)

    def held(self, uid: str) -> Held:
        """Count how many pieces of a thing there are and how many of them are out of the house."""
        with self._office.reading() as session:
            return held_now(session, self._one(session, "asset", uid))

    def held_of(self, assets: Sequence[Any]) -> Mapping[str, Held]:
        """Count the same for several things at once, by uid."""
        with self._office.reading() as session:
            return held_of(session, list(assets))

    def asset(self, uid: str) -> Standing:
        """Tell how a thing stands: its moves, and how many of its pieces are at hand."""
        with self._office.reading() as session:
            asset = self._one(session, "asset", uid)
            rows = _rows(session, "asset_move", "asset", uid)
            held = held_now(session, asset)
            usable = asset.record_status != "void" and asset.use_state != "disposed"
            may = ["relocate", "hand_over", "assign"] if usable else []
            may += ["give_up"] if usable and asset.used_by else []
            may += ["repair"] if usable and held.at_hand else []
            may += ["repaired"] if held.repairing else []
            may += ["dispose"] if usable else []
            labels = records.link_labels(session, REGISTERS["asset_move"], rows)
            return Standing(asset, tuple(rows), labels, tuple(may), held)

    def loan(self, uid: str) -> Standing:
        """Tell how a loan stands: what came back, and how much is out."""
        with self._office.reading() as session:
            loan = self._one(session, "item_loan", uid)
            rows = _rows(session, "loan_return", "item_loan", uid)
            left = 0 if loan.record_status == "void" else loan.quantity - loan.returned_quantity
            labels = records.link_labels(session, REGISTERS["loan_return"], rows)
            return Standing(loan, tuple(rows), labels, ("back",) if left else (), left=left)

    def request(self, uid: str) -> Standing:
        """Tell how far a request has come, and which steps it may take."""
        with self._office.reading() as session:
            request = self._one(session, "asset_request", uid)
            rows = steps_of(session, request)
            is_void = request.record_status == "void"
            may = () if is_void else steps_from(request.request_state, request.ownership)
            labels = records.link_labels(session, REGISTERS["request_step"], rows)
            return Standing(request, tuple(rows), labels, may)

    def _one(self, session: Session, code: str, uid: str) -> Any:
        found = records.get(session, REGISTERS[code], uid)
        if found is None:
            told = _("{title}里没有“{uid}”这条记录，请检查编号。")
            raise Refused(told.format(title=_(REGISTERS[code].title), uid=uid[:40]))
        return found


def _rows(session: Session, code: str, link: str, uid: str) -> list[Any]:
    found = records.by_links(session, REGISTERS[code], link, [uid])
    return [each for each in found if each.record_status != "void"]
