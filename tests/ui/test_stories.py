"""Days in a clerk's life, in the real window."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from ojr_desk.desk import Clock, Desk
from ojr_desk.moments import Month
from tests.office import add, visit
from tests.ui.conftest import cell, children, fill, front, is_a, press, type_in
from ui.asking import Asking
from ui.case_steps import CaseSteps, IntakeSteps
from ui.editor import Offer
from ui.history_dialog import HistoryDialog
from ui.link_editor import LinkEditor
from ui.month_page import MonthPage
from ui.paper_dialog import PaperDialog
from ui.receive_page import ReceivePage
from ui.reception.digits import Digits
from ui.register_page import RegisterPage
from ui.stage import Stage, on_stage

VISIT = {
    "person": "周阿芳",
    "matter_category": "民政·低保救助",
    "content": "询问低保怎么申请",
    "reply_content": "讲了条件和材料",
}
OCTOBER = Month(2026, 10)


def intake(stage: Stage) -> RegisterPage:
    return is_a(stage.go("visit"), RegisterPage)


def shown(page: RegisterPage) -> list[tuple[str, ...]]:
    """What stands in the list, as far as it is seen."""
    table = page.list.table
    found = (table.records.row(place) for place in range(table.records.rowCount()))
    return [
        tuple(text for at, text in enumerate(row.texts) if not table.isColumnHidden(at))
        for row in found
        if row is not None
    ]


def open_first(stage: Stage, page: RegisterPage) -> None:
    row = page.list.table.records.row(0)
    assert row is not None
    page.open(row.uid)
    stage.settle()


def answer(stage: Stage, *told: str) -> None:
    """Answer the question that stands in front."""
    (asking,) = front(Asking)
    for line, text in zip(asking.lines, told, strict=True):
        line.setText(text)
    asking.accept()
    stage.settle()


def test_a_visit_is_typed_stored_and_seen_in_the_list(stage: Stage) -> None:
    page = intake(stage)
    fill(page.panel.form, **VISIT)
    press(page.panel.form.field("person").editor.control, Qt.Key.Key_Return)
    stage.settle()
    assert "LF-202611-0001" in page.panel.notice.text()
    assert shown(page)[0][:3] == ("2026-11-22 23:59", "周阿芳", "当场答复")
    # The form is ready for the next one.
    assert page.panel.form.field("content").editor.value() == ""


def test_a_refused_visit_complains_beside_its_fields_and_keeps_what_was_typed(stage: Stage) -> None:
    page = intake(stage)
    fill(page.panel.form, content="漏水", headcount="很多")
    page.panel.submit()
    stage.settle()
    form = page.panel.form
    assert "4个字" in form.field("content").complaint
    assert "整数" in form.field("headcount").complaint
    assert "姓名" in form.field("person").complaint
    assert form.field("matter_category").complaint
    assert form.field("content").editor.value() == "漏水"
    assert form.field("headcount").editor.value() == "很多"
    assert not page.panel.notice.isHidden()

    fill(form, **{**VISIT, "headcount": "３"})
    page.panel.submit()
    stage.settle()
    assert "已保存" in page.panel.notice.text()
    assert not form.field("content").complaint


def test_a_complaint_about_a_folded_field_unfolds_it(stage: Stage) -> None:
    page = intake(stage)
    fill(page.panel.form, **VISIT, disposition="referred")
    page.panel.submit()
    stage.settle()
    assert "转到哪个单位" in page.panel.form.field("transferred_to").complaint


def test_enter_saves_from_the_content_of_a_visit_and_shift_enter_begins_a_line(stage: Stage) -> None:
    page = intake(stage)
    fill(page.panel.form, **VISIT)
    content = page.panel.form.field("content").editor
    press(content.control, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    stage.settle()
    assert page.panel.notice.is_clear
    assert "\n" in content.value()
    press(content.control, Qt.Key.Key_Return)
    stage.settle()
    assert "已保存" in page.panel.notice.text()


def test_ctrl_enter_saves_from_a_long_text_where_enter_begins_a_line(stage: Stage) -> None:
    page = is_a(stage.go("phrase"), RegisterPage)
    page.begin()
    fill(page.panel.form, keyword="zz9", text="请到三楼窗口办理。")
    content = page.panel.form.field("text").editor.control
    press(content, Qt.Key.Key_Return)
    stage.settle()
    assert page.panel.notice.is_clear
    press(content, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    stage.settle()
    assert "已保存" in page.panel.notice.text()


def test_of_an_accusation_nothing_but_its_number_and_date_can_be_entered(stage: Stage) -> None:
    page = intake(stage)
    form = page.panel.form
    fill(form, content="某某贪污", matter_nature="accusation")
    assert form.field("content").isHidden()
    assert not form.field("matter_nature").isHidden()
    assert "content" not in form.values()
    page.panel.submit()
    stage.settle()
    assert "已保存" in page.panel.notice.text()
    assert "贪污" not in str(shown(page))


def test_known_people_are_offered_by_initials_and_last_digits_with_a_masked_telephone(stage: Stage) -> None:
    page = intake(stage)
    editor = is_a(page.panel.form.field("person").editor, LinkEditor)
    for typed in ("wsm", "0001", "王碎"):
        offers: list[Offer] = []
        page.panel.form._look_up("person", typed, offers.extend)  # what the editor asks while one types
        stage.settle()
        assert [offer.name for offer in offers] == ["王碎姆"]
        assert "139****0001" in offers[0].note
        assert "13957770001" not in offers[0].note
    editor.put(offers[0].uid, offers[0].name)
    assert editor.value() == offers[0].uid
    type_in(editor.line, "甲")
    # What is typed on is somebody else.
    assert editor.value() == editor.line.text()


def test_a_private_value_is_masked_until_it_is_clicked(stage: Stage) -> None:
    page = is_a(stage.go("staff"), RegisterPage)
    place = next(at for at, row in enumerate(shown(page)) if "林小娟" in row)
    row = page.list.table.records.row(place)
    assert row is not None
    assert "138****1234" in row.texts
    page.open(row.uid)
    stage.settle()
    mobile = page.panel.form.field("mobile")
    assert mobile.covered
    assert "13800001234" not in str(mobile.editor.value())
    # Saving another value does not touch what is masked.
    fill(page.panel.form, position_title="文书")
    page.panel.submit()
    stage.settle()
    assert any("138****1234" in each.text() for each in children(mobile, QLabel))
    children(mobile, QPushButton)[0].click()
    assert mobile.editor.value() == "13800001234"


def test_a_record_is_changed_and_its_history_tells_from_what(stage: Stage, qtbot: QtBot) -> None:
    page = intake(stage)
    open_first(stage, page)
    fill(page.panel.form, content="询问高龄津贴怎么申请")
    page.panel.submit()
    stage.settle()
    assert "改动" in page.panel.notice.text()
    dialog = HistoryDialog(stage.office, page.register, page.panel._uid, "x")
    qtbot.addWidget(dialog)
    stage.settle()
    told = cell(dialog.table, 0, 3)
    assert "询问低保怎么申请" in told
    assert "询问高龄津贴怎么申请" in told
    assert cell(dialog.table, 0, 1) == "林小娟"


def test_a_record_is_declared_void_with_a_reason_and_cannot_be_changed_then(stage: Stage) -> None:
    page = intake(stage)
    open_first(stage, page)
    page.panel.void.click()
    answer(stage, "登记重复")
    assert "作废" in page.panel.notice.text()
    assert page.panel.save.isHidden()
    assert page.panel.void.isHidden()
    assert shown(page)[0][-1] == "已作废"


def test_void_needs_a_reason(stage: Stage) -> None:
    page = intake(stage)
    open_first(stage, page)
    page.panel.void.click()
    answer(stage, "  ")
    (asking,) = front(Asking)
    asking.reject()
    stage.settle()
    assert shown(page)[0][-1] == ""


def close_october(stage: Stage) -> MonthPage:
    months = is_a(stage.go("months"), MonthPage)
    months.choose(OCTOBER)
    months.close_month.click()
    stage.settle()
    months.choose(OCTOBER)
    assert months.line is not None
    assert months.line.state == "closed"
    return months


def test_a_change_in_a_closed_month_becomes_a_correction(stage: Stage) -> None:
    close_october(stage)
    page = intake(stage)
    open_first(stage, page)
    assert "结账" in page.panel.notice.text()
    fill(page.panel.form, headcount="4")
    page.panel.submit()
    answer(stage, "人数记错")
    assert "更正单" in page.panel.notice.text()
    corrections = is_a(stage.go("correction"), RegisterPage)
    assert any("人数记错" in row for row in shown(corrections))


def test_a_corrected_record_shows_what_holds_and_what_stood_there(stage: Stage) -> None:
    close_october(stage)
    page = intake(stage)
    form = page.panel.form
    for values, reason in (
        ({"content": "来问养老金"}, "听错了"),
        ({"content": "来问养老金何时发", "matter_category": "insurance.pension"}, "没写全"),
    ):
        open_first(stage, page)
        before = form.field("content").editor.value()
        fill(form, **values)
        page.panel.submit()
        answer(stage, reason)
    open_first(stage, page)
    assert form.field("content").editor.value() == "来问养老金何时发"
    assert form.field("matter_category").editor.value() == "insurance.pension"
    assert before == "来问养老金"
    first, second, third = sorted(page.panel.corrected.text().splitlines(), key=lambda line: "没写全" in line)
    assert first.startswith("2026-11-22 更正了主要内容，原为")
    assert "听错了" in first
    assert "原为“来问养老金”" in second + third
    # Looked at only, it asks for no other correction.
    page.panel.submit()
    assert "没有改动" in page.panel.notice.text()
    page.begin()
    assert not page.panel.corrected.isVisible()


def test_a_corrected_name_stands_in_the_form(stage: Stage) -> None:
    close_october(stage)
    page = intake(stage)
    open_first(stage, page)
    fill(page.panel.form, person="周阿芳")
    page.panel.submit()
    answer(stage, "认错了人")
    open_first(stage, page)
    assert page.panel.form.field("person").editor.words() == "周阿芳"
    assert "认错了人" in page.panel.corrected.text()
    page.panel.submit()
    assert "没有改动" in page.panel.notice.text()


def test_a_correction_speaks_words_not_codes(stage: Stage) -> None:
    close_october(stage)
    page = intake(stage)
    open_first(stage, page)
    fill(page.panel.form, matter_category="insurance.pension")
    page.panel.submit()
    answer(stage, "类别选错")
    corrections = is_a(stage.go("correction"), RegisterPage)
    (row,) = shown(corrections)
    assert "来访来电来信" in row
    open_first(stage, corrections)
    form = corrections.panel.form
    told = {name: form.field(name).editor.words() for name in form.names}
    assert told["of_column"] == "事项类别"
    assert told["of_register"] in row
    assert "养老保险" in form.field("becomes").editor.words() or form.field("becomes").covered


def test_a_month_is_opened_again_with_a_reason_and_once_it_is_sent_with_a_second_name(
    stage: Stage, tmp_path: Path
) -> None:
    months = close_october(stage)
    months.reopen.click()
    answer(stage, "漏登一件")
    months.choose(OCTOBER)
    months.close_month.click()
    stage.settle()
    months.choose(OCTOBER)
    months.write(tmp_path, None)
    stage.settle()
    months.choose(OCTOBER)
    months.reopen.click()
    answer(stage, "漏登一件", "陈志明")
    months.choose(OCTOBER)
    assert months.line is not None
    assert months.line.state == "open"


def test_a_month_that_is_not_over_cannot_be_closed(stage: Stage) -> None:
    months = is_a(stage.go("months"), MonthPage)
    months.choose(Month(2026, 11))
    assert not months.close_month.isEnabled()


def test_only_allowed_steps_are_offered_and_a_step_asks_for_what_it_needs(stage: Stage) -> None:
    page = intake(stage)
    fill(page.panel.form, **{**VISIT, "reply_content": ""}, disposition="accepted")
    page.panel.submit()
    stage.settle()
    cases = is_a(stage.go("case"), RegisterPage)
    open_first(stage, cases)
    steps = is_a(cases.panel._beside, CaseSteps)
    offered = [each.text() for each in children(steps, QPushButton) if each.isVisible()]
    assert "派单/转办" in offered
    assert "归档" not in offered
    assert steps.state.text() == "受理"
    steps.choose("assign")
    assert steps.form.form is not None
    steps.form.take()
    stage.settle()
    assert "承办人" in steps.form.form.field("handler").complaint
    fill(steps.form.form, handler="陈志明")
    steps.form.take()
    stage.settle()
    assert steps.state.text() == "派单/转办"


def test_the_pack_is_written_shown_before_it_is_taken_in_and_answered(
    stage: Stage, superior: Desk, clock: Clock, tmp_path: Path
) -> None:
    months = close_october(stage)
    months.write(tmp_path / "stick", None)
    stage.settle()
    assert "第1版" in months.notice.text()
    superior.close()
    with on_stage(superior.office.folder, clock) as town:
        page = is_a(town.go("receive"), ReceivePage)
        page.look_at([tmp_path / "stick"])
        town.settle()
        assert page.take.isEnabled()
        table = page.preview.table
        assert cell(table, 0, 1) == "收下"
        records = is_a(town.go("all_intake"), RegisterPage)
        assert records.list.table.records.rowCount() == 0
        assert "月报" in records.list.empty.text()
        town.go("receive")
        page.carry_out()
        town.settle()
        records = is_a(town.go("all_intake"), RegisterPage)
        assert records.list.table.records.rowCount() == 3
        assert any("龙川村" in row for row in shown(records))
        open_first(town, records)
        # Another centre's records are looked at, not changed.
        assert records.panel.save.isHidden()
        assert "龙川村" in records.panel.title.text()
    (receipt,) = (tmp_path / "stick" / "回执").glob("*.xlsx")
    own = is_a(stage.go("receive"), ReceivePage)
    own.look_at([receipt])
    stage.settle()
    own.carry_out()
    stage.settle()
    assert "收下 1 个" in own.notice.text()


def test_where_all_villages_are_listed_nothing_is_entered_or_changed(
    qapp: QApplication, superior: Desk, clock: Clock
) -> None:
    add(superior, "intake", visit(person="王碎姆", occurred_at="2026-10-15 08:30"))
    superior.close()
    with on_stage(superior.office.folder, clock) as town:
        page = is_a(town.go("all_intake"), RegisterPage)
        assert not page.panel.isVisible()
        assert not page.list.add.isVisible()
        assert "F6" not in [act.key for act in page.acts]
        page.begin()
        assert not page.panel.isVisible()
        open_first(town, page)
        assert page.panel.isVisible()
        assert "临江街道" in page.panel.title.text()
        # Not even the superior's own: these are changed where they were entered.
        assert "本中心" in page.panel.notice.text()
        assert page.panel.save.isHidden()
        assert page.panel.void.isHidden()
        assert is_a(page.panel.form.field("remark").editor.control, QPlainTextEdit).isReadOnly()


def test_a_folder_without_packs_is_answered_with_a_sentence(superior_stage: Stage, tmp_path: Path) -> None:
    page = is_a(superior_stage.go("receive"), ReceivePage)
    page.look_at([tmp_path / "superior"])
    superior_stage.settle()
    assert "没有可以接收的文件" in page.notice.text()
    assert not page.take.isEnabled()


def test_what_is_no_pack_is_refused_with_its_reason(superior_stage: Stage, tmp_path: Path) -> None:
    (tmp_path / "x.xlsx").write_text("not a workbook", encoding="utf-8")
    page = is_a(superior_stage.go("receive"), ReceivePage)
    page.look_at([tmp_path / "x.xlsx"])
    superior_stage.settle()
    assert not page.take.isEnabled()
    assert page.preview.detail.text()


def test_search_finds_by_words_and_month_and_drops_an_answer_to_an_older_question(stage: Stage) -> None:
    page = intake(stage)
    page.list.search.words.setText("黄阿妹")
    page.list.search.words.returnPressed.emit()
    page.list.search.words.setText("ts")
    page.list.search.words.returnPressed.emit()
    stage.settle()
    assert page.list.search.count.text() == f"共 {page.list.table.records.rowCount()} 条"
    page.list.search.words.setText("没有这个人")
    page.list.search.words.returnPressed.emit()
    stage.settle()
    assert page.list.empty.isVisible()
    assert "没有找到" in page.list.empty.text()
    page.list.search.words.clear()
    page.list.search.months.setCurrentIndex(1)
    page.list.search.months.activated.emit(1)
    stage.settle()
    assert page.list.table.records.rowCount() == 0
    page.list.search.months.setCurrentIndex(2)
    page.list.search.months.activated.emit(2)
    stage.settle()
    assert page.list.table.records.rowCount() == 3


def test_an_empty_list_says_how_to_begin(stage: Stage) -> None:
    page = is_a(stage.go("venue"), RegisterPage)
    assert "F6" in page.list.empty.text()
    assert page.list.empty.isVisible()


@pytest.mark.parametrize(("key", "begins"), [("call", "F3"), ("letter", "F4")])
def test_an_empty_list_at_the_counter_names_the_key_of_its_page(stage: Stage, key: str, begins: str) -> None:
    page = is_a(stage.go(key), RegisterPage)
    assert begins in page.list.empty.text()
    assert "F6" not in page.list.empty.text()


def test_the_window_asks_before_it_drops_what_is_half_typed(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = intake(stage)
    open_first(stage, page)
    fill(page.panel.form, content="改了一半")
    asked: list[str] = []

    def cancel(box: Any) -> QMessageBox.StandardButton:
        asked.append(box.text())
        return QMessageBox.StandardButton.Cancel

    monkeypatch.setattr(QMessageBox, "exec", cancel)
    assert not stage.window.close()
    assert "还没有保存" in asked[0]
    assert page.panel.form.field("content").editor.value() == "改了一半"
    page.panel.clear.click()
    assert stage.window.close()


def test_the_time_of_a_visit_is_when_it_was_begun_not_when_the_empty_form_was_put_there(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = intake(stage)
    later = stage.office.now().replace(hour=23, minute=58)
    monkeypatch.setattr(stage.office, "now", lambda: later)
    fill(page.panel.form, content="询问低保怎么申请")
    assert page.panel.form.field("occurred_at").editor.value().endswith("23:58")


def test_days_are_typed_as_people_speak_and_wrong_ones_complained_of_at_once(stage: Stage) -> None:
    page = intake(stage)
    field = page.panel.form.field("occurred_at")
    fill(page.panel.form, occurred_at="昨天下午3点")
    field.editor.left.emit()
    assert field.editor.value() == "2026-11-21 15:00"
    fill(page.panel.form, occurred_at="2026-02-30 08:00")
    field.editor.left.emit()
    assert "没有" in field.complaint
    assert field.editor.value() == "2026-02-30 08:00"


def test_who_sits_at_the_window_can_be_changed_and_new_records_bear_the_name(stage: Stage) -> None:
    uid = next(action for action in stage.window.top.user.menu().actions() if action.text() == "陈志明")
    uid.trigger()
    stage.settle()
    assert "陈志明" in stage.window.top.user.text()
    page = intake(stage)
    assert is_a(page.panel.form.field("received_by").editor, LinkEditor).line.text() == "陈志明"


def test_what_was_half_typed_is_there_again_after_the_window_was_closed(
    qapp: QApplication, village: Path, clock: Clock
) -> None:
    with on_stage(village, clock, "林小娟") as stage:
        page = intake(stage)
        fill(page.panel.form, content="写了一半", disposition="referred", transferred_to="民政所")
        assert stage.window.close()
    with on_stage(village, clock, "林小娟") as stage:
        page = intake(stage)
        assert page.panel.form.field("content").editor.value() == "写了一半"
        assert page.panel.form.field("transferred_to").editor.value() == "民政所"
        assert "恢复" in page.panel.notice.text()
        fill(page.panel.form, disposition="answered", **VISIT)
        page.panel.submit()
        stage.settle()
        assert "已保存" in page.panel.notice.text()
    with on_stage(village, clock, "林小娟") as stage:
        # What is stored is not offered again.
        assert intake(stage).panel.form.field("content").editor.value() == ""


def test_a_record_that_is_being_stored_while_the_window_closes_is_stored_once(
    qapp: QApplication, village: Path, clock: Clock
) -> None:
    with on_stage(village, clock, "林小娟") as stage:
        page = intake(stage)
        fill(page.panel.form, **VISIT)
        page.panel.submit()
        stage.window.close()
    with on_stage(village, clock, "林小娟") as stage:
        page = intake(stage)
        assert page.panel.form.field("content").editor.value() == ""
        assert page.list.table.records.rowCount() == 4


def test_looking_at_another_record_keeps_the_one_that_is_half_typed(stage: Stage) -> None:
    page = intake(stage)
    fill(page.panel.form, content="写了一半")
    open_first(stage, page)
    assert page.panel.form.field("content").editor.value() == "询问低保怎么申请"
    page.begin()
    assert page.panel.form.field("content").editor.value() == "写了一半"
    page.panel.clear.click()
    assert page.panel.form.field("content").editor.value() == ""
    open_first(stage, page)
    page.begin()
    assert page.panel.form.field("content").editor.value() == ""


def test_changes_of_a_record_are_not_lost_by_a_click_on_another(stage: Stage) -> None:
    page = intake(stage)
    open_first(stage, page)
    fill(page.panel.form, content="改了一半的内容")
    second = page.list.table.records.row(1)
    assert second is not None
    page.open(second.uid)
    stage.settle()
    assert page.panel.form.field("content").editor.value() == "改了一半的内容"
    assert "还没有保存" in page.panel.notice.text()
    page.panel.clear.click()
    page.open(second.uid)
    stage.settle()
    assert page.panel.title.text() == shown(page)[1][4]


def test_a_broken_draft_stops_nobody(qapp: QApplication, village: Path, clock: Clock) -> None:
    (village / "drafts").mkdir()
    for broken in ("{", "[]", '{"content": 1}', '{"gone": ["x", "x"]}'):
        (village / "drafts" / "visit.json").write_text(broken, encoding="utf-8")
        with on_stage(village, clock) as stage:
            assert intake(stage).panel.form.field("content").editor.value() == ""


def test_the_slip_of_a_visit_is_shown_and_can_be_printed(stage: Stage) -> None:
    page = intake(stage)
    open_first(stage, page)
    leaf = is_a(page.panel._beside, IntakeSteps)
    leaf.show_slip()
    stage.settle()
    (dialog,) = front(PaperDialog)
    stage.settle()
    assert dialog.view.pages == 1
    dialog.close()


def test_a_visit_that_was_settled_at_once_is_followed_up_once(stage: Stage) -> None:
    page = intake(stage)
    open_first(stage, page)
    leaf = is_a(page.panel._beside, IntakeSteps)
    leaf.choose("follow_up")
    assert leaf.form.form is not None
    fill(leaf.form.form, satisfaction="satisfied", method="phone")
    leaf.form.take()
    stage.settle()
    told = [each.text() for each in children(leaf, QLabel)]
    assert any("满意" in each for each in told)
    assert not [each for each in children(leaf, QPushButton) if each.text() == "回访"]


def test_an_offer_is_taken_with_the_enter_key_and_saves_nothing_yet(stage: Stage) -> None:
    page = intake(stage)
    editor = is_a(page.panel.form.field("person").editor, LinkEditor)
    type_in(editor.line, "wsm")
    editor._ask("wsm")
    stage.settle()
    popup = editor._offers.popup()
    assert popup.isVisible()
    press(popup, Qt.Key.Key_Return)
    stage.settle()
    assert editor.line.text() == "王碎姆"
    assert editor.value() != "王碎姆"
    assert page.panel.notice.is_clear


def test_a_long_list_is_searched_by_initials_and_by_part_of_a_label(stage: Stage) -> None:
    page = intake(stage)
    editor = is_a(page.panel.form.field("matter_category").editor, Digits).list_all()
    line = editor.box.lineEdit()
    assert line is not None
    for typed in ("路灯", "dlld"):
        line.clear()
        type_in(line, typed)
        completer = editor.box.completer()
        assert completer is not None
        assert completer.completionModel().index(0, 0).data() == "公共设施·道路路灯"
    line.setText("公共设施·道路路灯")
    assert editor.value() == "facilities.road"


def test_a_month_s_end_is_led_through_from_check_to_report(stage: Stage, tmp_path: Path) -> None:
    months = is_a(stage.go("months"), MonthPage)
    assert months.line is not None
    assert months.line.month == OCTOBER, "the month that is over and waits comes first"
    assert months.findings.count > 0
    (none,) = [each for each in children(months, QPushButton) if each.text() == "确认本月无"]
    none.click()
    stage.settle()
    assert "已确认本月无" in months.notice.text()
    assert not [each for each in children(months, QPushButton) if each.text() == "确认本月无"]
    months.review.click()
    stage.settle()
    (paper,) = front(PaperDialog)
    assert paper.view.pages > 1
    paper.close()
    close_october(stage)
    months.stack.click()
    stage.settle()
    (paper,) = front(PaperDialog)
    assert "整套" in paper.windowTitle()
    paper.close()
    months.write(tmp_path, None)
    stage.settle()
    months.choose(OCTOBER)
    assert months.line.stage == "sent"
