"""No two records hold one thing at one time: what the database refuses, written in SQL from the declaration."""

from collections.abc import Iterator

from ojr_desk.register import REGISTERS, Exclusive, Link, Register


def refusals(register: Register, own_center: str) -> Iterator[tuple[str, str, str, str]]:
    """Give of each refusal the trigger's name, what it watches, when it refuses, and the code that it raises.

    *own_center* is the office's own in SQL: what is received is kept as it was sent, row by row, and its
    villages keep to their own rooms.
    """
    own = register.no_overlap
    if own is None:
        return
    name = str(register.model.__tablename__)
    holds = f"NEW.center = {own_center} AND {own.holding('NEW.')}"
    backwards = f'{holds} AND coalesce(NEW."{own.end}" <= NEW."{own.start}", 1)'
    taken = f"{holds} AND ({_first(register, own)}) < {_later(register, own, own.end, '+')}"
    # What it held already it may go on holding, also when a longer pause was decided since.
    less = (
        f'{own.holding("OLD.")} AND NEW."{own.thing}" = OLD."{own.thing}" '
        f'AND NEW."{own.start}" >= OLD."{own.start}" AND NEW."{own.end}" <= OLD."{own.end}"'
    )
    watched = ", ".join(f'"{each}"' for each in (own.thing, own.start, own.end, own.state, "record_status"))
    for when, what, but in (
        ("insert", "INSERT", ""),
        ("update", f"UPDATE OF {watched}", f" AND NOT ({less})"),
    ):
        yield f"{name}_backwards_{when}", f"{what} ON {name}", backwards, "ENDS_TOO_EARLY"
        yield f"{name}_taken_{when}", f"{what} ON {name}", taken + but, "ALREADY_TAKEN"


def _first(register: Register, own: Exclusive) -> str:
    """Ask when the first other record begins that is not over when the new one begins.

    What holds a thing does so one after the other, so of all that end after a moment the first to end began
    first too: looking at that one is enough, however many there are.
    """
    return (
        f'SELECT r."{own.start}" FROM {register.model.__tablename__} r '
        f'WHERE r."{own.thing}" = NEW."{own.thing}" AND {own.holding()} '
        f'AND r."{own.end}" > {_later(register, own, own.start, "-")} AND r.uid <> NEW.uid '
        f'ORDER BY r."{own.end}" LIMIT 1'
    )


def _later(register: Register, own: Exclusive, moment: str, sign: str) -> str:
    """Write a new record's *moment*, moved by the pause between two uses, as moments are stored."""
    pause, thing = "0", register.by_name[own.thing].kind
    if own.pause and isinstance(thing, Link):
        rooms = REGISTERS[thing.to].model.__tablename__
        theirs = f'SELECT p."{own.pause}" FROM {rooms} p WHERE p.uid = NEW."{own.thing}"'
        pause = f"coalesce(({theirs}), 0)"
    return f"strftime('%Y-%m-%d %H:%M:%S.000000', NEW.\"{moment}\", '{sign}' || {pause} || ' minutes')"
