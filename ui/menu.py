"""Which registers have a page, and what is shown beside their forms."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from ojr_desk.register import GROUPS, REGISTERS, Register
from ojr_desk.text import _
from ui.beside import Beside
from ui.office import Office
from ui.register_page import RegisterPage
from ui.window import Entry

#: The page that is seen first.
FIRST = "intake"
#: Rows that are read with the record they belong to need no page of their own.
_HIDDEN = frozenset({"step"})


def first_entry(office: Office) -> Entry:
    """Give the line of the page that is seen before the office is open."""
    return _entry(office, REGISTERS[FIRST])


def register_entries(office: Office) -> list[Entry]:
    """List a line for each register that is kept."""
    kept = (each for each in REGISTERS.values() if each.code in office.facts.enabled)
    return [_entry(office, each) for each in kept if each.code not in _HIDDEN]


def _entry(office: Office, register: Register) -> Entry:
    def build(parent: QWidget) -> RegisterPage:
        return RegisterPage(parent, office, register, _BESIDE.get(register.code))

    return Entry(register.code, _(register.title), _(GROUPS[register.group]), build)


def _case_steps(parent: QWidget, office: Office) -> Beside:
    from ui.case_steps import CaseSteps  # noqa: PLC0415 - the first form must not wait for it

    return CaseSteps(parent, office)


def _intake_steps(parent: QWidget, office: Office) -> Beside:
    from ui.case_steps import IntakeSteps  # noqa: PLC0415 - the first form must not wait for it

    return IntakeSteps(parent, office)


#: What is shown beside the form of a register's records.
_BESIDE: dict[str, Callable[[QWidget, Office], Beside]] = {"case": _case_steps, "intake": _intake_steps}
