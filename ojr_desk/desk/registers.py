"""What a person can do with the records of any register."""

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import insert as sql_insert
from sqlmodel import Session

from ojr_desk.desk.dry_run import DryRun
from ojr_desk.desk.entries import Added, add_all, change_one, void_one
from ojr_desk.desk.office import Office
from ojr_desk.desk.typed import as_names, lenient
from ojr_desk.moments import Month
from ojr_desk.problems import Invalid, MonthClosed, Problem, Refused
from ojr_desk.register import REGISTERS, Register, check
from ojr_desk.rules.pinyin import initials
from ojr_desk.store import history, records
from ojr_desk.store.asof import steps_until
from ojr_desk.store.history import Change
from ojr_desk.store.query import Query
from ojr_desk.store.schema import SWITCH
from ojr_desk.text import N_, _, listed

#: So many records of a list are spelt: a village has some dozens of rooms, some hundreds of things.
_SPELT = 1000
#: Registers that no office can do without.
ALWAYS_ON = frozenset(
    {"center", "staff", "person", "step", "correction", "asset", "asset_move", "loan_return", "request_step"}
)
#: By which act alone the records of some registers are made, and what to tell who tries another way.
THROUGH = {
    "act": N_("办理经过不能直接登记，请在办理单上选下一步（ojr-desk act case …）。"),
    "correct": N_("更正单不能直接登记，请对要更正的记录开更正（ojr-desk correct …）。"),
    "publish": N_("值班表在排班页里公布（ojr-desk roster 月份 --publish），不能直接登记。"),
    "init": N_("一个资料文件夹只有一个本中心，建立时已经登记；下级中心在收到它的月报时自动登记。"),
}
APPEND_ONLY = frozenset({"act", "correct", "publish"})
#: The states after which nothing is changed any more, and the way out.
_ENDED = {
    "archived": N_("{number} 已经归档，不能再改；确需重办的，请由负责人写明原因，重新立单。"),
    "withdrawn": N_("{number} 已经作废或撤回，不能再改；需要办理的请重新登记。"),
}


@dataclass(frozen=True)
class Found:
    """Some of the records found, how many there are in all, and the names of what they link to."""

    total: int
    records: tuple[Any, ...]
    labels: Mapping[str, str]


class Registers:
    """The records of every register: add, find, edit, void; registers switched on and off."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def all(self) -> list[Register]:
        """List every register, in the order of the menu."""
        return list(REGISTERS.values())

    def named(self, code: str) -> Register:
        """Find a register by its code; raises `Refused` with the codes there are."""
        if code in REGISTERS:
            return REGISTERS[code]
        known = listed(REGISTERS)
        raise Refused(_("没有“{code}”这本台账。有这些：{known}").format(code=code[:40], known=known))

    def enabled(self, code: str) -> bool:
        """Tell whether this office keeps the register."""
        return self._office.enabled(self.named(code))

    def switch(self, code: str, on: bool) -> Register:
        """Switch a register on or off; what was entered stays where it is."""
        register = self.named(code)
        if not on and code in ALWAYS_ON:
            raise Refused(_("“{title}”是其他台账要用的，不能停用。").format(title=_(register.title)))
        with self._office.writing("switch") as session:
            session.execute(sql_insert(SWITCH).prefix_with("OR REPLACE").values(register=code, enabled=on))
            self._office.read_switches(session)
        return register

    def add(self, code: str, rows: Sequence[Mapping[str, Any]]) -> list[Added]:
        """Store new records, all or none; raises `Invalid` with every problem of every row."""
        register = self.to_add(code)
        with self._office.writing(f"add {code}") as session:
            given = self._office.given(session)
            return add_all(session, self._office, register, rows, given)

    def to_add(self, code: str) -> Register:
        """Find the register that records are to be entered in; raises `Refused` where nobody may enter any."""
        register = self.to_write(code)
        if register.through:
            raise Refused(_(THROUGH[register.through]))
        return register

    def check(self, code: str, values: Mapping[str, Any]) -> tuple[Problem, ...]:
        """Tell what would be wrong with *values*, without storing anything."""
        register = self.named(code)
        with self._office.reading() as session:
            given = lenient(self._office.given(session))
            try:
                check(register, as_names(values), given)
            except Invalid as invalid:
                return invalid.problems
        return ()

    def try_out(self, code: str, rows: Sequence[Mapping[str, Any]]) -> list[Problem]:
        """Tell what entering *rows* one after the other would meet, each problem with its row from 1; store nothing."""
        register = self.to_add(code)
        with self._office.reading() as session:
            dry = DryRun(session, self._office, register, self._office.given(session))
            return [
                replace(each, row=place) for place, row in enumerate(rows, 1) for each in dry.problems(row)
            ]

    def edit(self, code: str, uid: str, values: Mapping[str, Any], notices: list[str] | None = None) -> Any:
        """Change some values of a record; the history keeps the old ones.

        What the person should know of what follows is added to *notices*.
        """
        register = self.to_write(code)
        with self._office.writing(f"edit {code}") as session:
            record = self.must_get(session, register, uid)
            self.refuse_locked(session, register, record, register.day_of(record))
            if register.through in APPEND_ONLY or register.steps_of:
                raise Refused(_("这类记录只能往后添加，不能修改。"))
            sealed = change_one(session, self._office, register, record, values, notices)
            changed = records.get(session, register, record.uid)
        if sealed:
            self._office.database.sweep()
        return changed

    def void(self, code: str, uid: str, reason: str) -> Any:
        """Declare a record void; its number stays taken, its values stay readable."""
        register = self.to_write(code)
        if not reason.strip():
            raise Refused(_("作废要写明原因。"))
        if register.steps_of:
            raise Refused(_("办理经过只能往后添加，不能作废；刚登错的可以撤销。"))
        with self._office.writing(f"void {code}") as session:
            record = self.must_get(session, register, uid)
            self.refuse_locked(session, register, record, register.day_of(record))
            void_one(session, self._office, register, record, reason)
            return records.get(session, register, record.uid)

    def get(self, code: str, uid: str) -> Any:
        """Read one record; raises `Refused` if there is none."""
        with self._office.reading() as session:
            return self.must_get(session, self.named(code), uid)

    def find(self, code: str, query: Query, limit: int = 50, most: int | None = None) -> Found:
        """Find records by words, month and values, newest first; counting them stops at *most*."""
        register = self.named(code)
        with self._office.reading() as session:
            total, found = records.find(session, register, query, limit, most)
            return Found(total, tuple(found), records.link_labels(session, register, found))

    def spelt(self, code: str, letters: str, limit: int) -> list[Any]:
        """Find what stands in a short list, such as rooms, by the initials of its names."""
        register = self.named(code)
        if not (register.standing and letters.isascii() and letters.isalnum()):
            return []
        every = self.find(code, Query(live=True), _SPELT).records
        word = letters.lower()
        return [each for each in every if any(word in one for one in initials(register.label_of(each)))][
            :limit
        ]

    def labels(self, code: str, found: Sequence[Any]) -> Mapping[str, str]:
        """Write the names of what some records link to, by uid."""
        with self._office.reading() as session:
            return records.link_labels(session, self.named(code), found)

    def ids(self, code: str, query: Query, most: int | None = None) -> "array[int]":
        """List the row numbers of all that is found, or of the first *most*: what a table of a million rows scrolls over."""
        with self._office.reading() as session:
            return records.ids(session, self.named(code), query, most)

    def page(self, code: str, wanted: Sequence[int]) -> Found:
        """Read the records of some row numbers."""
        register = self.named(code)
        with self._office.reading() as session:
            found = records.by_ids(session, register, wanted)
            return Found(len(found), tuple(found), records.link_labels(session, register, found))

    def story(self, uid: str) -> list[Change]:
        """Tell what was ever changed in a record."""
        with self._office.reading() as session:
            return history.changes(session, uid)

    def must_get(self, session: Session, register: Register, uid: str) -> Any:
        """Read one record by uid or number; raises `Refused` with a sentence if there is none."""
        record = records.get(session, register, uid)
        if record is None:
            found = records.resolve(session, register.code, uid, self._office.center)
            record = records.get(session, register, found[0]) if len(found) == 1 else None
        if record is None:
            raise Refused(
                _("{title}里没有“{uid}”这条记录，请检查编号。").format(title=_(register.title), uid=uid[:40])
            )
        return record

    def to_write(self, code: str) -> Register:
        """Find the register that is to be written into; raises `Refused` where it is switched off."""
        register = self.named(code)
        self._office.refuse_off(register)
        return register

    def refuse_locked(self, session: Session, register: Register, record: Any, day: date | None) -> None:
        """Refuse to change what is another centre's, what is dated on a *day* of a closed month, what is archived."""
        if record.center != self._office.center:
            raise Refused(_("这条记录是别的中心报来的，只能由那个中心更正后重新报送。"))
        if day is not None and self._office.given(session).closed(day):
            raise MonthClosed(
                _("{number} 在{month}，这个月已经结账。请开更正单，或由负责人重新打开这个月。").format(
                    number=record.record_no, month=Month.of(day).title
                )
            )
        _refuse_ended(session, register, record)


def _refuse_ended(session: Session, register: Register, record: Any) -> None:
    """Refuse to change what was filed away, or withdrawn: after that step there is none but a new case."""
    steps = steps_until(session, register, [record.uid], date.max).get(record.uid, [])
    states = (getattr(step, "state_after", None) for step in reversed(steps))
    state = next(filter(None, states), "")
    if state in _ENDED:
        raise Refused(_(_ENDED[state]).format(number=record.record_no))
