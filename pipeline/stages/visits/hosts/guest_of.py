"""Who is said to be the guest of another: "was the guest of Xi in Beijing"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from pipeline.discourse.factuality import fact_of_verb
from pipeline.neighbours import prep_objects
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.tables import VerbRule


def guest_of(reader: ArgumentReader, verb: Token, rule: VerbRule) -> Iterator[Candidate]:
    """Read "was Kagame's guest in Kigali", "was the guest of Xi in Beijing"."""
    guest = next((c for c in verb.children if c.dep_ == "attr" and c.lemma_ == "guest"), None)
    subject = reader.scene.subject(verb)
    if guest is None or subject is None:
        return
    heads = [c for c in guest.children if c.dep_ == "poss"]
    heads += prep_objects(guest, "of")
    hosts = [a for head in heads for a in reader.scene.actors(head)]
    ours = any(head.lower_ == "our" for head in heads)
    for actor in reader.scene.actors(subject):
        country = next((h.country for h in hosts if h.country not in {None, actor.country}), None)
        spot = reader.local_spot(verb, country)
        if spot is not None and any(t.i == spot.start for t in subject.subtree):
            spot = None  # "X, a police chief in Lima, was a guest"
        if spot is None and country is None and ours:
            spot = reader.understood.set_in(verb.i, but={actor.country})
        ground = country or (spot.country if spot is not None else None)
        if ground is None or actor.is_party or actor.reference.plural:
            continue
        yield reader.make_by_row(
            rule,
            verb,
            actor=actor,
            spot=spot,
            destination=ground,
            fact=fact_of_verb(verb),
            hosts=tuple(hosts),
        )


__all__ = ["guest_of"]
