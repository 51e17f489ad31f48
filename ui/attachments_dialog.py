"""附件: the photos and papers of one record — looked at, added by hand, dropped, pasted, kept elsewhere, taken off."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QMimeData, QSize, Qt, QUrl
from PySide6.QtGui import (
    QDesktopServices,
    QDragEnterEvent,
    QDropEvent,
    QImage,
    QKeySequence,
    QShortcut,
)
from PySide6.QtWidgets import QApplication, QDialog, QHBoxLayout, QVBoxLayout

from ojr_desk.desk.attachments import KINDS, Attachment
from ojr_desk.problems import UserError
from ojr_desk.saving import writable
from ojr_desk.text import _, labelled
from ui import pictures
from ui.asking import Asking
from ui.buttons import button
from ui.files import ask_files, ask_where
from ui.flow import Flow
from ui.front import front, present
from ui.here import here
from ui.notice import Notice
from ui.office import Office
from ui.picture import Picture
from ui.plain_table import PlainTable
from ui.style import em, faint

_KILOBYTE = 1024


class AttachmentsDialog(QDialog):
    """The files of one record; *locked* says why they can only be looked at."""

    def __init__(self, office: Office, register: str, uid: str, number: str, locked: str = "") -> None:
        super().__init__(front())
        self.setWindowTitle(_("{number} 的附件").format(number=number))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAcceptDrops(not locked)
        self._office, self._register, self._uid, self._locked = office, register, uid, locked
        self._files: list[Attachment] = []
        self.table = PlainTable(self.windowTitle(), [_("文件"), _("大小"), _("加进来的时间")])
        self.notice = Notice(self)
        self.picture = Picture(self, office, "" if locked else _("把照片或文件拖到这里，\n或者按“添加”"))
        self.add = button(_("添加…"), self._ask_files, self, main=True)
        self.paste = button(_("粘贴照片（Ctrl+V）"), self.paste_from_clipboard, self)
        self.look = button(_("打开"), self.open_chosen, self)
        self.keep = button(_("另存为…"), self._ask_where, self)
        self.off = button(_("取下…"), self._ask_reason, self)
        self._lay_out()
        self.table.itemSelectionChanged.connect(self._chosen)
        self.table.itemActivated.connect(lambda _item: self.open_chosen())
        QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), self, self.paste_from_clipboard)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Delete), self, self._ask_reason)
        if locked:
            self.notice.warn(locked)
        self._chosen()
        self.reload()

    def reload(self) -> None:
        """Read the files anew."""
        uid = self._uid
        self._office.ask(lambda desk: desk.attachments.of(uid), here(self, self._show))

    def add_files(self, files: Sequence[Path]) -> None:
        """Attach files, each for itself: what cannot be taken keeps no other out."""
        code, uid = self._register, self._uid

        def work(desk: Any) -> tuple[int, list[str]]:
            added, refused = 0, []
            for file in files:
                try:
                    pictures.refuse_broken(file)
                    desk.attachments.add(code, uid, file)
                    added += 1
                except UserError as error:
                    refused.append(error.message)
            return added, refused

        if self._locked or not files:
            return
        self._office.ask(work, self._when_changed(lambda answer: self._added(*answer)))

    def paste_from_clipboard(self) -> None:
        """Attach the photo, or the files, that were copied elsewhere."""
        if self._locked:
            return
        found = _held(QApplication.clipboard().mimeData())
        image = QApplication.clipboard().image()
        if found:
            self.add_files(found)
        elif not image.isNull():
            name = _("粘贴的照片 {moment}").format(moment=f"{self._office.now():%Y-%m-%d %H%M%S}")
            path = self._office.scratch / f"{writable(name)}.png"
            self._office.draw(
                lambda: _write(image, path), here(self, lambda _nothing: self.add_files([path]))
            )
        else:
            self.notice.warn(_("没有可以粘贴的：请先复制照片或者文件，再回到这里粘贴。"))

    def open_chosen(self) -> None:
        """Open a copy of the file with the system's own program: what is changed there changes nothing here."""
        chosen = self.chosen
        if chosen is None:
            return
        path = self._office.scratch / chosen.uid / writable(chosen.name)
        path.parent.mkdir(parents=True, exist_ok=True)

        def written(_nothing: None) -> None:
            if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
                self.notice.warn(
                    _("这台电脑上没有能打开《{name}》的程序，可以另存出来。").format(name=chosen.name)
                )

        self._copy(chosen, path, written)

    def save_chosen(self, target: Path) -> None:
        """Write a copy of the chosen file."""
        if (chosen := self.chosen) is not None:
            told = _("已存到 {path}").format(path=target)
            self._copy(chosen, target, lambda _nothing: self.notice.tell(told))

    @property
    def chosen(self) -> Attachment | None:
        """The file that is chosen in the list."""
        place = self.table.currentRow()
        return self._files[place] if 0 <= place < len(self._files) else None

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Qt asks: files may be dropped here."""
        if _held(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Qt tells."""
        event.acceptProposedAction()
        self.add_files(_held(event.mimeData()))

    def _show(self, files: list[Attachment]) -> None:
        self._files = files
        self.table.show_rows(
            [(each.name, _size(each.size), f"{each.added_at:%Y-%m-%d %H:%M}") for each in files]
        )
        self._chosen()

    def _chosen(self) -> None:
        chosen = self.chosen
        for each in (self.look, self.keep):
            each.setEnabled(chosen is not None)
        self.off.setEnabled(chosen is not None and not self._locked)
        self.picture.show_file(chosen)

    def _added(self, added: int, refused: list[str]) -> None:
        if refused:
            self.notice.refuse(*refused)
        else:
            self.notice.tell(_("已加 {count} 个附件").format(count=added))

    def _when_changed(self, done: Callable[[Any], object]) -> Callable[[Any], None]:
        """Tell everybody of a change, also when this window is closed by then; here it is shown."""
        changed, register = self._office.changes.changed, self._register

        def show(answer: Any) -> None:
            done(answer)
            self.reload()

        def told(answer: Any) -> None:
            changed.emit(register)
            here(self, show)(answer)

        return told

    def _ask_files(self) -> None:
        endings = " ".join(f"*{each}" for each in KINDS)
        ask_files(
            self, _("选照片或文件"), self.add_files, _("照片、文件 ({endings})").format(endings=endings)
        )

    def _ask_where(self) -> None:
        if (chosen := self.chosen) is not None:
            ask_where(self, _("另存为"), writable(chosen.name), self.save_chosen)

    def _ask_reason(self) -> None:
        chosen = self.chosen
        if chosen is None or self._locked:
            return

        def taken_off(_nothing: None) -> None:
            self.notice.tell(_("已取下《{name}》。取错了，关上这个窗口按 Ctrl+Z。").format(name=chosen.name))

        def answered(told: list[str]) -> None:
            self._office.ask(
                lambda desk: desk.attachments.remove(chosen.uid, told[0]),
                self._when_changed(taken_off),
                here(self, self._refused),
            )

        title, question = _("取下附件"), _("要取下《{name}》吗？").format(name=chosen.name)
        present(Asking(title, question, [_("原因")], answered))

    def _copy(self, attachment: Attachment, target: Path, done: Callable[[None], object]) -> None:
        self._office.ask(
            lambda desk: desk.attachments.copy(attachment, target),
            here(self, done),
            here(self, self._refused),
        )

    def _refused(self, error: UserError) -> None:
        self.notice.refuse(error.message)

    def _lay_out(self) -> None:
        letter = em(self)
        both = QHBoxLayout()
        both.addWidget(self.table, 1)
        both.addWidget(self.picture)
        below = Flow(across=6, down=6)
        for each in (
            self.add,
            self.paste,
            self.look,
            self.keep,
            self.off,
            button(_("关上"), self.close, self),
        ):
            below.addWidget(each)
        for each in (self.add, self.paste):
            each.setVisible(not self._locked)
        told = labelled(_("能收"), _("照片（jpg、png）、pdf、docx、xlsx，每个不超过 10 MB。"))
        column = QVBoxLayout(self)
        column.addWidget(faint(told, self))
        column.addWidget(self.notice)
        column.addLayout(both, 1)
        column.addLayout(below)
        self.resize(QSize(44 * letter, 24 * letter).boundedTo(QSize(1200, 680)))


def _held(data: QMimeData) -> list[Path]:
    """List the files that are dragged or were copied."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]


def _write(image: QImage, path: Path) -> None:
    image.save(str(path))


def _size(size: int) -> str:
    """Write a size in the unit that says most."""
    if size < _KILOBYTE * _KILOBYTE:
        return f"{max(1, round(size / _KILOBYTE))} KB"
    return f"{size / _KILOBYTE / _KILOBYTE:.1f} MB"
