"""Who comes, calls or writes to the invented office, about what, and how it is dealt with."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from ojr_desk.demo.people import People, mobile
from ojr_desk.demo.plots import partner
from ojr_desk.demo.setting import Cast, Member
from ojr_desk.demo.words import lines, office, stream, table

#: How often what happens, in a deck of cards: whatever is in the deck comes again and again.
_CHANNELS = {
    "visit": 22, "call": 18, "round": 3, "hotline": 2, "online": 1, "letter": 2, "superior": 1, "box": 1,
}  # fmt: skip
_NATURES = {
    "consult": 17, "service": 13, "help": 9, "dispute": 2, "suggestion": 1, "criticism": 1, "complaint": 1,
    "praise": 1, "booking": 3, "other": 2,
}  # fmt: skip
#: What people write about, or call the hotline for.
_WRITTEN = {
    "help": 4, "suggestion": 3, "criticism": 3, "complaint": 2, "consult": 2, "praise": 1, "dispute": 1,
}  # fmt: skip
_FACE_TO_FACE = ("visit", "round")
_ASIDE = ("letter", "online", "hotline", "superior", "box")
#: Stands before what only somebody at the desk can want.
_PRESENT = "@"
#: Of a hundred matters of a nature that may become cases, how many do; the others are dealt with at once.
_TAKEN_UP = {"help": 25, "complaint": 85, "dispute": 80, "criticism": 35, "suggestion": 30, "service": 5}
_AT_ONCE = {
    "service": "settled",
    "booking": "settled",
    "help": "settled",
    "praise": "noted",
    "other": "noted",
}
_LETTERS = {"letter": ("ordinary", "registered", "express"), "box": ("box",), "online": ("email",)}
_SIZES = ((1, 2, 3, 4, 6), (80, 13, 4, 2, 1))


@dataclass(frozen=True)
class Caller:
    """One who came: the row of the register of intakes, who it was, and the line of the pool of matters."""

    row: dict[str, Any]
    who: Mapping[str, Any]
    matter: Sequence[str]


class Deck:
    """Cards that are drawn until none is left, and shuffled anew."""

    def __init__(self, rng: Random, counts: Mapping[str, int]) -> None:
        self._rng, self._counts = rng, counts
        self._left: list[str] = []

    def draw(self) -> str:
        """Draw a card."""
        if not self._left:
            self._left = [card for card, count in self._counts.items() for _n in range(count)]
            self._rng.shuffle(self._left)
        return self._left.pop()


class Callers:
    """All who turn to one office."""

    def __init__(self, seed: str, people: People, cast: Cast) -> None:
        self._rng = stream(seed, "callers")
        self._people, self._cast = people, cast
        self._channels = Deck(self._rng, _CHANNELS)
        self._natures = Deck(self._rng, _NATURES)
        self._written = Deck(self._rng, _WRITTEN)

    def come(self, moments: Sequence[datetime], duty: Member) -> list[Caller]:
        """Tell who came at some moments, and was received by *duty*."""
        return [self._caller(moment, duty) for moment in moments]

    def sent_down(self) -> tuple[str, ...]:
        """Draw a matter that comes as a case, without an intake."""
        return filled(self._rng, self._rng.choice([each for each in table("matters") if each[4]]))

    def _wanted(self) -> tuple[Sequence[str], str]:
        """Draw a matter and the way on which it comes."""
        channel = self._channels.draw()
        nature = (self._written if channel in _ASIDE else self._natures).draw()
        matter = self._rng.choice([each for each in table("matters") if each[1] == nature])
        if matter[2].startswith(_PRESENT) and channel not in _FACE_TO_FACE:
            channel = "visit"
        return filled(self._rng, matter), channel

    def _caller(self, moment: datetime, duty: Member) -> Caller:
        rng = self._rng
        matter, channel = self._wanted()
        who: Mapping[str, Any] = {}
        row = {
            "channel": channel,
            "occurred_at": moment,
            "received_by": duty.uid,
            "matter_category": matter[0],
            "matter_nature": matter[1],
            "content": matter[2],
            "urgency": rng.choices(("normal", "soon", "urgent"), (88, 10, 2))[0],
            "headcount": 1,
        }
        row |= _dealt_with(rng, matter)
        if rng.random() < (0.04 if channel == "visit" else 0.1):
            row["anonymous"] = True
        else:
            who = self._people.somebody(rng, 0.2)
            row["person"] = dict(who)
            row |= {"org_name": rng.choice(lines("organisations"))} if rng.random() < 0.05 else {}
        if rng.random() < 0.1:
            row["first_responder"] = rng.choice(self._cast.all("desk", "clerk")).uid
        return Caller(row | self._by_channel(channel, moment, who, duty), who, matter)

    def _by_channel(
        self, channel: str, moment: datetime, who: Mapping[str, Any], duty: Member
    ) -> dict[str, Any]:
        """Fill in what only a visit, only a call or only a letter has."""
        rng = self._rng
        if channel == "visit":
            left = moment + timedelta(minutes=rng.randrange(3, 14))
            return {"headcount": rng.choices(*_SIZES)[0], "left_at": left}
        if channel == "call":
            known = self._people.phone(who)
            return (
                {"caller_number": known} if known and rng.random() < 0.8 else {"caller_number": mobile(rng)}
            )
        if channel not in _LETTERS:
            return {}
        return {
            "received_on": moment.date(),
            "letter_date": moment.date() - timedelta(days=rng.randrange(1, 6)),
            "letter_kind": rng.choice(_LETTERS[channel]),
            "pages": rng.randrange(1, 5),
            "signature_kind": "real" if who else "anonymous",
            "opened_by": duty.name,
            "original_location": office()["letters"],
        }


def filled(rng: Random, matter: Sequence[str]) -> tuple[str, ...]:
    """Put a place and a number into a matter: the same wherever it is spoken of, to its end."""
    road, number = rng.choice(lines("roads")), rng.randrange(2, 4)
    return tuple(words.removeprefix(_PRESENT).format(road=road, n=number) for words in matter)


def _dealt_with(rng: Random, matter: Sequence[str]) -> dict[str, Any]:
    """Choose how a matter is dealt with, and write what that needs."""
    category, nature, _content, reply, handled = matter[:5]
    chance = rng.randrange(100)
    if handled and chance < _TAKEN_UP.get(nature, 0):
        return {"disposition": "accepted"}
    if nature == "consult" and chance < 10:
        org, phone = partner(category)
        return {"disposition": "referred", "transferred_to": f"{org} {phone}", "transfer_informed": True}
    if nature in ("consult", "dispute", "criticism") and chance > 95:
        (reason,) = rng.choice(table("declined"))
        return {"disposition": "declined", "reason": reason}
    row = {"disposition": _AT_ONCE.get(nature, "answered"), "reply_content": reply}
    if nature == "service" and chance > 75:
        row["one_time_notice"] = rng.choice(lines("notices"))
    return row


def sealed(channel: str, moment: datetime) -> dict[str, Any]:
    """Write all that may be written of an accusation."""
    return {"channel": channel, "occurred_at": moment, "matter_nature": "accusation"}
