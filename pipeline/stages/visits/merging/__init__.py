"""Tellings of one trip brought together: a record for each journey."""
