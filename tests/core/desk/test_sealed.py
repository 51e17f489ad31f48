"""Of 检举控告 the text is nowhere: not in a byte of any file, whichever way it was typed."""

from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from ojr_desk import text
from ojr_desk.desk import Desk
from ojr_desk.moments import Month
from ojr_desk.problems import Invalid, Refused
from ojr_desk.register import Audience
from ojr_desk.store import history
from ojr_desk.store.query import Query
from tests.office import add, run_sql, visit

#: What nobody may find, in every column that could hold it.
SECRET = "王主任收了五万元"
NAME = "举报人张三丰"
PHONE = "13905779876"
WAYS = {
    "its code": "accusation",
    "its label": "检举控告",
    "with blanks": " 检举控告 ",
    "full width": "ａｃｃｕｓａｔｉｏｎ",
    "with a mark that nobody sees": "检举\u200b控告",
    "with a mark of direction": "\u200e检举控告",
}


def accusation(**more: object) -> dict[str, object]:
    return {
        "matter_nature": "检举控告",
        "content": f"{SECRET}，请查",
        "person": {"full_name": NAME, "phone": PHONE},
        "reply_content": f"{SECRET}已转",
        "remark": SECRET,
        "org_name": SECRET,
        "caller_number": PHONE,
        "transferred_to": SECRET,
        "matter_category": "干部作风",
    } | more


def traces(desk: Desk) -> list[str]:
    """Name the files that hold any of it, while the office is open and after it was closed."""
    found = _traces(desk.office.folder)
    desk.office.database.sweep()
    found += _traces(desk.office.folder)
    desk.close()
    return found + _traces(desk.office.folder)


def _traces(folder: Path) -> list[str]:
    return [
        f"{path.name}: {secret}"
        for path in folder.rglob("*")
        if path.is_file()
        for secret in (SECRET, NAME, PHONE)
        for told in (secret.encode(), secret.encode("utf-16-le"), ascii(secret)[1:-1].encode())
        if told in path.read_bytes()
    ]


@pytest.mark.parametrize("nature", WAYS.values(), ids=WAYS)
def test_nothing_of_it_is_kept_whichever_way_it_was_typed(desk: Desk, nature: str) -> None:
    record = add(desk, "intake", accusation(matter_nature=nature))
    assert (record.confidentiality, record.content, record.person, record.remark) == (
        "sealed",
        None,
        None,
        None,
    )
    assert record.record_no == "LF-202611-0001"
    assert desk.registers.find("person", Query()).total == 0
    assert traces(desk) == []


def test_nothing_of_it_is_kept_in_another_language(desk: Desk, tmp_path: Path) -> None:
    words = Catalog(locale="en")
    words.add("检举控告", "Accusation")
    compiled = tmp_path / "en" / "LC_MESSAGES" / "ojr_desk.mo"
    compiled.parent.mkdir(parents=True)
    with compiled.open("wb") as file:
        write_mo(file, words)
    text.use("en", tmp_path)
    try:
        record = add(desk, "intake", accusation(matter_nature="Accusation"))
    finally:
        text.use(text.SOURCE_LANGUAGE, tmp_path)
    assert record.confidentiality == "sealed"
    assert traces(desk) == []


def test_nothing_of_it_is_kept_of_a_refused_entry(desk: Desk) -> None:
    with pytest.raises(Invalid) as refused:
        desk.registers.add("intake", [accusation(occurred_at="2099-01-01 08:00"), visit(content="")])
    assert SECRET not in str(refused.value)
    assert traces(desk) == []


def test_the_rest_of_a_batch_is_kept(desk: Desk) -> None:
    added = desk.registers.add("intake", [visit(), accusation(), visit(person="林大山")])
    assert [each.record.record_no for each in added] == [f"LF-202611-000{n}" for n in (1, 2, 3)]
    assert traces(desk) == []


def test_what_turns_out_to_be_one_is_erased(desk: Desk) -> None:
    record = add(
        desk,
        "intake",
        accusation(
            matter_nature="投诉", matter_category="民政·低保救助", person="陈阿英", reply_content="已收到"
        ),
    )
    assert desk.registers.find("intake", Query((SECRET,))).total == 1
    sealed = desk.registers.edit("intake", record.uid, {"matter_nature": "检举控告"})
    assert (sealed.confidentiality, sealed.content, sealed.person) == ("sealed", None, None)
    assert desk.registers.find("intake", Query((SECRET,))).total == 0
    with desk.office.reading() as session:
        chain = history.verify(session)
    assert (chain.broken_at, chain.erased) == (None, 4), "the person was registered for it alone"
    assert [(change.op, change.was, change.now) for change in desk.registers.story(record.uid)] == [
        ("insert", None, None),
        ("update", None, None),
    ]
    assert traces(desk) == []


def test_what_is_sealed_is_not_opened_by_an_edit(desk: Desk) -> None:
    record = add(desk, "intake", accusation())
    with pytest.raises(Refused, match="作废后重新登记"):
        desk.registers.edit("intake", record.uid, {"matter_nature": "投诉", "content": SECRET})
    kept = desk.registers.edit("intake", record.uid, {"content": SECRET, "channel": "走访发现"})
    assert (kept.channel, kept.content) == ("round", None)
    desk.registers.void("intake", record.uid, "重复登记")
    assert traces(desk) == []


def test_what_has_a_case_is_not_sealed_any_more(desk: Desk) -> None:
    row = visit(disposition="受理转办理单", matter_nature="投诉")
    record = add(desk, "intake", row)
    with pytest.raises(Refused, match="请作废，另外登记一条"):
        desk.registers.edit("intake", record.uid, {"matter_nature": "检举控告"})


def test_a_closed_month_is_opened_before_one_is_sealed(desk: Desk) -> None:
    record = add(desk, "intake", visit(matter_nature="投诉", occurred_at="2026-10-12 08:30"))
    desk.months.close(Month(2026, 10))
    with pytest.raises(Refused, match="先重新打开"):
        desk.months.correct("intake", record.uid, {"matter_nature": "检举控告"}, "性质改为检举控告")


def test_nobody_types_the_seal(desk: Desk) -> None:
    for word in ("密封", "sealed"):
        with pytest.raises(Invalid) as refused:
            add(desk, "intake", visit(confidentiality=word))
        assert [(p.column, p.code) for p in refused.value.problems] == [("confidentiality", "unknown_choice")]


def test_its_book_says_that_there_was_one_and_no_more(desk: Desk) -> None:
    add(desk, "intake", accusation(occurred_at="2026-10-12 08:30"))
    ledger = desk.books.ledger("visit", Month(2026, 10))
    assert len(ledger.rows) == 1
    assert "另册管理" in ledger.rows[0]
    assert ledger.totals["count"] == 1


def test_a_pack_counts_it_and_leaves_it_at_home(desk: Desk, superior: Desk, tmp_path: Path) -> None:
    add(desk, "intake", accusation(occurred_at="2026-10-12 08:30"))
    desk.months.close(Month(2026, 10))
    sent = desk.outbox.send(Month(2026, 10), tmp_path / "stick")
    assert sent.pack.sealed == 1
    superior.inbox.receive([tmp_path / "stick"])
    assert superior.registers.find("intake", Query()).total == 0


def test_it_cannot_be_attached_to(desk: Desk, tmp_path: Path) -> None:
    record = add(desk, "intake", accusation())
    paper = tmp_path / "letter.pdf"
    paper.write_bytes(b"%PDF-1.7 letter")
    with pytest.raises(Refused, match="密封"):
        desk.attachments.add("intake", record.uid, paper)


def test_the_index_holds_nothing_of_it(desk: Desk) -> None:
    record = add(desk, "intake", accusation(matter_nature="投诉", person="陈阿英", reply_content="已收到"))
    desk.registers.edit("intake", record.uid, {"matter_nature": "检举控告"})
    blocks = b"".join(row[0] for row in run_sql(desk, "SELECT block FROM search_data"))
    assert SECRET[:2].encode() not in blocks


def test_the_superiors_paper_tells_how_many_are_kept_back_and_no_more(desk: Desk, tmp_path: Path) -> None:
    add(desk, "intake", visit(occurred_at="2026-10-12 08:30"))
    add(desk, "intake", accusation(occurred_at="2026-10-12 09:30"))
    month = Month(2026, 10)
    desk.months.close(month)
    kept = desk.books.ledger("visit", month)
    told = desk.books.ledger("visit", month, Audience.SUPERIOR)
    assert (len(kept.rows), kept.totals["count"]) == (2, 2)
    assert (len(told.rows), told.totals["count"]) == (1, 1)
    assert "另册密封 1 件，不在本表" in told.closing
    sent = desk.outbox.send(month, tmp_path / "stick")
    assert (sent.pack.counts["intake"], sent.pack.sealed) == (1, 1)


def test_what_is_about_a_cadre_is_sealed_whatever_its_nature(desk: Desk) -> None:
    for category in ("conduct", "干部作风", " 干部作风\u200b"):
        row = visit(matter_category=category, matter_nature="complaint", content="SECRET经过")
        stored = add(desk, "intake", row)
        assert (stored.confidentiality, stored.matter_nature) == ("sealed", "complaint")
        assert not (stored.content or stored.person or stored.reply_content or stored.case)
    assert desk.registers.find("intake", Query(("SECRET",))).total == 0
    opened = add(desk, "intake", visit())
    assert (
        desk.registers.edit("intake", opened.uid, {"matter_category": "conduct"}).confidentiality == "sealed"
    )
