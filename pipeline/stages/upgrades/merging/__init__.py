"""Tellings of one change brought together: a record for each step."""
