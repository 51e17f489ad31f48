"""A pack that was made to do harm is refused with a sentence: nothing of another's is touched, nothing crashes."""

import copy
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ojr_desk.desk import Desk, NewOffice, rehearsed
from ojr_desk.exchange import manifest as manifests
from ojr_desk.exchange import pack as packs
from ojr_desk.exchange.contents import Pack, Sheaf
from ojr_desk.exchange.gate import admit
from ojr_desk.exchange.reading import read_workbook
from ojr_desk.exchange.sheet import Sheet, SheetColumn
from ojr_desk.exchange.workbook import chunks, write_workbook
from ojr_desk.moments import Month
from ojr_desk.problems import Invalid
from ojr_desk.store.query import Query
from tests.office import TODAY, add, copied, visit

OCTOBER = Month(2026, 10)
Change = Callable[[dict[str, Any]], dict[str, Any]]


@pytest.fixture
def sent(desk: Desk, tmp_path: Path) -> Path:
    """October's pack of a village with a visit, a case and its steps."""
    add(desk, "staff", {"full_name": "李文书"})
    rows = [visit(), visit(disposition="受理转办理单")]
    desk.registers.add("intake", [row | {"occurred_at": "2026-10-12 08:30"} for row in rows])
    desk.months.close(OCTOBER)
    return desk.outbox.send(OCTOBER, tmp_path / "stick").files[0]


def forged(path: Path, code: str, change: Change) -> Path:
    """Write the pack anew with the last row of one register changed; its digest is right."""
    pack = packs.read(path).pack
    sheaves = tuple(
        replace(sheaf, rows=(*sheaf.rows[:-1], change(dict(sheaf.rows[-1]))))
        if sheaf.register == code
        else sheaf
        for sheaf in pack.sheaves
    )
    target = path.with_name("forged.xlsx")
    packs.write(replace(pack, sheaves=sheaves), target)
    return target


def setting(**values: Any) -> Change:
    return lambda row: row | values


def received(superior: Desk, path: Path) -> tuple[str, str]:
    (told,) = superior.inbox.receive([path])
    return told.decision, "；".join(told.problems)


def test_it_never_changes_a_record_of_the_superiors_own(superior: Desk, sent: Path) -> None:
    own = add(superior, "intake", visit(occurred_at="2026-11-12 08:30"))
    decision, why = received(superior, forged(sent, "intake", setting(uid=own.uid)))
    assert decision == "refused"
    assert "别的中心" in why
    assert superior.registers.get("intake", own.uid) == own
    assert superior.registers.find("intake", Query()).total == 1


def test_it_never_changes_the_superiors_own_centre(superior: Desk, sent: Path) -> None:
    own = superior.office.center
    decision, _why = received(superior, forged(sent, "center", setting(uid=own)))
    assert decision == "refused"
    assert superior.registers.get("center", own).official_name == "瓯江红临江街道党群服务中心"


def test_it_never_changes_a_record_of_another_village(superior: Desk, sent: Path, tmp_path: Path) -> None:
    assert received(superior, sent)[0] == "new"
    before = superior.registers.find("case", Query()).records
    other = Desk.create(tmp_path / "other", NewOffice("外村", "village", "330302104204"), rehearsed(TODAY))
    add(other, "intake", visit(occurred_at="2026-10-12 08:30", disposition="受理转办理单"))
    other.months.close(OCTOBER)
    theirs = other.outbox.send(OCTOBER, tmp_path / "other stick").files[0]
    other.close()
    victim = before[0]
    for code, column in (("case", "uid"), ("step", "case"), ("step", "intake")):
        value = victim.intake if column == "intake" else victim.uid
        decision, why = received(superior, forged(theirs, code, setting(**{column: value})))
        assert decision == "refused", (code, column)
        assert why
    assert superior.registers.find("case", Query()).records == before
    assert received(superior, theirs)[0] == "new"


def test_rare_characters_pass(desk: Desk, superior: Desk, tmp_path: Path) -> None:
    add(desk, "staff", {"full_name": "㛃𠮷"})
    desk.sit_down("㛃𠮷")
    desk.registers.edit("center", desk.office.center, {"superior_name": "垟峃　乡"})
    add(desk, "intake", visit(occurred_at="2026-10-12 08:30"))
    desk.months.close(OCTOBER)
    sent = desk.outbox.send(OCTOBER, tmp_path / "stick")
    assert received(superior, sent.files[0]) == ("new", "")


def test_two_records_with_one_number_are_refused(superior: Desk, sent: Path) -> None:
    decision, why = received(superior, forged(sent, "intake", setting(record_no="LF-202610-0001")))
    assert (decision, "LF-202610-0001" in why) == ("refused", True)


def test_what_needs_a_key_needs_a_true_one(superior: Desk, sent: Path) -> None:
    for key in ("", "1", "../../etc", 7, None, "0" * 36):
        decision, why = received(superior, forged(sent, "intake", setting(uid=key)))
        assert decision == "refused", key
        assert why


def test_corrections_tell_nothing_that_is_not_sent(desk: Desk, superior: Desk, tmp_path: Path) -> None:
    row = visit(
        occurred_at="2026-10-12 08:30", channel="来电", caller_number="13805770001", org_name="某公司"
    )
    record = add(desk, "intake", row)
    desk.months.close(OCTOBER)
    add(desk, "person", {"full_name": "林大山"})
    changes = {"caller_number": "13805770002", "person": "林大山", "headcount": "2"}
    desk.months.correct("intake", record.uid, changes, "当时记错")
    desk.close()
    later = Desk.open(desk.office.folder, rehearsed(Month(2026, 11).last))
    later.months.close(Month(2026, 11))
    sent = later.outbox.send(Month(2026, 11), tmp_path / "stick")
    later.close()
    superior.inbox.receive([sent.files[0]])
    there = superior.registers.find("correction", Query()).records
    assert [each.of_column for each in there] == ["headcount"]
    told = json.dumps(manifest(sent.files[0]), ensure_ascii=False)
    for secret in ("13805770001", "13805770002", "林大山", "陈阿英"):
        assert secret not in told


def manifest(path: Path) -> dict[str, Any]:
    told: dict[str, Any] = manifests.manifest_of(read_workbook(admit(path)))
    return told


@pytest.mark.parametrize("code", ["../../x", "/tmp/x", "..", "a\\b", "a\nb", "a\x00b"])
def test_a_receipt_is_written_nowhere_else(superior: Desk, sent: Path, tmp_path: Path, code: str) -> None:
    pack = replace(packs.read(sent).pack, center_code=code)
    path = tmp_path / "stick" / "forged.xlsx"
    told = json.loads(json.dumps(manifest(sent)))
    told |= {"center_code": code}
    told["digest"] = pack.digest
    told["manifest_digest"] = manifests.manifest_digest(told)
    head = SheetColumn("what", "项目", 20, "text")
    write_workbook(path, [Sheet("封面", "封面", (head,), [])], {manifests.SHEET: chunks(json.dumps(told))})
    (refused,) = superior.inbox.receive([path], tmp_path / "receipts" / "deep")
    assert (refused.taken, list((tmp_path / "receipts").rglob("*.xlsx"))) == (False, [])


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=4,
)


@pytest.fixture(scope="module")
def exchange(
    village_template: Path, superior_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[dict[str, Any], Desk, Path]]:
    """A true manifest, a superior that never took it in, and a folder."""
    folder = tmp_path_factory.mktemp("hostile")
    village = copied(village_template, folder / "village", rehearsed(TODAY))
    add(village, "staff", {"full_name": "李文书"})
    row = visit(occurred_at="2026-10-12 08:30", received_by="李文书")
    add(village, "intake", row, row | {"disposition": "受理转办理单"})
    village.months.close(OCTOBER)
    told = manifest(village.outbox.send(OCTOBER, folder).files[0])
    village.close()
    superior = copied(superior_template, folder / "superior", rehearsed(TODAY))
    yield told, superior, folder
    superior.close()


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_whatever_a_manifest_says_it_is_taken_in_or_refused(
    exchange: tuple[dict[str, Any], Desk, Path], data: st.DataObject
) -> None:
    true, superior, folder = exchange
    told = copy.deepcopy(true)
    spoil(told, data)
    path = folder / "spoilt.xlsx"
    try:
        packs.write(whole(told), path)
    except (KeyError, TypeError, ValueError, AttributeError, Invalid):
        # Our own writer would not write this: somebody else has.
        told["digest"] = digest(told)
        told["manifest_digest"] = manifests.manifest_digest(told)
        text = json.dumps(told, ensure_ascii=False).encode("utf-8", "replace").decode()
        head = SheetColumn("what", "项目", 20, "text")
        write_workbook(path, [Sheet("封面", "封面", (head,), [])], {manifests.SHEET: chunks(text)})
    for each in superior.inbox.receive([path], folder / "receipts", dry_run=data.draw(st.booleans())):
        assert each.taken or each.problems or each.decision == "same"
        assert each.decision != "failed", each.problems


def spoil(told: dict[str, Any], data: st.DataObject) -> None:
    """Put something else somewhere into the manifest."""
    place: Any = told
    while True:
        keys = sorted(place) if isinstance(place, dict) else list(range(len(place)))
        key = data.draw(st.sampled_from(keys))
        inner = place[key]
        if not isinstance(inner, dict | list) or not inner or data.draw(st.integers(0, 4)) == 0:
            break
        place = inner
    if data.draw(st.integers(0, 3)) == 0:
        del place[key]
    else:
        place[key] = data.draw(JSON)


def whole(told: dict[str, Any]) -> Pack:
    """See a manifest as the pack that it tells of."""
    sheaves = tuple(
        Sheaf(each["register"], tuple(each["columns"]), tuple(each["rows"]), dict(each["links"]))
        for each in told["sheaves"]
    )
    names = {name for name in Pack.__dataclass_fields__ if name not in ("sheaves", "off")}
    return Pack(**{name: told[name] for name in names}, off=tuple(told["off"]), sheaves=sheaves)


def digest(told: dict[str, Any]) -> Any:
    """Make the digest fit, where there is anything to digest."""
    try:
        return whole(told).digest
    except (KeyError, TypeError, ValueError, AttributeError):
        return told.get("digest")


def test_a_correction_touches_no_record_of_another(desk: Desk, superior: Desk, tmp_path: Path) -> None:
    record = add(desk, "intake", visit(occurred_at="2026-10-12 08:30"))
    desk.months.close(OCTOBER)
    desk.months.correct("intake", record.uid, {"headcount": "2"}, "当时记错")
    desk.close()
    later = Desk.open(desk.office.folder, rehearsed(Month(2026, 11).last))
    later.months.close(Month(2026, 11))
    sent = later.outbox.send(Month(2026, 11), tmp_path / "stick").files[0]
    later.close()
    own = add(superior, "intake", visit(occurred_at="2026-11-12 08:30"))
    (tried,) = superior.inbox.receive([forged(sent, "correction", setting(of_uid=own.uid))], dry_run=True)
    assert (tried.decision, tried.taken) == ("refused", False)
    decision, why = received(superior, forged(sent, "correction", setting(of_uid=own.uid)))
    assert (decision, "别的中心" in why) == ("refused", True)
    assert superior.registers.get("intake", own.uid) == own
    assert superior.registers.find("correction", Query()).total == 0
    for uid in ("没有这一条", "0" * 36):
        received(superior, forged(sent, "correction", setting(of_uid=uid)))
        assert superior.registers.get("intake", own.uid) == own
