"""Keys are valid, unique and in order."""

import subprocess
import sys
import time
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ojr_desk.store.uid import is_uid, uid


def test_a_key_is_a_uuid_of_version_7_in_canonical_text() -> None:
    key = uid()
    parsed = uuid.UUID(key)
    assert (parsed.version, parsed.variant, str(parsed)) == (7, uuid.RFC_4122, key)
    assert is_uid(key)


def test_a_key_tells_when_it_was_made() -> None:
    before = time.time_ns() // 1_000_000
    made = uuid.UUID(uid()).int >> 80
    assert before <= made <= time.time_ns() // 1_000_000 + 100  # many keys at once run a little ahead


def test_a_hundred_thousand_keys_are_in_order() -> None:
    keys = [uid() for _ in range(100_000)]
    assert keys == sorted(set(keys))
    assert all(map(is_uid, keys))


def test_a_clock_set_back_does_not_break_the_order(monkeypatch: pytest.MonkeyPatch) -> None:
    first = uid()
    monkeypatch.setattr(time, "time_ns", lambda: 1_500_000_000 * 10**9)
    keys = [first, *(uid() for _ in range(10_000))]
    assert keys == sorted(set(keys))


def test_threads_never_get_the_same_key() -> None:
    with ThreadPoolExecutor(8) as pool:
        runs = list(pool.map(lambda _: [uid() for _ in range(2_000)], range(8)))
    assert len({key for run in runs for key in run}) == 16_000
    assert all(run == sorted(run) for run in runs)


def test_two_processes_never_make_the_same_key() -> None:
    code = "from ojr_desk.store.uid import uid\nfor _ in range(2000): print(uid())"
    running = [
        subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) for _ in range(2)
    ]
    keys = [process.communicate()[0].split() for process in running]
    assert len(set(keys[0]) | set(keys[1])) == 4_000


@pytest.mark.parametrize(
    "text",
    [
        "",
        "0",
        "01935a7e-8c00-7abc-8def-0123456789AB",
        "01935a7e-8c00-4abc-8def-0123456789ab",
        "01935a7e-8c00-7abc-cdef-0123456789ab",
        "01935a7e8c007abc8def0123456789ab",
        "{01935a7e-8c00-7abc-8def-0123456789ab}",
        "01935a7e-8c00-7abc-8def-0123456789ab\n",
        "０1935a7e-8c00-7abc-8def-0123456789ab",
    ],
)
def test_other_text_is_no_key(text: str) -> None:
    assert not is_uid(text)


@given(st.uuids(version=4) | st.uuids(version=1))
def test_a_uuid_of_another_version_is_no_key(other: uuid.UUID) -> None:
    assert not is_uid(str(other))


@given(st.integers(0, 2**128 - 1))
def test_is_uid_agrees_with_the_standard_library(number: int) -> None:
    parsed = uuid.UUID(int=number)
    assert is_uid(str(parsed)) == (parsed.variant == uuid.RFC_4122 and parsed.version == 7)
