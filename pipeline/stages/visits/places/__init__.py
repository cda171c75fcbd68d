"""Where a trip leads: the places told with it, or left to be understood."""
