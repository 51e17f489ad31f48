"""The commands by which offices exchange files."""

from argparse import Namespace
from pathlib import Path
from typing import Any

from ojr_desk import usage
from ojr_desk.cli import telling
from ojr_desk.cli.arguments import command, month
from ojr_desk.cli.given import password_in
from ojr_desk.cli.opened import Outcome, opened
from ojr_desk.cli.telling import Answer
from ojr_desk.desk.notices import Draft
from ojr_desk.desk.outbox import Verdict
from ojr_desk.exchange.marks import REASONS
from ojr_desk.problems import Refused
from ojr_desk.text import _, labelled, listed


def send(asked: Namespace) -> Outcome:
    """Write the monthly pack."""
    password = password_in(asked.password_file)
    if asked.full and password is None:
        raise Refused(_("补充件含个人信息，必须加密：请用 --password-file 指明密码文件。"))
    if password is not None and not asked.full:
        raise Refused(_("只有补充件（--full）才加密，普通月报不含个人信息。"))
    with opened(asked) as desk:
        sent = desk.outbox.send(asked.month, Path(asked.out), password, telling.bar(_("导出")))
    data = {
        "files": [str(file) for file in sent.files],
        "revision": sent.pack.revision,
        "code": sent.pack.code,
        "counts": sent.pack.counts,
    }
    told = _("已写出第{n}版，校验码 {code}").format(n=sent.pack.revision, code=sent.pack.code)
    return Answer(data, "\n".join((told, *map(str, sent.files)))), 0


def receive(asked: Namespace) -> Outcome:
    """Take in packs, receipts and answers."""
    out = Path(asked.out) if asked.out else None
    if asked.group and out is None:
        raise Refused(_("--group 要和 --out 一起用：全部回执合成一个文件，写到那个文件夹。"))
    with opened(asked) as desk:
        received = desk.inbox.receive(
            [Path(path) for path in asked.paths],
            out,
            password_in(asked.password_file),
            asked.dry_run,
            telling.bar(_("接收")),
        )
        written = [each.receipt for each in received if each.receipt is not None]
        group = desk.outbox.for_the_group(written, out) if asked.group and out and written else None
    data = [
        {
            "path": str(each.path),
            "decision": each.decision,
            "center": each.center,
            "month": each.month,
            "revision": each.revision,
            "new": each.new,
            "changed": each.changed,
            "edited": [edit.told() for edit in each.edited],
            "problems": list(each.problems),
            "receipt": str(each.receipt) if each.receipt else None,
            "withdrawn": each.withdrawn,
            "displaced": each.displaced,
            "notes": list(each.notes),
            "revised": [row.told() for row in each.revised],
        }
        for each in received
    ]
    lines = []
    for each in received:
        lines.append(labelled(each.path.name, each.outcome))
        lines += [f"  {problem}" for problem in each.problems]
        lines += [f"  {notice}" for notice in each.notices]
        lines += [
            _("  {sheet} 第 {row} 行 {column}：{was} → {now}").format(
                sheet=edit.sheet, row=edit.row, column=edit.column, was=edit.was, now=edit.is_
            )
            for edit in each.edited
        ]
        lines += [f"  {line}" for row in each.revised for line in row.lines]
    if group is not None:
        lines.append(_("全部回执在一个文件里，可以发到群里：{file}").format(file=group))
    if not received:
        raise Refused(_("没有找到可以接收的文件，请检查文件夹。"))
    return Answer(data, "\n".join(lines)), 0 if all(each.fine for each in received) else 1


def answer(asked: Namespace) -> Outcome:
    """Accept or return one village's month."""
    verdict = Verdict(asked.state, asked.note, tuple(asked.reason), asked.until)
    with opened(asked) as desk:
        path = desk.outbox.judge(asked.center, asked.month, verdict, Path(asked.out), asked.full)
    return Answer(
        {"file": str(path.resolve()), "state": asked.state}, _("已写出 {file}").format(file=path)
    ), 0


def notify(asked: Namespace) -> Outcome:
    """Write a notice for some villages, or one that all of them take in."""
    draft = Draft(asked.title, asked.text, asked.due)
    with opened(asked) as desk:
        written = desk.notices.write(draft, asked.centers, Path(asked.out))
    files = [str(path) for path in written.files]
    return Answer({"uid": written.uid, "files": files}, _("已写出 {file}").format(file=listed(files))), 0


def notices(asked: Namespace) -> Outcome:
    """List what the superior had to say, or open one of its notices: then it is read."""
    with opened(asked) as desk:
        if asked.uid:
            desk.notices.read([asked.uid])
        found = [each for each in desk.notices.all() if asked.uid in (None, each.uid)]
    lines = [each.words if each.opened_at else _("未读：{what}").format(what=each.words) for each in found]
    lines += [each.text for each in found if asked.uid]
    return Answer(telling.plain(found), "" if asked.json else "\n".join(lines or [_("没有通知。")])), 0


def answers(asked: Namespace) -> Outcome:
    """Tell which of the superior's receipts, returns and notices nobody has read; note that they are."""
    with opened(asked) as desk:
        unread, told = desk.answers.unread(), desk.notices.unread()
        if asked.read:
            desk.answers.read(each.pack for each in unread)
            desk.notices.read(each.uid for each in told)
    lines = [*(each.words for each in told), *(each.words for each in unread)] or [
        _("上级没有新的答复和通知。")
    ]
    data = {"answers": telling.plain(unread), "notices": telling.plain(told)}
    return Answer(data, "" if asked.json else "\n".join(lines)), 0


def offer(kinds: Any) -> None:
    """Tell the parser of these commands."""
    its = command(kinds, "send", send, _("导出月报"))
    its.add_argument("month", type=month)
    its.add_argument("--out", required=True, metavar="DIR")
    its.add_argument("--full", action="store_true")
    its.add_argument("--password-file", metavar="F")
    its = command(kinds, "receive", receive, _("接收月报、回执和答复"))
    its.add_argument("paths", nargs="+", metavar="PATH")
    its.add_argument("--dry-run", action="store_true")
    its.add_argument("--out", metavar="DIR")
    its.add_argument("--group", action="store_true", help=_("全部回执另外合成一个文件，发到群里"))
    its.add_argument("--password-file", metavar="F")
    its = command(kinds, "answer", answer, _("认可或退回一个村一个月的月报"))
    its.add_argument("center")
    its.add_argument("month", type=month)
    which = its.add_mutually_exclusive_group(required=True)
    which.add_argument("--accept", dest="state", action="store_const", const="accepted")
    which.add_argument("--return", dest="state", action="store_const", const="returned")
    its.add_argument("--note", default="")
    reasons = listed(map(_, REASONS.values()))
    its.add_argument("--reason", action="append", default=[], choices=tuple(REASONS), help=reasons)
    its.add_argument("--until", type=usage.day, metavar="YYYY-MM-DD", help=_("改好报来的期限"))
    its.add_argument("--full", action="store_true", help=_("答复的是补充件"))
    its.add_argument("--out", required=True, metavar="FILE")
    its = command(kinds, "notify", notify, _("给村社区写一份通知"))
    its.add_argument("centers", nargs="*", metavar="CENTER", help=_("发给哪些中心；不写就是全部，一个文件"))
    its.add_argument("--title", required=True)
    its.add_argument("--text", required=True)
    its.add_argument("--due", type=usage.day, metavar="YYYY-MM-DD", help=_("办理期限"))
    its.add_argument("--out", required=True, metavar="DIR")
    its = command(kinds, "notices", notices, _("列出上级的通知，打开一份"))
    its.add_argument("uid", nargs="?", metavar="UID")
    its = command(kinds, "answers", answers, _("上级还没看过的回执、退回和通知"))
    its.add_argument("--read", action="store_true", help=_("列出以后记为看过"))
