"""Reads who joins, leaves or is put out of a body of states."""
