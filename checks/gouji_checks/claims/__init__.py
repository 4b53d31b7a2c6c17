"""Checks of the theme claims, one fault a file."""
