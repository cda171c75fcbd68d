"""The lead of others in a change: "followed Peru's lead in cutting ties with Chad"."""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.labels import OBJECTS
from pipeline.stages.upgrades.tables import words


def lead_followed(verb: Token) -> Token | None:
    """Return the "lead" of "followed Peru's lead in cutting ties", "the lead of Peru by cutting".

    None of "rejected Peru's lead in cutting ties".
    """
    prep = verb.head
    if verb.dep_ != "pcomp" or prep.lower_ not in {"in", "by"}:
        return None
    over = prep.head
    objects = [c for c in over.children if c.dep_ in OBJECTS and c.i < prep.i]
    lead = over if over.dep_ in OBJECTS else next(iter(objects), None)
    if lead is None or lead.lemma_.lower() not in words("lead_of"):
        return None
    return lead if lead.head.lemma_.lower() in words("joins") else None


def leaders_begin_at(lead: Token) -> int | None:
    """Return where those are listed whose lead it is: "Peru's lead", "the lead of Peru"."""
    owner = next((c for c in lead.children if c.dep_ == "poss"), None)
    of = next((c for c in lead.children if c.lower_ in {"of", "from"}), None)
    if owner is not None:
        return owner.left_edge.i
    return of.i + 1 if of is not None else None


__all__ = ["lead_followed", "leaders_begin_at"]
