"""Datelines: the place, date and agency in front of a story, or of each story of a digest."""
