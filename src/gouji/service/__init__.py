"""The upload gate: a review service around the engine. Needs the extra `gouji[serve]`."""
