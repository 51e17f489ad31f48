"""Who was perhaps entered twice is made one, or marked as two, and both can be taken back."""

from typing import Any

import pytest
from PySide6.QtWidgets import QLabel

from tests.office import add
from tests.ui.conftest import children, front, is_a
from ui.doubles_dialog import DoublesDialog, Pair
from ui.person_page import PersonPage
from ui.stage import Stage


@pytest.fixture
def twice(stage: Stage) -> Stage:
    """A window on an office in which somebody was entered twice."""
    one = {"full_name": "陈阿英", "grid": "第三网格"}
    stage.office.ask(lambda desk: (add(desk, "person", one, one), None)[1], lambda _nothing: None)
    stage.settle()
    return stage


def opened(stage: Stage) -> DoublesDialog:
    is_a(stage.go("person"), PersonPage).find_doubles()
    stage.settle()
    (dialog,) = front(DoublesDialog)
    return dialog


def closed(stage: Stage, dialog: DoublesDialog) -> None:
    dialog.close()
    stage.settle()


def state(pair: Pair) -> tuple[Any, ...]:
    return pair.merge.isVisible(), pair.merge.isEnabled(), pair.part.text(), pair.part.isEnabled()


def test_two_are_marked_as_two_and_the_mark_is_taken_back(twice: Stage) -> None:
    dialog = opened(twice)
    (pair,) = children(dialog, Pair)
    assert state(pair) == (True, True, "不是同一个人", True)
    pair.part.click()
    twice.settle()
    assert state(pair) == (True, False, "取消标记", True)
    assert "不是同一个人" in dialog.notice.text()
    pair.part.click()
    twice.settle()
    assert state(pair) == (True, True, "不是同一个人", True)
    pair.part.click()
    twice.settle()
    closed(twice, dialog)
    dialog = opened(twice)
    assert "没有发现重复登记的人。" in [label.text() for label in children(dialog, QLabel)]
    (marked,) = children(dialog, Pair)
    assert state(marked) == (False, False, "取消标记", True)
    marked.part.click()
    twice.settle()
    closed(twice, dialog)
    dialog = opened(twice)
    assert [state(pair)[0] for pair in children(dialog, Pair)] == [True]
    closed(twice, dialog)


def test_two_are_made_one(twice: Stage) -> None:
    dialog = opened(twice)
    (pair,) = children(dialog, Pair)
    pair.merge.click()
    twice.settle()
    assert "已并入" in dialog.notice.text()
    assert state(pair)[1] is False
    # Whoever marks them as two now is told that one of them is gone.
    assert pair.part.isEnabled() is False
    closed(twice, dialog)
    assert children(opened(twice), Pair) == []
    closed(twice, front(DoublesDialog)[0])
