"""What is done at a summit, a funeral, an inauguration, whose day is that of the trip."""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.neighbours import prep_objects
from pipeline.stages.visits.tables import word_set


def is_at_rite(verb: Token) -> bool:
    """Tell what is done at an event that gives the days of the trip, as if one attended it.

    "Gathered in Lima on Monday for the summit", "laid wreaths at the funeral in Lima on Monday"
    fire; "laid wreaths at the tomb in Lima on Monday", "met the king at the summit" do not.
    """
    if verb.pos_ != "VERB" or verb.lemma_ in word_set("done_within_event"):
        return False
    events = prep_objects(verb, "at", "for", "to")
    return any(event.lemma_.lower() in word_set("event_of_state") for event in events)


__all__ = ["is_at_rite"]
