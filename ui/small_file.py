"""Small files of the window in the data folder: written whole, open to whom the folder is open.

What they hold is a convenience, so neither a full disk nor somebody else's file stops anybody.
"""

import contextlib
import sys
from pathlib import Path

_LONGEST = 1_000_000  # bytes; more is not ours


def write(path: Path, text: str) -> None:
    """Put *text* into the place of what was there; the folder is made if it is missing."""
    fresh = path.with_suffix(".new")
    with contextlib.suppress(OSError):
        if not path.parent.is_dir():
            path.parent.mkdir()
            _open_as(path.parent, path.parent.parent)
        fresh.write_text(text, encoding="utf-8")
        _open_as(fresh, path.parent)
        fresh.replace(path)


def read(path: Path) -> str:
    """Answer with what is there; nothing if there is nothing that can be read."""
    with contextlib.suppress(OSError, UnicodeDecodeError):
        if path.stat().st_size <= _LONGEST:
            return path.read_text(encoding="utf-8")
    return ""


def drop(path: Path) -> None:
    """Take the file away."""
    with contextlib.suppress(OSError):
        path.unlink(missing_ok=True)


def _open_as(path: Path, folder: Path) -> None:
    """Open *path* to whom *folder* is open; Windows does so by itself."""
    if sys.platform != "win32":
        path.chmod(folder.stat().st_mode & (0o777 if path.is_dir() else 0o666))
