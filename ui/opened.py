"""A stored record as a window shows it, and whether it may be changed there."""

from typing import Any, NamedTuple

from ojr_desk.moments import Month
from ojr_desk.register import Register
from ojr_desk.text import _
from ui.content import Content
from ui.office import Facts


class Opened(NamedTuple):
    """A stored record with the names it links to."""

    record: Any
    labels: dict[str, str]

    def content(self, register: Register) -> Content:
        """Give what stands in its form; what is private is masked."""
        values = {column.name: getattr(self.record, column.name) for column in register.typed}
        return Content(values, self.labels, masked=True)

    @property
    def village(self) -> str:
        """Name the centre whose record it is."""
        return self.labels.get(self.record.center, "")

    def why_locked(self, register: Register, facts: Facts) -> str:
        """Say why it can only be looked at; nothing if it can be changed."""
        if self.record.center != facts.center:
            return _("这是别的中心报来的，只能看，不能改。")
        if self.record.record_status == "void":
            return _("已作废：{reason}").format(reason=self.record.void_reason or "")
        if register.through and not register.standing:
            return _("这类记录由程序登记，只能看，不能改。")
        return ""

    def is_closed(self, register: Register, facts: Facts) -> bool:
        """Tell whether its month is closed, so that a change becomes a 更正."""
        day = register.day_of(self.record)
        return day is not None and Month.of(day) in facts.closed


def read(desk: Any, code: str, uid: str) -> Opened:
    """Read one record at the desk."""
    record = desk.registers.get(code, uid)
    return Opened(record, desk.registers.labels(code, [record]))
