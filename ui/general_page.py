"""字号、语言、资料: how the window is written, and where all that was entered lies."""

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QButtonGroup,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from ojr_desk import __version__, paths, text
from ojr_desk.text import _
from ui import memory
from ui.buttons import button
from ui.choice_editors import ChoiceBox
from ui.notice import Notice
from ui.office import Office
from ui.page import Page
from ui.style import SIZE_NAMES, faint
from ui.window import Window


class GeneralPage(Page):
    """What concerns the window and not the office."""

    def __init__(self, parent: QWidget, office: Office) -> None:
        super().__init__(parent)
        self._office = office
        self.notice = Notice(self)
        told = memory.recall(office.folder)
        self.sizes: dict[str, QRadioButton] = {}
        group, sizes = QButtonGroup(self), QHBoxLayout()
        sizes.setSpacing(24)
        for name, words in SIZE_NAMES.items():
            made = self.sizes[name] = QRadioButton(_(words), self)
            made.setChecked(name == told.get("size", next(iter(SIZE_NAMES))))
            made.toggled.connect(lambda on, name=name: self._resize(name) if on else None)
            group.addButton(made)
            sizes.addWidget(made)
        sizes.addStretch(1)
        self.languages = ChoiceBox(self)
        self.languages.setAccessibleName(_("界面语言"))
        for code in text.languages(paths.CATALOGUES):
            self.languages.addItem(_NAMES.get(code, code), code)
        self.languages.setCurrentIndex(
            max(0, self.languages.findData(told.get("lang", text.SOURCE_LANGUAGE)))
        )
        self.languages.activated.connect(lambda _place: self.speak(self.languages.currentData()))
        folder = QLabel(str(office.folder), self)
        folder.setWordWrap(True)
        open_folder = button(_("打开资料文件夹"), self.show_folder, self)
        lines = QFormLayout()
        lines.setVerticalSpacing(12)
        lines.setHorizontalSpacing(16)
        lines.addRow(_("字号"), sizes)
        lines.addRow(_("界面语言"), self.languages)
        lines.addRow(_("资料文件夹"), folder)
        lines.addRow("", open_folder)
        lines.addRow(_("程序版本"), QLabel(__version__, self))
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 10, 10)
        column.addWidget(self.notice)
        column.addLayout(lines)
        column.addStretch(1)
        column.addWidget(faint(_("印出来的本子和报送的文件总是中文，和界面语言无关。"), self))

    def speak(self, language: str) -> None:
        """Speak another language from the next start on."""
        memory.remember(self._office.folder, lang=language)
        self.notice.tell(_("下次打开程序时换成这种语言。"))

    def show_folder(self) -> None:
        """Show the data folder in the system's own window."""
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._office.folder))):
            self.notice.warn(_("打不开文件夹，请在“我的电脑”里找到它。"))

    def _resize(self, name: str) -> None:
        window = self.window()
        if isinstance(window, Window):
            window.set_size(name)


#: How each language calls itself.
_NAMES = {"zh_CN": "简体中文", "en": "English"}
