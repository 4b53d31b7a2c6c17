"""The files of one submission held against each other."""
