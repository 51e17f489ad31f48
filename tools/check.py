"""Every check there is, one after the other, stopping at the first that is red.

`tools/dev.py test` calls this inside `.venv`; continuous integration calls nothing else.
"""

import argparse
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TOOLS = Path(sys.executable).parent
WAIVER = re.compile(r"#\s*(?:noqa|type:\s*ignore)\b")


@dataclass(frozen=True)
class Check:
    """One command that is green or red, and the command that puts right what it finds, if one can."""

    name: str
    command: tuple[str, ...]
    fix: tuple[str, ...] = ()


def main() -> int:
    """Run the checks that the command line asks for and return the exit status of the last."""
    parser = argparse.ArgumentParser(prog="check.py", description="Run every check there is.")
    parser.add_argument("--quick", action="store_true", help="only the checks that take seconds")
    parser.add_argument("--fix", action="store_true", help="put right what can be put right by itself")
    asked = parser.parse_args()
    for check in checks(quick=asked.quick):
        if asked.fix and check.fix:
            call(check.fix)
        status = told(check)
        if status != 0:
            return status
    print(f"check.py: all green; {waivers()} waivers (noqa, type: ignore) in the code", flush=True)
    return 0


def checks(*, quick: bool) -> Iterator[Check]:
    """List every check, the fast ones first and pytest last, so that its closing line is at the end."""
    python = sys.executable
    yield Check("layout", tool("ruff", "format", "--check", "."), fix=tool("ruff", "format", "."))
    yield Check("ruff", tool("ruff", "check", "."), fix=tool("ruff", "check", "--fix", "."))
    yield Check("types", tool("mypy", "--strict"))
    yield Check("import contracts", tool("lint-imports", "--no-cache"))
    for name, script in (("catalogues", "tools/write_i18n.py"), ("generated pages", "tools/write_docs.py")):
        if (ROOT / script).exists():
            yield Check(name, (python, script, "--check"), fix=(python, script))
    if quick:
        yield Check("house rules", (python, "-m", "pytest", "-q", "tests/test_house.py"))
    else:
        yield Check("tests", (python, "-m", "pytest", "-n", "2", "--dist", "loadfile"))


def tool(name: str, *arguments: str) -> tuple[str, ...]:
    """Name the program *name* of this environment, whatever PATH says."""
    return (str(TOOLS / name), *arguments)


def told(check: Check) -> int:
    """Run *check* between two lines that say which it is and how it went; return its exit status."""
    print(f"\n---- {check.name}", flush=True)
    begun = time.monotonic()
    status = call(check.command)
    if status == 0:
        print(f"---- {check.name}: green, {time.monotonic() - begun:.1f} s", flush=True)
    else:
        by_itself = "; `tools/dev.py test --fix` may put it right" if check.fix else ""
        print(f"---- {check.name}: RED, exit status {status}{by_itself}", flush=True)
    return status


def call(command: tuple[str, ...]) -> int:
    """Call *command* in the checkout without a screen; return its exit status."""
    return subprocess.call(command, cwd=ROOT, env={**os.environ, "QT_QPA_PLATFORM": "offscreen"})


def waivers() -> int:
    """Count the places that ask a tool to look away; the number may only fall."""
    folders = ("ojr_desk", "ui", "tests", "tools", "benchmarks")
    files = (path for folder in folders for path in (ROOT / folder).rglob("*.py"))
    return sum(len(WAIVER.findall(path.read_text(encoding="utf-8"))) for path in files)


if __name__ == "__main__":
    sys.exit(main())
