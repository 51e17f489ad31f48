"""What a foreign table is taken for, which may be put right: its headings, and its words for choices."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QTableWidget, QTableWidgetItem, QWidget

from ojr_desk.exchange.old_book_headings import Target
from ojr_desk.exchange.old_book_hints import Hints
from ojr_desk.exchange.old_book_wordbook import Word
from ojr_desk.register import REGISTERS, Choice
from ojr_desk.text import _, listed
from ui.backlog.pasted import Heading
from ui.choice_editors import ChoiceBox
from ui.style import HIT, em

#: Words that are asked for at once, those of the most rows first.
_MOST_WORDS = 30
_EXAMPLE = 40
#: A word may belong to several columns: the column is written before the choice.
_MARK = ":"
_LEFT_OUT, _NOT_SAID = "", "?"


class Line(NamedTuple):
    """One question: what stands in the table, more about it, how the list is called, what may be chosen, what is."""

    about: Heading | Word
    more: str
    called: str
    choices: Mapping[str, str]
    chosen: str

    @property
    def text(self) -> str:
        """Write what stands in the table; a word is told from a heading by its quotes."""
        text = self.about.text
        return _("“{word}”").format(word=text) if isinstance(self.about, Word) else text


class Meanings(QTableWidget):
    """A line for each word and heading, words first; it remembers what a person says of them.

    `said` tells that a heading is something else now, `explained` that a word is.
    """

    said = Signal()
    explained = Signal()

    def __init__(self, parent: QWidget, targets: Mapping[str, Target], second: str) -> None:
        super().__init__(0, 3, parent)
        self._targets = targets
        self._labels = {name: label_of(target) for name, target in targets.items()}
        self._columns: dict[str, str] = {}
        self._words: dict[str, dict[str, str]] = {}
        self.setAccessibleName(_("表头、用词对到哪里"))
        self.setHorizontalHeaderLabels([_("表里的写法"), second, _("记到哪一栏、哪一项")])
        self.setSelectionMode(QTableWidget.SelectionMode.NoSelection)
        self.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        )
        self._fit()

    def hints(self, year: int | None = None) -> Hints:
        """Tell what was said so far."""
        return Hints(dict(self._columns), {name: dict(said) for name, said in self._words.items()}, year)

    def forget(self) -> None:
        """Begin with another table."""
        self._columns, self._words = {}, {}
        self.show_table([], [])

    def show_table(self, headings: Sequence[Heading], words: Sequence[Word]) -> None:
        """Ask for these words and headings."""
        focused = next((at for at in range(self.rowCount()) if self.box(at).hasFocus()), -1)
        asked = sorted(words, key=lambda each: (each.meant is not None, -each.rows))[:_MOST_WORDS]
        lines = [*map(self._of_word, asked), *map(self._of_heading, headings)]
        self.setRowCount(len(lines))
        for at, line in enumerate(lines):
            for column, told in enumerate((line.text, " ".join(line.more.split())[:_EXAMPLE])):
                item = QTableWidgetItem(told)
                item.setToolTip(line.more)
                item.setData(Qt.ItemDataRole.UserRole, line.about.text)
                self.setItem(at, column, item)
            self.setCellWidget(at, 2, self._box(line))
        self._fit()
        if 0 <= focused < len(lines):
            self.box(focused).setFocus()

    def box(self, at: int) -> ChoiceBox:
        """Answer with the list of a line."""
        found = self.cellWidget(at, 2)
        assert isinstance(found, ChoiceBox)
        return found

    def box_of(self, text: str) -> ChoiceBox:
        """Answer with the list beside a word or a heading."""
        items = (self.item(at, 0) for at in range(self.rowCount()))
        asked = [item.data(Qt.ItemDataRole.UserRole) if item is not None else "" for item in items]
        return self.box(asked.index(text))

    def unexplained(self) -> ChoiceBox | None:
        """Answer with the list of the first word that nothing was said of yet."""
        boxes = map(self.box, range(self.rowCount()))
        return next((each for each in boxes if each.currentData() == _NOT_SAID), None)

    def changeEvent(self, event: QEvent) -> None:
        """Qt tells: other letters need other heights."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def _of_heading(self, heading: Heading) -> Line:
        several = listed(self._labels[name] for name in heading.names)
        choices = {_LEFT_OUT: _("（不要）")}
        if len(heading.names) > 1:
            choices[",".join(heading.names)] = several
        choices |= self._labels
        called = _("“{heading}”记到哪一栏").format(heading=heading.text)
        return Line(heading, heading.example, called, choices, ",".join(heading.names))

    def _of_word(self, word: Word) -> Line:
        # What a record needs is asked for before what it may have.
        columns = sorted(
            ((name, self._targets[name].column) for name in word.columns),
            key=lambda each: not each[1].required,
        )
        choices = {_NOT_SAID: _("（请选）")} if word.meant is None else {}
        choices[_LEFT_OUT] = _("（不填）")
        chosen = _NOT_SAID if word.meant is None else _LEFT_OUT
        for name, column in columns:
            assert isinstance(column.kind, Choice)
            for code, label in column.kind.offered.items():
                key = f"{name}{_MARK}{code}"
                choices[key] = f"{_(column.label)}·{_(label)}" if len(columns) > 1 else _(label)
                if code == word.meant and chosen == _LEFT_OUT:
                    chosen = key
        told = _("{rows} 行，{label}").format(
            label=listed(_(column.label) for _name, column in columns), rows=word.rows
        )
        return Line(word, told, _("“{word}”是哪一项").format(word=word.text), choices, chosen)

    def _box(self, line: Line) -> ChoiceBox:
        box = ChoiceBox(self)
        box.setAccessibleName(line.called)
        for key, label in line.choices.items():
            box.addItem(label, key)
        box.setCurrentIndex(max(0, box.findData(line.chosen)))
        box.activated.connect(lambda _at: self._chosen(line, str(box.currentData())))
        return box

    def _chosen(self, line: Line, key: str) -> None:
        if isinstance(line.about, Word):
            if key != _NOT_SAID:
                self._explain(line.about, key)
        elif key != line.chosen and "," not in key:
            if key:
                # One column is filled by one heading: the person's word goes before.
                self._columns = {each: said for each, said in self._columns.items() if said != key}
            self._columns[line.about.text] = key
            self.said.emit()

    def _explain(self, word: Word, key: str) -> None:
        name, _mark, code = key.partition(_MARK)
        for each in word.columns:
            self._words.setdefault(each, {}).pop(word.text, None)
        for each in (name,) if name else word.columns:
            self._words[each][word.text] = code
        self.explained.emit()

    def _fit(self) -> None:
        self.verticalHeader().setDefaultSectionSize(max(HIT + 4, self.fontMetrics().height() + 20))
        letter = em(self)
        for at, letters in enumerate((9, 13, 13)):
            self.setColumnWidth(at, letters * letter)
        self.horizontalHeader().setStretchLastSection(True)


def label_of(target: Target) -> str:
    """Name what a heading may stand for."""
    label = _(target.column.label)
    title = _(REGISTERS["person"].title)
    return _("{whose}·{label}").format(whose=title, label=label) if target.link else label
