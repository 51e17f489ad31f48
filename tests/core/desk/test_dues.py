"""到期一览: whatever declares a date stands on one list, by day, and leaves it when it is done."""

from pathlib import Path

from ojr_desk.desk import Desk
from ojr_desk.register import REGISTERS, Link
from ojr_desk.store.query import Query
from tests.belongings import back, card, furnished, loan
from tests.core.printing.reading import texts
from tests.office import add, visit


def test_loans_guarantees_and_cases_stand_on_one_list(desk: Desk, tmp_path: Path) -> None:
    furnished(desk)
    thing = add(desk, "asset", card(warranty_until="2026-12-01"))
    add(desk, "asset", card(warranty_until="2026-11-01"))
    lent = add(desk, "item_loan", loan(thing, quantity=3))
    add(desk, "intake", visit(disposition="accepted", occurred_at="2026-11-20 09:00", matter_nature="help"))
    items = desk.dues.until()
    assert [(each.register, each.what) for each in items if each.register != "case"] == [
        ("item_loan", "归还借用物品"),
        ("asset", "质保到期"),
    ]
    first = items[0]
    assert (first.about, first.who, first.days, first.words) == ("折叠椅", "陈*英", -2, "逾期 2 天")
    assert [each.words for each in items if each.register == "asset"] == ["还有 9 天"]
    case = desk.registers.find("case", Query()).records[0]
    assert [each.day for each in items if each.register == "case"] == [case.due_on]
    ledger = desk.dues.ledger()
    assert [row[5] for row in ledger.rows if "归还" in row[3]] == ["陈阿英"]
    assert desk.dues.print(tmp_path / "due.pdf").pages == 1
    (page,) = texts(tmp_path / "due.pdf")
    assert "本页小计：3条合计：3条" in page
    assert desk.dues.export(tmp_path / "due.xlsx").rows == ledger.rows
    back(desk, lent)
    assert "item_loan" not in {each.register for each in desk.dues.until()}


def test_what_is_declared_is_there() -> None:
    for register in REGISTERS.values():
        for due in register.dues:
            assert register.by_name[due.column].kind.name == "date"
            assert set(due.only) <= set(register.by_name)
            assert set(due.who) <= set(register.by_name)
            assert not due.about or due.about in register.by_name
            for name, codes in due.only.items():
                kind = register.by_name[name].kind
                assert not isinstance(kind, Link)
                assert set(codes) <= set(getattr(kind, "choices", codes))


def test_an_office_without_anything_due_prints_an_empty_list(desk: Desk, tmp_path: Path) -> None:
    assert desk.dues.until() == ()
    assert desk.dues.print(tmp_path / "due.pdf").pages == 1
