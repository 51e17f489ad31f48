"""The wheel's layout: ui/, resources/ and i18n/ go below ojr_desk/_app, so that nothing litters site-packages."""

import io
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

FOLDERS = ("ui", "resources", "i18n")


class AppFolders(BuildHookInterface[Any]):
    """Put the three folders where `ojr_desk.paths.ROOT` finds them, with the catalogues compiled."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Map the folders into a real wheel; an editable install reads the checkout itself."""
        if version != "standard":
            return
        for po in sorted(Path(self.root, "i18n").rglob("*.po")):
            compile_catalogue(po)
        for folder in FOLDERS:
            build_data["force_include"][folder] = f"ojr_desk/_app/{folder}"


def compile_catalogue(po: Path) -> None:
    """Write the .mo beside *po*; one that is right already is left alone, since a test may be reading it."""
    compiled = io.BytesIO()
    with po.open("rb") as source:
        write_mo(compiled, read_po(source))
    mo = po.with_suffix(".mo")
    if not mo.exists() or mo.read_bytes() != compiled.getvalue():
        mo.write_bytes(compiled.getvalue())
