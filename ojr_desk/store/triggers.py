"""Rules that the database itself keeps, on every path: the lock, the history, the search index.

They are derived from the register declarations and put back after every migration, so a migration
never has to know of them.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, Table, text

from ojr_desk.register import REGISTERS, Link, Register
from ojr_desk.store.grams import BORDER
from ojr_desk.store.overlap import refusals
from ojr_desk.store.schema import (
    ATTACHMENT,
    CALENDAR_DAY,
    CALENDAR_YEAR,
    MONTH_EVENT,
    PACK_OUT,
    PERSON_APART,
    SETTING,
    SWITCH,
)

#: One register's rows lie in the search index at slot * SLOT + id.
SLOT = 1 << 40
_OWN = "(SELECT center FROM office)"
_BORDER = f"char({ord(BORDER)})"
#: What decides about an office beside its registers, and which of its rows history tells of: not of the
#: holidays that a new file is made with, nor of the stamp of these triggers.
_DECIDING: dict[Table, str] = {
    SETTING: "{row}.name <> 'triggers'",
    SWITCH: "1",
    CALENDAR_YEAR: "EXISTS (SELECT 1 FROM office)",
    CALENDAR_DAY: "EXISTS (SELECT 1 FROM office)",
    MONTH_EVENT: "1",
    PACK_OUT: "1",
    PERSON_APART: "1",
    ATTACHMENT: "1",
}


@dataclass(frozen=True)
class Told:
    """A table that history tells of, and the code that its entries bear.

    In SQL of a `{row}`: its *key*, its *values* as a JSON object, and which rows are told of at all.
    *always* says that no row came into it before history told of it.
    """

    table: str
    code: str
    key: str
    values: str
    only: str = "1"
    always: bool = True


def install(connection: Connection) -> None:
    """Put every trigger and the search index in place; what stood there before is replaced."""
    for name in connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'").scalars():
        connection.exec_driver_sql(f"DROP TRIGGER {name}")
    connection.exec_driver_sql(
        "CREATE VIRTUAL TABLE IF NOT EXISTS search USING fts5("
        "grams, content='', contentless_delete=1, detail=none, tokenize='ascii')"
    )
    _slots(connection)
    for statement in statements(slots(connection)):
        connection.exec_driver_sql(statement)


def _slots(connection: Connection) -> None:
    """Give a slot to every register that has none yet; those that have one keep it."""
    known = slots(connection)
    for code in REGISTERS:
        if code not in known:
            known[code] = max(known.values(), default=0) + 1
            statement = text("INSERT INTO search_slot(register, slot) VALUES (:code, :slot)")
            connection.execute(statement, {"code": code, "slot": known[code]})


def slots(connection: Connection) -> dict[str, int]:
    """Read which slot of the search index each register has."""
    rows = connection.exec_driver_sql("SELECT register, slot FROM search_slot WHERE slot IS NOT NULL")
    return dict(rows.all())


def statements(slot_of: dict[str, int]) -> Iterator[str]:
    """Give the SQL of every trigger."""
    yield from _months()
    yield from _history_is_kept()
    yield from _attachments()
    yield from _the_office()
    yield from _only_onwards()
    for each in told():
        yield from _history(each)
    for register in REGISTERS.values():
        yield from _never_deleted(register)
        yield from _not_yours(register)
        yield from _lock(register)
        for refused in refusals(register, _OWN):
            yield _abort(*refused)
        yield from _search(register, slot_of)
    yield from _search_by_name(slot_of)


def table(register: Register) -> str:
    """Name the register's table."""
    return str(register.model.__tablename__)


def _abort(name: str, when: str, condition: str, code: str) -> str:
    return f"CREATE TRIGGER {name} BEFORE {when} WHEN {condition} BEGIN SELECT RAISE(ABORT, '{code}'); END"


def _months() -> Iterator[str]:
    """Have a month reopened only with a reason, once it was sent with another one's name, and the record of it kept."""
    staff = f'{table(REGISTERS["staff"])} s WHERE s.uid = e."by"'
    reopened = (
        "EXISTS (SELECT 1 FROM month_event e WHERE e.center = OLD.center AND e.month = OLD.month "
        "AND e.act = 'reopen' AND e.id > OLD.event "
        "AND length(trim(coalesce(e.reason, ''))) > 0 AND (NOT EXISTS (SELECT 1 FROM pack_out p "
        "WHERE p.month = OLD.month AND (p.event IS NULL OR p.event = OLD.event)) "
        "OR length(trim(coalesce(e.second, ''))) > 0) AND trim(coalesce(e.second, '')) "
        f"NOT IN (SELECT s.full_name FROM {staff} UNION SELECT s.record_no FROM {staff}))"
    )
    yield _abort("month_reopen", "DELETE ON closed_month", f"NOT {reopened}", "REOPEN_FIRST")
    yield _abort("month_fixed", "UPDATE ON closed_month", "1", "REOPEN_FIRST")
    yield _abort("month_event_fixed", "UPDATE ON month_event", "1", "HISTORY_IS_KEPT")
    yield _abort("month_event_kept", "DELETE ON month_event", "1", "HISTORY_IS_KEPT")


def _history_is_kept() -> Iterator[str]:
    """Let history only grow. Its values may be erased by law: the digests stay, and so the chain."""
    yield _abort("history_fixed", "UPDATE ON history", "1", "HISTORY_IS_KEPT")
    yield _abort("history_kept", "DELETE ON history", "1", "HISTORY_IS_KEPT")
    yield _abort("history_value_fixed", "UPDATE ON history_value", "1", "HISTORY_IS_KEPT")
    told = "NEW.seq <= (SELECT max(seq) FROM history) AND NEW.seq > 0"
    yield _abort("history_value_retold", "INSERT ON history_value", told, "HISTORY_IS_KEPT")
    yield _abort("version_fixed", "UPDATE ON standing_version", "1", "HISTORY_IS_KEPT")
    sealed = " OR ".join(
        f"EXISTS (SELECT 1 FROM {table(each)} r WHERE r.uid = OLD.uid AND {_sealed('r')})"
        for each in REGISTERS.values()
        if named(each, "")
    )
    yield _abort("version_kept", "DELETE ON standing_version", f"NOT ({sealed or 0})", "HISTORY_IS_KEPT")


def _attachments() -> Iterator[str]:
    """Have a file stay with its record, and lock it with the month.

    To what goes on, as a case does, files are added as steps are: on their own day.
    """
    # It is taken off with a reason, and that may be undone.
    moving = (ATTACHMENT.c.removed_at, ATTACHMENT.c.removed_reason)
    same = " AND ".join(f"OLD.{each.name} IS NEW.{each.name}" for each in ATTACHMENT.c if each not in moving)
    yield _abort("attachment_fixed", "UPDATE ON attachment", f"NOT ({same})", "NEVER_DELETED")
    yield _abort("attachment_kept", "DELETE ON attachment", "1", "NEVER_DELETED")
    for when, row in (("INSERT", "NEW"), ("UPDATE", "OLD")):
        locked = " OR ".join(_locked_file(each, row) for each in REGISTERS.values() if each.dated_by)
        yield _abort(f"attachment_lock_{when.lower()}", f"{when} ON attachment", locked, "MONTH_CLOSED")


def _locked_file(register: Register, row: str) -> str:
    """Tell in SQL whether the month is closed in which a file of this register's records was added."""
    its = f"{row}.register = '{register.code}' AND EXISTS (SELECT 1 FROM {table(register)} r"
    month = f'm.month = substr(r."{register.dated_by}", 1, 7)'
    if register.as_of is not None:
        month = f"m.month = substr({row}.added_at, 1, 7)"
    return f"({its} JOIN closed_month m ON m.center = r.center AND {month} WHERE r.uid = {row}.record))"


def _the_office() -> Iterator[str]:
    """Keep the file to its centre, and its own records out of what is received."""
    yield _abort("office_fixed", "UPDATE ON office", "1", "OFFICE_STAYS")
    yield _abort("office_kept", "DELETE ON office", "1", "OFFICE_STAYS")
    yield _abort("receiving_own", "INSERT ON receiving", f"NEW.center = {_OWN}", "OFFICE_STAYS")
    yield _abort("receiving_fixed", "UPDATE ON receiving", "1", "OFFICE_STAYS")


def _only_onwards() -> Iterator[str]:
    """Keep a number that was given out from being given again, and what was reported from vanishing."""
    same = 'NEW.center = OLD.center AND NEW."class" = OLD."class" AND NEW.month = OLD.month'
    back = f"NOT (NEW.last > OLD.last AND {same})"
    yield _abort("number_counter_onwards", "UPDATE ON number_counter", back, "NUMBERS_ONLY_GROW")
    yield _abort("number_counter_kept", "DELETE ON number_counter", "1", "NUMBERS_ONLY_GROW")
    yield _abort("pack_out_kept", "DELETE ON pack_out", "1", "HISTORY_IS_KEPT")


def _never_deleted(register: Register) -> Iterator[str]:
    name = table(register)
    yield _abort(f"{name}_kept", f"DELETE ON {name}", "1", "NEVER_DELETED")
    yield _abort(f"{name}_uid_fixed", f"UPDATE OF id, uid, center ON {name}", "1", "NEVER_DELETED")


def _not_yours(register: Register) -> Iterator[str]:
    """Another centre's records are written while receiving from it, and then no others."""
    name = table(register)
    for when, row in (("INSERT", "NEW"), ("UPDATE", "OLD")):
        foreign = (
            f"(coalesce({row}.center, '') <> {_OWN} OR EXISTS (SELECT 1 FROM receiving)) "
            f"AND NOT EXISTS (SELECT 1 FROM receiving WHERE center = {row}.center)"
        )
        yield _abort(f"{name}_foreign_{when.lower()}", f"{when} ON {name}", foreign, "NOT_YOURS")


def _closed(row: str, column: str) -> str:
    return (
        f"EXISTS (SELECT 1 FROM closed_month m WHERE m.center = {row}.center "
        f'AND m.month = substr({row}."{column}", 1, 7))'
    )


def _lock(register: Register) -> Iterator[str]:
    """Freeze what is dated in a closed month, and what stood in one."""
    if register.standing:
        yield from _lock_standing(register)
    elif register.dated_by:
        yield from _lock_dated(register)
    if register.steps_of:
        yield _only_grows(register)


#: How a record of a closed month is marked as corrected: once, with the reason.
_MARKS = ("record_status", "correction_reason")


def _lock_dated(register: Register) -> Iterator[str]:
    """Freeze the facts. What is computed of later steps goes on; a record may be marked as corrected."""
    name, at = table(register), register.dated_by
    moving = {"revision", *_MARKS}
    if register.as_of is not None:
        moving |= {column.name for column in register.columns if column.computed and not column.common}
    facts = ", ".join(f'"{column.name}"' for column in register.columns if column.name not in moving)
    yield _abort(f"{name}_lock_insert", f"INSERT ON {name}", _closed("NEW", at), "MONTH_CLOSED")
    either = f"({_closed('OLD', at)} OR {_closed('NEW', at)})"
    yield _abort(f"{name}_lock_update", f"UPDATE OF {facts} ON {name}", either, "MONTH_CLOSED")
    marked = "OLD.record_status = 'normal' AND NEW.record_status = 'corrected'"
    differs = " OR ".join(f"NEW.{mark} IS NOT OLD.{mark}" for mark in _MARKS)
    other = f"{_closed('OLD', at)} AND ({differs}) AND NOT ({marked})"
    yield _abort(f"{name}_lock_status", f"UPDATE OF {', '.join(_MARKS)} ON {name}", other, "MONTH_CLOSED")


def _lock_standing(register: Register) -> Iterator[str]:
    """Let a standing record be otherwise only from a day after the last closed month on."""
    name = table(register)
    moving = {column.name for column in register.columns if column.computed and not column.common}
    moving |= {"revision"}
    facts = ", ".join(f'"{column.name}"' for column in register.columns if column.name not in moving)
    closed = (
        f"NEW.center = {_OWN} AND EXISTS (SELECT 1 FROM closed_month m WHERE m.center = NEW.center "
        "AND m.month >= substr(coalesce(NEW.valid_from, ''), 1, 7))"
    )
    if linked := named(register, "OLD.uid"):
        closed += f" AND NOT ({_sealed('NEW')} AND NEW.{register.label_by} IS NULL AND NOT ({linked}))"
    yield _abort(f"{name}_lock_update", f"UPDATE OF {facts} ON {name}", closed, "MONTH_CLOSED")
    yield _keep_version(register)
    untrue = (
        f"NEW.register = '{register.code}' AND EXISTS (SELECT 1 FROM {name} r WHERE r.uid = NEW.uid "
        f"AND r.center = {_OWN} AND (r.valid_from <> NEW.until OR EXISTS ("
        "SELECT 1 FROM standing_version v WHERE v.uid = NEW.uid AND v.valid_from >= NEW.valid_from)))"
    )
    yield _abort(f"{name}_version_true", "INSERT ON standing_version", untrue, "HISTORY_IS_KEPT")


def named(register: Register, uid: str) -> str:
    """Tell in SQL whether any record names the one of *uid*, of a register that stays home; "" for others.

    Only whom nothing names can be forgotten: no book of a closed month ever showed them.
    """
    if not register.standing or register.sent:
        return ""
    return " OR ".join(
        f'EXISTS (SELECT 1 FROM {table(each)} r WHERE r."{column.name}" = {uid})'
        for each in REGISTERS.values()
        for column in each.columns
        if isinstance(column.kind, Link) and column.kind.to == register.code
    )


def _sealed(row: str) -> str:
    return f"{row}.confidentiality = 'sealed' AND {row}.record_status = 'void'"


def _only_grows(register: Register) -> str:
    """Refuse any change of a step but that it is taken back; what is received may be a newer version of it."""
    name = table(register)
    moving = {"revision", "record_status", "void_reason"}
    same = " AND ".join(
        f'OLD."{each.name}" IS NEW."{each.name}"' for each in register.columns if each.name not in moving
    )
    received = "EXISTS (SELECT 1 FROM receiving WHERE center = OLD.center)"
    return _abort(
        f"{name}_append_only", f"UPDATE ON {name}", f"NOT ({same}) AND NOT {received}", "STEPS_ONLY_GROW"
    )


def _keep_version(register: Register) -> str:
    """Keep what a standing record was until the day from which it is otherwise."""
    name = table(register)
    return (
        f"CREATE TRIGGER {name}_version AFTER UPDATE ON {name} WHEN NEW.valid_from > OLD.valid_from BEGIN "
        f"INSERT OR IGNORE INTO standing_version(register, uid, valid_from, until, vals) "
        f"VALUES ('{register.code}', OLD.uid, OLD.valid_from, NEW.valid_from, {as_object(register, 'OLD')}); END"
    )


def as_object(register: Register, row: str) -> str:
    """Write a row as a JSON object in SQL, without what is sealed."""
    names = [column.name for column in register.columns if column.privacy != "sealed"]
    return "json_object(" + ", ".join(f"'{each}', {row}.\"{each}\"" for each in names) + ")"


def told() -> Iterator[Told]:
    """Name every table that history tells of."""
    for register in REGISTERS.values():
        yield Told(table(register), register.code, "{row}.uid", as_object(register, "{row}"))
    for each, only in _DECIDING.items():
        key = " || '/' || ".join((f"'{each.name}'", *(f'{{row}}."{one.name}"' for one in each.primary_key)))
        values = ", ".join(f"'{one.name}', {{row}}.\"{one.name}\"" for one in each.columns)
        yield Told(each.name, each.name, key, f"json_object({values})", only, always=False)


def _history(of: Told) -> Iterator[str]:
    old, new = of.values.format(row="OLD"), of.values.format(row="NEW")
    yield _entry(of, "insert", "NEW", ("NULL", new))
    yield _entry(of, "update", "NEW", (f"ojr_changed({old}, {new})", f"ojr_changed({new}, {old})"))
    yield _entry(of, "delete", "OLD", (old, "NULL"))


def _entry(of: Told, op: str, row: str, values: tuple[str, str]) -> str:
    was, now = values
    key, only = of.key.format(row=row), of.only.format(row=row)
    return (
        f"CREATE TRIGGER {of.table}_history_{op} AFTER {op.upper()} ON {of.table} WHEN {only} BEGIN "
        f"INSERT INTO history_value(salt, was, now) VALUES (ojr_salt(), {was}, {now}); "
        "INSERT INTO history(seq, at, actor, act, register, uid, op, digest, hash, deed) "
        "SELECT v.seq, ojr_at(), ojr_actor(), ojr_act(), "
        f"'{of.code}', {key}, '{op}', d.digest, ojr_link("
        "(SELECT hash FROM history ORDER BY seq DESC LIMIT 1), "
        f"json_array(v.seq, ojr_at(), ojr_actor(), ojr_act(), '{of.code}', {key}, '{op}'), d.digest), "
        "ojr_deed(v.seq) "
        "FROM history_value v, (SELECT ojr_digest(salt, was, now) AS digest FROM history_value "
        "WHERE seq = last_insert_rowid()) d WHERE v.seq = last_insert_rowid(); END"
    )


def search_text(register: Register, row: str) -> tuple[str, str]:
    """Write in SQL what a record is searched by: its text, and the names among it."""
    texts: list[str] = []
    names: list[str] = []
    for column in register.columns:
        if not column.search:
            continue
        if isinstance(column.kind, Link):
            target = REGISTERS[column.kind.to]
            fields = [each for each in target.columns if each.name in target.known_by]
            joined = f" || {_BORDER} || ".join(f"coalesce(l.\"{each.name}\", '')" for each in fields)
            named = f" || {_BORDER} || ".join(
                f"coalesce(l.\"{each.name}\", '')" for each in fields if each.pinyin
            )
            source = f'FROM {table(target)} l WHERE l.uid = {row}."{column.name}")'
            texts.append(f"coalesce((SELECT {joined} {source}, '')")
            if named:
                names.append(f"coalesce((SELECT {named} {source}, '')")
            continue
        value = f"coalesce({row}.\"{column.name}\", '')"
        texts.append(value)
        if column.pinyin:
            names.append(value)
    return f" || {_BORDER} || ".join(texts), f" || {_BORDER} || ".join(names) or "''"


def _search(register: Register, slot_of: dict[str, int]) -> Iterator[str]:
    name = table(register)
    slot = slot_of[register.code] * SLOT
    found = f"ojr_grams({', '.join(search_text(register, 'NEW'))})"
    add = f"INSERT INTO search(rowid, grams) VALUES ({slot} + NEW.id, {found})"
    searched = ", ".join(f'"{column.name}"' for column in register.columns if column.search)
    yield f"CREATE TRIGGER {name}_search_insert AFTER INSERT ON {name} BEGIN {add}; END"
    yield (
        f"CREATE TRIGGER {name}_search_update AFTER UPDATE OF {searched} ON {name} BEGIN "
        f"DELETE FROM search WHERE rowid = {slot} + OLD.id; {add}; END"
    )
    yield (
        f"CREATE TRIGGER {name}_search_delete AFTER DELETE ON {name} BEGIN "
        f"DELETE FROM search WHERE rowid = {slot} + OLD.id; END"
    )


def _search_by_name(slot_of: dict[str, int]) -> Iterator[str]:
    """When a linked record is renamed, whatever is searched by its name is indexed anew."""
    for register in REGISTERS.values():
        for column in register.columns:
            if not (column.search and isinstance(column.kind, Link)):
                continue
            target = REGISTERS[column.kind.to]
            slot = slot_of[register.code] * SLOT
            these = f'FROM {table(register)} r WHERE r."{column.name}" = NEW.uid'
            watched = ", ".join(f'"{name}"' for name in target.known_by)
            yield (
                f"CREATE TRIGGER {table(target)}_renames_{table(register)}_{column.name} "
                f"AFTER UPDATE OF {watched} ON {table(target)} BEGIN "
                f"DELETE FROM search WHERE rowid IN (SELECT {slot} + r.id {these}); "
                f"INSERT INTO search(rowid, grams) SELECT {slot} + r.id, "
                f"ojr_grams({', '.join(search_text(register, 'r'))}) {these}; END"
            )
