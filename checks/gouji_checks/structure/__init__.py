"""Checks of the theme structure, one fault a file."""
