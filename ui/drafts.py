"""What is half typed, kept in the data folder until it is stored: a power cut costs two seconds of work.

Losing a draft is a pity, not a fault, so a disk that is full or a broken file stops nobody.
"""

import contextlib
import json
from pathlib import Path
from typing import Any

_FOLDER = "drafts"
#: For each field that was touched: its value as the editor gives it, and the words that stand there.
Draft = dict[str, tuple[Any, str]]


def keep(folder: Path, code: str, draft: Draft) -> None:
    """Keep the draft of a new record of the register *code*; an empty one is dropped."""
    path = _path(folder, code)
    if not draft:
        drop(folder, code)
        return
    fresh = path.with_suffix(".new")
    with contextlib.suppress(OSError):
        path.parent.mkdir(exist_ok=True)
        fresh.write_text(json.dumps(draft, ensure_ascii=False), encoding="utf-8")
        fresh.replace(path)


def recall(folder: Path, code: str) -> Draft:
    """Read the draft of the register *code*; nothing if there is none or it cannot be read."""
    with contextlib.suppress(OSError, ValueError, TypeError, RecursionError):
        told = json.loads(_path(folder, code).read_text(encoding="utf-8"))
        if isinstance(told, dict):
            return {name: (value, str(text)) for name, (value, text) in told.items()}
    return {}


def drop(folder: Path, code: str) -> None:
    """Forget the draft of the register *code*."""
    with contextlib.suppress(OSError):
        _path(folder, code).unlink(missing_ok=True)


def _path(folder: Path, code: str) -> Path:
    return folder / _FOLDER / f"{code}.json"
