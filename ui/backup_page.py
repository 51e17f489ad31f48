"""Copies of the office: made, proved, gone back to; and the check-up of what is there."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from ojr_desk.desk.backups import go_back
from ojr_desk.desk.checks import check_office
from ojr_desk.text import N_, _
from ui.asking import Asking
from ui.buttons import button
from ui.changes import Changes
from ui.files import ask_file, ask_folder
from ui.flow import Flow
from ui.front import present
from ui.notice import Notice
from ui.office import Office
from ui.page import Page
from ui.plain_table import PlainTable

_KINDS = {"routine": N_("平时"), "before-migration": N_("升级之前"), "before-restore": N_("恢复之前")}
_MEGABYTE = 1024 * 1024


class BackupPage(Page):
    """The copies in the data folder, newest first."""

    def __init__(self, parent: QWidget, office: Office) -> None:
        super().__init__(parent)
        self._office = office
        self._stale = True
        self._copies: list[Any] = []
        self.table = PlainTable(_("备份"), [_("时间"), _("种类"), _("大小"), _("是否完好"), _("文件")])
        self.notice = Notice()
        self.findings = QLabel()
        self.findings.setWordWrap(True)
        self.findings.setTextFormat(Qt.TextFormat.PlainText)
        self.restore = button(_("恢复到选中的备份…"), self._ask_restore)
        self._lay_out()
        self.table.itemSelectionChanged.connect(lambda: self.restore.setEnabled(self.table.currentRow() >= 0))

    def reload(self) -> None:
        """List the copies anew."""
        self._stale = False
        self._office.ask(lambda desk: desk.backups.all(), self._show)

    def showEvent(self, event: QShowEvent) -> None:
        """Qt tells: the list is read when it is first seen."""
        super().showEvent(event)
        if self._stale:
            self.reload()

    def make(self, out: Path | None) -> None:
        """Write a copy into *out*, or into the data folder."""
        self._office.labour(
            _("正在备份"),
            lambda desk, _progress: desk.backups.make(out),
            self._made,
            lambda error: self.notice.refuse(error.message),
            stops=False,
        )

    def check(self) -> None:
        """Examine the whole office."""
        folder, clock = self._office.folder, self._office.now
        self._office.aside(
            _("正在检查"),
            lambda _desk, _progress: check_office(folder, clock),
            self._checked,
            lambda error: self.notice.refuse(error.message),
            stops=False,
        )

    def go_back(self, file: Path) -> None:
        """Bring the office back to a copy; what it was is kept first."""
        folder, now = self._office.folder, self._office.now()
        self._office.replace(_("正在恢复"), lambda _progress: go_back(folder, file, now), self._gone_back)

    def _show(self, copies: list[Any]) -> None:
        self._copies = copies
        self.table.show_rows([_texts(copy) for copy in copies])
        self.restore.setEnabled(bool(copies))

    def _made(self, made: Any) -> None:
        if made.problem:
            self.notice.refuse(made.problem)
        else:
            self.notice.tell(_("已备份并核对：{file}").format(file=made.path))
        self.reload()

    def _checked(self, findings: list[dict[str, Any]]) -> None:
        told = [
            (_("好　{what}：{detail}") if each["ok"] else _("坏　{what}：{detail}")).format(
                what=each["check"], detail=each["detail"]
            )
            for each in findings
        ]
        self.findings.setText("\n".join(told))
        if all(each["ok"] for each in findings):
            self.notice.tell(_("检查完了，都好。"))
        else:
            self.notice.refuse(_("检查出问题，见下面。请先备份，再和维护的人联系。"))

    def _ask_restore(self) -> None:
        place = self.table.currentRow()
        if 0 <= place < len(self._copies):
            self._ask(self._copies[place].path)

    def _ask(self, file: Path) -> None:
        def answered(_told: list[str]) -> None:
            self.go_back(file)

        question = _("恢复以后，这份备份之后登记的都不在了；现在的样子会先另存一份，可以再恢复回来。\n{file}")
        present(Asking(_("恢复到备份"), question.format(file=file.name), [], answered))

    def _gone_back(self, told: dict[str, Any]) -> None:
        kept = told["kept"] or _("（原来没有资料）")
        done = _("已恢复。恢复前的样子存在 {kept}").format(kept=kept)
        if told["notice"]:
            self.notice.warn(done, told["notice"])
        else:
            self.notice.tell(done)
        self._office.changes.changed.emit(Changes.EVERYTHING)
        self.reload()

    def _lay_out(self) -> None:
        told = QLabel(_("每天下班前备份一次；每月至少往U盘或别的电脑上备份一次。"))
        told.setWordWrap(True)
        told.setProperty("faint", True)
        now = button(_("立即备份"), lambda: self.make(None), main=True)
        away = button(_("备份到U盘…"), lambda: ask_folder(self, _("备份到"), self.make))
        kinds = _("备份文件 (*.ojrbak)")
        other = button(_("从别处的备份恢复…"), lambda: ask_file(self, _("选备份文件"), kinds, self._ask))
        check = button(_("全面检查"), self.check)
        top, below = Flow(), Flow()
        for each in (now, away, check):
            top.addWidget(each)
        for each in (self.restore, other):
            below.addWidget(each)
        self.restore.setEnabled(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 10, 10, 10)
        column.addWidget(told)
        column.addLayout(top)
        column.addWidget(self.notice)
        column.addWidget(self.table, 1)
        column.addWidget(self.findings)
        column.addLayout(below)


def _texts(copy: Any) -> tuple[str, ...]:
    size = _("{size} MB").format(size=f"{copy.size / _MEGABYTE:.1f}")
    kind = _(_KINDS.get(copy.kind, copy.kind))
    return f"{copy.made_at:%Y-%m-%d %H:%M}", kind, size, copy.problem or _("完好"), copy.path.name
