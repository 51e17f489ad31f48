"""空白填报模板: the form that a village without the program fills in, to be taken in without any question.

Its headings are our own words, its first sheet names unit and month from drop-downs, its list has drop-downs for
choices; names and telephone numbers stay in the village.
"""

from collections.abc import Mapping

from ojr_desk.exchange.cells import Value
from ojr_desk.exchange.sheet import Sheet, SheetColumn
from ojr_desk.figures import Indicator, Sum
from ojr_desk.moments import Month
from ojr_desk.register import REGISTERS, Choice
from ojr_desk.text import _

#: The columns of what came in that are counted, or told of without saying who it was.
_LISTED = ("occurred_at", "channel", "headcount", "matter_category", "content")
_WIDTHS = {"occurred_at": 20, "channel": 14, "headcount": 10, "matter_category": 28, "content": 60}


def form_sheets(
    month: Month, superior: str, units: tuple[str, ...], indicators: Mapping[str, Indicator]
) -> list[Sheet]:
    """Lay out the form of *month* for *units*: who reports, the totals, the list of what came in."""
    return [_cover(month, superior, units), _totals(month, indicators), _list(month)]


def _cover(month: Month, superior: str, units: tuple[str, ...]) -> Sheet:
    columns = (
        SheetColumn("unit", _("填报单位"), 30, choices=units, note=_("从下拉列表里选本单位；没有的直接写。")),
        SheetColumn("month", _("所属月份"), 16, choices=(str(month),)),
        SheetColumn("filler", _("填表人"), 16),
        SheetColumn("phone", _("联系电话"), 20),
    )
    above = (
        _("一、先填这一页的单位；二、再填“汇总”；三、有来访、来电、来信台账的填“来访来电来信”，没有的不填。"),
        _("没有发生的写 0，不知道的空着：空着的不当作 0。填好以后另存为 .xlsx，交给{superior}。").format(
            superior=superior
        ),
    )
    title = _("月报手工填报表（{month}）").format(month=month.title)
    return Sheet(_("填报单位"), title, columns, [[None, str(month), None, None]], above)


def _totals(month: Month, indicators: Mapping[str, Indicator]) -> Sheet:
    columns = (
        SheetColumn("title", _("指标"), 20),
        SheetColumn("number", _("数"), 12, "decimal", note=_("只写数字；没有的写 0，不知道的空着。")),
        SheetColumn("unit", _("单位"), 8),
        SheetColumn("means", _("口径"), 90),
    )
    rows: list[list[Value]] = [
        [_(each.title), None, _(each.unit), _(each.means)]
        for each in indicators.values()
        if isinstance(each, Sum)
    ]
    return Sheet(_("汇总"), _("指标汇总（{month}）").format(month=month.title), columns, rows)


def _list(month: Month) -> Sheet:
    register = REGISTERS["intake"]
    columns = []
    for name in _LISTED:
        each = register.by_name[name]
        offered = each.kind.choices if isinstance(each.kind, Choice) else {}
        columns.append(
            SheetColumn(
                name,
                _(each.label),
                _WIDTHS[name],
                "integer" if name == "headcount" else "text",
                tuple(_(word) for word in offered.values()),
                _("不要写姓名、电话和证件号。") if name == "content" else "",
            )
        )
    return Sheet(
        _("来访来电来信"), _("来访来电来信台账（{month}）").format(month=month.title), tuple(columns), []
    )
