"""What is out of the ordinary, by the median and the median deviation of the own last twelve months.

A z-score misfires on counts, which are skewed and few; the median deviation of a steady row is nought, so there is a
floor below which nothing is out of the ordinary. It asks for a look and never stops anybody.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from ojr_desk.figures.indicator import Ratio
from ojr_desk.figures.reckoning import Figure
from ojr_desk.text import _

MONTHS = 12
#: With fewer months of its own an office has no habit to compare with.
LEAST = 6
#: Three times the deviation, scaled as if it were a standard deviation of a normal distribution.
_TIMES, _SCALE = 3.0, 1.4826
#: A tenth of the median, and of counts one, of shares two points, is the least deviation there is.
_SHARE, _LEAST_COUNT, _LEAST_POINTS = 0.1, 1.0, 2.0


@dataclass(frozen=True)
class Outlier:
    """A number that is out of the ordinary: *low* and *high* bound what is usual around *middle*."""

    figure: Figure
    middle: float
    low: float
    high: float

    @property
    def is_high(self) -> bool:
        """Tell whether it is more than usual."""
        return float(self.figure.value or 0) > self.high

    @property
    def told(self) -> str:
        """Say what is out of the ordinary and what would be usual."""
        sentence = _("{title}{value}，近12个月一般在{low}到{high}之间（中位数{middle}），明显偏多，请核实。")
        if not self.is_high:
            sentence = _(
                "{title}{value}，近12个月一般在{low}到{high}之间（中位数{middle}），明显偏少，请核实。"
            )
        unit = _(self.figure.indicator.unit)
        is_share = isinstance(self.figure.indicator, Ratio)
        return sentence.format(
            title=_(self.figure.indicator.title),
            value=self.figure.told if is_share else f" {self.figure.told} {unit}",
            low=f" {self.low:.0f} ",
            high=f" {self.high:.0f} ",
            middle=f" {self.middle:g}",
        )


def outlier(figure: Figure, earlier: Sequence[Figure]) -> Outlier | None:
    """Tell whether *figure* is out of the ordinary of the months before it; None where it is not, or they are few."""
    known = [float(each.value) for each in earlier[-MONTHS:] if each.value is not None]
    if len(known) < LEAST or figure.value is None:
        return None
    middle = median(known)
    deviation = _SCALE * median(abs(each - middle) for each in known)
    least = _LEAST_POINTS if isinstance(figure.indicator, Ratio) else _LEAST_COUNT
    reach = _TIMES * max(deviation, _SHARE * middle, least)
    low, high = max(0.0, middle - reach), middle + reach
    if isinstance(figure.indicator, Ratio):
        high = min(100.0, high)
    found = Outlier(figure, middle, low, high)
    return None if low <= float(figure.value) <= high else found


def outliers(now: Mapping[str, Figure], earlier: Sequence[Mapping[str, Figure]]) -> tuple[Outlier, ...]:
    """List what of the shown numbers is out of the ordinary."""
    found = (
        outlier(figure, [month[code] for month in earlier if code in month])
        for code, figure in now.items()
        if figure.indicator.shown
    )
    return tuple(each for each in found if each is not None)
