"""What the window remembers between two days, such as the size of its letters: a small file in the data folder.

Losing it costs nothing, so a broken one is as good as none, and a disk that is full is no reason to stop.
"""

import contextlib
import json
from pathlib import Path
from typing import Any

FILE_NAME = "window.json"
_LONGEST = 100_000  # bytes; more is not ours


def recall(folder: Path) -> dict[str, Any]:
    """Read what was remembered in *folder*; nothing if there is none or it cannot be read."""
    path = folder / FILE_NAME
    with contextlib.suppress(OSError, ValueError, RecursionError):
        if path.stat().st_size <= _LONGEST:
            told = json.loads(path.read_text(encoding="utf-8"))
            return told if isinstance(told, dict) else {}
    return {}


def remember(folder: Path, **what: Any) -> None:
    """Add *what* to the things remembered in *folder*."""
    path = folder / FILE_NAME
    told = json.dumps({**recall(folder), **what}, ensure_ascii=False)
    fresh = path.with_suffix(".new")
    with contextlib.suppress(OSError):
        fresh.write_text(told, encoding="utf-8")
        fresh.replace(path)
