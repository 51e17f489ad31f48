"""What goes wrong below: the driver's errors, and the triggers' refusals, as sentences for people."""

import shutil
from pathlib import Path

from sqlalchemy.exc import DBAPIError
from sqlcipher3 import dbapi2

from ojr_desk.problems import Damaged, MonthClosed, NoRoom, Refused, Taken, UserError
from ojr_desk.text import N_, _

DISK_FULL = N_("磁盘满了，读不了也存不了，这次没有保存。请清理 {disk} 后再试。")
BROKEN = N_("数据库文件 {file} 损坏了，请不要继续登记，先从备份恢复（ojr-desk backups、restore）。")
#: Bytes that must be free for SQLite to work at all.
LEAST_FREE = 1_000_000
#: What a trigger raises, and what the person is told.
REFUSALS = {
    "MONTH_CLOSED": N_("这个月已经结账，不能再改。请开更正单，或由负责人写明理由、两人确认后重新打开。"),
    "NEVER_DELETED": N_("登记过的记录不能删除，只能作废（编号保留）。"),
    "STEPS_ONLY_GROW": N_("办理经过只能往后添加，不能修改。写错了请再添一步说明。"),
    "HISTORY_IS_KEPT": N_("修改痕迹不能改动。"),
    "NOT_YOURS": N_("这条记录是别的中心报来的，只能由那个中心更正后重新报送。"),
    "NUMBERS_ONLY_GROW": N_("编号只往前走：给过的号不能收回再用。"),
    "OFFICE_STAYS": N_("这个资料文件夹是哪个中心的，建立以后不能改。"),
    "ALREADY_TAKEN": N_("这个时段已经有人订了，同一间场地不能同时给两家用。请换时间或换场地。"),
    "ENDS_TOO_EARLY": N_("结束时间要晚于开始时间，请检查。"),
    "REOPEN_FIRST": N_("结账的月份要写明理由并由第二个人确认，才能重新打开。"),
}


def translate(error: DBAPIError, path: Path) -> UserError | None:
    """Say what the driver's *error* means to a person; None where it is a bug of ours."""
    told = str(error.orig)
    if told in REFUSALS:
        kind = MonthClosed if told == "MONTH_CLOSED" else Refused
        return kind(_(REFUSALS[told]))
    if told.startswith("Could not decode to UTF-8"):
        return Damaged(_(BROKEN).format(file=path))
    # The primary code is the lower byte: SQLITE_BUSY_SNAPSHOT is a SQLITE_BUSY.
    code = getattr(error.orig, "sqlite_errorcode", 0) & 0xFF
    if code in (dbapi2.SQLITE_BUSY, dbapi2.SQLITE_LOCKED):
        return Taken(_("另一个窗口或命令正在写入，请稍等再试。"))
    # Without room for its shared memory SQLite cannot even read, and calls that an I/O error.
    if code == dbapi2.SQLITE_FULL or (code == dbapi2.SQLITE_IOERR and is_full(path.parent)):
        return NoRoom(_(DISK_FULL).format(disk=path.parent))
    if code in (dbapi2.SQLITE_READONLY, dbapi2.SQLITE_CANTOPEN, dbapi2.SQLITE_PERM):
        return NoRoom(
            _("资料文件夹 {folder} 不能写入，只能查看。请检查权限或清理磁盘，再重新打开。").format(
                folder=path.parent
            )
        )
    if code in (dbapi2.SQLITE_CORRUPT, dbapi2.SQLITE_NOTADB, dbapi2.SQLITE_IOERR):
        return Damaged(_(BROKEN).format(file=path))
    return None


def malformed() -> dbapi2.DatabaseError:
    """Make the error that the driver means where the schema is broken and quoted in a message it cannot read."""
    error = dbapi2.DatabaseError("database disk image is malformed")
    error.sqlite_errorcode = dbapi2.SQLITE_CORRUPT
    return error


def is_a_write(error: DBAPIError) -> bool:
    """Tell whether the driver refused a statement because it would write where only reading is meant."""
    return (
        error.statement is not None and getattr(error.orig, "sqlite_errorcode", 0) == dbapi2.SQLITE_READONLY
    )


def is_full(folder: Path) -> bool:
    """Tell whether the disk of *folder* has not even the room that reading takes."""
    try:
        return shutil.disk_usage(folder).free < LEAST_FREE
    except OSError:
        return False
