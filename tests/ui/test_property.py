"""Things in the window: giving back by one button, steps in their turn, everything that is due on one page."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QLabel

from ojr_desk.desk import Desk
from tests.belongings import card, furnished, loan, purchase
from tests.office import add
from tests.ui.conftest import is_a
from ui.dues_page import DuesPage
from ui.following import Following
from ui.link_editor import LinkEditor
from ui.register_page import RegisterPage
from ui.stage import Stage


def done(stage: Stage, work: Callable[[Desk], Any]) -> Any:
    """Do something at the desk; answer with what came of it."""
    answers: list[Any] = []
    stage.office.ask(work, answers.append)
    stage.settle()
    return answers[0]


def leaf(stage: Stage, code: str, uid: str) -> Following:
    """Open a record and answer with the leaf beside its form."""
    page = is_a(stage.go(code), RegisterPage)
    page.panel.open(uid)
    stage.settle()
    return is_a(page.panel.findChild(Following), Following)


def labels(following: Following) -> list[str]:
    items = (following.next.itemAt(at) for at in range(following.next.count()))
    return [item.widget().text() for item in items if item is not None]  # type: ignore[attr-defined] # buttons


def lend(desk: Desk) -> Any:
    furnished(desk)
    return add(desk, "item_loan", loan(add(desk, "asset", card()), person="王碎姆"))


def test_a_field_says_by_what_people_and_things_are_looked_up(stage: Stage) -> None:
    form = is_a(stage.go("item_loan"), RegisterPage).panel.form
    hints = {
        name: is_a(form.field(name).editor, LinkEditor).line.placeholderText() for name in ("person", "asset")
    }
    assert hints == {"person": "姓名、首字母或尾号", "asset": "名称、首字母或编号"}


def test_a_loan_is_given_back_in_parts_by_its_button(stage: Stage) -> None:
    lent = done(stage, lend)
    following = leaf(stage, "item_loan", lent.uid)
    assert labels(following) == ["归还"]
    assert "还有 30" in following.state.text()
    following.choose("back")
    assert following.form is not None
    following.form.field("quantity").editor.put("12", "12")
    following.take()
    stage.settle()
    assert "还有 18" in following.state.text()
    following.choose("back")
    following.take()
    stage.settle()
    assert following.state.text() == "已还清"
    assert labels(following) == []


def test_giving_back_too_much_is_refused_beside_its_field(stage: Stage) -> None:
    lent = done(stage, lend)
    following = leaf(stage, "item_loan", lent.uid)
    following.choose("back")
    assert following.form is not None
    following.form.field("quantity").editor.put("31", "31")
    following.take()
    stage.settle()
    assert "30" in following.form.field("quantity").complaint
    assert done(stage, lambda desk: desk.property.loan(lent.uid)).left == 30


def test_a_request_offers_only_the_steps_of_its_turn(stage: Stage) -> None:
    def ask(desk: Desk) -> Any:
        furnished(desk)
        return add(desk, "asset_request", purchase(ownership="village"))

    request = done(stage, ask)
    following = leaf(stage, "asset_request", request.uid)
    assert labels(following) == ["村级研究", "撤回"]
    assert "五议两公开" in following.state.text()


def test_everything_that_is_due_stands_on_one_page(stage: Stage, tmp_path: Path) -> None:
    lent = done(stage, lend)
    page = is_a(stage.go("dues"), DuesPage)
    stage.settle()
    row = [page.table.item(0, at) for at in range(page.table.columnCount())]
    told = [item.text() for item in row if item is not None]
    assert told == ["2026-11-20", "逾期 2 天", "归还借用物品", "折叠椅", "王*姆", lent.record_no]
    page.export(tmp_path / "due.xlsx")
    stage.settle()
    assert (tmp_path / "due.xlsx").stat().st_size > 0
    page.open()
    stage.settle()
    assert stage.window.here == "item_loan"


def test_a_persons_page_tells_what_that_person_still_has(stage: Stage) -> None:
    lent = done(stage, lend)
    page = is_a(stage.go("person"), RegisterPage)
    page.panel.open(lent.person)
    stage.settle()
    texts = list[QLabel](page.findChildren(QLabel))
    assert any("借用未还：折叠椅 30把" in each.text() for each in texts)
