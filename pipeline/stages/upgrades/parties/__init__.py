"""Whose relations change: who acts, with whom, and who is only named beside."""
