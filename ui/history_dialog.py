"""Who changed what in a record, when, and from which value."""

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QTableWidget, QTableWidgetItem, QVBoxLayout

from ojr_desk.register import Audience, Column, Link, Register
from ojr_desk.text import N_, _
from ui.buttons import button, row
from ui.front import front
from ui.office import Office

_ACTS = {
    "insert": N_("登记"),
    "update": N_("修改"),
    "delete": N_("删除"),
}
#: Columns that change by themselves with every change.
_SILENT = frozenset({"id", "uid", "revision", "center", "recorded_at", "recorded_by"})


@dataclass(frozen=True)
class Line:
    """One entry as it is read: when, who, what was done, and each change in a line."""

    at: str
    who: str
    what: str
    changes: str


def lines(desk: Any, register: Register, uid: str) -> list[Line]:
    """Tell the story of a record at the desk, newest first."""
    told = []
    for change in reversed(desk.registers.story(uid)):
        names = _names(desk, register, change.was) | _names(desk, register, change.now)
        who = desk.registers.get("staff", change.actor).full_name if change.actor else ""
        what = _(_ACTS.get(change.op, change.op))
        told.append(Line(change.at.replace("T", " ")[:16], who, what, _changes(register, change, names)))
    return told


def _names(desk: Any, register: Register, values: dict[str, Any] | None) -> dict[str, str]:
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


class HistoryDialog(QDialog):
    """A table of everything that was ever changed in one record."""

    def __init__(self, office: Office, register: Register, uid: str, number: str) -> None:
        super().__init__(front())
        self.setWindowTitle(_("{number} 的修改痕迹").format(number=number))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.table = QTableWidget(0, 4)
        self.table.setHorizontalHeaderLabels([_("时间"), _("经手人"), _("做了什么"), _("内容")])
        self.table.horizontalHeader().setStretchLastSection(True)
        self.table.horizontalHeader().setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        )
        self.table.setVerticalScrollMode(QTableWidget.ScrollMode.ScrollPerPixel)
        self.table.verticalHeader().hide()
        self.table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.table.setWordWrap(True)
        column = QVBoxLayout(self)
        column.addWidget(self.table)
        column.addLayout(row(button(_("关上"), self.close)))
        self.resize(900, 560)
        office.ask(lambda desk: lines(desk, register, uid), self._show)

    def _show(self, told: list[Line]) -> None:
        self.table.setRowCount(len(told))
        for place, line in enumerate(told):
            for at, text in enumerate((line.at, line.who, line.what, line.changes)):
                item = QTableWidgetItem(text)
                item.setTextAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
                self.table.setItem(place, at, item)
        self.table.resizeColumnsToContents()
        self.table.resizeRowsToContents()
