"""A spaCy pipeline's own networks and rules, worked out faster than its components do.

The weights, the tables and the answers are the pipeline's; only the arithmetic is arranged anew:
words are embedded once and remembered, a whole article goes through each layer at once, entities
are decided from scores that are worked out ahead. What is of another make than those known here
is left to its component.
"""
