"""The commands of a superior: who is to report, and how each stands."""

from argparse import Namespace
from pathlib import Path
from typing import Any

from ojr_desk.cli.arguments import command, month, number
from ojr_desk.cli.opened import Outcome, opened
from ojr_desk.cli.telling import Answer
from ojr_desk.desk.board import SORTS, Standing
from ojr_desk.saving import save
from ojr_desk.text import _, labelled, listed


def board(asked: Namespace) -> Outcome:
    """Tell who has reported of a month, and who has not."""
    with opened(asked) as desk:
        if asked.deadline is not None:
            desk.boards.set_deadline(asked.deadline)
        found = desk.boards.of(asked.month)
        if asked.reminder:
            told = desk.boards.reminder(asked.month)
            save(Path(asked.reminder), f"{told}\n".encode())
        if asked.paper:
            desk.boards.paper(asked.month, Path(asked.paper), asked.missing)
    head = listed(f"{_(label)} {found.count(sort)}" for sort, label in SORTS.items())
    due = _("期限 {day}").format(day=found.due_on.isoformat())
    lines = [labelled(line.unit.name, _line(line)) for line in found.lines]
    return Answer([_told(line) for line in found.lines], "\n".join((due, head, *lines))), 0


def _told(line: Standing) -> dict[str, Any]:
    return {
        "center": line.unit.name,
        "code": line.unit.code,
        "uid": line.unit.center or None,
        "path": list(line.unit.path),
        "state": line.state,
        "received_at": line.received_at.isoformat(sep=" ", timespec="minutes") if line.received_at else None,
        "revision": line.revision,
        "completeness": line.completeness,
        "lacking": list(line.lacking),
        "on_time": line.is_on_time,
        "days_late": line.days_late,
        "zero": line.is_zero,
        "manual": line.is_manual,
        "returns": line.returns,
        "note": line.note,
    }


def _line(line: Standing) -> str:
    whole = _("完整度{n}%").format(n=line.completeness) if line.completeness is not None else ""
    return listed((line.word, whole, *line.lacking, line.note))


def offer(kinds: Any) -> None:
    """Tell the parser of these commands."""
    its = command(kinds, "board", board, _("报送进度：谁报了、谁没报"))
    its.add_argument("month", type=month)
    its.add_argument("--reminder", metavar="FILE", help=_("把催报名单写成文本"))
    its.add_argument("--paper", metavar="FILE.pdf", help=_("把进度表写成 PDF"))
    its.add_argument("--missing", action="store_true", help=_("PDF 里只列没报的（催报通知）"))
    its.add_argument("--deadline", type=number(1, 23), help=_("报送期限：次月第几个工作日"))
