"""Intakes being typed: whether the same person, or the same telephone, was here not long ago (是否重复)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, text
from sqlmodel import Session

from ojr_desk.desk.glimpse import Event, event
from ojr_desk.desk.office import Office
from ojr_desk.desk.person_card import COMPLAINTS, family_of, kept_for
from ojr_desk.problems import Wrong
from ojr_desk.register import REGISTERS, Given, is_blank
from ojr_desk.rules.identity import phone
from ojr_desk.store import records

#: A matter that comes again within so many days may be a repetition.
WITHIN = timedelta(days=90)
#: How many earlier ones are looked at.
_MOST = 100
#: The plus keeps the index of moments out of it: there are few of one person, and many of ninety days.
_RECENT = (
    "t.center = :center AND +t.occurred_at >= :since AND +t.occurred_at <= :until "
    "AND t.record_status <> 'void' AND t.confidentiality NOT IN ('sensitive', 'sealed') AND t.uid <> :itself"
)
_EARLIER = text(
    "SELECT id FROM ("
    f"SELECT t.id, t.occurred_at AS at FROM intake t WHERE t.person IN :persons AND {_RECENT} "
    "UNION "
    f"SELECT t.id, t.occurred_at AS at FROM intake t WHERE t.caller_number IN :phones AND {_RECENT}"
    ") ORDER BY at DESC, id DESC LIMIT :most"
).bindparams(bindparam("persons", expanding=True), bindparam("phones", expanding=True))


@dataclass(frozen=True)
class Repeat:
    """An earlier intake that the one being typed may repeat.

    *same_matter* tells whether it is of the same category, *same_person* whether it is known to be the very
    person, and not only the same telephone.
    """

    event: Event
    same_matter: bool
    same_person: bool


class Intakes:
    """What is asked while an intake is being typed."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def repeats(self, values: Mapping[str, Any], limit: int = 5) -> list[Repeat]:
        """List what *values*, typed so far, may repeat: the same matter first, then the newest.

        Earlier complaints are told only beside another one, for the telephone may be the neighbour's.
        """
        register = REGISTERS["intake"]
        with self._office.reading() as session:
            given = self._office.given(session)
            at = _parsed("occurred_at", values, given) or given.now
            persons = _persons(session, given, values.get("person"))
            phones = _phones(session, values, persons)
            sharing = [*persons, *_with_phones(session, self._office, phones)]
            asked = {
                "persons": sharing,
                "phones": phones,
                "center": self._office.center,
                "since": _sql(at - WITHIN),
                "until": _sql(at),
                "itself": str(values.get("uid") or ""),
                "most": _MOST,
            }
            found = records.by_ids(session, register, session.execute(_EARLIER, asked).scalars().all())
        nature = _parsed("matter_nature", values, given)
        category = _parsed("matter_category", values, given)
        told = [
            Repeat(event(register, each), each.matter_category == category, each.person in persons)
            for each in found
            if each.matter_nature not in COMPLAINTS or each.matter_nature == nature
        ]
        # Sorting keeps the order of those that are equally likely: newest first.
        return sorted(told, key=lambda each: (not each.same_matter, not each.same_person))[:limit]


def _parsed(name: str, values: Mapping[str, Any], given: Given) -> Any:
    """Read one value as far as it is typed; None for what is not fit yet."""
    value = values.get(name)
    if is_blank(value):
        return None
    try:
        return REGISTERS["intake"].by_name[name].kind.parse(value, given)
    except Wrong:
        return None


def _persons(session: Session, given: Given, value: Any) -> list[str]:
    """List whom a form may mean by its person, with all who were merged into them."""
    fields = dict(value) if isinstance(value, Mapping) else {"full_name": str(value or "")}
    word = str(fields.get("uid") or fields.get("full_name") or "").strip()
    # Half a sign, as some input methods leave behind, is in no name.
    word = word.encode("utf-8", "replace").decode("utf-8")
    found = given.resolve("person", word) if word else ()
    if len(found) > 1 and (grid := str(fields.get("grid") or "").strip()):
        people = [records.get(session, REGISTERS["person"], uid) for uid in found]
        found = tuple(each.uid for each in people if each.grid == grid)
    return [one for uid in found for one in family_of(session, kept_for(session, uid))]


def _phones(session: Session, values: Mapping[str, Any], persons: Iterable[str]) -> list[str]:
    """List the telephones that a form names, and those of whom it means."""
    typed = [values.get("caller_number"), values.get("callback")]
    if isinstance(values.get("person"), Mapping):
        typed.append(values["person"].get("phone"))
    typed += [records.get(session, REGISTERS["person"], uid).phone for uid in persons]
    found: dict[str, None] = {}
    for number in typed:
        try:
            found[phone(str(number or ""))] = None
        except Wrong:
            continue
    return list(found)


def _with_phones(session: Session, office: Office, phones: Iterable[str]) -> list[str]:
    asked = "SELECT uid FROM person WHERE phone = ? AND center = ? AND record_status <> 'void' LIMIT 50"
    ask = session.connection().exec_driver_sql
    return [uid for number in phones for uid in ask(asked, (number, office.center)).scalars()]


def _sql(moment: datetime) -> str:
    """Write a moment as the database does."""
    return moment.isoformat(" ", "microseconds")
