"""Who sees what: the one table of privacy against audience. Nobody else decides."""

from enum import StrEnum


class Privacy(StrEnum):
    """How private a column's values are: whose they are decides, and 个人信息保护法 第二十八条.

    Who speaks up (反映人) is on no board, not even with a mask; what is sealed is nowhere.
    """

    OPEN = "open"
    PERSONAL = "personal"
    PETITIONER = "petitioner"
    PRIVATE = "private"
    SEALED = "sealed"


class Audience(StrEnum):
    """Who is going to read."""

    SCREEN = "screen"
    PAPER = "paper"
    SUPERIOR = "superior"
    NOTICE = "notice"
    LOG = "log"


class Sight(StrEnum):
    """What an audience gets of a value: all of it, a mask, or nothing."""

    SHOW = "show"
    MASK = "mask"
    OMIT = "omit"


_TABLE: dict[Privacy, dict[Audience, Sight]] = {
    Privacy.OPEN: dict.fromkeys(Audience, Sight.SHOW),
    Privacy.PERSONAL: {
        Audience.SCREEN: Sight.SHOW,
        Audience.PAPER: Sight.SHOW,
        Audience.SUPERIOR: Sight.SHOW,
        Audience.NOTICE: Sight.MASK,
        Audience.LOG: Sight.OMIT,
    },
    Privacy.PETITIONER: {
        Audience.SCREEN: Sight.SHOW,
        Audience.PAPER: Sight.SHOW,
        Audience.SUPERIOR: Sight.SHOW,
        Audience.NOTICE: Sight.OMIT,
        Audience.LOG: Sight.OMIT,
    },
    Privacy.PRIVATE: {
        Audience.SCREEN: Sight.MASK,
        Audience.PAPER: Sight.MASK,
        Audience.SUPERIOR: Sight.OMIT,
        Audience.NOTICE: Sight.OMIT,
        Audience.LOG: Sight.OMIT,
    },
    Privacy.SEALED: dict.fromkeys(Audience, Sight.OMIT),
}


def sight(privacy: Privacy, audience: Audience) -> Sight:
    """Tell what *audience* gets of a value that is *privacy*."""
    return _TABLE[privacy][audience]
