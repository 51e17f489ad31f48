"""Is a database file sound? SQLite's own checks, and what they do not see, as sentences for people.

SQLite keeps no sum of a page, and takes a file of no bytes for a sound, empty database; so the program's
mark and the office's tables are asked for as well.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from ojr_desk.problems import Damaged
from ojr_desk.register import REGISTERS
from ojr_desk.store import triggers as tables
from ojr_desk.store.engine import APPLICATION_ID, lies_still
from ojr_desk.text import N_, _

_MOST_LINES = 1000
#: What tables that are no registers hold, in the words of people.
_HOLDING = {
    "attachment": N_("附件目录"),
    "calendar_day": N_("放假安排"),
    "calendar_year": N_("放假安排"),
    "closed_month": N_("结账"),
    "history": N_("修改痕迹"),
    "history_value": N_("修改痕迹"),
    "month_event": N_("结账"),
    "notice_in": N_("上级的通知"),
    "number_counter": N_("编号"),
    "pack_in": N_("收到的月报"),
    "pack_out": N_("报送的月报"),
    "person_apart": N_("不是同一个人的标记"),
    "standing_version": N_("变更前的资料"),
}


@dataclass(frozen=True)
class Content:
    """What a sound database file holds: its schema's revision, its office's uid, the rows of each table."""

    revision: str
    center: str
    counts: Mapping[str, int]


def check_file(path: Path, name: Path | None = None) -> list[str]:
    """Find what is wrong with the database file at *path*, called *name* to people; nothing, if it is sound."""
    name = name or path
    if not path.is_file():
        return [_("找不到数据库文件 {path}。").format(path=name)]
    if path.stat().st_size == 0:
        return [_("数据库文件 {path} 是空的（0 字节）。").format(path=name)]
    found: list[str] = []
    try:
        with closing(open_to_read(path)) as connection:
            found.extend(_findings(connection))
    except (dbapi2.DatabaseError, UnicodeDecodeError) as error:  # or it cannot read its own message
        return found or [unreadable(name, str(error))]
    return found


def complaint(findings: Sequence[str]) -> str:
    """Put what was found wrong with a database into one message that says what to do."""
    return "\n".join((*findings, advice()))


def examine(path: Path, name: Path | None = None) -> Content:
    """Check the file at *path* in full and tell what it holds; raises `Damaged` with all findings."""
    found = check_file(path, name)
    if found:
        raise Damaged(complaint(found))
    with closing(open_to_read(path)) as connection:
        return content(connection)


def content(connection: Any) -> Content:
    """Tell what a database holds; tables that a file has not got count for nothing."""
    names = [
        name
        for (name, kind) in connection.execute(
            "SELECT name, type FROM pragma_table_list WHERE schema = 'main'"
        )
        if kind == "table" and not name.startswith("sqlite_")
    ]
    counts = {name: _one(connection, f'SELECT count(*) FROM "{name}"') for name in sorted(names)}
    revision = (
        _one(connection, "SELECT version_num FROM alembic_version") if "alembic_version" in counts else ""
    )
    center = _one(connection, "SELECT center FROM office") if "office" in counts else ""
    return Content(str(revision or ""), str(center or ""), counts)


def center_of(path: Path) -> str:
    """Tell whose office the file at *path* holds; nothing, if it cannot be read."""
    try:
        with closing(open_to_read(path)) as connection:
            return str(_one(connection, "SELECT center FROM office") or "")
    except (dbapi2.DatabaseError, UnicodeDecodeError):
        return ""


def open_to_read(path: Path) -> Any:
    """Open a database file without making one, and without changing it."""
    how = "immutable=1" if lies_still(path) else "mode=ro"
    connection = dbapi2.connect(f"{path.absolute().as_uri()}?{how}", uri=True, timeout=10)
    connection.text_factory = _text  # what a broken page holds need not be text
    connection.execute("PRAGMA cipher_log_level = NONE")
    return connection


def _text(raw: bytes) -> str:
    return raw.decode(errors="replace")


def _one(connection: Any, sql: str) -> Any:
    row = connection.execute(sql).fetchone()
    return row[0] if row else None


def _findings(connection: Any) -> Iterator[str]:
    if _one(connection, "PRAGMA application_id") != APPLICATION_ID:
        yield _("这个文件不是本程序的数据库，或者文件头坏了。")
        return
    if not _one(connection, "SELECT count(*) FROM sqlite_master WHERE type = 'table'"):
        yield _("数据库里一张表也没有。")
        return
    if _is_cut(connection):
        yield _("数据库文件短了一截，末尾的内容不见了。")
        return
    told = _integrity(connection)
    if told != ["ok"]:
        lines = [line for each in told for line in each.splitlines() if not line.startswith("***")]
        roots = dict(connection.execute("SELECT rootpage, tbl_name FROM sqlite_master WHERE rootpage > 0"))
        yield from dict.fromkeys(_explained(line, roots) for line in lines)
        return
    yield from _loose_ends(connection)


def _integrity(connection: Any) -> list[str]:
    """Run SQLite's own check; it may give up half-way, and what it found till then is told."""
    told: list[str] = []
    try:
        told.extend(row[0] for row in connection.execute(f"PRAGMA integrity_check({_MOST_LINES})"))
    except (dbapi2.DatabaseError, UnicodeDecodeError):
        if not told:
            raise
    return told


def _is_cut(connection: Any) -> bool:
    """Tell whether the file ends within a page, which SQLite overlooks; what is in the log may yet come."""
    path = Path(_one(connection, "SELECT file FROM pragma_database_list WHERE name = 'main'"))
    log = path.with_name(f"{path.name}-wal")
    complete = not (log.exists() and log.stat().st_size)
    return complete and path.stat().st_size % _one(connection, "PRAGMA page_size") > 0


def _loose_ends(connection: Any) -> Iterator[str]:
    loose = Counter(table for table, *_rest in connection.execute("PRAGMA foreign_key_check"))
    for table, number in loose.items():
        told = _("《{table}》里有 {number} 条记录，所指的另一条记录不见了。")
        yield told.format(table=_title(table), number=number)


def _explained(line: str, roots: Mapping[int, str]) -> str:
    """Put one line of SQLite's integrity check into words; what a person cannot tell apart comes out alike."""
    if found := re.match(r"Tree (\d+) ", line):
        return _("《{table}》坏了一部分，里面的记录读不全。").format(
            table=_title(roots.get(int(found[1]), "?"))
        )
    if found := re.search(r"(?:missing from|entries in) index (\S+)", line):
        return _("索引 {index} 与记录对不上。").format(index=found[1])
    if found := re.match(r"(?:\S+ value in|CHECK constraint failed in) ([^.\s]+)", line):
        return _("《{table}》里有不该有的值。").format(table=_title(found[1]))
    if "inverted index" in line:
        return _("查找用的索引坏了。")
    return _("数据库内部有对不上的地方。")


def _title(table: str) -> str:
    """Name a table as people know it."""
    if table.startswith("search"):
        return _("查找用的索引")
    titles = {tables.table(register): register.title for register in REGISTERS.values()} | _HOLDING
    return _(titles[table]) if table in titles else table


def unreadable(path: Path, told: str) -> str:
    """Put into words what the driver *told* when it gave up on the file at *path*."""
    if "not a database" in told:
        sentence = _("{path} 不是数据库文件，或者文件头坏了。")
    elif "unable to open" in told:
        sentence = _("打不开数据库文件 {path}，请检查权限或磁盘。")
    else:
        sentence = _("数据库文件 {path} 坏了，读不下去。")
    return sentence.format(path=path)


def advice() -> str:
    """Say what to do when a database is not sound."""
    return _(
        "请不要继续登记：先把整个资料文件夹复制一份留底，再从最近的备份恢复（ojr-desk backups、restore）。"
    )
