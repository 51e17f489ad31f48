"""Workbooks for tests: forged part by part, or saved again by LibreOffice."""

import shutil
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELS = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'

PARTS = {
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
    "_rels/.rels": f'<Relationships {RELS}><Relationship Id="r" Type="{OFFICE}/officeDocument" '
    'Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook {MAIN} xmlns:r="{OFFICE}"><workbookPr/><sheets>'
    '<sheet name="来访" sheetId="1" r:id="r1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f"<Relationships {RELS}>"
    f'<Relationship Id="r1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="r2" Type="{OFFICE}/styles" Target="/xl/styles.xml"/></Relationships>',
    "xl/styles.xml": f'<styleSheet {MAIN}><cellXfs><xf numFmtId="0"/></cellXfs></styleSheet>',
    "xl/worksheets/sheet1.xml": f'<worksheet {MAIN}><sheetData><row r="1"><c r="A1"><v>1</v></c></row>'
    "</sheetData></worksheet>",
}

Forge = Callable[..., Path]
Resave = Callable[..., Path]


@pytest.fixture
def forge(tmp_path: Path) -> Forge:
    """Make a workbook; *rows* is what stands in `sheetData`, *parts* replaces or (None) leaves out parts."""

    def made(
        rows: str | None = None,
        parts: Mapping[str, str | bytes | None] | None = None,
        name: str = "来访.xlsx",
        compression: int = ZIP_DEFLATED,
    ) -> Path:
        content: dict[str, str | bytes | None] = {**PARTS}
        if rows is not None:
            content["xl/worksheets/sheet1.xml"] = (
                f"<worksheet {MAIN}><sheetData>{rows}</sheetData></worksheet>"
            )
        content |= parts or {}
        path = tmp_path / name
        with ZipFile(path, "w", compression) as archive:
            for part, text in content.items():
                if text is not None:
                    archive.writestr(part, text)
        return path

    return made


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give LibreOffice a profile of its own."""
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not installed")
    return tmp_path_factory.mktemp("office")


@pytest.fixture
def resave(office: Path, tmp_path: Path) -> Resave:
    """Open a file in LibreOffice, if need be by its filter *opened_as*, and save it as *kind* elsewhere."""

    def saved(path: Path, kind: str, opened_as: str = "") -> Path:
        folder = tmp_path / "resaved"
        command = ["soffice", f"-env:UserInstallation={office.as_uri()}", "--headless"]
        command += [f"--infilter={opened_as}"] if opened_as else []
        subprocess.run(
            [*command, "--convert-to", kind, "--outdir", str(folder), str(path)],
            check=True,
            capture_output=True,
            timeout=180,
        )
        return folder / f"{path.stem}.{kind.partition(':')[0]}"

    return saved
