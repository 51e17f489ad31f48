"""A real office for every test: one is made in each test process, every test gets a copy of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from ojr_desk.desk import Clock, Desk, NewOffice, rehearsed
from ojr_desk.register import REGISTERS, Register
from ojr_desk.registers import menu as _registers  # noqa: F401 - importing them fills the catalogue
from tests.office import TODAY, copied, create


@pytest.fixture
def clock() -> Clock:
    """The clock of a rehearsal."""
    return rehearsed(TODAY)


@pytest.fixture(scope="session")
def village_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    facts = NewOffice("龙川村", "village", "330302104203", "瓯江红临江街道党群服务中心")
    return create(tmp_path_factory.mktemp("template") / "village", facts)


@pytest.fixture(scope="session")
def superior_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return create(
        tmp_path_factory.mktemp("template") / "superior", NewOffice("临江街道", "township", "330302104000")
    )


@pytest.fixture
def desk(village_template: Path, tmp_path: Path, clock: Clock) -> Iterator[Desk]:
    """A village's office of its own for this test."""
    opened = copied(village_template, tmp_path / "village", clock)
    yield opened
    opened.close()


@pytest.fixture
def superior(superior_template: Path, tmp_path: Path, clock: Clock) -> Iterator[Desk]:
    """The office of the village's superior."""
    opened = copied(superior_template, tmp_path / "superior", clock)
    yield opened
    opened.close()


@pytest.fixture(params=REGISTERS)
def every(request: pytest.FixtureRequest) -> Register:
    """Each register in turn."""
    return REGISTERS[request.param]
