"""What the model is shown in place of words that it takes for others (`words.py`)."""
