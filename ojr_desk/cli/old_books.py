"""The command that brings an office's own old books into a register."""

from argparse import Namespace
from pathlib import Path
from typing import Any

from ojr_desk.cli import telling
from ojr_desk.cli.arguments import command, number
from ojr_desk.cli.given import password_in, said, texts
from ojr_desk.cli.opened import Outcome, opened
from ojr_desk.cli.telling import Answer
from ojr_desk.desk.loading import Hints, Wishes
from ojr_desk.moments import FIRST_YEAR, LAST_YEAR
from ojr_desk.register.catalogue import LATE_REASONS
from ojr_desk.text import _


def load(asked: Namespace) -> Outcome:
    """Bring an office's own old Excel book into a register."""
    words = {column: texts(said) for column, said in said(asked.words).items()}
    hints = Hints(texts(said(asked.mapping)), words, asked.year)
    wishes = Wishes(hints, said(asked.defaults), asked.reason, asked.again)
    path, password = Path(asked.file), password_in(asked.password_file)
    with opened(asked) as desk:
        if asked.dry_run:
            done = desk.old_books.plan(asked.register, path, wishes, password, telling.bar(_("读取")))
        else:
            rejects = Path(asked.rejects) if asked.rejects else None
            progress = telling.bar(_("补录"))
            done = desk.old_books.load(asked.register, path, wishes, rejects, password, progress)
    return Answer(telling.loading(done), "\n".join(telling.loading_lines(done, asked.dry_run))), int(
        bool(done.problems)
    )


def offer(kinds: Any) -> None:
    """Tell the parser of these commands."""
    its = command(kinds, "load", load, _("把原来的 Excel 台账导入一本台账"))
    its.add_argument("register")
    its.add_argument("file", metavar="FILE.xlsx")
    its.add_argument("--dry-run", action="store_true", help=_("只看看会怎样，不保存"))
    its.add_argument("--defaults", metavar="FILE", help=_("JSON：各栏的空格填什么"))
    its.add_argument("--mapping", metavar="FILE", help=_("JSON：哪个表头是哪一栏，或者不要"))
    its.add_argument("--words", metavar="FILE", help=_("JSON：各栏里哪个词是哪一项"))
    its.add_argument("--year", type=number(FIRST_YEAR, LAST_YEAR), help=_("没写年份的日期是哪一年的"))
    its.add_argument("--reason", choices=tuple(LATE_REASONS), default="earlier")
    its.add_argument("--again", action="store_true", help=_("已经有的也再导入一次"))
    its.add_argument("--rejects", metavar="PATH", help=_("没有导入的行写到哪里"))
    its.add_argument("--password-file", metavar="F")
