"""Invented people: their names, telephones and addresses, and who of them is known to the office."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

from ojr_desk.demo.words import lines, stream, table, weighted
from ojr_desk.problems import Wrong
from ojr_desk.rules.identity import citizen_id

#: Mobile numbers of a range that no carrier gives out.
_MOBILE = "1540577{:04}"
_LANDLINE = "0577-2000{:04}"
_MOST_NUMBERS = 10_000
#: A county that is in no list of divisions.
NOWHERE = "330399"
#: What people are, and how often.
_TYPES = {("masses",): 7, ("party",): 3, ("deputy", "party"): 1, ("migrant",): 2}


@dataclass
class People:
    """The people of one village: rows of those who have not come yet, the rows by uid of those who have."""

    strangers: list[dict[str, Any]]
    known: dict[str, Mapping[str, Any]] = field(default_factory=dict)

    def somebody(self, rng: Random, new: float) -> dict[str, Any]:
        """Answer with whom an intake may name: somebody known, or with the chance *new* a stranger."""
        if self.strangers and (not self.known or rng.random() < new):
            return self.strangers.pop(0)
        return {"uid": rng.choice(list(self.known))}

    def meet(self, uid: str, row: Mapping[str, Any]) -> None:
        """Remember somebody who was entered."""
        self.known.setdefault(uid, row)

    def phone(self, who: Mapping[str, Any]) -> str:
        """Tell somebody's telephone, if there is one."""
        return str(self.known.get(who.get("uid", ""), who).get("phone", ""))


def invent_people(seed: object, count: int) -> People:
    """Invent the people of a village; rare names come first, and some bear the name of another."""
    rng = stream(seed, "people")
    numbers = rng.sample(range(_MOST_NUMBERS), count)
    rare = rng.sample(table("rare"), min(count, len(table("rare"))))
    drawn = [*rare, *((*each, "") for each in _names(rng, count - len(rare)))]
    return People([_person(rng, each, number) for each, number in zip(drawn, numbers, strict=True)])


def staff_members(seed: object, genders: Sequence[str], taken: Sequence[str] = ()) -> list[dict[str, str]]:
    """Invent a name that no other bears, a gender and a mobile number for each of the staff."""
    rng = stream(seed, "staff")
    names: list[str] = []
    for gender in genders:
        names.append(_name_unlike(rng, gender, [*taken, *names]))
    phones = rng.sample(range(_MOST_NUMBERS), len(names))
    return [
        {"full_name": name, "gender": gender, "mobile": _MOBILE.format(phone)}
        for name, gender, phone in zip(names, genders, phones, strict=True)
    ]


def landline(rng: Random) -> str:
    """Invent a landline."""
    return _LANDLINE.format(rng.randrange(_MOST_NUMBERS))


def mobile(rng: Random) -> str:
    """Invent a mobile number."""
    return _MOBILE.format(rng.randrange(_MOST_NUMBERS))


def completed(stem: str, signs: str, check: Callable[[str], str]) -> str:
    """Put behind *stem* the check digit with which it passes *check*."""
    for sign in signs:
        try:
            return check(stem + sign)
        except Wrong:
            continue
    raise AssertionError(stem)


def _names(rng: Random, count: int) -> Iterator[tuple[str, str]]:
    """Yield genders and names; one in thirty bears a name that was there before, as in a true village."""
    taken: list[tuple[str, str]] = []
    for place in range(count):
        gender = rng.choice(("male", "female"))
        if place % 30 == 29:
            yield rng.choice(taken)
        else:
            taken.append((gender, _name_unlike(rng, gender, [name for _gender, name in taken])))
            yield taken[-1]


def _name_unlike(rng: Random, gender: str, taken: Sequence[str]) -> str:
    """Invent a name that is not *taken*; there are far more names than villagers."""
    surnames, weights = weighted("surnames")
    given = lines("men" if gender == "male" else "women")
    while (name := rng.choices(surnames, weights)[0] + rng.choice(given)) in taken:
        continue
    return name


def _person(rng: Random, drawn: Sequence[str], number: int) -> dict[str, Any]:
    """Invent all else about a person, as a row of the register of persons."""
    gender, name, note = drawn
    row: dict[str, Any] = {
        "full_name": name,
        "gender": gender,
        "grid": rng.choice(lines("grids")),
        "address": rng.choice(lines("lanes")).format(n=rng.randrange(1, 180)),
        "party_type": rng.choices(list(_TYPES), list(_TYPES.values()))[0],
        "name_note": note,
    }
    row |= {"no_phone": True} if rng.random() < 0.08 else {"phone": _MOBILE.format(number)}
    return row | ({"citizen_id": _number_of_nobody(rng)} if rng.random() < 0.05 else {})


def _number_of_nobody(rng: Random) -> str:
    """Invent a number that passes the check, of a county that does not exist."""
    born = f"{rng.randrange(1935, 2004)}{rng.randrange(1, 13):02}{rng.randrange(1, 29):02}"
    return completed(f"{NOWHERE}{born}{rng.randrange(1, 1000):03}", "0123456789X", citizen_id)
