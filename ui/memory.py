"""What the window remembers between two days, such as the size of its letters; a broken memory is as good as none."""

import contextlib
import json
from pathlib import Path
from typing import Any

from ui import small_file

FILE_NAME = "window.json"


def recall(folder: Path) -> dict[str, Any]:
    """Read what was remembered in *folder*."""
    with contextlib.suppress(ValueError, RecursionError):
        told = json.loads(small_file.read(folder / FILE_NAME))
        return told if isinstance(told, dict) else {}
    return {}


def remember(folder: Path, **what: Any) -> None:
    """Add *what* to the things remembered in *folder*."""
    if folder.is_dir():
        told = json.dumps({**recall(folder), **what}, ensure_ascii=False)
        small_file.write(folder / FILE_NAME, told, folder)
