"""Trips told by nouns: whose they are, where they lead, what becomes of them."""
