"""The files of one submission against one another."""
