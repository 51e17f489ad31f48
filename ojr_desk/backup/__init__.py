"""Copies of the whole office that can be trusted: made, listed, verified, thinned out, restored.

A copy is verified before it gets its name, so a file that is called a backup is one. A database that is
not sound is never copied, and never makes an older, sound copy go.
"""

from ojr_desk.backup.archive import BESIDE, SUFFIX, WHOLE, Entry, Manifest
from ojr_desk.backup.health import Content, advice, check_file
from ojr_desk.backup.keeping import Backup, back_up, list_backups, look_at, thin, verify
from ojr_desk.backup.restoring import Restored, restore
from ojr_desk.backup.thinning import ROUTINE

__all__ = [
    "BESIDE",
    "ROUTINE",
    "SUFFIX",
    "WHOLE",
    "Backup",
    "Content",
    "Entry",
    "Manifest",
    "Restored",
    "advice",
    "back_up",
    "check_file",
    "list_backups",
    "look_at",
    "restore",
    "thin",
    "verify",
]
