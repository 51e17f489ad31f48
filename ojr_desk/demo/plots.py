"""How a case may go: its steps, how many office days lie between them, and what is written at each."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any

from ojr_desk.demo.setting import Cast, Member
from ojr_desk.demo.words import said, table
from ojr_desk.rules.workdays import Calendar

#: What begins with an intake that was taken up. `step!how:days` — how it differs, after how many office
#: days. The number in front says how often it happens.
TAKEN_UP: Mapping[str, int] = {
    "assign:0 take_up:0 progress:0-1 reply:0-1 close:0 follow_up:1-4 archive:3-9": 30,
    "take_up:0 progress:0 reply:0-1 close:0 follow_up:1-3 archive:5-12": 22,
    "assign:0 return:0-1 assign!again:0 take_up:0 progress:1 reply:0-1 close:0 follow_up:1-3 archive:4-8": 5,
    "assign:0 take_up:0 progress:0-1 pause:0-1 resume:3-6 progress:1 reply:0-1 close:0 follow_up:1-4": 7,
    "take_up:0 progress:1 pause!long:1 resume:12-16 progress:1-2 reply:1 close:0 follow_up:2-4 archive:2-5": 3,
    "assign:0 take_up:0 progress:1 escalate:0-1 remind:4-6 answer:2-5 take_up:0-1 progress:2-4 reply:1 close:0-1"
    " follow_up:2-4 archive:3-8": 5,
    "assign:0 take_up:0 progress:0 extend:0-1 progress:2-4 reply:0-1 close:0 follow_up:1-4 archive:3-9": 6,
    "assign:0 take_up:0 progress:1 reply:0-1 close:0 follow_up!dissatisfied:1-3 redo:0-1 progress:1-2 reply:0-1"
    " close:0 follow_up:1-4 archive:3-6": 4,
    "take_up:0 progress:0-1 reply:1 close:0 follow_up!missed:1-2 follow_up!missed:1-2 archive:3-6": 4,
    "assign:0 take_up:1 supervise:6-8 progress:0-1 reply:1-2 close:0-1 follow_up:1-3 archive:4-8": 4,
}
#: What comes without an intake: from the superior, from a list, from a walk through the village.
SENT_DOWN: Mapping[str, int] = {
    "accept:0 assign:0 take_up:0-1 progress:0-1 reply:1 close:0 follow_up:1-3 archive:4-8": 6,
    "settle:0 close:0 follow_up:1-3 archive:3-8": 2,
    "decline:0-1 archive:3-6": 2,
    "refer:0-1 remind:4-6 close:2-5 follow_up:1-3 archive:3-6": 2,
    "accept:0 take_up:0 progress:0 reply:0-1 close:0 follow_up:1 archive:1-2 reopen:2-4 take_up:0 progress:0-1"
    " reply:0-1 close:0": 2,
    "withdraw:0-1": 2,
    "void:0-1": 1,
}
#: How a case comes to stand in each state, and stays there when the story ends.
LEFT_IN: Mapping[str, str] = {
    "registered": "",
    "accepted": "accept:0",
    "settled": "settle:0",
    "declined": "decline:0",
    "referred": "refer:0 remind:2",
    "assigned": "accept:0 assign:0-1",
    "returned": "accept:0 assign:0 return:0-1",
    "handling": "accept:0 assign:0 take_up:1 progress:1 supervise:5",
    "paused": "accept:0 take_up:0 progress:0 pause!long:1",
    "escalated": "accept:0 take_up:0 progress:1 escalate:1 remind:3",
    "answered": "accept:0 take_up:0 progress:0 escalate:0 answer:3",
    "replied": "accept:0 take_up:0 progress:1 reply:0",
    "closed": "accept:0 take_up:0 progress:1 reply:0 close:0",
    "followed_up": "accept:0 take_up:0 progress:1 reply:0 close:0 follow_up:1",
    "archived": "accept:0 take_up:0 progress:0 reply:0 close:0 follow_up:1 archive:2",
    "withdrawn": "withdraw:0",
}
_BY_HANDLER = frozenset(
    {"take_up", "return", "progress", "pause", "resume", "escalate", "extend", "reply", "redo", "remind"}
)


@dataclass(frozen=True)
class Beat:
    """One step of a plot: how it differs from others of its kind, and how many office days it waits."""

    step: str
    how: str
    least: int
    most: int


@dataclass
class Thread:
    """A case on its way through a plot. *matter* is a line of the pool of matters, *due_on* its deadline."""

    uid: str
    matter: Sequence[str]
    handler: Member
    beats: list[Beat]
    due_on: date | None = None


@dataclass(frozen=True)
class Scene:
    """What the words of a step depend on."""

    thread: Thread
    cast: Cast
    calendar: Calendar
    today: date
    rng: Random


def beats(plot: str) -> list[Beat]:
    """Read a plot."""
    found = []
    for each in plot.split():
        step, _, days = each.partition(":")
        step, _, how = step.partition("!")
        least, _, most = days.partition("-")
        found.append(Beat(step, how, int(least), int(most or least)))
    return found


def draw(rng: Random, plots: Mapping[str, int]) -> list[Beat]:
    """Draw a plot."""
    return beats(rng.choices(list(plots), list(plots.values()))[0])


def actor(scene: Scene, step: str) -> Member:
    """Tell who takes a step: who handles the case, the secretary who watches, or the desk."""
    if step in _BY_HANDLER:
        return scene.thread.handler
    if step in ("supervise", "reopen"):
        return scene.cast.one("secretary")
    if step == "follow_up":
        return scene.rng.choice([each for each in scene.cast.all("desk") if each != scene.thread.handler])
    return scene.cast.one("clerk")


def values(scene: Scene, beat: Beat) -> dict[str, Any]:
    """Write what is filled in at a step."""
    write = _VALUES.get(f"{beat.step}!{beat.how}") or _VALUES[beat.step]
    return write(scene)


def _say(scene: Scene, kind: str) -> str:
    return scene.rng.choice(said(kind))


def _progress(scene: Scene) -> dict[str, Any]:
    return {"text": scene.thread.matter[4] or _say(scene, "progress")}


def _later(scene: Scene, days: int) -> date:
    return scene.calendar.working_days_after(scene.today, days).day


def _extended(scene: Scene) -> dict[str, Any]:
    since = max(scene.today, scene.thread.due_on or scene.today)
    until = scene.calendar.working_days_after(since, 3).day
    return {"due_on": until, "reason": _say(scene, "extend"), "approver": scene.cast.one("secretary").uid}


def _referred(scene: Scene) -> dict[str, Any]:
    org, phone = partner(scene.thread.matter[0])
    return {"handling_org": org, "contact": phone, "method": "oral", "text": _say(scene, "refer")}


def _reached(scene: Scene) -> dict[str, Any]:
    grade = scene.rng.choices(("very", "satisfied", "basic", "unrated"), (4, 9, 3, 1))[0]
    return {"satisfaction": grade, "reached": True, "method": "phone", "text": _say(scene, "follow_up")}


def _replied(scene: Scene) -> dict[str, Any]:
    method = scene.rng.choices(("phone", "oral", "visit", "written", "message"), (6, 4, 3, 1, 2))[0]
    return {"method": method, "text": scene.thread.matter[5] or _say(scene, "reply")}


def _closed(scene: Scene) -> dict[str, Any]:
    result = scene.rng.choices(("solved", "partly", "explained"), (8, 2, 2))[0]
    return {"result": result}


def partner(category: str) -> tuple[str, str]:
    """Name the office that a matter belongs to, and its telephone."""
    level = category.partition(".")[0]
    return next((org, phone) for code, org, phone in table("partners") if code == level)


#: What each step needs; see `STEPS` in the rules of cases.
_VALUES: Mapping[str, Callable[[Scene], dict[str, Any]]] = {
    "accept": lambda scene: {},
    "settle": lambda scene: {"text": scene.thread.matter[3] or _say(scene, "settle"), "method": "oral"},
    "decline": lambda scene: {
        "reason": scene.rng.choice([words for (words,) in table("declined")]),
        "text": _say(scene, "decline"),
        "method": "oral",
    },
    "refer": _referred,
    "assign": lambda scene: {"handler": scene.thread.handler.uid, "text": _say(scene, "assign")},
    "assign!again": lambda scene: {"handler": scene.thread.handler.uid, "text": _say(scene, "assign_again")},
    "take_up": lambda scene: {"text": _say(scene, "take_up")},
    "return": lambda scene: {"reason": _say(scene, "return")},
    "progress": _progress,
    "pause": lambda scene: {
        "reason": _say(scene, "pause"),
        "resume_on": _later(scene, 5),
        "approver": scene.cast.one("secretary").uid,
    },
    "pause!long": lambda scene: {
        "reason": _say(scene, "pause_long"),
        "resume_on": _later(scene, 14),
        "approver": scene.cast.one("secretary").uid,
    },
    "resume": lambda scene: {"text": _say(scene, "resume")},
    "escalate": lambda scene: {
        "reason": _say(scene, "escalate"),
        "text": _say(scene, "escalate_text"),
        "handling_org": partner(scene.thread.matter[0])[0],
    },
    "remind": lambda scene: {"text": _say(scene, "remind"), "method": "phone"},
    "answer": lambda scene: {
        "text": _say(scene, "answer"),
        "handling_org": partner(scene.thread.matter[0])[0],
        "due_on": _later(scene, 8),
    },
    "extend": _extended,
    "supervise": lambda scene: {"text": _say(scene, "supervise"), "method": "oral"},
    "reply": _replied,
    "close": _closed,
    "redo": lambda scene: {"reason": _say(scene, "redo"), "due_on": _later(scene, 3)},
    "follow_up": _reached,
    "follow_up!dissatisfied": lambda scene: {
        "satisfaction": "dissatisfied",
        "reached": True,
        "method": "phone",
        "reason": _say(scene, "dissatisfied"),
    },
    "follow_up!missed": lambda scene: {"reached": False, "method": "phone"},
    "archive": lambda scene: {},
    "reopen": lambda scene: {"reason": _say(scene, "reopen")},
    "withdraw": lambda scene: {"reason": _say(scene, "withdraw")},
}
