"""The Debian package of the frozen program: what UOS, Kylin and Debian install by a double click."""

import shutil
import subprocess
from pathlib import Path

#: What every desktop has and the program therefore does not carry.
DEPENDS = (
    "libc6 (>= {glibc}), libegl1, libgl1, libx11-6, libx11-xcb1, libxcb1, libdbus-1-3, libfontconfig1, "
    "libfreetype6, libglib2.0-0, libstdc++6"
)

CONTROL = """\
Package: ojr-desk
Version: {version}
Architecture: amd64
Maintainer: ojr-desk maintainers <maintainers@ojr-desk.invalid>
Installed-Size: {kilobytes}
Depends: {depends}
Section: office
Priority: optional
Description: offline desk of a village service centre
 Registers, printed books and monthly reports of a Chinese village service
 centre (党群服务中心台账), without a network.
"""

DESKTOP = """\
[Desktop Entry]
Type=Application
Name=ojr-desk
Name[zh_CN]=党群服务中心台账
Comment[zh_CN]=来访、值班、场地、资产等台账的登记、打印和报送
Exec=/opt/ojr-desk/ojr-desk-window
Icon=/opt/ojr-desk/_internal/ojr_desk/_app/resources/icons/ojr-desk.png
Terminal=false
Categories=Office;
"""

#: The folder where the choice of the data folder is kept, and by default the data: open to all users.
#: Removing the package leaves it alone: it is the office's.
AFTER = """\
#!/bin/sh
set -e
mkdir -p /var/lib/ojr-desk
chmod 0777 /var/lib/ojr-desk
"""


def package(program: Path, version: str, glibc: str, out: Path) -> Path:
    """Pack the folder *program* as a .deb in *out* and return it."""
    tree = out / "deb"
    shutil.rmtree(tree, ignore_errors=True)
    shutil.copytree(program, tree / "opt" / "ojr-desk", symlinks=True)
    _write(tree / "usr/share/applications/ojr-desk.desktop", DESKTOP)
    (tree / "usr/bin").mkdir()
    (tree / "usr/bin/ojr-desk").symlink_to("/opt/ojr-desk/ojr-desk")
    kilobytes = sum(path.lstat().st_size for path in tree.rglob("*")) // 1024
    depends = DEPENDS.format(glibc=glibc)
    _write(tree / "DEBIAN/control", CONTROL.format(version=version, kilobytes=kilobytes, depends=depends))
    _write(tree / "DEBIAN/postinst", AFTER, mode=0o755)
    deb = out / f"ojr-desk_{version}_amd64.deb"
    # xz because the dpkg of older systems knows no zstd; its lowest level, for a tenth of the time.
    how = ["-Zxz", "-z1", "--root-owner-group", "--build"]
    subprocess.run(["dpkg-deb", *how, str(tree), str(deb)], check=True)
    shutil.rmtree(tree)
    return deb


def _write(path: Path, text: str, mode: int = 0o644) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
    path.chmod(mode)
