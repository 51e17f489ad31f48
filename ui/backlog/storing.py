"""Storing the rows of a grid in one act, and taking the act back."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QObject, Signal

from ojr_desk.problems import UserError
from ojr_desk.text import _
from ui.backlog.keeping import Keeping
from ui.backlog.layout import Cells
from ui.backlog.model import GridModel
from ui.backlog.taking_back import TakingBack
from ui.backlog.trial import Saved, Told, save
from ui.here import here
from ui.notice import Notice
from ui.office import Office

_FEW = 5


class Storing(QObject):
    """Stores rows, all or none. `waiting` tells that it is under way or over.

    `stored` tells that rows have left the grid, `refused` that something is wrong with some.
    """

    waiting = Signal(bool)
    stored = Signal()
    refused = Signal()

    def __init__(
        self, parent: QObject, office: Office, model: GridModel, keeping: Keeping, undoing: TakingBack
    ) -> None:
        super().__init__(parent)
        self._office, self._model, self._keeping, self._undoing = office, model, keeping, undoing
        self._notice: Notice = undoing.notice
        self._taken_out: dict[str, Cells] = {}
        self.is_busy = False

    def store(self, good: bool) -> None:
        """Store all rows, or with *good* those that nothing is wrong with."""
        rows = self._model.rows
        places = [place for place in rows.filled() if not (good and rows[place].problems)]
        if self.is_busy:
            return
        if not places:
            self._notice.warn(_("还没有写什么：请在表格里写，或者从 WPS、Excel 粘贴。"))
            return
        asked, layout, batch = rows.typed(places), self._model.layout_, self._model.batch
        stored = set(places)
        keep_rest = self._keeping.writer([place for place in rows.filled() if place not in stored])

        def work(desk: Any, _progress: Any) -> Saved | list[Told]:
            answer = save(desk, layout, asked, batch)
            if isinstance(answer, Saved):
                # Here, not in the answer: a window that closes now gets none, and must not offer the rows again.
                keep_rest()
            return answer

        def begin(_kept: object) -> None:
            self._office.labour(_("正在保存"), work, here(self, self._answered), here(self, self._failed))

        keep_all = self._keeping.writer(rows.filled())
        self._wait(True)
        # First the rows are safe, then they are stored: whatever happens between is told when they come back.
        self._office.draw(keep_all, begin)

    def bring_back(self, numbers: Sequence[str]) -> None:
        """Put the rows into the grid again whose records were taken back."""
        rows = [self._taken_out[number] for number in sorted(numbers) if number in self._taken_out]
        self._model.put_in(0, rows)
        self._taken_out = {}

    def _answered(self, answer: Saved | list[Told]) -> None:
        self._wait(False)
        if isinstance(answer, Saved):
            self._saved(answer)
            return
        self._model.take(answer)
        wrong = sum(bool(each.problems) for each in answer)
        self._notice.refuse(
            _("一行也没有保存：{count} 行有要改的地方，见下面。改好再保存，或者先保存没有问题的。").format(
                count=wrong
            )
        )
        self.refused.emit()

    def _saved(self, saved: Saved) -> None:
        rows = {row.serial: row.cells for row in self._model.rows}
        self._taken_out = {
            number: dict(rows[serial]) for serial, number in saved.numbers.items() if serial in rows
        }
        self._model.take_out(saved.numbers)
        self._notice.tell(*_told(saved, len(self._model.rows.filled())))
        self._undoing.offer(saved.offer)
        self.stored.emit()

    def _failed(self, error: UserError) -> None:
        self._wait(False)
        self._notice.refuse(error.message)

    def _wait(self, busy: bool) -> None:
        self.is_busy = self._keeping.is_held = busy
        self.waiting.emit(busy)


def _told(saved: Saved, left: int) -> list[str]:
    """Write what was stored, and how many rows are left."""
    numbers = list(saved.numbers.values())
    told = (
        _("已保存 {count} 行：{first} 到 {last}。") if len(numbers) > 1 else _("已保存 {count} 行：{first}。")
    )
    more = len(saved.notices) - _FEW
    return [
        told.format(count=len(numbers), first=numbers[0], last=numbers[-1]),
        _("还有 {count} 行没有保存。").format(count=left) if left else "",
        *saved.notices[:_FEW],
        _("还有 {n} 条类似的提示").format(n=more) if more > 0 else "",
    ]
