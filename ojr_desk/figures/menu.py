"""Which indicators there are, in the order of the monthly table."""

from collections.abc import Collection

from ojr_desk.figures import cases, duty, entries, intakes
from ojr_desk.figures.indicator import Indicator, Ratio, Source, Sum

INDICATORS: dict[str, Indicator] = {
    each.code: each
    for each in (
        *duty.INDICATORS,
        *intakes.INDICATORS,
        *cases.INDICATORS,
        *entries.INDICATORS,
    )
}
SUMS: dict[str, Sum] = {code: each for code, each in INDICATORS.items() if isinstance(each, Sum)}


def sources_of(indicator: Indicator) -> list[Source]:
    """List the sources that an indicator is made of."""
    if isinstance(indicator, Ratio):
        return [SUMS[code].source for code in (*indicator.part, *indicator.whole)]
    return [indicator.source]


def kept_of(kept: Collection[str]) -> dict[str, Indicator]:
    """List the indicators of an office that keeps some registers."""
    return {
        code: each
        for code, each in INDICATORS.items()
        if all(set(kept).issuperset(source.needs) for source in sources_of(each))
    }
