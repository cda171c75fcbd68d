"""Tours: their stops, the order of these, and the lands that they take in."""
