"""Which registers the office keeps."""

from PySide6.QtWidgets import QCheckBox, QGroupBox, QLabel, QVBoxLayout, QWidget

from ojr_desk.desk.registers import ALWAYS_ON
from ojr_desk.problems import UserError
from ojr_desk.register import GROUPS, REGISTERS
from ojr_desk.text import _
from ui.changes import Changes
from ui.flow import Flow
from ui.notice import Notice
from ui.office import Office
from ui.page import Page
from ui.scrolled import scrolled


class SettingsPage(Page):
    """A tick for each register."""

    def __init__(self, parent: QWidget, office: Office) -> None:
        super().__init__(parent)
        self._office = office
        self.ticks: dict[str, QCheckBox] = {}
        self.notice = Notice()
        self._lay_out()
        office.informed.connect(self._informed)
        self._informed()

    def switch(self, code: str, on: bool) -> None:
        """Switch a register on or off."""
        self._office.ask(
            lambda desk: desk.registers.switch(code, on),
            lambda _register: self._switched(),
            self._refused,
        )

    def _switched(self) -> None:
        self.notice.tell(_("已改。停用的台账不再列出，以前登记的都还在。"))
        self._office.changes.changed.emit(Changes.SWITCHES)

    def _refused(self, error: UserError) -> None:
        self.notice.refuse(error.message)
        self._informed()

    def _informed(self) -> None:
        for code, tick in self.ticks.items():
            tick.blockSignals(True)
            tick.setChecked(code in self._office.facts.enabled)
            # Only a superior has units below it.
            tick.setVisible(code != "unit" or self._office.facts.is_superior)
            tick.blockSignals(False)

    def _lay_out(self) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        for group, title in GROUPS.items():
            kept = [each for each in REGISTERS.values() if each.group == group and each.code not in ALWAYS_ON]
            if not kept:
                continue
            box = QGroupBox(_(title))
            lines = Flow(box, across=24)
            lines.setContentsMargins(12, 4, 12, 4)
            for register in kept:
                tick = QCheckBox(_(register.title), box)
                tick.toggled.connect(lambda on, code=register.code: self.switch(code, on))
                lines.addWidget(tick)
                self.ticks[register.code] = tick
            column.addWidget(box)
        column.addStretch(1)
        scroll = scrolled(inside)
        told = QLabel(_("打勾的台账列在左边；不用的去掉勾，以前登记的不会丢。"))
        told.setWordWrap(True)
        told.setProperty("faint", True)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(10, 10, 10, 10)
        whole.addWidget(told)
        whole.addWidget(self.notice)
        whole.addWidget(scroll, 1)
