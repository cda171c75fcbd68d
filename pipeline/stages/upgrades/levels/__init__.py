"""The levels that relations are brought to, wherever an article tells them."""
