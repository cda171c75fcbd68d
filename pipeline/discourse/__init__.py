"""What the words around an event say of it: who, where, when, and whether it happened."""
