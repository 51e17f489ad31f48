"""Which registers there are. The order of the list is the order of the menu.

Importing it makes every model, which takes a while: what needs one register alone imports that one.
"""

# ruff: noqa: I001 - the order is the menu's, not the alphabet's
from ojr_desk.register import arrange
from ojr_desk.registers.intake import Intake
from ojr_desk.registers.case import Case, Step
from ojr_desk.registers.person import Person
from ojr_desk.registers.roster import Duty, Roster, Turn
from ojr_desk.registers.duty_log import DutyLog
from ojr_desk.registers.leave import Leave, Swap
from ojr_desk.registers.booking import Booking
from ojr_desk.registers.venue import Venue
from ojr_desk.registers.asset import Asset
from ojr_desk.registers.asset_move import AssetMove
from ojr_desk.registers.item_loan import ItemLoan, LoanReturn
from ojr_desk.registers.asset_request import AssetRequest, RequestStep
from ojr_desk.registers.fund_entry import FundEntry
from ojr_desk.registers.correction import Correction
from ojr_desk.registers.center import Center
from ojr_desk.registers.staff import Post, Staff
from ojr_desk.registers.opening import Opening
from ojr_desk.registers.category import Category
from ojr_desk.registers.phrase import Phrase
from ojr_desk.registers.limit import TimeLimit
from ojr_desk.registers.unit import Unit

__all__ = [
    "Asset",
    "AssetMove",
    "AssetRequest",
    "Booking",
    "Case",
    "Category",
    "Center",
    "Correction",
    "Duty",
    "DutyLog",
    "FundEntry",
    "Intake",
    "ItemLoan",
    "Leave",
    "LoanReturn",
    "Opening",
    "Person",
    "Phrase",
    "Post",
    "RequestStep",
    "Roster",
    "Staff",
    "Step",
    "Swap",
    "TimeLimit",
    "Turn",
    "Unit",
    "Venue",
]

# Whoever imported one of them alone made it before the others: the order of the names above counts.
arrange(vars().values())
