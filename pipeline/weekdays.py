"""Which week a bare weekday is of: news writes one of the days around it.

What only sounds to come of a weekday just over is of that one ("his visit on Monday is seen as a
success", in a text of Tuesday), unless it is promised ("will fly on Monday"). Of the weekdays of
600 real stories that the verb put six days ahead, one in ten lay there.
"""

from __future__ import annotations

#: A weekday at most so many days gone by is the one meant, unless it is promised.
_JUST_OVER_DAYS = 2
#: A weekday at most so many days ahead is the one meant, though a plan is told as one of the past.
_JUST_AHEAD_DAYS = 2


def is_just_over(gone_days: int) -> bool:
    """Tell whether what is not promised for a weekday is of the one gone by so many days ago.

    >>> [is_just_over(gone_days) for gone_days in (1, 2, 3)]
    [True, True, False]
    """
    return 0 < gone_days <= _JUST_OVER_DAYS


def is_just_ahead(days_ahead: int) -> bool:
    """Tell whether what "had been due" on a weekday so many days ahead was for that day.

    >>> [is_just_ahead(days_ahead) for days_ahead in (1, 2, 3)]
    [True, True, False]
    """
    return 0 < days_ahead <= _JUST_AHEAD_DAYS


__all__ = ["is_just_ahead", "is_just_over"]
