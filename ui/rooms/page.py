"""订场地: the form of a booking, and beside it the bookings, the latest first."""

from PySide6.QtWidgets import QWidget

from ojr_desk.register import REGISTERS
from ojr_desk.text import _
from ui.content import Plan
from ui.office import Office
from ui.page import Act
from ui.record_panel import RecordPanel
from ui.register_page import RegisterPage
from ui.rooms.panel import BookingPanel
from ui.view import View

#: What is asked at the counter; the rest is folded away until it is needed.
_OPEN = (
    "venue",
    "start_at",
    "end_at",
    "purpose",
    "org_name",
    "person",
    "phone",
    "people",
    "subject",
    "takes_over",
)
_SHOWN = (
    "start_at",
    "venue",
    "org_name",
    "person",
    "purpose",
    "booking_state",
    "end_at",
    "record_no",
    "record_status",
)


class BookingPage(RegisterPage):
    """Bookings of rooms."""

    form_first = True

    def __init__(self, parent: QWidget, office: Office) -> None:
        register = REGISTERS["booking"]
        columns = register.by_name
        rest = [each for each in register.typed if each.name not in _OPEN]
        plan = Plan(
            columns=(*(columns[name] for name in _OPEN), *rest),
            folded=frozenset(each.name for each in rest),
            required=frozenset({"phone", "people"}),
        )
        shown = tuple(columns[name] for name in _SHOWN)
        super().__init__(parent, office, View("booking", _("订场地"), register, plan, shown))

    def make_panel(self) -> RecordPanel:
        """Make the form with its buttons."""
        return BookingPanel(self, self._office, self.view)

    @property
    def acts(self) -> tuple[Act, ...]:
        """List what the keys do here."""
        return (
            Act("F6", _("新登记"), self.begin),
            Act("F7", _("查找"), lambda: self.list.seek()),
        )
