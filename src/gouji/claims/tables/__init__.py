"""Claims in tables, over one grid of each."""
