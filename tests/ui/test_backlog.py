"""What was kept before the program: a handwritten book, a pasted table, an old Excel book, by keys on the window."""

from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QTableView, QWidget

from ojr_desk.desk import Clock, Desk
from ojr_desk.moments import Month
from ojr_desk.register import REGISTERS
from ojr_desk.store.query import Query
from tests.ui.conftest import children, front, is_a
from tests.ui.hands import at_old_books
from ui import drafts
from ui.backlog.cell_line import CellLine
from ui.backlog.clipboard import cells_of, table_in
from ui.backlog.dialog import BacklogDialog
from ui.backlog.layout import Batch, Layout
from ui.backlog.paste_dialog import PasteDialog
from ui.offer_list import OfferList
from ui.register_page import RegisterPage
from ui.stage import Stage, on_stage
from ui.style import HIT, SIZES
from ui.view import whole

CONTROL = Qt.KeyboardModifier.ControlModifier
TAB, ENTER, DOWN = Qt.Key.Key_Tab, Qt.Key.Key_Return, Qt.Key.Key_Down


class Hands:
    """Two hands on the keyboard, and the window of the backlog before them."""

    def __init__(self, stage: Stage, key: str = "visit") -> None:
        self.stage = stage
        page = is_a(stage.go(key), RegisterPage)
        page.list.backlog.click()
        stage.settle()
        self.dialog = front(BacklogDialog)[0]
        self.rest()

    @property
    def grid(self) -> Any:
        return self.dialog.grid

    @property
    def line(self) -> CellLine:
        return is_a(QApplication.focusWidget(), CellLine)

    def rest(self) -> None:
        self.stage.settle()
        if QApplication.activePopupWidget() is None:
            in_front: list[QWidget] = [*front(PasteDialog), self.dialog]
            in_front[0].activateWindow()
            self.stage.settle()

    def press(self, *keys: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        for key in keys:
            target = QApplication.activePopupWidget() or QApplication.focusWidget() or self.dialog
            QTest.keyClick(target, key, modifier)
            self.rest()

    def write(self, *texts: str) -> None:
        """Write one cell after the other, as an input method does; "" passes one over."""
        for place, text in enumerate(texts):
            if place:
                self.press(TAB)
            if text:
                event = QInputMethodEvent()
                event.setCommitString(text)
                QApplication.sendEvent(self.line, event)

    def shown(self, row: int) -> list[str]:
        model = self.grid.model
        return [model.data(model.index(row, at)) for at in range(model.columnCount())]

    def complaints(self) -> str:
        listed = self.grid.complaints
        return "\n".join(listed.item(at).text() for at in range(listed.count()))

    def paste(self, text: str) -> PasteDialog:
        QApplication.clipboard().setText(text)
        self.press(Qt.Key.Key_V, modifier=CONTROL)
        return front(PasteDialog)[0]


@pytest.fixture
def stage(qapp: QApplication, village: Path, clock: Clock) -> Iterator[Stage]:
    with at_old_books(village, clock) as opened:
        yield opened


@pytest.fixture
def hands(stage: Stage) -> Hands:
    return Hands(stage)


def intakes(stage: Stage) -> list[Any]:
    found: list[Any] = []
    stage.office.ask(lambda desk: desk.registers.find("intake", Query(), 1000).records, found.extend)
    stage.settle()
    return sorted(
        (each for each in found if each.record_status == "normal"), key=lambda each: each.occurred_at
    )


GOOD = ("11.19", "周阿芳", "13957778888", "低保", "来问低保怎么申请", "", "已讲明条件和材料")


def test_a_page_of_a_handwritten_book_is_copied_by_keys_alone(stage: Stage, hands: Hands) -> None:
    before = len(intakes(stage))
    hands.write(*GOOD)
    hands.press(ENTER)
    hands.write("", "王碎姆", "", "路灯", "村口路灯不亮", "仅记录")
    hands.press(ENTER)
    # What is understood stands in the cells: the hour of all, the day from above, the whole label.
    assert hands.shown(0)[:4] == ["2026-11-19 09:00", "周阿芳", "13957778888", "民政·低保救助"]
    assert hands.shown(1)[0] == "2026-11-19 09:00"
    assert hands.complaints() == ""
    hands.press(ENTER, modifier=CONTROL)
    assert "已保存 2 行" in hands.grid.notice.text()
    assert hands.grid.count == 0
    saved = [each for each in intakes(stage) if each.occurred_at >= datetime(2026, 11, 1)]
    assert len(intakes(stage)) == before + 2
    assert [each.occurred_at for each in saved] == [datetime(2026, 11, 19, 9)] * 2
    assert {each.backfill_reason for each in saved} == {"paper"}
    assert saved[0].received_by == stage.office.facts.user
    # The next row is ready.
    assert hands.line.accessibleName() == "第 1 行 接待时间"


def test_the_whole_batch_is_taken_back_by_one_key_and_its_rows_come_back(stage: Stage, hands: Hands) -> None:
    before = len(intakes(stage))
    hands.write(*GOOD)
    hands.press(ENTER)
    hands.write("", *GOOD[1:])
    hands.press(ENTER, modifier=CONTROL)
    assert len(intakes(stage)) == before + 2
    assert "2 条" in hands.grid.undoing.button.text()
    hands.press(Qt.Key.Key_Z, modifier=CONTROL)
    assert "已撤销" in hands.grid.notice.text()
    assert len(intakes(stage)) == before
    assert hands.grid.count == 2
    assert hands.shown(1)[4] == "来问低保怎么申请"


def test_one_refused_row_keeps_all_and_says_where_and_the_good_ones_may_go_first(
    stage: Stage, hands: Hands
) -> None:
    before = len(intakes(stage))
    hands.write(*GOOD)
    hands.press(ENTER)
    hands.write("11.18", "林某某", "", "没有的事项", "来问别的事情", "", "已告知")
    hands.press(ENTER)
    assert "第 2 行“事项类别”：没有“没有的事项”这一项" in hands.complaints()
    model = hands.grid.model
    assert "没有的事项" in model.data(model.index(1, 3), Qt.ItemDataRole.ToolTipRole)
    assert model.data(model.index(1, 3), Qt.ItemDataRole.BackgroundRole) is not None
    assert "没有的事项" in model.data(model.index(1, 3), Qt.ItemDataRole.AccessibleTextRole)
    hands.press(ENTER, modifier=CONTROL)
    assert "一行也没有保存" in hands.grid.notice.text()
    assert len(intakes(stage)) == before
    assert hands.line.text() == "没有的事项"
    hands.grid.save_good.click()
    hands.rest()
    assert len(intakes(stage)) == before + 1
    assert hands.grid.count == 1
    assert hands.shown(0)[1] == "林某某"
    # What went on from a row that has left is written out.
    assert hands.shown(0)[0] == "2026-11-18 09:00"


def test_initials_find_a_person_with_the_telephone(stage: Stage, hands: Hands) -> None:
    hands.write("t")
    hands.press(TAB)
    QTest.keyClicks(hands.line, "wsm")
    QTest.qWait(200)
    hands.rest()
    assert children(hands.line, OfferList)[0].popup().isVisible()
    hands.press(ENTER)
    assert hands.line.text() == "王碎姆"
    hands.press(ENTER)
    assert hands.shown(0)[:3] == ["2026-11-22 09:00", "王碎姆", "13957770001"]
    assert hands.grid.model.rows[0].cells["person"].uid


def test_initials_that_nobody_waited_for_are_looked_up_when_the_row_is_left(hands: Hands) -> None:
    hands.write("-1", "wsm", "", "低保", "来问低保怎么申请", "", "已告知")
    hands.press(ENTER)
    assert hands.shown(0)[:2] == ["2026-11-21 09:00", "王碎姆"]


def test_tab_takes_what_is_marked_in_the_list_and_goes_on(hands: Hands) -> None:
    hands.write("11.20", "")
    QTest.keyClicks(hands.line, "wsm")
    QTest.qWait(200)
    hands.rest()
    hands.press(TAB)
    assert hands.shown(0)[1] == "王碎姆"
    assert hands.line.accessibleName() == "第 1 行 电话"


def test_same_as_above_by_either_key_and_in_words(hands: Hands) -> None:
    hands.write(*GOOD)
    hands.press(ENTER)
    hands.write("", "王碎姆", "")
    hands.press(TAB)
    hands.press(Qt.Key.Key_F8)
    hands.press(Qt.Key.Key_D, modifier=CONTROL)
    hands.write("", "同上")
    hands.press(DOWN)
    assert hands.shown(1)[3:7] == ["民政·低保救助", "来问低保怎么申请", "当场答复", "已讲明条件和材料"]


def test_days_and_hours_are_understood_and_the_hour_of_all_can_be_changed(hands: Hands) -> None:
    layout, now = Layout(whole(REGISTERS["intake"])), datetime(2026, 11, 22, 12)

    def read(text: str, above: str = "2026-11-03 10:00") -> str:
        return layout.tidied("occurred_at", text, above, Batch(hour=time(8, 30)), now)

    assert read("t") == "2026-11-22 08:30"
    assert read("-1") == "2026-11-21 08:30"
    assert read("11.22 9:05") == "2026-11-22 09:05"
    assert read("14:50") == "2026-11-03 14:50"
    assert read("2026年11月1日") == "2026-11-01 08:30"
    assert read("胡乱") == "胡乱"
    assert read("同上") == ""
    hands.write("胡乱", "周阿芳")
    hands.press(ENTER)
    assert "看不出是哪一天" in hands.complaints()


def test_without_a_day_in_the_first_row_none_is_invented(hands: Hands) -> None:
    hands.write("", *GOOD[1:])
    hands.press(ENTER, modifier=CONTROL)
    assert "第 1 行“接待时间”" in hands.complaints()


def test_what_is_sealed_is_neither_stored_nor_kept(stage: Stage, hands: Hands) -> None:
    hands.write("11.20", "周阿芳", "", "干部作风", "某某干部吃拿卡要")
    hands.grid.put_by()
    stage.settle()
    kept = (stage.office.folder / "drafts" / "backlog-visit.json").read_text(encoding="utf-8")
    assert "吃拿卡要" not in kept
    assert "周阿芳" not in kept
    hands.grid.grid.go(1, 0)
    hands.rest()
    assert "不进电脑" in hands.complaints()
    assert "吃拿卡要" not in "".join(hands.shown(0))


def test_a_row_of_a_closed_month_says_that_it_goes_into_this_one(
    qapp: QApplication, village: Path, clock: Clock
) -> None:
    desk = Desk.open(village, clock)
    desk.months.close(Month(2026, 10))
    desk.close()
    with on_stage(village, clock, "林小娟") as stage:
        hands = Hands(stage)
        hands.write("10.20", *GOOD[1:])
        hands.press(ENTER)
        assert "会记入本月的本子" in hands.complaints()
        hands.press(ENTER, modifier=CONTROL)
        late = [each for each in intakes(stage) if each.happened_at]
        assert [each.happened_at for each in late] == [datetime(2026, 10, 20, 9)]
        hands.dialog.close()


def test_nothing_typed_is_lost_when_the_window_closes_or_the_power_fails(stage: Stage, hands: Hands) -> None:
    hands.write("11.19", "周阿芳")
    hands.press(ENTER)
    hands.grid.keeping.keep()
    stage.settle()
    kept = drafts.recall(stage.office.folder, "backlog-visit")
    assert kept["rows"][0][0]["person"] == ["周阿芳", ""]
    hands.write("11.20", "还没离开这一格")
    # Before the cell is left as well.
    hands.grid.keeping.keep()
    stage.settle()
    assert drafts.recall(stage.office.folder, "backlog-visit")["rows"][0][1]["person"] == [
        "还没离开这一格",
        "",
    ]
    hands.press(Qt.Key.Key_Escape)
    assert hands.line.text() == ""
    hands.write("还在写")
    hands.dialog.close()
    stage.settle()
    assert "2 行没有保存" in stage.window.notice.text()
    again = Hands(stage)
    assert again.grid.count == 2
    assert "已经恢复" in again.grid.notice.text()
    assert again.shown(0)[1] == "周阿芳"
    again.grid.empty()
    stage.settle()
    assert drafts.recall(stage.office.folder, "backlog-visit") == {}


def test_a_row_is_taken_out_and_what_went_on_from_it_stays(hands: Hands) -> None:
    hands.write("11.19", "周阿芳")
    hands.press(ENTER)
    hands.write("", "王碎姆")
    hands.press(Qt.Key.Key_Up)
    hands.press(Qt.Key.Key_Delete, modifier=CONTROL)
    assert hands.grid.count == 1
    assert hands.shown(0)[:2] == ["2026-11-19 09:00", "王碎姆"]


UGLY = (
    "龙川村2026年10月来访登记簿\t\t\t\t\t\r\n"
    "序号\t日期\t姓名\t联系电话\t事由\t类别\t人数\t邮编\r\n"
    '1\t10.8\t王大明\t13957771111\t"问医保\n怎么交"\t医保\t3人\t325000\r\n'
    "2\t\t李四妹\t\t路灯不亮请来修\t路灯\t1\t325000\r\n"
    "合计\t\t2人\t\t\t\t4\t\r\n"
)


def test_a_pasted_table_is_shown_put_right_and_taken(stage: Stage, hands: Hands) -> None:
    preview = hands.paste(UGLY)
    told = preview.notice.text()
    assert "2 行可以放进表格" in told
    assert "没有用上的栏：序号、邮编" in told or "没有用上的栏：邮编" in told
    assert "第 5 行：合计" in told
    names = {each.text: each.names for each in preview.pasted.headings}
    assert names["日期"] == ("occurred_at",)
    assert names["联系电话"] == ("person.phone",)
    assert names["人数"] == ("headcount",)
    at = [each.text for each in preview.pasted.headings].index("邮编")
    box = preview.meanings.box(at)
    box.setCurrentIndex(box.findData("remark"))
    box.activated.emit(box.currentIndex())
    stage.settle()
    assert "邮编" not in preview.notice.text()
    preview.take.setFocus()
    QTest.keyClick(preview.take, Qt.Key.Key_Space)
    hands.rest()
    # More columns than the grid had: it has them now.
    assert {"headcount", "remark"} <= set(hands.grid.layout_.names)
    assert hands.shown(0)[:5] == [
        "2026-10-08 09:00",
        "王大明",
        "13957771111",
        "社保医保·医疗保险",
        "问医保⏎ 怎么交",
    ]
    assert hands.shown(1)[:2] == ["2026-10-08 09:00", "李四妹"]
    assert hands.grid.model.rows[0].cells["headcount"].text == "3"
    assert "第 1 行“答复内容”" in hands.complaints()


def test_a_table_without_headings_goes_by_its_place(stage: Stage, hands: Hands) -> None:
    hands.press(TAB)
    preview = hands.paste("王大明\t13957771111\n李四妹\t\n")
    assert "按位置" in preview.notice.text()
    preview.accept()
    hands.rest()
    assert hands.shown(0)[1:3] == ["王大明", "13957771111"]
    assert hands.shown(1)[1] == "李四妹"


def test_a_few_words_are_pasted_into_the_cell(hands: Hands) -> None:
    QApplication.clipboard().setText("周阿芳\r\n")
    hands.press(TAB)
    hands.press(Qt.Key.Key_V, modifier=CONTROL)
    assert front(PasteDialog) == []
    assert hands.line.text().strip() == "周阿芳"


def test_several_lines_of_a_chat_go_into_one_long_text(hands: Hands) -> None:
    hands.grid.grid.go(0, 4)
    hands.rest()
    QApplication.clipboard().setText("路灯坏了\n请来修")
    hands.press(Qt.Key.Key_V, modifier=CONTROL)
    assert front(PasteDialog) == []
    assert "请来修" in hands.line.text()


def test_the_keys_lead_out_of_the_grid_and_to_the_next_complaint(hands: Hands) -> None:
    hands.write("胡乱", "周阿芳")
    hands.press(ENTER)
    hands.press(Qt.Key.Key_F7)
    assert hands.line.text() == "胡乱"
    hands.press(Qt.Key.Key_F6)
    assert hands.grid.rules.reason.hasFocus()
    hands.press(TAB)
    assert hands.grid.rules.hour.hasFocus()


def test_an_empty_clipboard_is_refused_in_words(stage: Stage, hands: Hands) -> None:
    QApplication.clipboard().setText(" ")
    hands.grid.pasting.paste()
    stage.settle()
    assert "剪贴板里没有表格" in hands.grid.notice.text()


def test_quotes_tabs_and_line_breaks_of_the_clipboard_part_cells_as_they_should() -> None:
    assert cells_of('a\t"b\n""c"""\td\r\ne\t\tf\n') == [["a", 'b\n"c"', "d"], ["e", "", "f"]]
    assert cells_of('说"好"\t"未完') == [['说"好"', '"未完']]
    assert cells_of("") == []


def test_merged_cells_are_told_by_the_html_of_the_clipboard() -> None:
    html = (
        "<style>td{x:1}</style><table><tr><td colspan=2>登记簿</td></tr><tr><td rowspan=2>10.8</td>"
        "<td>王<br>大明</td></tr><tr><td>李四妹</td></tr></table>"
    )
    rows, merges = table_in(html)
    assert rows == [["登记簿", ""], ["10.8", "王\n大明"], ["", "李四妹"]]
    assert [(each.first_row, each.last_row, each.last_column) for each in merges] == [(1, 1, 2), (2, 3, 1)]
    assert table_in("<p>没有表</p>") == ([], [])


HEADS = ("日期", "姓名", "电话", "事由", "类别", "办理情况", "经办人")


def book(path: Path, *rows: tuple[str, ...], heads: tuple[str, ...] = HEADS) -> Path:
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet("登记")
        for number, row in enumerate((heads, *rows)):
            for place, value in enumerate(row):
                sheet.write(number, place, value)
    return path


def test_an_old_book_is_looked_at_put_right_loaded_and_taken_back(
    stage: Stage, hands: Hands, tmp_path: Path
) -> None:
    before = len(intakes(stage))
    path = book(
        tmp_path / "旧本子.xlsx",
        ("2026.3.8", "张三", "13805770001", "询问低保怎么申请", "低保", "已办结", "林小娟"),
        ("2026.3.9", "李四", "13805770002", "门口路灯不亮了", "路灯", "已报供电所", "不认识"),
        ("合计", "2", "", "", "", "", ""),
    )
    load = hands.dialog.load
    hands.dialog.leaves.turn(1)
    load.open(path)
    hands.rest()
    assert "可以载入 1 行" in load.notice.text()
    assert "第 4 行：合计" in load.notice.text()
    assert "第 3 行" in load.complaints.item(0).text()
    assert len(intakes(stage)) == before
    assert load.load.hasFocus()
    # The clerk who is not known is left out: then both rows can be loaded.
    at = [load.meanings.item(row, 0).text() for row in range(load.meanings.rowCount())].index("经办人")  # type: ignore[union-attr] # all are filled
    box = load.meanings.box(at)
    box.setCurrentIndex(0)
    box.activated.emit(0)
    hands.rest()
    assert "可以载入 2 行" in load.notice.text()
    QTest.keyClick(load.load, Qt.Key.Key_Space)
    hands.rest()
    assert "已载入 2 条" in load.notice.text()
    assert "Ctrl+Z" in load.notice.text()
    assert len(intakes(stage)) == before + 2
    hands.press(Qt.Key.Key_Z, modifier=CONTROL)
    assert "已撤销：补录 2 条" in load.notice.text()
    assert len(intakes(stage)) == before


def test_what_is_refused_of_a_book_lies_beside_it_and_the_window_says_where(
    stage: Stage, hands: Hands, tmp_path: Path
) -> None:
    path = book(
        tmp_path / "旧本子.xlsx",
        ("2026.3.8", "张三", "13805770001", "询问低保怎么申请", "低保", "已办结", "林小娟"),
        ("2026.3.9", "李四", "13805770002", "门口路灯不亮了", "路灯", "已报供电所", "不认识"),
    )
    load = hands.dialog.load
    hands.dialog.leaves.turn(1)
    load.open(path)
    hands.rest()
    load.carry_out()
    hands.rest()
    returned = tmp_path / "旧本子（退回）.xlsx"
    assert returned.is_file()
    assert str(returned) in load.notice.text()


def test_a_book_of_calls_without_a_word_of_it_is_loaded_as_calls_on_their_page(
    stage: Stage, tmp_path: Path
) -> None:
    hands = Hands(stage, "call")
    path = book(
        tmp_path / "本子.xlsx",
        ("2026.3.8", "张三", "13805770001", "询问低保怎么申请", "低保", "已办结", "林小娟"),
    )
    load = hands.dialog.load
    hands.dialog.leaves.turn(1)
    load.open(path)
    hands.rest()
    load.carry_out()
    hands.rest()
    assert [each.channel for each in intakes(stage) if each.occurred_at.month == 3] == ["call"]


def test_what_the_book_lacks_is_asked_once(stage: Stage, hands: Hands, tmp_path: Path) -> None:
    path = book(
        tmp_path / "本子.xlsx",
        ("2026.3.8", "张三", "询问低保怎么申请", "已办结"),
        heads=("日期", "姓名", "事由", "办理情况"),
    )
    load = hands.dialog.load
    hands.dialog.leaves.turn(1)
    load.open(path)
    hands.rest()
    assert "表里没有“事项类别”" in load.notice.text()
    editor = load.asked.defaults["matter_category"]
    assert editor.control.hasFocus()
    editor.put("civil.relief", "民政·低保救助")
    editor.typed.emit()
    assert not load.load.isEnabled()
    load.again.click()
    hands.rest()
    assert "可以载入 1 行" in load.notice.text()


def test_a_file_that_is_no_table_is_refused_in_words(stage: Stage, hands: Hands, tmp_path: Path) -> None:
    path = tmp_path / "坏.xlsx"
    path.write_bytes(b"no workbook")
    hands.dialog.load.open(path)
    hands.rest()
    assert hands.dialog.load.notice.property("tone") == "bad"
    assert not hands.dialog.load.load.isEnabled()


@pytest.mark.parametrize("code", ["venue", "staff", "phrase", "case"])
def test_every_register_that_people_enter_has_its_grid(stage: Stage, code: str) -> None:
    hands = Hands(stage, "case" if code == "case" else code)
    required = [each.name for each in REGISTERS[code].typed if each.required]
    assert set(required) <= set(hands.grid.layout_.names)
    hands.dialog.close()


def test_a_standing_register_is_typed_in_as_well(stage: Stage) -> None:
    hands = Hands(stage, "phrase")
    names = hands.grid.layout_.names
    hands.write(
        *("yb9" if name == "keyword" else "医保怎么交" if name == "text" else "" for name in names[:2])
    )
    hands.press(ENTER, modifier=CONTROL)
    assert "已保存 1 行" in hands.grid.notice.text()


@pytest.mark.parametrize("size", SIZES)
def test_the_window_fits_a_small_screen_in_every_size_and_says_what_everything_is(
    qapp: QApplication, village: Path, clock: Clock, size: str
) -> None:
    with on_stage(village, clock, "林小娟", size) as stage:
        hands = Hands(stage)
        hands.write("胡乱", "周阿芳")
        hands.press(ENTER)
        for place in range(2):
            hands.dialog.leaves.turn(place)
            stage.settle()
            assert hands.dialog.minimumSizeHint().width() <= 1366
            assert hands.dialog.minimumSizeHint().height() <= 730
            for widget in children(hands.dialog, QWidget):
                if not widget.isVisible() or widget.objectName().startswith("qt_"):
                    continue
                if isinstance(widget, QAbstractButton) and not isinstance(widget.parentWidget(), QTableView):
                    assert widget.text() or widget.accessibleName()
                    assert widget.height() >= HIT - 2
                elif isinstance(widget, QLineEdit | QComboBox | QTableView):
                    inner = isinstance(widget.parentWidget(), QComboBox)
                    assert widget.accessibleName() or inner, widget
                    assert widget.height() >= HIT - 4 or inner, widget
        hands.dialog.close()


def test_there_is_no_backlog_where_the_program_itself_enters(stage: Stage) -> None:
    page = is_a(stage.go("correction"), RegisterPage)
    assert page.list.backlog.isHidden()
    assert date(2026, 11, 22) == stage.office.now().date()
