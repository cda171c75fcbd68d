"""When a change in relations was made."""
