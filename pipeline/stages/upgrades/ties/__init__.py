"""Ties opened, restored, suspended and severed."""
