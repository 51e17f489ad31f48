"""How far a month has come on its way to the superior and back."""

from pathlib import Path

from ojr_desk.desk import Desk
from ojr_desk.moments import Month
from tests.office import add, visit

OCTOBER = Month(2026, 10)


def test_a_month_goes_to_the_superior_and_back(desk: Desk, superior: Desk, tmp_path: Path) -> None:
    def stage() -> str:
        return desk.months.state(OCTOBER).stage

    def answered(state: str) -> None:
        name = superior.registers.get("center", desk.office.center).official_name
        path = superior.outbox.answer(name, OCTOBER, state, "请核对", tmp_path / f"{state}.xlsx")
        assert [each.problems for each in desk.inbox.receive([path])] == [()]

    add(desk, "intake", visit(occurred_at="2026-10-12 09:00"))
    assert stage() == "open"
    desk.months.close(OCTOBER)
    assert stage() == "closed"
    superior.inbox.receive([desk.outbox.send(OCTOBER, tmp_path / "1").files[0]])
    assert stage() == "sent"
    answered("returned")
    assert (stage(), desk.months.state(OCTOBER).state) == ("returned", "closed")
    desk.months.reopen(OCTOBER, "退回修改", "王书记")
    assert stage() == "open"
    add(desk, "intake", visit(occurred_at="2026-10-13 09:00"))
    desk.months.close(OCTOBER)
    assert stage() == "returned"
    superior.inbox.receive([desk.outbox.send(OCTOBER, tmp_path / "2").files[0]])
    assert stage() == "sent"
    answered("accepted")
    assert stage() == "accepted"
