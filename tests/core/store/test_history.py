"""Who changed what and when: on every path, as a chain that shows where it was broken."""

from datetime import datetime

import pytest
from sqlalchemy.exc import DBAPIError
from sqlcipher3 import dbapi2

from ojr_desk.desk import Desk
from ojr_desk.store import history
from ojr_desk.store.engine import FILE_NAME
from ojr_desk.store.history import Chain
from tests.office import add, run_sql, visit


def chain(desk: Desk) -> Chain:
    with desk.office.reading() as session:
        return history.verify(session)


def test_each_act_is_one_entry_with_its_hand_and_time(desk: Desk) -> None:
    staff = add(desk, "staff", {"full_name": "李文书"})
    desk.sit_down("李文书")
    record = add(desk, "intake", visit())
    desk.registers.edit("intake", record.uid, {"remark": "补充"})
    desk.registers.void("intake", record.uid, "录错")
    story = desk.registers.story(record.uid)
    assert [(each.op, each.act) for each in story] == [
        ("insert", "add intake"),
        ("update", "edit intake"),
        ("update", "void intake"),
    ]
    assert {(each.actor, each.at, each.register) for each in story} == {
        (staff.uid, "2026-11-22T23:59:00", "intake")
    }
    assert story[1].was == {"remark": "", "revision": 0}
    assert story[1].now == {"remark": "补充", "revision": 1}
    assert story[2].now == {"record_status": "void", "void_reason": "录错", "revision": 2}


def test_a_refused_act_leaves_none(desk: Desk) -> None:
    before = chain(desk)
    with pytest.raises(RuntimeError), desk.office.writing("broken") as session:
        session.connection().exec_driver_sql("UPDATE center SET hotline = '110'")
        raise RuntimeError
    assert chain(desk) == before


def test_what_comes_past_the_desk_is_recorded_as_nobodys_act(desk: Desk) -> None:
    record = add(desk, "intake", visit())
    run_sql(desk, "UPDATE intake SET content = '改过了吧' WHERE uid = ?", record.uid)
    last = desk.registers.story(record.uid)[-1]
    assert (last.actor, last.act, last.op) == ("", "sql", "update")
    assert (last.was, last.now) == ({"content": "询问低保怎么申请"}, {"content": "改过了吧"})
    assert abs((datetime.fromisoformat(last.at) - datetime.now()).total_seconds()) < 60 * 60
    assert chain(desk).broken_at is None


def test_a_foreign_editor_cannot_change_what_keeps_history(desk: Desk) -> None:
    add(desk, "intake", visit())
    desk.close()
    editor = dbapi2.connect(str(desk.office.folder / FILE_NAME))
    with pytest.raises(dbapi2.OperationalError, match="no such function"):
        editor.execute("UPDATE intake SET content = '改过'")
    editor.close()


def test_an_erased_value_leaves_the_chain_whole(desk: Desk) -> None:
    record, other = add(desk, "intake", visit()), add(desk, "intake", visit(person="林大山"))
    length = chain(desk).length
    with desk.office.writing("erase") as session:
        history.erase(session, record.uid)
    assert chain(desk) == Chain(length, chain(desk).head, None, 1)
    assert [(each.op, each.was, each.now) for each in desk.registers.story(record.uid)] == [
        ("insert", None, None)
    ]
    assert desk.registers.story(other.uid)[0].now is not None


def test_an_erased_number_never_comes_back(desk: Desk) -> None:
    record = add(desk, "venue", {"venue_name": "会议室", "area": "40", "capacity": "30"})
    with desk.office.writing("erase") as session:
        history.erase(session, record.uid)
    last = chain(desk).length
    add(desk, "venue", {"venue_name": "活动室", "area": "40", "capacity": "30"})
    assert run_sql(desk, "SELECT max(seq) FROM history_value") == [(last + 1,)]
    with pytest.raises(DBAPIError, match="HISTORY_IS_KEPT"):
        run_sql(desk, "INSERT INTO history_value VALUES (?, x'00', NULL, '{}')", last)


TAMPERING = {
    "a value": "UPDATE history_value SET now = replace(now, '询问', '打听') WHERE seq = {seq}",
    "a hand": "UPDATE history SET actor = 'somebody' WHERE seq = {seq}",
    "a time": "UPDATE history SET at = '2026-01-01T00:00:00' WHERE seq = {seq}",
    "an act": "UPDATE history SET act = 'nothing' WHERE seq = {seq}",
    "a record": "UPDATE history SET uid = 'other' WHERE seq = {seq}",
    "a register": "UPDATE history SET register = 'venue' WHERE seq = {seq}",
    "an operation": "UPDATE history SET op = 'delete' WHERE seq = {seq}",
}


@pytest.mark.parametrize("statement", TAMPERING.values(), ids=TAMPERING)
def test_an_edited_entry_is_found(desk: Desk, statement: str) -> None:
    record = add(desk, "intake", visit())
    add(desk, "intake", visit(person="林大山"))
    seq = desk.registers.story(record.uid)[0].seq
    forced(desk, statement.format(seq=seq))
    assert chain(desk).broken_at == seq


def test_an_entry_taken_out_of_the_middle_is_found(desk: Desk) -> None:
    record = add(desk, "intake", visit())
    add(desk, "intake", visit(person="林大山"))
    seq = desk.registers.story(record.uid)[0].seq
    forced(desk, f"DELETE FROM history WHERE seq = {seq}")
    assert chain(desk).broken_at == seq + 1


def test_a_cut_off_end_shows_in_the_head_that_backups_keep(desk: Desk) -> None:
    add(desk, "intake", visit())
    with desk.office.reading() as session:
        kept = history.head(session)
    forced(desk, f"DELETE FROM history WHERE seq = {kept[0]}")
    assert chain(desk).broken_at is None
    with desk.office.reading() as session:
        assert history.head(session) != kept


def forced(desk: Desk, statement: str) -> None:
    """Do what only an expert with the program at hand can: take the guards off and write."""
    with desk.office.database.building() as connection:
        for name in ("history_fixed", "history_kept", "history_value_fixed"):
            connection.exec_driver_sql(f"DROP TRIGGER {name}")
        connection.exec_driver_sql(statement)
