"""The button 附件 of a record: it tells how many there are, and shows them."""

from PySide6.QtWidgets import QPushButton, QWidget

from ojr_desk.text import _
from ui.front import present
from ui.here import here
from ui.office import Office


class AttachmentsButton(QPushButton):
    """Seen beside a stored record; where that is only looked at, only if there is something to see."""

    def __init__(self, parent: QWidget, office: Office, register: str) -> None:
        super().__init__(_("附件…"), parent)
        self._office, self._register = office, register
        self._uid = self._number = self._locked = ""
        self.setAutoDefault(False)
        self.hide()
        self.clicked.connect(lambda _on: self.show_files())
        office.changes.changed.connect(lambda what: self._count() if what == register else None)

    def show_record(self, uid: str, number: str, locked: str) -> None:
        """Belong to a record; *locked* says why its files can only be looked at."""
        self._uid, self._number, self._locked = uid, number, locked
        self.setText(_("附件…"))
        self.setVisible(not locked)
        self._count()

    def put_away(self) -> None:
        """Belong to no record."""
        self._uid = ""
        self.hide()

    def show_files(self) -> None:
        """Show the files."""
        from ui.attachments_dialog import AttachmentsDialog  # noqa: PLC0415 - the first form must not wait for it

        present(AttachmentsDialog(self._office, self._register, self._uid, self._number, self._locked))

    def _count(self) -> None:
        uid = self._uid

        def counted(count: int) -> None:
            if uid == self._uid:
                self.setText(_("附件（{count}）…").format(count=count) if count else _("附件…"))
                self.setVisible(bool(count) or not self._locked)

        if uid:
            self._office.ask(lambda desk: len(desk.attachments.of(uid)), here(self, counted))
