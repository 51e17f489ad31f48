"""The notice: what the superior has to say to one village or to all, as a small workbook like a receipt."""

import json
from dataclasses import asdict, dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path

from ojr_desk import __version__
from ojr_desk.binding import short
from ojr_desk.exchange import soundness
from ojr_desk.exchange.manifest import NOTICE, NOTICE_FORMAT, NOTICE_READER, SHEET, manifest_of, written
from ojr_desk.exchange.reading import ReadBook
from ojr_desk.exchange.sheet import Sheet, SheetColumn
from ojr_desk.exchange.workbook import chunks, write_workbook
from ojr_desk.problems import Damaged
from ojr_desk.text import _, on_paper

#: How many characters a title and a text may have.
MOST_TITLE, MOST_TEXT = 60, 2000
_NOT_IN_NAMES = '\\/:*?"<>|. '


@dataclass(frozen=True)
class Notice:
    """What is to be known, and done until *due_on* if there is such a day, from whom, to whom, written when.

    Without *to_center* it is for every village. *due_on* and *at* are a day and a moment as text.
    """

    uid: str
    from_center: str
    from_name: str
    to_center: str
    to_name: str
    title: str
    text: str
    due_on: str
    at: str

    @property
    def digest(self) -> str:
        """Digest all that it says."""
        return sha256(json.dumps(asdict(self), ensure_ascii=False, sort_keys=True).encode()).hexdigest()

    @property
    def code(self) -> str:
        """Give the code that stands on it, as on a receipt."""
        return short(self.digest)


@on_paper()
def file_name(notice: Notice) -> str:
    """Name its file, for whom it is and what about; nothing that a system forbids."""
    parts = (_("通知"), notice.to_name, notice.title)
    bare = ("".join(each for each in part if each not in _NOT_IN_NAMES)[:20] for part in parts)
    return "_".join((*bare, notice.digest[:8])) + ".xlsx"


@on_paper()
def write(notice: Notice, path: Path) -> None:
    """Write the notice to *path*; raises `Invalid` for signs that no workbook can hold, and `NoRoom`."""
    rows = [
        (_("发给"), notice.to_name),
        (_("发文单位"), notice.from_name),
        (_("内容"), notice.text),
        *([(_("办理期限"), notice.due_on)] if notice.due_on else []),
        (_("时间"), notice.at),
        (_("校验码"), notice.code),
    ]
    columns = (SheetColumn("what", _("项目"), 20, "text"), SheetColumn("value", _("内容"), 60, "text"))
    sheet = Sheet(_("通知"), notice.title, columns, rows, upright=True)
    about = {"format": NOTICE_FORMAT, "reader": NOTICE_READER, "program": __version__}
    told = {"kind": NOTICE, **about, **asdict(notice), "digest": notice.digest}
    write_workbook(path, [sheet], {SHEET: chunks(written(told))})


def is_notice(book: ReadBook) -> bool:
    """Tell whether a workbook of ours is a notice; raises what `manifest_of` raises."""
    return bool(manifest_of(book).get("kind") == NOTICE)


def notice_in(book: ReadBook) -> Notice:
    """Find the notice in a workbook, as it was written; raises `NotOurs`, `Damaged` or `FromNewerProgram`."""
    told = manifest_of(book)
    try:
        notice = Notice(**{name: told[name] for name in Notice.__dataclass_fields__})
        soundness.keys(notice.uid, notice.from_center, *filter(None, [notice.to_center]))
        soundness.lines(notice.from_name, notice.to_name, notice.title, notice.at)
        soundness.texts(notice.text, notice.due_on, notice.to_center)
        soundness.moment(notice.at)
        if notice.due_on:
            date.fromisoformat(notice.due_on)
        if told["digest"] != notice.digest or len(notice.text) > MOST_TEXT or not notice.title.strip():
            raise ValueError
        return notice
    except (KeyError, TypeError, ValueError) as error:
        raise Damaged(_("《{name}》的通知不完整，请上级重新发。").format(name=book.name)) from error
