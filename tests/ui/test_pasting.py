"""Tables pasted from WPS, Excel and LibreOffice, and a grid that is half filled when the power goes."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtWidgets import QApplication

from ojr_desk.desk import Clock
from tests.office import TODAY
from tests.ui.conftest import front
from tests.ui.hands import at_old_books
from tests.ui.test_backlog import CONTROL, Hands, book
from ui import drafts
from ui.backlog.clipboard import MOST_ROWS, sheet_of
from ui.backlog.paste_dialog import PasteDialog
from ui.stage import Stage, on_stage

ROOT = Path(__file__).resolve().parents[2]
#: As LibreOffice puts it on the clipboard: merged days, a title across the table, line breaks within a cell.
CALC_HTML = """<!DOCTYPE html><html><head><meta name="generator" content="LibreOffice 24.8 (Linux)"/>
<style type="text/css">body,div,table,td { font-family:"Liberation Sans" }</style></head><body>
<table cellspacing="0" border="0"><colgroup width="85"></colgroup>
<tr><td colspan=5 height="17" align="center"><font face="Noto Sans CJK SC">来访登记簿</font></td></tr>
<tr><td>日期</td><td>姓名</td><td>事由</td><td>类别</td><td>答复</td></tr>
<tr><td rowspan=2 sdval="45940" sdnum="1033;0;M月D日">10月8日</td><td>王大明</td>
<td>问医保<br>怎么交</td><td>医保</td><td>已告知</td></tr>
<tr><td>李四妹</td><td>她说&quot;路灯&quot;不亮</td><td>路灯</td><td>已报</td></tr>
<tr><td>合计</td><td>2人</td><td></td><td></td><td></td></tr></table></body></html>"""
CALC_TEXT = (
    "来访登记簿\t\t\t\t\n日期\t姓名\t事由\t类别\t答复\n"
    '10月8日\t王大明\t"问医保\n怎么交"\t医保\t已告知\n'
    '\t李四妹\t"她说""路灯""不亮"\t路灯\t已报\n合计\t2人\t\t\t\n'
)
#: As WPS and Excel do: rows that end as on Windows, a fragment between marks, widths as points.
WPS_HTML = f"""Version:1.0\r\nStartHTML:0000000105\r\n<html xmlns:o="urn:schemas-microsoft-com:office:office">
<head><style><!--table {{mso-displayed-decimal-separator:"\\."}} td {{padding-top:1px}}--></style></head>
<body><!--StartFragment-->{CALC_HTML[CALC_HTML.index("<table") : CALC_HTML.index("</table>")]}</table>
<!--EndFragment--></body></html>"""
WPS_TEXT = CALC_TEXT.replace("\n", "\r\n").replace('"问医保\r\n', '"问医保\n')


@pytest.fixture
def stage(qapp: QApplication, village: Path, clock: Clock) -> Iterator[Stage]:
    with at_old_books(village, clock) as opened:
        yield opened


@pytest.fixture
def hands(stage: Stage) -> Hands:
    return Hands(stage)


def paste(hands: Hands, text: str, html: str) -> PasteDialog:
    mime = QMimeData()
    mime.setText(text)
    mime.setHtml(html)
    QApplication.clipboard().setMimeData(mime)
    hands.press(Qt.Key.Key_V, modifier=CONTROL)
    return front(PasteDialog)[0]


@pytest.mark.parametrize(("text", "html"), [(CALC_TEXT, CALC_HTML), (WPS_TEXT, WPS_HTML), ("", CALC_HTML)])
def test_a_rectangle_of_another_program_comes_with_its_merged_cells_and_line_breaks(
    hands: Hands, text: str, html: str
) -> None:
    preview = paste(hands, text, html)
    assert "2 行可以放进表格" in preview.notice.text()
    assert "第 5 行：合计" in preview.notice.text()
    preview.accept()
    hands.rest()
    assert hands.shown(0)[:2] == ["2026-10-08 09:00", "王大明"]
    assert "问医保⏎ 怎么交" in hands.shown(0)
    # The day is merged over both rows.
    assert hands.shown(1)[:2] == ["2026-10-08 09:00", "李四妹"]
    assert '她说"路灯"不亮' in hands.shown(1)


TABLE = "什么时候\t姓名\t电话\t事由\t类别\t方式\n{day}\t王大明\t13957771111\t问医保怎么交\t医保\t自己上门\n"


def test_what_is_said_of_a_pasted_table_holds_for_the_next_one_and_for_a_book_that_is_loaded(
    stage: Stage, hands: Hands, tmp_path: Path
) -> None:
    preview = hands.paste(TABLE.format(day="10.8"))
    assert "没有用上的栏：什么时候" in preview.notice.text()
    assert "不认识的词：自己上门" in preview.notice.text()
    for text, key in (("什么时候", "occurred_at"), ("自己上门", "channel:visit")):
        box = preview.meanings.box_of(text)
        box.setCurrentIndex(box.findData(key))
        box.activated.emit(box.currentIndex())
        stage.settle()
    assert "不认识" not in preview.notice.text()
    preview.accept()
    hands.rest()
    assert hands.shown(0)[0] == "2026-10-08 09:00"
    preview = hands.paste(TABLE.format(day="10.9"))
    assert "没有用上的栏" not in preview.notice.text()
    assert "不认识的词" not in preview.notice.text()
    assert {each.text: each.names for each in preview.pasted.headings}["什么时候"] == ("occurred_at",)
    preview.reject()
    hands.rest()
    hands.dialog.leaves.turn(1)
    load = hands.dialog.load
    heads, row = (tuple(line.split("\t")) for line in TABLE.format(day="2026.3.8").splitlines())
    load.open(book(tmp_path / "本子.xlsx", row, heads=heads))
    hands.rest()
    # Only the hour's place is filled in the grid; here it goes by the same words.
    assert load.meanings.box_of("什么时候").currentData() == "occurred_at"
    assert load.meanings.box_of("自己上门").currentData() == "channel:visit"


def test_what_is_not_taken_is_not_remembered(stage: Stage, hands: Hands) -> None:
    preview = hands.paste(TABLE.format(day="10.8"))
    box = preview.meanings.box_of("什么时候")
    box.setCurrentIndex(box.findData("occurred_at"))
    box.activated.emit(box.currentIndex())
    stage.settle()
    preview.reject()
    hands.rest()
    assert "没有用上的栏：什么时候" in hands.paste(TABLE.format(day="10.8")).notice.text()


def test_a_book_of_two_thousand_rows_is_pasted_kept_and_stored_whole(stage: Stage, hands: Hands) -> None:
    heads = "日期\t姓名\t事由\t类别\t答复"
    long = "村口路灯三盏不亮，晚上老人孩子出门看不见路，已经跌倒两次，请尽快派人来修。" * 8
    rows = [f"2026.3.{1 + at % 28}\t王大明\t第{at}次来：{long}\t路灯\t已报" for at in range(2000)]
    preview = hands.paste("\n".join((heads, *rows)))
    assert "2000 行可以放进表格" in preview.notice.text()
    preview.accept()
    hands.rest()
    assert hands.grid.count == 2000
    hands.dialog.close()
    stage.settle()
    # A file of several megabytes is still the person's own.
    again = Hands(stage)
    assert again.grid.count == 2000
    assert again.shown(1999)[0] == "2026-03-12 09:00"
    again.grid.empty()
    again.dialog.close()


def test_more_than_that_is_a_book_to_be_loaded() -> None:
    rows = "\n".join("10.8\t王大明" for _row in range(MOST_ROWS + 1))
    with pytest.raises(Exception, match="导入旧的 Excel 本子"):
        sheet_of(rows, "")


#: The program itself, with hands that copy a book into the grid; it says when the first row is kept.
COPYING = """
import json, sys
from pathlib import Path
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from ui import app, drafts
from ui.window import Window

folder, waiting = Path(sys.argv[1]), json.loads(sys.argv[2])
application = app.make_application()
asked = False

def look():
    global asked
    window = next((each for each in application.topLevelWidgets() if isinstance(each, Window)), None)
    if window is None or len(window.entries) < 6:
        return
    if not asked:
        asked = True
        window.go("visit").list.backlog.click()
        return
    line = QApplication.focusWidget()
    if type(line).__name__ == "CellLine" and waiting:
        word = waiting.pop(0)
        if word == "\\n":
            QTest.keyClick(line, Qt.Key.Key_Return)
        elif word:
            event = QInputMethodEvent()
            event.setCommitString(word)
            QApplication.sendEvent(line, event)
        if word != "\\n" and waiting and waiting[0] != "\\n":
            QTest.keyClick(line, Qt.Key.Key_Tab)
    elif not waiting:
        kept = drafts.recall(folder, "backlog-visit")
        if len(kept.get("rows", ((), ""))[0]) == 2:
            print("kept", flush=True)
            waiting.append("")

timer = QTimer(interval=30)
timer.timeout.connect(look)
timer.start()
sys.exit(app.main(["--data", str(folder), "--today", sys.argv[3], "--user", "林小娟"]))
"""


def test_a_grid_that_is_half_filled_is_as_it_was_after_a_kill(
    qapp: QApplication, village: Path, clock: Clock
) -> None:
    words = [
        "11.19",
        "周阿芳",
        "13957778888",
        "低保",
        "来问低保怎么申请",
        "\n",
        "",
        "王碎姆",
        "",
        "",
        "还没写完的事",
    ]
    command = [sys.executable, "-c", COPYING, str(village), json.dumps(words), TODAY.isoformat()]
    with subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8", cwd=ROOT) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "kept\n"
        process.kill()
    assert len(drafts.recall(village, "backlog-visit")["rows"][0]) == 2
    with on_stage(village, clock, "林小娟") as stage:
        hands = Hands(stage)
        assert hands.grid.count == 2
        assert "已经恢复" in hands.grid.notice.text()
        assert hands.shown(0)[:5] == [
            "2026-11-19 09:00",
            "周阿芳",
            "13957778888",
            "民政·低保救助",
            "来问低保怎么申请",
        ]
        # Also what stood in the cell that was open.
        assert "还没写完的事" in hands.shown(1)
        hands.dialog.close()
