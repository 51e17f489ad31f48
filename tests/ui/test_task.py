import threading
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from ojr_desk.problems import Cancelled, Refused, UserError
from ojr_desk.progress import Progress
from tests.ui.conftest import children, press
from ui.task import Lane
from ui.waiting import Waiting


@pytest.fixture
def lane() -> Lane:
    return Lane()


def test_answers_come_back_on_the_window_s_thread_in_the_order_asked(qtbot: QtBot, lane: Lane) -> None:
    seen: list[tuple[int, bool]] = []
    worked: list[bool] = []

    def work(number: int, _progress: Progress) -> int:
        worked.append(threading.current_thread() is threading.main_thread())
        return number

    for number in range(5):
        lane.run(
            partial(work, number),
            lambda answer: seen.append((answer, threading.current_thread() is threading.main_thread())),
            lambda error: pytest.fail(error.message),
        )
    qtbot.waitUntil(lambda: len(seen) == 5)
    assert seen == [(number, True) for number in range(5)]
    assert not any(worked)
    assert not lane.busy


def test_what_the_user_can_put_right_goes_to_failed(qtbot: QtBot, lane: Lane) -> None:
    told: list[UserError] = []

    def work(_progress: Progress) -> None:
        raise Refused("不行")

    lane.run(work, lambda _answer: pytest.fail("no answer was due"), told.append)
    qtbot.waitUntil(lambda: bool(told))
    assert told[0].message == "不行"


def test_a_bug_is_raised_again_where_the_window_sees_it(qtbot: QtBot, lane: Lane) -> None:
    def work(_progress: Progress) -> None:
        raise KeyError("bug")

    with qtbot.captureExceptions() as caught:
        lane.run(work, lambda _answer: None, lambda _error: None)
        qtbot.waitUntil(lambda: bool(caught))
    assert caught[0][0] is KeyError


def test_work_that_is_stopped_ends_at_its_next_report(qtbot: QtBot, lane: Lane) -> None:
    told: list[UserError] = []
    begun = threading.Event()

    def work(progress: Progress) -> None:
        begun.set()
        while True:
            progress(1, 100)

    task = lane.run(work, lambda _answer: None, told.append)
    assert begun.wait(5)
    task.stop()
    qtbot.waitUntil(lambda: bool(told))
    assert isinstance(told[0], Cancelled)


def test_work_that_is_stopped_before_its_turn_never_begins(qtbot: QtBot, lane: Lane) -> None:
    gate = threading.Event()
    told: list[UserError] = []
    begun: list[str] = []
    lane.run(lambda _progress: gate.wait(5), lambda _answer: None, told.append)
    waiting = lane.run(lambda _progress: begun.append("begun"), lambda _answer: None, told.append)
    waiting.stop()
    gate.set()
    qtbot.waitUntil(lambda: not lane.busy)
    assert begun == []
    assert isinstance(told[0], Cancelled)


def test_a_record_that_waits_to_be_stored_is_stored_before_the_window_goes(qtbot: QtBot, lane: Lane) -> None:
    gate = threading.Event()
    stored: list[str] = []
    lane.run(lambda _progress: gate.wait(0.2), lambda _answer: None, lambda _error: None)
    lane.run(lambda _progress: stored.append("stored"), lambda _answer: None, lambda _error: None)
    lane.finish()
    assert stored == ["stored"]


def test_a_lane_that_finishes_stops_what_can_be_stopped_and_waits_for_the_rest(
    qtbot: QtBot, lane: Lane
) -> None:
    ended: list[str] = []

    def work(progress: Progress) -> None:
        try:
            while True:
                progress(0, 1)
        finally:
            ended.append("ended")

    lane.run(work, lambda _answer: None, lambda _error: pytest.fail("the window is gone"))
    qtbot.waitUntil(lambda: lane.busy)
    lane.finish()
    qtbot.waitUntil(lambda: not lane.busy)
    assert ended in (["ended"], [])


def test_work_that_cannot_be_stopped_offers_no_stop_and_is_done(qtbot: QtBot, lane: Lane) -> None:
    go_on = threading.Event()
    done: list[bool] = []

    def work(progress: Progress) -> bool:
        assert go_on.wait(10)
        progress(1, 1)
        return True

    task = lane.run(work, done.append, lambda error: pytest.fail(error.message))
    waiting = Waiting("备份", task, stops=False)
    waiting.show()
    assert not any(each.isVisible() for each in children(waiting, QPushButton))
    press(waiting, Qt.Key.Key_Escape)
    waiting.close()
    go_on.set()
    qtbot.waitUntil(lambda: done == [True])
