"""What must hold of any page and of the form of any register, present or future."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from ojr_desk.desk import Clock
from ojr_desk.register import REGISTERS, Given, Link, Register, Text
from tests.samples import samples
from tests.ui.conftest import children, is_a, press
from ui.content import Content, Plan
from ui.editor import Offer
from ui.offers import look_up
from ui.record_columns import seldom
from ui.record_form import RecordForm
from ui.register_page import RegisterPage
from ui.stage import Stage, on_stage
from ui.style import HIT, SIZES

CONTROLS = QLineEdit | QPlainTextEdit | QComboBox | QAbstractButton | QAbstractItemView
#: Parts of Qt's own controls, which speak through the control they are in.
PARTS = ("qt_spinbox_lineedit", "qt_scrollarea_viewport")


@pytest.fixture
def form(qtbot: QtBot, every: Register, clock: Clock) -> RecordForm:
    """The form of each register in turn, with nothing behind it."""
    made = RecordForm(None, Plan(every.typed, seldom(every)), lambda code, typed, done: done([]), clock)
    qtbot.addWidget(made)
    return made


def test_every_form_has_a_field_for_every_column_a_person_fills(form: RecordForm, every: Register) -> None:
    form.unfold()
    for column in every.typed:
        field = form.field(column.name)
        assert column.label in field.editor.control.accessibleName()
        assert ("必填" in field.editor.control.accessibleName()) == column.required


def test_an_empty_form_holds_the_defaults_and_is_not_touched(
    form: RecordForm, every: Register, clock: Clock
) -> None:
    form.begin(Given(clock()), {})
    form.unfold()
    assert not form.is_touched
    told = form.values()
    for column in every.typed:
        default = column.first_value(Given(clock()))
        if default not in (None, "", (), False):
            assert column.kind.parse(told[column.name], Given(clock())) == default


def test_what_a_kind_takes_can_be_typed_into_its_editor(
    form: RecordForm, every: Register, clock: Clock
) -> None:
    form.begin(Given(clock()), {})
    form.unfold()
    for column in every.typed:
        if isinstance(column.kind, Link):
            continue
        for name, codes in column.when.items():
            form.field(name).editor.put(codes[0], "")
        for sample in samples(column):
            native = column.kind.parse(sample, Given(clock()))
            form.field(column.name).editor.put(native, column.kind.show(native))
            assert (
                column.kind.parse(form.values().get(column.name, ""), Given(clock())) == native
                if (form.values().get(column.name, "") not in ("", []))
                else native in ("", (), False)
            ), column.name


def test_a_stored_record_that_is_only_looked_at_changes_nothing(
    form: RecordForm, every: Register, clock: Clock
) -> None:
    values = {}
    for column in every.typed:
        if not isinstance(column.kind, Link) and samples(column):
            values[column.name] = column.kind.parse(samples(column)[0], Given(clock()))
    form.show_record(Content(values, {}, masked=True))
    form.unfold()
    assert form.values() == {}
    assert not form.is_touched


def test_no_line_cuts_a_rare_character_in_two(form: RecordForm, every: Register) -> None:
    form.unfold()
    for column in every.typed:
        if isinstance(column.kind, Text) and column.kind.max:
            editor = form.field(column.name).editor
            long = "\U00020bb7" * (column.kind.max + 5)
            editor.put(long, long)
            assert editor.value() == long


@pytest.mark.parametrize("size", SIZES)
def test_every_page_shows_at_every_size_of_letters(
    qapp: QApplication, village: Path, clock: Clock, size: str
) -> None:
    with on_stage(village, clock, size=size) as stage:
        for entry in stage.window.entries:
            page = stage.go(entry.key)
            assert page.isVisible()
            # Nothing asks for more room than a small screen has.
            assert page.minimumSizeHint().width() <= 1366 - stage.window.menu.width(), entry.key
            assert page.minimumSizeHint().height() <= 660, entry.key


def test_every_control_says_what_it_is(stage: Stage) -> None:
    silent = []
    for entry in stage.window.entries:
        page = stage.go(entry.key)
        for widget in children(page, QWidget):
            if not isinstance(widget, CONTROLS) or widget.objectName() in PARTS or not widget.isVisible():
                continue
            if isinstance(widget.parentWidget(), QComboBox | QAbstractItemView):
                continue
            told = widget.accessibleName() or (widget.text() if isinstance(widget, QAbstractButton) else "")
            if not told and not (isinstance(widget, QLineEdit) and widget.placeholderText()):
                silent.append(f"{entry.key}: {type(widget).__name__} {widget.objectName()}")
    assert silent == []


def test_everything_that_is_clicked_is_large_enough_for_an_unsure_hand(stage: Stage) -> None:
    small = []
    for entry in stage.window.entries:
        page = stage.go(entry.key)
        for widget in children(page, QWidget):
            if (
                isinstance(widget, QAbstractButton | QComboBox)
                and widget.isVisible()
                and widget.objectName() != ""
            ):
                continue
            if isinstance(widget, QAbstractButton) and widget.isVisible() and widget.height() < HIT - 2:
                small.append(f"{entry.key}: {type(widget).__name__} {widget.text()} {widget.height()}")
    assert small == []


def test_tab_leaves_a_long_text_and_the_list(stage: Stage, qtbot: QtBot) -> None:
    page = stage.go("visit")
    long = page.findChild(QPlainTextEdit)
    assert isinstance(long, QPlainTextEdit)
    long.setFocus()
    press(long, Qt.Key.Key_Tab)
    assert not long.hasFocus()
    assert long.toPlainText() == ""


def test_the_wheel_over_a_list_of_choices_changes_nothing(stage: Stage, qtbot: QtBot) -> None:
    box = next(each for each in children(stage.go("visit"), QComboBox) if each.isVisible())
    before = box.currentIndex()
    event = QWheelEvent(
        QPointF(5, 5), QPointF(5, 5), QPoint(0, -120), QPoint(0, -120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(box, event)
    assert box.currentIndex() == before


def test_letters_choose_by_initials(stage: Stage, qtbot: QtBot) -> None:
    page = stage.go("visit")
    editor = is_a(page, RegisterPage).panel.form.field("matter_nature").editor
    press(editor.control, Qt.Key.Key_T)
    press(editor.control, Qt.Key.Key_S)
    assert editor.value() == "complaint"


def test_every_kept_register_has_its_page_and_no_other(stage: Stage) -> None:
    keys = {entry.key for entry in stage.window.entries}
    kept = stage.office.facts.enabled
    assert {"visit", "call", "letter"} <= keys
    steps = {register.code for register in REGISTERS.values() if register.steps_of}
    assert keys & set(REGISTERS) == kept - {"intake"} - steps


def test_every_register_can_be_looked_up_for_a_link(stage: Stage, every: Register) -> None:
    offers: list[Offer] = []
    look_up(stage.office)(every.code, "", offers.extend)
    stage.settle()
    assert all(offer.uid and offer.name for offer in offers)
