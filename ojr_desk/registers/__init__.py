"""Which registers there are. The order of the list is the order of the menu."""

# ruff: noqa: I001 - the order is the menu's, not the alphabet's
from ojr_desk.registers.intake import Intake
from ojr_desk.registers.case import Case, Step
from ojr_desk.registers.person import Person
from ojr_desk.registers.venue import Venue
from ojr_desk.registers.correction import Correction
from ojr_desk.registers.center import Center
from ojr_desk.registers.staff import Post, Staff
from ojr_desk.registers.opening import Opening

__all__ = ["Case", "Center", "Correction", "Intake", "Opening", "Person", "Post", "Staff", "Step", "Venue"]
