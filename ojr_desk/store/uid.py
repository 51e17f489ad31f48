"""Keys of records: UUIDs of version 7 (RFC 9562 §5.7), so that two offices never make the same one.

They sort by the time they were made. Within a process each is greater than the one before, even
in the same millisecond or when the clock is set back: the 12 bits after the time count (RFC 9562
§6.2, method 1), and a full count runs on into the time.
"""

import os
import re
import threading
import time

_CANONICAL = re.compile("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
_COUNT_BITS = 12
_SEED_BITS = 11  # the counter starts in its lower half, so that it seldom runs over
_RANDOM_BITS = 62

_lock = threading.Lock()
_last = 0


def uid() -> str:
    """Make the key of a new record, as lower-case text with hyphens."""
    global _last
    drawn = int.from_bytes(os.urandom(10))
    seed, tail = drawn >> (80 - _SEED_BITS), drawn & ((1 << _RANDOM_BITS) - 1)
    now = (time.time_ns() // 1_000_000) << _COUNT_BITS | seed
    with _lock:
        _last = moment = max(now, _last + 1)
    millisecond, count = moment >> _COUNT_BITS, moment & ((1 << _COUNT_BITS) - 1)
    digits = f"{millisecond << 80 | 7 << 76 | count << 64 | 2 << 62 | tail:032x}"
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))


def is_uid(text: str) -> bool:
    """Tell whether *text* is such a key, written as `uid` writes it."""
    return _CANONICAL.fullmatch(text) is not None
