"""The counter: one form that is filled while somebody stands before it or is on the telephone."""
