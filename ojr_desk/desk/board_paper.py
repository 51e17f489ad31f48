"""The board on paper: how every unit stands (报送进度表), or who has not reported (催报通知)."""

from dataclasses import replace
from datetime import datetime

from ojr_desk.binding import code_of
from ojr_desk.desk.board import SORTS, Board, Standing
from ojr_desk.ledger import Heading, Ledger
from ojr_desk.moments import show_moment
from ojr_desk.text import _, listed

_WIDTHS = (10, 42, 34, 34, 14, 18, 90)


def board_ledger(board: Board, office_name: str, now: datetime, only_missing: bool = False) -> Ledger:
    """Put *board*, or only those of it who have not reported, into a table as of *now*."""
    lines = board.missing if only_missing else board.lines
    heads = (
        _("序号"), _("单位"), _("状态"), _("收到时间"), _("版次"), _("完整度"), _("缺的、上级意见、联系电话"),
    )  # fmt: skip
    counts = listed(f"{_(label)} {board.count(sort)}" for sort, label in SORTS.items())
    title = _("{name}月报催报通知") if only_missing else _("{name}月报报送进度表")
    ledger = Ledger(
        title=title.format(name=office_name),
        period=board.month.title,
        facts=(
            _("报送期限：{day}").format(day=board.due_on.isoformat()),
            _("截至：{at}").format(at=show_moment(now)),
        ),
        headings=tuple(Heading(label, width) for label, width in zip(heads, _WIDTHS, strict=True)),
        rows=tuple((str(place), *_cells(line)) for place, line in enumerate(lines, 1)),
        code="",
        closing=(counts,),
        signatures=(_("签发人（签字）："), _("经办人：")),
        foot=_("按本级收到的日期认定；完整度由程序按月报内容计算"),
    )
    return replace(ledger, code=code_of(ledger))


def _cells(line: Standing) -> tuple[str, ...]:
    contact = listed((line.unit.contact, line.unit.phone), " ") if not line.is_in else ""
    return (
        line.unit.name,
        line.word,
        show_moment(line.received_at) if line.received_at else "—",
        str(line.revision or "—"),
        f"{line.completeness}%" if line.completeness is not None else "—",
        listed((*line.lacking, line.note, contact)) or "—",
    )
