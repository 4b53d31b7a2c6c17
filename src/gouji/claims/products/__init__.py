"""Products, quotients of amounts and numbers, and means."""
