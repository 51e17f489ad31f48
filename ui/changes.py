"""The program's one signal that every window may hear: something of a register has changed."""

from PySide6.QtCore import QObject, Signal


class Changes(QObject):
    """Tells by a register's code that its records changed; `MONTHS` and `SWITCHES` stand for the rest."""

    changed = Signal(str)

    #: Said in place of a register's code.
    MONTHS, SWITCHES, BACKUPS, EVERYTHING = "month", "switch", "backup", "*"
