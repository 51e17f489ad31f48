"""A new register is one file and one line; everything else in the program follows from them.

It is made in a copy of the checkout and tried there by the inherited tests, in a process of its own.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
#: What of a checkout is copied; what else lies in the folder stays behind.
PARTS = ("ojr_desk", "tools", "tests")
LOAN = '''"""A book of what is lent."""

from datetime import date
from decimal import Decimal

from ojr_desk.register import Book, Count, Day, Privacy, Record, Whole, column, register
from ojr_desk.rules.masking import mask_name
from ojr_desk.text import N_


@register(
    code="loan",
    title=N_("借用登记"),
    group="rooms",
    number="JY",
    dated_by="lent_on",
    books=(
        Book(
            code="loan",
            title=N_("借用登记簿"),
            columns=("record_no", "lent_on", "borrower", "thing", "pieces", "deposit", "state"),
            counts=(Count("count", N_("借用"), N_("件"), lambda loan, steps: loan.pieces or 0),),
            landscape=False,
        ),
    ),
)
class Loan(Record, table=True):
    """One thing lent."""

    lent_on: date = column(N_("借出日期"), Day(future=False), sent=True)
    borrower: str = column(
        N_("借用人"), max=50, search=True, pinyin=True, privacy=Privacy.PERSONAL, mask=mask_name, width=20
    )
    thing: str = column(N_("物品"), max=60, sent=True, search=True, width=30)
    pieces: int = column(N_("件数"), Whole(least=1, most=999), sent=True, default=1, width=12)
    deposit: Decimal | None = column(N_("押金（元）"), sent=True, default=None, width=18)
    venue: str | None = column(N_("场地"), link="venue", sent=True, default=None)
    state: str = column(
        N_("归还情况"), choices={"out": N_("未还"), "back": N_("已还")}, sent=True, default="out", width=18
    )
    returned: tuple[str, ...] = column(
        N_("已还附件"), many=True, choices={"key": N_("钥匙"), "cable": N_("电线")}, sent=True, default=()
    )
'''


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A copy of the program and its tests."""
    copy = tmp_path / "checkout"
    copy.mkdir()
    for name in PARTS:
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "resources", copy / "resources", copy_function=linked)
    shutil.copy(ROOT / "pyproject.toml", copy)
    return copy


def linked(source: str, target: str) -> str:
    """Share what is large and only read; where the system cannot, copy it."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy(source, target)
    return target


def run(checkout: Path, *command: str) -> str:
    """Run Python there, where nothing of this checkout is on the path."""
    environment = {**os.environ, "PYTHONPATH": str(checkout), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [sys.executable, *command],
        cwd=checkout,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    return done.stdout


def add_register(checkout: Path) -> None:
    """Write the one file and the one line."""
    folder = checkout / "ojr_desk" / "registers"
    (folder / "loan.py").write_text(LOAN, encoding="utf-8")
    with (folder / "__init__.py").open("a", encoding="utf-8") as listed:
        listed.write("\nfrom ojr_desk.registers.loan import Loan as Loan\n")


def test_a_register_of_one_file_and_one_line_passes_every_inherited_test(checkout: Path) -> None:
    add_register(checkout)

    # Its step of the database and its page are written from the declaration.
    run(checkout, "tools/new_migration.py", "lend things")
    known = checkout / "ojr_desk" / "store" / "migrations" / "__init__.py"
    steps = known.read_text(encoding="utf-8")
    last = max(path.stem[:4] for path in known.parent.glob("versions/[0-9]*.py"))
    known.write_text(steps.replace("\nHEAD =", f'\nKNOWN = (*KNOWN, "{last}")\nHEAD ='), encoding="utf-8")
    run(checkout, "tools/write_docs.py")

    own = "loan and not item_loan and not loan_return"
    tests = ("-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/test_every_register.py", "-k", own)
    told = run(checkout, *tests)
    assert " passed" in told
    assert "failed" not in told
    assert "skipped" not in told

    listing = run(checkout, "-m", "ojr_desk", "--data", "office", "--today", "2026-11-22", *INIT)
    assert "龙川村" in listing
    assert "借用登记" in run(checkout, "-m", "ojr_desk", "--data", "office", "registers")


INIT = ("init", "--name", "龙川村", "--level", "village")


def test_a_step_of_the_database_is_asked_for(checkout: Path) -> None:
    """Without its step the inherited tests tell of the missing table."""
    add_register(checkout)
    with pytest.raises(AssertionError, match="loan"):
        run(
            checkout,
            "-m",
            "pytest",
            "-q",
            "-p",
            "no:cacheprovider",
            "tests/test_every_register.py",
            "-k",
            "tables and loan",
        )
