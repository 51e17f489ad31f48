"""Review and return: marks on rows and cells, from the superior to the village and back with version 2."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from ojr_desk.desk import Desk, NewOffice, rehearsed
from ojr_desk.desk.marks_out import Draft
from ojr_desk.desk.outbox import Verdict
from ojr_desk.desk.review import as_draft
from ojr_desk.exchange import receipt as receipts
from ojr_desk.exchange.gate import admit
from ojr_desk.exchange.reading import read_workbook
from ojr_desk.moments import Month
from ojr_desk.problems import Refused
from ojr_desk.store.query import Query
from tests.office import TODAY, add, run_sql, visit

OCTOBER = Month(2026, 10)
RETURNED = Verdict("returned")


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Desk]:
    """Another village below the same superior."""
    made = Desk.create(tmp_path / "other", NewOffice("前岸村", "village", "330302104204"), rehearsed(TODAY))
    yield made
    made.close()


@pytest.fixture
def numbers(desk: Desk, superior: Desk, tmp_path: Path) -> tuple[str, str]:
    """The numbers of two visits of October, which the superior has."""
    first = add(desk, "intake", visit(occurred_at="2026-10-12 08:30"))
    second = add(desk, "intake", visit(occurred_at="2026-10-13 09:30", person="王碎姆"))
    send(desk, superior, tmp_path / "v1")
    return first.record_no, second.record_no


def send(desk: Desk, superior: Desk, folder: Path) -> str:
    desk.months.close(OCTOBER)
    file = desk.outbox.send(OCTOBER, folder).files[0]
    (got,) = superior.inbox.receive([file])
    return got.decision


def give_back(superior: Desk, desk: Desk, path: Path, verdict: Verdict = RETURNED) -> list[str]:
    superior.outbox.judge(desk.office.center, OCTOBER, verdict, path)
    return [each.decision for each in desk.inbox.receive([path])]


def test_a_mark_lights_up_its_cell_and_is_answered_by_version_2(
    desk: Desk, superior: Desk, numbers: tuple[str, str], tmp_path: Path
) -> None:
    center = desk.office.center
    cell = superior.marks_out.add(center, OCTOBER, Draft("写具体一点", "empty_words", numbers[0], "答复内容"))
    row = superior.marks_out.add(center, OCTOBER, Draft("是不是重复登记", record=numbers[1]))
    whole = superior.marks_out.add(center, OCTOBER, Draft("缺盖章件", "unsealed"))
    assert [each.state for each in superior.marks_out.of(center)] == ["draft"] * 3
    verdict = Verdict("returned", "请改", ("empty_words", "unsealed"), date(2026, 12, 1))
    assert give_back(superior, desk, tmp_path / "back.xlsx", verdict) == ["returned"]
    assert [each.state for each in superior.marks_out.of(center)] == ["sent"] * 3
    found = {each.mark.uid: each for each in desk.marks_in.all(OCTOBER)}
    assert set(found) == {cell.mark.uid, row.mark.uid, whole.mark.uid}
    assert all(each.is_open and each.due_on == date(2026, 12, 1) for each in found.values())
    record = found[cell.mark.uid].mark.record
    (lit,) = desk.marks_in.on(record)
    assert (lit.mark.field, lit.words) == ("reply_content", "上级批注：内容空泛：写具体一点")
    state = desk.months.state(OCTOBER)
    assert (state.stage, state.note) == ("returned", "内容空泛、未盖章件；请改；请在 2026-12-01 以前改好报来")

    desk.months.reopen(OCTOBER, "上级退回", "陈志明")
    desk.registers.edit("intake", record, {"reply_content": "讲了低保的条件、材料和办理地点"})
    assert not desk.marks_in.on(record)
    desk.marks_in.handle(row.mark.uid, "不是重复，来了两次")
    desk.marks_in.handle(whole.mark.uid, "已补盖章件")
    assert not any(each.is_open for each in desk.marks_in.all())
    assert send(desk, superior, tmp_path / "v2") == "newer"
    states = {each.mark.uid: (each.state, each.said) for each in superior.marks_out.of(center)}
    assert states == {
        cell.mark.uid: ("changed", ""),
        row.mark.uid: ("handled", "不是重复，来了两次"),
        whole.mark.uid: ("handled", "已补盖章件"),
    }


def test_the_return_taken_in_twice_is_once(
    desk: Desk, superior: Desk, numbers: tuple[str, str], tmp_path: Path
) -> None:
    superior.marks_out.add(desk.office.center, OCTOBER, Draft("不清楚", record=numbers[0]))
    path = tmp_path / "back.xlsx"
    assert give_back(superior, desk, path) == ["returned"]
    (uid,) = (each.mark.uid for each in desk.marks_in.all())
    desk.marks_in.handle(uid, "问过了")
    assert [each.decision for each in desk.inbox.receive([path])] == ["same"]
    assert [each.state for each in desk.marks_in.all()] == ["handled"]


def test_a_lost_return_is_written_again_with_its_marks(
    desk: Desk, superior: Desk, numbers: tuple[str, str], tmp_path: Path
) -> None:
    center = desk.office.center
    superior.marks_out.add(center, OCTOBER, Draft("不清楚", record=numbers[0]))
    superior.outbox.judge(center, OCTOBER, Verdict("returned"), tmp_path / "lost.xlsx")
    superior.marks_out.add(center, OCTOBER, Draft("也不清楚", record=numbers[1]))
    assert give_back(superior, desk, tmp_path / "again.xlsx") == ["returned"]
    assert [each.mark.text for each in desk.marks_in.all()] == ["不清楚", "也不清楚"]


def test_accepting_settles_every_mark(
    desk: Desk, superior: Desk, numbers: tuple[str, str], tmp_path: Path
) -> None:
    superior.marks_out.add(desk.office.center, OCTOBER, Draft("不清楚", record=numbers[0]))
    give_back(superior, desk, tmp_path / "back.xlsx")
    superior.outbox.judge(desk.office.center, OCTOBER, Verdict("accepted"), tmp_path / "yes.xlsx")
    assert [each.decision for each in desk.inbox.receive([tmp_path / "yes.xlsx"])] == ["accepted"]
    assert [each.state for each in desk.marks_in.all()] == ["settled"]
    assert not desk.marks_in.any_on("intake")


def test_a_correction_and_a_void_record_answer_a_mark(
    desk: Desk, superior: Desk, numbers: tuple[str, str], tmp_path: Path
) -> None:
    center = desk.office.center
    for number in numbers:
        superior.marks_out.add(center, OCTOBER, Draft("不清楚", record=number, field="reply_content"))
    give_back(superior, desk, tmp_path / "back.xlsx")
    first, second = (each.mark.record for each in desk.marks_in.all())
    desk.months.correct("intake", first, {"reply_content": "讲了条件、材料和地点"}, "上级批注")
    desk.months.reopen(OCTOBER, "上级退回", "陈志明")
    desk.registers.void("intake", second, "重复登记")
    assert [each.state for each in desk.marks_in.all()] == ["changed", "changed"]
    assert send(desk, superior, tmp_path / "v2") == "newer"
    assert [each.state for each in superior.marks_out.of(center)][1] == "gone"


def test_version_2_is_told_cell_by_cell_before_and_after_it_is_taken_in(
    desk: Desk, superior: Desk, numbers: tuple[str, str], tmp_path: Path
) -> None:
    superior.outbox.answer(desk.office.center, OCTOBER, "returned", "请改", tmp_path / "back.xlsx")
    desk.inbox.receive([tmp_path / "back.xlsx"])
    desk.months.reopen(OCTOBER, "上级退回", "陈志明")
    uids = {each.record_no: each.uid for each in desk.registers.find("intake", Query(), 10).records}
    desk.registers.edit("intake", uids[numbers[0]], {"reply_content": "新的答复"})
    add(desk, "intake", visit(occurred_at="2026-10-14 09:30", content="漏登的一条"))
    desk.months.close(OCTOBER)
    file = desk.outbox.send(OCTOBER, tmp_path / "v2").files[0]
    (shown,) = superior.inbox.receive([file], dry_run=True)
    before = {each.number: each for each in shown.revised if each.register == "intake"}
    assert {number: each.sort for number, each in before.items()} == {
        numbers[0]: "changed",
        "LF-202610-0003": "new",
    }
    (cell,) = before[numbers[0]].cells
    assert (cell.field, cell.was, cell.is_) == ("reply_content", "讲了条件和材料", "新的答复")
    assert any("漏登的一条" in cell.is_ for cell in before["LF-202610-0003"].cells)
    superior.inbox.receive([file])
    after = {each.number: each for each in superior.reviews.of("龙川村", OCTOBER).revised}
    assert after[numbers[0]].cells == before[numbers[0]].cells
    assert after["LF-202610-0003"].sort == "new"


def test_what_became_sealed_is_told_as_withdrawn_and_its_mark_does_not_travel(
    desk: Desk, superior: Desk, numbers: tuple[str, str], tmp_path: Path
) -> None:
    center = desk.office.center
    superior.outbox.answer(center, OCTOBER, "returned", "请改", tmp_path / "back.xlsx")
    desk.inbox.receive([tmp_path / "back.xlsx"])
    superior.marks_out.add(center, OCTOBER, Draft("他家的事写得太细", record=numbers[0]))
    desk.months.reopen(OCTOBER, "上级退回", "陈志明")
    uid = next(
        each.uid
        for each in desk.registers.find("intake", Query(), 10).records
        if each.record_no == numbers[0]
    )
    desk.registers.edit("intake", uid, {"confidentiality": "sensitive"})
    assert send(desk, superior, tmp_path / "v2") == "newer"
    assert [each.sort for each in superior.reviews.of(center, OCTOBER).revised] == ["withdrawn"]
    (made,) = superior.marks_out.of(center)
    assert (made.state, made.mark.text) == ("gone", "")
    superior.outbox.answer(center, OCTOBER, "returned", "再改", tmp_path / "again.xlsx")
    assert receipts.read(tmp_path / "again.xlsx").marks == ()


def test_the_same_checks_are_run_again_and_a_finding_becomes_a_mark(
    desk: Desk, superior: Desk, tmp_path: Path
) -> None:
    kept = add(desk, "intake", visit(occurred_at="2026-10-12 08:30", content="打他手机 13957770001 没人接"))
    send(desk, superior, tmp_path / "v1")
    own = [each for each in desk.months.findings(OCTOBER) if each.uid == kept.uid and each.field]
    review = superior.reviews.of("龙川村", OCTOBER)
    theirs = [each for each in review.findings if each.reason == "unmasked"]
    assert [each.words for each in theirs] == [each.words for each in own if each.reason == "unmasked"]
    made = superior.marks_out.add(review.center, OCTOBER, as_draft(theirs[0]))
    assert (made.mark.record, made.mark.field, made.mark.reason) == (kept.uid, "content", "unmasked")
    give_back(superior, desk, tmp_path / "back.xlsx", Verdict("returned", reasons=("unmasked",)))
    assert [each.mark.field for each in desk.marks_in.on(kept.uid)] == ["content"]


def test_bad_marks_get_a_sentence(desk: Desk, superior: Desk, numbers: tuple[str, str]) -> None:
    center, marks = desk.office.center, superior.marks_out
    for draft, why in (
        (Draft("  "), "写明"),
        (Draft("", "other"), "写明"),
        (Draft("x", "nonsense"), "没有“nonsense”"),
        (Draft("x" * 501), "太长"),
        (Draft("他的手机是 13957770001"), "手机号"),
        (Draft("x", record="LF-202610-0099"), "没有“LF-202610-0099”"),
        (Draft("x", record=numbers[0], field="没有的栏"), "没有的栏"),
    ):
        with pytest.raises(Refused, match=why):
            marks.add(center, OCTOBER, draft)
    with pytest.raises(Refused, match="还没有收到"):
        marks.add(center, Month(2026, 9), Draft("x"))
    with pytest.raises(Refused, match="没有这条批注"):
        marks.remove("nowhere")
    with pytest.raises(Refused, match="没有这条批注"):
        desk.marks_in.handle("nowhere", "好")
    assert not marks.of(center)


def test_a_mark_is_taken_back_until_it_is_sent(
    desk: Desk, superior: Desk, numbers: tuple[str, str], tmp_path: Path
) -> None:
    center = desk.office.center
    first = superior.marks_out.add(center, OCTOBER, Draft("不清楚", record=numbers[0]))
    superior.marks_out.remove(first.mark.uid)
    second = superior.marks_out.add(center, OCTOBER, Draft("不清楚", record=numbers[0]))
    give_back(superior, desk, tmp_path / "back.xlsx")
    with pytest.raises(Refused, match="已经随退回文件发出"):
        superior.marks_out.remove(second.mark.uid)


def test_a_return_for_the_past_or_for_nothing_is_refused(
    desk: Desk, superior: Desk, numbers: tuple[str, str], tmp_path: Path
) -> None:
    for verdict, why in (
        (Verdict("returned"), "写明"),
        (Verdict("returned", reasons=("other",)), "写明"),
        (Verdict("returned", "改", due_on=date(2026, 11, 1)), "已经过了"),
        (Verdict("returned", "改", ("nonsense",)), "nonsense"),
    ):
        with pytest.raises(Refused, match=why):
            superior.outbox.judge(desk.office.center, OCTOBER, verdict, tmp_path / "x.xlsx")
    assert not (tmp_path / "x.xlsx").exists()


def test_the_receipts_of_all_in_one_file_tell_each_village_its_own_and_nothing_of_others(
    desk: Desk, other: Desk, superior: Desk, tmp_path: Path
) -> None:
    for each in (desk, other):
        add(each, "intake", visit(occurred_at="2026-10-12 08:30"))
        each.months.close(OCTOBER)
        each.outbox.send(OCTOBER, tmp_path / "stick")
    got = superior.inbox.receive([tmp_path / "stick"], tmp_path / "receipts")
    group = superior.outbox.for_the_group(
        [each.receipt for each in got if each.receipt], tmp_path / "receipts"
    )
    for each in (desk, other):
        (first,), (again,) = each.inbox.receive([group]), each.inbox.receive([group])
        assert (first.decision, again.decision) == ("received", "same")
        assert [one.revision for one in each.answers.unread()] == [1]
    assert [each.decision for each in superior.inbox.receive([group])] == ["own"]
    with pytest.raises(Refused, match="没有回执"):
        superior.outbox.for_the_group([], tmp_path)


def test_a_return_in_the_group_says_only_that_it_is_one(
    desk: Desk, superior: Desk, numbers: tuple[str, str], tmp_path: Path
) -> None:
    superior.marks_out.add(desk.office.center, OCTOBER, Draft("他家的事写得太细", record=numbers[0]))
    path = superior.outbox.judge(
        desk.office.center, OCTOBER, Verdict("returned", "别写家事", ("other",)), tmp_path / "back.xlsx"
    )
    group = superior.outbox.for_the_group([path], tmp_path)
    told = receipts.group_in(read_workbook(admit(group)))
    assert (told[0].note, told[0].marks, told[0].counts, told[0].reasons) == ("", (), {}, ())
    (got,) = desk.inbox.receive([group])
    assert (got.decision, got.fine) == ("same", True)
    assert any("单独的退回文件" in each for each in got.notices)
    assert desk.months.state(OCTOBER).stage == "sent"
    assert [each.decision for each in desk.inbox.receive([path])] == ["returned"]


def test_marks_on_what_is_not_here_are_told_in_words_and_light_up_nothing(
    desk: Desk, superior: Desk, numbers: tuple[str, str], tmp_path: Path
) -> None:
    superior.marks_out.add(desk.office.center, OCTOBER, Draft("不清楚", record=numbers[0]))
    path = superior.outbox.judge(desk.office.center, OCTOBER, Verdict("returned"), tmp_path / "back.xlsx")
    receipt = receipts.read(path)
    strange = replace(receipt.marks[0], register="nonsense", number="XX-1")
    gone = replace(strange, uid=desk.office.center, register="intake", record=superior.office.center)
    receipts.write(replace(receipt, marks=(strange, gone)), path)
    assert [each.decision for each in desk.inbox.receive([path])] == ["returned"]
    assert [(each.mark.record, each.state) for each in desk.marks_in.all()] == [("", "open")] * 2
    assert run_sql(desk, "SELECT count(*) FROM mark_in")[0][0] == 2
