"""The consolidated table on paper and in a workbook: columns in blocks that can be read, and what it rests on."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from ojr_desk.binding import code_of
from ojr_desk.desk.handmade_kept import WAYS
from ojr_desk.desk.summary import Summary, SummaryLine
from ojr_desk.exchange.cells import Value
from ojr_desk.exchange.sheet import Sheet, SheetColumn
from ojr_desk.figures import Figure, Indicator, Ratio
from ojr_desk.ledger import Heading, Ledger
from ojr_desk.moments import show_moment
from ojr_desk.text import N_, _, labelled, listed

#: Columns of numbers in one block: with more no heading could be read.
_ABREAST = 11
_WIDTHS = {"place": 10, "name": 36, "number": 19, "state": 40, "at": 36, "note": 90}
_SIGNED = (N_("主要负责人（签字）："), N_("审核人（签字）："), N_("汇总人："))


def summary_ledgers(summary: Summary, office_name: str) -> list[Ledger]:
    """Put *summary* into tables that are as wide as a page: numbers block by block, then who reported and how."""
    blocks = [summary.indicators[at : at + _ABREAST] for at in range(0, len(summary.indicators), _ABREAST)]
    count = len(blocks) + 1
    made = [
        _numbers(summary, block, office_name, _("第 {at} 部分，共 {n} 部分").format(at=at, n=count))
        for at, block in enumerate(blocks, 1)
    ]
    last = _("第 {at} 部分，共 {n} 部分").format(at=count, n=count)
    return [replace(each, code=code_of(each)) for each in (*made, _states(summary, office_name, last))]


def summary_sheets(summary: Summary, office_name: str) -> list[Sheet]:
    """Put *summary* into a sheet of numbers, and one that says what each line rests on (汇总依据)."""
    columns = (
        SheetColumn("place", _("序号"), 7, "integer"),
        SheetColumn("name", _("单位"), 22),
        *(
            SheetColumn(
                each.code, _head(each), 11, "integer" if _is_whole(each) else "decimal", (), _(each.means)
            )
            for each in summary.indicators
        ),
        SheetColumn("at", _("报送时间"), 18, "moment"),
        SheetColumn("state", _("状态"), 18),
        SheetColumn("note", _("备注"), 30),
    )
    rows = [_row(at, line, summary.indicators) for at, line in enumerate(summary.lines, 1)]
    sums: list[Value] = [_number(summary.totals.get(each.code)) for each in summary.indicators]
    rows.append([None, _("合计"), *sums, None, _counted(summary), None])
    title = _title(summary, office_name)
    numbers = Sheet(_("汇总表"), title, columns, rows, (), tuple(_notes(summary)), fixed=2)
    return [numbers, _grounds(summary)]


def _numbers(summary: Summary, block: Sequence[Indicator], office_name: str, part: str) -> Ledger:
    rows = [
        (str(at), line.name, *(_told(line.figures.get(each.code)) for each in block))
        for at, line in enumerate(summary.lines, 1)
    ]
    rows.append(("", _("合计"), *(_told(summary.totals.get(each.code)) for each in block)))
    headings = (
        Heading(_("序号"), _WIDTHS["place"]),
        Heading(_("单位"), _WIDTHS["name"]),
        *(Heading(_head(each), _WIDTHS["number"], right=True) for each in block),
    )
    return _ledger(summary, office_name, part, headings, tuple(rows))


def _states(summary: Summary, office_name: str, part: str) -> Ledger:
    heads = (
        (_("序号"), "place"), (_("单位"), "name"), (_("报送时间"), "at"), (_("状态"), "state"), (_("备注"), "note"),
    )  # fmt: skip
    rows = tuple(
        (str(at), line.name, _at(line), line.standing.word, _note(line))
        for at, line in enumerate(summary.lines, 1)
    )
    made = _ledger(
        summary, office_name, part, tuple(Heading(label, _WIDTHS[name]) for label, name in heads), rows
    )
    return replace(made, closing=tuple(_notes(summary)), signatures=tuple(_(each) for each in _SIGNED))


def _ledger(
    summary: Summary,
    office_name: str,
    part: str,
    headings: tuple[Heading, ...],
    rows: tuple[tuple[str, ...], ...],
) -> Ledger:
    return Ledger(
        title=_("{name}运行情况汇总表").format(name=office_name),
        period=summary.month.title,
        facts=(_counted(summary), part),
        headings=headings,
        rows=rows,
        code="",
        foot=_("没有报送的留空，不当作 0；合计里的比率按各单位的件数重新计算"),
        add_up=False,
    )


def _grounds(summary: Summary) -> Sheet:
    columns = (
        SheetColumn("name", _("单位"), 22),
        SheetColumn("way", _("来源"), 12),
        SheetColumn("file", _("文件或报数人"), 50),
        SheetColumn("revision", _("版次"), 8, "integer"),
        SheetColumn("code", _("校验码"), 14),
        SheetColumn("indicator", _("指标"), 18),
        SheetColumn("number", _("数"), 10),
        SheetColumn("place", _("位置"), 30),
        SheetColumn("at", _("收到时间"), 18, "moment"),
        SheetColumn("by", _("经手"), 12),
    )
    rows = [row for line in summary.lines for row in _ground_rows(line)]
    return Sheet(_("汇总依据"), _("汇总依据（{month}）").format(month=summary.month.title), columns, rows)


def _ground_rows(line: SummaryLine) -> Iterator[list[Value]]:
    name, at = line.standing.unit.name, line.standing.received_at
    if not line.standing.is_manual:
        for each in line.grounds:
            yield [name, _("月报"), each.file, each.revision, each.code, "", "", "", at, ""]
        return
    for code, (number, report) in line.standing.handmade.numbers.items():
        if code not in line.tally:
            continue
        figure = line.figures.get(code)
        told = figure.told if figure else str(number.parts)
        place = listed((number.sheet, number.place), "!")
        yield [
            name, _(WAYS[report.way]), report.file or report.teller, None, "", number.heading, told, place,
            report.at, report.by,
        ]  # fmt: skip


def _row(at: int, line: SummaryLine, indicators: Sequence[Indicator]) -> list[Value]:
    numbers: list[Value] = [_number(line.figures.get(each.code)) for each in indicators]
    return [at, line.name, *numbers, line.standing.received_at, line.standing.word, _note(line)]


def _notes(summary: Summary) -> Iterator[str]:
    """Say who has not reported, and what was told by hand."""
    if summary.by_hand:
        told = _("带 * 的 {n} 个单位是手工报（手工表或电话报数），每个数的来源见“汇总依据”")
        yield told.format(n=len(summary.by_hand))
    if summary.missing:
        names = listed(each.standing.unit.name for each in summary.missing)
        yield labelled(_("没有报送的 {n} 个单位").format(n=len(summary.missing)), names)


def _counted(summary: Summary) -> str:
    told = _("应报 {n} 个，已报 {m} 个，其中手工报 {k} 个")
    return told.format(
        n=len(summary.lines), m=len(summary.lines) - len(summary.missing), k=len(summary.by_hand)
    )


def _title(summary: Summary, office_name: str) -> str:
    return _("{name}运行情况汇总表（{month}）").format(name=office_name, month=summary.month.title)


def _head(indicator: Indicator) -> str:
    return _("{title}（{unit}）").format(title=_(indicator.title), unit=_(indicator.unit))


def _is_whole(indicator: Indicator) -> bool:
    return not isinstance(indicator, Ratio) and indicator.scale == 1


def _told(figure: Figure | None) -> str:
    return figure.told.removesuffix("%") if figure is not None else ""


def _number(figure: Figure | None) -> int | Decimal | None:
    if figure is None or figure.value is None:
        return None
    return int(figure.value) if _is_whole(figure.indicator) else figure.value


def _at(line: SummaryLine) -> str:
    return show_moment(line.standing.received_at) if line.standing.received_at else ""


def _note(line: SummaryLine) -> str:
    return listed((*line.standing.lacking, line.standing.note))
