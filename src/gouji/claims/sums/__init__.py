"""Sums: totals and their parts, balances, what is left."""
