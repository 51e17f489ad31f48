"""How Chinese comes into the window: what the desktop types with, and whether Qt can speak with it.

Windows brings its own. On Linux Qt needs a plugin for each input method; PySide6 has the one of ibus, and
none of fcitx. fcitx 5 understands what that of ibus says, fcitx 4 does not.
"""

import os
import sys
from collections.abc import Mapping, MutableMapping
from pathlib import Path
from typing import Any, NamedTuple

from ojr_desk.text import _

IBUS, FCITX = "ibus", "fcitx"
#: What Qt has for keys that make one letter out of two, also where the X of old is asked for: no Chinese.
_LATIN = ("compose", "xim", "qtvirtualkeyboard")
#: In a Wayland session the desktop itself brings what is typed, unless Qt is told otherwise.
_WAYLAND = "wayland"


class Facts(NamedTuple):
    """What decides whether Chinese can be typed.

    The session ("x11", "wayland", "" where nothing can be shown), the names that Qt is told to try, in their
    order, the name the desktop gives its input method, the plugins by the names they answer to, each with why it
    cannot be loaded or nothing, and whether somebody answers where ibus is looked for.
    """

    session: str
    asked: tuple[str, ...]
    desktop: str
    plugins: Mapping[str, str]
    answers: bool


class Verdict(NamedTuple):
    """Whether Chinese can be typed, as far as can be seen, and a sentence of how or of what to do."""

    fine: bool
    sentence: str


def prepare(around: MutableMapping[str, str]) -> None:
    """Have Qt, before it starts, try ibus after what it is told to try: without a plugin it would try nothing.

    So fcitx 5 is heard through its own ibus frontend. In a Wayland session that names no input method the
    desktop's own way is left alone.
    """
    told = asked(around)
    if not sys.platform.startswith("linux") or IBUS in told or around.get("QT_IM_MODULES"):
        return
    if (told and session(around)) or (session(around) == "x11" and (desktop(around) or _answers(around))):
        around["QT_IM_MODULES"] = ";".join((*told, IBUS))


def asked(around: Mapping[str, str]) -> tuple[str, ...]:
    """List the names that Qt is told to try, in their order."""
    several = around.get("QT_IM_MODULES") or around.get("QT_IM_MODULE", "")
    return tuple(name.strip().lower() for name in several.split(";") if name.strip())


def desktop(around: Mapping[str, str]) -> str:
    """Name the input method that the desktop has told older programs of."""
    return around.get("XMODIFIERS", "").rpartition("@im=")[2].lower()


def session(around: Mapping[str, str]) -> str:
    """Tell on what windows are shown: "x11", "wayland", or "" for nothing."""
    platform = around.get("QT_QPA_PLATFORM", "").split(":")[0]
    if around.get("WAYLAND_DISPLAY") and not platform.startswith("xcb"):
        return "wayland"
    return "x11" if around.get("DISPLAY") else ""


def verdict() -> Verdict:
    """Judge this PC, as the window would find it."""
    if not sys.platform.startswith("linux"):
        return Verdict(True, _("用系统自带的输入法"))
    around = dict(os.environ)
    prepare(around)
    return judge(facts(around))


def facts(around: Mapping[str, str]) -> Facts:
    """Look at what decides whether Chinese can be typed; only plugins that are asked for are loaded."""
    told = asked(around)
    plugins = _plugins(frozenset(told))
    return Facts(session(around), told, desktop(around), plugins, _answers(around))


def judge(found: Facts) -> Verdict:
    """Tell whether Chinese can be typed where *found* is so."""
    if IBUS not in found.plugins:
        return Verdict(False, _("程序里没有 ibus 的接口，打不出汉字，请重新安装程序。"))
    if not found.session:
        return Verdict(True, _("这里没有图形界面，看不出用哪个输入法；程序带有 ibus 的接口，没有 fcitx 的"))
    for name in found.asked:
        if name == IBUS and found.answers:
            return Verdict(True, _("用 ibus 的接口（ibus 或 fcitx5 在应答），请在登记页打一个汉字试试"))
        if name not in (IBUS, *_LATIN) and found.plugins.get(name) == "":
            return Verdict(True, _("用 {name} 的接口，请在登记页打一个汉字试试").format(name=name))
    if found.session == _WAYLAND and (not found.asked or _WAYLAND in found.asked):
        return Verdict(True, _("用桌面（Wayland）自带的输入法，请在登记页打一个汉字试试"))
    return Verdict(False, _what_to_do(found))


def _what_to_do(found: Facts) -> str:
    if any(FCITX in name for name in (*found.asked, found.desktop)):
        return _about_fcitx(found)
    if IBUS in (*found.asked, found.desktop):
        return _("本机用 ibus 输入法，但是它没有启动，打不出汉字：请启动 ibus，再重新打开本程序。")
    return _(
        "没有找到输入法，打不出汉字：请安装并启动 ibus（软件包 ibus-libpinyin）或 fcitx5，再重新打开本程序。"
    )


def _about_fcitx(found: Facts) -> str:
    told = _(
        "本机用 fcitx 输入法，程序里没有它的接口，现在打不出汉字。fcitx5：请先启动它，在它的“附加组件”里"
        "打开“IBus 前端”，再重新打开本程序。旧的 fcitx4：请安装并启动 ibus（软件包 ibus-libpinyin）。"
    )
    if broken := next((why for name, why in found.plugins.items() if FCITX in name and why), ""):
        from PySide6.QtCore import qVersion  # noqa: PLC0415 - the first window must not wait for it

        more = _("系统里的 fcitx 接口不能用，它要和程序的 Qt {version} 同一版：{why}")
        return f"{told}\n{more.format(version=qVersion(), why=broken)}"
    return told


def _plugins(wanted: frozenset[str]) -> dict[str, str]:
    """Find Qt's plugins by the names they answer to, each with why it cannot be loaded, or nothing."""
    from PySide6.QtCore import QCoreApplication, QPluginLoader  # noqa: PLC0415 - only few ask

    found: dict[str, str] = {}
    for folder in QCoreApplication.libraryPaths():
        for file in sorted(Path(folder, "platforminputcontexts").glob("*")):
            loader = QPluginLoader(str(file))
            declared: Any = loader.metaData()
            for name in map(str.lower, declared.get("MetaData", {}).get("Keys", [])):
                fine = name not in wanted or name == IBUS or loader.load()
                why = "" if fine else loader.errorString()
                # Another folder may have one that fits.
                if found.get(name) != "":
                    found[name] = why
    return found


def _answers(around: Mapping[str, str]) -> bool:
    """Tell whether somebody answers where Qt's plugin looks for ibus: ibus itself, or fcitx 5 in its stead."""
    home = Path(around.get("XDG_CONFIG_HOME") or Path(around.get("HOME", ""), ".config"))
    try:
        notes = [file.read_text(encoding="utf-8") for file in (home / "ibus" / "bus").glob("*")]
    except (OSError, UnicodeDecodeError):
        return False
    marks = [
        line.partition("=")[2] for note in notes for line in note.splitlines() if "IBUS_DAEMON_PID" in line
    ]
    return any(number.isdigit() and Path("/proc", number).exists() for number in marks)
