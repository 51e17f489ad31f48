"""The commands about persons."""

from argparse import Namespace
from typing import Any

from ojr_desk.cli import telling
from ojr_desk.cli.arguments import command
from ojr_desk.cli.opened import Outcome, opened
from ojr_desk.text import _


def merge(asked: Namespace) -> Outcome:
    """Make two persons one."""
    with opened(asked) as desk:
        record = desk.persons.merge(asked.keep, asked.double)
        return telling.one(desk, "person", record, _("已并入 {number}")), 0


def unmerge(asked: Namespace) -> Outcome:
    """Take a merging back."""
    with opened(asked) as desk:
        record = desk.persons.unmerge(asked.double)
        return telling.one(desk, "person", record, _("已拆开 {number}")), 0


def offer(kinds: Any) -> None:
    """Tell the parser of these commands."""
    its = command(kinds, "merge", merge, _("把两个人员并成一个"))
    its.add_argument("keep")
    its.add_argument("double")
    command(kinds, "unmerge", unmerge, _("把并错的人员拆开")).add_argument("double")
