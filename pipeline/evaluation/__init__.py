"""Scores against gold labels."""
