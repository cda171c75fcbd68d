"""A run over a Ray cluster: `run` has its steps, `rounds` those of merging by blocks."""
