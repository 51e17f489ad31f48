"""The commands about a month of all villages: the consolidated table, the blank form, what was reported by hand."""

from argparse import ArgumentTypeError, Namespace
from pathlib import Path
from typing import Any

from ojr_desk.cli import telling
from ojr_desk.cli.arguments import MOST, command, month, number
from ojr_desk.cli.given import password_in
from ojr_desk.cli.opened import Outcome, opened
from ojr_desk.cli.telling import Answer
from ojr_desk.desk.handmade import HandAnswers
from ojr_desk.desk.handmade_kept import WAYS, HandReport
from ojr_desk.desk.inbox import received_by_hand
from ojr_desk.desk.summary import Summary, SummaryLine
from ojr_desk.figures import Figure, Indicator
from ojr_desk.moments import show_moment
from ojr_desk.text import _, labelled, listed


def summary(asked: Namespace) -> Outcome:
    """Tell every unit's indicators of a month and their sums; write the table."""
    with opened(asked) as desk:
        if asked.out:
            made = desk.summaries.write(asked.month, Path(asked.out), telling.bar(_("写出")))
        else:
            made = desk.summaries.of(asked.month)
    data = {
        "month": str(asked.month),
        "indicators": [
            {"code": each.code, "title": _(each.title), "unit": _(each.unit)} for each in made.indicators
        ],
        "centers": [_told(made, line) for line in made.lines],
        "totals": _numbers(made, made.totals),
        "due": len(made.lines),
        "missing": [line.standing.unit.name for line in made.missing],
        "manual": len(made.by_hand),
        "file": str(Path(asked.out).resolve()) if asked.out else None,
    }
    lines = [labelled(_(each.title), _sum(made, each)) for each in made.indicators]
    if asked.out:
        lines.append(_("已写出 {file}").format(file=asked.out))
    return Answer(data, "" if asked.json else "\n".join(lines)), 0


def template(asked: Namespace) -> Outcome:
    """Write the blank form of a month."""
    with opened(asked) as desk:
        path = desk.summaries.form(asked.month, Path(asked.out))
    return Answer({"file": str(path.resolve())}, _("已写出 {file}").format(file=path)), 0


def manual(asked: Namespace) -> Outcome:
    """Take in a report that a village made by hand, as a person says what it means."""
    answers = HandAnswers(asked.center, asked.month, dict(asked.columns or ()), asked.replace)
    path = Path(asked.file)
    with opened(asked) as desk:
        plan = desk.handmade.take(path, answers, password_in(asked.password_file), asked.dry_run)
    received = received_by_hand(path, plan)
    data = {
        "path": str(path),
        "decision": plan.decision,
        "center": received.center,
        "month": received.month,
        "numbers": {each.code: each.parts for each in plan.book.numbers},
        "columns": {each.heading: each.code for totals in plan.book.totals for each in totals.entries},
        "problems": list(plan.problems),
        "notes": list(plan.notes),
    }
    told = [labelled(path.name, received.outcome), *plan.problems, *plan.notes]
    return Answer(data, "\n".join(told)), 0 if received.fine else 1


def telephone(asked: Namespace) -> Outcome:
    """Key in what somebody told on the telephone."""
    with opened(asked) as desk:
        unit, numbers = desk.handmade.told_by_telephone(
            asked.center, asked.month, dict(asked.numbers), asked.teller
        )
    data = {
        "center": unit.name,
        "month": str(asked.month),
        "numbers": {each.code: each.parts for each in numbers},
        "teller": asked.teller,
    }
    told = _("已记下{name}{month}的电话报数：{what}").format(
        name=unit.name,
        month=asked.month.title,
        what=listed(labelled(each.heading, str(each.parts)) for each in numbers),
    )
    return Answer(data, told), 0


def manuals(asked: Namespace) -> Outcome:
    """List what was reported by hand of a month, or declare one report void."""
    with opened(asked) as desk:
        if asked.void is not None:
            desk.handmade.void(asked.void, asked.reason)
        names = {each.uid: each.name for each in desk.handmade.units(asked.month)}
        reports = [each for told in desk.handmade.of(asked.month).values() for each in told.reports]
    data = [_report(each, names.get(each.unit, each.unit)) for each in reports]
    lines = [_line(each, names.get(each.unit, each.unit)) for each in reports]
    return Answer(data, "" if asked.json else "\n".join(lines or [_("没有手工报。")])), 0


def _told(made: Summary, line: SummaryLine) -> dict[str, Any]:
    standing = line.standing
    at = standing.received_at
    return {
        "center": standing.unit.name,
        "code": standing.unit.code,
        "uid": standing.unit.center or None,
        "state": standing.state,
        "manual": standing.is_manual,
        "received_at": at.isoformat(sep=" ", timespec="minutes") if at else None,
        "figures": _numbers(made, line.figures),
        "grounds": telling.plain(list(line.grounds)),
    }


def _numbers(made: Summary, figures: Any) -> dict[str, int | float | None]:
    return {each.code: _number(figures.get(each.code)) for each in made.indicators}


def _number(figure: Figure | None) -> int | float | None:
    value = figure.value if figure is not None else None
    if value is None:
        return None
    return int(value) if value == int(value) else float(value)


def _sum(made: Summary, indicator: Indicator) -> str:
    figure = made.totals.get(indicator.code)
    return figure.told if figure is not None else ""


def _report(each: HandReport, name: str) -> dict[str, Any]:
    return {
        "id": each.id,
        "center": name,
        "way": each.way,
        "file": each.file,
        "teller": each.teller,
        "at": each.at.isoformat(sep=" ", timespec="minutes"),
        "by": each.by,
        "void_reason": each.void_reason or None,
        "numbers": {
            number.code: {
                "number": number.parts,
                "sheet": number.sheet,
                "cell": number.place,
                "heading": number.heading,
            }
            for number in each.numbers
        },
    }


def _line(each: HandReport, name: str) -> str:
    void = _("已作废：{reason}").format(reason=each.void_reason) if each.void_reason else ""
    what = listed((labelled(number.heading, str(number.parts)) for number in each.numbers), most=8)
    words = (
        str(each.id),
        name,
        _(WAYS[each.way]),
        each.file or each.teller,
        show_moment(each.at),
        what,
        void,
    )
    return listed(words, "  ")


def _pair(typed: str) -> tuple[str, str]:
    """Read `来访=n_visit` or `n_visit=12`."""
    name, mark, value = typed.rpartition("=")
    if not mark or not name.strip():
        raise ArgumentTypeError(_("“{typed}”要写成 名称=值 的样子").format(typed=typed[:40]))
    return name.strip(), value.strip()


def offer(kinds: Any) -> None:
    """Tell the parser of these commands."""
    its = command(kinds, "summary", summary, _("村社汇总：各单位一个月的各项指标和合计"))
    its.add_argument("month", type=month)
    its.add_argument("--out", metavar="FILE", help=_("写成 .xlsx 或 .pdf"))
    its = command(kinds, "template", template, _("空白填报模板，给没有装本程序的村填"))
    its.add_argument("month", type=month)
    its.add_argument("--out", required=True, metavar="FILE.xlsx")
    its = command(kinds, "manual", manual, _("收一份手工做的报表，说明是哪个单位、哪个月、各栏是什么"))
    its.add_argument("file", metavar="FILE.xlsx")
    its.add_argument("--center", default="", metavar="NAME")
    its.add_argument("--month", type=month, default=None)
    its.add_argument(
        "--column", dest="columns", type=_pair, action="append", metavar="HEADING=INDICATOR",
        help=_("一栏对应哪个指标；等号后面空着就是不用"),
    )  # fmt: skip
    its.add_argument("--replace", action="store_true", help=_("和以前手工报的不一样时，以这一份为准"))
    its.add_argument("--dry-run", action="store_true")
    its.add_argument("--password-file", metavar="F")
    its = command(kinds, "phone", telephone, _("电话报数：记下一个单位在电话里报的数"))
    its.add_argument("center")
    its.add_argument("month", type=month)
    its.add_argument("numbers", type=_pair, nargs="+", metavar="INDICATOR=NUMBER")
    its.add_argument("--teller", required=True, metavar="NAME", help=_("报数的人"))
    its = command(kinds, "manuals", manuals, _("列出一个月的手工报，作废其中一份"))
    its.add_argument("month", type=month)
    its.add_argument("--void", type=number(1, MOST), metavar="ID")
    its.add_argument("--reason", default="")
