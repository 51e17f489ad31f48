"""A form derived from columns: nothing in it knows a register by name.

What is often needed stands above; the rest is folded away until it is asked for, or complained of.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from ojr_desk.problems import Problem, Wrong
from ojr_desk.register import (
    Amount,
    Audience,
    Clock,
    Column,
    Day,
    Given,
    Moment,
    Sight,
    Whole,
    is_blank,
    sight,
)
from ojr_desk.text import _
from ui.content import Content, Plan
from ui.drafts import Draft
from ui.editor import Clock as Now
from ui.editor import Editor, LookUp
from ui.editors import editor
from ui.field import Field
from ui.style import em

#: Kinds whose text is put into its usual shape when the person goes on.
_TIDIED = (Amount, Clock, Day, Moment, Whole)


class RecordForm(QScrollArea):
    """The fields of one record. Whatever was typed stays until the record is stored."""

    submitted = Signal()
    touched = Signal()

    def __init__(self, parent: QWidget | None, plan: Plan, look_up: LookUp, now: Now) -> None:
        super().__init__(parent)
        self._plan, self._look_up, self._now = plan, look_up, now
        self._content = Content()
        self._fields: dict[str, Field] = {}
        self._before: dict[str, Any] = {}
        self._locked = False
        self._is_new = True
        self._columns = 1
        self._names: Mapping[str, str] = {}
        self._sheet = QWidget(self.viewport())
        self._sheet.setObjectName("sheet")
        self._rest = QWidget(self._sheet)
        self._above, self._below = QGridLayout(), QGridLayout(self._rest)
        self._more = QPushButton(self._sheet)
        self._lay_out()
        self._build([each for each in plan.columns if each.name not in plan.folded], self._above)

    def begin(self, given: Given, names: Mapping[str, str]) -> None:
        """Empty the form for a new record; *names* are those of records that defaults link to."""
        self._fold(True)
        self._is_new = True
        self._names = names
        values = {each.name: each.first_value(given) for each in self._plan.columns} | dict(self._plan.first)
        self._fill(Content(values, names))

    def show_record(self, content: Content) -> None:
        """Show a record that is stored."""
        self._is_new = False
        self._fill(content)

    def values(self) -> dict[str, Any]:
        """Answer with what a person filled in; of a stored record only with what was changed."""
        told: dict[str, Any] = {}
        if self._is_new:
            # What nobody has unfolded is what it was when the record was begun.
            told = {name: self._content.values[name] for name in self._at_first() if name not in self._fields}
        shown = self._shown()
        for name, each in self._fields.items():
            if each.covered or name not in shown:
                continue
            value, before = each.editor.value(), self._before.get(name)
            if value != before or (self._is_new and not is_blank(value)):
                told[name] = value
        return told

    def _at_first(self) -> list[str]:
        """Name the columns whose first value is not the same for every record."""
        return [
            each.name
            for each in self._plan.columns
            if callable(each.default) or each.name in self._plan.first
        ]

    @property
    def is_touched(self) -> bool:
        """Tell whether anything was changed by hand."""
        return any(
            not each.covered and each.editor.value() != self._before.get(name)
            for name, each in self._fields.items()
        )

    def draft(self) -> Draft:
        """Answer with what was typed so far, as `take_draft` takes it back; what may not be kept is left out."""
        allowed = self._allowed()
        return {
            name: (each.editor.value(), each.editor.words())
            for name, each in self._fields.items()
            if name in allowed and not each.covered and each.editor.value() != self._before.get(name)
        }

    def take_draft(self, draft: Draft) -> None:
        """Put what was typed before over the defaults."""
        if any(name in self._plan.folded for name in draft):
            self.unfold()
        for name, (value, text) in draft.items():
            if name in self._fields:
                self._fields[name].editor.put(value, text)
        self._show_allowed()

    def show_problems(self, problems: Sequence[Problem]) -> list[str]:
        """Show each problem beside its field; answer with those that have none."""
        for each in self._fields.values():
            each.complain("")
        if any(problem.column in self._plan.folded for problem in problems):
            self.unfold()
        found: dict[str, list[str]] = {}
        for problem in problems:
            found.setdefault(problem.column or "", []).append(problem.message)
        placed = {name: told for name, told in found.items() if name in self._fields}
        for name, told in placed.items():
            self._fields[name].complain("\n".join(told))
        if first := next((each for name, each in self._fields.items() if name in placed), None):
            first.editor.setFocus()
            # Once the complaints and what is said above the form have taken their room.
            QTimer.singleShot(0, self, lambda: self.ensureWidgetVisible(first))
        return [message for name, told in found.items() if name not in placed for message in told]

    def show_remarks(self, remarks: Sequence[tuple[str, str]]) -> list[str]:
        """Show below each field what somebody else wrote to it; answer with what is of no field here."""
        told: dict[str, list[str]] = {}
        for name, words in remarks:
            told.setdefault(name, []).append(words)
        if any(name in self._plan.folded for name in told):
            self.unfold()
        for name, each in self._fields.items():
            each.remark("\n".join(told.get(name, ())))
        if first := next((each for name, each in self._fields.items() if name in told), None):
            self.ensureWidgetVisible(first)
        return [words for name, found in told.items() if name not in self._fields for words in found]

    def lock(self, locked: bool) -> None:
        """Let the record be read only, or be changed again."""
        self._locked = locked
        for each in self._fields.values():
            each.editor.lock(locked)

    def unfold(self) -> None:
        """Show the fields that are seldom needed."""
        self._fold(False)
        rest = [each for each in self._plan.columns if each.name not in self._fields]
        if rest:
            self._build(rest, self._below)
            for each in rest:
                self._put(self._fields[each.name])
            self._show_allowed()

    def _fold(self, folded: bool) -> None:
        self._rest.setVisible(not folded)
        words = _("更多栏目（{count}）") if folded else _("收起不常用的栏目")
        self._more.setText(words.format(count=len(self._plan.folded)))

    def _turn_over(self) -> None:
        if self._rest.isHidden():
            self.unfold()
        else:
            self._fold(True)

    def focus_first(self) -> None:
        """Put the cursor where typing begins: the first field that is empty, else the first."""
        shown = [each for each in self._fields.values() if each.isVisibleTo(self._sheet)]
        for each in (*(one for one in shown if is_blank(one.editor.value())), *shown[:1]):
            each.editor.setFocus()
            break
        self.verticalScrollBar().setValue(0)

    @property
    def names(self) -> list[str]:
        """List the columns whose fields are shown at present."""
        return [name for name, each in self._fields.items() if each.isVisibleTo(self._sheet)]

    def field(self, name: str) -> Field:
        """Find the field of a column; folded ones are shown first."""
        if name not in self._fields:
            self.unfold()
        return self._fields[name]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt tells: a wide form has two columns."""
        super().resizeEvent(event)
        letters = self.viewport().width() / em(self)
        columns = 2 if letters >= self._plan.two_columns else 1
        if columns != self._columns:
            self._columns = columns
            self._arrange()

    def _lay_out(self) -> None:
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        # Tab goes from field to field.
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._more.setProperty("flat", True)
        self._more.setVisible(bool(self._plan.folded))
        self._more.clicked.connect(self._turn_over)
        self._fold(True)
        column = QVBoxLayout(self._sheet)
        column.setContentsMargins(4, 6, 12, 6)
        for grid in (self._above, self._below):
            grid.setVerticalSpacing(6)
            grid.setHorizontalSpacing(16)
            grid.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._above)
        column.addWidget(self._more)
        column.addWidget(self._rest)
        column.addStretch(1)
        self.setWidget(self._sheet)

    def _build(self, columns: Sequence[Column], grid: QGridLayout) -> None:
        for column in columns:
            made = self._make_field(column)
            self._fields[column.name] = made
            made.editor.submitted.connect(self.submitted)
            made.editor.typed.connect(lambda made=made: self._typed(made))
            made.editor.left.connect(lambda made=made: self._tidy(made))
            made.editor.lock(self._locked)
        self._place([self._fields[column.name] for column in columns], grid)

    def _make_field(self, column: Column) -> Field:
        required = column.required or column.name in self._plan.required
        declared = replace(column, required=required)

        def make(parent: QWidget) -> Editor:
            if own := self._plan.makers.get(column.name):
                return own(parent, declared)
            return editor(parent, declared, self._look_up, self._now)

        sheet = self._rest if column.name in self._plan.folded else self._sheet
        return Field(sheet, column, required, make)

    def _arrange(self) -> None:
        folded = self._plan.folded
        self._place([each for name, each in self._fields.items() if name not in folded], self._above)
        self._place([each for name, each in self._fields.items() if name in folded], self._below)

    def _place(self, fields: Sequence[Field], grid: QGridLayout) -> None:
        place = 0
        for each in fields:
            if each.wide and place % self._columns:
                place += 1
            span = self._columns if each.wide else 1
            grid.addWidget(each, place // self._columns, place % self._columns, 1, span)
            place += span
        for at in range(2):
            # What comes first, such as a name, is mostly longer than what stands beside it.
            grid.setColumnStretch(at, 3 - at if at < self._columns else 0)

    def _fill(self, content: Content) -> None:
        self._content = content
        self._before = {}
        for each in self._fields.values():
            each.complain("")
            self._put(each)
        self._show_allowed()

    def _put(self, target: Field) -> None:
        """Have a field show what stands in the form's content, masked if it is not for every eye."""
        column = target.column
        value, text = self._content.values.get(column.name), self._content.text(column)
        private = self._content.masked and sight(column.privacy, Audience.SCREEN) is Sight.MASK
        target.bare()
        if private and text:
            target.editor.put(None, "")
            target.cover(column.cell(value, Audience.SCREEN), lambda: self._show(target, value, text))
        else:
            self._show(target, value, text)

    def _show(self, target: Field, value: Any, text: str) -> None:
        target.editor.put(value, text)
        self._before[target.column.name] = target.editor.value()

    def _typed(self, source: Field) -> None:
        source.complain("")
        self._show_allowed()
        self.touched.emit()

    def renew(self, given: Given) -> None:
        """Bring defaults that depend on the hour up to date, where nobody has touched them."""
        for column in self._plan.columns:
            each = self._fields.get(column.name)
            if not callable(column.default) or (
                each is not None and each.editor.value() != self._before.get(column.name)
            ):
                continue
            value = column.first_value(given)
            self._content = self._content._replace(values={**self._content.values, column.name: value})
            if each is not None:
                self._show(each, value, self._content.text(column))

    def _tidy(self, source: Field) -> None:
        """Write what was typed in its usual shape, or say at once that it cannot be read."""
        value = source.editor.value()
        if self._locked or is_blank(value) or not isinstance(source.column.kind, _TIDIED):
            return
        try:
            parsed = source.column.kind.parse(value, Given(self._now()))
        except Wrong as wrong:
            source.complain(_("{label}：{what}").format(label=_(source.column.label), what=wrong.message))
            return
        shown = source.column.kind.show(parsed)
        if shown != value:
            source.editor.put(parsed, shown)

    def _shown(self) -> frozenset[str]:
        """Name the fields that may be filled in, and make sense beside the others; what stands stored is shown."""
        told = {**self._content.values, **{name: each.editor.value() for name, each in self._fields.items()}}
        return frozenset(
            name
            for name in self._allowed()
            if self._fields[name].column.is_asked(told)
            or not is_blank(self._content.values.get(name) or None)
        )

    def _allowed(self) -> frozenset[str]:
        """Name the fields that may be filled in at all, such as not the content of a 检举控告."""
        told = {name: each.editor.value() for name, each in self._fields.items()}
        allowed = self._plan.reads(told) if self._plan.reads else None
        return frozenset(self._fields) if allowed is None else frozenset(self._fields) & allowed

    def _show_allowed(self) -> None:
        """Hide what may not be filled in, and what is not asked for."""
        shown = self._shown()
        for name, each in self._fields.items():
            # Setting what is so already costs a layout each time.
            if (name in shown) == each.isHidden():
                each.setVisible(name in shown)
