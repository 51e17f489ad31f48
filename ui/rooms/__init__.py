"""The rooms: booking one, and what becomes of it."""
