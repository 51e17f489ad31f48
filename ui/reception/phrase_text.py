"""The editor for what is written at the counter: phrases by `/` and a few letters, Enter stores."""

import re
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any, NamedTuple

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QWidget

from ui.editor import Offer
from ui.line_editors import LongEditor

_CALL = re.compile(r"[/、／]([0-9A-Za-z\u3400-\u9fff]*)$")


class Phrase(NamedTuple):
    """Words that are often written, and the letters they are called by."""

    keyword: str
    text: str


class PhraseText(LongEditor):
    """Many lines, in which Enter stores and Shift+Enter begins a line; a phrase stands there as soon as it is clear.

    `took` brings the phrase that was taken.
    """

    enter_submits = True
    took = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        #: Hears the digits that are typed where nothing stands yet, and answers whether they meant something.
        self.digit: Callable[[int], bool] = lambda _digit: False
        self._phrases: Sequence[Phrase] = ()
        self._composing = False
        self.text.textChanged.connect(self._look)

    @cached_property
    def _offers(self) -> Any:
        """The list of phrases, made when one is first called."""
        from ui.offer_list import OfferList  # noqa: PLC0415 - the first form must not wait for it

        offers = OfferList(self.text)
        offers.chosen.connect(lambda offer: self._take(offer.uid))
        return offers

    def _put_away(self) -> None:
        if "_offers" in self.__dict__:
            self._offers.popup().hide()

    def know(self, phrases: Sequence[Phrase]) -> None:
        """Know these phrases from now on."""
        self._phrases = tuple(phrases)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt asks: digits and Enter belong to the input method while it composes."""
        if watched is self.text:
            if event.type() == QEvent.Type.InputMethod:
                self._composing = bool(event.preeditString())  # type: ignore[attr-defined] # it is of that event
            elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
                if self._composing:
                    return False
                if event.modifiers() & Qt.KeyboardModifier.ShiftModifier and event.key() in (
                    Qt.Key.Key_Return,
                    Qt.Key.Key_Enter,
                ):
                    return False
                if self._is_digit(event) and self.digit(int(event.text())):
                    return True
        return super().eventFilter(watched, event)

    def _is_digit(self, event: QKeyEvent) -> bool:
        text = event.text()
        return text.isascii() and text.isdigit() and not self.text.toPlainText()

    def _look(self) -> None:
        """Offer the phrases that the last letters may call; put the one in that only can be meant."""
        call = self._call()
        if call is None or not self._phrases or self._filling:
            self._put_away()
            return
        from ojr_desk.rules.pinyin import initials  # noqa: PLC0415 - the first form must not wait for it

        word = call[1].lower()
        found = [
            each
            for each in self._phrases
            if each.keyword.startswith(word)
            or (word and (word in each.text or any(one.startswith(word) for one in initials(each.text))))
        ]
        if len(found) == 1 and found[0].keyword == word:
            self._take(word)
            return
        offers = [Offer(each.keyword, f"/{each.keyword}", each.text) for each in found[:8]]
        self._offers.show_offers(offers, prefer_first=True, at=self._place())

    def _call(self) -> re.Match[str] | None:
        cursor = self.text.textCursor()
        return _CALL.search(cursor.block().text()[: cursor.positionInBlock()])

    def _place(self) -> QRect:
        return self.text.cursorRect().adjusted(0, 0, 24 * self.text.fontMetrics().height(), 0)

    def _take(self, keyword: str) -> None:
        call = self._call()
        phrase = next((each for each in self._phrases if each.keyword == keyword), None)
        if call is None or phrase is None:
            return
        self._put_away()
        cursor = self.text.textCursor()
        cursor.movePosition(
            QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.KeepAnchor, len(call.group(0))
        )
        cursor.insertText(phrase.text)
        self.took.emit(phrase)
