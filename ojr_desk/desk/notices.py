"""通知: what a superior has to say to its villages, written here or taken in, and whether somebody has opened it."""

import re
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import insert, select, update
from sqlmodel import Session

from ojr_desk.backup.disk import make_folder
from ojr_desk.desk.office import Office
from ojr_desk.desk.outbox import Outbox
from ojr_desk.exchange import notice as files
from ojr_desk.exchange.notice import MOST_TEXT, MOST_TITLE
from ojr_desk.moments import show_moment
from ojr_desk.problems import NotOurs, Refused
from ojr_desk.register import REGISTERS
from ojr_desk.registers.center import LEVELS
from ojr_desk.store import records
from ojr_desk.store.schema import NOTICE_IN
from ojr_desk.store.uid import uid as new_uid
from ojr_desk.text import N_, _, labelled, listed, on_paper

#: Control characters but the ends of lines, and halves of a sign.
_UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
#: How a notice is called among what was received.
RECEIVED = N_("通知，收下")


@dataclass(frozen=True)
class Notice:
    """What the superior had to say: from whom, until when, and when somebody here opened it first."""

    uid: str
    sender: str
    title: str
    text: str
    due_on: date | None
    written_at: datetime
    at: datetime
    opened_at: datetime | None = None

    @property
    def words(self) -> str:
        """Say in a line that it is there, in the language in use."""
        told = _("{sender}通知：{title}").format(sender=self.sender, title=self.title)
        due = _("{day}前办好").format(day=self.due_on) if self.due_on else ""
        return listed((told, due), N_("　"))


@dataclass(frozen=True)
class Written:
    """A notice that was written for the villages: its key and its files, one for all or one for each."""

    uid: str
    files: tuple[Path, ...]


@dataclass(frozen=True)
class Draft:
    """What is to be said, and until when it is to be done."""

    title: str
    text: str
    due_on: date | None = None


class Notices:
    """The notices of this office's superior, and of this office to its villages."""

    def __init__(self, office: Office, outbox: Outbox) -> None:
        self._office = office
        self._outbox = outbox

    def write(self, draft: Draft, centers: Sequence[str], folder: Path) -> Written:
        """Write a notice into *folder*: a file for each of *centers*, or one that every village takes in.

        Raises `Refused` for an office without villages, for what is empty, too long or due already.
        """
        order = list(LEVELS)
        if order.index(self._office.level) >= order.index("village"):
            raise Refused(_("只有上级中心能写通知，发给下面的村社区。"))
        self._refuse(draft)
        made = []
        with self._office.reading() as session, on_paper():
            addressees = dict.fromkeys(self._addressee(session, word) for word in centers)
            sender = self._office.own(session).official_name
            key, at = new_uid(), show_moment(self._office.now())
            due = draft.due_on.isoformat() if draft.due_on else ""
            title, text = " ".join(draft.title.split()), draft.text.strip()
            for center, name in addressees or [("", _("各村社区"))]:
                whose = (self._office.center, sender, center, name)
                made.append(files.Notice(key, *whose, title, text, due, at))
        make_folder(folder)
        with ExitStack() as unless_all:
            paths = [folder / files.file_name(each) for each in made]
            for each, path in zip(made, paths, strict=True):
                files.write(each, path)
                # Half of the villages with a notice that is then written anew would have it twice.
                unless_all.callback(path.unlink)
            unless_all.pop_all()
        return Written(key, tuple(path.resolve() for path in paths))

    def addressees(self) -> list[tuple[str, str]]:
        """List whom a notice may be for by name: the centres that reported here, with their keys."""
        model: Any = REGISTERS["center"].model
        others = select(model.uid, model.official_name).where(
            model.center != self._office.center, model.record_status != "void"
        )
        with self._office.reading() as session:
            rows = session.execute(others.order_by(model.division_code, model.official_name))
            return [(row.uid, row.official_name or "") for row in rows]

    def all(self, limit: int = 200) -> tuple[Notice, ...]:
        """List what came from the superior, the newest first."""
        with self._office.reading() as session:
            return tuple(_noted(row) for row in session.execute(_NEWEST.limit(limit)))

    def unread(self) -> tuple[Notice, ...]:
        """List what nobody has opened yet, the newest first."""
        with self._office.reading() as session:
            return unread(session)

    def read(self, uids: Iterable[str]) -> None:
        """Note that somebody has opened some notices; who opened one first counts. Raises `Refused`."""
        wanted = list(dict.fromkeys(uids))
        if not wanted:
            return
        with self._office.writing("read notices") as session:
            for uid in wanted:
                row = session.execute(select(NOTICE_IN.c.opened_at).where(NOTICE_IN.c.uid == uid)).first()
                if row is None:
                    raise Refused(_("没有“{uid}”这份通知。").format(uid=uid[:40]))
                if row.opened_at is None:
                    opened = {"opened_at": self._office.now(), "opened_by": self._office.user}
                    session.execute(update(NOTICE_IN).where(NOTICE_IN.c.uid == uid).values(**opened))

    def _refuse(self, draft: Draft) -> None:
        title, text = draft.title.strip(), draft.text.strip()
        if not title:
            raise Refused(_("请写上通知的标题。"))
        if not text:
            raise Refused(_("请写上通知的内容。"))
        if len(title) > MOST_TITLE:
            raise Refused(
                _("标题最多 {most} 个字，现在是 {count} 个。").format(most=MOST_TITLE, count=len(title))
            )
        if len(text) > MOST_TEXT:
            raise Refused(
                _("内容最多 {most} 个字，现在是 {count} 个。").format(most=MOST_TEXT, count=len(text))
            )
        if _UNWRITABLE.search(title + text):
            raise Refused(_("标题或内容里有写不出来的符号，多半是从别处粘贴来的，请删去重打。"))
        if draft.due_on is not None and draft.due_on < self._office.today():
            raise Refused(_("办理期限 {day} 已经过了，请改一个日子。").format(day=draft.due_on))

    def _addressee(self, session: Session, word: str) -> tuple[str, str]:
        uid = self._outbox.center_named(session, word)
        return uid, records.get(session, REGISTERS["center"], uid).official_name


_NEWEST = select(NOTICE_IN).order_by(NOTICE_IN.c.at.desc(), NOTICE_IN.c.uid.desc())


def unread(session: Session) -> tuple[Notice, ...]:
    """Read what nobody has opened yet, the newest first."""
    return tuple(_noted(row) for row in session.execute(_NEWEST.where(NOTICE_IN.c.opened_at.is_(None))))


def take_notice(
    office: Office, notice: files.Notice, name: str, dry_run: bool
) -> tuple[str, tuple[str, ...]]:
    """Keep what the superior has to say in the file *name*, once; raises `NotOurs`.

    Tells whether it is a `notice` that is new here or the `same` again, and what it says.
    """
    if notice.to_center not in ("", office.center):
        told = _("《{name}》是发给{center}的通知，不是本中心的。")
        raise NotOurs(told.format(name=name, center=notice.to_name))
    due = labelled(_("办理期限"), notice.due_on) if notice.due_on else ""
    notes = tuple(filter(None, (labelled(_("通知"), notice.title), notice.text, due)))
    there = select(NOTICE_IN.c.uid).where(NOTICE_IN.c.uid == notice.uid)
    with office.reading() as session:
        if session.execute(there).first() is not None:
            return "same", notes
    if not dry_run:
        with office.writing("receive notice") as session:
            if session.execute(there).first() is None:
                session.execute(insert(NOTICE_IN).values(**_row(office, notice, name)))
    return "notice", notes


def _row(office: Office, notice: files.Notice, name: str) -> dict[str, Any]:
    return {
        "uid": notice.uid,
        "from_center": notice.from_center,
        "from_name": notice.from_name,
        "title": notice.title,
        "text": notice.text,
        "due_on": date.fromisoformat(notice.due_on) if notice.due_on else None,
        "written_at": datetime.fromisoformat(notice.at),
        "at": office.now(),
        "by": office.user,
        "file": name,
    }


def _noted(row: Any) -> Notice:
    facts = (row.uid, row.from_name, row.title, row.text, row.due_on, row.written_at, row.at, row.opened_at)
    return Notice(*facts)
