"""Which disk an office's data may lie on."""

from pathlib import Path

import pytest

from ojr_desk.disks import Disk, disk_of, linux_disk


class Machine:
    """A Linux PC as its kernel's tables tell it, written into a temporary folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.mounts = folder / "mountinfo"
        self.devices = folder / "sys"
        self.mounts.write_text("", encoding="utf-8")

    def mount(self, point: str, kind: str, device: str = "0:30") -> None:
        number = len(self.mounts.read_text(encoding="utf-8").splitlines()) + 1
        line = f"{number} 1 {device} / {point} rw,noatime shared:1 - {kind} /dev/x rw\n"
        with self.mounts.open("a", encoding="utf-8") as file:
            file.write(line)

    def plug(self, device: str, where: str, removable: str = "0") -> None:
        block = self.folder / where
        block.mkdir(parents=True)
        (block / "removable").write_text(f"{removable}\n", encoding="ascii")
        self.devices.mkdir(exist_ok=True)
        (self.devices / device).symlink_to(block)

    def disk(self, folder: str) -> Disk:
        return linux_disk(Path(folder), self.mounts, self.devices)


pytestmark = pytest.mark.skipif("sys.platform == 'win32'", reason="Linux' own tables")


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    made = Machine(tmp_path)
    made.plug("8:1", "pci/ata1/sda/sda1")
    made.mount("/", "ext4", "8:1")
    return made


def test_a_built_in_disk_is_fixed(machine: Machine) -> None:
    assert machine.disk("/srv/不存在的/ojr") is Disk.FIXED


def test_a_disk_on_a_usb_plug_is_a_stick_even_if_it_says_it_is_fixed(machine: Machine) -> None:
    machine.plug("8:17", "pci/usb2/2-1/host6/sdb/sdb1")
    machine.mount("/media/clerk/工作\\040U盘", "vfat", "8:17")
    assert machine.disk("/media/clerk/工作 U盘/台账") is Disk.STICK
    assert machine.disk("/media/clerk") is Disk.FIXED


def test_a_removable_disk_is_a_stick_whatever_it_is_plugged_into(machine: Machine) -> None:
    machine.plug("179:0", "platform/mmc0/mmcblk0", removable="1")
    machine.mount("/mnt/card", "exfat", "179:0")
    assert machine.disk("/mnt/card") is Disk.STICK


@pytest.mark.parametrize("kind", ["nfs4", "cifs", "fuse.sshfs"])
def test_a_network_disk_is_known_by_its_file_system(machine: Machine, kind: str) -> None:
    machine.mount("/net/office", kind)
    assert machine.disk("/net/office/ojr") is Disk.NETWORK


def test_a_disk_in_memory_or_laid_over_a_system_is_fleeting(machine: Machine) -> None:
    machine.mount("/live", "overlay")
    machine.mount("/run", "tmpfs")
    assert machine.disk("/live/home") is Disk.FLEETING
    assert machine.disk("/run/ojr") is Disk.FLEETING


def test_the_later_mount_on_one_point_counts(machine: Machine) -> None:
    machine.mount("/data", "nfs")
    machine.plug("8:33", "pci/ata2/sdc/sdc1")
    machine.mount("/data", "ext4", "8:33")
    assert machine.disk("/data") is Disk.FIXED


def test_a_neighbour_with_a_longer_name_is_not_inside_the_mount(machine: Machine) -> None:
    machine.mount("/data", "nfs")
    assert machine.disk("/database") is Disk.FIXED


def test_this_machine_can_tell_its_own_disk(tmp_path: Path) -> None:
    assert disk_of(tmp_path / "new") in set(Disk)
