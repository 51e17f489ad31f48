"""A list of months to choose from, newest first."""

from PySide6.QtWidgets import QComboBox

from ojr_desk.moments import Month
from ojr_desk.text import _
from ui.tall import TallItems

_YEARS = 6
#: Its least width, in Latin letters.
_LETTERS = 10


class MonthBox(QComboBox):
    """The months of some years up to *last*; *chosen* is the one that stands there first."""

    def __init__(self, last: Month, chosen: Month) -> None:
        super().__init__()
        self.setItemDelegate(TallItems(self))
        self.setAccessibleName(_("月份"))
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.setMinimumContentsLength(_LETTERS)
        month = last
        for _place in range(12 * _YEARS):
            self.addItem(month.title, month)
            month = month.previous()
        self.choose(chosen)

    @property
    def month(self) -> Month:
        """The month that is chosen."""
        month: Month = self.currentData()
        return month

    def choose(self, month: Month) -> None:
        """Choose *month*, if it is in the list."""
        for place in range(self.count()):
            if self.itemData(place) == month:
                self.setCurrentIndex(place)
