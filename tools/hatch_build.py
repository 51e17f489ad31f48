"""The wheel's layout: ui/, resources/ and i18n/ go below ojr_desk/_app, so that nothing litters site-packages."""

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
            with po.open("rb") as source, po.with_suffix(".mo").open("wb") as target:
                write_mo(target, read_po(source))
        for folder in FOLDERS:
            build_data["force_include"][folder] = f"ojr_desk/_app/{folder}"
