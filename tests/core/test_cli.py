"""The command line is a contract: names, keys and exit states; refusals are sentences, never tracebacks."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from ojr_desk.register import REGISTERS
from ojr_desk.store.lockfile import WINDOW, hold
from tests.commands import TODAY, Run, added, copy, on
from tests.office import visit

OCTOBER = "2026-10-12 08:30"


def test_init_makes_an_office(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "new"
    facts = ("--name", "龙川村", "--level", "village", "--code", "330302104203", "--superior", "临江街道")
    told = run("--data", folder, "init", *facts, "--json")
    assert told.status == 0
    assert told.data == {
        "office": {
            "uid": told.data["office"]["uid"],
            "name": "瓯江红龙川村党群服务中心",
            "short_name": "龙川村",
            "level": "village",
            "code": "330302104203",
            "superior": "临江街道",
            "folder": str(folder),
        }
    }
    again = run("--data", folder, "init", *facts, "--json")
    assert (again.status, again.problems) == (1, [(None, None, "refused")])


def test_without_an_office_everything_is_refused_with_that_sentence(run: Run, tmp_path: Path) -> None:
    book = tmp_path / "x.xlsx"
    book.write_bytes(b"x")
    for arguments in (
        ("registers",),
        ("add", "intake"),
        ("find", "intake"),
        ("receive", book),
        ("print", "visit", "--month", "2026-10", "--out", tmp_path / "x.pdf"),
        ("close", "2026-10"),
        ("send", "2026-10", "--out", tmp_path),
        ("backup",),
        ("check",),
    ):
        told = run("--data", tmp_path / "empty", *arguments, "--json", typed=[])
        assert told.status == 1, arguments
        assert "还没有中心资料" in told.err, arguments
        assert [each["code"] for each in told.data["problems"]] == ["nooffice"]


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("dance",),
        ("init", "--name", "x"),
        ("init", "--name", "x", "--level", "planet"),
        ("find", "intake", "--month", "2026-13"),
        ("find", "intake", "--limit", "many"),
        ("close",),
        ("close", "October"),
        ("--today", "22.11.2026", "registers"),
        ("--lang", "fr", "registers"),
        ("answer", "330302104203", "2026-10", "--out", "x"),
        ("answer", "330302104203", "2026-10", "--accept", "--return", "--out", "x"),
        ("void", "intake", "x"),
        ("reopen", "2026-10", "--second", "x"),
        ("print", "visit", "--month", "2026-10"),
        ("find", "intake", "--lim", "3"),
    ],
)
def test_wrong_usage_is_told_as_such(run: Run, arguments: tuple[str, ...]) -> None:
    with pytest.raises(SystemExit) as stopped:
        run(*arguments)
    assert stopped.value.code == 2


def test_registers_lists_every_register_and_column(office: Run) -> None:
    told = office("registers")
    assert [each["code"] for each in told.data] == list(REGISTERS)
    for entry in told.data:
        assert list(entry) == ["code", "title", "group", "enabled", "columns", "books"]
        for column in entry["columns"]:
            keys = ["name", "label", "kind", "required", "computed", "choices", "privacy", "sent"]
            assert list(column)[:8] == keys
            assert (column["choices"] is not None) == (column["kind"] in ("choice", "choices"))
    intake = told.data[0]
    assert intake["books"][0] == {"code": "visit", "title": "群众来访登记台账"}


def test_a_register_is_switched(office: Run) -> None:
    told = office("disable", "venue")
    assert (told.status, told.data["code"], told.data["enabled"]) == (0, "venue", False)
    refused = office("add", "venue", typed=[{}])
    assert (refused.status, "ojr-desk enable venue" in refused.err) == (1, True)
    assert office("enable", "venue").data["enabled"] is True
    assert office("enable", "visits").status == 1
    assert office("disable", "staff").status == 1


def test_add_takes_typed_and_native_values(office: Run, tmp_path: Path) -> None:
    told = office("add", "intake", typed=[visit(), visit(headcount=6, anonymous=False, channel="call")])
    assert [list(each) for each in told.data] == [["uid", "record_no"]] * 2
    assert [each["record_no"] for each in told.data] == ["LF-202611-0001", "LD-202611-0001"]
    file = tmp_path / "rows.json"
    file.write_text("\ufeff" + json.dumps([visit()]), encoding="utf-8")
    assert office("add", "intake", file).data[0]["record_no"] == "LF-202611-0002"
    assert office("add", "intake", typed=visit()).data[0]["record_no"] == "LF-202611-0003"
    assert office("add", "intake", typed=[]).data == []


def test_add_tells_every_problem_of_every_row_and_stores_nothing(office: Run) -> None:
    rows = [
        visit(),
        visit(content="短", record_no="LF-1"),
        visit(person={"full_name": "王?"}),
        visit(pages="零"),
    ]
    told = office("add", "intake", typed=rows)
    assert told.status == 1
    assert list(told.data) == ["problems"]
    assert list(told.data["problems"][0]) == ["row", "column", "code", "message"]
    assert told.problems == [
        (2, "record_no", "computed"),
        (2, "content", "too_short"),
        (3, "person", "lost_sign"),
        (4, "pages", "bad_number"),
    ]
    assert office("find", "intake").data["total"] == 0


def test_a_person_is_told_which_record_of_the_list_is_wrong(office: Run) -> None:
    told = office("add", "intake", typed=[visit(), visit(), visit(content="短")])
    assert told.err.splitlines() == ["第 3 条：主要内容至少写4个字"]


HOSTILE = {
    "nothing": "",
    "half": '[{"content": ',
    "no list": '"text"',
    "a list of words": '["text"]',
    "a list of lists": "[[]]",
    "very deep": "[" * 100_000,
    "a number without end": '[{"headcount": ' + "9" * 10_000 + "}]",
    "half a sign": '[{"content": "\\ud800", "\\udfff": 1}]',
    "nonsense numbers": '[{"headcount": NaN, "pages": Infinity}]',
    "nested values": '[{"content": {"a": [1]}, "person": {"phone": {"x": 1}}, "headcount": [1]}]',
    "an empty key": '[{"": 1}]',
    "a person of nothing": '[{"person": {}}]',
    "a person of numbers": '[{"person": {"full_name": 5, "uid": 7}}]',
    "a person twice nested": '[{"person": {"uid": {"uid": "x"}}}]',
}


@pytest.mark.parametrize("typed", HOSTILE.values(), ids=HOSTILE)
def test_whatever_is_typed_in_is_refused_with_a_sentence(office: Run, typed: str) -> None:
    for command in (("add", "intake"), ("add", "person"), ("add", "venue")):
        told = office(*command, typed=typed)
        assert told.status == 1, told.err
        assert told.data["problems"]
        assert told.err.strip()


def test_a_list_names_no_person(office: Run) -> None:
    told = office("add", "intake", typed=[visit(person=["x"])])
    assert (told.status, told.problems) == (1, [(1, "person", "not_text")])
    assert office("find", "person").data["total"] == 0


def test_what_is_no_json_is_said_to_be_none_where_there_is_no_line(office: Run, tmp_path: Path) -> None:
    assert "第 2 行不是 JSON" in office("add", "intake", typed="[\n{]").err
    (tmp_path / "latin.json").write_bytes('["é"]'.encode("latin-1"))
    assert "?" not in office("add", "intake", tmp_path / "latin.json").err


def test_a_file_that_is_not_there_is_refused(office: Run, tmp_path: Path) -> None:
    (tmp_path / "latin.json").write_bytes('["é"]'.encode("latin-1"))
    for file in ("missing.json", "latin.json", "."):
        assert office("add", "intake", tmp_path / file).status == 1


def test_edit_and_void_answer_with_the_record(office: Run) -> None:
    key = added(office, "intake", visit())
    told = office("edit", "intake", key["uid"], typed={"headcount": 2})
    assert (told.status, told.data["headcount"], told.data["uid"]) == (0, 2, key["uid"])
    assert set(told.data) == {"uid", *(column.name for column in REGISTERS["intake"].columns)}
    assert told.data["person"] == {"uid": told.data["person"]["uid"], "text": "陈阿英"}
    assert told.data["occurred_at"] == "2026-11-22T23:59:00"
    refused = office("edit", "intake", key["record_no"], typed={"headcount": "零"})
    assert refused.problems == [(None, "headcount", "bad_number")]
    assert office("edit", "intake", key["uid"], typed=[1]).status == 1
    void = office("void", "intake", key["record_no"], "--reason", "录错")
    assert (void.data["record_status"], void.data["void_reason"]) == ("void", "录错")
    assert office("void", "intake", key["uid"], "--reason", "录错").status == 1
    assert office("void", "intake", "nobody", "--reason", "录错").status == 1


def test_act_takes_a_step(office: Run) -> None:
    key = added(office, "intake", visit(disposition="受理转办理单"))
    case = office("find", "intake").data["records"][0]["case"]
    told = office("act", "case", case["uid"], "take_up")
    assert (told.status, told.data["case_state"]) == (0, "handling")
    told = office("act", "case", "BL-202611-0001", "progress", typed={"text": "看过"})
    assert told.status == 0
    refused = office("act", "case", case["uid"], "close", typed={"result": "已解决"})
    assert (refused.status, refused.problems) == (1, [(None, "step", "illegal_step")])
    assert office("act", "intake", key["uid"], "follow_up").status == 1
    assert office("act", "venue", key["uid"], "accept").status == 1


def test_a_step_may_be_called_as_the_sentences_about_it_call_it(office: Run) -> None:
    number = added(office, "case", {"title": "路灯不亮"})["record_no"]
    assert "没有“受里”这一项，最接近的是：受理、" in office("act", "case", number, "受里", typed={}).err
    assert office("act", "case", number, "受理", typed={}).data["case_state"] == "accepted"


def test_act_closes_cases_at_once_one_or_several(office: Run) -> None:
    keys = office("add", "case", typed=[{"title": "路灯不亮"}, {"title": "水管漏水"}, {"title": "下水道堵"}])
    one, two, three = (each["record_no"] for each in keys.data)
    values = {"text": "换了灯泡", "result": "solved"}
    told = office("act", "case", one, "finish", typed=values)
    assert (told.status, told.data["case_state"]) == (0, "closed")
    refused = office("act", "case", f"{two},{one},{three}", "finish", typed=values)
    assert refused.status == 1
    assert refused.problems == [(2, "step", "illegal_step")]
    both = office("act", "case", f"{two},{three}", "finish", typed=values)
    assert [(each["record_no"], each["case_state"]) for each in both.data] == [
        (two, "closed"),
        (three, "closed"),
    ]


def test_find_finds(office: Run) -> None:
    added(office, "intake", visit(), visit(occurred_at=OCTOBER, person="林大山"))
    told = office("find", "intake", "lds")
    assert list(told.data) == ["total", "records"]
    assert [each["person"]["text"] for each in told.data["records"]] == ["林大山"]
    assert office("find", "intake", "--month", "2026-10").data["total"] == 1
    assert office("find", "person", "--month", "2026-10").data["total"] == 2
    one = office("find", "intake", "--limit", "1").data
    assert (one["total"], len(one["records"])) == (2, 1)
    assert office("find", "intake", "低保", "没有的词").data == {"total": 0, "records": []}
    assert office("find", "nowhere").status == 1
    assert office("find", "intake", "--limit", "0").data == {"total": 2, "records": []}


def test_find_never_tells_what_is_sealed(office: Run) -> None:
    added(office, "intake", visit(matter_nature="检举控告", content="某人收了钱"))
    told = office("find", "intake")
    assert "某人" not in told.out
    assert told.data["records"][0]["confidentiality"] == "sealed"


def test_history_tells_every_change(office: Run) -> None:
    key = added(office, "intake", visit())
    office("edit", "intake", key["uid"], typed={"remark": "补"})
    told = office("history", "intake", key["record_no"])
    assert [each["op"] for each in told.data] == ["insert", "update"]
    assert list(told.data[0]) == ["seq", "at", "by", "act", "op", "was", "now"]


def test_persons_are_merged_and_parted(office: Run) -> None:
    one, two = (
        added(office, "person", {"full_name": "陈阿英"}),
        added(office, "person", {"full_name": "陈阿英"}),
    )
    assert office("merge", one["uid"], two["uid"]).data["uid"] == one["uid"]
    assert office("unmerge", two["record_no"]).data["uid"] == two["uid"]
    assert office("unmerge", two["uid"]).status == 1


def test_a_month_is_printed_closed_corrected_and_opened(office: Run, tmp_path: Path) -> None:
    key = added(office, "intake", visit(occurred_at=OCTOBER))
    out = tmp_path / "visit.pdf"
    told = office("print", "visit", "--month", "2026-10", "--out", out)
    assert (told.data["pages"], told.data["records"], told.data["totals"]["count"]) == (1, 1, 1)
    assert len(told.data["code"]) == 9
    assert out.read_bytes().startswith(b"%PDF")
    notice = office("print", "visit", "--month", "2026-10", "--out", out, "--audience", "notice")
    assert notice.data["records"] == 1
    assert office("close", "2026-10").data == {"month": "2026-10", "state": "closed", "gaps": []}
    refused = office("edit", "intake", key["uid"], typed={"remark": "x"})
    assert (refused.status, refused.problems) == (1, [(None, None, "monthclosed")])
    corrected = office("correct", "intake", key["uid"], "--reason", "少记一人", typed={"headcount": 2})
    assert [each["column"] for each in corrected.data] == ["headcount"]
    assert office("close", "2026-10").status == 1
    reopened = office("reopen", "2026-10", "--reason", "漏登", "--second", "王书记")
    assert reopened.data == {"month": "2026-10", "state": "open", "gaps": []}
    assert office("reopen", "2026-10", "--reason", "漏登", "--second", "王书记").status == 1
    assert office("print", "nothing", "--month", "2026-10", "--out", out).status == 1


def test_a_pack_is_sent_received_and_answered(
    office: Run, run: Run, superior_template: Path, tmp_path: Path
) -> None:
    upper = on(run, copy(superior_template, tmp_path / "superior"))
    added(office, "intake", visit(occurred_at=OCTOBER))
    refused = office("send", "2026-10", "--out", tmp_path / "stick")
    assert (refused.status, "还没有结账" in refused.err) == (1, True)
    office("close", "2026-10")
    sent = office("send", "2026-10", "--out", tmp_path / "stick").data
    assert list(sent) == ["files", "revision", "code", "counts"]
    assert all(Path(file).is_absolute() and Path(file).is_file() for file in sent["files"])
    assert (sent["revision"], sent["counts"]["intake"]) == (1, 1)

    tried = upper("receive", tmp_path / "stick", "--dry-run", "--out", tmp_path / "receipts").data
    assert (tried[0]["decision"], (tmp_path / "receipts").exists()) == ("new", False)
    received = upper("receive", tmp_path / "stick", "--out", tmp_path / "receipts").data
    keys = ["path", "decision", "center", "month", "revision", "new", "changed", "edited", "problems"]
    assert list(received[0])[:9] == keys
    assert (received[0]["decision"], received[0]["month"], received[0]["new"] > 0) == ("new", "2026-10", True)
    again = upper("receive", tmp_path / "stick")
    assert (again.status, again.data[0]["decision"]) == (0, "same")

    (tmp_path / "stick" / "bad.xlsx").write_bytes(b"rubbish")
    mixed = upper("receive", tmp_path / "stick")
    assert (mixed.status, [each["decision"] for each in mixed.data]) == (1, ["same", "refused"])
    assert upper("receive", tmp_path / "nowhere").status == 1

    answer = tmp_path / "answer.xlsx"
    told = upper("answer", "330302104203", "2026-10", "--return", "--note", "请补电话", "--out", answer)
    assert told.data == {"file": str(answer), "state": "returned"}
    assert upper("answer", "330302104203", "2026-09", "--accept", "--out", answer).status == 1
    assert upper("answer", "nobody", "2026-10", "--accept", "--out", answer).status == 1
    back = office("receive", tmp_path / "receipts", answer).data
    assert [each["decision"] for each in back] == ["received", "returned"]


def test_a_full_pack_needs_a_password(office: Run, tmp_path: Path) -> None:
    added(office, "intake", visit(occurred_at=OCTOBER))
    office("close", "2026-10")
    password = tmp_path / "password.txt"
    assert office("send", "2026-10", "--out", tmp_path, "--full").status == 1
    assert office("send", "2026-10", "--out", tmp_path, "--full", "--password-file", password).status == 1
    password.write_text("", encoding="utf-8")
    assert office("send", "2026-10", "--out", tmp_path, "--full", "--password-file", password).status == 1
    password.write_text("一二三四五六七八 abc\n", encoding="utf-8")
    assert office("send", "2026-10", "--out", tmp_path, "--password-file", password).status == 1
    told = office("send", "2026-10", "--out", tmp_path, "--full", "--password-file", password)
    assert (told.status, len(told.data["files"])) == (0, 1)
    assert "陈阿英".encode() not in Path(told.data["files"][0]).read_bytes()


def test_holidays_are_taken_in_and_handed_out(office: Run, tmp_path: Path) -> None:
    assert 2026 in office("calendar").data["years"]
    out = tmp_path / "2026.json"
    assert office("calendar", "--hand-out", out, "--year", "2026").data == {"file": str(out)}
    pack = {"year": 2027, "papers": [], "days": [{"name": "元旦", "date": "2027-01-01", "isOffDay": True}]}
    file = tmp_path / "2027.json"
    file.write_text(json.dumps(pack), encoding="utf-8")
    assert office("calendar", "--take-in", file).data == {"year": 2027, "moved": [], "waiting": []}
    assert 2027 in office("calendar").data["years"]
    file.write_text('{"year": 2028, "days": []}', encoding="utf-8")
    for wrong in (("--take-in", file), ("--take-in", tmp_path), ("--hand-out", out, "--year", "2040")):
        assert office("calendar", *wrong).status == 1, wrong


def test_holidays_are_not_handed_out_without_saying_of_which_year(office: Run, tmp_path: Path) -> None:
    told = office("calendar", "--hand-out", tmp_path / "x.json")
    assert told.status == 1
    assert "--year" in told.err
    assert not (tmp_path / "x.json").exists()


def test_holidays_of_the_last_december_days_come_with_the_next_year(office: Run, tmp_path: Path) -> None:
    days = [("2026-12-31", True), ("2027-01-01", True), ("2027-01-02", True), ("2027-01-03", False)]
    told = [{"name": "元旦", "date": day, "isOffDay": off} for day, off in days]
    file = tmp_path / "2027.json"
    file.write_text(json.dumps({"year": 2027, "papers": [], "days": told}), encoding="utf-8")
    assert office("calendar", "--take-in", file).status == 0
    out = tmp_path / "2026.json"
    office("calendar", "--hand-out", out, "--year", "2026")
    assert "2026-12-31" in out.read_text(encoding="utf-8")
    assert office("calendar", "--take-in", out).status == 0
    assert office("calendar", "--take-in", file).data["year"] == 2027


def test_a_place_that_cannot_be_written_is_refused(office: Run, tmp_path: Path) -> None:
    key = added(office, "intake", visit(occurred_at=OCTOBER))
    office("close", "2026-10")
    (tmp_path / "file").write_text("x", encoding="utf-8")
    nowhere = tmp_path / "file" / "x"
    for arguments in (
        ("print", "visit", "--month", "2026-10", "--out", nowhere),
        ("slip", key["uid"], "--out", nowhere),
        ("send", "2026-10", "--out", nowhere),
        ("calendar", "--hand-out", nowhere, "--year", "2026"),
        ("backup", "--out", nowhere),
    ):
        told = office(*arguments)
        assert (told.status, [*told.data]) == (1, ["problems"]), arguments
        # The system's own words are English, or of a language that nobody asked for.
        assert re.search("请", told.err) and not re.search("director|exists|Errno", told.err), told.err


def test_an_office_is_backed_up_checked_and_restored(office: Run, tmp_path: Path) -> None:
    added(office, "intake", visit())
    made = office("backup").data
    assert Path(made["file"]).is_file()
    assert [each["file"] for each in office("backups").data] == [made["file"]]
    added(office, "intake", visit())
    assert office("restore", made["file"]).status == 0
    assert office("find", "intake").data["total"] == 1
    checked = office("check")
    assert (checked.status, all(each["ok"] for each in checked.data)) == (0, True)
    assert list(checked.data[0]) == ["check", "ok", "detail"]
    assert office("restore", tmp_path / "missing.zip").status == 1


def test_a_copy_is_found_by_what_backups_prints_or_by_its_name(run: Run, office: Run, tmp_path: Path) -> None:
    made = Path(office("backup").data["file"])
    folder = tmp_path / "village"
    (folder / "office.db").write_bytes(b"broken" * 1000)
    listed = run("--data", folder, "--today", TODAY, "backups")
    assert (listed.status, str(made) in listed.out) == (0, True)
    assert office("restore", made.name).status == 0
    assert office("registers").status == 0


def test_an_office_whose_name_is_refused_leaves_nothing(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "new"
    assert run("--data", folder, "init", "--name", "河" * 209, "--level", "village").status == 1
    assert not folder.exists()


def test_what_is_not_there_is_said_to_be_missing(office: Run, tmp_path: Path) -> None:
    key = added(office, "intake", visit())
    assert "没有找到《a》" in office("attach", "intake", key["uid"], tmp_path / "a").err
    told = office("slip", key["uid"], "--out", tmp_path / "no" / "x.pdf")
    assert "找不到文件夹" in told.err
    assert "请先建好它" in told.err


def test_who_sits_at_the_desk_is_named(run: Run, office: Run, tmp_path: Path) -> None:
    added(office, "staff", {"full_name": "李文书"})
    folder = tmp_path / "village"
    call = ("--data", folder, "--today", TODAY, "--user")
    assert run(*call, "李文书", "add", "intake", "--json", typed=[visit()]).status == 0
    assert office("find", "intake").data["records"][0]["recorded_by"]["text"] == "李文书"
    assert run(*call, "谁", "add", "intake", "--json", typed=[visit()]).status == 1


def test_without_json_people_read_sentences(run: Run, office: Run, tmp_path: Path) -> None:
    added(office, "intake", visit(occurred_at=OCTOBER))
    call = ("--data", tmp_path / "village", "--today", TODAY)
    for arguments, words in (
        (("registers",), "来访来电来信"),
        (("find", "intake"), "共 1 条\nLF-202610-0001  2026-10-12 08:30  陈阿英"),
        (("close", "2026-10"), "已结账"),
        (("backups",), "还没有备份"),
        (("calendar",), "已录入的年份"),
        (("history", "intake", "LF-202610-0001"), "登记\n  编号：LF-202610-0001\n"),
    ):
        told = run(*call, *arguments)
        assert (told.status, words in told.out, told.err) == (0, True, ""), arguments
    refused = run(*call, "find", "nowhere")
    assert (refused.status, refused.out, "没有“nowhere”这本台账" in refused.err) == (1, "", True)


def test_the_data_folder_comes_from_the_environment(
    run: Run, office: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OJR_DESK_DATA", str(tmp_path / "village"))
    assert run("registers", "--json").status == 0


def test_while_a_window_is_open_a_writer_is_refused_and_a_reader_not(
    office: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ojr_desk.desk.office.PATIENCE", 0.1)
    with hold(tmp_path / "village", 0, WINDOW):
        told = office("add", "intake", typed=[visit()])
        assert (told.status, [each["code"] for each in told.data["problems"]]) == (1, ["taken"])
        assert office("find", "intake").status == 0


def test_a_bug_ends_with_its_report_and_no_traceback(
    office: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_arguments: object) -> None:
        raise ZeroDivisionError("13805770001")

    monkeypatch.setattr("ojr_desk.desk.registers.Registers.all", broken)
    told = office("registers")
    assert told.status == 70
    reports = [path for path in (tmp_path / "village").rglob("*") if path.is_file() and str(path) in told.err]
    assert len(reports) == 1
    assert "ZeroDivisionError" in reports[0].read_text(encoding="utf-8")
    assert "13805770001" not in reports[0].read_text(encoding="utf-8")


def test_a_bug_amid_a_sealed_entry_leaves_nothing_of_it(
    office: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_arguments: object) -> None:
        raise KeyError("some column")

    secret = "王主任收了五万元"
    row = visit(
        matter_nature="检举控告", content=secret, person={"full_name": "张举报", "phone": "13805779876"}
    )
    monkeypatch.setattr("ojr_desk.store.records.insert", broken)
    told = office("add", "intake", typed=[row])
    assert told.status == 70
    files = [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()]
    for word in (secret, "张举报", "13805779876"):
        assert not any(word.encode() in content for content in files)
        assert word not in told.out + told.err


def test_the_program_itself_answers(tmp_path: Path) -> None:
    """From the outside: one process, UTF-8 whatever the system's code page, exit status and streams."""
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "OJR_DESK_DATA": str(tmp_path / "new")}

    def call(*arguments: str, typed: str = "") -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "ojr_desk", *arguments]
        return subprocess.run(
            command, input=typed, capture_output=True, encoding="utf-8", env=environment, check=False
        )

    assert call("init", "--name", "龙川村", "--level", "village").returncode == 0
    told = call("add", "intake", "--json", typed=json.dumps([visit(person="㛃𠮷")], ensure_ascii=False))
    assert (told.returncode, len(json.loads(told.stdout))) == (0, 1), told.stderr
    half = call("find", "intake", "\udcff", "--json") if sys.platform != "win32" else told
    assert half.returncode == 0
    refused = call("add", "intake", "--json", typed='[{"\\ud800": 1}]')
    columns = [each["column"] for each in json.loads(refused.stdout)["problems"]]
    assert (refused.returncode, "\ud800" in columns) == (1, True)
    assert call("dance").returncode == 2


@pytest.mark.skipif(sys.platform == "win32", reason="a pipe is closed otherwise there")
def test_a_reader_that_stops_reading_is_no_bug(office: Run, tmp_path: Path) -> None:
    added(office, "intake", *[visit(content="很长的内容" * 300)] * 30)
    call = f"{sys.executable} -m ojr_desk --data {tmp_path / 'village'} find intake --json | head -c 10"
    told = subprocess.run(["bash", "-c", call], capture_output=True, encoding="utf-8", check=True)
    assert told.stderr == ""
