"""States recognised, no longer recognised, or dropped for another."""
