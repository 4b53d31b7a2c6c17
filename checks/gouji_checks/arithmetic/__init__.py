"""Checks of the theme arithmetic, one fault a file."""
