"""Which widget edits which kind of value: the only table of it."""

from collections.abc import Callable

from ojr_desk.register import Choice, Choices, Clock, Column, Day, Flag, Kind, Link, Moment, Text
from ojr_desk.text import N_, _
from ui.choice_editors import ChoiceEditor, ChoicesEditor
from ui.editor import Clock as Now
from ui.editor import Editor, LookUp
from ui.line_editors import DayEditor, FlagEditor, LineEditor, LongEditor
from ui.link_editor import LinkEditor

_Maker = Callable[[Column, LookUp, Now], Editor]
_EITHER = {"yes": N_("是"), "no": N_("否")}


def _text(column: Column, look_up: LookUp, now: Now) -> Editor:
    kind = column.kind
    return LongEditor() if isinstance(kind, Text) and kind.long else LineEditor()


def _choice(column: Column, look_up: LookUp, now: Now) -> Editor:
    kind = column.kind
    assert isinstance(kind, Choice)
    return ChoiceEditor(kind.choices, blank=not column.required and not column.default)


def _choices(column: Column, look_up: LookUp, now: Now) -> Editor:
    assert isinstance(column.kind, Choices)
    return ChoicesEditor(column.kind.choices)


def _flag(column: Column, look_up: LookUp, now: Now) -> Editor:
    # Where neither is assumed, a tick could not say "not answered".
    return ChoiceEditor(_EITHER, blank=True) if column.default is None else FlagEditor(_(column.label))


def _link(column: Column, look_up: LookUp, now: Now) -> Editor:
    assert isinstance(column.kind, Link)
    return LinkEditor(column.kind.to, look_up, _("姓名、首字母或尾号") if column.search else "")


#: From the most particular kind to the most general: the first that fits is taken.
_MAKERS: tuple[tuple[type[Kind], _Maker], ...] = (
    (Choices, _choices),
    (Choice, _choice),
    (Link, _link),
    (Flag, _flag),
    (Day, lambda column, look_up, now: DayEditor(now)),
    (Moment, lambda column, look_up, now: DayEditor(now, timed=True)),
    (Clock, lambda column, look_up, now: LineEditor("08:30")),
    (Text, _text),
    (Kind, lambda column, look_up, now: LineEditor()),
)


def editor(column: Column, look_up: LookUp, now: Now) -> Editor:
    """Make the editor for *column*, named for those who listen."""
    maker = next(maker for kind, maker in _MAKERS if isinstance(column.kind, kind))
    made = maker(column, look_up, now)
    label = _(column.label)
    made.name(_("{label}，必填").format(label=label) if column.required else label, _(column.help))
    return made
