"""Names of persons: where they stand, how far they reach, what is none."""
