"""The final accounts: their tables, their narrative, and the payments behind them."""
