"""Review and return in real windows: the superior marks a cell, it lights up in the village, version 2 answers it."""

from pathlib import Path

import pytest

from ojr_desk.desk import Desk
from ojr_desk.moments import Month
from ojr_desk.store.query import Query
from tests.office import add, visit
from tests.ui.conftest import cell, children, front, is_a
from ui.board_page import BoardPage
from ui.findings_view import FindingsView
from ui.mark_dialog import MarkDialog
from ui.marks_dialog import MarksDialog
from ui.month_page import MonthPage
from ui.receive_page import ReceivePage
from ui.register_page import RegisterPage
from ui.return_dialog import ReturnDialog
from ui.review_dialog import ReviewDialog
from ui.stage import Stage, on_stage

OCTOBER = Month(2026, 10)


@pytest.fixture
def numbers(desk: Desk) -> list[str]:
    """Three visits of October, one of which gives a telephone away."""
    made = [
        add(desk, "intake", visit(occurred_at=f"2026-10-12 {hour:02}:30", person=name))
        for hour, name in ((8, "陈阿英"), (9, "王碎姆"))
    ]
    made.append(
        add(desk, "intake", visit(occurred_at="2026-10-13 08:30", content="打他手机 13957770001 没人接"))
    )
    return [each.record_no for each in made]


def report(desk: Desk, folder: Path) -> Path:
    """October of the village, as it is sent."""
    desk.months.close(OCTOBER)
    return desk.outbox.send(OCTOBER, folder).files[0]


def board(stage: Stage, *packs: Path) -> BoardPage:
    """Open October's board after taking *packs* in."""
    if packs:
        stage.office.ask(lambda desk: desk.inbox.receive(packs), lambda _received: None)
        stage.settle()
    page = is_a(stage.go("board"), BoardPage)
    page.months.choose(OCTOBER)
    stage.settle()
    return page


def mark(stage: Stage, uid: str, field: str, words: str) -> None:
    """Mark a field of a record from the list of all villages, as a person would."""
    page = is_a(stage.go("all_intake"), RegisterPage)
    stage.settle()
    page.open(uid)
    stage.settle()
    assert page.panel.mark.isVisible()
    page.panel.mark.click()
    stage.settle()
    (dialog,) = front(MarkDialog)
    dialog.column.setCurrentIndex(dialog.column.findData(field))
    dialog.text.setPlainText(words)
    dialog.add()
    stage.settle()
    assert "已记下" in dialog.notice.text()
    dialog.close()
    stage.settle()
    assert words in page.panel.form.field(field).remarked


def test_a_cell_is_marked_returned_lit_up_mended_and_accepted(
    superior_stage: Stage, desk: Desk, numbers: list[str], tmp_path: Path
) -> None:
    uids = {each.record_no: each.uid for each in desk.registers.find("intake", Query(), 10).records}
    page = board(superior_stage, report(desk, tmp_path / "v1"))
    mark(superior_stage, uids[numbers[0]], "reply_content", "写清楚怎么答复的")

    page = board(superior_stage)
    page.review.click()
    superior_stage.settle()
    (review,) = front(ReviewDialog)
    (unmasked,) = [each for each in review._review.findings if each.reason == "unmasked"]
    review.mark(unmasked)
    superior_stage.settle()
    assert "已转为批注" in review.notice.text()
    assert "2 处" in review.tabs.tabText(2)
    assert children(review, FindingsView)[0].count == len(review._review.findings)
    review.close()

    page.give_back.click()
    superior_stage.settle()
    (dialog,) = front(ReturnDialog)
    assert dialog.reasons["unmasked"].isChecked()
    dialog.note.setPlainText("请改两处")
    dialog._answered = lambda verdict: page.judge(verdict, tmp_path)
    dialog.accept()
    superior_stage.settle()
    assert "退回修改" in cell(page.table, 0, 1)
    (back,) = tmp_path.glob("*退回*.xlsx")

    assert [each.decision for each in desk.inbox.receive([back])] == ["returned"]
    desk.close()
    with on_stage(desk.office.folder, superior_stage.office.now) as stage:
        visits = is_a(stage.go("visit"), RegisterPage)
        stage.settle()
        signs = [row.texts[0] for place in range(3) if (row := visits.list.table.records.row(place))]
        assert sorted(signs) == ["", "批注", "批注"]
        assert not visits.list.table.isColumnHidden(0)
        visits.open(uids[numbers[0]])
        stage.settle()
        field = visits.panel.form.field("reply_content")
        assert field.remarked == "上级批注：写清楚怎么答复的"
        assert not field.complaint
        months = is_a(stage.go("months"), MonthPage)
        stage.settle()
        months.choose(OCTOBER)
        stage.settle()
        assert "2 处没处理" in months.marks.text()
        months.marks.click()
        stage.settle()
        (list_of_marks,) = front(MarksDialog)
        assert [cell(list_of_marks.table, row, 3) for row in range(2)] == ["还没有处理"] * 2
        list_of_marks.table.setCurrentCell(1, 0)
        list_of_marks.answer("号码是村委会的公开电话")
        stage.settle()
        assert "已处理：号码是村委会的公开电话" in cell(list_of_marks.table, 1, 3)
        list_of_marks.table.setCurrentCell(0, 0)
        list_of_marks.go.click()
        stage.settle()
        assert visits.panel.form.field("reply_content").remarked

    village = Desk.open(desk.office.folder, superior_stage.office.now)
    village.months.reopen(OCTOBER, "上级退回", "陈志明")
    village.registers.edit("intake", uids[numbers[0]], {"reply_content": "讲了条件、材料和办理地点"})
    second = report(village, tmp_path / "v2")
    village.close()

    receiving = is_a(superior_stage.go("receive"), ReceivePage)
    receiving.look_at([second])
    superior_stage.settle()
    told = receiving.preview.detail.text()
    assert "“讲了条件和材料”→“讲了条件、材料和办理地点”" in told
    receiving.carry_out()
    superior_stage.settle()
    page = board(superior_stage)
    page.review.click()
    superior_stage.settle()
    (review,) = front(ReviewDialog)
    assert "0 处没改" in review.tabs.tabText(2)
    rows = [cell(review.changes, row, 4) for row in range(review.changes.rowCount())]
    assert "讲了条件、材料和办理地点" in rows
    review.close()
    page.answer("accepted", "", tmp_path)
    superior_stage.settle()
    assert "已通过" in cell(page.table, 0, 1)


def test_a_mark_button_is_not_there_for_own_records(stage: Stage) -> None:
    visits = is_a(stage.go("visit"), RegisterPage)
    stage.settle()
    assert visits.list.table.isColumnHidden(0)
    row = visits.list.table.records.row(0)
    assert row is not None
    visits.open(row.uid)
    stage.settle()
    assert visits.panel.mark.isHidden()


def test_a_return_that_says_nothing_is_refused_beside_its_fields(
    superior_stage: Stage, desk: Desk, numbers: list[str], tmp_path: Path
) -> None:
    page = board(superior_stage, report(desk, tmp_path / "v1"))
    page.give_back.click()
    superior_stage.settle()
    (dialog,) = front(ReturnDialog)
    dialog.accept()
    assert "请选一个原因" in dialog.notice.text()
    assert dialog.isVisible()
    dialog.close()


def test_the_receipts_of_all_are_put_into_one_file(
    superior_stage: Stage, desk: Desk, numbers: list[str], tmp_path: Path
) -> None:
    file = report(desk, tmp_path / "v1")
    page = is_a(superior_stage.go("receive"), ReceivePage)
    page.look_at([file])
    superior_stage.settle()
    assert page.group.isHidden()
    page.carry_out()
    superior_stage.settle()
    page.group.click()
    superior_stage.settle()
    (group,) = (tmp_path / "v1").rglob("全部回执*.xlsx")
    assert [each.decision for each in desk.inbox.receive([group])] == ["received"]
