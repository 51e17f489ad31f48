"""What a folder lies on, as far as it decides whether an office's data may lie there."""

import os
import re
import sys
from enum import Enum
from pathlib import Path

_NETWORK = {
    "9p",
    "afs",
    "ceph",
    "cifs",
    "davfs",
    "fuse.rclone",
    "fuse.sshfs",
    "ncpfs",
    "nfs",
    "nfs4",
    "smb3",
    "smbfs",
}
_FLEETING = {"aufs", "overlay", "ramfs", "rootfs", "squashfs", "tmpfs"}


class Disk(Enum):
    """The sorts of disk that are told apart."""

    FIXED = "fixed"
    SYSTEM = "system"  # Windows' own drive, which restore cards put back at each start
    STICK = "stick"
    NETWORK = "network"
    FLEETING = "fleeting"  # kept in memory, or laid over a read-only system


def disk_of(folder: Path) -> Disk:
    """Tell what *folder* lies on, or would lie on once it is made."""
    if sys.platform == "win32":
        return _windows_disk(folder.absolute())
    return linux_disk(folder.absolute(), Path("/proc/self/mountinfo"), Path("/sys/dev/block"))


def linux_disk(folder: Path, mounts: Path, devices: Path) -> Disk:
    """Tell what *folder* lies on by the kernel's own tables (Linux: proc(5), sysfs(5))."""
    found = _mount(folder.resolve(), mounts)
    if found is None:
        return Disk.FIXED
    device, kind = found
    if kind in _NETWORK:
        return Disk.NETWORK
    if kind in _FLEETING:
        return Disk.FLEETING
    block = (devices / device).resolve()
    flags = [at / "removable" for at in (block, block.parent)]
    removable = any(flag.is_file() and flag.read_text(encoding="ascii").strip() == "1" for flag in flags)
    on_usb = any(part.startswith("usb") for part in block.parts)
    return Disk.STICK if removable or on_usb else Disk.FIXED


def _mount(folder: Path, mounts: Path) -> tuple[str, str] | None:
    """Find the device and the file system of the innermost mount that holds *folder*."""
    found: tuple[str, str] | None = None
    depth = -1
    for line in mounts.read_text(encoding="utf-8", errors="surrogateescape").splitlines():
        before, _, after = line.partition(" - ")
        fields = before.split(" ")
        # Blanks in a name are written as octal escapes.
        point = Path(re.sub(r"\\([0-7]{3})", lambda code: chr(int(code[1], 8)), fields[4]))
        # A later mount on the same point hides the earlier one.
        if folder.is_relative_to(point) and len(point.parts) >= depth:
            found, depth = (fields[2], after.split(" ")[0]), len(point.parts)
    return found


def _windows_disk(folder: Path) -> Disk:
    """Tell what *folder* lies on by GetDriveTypeW (learn.microsoft.com: fileapi.h)."""
    if sys.platform != "win32":
        raise NotImplementedError
    import ctypes  # noqa: PLC0415 - only Windows has windll

    if folder.anchor.startswith("\\\\"):
        return Disk.NETWORK
    kinds = {3: Disk.FIXED, 4: Disk.NETWORK, 6: Disk.FLEETING}
    kind = kinds.get(ctypes.windll.kernel32.GetDriveTypeW(folder.anchor), Disk.STICK)
    is_system = folder.drive.lower() == os.environ.get("SYSTEMDRIVE", "C:").lower()
    return Disk.SYSTEM if kind is Disk.FIXED and is_system else kind
