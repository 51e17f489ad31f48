"""The database file: the only package that issues SQL."""
