"""Embassies and ambassadors that stand for a change in relations."""
