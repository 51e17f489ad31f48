"""Closing months, opening them again, and putting right what a closed one holds."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from ojr_desk.desk.hints import hints_of_month, unprintable
from ojr_desk.desk.month_check import Finding, empty_registers, findings
from ojr_desk.desk.office import Office
from ojr_desk.desk.registers import Registers
from ojr_desk.desk.typed import record_of
from ojr_desk.moments import Month, plain
from ojr_desk.problems import Refused
from ojr_desk.register import REGISTERS, Column, Given, Link, Register, check
from ojr_desk.store import months, records
from ojr_desk.store.numbering import month_gaps
from ojr_desk.store.schema import PACK_OUT
from ojr_desk.text import N_, _, listed, on_paper

OPEN, CLOSED = "open", "closed"
#: The way of a month to the superior and back.
STAGES: Mapping[str, str] = {
    OPEN: N_("未结账"),
    CLOSED: N_("已结账"),
    "sent": N_("已上报"),
    "returned": N_("退回修改"),
    "accepted": N_("已通过"),
}


@dataclass(frozen=True)
class MonthState:
    """A month: open or closed, the numbers missing in its books, and how far it has come, a key of `STAGES`.

    *note* is what the superior said of what was sent last.
    """

    month: Month
    state: str
    gaps: tuple[str, ...]
    stage: str = OPEN
    note: str = ""


class Months:
    """The months of this office and their lock."""

    def __init__(self, office: Office, registers: Registers) -> None:
        self._office = office
        self._registers = registers

    def state(self, month: Month) -> MonthState:
        """Tell whether a month is closed, and what is missing in it."""
        with self._office.reading() as session:
            return self._state(session, month)

    def hints(self, month: Month) -> tuple[str, ...]:
        """Tell what is still to be put right in a month, and in what stands; nobody is kept from closing it."""
        with self._office.reading() as session:
            office = self._office
            found = hints_of_month(session, office, month, office.given(session))
            return tuple(each.words for each in (*found, *unprintable(session, office, month)))

    def findings(self, month: Month) -> tuple[Finding, ...]:
        """Check a month before it is closed: what keeps it open, what should be looked at, what is in order."""
        with self._office.reading() as session:
            return findings(session, self._office, month)

    def confirm_none(self, month: Month) -> tuple[Register, ...]:
        """Confirm of every register without an entry that nothing happened (本月无); tells of which."""
        with self._office.writing("confirm none") as session:
            office = self._office
            if month in months.closed(session, office.center):
                raise Refused(_("{month}已经结过账了。").format(month=month.title))
            empty = empty_registers(session, office, month)
            codes = [each.code for each in empty]
            months.confirm_none(session, office.center, month, codes, office.user, office.now())
            return empty

    def closed(self) -> frozenset[Month]:
        """List the closed months."""
        with self._office.reading() as session:
            return months.closed(session, self._office.center)

    def close(self, month: Month) -> MonthState:
        """Close a month: what is dated in it can no longer be changed on any path."""
        today = self._office.today()
        if today < month.last:
            raise Refused(
                _("{month}还没有结束，{day} 起才能结账。").format(
                    month=month.title, day=month.last.isoformat()
                )
            )
        with self._office.writing("close") as session:
            if month in months.closed(session, self._office.center):
                raise Refused(_("{month}已经结过账了。").format(month=month.title))
            missing = month_gaps(session, self._office.center, month)
            if missing:
                raise Refused(
                    _("{month}有断号：{numbers}。请先运行 ojr-desk check 查明原因。").format(
                        month=month.title, numbers=listed(missing, most=10)
                    )
                )
            # A closed month is there to be printed, and then only reopening would help.
            if lost := list(unprintable(session, self._office, month)):
                raise Refused(listed((each.words for each in lost), N_("；"), most=10))
            kept = [each.code for each in REGISTERS.values() if self._office.enabled(each)]
            months.close(session, self._office.center, month, self._office.user, self._office.now(), kept)
            return self._state(session, month)

    def reopen(self, month: Month, reason: str, second: str = "") -> MonthState:
        """Open a closed month again; it needs a reason and is recorded, and a second person once it was sent."""
        if not reason.strip():
            raise Refused(_("重新打开要写明理由。"))
        with self._office.writing("reopen") as session:
            if month not in months.closed(session, self._office.center):
                raise Refused(_("{month}没有结账，不需要重新打开。").format(month=month.title))
            if not second.strip() and months.was_sent(session, self._office.center, month):
                raise Refused(_("月报已经写出去了，重新打开要有第二个人确认，请填他的姓名。"))
            if second.strip() and self._is_self(session, second):
                raise Refused(_("重新打开要有第二个人确认，不能是本人；同名的请写成“姓名（编号）”。"))
            office = self._office
            now = office.now()
            months.reopen(session, office.center, month, office.user, now, reason.strip(), second.strip())
            return self._state(session, month)

    def corrections(self, uid: str) -> list[Any]:
        """List what was corrected in a record, oldest first."""
        with self._office.reading() as session:
            return self._corrections(session, uid)

    def _is_self(self, session: Session, name: str) -> bool:
        """Tell whether who sits here is, or may be, the one of that name."""
        user = self._office.user
        if not user:
            return False
        own = records.labels(session, "staff", [user]).get(user, "")
        return user in records.resolve(session, "staff", name.strip(), self._office.center) or (
            "".join(plain(name).split()) == "".join(own.split())
        )

    def correct(self, code: str, uid: str, values: Mapping[str, Any], reason: str) -> list[Any]:
        """Put a record of a closed month right: one 更正 row in the open month for each value."""
        register = self._registers.to_write(code)
        if not reason.strip():
            raise Refused(_("更正要写明原因。"))
        with self._office.writing(f"correct {code}") as session:
            record = self._registers.must_get(session, register, uid)
            given = self._office.given(session)
            day = register.day_of(record)
            if day is None or not given.closed(day):
                raise Refused(
                    _("{number} 所在的月份没有结账，直接修改就可以。").format(number=record.record_no)
                )
            if record.center != self._office.center:
                raise Refused(_("这条记录是别的中心报来的，只能由那个中心更正后重新报送。"))
            if given.closed(given.now.date()):
                raise Refused(_("这个月也已经结账了，更正要记在下个月，请到下个月再开更正单。"))
            _refuse_settled(register, record, values)
            before = {each.name: getattr(record, each.name) for each in register.typed}
            if register.reads is not None and register.reads({**before, **values}) is not None:
                raise Refused(_("改成检举控告，要先重新打开这个月再改：原来的内容要从电脑里去掉。"))
            checked = self._checked(session, register, {**before, **values}, given)
            said = {each.of_column: each.becomes for each in self._corrections(session, record.uid)}
            stored = []
            for column in register.typed:
                if column.name not in values:
                    continue
                was = said.get(column.name, self._told(session, column, before[column.name]))
                becomes = self._told(session, column, getattr(checked, column.name))
                # Of two persons of one name the keys tell which is meant.
                if was == becomes and (
                    column.name in said or before[column.name] == getattr(checked, column.name)
                ):
                    continue
                told = {
                    "of_register": code,
                    "of_uid": record.uid,
                    "of_no": record.record_no,
                    "of_month": f"{day:%Y-%m}",
                    "of_column": column.name,
                    "was": was,
                    "becomes": becomes,
                    "reason": reason,
                }
                stored.append(self._store(session, told, given))
            if not stored:
                raise Refused(_("没有要更正的内容：填的和原来（或上次更正后）一样。"))
            if record.record_status == "normal":
                marks = {"record_status": "corrected", "correction_reason": reason.strip()}
                records.change(session, register, record.uid, marks)
            return stored

    def _corrections(self, session: Session, uid: str) -> list[Any]:
        found = records.by_links(session, REGISTERS["correction"], "of_uid", [uid])
        return [each for each in found if each.record_status != "void"]

    def _checked(self, session: Session, register: Register, values: Mapping[str, Any], given: Given) -> Any:
        """Check values of a closed month, registering whom they name: all but the lock must hold."""
        open_again = replace(given, closed=lambda day: False)
        return record_of(session, self._office, register, values, open_again, [])

    def _store(self, session: Session, told: Mapping[str, Any], given: Given) -> Any:
        correction = REGISTERS["correction"]
        row: Any = check(correction, told, given)
        row.center, row.recorded_by = self._office.center, self._office.user
        return records.insert(session, correction, row, given.now)

    def _told(self, session: Session, column: Column, value: Any) -> str:
        if value is None or value == "":
            return ""
        if isinstance(column.kind, Link):
            return records.labels(session, column.kind.to, [value]).get(value, "")
        # Kept and printed: Chinese, whatever the window speaks.
        with on_paper():
            return str(column.kind.show(value))

    def _state(self, session: Session, month: Month) -> MonthState:
        closed = month in months.closed(session, self._office.center)
        gaps = month_gaps(session, self._office.center, month)
        newest = select(PACK_OUT).where(PACK_OUT.c.month == str(month), PACK_OUT.c.kind == "month")
        sent = session.execute(newest.order_by(PACK_OUT.c.revision.desc())).first()
        stage = self._stage(session, month, sent) if closed else OPEN
        note = (sent.note if sent else None) or ""
        return MonthState(month, CLOSED if closed else OPEN, tuple(gaps), stage, note)

    def _stage(self, session: Session, month: Month, sent: Any) -> str:
        """Tell how far a closed month has come: what was sent before it was opened again counts no more."""
        closed_at = months.closed_at(session, self._office.center, month)
        if sent is None or closed_at is None:
            return CLOSED
        if sent.at < closed_at and sent.state != "returned":
            return CLOSED
        return str(sent.state) if sent.state in STAGES else "sent"


def _refuse_settled(register: Register, record: Any, values: Mapping[str, Any]) -> None:
    """Refuse to correct what sums are drawn from: a book with two truths adds up to neither."""
    labels = [_(register.by_name[name].label) for name in register.settled if name in values]
    if labels:
        told = _("{number} 的{labels}已经算进结余，不能用更正单改：请在本月另记一笔相反的冲销，再记对的")
        raise Refused(told.format(number=record.record_no, labels=listed(labels)))
