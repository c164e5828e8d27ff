"""Sets: one file a kind of place. A kit is seeded from the scene's place alone, so that one heading is one set in all its shots."""
