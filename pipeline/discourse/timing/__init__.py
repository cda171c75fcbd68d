"""When a trip begins and ends, by the dates that stand with its trigger."""
