"""When Python looks for rubbish: it stops every thread meanwhile, so it looks at length only while nobody waits."""

import gc

from PySide6.QtCore import QObject, QTimer

from ui.office import Office

#: How often it may be looked, in milliseconds.
_PAUSE = 5000
#: Young objects are looked at as often as Python does; the old ones, which may be a million, hardly ever by itself.
_THRESHOLDS = 700, 10, 1000
#: After so many looks at the middle-aged there may be something to find among the old.
_ENOUGH = 3


class Rubbish(QObject):
    """Looks for what nobody uses any more while nothing is under way at the *office*."""

    def __init__(self, parent: QObject, office: Office) -> None:
        super().__init__(parent)
        self._office = office
        self._timer = QTimer(self, interval=_PAUSE)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        # What is there now stays: it is never looked at again.
        gc.freeze()
        gc.set_threshold(*_THRESHOLDS)
        gc.enable()

    def look(self) -> None:
        """Look now, if nobody waits and there may be something."""
        if not self._office.busy and gc.get_count()[2] >= _ENOUGH:
            gc.collect()
