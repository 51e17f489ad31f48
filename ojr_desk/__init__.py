"""The core of ojr_desk: registers, rules, store, paper and exchange. It runs without Qt."""

from datetime import date

__version__ = "0.1.0"
#: This version is not older; a clock that says otherwise is wrong. A release moves it on.
BUILT = date(2026, 1, 1)
