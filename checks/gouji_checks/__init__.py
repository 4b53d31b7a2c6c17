"""The national pack: gouji's own checks and profiles. The engine reaches it through the entry point `gouji.checks`."""
