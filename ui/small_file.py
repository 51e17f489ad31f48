"""Small files of the window in the data folder: written whole, open to whom the folder is open.

What they hold is a convenience, so neither a full disk nor somebody else's file stops anybody.
"""

import contextlib
from pathlib import Path

from ojr_desk.problems import NoRoom
from ojr_desk.saving import save

LONGEST = 1_000_000  # bytes; more is not ours


def write(path: Path, text: str, below: Path) -> None:
    """Put *text* into the place of what was there, *below* the data folder."""
    with contextlib.suppress(NoRoom):
        save(path, text.encode("utf-8", "replace"), below=below)


def read(path: Path, most: int = LONGEST) -> str:
    """Answer with what is there; nothing if there is nothing that can be read, or more than *most* bytes."""
    with contextlib.suppress(OSError, UnicodeDecodeError):
        if path.stat().st_size <= most:
            return path.read_text(encoding="utf-8")
    return ""


def drop(path: Path) -> None:
    """Take the file away."""
    with contextlib.suppress(OSError):
        path.unlink(missing_ok=True)
