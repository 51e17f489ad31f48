"""The check-up: whether the file is sound, the numbers whole, and everything follows from its records."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from sqlalchemy import select, text
from sqlmodel import Session

from ojr_desk.backup import advice, check_file
from ojr_desk.desk import Desk
from ojr_desk.desk.attachments import path_of
from ojr_desk.desk.backups import copies
from ojr_desk.moments import Month
from ojr_desk.problems import NoOffice, NoRoom
from ojr_desk.register import REGISTERS, Link
from ojr_desk.store import history, settings
from ojr_desk.store.asof import steps_until
from ojr_desk.store.engine import FILE_NAME, Database, lies_still
from ojr_desk.store.faults import DISK_FULL, is_full
from ojr_desk.store.migrate import is_unguarded
from ojr_desk.store.schema import ATTACHMENT, NUMBER
from ojr_desk.store.triggers import table
from ojr_desk.text import N_, _, listed

#: How many examples of one finding are named.
_EXAMPLES = 5
Finding = dict[str, Any]


def check_office(folder: Path, clock: Callable[[], datetime]) -> list[Finding]:
    """Examine the whole office; each finding says what was checked, whether it is well, and what to do."""
    path = folder / FILE_NAME
    if not path.is_file():
        raise NoOffice(_("{folder} 里还没有中心资料，没有可检查的。").format(folder=folder))
    if is_full(folder) and not lies_still(path):
        raise NoRoom(_(DISK_FULL).format(disk=folder))
    broken = check_file(path)
    if broken:
        told = "".join(broken[:_EXAMPLES]) + advice()
        return [{"check": _("数据库文件"), "ok": False, "detail": told}]
    findings = [_finding(_("数据库文件"), [], _("完好"))]
    # Opening the office puts back what is missing.
    unguarded = _is_unguarded(path)
    desk = Desk.open(folder, clock)
    try:
        with desk.office.reading() as session:
            findings.append(_guards(session, unguarded))
            findings.append(_finding(_("修改痕迹"), list(_history(session, folder)), _("完整，没有被改动")))
            findings.append(_finding(_("记录"), list(_strayed(session)), _("和修改痕迹一致")))
            findings.append(_finding(_("关联"), list(_links(session)), _("都找得到")))
            findings.append(_finding(_("查找索引"), list(_index(session)), _("和记录一致")))
            findings.append(_finding(_("办理单"), list(_cases(session)), _("当前环节和经过一致")))
            findings.append(_finding(_("附件"), list(_attachments(session, folder)), _("都在，内容没有变")))
            months = (
                session.execute(select(NUMBER.c.month).distinct().order_by(NUMBER.c.month)).scalars().all()
            )
            again = list(_numbers(session))
        gaps = [number for month in months for number in desk.months.state(Month.parse(month)).gaps]
        findings.append(_finding(_("编号"), gaps + again, _("没有断号")))
        hints = list(desk.months.hints(Month.of(desk.office.today())))
        # What is missing is no damage: it is told, and the check-up is passed.
        findings.append({**_finding(_("待补"), hints, _("没有要补的")), "ok": True})
    finally:
        desk.close()
    return findings


def _finding(what: str, wrong: list[str], fine: str) -> Finding:
    if not wrong:
        return {"check": what, "ok": True, "detail": fine}
    more = _("，等 {n} 处").format(n=len(wrong)) if len(wrong) > _EXAMPLES else ""
    return {"check": what, "ok": False, "detail": listed(wrong[:_EXAMPLES], N_("；")) + more}


def _is_unguarded(path: Path) -> bool:
    database = Database(path)
    try:
        with database.reading() as session:
            return is_unguarded(session.connection())
    finally:
        database.close()


def _guards(session: Session, unguarded: bool) -> Finding:
    """Tell whether the triggers that lock and remember are there, and when they were not."""
    if unguarded:
        told = _("被人拆掉过，刚才已经装回；那时改了什么，请看下面几项，从备份核对")
        return _finding(_("锁和留痕"), [told], "")
    at = settings.read(session.connection(), settings.UNGUARDED)
    fine = _("都在（{at} 发现被人拆掉过，已经装回）").format(at=at) if at else _("都在")
    return _finding(_("锁和留痕"), [], fine)


def _history(session: Session, folder: Path) -> Iterator[str]:
    chain = history.verify(session)
    if chain.broken_at is not None:
        yield _("从第 {seq} 条起对不上，有人绕过程序改过数据库，请从备份核对").format(seq=chain.broken_at)
    if history.is_cut_off(session):
        yield _("最后的几条不见了，有人绕过程序删过，请从备份核对")
    restored = settings.read(session.connection(), settings.RESTORED)
    for backup in copies(folder):
        facts = backup.manifest.facts if backup.manifest else {}
        seq, hashed = facts.get("history_seq", ""), facts.get("history_hash", "")
        # What was backed up before the office came back from a copy went another way since.
        is_past = restored and backup.made_at <= datetime.fromisoformat(restored)
        if seq.isdecimal() and not is_past and not history.holds(session, int(seq), hashed):
            yield _("和备份 {name} 记下的第 {seq} 条对不上，有人绕过程序改过，请从它核对").format(
                name=backup.path.name, seq=seq
            )


def _strayed(session: Session) -> Iterator[str]:
    if strayed := list(history.strayed(session)):
        numbers = listed(strayed, most=_EXAMPLES)
        yield _("{numbers} 和自己的修改痕迹对不上，有人绕过程序改过，请从备份核对").format(numbers=numbers)


def _numbers(session: Session) -> Iterator[str]:
    """Name classes and months whose counter lies behind the numbers that were given out."""
    given: Counter[str] = Counter()
    for register in REGISTERS.values():
        found = session.execute(
            text(f"SELECT record_no FROM {table(register)} WHERE center = (SELECT center FROM office)")
        )
        for number in found.scalars():
            head, _dash, tail = str(number).rpartition("-")
            if tail.isdecimal() and head.partition("-")[0] in register.number.values():
                given[head] = max(given[head], int(tail))
    counted = session.execute(
        text(
            "SELECT class || '-' || replace(month, '-', ''), last FROM number_counter "
            "WHERE center = (SELECT center FROM office)"
        )
    )
    last = dict(counted.all())
    for head, most in sorted(given.items()):
        if most > last.get(head, 0):
            yield _("{head} 已经给到 {most} 号，记数却只有 {last}，再登记会重号，请从备份核对").format(
                head=head, most=most, last=last.get(head, 0)
            )


def _links(session: Session) -> Iterator[str]:
    """Name records of this office that link to what is not there."""
    for register in REGISTERS.values():
        for column in register.columns:
            if not isinstance(column.kind, Link):
                continue
            target = table(REGISTERS[column.kind.to])
            lost = session.execute(
                text(
                    f'SELECT r.record_no FROM {table(register)} r WHERE r."{column.name}" IS NOT NULL '
                    f"AND r.center = (SELECT center FROM office) "
                    f'AND NOT EXISTS (SELECT 1 FROM {target} t WHERE t.uid = r."{column.name}") LIMIT 20'
                )
            ).scalars()
            for number in lost:
                yield _("{number} 的{label}找不到了").format(number=number, label=_(column.label))


def _index(session: Session) -> Iterator[str]:
    indexed = session.execute(text("SELECT count(*) FROM search_docsize")).scalar_one()
    there = sum(
        session.execute(text(f"SELECT count(*) FROM {table(register)}")).scalar_one()
        for register in REGISTERS.values()
    )
    if indexed != there:
        yield _("记录 {there} 条，索引 {indexed} 条，查找可能漏掉记录").format(there=there, indexed=indexed)


def _cases(session: Session) -> Iterator[str]:
    """Name cases whose state is not what their steps make of it."""
    for register in REGISTERS.values():
        if register.as_of is None:
            continue
        model: Any = register.model
        records = list(session.execute(select(model)).scalars())
        steps = steps_until(session, register, (each.uid for each in records), date.max)
        for record in records:
            told = register.as_of(record, steps.get(record.uid, []))
            if any(getattr(record, name) != value for name, value in told.items()):
                yield _("{number} 的当前环节和经过不一致").format(number=record.record_no)


def _attachments(session: Session, folder: Path) -> Iterator[str]:
    for row in session.execute(select(ATTACHMENT).where(ATTACHMENT.c.removed_at.is_(None))):
        path = path_of(folder, row.sha256, Path(row.name).suffix.lower())
        if not path.is_file():
            yield _("附件《{name}》的文件不见了").format(name=row.name)
        elif sha256(path.read_bytes()).hexdigest() != row.sha256:
            yield _("附件《{name}》的内容变了").format(name=row.name)
