"""Percentages: rates and shares, and which figures they are quotients of."""
