"""How long a date is as ISO 8601 writes it, by what it is exact to."""

from __future__ import annotations

YEAR, MONTH, DAY = len("2024"), len("2024-08"), len("2024-08-18")

__all__ = ["DAY", "MONTH", "YEAR"]
