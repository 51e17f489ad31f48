"""The consolidated table: every unit's numbers side by side, and what they come to together."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from pypdf import PdfReader

from ojr_desk.desk import Desk, NewOffice, rehearsed
from ojr_desk.figures import INDICATORS, Sum
from ojr_desk.moments import Month
from ojr_desk.problems import Refused
from tests.office import add, copied, create, visit

OCTOBER = Month(2026, 10)
VILLAGES = {"龙川村": 3, "前岸村": 1}


@pytest.fixture(scope="module")
def packs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """October of two villages."""
    folder = tmp_path_factory.mktemp("packs")
    found = {}
    for name, count in VILLAGES.items():
        desk = Desk.open(create(folder / name, NewOffice(name, "village")), rehearsed(date(2026, 11, 3)))
        for at in range(count):
            add(desk, "intake", visit(occurred_at=f"2026-10-{12 + at} 08:30", headcount=2))
        desk.months.close(OCTOBER)
        found[name] = desk.outbox.send(OCTOBER, folder / "stick").files[0]
        desk.close()
    return found


@pytest.fixture
def town(superior_template: Path, tmp_path: Path) -> Desk:
    """A superior who lists four villages."""
    desk = copied(superior_template, tmp_path / "town", rehearsed(date(2026, 11, 4)))
    names = (*VILLAGES, "后岸村", "西山村")
    add(desk, "unit", *({"unit_name": name, "reports_from": "2026-10"} for name in names))
    return desk


def test_the_sums_are_those_of_the_villages_and_who_is_missing_is_blank(
    town: Desk, packs: dict[str, Path]
) -> None:
    assert all(each.fine for each in town.inbox.receive([*packs.values()]))
    town.handmade.told_by_telephone("后岸村", OCTOBER, {"n_visit": "10", "closed": "1"}, "陈")
    made = town.summaries.of(OCTOBER)
    lines = {each.standing.unit.name: each for each in made.lines}
    for name, count in VILLAGES.items():
        assert lines[name].figures["n_visit"].value == count
        assert lines[name].figures["visit_heads"].value == 2 * count
    assert lines["西山村"].figures == {}
    assert made.totals["n_visit"].value == 14
    assert [each.standing.unit.name for each in made.missing] == ["西山村"]
    assert [each.standing.unit.name for each in made.by_hand] == ["后岸村"]
    assert lines["后岸村"].name == "后岸村*"
    for each in made.indicators:
        if isinstance(each, Sum):
            known = [line.figures[each.code].part for line in made.lines if each.code in line.figures]
            assert sum(known) == (made.totals[each.code].part if each.code in made.totals else 0)


def test_a_ratio_is_made_of_the_sums_of_those_who_told_both_parts(town: Desk) -> None:
    tell = town.handmade.told_by_telephone
    tell("龙川村", OCTOBER, {"carry_in": "0", "accepted": "90", "closed": "9"}, "陈")
    tell("前岸村", OCTOBER, {"carry_in": "5", "accepted": "5", "closed": "10"}, "陈")
    tell("后岸村", OCTOBER, {"closed": "50"}, "陈")
    made = town.summaries.of(OCTOBER)
    assert made.totals["closed"].value == 69
    assert made.totals["close_rate"].value == Decimal("19.0"), "neither averaged, nor with half a village"
    assert (made.totals["close_rate"].part, made.totals["close_rate"].whole) == (19, 100)


def test_a_report_nobody_expected_stands_there_too(superior: Desk, packs: dict[str, Path]) -> None:
    superior.office.clock = rehearsed(date(2026, 11, 4))
    superior.inbox.receive([packs["龙川村"]])
    assert [each.standing.unit.name for each in superior.summaries.of(OCTOBER).lines] == ["龙川村"]


def test_workbook_and_paper_say_the_same(town: Desk, packs: dict[str, Path], tmp_path: Path) -> None:
    town.inbox.receive([*packs.values()])
    town.handmade.told_by_telephone("后岸村", OCTOBER, {"n_visit": "10"}, "陈支书")
    town.summaries.write(OCTOBER, tmp_path / "汇总.xlsx")
    book = openpyxl.load_workbook(tmp_path / "汇总.xlsx")
    sheet = book["汇总表"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    heads = next(row for row in rows if row[0] == "序号")
    at = heads.index("来访件数（件）")
    told = {row[1]: row[at] for row in rows if row[1]}
    assert (told["龙川村"], told["前岸村"], told["后岸村*"], told["西山村"], told["合计"]) == (
        3,
        1,
        10,
        None,
        14,
    )
    grounds = [[cell.value for cell in row] for row in book["汇总依据"].iter_rows()]
    pack = next(row for row in grounds if row[0] == "龙川村")
    assert pack[2] == packs["龙川村"].name
    assert (pack[3], bool(pack[4])) == (1, True)
    assert any(row[0] == "后岸村" and "陈支书" in row for row in grounds)
    town.summaries.write(OCTOBER, tmp_path / "汇总.pdf")
    paper = "".join(page.extract_text() for page in PdfReader(tmp_path / "汇总.pdf").pages)
    assert "西山村" in paper
    assert "后岸村*" in paper
    for each in town.summaries.of(OCTOBER).indicators:
        assert INDICATORS[each.code].title[:3] in paper.replace("\n", "")


def test_what_is_neither_a_workbook_nor_paper_is_refused(town: Desk, tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"汇总\.csv"):
        town.summaries.write(OCTOBER, tmp_path / "汇总.csv")
    assert not (tmp_path / "汇总.csv").exists()
