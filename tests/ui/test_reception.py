"""A clerk's morning at the counter, by keyboard only: every key goes through the real window."""

import re
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from ojr_desk.desk import Clock
from tests.ui.conftest import children, fill, front, is_a
from tests.ui.hands import Hands, at_the_counter, counter, intakes
from ui.case_page import CasePage
from ui.case_steps import CaseSteps
from ui.paper_dialog import PaperDialog
from ui.person_page import PersonPage
from ui.reception.page import ReceptionPage
from ui.register_page import RegisterPage
from ui.stage import Stage


@pytest.fixture
def stage(qapp: QApplication, village: Path, clock: Clock) -> Iterator[Stage]:
    with at_the_counter(village, clock) as opened:
        yield opened


@pytest.fixture
def hands(stage: Stage) -> Hands:
    return Hands(stage)


def test_a_returning_person_s_visit_takes_at_most_six_groups_of_keys(stage: Stage, hands: Hands) -> None:
    before = len(intakes(stage))
    # With the phrases that every village begins with.
    hands.press("F2")
    hands.press("wsm")
    hands.press("Enter")
    assert "来访" in " ".join(counter(stage).visits.words)
    hands.press("1")
    hands.press("/yb1")
    hands.press("Enter")
    assert hands.groups <= 6
    assert "已保存" in counter(stage).notice.text()
    saved = intakes(stage)
    assert len(saved) == before + 1
    first = saved[0]
    assert first.content == "咨询城乡居民医保缴费的时间、标准和办法。"  # type: ignore[attr-defined] # a record of the register
    assert first.reply_content.startswith("已告知缴费的时间")  # type: ignore[attr-defined] # a record of the register
    # The next form is ready, and the cursor stands in the name.
    assert counter(stage).visitor.line.hasFocus()
    assert counter(stage).content.value() == ""


def test_a_new_visitor_whose_matter_is_taken_up_hears_until_when(stage: Stage, hands: Hands) -> None:
    hands.press("F2")
    hands.compose("周阿芳")
    hands.press("Tab", "13957779999", "Tab")
    hands.press("6")
    hands.compose("村口路灯不亮")
    hands.press("Tab", "3")
    hands.press("Enter")
    panel = counter(stage)
    assert "已保存" in panel.notice.text()
    assert "请转告：最晚" in panel.promise.text()
    assert not panel.promise.isHidden()
    people: list[object] = []
    stage.office.ask(lambda desk: desk.persons.with_phone("13957779999"), people.extend)
    stage.settle()
    assert [each.full_name for each in people] == ["周阿芳"]  # type: ignore[attr-defined] # a record


def test_a_call_begins_with_the_number_and_finds_who_calls(stage: Stage, hands: Hands) -> None:
    hands.press("F3")
    hands.press("13957770001", "Tab")
    panel = counter(stage)
    assert panel.visitor.words() == "王碎姆"
    assert panel.visits.words
    hands.press("2")
    hands.compose("来电问养老金什么时候发")
    panel.reply.setFocus()
    hands.compose("已告知每月十五日前")
    hands.press("Enter")
    assert "已保存 LD" in counter(stage).notice.text()


def test_a_letter_of_nobody_is_written_down(stage: Stage, hands: Hands) -> None:
    hands.press("F4")
    panel = counter(stage)
    hands.compose("匿名")
    hands.press("Tab")
    assert panel.visitor.anonymous.isChecked()
    panel.category.control.setFocus()
    hands.press("9")
    hands.compose("希望修好操场的灯")
    panel.disposition.control.setFocus()
    hands.press("6", "Enter")
    assert "已保存 LX" in counter(stage).notice.text() or "收件日期" in counter(stage).notice.text()


def test_digits_and_enter_belong_to_the_input_method_while_it_composes(stage: Stage, hands: Hands) -> None:
    hands.press("F2")
    content = counter(stage).content
    content.setFocus()
    QApplication.sendEvent(content.text, QInputMethodEvent("lu deng", []))
    QTest.keyClicks(content.text, "1")
    QTest.keyClick(content.text, Qt.Key.Key_Return)
    stage.settle()
    assert counter(stage).category.value() == ""
    assert counter(stage).notice.is_clear


def test_what_stood_above_is_written_again_by_one_key(stage: Stage, hands: Hands) -> None:
    hands.press("F2")
    hands.press("wsm", "Enter", "1", "/zz1", "Enter")
    hands.press("F8")
    panel = counter(stage)
    assert panel.visitor.words() == "王碎姆"
    panel.content.setFocus()
    hands.press("F8")
    assert panel.content.value() == "来问医保怎么交，到哪里交。"


def test_ctrl_z_in_an_empty_line_takes_the_last_deed_back(stage: Stage, hands: Hands) -> None:
    hands.press("F2")
    hands.press("wsm", "Enter", "1", "/zz1", "Enter")
    number = counter(stage).notice.text().split()[-1]
    assert number in stage.window.undo.text()
    QTest.keyClick(counter(stage).visitor.line, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    stage.settle()
    assert "已撤销" in stage.window.notice.text()
    assert intakes(stage)[0].record_status == "void"  # type: ignore[attr-defined] # a record of the register


def test_several_cases_are_reminded_together(stage: Stage, hands: Hands) -> None:
    for _place in range(2):
        hands.press("F2", "wsm", "Enter", "6")
        hands.compose("路灯不亮请来修")
        hands.press("Tab", "3", "Enter")
    page = is_a(stage.go("case"), CasePage)
    table = page.list.table
    assert table.records.rowCount() == 2
    assert "工作日" in table.records.row(0).texts[0]  # type: ignore[union-attr] # it is held
    table.selectAll()
    stage.settle()
    assert len(table.chosen) == 2
    assert all(each.isVisible() for each in page._together)


def test_the_same_matter_of_the_same_person_is_told_while_it_is_typed(stage: Stage, hands: Hands) -> None:
    hands.press("F2", "wsm", "Enter", "1")
    assert "同样的事" in " ".join(counter(stage).visits.words)
    hands.press("F3", "13957770001", "Tab", "5")
    assert counter(stage).visits.words
    assert "同样的事" not in " ".join(counter(stage).visits.words)


def take(stage: Stage, page: CasePage, step: str, **values: str) -> None:
    """Take a step of the case that is open, as the buttons of its trail do."""
    steps = is_a(page.panel._beside, CaseSteps)
    steps.choose(step)
    stage.settle()
    assert steps.form.form is not None
    fill(steps.form.form, **values)
    steps.form.take()
    stage.settle()
    assert steps.form.notice.is_clear, steps.form.notice.text()


def test_a_complaint_goes_its_whole_way_is_put_off_called_back_and_taken_up_again(
    stage: Stage, hands: Hands
) -> None:
    hands.press("F2", "wsm", "Enter", "6")
    hands.compose("夜里施工太吵")
    counter(stage).form.field("matter_nature").editor.put("complaint", "")
    counter(stage).disposition.choose(3)
    hands.press("Enter")
    page = is_a(stage.go("case"), CasePage)
    first = page.list.table.records.row(0)
    assert first is not None
    page.open(first.uid)
    stage.settle()
    take(stage, page, "take_up", text="已到现场")
    take(stage, page, "extend", due_on="2026-12-04", reason="施工方要整改", approver="陈志明")
    assert "2026-12-04" in is_a(page.panel._beside, CaseSteps).due.text()
    take(stage, page, "reply", method="phone", text="已约定晚上十点后停工", result="solved")
    take(stage, page, "close", result="solved")
    take(stage, page, "follow_up", satisfaction="dissatisfied", reason="又开工了")
    take(stage, page, "redo", reason="回访不满意", due_on="2026-12-04")
    steps = is_a(page.panel._beside, CaseSteps)
    assert steps.state.text() == "办理中"
    assert "重办" in " ".join(each.text() for each in children(steps, QLabel))


def test_the_slip_is_that_of_the_visit_that_is_seen(stage: Stage, hands: Hands) -> None:
    hands.press("F2")
    hands.press("F9")
    assert "先保存" in counter(stage).notice.text()
    earlier = intakes(stage)[-1]
    hands.compose("匿名")
    hands.press("Tab", "Tab", "1")
    hands.press("/yb1")
    hands.press("Enter")
    assert number_of_slip(hands) == intakes(stage)[0].record_no  # type: ignore[attr-defined] # a record
    is_a(stage.window.stack.currentWidget(), ReceptionPage).open(earlier.uid)  # type: ignore[attr-defined] # a record
    stage.settle()
    assert number_of_slip(hands) == earlier.record_no  # type: ignore[attr-defined] # a record


def number_of_slip(hands: Hands) -> str:
    """Print the slip by its key, read the number on it, and put it away."""
    hands.press("F9")
    (dialog,) = front(PaperDialog)
    (path,) = hands.stage.office.scratch.glob("*.pdf")
    with pypdfium2.PdfDocument(path) as document:
        text = document[0].get_textpage().get_text_range()
    dialog.close()
    hands.stage.settle()
    path.unlink()
    hands.stage.settle()
    (found,) = re.findall(r"LF-\d{6}-\d{4}", text)
    return str(found)


def test_what_is_missing_can_be_read_without_scrolling(stage: Stage, hands: Hands) -> None:
    hands.press("F2")
    hands.press("wsm")
    hands.press("Enter")
    hands.press("1")
    hands.compose("来问医保怎么交")
    hands.press("Enter")
    form = counter(stage).form
    (told,) = [each for each in children(form.field("reply_content"), QLabel) if each.property("wrong")]
    seen = told.visibleRegion().boundingRect()
    assert seen.height() == told.height()


def test_a_record_that_is_undone_while_it_is_seen_can_no_longer_be_changed(
    stage: Stage, hands: Hands
) -> None:
    hands.press("F2")
    hands.compose("匿名")
    hands.press("Tab", "Tab", "1")
    hands.press("/yb1")
    hands.press("Enter")
    page = is_a(stage.window.stack.currentWidget(), ReceptionPage)
    page.open(intakes(stage)[0].uid)  # type: ignore[attr-defined] # a record of the register
    stage.settle()
    assert not page.panel.save.isHidden()
    stage.window.undo.click()
    stage.settle()
    assert "已作废" in page.panel.notice.text()
    assert page.panel.save.isHidden()


def test_a_person_s_card_says_whose_it_is(stage: Stage, hands: Hands) -> None:
    hands.press("Ctrl+K", "wsm")
    hands.rest()
    hands.press("Enter")
    page = is_a(stage.window.stack.currentWidget(), PersonPage)
    assert "王碎姆" in page.panel.title.text()


def test_several_cases_are_printed_at_once(stage: Stage, hands: Hands) -> None:
    for _time in range(2):
        hands.press("F2")
        hands.compose("匿名")
        hands.press("Tab", "Tab", "6")
        hands.compose("村口路灯不亮")
        hands.press("Tab", "3")
        hands.press("Enter")
    page = is_a(stage.go("case"), CasePage)
    page.list.table.setFocus()
    hands.press("Ctrl+A")
    hands.choose("打印…")
    (dialog,) = front(PaperDialog)
    assert dialog.view.pages == 2
    dialog.close()


def test_the_list_is_searched_and_its_first_record_opened_by_keys_alone(stage: Stage, hands: Hands) -> None:
    hands.press("F2")
    QTest.keyClick(hands.target, Qt.Key.Key_F7)
    hands.press("wsm")
    hands.rest()
    QTest.keyClick(hands.target, Qt.Key.Key_Down)
    hands.press("Enter")
    numbers = [each.record_no for each in intakes(stage)]  # type: ignore[attr-defined] # a record of the register
    assert counter(stage).title.text() in numbers
    assert counter(stage).visitor.words() == "王碎姆"


def test_a_room_is_found_by_the_initials_of_its_name(stage: Stage, hands: Hands) -> None:
    room = {"venue_name": "文化礼堂（红色影院）", "area": "120", "capacity": "80", "floor": "1"}
    stage.office.ask(lambda desk: desk.registers.add("venue", [room]), lambda _added: None)
    stage.settle()
    QTest.keyClick(hands.target, Qt.Key.Key_F5)
    hands.rest()
    hands.press("whlt")
    hands.rest()
    hands.press("Enter")
    page = is_a(stage.window.stack.currentWidget(), RegisterPage)
    assert page.panel.form.field("venue").editor.words() == room["venue_name"]
