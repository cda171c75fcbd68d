"""The stages, in order."""
