"""The bar at the foot: a button and a key for each act, which stay as they stand while their words are the same."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow, QPushButton

from tests.ui.conftest import children
from ui.key_bar import KeyBar
from ui.page import Act


@pytest.fixture
def bar(qapp: QApplication) -> Iterator[KeyBar]:
    window = QMainWindow()
    made = KeyBar(window)
    window.setCentralWidget(made)
    window.show()
    window.activateWindow()
    yield made
    window.close()
    window.deleteLater()


def test_the_same_words_keep_their_buttons_and_do_what_they_mean_now(bar: KeyBar) -> None:
    done: list[str] = []
    bar.show_acts([Act("F2", "来访", lambda: done.append("before"))])
    (button,) = children(bar, QPushButton)
    bar.show_acts([Act("F2", "来访", lambda: done.append("now"))])
    assert children(bar, QPushButton) == [button]
    button.click()
    QTest.keyClick(bar.window(), Qt.Key.Key_F2)
    assert done == ["now", "now"]


@pytest.mark.parametrize(
    "after",
    [
        [("F2", "来电")],
        [("F3", "来访")],
        [("F2", "来访"), ("F3", "来电")],
        [("F2", "")],
        [],
    ],
)
def test_other_words_or_keys_take_the_place_of_those_before(
    bar: KeyBar, after: list[tuple[str, str]]
) -> None:
    done: list[str] = []
    bar.show_acts([Act("F2", "来访", lambda: done.append("before"))])
    bar.show_acts([Act(key, words, lambda key=key: done.append(key)) for key, words in after])  # type: ignore[misc] # the default binds it
    assert bar.words == [f"{key} {words}" for key, words in after if words]
    for key in (Qt.Key.Key_F2, Qt.Key.Key_F3):
        QTest.keyClick(bar.window(), key)
    assert done == [key for key, _words in after]
