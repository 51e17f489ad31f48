"""What one shift hands to the next: open matters, a line each, carried until a later log says they are done."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from itertools import pairwise

from ojr_desk.moments import plain

#: How people write that there is nothing.
_NOTHING = frozenset({"", "无", "没有", "暂无", "/", "-", "—"})
_MARKS = "。.;,"


def matters(text: str | None) -> tuple[str, ...]:
    """Read open matters as people write them: one on a line; 「无」 is none."""
    lines = (line.strip().rstrip("。；;，") for line in (text or "").splitlines())
    return tuple(dict.fromkeys(line for line in lines if plain(line).strip(_MARKS) not in _NOTHING))


def carried(logs: Iterable[tuple[str | None, str | None]]) -> tuple[str, ...]:
    """Tell what is open after *logs*, oldest first, of each what was pending and what was done."""
    still: dict[str, str] = {}
    for pending, done in logs:
        for line in matters(done):
            still.pop(_key(line), None)
        for line in matters(pending):
            still.setdefault(_key(line), line)
    return tuple(still.values())


def forgotten(before: Sequence[str], pending: str | None, done: str | None) -> tuple[str, ...]:
    """Tell what was open *before* and is neither pending any more nor done."""
    told = {_key(line) for line in (*matters(pending), *matters(done))}
    return tuple(line for line in before if _key(line) not in told)


def windows(day: date, starts: Sequence[time]) -> tuple[tuple[datetime, datetime], ...]:
    """Part a day among its shifts: each from its start to the next one's, the first from midnight on."""
    begins = [time(), *sorted(set(starts))[1:]]
    edges = [*(datetime.combine(day, each) for each in begins), datetime.combine(day, time()) + timedelta(1)]
    return tuple(pairwise(edges))


def _key(line: str) -> str:
    return "".join(plain(line).split())
