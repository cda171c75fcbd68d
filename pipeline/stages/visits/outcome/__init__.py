"""What became of a trip as of its article: its status, and what tells that it is off."""
