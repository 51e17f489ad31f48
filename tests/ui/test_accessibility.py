"""Who listens instead of looking is told what every control is: found by walking the tree that Qt gives to screen readers."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QDialog,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from ojr_desk.desk import Clock
from ojr_desk.problems import Refused
from ojr_desk.register import REGISTERS
from tests.ui import crowded
from tests.ui.conftest import children, front, is_a
from ui import errors
from ui.asking import Asking
from ui.attachments_dialog import AttachmentsDialog
from ui.case_page import CasePage
from ui.doubles_dialog import DoublesDialog
from ui.front import present
from ui.history_dialog import HistoryDialog
from ui.notify_dialog import NotifyDialog, write_notice
from ui.paper_dialog import PaperDialog
from ui.person_page import PersonPage
from ui.record_table import RecordTable
from ui.setup_dialog import SetupDialog
from ui.stage import Stage, on_stage
from ui.superior_dialog import SuperiorDialog, show_superior
from ui.waiting import Waiting

_ROLES = QAccessible.Role
#: What a person works with; such things need a name even where the keys never lead.
CONTROLS = {
    _ROLES.Button, _ROLES.ButtonMenu, _ROLES.ButtonDropDown, _ROLES.CheckBox, _ROLES.RadioButton, _ROLES.ComboBox,
    _ROLES.EditableText, _ROLES.SpinBox, _ROLES.Slider, _ROLES.Table, _ROLES.Tree, _ROLES.List, _ROLES.PageTabList,
    _ROLES.PageTab, _ROLES.MenuItem,
}  # fmt: skip
#: Their lines are read out one by one; there may be a million.
WHOLE = {_ROLES.Table, _ROLES.Tree, _ROLES.List, _ROLES.ComboBox, _ROLES.SpinBox}


def silent(top: QWidget) -> list[str]:
    """List what in *top* is worked with and has no name."""
    return [_told(each) for each in _all(QAccessible.queryAccessibleInterface(top)) if _needs(each)]


def _all(one: QAccessibleInterface) -> Iterator[QAccessibleInterface]:
    if _state(one).invisible:
        return
    yield one
    if one.role() not in WHOLE:
        for place in range(one.childCount()):
            child = one.child(place)
            if child is not None:
                yield from _all(child)


def _state(one: QAccessibleInterface) -> Any:
    """Read the state, whose parts the stubs do not know."""
    return one.state()


def _needs(one: QAccessibleInterface) -> bool:
    works = one.role() in CONTROLS or _state(one).focusable
    return bool(works and not one.text(QAccessible.Text.Name).strip())


def _told(one: QAccessibleInterface) -> str:
    made = one.object()
    return f"{one.role().name} {type(made).__name__} {made.objectName()}"


@pytest.fixture
def full(qapp: QApplication, tmp_path: Path, clock: Clock) -> Iterator[Stage]:
    """The window of a village with something of everything."""
    with on_stage(crowded.village(tmp_path / "village"), clock, crowded.LONG_NAME) as stage:
        yield stage


def test_every_control_of_every_page_has_a_name(full: Stage) -> None:
    found = []
    for entry in full.window.entries:
        for state, _page in crowded.states(full, entry.key):
            found += [f"{state}: {each}" for each in silent(full.window)]
    assert found == []


def test_a_superiors_pages_say_what_they_are_too(superior_stage: Stage) -> None:
    found = []
    for entry in superior_stage.window.entries:
        superior_stage.go(entry.key)
        found += [f"{entry.key}: {each}" for each in silent(superior_stage.window)]
    assert found == []


def step_of_several(stage: Stage) -> None:
    page = is_a(stage.go("case"), CasePage)
    page.list.table.selectAll()
    page.act_together("remind")


def asking(stage: Stage) -> None:
    present(Asking("重新打开", "要有第二个人同意。", ["理由", "第二个人姓名"], lambda told: None))


def paper(stage: Stage) -> None:
    path = stage.office.scratch / "slip.pdf"
    uid = _first(stage, "visit")
    stage.office.ask(
        lambda desk: desk.slips.write(uid, path),
        lambda slip: present(PaperDialog(stage.office, slip.title, path)),
    )


def history(stage: Stage) -> None:
    uid = _first(stage, "visit")
    present(HistoryDialog(stage.office, REGISTERS["intake"], uid, "LF-202610-0001"))


def attachments(stage: Stage) -> None:
    uid = _first(stage, "visit")
    present(AttachmentsDialog(stage.office, "intake", uid, "LF-202610-0001"))


def doubles(stage: Stage) -> None:
    is_a(stage.go("person"), PersonPage).find_doubles()


def superior(stage: Stage) -> None:
    show_superior(stage.office)


def notice(stage: Stage) -> None:
    write_notice(stage.office)


def refusal(stage: Stage) -> None:
    errors.show(Refused("没有做成。"))


DIALOGS: dict[Callable[[Stage], None], type[QDialog]] = {
    step_of_several: QDialog,
    asking: Asking,
    paper: PaperDialog,
    history: HistoryDialog,
    attachments: AttachmentsDialog,
    doubles: DoublesDialog,
    superior: SuperiorDialog,
    notice: NotifyDialog,
    refusal: QDialog,
}


def _first(stage: Stage, key: str) -> str:
    (table,) = children(stage.go(key), RecordTable)
    row = table.records.row(0)
    assert row is not None
    return row.uid


@pytest.mark.parametrize("ask", DIALOGS, ids=lambda ask: ask.__name__)
def test_every_control_of_a_dialog_has_a_name(full: Stage, ask: Callable[[Stage], None]) -> None:
    ask(full)
    full.settle()
    (dialog,) = front(DIALOGS[ask])
    try:
        assert silent(dialog) == []
        assert dialog.windowTitle()
    finally:
        dialog.close()


def test_a_long_piece_of_work_says_what_it_is(full: Stage) -> None:
    task = full.office.draw(lambda: None, lambda _nothing: None)
    dialog = Waiting("正在排版", task)
    dialog.show()
    assert silent(dialog) == []
    full.settle()


@pytest.mark.parametrize("trouble", ["", "数据库文件有一页坏了。"])
def test_the_first_day_says_what_it_asks(qtbot: QtBot, tmp_path: Path, clock: Clock, trouble: str) -> None:
    dialog = SetupDialog(tmp_path / "new", clock, trouble)
    qtbot.addWidget(dialog)
    dialog.show()
    assert silent(dialog) == []


def test_what_has_no_name_is_found(qtbot: QtBot) -> None:
    ground = QWidget()
    qtbot.addWidget(ground)
    column = QVBoxLayout(ground)
    named = QLineEdit()
    named.setAccessibleName("姓名")
    label, told = QLabel("电话"), QLineEdit()
    label.setBuddy(told)
    for each in (named, label, told, QPushButton("保存"), QLineEdit(), QCheckBox(), QPushButton("")):
        column.addWidget(each)
    ground.show()
    assert silent(ground) == ["EditableText QLineEdit ", "CheckBox QCheckBox ", "Button QPushButton "]
