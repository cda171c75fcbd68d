"""What one does on a tour, in the countries where one does it."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from pipeline.discourse.factuality import fact_of_verb
from pipeline.labels import OBJECTS
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.tables import verb_rules, word_set
from pipeline.stages.visits.travel.deeds import done

#: How many trips back a tour may be told.
_BACK = 40
#: What is under way besides, by whether a tour opens there ("begins a tour, starting with Togo").
_NOW = {True: ("ongoing",), False: ()}


def tour_stops(reader: ArgumentReader, verb: Token) -> Iterator[Candidate]:
    """Read "began a tour of Africa. He will see a school in Togo and a mine in Benin".

    So "will visit four Gulf states, starting with Oman on Monday".

    Of one who is on no tour, and of what is made beside it ("condemned the raid in Togo"), nothing
    is read.
    """
    if verb.pos_ != "VERB":
        return
    touring = {
        told.actor.key
        for told in reader.told[-_BACK:]
        if told.actor is not None and (told.tour or told.stops is not None)
    }
    if not touring:
        return
    fact = fact_of_verb(verb)
    opens = verb.tag_ == "VBG" and verb.lemma_ in word_set("opens_tour")
    places = [
        prep
        for prep in _beside(verb)
        if prep.dep_ == "prep" and (prep.lower_ == "in" or (opens and prep.lower_ == "with"))
    ]
    afar = fact.status != "planned" and verb.lemma_ in word_set("not_on_the_spot")
    beside = any(c.lower_ == "other" for c in verb.subtree)  # "are to see each other in Rio"
    afar = afar or _tells_of(verb)
    if not places or afar or beside or fact.status not in {"completed", "planned", *_NOW[opens]}:
        return
    subject = reader.scene.subject(verb)
    actors = reader.scene.actors(subject) if subject is not None else []
    actors = [actor for actor in actors if actor.key in touring]
    if not actors or reader.is_remote(verb):
        return
    rule = next(r for r in verb_rules()["<any>"] if r.id == "tour_stop")
    for prep in places:
        spot = next(iter(reader.scene.spots(prep.i + 1)), None)
        if spot is not None:
            yield from done(reader, verb, rule, actors=actors, spot=spot, within=not opens)


def _tells_of(verb: Token) -> bool:
    """Tell "criticised the loans in Togo", told of anywhere, from "spoke in Togo"."""
    told = any(rule.frame == "speech" for rule in verb_rules().get(verb.lemma_.lower(), ()))
    return told and any(c.dep_ in OBJECTS for c in verb.children)


def _beside(verb: Token) -> Iterator[Token]:
    """Yield what hangs on a verb, on its objects, and on those with whom one meets."""
    yield from verb.children
    objects = [c for c in verb.children if c.dep_ in OBJECTS]
    beside = [*verb.children, *(n for o in objects for n in o.children)]
    objects += [h for c in beside if c.lower_ == "with" for h in c.children if h.dep_ == "pobj"]
    for head in objects:
        for each in (head, *head.conjuncts):
            yield from each.children


__all__ = ["tour_stops"]
