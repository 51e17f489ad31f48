"""Tables, questions and ticks show whole what they are looked at for."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QCheckBox, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.conftest import children
from ui import style
from ui.asking import Asking
from ui.choice_editors import ChoicesEditor
from ui.import_preview import ImportPreview
from ui.plain_table import PlainTable
from ui.stage import application


@pytest.fixture(params=["standard", "huge"])
def letters(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[str]:
    """Every control in letters of a size."""
    style.resize(application(), request.param)
    yield str(request.param)
    style.resize(application(), "standard")


def test_the_last_column_fills_the_table_and_no_column_is_cut(qtbot: QtBot, letters: str) -> None:
    table = PlainTable("月份", ["月份", "状态", "登记"])
    qtbot.addWidget(table)
    table.resize(1300, 300)
    table.show()
    table.show_rows([["2026年10月", "已结账", "来访来电来信 200 条"]])
    assert table.horizontalScrollBar().maximum() == 0
    assert all(table.columnWidth(at) >= table.sizeHintForColumn(at) for at in range(3))
    assert sum(table.columnWidth(at) for at in range(3)) == table.viewport().width()


def test_what_becomes_of_a_file_is_seen_beside_its_name(qtbot: QtBot, letters: str) -> None:
    preview = ImportPreview()
    qtbot.addWidget(preview)
    heads = [preview.table.horizontalHeaderItem(at) for at in range(preview.table.columnCount())]
    assert [head.text() for head in heads if head][:2] == ["文件", "结果"]
    preview.resize(1100, 400)
    preview.show()
    name, decision = "330399196200_霁潭村_月报_补充_202610_V1.xlsx", "收下，导出后改动过（12 处）"
    preview.table.show_rows([[name, decision, "瓯江红霁潭村党群服务中心", "2026-10", "1", "134", ""]])
    assert preview.table.columnWidth(1) >= preview.table.sizeHintForColumn(1)
    assert preview.table.columnViewportPosition(2) <= preview.table.viewport().width()


def test_a_question_is_read_whole(qtbot: QtBot, letters: str) -> None:
    question = "补充件含个人信息，只在上级要求时报，必须加密。密码请当面或打电话告诉上级。" * 3
    asking = Asking("导出补充件", question, ["密码", "再输一次"], print, secret=True)
    qtbot.addWidget(asking)
    asking.show()
    told = asking.told
    qtbot.waitUntil(lambda: told.height() >= told.heightForWidth(told.width()))


def test_long_words_beside_a_tick_are_broken(qtbot: QtBot, letters: str) -> None:
    around = QWidget()
    qtbot.addWidget(around)
    ticks = ChoicesEditor(around, {"a": "Model service teams and own brands of the village", "b": "红色讲堂"})
    told = [each.text() for each in children(ticks, QCheckBox)]
    assert told == ["Model service teams and\nown brands of the village", "红色讲堂"]
