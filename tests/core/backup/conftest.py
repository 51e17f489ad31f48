"""A small office as the tests of backups need it: a live file in WAL mode, and attached files."""

from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from sqlcipher3 import dbapi2

from ojr_desk.backup import back_up
from ojr_desk.store.engine import APPLICATION_ID
from ojr_desk.store.migrations import HEAD

PAGE = 4096


class Village:
    """One office's data folder."""

    def __init__(self, folder: Path, center: str, records: int) -> None:
        self.folder = folder
        self.database = folder / "office.db"
        self.attachments = folder / "attachments"
        self.backups = folder / "backups"
        self.attachments.mkdir(parents=True)
        with closing(self.connect()) as connection:
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute("BEGIN")
            connection.execute("CREATE TABLE alembic_version (version_num TEXT)")
            connection.execute("INSERT INTO alembic_version VALUES (?)", (HEAD,))
            connection.execute("CREATE TABLE office (center TEXT NOT NULL)")
            connection.execute("INSERT INTO office VALUES (?)", (center,))
            connection.execute("CREATE TABLE visit (id INTEGER PRIMARY KEY, name TEXT NOT NULL, note TEXT)")
            connection.execute("CREATE INDEX ix_visit_name ON visit (name)")
            connection.execute("CREATE TABLE step (id INTEGER PRIMARY KEY, visit REFERENCES visit (id))")
            connection.execute(
                "CREATE VIRTUAL TABLE search USING fts5(grams, content='', contentless_delete=1)"
            )
            self.add(connection, records)
            connection.execute("COMMIT")
        self.attach(b"\xff\xd8 a photograph" * 999)
        self.attach(b"")

    def connect(self) -> Any:
        """Open the file as the program does; its log stays until the connection is closed."""
        connection = dbapi2.connect(str(self.database), isolation_level=None)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        return connection

    def add(self, connection: Any, records: int) -> None:
        """Add *records* visits."""
        for number in range(records):
            values = (f"陈{number}", "咨询医保" * 20)
            row = connection.execute("INSERT INTO visit (name, note) VALUES (?, ?)", values)
            connection.execute("INSERT INTO search (rowid, grams) VALUES (?, '陈')", (row.lastrowid,))

    def attach(self, content: bytes) -> Path:
        """Put a file among the attachments, named by what is in it."""
        digest = sha256(content).hexdigest()
        path = self.attachments / digest[:2] / f"{digest}.jpg"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
        return path

    def visits(self) -> int:
        """Count the visits on file."""
        with closing(self.connect()) as connection:
            return int(connection.execute("SELECT count(*) FROM visit").fetchone()[0])

    def back_up(self, now: datetime, kind: str = "routine") -> Path:
        """Back the office up into its own folder."""
        return back_up(self.database, self.attachments, self.backups, {"kind": kind}, now)

    def spoil(self, *pages: int) -> None:
        """Overwrite *pages* of the database with noughts, as a dying disk does."""
        content = bytearray(self.database.read_bytes())
        for page in pages:
            content[page * PAGE : (page + 1) * PAGE] = bytes(PAGE)
        self.database.write_bytes(content)

    def snapshot(self) -> dict[str, bytes]:
        """Read every file of the office but its backups."""
        return {
            path.relative_to(self.folder).as_posix(): path.read_bytes()
            for path in sorted(self.folder.rglob("*"))
            if path.is_file() and not path.is_relative_to(self.backups)
        }


@pytest.fixture
def village(tmp_path: Path) -> Village:
    """Give an office with 300 visits and two attached files, which nobody has open."""
    return Village(tmp_path / "资料 #1", "甲村", 300)


@pytest.fixture(scope="session")
def build(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Village]:
    """Give a maker of more offices."""

    def make(center: str = "甲村", records: int = 3) -> Village:
        return Village(tmp_path_factory.mktemp("office") / "data", center, records)

    return make
