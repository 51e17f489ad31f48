"""Build what is installed: a folder that runs on a PC without Python, checked before it is handed on.

    .venv/bin/python build_installer.py [--stage collect|freeze|check|package] [--out DIR]

collect   data folders with compiled catalogues, the two start scripts, everybody's licences
freeze    PyInstaller, by tools/freeze.spec
check     the frozen program's own self-test without a screen, forbidden files, size, glibc floor
package   a .deb on Linux, a .zip elsewhere, with SHA256SUMS

Each stage starts from what the one before left in DIR (build/installer). What comes out runs on the
system that it was built on: a program for Windows is built on Windows.
"""

import argparse
import hashlib
import importlib.metadata
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from ojr_desk import __version__
from tools import debian

ROOT = Path(__file__).resolve().parent
SUFFIX = ".exe" if os.name == "nt" else ""
#: What must not be in the program: other people's tests, Qt's unused halves, our own data.
FORBIDDEN = re.compile(r"Qt6?(Qml|Quick|WebEngine)|/tests?/|pytest|hypothesis|mypy|ast_serialize|\.db$|\.po$")
LARGEST_MB = 320
#: The oldest glibc of a supported Linux: UOS 20.
OLDEST_GLIBC = (2, 28)


def main() -> int:
    """Go through the stages as far as asked and return the exit status."""
    parser = argparse.ArgumentParser(prog="build_installer.py", description="Build the installable program.")
    stages = {"collect": collect, "freeze": freeze, "check": check, "package": package}
    parser.add_argument("--stage", choices=stages, help="do only this one stage")
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "installer", help="where it is built")
    asked = parser.parse_args()
    out = asked.out.absolute()
    for name, stage in stages.items():
        if asked.stage in (None, name):
            print(f"build_installer.py: {name}", flush=True)
            faults = stage(out)
            for fault in faults:
                print(f"build_installer.py: {fault}", file=sys.stderr)
            if faults:
                return 1
    print(f"build_installer.py: ready in {out}")
    return 0


def collect(out: Path) -> list[str]:
    """Lay out what the program reads beside its code, in the shape of a checkout."""
    staged = out / "staged"
    shutil.rmtree(staged, ignore_errors=True)
    subprocess.run([sys.executable, "tools/write_i18n.py", "--compile"], cwd=ROOT, check=True)
    for folder in ("resources", "i18n"):
        unread = shutil.ignore_patterns("*.po", "*.pot", "README.md", "__pycache__")
        shutil.copytree(ROOT / folder, staged / "_app" / folder, ignore=unread)
    migrations = ROOT / "ojr_desk" / "store" / "migrations"
    shutil.copytree(migrations, staged / "migrations", ignore=shutil.ignore_patterns("__pycache__"))
    for name, door in (("ojr-desk", "main"), ("ojr-desk-window", "window")):
        script = f"import sys\n\nfrom ojr_desk.__main__ import {door}\n\nsys.exit({door}())\n"
        (staged / f"{name}.py").write_text(script, encoding="utf-8")
    shutil.copy(ROOT / "LICENSE", staged / "_app")
    (staged / "_app" / "THIRD-PARTY.txt").write_text("\n\n".join(licences()), encoding="utf-8")
    return []


def licences() -> Iterator[str]:
    """Tell the name, the version and the licence texts of every package in the program."""
    for name in sorted(shipped()):
        package = importlib.metadata.distribution(name)
        metadata = package.metadata
        named = [
            *(metadata.get_all("License-Expression") or ()),
            *(metadata.get_all("License") or ()),
            "see below",
        ]
        yield f"{'=' * 78}\n{metadata['Name']} {package.version}: {named[0].strip().splitlines()[0]}"
        for file in package.files or ():
            text = Path(str(package.locate_file(file)))
            if re.match(r"(?i)(licen[cs]e|copying|notice)", text.name) and text.suffix not in {".py", ".pyc"}:
                yield text.read_text(encoding="utf-8", errors="replace")


def shipped() -> set[str]:
    """Name the packages that the program needs to run, with what they need themselves."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        waiting = list(map(Requirement, tomllib.load(file)["project"]["dependencies"]))
    found: set[str] = set()
    while waiting:
        name = canonicalize_name(waiting.pop().name)
        if name not in found:
            found.add(name)
            needs = map(Requirement, importlib.metadata.requires(name) or ())
            waiting += [need for need in needs if need.marker is None or need.marker.evaluate({"extra": ""})]
    return found


def freeze(out: Path) -> list[str]:
    """Let PyInstaller make the program's folder, `dist/ojr-desk`."""
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--clean", "--log-level", "WARN"]
    folders = ["--distpath", str(out / "dist"), "--workpath", str(out / "work")]
    named = {"OJR_DESK_ROOT": str(ROOT), "OJR_DESK_STAGED": str(out / "staged")}
    spec = str(ROOT / "tools" / "freeze.spec")
    done = subprocess.run([*command, *folders, spec], cwd=ROOT, env={**os.environ, **named}, check=False)
    return [] if done.returncode == 0 else [f"PyInstaller failed with status {done.returncode}"]


def check(out: Path) -> list[str]:
    """Name everything that is wrong with the frozen program."""
    program = out / "dist" / "ojr-desk"
    files = [path for path in program.rglob("*") if path.is_file() and not path.is_symlink()]
    faults = [f"does not belong into the program: {name}" for name in forbidden(program, files)]
    size = sum(path.stat().st_size for path in files) / 1e6
    print(f"  {len(files)} files, {size:.0f} MB")
    if size > LARGEST_MB:
        faults.append(f"{size:.0f} MB is more than {LARGEST_MB} MB")
    if sys.platform.startswith("linux"):
        warn_of_floor(files)
    return faults + self_test(program)


def forbidden(program: Path, files: list[Path]) -> list[str]:
    """List the files that must not be handed on."""
    names = [path.relative_to(program).as_posix() for path in files]
    return [name for name in names if FORBIDDEN.search(name)]


def warn_of_floor(files: list[Path]) -> None:
    """Say on which Linux the program can start."""
    needed = glibc(files)
    print(f"  needs glibc {told(needed)}")
    if needed > OLDEST_GLIBC:
        print(
            f"  WARNING: older systems (down to glibc {told(OLDEST_GLIBC)}) need a Python that was built for them"
        )


def glibc(files: list[Path]) -> tuple[int, ...]:
    """Return the newest version of the C library that one of *files* asks for."""
    asked = {
        tuple(map(int, version.split(b".")))
        for path in files
        if (data := path.read_bytes())[:4] == b"\x7fELF"
        for version in re.findall(rb"\0GLIBC_(2\.\d+)", data)
    }
    return max(asked, default=OLDEST_GLIBC)


def told(version: tuple[int, ...]) -> str:
    """Write *version* with dots."""
    return ".".join(map(str, version))


def self_test(program: Path) -> list[str]:
    """Run the frozen program's own self-test where no Python, no screen and no office is known."""
    with tempfile.TemporaryDirectory() as home:
        alone = {"HOME": home, "OJR_DESK_DATA": str(Path(home, "data")), "QT_QPA_PLATFORM": "offscreen"}
        # Windows cannot start a program without these.
        kept = {name: os.environ[name] for name in ("SYSTEMROOT", "TEMP", "TMP") if name in os.environ}
        command = [str(program / f"ojr-desk{SUFFIX}"), "self-test", "--json"]
        done = subprocess.run(command, env={**kept, **alone}, capture_output=True, cwd=home, check=False)
        # The reports of bugs lie in a folder that goes away with this block.
        reports = [report.read_text(encoding="utf-8") for report in sorted(Path(home).rglob("crash-*.txt"))]
    said = "\n".join([done.stderr.decode("utf-8", "replace").strip(), *reports])
    try:
        answers = json.loads(done.stdout)
    except ValueError:
        return [f"self-test gave no answer (status {done.returncode}): {said}"]
    failed = [f"self-test: {answer['check']}: {answer['detail']}" for answer in answers if not answer["ok"]]
    return failed or (
        [] if done.returncode == 0 else [f"self-test ended with status {done.returncode}: {said}"]
    )


def package(out: Path) -> list[str]:
    """Make the one file that is handed on, with its SHA-256 beside it."""
    program = out / "dist" / "ojr-desk"
    if sys.platform.startswith("linux"):
        files = [path for path in program.rglob("*") if path.is_file() and not path.is_symlink()]
        made = debian.package(program, __version__, told(glibc(files)), out)
    else:
        made = Path(
            shutil.make_archive(str(out / f"ojr-desk-{__version__}-{sys.platform}"), "zip", program.parent)
        )
    digest = hashlib.sha256(made.read_bytes()).hexdigest()
    (out / "SHA256SUMS").write_text(f"{digest}  {made.name}\n", encoding="utf-8")
    print(f"  {made.name}, {made.stat().st_size / 1e6:.0f} MB")
    return []


if __name__ == "__main__":
    sys.exit(main())
