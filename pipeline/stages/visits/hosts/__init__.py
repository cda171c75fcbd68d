"""Trips told from the host: received, welcomed, invited, visiting."""
