"""Which widget edits which kind of value: the only table of it."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from ojr_desk.register import Choice, Choices, Clock, Column, Day, Flag, Kind, Link, Moment, Text
from ojr_desk.text import N_, _
from ui.choice_editors import ChoiceEditor, ChoicesEditor
from ui.editor import Clock as Now
from ui.editor import Editor, LookUp
from ui.line_editors import DayEditor, FlagEditor, LineEditor, LongEditor
from ui.link_editor import LinkEditor

_Maker = Callable[[QWidget, Column, LookUp, Now], Editor]
_EITHER = {"yes": N_("是"), "no": N_("否")}


def _text(parent: QWidget, column: Column, look_up: LookUp, now: Now) -> Editor:
    kind = column.kind
    return LongEditor(parent) if isinstance(kind, Text) and kind.long else LineEditor(parent)


def _choice(parent: QWidget, column: Column, look_up: LookUp, now: Now) -> Editor:
    kind = column.kind
    assert isinstance(kind, Choice)
    return ChoiceEditor(parent, kind.choices, blank=not column.required and not column.default)


def _choices(parent: QWidget, column: Column, look_up: LookUp, now: Now) -> Editor:
    assert isinstance(column.kind, Choices)
    return ChoicesEditor(parent, column.kind.choices)


def _flag(parent: QWidget, column: Column, look_up: LookUp, now: Now) -> Editor:
    # Where neither is assumed, a tick could not say "not answered".
    return (
        ChoiceEditor(parent, _EITHER, blank=True)
        if column.default is None
        else FlagEditor(parent, _(column.label))
    )


#: Registers of people: they are looked up by name and by telephone.
_PEOPLE = ("person", "staff")


def _link(parent: QWidget, column: Column, look_up: LookUp, now: Now) -> Editor:
    assert isinstance(column.kind, Link)
    words = _("姓名、首字母或尾号") if column.kind.to in _PEOPLE else _("名称、首字母或编号")
    return LinkEditor(parent, column.kind.to, look_up, words if column.search else "")


#: From the most particular kind to the most general: the first that fits is taken.
_MAKERS: tuple[tuple[type[Kind], _Maker], ...] = (
    (Choices, _choices),
    (Choice, _choice),
    (Link, _link),
    (Flag, _flag),
    (Day, lambda parent, column, look_up, now: DayEditor(parent, now)),
    (Moment, lambda parent, column, look_up, now: DayEditor(parent, now, timed=True)),
    (Clock, lambda parent, column, look_up, now: LineEditor(parent, "08:30")),
    (Text, _text),
    (Kind, lambda parent, column, look_up, now: LineEditor(parent)),
)


def editor(parent: QWidget, column: Column, look_up: LookUp, now: Now) -> Editor:
    """Make the editor for *column*, named for those who listen."""
    maker = next(maker for kind, maker in _MAKERS if isinstance(column.kind, kind))
    return named(maker(parent, column, look_up, now), column)


def named(made: Editor, column: Column) -> Editor:
    """Tell those who listen instead of looking what an editor is for."""
    label = _(column.label)
    made.name(_("{label}，必填").format(label=label) if column.required else label, _(column.help))
    return made
