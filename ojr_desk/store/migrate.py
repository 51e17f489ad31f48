"""Bringing a file up to date: Alembic, run from inside the program, all or nothing.

Alembic is imported only when there is something to do: it takes longer than opening the window.
"""

import re
from collections.abc import Callable
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from sqlalchemy import Connection

from ojr_desk.problems import Damaged, FromNewerProgram
from ojr_desk.register import REGISTERS
from ojr_desk.store import settings, triggers
from ojr_desk.store.engine import APPLICATION_ID, Database
from ojr_desk.store.migrations import HEAD, KNOWN
from ojr_desk.text import N_, _

FOLDER = Path(__file__).resolve().parent / "migrations"
#: How revisions are called; a broken page gives anything.
_REVISION = re.compile(r"\d{4}")
_LOST = N_("{file} 不是本程序的数据库，或者内容已经丢失，请从备份恢复（ojr-desk backups、restore）。")


def revision(connection: Connection) -> str:
    """Read which revision the file has; nothing in a new one. Raises `FromNewerProgram` or `Damaged`."""
    there = connection.exec_driver_sql("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").scalar()
    if not there:
        return ""
    found = str(connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar() or "")
    if found and not _REVISION.fullmatch(found):
        raise Damaged(_(_LOST).format(file=connection.engine.url.database))
    if found and found not in KNOWN:
        raise FromNewerProgram(
            _("这个资料文件夹是用更新版本的程序建立的（{revision}），请先升级本机的程序再打开。").format(
                revision=found
            )
        )
    return found


def refuse_strange(database: Database) -> None:
    """Refuse a file that bears the name and is none of ours, as one that a power cut left empty; raise `Damaged`."""
    with database.reading() as session:
        connection = session.connection()
        known = connection.exec_driver_sql("PRAGMA application_id").scalar()
        if known != APPLICATION_ID or not revision(connection):
            raise Damaged(_(_LOST).format(file=database.path))


def is_up_to_date(database: Database) -> bool:
    """Tell whether there is nothing to do: the tables and all their triggers are there, and no others."""
    with database.reading() as session:
        connection = session.connection()
        return revision(connection) == HEAD and _is_guarded(connection)


def is_unguarded(connection: Connection) -> bool:
    """Tell whether somebody took triggers off, or put others in, since this very program put them in."""
    return (
        revision(connection) == HEAD
        and settings.read(connection, settings.TRIGGERS) == _wanted(connection)
        and not _is_guarded(connection)
    )


def _is_guarded(connection: Connection) -> bool:
    """Look at the triggers themselves: what the file says of them, anybody can write."""
    slots = triggers.slots(connection)
    there = connection.exec_driver_sql("SELECT sql FROM sqlite_master WHERE type = 'trigger'").scalars()
    return slots.keys() >= REGISTERS.keys() and set(there) == set(triggers.statements(slots))


def bring_up_to_date(database: Database, back_up: Callable[[], None]) -> None:
    """Run what is missing in one transaction, after *back_up* has kept the file as it was."""
    with database.reading() as session:
        found = revision(session.connection())
    if found and found != HEAD:
        back_up()
    with database.building() as connection:
        unguarded = found == HEAD and is_unguarded(connection)
        if found != HEAD:
            _drop_triggers(connection)
            upgrade(connection)
            _refuse_loose_ends(connection, database.path)
        triggers.install(connection)
        connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
        settings.write(connection, settings.TRIGGERS, _wanted(connection))
        if unguarded:
            settings.write(connection, settings.UNGUARDED, datetime.now().isoformat(" ", "minutes"))


def upgrade(connection: Connection) -> None:
    """Take every step that the file has not taken yet; triggers and the search index come afterwards."""
    from alembic import command  # noqa: PLC0415 - heavy, and needed once in a program's life
    from alembic.config import Config  # noqa: PLC0415 - heavy, and needed once in a program's life

    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _drop_triggers(connection: Connection) -> None:
    for name in connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'").scalars():
        connection.exec_driver_sql(f"DROP TRIGGER {name}")


def _refuse_loose_ends(connection: Connection, path: Path) -> None:
    """Take nothing of an upgrade after which a row points at none: foreign keys are off while it runs."""
    if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
        told = _(
            "{file} 升级后有记录对不上，没有升级，还是原来的样子。请先复制整个资料文件夹，再找维护人员。"
        )
        raise Damaged(told.format(file=path))


def _wanted(connection: Connection) -> str:
    slots = triggers.slots(connection)
    told = "\n".join(triggers.statements(slots)) if slots.keys() >= REGISTERS.keys() else ""
    return sha256(told.encode()).hexdigest()
