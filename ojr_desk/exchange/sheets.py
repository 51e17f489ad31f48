"""The sheets of a pack: what people see, print and correct. The program finds cells by their headings."""

from collections.abc import Iterable, Mapping
from typing import Any, cast

from ojr_desk.exchange.cells import Format, Value, text_of
from ojr_desk.exchange.contents import UID, Pack, Sheaf
from ojr_desk.exchange.rows import width_of
from ojr_desk.exchange.sheet import Sheet, SheetColumn
from ojr_desk.exchange.words import UID_HEADING
from ojr_desk.register import REGISTERS, Choice, Choices, Column, Flag, Link, Register, Text
from ojr_desk.registers.case import OVERDUE
from ojr_desk.text import N_, _, labelled, listed

#: What the first sheet is called.
COVER = N_("封面")
#: How the last line begins, which ends the rows.
CODE = N_("校验码")
#: Characters across a column: the least, the most, and the most of what stands in one line.
NARROWEST, WIDEST, WIDEST_LINE = 8, 60, 22
#: What nobody looks for: when a row was entered. That it was late is told by a column of its own.
_ASIDE = frozenset({"recorded_at"})


def cover(pack: Pack) -> Sheet:
    """Tell who reports which month, how many rows there are, what is switched off and what is sealed."""
    rows: list[tuple[Value, Value]] = [
        (_("填报单位（盖章）"), pack.center_name),
        (_("区划代码"), pack.center_code),
        (_("上级单位"), pack.superior),
        (_("所属期"), pack.month),
        (_("版次"), _("第{revision}版").format(revision=pack.revision)),
        (_("填报时间"), pack.made_at),
        (_("填报人"), pack.clerk),
        *((_(REGISTERS[each.register].title), _("{n} 条").format(n=len(each.rows))) for each in pack.sheaves),
        *((_(REGISTERS[code].title), _("未启用")) for code in pack.off if code in REGISTERS),
        *_overdue(pack),
        (_("另册密封"), _sealed(pack)),
        *([(_("敏感，只在补充件里"), _("{n} 件").format(n=pack.sensitive))] if pack.sensitive else []),
        (_("主要负责人（签字）"), ""),
        (_("审核人（签字）"), ""),
    ]
    columns = (SheetColumn("what", _("项目"), 24, "text"), SheetColumn("value", _("内容"), 56, "text"))
    below = (_("各表里本月没有内容的栏收起来了，点表格上方的“+”可以看到。"), *_below(pack))
    return Sheet(
        _(COVER), _("{name}月报").format(name=pack.center_name), columns, rows, below=below, upright=True
    )


def _overdue(pack: Pack) -> Iterable[tuple[Value, Value]]:
    """Name the cases that are so late that the superior is told (逾期件)."""
    cases = next((sheaf for sheaf in pack.sheaves if sheaf.register == "case"), None)
    late = [row for row in cases.rows if (row.get("late_workdays") or 0) >= OVERDUE] if cases else []
    if cases is not None and "late_workdays" in cases.columns:
        numbers = listed((str(row["record_no"]) for row in late), most=20)
        told = _("{n} 件（逾期{days}个工作日以上）").format(n=len(late), days=OVERDUE)
        yield _("逾期件"), labelled(told, numbers) if late else told


def _sealed(pack: Pack) -> str:
    """Tell how many are kept back; of a register that is switched off nobody counts any."""
    sealable = {code for code, register in REGISTERS.items() if register.reads is not None}
    return _("未启用") if sealable <= set(pack.off) else _("{n} 件").format(n=pack.sealed)


def sheet_of(pack: Pack, sheaf: Sheaf) -> Sheet:
    """Lay out the rows of one register.

    Columns that tell nothing this month are folded away right behind the number: who sorts the columns
    that can be seen sorts them too.
    """
    register = REGISTERS[sheaf.register]
    declared = [register.by_name[name] for name in sheaf.columns]
    shown = {column.name for column in declared if _tells(column, sheaf)}
    number, *others = sorted(declared, key=lambda column: (column.name != "record_no", column.name in shown))
    rows = [
        (row.get(number.name), row[UID], *(cell_of(each, row.get(each.name), sheaf.links) for each in others))
        for row in sheaf.rows
    ]
    heads = (
        _head(number, [row[0] for row in rows]),
        SheetColumn(UID, _(UID_HEADING), 12, "text", hidden=True),
        *(
            _head(column, [row[at] for row in rows], hidden=column.name not in shown)
            for at, column in enumerate(others, 2)
        ),
    )
    return Sheet(
        _(register.title),
        title_of(pack, register),
        heads,
        rows,
        above=() if rows else (_("本月没有记录。"),),
        below=_below(pack),
        fixed=1 + sum(head.hidden for head in heads),
    )


def title_of(pack: Pack, register: Register) -> str:
    """Write the line over the rows of a register."""
    return _("{center}{register}（{month}）").format(
        center=pack.center_name, register=_(register.title), month=pack.month
    )


def cell_of(column: Column, value: Any, links: Mapping[str, str]) -> Value:
    """Write a native JSON value as a cell."""
    if value is None or value == "":
        return None
    kind = column.kind
    if isinstance(kind, Link):
        return links.get(value, "")
    native = kind.restore(value)
    return native if kind.cell_format != "text" else kind.show(native)


def format_of(column: Column) -> Format:
    """Tell how the cells of a column are shown."""
    return cast(Format, column.kind.cell_format)


def _below(pack: Pack) -> tuple[str, ...]:
    return (f"{_(CODE)}：{pack.code}",)


def _tells(column: Column, sheaf: Sheaf) -> bool:
    """Tell whether any row has something to say in *column*, or, where there are no rows, would have to."""
    if not sheaf.rows:
        return column.required
    return column.name not in _ASIDE and any(
        not _is_usual(column, row.get(column.name)) for row in sheaf.rows
    )


def _is_usual(column: Column, value: Any) -> bool:
    """Tell whether *value* is nothing, or what everybody takes for granted: a no, a state that is normal."""
    if value is None or value in ("", []):
        return True
    return value == column.default and (column.common or value is False)


def _head(column: Column, cells: Iterable[Value], hidden: bool = False) -> SheetColumn:
    width = _width(column, cells)
    return SheetColumn(
        column.name, _(column.label), width, format_of(column), _drop_down(column), hidden=hidden
    )


def _width(column: Column, cells: Iterable[Value]) -> float:
    """Fit a column to what it holds; texts take the width that their register gives them, and more lines."""
    declared = max(NARROWEST, min(WIDEST, column.width_mm / 2))
    longest = max((width_of(line) for cell in cells for line in text_of(cell).splitlines()), default=0)
    most = declared if isinstance(column.kind, Text) else WIDEST_LINE
    # A heading may stand in two lines.
    heading = -(-width_of(_(column.label)) // 2)
    return max(NARROWEST, heading + 2, min(longest + 2, most)) if longest else declared


def _drop_down(column: Column) -> tuple[str, ...]:
    kind = column.kind
    if isinstance(kind, Flag):
        return (_("是"), _("否"))
    if isinstance(kind, Choice) and not isinstance(kind, Choices):
        return tuple(_(label) for label in kind.choices.values())
    return ()
