"""Rubbish is looked for while nobody waits, and found."""

import gc
import weakref
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from PySide6.QtCore import QObject, QTimer
from pytestqt.qtbot import QtBot

from ojr_desk.problems import Refused
from ui.office import Office
from ui.rubbish import Rubbish


@pytest.fixture
def office(qapp: object, tmp_path: Path) -> Iterator[Office]:
    """An office at which nothing is under way."""
    made = Office(tmp_path, datetime.now)
    yield made
    made.close()


@pytest.fixture
def rubbish(office: Office) -> Iterator[Rubbish]:
    before, is_on = gc.get_threshold(), gc.isenabled()
    parent = QObject()
    yield Rubbish(parent, office)
    gc.unfreeze()
    gc.set_threshold(*before)
    (gc.enable if is_on else gc.disable)()
    parent.deleteLater()


class Knot:
    """Something that only the search for rubbish can find: it holds on to itself."""

    def __init__(self) -> None:
        self.own = self


def old_knot() -> "weakref.ref[Knot]":
    """Tie a knot, let go of it when it is old, and have looks enough at the middle-aged behind it."""
    knot = Knot()
    gc.collect()
    found = weakref.ref(knot)
    del knot
    for _look in range(4):
        gc.collect(1)
    return found


def test_what_nobody_uses_any_more_goes_when_nobody_waits(rubbish: Rubbish) -> None:
    knot = old_knot()
    assert knot() is not None, "the looks at the young do not find it"
    rubbish.look()
    assert knot() is None


def test_nothing_is_looked_for_while_somebody_waits(rubbish: Rubbish, office: Office, qtbot: QtBot) -> None:
    go_on = Event()

    def opening() -> Any:
        go_on.wait()
        raise Refused("nothing is here")

    office.open(opening, lambda _facts: None, lambda _error: None)
    knot = old_knot()
    rubbish.look()
    assert knot() is not None
    go_on.set()
    qtbot.waitUntil(lambda: not office.busy)
    rubbish.look()
    assert knot() is None


def test_it_is_not_looked_where_there_can_be_nothing(rubbish: Rubbish) -> None:
    gc.collect()
    knot = Knot()
    found = weakref.ref(knot)
    del knot
    rubbish.look()
    assert found() is not None


def test_what_was_there_at_the_beginning_is_never_looked_at_again(rubbish: Rubbish) -> None:
    assert gc.get_freeze_count() > 0
    assert gc.get_threshold()[2] > 100
    assert gc.isenabled()


def test_it_looks_by_itself_from_time_to_time(rubbish: Rubbish) -> None:
    timer = rubbish.findChild(QTimer)
    assert isinstance(timer, QTimer)
    assert (timer.isActive(), timer.isSingleShot()) == (True, False)
