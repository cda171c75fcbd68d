"""The countries of persons and of officials without a name."""
