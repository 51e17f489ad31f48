"""What the invented centre owns, lends and spends: cards, loans that come back or do not, a request, a memo book."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

from ojr_desk.demo.hours import within
from ojr_desk.demo.people import mobile
from ojr_desk.demo.setting import Member
from ojr_desk.demo.stage import Stage
from ojr_desk.demo.words import office, stream, table, told
from ojr_desk.moments import Month
from ojr_desk.store.query import Query

#: Which things are lent: the place in the list, and the most pieces at once.
_LENDABLE = ((0, 30), (1, 4), (2, 3), (3, 1), (4, 1))
_LOANS_A_MONTH = 7
#: Shares of a month's loans that come back in two parts, and that are still out when the month is over.
_IN_PARTS, _LEFT_OUT = 0.3, 0.2


class Property:
    """The things and the money of one office."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._rng = stream(stage.village.seed, "property")
        self._told = told("property")
        self._things: list[str] = []
        desk = stage.desk
        self._kept = all(desk.registers.enabled(code) for code in ("asset", "item_loan", "fund_entry"))

    def furnish(self) -> None:
        """Enter what the centre has had since before the program came."""
        if not self._kept:
            return
        stage, today = self._stage, self._stage.agenda.now.date()
        stage.sit(stage.cast.one("clerk"))
        rooms = self._rooms()
        rows = [self._card(row, rooms, today) for row in table("things")]
        self._things = [each.record.uid for each in stage.desk.registers.add("asset", rows)]

    def _carry(self, day: date) -> None:
        """Enter what was left of last year's money."""
        self._stage.sit(self._stage.cast.one("clerk"))
        for source, amount in (("finance", 6200), ("party_dues", 2400), ("village", 3800)):
            told = {"fund_source": source, "amount": amount, "summary": self._told["carried"]}
            self._book(direction="carried", day=day, **told)

    def plan(self, month: Month) -> None:
        """Put on the agenda what is lent and spent in a month."""
        if not self._kept:
            return
        stage, rng = self._stage, self._rng
        days = stage.office_days(month)
        is_last = month == stage.months[-1]
        busy = max(2, round(_LOANS_A_MONTH * stage.village.busy))
        for n, day in enumerate(sorted(rng.choices(days, k=busy))):
            left = is_last and stage.village.shows_all and (n >= busy - 2 or rng.random() < _LEFT_OUT)
            stage.agenda.at(self._at(day), partial(self._lend, left))
        if month == stage.months[0]:
            stage.agenda.at(self._at(days[0]), partial(self._carry, days[0]))
        stage.agenda.at(self._at(days[1]), self._receive)
        spent = rng.sample(self._told["expense"], 4)
        for day, each in zip(sorted(rng.sample(days[3:], 4)), spent, strict=True):
            stage.agenda.at(self._at(day), partial(self._spend, **each))
        stage.agenda.at(self._at(days[len(days) // 2]), self._repair)
        self._ask(days, is_last and stage.village.shows_all)

    def _rooms(self) -> list[str]:
        desk = self._stage.desk
        found = desk.registers.find("venue", Query(live=True, center=desk.office.center), 30).records
        return [each.uid for each in sorted(found, key=lambda each: each.id)]

    def _card(self, row: tuple[str, ...], rooms: list[str], today: date) -> Mapping[str, Any]:
        name, asset_class, pieces, unit, value, ownership, mode, years, room, lasts, spec = row
        clerk = self._stage.cast.one("clerk").uid
        came = date(today.year - int(years), self._rng.randrange(1, 12), self._rng.randrange(1, 28))
        nominal = value == "1.00"
        return {
            "asset_name": name,
            "asset_class": asset_class,
            "quantity": int(pieces),
            "unit": unit,
            "original_value": value,
            "value_basis": "nominal" if nominal else "invoice",
            "ownership": ownership,
            "acquisition_mode": mode,
            "acquired_on": min(came, today - timedelta(days=40)),
            "history_reason": self._told["history"] if mode == "purchase" else "",
            "venue": rooms[int(room) % len(rooms)],
            "keeper": clerk,
            "used_by": self._stage.cast.one("desk").uid,
            "useful_years": lasts or None,
            "spec": spec,
            "supplier": self._told["donor"] if mode == "donation" else "",
            "warranty_until": today + timedelta(days=75) if name == self._told["guaranteed"] else None,
        }

    def _lend(self, left: bool) -> None:
        stage, rng = self._stage, self._rng
        place, most = rng.choice(_LENDABLE)
        today = stage.agenda.now.date()
        keeper = rng.choice(stage.cast.all("desk", "clerk"))
        stage.sit(keeper)
        wanted = {
            "asset": self._things[place],
            "quantity": rng.randint(1, most),
            "lent_on": today,
            "due_back_on": today + timedelta(days=rng.choice((1, 2, 3, 7))),
            "purpose": rng.choice(self._told["purposes"]),
            **self._borrower(),
        }
        if self._at_hand(wanted["asset"]) < wanted["quantity"]:
            return
        loan = stage.desk.registers.add("item_loan", [wanted])[0].record
        if left:
            return
        parts = [loan.quantity]
        if loan.quantity > 1 and rng.random() < _IN_PARTS:
            parts = [loan.quantity // 2, loan.quantity - loan.quantity // 2]
        for n, pieces in enumerate(parts):
            day = min(today + timedelta(days=rng.choice((1, 2, 4)) + n), stage.months[-1].last)
            moment = max(self._evening(day), stage.agenda.now)
            stage.agenda.at(moment, partial(self._give_back, loan.uid, pieces, keeper))

    def _borrower(self) -> dict[str, Any]:
        known = self._stage.people.known
        if known and self._rng.random() < 0.8:
            return {"person": self._rng.choice(list(known))}
        name = self._rng.choice(self._told["units"])
        return {"borrower": name, "phone": mobile(self._rng)}

    def _at_hand(self, uid: str) -> int:
        return self._stage.desk.property.held(uid).at_hand

    def _give_back(self, loan: str, pieces: int, keeper: Member) -> None:
        self._stage.sit(keeper)
        day = self._stage.agenda.now.date()
        row = {"item_loan": loan, "quantity": pieces, "returned_on": day}
        self._stage.desk.registers.add("loan_return", [row])

    def _repair(self) -> None:
        """Send a thing to repair; it comes back the month after."""
        stage = self._stage
        stage.sit(stage.cast.one("clerk"))
        thing = self._things[7]
        kind = "repaired" if stage.desk.property.held(thing).repairing else "repair"
        row = {"asset": thing, "move_type": kind, "moved_on": stage.agenda.now.date()}
        more = {"counterparty": self._told["repair_shop"]} if kind == "repair" else {}
        stage.desk.registers.add("asset_move", [row | more])

    def _receive(self) -> None:
        told = self._rng.choice(self._told["income"])
        self._book(direction="income", amount=self._rng.randrange(20, 45) * 100, **told)

    def _spend(self, least: int, most: int, **told: Any) -> None:
        source = self._rng.choice(("finance", "finance", "party_dues", "village"))
        amount = Decimal(self._rng.randrange(least * 10, most * 10)).scaleb(-1)
        self._pay(fund_source=source, amount=amount, **told)

    def _pay(self, **told: Any) -> None:
        """Enter an expense with its four names, if there is money for it."""
        cast = self._stage.cast
        left = self._stage.desk.funds.left().get(told["fund_source"], 0)
        if left < int(told["amount"] * 100):
            return
        signers = cast.all("mediator", "handler", "other")
        self._book(
            direction="expense",
            handler=cast.one("desk").uid,
            witness=cast.one("handler").name,
            auditor=signers[0].uid,
            approver=cast.one("secretary").uid,
            receipt_no=f"{self._rng.randrange(10**8):08}",
            **told,
        )

    def _book(self, day: date | None = None, **told: Any) -> None:
        stage = self._stage
        clerk = stage.cast.one("clerk")
        stage.sit(clerk)
        row = {"handler": clerk.uid, "occurred_on": day or stage.agenda.now.date(), **told}
        stage.desk.registers.add("fund_entry", [row])

    def _ask(self, days: list[date], shows_all: bool) -> None:
        """Ask for chairs that are approved and bought; where all is shown, also in vain and for what waits."""
        town = office()["town"]["name"]
        steps = self._told["steps"]
        submitted = {"step": "submit", "submitted_to": town}
        chairs = self._told["purchase"]
        shelves = self._told["scrap"] | {"asset": self._things[9]}
        sound = self._told["rent"] | {"asset": self._things[4]}
        asked = [(chairs, [steps["study"], submitted, steps["granted"]])]
        if shows_all:
            asked += [(shelves, [steps["study"], submitted]), (sound, [submitted, steps["refused"]])]
        for request, way in asked:
            self._stage.agenda.at(self._at(days[2]), partial(self._request, request, way, days))

    def _request(self, request: Mapping[str, Any], way: list[dict[str, Any]], days: list[date]) -> None:
        stage = self._stage
        stage.sit(stage.cast.one("clerk"))
        uid = stage.desk.registers.add("asset_request", [request])[0].record.uid
        for n, step in enumerate(way):
            stage.agenda.at(self._at(days[4 + 2 * n]), partial(self._go_on, uid, step))
        if request["request_type"] == "purchase":
            stage.agenda.at(self._at(days[-3]), partial(self._buy, uid, request))

    def _go_on(self, request: str, step: Mapping[str, Any]) -> None:
        self._stage.sit(self._stage.cast.one("clerk"))
        self._stage.desk.registers.add("request_step", [{"asset_request": request, **step}])

    def _buy(self, request: str, asked: Mapping[str, Any]) -> None:
        """Pay for what was approved, and enter its card."""
        amount = asked["quantity"] * Decimal(asked["unit_price"])
        self._pay(
            fund_source=asked["fund_source"],
            purpose="equipment",
            amount=amount,
            summary=self._told["bought"]["summary"],
            request=request,
        )
        clerk, day = self._stage.cast.one("clerk"), self._stage.agenda.now.date()
        self._stage.sit(clerk)
        card = {
            "asset_name": asked["thing"],
            "quantity": asked["quantity"],
            "unit": self._told["bought"]["unit"],
            "original_value": amount,
            "acquired_on": day,
            "request": request,
            "venue": self._rooms()[2],
            "keeper": clerk.uid,
            "warranty_until": day + timedelta(days=365),
        }
        self._stage.desk.registers.add("asset", [card])

    def _at(self, day: date) -> datetime:
        return within(self._rng, *self._rng.choice(self._stage.hours.sessions(day)))

    def _evening(self, day: date) -> datetime:
        return datetime.combine(day, time(16, 0))
