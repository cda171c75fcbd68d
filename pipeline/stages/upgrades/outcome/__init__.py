"""Whether a change is done, planned, only proposed, or none."""
