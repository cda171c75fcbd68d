"""Trips told by verbs: of travel, of being somewhere, of what one does abroad."""
