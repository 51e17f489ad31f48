"""The story of a record as people read it: who did what to it when, and from which value to which."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ojr_desk.desk import Desk
from ojr_desk.register import MASKED, REGISTERS, Audience, Column, Link, Register, Sight, sight
from ojr_desk.store.history import Change
from ojr_desk.text import N_, _, labelled, listed

_ACTS = {
    "insert": N_("登记"),
    "update": N_("修改"),
    "delete": N_("删除"),
}
#: What is done with the files of a record.
_WITH_FILES = {"insert": N_("加附件"), "update": N_("取下附件")}
#: Columns that change by themselves with every change.
_SILENT = frozenset({"id", "uid", "revision", "center", "recorded_at", "recorded_by"})


@dataclass(frozen=True)
class Line:
    """One entry as it is read: when, who, what was done, and each change in a line."""

    at: str
    who: str
    what: str
    changes: str


def lines(desk: Desk, register: Register, uid: str) -> list[Line]:
    """Tell the story of a record, newest first; what was put right after its month was closed is part of it."""
    told = []
    story = desk.registers.story(uid)
    files = {each.uid: (each.now or {}).get("name", "") for each in story if each.op == "insert"}
    for change in story:
        if change.register != register.code:
            told.append(_with_file(desk, change, files))
            continue
        names = _names(desk, register, change.was) | _names(desk, register, change.now)
        what = _(_ACTS.get(change.op, change.op))
        told.append(Line(_at(change), _name(desk, change.actor), what, _changes(register, change, names)))
    for each in desk.months.corrections(uid):
        at = REGISTERS["correction"].by_name["occurred_at"].cell(each.occurred_at, Audience.SCREEN)
        told.append(Line(at, _name(desk, each.recorded_by), _("更正"), _corrected(register, each)))
    return sorted(told, key=lambda line: line.at)[::-1]


def _at(change: Change) -> str:
    return change.at.replace("T", " ")[:16]


def _with_file(desk: Desk, change: Change, files: Mapping[str, str]) -> Line:
    """Tell which file was added or taken off."""
    now = change.now or {}
    back = change.op == "update" and not now.get("removed_at")
    what = _("恢复附件") if back else _(_WITH_FILES.get(change.op, change.op))
    reason = now.get("removed_reason") or ""
    told = listed((files.get(change.uid, ""), reason and labelled(_("原因"), reason)), N_("，"))
    return Line(_at(change), _name(desk, change.actor), what, told)


def _name(desk: Desk, staff: str | None) -> str:
    return str(desk.registers.get("staff", staff).full_name) if staff else ""


def _corrected(register: Register, correction: Any) -> str:
    """Tell a correction, masking what the record masks."""
    column = register.by_name.get(correction.of_column)
    shown = column is not None and sight(column.privacy, Audience.SCREEN) is Sight.SHOW
    told = _("{label}：“{was}”改为“{now}”").format(
        label=_(column.label) if column else correction.of_column,
        was=correction.was if shown else MASKED,
        now=correction.becomes if shown else MASKED,
    )
    return "\n".join((told, labelled(correction.record_no, correction.reason)))


def _names(desk: Desk, register: Register, values: dict[str, Any] | None) -> dict[str, str]:
    """Find the names of the records that some values link to."""
    found: dict[str, str] = {}
    for name, value in (values or {}).items():
        column = register.by_name.get(name)
        if column is not None and isinstance(column.kind, Link) and value:
            target = desk.registers.named(column.kind.to)
            found[value] = target.label_of(desk.registers.get(target.code, value))
    return found


def _changes(register: Register, change: Any, names: dict[str, str]) -> str:
    if change.was is None and change.now is None:
        return _("内容已按规定删除，只留痕迹")
    was, now = change.was or {}, change.now or {}
    told = []
    for column in register.columns:
        if column.name in _SILENT or column.name not in {**was, **now}:
            continue
        before, after = (_text(column, values.get(column.name), names) for values in (was, now))
        if change.op == "insert" and now.get(column.name) in (None, "", 0):
            continue
        label = _(column.label)
        if change.op == "insert":
            told.append(_("{label}：{now}").format(label=label, now=after))
        else:
            told.append(_("{label}：“{was}”改为“{now}”").format(label=label, was=before, now=after))
    return "\n".join(told)


def _text(column: Column, value: Any, names: dict[str, str]) -> str:
    """Write a value as the history keeps it: codes and keys by their names, what is private masked."""
    if value is None or value == "":
        return ""
    if isinstance(column.kind, Link):
        return names.get(value, "")
    return column.cell(_native(column, value), Audience.SCREEN)


def _native(column: Column, stored: Any) -> Any:
    """Turn what the database holds into the value that a kind can show."""
    name = column.kind.name
    if name == "decimal":
        return column.kind.restore(str(stored)) / 100
    if name == "choices":
        return tuple(code for code in str(stored).split(",") if code)
    return column.kind.restore(stored)
