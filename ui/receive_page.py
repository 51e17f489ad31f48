"""Taking in what others send: looked at first, then taken in, each file whole or not at all."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from ojr_desk.problems import UserError
from ojr_desk.text import N_, _
from ui.buttons import button
from ui.changes import Changes
from ui.files import ask_files, ask_folder
from ui.flow import Flow
from ui.front import present
from ui.hand_dialogs import MeaningDialog
from ui.import_preview import ImportPreview
from ui.notice import Notice
from ui.notify_dialog import write_notice
from ui.office import Office
from ui.page import Page
from ui.superior_dialog import show_superior

_RECEIPTS = N_("回执")


class ReceivePage(Page):
    """Files are chosen or dropped here, shown, and taken in when the person agrees."""

    def __init__(self, parent: QWidget, office: Office) -> None:
        super().__init__(parent)
        self._office = office
        self._paths: list[Path] = []
        self._out: Path | None = None
        self.setAcceptDrops(True)
        self.preview = ImportPreview()
        self.notice = Notice()
        self.password = QLineEdit(placeholderText=_("密码（加密的补充件才需要）"))
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.setAccessibleName(_("密码"))
        self.password.returnPressed.connect(lambda: self.look_at(self._paths))
        self.take = button(_("收下"), self.carry_out, main=True)
        self.confirm = button(_("确认手工报…"), self._ask_meaning)
        self.clear = button(_("清除"), self._clear)
        self.group = button(_("全部回执合成一个文件"), self._write_group)
        self.group.setToolTip(_("发到工作群里，各村只取自己的，看不到别村的意见。"))
        self._receipts: list[Path] = []
        self.write = button(_("写通知…"), lambda: write_notice(office))
        self.told_us = button(_("上级的答复和通知…"), lambda: show_superior(office))
        self.where = QLabel()
        self.where.setProperty("faint", True)
        self.told = QLabel()
        self._lay_out()
        self.preview.table.itemSelectionChanged.connect(self._offer_meaning)
        office.informed.connect(self._informed)
        self._informed()
        self._clear()

    def look_at(self, paths: Sequence[Path]) -> None:
        """Show what taking *paths*, files or folders, in would do."""
        if not paths:
            return
        self._paths = list(paths)
        first = self._paths[0]
        self.send_receipts_to((first if first.is_dir() else first.parent) / _(_RECEIPTS))
        self._receive(dry_run=True)

    def send_receipts_to(self, folder: Path) -> None:
        """Have the receipts written into *folder*."""
        self._out = folder
        self.where.setText(_("回执存到：{folder}").format(folder=folder))

    def carry_out(self) -> None:
        """Take in what is shown."""
        self._receive(dry_run=False)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Qt asks whether files may be dropped here."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Qt tells: files were dropped."""
        self.look_at([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])

    def _receive(self, *, dry_run: bool) -> None:
        paths, password = list(self._paths), self.password.text() or None
        out = self._out if self._office.facts.is_superior and not dry_run else None
        title = _("正在检查文件") if dry_run else _("正在收下")
        self.take.setEnabled(False)
        self._office.labour(
            title,
            lambda desk, progress: desk.inbox.receive(paths, out, password, dry_run, progress),
            lambda received: self._show(received, dry_run),
            self._failed,
        )

    def _show(self, received: list[Any], dry_run: bool) -> None:
        self.preview.show_received(received)
        wanted = sum(each.taken for each in received)
        self._receipts = [each.receipt for each in received if each.receipt is not None]
        self.group.setVisible(bool(self._receipts))
        self.take.setEnabled(dry_run and wanted > 0)
        self.clear.setEnabled(bool(received))
        self._offer_meaning()
        if not received:
            self.notice.warn(_("这里没有可以接收的文件：要的是 .xlsx 的月报或回执，请检查文件夹。"))
        elif dry_run and not wanted:
            self.notice.refuse(_("没有可以收下的，原因见下面。"))
        elif dry_run:
            told = _("{count} 个文件，其中 {wanted} 个可以收下。还没有收，请看过以后按“收下”。")
            self.notice.warn(told.format(count=len(received), wanted=wanted))
        else:
            refused = sum(not each.fine for each in received)
            told = _("收下 {wanted} 个文件。").format(wanted=wanted)
            rest = _("{count} 个要处理，原因见下面。").format(count=refused) if refused else ""
            (self.notice.warn if refused else self.notice.tell)(told, rest)
            self._office.changes.changed.emit(Changes.EVERYTHING)

    def _offer_meaning(self) -> None:
        """Offer to say what the chosen table of a village's own means, if it has to be asked."""
        chosen = self.preview.chosen
        plan = chosen.by_hand if chosen is not None else None
        self.confirm.setVisible(plan is not None and plan.decision in ("unconfirmed", "conflict"))

    def _ask_meaning(self) -> None:
        chosen = self.preview.chosen
        if chosen is not None and chosen.by_hand is not None:
            again = partial(self.look_at, list(self._paths))
            present(MeaningDialog(self._office, chosen.path, chosen.by_hand, again))

    def _write_group(self) -> None:
        receipts = list(self._receipts)
        folder = receipts[0].parent
        self._office.ask(
            lambda desk: desk.outbox.for_the_group(receipts, folder),
            lambda path: self.notice.tell(_("已写出 {path}，可以发到工作群里。").format(path=path)),
            self._failed,
        )

    def _failed(self, error: UserError) -> None:
        self.take.setEnabled(bool(self._paths))
        self.notice.refuse(error.message)

    def _clear(self) -> None:
        self._paths, self._receipts = [], []
        self.group.hide()
        self.password.clear()
        self.preview.show_received([])
        self.take.setEnabled(False)
        self.confirm.setVisible(False)
        self.clear.setEnabled(False)
        self.where.setText("")
        self.notice.clear()

    def _informed(self) -> None:
        superior = self._office.facts.is_superior
        self.told.setText(
            _("收村里报来的月报：选文件或文件夹，也可以把文件拖到这里。收下以后把回执交还村里。")
            if superior
            else _("收上级发来的回执和通知：选文件，也可以把文件拖到这里。")
        )
        self.password.setVisible(superior)
        self._elsewhere.setVisible(superior)
        self.write.setVisible(superior)
        self.where.setVisible(superior)

    def _lay_out(self) -> None:
        self.told.setWordWrap(True)
        self.told.setProperty("faint", True)
        ask = button(_("选文件…"), lambda: ask_files(self, _("选收到的文件"), self.look_at))
        folder = button(
            _("选文件夹…"), lambda: ask_folder(self, _("选文件夹"), lambda path: self.look_at([path]))
        )
        self._elsewhere = button(
            _("换地方…"), lambda: ask_folder(self, _("回执存到"), self.send_receipts_to), flat=True
        )
        top = QHBoxLayout()
        top.addWidget(ask)
        top.addWidget(folder)
        top.addWidget(self.password, 1)
        top.addStretch(0)
        below = QWidget()
        flow = Flow(below, across=8, down=6)
        for each in (self.take, self.confirm, self.clear, self.group, self.where, self._elsewhere):
            flow.addWidget(each)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 10, 10, 10)
        head = QHBoxLayout()
        head.addWidget(self.told, 1)
        head.addWidget(self.told_us)
        head.addWidget(self.write)
        column.addLayout(head)
        column.addLayout(top)
        column.addWidget(self.notice)
        column.addWidget(self.preview, 1)
        column.addWidget(below)
