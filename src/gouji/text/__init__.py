"""Small text tools that readers and facts share: numerals, normal forms, list markers. No state, no I/O."""
