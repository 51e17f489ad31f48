"""The commands that make an office and say what it keeps."""

from argparse import Namespace
from typing import Any

from ojr_desk import paths
from ojr_desk.cli import telling
from ojr_desk.cli.arguments import MOST, command, number
from ojr_desk.cli.opened import Outcome, clock, opened
from ojr_desk.cli.telling import Answer
from ojr_desk.desk import Desk, NewOffice
from ojr_desk.registers.center import LEVELS
from ojr_desk.text import _


def init(asked: Namespace) -> Outcome:
    """Make a new, empty office."""
    facts = NewOffice(asked.name, asked.level, asked.code, asked.superior)
    desk = Desk.create(paths.data_folder(asked.data), facts, clock(asked))
    with desk.office.reading() as session:
        center = desk.office.own(session)
        office = {
            "uid": center.uid,
            "name": center.official_name,
            "short_name": center.short_name,
            "level": asked.level,
            "code": center.division_code,
            "superior": center.superior_name,
            "folder": str(desk.office.folder.resolve()),
        }
    desk.close()
    return Answer({"office": office}, _("已建立：{name}").format(name=office["name"])), 0


def demo(asked: Namespace) -> Outcome:
    """Make an invented, plausible office."""
    from ojr_desk.demo import invent  # noqa: PLC0415 - nobody else needs the invented names

    folder = paths.data_folder(asked.data)
    made = invent(folder, asked.months, asked.centers, asked.seed, asked.today, telling.bar(_("编造资料")))
    return Answer(made, _("已在 {folder} 建立示例中心。").format(folder=folder)), 0


def registers(asked: Namespace) -> Outcome:
    """List every register."""
    with opened(asked) as desk:
        entries = [telling.register(each, desk.registers.enabled(each.code)) for each in desk.registers.all()]
    told = "\n".join(
        f"{each['code']:<12}{each['title']}" + ("" if each["enabled"] else _("（未启用）"))
        for each in entries
    )
    return Answer(entries, "" if asked.json else told), 0


def enable(asked: Namespace) -> Outcome:
    """Switch a register on."""
    return _switch(asked, True)


def disable(asked: Namespace) -> Outcome:
    """Switch a register off."""
    return _switch(asked, False)


def _switch(asked: Namespace, on: bool) -> Outcome:
    with opened(asked) as desk:
        entry = telling.register(desk.registers.switch(asked.register, on), on)
    told = _("已启用：{title}") if on else _("已停用：{title}")
    return Answer(entry, told.format(title=entry["title"])), 0


def offer(kinds: Any) -> None:
    """Tell the parser of these commands."""
    its = command(kinds, "init", init, _("建立一个新的空白中心"))
    its.add_argument("--name", required=True)
    its.add_argument("--level", required=True, choices=tuple(LEVELS))
    its.add_argument("--code", default="")
    its.add_argument("--superior", default="")
    its = command(kinds, "demo", demo, _("编造一个示例中心"))
    its.add_argument("--months", type=number(0, MOST), default=3)
    its.add_argument("--centers", type=number(0, MOST), default=0)
    its.add_argument("--seed", type=number(-MOST, MOST), default=1)
    command(kinds, "registers", registers, _("列出所有台账"))
    command(kinds, "enable", enable, _("启用一本台账")).add_argument("register")
    command(kinds, "disable", disable, _("停用一本台账")).add_argument("register")
