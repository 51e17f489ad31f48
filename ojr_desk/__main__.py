"""The program's two doors: a command goes to the command line, none opens the window."""

import os
import sys
from io import TextIOWrapper
from pathlib import Path
from typing import Any

from ojr_desk.paths import ROOT

# `ui` keeps its name in a checkout, in a wheel and frozen; only where it lies differs.
sys.path.insert(0, str(ROOT))

#: The options that say for whom and when, not what: alone they still open the window.
_SETTINGS = ("--data", "--lang", "--today", "--user")


def main() -> int:
    """Do the command on the command line, or open the window if there is none; return the exit status."""
    arguments = sys.argv[1:]
    if not names_a_command(arguments):
        return window()
    _speak_utf8()
    from ojr_desk.cli import main as obey  # noqa: PLC0415 - the window must not wait for it

    try:
        status = obey(arguments, {"self-test": _self_test, "rehearse": _rehearse})
        sys.stdout.flush()
    except BrokenPipeError:
        # Who read the answer has read enough, as `head` does; what is left must go nowhere, not to a traceback.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return status


def window() -> int:
    """Open the window and return the exit status."""
    from ui.app import main as show  # noqa: PLC0415 - its folder must be on the path first; commands need no Qt

    return int(show(sys.argv[1:]))


def _self_test(screens: Path | None) -> Any:
    from ui.self_test import run  # noqa: PLC0415 - no other command needs Qt

    return run(screens)


def _rehearse(folder: Path | None) -> Any:
    from ui.rehearsal import run  # noqa: PLC0415 - no other command needs Qt

    return run(folder)


def names_a_command(arguments: list[str]) -> bool:
    """Tell whether *arguments* hold more than the settings and their values."""
    rest = iter(arguments)
    for argument in rest:
        if argument in _SETTINGS:
            next(rest, None)
        elif not argument.startswith(tuple(f"{setting}=" for setting in _SETTINGS)):
            return True
    return False


def _speak_utf8() -> None:
    """Read and write UTF-8 also where the system's own code page lacks rare characters."""
    # Windows' own tools put a mark before UTF-8 text; "utf-8-sig" takes it off.
    for stream, encoding in ((sys.stdin, "utf-8-sig"), (sys.stdout, "utf-8"), (sys.stderr, "utf-8")):
        # A frozen window program has no streams, a test may have others.
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding=encoding)


if __name__ == "__main__":
    sys.exit(main())
