"""Checks of the theme dates, one fault a file."""
