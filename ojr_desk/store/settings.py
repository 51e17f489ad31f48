"""What a file remembers of itself: lines of text by name."""

from sqlalchemy import Connection, text

#: The digest of the triggers that were put in last.
TRIGGERS = "triggers"
#: When triggers were put back that somebody had taken off.
UNGUARDED = "unguarded"
#: When the office came back from a backup: what was backed up before may have gone another way since.
RESTORED = "restored"
#: When a copy was last made on a disk that leaves this PC.
CARRIED_OFF = "carried_off"
#: On which working day after the month reports are due at this office.
REPORT_DAYS = "report_days"


def read(connection: Connection, name: str) -> str:
    """Read what is remembered by *name*; nothing, if nothing is."""
    asked = text("SELECT value FROM setting WHERE name = :name")
    return str(connection.execute(asked, {"name": name}).scalar() or "")


def write(connection: Connection, name: str, value: str) -> None:
    """Remember *value* by *name*, in place of what was."""
    put = "INSERT INTO setting(name, value) VALUES (:name, :value) ON CONFLICT DO UPDATE SET value = :value"
    connection.execute(text(put), {"name": name, "value": value})
