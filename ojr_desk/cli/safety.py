"""The commands that keep an office safe, and try the program."""

from argparse import Namespace
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ojr_desk import paths
from ojr_desk.cli.arguments import command
from ojr_desk.cli.opened import Outcome, clock, opened
from ojr_desk.cli.telling import Answer
from ojr_desk.desk.backups import copies, go_back, told
from ojr_desk.desk.checks import check_office
from ojr_desk.text import _, labelled


def backup(asked: Namespace) -> Outcome:
    """Write a verified copy."""
    with opened(asked) as desk:
        made = desk.backups.make(Path(asked.out) if asked.out else None)
    return Answer(told(made), _("已备份并核对：{file}").format(file=made.path)), 0


def backups(asked: Namespace) -> Outcome:
    """List the copies."""
    # An office that cannot be opened any more is what they are looked for.
    found = copies(paths.data_folder(asked.data))
    lines = [f"{each.made_at:%Y-%m-%d %H:%M}  {each.path.resolve()}" for each in found]
    return Answer(
        [told(each) for each in found], "" if asked.json else "\n".join(lines or [_("还没有备份。")])
    ), 0


def restore(asked: Namespace) -> Outcome:
    """Go back to a copy; the present state is kept as one first."""
    folder = paths.data_folder(asked.data)
    data = go_back(folder, Path(asked.file), clock(asked)())
    done = _("已恢复到 {file}；恢复前的状态另存为 {kept}") if data["kept"] else _("已恢复到 {file}")
    lines = [done.format(file=asked.file, kept=data["kept"]), data["notice"]]
    return Answer(data, "\n".join(line for line in lines if line)), 0


def check(asked: Namespace) -> Outcome:
    """Check the file, the numbers and the history."""
    findings = check_office(paths.data_folder(asked.data), clock(asked))
    bad = [each for each in findings if not each["ok"]]
    lines = [_line(each) for each in findings]
    return Answer(findings, "\n".join(lines)), 1 if bad else 0


def _line(finding: Mapping[str, Any]) -> str:
    mark = "✓" if finding["ok"] else "✗"
    return f"{mark} {labelled(finding['check'], finding['detail'])}"


def self_test(asked: Namespace) -> Outcome:
    """Try this installation."""
    findings = asked.faces["self-test"](Path(asked.screens) if asked.screens else None)
    lines = [_line(each) for each in findings]
    return Answer(findings, "\n".join(lines)), 0 if all(each["ok"] for each in findings) else 1


def rehearse(asked: Namespace) -> Outcome:
    """Do the main job on an invented office, without a screen."""
    files = asked.faces["rehearse"](Path(asked.out) if asked.out else None)
    return Answer(files, "\n".join(labelled(name, path) for name, path in files.items())), 0


def offer(kinds: Any) -> None:
    """Tell the parser of these commands."""
    its = command(kinds, "backup", backup, _("备份并核对"))
    its.add_argument("--out", metavar="DIR")
    command(kinds, "backups", backups, _("列出备份"))
    command(kinds, "restore", restore, _("恢复到一份备份")).add_argument("file")
    command(kinds, "check", check, _("检查数据库、编号和修改痕迹"))
    its = command(kinds, "self-test", self_test, _("自检"))
    its.add_argument("--screens", metavar="DIR")
    its = command(kinds, "rehearse", rehearse, _("用示例中心把全程演练一遍，不要屏幕"))
    its.add_argument("--out", metavar="DIR")
