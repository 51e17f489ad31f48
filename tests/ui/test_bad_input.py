"""What goes wrong at a counter, as the person at the window meets it: each gets its sentence, nothing typed is lost."""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from ojr_desk.desk import Clock, Desk, rehearsed
from tests.office import add
from tests.ui.conftest import is_a
from tests.ui.hands import Hands, at_the_counter, counter, intakes
from ui.case_page import CasePage
from ui.case_steps import CaseSteps
from ui.stage import Stage, on_stage


@pytest.fixture
def stage(qapp: QApplication, village: Path, clock: Clock) -> Iterator[Stage]:
    with at_the_counter(village, clock) as opened:
        yield opened


@pytest.fixture
def hands(stage: Stage) -> Hands:
    return Hands(stage)


def test_a_clock_that_was_set_to_2009_is_told_before_anything_is_stored(
    qapp: QApplication, village: Path
) -> None:
    with on_stage(village, lambda: datetime(2009, 1, 1, 0, 3), "林小娟") as stage:
        stage.window.activateWindow()
        # As in the program itself, where the clock is the computer's and not one that somebody set for a trial.
        stage.office.ask(lambda desk: setattr(desk.office, "trusting", False), lambda _nothing: None)
        hands = Hands(stage)
        before = len(intakes(stage))
        hands.press("F2")
        hands.compose("周阿芳")
        hands.press("Tab", "Tab", "1")
        hands.compose("来问低保怎么办")
        hands.press("Tab", "1")
        hands.compose("讲了条件和材料")
        hands.press("Enter")
        told = counter(stage).notice.text()
        assert "电脑的时间" in told
        assert counter(stage).content.value() == "来问低保怎么办"
        assert len(intakes(stage)) == before


def test_of_two_persons_of_one_name_the_clerk_is_asked_which(
    qapp: QApplication, village: Path, clock: Clock
) -> None:
    desk = Desk.open(village, clock)
    add(desk, "person", {"full_name": "王碎姆", "phone": "13957770002", "grid": "第二网格"})
    desk.close()
    with at_the_counter(village, clock) as stage:
        hands = Hands(stage)
        hands.press("F2")
        hands.compose("王碎姆")
        hands.press("Tab", "Tab", "1")
        hands.press("/zz1")
        hands.press("Enter")
        panel = counter(stage)
        assert "还没有保存" in panel.notice.text()
        assert "有 2 个“王碎姆”，请从列表里选一个" in panel.form.field("person").complaint
        assert panel.content.value() == "来问医保怎么交，到哪里交。"
        # The cursor stands in the name; its letters list both.
        hands.press("Ctrl+A", "wsm", "Enter", "Ctrl+Enter")
        assert "已保存" in panel.notice.text()


def test_a_telephone_of_three_persons_names_them_and_chooses_nobody(
    qapp: QApplication, village: Path, clock: Clock
) -> None:
    desk = Desk.open(village, clock)
    for name in ("林大山", "林小山", "陈阿婆"):
        add(desk, "person", {"full_name": name, "phone": "13805770009"})
    desk.close()
    with at_the_counter(village, clock) as stage:
        hands = Hands(stage)
        hands.press("F3")
        hands.press("13805770009", "Tab")
        panel = counter(stage)
        told = " ".join(panel.visits.words)
        assert "登记在 3 人名下" in told
        assert all(name in told for name in ("林大山", "林小山", "陈阿婆"))
        assert panel.visitor.words() == ""


def test_a_case_of_somebody_who_left_no_way_back_says_so(stage: Stage, hands: Hands) -> None:
    hands.press("F2")
    hands.compose("匿名")
    hands.press("Tab", "Tab", "6")
    hands.compose("村口路灯不亮")
    hands.press("Tab", "3", "Enter")
    panel = counter(stage)
    assert "已保存" in panel.notice.text()
    assert "没有留电话" in panel.notice.text()


def test_a_deadline_in_a_year_whose_holidays_are_not_known_is_told_as_estimated(
    qapp: QApplication, village: Path
) -> None:
    with at_the_counter(village, rehearsed(date(2026, 12, 31))) as stage:
        hands = Hands(stage)
        hands.press("F2")
        hands.compose("周阿芳")
        hands.press("Tab", "Tab", "6")
        hands.compose("村口路灯不亮")
        hands.press("Tab", "3", "Enter")
        assert "暂估" in counter(stage).promise.text()
        page = is_a(stage.go("case"), CasePage)
        row = page.list.table.records.row(0)
        assert row is not None
        page.open(row.uid)
        stage.settle()
        steps = is_a(page.panel._beside, CaseSteps)
        assert "暂估" in steps.due.text()
