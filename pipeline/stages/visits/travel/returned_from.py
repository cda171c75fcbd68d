"""Who has come back from talks abroad: "returned on Sunday from talks with A in Lima"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from pipeline.discourse.factuality import fact_of_verb
from pipeline.labels import PAST
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.hosts.at_home import is_seated
from pipeline.stages.visits.tables import idioms
from pipeline.stages.visits.tours.stop_before import left_behind

#: How far behind "returned" its "from" may stand, in tokens.
_REACH = 8


def returned_from(reader: ArgumentReader, verb: Token) -> Iterator[Candidate]:
    """Read "returned on Sunday from talks with A in Lima".

    "returned from a break for talks in Lima", "returned from talks in" one's own land do not fire.
    """
    if verb.lemma_ != "return" or verb.tag_ not in PAST or reader.is_remote(verb):
        return
    fact = fact_of_verb(verb)
    before = next((t for t in verb.doc[verb.i + 1 : verb.i + _REACH] if t.lower_ == "from"), None)
    if before is None or fact.status != "completed" or before.head not in {verb, *verb.subtree}:
        return
    if any(t.pos_ == "VERB" or t.text == "," for t in verb.doc[verb.i + 1 : before.i]):
        return
    spot = left_behind(reader, before)
    subject = reader.scene.subject(verb)
    if spot is None or subject is None:
        return
    rule = next(r for r in idioms() if r.id == "back_from")
    for actor in reader.scene.actors(subject):
        known = actor.country not in {None, spot.country} and not actor.reference.guessed
        if known and not actor.is_party and not is_seated(actor, spot.country):
            yield reader.make_by_row(
                rule,
                verb,
                actor=actor,
                spot=spot,
                fact=fact,
            )


__all__ = ["returned_from"]
