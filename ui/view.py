"""One way to look at a register: which of its records, which of their fields, what stands in a new one."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from PySide6.QtWidgets import QWidget

from ojr_desk.register import Column, Register
from ojr_desk.text import _
from ui.beside import Beside
from ui.content import Plan
from ui.office import Office
from ui.record_columns import seldom, shown_columns


class Sign(NamedTuple):
    """What stands before each record in a list, in words and in a tone: `bad`, `warn`, `good` or none."""

    head: str
    #: Tells at the desk the words and the tone of each record.
    tell: Callable[[Any, Sequence[Any]], list[tuple[str, str]]]


class View(NamedTuple):
    """What a page shows of a register. *only* names the values that its records have in some columns.

    It shows the office's own records, or with *everywhere* those of all its villages; the newest first, or in
    the order of the column *by*. With *many* several records can be chosen in the list. The key *begins* a new one.
    """

    key: str
    title: str
    register: Register
    plan: Plan
    shown: tuple[Column, ...]
    only: tuple[tuple[str, tuple[str, ...]], ...] = ()
    beside: Callable[[QWidget, Office], Beside] | None = None
    everywhere: bool = False
    by: str = ""
    sign: Sign | None = None
    many: bool = False
    begins: str = "F6"

    @property
    def adds(self) -> bool:
        """Tell whether records are entered here: not those of all villages, nor what the program enters itself."""
        return not (self.register.through or self.everywhere)


def whole(register: Register, beside: Callable[[QWidget, Office], Beside] | None = None) -> View:
    """See all of a register, as its declaration has it."""
    plan = Plan(register.typed, seldom(register), reads=register.reads)
    return View(register.code, _(register.title), register, plan, shown_columns(register), beside=beside)
