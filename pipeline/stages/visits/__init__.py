"""The visits stage."""
