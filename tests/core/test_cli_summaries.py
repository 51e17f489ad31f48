"""The commands of a month of all villages: what they answer is a contract."""

from pathlib import Path

import openpyxl
import pytest

from tests.commands import Run, copy, on


@pytest.fixture
def town(run: Run, superior_template: Path, tmp_path: Path) -> Run:
    """Call a command on a superior's office that lists two villages."""
    told = on(run, copy(superior_template, tmp_path / "town"))
    rows = [{"unit_name": name, "reports_from": "2026-10"} for name in ("前岸村", "后岸村")]
    told("add", "unit", typed=rows)
    return told


def report(path: Path, title: str) -> Path:
    """Write a table of totals with the headings of a village's own."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in ([title], ["来访", "受理诉求", "跑腿"], [12, "5件", 3]):
        sheet.append(row)
    book.save(path)
    return path


def test_a_hand_made_file_is_asked_about_taken_in_and_told(town: Run, tmp_path: Path) -> None:
    file = report(tmp_path / "a.xlsx", "前岸村2026年10月")
    asked = town("receive", file)
    assert asked.status == 1
    assert asked.data[0]["decision"] == "unconfirmed"
    told = town("manual", file, "--column", "跑腿=")
    assert (told.status, told.data["decision"], told.data["center"]) == (0, "manual", "前岸村")
    assert told.data["numbers"] == {"n_visit": 12, "accepted": 5}
    assert told.data["columns"] == {"来访": "n_visit", "受理诉求": "accepted", "跑腿": ""}
    board = {each["center"]: each for each in town("board", "2026-10").data}
    assert (board["前岸村"]["state"], board["前岸村"]["manual"]) == ("manual", True)
    assert (board["后岸村"]["state"], board["后岸村"]["manual"]) == ("missing", False)
    assert town("receive", report(tmp_path / "b.xlsx", "后岸村2026年10月")).status == 0


def test_the_summary_tells_centers_and_totals(town: Run, tmp_path: Path) -> None:
    called = town("phone", "前岸村", "2026-10", "n_visit=12", "n_call=3", "--teller", "陈支书")
    assert called.data["numbers"] == {"n_visit": 12, "n_call": 3}
    out = tmp_path / "汇总.xlsx"
    told = town("summary", "2026-10", "--out", out).data
    assert told["totals"]["n_visit"] == 12
    assert told["totals"]["closed"] is None
    centers = {each["center"]: each for each in told["centers"]}
    assert centers["前岸村"]["manual"] is True
    assert centers["前岸村"]["figures"]["n_call"] == 3
    assert set(centers["后岸村"]["figures"].values()) == {None}
    assert (told["missing"], told["manual"], told["due"]) == (["后岸村"], 1, 2)
    assert out.is_file()
    assert Path(told["file"]) == out.resolve()


def test_hand_made_reports_are_listed_and_declared_void(town: Run) -> None:
    town("phone", "前岸村", "2026-10", "n_visit=12", "--teller", "陈支书")
    listed = town("manuals", "2026-10").data
    assert [(each["id"], each["center"], each["way"], each["teller"]) for each in listed] == [
        (1, "前岸村", "telephone", "陈支书")
    ]
    assert town("manuals", "2026-10", "--void", 1).status == 1
    assert town("manuals", "2026-10", "--void", 1, "--reason", "报错").data[0]["void_reason"] == "报错"
    assert town("summary", "2026-10").data["totals"]["n_visit"] is None


def test_the_blank_form_is_written(town: Run, office: Run, tmp_path: Path) -> None:
    told = town("template", "2026-10", "--out", tmp_path / "空白.xlsx")
    assert Path(told.data["file"]).is_file()
    assert office("template", "2026-10", "--out", tmp_path / "没有.xlsx").status == 1
