"""Trips told by meetings and talks: who meets whom, where, and who has come there."""
