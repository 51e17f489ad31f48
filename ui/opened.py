"""A stored record as a window shows it, with what was corrected in it, and whether it may be changed there."""

from collections.abc import Iterator
from contextlib import suppress
from typing import Any, NamedTuple

from ojr_desk.moments import Month
from ojr_desk.problems import Wrong
from ojr_desk.register import MASKED, Audience, Column, Given, Link, Register, Sight, sight
from ojr_desk.text import _, on_paper
from ui.content import Content
from ui.office import Facts
from ui.remarks import remarks_on

#: So much of a value that was corrected stands beside the one that holds.
_LETTERS = 30


class Opened(NamedTuple):
    """A stored record with the names it links to, and the 更正 made to it, oldest first; what is marked in it."""

    record: Any
    labels: dict[str, str]
    corrections: tuple[Any, ...] = ()
    remarks: tuple[tuple[str, str], ...] = ()

    def content(self, register: Register) -> Content:
        """Give what stands in its form: what holds since it was corrected; what is private is masked."""
        values = {column.name: getattr(self.record, column.name) for column in register.typed}
        labels = dict(self.labels)
        for each in self.corrections:
            column = register.by_name.get(each.of_column)
            # Words that are a choice no longer are told beside the form, not in it.
            with suppress(Wrong):
                if column is not None:
                    values[column.name] = _meant(column, each)
                    labels[each.becomes] = each.becomes
        return Content(values, labels, masked=True)

    def corrected(self, register: Register) -> Iterator[str]:
        """Tell when what was corrected, what stood there before, and why."""
        for each in self.corrections:
            column = register.by_name.get(each.of_column)
            shown = column is not None and sight(column.privacy, Audience.SCREEN) is Sight.SHOW
            was = each.was if len(each.was) <= _LETTERS else _("{words}…").format(words=each.was[:_LETTERS])
            yield _("{day} 更正了{label}，原为“{was}”（{number}：{reason}）").format(
                day=each.occurred_at.date().isoformat(),
                label=_(column.label) if column else each.of_column,
                was=was if shown or not was else MASKED,
                number=each.record_no,
                reason=each.reason,
            )

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
    untouched = record.record_status == "normal"
    corrections = () if untouched else tuple(desk.months.corrections(record.uid))
    remarks = tuple(remarks_on(desk, [uid]).get(uid, ()))
    return Opened(record, desk.registers.labels(code, [record]), corrections, remarks)


def _meant(column: Column, correction: Any) -> Any:
    """Read the value that a correction tells in words; whom it links to stays a name. Raises `Wrong`."""
    words = correction.becomes
    if not words or isinstance(column.kind, Link):
        return words or None
    # As it was written: in Chinese, and of its own day.
    with on_paper():
        return column.kind.parse(words, Given(correction.occurred_at))
