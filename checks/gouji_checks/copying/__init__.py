"""Checks of the theme copying, one fault a file."""
