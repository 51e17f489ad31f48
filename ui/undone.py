"""What a deed that was taken back has left as it is, in sentences: what was changed since, and what cannot be undone."""

from typing import Any

from ojr_desk.text import _, listed

#: How many numbers a notice names.
_NAMED = 5


def left(told: Any) -> list[str]:
    """Write which records stay as they are, and why."""
    changed = _("以后又改过，没有动：{numbers}").format(numbers=listed(told.changed, most=_NAMED))
    fixed = _("所在月份已经结账，或者别处还在用，没有动：{numbers}").format(
        numbers=listed(told.impossible, most=_NAMED)
    )
    return [changed if told.changed else "", fixed if told.impossible else ""]
