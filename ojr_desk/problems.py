"""What the user can put right.

    UserError                    its message is shown as it is: what is wrong, and what to do
     ├─ Invalid                  values do not make a record; carries every Problem
     ├─ Refused                  a rule says no; the message names the way out
     │   ├─ MonthClosed
     │   ├─ Taken                another process holds the data folder
     │   └─ NoOffice             the folder holds no office yet
     ├─ BadFile                  a file is not what it should be
     │   ├─ NotOurs              not a file of this program, or meant for somebody else
     │   ├─ Damaged              cut off, edited beyond use, or made to do harm
     │   ├─ Locked               needs a password, or another one
     │   └─ FromNewerProgram
     ├─ NoRoom                   the disk is full or read-only
     └─ Cancelled                the person stopped it

Everything else is a bug and may crash loudly.
"""

import errno
from collections.abc import Sequence
from dataclasses import dataclass

from ojr_desk.text import N_, _, listed

#: Why a system refuses a file, in the words of people; it says so in its own language or in English.
_REASONS = {
    errno.ENOENT: N_("找不到这个位置"),
    errno.EEXIST: N_("已经有同名的文件"),
    errno.ENOTDIR: N_("路径中间有一段是文件，不是文件夹"),
    errno.EISDIR: N_("这是一个文件夹，不是文件"),
    errno.EACCES: N_("没有权限"),
    errno.EPERM: N_("没有权限"),
    errno.EROFS: N_("磁盘是只读的"),
    errno.ENOSPC: N_("磁盘满了"),
    errno.ENAMETOOLONG: N_("名字太长"),
    errno.EIO: N_("磁盘读写出错"),
    errno.EINVAL: N_("系统不认这个名字"),
}


@dataclass(frozen=True)
class Problem:
    """One thing wrong with one value: a sentence, a stable English code and where it is."""

    message: str
    code: str
    column: str | None = None
    row: int | None = None
    sheet: str | None = None


class UserError(Exception):
    """Something the user can put right; the message is translated and says how."""

    @property
    def message(self) -> str:
        """The sentence to show."""
        return str(self)


#: So many of what is wrong are one message; all of it is in `problems`.
_TOLD = 20


class Invalid(UserError):
    """Values that do not make a record, with everything that is wrong with them."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(listed((problem.message for problem in problems), N_("；"), most=_TOLD))
        self.problems = tuple(problems)


class Refused(UserError):
    """A rule says no."""


class MonthClosed(Refused):
    """The month that a change would touch is closed."""


class Taken(Refused):
    """Another process holds the data folder."""


class NoOffice(Refused):
    """The data folder holds no office yet."""


class BadFile(UserError):
    """A file is not what it should be."""


class NotOurs(BadFile):
    """Not a file of this program, or meant for somebody else."""


class Damaged(BadFile):
    """A file that is cut off, edited beyond use, or made to do harm."""


class Locked(BadFile):
    """A file that needs a password, or another one."""


class FromNewerProgram(BadFile):
    """A file written by a newer version of this program."""


class NoRoom(UserError):
    """The disk is full or cannot be written."""


class Cancelled(UserError):
    """The person stopped the work."""


class Wrong(ValueError):
    """What is wrong with one value: raised by kinds and rules, turned into a `Problem` by `check`."""

    def __init__(self, message: str, code: str) -> None:
        super().__init__(message)
        self.message = message
        self.code = code


def reason(error: OSError) -> str:
    """Say in a few words why the system refused."""
    return _(_REASONS[error.errno]) if error.errno in _REASONS else str(error.strerror)
