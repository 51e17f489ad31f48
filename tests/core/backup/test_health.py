"""What is wrong with a database file is found and told."""

import random
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlcipher3 import dbapi2

from ojr_desk.backup import check_file
from ojr_desk.backup.health import examine
from ojr_desk.problems import Damaged
from ojr_desk.store.engine import APPLICATION_ID


def only(findings: list[str]) -> str:
    assert len(findings) == 1
    assert findings[0].endswith("。")
    return findings[0]


def test_nothing_is_wrong_with_a_sound_office(village: Any) -> None:
    assert check_file(village.database) == []


def test_an_office_is_checked_while_it_is_open(village: Any) -> None:
    with closing(village.connect()) as connection:
        connection.execute("BEGIN IMMEDIATE")
        village.add(connection, 5)
        assert check_file(village.database) == []


def test_a_missing_file_is_told_and_not_made(tmp_path: Path) -> None:
    assert "找不到" in only(check_file(tmp_path / "office.db"))
    assert list(tmp_path.iterdir()) == []


def test_a_file_of_no_bytes_is_not_sound(village: Any) -> None:
    village.database.write_bytes(b"")
    assert "0 字节" in only(check_file(village.database))


def test_a_file_of_another_sort_is_told(village: Any) -> None:
    village.database.write_bytes(b"PK\x03\x04" * 5000)
    assert "不是数据库文件" in only(check_file(village.database))


def test_a_database_of_another_program_is_told(village: Any) -> None:
    with closing(village.connect()) as connection:
        connection.execute("PRAGMA application_id = 7")
    assert "不是本程序的数据库" in only(check_file(village.database))


def test_an_empty_database_is_told(tmp_path: Path) -> None:
    with closing(dbapi2.connect(str(tmp_path / "office.db"))) as connection:
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    assert "一张表也没有" in only(check_file(tmp_path / "office.db"))


def test_a_broken_page_is_told_with_its_table(village: Any) -> None:
    with closing(village.connect()) as connection:
        [(root,)] = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'visit'").fetchall()
    village.spoil(root - 1)
    assert "《visit》坏了一部分" in "".join(check_file(village.database))


def test_an_index_that_lost_a_record_is_told(village: Any) -> None:
    with closing(village.connect()) as connection:
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute(
            "UPDATE sqlite_master SET rootpage = (SELECT rootpage FROM sqlite_master WHERE name = 'step') "
            "WHERE name = 'ix_visit_name'"
        )
    assert check_file(village.database)


def test_a_record_without_its_other_half_is_told(village: Any) -> None:
    with closing(village.connect()) as connection:
        connection.execute("INSERT INTO step (visit) VALUES (9999)")
    assert "《step》里有 1 条记录" in only(check_file(village.database))


@pytest.mark.parametrize("cut", [1, 2000, 4095, 4096, 8192, 40_000])
def test_a_file_that_was_cut_off_is_told(village: Any, cut: int) -> None:
    content = village.database.read_bytes()
    village.database.write_bytes(content[:-cut])
    assert check_file(village.database)


def test_what_a_dying_disk_leaves_is_told_in_words_where_it_can_be_seen(build: Callable[..., Any]) -> None:
    village = build(records=200)
    sound, chance = village.database.read_bytes(), random.Random(1)
    for _ in range(150):
        content = bytearray(sound)
        for _ in range(40):
            content[chance.randrange(len(content))] = chance.randrange(256)
        village.database.write_bytes(content)
        findings = check_file(village.database)
        assert all(finding.endswith("。") and "code" not in finding for finding in findings)
        assert len(findings) < 20
        if findings:
            with pytest.raises(Damaged, match="请不要继续登记"):
                examine(village.database)


def test_what_is_in_a_sound_file_is_counted(village: Any) -> None:
    found = examine(village.database)
    assert found.center == "甲村"
    assert found.counts == {"alembic_version": 1, "office": 1, "visit": 300, "step": 0}
