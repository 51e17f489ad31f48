"""一步办结: the steps that a case still lacks until it is closed, taken at once with values asked for once.

Nothing is left out: each step is a row of its own, and the rules judge each as if it were taken by itself.
"""

from collections.abc import Iterator, Mapping, Sequence

from ojr_desk.problems import Problem
from ojr_desk.rules.casebook import STATES, STEPS, VALUES
from ojr_desk.text import N_, _

#: How the way is called where a step is asked for.
FINISH = "finish"
LABEL = N_("一步办结")
_ALL_THE_WAY = ("take_up", "reply", "close")
#: The way to the end from each state; from the others somebody else has to act first.
_WAYS: Mapping[str, tuple[str, ...]] = {
    "registered": ("settle", "close"),
    "accepted": _ALL_THE_WAY,
    "assigned": _ALL_THE_WAY,
    "handling": ("progress", "reply", "close"),
    "answered": ("progress", "reply", "close"),
    "replied": ("close",),
    "settled": ("close",),
}
#: What is asked for once, and what every step has.
ASKED = ("text", "method", "result")
_COMMON = frozenset({"by", "occurred_at"})


def way(state: str) -> tuple[str, ...]:
    """List the steps from *state* to the closing of a case; none where it cannot be closed at once."""
    return _WAYS.get(state, ())


def portions(steps: Sequence[str], values: Mapping[str, object]) -> Iterator[tuple[str, dict[str, object]]]:
    """Give each of *steps* those of *values* that it takes; the closing does not tell again what was told."""
    for code in steps:
        taken = {*STEPS[code].needs, *STEPS[code].may}
        if code == "close" and len(steps) > 1:
            taken.discard("text")
        yield code, {name: value for name, value in values.items() if name in taken | _COMMON}


def unfit(state: str, values: Mapping[str, object]) -> list[Problem]:
    """Tell what keeps a case in *state* from being closed at once with *values*."""
    steps = way(state)
    if not steps:
        told = _("现在是“{state}”环节，不能“{step}”，请一步一步办理").format(
            state=_(STATES[state]), step=_(LABEL)
        )
        return [Problem(told, "illegal_step", "step")]
    needed = {name for code in steps for name in STEPS[code].needs}
    missing = [name for name in ASKED if name in needed and values.get(name) in (None, "")]
    strange = [name for name in values if name not in _COMMON | set(ASKED)]
    lacks, not_its = _("“{step}”要填{value}"), _("“{step}”不填{value}，请去掉")
    return [
        *(Problem(_told(lacks, name), "required", name) for name in missing),
        *(Problem(_told(not_its, name), "unexpected", name) for name in strange),
    ]


def _told(sentence: str, name: str) -> str:
    return sentence.format(step=_(LABEL), value=_(VALUES.get(name, name[:20])))
