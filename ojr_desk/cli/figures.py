"""The commands about indicators: the monthly table, its analysis, any days as text, the records behind a number."""

from argparse import Namespace
from pathlib import Path
from typing import Any

from ojr_desk import usage
from ojr_desk.cli import telling
from ojr_desk.cli.arguments import command, month
from ojr_desk.cli.opened import Outcome, opened
from ojr_desk.cli.telling import Answer
from ojr_desk.desk import Desk
from ojr_desk.desk.figures import Named
from ojr_desk.figures import Figure, Span
from ojr_desk.text import _, labelled


def figures(asked: Namespace) -> Outcome:
    """Tell every indicator of a month beside the month before and a year ago; write its table and analysis."""
    span = Span.of(asked.month)
    files: dict[str, str] = {}
    with opened(asked) as desk:
        if asked.records:
            return _records(desk, asked.records, span)
        table = desk.figures.table(asked.month)
        if asked.out:
            path = Path(asked.out)
            write = desk.figures.export if path.suffix.lower() == ".xlsx" else desk.figures.print
            write(asked.month, path, telling.bar(_("写出")))
            files["out"] = str(path.resolve())
        if asked.analysis:
            desk.figures.print_analysis(asked.month, Path(asked.analysis))
            files["analysis"] = str(Path(asked.analysis).resolve())
    data = {
        "month": str(asked.month),
        "figures": [
            _told(line.now) | {"before": _number(line.before), "year_ago": _number(line.year_ago)}
            for line in table
        ],
        **files,
    }
    lines = [f"{line.indicator.code:<20}{labelled(_(line.indicator.title), line.now.told)}" for line in table]
    lines += [_("已写出 {file}").format(file=file) for file in files.values()]
    return Answer(data, "" if asked.json else "\n".join(lines)), 0


def quick(asked: Namespace) -> Outcome:
    """Tell some indicators for any days, as text for a chat."""
    span = Span(asked.first, asked.last)
    with opened(asked) as desk:
        if asked.records:
            return _records(desk, asked.records, span)
        told = desk.figures.quick(asked.indicators, span)
        found = desk.figures.figures(span)
    data = {
        "from": span.first.isoformat(),
        "to": span.last.isoformat(),
        "figures": [_told(found[code]) for code in asked.indicators],
        "text": told,
    }
    return Answer(data, "" if asked.json else told), 0


def _records(desk: Desk, code: str, span: Span) -> Outcome:
    found = desk.figures.records(code, span)
    lines = [_line(each) for each in found]
    data = {
        "indicator": code,
        "from": span.first.isoformat(),
        "to": span.last.isoformat(),
        "records": [
            {
                "register": each.register.code,
                "uid": each.record.uid,
                "record_no": each.record.record_no,
                "amount": each.amount,
            }
            for each in found
        ],
    }
    return Answer(data, "\n".join((_("共 {n} 条").format(n=len(found)), *lines))), 0


def _line(each: Named) -> str:
    day = each.register.day_of(each.record)
    number, label = each.record.record_no, each.register.label_of(each.record)
    return "  ".join((number, day.isoformat() if day else "", label if label != number else "")).rstrip()


def _told(figure: Figure) -> dict[str, Any]:
    each = figure.indicator
    return {
        "code": each.code,
        "title": _(each.title),
        "unit": _(each.unit),
        "value": _number(figure),
        "told": figure.told,
        "part": figure.part,
        "whole": figure.whole,
        "means": _(each.means),
    }


def _number(figure: Figure | None) -> float | int | None:
    value = figure.value if figure else None
    if value is None:
        return None
    return int(value) if value == int(value) else float(value)


def offer(kinds: Any) -> None:
    """Tell the parser of these commands."""
    its = command(kinds, "figures", figures, _("月报表：一个月的各项指标，打印月度汇总表和月度分析"))
    its.add_argument("month", type=month)
    its.add_argument("--out", metavar="FILE", help=_("把月度汇总表写成 PDF，或写成 .xlsx"))
    its.add_argument("--analysis", metavar="FILE", help=_("把月度分析写成 PDF"))
    its.add_argument("--records", metavar="INDICATOR", help=_("列出一个指标里的每一条记录"))
    its = command(kinds, "quick", quick, _("快报：任选指标和起止日期，写成可以发到群里的文字"))
    its.add_argument("indicators", nargs="+", metavar="INDICATOR")
    its.add_argument("--from", dest="first", type=usage.day, required=True, metavar="DAY")
    its.add_argument("--to", dest="last", type=usage.day, required=True, metavar="DAY")
    its.add_argument("--records", metavar="INDICATOR", help=_("列出一个指标里的每一条记录"))
