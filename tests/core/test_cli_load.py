"""`load` of the command line: its keys and exit states are a contract; refusals are sentences."""

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from ojr_desk.cli import main
from ojr_desk.exchange.password import encrypt
from ojr_desk.register import REGISTERS
from tests.commands import Run, Told

KEYS = ["matched", "unknown", "rows", "accepted", "problems"]
HEADS = ("日期", "姓名", "电话", "事由", "类别", "办理情况", "天气")
GOOD = ("2026.3.8", "张三", "13805770001", "询问低保怎么申请", "低保", "已办结", "晴")
BAD = ("三月里", "李四", "13805770002", "门口路灯不亮了", "路灯", "已报供电所", "雨")


@pytest.fixture
def office(capsys: pytest.CaptureFixture[str], desk: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    """Call a command on an office of its own, answering in JSON."""
    folder = desk.office.folder
    desk.close()

    def call(*arguments: object, as_json: bool = True) -> Told:
        words = ["--data", folder, "--today", "2026-11-22", *arguments, *(["--json"] if as_json else [])]
        status = main([str(each) for each in words], {})
        told = capsys.readouterr()
        assert "Traceback" not in told.out + told.err
        return Told(status, told.out, told.err)

    yield call


@pytest.fixture
def book(tmp_path: Path) -> Callable[..., Path]:
    """Make an old book of one sheet."""

    def made(*rows: Sequence[object], heads: Sequence[str] = HEADS) -> Path:
        path = tmp_path / "来访.xlsx"
        with xlsxwriter.Workbook(path) as workbook:
            sheet = workbook.add_worksheet("来访")
            for number, row in enumerate((heads, *rows)):
                sheet.write_row(number, 0, row)
        return path

    return made


def written(path: Path, said: object) -> Path:
    path.write_text(json.dumps(said, ensure_ascii=False), encoding="utf-8")
    return path


def test_a_plan_answers_with_the_keys_of_the_contract_and_stores_nothing(office: Run, book: Any) -> None:
    told = office("load", "intake", book(GOOD, BAD), "--dry-run")
    assert told.status == 1, "some are refused"
    assert list(told.data) == KEYS
    assert told.data["matched"]["日期"] == "occurred_at"
    assert told.data["matched"]["电话"] == "person.phone"
    assert told.data["unknown"] == ["天气"]
    assert (told.data["rows"], told.data["accepted"]) == (2, 1)
    (problem,) = told.data["problems"]
    assert {**problem, "message": ""} == {
        "row": 3, "column": "occurred_at", "code": "day", "message": "", "sheet": "来访",
    }  # fmt: skip
    assert "“三月里”看不出是哪一天" in problem["message"]
    assert "可以补录 1 条，退回 1 行" in told.err
    assert office("find", "intake").data["total"] == 0


def test_what_is_accepted_is_stored_and_the_rest_is_handed_back(
    office: Run, book: Any, tmp_path: Path
) -> None:
    path = book(GOOD, BAD)
    told = office("load", "intake", path, "--rejects", tmp_path / "退回给小李.xlsx")
    assert (told.status, list(told.data)) == (1, KEYS)
    assert (told.data["rows"], told.data["accepted"], len(told.data["problems"])) == (2, 1, 1)
    assert str(tmp_path / "退回给小李.xlsx") in told.err
    assert (tmp_path / "退回给小李.xlsx").is_file()
    (record,) = office("find", "intake").data["records"]
    assert (record["record_no"], record["backfill_reason"]) == ("LF-202603-0001", "earlier")
    assert record["person"]["text"] == "张三"


def test_all_accepted_is_done_and_the_same_again_is_done_too(office: Run, book: Any, tmp_path: Path) -> None:
    path = book(GOOD)
    assert office("load", "intake", path).status == 0
    again = office("load", "intake", path)
    assert (again.status, again.data["rows"], again.data["accepted"]) == (0, 1, 0)
    assert "1 行以前已经录过" in again.err
    assert office("load", "intake", path, "--again").data["accepted"] == 1
    assert [each.name for each in tmp_path.glob("*.xlsx")] == ["来访.xlsx"]


def test_without_json_people_are_told_on_standard_output(office: Run, book: Any) -> None:
    told = office("load", "intake", book(GOOD, BAD), "--dry-run", as_json=False)
    assert told.err == ""
    assert "工作表“来访”：表头在第 1 行，2 行记录" in told.out
    assert "不认识的栏目，没有读：天气" in told.out
    assert "“来访”第 3 行：A列“日期”" in told.out


def test_defaults_mapping_words_and_year_come_from_files(office: Run, book: Any, tmp_path: Path) -> None:
    heads = ("什么时候", "谁", "要什么", "属于")
    path = book(
        ("3月8日", "张三", "问五保怎么办", "五保"), ("3月9日", "李四", "路灯不亮了", "路灯"), heads=heads
    )
    asked = [
        "--mapping",
        written(
            tmp_path / "m.json",
            {"什么时候": "occurred_at", "谁": "person", "要什么": "content", "属于": "matter_category"},
        ),
        "--words",
        written(tmp_path / "w.json", {"matter_category": {"五保": "民政·低保救助"}}),
        "--defaults",
        written(tmp_path / "d.json", {"reply_content": "（没有写）", "disposition": "当场答复"}),
        "--year",
        2025,
        "--reason",
        "paper",
    ]
    told = office("load", "intake", path, *asked)
    assert (told.status, told.data["problems"]) == (0, [])
    records = office("find", "intake").data["records"]
    assert [each["occurred_at"] for each in records] == ["2025-03-09T00:00:00", "2025-03-08T00:00:00"]
    assert records[1]["matter_category"] == "civil.relief"
    assert {each["backfill_reason"] for each in records} == {"paper"}


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("--defaults", '{"weather": "晴"}', "没有“weather”这一栏"),
        ("--defaults", "[]", "要的是一条记录"),
        ("--defaults", "{", "不是 JSON"),
        ("--mapping", '{"日期": "weather"}', "没有“weather”这一栏"),
        ("--mapping", '{"日期": 3}', "词和词的对应"),
        ("--words", '{"matter_category": ["低保"]}', "词和词的对应"),
    ],
)
def test_a_file_that_says_nothing_sensible_is_told(
    office: Run, book: Any, tmp_path: Path, name: str, content: str, message: str
) -> None:
    said = tmp_path / "said.json"
    said.write_text(content, encoding="utf-8")
    told = office("load", "intake", book(GOOD), name, said)
    assert told.status == 1
    assert message in told.err
    assert list(told.data) == ["problems"]


def test_a_book_without_a_table_is_refused_with_what_its_headings_might_be(office: Run, book: Any) -> None:
    told = office("load", "intake", book(("晴", "东南"), heads=("气象", "风向")))
    assert (told.status, list(told.data)) == (1, KEYS)
    assert told.data["unknown"] == ["气象", "风向"]
    assert [each["code"] for each in told.data["problems"]] == ["no_table"]


def test_what_is_no_workbook_is_refused_as_receive_refuses_it(office: Run, tmp_path: Path) -> None:
    for name, content in {
        "旧.xls": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le").ljust(600, b"\0"),
        "旧.et": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le").ljust(600, b"\0"),
        "旧.csv": "日期,姓名\n2026.3.8,张三\n".encode("gb18030"),
        "空.xlsx": b"",
    }.items():
        path = tmp_path / name
        path.write_bytes(content)
        told = office("load", "intake", path)
        assert told.status == 1, name
        assert "《" in told.err, name
    assert office("load", "intake", tmp_path / "没有.xlsx").status == 1


def test_a_password_is_taken_from_a_file(office: Run, book: Any, tmp_path: Path) -> None:
    path = book(GOOD)
    path.write_bytes(encrypt(path.read_bytes(), "secret"))
    assert "打开密码" in office("load", "intake", path).err
    (tmp_path / "p.txt").write_text("secret\n", encoding="utf-8")
    assert office("load", "intake", path, "--password-file", tmp_path / "p.txt").status == 0


@pytest.mark.parametrize("code", [code for code, register in REGISTERS.items() if register.through])
def test_what_is_made_by_an_act_alone_is_not_loaded(office: Run, book: Any, code: str) -> None:
    assert office("load", code, book(GOOD)).status == 1


@pytest.mark.parametrize(
    "arguments",
    [(), ("intake",), ("intake", "x.xlsx", "--year", "this"), ("intake", "x.xlsx", "--reason", "long ago")],
)
def test_wrong_usage_is_told_as_such(office: Run, arguments: tuple[str, ...]) -> None:
    with pytest.raises(SystemExit) as stopped:
        office("load", *arguments)
    assert stopped.value.code == 2
    assert sys.exc_info()[0] is None
