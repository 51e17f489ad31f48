"""The tables that are not registers: the office itself, its months, numbers, history and packs.

They share the registers' metadata, so that one set of migrations makes both.
"""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
)
from sqlmodel import SQLModel

from ojr_desk.registers import menu as _registers

METADATA = SQLModel.metadata
#: Importing the registers fills the metadata with theirs.
REGISTER_MODELS = _registers.__all__

OFFICE = Table(
    "office",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("center", String, nullable=False),
    Column("level", String, nullable=False),
    Column("made_at", DateTime, nullable=False),
    CheckConstraint("id = 1", name="one"),
)
SETTING = Table(
    "setting",
    METADATA,
    Column("name", String, primary_key=True),
    Column("value", String, nullable=False),
)
SWITCH = Table(
    "register_switch",
    METADATA,
    Column("register", String, primary_key=True),
    Column("enabled", Boolean, nullable=False),
)
CALENDAR_YEAR = Table(
    "calendar_year",
    METADATA,
    Column("year", Integer, primary_key=True),
    Column("source", String, nullable=False),
)
CALENDAR_DAY = Table(
    "calendar_day",
    METADATA,
    Column("day", Date, primary_key=True),
    Column("name", String, nullable=False),
    Column("off", Boolean, nullable=False),
)
NUMBER = Table(
    "number_counter",
    METADATA,
    Column("center", String, primary_key=True),
    Column("class", String, primary_key=True),
    Column("month", String, primary_key=True),
    Column("last", Integer, nullable=False),
)
CLOSED_MONTH = Table(
    "closed_month",
    METADATA,
    Column("center", String, primary_key=True),
    Column("month", String, primary_key=True),
    Column("event", Integer, nullable=False),
)
MONTH_EVENT = Table(
    "month_event",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("center", String, nullable=False),
    Column("month", String, nullable=False),
    Column("act", String, nullable=False),
    Column("at", DateTime, nullable=False),
    Column("by", String),
    Column("reason", String),
    Column("second", String),
    # Which registers the office kept when it closed the month.
    Column("kept", String),
)
VERSION = Table(
    "standing_version",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("register", String, nullable=False),
    Column("uid", String, nullable=False),
    Column("valid_from", Date, nullable=False),
    Column("until", Date, nullable=False),
    Column("vals", String, nullable=False),
    Index("uq_standing_version", "uid", "valid_from", unique=True),
)
HISTORY = Table(
    "history",
    METADATA,
    Column("seq", Integer, primary_key=True),
    Column("at", String, nullable=False),
    Column("actor", String, nullable=False),
    Column("act", String, nullable=False),
    Column("register", String, nullable=False),
    Column("uid", String, nullable=False),
    Column("op", String, nullable=False),
    Column("digest", LargeBinary, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    # The first entry of the same deed: all that was changed in one transaction. It is told for undoing, and
    # no part of the chain: entries older than the column have none.
    Column("deed", Integer),
    Index("ix_history_uid", "uid"),
)
HISTORY_VALUE = Table(
    "history_value",
    METADATA,
    Column("seq", Integer, primary_key=True),
    Column("salt", LargeBinary, nullable=False),
    Column("was", String),
    Column("now", String),
    # A number that was erased by law must not come back for another entry.
    sqlite_autoincrement=True,
)
ATTACHMENT = Table(
    "attachment",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("uid", String, nullable=False, unique=True),
    Column("register", String, nullable=False),
    Column("record", String, nullable=False),
    Column("sha256", String, nullable=False),
    Column("name", String, nullable=False),
    Column("size", Integer, nullable=False),
    Column("added_at", DateTime, nullable=False),
    Column("added_by", String),
    Column("removed_at", DateTime),
    Column("removed_reason", String),
    Index("ix_attachment_record", "record"),
)
PACK_OUT = Table(
    "pack_out",
    METADATA,
    Column("id", Integer, primary_key=True),
    # "month" or "full", which are numbered each by itself.
    Column("kind", String, nullable=False, server_default="month"),
    Column("month", String, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("code", String, nullable=False),
    Column("digest", String, nullable=False),
    Column("at", DateTime, nullable=False),
    Column("by", String),
    Column("file", String, nullable=False),
    Column("state", String, nullable=False),
    Column("answered_at", DateTime),
    Column("note", String),
    # Which closing of the month it was made of: another one makes another revision.
    Column("event", Integer),
    # When the superior wrote what is noted here, so that an older answer does not undo a newer one.
    Column("written_at", String),
    Index("uq_pack_out", "kind", "month", "revision", unique=True),
)
PACK_IN = Table(
    "pack_in",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("kind", String, nullable=False),
    Column("center", String, nullable=False),
    Column("month", String, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("code", String, nullable=False),
    Column("digest", String, nullable=False),
    Column("content", String, nullable=False),
    Column("at", DateTime, nullable=False),
    Column("by", String),
    Column("file", String, nullable=False),
    Column("edited", Integer, nullable=False),
    # When the village wrote the file, how many rows it told of each register it keeps, of which it confirmed
    # that there was nothing, both as JSON, and how many it kept back. Unknown of what an older program took in.
    Column("made_at", String),
    Column("counts", String),
    Column("none", String),
    Column("held", Integer),
    # The deed of history that took it in: what it changed is told from there, and nowhere twice.
    Column("deed", Integer),
    Index("ix_pack_in", "center", "month"),
)
#: What this office found in what a centre reported, told with the next return. Without *record* it is of the whole
#: month, without *field* of the whole record.
MARK_OUT = Table(
    "mark_out",
    METADATA,
    Column("uid", String, primary_key=True),
    Column("center", String, nullable=False),
    Column("month", String, nullable=False),
    Column("register", String, nullable=False),
    Column("record", String, nullable=False),
    Column("field", String, nullable=False),
    Column("reason", String, nullable=False),
    Column("text", String, nullable=False),
    # What stood there, digested: once it is something else the mark is answered.
    Column("stood", String, nullable=False),
    Column("at", DateTime, nullable=False),
    Column("by", String),
    # The pack whose return it went out with, and what the centre said of it.
    Column("pack", Integer),
    Column("said", String),
    Index("ix_mark_out_center", "center", "month"),
    Index("ix_mark_out_record", "record"),
)
#: What the superior found in what this office reported, and what was done about it here.
MARK_IN = Table(
    "mark_in",
    METADATA,
    Column("uid", String, primary_key=True),
    Column("month", String, nullable=False),
    Column("register", String, nullable=False),
    Column("record", String, nullable=False),
    Column("number", String, nullable=False),
    Column("field", String, nullable=False),
    Column("label", String, nullable=False),
    Column("reason", String, nullable=False),
    Column("text", String, nullable=False),
    Column("stood", String, nullable=False),
    Column("due_on", Date),
    Column("at", DateTime, nullable=False),
    # Handled without words: the superior accepted the month.
    Column("handled_at", DateTime),
    Column("handled_by", String),
    Column("said", String),
    Index("ix_mark_in_month", "month"),
    Index("ix_mark_in_record", "record"),
)
#: What this office answered to the packs that it received; the last answer to a pack counts.
ANSWER_OUT = Table(
    "answer_out",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("pack", Integer, nullable=False),
    Column("state", String, nullable=False),
    Column("note", String, nullable=False),
    Column("at", DateTime, nullable=False),
    Column("by", String),
    Index("ix_answer_out_pack", "pack"),
)
#: Of which registers somebody confirmed that nothing happened in a month (本月无).
MONTH_NONE = Table(
    "month_none",
    METADATA,
    Column("center", String, primary_key=True),
    Column("month", String, primary_key=True),
    Column("register", String, primary_key=True),
    Column("at", DateTime, nullable=False),
    Column("by", String),
)
ANSWER_READ = Table(
    "answer_read",
    METADATA,
    Column("pack", Integer, primary_key=True),
    Column("at", DateTime, nullable=False),
    Column("by", String),
)
#: What a person said of the headings of an old book, by the key of all its headings.
OLD_HEADINGS = Table(
    "old_headings",
    METADATA,
    Column("register", String, primary_key=True),
    Column("headings", String, primary_key=True),
    Column("said", String, nullable=False),
)
#: Which row of an old book became which record.
OLD_ROW = Table(
    "old_row",
    METADATA,
    Column("register", String, primary_key=True),
    Column("digest", String, primary_key=True),
    Column("record", String, nullable=False),
)
MERGE = Table(
    "person_merge",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("kept", String, nullable=False),
    Column("merged", String, nullable=False),
    Column("moved", String, nullable=False),
    Column("at", DateTime, nullable=False),
    Column("by", String),
    Column("undone_at", DateTime),
)
#: Persons of whom somebody said that they are two, though they look like one; *one* is the lesser key.
PERSON_APART = Table(
    "person_apart",
    METADATA,
    Column("one", String, primary_key=True),
    Column("other", String, primary_key=True),
    Column("at", DateTime, nullable=False),
    Column("by", String),
)
#: What the superior had to say, and who opened it here.
NOTICE_IN = Table(
    "notice_in",
    METADATA,
    Column("uid", String, primary_key=True),
    Column("from_center", String, nullable=False),
    Column("from_name", String, nullable=False),
    Column("title", String, nullable=False),
    Column("text", String, nullable=False),
    Column("due_on", Date),
    Column("written_at", DateTime, nullable=False),
    Column("at", DateTime, nullable=False),
    Column("by", String),
    Column("file", String, nullable=False),
    Column("opened_at", DateTime),
    Column("opened_by", String),
    Index("ix_notice_in_opened", "opened_at"),
)
#: What a village told without a pack: by a file of its own making, or by telephone. *told* has the numbers as
#: JSON: by indicator its parts, sheet, cell and heading. What was void of it is kept.
HANDMADE = Table(
    "handmade",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("unit", String, nullable=False),
    Column("month", String, nullable=False),
    Column("way", String, nullable=False),
    Column("file", String, nullable=False),
    Column("digest", String, nullable=False),
    Column("teller", String, nullable=False),
    Column("told", String, nullable=False),
    Column("at", DateTime, nullable=False),
    Column("by", String),
    Column("void_at", DateTime),
    Column("void_by", String),
    Column("void_reason", String),
    Index("ix_handmade_month", "month", "unit"),
)
#: What a person said of the headings of such files, by the key of all of them.
HANDMADE_HEADINGS = Table(
    "handmade_headings",
    METADATA,
    Column("headings", String, primary_key=True),
    Column("said", String, nullable=False),
)
RECEIVING = Table("receiving", METADATA, Column("center", String, primary_key=True))
SEARCH_SLOT = Table(
    "search_slot",
    METADATA,
    Column("register", String, primary_key=True),
    Column("slot", Integer, nullable=False, unique=True),
)
