"""The commands, one function each: read what was asked, call the desk, tell the answer."""

import json
import sys
from argparse import Namespace
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from ojr_desk import paths
from ojr_desk.cli import telling
from ojr_desk.cli.telling import Answer
from ojr_desk.desk import Desk, NewOffice, rehearsed, retold
from ojr_desk.desk.backups import copies, go_back, told
from ojr_desk.desk.checks import check_office
from ojr_desk.desk.loading import Hints, Wishes
from ojr_desk.desk.months import MonthState
from ojr_desk.problems import BadFile, Refused
from ojr_desk.register import Audience
from ojr_desk.store.query import Query
from ojr_desk.text import N_, _, labelled, listed

Outcome = tuple[Answer, int]


@contextmanager
def _desk(asked: Namespace) -> Iterator[Desk]:
    desk = Desk.open(paths.data_folder(asked.data), _clock(asked), asked.user)
    try:
        yield desk
    finally:
        desk.close()


def _clock(asked: Namespace) -> Any:
    return rehearsed(asked.today) if asked.today else datetime.now


def init(asked: Namespace) -> Outcome:
    """Make a new, empty office."""
    facts = NewOffice(asked.name, asked.level, asked.code, asked.superior)
    desk = Desk.create(paths.data_folder(asked.data), facts, _clock(asked))
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
    with _desk(asked) as desk:
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
    with _desk(asked) as desk:
        entry = telling.register(desk.registers.switch(asked.register, on), on)
    told = _("已启用：{title}") if on else _("已停用：{title}")
    return Answer(entry, told.format(title=entry["title"])), 0


def calendar(asked: Namespace) -> Outcome:
    """Take in or hand out a year's holidays; deadlines that were estimated are counted again."""
    with _desk(asked) as desk:
        if asked.take_in:
            year, counted = desk.holidays.take_in(Path(asked.take_in))
            moved = counted.moved
            lines = [labelled(number, f"{was} → {now}") for number, was, now in moved]
            told = _("已录入 {year} 年放假安排，{n} 件的到期日有变化。").format(year=year, n=len(moved))
            data = {
                "year": year,
                "moved": [{"record_no": n, "was": w.isoformat(), "is": i.isoformat()} for n, w, i in moved],
                "waiting": list(counted.waiting),
            }
            return Answer(data, "\n".join(line for line in (told, *lines, counted.notice) if line)), 0
        if asked.hand_out and not asked.year:
            raise Refused(_("要写出哪一年的放假安排？请用 --year 指明，例如 --year 2026。"))
        if asked.hand_out:
            desk.holidays.hand_out(asked.year, Path(asked.hand_out))
            return Answer({"file": asked.hand_out}, _("已写出 {file}").format(file=asked.hand_out)), 0
        years = sorted(desk.holidays.calendar().years)
        return Answer({"years": years}, _("已录入的年份：{years}").format(years=" ".join(map(str, years)))), 0


def add(asked: Namespace) -> Outcome:
    """Store records from a JSON array."""
    rows = _read_json(asked.file)
    if isinstance(rows, Mapping):
        rows = [rows]
    if not isinstance(rows, list) or not all(isinstance(row, Mapping) for row in rows):
        raise Refused(_('要的是记录的列表，例如 [{"content": "…"}]。'))
    with _desk(asked) as desk:
        added = desk.registers.add(asked.register, rows)
    data = [{"uid": each.record.uid, "record_no": each.record.record_no} for each in added]
    told = [notice for each in added for notice in each.notices]
    told.append(_("已登记 {n} 条：{numbers}").format(n=len(added), numbers=_first(data)))
    return Answer(data, "\n".join(told)), 0


def load(asked: Namespace) -> Outcome:
    """Bring an office's own old Excel book into a register."""
    words = {column: _texts(said) for column, said in _said(asked.words).items()}
    hints = Hints(_texts(_said(asked.mapping)), words, asked.year)
    wishes = Wishes(hints, _said(asked.defaults), asked.reason, asked.again)
    path, password = Path(asked.file), _password(asked.password_file)
    with _desk(asked) as desk:
        if asked.dry_run:
            done = desk.old_books.plan(asked.register, path, wishes, password, telling.bar(_("读取")))
        else:
            rejects = Path(asked.rejects) if asked.rejects else None
            progress = telling.bar(_("补录"))
            done = desk.old_books.load(asked.register, path, wishes, rejects, password, progress)
    return Answer(telling.loading(done), "\n".join(telling.loading_lines(done, asked.dry_run))), int(
        bool(done.problems)
    )


def _said(file: str | None) -> dict[str, Any]:
    return _values(file) if file else {}


def _texts(said: Any) -> dict[str, str]:
    """Read what leads from words to words, or to nothing."""
    if not isinstance(said, Mapping) or not all(isinstance(each, str | None) for each in said.values()):
        raise Refused(_('要的是词和词的对应，例如 {"…": "person"}。'))
    return {word: meant or "" for word, meant in said.items()}


def _first(data: list[dict[str, Any]]) -> str:
    numbers = [each["record_no"] for each in data]
    return listed(numbers, most=5)


def _read_json(file: str | None, empty: Any = None) -> Any:
    """Read a JSON document from a file or standard input; *empty*, if there is one, stands for no word at all."""
    try:
        told = Path(file).read_text(encoding="utf-8-sig") if file and file != "-" else sys.stdin.read()
        return empty if empty is not None and not told.strip() else json.loads(told)
    except OSError as error:
        raise BadFile(_("读不了 {file}，请检查文件名。").format(file=file)) from error
    except (ValueError, RecursionError) as error:
        # Half a document, another encoding, a number of ten thousand digits, a list of lists of lists …
        place = getattr(error, "lineno", 0)
        told = (
            _("第 {line} 行不是 JSON，请检查。") if place else _("不是 UTF-8 的 JSON，或者太长太深，请检查。")
        )
        raise BadFile(told.format(line=place)) from error


def _values(file: str | None, empty: Any = None) -> dict[str, Any]:
    values = _read_json(file, empty)
    if not isinstance(values, Mapping):
        raise Refused(_('要的是一条记录，例如 {"remark": "…"}。'))
    return dict(values)


def edit(asked: Namespace) -> Outcome:
    """Change one record."""
    notices: list[str] = []
    with _desk(asked) as desk:
        record = desk.registers.edit(asked.register, asked.uid, _values(asked.file), notices)
        return _record(desk, asked.register, record, _("已修改 {number}"), notices), 0


def correct(asked: Namespace) -> Outcome:
    """Put a record of a closed month right by 更正 rows in the open month."""
    with _desk(asked) as desk:
        rows = desk.months.correct(asked.register, asked.uid, _values(asked.file), asked.reason)
        data = [{"uid": each.uid, "record_no": each.record_no, "column": each.of_column} for each in rows]
    return Answer(data, _("已开更正单：{numbers}").format(numbers=_first(data))), 0


def void(asked: Namespace) -> Outcome:
    """Declare one record void."""
    with _desk(asked) as desk:
        record = desk.registers.void(asked.register, asked.uid, asked.reason)
        return _record(desk, asked.register, record, _("已作废 {number}，编号保留")), 0


def act(asked: Namespace) -> Outcome:
    """Take an allowed step of a record."""
    values = _values(asked.file, {}) if asked.file or not sys.stdin.isatty() else {}
    uids = [uid for uid in asked.uid.split(",") if uid]
    with _desk(asked) as desk:
        if asked.register == "case" and len(uids) > 1:
            acted = desk.cases.act_all(uids, asked.step, values)
            told = [_record(desk, "case", each, "{number}") for each in acted]
            numbers = listed((each.told for each in told), most=5)
            return Answer([each.data for each in told], _("已办：{number}").format(number=numbers)), 0
        record = desk.cases.act(asked.register, asked.uid, asked.step, values)
        return _record(desk, asked.register, record, _("已办：{number}")), 0


def _record(desk: Desk, code: str, record: Any, told: str, notices: Sequence[str] = ()) -> Answer:
    entry = desk.registers.named(code)
    labels = desk.registers.labels(code, [record])
    lines = (told.format(number=record.record_no), *notices)
    return Answer(telling.record(entry, record, labels), "\n".join(lines))


def find(asked: Namespace) -> Outcome:
    """Search as in the window."""
    with _desk(asked) as desk:
        entry = desk.registers.named(asked.register)
        found = desk.registers.find(asked.register, Query(tuple(asked.words), asked.month), asked.limit)
        data = telling.found(entry, found)
        lines = [telling.line(entry, each, found.labels, desk.office.center) for each in found.records]
    return Answer(data, "" if asked.json else "\n".join((_("共 {n} 条").format(n=found.total), *lines))), 0


def history(asked: Namespace) -> Outcome:
    """Tell what was changed in one record."""
    with _desk(asked) as desk:
        entry = desk.registers.named(asked.register)
        record = desk.registers.get(asked.register, asked.uid)
        story = desk.registers.story(record.uid)
        told = retold.lines(desk, entry, record.uid)
    data = [
        {"seq": c.seq, "at": c.at, "by": c.actor, "act": c.act, "op": c.op, "was": c.was, "now": c.now}
        for c in story
    ]
    lines = [f"{_(entry.title)}  {record.record_no}"]
    for each in told:
        lines.append(f"{each.at}  {each.what}  {each.who}".rstrip())
        lines += [f"  {change}" for change in each.changes.splitlines()]
    return Answer(data, "" if asked.json else "\n".join(lines)), 0


def attach(asked: Namespace) -> Outcome:
    """Keep a file with a record."""
    with _desk(asked) as desk:
        kept = desk.attachments.add(asked.register, asked.uid, Path(asked.file))
    data = {"uid": kept.uid, "name": kept.name, "size": kept.size, "file": str(kept.path.resolve())}
    return Answer(data, _("已加附件《{name}》").format(name=kept.name)), 0


def merge(asked: Namespace) -> Outcome:
    """Make two persons one."""
    with _desk(asked) as desk:
        record = desk.persons.merge(asked.keep, asked.double)
        return _record(desk, "person", record, _("已并入 {number}")), 0


def unmerge(asked: Namespace) -> Outcome:
    """Take a merging back."""
    with _desk(asked) as desk:
        record = desk.persons.unmerge(asked.double)
        return _record(desk, "person", record, _("已拆开 {number}")), 0


def print_book(asked: Namespace) -> Outcome:
    """Write one monthly book."""
    path = Path(asked.out)
    with _desk(asked) as desk:
        ledger, printed = desk.books.print(
            asked.book, asked.month, path, Audience(asked.audience), telling.bar(_("打印"))
        )
    data = {
        "pages": printed.pages,
        "records": len(ledger.rows),
        "totals": ledger.totals,
        "code": ledger.code,
        "file": str(path.resolve()),
    }
    return Answer(data, _("已写出 {file}，{n} 页").format(file=path, n=printed.pages)), 0


def slip(asked: Namespace) -> Outcome:
    """Write the slip of one intake, or the paper of a case's last 督办 or 催问."""
    path = Path(asked.out)
    with _desk(asked) as desk:
        desk.slips.write(asked.uid, path)
    return Answer({"file": str(path.resolve())}, _("已写出 {file}").format(file=path)), 0


def close(asked: Namespace) -> Outcome:
    """Close a month."""
    with _desk(asked) as desk:
        state = desk.months.close(asked.month)
        return _month(state, _("{month}已结账"), desk.months.hints(asked.month)), 0


def reopen(asked: Namespace) -> Outcome:
    """Open a closed month again."""
    with _desk(asked) as desk:
        return _month(desk.months.reopen(asked.month, asked.reason, asked.second), _("{month}已重新打开")), 0


def hours(asked: Namespace) -> Outcome:
    """Tell on how many days of a month the centre should have been open and was; write the board of its hours."""
    with _desk(asked) as desk:
        days = desk.opening.days(asked.month)
        if asked.out:
            desk.opening.board(Path(asked.out))
    shut = [day.isoformat() for day in days.due if day not in days.kept]
    data = {
        "month": str(asked.month),
        "due": len(days.due),
        "kept": len(days.kept),
        "closed": shut,
        "file": str(Path(asked.out).resolve()) if asked.out else None,
    }
    told = _("{month}应开放 {due} 天，实开放 {kept} 天").format(
        month=asked.month.title, due=len(days.due), kept=len(days.kept)
    )
    return Answer(data, listed((told, *shut), N_("，"))), 0


def hints(asked: Namespace) -> Outcome:
    """List what is still to be put right in a month."""
    with _desk(asked) as desk:
        found = desk.months.hints(asked.month)
    return Answer(list(found), "" if asked.json else "\n".join(found or [_("没有要补的。")])), 0


def _month(state: MonthState, told: str, hints: Sequence[str] = ()) -> Answer:
    data = {"month": str(state.month), "state": state.state, "gaps": list(state.gaps)}
    return Answer(data, "\n".join((told.format(month=state.month.title), *hints)))


def _password(file: str | None) -> str | None:
    if file is None:
        return None
    try:
        told = Path(file).read_text(encoding="utf-8-sig").strip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        raise BadFile(_("读不了密码文件 {file}。").format(file=file)) from error
    if not told:
        raise Refused(_("密码文件 {file} 是空的。").format(file=file))
    return told


def send(asked: Namespace) -> Outcome:
    """Write the monthly pack."""
    password = _password(asked.password_file)
    if asked.full and password is None:
        raise Refused(_("补充件含个人信息，必须加密：请用 --password-file 指明密码文件。"))
    if password is not None and not asked.full:
        raise Refused(_("只有补充件（--full）才加密，普通月报不含个人信息。"))
    with _desk(asked) as desk:
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
    with _desk(asked) as desk:
        received = desk.inbox.receive(
            [Path(path) for path in asked.paths],
            out,
            _password(asked.password_file),
            asked.dry_run,
            telling.bar(_("接收")),
        )
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
    if not received:
        raise Refused(_("没有找到可以接收的文件，请检查文件夹。"))
    return Answer(data, "\n".join(lines)), 0 if all(each.fine for each in received) else 1


def answer(asked: Namespace) -> Outcome:
    """Accept or return one village's month."""
    with _desk(asked) as desk:
        path = desk.outbox.answer(
            asked.center, asked.month, asked.state, asked.note, Path(asked.out), asked.full
        )
    return Answer(
        {"file": str(path.resolve()), "state": asked.state}, _("已写出 {file}").format(file=path)
    ), 0


def backup(asked: Namespace) -> Outcome:
    """Write a verified copy."""
    with _desk(asked) as desk:
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
    data = go_back(folder, Path(asked.file), _clock(asked)())
    done = _("已恢复到 {file}；恢复前的状态另存为 {kept}") if data["kept"] else _("已恢复到 {file}")
    lines = [done.format(file=asked.file, kept=data["kept"]), data["notice"]]
    return Answer(data, "\n".join(line for line in lines if line)), 0


def check(asked: Namespace) -> Outcome:
    """Check the file, the numbers and the history."""
    findings = check_office(paths.data_folder(asked.data), _clock(asked))
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
