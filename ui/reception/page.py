"""The pages of the counter: 来访, 来电 and 来信, each its form and its list."""

from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from ojr_desk.register import GROUPS, REGISTERS
from ojr_desk.registers.intake import CALLS, CHANNELS, DISPOSITIONS, LETTERS, VISITS
from ojr_desk.registers.matters import MATTERS
from ojr_desk.text import _
from ui.beside import Beside
from ui.content import Make, Plan
from ui.editors import named
from ui.offers import look_up
from ui.office import Office
from ui.page import Act
from ui.reception.digits import Digits
from ui.reception.panel import PHONE, ReceptionPanel
from ui.reception.phrase_text import Phrase, PhraseText
from ui.reception.visitor import Visitor
from ui.record_panel import RecordPanel
from ui.register_page import RegisterPage
from ui.side_menu import Entry
from ui.view import View

#: For each page its first channel, and all whose records it lists.
CHANNELS_OF = {"visit": VISITS, "call": CALLS, "letter": LETTERS}
KEYS = {"visit": "F2", "call": "F3", "letter": "F4"}
#: What is open in the form; on the telephone the number comes first.
_OPEN = (
    "person",
    PHONE,
    "matter_category",
    "content",
    "disposition",
    "reply_content",
    "transferred_to",
    "reason",
)
_RINGING = (PHONE, "person", *_OPEN[2:])
_SHOWN = ("occurred_at", "person", "disposition", "matter_category", "record_no", "record_status")
#: More phrases than anybody keeps.
_ALL = 1000
#: The matters offered by digit until the office says what it is asked most.
_USUAL = (
    "insurance.medical", "insurance.pension", "civil.relief", "civil.elder", "housing.plot",
    "facilities.road", "neighbours", "law.advice", "papers",
)  # fmt: skip


def entries(office: Office) -> list[Entry]:
    """List the lines of the counter's pages."""
    group = _(GROUPS["reception"])
    return [
        Entry(key, _(CHANNELS[key]), group, partial(ReceptionPage, office=office, key=key))
        for key in CHANNELS_OF
    ]


class ReceptionPage(RegisterPage):
    """One channel at the counter: the form first, beside it what came today."""

    form_first = True

    def __init__(self, parent: QWidget, office: Office, key: str) -> None:
        super().__init__(parent, office, _view(office, key))
        office.changes.changed.connect(self._learn)
        if office.facts.name:
            self._learn("phrase")
        else:
            office.informed.connect(lambda: self._learn("phrase"), Qt.ConnectionType.SingleShotConnection)

    def make_panel(self) -> RecordPanel:
        """Make the form with its buttons."""
        return ReceptionPanel(self, self._office, self.view)

    @property
    def acts(self) -> tuple[Act, ...]:
        """List what the keys do here."""
        assert isinstance(self.panel, ReceptionPanel)
        return (
            Act("F7", _("查找"), lambda: self.list.seek()),
            Act("F8", _("同上"), self.panel.repeat_above),
            Act("F9", _("打印回执"), self.panel.show_slip),
        )

    def _learn(self, what: str) -> None:
        """Read anew what is offered by a digit or a few letters."""
        if what in ("phrase", "category"):
            self._office.ask(_learnt, self._know)

    def _know(self, learnt: tuple[list[Phrase], list[Phrase], list[str]]) -> None:
        assert isinstance(self.panel, ReceptionPanel)
        contents, replies, categories = learnt
        self.panel.know_phrases(contents, replies)
        self.panel.category.offer(categories)


def _learnt(desk: Any) -> tuple[list[Phrase], list[Phrase], list[str]]:
    contents, replies = (
        [Phrase(each.keyword, each.text) for each in desk.phrases.offer("", use, _ALL)]
        for use in ("content", "reply")
    )
    return contents, replies, [each.matter for each in desk.categories.offered() if each.digit]


def _view(office: Office, key: str) -> View:
    register = REGISTERS["intake"]
    open_columns = _RINGING if key == "call" else _OPEN
    columns = {**register.by_name, PHONE: REGISTERS["person"].by_name[PHONE]}
    rest = [each for each in register.typed if each.name not in (*open_columns, "anonymous")]
    plan = Plan(
        columns=(*(columns[name] for name in open_columns), *rest),
        folded=frozenset(each.name for each in rest),
        reads=register.reads,
        first={"channel": key},
        makers=_makers(office),
        two_columns=38,
    )
    shown = tuple(register.by_name[name] for name in _SHOWN)
    only = (("channel", CHANNELS_OF[key]),)
    return View(key, _(CHANNELS[key]), register, plan, shown, only, _steps, begins=KEYS[key])


def _makers(office: Office) -> dict[str, Make]:
    """Make the editors that are made for the counter."""
    hint = _("姓名、首字母或尾号")
    return {
        "person": lambda parent, column: named(Visitor(parent, look_up(office), hint), column),
        "matter_category": lambda parent, column: named(Digits(parent, MATTERS, _USUAL), column),
        "disposition": lambda parent, column: named(
            Digits(parent, DISPOSITIONS, tuple(DISPOSITIONS)), column
        ),
        "content": lambda parent, column: named(PhraseText(parent), column),
        "reply_content": lambda parent, column: named(PhraseText(parent), column),
    }


def _steps(parent: QWidget, office: Office) -> Beside:
    from ui.case_steps import IntakeSteps  # noqa: PLC0415 - the first form must not wait for it

    return IntakeSteps(parent, office)
