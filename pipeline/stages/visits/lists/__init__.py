"""Lists of guests and of visits, in sentences and in lines."""
