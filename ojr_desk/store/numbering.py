"""Record numbers: without gaps within class and month, inside the saving transaction, never used again."""

from sqlmodel import Session

from ojr_desk.moments import Month

_NEXT = (
    'INSERT INTO number_counter(center, "class", month, last) VALUES (?, ?, ?, 1) '
    'ON CONFLICT(center, "class", month) DO UPDATE SET last = last + 1 RETURNING last'
)


def next_number(session: Session, center: str, number_class: str, month: Month) -> str:
    """Give out the next number of a class and month, such as LF-202611-0037."""
    values = (center, number_class, str(month))
    last = session.connection().exec_driver_sql(_NEXT, values).scalar_one()
    return f"{number_class}-{month.compact}-{last:04d}"


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
