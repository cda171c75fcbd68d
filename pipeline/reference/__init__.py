"""Reference tables of the world: countries, offices, organizations, leaders, places."""
