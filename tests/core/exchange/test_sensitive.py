"""What is sensitive is counted and told in full packs only, with all that hangs on it."""

import json
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from ojr_desk.desk import Desk, rehearsed
from ojr_desk.exchange import pack as packs
from ojr_desk.moments import Month
from ojr_desk.store.query import Query
from tests.office import add, visit

OCTOBER, DECEMBER = Month(2026, 10), Month(2026, 12)
PASSWORD = "瓯江红2026"
SECRETS = ("患精神分裂症", "送医以后好转", "更正成了幻听")


@pytest.fixture
def year(desk: Desk) -> Any:
    """A village at the year's end, with a sensitive visit that became a case, its steps and a correction."""
    desk.close()
    opened = Desk.open(desk.office.folder, rehearsed(DECEMBER.last))
    add(opened, "staff", {"full_name": "叶建国", "mobile": "13805770001"}, {"full_name": "林小妹"})
    more = {"occurred_at": "2026-10-12 08:30", "received_by": "叶建国", "disposition": "受理转办理单"}
    secret = {"content": "患精神分裂症来问报销", "confidentiality": "敏感"}
    record = add(opened, "intake", visit(occurred_at="2026-10-11 09:00"), visit(**more, **secret))
    opened.months.close(OCTOBER)
    step = {"text": "送医以后好转", "occurred_at": "2026-12-02 09:00", "by": "叶建国"}
    opened.cases.act("case", record.case, "take_up", step)
    opened.months.correct("intake", record.uid, {"content": "更正成了幻听来问"}, "记错")
    opened.months.close(DECEMBER)
    yield opened
    opened.close()


def text_of(path: Path) -> str:
    with pypdfium2.PdfDocument(path) as document:
        return "".join(page.get_textpage().get_text_range() for page in document)


@pytest.mark.parametrize("month", [OCTOBER, DECEMBER], ids=str)
def test_it_is_in_no_pack_and_no_paper_for_the_superior(year: Desk, tmp_path: Path, month: Month) -> None:
    sent = year.outbox.send(month, tmp_path)
    told = json.dumps([each.rows for each in packs.read(sent.files[0]).pack.sheaves], ensure_ascii=False)
    paper = text_of(sent.files[1])
    assert not [word for word in SECRETS if word in told or word in paper]
    # The visit and its case in October, the case that goes on in December.
    assert (sent.pack.sealed, sent.pack.sensitive) == (0, 2 if month == OCTOBER else 1)
    assert "敏感" in paper


def test_the_full_pack_tells_it_and_the_next_month_pack_does_not_take_it_back(
    year: Desk, superior: Desk, tmp_path: Path
) -> None:
    for month in (OCTOBER, DECEMBER):
        full = year.outbox.send(month, tmp_path / "full", PASSWORD).files[0]
        (received,) = superior.inbox.receive([full], password=PASSWORD)
        assert (received.decision, received.problems) == ("new", ())
    assert superior.registers.find("intake", Query((SECRETS[0],))).total == 1
    for month in (OCTOBER, DECEMBER):
        (received,) = superior.inbox.receive([year.outbox.send(month, tmp_path / "plain").files[0]])
        assert (received.decision, received.withdrawn) == ("new", 0)
    assert superior.registers.find("intake", Query((SECRETS[0],))).total == 1


def test_a_full_pack_tells_only_of_staff_whom_the_month_names(year: Desk, tmp_path: Path) -> None:
    full = year.outbox.send(OCTOBER, tmp_path / "full", PASSWORD).pack
    (staff,) = (each for each in full.sheaves if each.register == "staff")
    assert [row["full_name"] for row in staff.rows] == ["叶建国"]
    plain = year.outbox.send(OCTOBER, tmp_path / "plain").pack
    (everybody,) = (each for each in plain.sheaves if each.register == "staff")
    assert len(everybody.rows) == 2
