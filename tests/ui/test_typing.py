"""What is told of the input method: what Qt is to try, whether that can work, and what to do where it cannot."""

import os
import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication

from ui.input_method import Facts, facts, judge, prepare, verdict

#: What Qt's own wheel has.
OURS = {"compose": "", "ibus": "", "xim": ""}
X11 = {"DISPLAY": ":0", "HOME": "/nowhere"}

on_linux = pytest.mark.skipif(not Path("/proc").is_dir(), reason="elsewhere the system brings its own")


def answering(home: Path) -> dict[str, str]:
    """Give an environment in which somebody answers where ibus is looked for: this very process."""
    bus = home / ".config" / "ibus" / "bus"
    bus.mkdir(parents=True, exist_ok=True)
    note = f"# ibus\nIBUS_ADDRESS=unix:abstract=/x\nIBUS_DAEMON_PID={os.getpid()}\n"
    (bus / "0123-unix-0").write_text(note, encoding="utf-8")
    return {"DISPLAY": ":0", "HOME": str(home)}


@on_linux
@pytest.mark.parametrize(
    ("told", "tried"),
    [
        ({"QT_IM_MODULE": "fcitx"}, "fcitx;ibus"),
        ({"QT_IM_MODULE": "fcitx5", "WAYLAND_DISPLAY": "wayland-0"}, "fcitx5;ibus"),
        ({"XMODIFIERS": "@im=fcitx"}, "ibus"),
        ({"QT_IM_MODULE": "xim", "XMODIFIERS": "@im=fcitx"}, "xim;ibus"),
        ({"QT_IM_MODULE": "ibus"}, None),
        ({"QT_IM_MODULES": "wayland;fcitx"}, "wayland;fcitx"),
        ({"XMODIFIERS": "@im=fcitx", "WAYLAND_DISPLAY": "wayland-0"}, None),
        ({}, None),
    ],
)
def test_ibus_is_tried_after_what_the_desktop_asks_for(told: dict[str, str], tried: str | None) -> None:
    around = X11 | told
    prepare(around)
    assert around.get("QT_IM_MODULES") == tried
    # A second time changes nothing.
    again = dict(around)
    prepare(again)
    assert again == around


@on_linux
def test_ibus_that_answers_is_tried_though_nobody_asks_for_it(tmp_path: Path) -> None:
    around = answering(tmp_path)
    prepare(around)
    assert around["QT_IM_MODULES"] == "ibus"


@pytest.mark.parametrize(
    ("found", "fine", "words"),
    [
        (Facts("x11", ("ibus",), "ibus", OURS, True), True, "ibus"),
        (Facts("x11", ("ibus",), "ibus", OURS, False), False, "启动 ibus"),
        (Facts("x11", ("fcitx", "ibus"), "fcitx", OURS, True), True, "fcitx5"),
        (Facts("x11", ("fcitx", "ibus"), "fcitx", OURS, False), False, "IBus 前端"),
        (Facts("x11", ("fcitx", "ibus"), "fcitx", OURS, False), False, "fcitx4"),
        (Facts("x11", ("fcitx", "ibus"), "", OURS | {"fcitx": ""}, False), True, "用 fcitx 的接口"),
        (Facts("x11", ("fcitx", "ibus"), "", OURS | {"fcitx": "Qt 6.4"}, False), False, "同一版：Qt 6.4"),
        (Facts("x11", ("xim", "ibus"), "fcitx", OURS, False), False, "IBus 前端"),
        (Facts("x11", (), "", OURS, False), False, "没有找到输入法"),
        (Facts("wayland", (), "fcitx", OURS, False), True, "Wayland"),
        (Facts("wayland", ("wayland", "fcitx"), "fcitx", OURS, False), True, "Wayland"),
        (Facts("wayland", ("fcitx", "ibus"), "fcitx", OURS, False), False, "IBus 前端"),
        (Facts("", (), "", OURS, False), True, "没有图形界面"),
        (Facts("x11", ("ibus",), "ibus", {"compose": ""}, True), False, "重新安装"),
    ],
)
def test_the_verdict_says_what_to_do(found: Facts, fine: bool, words: str) -> None:
    told = judge(found)
    assert told.fine is fine
    assert words in told.sentence


@on_linux
def test_the_plugins_that_are_there_are_found(qapp: QApplication, tmp_path: Path) -> None:
    found = facts({"DISPLAY": ":0", "HOME": str(tmp_path), "QT_IM_MODULES": "fcitx;ibus"})
    assert found.plugins["ibus"] == "" and found.plugins["compose"] == ""
    assert not any("fcitx" in name for name in found.plugins)
    assert not found.answers
    assert facts(answering(tmp_path)).answers


@on_linux
def test_a_note_of_an_ibus_that_is_gone_or_no_note_at_all_is_no_answer(
    qapp: QApplication, tmp_path: Path
) -> None:
    around = answering(tmp_path)
    note = tmp_path / ".config" / "ibus" / "bus" / "0123-unix-0"
    for text in (b"IBUS_DAEMON_PID=4194305\n", b"IBUS_DAEMON_PID=\n", b"", b"\xff\xfe\x00"):
        note.write_bytes(text)
        assert not facts(around).answers
    note.unlink()
    note.mkdir()
    assert not facts(around).answers


@on_linux
def test_a_plugin_that_does_not_fit_is_told_with_why(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One that answers to fcitx's name, but needs what is not there: the plugin of ibus with its library renamed."""
    (ours,) = (
        file
        for folder in QCoreApplication.libraryPaths()
        for file in Path(folder, "platforminputcontexts").glob("libibus*.so")
    )
    folder = tmp_path / "platforminputcontexts"
    folder.mkdir()
    code = ours.read_bytes()
    (folder / "libfcitx.so").write_bytes(
        code.replace(b"libQt6DBus.so.6\0", b"libQt6Gone.so.6\0").replace(b"dibus", b"dfcit")
    )
    shutil.copy(ours, folder / "libother.so")
    QCoreApplication.addLibraryPath(str(tmp_path))
    try:
        found = facts({"DISPLAY": ":0", "HOME": str(tmp_path), "QT_IM_MODULES": "fcit;ibus"})
    finally:
        QCoreApplication.removeLibraryPath(str(tmp_path))
    assert "libQt6Gone" in found.plugins["fcit"]
    assert found.plugins["ibus"] == ""


def test_the_self_test_and_the_window_ask_the_same(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.platform", "win32")
    assert verdict().fine
    assert "系统" in verdict().sentence
