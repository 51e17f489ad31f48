"""Marks (批注): what the superior found in a record that a village reported, or in the month as a whole."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ojr_desk.exchange import soundness
from ojr_desk.text import N_, _, listed

#: Why a report is returned; any of them may be named with a mark.
REASONS: Mapping[str, str] = {
    "missing_sheet": N_("缺表"),
    "unbalanced": N_("数据不平"),
    "unsealed": N_("未盖章件"),
    "wrong_month": N_("所属期错误"),
    "empty_words": N_("内容空泛"),
    "unmasked": N_("涉个人信息未脱敏"),
    "missing_file": N_("附件缺失"),
    "other": N_("其他"),
}
#: How long the words of a mark, and of what is answered to it, may be; how many marks a return may carry.
MOST_WORDS, MOST_MARKS = 500, 1000


@dataclass(frozen=True)
class Mark:
    """What was found: in which record, by register, key and number, in which column, why, and in words.

    Without *record* it is of the whole month, without *field* of the whole record. *label* is the column's name
    as people at the superior's read it.
    """

    uid: str
    register: str
    record: str
    number: str
    field: str
    label: str
    reason: str
    text: str

    @property
    def place(self) -> str:
        """Say where it is, in the language in use."""
        return place(self.number, self.label)

    @property
    def what(self) -> str:
        """Say what was found, the reason from the list first."""
        return told(self.reason, self.text)


def place(number: str, label: str) -> str:
    """Name the record and the column of a mark; the whole month where there is none."""
    if not number:
        return _("整月")
    return _("{number}「{label}」").format(number=number, label=label) if label else number


def told(reason: str, text: str) -> str:
    """Write a reason and the words to it."""
    return listed((_(REASONS[reason]) if reason in REASONS else "", text), N_("："))


def reasons_told(reasons: Iterable[str]) -> str:
    """Write some reasons in a line."""
    return listed(_(REASONS[each]) for each in reasons if each in REASONS)


def marks_in(found: Any) -> tuple[Mark, ...]:
    """Take marks out of a manifest; raises what is wrong with values from outside.

    A reason that only a newer program knows becomes another one: the words say what is meant.
    """
    marks = tuple(Mark(**{name: each[name] for name in Mark.__dataclass_fields__}) for each in found)
    soundness.count(len(marks), MOST_MARKS)
    for each in marks:
        soundness.keys(each.uid, *([each.record] if each.record else []))
        soundness.lines(each.register, each.number, each.field, each.label, each.reason)
        soundness.texts(each.text)
        soundness.count(len(each.text), MOST_WORDS)
    soundness.distinct([each.uid for each in marks], MOST_MARKS)
    return marks
