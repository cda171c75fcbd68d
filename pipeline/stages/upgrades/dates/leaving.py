"""The last day of a visit, on which nothing was made that is told to be of the visit.

"Peru's president left Accra on Friday, ending a visit. During the visit the two raised their ties":
in that month.
"""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.discourse.tables import words as told_words
from pipeline.stages.upgrades.dates.dating import verb_of
from pipeline.stages.upgrades.tables import words


def is_day_of_leaving(date: Token) -> bool:
    """Tell the day of "ended his visit on Friday", "left on Friday after a visit".

    Not that of "ended the talks on Friday", nor "left on Friday for a visit".
    """
    verb = verb_of(date)
    if verb is None or verb.lemma_.lower() not in words("ends_visit"):
        return False
    return any(
        noun.lemma_.lower() in told_words("trip_noun") and _is_over(noun, verb)
        for noun in verb.subtree
    )


def _is_over(trip: Token, verb: Token) -> bool:
    """Tell the visit of "ended his visit", "left after a visit", "left, concluding a visit"."""
    over = trip.head
    if trip.dep_ == "dobj":
        return over.lemma_.lower() in words("ends_visit")
    behind = {trip.head.lower_, *(node.lower_ for node in trip.ancestors if node != verb)}
    return trip.dep_ == "pobj" and bool(behind & {"after", "following", "end", "from"})


__all__ = ["is_day_of_leaving"]
