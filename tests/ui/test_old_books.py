"""An old Excel book on the real window: chosen, looked at, explained, loaded, mended, loaded again, taken back."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox

from ojr_desk.desk import Clock
from ojr_desk.moments import Month
from tests.ui.conftest import front
from tests.ui.hands import at_old_books
from tests.ui.test_backlog import CONTROL, Hands, book, intakes
from ui.stage import Stage, on_stage

HEADS = ("日期", "姓名", "电话", "事由", "类别", "方式", "办理情况")
GOOD = ("2026.3.8", "张三", "13805770001", "询问低保怎么申请", "低保", "来访", "已讲明")
WORDS = ("2026.3.9", "李四", "13805770002", "门口路灯不亮了", "路灯", "自己上门", "已报供电所")


@pytest.fixture
def stage(qapp: QApplication, village: Path, clock: Clock) -> Iterator[Stage]:
    with at_old_books(village, clock) as opened:
        yield opened


@pytest.fixture
def hands(stage: Stage) -> Hands:
    made = Hands(stage)
    made.dialog.leaves.turn(1)
    made.rest()
    return made


def look(hands: Hands, path: Path) -> Any:
    load = hands.dialog.load
    load.open(path)
    hands.rest()
    return load


def choose(box: Any, key: str) -> None:
    box.setCurrentIndex(box.findData(key))
    box.activated.emit(box.currentIndex())


def shown(load: Any) -> str:
    return "\n".join(load.complaints.item(at).text() for at in range(load.complaints.count()))


def mend(path: Path, was: str, becomes: str) -> None:
    """Put a word right as a person does in another program."""
    workbook = openpyxl.load_workbook(path)
    cells = [cell for sheet in workbook for row in sheet.iter_rows() for cell in row if cell.value == was]
    assert cells
    for cell in cells:
        cell.value = becomes
    workbook.save(path)


def test_a_word_that_nobody_knows_is_explained_once_and_known_in_the_next_book(
    stage: Stage, hands: Hands, tmp_path: Path
) -> None:
    load = look(hands, book(tmp_path / "三月.xlsx", GOOD, WORDS, heads=HEADS))
    assert "不认识的词：自己上门" in load.notice.text()
    assert "可以载入 1 行" in load.notice.text()
    box = load.meanings.box_of("自己上门")
    assert box.hasFocus()
    assert box.accessibleName() == "“自己上门”是哪一项"
    assert load.meanings.item(0, 1).text() == "1 行，渠道"
    choose(box, "channel:visit")
    hands.rest()
    assert "不认识的词" not in load.notice.text()
    assert load.load.text() == "载入 2 行"
    assert load.load.hasFocus()
    QTest.keyClick(load.load, Qt.Key.Key_Space)
    hands.rest()
    assert "已载入 2 条" in load.notice.text()
    heads = ("日期", "姓名", "事由", "类别", "方式", "答复")
    again = book(
        tmp_path / "四月.xlsx",
        ("2026.4.9", "王五", "来问医保的事", "医保", "自己上门", "记下了"),
        heads=heads,
    )
    load = look(hands, again)
    assert "不认识的词" not in load.notice.text()
    assert "可以载入 1 行" in load.notice.text()
    # What was said once is shown, and can be said otherwise.
    assert load.meanings.box_of("自己上门").currentData() == "channel:visit"


def test_of_several_words_one_goes_from_one_to_the_next_before_the_book_is_looked_at_again(
    stage: Stage, hands: Hands, tmp_path: Path
) -> None:
    other = (*WORDS[:5], "托人带话", WORDS[6])
    load = look(
        hands,
        book(tmp_path / "三月.xlsx", WORDS, other, (*WORDS[:3], "另外一件事情", *WORDS[4:]), heads=HEADS),
    )
    assert [load.meanings.item(at, 0).text() for at in range(2)] == ["“自己上门”", "“托人带话”"]
    choose(load.meanings.box_of("自己上门"), "channel:visit")
    hands.rest()
    assert not load.load.isEnabled()
    assert load.meanings.box_of("托人带话").hasFocus()
    choose(load.meanings.box_of("托人带话"), "")
    hands.rest()
    assert "不认识的词" not in load.notice.text()
    assert "可以载入 3 行" in load.notice.text()


def test_the_same_book_again_says_that_it_is_there_and_doubles_nothing(
    stage: Stage, hands: Hands, tmp_path: Path
) -> None:
    path = book(tmp_path / "三月.xlsx", GOOD, heads=HEADS)
    load = look(hands, path)
    load.carry_out()
    hands.rest()
    count = len(intakes(stage))
    for again in (load.again.click, lambda: look(hands, path)):
        again()
        hands.rest()
        assert "以前已经载入过：没有新的行，不会重复" in load.notice.text()
        assert "可以载入 0 行，以前已经载入 1 行" in load.notice.text()
        assert not load.load.isEnabled()
    load = look(
        hands, book(tmp_path / "四月.xlsx", GOOD, (*GOOD[:3], "又来问了另一件", *GOOD[4:]), heads=HEADS)
    )
    assert "可以载入 1 行，以前已经载入 1 行" in load.notice.text()
    load.carry_out()
    hands.rest()
    assert "1 行以前已经载入过，没有重复" in load.notice.text()
    assert len(intakes(stage)) == count + 1


def test_what_was_refused_is_mended_in_its_file_and_loaded_again_by_one_button(
    stage: Stage, hands: Hands, tmp_path: Path
) -> None:
    before = len(intakes(stage))
    bad = ("三月里", *GOOD[1:3], "想借会议室用一下", *GOOD[4:])
    load = look(hands, book(tmp_path / "三月.xlsx", GOOD, bad, heads=HEADS))
    assert "看不出是哪一天" in shown(load)
    load.carry_out()
    hands.rest()
    rejects = tmp_path / "三月（退回）.xlsx"
    assert str(rejects) in load.notice.text()
    assert load.file.text() == rejects.name
    assert load.again.text() == "退回的表改好了，再次载入"
    assert load.again.hasFocus()
    # Not mended yet: the same reason, nothing doubled.
    load.again.click()
    hands.rest()
    assert "没有可以载入的行" in load.notice.text()
    mend(rejects, "三月里", "2026年3月11日")
    load.again.click()
    hands.rest()
    assert load.load.text() == "载入 1 行"
    load.load.click()
    hands.rest()
    assert "已载入 1 条" in load.notice.text()
    assert len(intakes(stage)) == before + 2


def test_a_batch_is_taken_back_as_far_as_nothing_was_built_on_it(
    qapp: QApplication, village: Path, clock: Clock, tmp_path: Path
) -> None:
    rows = [
        (
            f"2026.{month}.8",
            f"赵{name}",
            f"1380577{place:04}",
            f"来问第{place}件事情",
            "低保",
            "来访",
            "已讲明",
        )
        for place, (month, name) in enumerate([(3, "一"), (3, "二"), (4, "三"), (5, "四")])
    ]
    with on_stage(village, clock, "林小娟") as stage:
        hands = Hands(stage)
        hands.dialog.leaves.turn(1)
        load = look(hands, book(tmp_path / "旧本子.xlsx", *rows, heads=HEADS))
        load.carry_out()
        hands.rest()
        changed, closed = (find(stage, f"来问第{place}件事情") for place in (1, 2))
        # One is corrected, one lies in a month that is closed, one's visitor comes again: others did that meanwhile.
        stage.office.ask(lambda desk: desk.registers.edit("intake", changed.uid, {"headcount": 3}), bool)
        stage.office.ask(lambda desk: desk.months.close(Month(2026, 4)), bool)
        stage.settle()
        hands.rest()
        hands.press(Qt.Key.Key_Z, modifier=CONTROL)
        told = load.notice.text()
        assert "已撤销：补录 4 条" in told
        assert f"以后又改过，没有动：{changed.record_no}" in told
        fixed = next(line for line in told.splitlines() if "已经结账，或者别处还在用" in line)
        assert closed.record_no in fixed
        assert load.notice.property("tone") == "warn"
        left = {each.record_no for each in intakes(stage) if each.occurred_at.year == 2026} & {
            changed.record_no,
            closed.record_no,
        }
        assert left == {changed.record_no, closed.record_no}
        assert [each.content for each in intakes(stage) if each.occurred_at.month in (3, 5)] == [
            changed.content
        ]
        # What was taken back may come again; what stayed is not doubled.
        load = look(hands, tmp_path / "旧本子.xlsx")
        assert "可以载入 2 行，以前已经载入 2 行" in load.notice.text()
        hands.dialog.close()


def test_a_book_loaded_days_ago_is_taken_back_only_after_a_question(
    stage: Stage, hands: Hands, tmp_path: Path
) -> None:
    load = look(hands, book(tmp_path / "三月.xlsx", GOOD, heads=HEADS))
    load.carry_out()
    hands.rest()
    before = len(intakes(stage))
    hands.dialog.close()
    stage.settle()
    again = Hands(stage)
    again.dialog.leaves.turn(1)
    again.rest()
    button = again.dialog.load.undoing.button
    assert "补录的 1 条" in button.text()
    for answer, left in ((QMessageBox.StandardButton.Cancel, 0), (QMessageBox.StandardButton.Yes, 1)):
        button.click()
        stage.settle()
        (question,) = front(QMessageBox)
        assert "会留着不动" in question.text()
        question.button(answer).click()
        stage.settle()
        assert len(intakes(stage)) == before - left
    assert "已撤销：" in again.dialog.load.notice.text()


def find(stage: Stage, content: str) -> Any:
    return next(each for each in intakes(stage) if each.content == content)


def ugly(path: Path) -> Path:
    """Make the book that everybody has: a title across it, merged days, totals, dates as text, people of one name."""
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet("2026年3月")
        middle = workbook.add_format({"align": "center"})
        sheet.merge_range(0, 0, 0, 6, "龙川村党群服务中心来访登记簿", middle)
        sheet.write_row(1, 0, ("填报单位：龙川村", "", "", "", "", "2026年3月"))
        sheet.write_row(2, 0, ("序号", "日期", "姓名", "联系电话", "事由", "类别", "处理结果"))
        sheet.merge_range(3, 1, 4, 1, "3月8日", middle)
        sheet.write_row(3, 2, ("陈建国", "13805770001", "询问低保怎么申请", "低保", "已办结"))
        sheet.write_row(4, 2, ("陈建国", "13805770002", "门口路灯不亮了", "路灯", "已报供电所"))
        sheet.write_row(5, 0, (3, "2026/3/9", "陈建国", "", "又来问低保的事", "低保", "已办结"))
        sheet.write_row(6, 0, (4, "３月１０日", "王碎姆", "13957770001", "问医保怎么交", "医保", "已告知"))
        sheet.write_row(7, 0, (5, "3.11", "黄小妹", "13957770001", "问养老金", "养老保险", "已告知"))
        sheet.write_row(8, 0, (6, "3.12", "林阿公", "13957770001", "问公交几点来", "公交", "已告知"))
        sheet.write_row(9, 0, ("合计", "", "6人", "", "", "", ""))
        sheet.write_row(10, 0, ("制表人：林小娟", "", "", "", "", "审核：陈志明", ""))
    return path


def test_an_ugly_book_is_chosen_looked_at_and_loaded_and_what_is_in_doubt_comes_back_with_the_reason(
    stage: Stage, hands: Hands, tmp_path: Path
) -> None:
    before = len(intakes(stage))
    load = hands.dialog.load
    path = ugly(tmp_path / "我们的本子.xlsx")
    load.choose.click()
    stage.settle()
    (dialog,) = [each for each in QApplication.topLevelWidgets() if isinstance(each, QFileDialog)]
    dialog.fileSelected.emit(str(path))
    dialog.close()
    hands.rest()
    told = load.notice.text()
    assert "第 10 行：合计" in told
    assert "公交" in told, "a word that no list has"
    assert "表头在第 3 行，下面有 6 行记录" in load.where.text()
    choose(load.meanings.box_of("公交"), "matter_category:other")
    hands.rest()
    assert "可以载入 5 行" in load.notice.text()
    # Two persons of one name and no telephone: nobody guesses who came.
    assert "第 6 行" in shown(load)
    assert "陈建国" in shown(load)
    load.load.click()
    hands.rest()
    assert len(intakes(stage)) == before + 5
    # A telephone may belong to three.
    people = {each.person for each in intakes(stage) if each.occurred_at.month == 3}
    assert len(people) == 5
    days = sorted(each.occurred_at.day for each in intakes(stage) if each.occurred_at.month == 3)
    assert days == [8, 8, 10, 11, 12]
    rejects = tmp_path / "我们的本子（退回）.xlsx"
    (sheet,) = openpyxl.load_workbook(rejects).worksheets
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[-1][-1] is not None
    assert "陈建国" in rows[-1]
    # With the telephone beside the name it is certain who is meant.
    sheet.cell(sheet.max_row, 4).value = "13805770002"
    sheet.parent.save(rejects)  # type: ignore[union-attr] # it stands in a workbook
    load.again.click()
    hands.rest()
    assert "可以载入 1 行" in load.notice.text()
