"""Things, loans and requests for tests: what a clerk would type."""

from typing import Any

from ojr_desk.desk import Desk
from tests.office import add

TOWN = "临江街道办事处"


def furnished(desk: Desk) -> None:
    """Enter the room and the people without whom no thing has a place and a keeper."""
    add(desk, "venue", {"venue_name": "党员活动室", "area": "80", "capacity": 40})
    for name in ("林晓敏", "陈国平", "叶监委"):
        add(desk, "staff", {"full_name": name})


def card(**more: Any) -> dict[str, Any]:
    """What a clerk types of a thing that was there before the program came."""
    return {
        "asset_name": "折叠椅",
        "quantity": 50,
        "unit": "把",
        "original_value": "4000",
        "acquired_on": "2024-05-06",
        "history_reason": "照原资产账登记",
        "venue": "党员活动室",
        "keeper": "林晓敏",
    } | more


def loan(asset: Any, **more: Any) -> dict[str, Any]:
    """What a clerk types when something is lent."""
    return {
        "asset": asset.uid,
        "quantity": 30,
        "person": "陈阿英",
        "lent_on": "2026-11-10",
        "due_back_on": "2026-11-20",
    } | more


def back(desk: Desk, lent: Any, **more: Any) -> Any:
    """Give some or all of a loan back."""
    return add(desk, "loan_return", {"item_loan": lent.uid, "returned_on": "2026-11-18"} | more)


def purchase(**more: Any) -> dict[str, Any]:
    """What a clerk types who asks for something to be bought."""
    return {
        "asked_on": "2026-11-02",
        "request_type": "purchase",
        "ownership": "state",
        "thing": "躺椅",
        "quantity": 4,
        "unit_price": "260",
        "fund_source": "finance",
        "reason": "午休用椅不够",
    } | more


def step(desk: Desk, request: Any, code: str, day: str, **more: Any) -> Any:
    """Take a step of a request."""
    row = {"asset_request": request.uid, "step": code, "occurred_on": day} | more
    return add(desk, "request_step", row)


def approve(desk: Desk, request: Any, day: str = "2026-11-09", **more: Any) -> Any:
    """Have a request go up and come back approved; answer with it as it is then."""
    step(desk, request, "submit", "2026-11-05", submitted_to=TOWN)
    step(desk, request, "approve", day, **({"result": "agree", "approval_no": "临街〔2026〕8号"} | more))
    return desk.registers.get("asset_request", request.uid)


def bought(request: Any, **more: Any) -> dict[str, Any]:
    """What a clerk types of a thing that was bought by a request."""
    return (
        card(
            asset_name="躺椅",
            quantity=4,
            original_value="1040",
            acquired_on="2026-11-12",
            request=request.uid,
        )
        | {"history_reason": ""}
        | more
    )


def expense(**more: Any) -> dict[str, Any]:
    """What a clerk types of money that was spent."""
    return {
        "occurred_on": "2026-11-12",
        "direction": "expense",
        "fund_source": "finance",
        "amount": "120.50",
        "summary": "打印纸",
        "purpose": "supplies",
        "handler": "林晓敏",
        "witness": "周阿福",
        "auditor": "叶监委",
        "approver": "陈国平",
    } | more


def income(**more: Any) -> dict[str, Any]:
    """What a clerk types of money that came in."""
    return {
        "occurred_on": "2026-11-03",
        "direction": "income",
        "fund_source": "finance",
        "amount": "1000",
        "summary": "镇财政拨付",
        "handler": "林晓敏",
    } | more
