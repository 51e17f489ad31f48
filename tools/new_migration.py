"""Write the next migration from what the declarations say and the last one made.

    .venv/bin/python tools/new_migration.py "add visits by video"

Look at what it wrote before you commit it; once landed it is never edited.
"""

import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any, Literal

from alembic.autogenerate import produce_migrations, render_python_code
from alembic.migration import MigrationContext
from sqlalchemy.types import TypeDecorator

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from ojr_desk.store.engine import Database  # noqa: E402 - the path comes first
from ojr_desk.store.migrate import FOLDER, upgrade  # noqa: E402 - the path comes first
from ojr_desk.store.migrations import KNOWN  # noqa: E402 - the path comes first
from ojr_desk.store.schema import METADATA  # noqa: E402 - the path comes first

TEMPLATE = '''"""{message}."""

import sqlalchemy as sa
from alembic import op

revision = "{revision}"
down_revision = {down}


def upgrade() -> None:
    """Bring the tables up to this revision."""
{body}
'''


def plain_type(kind: str, item: Any, context: Any) -> str | Literal[False]:
    """Write our own column types as what they store, so that a migration never imports today's code."""
    if kind != "type":
        return False
    if isinstance(item, TypeDecorator):
        item = item.impl
    name = {"AutoString": "String"}.get(type(item).__name__, type(item).__name__)
    return f"sa.{name}()" if type(item).__module__.split(".")[0] in ("sqlalchemy", "sqlmodel") else False


def ours(name: str | None, kind: str, parents: Any) -> bool:
    """Leave out the tables that the search index and Alembic make for themselves."""
    return (
        kind != "table"
        or not (name or "").startswith(("search", "sqlite_", "alembic_"))
        or name == "search_slot"
    )


def main() -> None:
    """Write the migration named on the command line."""
    message = " ".join(sys.argv[1:]).strip() or sys.exit("Say in a few words what changes.")
    with tempfile.TemporaryDirectory() as folder:
        database = Database(Path(folder) / "office.db")
        if KNOWN and any(FOLDER.glob("versions/[0-9]*.py")):
            # Without the triggers: they are those of today's declarations.
            with database.building() as connection:
                upgrade(connection)
        with database.engine.connect() as connection:
            options = {"render_item": plain_type, "include_name": ours, "render_as_batch": True}
            context = MigrationContext.configure(connection, opts=options)
            script = produce_migrations(context, METADATA)
            assert script.upgrade_ops is not None
            body = render_python_code(script.upgrade_ops, render_item=plain_type, render_as_batch=True)
        database.close()
    body = re.sub(r"^# ###.*$", "", body, flags=re.M).strip("\n")
    there = sorted(FOLDER.glob("versions/[0-9]*.py"))
    last = there[-1].stem.split("_")[0] if there else ""
    revision = f"{int(last or 0) + 1:04d}"
    slug = re.sub(r"[^a-z0-9]+", "_", message.lower()).strip("_")
    path = FOLDER / "versions" / f"{revision}_{slug}.py"
    text = TEMPLATE.format(
        message=message[0].upper() + message[1:],
        revision=revision,
        down=f'"{last}"' if last else "None",
        body=body,
    )
    path.write_text(text, encoding="utf-8", newline="\n")
    subprocess.run([sys.executable, "-m", "ruff", "format", "--quiet", str(path)], check=True)
    print(path.relative_to(ROOT), "— now add", revision, "to KNOWN in ojr_desk/store/migrations/__init__.py")


if __name__ == "__main__":
    main()
