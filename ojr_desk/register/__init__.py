"""What a register is: the only names that a register's file needs."""

from ojr_desk.register.book import Book, Count, Drawn, Ratio, Running, Shown
from ojr_desk.register.catalogue import (
    GROUPS,
    REGISTERS,
    Record,
    Register,
    Standing,
    arrange,
    register,
)
from ojr_desk.register.check import check, hints_of, is_blank, wanted, why_late
from ojr_desk.register.choices import Choice, Choices, Flag, Link, parted
from ojr_desk.register.column import MASKED, Column, column
from ojr_desk.register.due import DueOn
from ojr_desk.register.exclusive import Exclusive
from ojr_desk.register.given import Given
from ojr_desk.register.kind import Kind, Text
from ojr_desk.register.numbers import Amount, Whole
from ojr_desk.register.privacy import Audience, Privacy, Sight, sight
from ojr_desk.register.times import Clock, Day, Moment

__all__ = [
    "GROUPS",
    "MASKED",
    "REGISTERS",
    "Amount",
    "Audience",
    "Book",
    "Choice",
    "Choices",
    "Clock",
    "Column",
    "Count",
    "Day",
    "Drawn",
    "DueOn",
    "Exclusive",
    "Flag",
    "Given",
    "Kind",
    "Link",
    "Moment",
    "Privacy",
    "Ratio",
    "Record",
    "Register",
    "Running",
    "Shown",
    "Sight",
    "Standing",
    "Text",
    "Whole",
    "arrange",
    "check",
    "column",
    "hints_of",
    "is_blank",
    "parted",
    "register",
    "sight",
    "wanted",
    "why_late",
]
