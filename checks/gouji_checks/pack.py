"""The national pack: what the entry point `gouji.checks` hands to the engine."""

from __future__ import annotations

from gouji.engine.packs import collect

PACK = collect("national", "gouji_checks")
