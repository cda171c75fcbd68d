"""The days of a trip from all its tellings, and the news that it is told in."""
