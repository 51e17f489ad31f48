"""The two commands of a developer: `python3 tools/dev.py run` and `python3 tools/dev.py test`.

Each of them first makes what is missing: system libraries (Debian and its kin), `.venv` with the
packages of requirements.lock, the program itself in it, the compiled catalogues. A third command,
`lock`, writes requirements.lock anew from pyproject.toml. Needs nothing but Python.
"""

from __future__ import annotations

import argparse
import ctypes
import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
SUFFIX = ".exe" if os.name == "nt" else ""
PYTHON = BIN / f"python{SUFFIX}"
LOCK = ROOT / "requirements.lock"
STAMP = VENV / "ojr-desk.stamp"

OLDEST, NEWEST = (3, 11), (3, 13)

#: What Qt loads on a screen or without one, and the Debian package that brings it.
LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libatomic.so.1": "libatomic1",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
#: What the tests look at paper and workbooks with, and type Chinese with.
PROGRAMS = {
    "pdftoppm": "poppler-utils",
    "qpdf": "qpdf",
    "localc": "libreoffice-calc",
    "Xvfb": "xvfb",
    "xauth": "xauth",
    "xdotool": "xdotool",
    "dbus-daemon": "dbus-daemon",
    "ibus-daemon": "ibus",
    "/usr/libexec/ibus-engine-libpinyin": "ibus-libpinyin",
}


def main() -> int:
    """Do what the command line asks and return its exit status."""
    parser = argparse.ArgumentParser(prog="dev.py", description="The two commands of a developer.")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("run", help="open the window; without a display, rehearse the main job")
    test = commands.add_parser("test", help="run every check and every test")
    test.add_argument("--quick", action="store_true", help="only the checks that take seconds")
    test.add_argument("--fix", action="store_true", help="put right what can be put right by itself")
    commands.add_parser("lock", help="write requirements.lock anew from pyproject.toml")
    asked = parser.parse_args()

    refuse_other_pythons()
    if asked.command == "lock":
        return lock()
    make_ready(tests=asked.command == "test")
    if asked.command == "run":
        return run()
    flags = [flag for flag, wanted in (("--quick", asked.quick), ("--fix", asked.fix)) if wanted]
    return call([PYTHON, "tools/check.py", *flags])


def run() -> int:
    """Open the window, or do the main job without one where nothing can show it."""
    program = BIN / f"ojr-desk{SUFFIX}"
    if has_display():
        return call([program])
    say("no display here: rehearsing the main job without a window")
    return call([program, "rehearse"], QT_QPA_PLATFORM="offscreen")


def lock() -> int:
    """Resolve pyproject.toml for every system at once, with hashes and without any address."""
    make_venv()
    uv = BIN / f"uv{SUFFIX}"
    if not uv.exists():
        pip("install", "uv")
    how = ["--universal", "--python-version", "3.11", "--generate-hashes"]
    what = ["--no-annotate", "--no-header", "--upgrade", "--quiet"]
    files = ["pyproject.toml", "--group", "dev", "--output-file", LOCK.name]
    return call([uv, "pip", "compile", *how, *what, *files])


def make_ready(*, tests: bool) -> None:
    """Make what is missing: libraries, environment, packages, the program, its catalogues."""
    install_system_packages(tests=tests)
    make_venv()
    if not STAMP.exists() or STAMP.read_text(encoding="utf-8") != stamp():
        pip("install", "--require-hashes", "-r", LOCK)
        # The lock has what builds the program, so nothing unlocked is fetched for it.
        pip("install", "--no-deps", "--no-build-isolation", "--editable", ROOT)
        STAMP.write_text(stamp(), encoding="utf-8")
    must([PYTHON, "tools/write_i18n.py", "--compile"])


def refuse_other_pythons() -> None:
    """Stop if this Python is too old, or too new for the Qt that is used."""
    if not OLDEST <= sys.version_info[:2] <= NEWEST:
        have = ".".join(map(str, sys.version_info[:2]))
        stop(f"Python 3.11, 3.12 or 3.13 is needed, this is {have}: start me with one of them, "
             "on Windows by `py -3.12 tools/dev.py …`")  # fmt: skip


def install_system_packages(*, tests: bool) -> None:
    """Install by apt-get what is missing of the system, or print the line that does it."""
    packages = missing_packages(tests=tests)
    if not packages:
        return
    line = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    if shutil.which("apt-get") is None:
        say(f"these seem to be missing (by their Debian names): {' '.join(packages)}")
    elif os.geteuid() != 0:
        stop(f"system packages are missing; please type:\n\n    sudo {' '.join(line)}\n")
    else:
        say(f"installing system packages: {' '.join(packages)}")
        quiet = {"DEBIAN_FRONTEND": "noninteractive"}
        must(["apt-get", "update", "-q"], **quiet)
        must([*line, "-q"], **quiet)


def missing_packages(*, tests: bool) -> list[str]:
    """Name the Debian packages that this Linux lacks; other systems lack none."""
    if not sys.platform.startswith("linux"):
        return []
    found = [package for name, package in LIBRARIES.items() if not loads(name)]
    if tests:
        found += [package for name, package in PROGRAMS.items() if shutil.which(name) is None]
    if importlib.util.find_spec("ensurepip") is None and not is_whole(VENV):
        found.append(f"python3.{sys.version_info.minor}-venv")
    return found


def loads(library: str) -> bool:
    """Tell whether the system's loader finds *library*."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def make_venv() -> None:
    """Make `.venv`, again if the one that is there was cut short or belongs to another Python."""
    if is_whole(VENV):
        return
    say("making .venv")
    must([sys.executable, "-m", "venv", "--clear", VENV])


def is_whole(venv: Path) -> bool:
    """Tell whether *venv* holds a pip that runs on a Python that we can use."""
    told = f"import sys, pip; sys.exit(not {OLDEST} <= sys.version_info[:2] <= {NEWEST})"
    try:
        asked = subprocess.run([PYTHON, "-c", told], capture_output=True, cwd=venv, check=False)
    except OSError:
        return False
    return asked.returncode == 0


def stamp() -> str:
    """Digest what decides the environment: the lock, and how the program is installed."""
    import tomllib  # noqa: PLC0415 - an older Python has none, and must come as far as being refused

    with (ROOT / "pyproject.toml").open("rb") as file:
        declared = tomllib.load(file)
    told = json.dumps([declared["project"], declared["build-system"]], sort_keys=True)
    return hashlib.sha256(LOCK.read_bytes().replace(b"\r\n", b"\n") + told.encode()).hexdigest()


def has_display() -> bool:
    """Tell whether a window could be seen here."""
    if os.environ.get("QT_QPA_PLATFORM", "").split(":")[0] in {"offscreen", "minimal"}:
        return False
    if not sys.platform.startswith("linux"):
        return True
    if os.environ.get("WAYLAND_DISPLAY"):
        return True
    if not os.environ.get("DISPLAY"):
        return False
    try:
        # DISPLAY may name a screen that is gone, and Qt would abort.
        x11 = ctypes.CDLL("libX11.so.6")
    except OSError:
        return False
    x11.XOpenDisplay.restype = ctypes.c_void_p
    return bool(x11.XOpenDisplay(None))


def pip(*arguments: str | Path) -> None:
    """Call the environment's own pip, or stop."""
    must([PYTHON, "-m", "pip", "--disable-pip-version-check", *arguments])


def must(command: list[str | Path], **environment: str) -> None:
    """Call *command* and stop, with its exit status, if it fails."""
    status = call(command, **environment)
    if status != 0:
        say(f"this failed: {' '.join(map(str, command))}")
        raise SystemExit(status)


def call(command: list[str | Path], **environment: str) -> int:
    """Call *command* in the checkout, its output straight to the terminal; return its exit status."""
    try:
        status = subprocess.call(list(map(str, command)), cwd=ROOT, env={**os.environ, **environment})
    except KeyboardInterrupt:
        return 130
    # A negative status is the signal that ended it; shells say so by 128 and more.
    return status if status >= 0 else 128 - status


def say(line: str) -> None:
    """Print *line* at once, before what a child prints."""
    print(f"dev.py: {line}", flush=True)


def stop(line: str) -> None:
    """Print *line* and leave."""
    raise SystemExit(f"dev.py: {line}")


if __name__ == "__main__":
    sys.exit(main())
