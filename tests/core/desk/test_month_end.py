"""The month's end: what keeps a month open, what should be looked at, 本月无, the stack, undoing the lock."""

from datetime import date
from pathlib import Path

import pytest

from ojr_desk.desk import Desk, rehearsed
from ojr_desk.desk.month_check import AMBER, GREEN, RED, Finding
from ojr_desk.exchange import pack as packs
from ojr_desk.moments import Month
from ojr_desk.printing.preview import count
from ojr_desk.problems import Refused
from ojr_desk.store.numbering import next_number
from tests.office import add, run_sql, visit

OCTOBER = Month(2026, 10)


def found(desk: Desk, light: str, words: str) -> list[Finding]:
    """List what a check of October says of *words* under a light."""
    return [each for each in desk.months.findings(OCTOBER) if each.light == light and words in each.words]


def test_a_month_in_order_has_no_red_light(desk: Desk) -> None:
    add(desk, "intake", visit(occurred_at="2026-10-12 08:30"))
    lights = [each.light for each in desk.months.findings(OCTOBER)]
    assert RED not in lights
    assert found(desk, GREEN, "没有断号")
    assert found(desk, GREEN, "本月受理 0 ＝ 办结 0")


def test_a_lost_number_is_a_red_light(desk: Desk) -> None:
    add(desk, "intake", *(visit(occurred_at=f"2026-10-{day} 08:30") for day in (12, 13)))
    with desk.office.writing("lose") as session:
        next_number(session, desk.office.center, "LF", OCTOBER)
    assert found(desk, RED, "LF-202610-0003")
    assert desk.months.findings(OCTOBER)[0].light == RED


def test_what_gives_a_person_away_in_free_text_is_named_with_its_record(desk: Desk) -> None:
    row = visit(occurred_at="2026-10-12 08:30", reply_content="已打 13957770001 告知")
    record = add(desk, "intake", row)
    told = found(desk, AMBER, "手机号")
    if "reply_content" in [column.name for column in desk.registers.named("intake").sent]:
        assert [(each.register, each.uid) for each in told] == [("intake", record.uid)]
    else:
        assert not told
    assert all("13957770001" not in each.words for each in desk.months.findings(OCTOBER))


def test_an_opening_day_without_an_entry_is_named(desk: Desk) -> None:
    hours = {"title": "平日", "rule_type": "常规", "session1_start": "8:30", "session1_end": "11:30"}
    add(desk, "opening", {**hours, "weekdays": "周一", "valid_from": "2026-10-01"})
    add(desk, "intake", visit(occurred_at="2026-10-12 08:30"))
    assert found(desk, AMBER, "19、26日")


def test_one_confirmation_says_that_nothing_happened_in_all_empty_registers(
    desk: Desk, tmp_path: Path
) -> None:
    assert found(desk, AMBER, "是不是本月无")
    confirmed = desk.months.confirm_none(OCTOBER)
    assert "intake" in [each.code for each in confirmed]
    assert not found(desk, AMBER, "是不是本月无")
    assert found(desk, GREEN, "已确认本月无")
    assert not desk.months.confirm_none(OCTOBER)
    desk.months.close(OCTOBER)
    pack = packs.read(desk.outbox.send(OCTOBER, tmp_path).files[0]).pack
    assert "intake" in pack.none


def test_what_is_entered_after_all_takes_the_confirmation_back(desk: Desk, tmp_path: Path) -> None:
    desk.months.confirm_none(OCTOBER)
    add(desk, "intake", visit(occurred_at="2026-10-12 08:30"))
    desk.months.close(OCTOBER)
    assert "intake" not in packs.read(desk.outbox.send(OCTOBER, tmp_path).files[0]).pack.none


def test_the_lock_is_taken_back_with_a_reason_alone_until_the_report_is_written(
    desk: Desk, tmp_path: Path
) -> None:
    add(desk, "intake", visit(occurred_at="2026-10-12 08:30"))
    desk.months.close(OCTOBER)
    with pytest.raises(Refused, match="理由"):
        desk.months.reopen(OCTOBER, " ")
    assert desk.months.reopen(OCTOBER, "漏登一件").state == "open"
    desk.months.close(OCTOBER)
    desk.outbox.send(OCTOBER, tmp_path)
    with pytest.raises(Refused, match="第二个人"):
        desk.months.reopen(OCTOBER, "漏登一件")
    assert desk.months.reopen(OCTOBER, "漏登一件", "王书记").state == "open"


def test_the_database_itself_wants_the_second_once_the_report_is_written(desk: Desk, tmp_path: Path) -> None:
    desk.months.close(OCTOBER)
    desk.outbox.send(OCTOBER, tmp_path)
    with pytest.raises(Refused), desk.office.writing("raw") as session:
        ask = session.connection().exec_driver_sql
        ask(
            "INSERT INTO month_event(center, month, act, at, reason) VALUES (?, '2026-10', 'reopen', "
            "'2026-11-22 10:00:00', '漏登')",
            (desk.office.center,),
        )
        ask("DELETE FROM closed_month WHERE month = '2026-10'")
    assert run_sql(desk, "SELECT count(*) FROM closed_month")[0][0] == 1


def test_the_stack_lists_every_book_with_its_page_and_the_empty_ones_once(desk: Desk, tmp_path: Path) -> None:
    add(desk, "intake", visit(occurred_at="2026-10-12 08:30"))
    desk.months.confirm_none(OCTOBER)
    stacked = desk.stack.print(OCTOBER, tmp_path / "stack.pdf")
    contents, *books = stacked.ledgers
    assert stacked.pages == count(tmp_path / "stack.pdf")
    assert [row[6] for row in contents.rows] == [each.code for each in books]
    begins = [int(row[2]) for row in contents.rows]
    lengths = [int(row[3]) for row in contents.rows]
    assert begins[0] == 2
    assert [begin + length for begin, length in zip(begins, lengths, strict=True)] == [
        *begins[1:],
        stacked.pages + 1,
    ]
    assert "本月无" in books[-1].title or any("本月无" in row[2] for row in books[-1].rows)
    assert {each.watermark for each in stacked.ledgers} == {"未结账"}
    desk.months.close(OCTOBER)
    final = desk.stack.print(OCTOBER, tmp_path / "final.pdf")
    assert {each.watermark for each in final.ledgers} == {""}


def test_what_is_confirmed_is_not_confirmed_of_a_closed_month(desk: Desk) -> None:
    desk.close()
    again = Desk.open(desk.office.folder, rehearsed(date(2026, 11, 23)))
    again.months.close(OCTOBER)
    with pytest.raises(Refused, match="已经结过账"):
        again.months.confirm_none(OCTOBER)
    again.close()
