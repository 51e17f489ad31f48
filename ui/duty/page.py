"""排班: a month's roster, made by the rotation, mended by hand, put on the wall."""

from typing import Any

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ojr_desk.desk.month_roster import MonthRoster
from ojr_desk.moments import Month, show_moment
from ojr_desk.problems import Invalid, UserError
from ojr_desk.text import N_, _, listed
from ui.buttons import button
from ui.duty.cells import place_for, troubles
from ui.duty.day_table import DayTable
from ui.duty.people_table import CountTable, PeopleTable
from ui.months import MonthBox
from ui.notice import Notice
from ui.office import Office
from ui.page import Act, Page
from ui.style import faint

#: So many months ahead can be rostered.
_AHEAD = 2
#: What changes the picture of a month.
_OURS = frozenset({"duty", "swap", "leave", "turn", "roster", "duty_log", "opening", "staff", "month", "*"})


class RosterPage(Page):
    """The month in two tables, by day and by person; gaps, clashes and counts beside them."""

    def __init__(self, parent: QWidget, office: Office) -> None:
        super().__init__(parent)
        self._office = office
        self._roster: MonthRoster | None = None
        this = last = Month.of(office.now().date())
        for _place in range(_AHEAD):
            last = last.next()
        self.months = MonthBox(last, this)
        self.state = faint("", self)
        self.notice, self.troubles = Notice(self), Notice(self)
        self.days, self.people = DayTable(self._choose), PeopleTable()
        self.views = QStackedWidget(self)
        self.counts, self.beside = CountTable(), QWidget(self)
        self.rotate = button(_("接上月最后一人轮排"), self._rotate, self, main=True)
        self.publish = button(_("公布"), self._publish, self)
        self.other_view = button(_("按人看"), self._turn_over, self, flat=True)
        self._lay_out()
        self.months.currentIndexChanged.connect(lambda _place: self.reload())
        office.changes.changed.connect(self._heard)

    @property
    def acts(self) -> tuple[Act, ...]:
        """List what the keys do here."""
        return (
            Act("F6", _("轮排"), self._rotate),
            Act("F8", _("公布"), self._publish),
            Act("F7", self.other_view.text(), self._turn_over),
        )

    def reload(self) -> None:
        """Read the chosen month anew."""
        month = self.months.month
        self._office.ask(lambda desk: desk.duty.month(month), self._show, self._refused)

    def showEvent(self, event: QShowEvent) -> None:
        """Qt tells: what changed meanwhile is read now."""
        super().showEvent(event)
        self.reload()

    def _heard(self, what: str) -> None:
        if what in _OURS and self.isVisible():
            self.reload()

    def _show(self, roster: MonthRoster) -> None:
        if roster.month != self.months.month:
            return
        self._roster = roster
        today = self._office.now().date()
        self.days.show_roster(roster, today)
        self.people.show_roster(roster, today)
        heads = [_("姓名"), _("本月"), _("周末"), _("节日"), _("带班"), _("今年")]
        self.counts.show_counts(heads, _counts(roster))
        self.beside.setFixedWidth(self.counts.whole_width)
        self.state.setText(_state(roster))
        told = troubles(roster) if roster.shifts else []
        if told:
            self.troubles.warn(*told)
        else:
            self.troubles.clear()
        self.rotate.setEnabled(not roster.is_closed)
        self.publish.setEnabled(roster.is_news and not roster.is_closed)
        self.publish.setText(_("公布第{n}版").format(n=roster.version + 1) if roster.version else _("公布"))

    def _rotate(self) -> None:
        if self.rotate.isEnabled():
            month = self.months.month
            self._office.ask(lambda desk: desk.duty.rotate(month), self._rotated, self._refused)

    def _rotated(self, proposal: Any) -> None:
        told = _("已接着上月最后一人排好 {n} 班，请看一遍再公布。").format(n=len(proposal.filled))
        gaps = [f"{each.slot.day:%m-%d} {proposal.why(each)}" for each in proposal.unmet[:3]]
        self.notice.tell(told, *gaps)
        self._office.changes.changed.emit("duty")

    def _publish(self) -> None:
        if self.publish.isEnabled():
            month = self.months.month
            self._office.ask(lambda desk: desk.duty.publish(month), self._published, self._refused)

    def _published(self, publication: Any) -> None:
        told = _("第{n}版已公布，“本子”里的值班表可以打印张贴。").format(n=publication.version)
        self.notice.tell(told)
        self._office.changes.changed.emit("roster")

    def _choose(self, row: int, column: int, who: str) -> None:
        """Give the place of a cell to somebody; nobody takes it away."""
        roster, cell = self._roster, self.days.cell(row, column)
        if roster is None or (not who and not cell.shifts):
            return
        slot = place_for(roster, self.days.day(row), self.days.names[column - 2], cell)
        instead_of = cell.shifts[0].uid if cell.shifts else ""

        def done(_record: Any) -> None:
            self.notice.clear()
            self._office.changes.changed.emit("duty")

        self._office.ask(lambda desk: desk.duty.assign(slot, who, instead_of), done, self._refused)

    def _turn_over(self) -> None:
        by_day = self.views.currentIndex() == 1
        self.views.setCurrentIndex(0 if by_day else 1)
        self.beside.setVisible(by_day)
        self.other_view.setText(_("按人看") if by_day else _("按日排"))
        self.acts_changed.emit()

    def _refused(self, error: UserError) -> None:
        problems = error.problems if isinstance(error, Invalid) else ()
        self.notice.refuse(*([each.message for each in problems] or [error.message]))
        if self._roster is not None:
            self.days.show_roster(self._roster, self._office.now().date())

    def _lay_out(self) -> None:
        above = QHBoxLayout()
        for control in (self.months, self.rotate, self.publish):
            above.addWidget(control)
        above.addStretch(1)
        above.addWidget(self.other_view)
        for table in (self.days, self.people):
            self.views.addWidget(table)
        column = QVBoxLayout(self.beside)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.counts)
        both = QHBoxLayout()
        both.addWidget(self.views, 1)
        both.addWidget(self.beside)
        page = QVBoxLayout(self)
        page.setContentsMargins(14, 10, 10, 10)
        page.addLayout(above)
        for told in (self.state, self.notice, self.troubles):
            page.addWidget(told)
        page.addLayout(both, 1)
        self.setFocusProxy(self.days)


def _state(roster: MonthRoster) -> str:
    """Say how far the month's roster has come."""
    if roster.is_closed:
        how = _("本月已结账，不能再排")
    elif not roster.shifts:
        how = _("还没有排班")
    elif not roster.version:
        how = _("草稿，还没有公布")
    else:
        at = show_moment(roster.published_at) if roster.published_at else ""
        how = _("第{n}版 {at} 公布").format(n=roster.version, at=at)
        if changed := len(roster.changed) + roster.taken_off:
            how = _("{how}，以后改了 {n} 班（带 * 的），要再公布").format(how=how, n=changed)
    keys = _("选一格按回车换人，打姓名首字母，Delete 去掉；换班、顶班请开换班单")
    return listed((how, keys), N_("。"))


def _counts(roster: MonthRoster) -> list[tuple[str, ...]]:
    """Count for each person the days of the month and of the year, who has most first."""
    rows = []
    for who, name in roster.people.items():
        month, year = roster.tallies.get(who), roster.year.get(who)
        numbers = (month.total, month.weekends, month.holidays, month.leads) if month else (0, 0, 0, 0)
        rows.append((name, *map(str, numbers), str(year.total if year else 0)))
    return sorted(rows, key=lambda row: (-int(row[1]), row[0]))
