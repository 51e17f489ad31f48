"""What the cells of one row mean: values as a clerk would type them, for the register's own check to judge.

Nothing is rounded, guessed or left out in silence: what cannot be read is a `Problem` that says where it
stands and what to write instead.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from openpyxl.utils import get_column_letter

from ojr_desk.exchange.cells import Fault, Value, text_of, typed
from ojr_desk.exchange.old_book_days import Days, is_clock
from ojr_desk.exchange.old_book_headings import Target, Use, link_to_person
from ojr_desk.exchange.old_book_lines import Line
from ojr_desk.exchange.old_book_wordbook import Wordbook
from ojr_desk.exchange.old_book_words import (
    is_ditto,
    is_no,
    is_nothing,
    name_and_telephone,
    number_of,
)
from ojr_desk.exchange.table import forms
from ojr_desk.moments import parse_clock, plain
from ojr_desk.problems import Problem, Wrong
from ojr_desk.register import REGISTERS, Amount, Choice, Day, Flag, Link, Register, Text, Whole
from ojr_desk.text import _, labelled

_ISO_DAY = 10
#: Characters of a cell that may be 不愿透露姓名 and the like.
_LONGEST_TICK = 12


@dataclass(frozen=True)
class Values:
    """What one row says: *values* by column, the *problems* of reading them, and *days* by place as understood."""

    values: dict[str, Any]
    problems: tuple[Problem, ...]
    days: Mapping[int, str]


class Reader:
    """Reads the rows of one table; *words* is what a person said of words for choices, by column and word."""

    def __init__(
        self,
        register: Register,
        sheet: str,
        uses: Sequence[Use],
        days: Days,
        words: Mapping[str, Mapping[str, str]],
    ) -> None:
        self._register = register
        self._sheet = sheet
        self._days = days
        self.wordbook = Wordbook(words)
        self._uses: dict[str, list[Use]] = {}
        # The row's own day comes first: the other days of the row go by it.
        for use in sorted(uses, key=lambda use: use.target.name != register.dated_by):
            self._uses.setdefault(use.target.name, []).append(use)
        self._shared = {
            use.head.place: [other.target for other in uses if other.head.place == use.head.place]
            for use in uses
        }
        self._link = link_to_person(register)
        self._ticks = _ticks(register, self._link)

    def read(self, line: Line, unreckoned: frozenset[tuple[int, int]]) -> Values:
        """Read one row; *unreckoned* are the places of formulas, by row and column."""
        values: dict[str, Any] = {}
        problems: list[Problem] = []
        days: dict[int, str] = {}
        for name, uses in self._uses.items():
            if tick := self._tick(uses, line):
                values[tick] = True
                continue
            try:
                for use in uses:
                    _refuse_unreckoned(line, use, unreckoned)
                value = self._value(uses, line, days)
            except Wrong as wrong:
                problems.append(self.problem(line.number, name, wrong.message, wrong.code))
                continue
            if value:
                values[name] = value
        problems += self._not_understood(line, values)
        return Values(self._with_person(line, values, problems), tuple(problems), days)

    def problem(self, row: int, name: str | None, what: str, code: str) -> Problem:
        """Say what is wrong with a row and in which cell, as the person sees it."""
        uses = self._uses.get(name or "", ())
        if uses:
            use = min(uses, key=lambda use: use.head.place)
            prefix = labelled(_(use.target.column.label), "")
            message = _("{letter}列“{heading}”：{what}")
            letter = get_column_letter(use.head.place + 1)
            what = message.format(letter=letter, heading=use.head.text, what=what.removeprefix(prefix))
        return Problem(what, code, name, row, self._sheet)

    def _value(self, uses: Sequence[Use], line: Line, days: dict[int, str]) -> str:
        target = uses[0].target
        filled = [(use, line.cells[use.head.place]) for use in uses if text_of(line.cells[use.head.place])]
        filled = [
            (use, cell) for use, cell in filled if isinstance(cell, Fault) or not _is_empty(cell, target)
        ]
        if not filled:
            return ""
        for _use, cell in filled:
            if isinstance(cell, str) and is_ditto(text_of(cell)):
                raise Wrong(_("写着“同上”，上面却没有可以照抄的内容，请补上"), "nothing_above")
        if target.is_dated:
            return self._day(filled, days)
        if isinstance(target.column.kind, Text):
            return self._words_of(filled)
        return self._one(target, filled[0][1], self._shared[uses[0].head.place])

    def _day(self, filled: Sequence[tuple[Use, Value]], days: dict[int, str]) -> str:
        """Read a day that stands in one cell, in pieces, or beside its hour."""
        target = filled[0][0].target
        leads = target.name == self._register.dated_by
        pieces = "".join(f"{text_of(cell)}{use.part}" for use, cell in filled if use.part)
        whole = sorted((each for each in filled if not each[0].part), key=lambda each: is_clock(each[1]))
        if pieces:
            said = self._days.read(pieces, leads)
        else:
            use, cell = whole.pop(0)
            said = days[use.head.place] = self._days.read(cell, leads)
        if isinstance(target.column.kind, Day):
            return said[:_ISO_DAY]
        return f"{said[:_ISO_DAY]} {parse_clock(typed(whole[0][1], 'clock')):%H:%M}" if whole else said

    def _words_of(self, filled: Sequence[tuple[Use, Value]]) -> str:
        """Read words; those of several columns are told apart by their headings."""
        target = filled[0][0].target
        texts = [(use, self._text(target, cell)) for use, cell in filled]
        own = forms(target.column.label)[0]
        if len(texts) == 1 and (target.name != "remark" or forms(texts[0][0].head.text)[0] == own):
            return texts[0][1]
        return "\n".join(labelled(use.head.text, text) for use, text in texts)

    def _text(self, target: Target, cell: Value) -> str:
        text = typed(cell, "text")
        check = target.column.kind.check if isinstance(target.column.kind, Text) else None
        if check is not None and isinstance(cell, int | float) and _fails(check, text):
            # A spreadsheet takes 0577… for a number and drops the nought.
            return text if _fails(check, f"0{text}") else f"0{text}"
        return text

    def _one(self, target: Target, cell: Value, sharing: Sequence[Target]) -> str:
        """Read a cell of any other kind."""
        kind = target.column.kind
        if isinstance(kind, Link):
            return _name(kind, typed(cell, "text"))
        shown: Any = kind.cell_format
        text = typed(cell, shown)
        if isinstance(kind, Whole | Amount):
            return number_of(text)
        return self._choice(target, text, sharing) if isinstance(kind, Choice) else text

    def _choice(self, target: Target, text: str, sharing: Sequence[Target]) -> str:
        """Find the choice that a word means; of a heading for several columns each takes what it knows."""
        code, is_shared = self.wordbook.code(target, text), len(sharing) > 1
        if code is not None or not is_shared:
            self.wordbook.meet(sharing, text)
        return code if code is not None else "" if is_shared else text

    def _tick(self, uses: Sequence[Use], line: Line) -> str:
        """Name the yes-or-no column that a cell answers where a name or a number is asked for: 匿名, 无电话."""
        target = uses[0].target
        checked = isinstance(target.column.kind, Text) and target.column.kind.check is not None
        if not checked and not isinstance(target.column.kind, Link):
            return ""
        cell = line.cells[uses[0].head.place]
        if not isinstance(cell, str) or len(cell) > _LONGEST_TICK:
            return ""
        return self._ticks.get((target.link, forms(cell)[0]), "")

    def _not_understood(self, line: Line, values: Mapping[str, Any]) -> list[Problem]:
        """Name the cells of a heading for several lists of choices whose words are in none of them."""
        problems = []
        for place, targets in self._shared.items():
            kind = targets[0].column.kind
            if (
                len(targets) < 2
                or not isinstance(kind, Choice)
                or any(each.name in values for each in targets)
            ):
                continue
            text = text_of(line.cells[place])
            if (
                _is_empty(text, targets[0])
                or not all(isinstance(each.column.kind, Choice) for each in targets)
                or any(self.wordbook.is_left_out(each, text) for each in targets)
            ):
                continue
            self.wordbook.meet(targets, text)
            # Of what a record needs it is not told as well that it is missing.
            leading = next((each for each in targets if each.column.required), targets[0])
            message = _("看不出“{word}”是哪一项，请改成程序里的叫法，或告诉程序它是哪一项").format(
                word=text[:20]
            )
            problems.append(self.problem(line.number, leading.name, message, "unknown_choice"))
        return problems

    def _with_person(self, line: Line, values: dict[str, Any], problems: list[Problem]) -> dict[str, Any]:
        """Put what is said of the person beside the name."""
        link = self._link
        details = {name.partition(".")[2]: value for name, value in values.items() if "." in name}
        own = {name: value for name, value in values.items() if "." not in name}
        name, telephone = name_and_telephone(own.pop(link, "")) if link else ("", "")
        if telephone:
            details.setdefault("phone", telephone)
        if name:
            own[link] = {"full_name": name, **details} if details else name
        elif details and not any(tick in own for tick in self._ticks.values()):
            label = _(REGISTERS["person"].by_name[next(iter(details))].label)
            message = _("有{label}没有姓名，登记不到人。请补上姓名，或把它移到备注").format(label=label)
            problems.append(self.problem(line.number, link, message, "nobody"))
        return own


def _ticks(register: Register, link: str) -> dict[tuple[str, str], str]:
    """Find the yes-or-no columns by what is written for a yes in the cell of a name or a number."""
    found = {
        ("", forms(word)[0]): column.name
        for column in register.typed
        if isinstance(column.kind, Flag)
        for word in (column.label, *column.synonyms)
    }
    if link:
        theirs = [each for each in REGISTERS["person"].typed if isinstance(each.kind, Flag)]
        found |= {(link, forms(each.label)[0]): f"{link}.{each.name}" for each in theirs}
    return found


def _refuse_unreckoned(line: Line, use: Use, formulas: frozenset[tuple[int, int]]) -> None:
    place = use.head.place
    if line.cells[place] is None and (line.number, place + 1) in formulas:
        raise Wrong(_("公式没有算出结果，请用 WPS 或 Excel 打开这张表，存一次再来"), "not_reckoned")


def _is_empty(cell: Value, target: Target) -> bool:
    text = plain(text_of(cell))
    return is_nothing(text) and not (isinstance(target.column.kind, Flag) and is_no(text))


def _fails(check: Any, text: str) -> bool:
    try:
        check(text)
    except Wrong:
        return True
    return False


def _name(kind: Link, text: str) -> str:
    """Write a name as the register that it leads to writes it: 王 芳 is 王芳."""
    register = REGISTERS[kind.to]
    label = register.by_name[register.label_by].kind if register.label_by in register.by_name else None
    if kind.to == "person" or not isinstance(label, Text) or label.check is None:
        return text
    try:
        return label.check(text)
    except Wrong:
        return text
