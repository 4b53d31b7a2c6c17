"""Counts against what is listed."""
