"""The main job from beginning to end on an invented office, for whoever has no screen or wants to see it run.

Fill an office, close the month, print its books, write the pack, have a superior take it in, take the
receipt back, and picture every page.
"""

import os
from datetime import date
from pathlib import Path
from tempfile import mkdtemp

from ojr_desk.demo import invent
from ojr_desk.desk import Desk, NewOffice, rehearsed
from ojr_desk.moments import Month
from ojr_desk.problems import Refused
from ojr_desk.text import _
from ui.screens import save_screens

#: How many whole months the office has behind it.
_MONTHS = 2


def run(folder: Path | None) -> dict[str, str]:
    """Do the job below *folder*, or in a new temporary one that stays; answer where each thing is."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    place = folder or Path(mkdtemp(prefix="ojr-desk-"))
    if folder is not None and folder.exists() and any(folder.iterdir()):
        raise Refused(_("{folder} 里已经有东西了，请换一个空的文件夹。").format(folder=folder))
    today = date.today()
    month = Month.of(today).previous()
    made: dict[str, Path] = {}
    invent(place / "village", _MONTHS, 0, 1, today)
    made[_("村资料文件夹")] = place / "village"
    village = Desk.open(place / "village", rehearsed(today))
    village.months.close(month)
    for _register, book in village.books.all():
        path = place / f"{book.code}-{month}.pdf"
        village.books.print(book.code, month, path)
        made[_(book.title)] = path
    sent = village.exchange.send(month, place / "stick")
    made[_("上报的工作簿")], made[_("上报的纸本")] = sent.files
    with village.office.reading() as session:
        name = village.office.own(session).superior_name
    superior = Desk.create(place / "superior", NewOffice(name, "township"), rehearsed(today))
    (received,) = superior.exchange.receive([place / "stick"], out=place / "receipts")
    assert received.taken, received.problems
    assert received.receipt is not None
    made[_("上级资料文件夹")], made[_("回执")] = place / "superior", received.receipt
    (answered,) = village.exchange.receive([received.receipt])
    assert answered.taken, answered.problems
    superior.close()
    village.close()
    pictures = save_screens(place / "village", rehearsed(today), place / "screens")
    made |= {_("界面 {page}").format(page=key): path for key, path in pictures.items()}
    return {what: str(path.resolve()) for what, path in made.items()}
