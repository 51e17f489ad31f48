"""The command line: arguments to one `Desk` method, its answer to JSON or a sentence.

Exit status: 0 done, 1 refused with a sentence, 2 wrong usage, 70 a bug with the path of its report.
"""

import contextlib
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from ojr_desk import __version__, crash, paths, usage
from ojr_desk.cli.parser import parser
from ojr_desk.cli.telling import refusal, refuse, sentence, show
from ojr_desk.problems import Cancelled, UserError
from ojr_desk.text import _

#: A command of the windows: it takes a folder to write to, or None.
Face = Callable[[Path | None], Any]
REFUSED, BUG = 1, 70


def main(arguments: Sequence[str], faces: Mapping[str, Face]) -> int:
    """Carry out one command; answer with the exit status. *faces* are what only windows can do."""
    with usage.in_the_language_of(arguments):
        asked = parser().parse_args(arguments)
    asked.faces = faces
    try:
        answer, status = asked.run(asked)
    except Cancelled:
        return REFUSED
    except UserError as error:
        refuse(refusal(error), asked.json, sentence(error))
        return REFUSED
    except KeyboardInterrupt:
        sys.stderr.write(_("已停止，没有保存。") + "\n")
        return REFUSED
    except Exception as error:  # noqa: BLE001 - the command line's last resort: a bug gets a report, not a traceback
        return _report(error, asked)
    show(answer.data, asked.json, answer.told)
    return int(status)


def _report(error: Exception, asked: Any) -> int:
    """Write a crash report and tell where it is."""
    folder = Path.cwd()
    with contextlib.suppress(UserError):
        folder = paths.data_folder(asked.data)
    path = crash.report(error, folder, datetime.now(), __version__)
    sys.stderr.write(_("程序出错了，报告已存到 {path}。您录入的资料没有受影响。").format(path=path) + "\n")
    return BUG
