"""Record numbers: without gaps within class and month, inside the saving transaction, never used again."""

from sqlmodel import Session

from ojr_desk.moments import Month
from ojr_desk.register import REGISTERS
from ojr_desk.store.triggers import table

_NEXT = (
    'INSERT INTO number_counter(center, "class", month, last) VALUES (?, ?, ?, 1) '
    'ON CONFLICT(center, "class", month) DO UPDATE SET last = last + 1 RETURNING last'
)


def next_number(session: Session, center: str, number_class: str, month: Month) -> str:
    """Give out the next number of a class and month, such as LF-202611-0037."""
    values = (center, number_class, str(month))
    last = session.connection().exec_driver_sql(_NEXT, values).scalar_one()
    return f"{number_class}-{month.compact}-{last:04d}"


def month_gaps(session: Session, center: str, month: Month) -> list[str]:
    """Name the numbers that were given out in a month of a centre and are not in its books."""
    counted = 'SELECT "class", last FROM number_counter WHERE center = ? AND month = ?'
    given_out: dict[str, int] = dict(
        session.connection().exec_driver_sql(counted, (center, str(month))).all()
    )
    return [
        number
        for register in REGISTERS.values()
        for number_class in sorted(set(register.number.values()) & given_out.keys())
        for number in _missing(session, table(register), number_class, center, month, given_out[number_class])
    ]


def _missing(
    session: Session, name: str, number_class: str, center: str, month: Month, last: int
) -> list[str]:
    """Name the numbers up to *last* that stand in no row of the table *name*; an index counts the rest."""
    ask = session.connection().exec_driver_sql
    head = f"{number_class}-{month.compact}"
    # LIKE would read every row. The sign after '-' is '.'.
    theirs = f"FROM {name} WHERE record_no >= ? AND record_no < ? AND center = ?"
    bounds = (f"{head}-", f"{head}.", center)
    if ask(f"SELECT count(*) {theirs}", bounds).scalar_one() >= last:
        return []
    there = ask(f"SELECT record_no {theirs}", bounds).scalars()
    return gaps([*there, f"{head}-{last + 1:04d}"])


def gaps(numbers: list[str]) -> list[str]:
    """Name the numbers missing between the first of a class and month and the last given one."""
    seen: dict[str, set[int]] = {}
    for number in numbers:
        head, _, tail = number.rpartition("-")
        seen.setdefault(head, set()).add(int(tail))
    return [
        f"{head}-{each:04d}"
        for head, tails in sorted(seen.items())
        for each in range(1, max(tails))
        if each not in tails
    ]
