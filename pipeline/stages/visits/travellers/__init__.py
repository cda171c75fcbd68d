"""Who travels: those who a trigger names, and those whom it means."""
