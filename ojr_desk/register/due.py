"""Due dates: what a register declares so that its dates stand on the one list of all (到期一览)."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class DueOn:
    """A date of a record by which something is to be done: its *column*, and *what* that is.

    It is listed while the columns of *only* hold one of their codes; of one that *passes* by itself, such as a
    guarantee, nothing is owed once its day is over. *about* names the field that says which record it is, if not the
    register's label, and *who* the fields that say whose it is, of which the first that is filled counts.
    """

    column: str
    what: str
    about: str = ""
    who: tuple[str, ...] = ()
    only: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    passes: bool = False
