"""Every page at 1366×768 in three sizes of letters: nothing is cut, nothing lies on anything else."""

import shutil
from pathlib import Path

import pytest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from ojr_desk.desk import Clock
from tests.ui import crowded
from tests.ui.clipping import wrong_with
from ui.stage import HIGH, WIDE, on_stage
from ui.style import SIZES, dress

#: What the bars of the desktop and of the window take away from a small screen, in pixels.
BARS = 70


@pytest.fixture(scope="module")
def village_of_long_words(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return crowded.village(tmp_path_factory.mktemp("crowded") / "village")


@pytest.fixture(scope="module")
def town_of_long_words(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return crowded.town(tmp_path_factory.mktemp("crowded") / "town")


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("office", ["village_of_long_words", "town_of_long_words"])
def test_nothing_is_cut_or_covered_on_any_page(
    qapp: QApplication, request: pytest.FixtureRequest, tmp_path: Path, clock: Clock, office: str, size: str
) -> None:
    folder = tmp_path / "office"
    shutil.copytree(request.getfixturevalue(office), folder)
    wrong, states = [], 0
    with on_stage(folder, clock, crowded.LONG_NAME, size) as stage:
        for entry in stage.window.entries:
            for state, _page in crowded.states(stage, entry.key):
                states += 1
                wrong += [f"{state}: {each}" for each in wrong_with(stage.window)]
                # What asks for more room than the screen has makes the window wider than the screen.
                if stage.window.size().toTuple() != (WIDE, HIGH):
                    wrong.append(f"{state}: the window is {stage.window.size().toTuple()}")
                    stage.window.resize(WIDE, HIGH)
        assert stage.window.minimumSizeHint().height() <= HIGH - BARS
    assert wrong == []
    assert states > len(stage.window.entries)


@pytest.fixture
def ground(qtbot: QtBot, qapp: QApplication) -> QWidget:
    """A page with nothing wrong on it, as wide and high as needed."""
    dress(qapp)
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(400, 300)
    column = QVBoxLayout(made)
    told = QLabel("一句话可以分成几行，只要高度够就没有什么看不到的，" * 2)
    told.setWordWrap(True)
    column.addWidget(told)
    for each in (QCheckBox("无电话"), QPushButton("保存（回车）"), QLineEdit("王碎姆")):
        column.addWidget(each)
    column.addStretch(1)
    made.show()
    return made


def test_what_is_well_laid_out_is_not_complained_of(ground: QWidget) -> None:
    assert wrong_with(ground) == []


@pytest.mark.parametrize("kind", [QLabel, QPushButton, QCheckBox])
def test_words_that_are_cut_are_found(ground: QWidget, kind: type[QLabel | QPushButton | QCheckBox]) -> None:
    broken = kind("这里的字比地方长得多", ground)
    broken.setGeometry(10, 240, 90, 40)
    broken.show()
    (told,) = wrong_with(ground)
    assert told.startswith(f"{kind.__name__} “这里的字比地方长得多”: needs")


def test_lines_that_are_cut_are_found(ground: QWidget) -> None:
    told = ground.findChild(QLabel)
    assert isinstance(told, QLabel)
    told.setFixedHeight(told.fontMetrics().height())
    ground.grab()
    assert any("needs" in each for each in wrong_with(ground))


def test_a_line_in_which_no_telephone_number_can_be_read_is_found(ground: QWidget) -> None:
    line = ground.findChild(QLineEdit)
    assert isinstance(line, QLineEdit)
    line.setMaximumWidth(60)
    ground.grab()
    assert any(each.startswith("QLineEdit") for each in wrong_with(ground))


def test_what_lies_on_something_else_is_found(ground: QWidget) -> None:
    broken = QPushButton("盖住", ground)
    button = ground.findChild(QPushButton)
    assert isinstance(button, QPushButton)
    broken.setGeometry(button.geometry().translated(5, 5))
    broken.show()
    assert any("lies on" in each for each in wrong_with(ground))


def test_what_stands_outside_its_page_is_found(ground: QWidget) -> None:
    broken = QLabel("外面", ground)
    broken.setGeometry(380, 260, 60, 30)
    broken.show()
    assert any(" at " in each for each in wrong_with(ground))


def test_a_form_that_would_have_to_be_scrolled_sideways_is_found(ground: QWidget) -> None:
    area, form = QScrollArea(ground), QWidget()
    form.setMinimumWidth(900)
    area.setWidgetResizable(True)
    area.setWidget(form)
    area.setGeometry(0, 220, 400, 80)
    area.show()
    ground.grab()
    assert any(" wide in " in each for each in wrong_with(ground))
