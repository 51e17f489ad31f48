"""What taking files in would do, before it is done: each file with its decision, and every cell that was edited."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSplitter, QVBoxLayout, QWidget

from ojr_desk.text import _
from ui.plain_table import PlainTable
from ui.scrolled import scrolled

#: How many edited cells or problems are written out; the rest is counted.
_MOST = 200


class ImportPreview(QWidget):
    """The files in a table; what there is to say of the chosen one below."""

    def __init__(self) -> None:
        super().__init__()
        heads = [_("文件"), _("结果"), _("中心"), _("月份"), _("版次"), _("新增"), _("改动")]
        self.table = PlainTable(_("收到的文件"), heads)
        self.detail = QLabel()
        self.detail.setWordWrap(True)
        self.detail.setTextFormat(Qt.TextFormat.PlainText)
        self.detail.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.detail.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.detail.setMargin(8)
        self.detail.setAccessibleName(_("这个文件的说明"))
        self._received: Sequence[Any] = ()
        below = scrolled(self.detail, _("这个文件的说明"))
        split = QSplitter(Qt.Orientation.Vertical)
        split.addWidget(self.table)
        split.addWidget(below)
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(split)
        self.table.itemSelectionChanged.connect(self._chosen)

    def show_received(self, received: Sequence[Any]) -> None:
        """Show what each file is, or what became of it."""
        self._received = received
        self.table.show_rows([_texts(each) for each in received])

    @property
    def chosen(self) -> Any:
        """The file that is chosen, None if none is."""
        place = self.table.currentRow()
        return self._received[place] if 0 <= place < len(self._received) else None

    def _chosen(self) -> None:
        chosen = self.chosen
        self.detail.setText("\n".join(_told(chosen)) if chosen is not None else "")


def _texts(received: Any) -> tuple[str, ...]:
    told = received.outcome
    if received.edited:
        told = _("{told}（{count} 处）").format(told=told, count=len(received.edited))
    revision = str(received.revision) if received.revision else ""
    new, changed = (str(count) if count else "" for count in (received.new, received.changed))
    return received.path.name, told, received.center, received.month, revision, new, changed


def _told(received: Any) -> list[str]:
    told = [*received.notices, *received.problems[:_MOST]]
    for edit in received.edited[:_MOST]:
        told.append(
            _("《{sheet}》第 {row} 行“{column}”：原来是“{was}”，现在是“{now}”").format(
                sheet=edit.sheet, row=edit.row, column=edit.column, was=edit.was, now=edit.is_
            )
        )
    told += [line for each in received.revised[:_MOST] for line in each.lines]
    more = max(len(received.problems), len(received.edited), len(received.revised)) - _MOST
    if more > 0:
        told.append(_("还有 {count} 处没有列出。").format(count=more))
    if received.receipt is not None:
        told.append(_("回执已写到 {path}").format(path=received.receipt))
    return told or [_("没有要注意的。")]
