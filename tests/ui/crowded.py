"""A village whose every word is as long as it may be, and its pages in every state that a clerk sees them in."""

from collections.abc import Iterator
from pathlib import Path

from ojr_desk.desk import Desk, NewOffice, rehearsed
from ojr_desk.moments import Month
from tests.office import TODAY, add, create, visit
from tests.samples import Maker
from tests.ui.conftest import children
from ui.case_steps import CaseSteps
from ui.page import Page
from ui.record_model import PAGE
from ui.register_page import RegisterPage
from ui.stage import Stage
from ui.tabs import Tabs

LONG_NAME = "阿卜杜拉·买买提·伊力哈木"
RARE_NAME = "㛃𠮷𣲗𬭚𫖮"
TITLE = "关于龙川村后坑自然村至瓯江边老渡口路段路灯大面积不亮影响老人孩子夜间出行请求抢修的事"
CONTENT = TITLE + "，㛃溪边𠮷姓人家门口三盏也不亮。" * 3
FACTS = NewOffice(
    "瓯江红临江街道龙川村后坑自然村",
    "village",
    "330302104203",
    "瓯江红临江街道党群服务中心（街道便民服务中心）",
)
#: The steps that ask for most.
STEPS_ASKED = ("answer", "refer", "follow_up")
#: What happened to the case of the long title.
STEPS_TAKEN = (
    ("accept", {"text": TITLE}),
    (
        "assign",
        {"handler": LONG_NAME, "handling_org": TITLE[:40], "contact": "0577-88881234", "text": CONTENT},
    ),
)
TOWN = NewOffice("瓯江红临江街道", "township", "330302104000", "温州市鹿城区党群服务中心")


def village(folder: Path) -> Path:
    """Make the village's office: every register filled, one month closed."""
    create(folder, FACTS)
    desk = Desk.open(folder, rehearsed(TODAY))
    try:
        _fill(desk)
    finally:
        desk.close()
    return folder


def town(folder: Path) -> Path:
    """Make the office of its superior."""
    create(folder, TOWN)
    desk = Desk.open(folder, rehearsed(TODAY))
    add(desk, "staff", {"full_name": LONG_NAME})
    desk.close()
    return folder


def _fill(desk: Desk) -> None:
    add(desk, "staff", {"full_name": LONG_NAME, "mobile": "13800001234"}, {"full_name": RARE_NAME})
    desk.sit_down(LONG_NAME)
    people = [LONG_NAME, RARE_NAME, RARE_NAME * 3, "欧阳碎姆"]
    for number, name in enumerate(people):
        card = {"full_name": name, "phone": f"1395777000{number}", "grid": "第一网格第二微网格老人协会"}
        add(desk, "person", card)
        for day, channel in enumerate(("visit", "call", "letter"), 10):
            at = f"2026-{10 + number % 2}-{day} 08:30"
            more = {"channel": channel, "occurred_at": at, "person": name, "reply_content": CONTENT}
            add(desk, "intake", visit(content=CONTENT, **more))
        at = f"2026-10-{12 + number} 09:00"
        more = {"disposition": "accepted", "matter_nature": "complaint", "occurred_at": at, "person": name}
        add(desk, "intake", visit(content=TITLE, **more))
    case = {"title": TITLE, "matter_nature": "help", "content": CONTENT, "occurred_at": "2026-11-19 09:00"}
    made = add(desk, "case", case)
    for step, told in STEPS_TAKEN:
        desk.cases.act("case", made.uid, step, told)
    for name in (LONG_NAME, RARE_NAME):
        # Entered twice, for those who look for doubles.
        add(desk, "person", {"full_name": name, "address": TITLE, "no_phone": True})
    with desk.office.writing("fill") as session:
        maker = Maker(desk, session)
        for code in desk.registers.all():
            if not code.through and code.code not in ("center", "intake"):
                for values in maker.whole(code):
                    maker.store(code, values)
    desk.months.close(Month(2026, 9))
    desk.backups.make()


def states(stage: Stage, key: str) -> Iterator[tuple[str, Page]]:
    """Go to a page and bring it into each state that a clerk sees it in."""
    page = stage.go(key)
    yield key, page
    if isinstance(page, RegisterPage):
        yield from _of_a_register(stage, key, page)


def _of_a_register(stage: Stage, key: str, page: RegisterPage) -> Iterator[tuple[str, Page]]:
    if not page.register.through:
        page.begin()
        page.panel.form.unfold()
        page.panel.submit()
        stage.settle()
        yield f"{key}, refused", page
        page.panel.clear.click()
        stage.settle()
    page.put_away()
    stage.settle()
    table = page.list.table.records
    held = [row for at in range(min(PAGE, table.rowCount())) if (row := table.row(at))]
    if held:
        page.open(max(held, key=lambda row: len("".join(row.texts))).uid)
        stage.settle()
        yield f"{key}, opened", page
        (leaves,) = children(page.panel, Tabs)
        leaves.turn(0)
        page.panel.form.unfold()
        stage.settle()
        yield f"{key}, unfolded", page
        for steps in children(page.panel, CaseSteps):
            leaves.turn(1)
            for words in STEPS_ASKED:
                steps.choose(words)
                stage.settle()
                yield f"{key}, {words}", page
        page.put_away()
