"""Frozen records shared by every layer. Standard library only, no input or output."""
