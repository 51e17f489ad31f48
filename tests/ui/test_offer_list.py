"""Offers below a line in which Chinese is being composed: what is composed comes first."""

from PySide6.QtCore import QRect
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from ui.editor import Offer
from ui.offer_list import OfferList

FOUND = [Offer("1", "王碎姆"), Offer("2", "王小明")]


def listed(qtbot: QtBot, line: QWidget) -> OfferList:
    qtbot.addWidget(line)
    offers = OfferList(line)
    line.show()
    line.setFocus()
    qtbot.waitExposed(line)
    return offers


def compose(line: QWidget, preedit: str, commit: str = "") -> None:
    event = QInputMethodEvent(preedit, [])
    event.setCommitString(commit)
    QApplication.sendEvent(line, event)


def seen(offers: OfferList) -> int:
    return offers.popup().model().rowCount() if offers.popup().isVisible() else 0


def test_nothing_drops_while_somebody_composes_and_is_there_once_that_is_given_up(qtbot: QtBot) -> None:
    for line in (QLineEdit(), QPlainTextEdit()):
        offers = listed(qtbot, line)
        compose(line, "wang")
        offers.show_offers(FOUND, prefer_first=True)
        assert seen(offers) == 0
        compose(line, "")
        qtbot.waitUntil(lambda offers=offers: seen(offers) == 2)  # type: ignore[misc] # the stubs know no defaults
        offers.popup().hide()


def test_what_was_offered_for_other_words_is_dropped_with_them(qtbot: QtBot) -> None:
    line = QLineEdit()
    offers = listed(qtbot, line)
    compose(line, "wang")
    offers.show_offers(FOUND, prefer_first=False)
    compose(line, "", "王")
    qtbot.wait(0)
    assert (line.text(), seen(offers)) == ("王", 0)
    offers.show_offers(FOUND[:1], prefer_first=False, at=QRect(0, 0, 100, 20))
    assert seen(offers) == 1


def test_a_list_that_is_there_stays_while_somebody_composes_on(qtbot: QtBot) -> None:
    line = QLineEdit()
    offers = listed(qtbot, line)
    offers.show_offers(FOUND, prefer_first=False)
    compose(line, "xiao")
    offers.show_offers([], prefer_first=False)
    assert seen(offers) == 2
    # It goes when the word is given up, for nothing is found for what stands there.
    compose(line, "")
    qtbot.waitUntil(lambda: seen(offers) == 0)
