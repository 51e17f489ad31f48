"""今日: what a clerk sees first — who is on duty, what is due, what is missing, and four large buttons. No charts."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ojr_desk.registers.intake import CHANNELS
from ojr_desk.text import N_, _, listed
from ui.buttons import button
from ui.card import Card
from ui.flow import Flow
from ui.office import Office
from ui.page import Page
from ui.reception.page import KEYS
from ui.scrolled import scrolled
from ui.style import em, heading

#: A backup that was carried off longer ago than so many days is asked for.
_BACKUP_DAYS = 7
#: A page narrower than so many letters shows its cards one below the other.
_ABREAST = 50
#: How many lines of one sort are shown; the rest is behind the page they belong to.
_LINES = 5
_GAP = N_("　")
_WEEKDAYS = (N_("周一"), N_("周二"), N_("周三"), N_("周四"), N_("周五"), N_("周六"), N_("周日"))


class TodayPage(Page):
    """The day at a glance; every line opens what it speaks of."""

    def __init__(self, parent: QWidget, office: Office) -> None:
        super().__init__(parent)
        self._office = office
        self.day = heading(QLabel(), 1.3)
        self.duty = QLabel()
        self.duty.setProperty("faint", True)
        self.due = Card(_("办理期限"), self)
        self.missing = Card(_("要做的"), self)
        self.entries = Card(_("最近登记"), self)
        self.rooms = Card(_("今天的场地"), self)
        self.lent = Card(_("待归还"), self)
        self._lay_out()
        office.changes.changed.connect(lambda _what: self.reload() if self.isVisible() else None)
        office.informed.connect(self._informed)
        self._informed()

    def reload(self) -> None:
        """Read the day anew."""
        if self._office.facts.name:
            self._office.ask(lambda desk: desk.today(_LINES), self._show)

    def showEvent(self, event: QShowEvent) -> None:
        """Qt tells: what changed meanwhile is read now."""
        super().showEvent(event)
        self.reload()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt tells: on a narrow page one card stands below the other."""
        super().resizeEvent(event)
        wide = self.width() >= _ABREAST * em(self)
        self._both.setDirection(
            QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        )

    def _show(self, today: Any) -> None:
        self.day.setText(
            _("{month}月{day}日　{weekday}").format(
                month=today.day.month, day=today.day.day, weekday=_(_WEEKDAYS[today.day.weekday()])
            )
        )
        self.duty.setText(_duty(today))
        self._show_due(today)
        self._show_missing(today)
        self._show_entries(today.entries)
        self._show_rooms(today.rooms)
        self._show_lent(today.lent)

    def _show_due(self, today: Any) -> None:
        self.due.clear()
        sorts = (
            (_("逾期 {count} 件"), today.overdue, "bad"),
            (_("今天到期 {count} 件"), today.due_today, "bad"),
            (_("三天内到期 {count} 件"), today.soon, "warn"),
        )
        for words, due, tone in sorts:
            if due.count:
                self.due.state(words.format(count=due.count), tone)
                for case in due.cases:
                    until = f"{case.due_on:%m-%d}"
                    line = listed((until, case.title, case.handler), _GAP)
                    self.due.line(line, partial(self._office.wanted.emit, "case", case.uid))
                if more := due.count - len(due.cases):
                    self.due.line(_("还有 {n} 件").format(n=more), partial(self._go, "case"))
        if not any(due.count for _words, due, _tone in sorts):
            self.due.say(_("没有逾期的，三天内也没有到期的。"))

    def _show_missing(self, today: Any) -> None:
        self.missing.clear()
        for said in (*today.notices, *today.unread):
            self.missing.line(said.words, self._show_superior)
        for month in today.months:
            if month.missing:
                what = listed(map(_missing, month.missing))
                told = _("{month}月还差{count}项：{what}").format(
                    month=month.month.month, count=len(month.missing), what=what
                )
                self.missing.line(told, partial(self._go, "months"))
        days = today.days_since_carried_off
        if days is None:
            self.missing.line(_("还没有备份到U盘，请插上U盘备份一次"), partial(self._go, "backups"))
        elif days > _BACKUP_DAYS:
            told = _("已有 {count} 天没有备份到U盘").format(count=days)
            self.missing.line(told, partial(self._go, "backups"))
        if self.missing.is_empty:
            self.missing.say(_("都做完了。"))

    def _show_entries(self, entries: Sequence[Any]) -> None:
        self.entries.clear()
        for entry in entries:
            at = f"{entry.at:%m-%d %H:%M}" if hasattr(entry.at, "hour") else f"{entry.at:%m-%d}"
            words = listed((at, entry.kind, entry.who, entry.record_no), _GAP)
            self.entries.line(words, partial(self._office.wanted.emit, entry.register, entry.uid))
        if not entries:
            self.entries.say(_("还没有登记。按 F2 记下第一位来访的人。"))

    def _show_rooms(self, uses: Sequence[Any]) -> None:
        self.rooms.clear()
        for use in uses[:_LINES]:
            words = listed((f"{use.start:%H:%M}–{use.end:%H:%M}", use.venue, use.who, use.state), _GAP)
            self.rooms.line(words, partial(self._office.wanted.emit, "booking", use.uid))
        if len(uses) > _LINES:
            more = _("还有 {n} 场").format(n=len(uses) - _LINES)
            self.rooms.line(more, partial(self._go, "booking"))
        if not uses:
            self.rooms.say(_("今天没有人用场地。"))

    def _show_lent(self, lent: Any) -> None:
        self.lent.clear()
        sorts = (
            (_("逾期 {count} 件"), lent.overdue, "bad"),
            (_("今天应还 {count} 件"), lent.today, "bad"),
            (_("三天内应还 {count} 件"), lent.soon, "warn"),
        )
        for words, loans, tone in sorts:
            if loans.count:
                self.lent.state(words.format(count=loans.count), tone)
                for each in loans.loans:
                    line = listed((each.words, each.who), _GAP)
                    self.lent.line(line, partial(self._office.wanted.emit, "item_loan", each.uid))
        if self.lent.is_empty:
            self.lent.say(_("没有三天内要还的东西。"))

    def _informed(self) -> None:
        """Show what the office keeps, and the day as it is now."""
        enabled = self._office.facts.enabled
        self.book.setVisible("booking" in enabled)
        self.rooms.setVisible("booking" in enabled)
        self.lent.setVisible("item_loan" in enabled)
        if self.isVisible():
            self.reload()

    def _show_superior(self) -> None:
        from ui.superior_dialog import show_superior  # noqa: PLC0415 - the first page must not wait for it

        show_superior(self._office)

    def _go(self, key: str) -> None:
        self._office.wanted.emit("", key)

    def _lay_out(self) -> None:
        large = QWidget()
        flow = Flow(large, across=14, down=10)
        for channel, key in KEYS.items():
            words = _("{channel}  {key}").format(channel=_(CHANNELS[channel]), key=key)
            flow.addWidget(self._large(words, channel, large))
        self.book = self._large(_("订场地  F5"), "booking", large)
        flow.addWidget(self.book)
        column = QVBoxLayout()
        column.addWidget(self.due)
        column.addWidget(self.lent)
        column.addStretch(1)
        right = QVBoxLayout()
        right.addWidget(self.missing)
        right.addWidget(self.rooms)
        right.addWidget(self.entries)
        right.addStretch(1)
        inside = QWidget()
        both = self._both = QBoxLayout(QBoxLayout.Direction.LeftToRight, inside)
        both.setContentsMargins(0, 0, 6, 0)
        both.addLayout(column, 1)
        both.addLayout(right, 1)
        scroll = scrolled(inside)
        top = QHBoxLayout()
        top.addWidget(self.day)
        top.addSpacing(24)
        top.addWidget(self.duty, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(14, 10, 10, 10)
        whole.setSpacing(10)
        whole.addLayout(top)
        whole.addWidget(large)
        whole.addWidget(scroll, 1)

    def _large(self, words: str, key: str, parent: QWidget) -> QPushButton:
        made = button(words, partial(self._go, key), parent, main=True)
        made.setProperty("large", True)
        made.setMinimumWidth(9 * em(self))
        return made


def _duty(today: Any) -> str:
    """Say who is on duty and who leads, and whether that is from a roster."""
    if not today.on_duty:
        return _("今天谁值班？请在右上角选。")
    duty = _("值班：{name}").format(name=today.on_duty)
    if today.is_rostered:
        leader = _("带班：{name}").format(name=today.leader)
    else:
        leader = _("负责人：{name}").format(name=today.leader)
    return listed(
        (duty, leader if today.leader else "", "" if today.is_rostered else _("今天没有排班")), _GAP
    )


def _missing(what: str) -> str:
    from ojr_desk.desk.unfinished import MISSING  # noqa: PLC0415 - it is loaded with the desk

    return _(MISSING[what])
