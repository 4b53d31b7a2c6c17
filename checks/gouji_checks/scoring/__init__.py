"""Checks of the theme scoring, one fault a file."""
