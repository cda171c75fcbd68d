"""Changes told as one more of a kind told before: "Chad followed suit"."""
