"""What the window shows and does, a command does too, by the same rules: what is sealed is told by none."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.commands import TODAY, Run, added, copy, on
from tests.office import visit

SECRET = "某人收了钱"
ACCUSATION = visit(matter_nature="检举控告", content=SECRET, occurred_at="2026-11-20 09:00")
COMPLAINT = visit(matter_nature="投诉", content="窗口态度很差要反映", occurred_at="2026-11-19 09:00")


def test_today_tells_what_the_page_tells(office: Run) -> None:
    added(office, "case", {"title": "路灯不亮", "occurred_at": "2026-10-12 08:30"})
    office("act", "case", "BL-202610-0001", "accept", typed={"occurred_at": "2026-10-12 08:30"})
    added(office, "intake", visit(), ACCUSATION)
    told = office("today")
    assert told.status == 0
    assert list(told.data)[:6] == ["day", "on_duty", "leader", "overdue", "due_today", "soon"]
    assert (told.data["day"], told.data["days_since_carried_off"]) == (TODAY, None)
    (late,) = told.data["overdue"]["cases"]
    assert (late["record_no"], late["title"], told.data["overdue"]["count"]) == (
        "BL-202610-0001",
        "路灯不亮",
        1,
    )
    assert list(late) == [
        *("uid", "record_no", "title", "state", "due_on", "is_estimated", "supervision", "handler"),
    ]
    assert {each["who"] for each in told.data["entries"]} >= {"陈*英"}
    assert "陈阿英" not in told.out
    assert SECRET not in told.out + told.err
    assert office("today", "--limit", "0").data["overdue"] == {"count": 1, "cases": []}


def test_unfinished_tells_which_month_lacks_what(office: Run) -> None:
    assert office("unfinished").data == []
    added(office, "intake", visit(occurred_at="2026-10-12 08:30"))
    assert office("unfinished").data == [
        {"month": "2026-10", "is_closed": False, "gaps": [], "missing": ["close"]}
    ]
    assert office("month", "2026-10").data["stage"] == "open"
    office("close", "2026-10")
    assert [each["missing"] for each in office("unfinished").data] == [["send"]]
    assert office("month", "2026-10").data == {
        "month": "2026-10",
        "state": "closed",
        "gaps": [],
        "stage": "closed",
        "note": "",
    }


def test_search_goes_over_everything_and_hides_what_the_box_hides(office: Run) -> None:
    added(office, "intake", visit(person="林大山"), ACCUSATION)
    told = office("search", "lds")
    assert list(told.data[0]) == ["register", "title", "hits", "more"]
    hits = {each["register"]: each["hits"] for each in told.data}
    assert {"person", "intake"} >= set(hits)
    assert list(hits["person"][0]) == ["register", "uid", "record_no", "label", "day", "context"]
    assert office("search", "收了钱").data == []
    assert office("search", "没有的词").data == []
    assert office("search", "lds", "--limit", "0").data[0]["hits"] == []
    assert SECRET not in office("search", "检举").out
    refused = on_wrong_usage(office, "search")
    assert refused == 2


def on_wrong_usage(office: Run, *arguments: object) -> Any:
    with pytest.raises(SystemExit) as stopped:
        office(*arguments)
    return stopped.value.code


def test_the_last_act_is_undone_and_done_again(office: Run) -> None:
    assert office("undo").status == 1
    number = added(office, "intake", visit())["record_no"]
    tried = office("undo", "--dry-run").data
    assert (list(tried), tried["words"]) == (["deed", "words"], f"登记 {number}")
    done = office("undo").data
    assert (done["deed"], done["changed"], done["impossible"]) == (tried["deed"], [], [])
    assert done["back"] == [number, "FW-202611-0001"], "the person who was registered along with it goes, too"
    record = office("find", "intake").data["records"][0]
    assert record["record_status"] == "void"
    assert number in office("undo", "--again").data["back"]
    assert office("find", "intake").data["records"][0]["record_status"] == "normal"


def test_a_deed_is_undone_by_its_number_as_far_as_nothing_was_built_on_it(office: Run) -> None:
    added(office, "intake", visit(), visit(person="林大山"))
    deed = office("undo", "--dry-run").data["deed"]
    office("edit", "intake", "LF-202611-0002", typed={"remark": "改过"})
    told = office("undo", deed).data
    assert ("LF-202611-0001" in told["back"], told["changed"]) == (True, ["LF-202611-0002"])
    for strange in (999_999, deed + 1):
        assert office("undo", strange).status == 1
    assert on_wrong_usage(office, "undo", "0") == 2


def test_limits_are_listed_set_and_given_up(office: Run) -> None:
    told = office("limits").data
    assert list(told[0])[:3] == ["nature", "limit", "default"]
    before = office("limits", "consult").data[0]
    assert (before["limit"], before["uid"]) == (before["default"], "")
    days = before["default"]["days"] + 4
    changed = office("limits", "consult", "--days", days, "--unit", "natural").data[0]
    assert (changed["limit"], changed["since"]) == ({"days": days, "unit": "natural"}, TODAY)
    later = office("limits", "咨询", "--days", days + 1, "--since", "2027-01-01").data[0]
    assert (later["limit"]["days"], later["coming"]["days"], later["coming_on"]) == (
        days,
        days + 1,
        "2027-01-01",
    )
    assert office("limits", "consult", "--reset").data[0]["limit"] == before["default"]
    for wrong in (("--days", "3"), ("--reset",), ("consult", "--since", "2027-01-01")):
        assert office("limits", *wrong).status == 1, wrong
    assert on_wrong_usage(office, "limits", "weather") == 2
    assert on_wrong_usage(office, "limits", "consult", "--days", "-1") == 2


def test_categories_are_listed_found_and_set(office: Run) -> None:
    told = office("categories").data
    assert list(told[0]) == ["matter", "digit", "is_chosen", "aliases", "hidden", "label"]
    one = office("categories", "civil.relief", "--digit", "9", "--aliases", "五保、低保户").data[0]
    assert (one["digit"], one["is_chosen"], one["aliases"]) == (9, True, ["五保", "低保户"])
    assert [each["matter"] for each in office("categories", "--find", "五保").data] == ["civil.relief"]
    assert office("categories", "民政·低保救助").data == [one]
    assert office("categories", "civil.relief", "--hide").data[0]["hidden"] is True
    assert office("categories", "--find", "五保").data == []
    assert office("categories", "civil.relief", "--show", "--digit", "0").data[0]["is_chosen"] is False
    assert office("categories", "--digit", "3").status == 1
    assert office("categories", "other", "--hide").status == 1
    assert on_wrong_usage(office, "categories", "weather") == 2
    assert on_wrong_usage(office, "categories", "other", "--hide", "--show") == 2


def test_phrases_are_offered_as_the_forms_offer_them(office: Run) -> None:
    told = office("phrases").data
    assert list(told[0]) == ["uid", "record_no", "keyword", "used_for", "text"]
    first = told[0]
    assert office("phrases", f"/{first['keyword']}").data[0] == first
    assert {each["used_for"] for each in office("phrases", "--use", "reply").data} <= {"reply", "any"}
    assert office("phrases", "--limit", "1").data == told[:1]
    assert office("phrases", "--restock").data == []
    office("void", "phrase", first["uid"], "--reason", "不用")
    assert len(office("phrases", "--restock").data) == 1


def test_a_card_tells_that_something_was_and_never_what(office: Run) -> None:
    added(office, "person", {"full_name": "陈阿英", "phone": "13805770001"})
    added(office, "intake", visit(), COMPLAINT, ACCUSATION)
    number = office("find", "person").data["records"][0]["record_no"]
    told = office("person", number)
    assert list(told.data) == ["uid", "record_no", "name", "fields", "doubles", "total", "events", "lent"]
    assert "13805770001" not in json.dumps(told.data)
    assert (told.data["total"], len(told.data["events"])) == (2, 2)
    for words in (SECRET, "态度"):
        assert words not in told.out
    assert len(office("person", number, "--skip", "1").data["events"]) == 1
    assert office("person", number, "--limit", "0").data["events"] == []
    assert office("person", "nobody").status == 1


def test_doubles_are_listed(office: Run) -> None:
    assert office("doubles").data == []
    added(office, "person", *({"full_name": "陈阿英", "grid": "第三网格"},) * 2)
    (group,) = office("doubles").data
    assert (group["why"], len(group["persons"])) == ("grid", 2)
    assert list(group["persons"][0]) == ["uid", "record_no", "name", "phone", "grid", "events"]


def test_two_are_marked_as_two_and_the_mark_is_taken_back(office: Run) -> None:
    people = office("add", "person", typed=[{"full_name": "陈阿英", "grid": "第三网格"}] * 2).data
    one, two = (each["record_no"] for each in people)
    assert office("apart", one, two).data == {"one": one, "other": two, "apart": True}
    assert office("doubles").data == []
    ((first, second),) = office("doubles", "--parted").data
    assert {first["record_no"], second["record_no"]} == {one, two}
    assert office("apart", two, one, "--undo").data["apart"] is False
    assert (len(office("doubles").data), office("doubles", "--parted").data) == (1, [])
    assert office("apart", one, two, "--undo").status == 1
    assert office("apart", one, one).status == 1


def test_a_notice_is_written_taken_in_and_opened(
    office: Run, run: Run, superior_template: Path, tmp_path: Path
) -> None:
    upper = on(run, copy(superior_template, tmp_path / "superior"))
    words = ("--title", "报送台账", "--text", "月底前报送", "--out", tmp_path / "stick")
    told = upper("notify", *words, "--due", "2026-11-30")
    assert (told.status, list(told.data), len(told.data["files"])) == (0, ["uid", "files"], 1)
    assert office("answers").data == {"answers": [], "notices": []}
    taken = office("receive", tmp_path / "stick")
    assert (taken.status, taken.data[0]["decision"]) == (0, "notice")
    assert office("receive", tmp_path / "stick").data[0]["decision"] == "same"
    (notice,) = office("today").data["notices"]
    assert list(notice) == [
        *("uid", "sender", "title", "text", "due_on", "written_at", "at", "opened_at"),
    ]
    assert (notice["uid"], notice["due_on"]) == (told.data["uid"], "2026-11-30")
    assert office("answers").data["notices"] == office("notices").data == [notice]
    assert office("notices", notice["uid"]).data[0]["opened_at"] is not None
    assert office("answers").data["notices"] == []
    assert office("notices", "nobody").status == 1
    assert office("notify", *words).status == 1
    assert upper("notify", "谁也不是", *words).status == 1
    assert on_wrong_usage(upper, "notify", *words, "--due", "soon") == 2


def test_answers_are_read_at_once(office: Run, run: Run, superior_template: Path, tmp_path: Path) -> None:
    upper = on(run, copy(superior_template, tmp_path / "superior"))
    added(office, "intake", visit(occurred_at="2026-10-12 08:30"))
    office("close", "2026-10")
    office("send", "2026-10", "--out", tmp_path / "stick")
    upper("receive", tmp_path / "stick", "--out", tmp_path / "receipts")
    upper("notify", "龙川村", "--title", "开会", "--text", "周五下午开会", "--out", tmp_path / "receipts")
    assert [each["decision"] for each in office("receive", tmp_path / "receipts").data] == [
        "received",
        "notice",
    ]
    told = office("answers", "--read").data
    assert [list(each) for each in told["answers"]] == [["pack", "month", "revision", "state", "note", "at"]]
    assert (told["answers"][0]["state"], told["notices"][0]["title"]) == ("received", "开会")
    assert office("answers").data == {"answers": [], "notices": []}


def test_a_case_is_told_with_its_next_steps_and_the_sentence_to_read_out(office: Run) -> None:
    added(office, "intake", visit(disposition="受理转办理单"))
    case = office("find", "case").data["records"][0]
    told = office("standing", case["record_no"]).data
    assert list(told) == ["record", "steps", "allowed", "supervision", "owed", "can_be_finished", "promise"]
    assert told["record"]["uid"] == case["uid"]
    assert [each["step"] for each in told["steps"]] == ["accept"]
    assert {"assign", "take_up"} & set(told["allowed"])
    assert told["promise"].startswith("最晚")
    assert office("standing", "nobody").status == 1


def test_several_cases_are_assigned_and_urged_at_once(office: Run) -> None:
    added(office, "staff", {"full_name": "李文书"})
    keys = office("add", "case", typed=[{"title": "路灯不亮"}, {"title": "水管漏水"}]).data
    uids = ",".join(each["uid"] for each in keys)
    assert office("act", "case", uids, "accept", typed={}).status == 0
    assigned = office("act", "case", uids, "assign", typed={"handler": "李文书"})
    assert [each["case_state"] for each in assigned.data] == ["assigned"] * 2
    urged = office("act", "case", uids, "remind", typed={"text": "请抓紧", "method": "phone"})
    assert urged.status == 0, urged.err
    assert [each["step"] for each in office("standing", keys[1]["uid"]).data["steps"]][-1] == "remind"


def test_a_slip_of_a_visit_and_of_an_urged_case_is_written(office: Run, tmp_path: Path) -> None:
    key = added(office, "intake", visit(disposition="受理转办理单"))
    case = office("find", "case").data["records"][0]["uid"]
    assert office("slip", key["uid"], "--out", tmp_path / "slip.pdf").status == 0
    assert (tmp_path / "slip.pdf").read_bytes().startswith(b"%PDF")
    assert office("slip", case, "--out", tmp_path / "case.pdf").status == 1
    assert office("act", "case", case, "supervise", typed={"text": "请抓紧"}).status == 0
    assert office("slip", case, "--out", tmp_path / "case.pdf").status == 0


def test_what_is_typed_may_be_a_repetition(office: Run) -> None:
    added(office, "intake", visit(), COMPLAINT)
    told = office("repeats", typed=visit())
    assert [list(each)[-2:] for each in told.data] == [["same_matter", "same_person"]]
    assert (told.data[0]["same_matter"], told.data[0]["same_person"]) == (True, True)
    assert office("repeats", typed=visit(person="谁也不是")).data == []
    assert office("repeats", typed="[]").status == 1


def test_files_of_a_record_are_listed_and_taken_off(office: Run, tmp_path: Path) -> None:
    key = added(office, "intake", visit())
    paper = tmp_path / "申请.pdf"
    paper.write_bytes(b"%PDF-1.4 x")
    kept = office("attach", "intake", key["uid"], paper).data
    assert office("attachments", "intake", key["record_no"]).data == [kept]
    assert office("detach", kept["uid"], "--reason", "贴错了").data == {"uid": kept["uid"]}
    assert office("attachments", "intake", key["uid"]).data == []
    assert office("detach", kept["uid"], "--reason", "贴错了").status == 1
    assert office("attachments", "intake", "nobody").status == 1


def test_a_book_is_written_as_a_workbook_too(office: Run, tmp_path: Path) -> None:
    added(office, "intake", visit(occurred_at="2026-10-12 08:30"))
    out = tmp_path / "visit.XLSX"
    told = office("print", "visit", "--month", "2026-10", "--out", out)
    assert (told.data["pages"], told.data["records"], told.data["file"]) == (None, 1, str(out))
    assert out.read_bytes().startswith(b"PK")
    paper = office("print", "visit", "--month", "2026-10", "--out", tmp_path / "visit.pdf")
    assert paper.data["code"] == told.data["code"]


def test_the_days_of_a_year_are_listed(office: Run) -> None:
    told = office("calendar", "--year", "2026").data
    assert list(told) == ["years", "days"]
    assert {"day": "2026-10-01", "name": "国庆节", "off": True} in told["days"]
    assert office("calendar", "--year", "2040").data["days"] == []


def test_people_read_sentences(run: Run, office: Run, tmp_path: Path) -> None:
    added(office, "intake", visit(), visit(disposition="受理转办理单"))
    added(office, "person", *({"full_name": "林大山", "grid": "第三网格"},) * 2)
    person = office("find", "person").data["records"][0]["record_no"]
    for arguments in (
        ("today",),
        ("unfinished",),
        ("search", "陈"),
        ("limits",),
        ("categories",),
        ("phrases",),
        ("person", person),
        ("doubles",),
        ("doubles", "--parted"),
        ("notices",),
        ("answers",),
        ("standing", "BL-202611-0001"),
        ("month", "2026-11"),
        ("calendar", "--year", "2026"),
        ("undo", "--dry-run"),
    ):
        told = run("--data", tmp_path / "village", "--today", TODAY, *arguments)
        assert (told.status, bool(told.out.strip()), told.err) == (0, True, ""), arguments
        assert not {"{", "None"} & set(told.out.split()), arguments


@pytest.mark.parametrize("level", ["superior"])
def test_an_office_without_a_counter_answers_too(
    run: Run, superior_template: Path, tmp_path: Path, level: str
) -> None:
    (tmp_path / level).mkdir()
    (tmp_path / level / "office.db").write_bytes((superior_template / "office.db").read_bytes())
    upper = on(run, tmp_path / level)
    for arguments in (("today",), ("unfinished",), ("search", "x"), ("limits",), ("doubles",), ("phrases",)):
        assert upper(*arguments).status == 0, arguments
