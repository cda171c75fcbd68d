"""What is done at a summit, a funeral, an inauguration, whose day is that of the trip."""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.discourse.factuality import governing_verb
from pipeline.labels import OBJECTS, SUBJECTS
from pipeline.neighbours import prep_objects
from pipeline.stages.visits.tables import word_set


def is_at_rite(token: Token) -> bool:
    """Tell what is done at an event that gives the days of the trip, as if one attended it.

    "Gathered in Lima on Monday for the summit", "watched the parade in Lima on Monday with the
    king", "the summit in Lima on Monday featured the king" fire; "laid wreaths at the tomb in Lima
    on Monday", "met the king at the summit" do not.
    """
    verb = token if token.pos_ == "VERB" else governing_verb(token)
    if verb is None or verb.lemma_ in word_set("done_within_event"):
        return False
    told = [c for c in verb.children if c.dep_ in OBJECTS | SUBJECTS]
    events = (*told, *prep_objects(verb, "at", "for", "to"))
    return any(event.lemma_.lower() in word_set("event_of_state") for event in events)


__all__ = ["is_at_rite"]
