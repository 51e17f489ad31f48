"""Which registers have a page, and what is shown beside their forms."""

from collections.abc import Callable

from ojr_desk import registers as _every_register  # noqa: F401 - importing them enters them into REGISTERS
from ojr_desk.register import GROUPS, REGISTERS, Register
from ojr_desk.text import _
from ui.beside import Beside
from ui.case_steps import CaseSteps, IntakeSteps
from ui.office import Office
from ui.register_page import RegisterPage
from ui.window import Entry

_BESIDE: dict[str, Callable[[Office], Beside]] = {"case": CaseSteps, "intake": IntakeSteps}
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
    def build() -> RegisterPage:
        return RegisterPage(office, register, _BESIDE.get(register.code))

    return Entry(register.code, _(register.title), _(GROUPS[register.group]), build)
