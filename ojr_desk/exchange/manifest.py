"""The manifest: what a pack says of itself and every row as it was exported, as JSON in a hidden sheet."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from hashlib import sha256
from typing import Any

from ojr_desk import __version__
from ojr_desk.exchange import soundness
from ojr_desk.exchange.cells import text_of
from ojr_desk.exchange.contents import UID, Pack, Sheaf, known_columns, needed_of
from ojr_desk.exchange.reading import ReadBook
from ojr_desk.exchange.sheets import cover, title_of
from ojr_desk.exchange.strangers import is_known, strangers
from ojr_desk.exchange.words import Lines, Words, lines_told, words_of, words_told
from ojr_desk.problems import Damaged, FromNewerProgram, NotOurs
from ojr_desk.register import REGISTERS
from ojr_desk.store.migrations import HEAD
from ojr_desk.text import _, listed

SHEET = "_ojr"
#: The version of a pack's format; an older one stays readable for ever. Since 2 it carries its words, since 3
#: also what stands around its rows, and the revision of the tables that it was read from.
FORMAT = 3
#: The least format that a program must know to read what this one writes.
READER = 2
#: The version of a receipt's format, which goes on by itself. Since 2 it says whether the pack was a full one, since 3
#: why it was returned, until when, and what was found in which record; several may lie in one file.
RECEIPT_FORMAT = 3
#: The least that a program must know of receipts to read what this one writes: older villages read it.
RECEIPT_READER = 1
#: A notice's format. It begins where programs end that know of none: they tell that they are too old.
NOTICE_FORMAT = NOTICE_READER = 4
#: The sorts of files beside packs, and the format of each.
RECEIPT, RECEIPTS, NOTICE = "receipt", "receipts", "notice"
_FORMATS = {RECEIPT: RECEIPT_FORMAT, RECEIPTS: RECEIPT_FORMAT, NOTICE: NOTICE_FORMAT}
#: How many of the things that a program does not know are named.
_MOST_NAMED = 5
_UNSOUND = (KeyError, TypeError, ValueError, AttributeError, OverflowError, RecursionError)


def month_manifest(pack: Pack) -> dict[str, Any]:
    """Tell of a month all that a reader needs, in the words of today."""
    words = {each.register: asdict(words_of(each.register, each.columns)) for each in pack.sheaves}
    told = {
        "kind": "month",
        "format": FORMAT,
        "reader": READER,
        "program": __version__,
        "code": pack.code,
        "digest": pack.digest,
        "counts": pack.counts,
        "row_hashes": {
            sheaf.register: [row_hash(sheaf.columns, row) for row in sheaf.rows] for sheaf in pack.sheaves
        },
        "words": words,
        "schema": HEAD,
        "cover": [[text_of(cell) for cell in line] for line in cover(pack).rows],
        "titles": {each.register: title_of(pack, REGISTERS[each.register]) for each in pack.sheaves},
        **asdict(pack),
    }
    return {**told, "manifest_digest": manifest_digest(told)}


def row_hash(columns: Sequence[str], row: Mapping[str, Any]) -> str:
    """Digest one row's values, in the order of its columns."""
    told = json.dumps([row.get(name) for name in (UID, *columns)], ensure_ascii=False)
    return sha256(told.encode()).hexdigest()[:16]


def manifest_digest(told: Mapping[str, Any]) -> str:
    """Digest all that a manifest says, words included, but this digest itself."""
    others = {key: value for key, value in told.items() if key != "manifest_digest"}
    return sha256(written(others).encode()).hexdigest()


def written(told: Mapping[str, Any]) -> str:
    """Write a manifest."""
    return json.dumps(told, ensure_ascii=False, sort_keys=True)


def manifest_of(book: ReadBook) -> dict[str, Any]:
    """Read the hidden manifest; raises `NotOurs` where there is none, `Damaged` or `FromNewerProgram`."""
    sheet = book.sheet(SHEET)
    if sheet is None:
        raise NotOurs(
            _("《{name}》不是本程序导出的报表（没有清单）。手工做的表请用“空白填报模板”。").format(
                name=book.name
            )
        )
    try:
        told = dict(json.loads(sheet.joined()))
        version = soundness.version(told["format"])
        reader = soundness.version(told.get("reader", version))
        known = _FORMATS.get(told.get("kind", ""), FORMAT)
    except _UNSOUND as error:
        raise Damaged(_("《{name}》的清单读不出来，请村里重新导出。").format(name=book.name)) from error
    if reader > known:
        raise FromNewerProgram(
            _("《{name}》是更新版本的程序导出的，请先升级本机的程序。").format(name=book.name)
        )
    return told


def month_told(told: Mapping[str, Any], name: str) -> tuple[Pack, dict[str, Words], Lines]:
    """Find the pack in a manifest, its words by register and its lines; raises `Damaged` or `FromNewerProgram`."""
    try:
        pack, words, lines = _pack(told), {}, lines_told(told)
        for each in pack.sheaves:
            words[each.register] = (
                words_told(told["words"][each.register], each.columns)
                if told["format"] > 1
                else words_of(each.register, each.columns)
            )
        digest = manifest_digest(told) if told["format"] > 1 else ""
        is_whole = told["digest"] == pack.digest and told.get("manifest_digest", "") == digest
    except _UNSOUND as error:
        raise _incomplete(name) from error
    if not is_whole:
        raise Damaged(_("《{name}》的清单被改动过，不能相信，请村里重新导出。").format(name=name))
    _refuse_strange(pack, words, str(told.get("program")), name)
    # What holds nothing that this program could lose goes without saying.
    pack = replace(pack, sheaves=tuple(each for each in pack.sheaves if is_known(each, pack.full)))
    try:
        _ask_values(pack)
    except _UNSOUND as error:
        raise _incomplete(name) from error
    return pack, words, lines


def _incomplete(name: str) -> Damaged:
    return Damaged(_("《{name}》的清单不完整，请村里重新导出。").format(name=name))


def _pack(told: Mapping[str, Any]) -> Pack:
    """Take the pack out of a manifest, and ask whether it is one, whatever its rows hold."""
    # What came later is not in the older formats.
    later = {
        "closing": told.get("closing", ""),
        "sensitive": told.get("sensitive", 0),
        "none": tuple(told.get("none", ())),
        "answers": tuple((uid, said) for uid, said in told.get("answers", ())),
    }
    names = {name for name in Pack.__dataclass_fields__ if name not in ("sheaves", "off", *later)}
    sheaves = tuple(
        Sheaf(each["register"], tuple(each["columns"]), tuple(each["rows"]), dict(each["links"]))
        for each in told["sheaves"]
    )
    pack = Pack(**{name: told[name] for name in names}, off=tuple(told["off"]), sheaves=sheaves, **later)
    soundness.keys(pack.center)
    soundness.lines(
        pack.center_name, pack.superior, pack.clerk, *pack.off, *pack.none, told["program"], pack.closing
    )
    soundness.code(pack.center_code)
    soundness.level(pack.level)
    soundness.period(pack.month)
    soundness.count(pack.revision)
    soundness.flag(pack.full)
    soundness.moment(pack.made_at)
    soundness.count(pack.sealed)
    soundness.count(pack.sensitive)
    soundness.keys(*(uid for uid, _said in pack.answers))
    soundness.texts(*(said for _uid, said in pack.answers))
    soundness.distinct([each.register for each in sheaves], soundness.MOST_SHEAVES)
    for each in sheaves:
        soundness.distinct(each.columns, soundness.MOST_COLUMNS)
        soundness.rows(each.rows)
        soundness.names(each.links)
    return pack


def _refuse_strange(pack: Pack, words: Mapping[str, Words], program: str, name: str) -> None:
    """Refuse a pack whole that tells of what this program does not have."""
    found = list(strangers(pack, words))
    if not found:
        return
    raise FromNewerProgram(
        _(
            "《{name}》里有本程序没有的内容：{found}。它来自更新的程序（{theirs}，本机是 {ours}），"
            "整份都没有收。请先升级本机的程序，再收这一份。"
        ).format(
            name=name,
            found=listed(found, most=_MOST_NAMED),
            theirs=program,
            ours=__version__,
        )
    )


def _ask_values(pack: Pack) -> None:
    """Ask whether the rows hold what their columns can hold, and what a record cannot be without."""
    for each in pack.sheaves:
        needed = needed_of(REGISTERS[each.register])
        soundness.values(each.rows, list(known_columns(each, pack.full).values()), needed)
