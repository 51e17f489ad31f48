"""What an installed program looks like on disk."""

import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def test_a_wheel_holds_one_top_level_name_and_everything_the_program_reads(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(tmp_path)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    packages = {name.split("/")[0] for name in names if ".dist-info/" not in name}
    assert packages == {"ojr_desk"}
    for folder in ("ui", "resources", "i18n"):
        for path in (ROOT / folder).rglob("*"):
            if path.is_file() and "__pycache__" not in path.parts:
                assert f"ojr_desk/_app/{path.relative_to(ROOT).as_posix()}" in names
    assert "ojr_desk/_app/i18n/en/LC_MESSAGES/ojr_desk.mo" in names
    assert not [name for name in names if "__pycache__" in name or name.endswith(".pyc")]
