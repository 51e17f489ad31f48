"""The trade's rules, as plain functions of plain values: no session, no clock, no file."""
