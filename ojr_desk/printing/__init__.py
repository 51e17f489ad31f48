"""Onto paper: the only package that speaks reportlab."""
