"""Indicators: each is declared once, with its definition, and reckoned in one place, for a village and its superior.

A `Source` gives the rows that are counted, a `Sum` adds up one amount of each, a `Ratio` is made of two sums and so
is never itself added up. The rows behind a number are those of the very condition that counted it.
"""

from ojr_desk.figures.indicator import Indicator, Ratio, Source, Sum
from ojr_desk.figures.menu import INDICATORS, SUMS, kept_of
from ojr_desk.figures.reckoning import Asked, Behind, Figure, behind, figures_of, in_a_row, tallies, together
from ojr_desk.figures.span import Span

__all__ = [
    "INDICATORS",
    "SUMS",
    "Asked",
    "Behind",
    "Figure",
    "Indicator",
    "Ratio",
    "Source",
    "Span",
    "Sum",
    "behind",
    "figures_of",
    "in_a_row",
    "kept_of",
    "tallies",
    "together",
]
