"""Whatever language the window speaks, what is kept and what leaves the office is Chinese."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from ojr_desk import text
from ojr_desk.desk import Desk
from ojr_desk.moments import Month
from tests.office import add, visit

WORDS = {
    "登记后撤销": "Taken back",
    "咨询": "Question",
    "求助": "Call for help",
    "民政·低保救助": "Relief",
    "{matter}（{nature}）": "{matter} ({nature})",
    "回执": "Receipt",
    "月报": "report",
}


@pytest.fixture
def english(tmp_path: Path) -> Iterator[None]:
    catalogue = Catalog()
    for word, told in WORDS.items():
        catalogue.add(word, told)
    path = tmp_path / "en" / "LC_MESSAGES" / f"{text.DOMAIN}.mo"
    path.parent.mkdir(parents=True)
    with path.open("wb") as file:
        write_mo(file, catalogue)
    text.use("en", tmp_path)
    yield
    text.use(text.SOURCE_LANGUAGE, tmp_path)


def test_the_title_of_a_case_is_kept_in_chinese(desk: Desk, english: None) -> None:
    record = add(desk, "intake", visit(matter_nature="Question", disposition="accepted"))
    case = desk.registers.get("case", record.case)
    assert case.title == "民政·低保救助"


def test_what_was_corrected_is_kept_in_chinese(desk: Desk, english: None) -> None:
    record = add(desk, "intake", visit(matter_nature="咨询", occurred_at="2026-10-12 08:30"))
    desk.months.close(Month(2026, 10))
    (correction,) = desk.months.correct("intake", record.uid, {"matter_nature": "Call for help"}, "听错了")
    assert (correction.was, correction.becomes) == ("咨询", "求助")


def test_why_a_record_is_void_after_undoing_is_kept_in_chinese(desk: Desk, english: None) -> None:
    record = add(desk, "intake", visit())
    offer = desk.undo.last()
    assert offer is not None
    desk.undo.take_back(offer.deed)
    assert desk.registers.get("intake", record.uid).void_reason == "登记后撤销"


def test_packs_and_receipts_have_chinese_names(
    desk: Desk, superior: Desk, english: None, tmp_path: Path
) -> None:
    add(desk, "intake", visit(occurred_at="2026-10-12 08:30"))
    desk.months.close(Month(2026, 10))
    stick = tmp_path / "stick"
    desk.outbox.send(Month(2026, 10), stick)
    (received,) = superior.inbox.receive([stick], tmp_path / "receipts")
    assert received.receipt is not None
    names = [*(path.name for path in stick.iterdir()), received.receipt.name]
    assert len(names) == 3
    assert all("_月报_" in name for name in names)
    assert received.receipt.name.endswith("_回执.xlsx")
