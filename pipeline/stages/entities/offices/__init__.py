"""Offices: their words, what they are of, who holds them."""
