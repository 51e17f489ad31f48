"""What was written by hand, or in another program, before: a grid, pasted tables, and old Excel books."""
