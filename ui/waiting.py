"""A small window over long work: how far it is, and a button that stops it, where it can be stopped."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
)

from ojr_desk.text import _
from ui.front import front, keep
from ui.task import Task

#: Work that is done sooner shows no window, in milliseconds.
_PATIENCE = 200


class Waiting(QDialog):
    """Follows one task; it comes up only if the task takes long, and goes with it."""

    def __init__(self, title: str, task: Task, stops: bool = True) -> None:
        super().__init__(front())
        keep(self)
        self._task, self._stops = task, stops
        self.setWindowTitle(title)
        self.setWindowModality(Qt.WindowModality.ApplicationModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._what = QLabel(title)
        self._bar = QProgressBar(maximum=0)
        self._stop = QPushButton(_("停止"))
        self._stop.clicked.connect(self.stop)
        self._stop.setVisible(stops)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self._stop)
        column = QVBoxLayout(self)
        column.addWidget(self._what)
        column.addWidget(self._bar)
        column.addLayout(row)
        self.setMinimumWidth(420)
        task.progressed.connect(self._told)
        task.ended.connect(self._over)
        self._timer = QTimer(self, singleShot=True, interval=_PATIENCE)
        self._timer.timeout.connect(self.show)
        self._timer.start()

    def stop(self) -> None:
        """Ask the work to stop; the window stays until it has, or is done."""
        if not self._stops:
            return
        self._task.stop()
        self._stop.setEnabled(False)
        self._what.setText(_("正在停止……"))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Qt tells: closing means stopping."""
        self.stop()
        event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt tells: so does Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.stop()
        else:
            super().keyPressEvent(event)

    def _told(self, done: int, total: int) -> None:
        self._bar.setMaximum(max(total, 1))
        self._bar.setValue(done)
        self._bar.setFormat(_("{done} / {total}").format(done=done, total=total))

    def _over(self) -> None:
        self._timer.stop()
        self.done(0)
        self.deleteLater()
