"""Copies of the office."""

from ojr_desk.desk.office import Office


class Backups:
    """The copies of this office."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def keep(self, name: str) -> None:
        """Keep."""
