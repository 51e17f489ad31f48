"""What a pack holds: the rows of one centre's month, as plain values."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Any

from ojr_desk.binding import short
from ojr_desk.register import REGISTERS, Column, Register

#: The key of a row, which travels with it.
UID = "uid"


@dataclass(frozen=True)
class Sheaf:
    """The rows of one register in a pack: native JSON values by column, and the texts of links."""

    register: str
    columns: tuple[str, ...]
    rows: tuple[Mapping[str, Any], ...]
    links: Mapping[str, str]


@dataclass(frozen=True)
class Pack:
    """What one centre reports of one month.

    *sealed* counts what is kept back in the sealed drawer, *sensitive* what only a full pack tells.
    *closing* is the number and the hash of the entry of the month's closing in the centre's history: in
    the superior's hands it witnesses all that was done until then. *none* names the registers of which the
    centre confirmed that nothing happened in the month (本月无). *answers* is what the centre says of the
    superior's marks, by their keys.
    """

    center: str
    center_name: str
    center_code: str
    level: str
    superior: str
    month: str
    revision: int
    full: bool
    made_at: str
    clerk: str
    sealed: int
    off: tuple[str, ...]
    sheaves: tuple[Sheaf, ...]
    closing: str = ""
    sensitive: int = 0
    none: tuple[str, ...] = ()
    answers: tuple[tuple[str, str], ...] = ()

    @property
    def kind(self) -> str:
        """Name the sort of pack as the registers of what was sent and received do."""
        return "full" if self.full else "month"

    @property
    def digest(self) -> str:
        """Digest what is reported, not when or by whom it was written to a file."""
        told = [self.center, self.month, self.revision, self._rows()]
        return sha256(json.dumps(told, ensure_ascii=False, sort_keys=True).encode()).hexdigest()

    @property
    def content(self) -> str:
        """Digest the rows alone: equal for two revisions that say the same."""
        return sha256(json.dumps(self._rows(), ensure_ascii=False, sort_keys=True).encode()).hexdigest()

    def _rows(self) -> list[dict[str, Any]]:
        # Whatever is added to a sheaf changes the code of every pack that was ever sent.
        return [asdict(each) for each in self.sheaves if each.rows]

    @property
    def code(self) -> str:
        """Give the verification code that the workbook and its PDF twin bear."""
        return short(self.digest)

    @property
    def counts(self) -> dict[str, int]:
        """Count the rows of each register."""
        return {sheaf.register: len(sheaf.rows) for sheaf in self.sheaves}


def known_columns(sheaf: Sheaf, full: bool) -> dict[str, Column]:
    """Find those columns of a sheaf that this program takes in, by name; a newer one may have sent more."""
    columns = columns_of(REGISTERS[sheaf.register], full)
    return {column.name: column for column in columns if column.name in sheaf.columns}


def needed_of(register: Register) -> tuple[str, ...]:
    """Name the columns without which a record has no place."""
    return ("record_no", "recorded_at", "valid_from" if register.standing else register.dated_by)


def columns_of(register: Register, full: bool) -> tuple[Column, ...]:
    """List the columns that travel: those marked as sent, or in a full pack all but the sealed."""
    if not full:
        return register.sent
    local = {"center", "recorded_by", "merged_into"}
    return tuple(each for each in register.columns if each.privacy != "sealed" and each.name not in local)
