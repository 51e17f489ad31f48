"""Where the program's own files are, and where the office's data lives.

The data folder is chosen once for the whole PC, so that two clerks who log in under two names see
one office: the choice is kept beside all users' data, and the folder is open to all of them.
"""

import contextlib
import os
import subprocess
import sys
from pathlib import Path

from ojr_desk.disks import Disk, disk_of
from ojr_desk.problems import NoRoom, Refused, reason
from ojr_desk.saving import save
from ojr_desk.text import _

_HERE = Path(__file__).resolve().parent

#: The folder that holds ui/, resources/ and i18n/: the checkout, or ojr_desk/_app once installed or frozen.
ROOT = _HERE / "_app" if (_HERE / "_app").is_dir() else _HERE.parent
RESOURCES = ROOT / "resources"
FONTS = RESOURCES / "fonts"
CATALOGUES = ROOT / "i18n"

#: The environment variable that names the data folder.
VARIABLE = "OJR_DESK_DATA"

_NAME = "ojr-desk"


def data_folder(argument: str | None) -> Path:
    """Return the data folder: *argument*, else the environment's, else the one chosen at set-up.

    Raises `Refused` if there is none, or if the chosen one is not there: a disk that is not plugged
    in must not look like an empty office.
    """
    named = argument or os.environ.get(VARIABLE)
    if named:
        folder = Path(named).expanduser().absolute()
        if folder.exists() and not folder.is_dir():
            raise Refused(_("{path} 是一个文件，不能用作资料文件夹：请另选一个文件夹。").format(path=folder))
        return folder
    chosen = chosen_folder()
    if chosen is None:
        raise Refused(_("还没有选定资料文件夹：请打开窗口选定一次，或者在命令里用 --data 指明文件夹。"))
    if not chosen.is_dir():
        told = _("找不到资料文件夹 {path}：请接好它所在的磁盘再试；已经搬走的，请用 --data 指明新的位置。")
        raise Refused(told.format(path=chosen))
    return chosen


def chosen_folder() -> Path | None:
    """Return the folder chosen at set-up on this PC, or nothing before that."""
    for record in _records():
        with contextlib.suppress(OSError, UnicodeDecodeError):
            told = record.read_text(encoding="utf-8").strip()
            if Path(told).is_absolute():
                return Path(told)
    return None


def choose_folder(folder: Path) -> None:
    """Make *folder* the data folder of this PC: make it, open it to all users, remember it.

    Raises `Refused` for a stick, a network disk, or a place that cannot be written, and `NoRoom`.
    """
    folder = folder.expanduser().absolute()
    _refuse_unfit(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        # What holds files already is an office, shared when it was made, or somebody's own folder.
        if not any(folder.iterdir()):
            share(folder)
        _remember(folder)
    except OSError as trouble:
        told = _("不能把 {path} 用作资料文件夹（{reason}）：请另选一个文件夹，或者请管理员开放写权限。")
        raise Refused(told.format(path=folder, reason=reason(trouble))) from trouble


def caution(folder: Path) -> str:
    """Return what to warn of before *folder* is chosen: a disk that is put back at each start; else nothing."""
    if disk_of(folder) not in {Disk.SYSTEM, Disk.FLEETING}:
        return ""
    told = _(
        "{path} 在系统盘上：如果这台电脑每次开机都会还原系统盘，台账会全部丢失。有别的硬盘分区的，请选在别的分区上。"
    )
    return told.format(path=folder)


def suggested_folder() -> Path:
    """Return the folder to offer at set-up: on a second fixed disk, else beside all users' data, else one's own."""
    if sys.platform == "win32":
        for drive in (Path(f"{letter}:/") for letter in "DEF"):
            if disk_of(drive) is Disk.FIXED:
                return drive / _NAME
    everyone = _everyone()
    if os.access(next(at for at in (everyone, *everyone.parents) if at.exists()), os.W_OK):
        return everyone / "data"
    return _own("XDG_DATA_HOME", ".local/share") / "data"


def share(path: Path) -> None:
    """Let every user of this PC read and write *path* and, on Windows, what will be made in it."""
    if sys.platform == "win32":
        # S-1-5-32-545 is the group of all users, in whatever language it is named.
        grant = ["icacls", str(path), "/grant", "*S-1-5-32-545:(OI)(CI)M"]
        hidden = subprocess.CREATE_NO_WINDOW
        subprocess.run(grant, check=False, capture_output=True, creationflags=hidden)
    else:
        path.chmod(0o777 if path.is_dir() else 0o666)


def _refuse_unfit(folder: Path) -> None:
    disk = disk_of(folder)
    if disk is Disk.STICK:
        told = _(
            "{path} 在移动存储上，拔下来台账就没有了：请选本机硬盘上的文件夹，移动存储只用来备份和报送。"
        )
    elif disk is Disk.NETWORK:
        told = _("{path} 在网络盘上，断网会损坏台账：请选本机硬盘上的文件夹。")
    else:
        return
    raise Refused(told.format(path=folder))


def _remember(folder: Path) -> None:
    """Write the choice beside all users' data; where that is closed and holds none, beside one's own."""
    machine, own = _records()
    try:
        _write(machine, folder)
    except (OSError, NoRoom) as trouble:
        if machine.exists():
            told = _("不能改选资料文件夹：原来的选择记在 {record}，不能写。请管理员开放写权限后再选。")
            raise Refused(told.format(record=machine)) from trouble
        _write(own, folder)


def _write(record: Path, folder: Path) -> None:
    if not record.parent.is_dir():
        record.parent.mkdir(parents=True)
        share(record.parent)
    save(record, f"{folder}\n".encode(), _("没有记住资料文件夹在哪里。"), record.parent)


def _records() -> tuple[Path, Path]:
    """Name the two files that may hold the choice: the PC's, which is asked first, and one's own."""
    name = "data-folder.txt"
    return _everyone() / name, _own("XDG_CONFIG_HOME", ".config") / name


def _everyone() -> Path:
    """Name the folder for what all users of this PC share; only Windows sets PROGRAMDATA."""
    return Path(os.environ.get("PROGRAMDATA") or "/var/lib") / _NAME


def _own(variable: str, default: str) -> Path:
    """Name this user's folder: in APPDATA, which only Windows sets, else where *variable* points."""
    base = os.environ.get("APPDATA") or os.environ.get(variable)
    return (Path(base) if base else Path.home() / default) / _NAME
