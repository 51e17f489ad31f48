"""What is half typed, kept in the data folder until it is stored: a power cut costs two seconds of work."""

import contextlib
import json
from pathlib import Path
from typing import Any

from ui import small_file

_FOLDER = "drafts"
#: For each field that was touched: its value as the editor gives it, and the words that stand there.
Draft = dict[str, tuple[Any, str]]


def keep(folder: Path, code: str, draft: Draft) -> None:
    """Keep the draft of a new record of the register *code*; an empty one is dropped."""
    if draft:
        small_file.write(_path(folder, code), json.dumps(draft, ensure_ascii=False), folder)
    else:
        drop(folder, code)


def recall(folder: Path, code: str, most: int = small_file.LONGEST) -> Draft:
    """Read the draft of the register *code*; nothing if there is none, if it cannot be read or more than *most* bytes."""
    with contextlib.suppress(ValueError, TypeError, RecursionError):
        told = json.loads(small_file.read(_path(folder, code), most))
        if isinstance(told, dict):
            return {name: (value, str(text)) for name, (value, text) in told.items()}
    return {}


def drop(folder: Path, code: str) -> None:
    """Forget the draft of the register *code*."""
    small_file.drop(_path(folder, code))


def _path(folder: Path, code: str) -> Path:
    return folder / _FOLDER / f"{code}.json"
