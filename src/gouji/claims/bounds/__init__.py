"""Limits, targets and comparisons."""
