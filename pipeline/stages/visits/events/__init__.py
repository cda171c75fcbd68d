"""Events that bring guests: which they are, where and when they are held, who is there."""
