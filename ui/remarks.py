"""What is marked in records: by the superior in ours, by us in those of a village."""

from collections.abc import Sequence
from typing import Any

from ojr_desk.text import _

#: Marks of ours that are still to be answered.
_WAITING = ("draft", "sent")


def remarks_on(desk: Any, uids: Sequence[str]) -> dict[str, list[tuple[str, str]]]:
    """Read what is marked in some records: the column, or "" for the whole record, and the words."""
    found: dict[str, list[tuple[str, str]]] = {}
    for each in desk.marks_in.on(*uids):
        found.setdefault(each.mark.record, []).append((each.mark.field, each.words))
    for made in desk.marks_out.on(*uids):
        if made.state in _WAITING:
            words = _("批注：{what}（{state}）").format(what=made.mark.what, state=made.state_words)
            found.setdefault(made.mark.record, []).append((made.mark.field, words))
    return found


def any_remarks(desk: Any, code: str) -> bool:
    """Tell whether a list of a register needs a column for what is marked in it."""
    return bool(desk.marks_in.any_on(code) or desk.marks_out.any_on(code))
