"""Alembic revisions. They never import today's models, and one that has landed is never edited."""

#: Every revision this program knows, oldest first; the last is what a file must have.
KNOWN = (
    "0001",
    "0002",
    "0003",
    "0004",
    "0005",
    "0006",
    "0007",
    "0008",
    "0009",
    "0010",
    "0011",
    "0012",
    "0013",
    "0014",
    "0015",
    "0016",
    "0017",
    "0018",
)
HEAD = KNOWN[-1]
