"""The manifest: what a pack says of itself and every row as it was exported, as JSON in a hidden sheet."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from hashlib import sha256
from typing import Any

from ojr_desk import __version__
from ojr_desk.exchange import soundness
from ojr_desk.exchange.contents import UID, Pack, Sheaf, columns_of
from ojr_desk.exchange.reading import ReadBook
from ojr_desk.problems import Damaged, FromNewerProgram, NotOurs
from ojr_desk.register import REGISTERS
from ojr_desk.text import _

#: The version of this format; an older one stays readable for ever.
FORMAT = 1
SHEET = "_ojr"


def written(pack: Pack) -> str:
    """Write the manifest of *pack*."""
    told = {
        "kind": "month",
        "format": FORMAT,
        "program": __version__,
        "code": pack.code,
        "digest": pack.digest,
        "counts": pack.counts,
        "row_hashes": {
            sheaf.register: [row_hash(sheaf.columns, row) for row in sheaf.rows] for sheaf in pack.sheaves
        },
        **asdict(pack),
    }
    return json.dumps(told, ensure_ascii=False, sort_keys=True)


def row_hash(columns: Sequence[str], row: Mapping[str, Any]) -> str:
    """Digest one row's values, in the order of its columns."""
    told = json.dumps([row.get(name) for name in (UID, *columns)], ensure_ascii=False)
    return sha256(told.encode()).hexdigest()[:16]


def manifest_of(book: ReadBook, name: str) -> dict[str, Any]:
    """Read the hidden manifest; raises `NotOurs` where there is none."""
    sheet = book.sheet(SHEET)
    if sheet is None:
        raise NotOurs(
            _("《{name}》不是本程序导出的报表（没有清单）。手工做的表请用“空白填报模板”。").format(name=name)
        )
    try:
        told = json.loads(sheet.joined())
        version = int(told["format"])
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError) as error:
        raise Damaged(_("《{name}》的清单读不出来，请村里重新导出。").format(name=name)) from error
    if version > FORMAT:
        raise FromNewerProgram(_("《{name}》是更新版本的程序导出的，请先升级本机的程序。").format(name=name))
    return dict(told)


def pack_of(told: Mapping[str, Any], name: str) -> Pack:
    """Find the pack in a manifest; raises `Damaged`."""
    try:
        pack = _pack(told)
        digest = told["digest"]
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise Damaged(_("《{name}》的清单不完整，请村里重新导出。").format(name=name)) from error
    if pack.digest != digest:
        raise Damaged(_("《{name}》的清单被改动过，不能相信，请村里重新导出。").format(name=name))
    return pack


def _pack(told: Mapping[str, Any]) -> Pack:
    names = {name for name in Pack.__dataclass_fields__ if name not in ("sheaves", "off")}
    sheaves = tuple(
        Sheaf(each["register"], tuple(each["columns"]), tuple(each["rows"]), dict(each["links"]))
        for each in told["sheaves"]
    )
    pack = Pack(**{name: told[name] for name in names}, off=tuple(told["off"]), sheaves=sheaves)
    soundness.keys(pack.center)
    soundness.lines(pack.center_name, pack.superior, pack.clerk, *pack.off)
    soundness.code(pack.center_code)
    soundness.level(pack.level)
    soundness.period(pack.month)
    soundness.count(pack.revision)
    soundness.flag(pack.full)
    soundness.moment(pack.made_at)
    soundness.count(pack.sealed)
    if len({each.register for each in sheaves}) < len(sheaves):
        raise ValueError
    for each in sheaves:
        register = REGISTERS[each.register]
        known = {column.name: column for column in columns_of(register, pack.full)}
        needed = ["record_no", "recorded_at", "valid_from" if register.standing else register.dated_by]
        soundness.rows(each.rows, [known[name] for name in dict.fromkeys(each.columns)], needed)
        soundness.names(each.links)
    return pack
