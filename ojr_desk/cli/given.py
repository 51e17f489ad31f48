"""What a command is given besides its arguments: JSON from a file or standard input, a password from a file."""

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ojr_desk.problems import BadFile, Refused
from ojr_desk.text import _


def read_json(file: str | None, empty: Any = None) -> Any:
    """Read a JSON document from a file or standard input; *empty*, if there is one, stands for no word at all."""
    try:
        told = Path(file).read_text(encoding="utf-8-sig") if file and file != "-" else sys.stdin.read()
        return empty if empty is not None and not told.strip() else json.loads(told)
    except OSError as error:
        raise BadFile(_("读不了 {file}，请检查文件名。").format(file=file)) from error
    except (ValueError, RecursionError) as error:
        # Half a document, another encoding, a number of ten thousand digits, a list of lists of lists …
        place = getattr(error, "lineno", 0)
        told = (
            _("第 {line} 行不是 JSON，请检查。") if place else _("不是 UTF-8 的 JSON，或者太长太深，请检查。")
        )
        raise BadFile(told.format(line=place)) from error


def values_in(file: str | None, empty: Any = None) -> dict[str, Any]:
    """Read one record, or what else is told by name; raises `Refused` for what is none."""
    values = read_json(file, empty)
    if not isinstance(values, Mapping):
        raise Refused(_('要的是一条记录，例如 {"remark": "…"}。'))
    return dict(values)


def said(file: str | None) -> dict[str, Any]:
    """Read what is told by name in a file, if there is one."""
    return values_in(file) if file else {}


def texts(said: Any) -> dict[str, str]:
    """Read what leads from words to words, or to nothing."""
    if not isinstance(said, Mapping) or not all(isinstance(each, str | None) for each in said.values()):
        raise Refused(_('要的是词和词的对应，例如 {"…": "person"}。'))
    return {word: meant or "" for word, meant in said.items()}


def password_in(file: str | None) -> str | None:
    """Read a password from a file, if there is one; raises `BadFile` or `Refused`."""
    if file is None:
        return None
    try:
        told = Path(file).read_text(encoding="utf-8-sig").strip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        raise BadFile(_("读不了密码文件 {file}。").format(file=file)) from error
    if not told:
        raise Refused(_("密码文件 {file} 是空的。").format(file=file))
    return told
