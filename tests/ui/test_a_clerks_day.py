"""One day at the counter by keyboard only; afterwards the database, the month's books and 今日 tell the same."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel

from ojr_desk.desk import Clock
from ojr_desk.moments import Month
from ojr_desk.store.query import Query
from tests.ui.conftest import children, is_a
from tests.ui.hands import Hands, at_the_counter, counter
from ui.case_steps import CaseSteps
from ui.register_page import RegisterPage
from ui.stage import Stage
from ui.today_page import TodayPage

#: Keys at the counter that a visit may take, in groups.
MOST = 6
NOVEMBER = Month(2026, 11)


@pytest.fixture
def stage(qapp: QApplication, village: Path, clock: Clock) -> Iterator[Stage]:
    with at_the_counter(village, clock) as opened:
        yield opened


@pytest.fixture
def hands(stage: Stage) -> Hands:
    return Hands(stage)


def asked(stage: Stage, work: Callable[[Any], Any]) -> Any:
    """Ask the desk behind the window."""
    answers: list[Any] = []
    stage.office.ask(work, answers.append)
    stage.settle()
    (answer,) = answers
    return answer


def within_six(hands: Hands, do: Callable[[], object]) -> str:
    """Enter a visit and count the groups of keys; answer with the number that it was given."""
    hands.groups = 0
    do()
    assert hands.groups <= MOST
    return saved(hands)


def saved(hands: Hands) -> str:
    told = counter(hands.stage).notice.text()
    assert "已保存" in told, told
    return told.splitlines()[0].split()[-1]


def open_case(hands: Hands, number: str) -> CaseSteps:
    """Find a case by its number, as one does who is asked for it on the telephone."""
    hands.press("Ctrl+K", number)
    # What is typed above rests a little longer before it is looked for.
    hands.rest()
    hands.press("Enter")
    page = is_a(hands.stage.window.stack.currentWidget(), RegisterPage)
    assert page.panel.title.text().startswith(number)
    return taking(hands.stage)


def told(form: Any) -> list[str]:
    """Tell what stands in a form and what it complains of."""
    fields = [form.field(name) for name in form.names]
    return [f"{each.column.label}：{each.editor.words()} {each.complaint}" for each in fields]


def taking(stage: Stage) -> CaseSteps:
    page = is_a(stage.window.stack.currentWidget(), RegisterPage)
    return is_a(page.panel._beside, CaseSteps)


def step(hands: Hands, label: str, **values: str) -> None:
    """Take one of the next steps, filling in what it asks for."""
    hands.choose(label)
    hands.fill(**values)
    hands.choose(f"登记“{label}”")
    form = taking(hands.stage).form
    assert form.notice.is_clear, [form.notice.text(), *told(form.form)]


def test_a_clerks_day(stage: Stage, hands: Hands) -> None:
    returning = within_six(hands, lambda: a_returning_visitor(hands))
    lamp = within_six(hands, lambda: a_broken_lamp(hands))
    nameless = within_six(hands, lambda: somebody_without_a_name(hands))
    call, letter = a_call(hands), a_complaint_by_letter(hands)
    lit, noisy = (case_of(stage, number) for number in (lamp, letter))
    to_its_end(hands, lit)
    reopened(hands, noisy)
    numbers = [returning, lamp, nameless, call, letter]
    the_database_tells(stage, numbers, lit, noisy)
    the_books_tell(stage, numbers, lit, noisy)
    today_tells(hands, numbers)


def a_returning_visitor(hands: Hands) -> None:
    hands.press("F2")
    hands.press("wsm")
    hands.press("Enter")
    assert "来访" in " ".join(counter(hands.stage).visits.words)
    hands.press("1")
    hands.press("/zz1")
    hands.press("Enter")


def a_broken_lamp(hands: Hands) -> None:
    hands.press("F2")
    hands.compose("周阿芳")
    hands.press("Tab", "Tab", "6")
    hands.compose("村口路灯不亮")
    hands.press("Tab", "3")
    hands.press("Enter")
    assert "请转告：最晚" in counter(hands.stage).promise.text()


def somebody_without_a_name(hands: Hands) -> None:
    hands.press("F2")
    hands.compose("匿名")
    hands.press("Tab", "Tab", "1")
    hands.press("/zz1")
    hands.press("Enter")


def a_call(hands: Hands) -> str:
    hands.press("F3")
    hands.press("13957770001", "Tab")
    assert counter(hands.stage).visitor.words() == "王碎姆"
    hands.press("2")
    hands.compose("来电问养老金什么时候发")
    hands.go_to("答复内容")
    hands.compose("已告知每月十五日前")
    hands.press("Enter")
    return saved(hands)


def a_complaint_by_letter(hands: Hands) -> str:
    hands.press("F4")
    hands.compose("黄阿妹")
    hands.press("Tab", "Tab", "7")
    hands.compose("夜里施工太吵，睡不着")
    hands.press("Tab", "3")
    hands.choose("更多栏目")
    hands.go_to("诉求性质")
    hands.press("ts")
    hands.press("Enter")
    return saved(hands)


def case_of(stage: Stage, intake: str) -> str:
    def read(desk: Any) -> str:
        record = desk.registers.get("intake", intake)
        return str(desk.registers.get("case", record.case).record_no)

    return str(asked(stage, read))


def to_its_end(hands: Hands, number: str) -> None:
    steps = open_case(hands, number)
    step(hands, "派单/转办", 承办人="林小娟")
    step(hands, "签收办理")
    step(hands, "记办理经过", 内容="已报电力公司")
    step(hands, "延期", 到期日="2026-12-11", 原因="等配件", 批准人="陈志明")
    assert "2026-12-11" in steps.due.text()
    step(hands, "反馈", 方式="dmkt", 内容="灯已换好")
    step(hands, "办结", 办理结果="yjj")
    step(hands, "回访", 满意度="my")
    step(hands, "归档", 归档号="2026-7")
    assert steps.state.text() == "归档"


def reopened(hands: Hands, number: str) -> None:
    steps = open_case(hands, number)
    step(hands, "签收办理")
    step(hands, "记办理经过", 内容="已到现场")
    step(hands, "反馈", 方式="dh", 内容="约定晚上十点后停工")
    step(hands, "办结", 办理结果="yjj")
    step(hands, "回访", 满意度="bmy", 原因="又开工了")
    step(hands, "重办", 原因="回访不满意", 到期日="2026-11-24")
    assert steps.state.text() == "办理中"


def the_database_tells(stage: Stage, numbers: list[str], lit: str, noisy: str) -> None:
    found = asked(stage, lambda desk: desk.registers.find("intake", Query(month=NOVEMBER), 50)).records
    entered = sorted(found, key=lambda each: numbers.index(each.record_no))
    assert [each.record_no for each in entered] == numbers
    assert [each.channel for each in entered] == ["visit", "visit", "visit", "call", "letter"]
    assert entered[0].person == entered[3].person
    assert entered[2].anonymous
    for number, state, taken in (
        (lit, "archived", "accept assign take_up progress extend reply close follow_up archive"),
        (noisy, "handling", "accept take_up progress reply close follow_up redo"),
    ):
        standing = asked(stage, partial(standing_of, number))
        assert standing.record.case_state == state
        assert [each.step for each in standing.steps] == taken.split()
        assert all(each.by for each in standing.steps)


def standing_of(number: str, desk: Any) -> Any:
    return desk.cases.standing(number)


def the_books_tell(stage: Stage, numbers: list[str], lit: str, noisy: str) -> None:
    def rows(code: str) -> list[tuple[str, ...]]:
        return [tuple(row) for row in asked(stage, lambda desk: desk.books.ledger(code, NOVEMBER)).rows]

    visits = rows("visit")
    assert [row[1] for row in (*visits, *rows("call"), *rows("letter"))] == numbers
    assert [row[3] for row in visits] == ["王碎姆", "周阿芳", "匿名"]
    lamp, noise = rows("case")
    assert {lit, "2026-12-11", "归档", "满意"} <= set(lamp)
    assert {noisy, "投诉", "2026-11-24", "办理中", "不满意"} <= set(noise)


def today_tells(hands: Hands, numbers: list[str]) -> None:
    menu = hands.stage.window.menu.keys()
    for _page in range(menu.index(hands.stage.window.here) - menu.index("today")):
        hands.press("Ctrl+PgUp")
    page = is_a(hands.stage.window.stack.currentWidget(), TodayPage)
    entries = [each.text().split()[-1] for each in children(page.entries, QAbstractButton)]
    assert entries == numbers[::-1]
    assert "三天内到期 1 件" in [each.text() for each in children(page.due, QLabel)]
    assert ["11-24" in each.text() for each in children(page.due, QAbstractButton)] == [True]
