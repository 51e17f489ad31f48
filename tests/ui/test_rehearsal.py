"""The program tries itself, and does its main job, without a screen."""

from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from ojr_desk.problems import NoRoom, Refused
from ui import rehearsal, self_test
from ui.self_test import run


def test_the_self_test_finds_everything_well_and_pictures_every_page(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    findings = run(tmp_path / "screens")
    assert [each for each in findings if not each["ok"]] == []
    pictures = sorted((tmp_path / "screens").glob("*.png"))
    assert len(pictures) >= 14
    assert all(QImage(str(picture)).width() == 1366 for picture in pictures)


def test_an_input_method_that_cannot_be_heard_is_named_with_what_to_do(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    for name in ("WAYLAND_DISPLAY", "QT_IM_MODULES", "QT_QPA_PLATFORM", "XDG_CONFIG_HOME"):
        monkeypatch.delenv(name, raising=False)
    for name, value in (("DISPLAY", ":0"), ("HOME", str(tmp_path)), ("QT_IM_MODULE", "fcitx")):
        monkeypatch.setenv(name, value)
    finding = self_test._input_method()
    assert not finding["ok"]
    assert "fcitx5：请先启动它" in finding["detail"]


def test_the_rehearsal_does_the_main_job_from_the_form_to_the_receipt(
    qapp: QApplication, tmp_path: Path
) -> None:
    written = rehearsal.run(tmp_path / "out")
    assert {
        "office",
        "book",
        "pack",
        "pack_on_paper",
        "receipt",
        "picture_form",
        "picture_consolidated",
    } <= set(written)
    assert [path for path in written.values() if not Path(path).exists()] == []
    with pytest.raises(Refused):
        rehearsal.run(tmp_path / "out")


def test_where_a_file_is_there_can_be_no_pictures(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"")
    for work in (self_test.run, rehearsal.run):
        for place in (file, file / "below"):
            with pytest.raises(NoRoom, match="请检查"):
                work(place)
