"""Who travels in another's place: "B will travel in A's place", "Instead, B will go"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Token

from models.visit import MADE_OR_PLANNED
from pipeline.discourse.factuality import Fact, fact_of_verb
from pipeline.discourse.scene import Actor
from pipeline.discourse.tables import words
from pipeline.discourse.timing.of_trips import When
from pipeline.discourse.verb_forms import tense_of
from pipeline.labels import OBJECTS
from pipeline.neighbours import agents_of, word_behind
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.tables import verb_rules, word_set
from pipeline.stages.visits.travellers.deputies import acts_at_home

#: How many sentences back the trip may be told that another makes instead.
_REACH = 4
#: How many tokens behind a verb its "in A's place" begins at most.
_PLACE_REACH = 12
#: The status of a trip which another may make instead.
_NOT_MADE = frozenset({"planned", "invited", "cancelled"})


def stand_in(reader: ArgumentReader, verb: Token) -> Iterator[Candidate]:
    """Yield the trips told of A for the B of "B will travel in A's place".

    So for the B of "Instead, B will go" and "A will be replaced by B". "B will travel to Oslo in
    his place" names its own, and is no stand-in's.
    """
    lemma = verb.lemma_
    known = lemma in verb_rules() or lemma in words("light") or lemma in word_set("replaces")
    if verb.pos_ != "VERB" or not known or lemma == "be" or verb.lower_ == "according":
        return
    owner = _owner_of_place(reader, verb)
    alone = owner is None and _goes_instead(verb) and _is_instead(reader, verb)
    if (owner is None and not alone) or acts_at_home(reader.scene, verb):
        return
    fact = fact_of_verb(verb)
    if fact.status is None:
        return
    fact = replace(fact, status="planned") if fact.status == "ongoing" else fact
    if fact.status == "cancelled" and verb.dep_ == "advcl":  # "did not go, sending B instead"
        fact = replace(fact, status="planned" if tense_of(verb.head) == "future" else "completed")
    now = reader.scene.article.published or ""
    number = reader.scene.sentence_of[verb.i]
    replaced = verb.lemma_ in word_set("replaces")
    goers = [a for a in _who(reader, verb) if a.country or a.reference.name]
    if alone and not goers:
        yield from _left_to_others(reader, verb, number)
    for actor in goers:
        for model in _trips_of(reader, owner, actor, number):
            if alone and (model.status not in _NOT_MADE or _leads_elsewhere(reader, verb, model)):
                continue
            if (alone or replaced) and model.status == "planned":
                yield replace(model, at=verb.i, fact=Fact("cancelled"), when=When(), joins=True)
            yield replace(
                model,
                rule="stand_in",
                at=verb.i,
                actor=actor,
                origin=actor.country,
                fact=replace(fact, status="planned")
                if (model.when.start or "") > now > ""
                else fact,
                when=model.when if model.day is None else When(),
                first=False,
                kind=None,
                hosts=(),
                previous=False,
                joins=False,
            )


def instead_of(reader: ArgumentReader, verb: Token, found: Sequence[Candidate]) -> list[Candidate]:
    """Call off the trip of A for which "Instead, the country will send B", behind what is found.

    So that of A who "was to speak", where "B attended instead".
    """
    sent = [c for c in found if c.status in MADE_OR_PLANNED and c.destination]
    if not sent or not _is_instead(reader, verb):
        return []
    number = reader.scene.sentence_of[verb.i]
    nobody = [c for c in sent if not (c.actor and (c.actor.country or c.actor.reference.name))]
    if nobody:
        return list(_left_to_others(reader, verb, number))
    return [
        replace(told, at=verb.i, fact=Fact("cancelled"), when=When(), joins=True)
        for made in sent[:1]
        for told in (_trips_of(reader, None, made.actor, number) if made.actor else ())
        if told.status == "planned" and told.destination == made.destination
    ]


def _left_to_others(reader: ArgumentReader, verb: Token, number: int) -> Iterator[Candidate]:
    """Call off the trip of A told right before "An official went instead", whoever that is."""
    near = (c for c in reversed(reader.told) if number - reader.scene.sentence_of[c.at] <= 1)
    told = next((c for c in near if c.status == "planned" and c.destination), None)
    if told is not None and not _leads_elsewhere(reader, verb, told):
        yield replace(told, at=verb.i, fact=Fact("cancelled"), when=When(), joins=True)


def _who(reader: ArgumentReader, verb: Token) -> list[Actor]:
    """Return who goes, or the B of "A will be replaced by B", "sent B instead"."""
    if verb.lemma_ in words("sends_one"):
        sent = (c for c in verb.children if c.dep_ in OBJECTS)
        return [a for head in sent for a in reader.scene.actors(head) if not a.is_party]
    if verb.lemma_ not in word_set("replaces"):
        return reader.travellers(verb)
    heads = agents_of(verb)
    return [a for head in heads for a in reader.scene.actors(head) if not a.is_party]


def _is_instead(reader: ArgumentReader, verb: Token) -> bool:
    """Tell "Instead, B will go", "B will lead the delegation instead" from "instead of the sea"."""
    if "instead" not in reader.scene.forms(verb.i):
        return False
    sentence = reader.scene.sentence(verb.i)
    for token in sentence:
        if token.lower_ != "instead" or word_behind(token) == "of":
            continue
        if token.head == verb or token.i == sentence.start:
            return True
        sent = verb.lemma_ in words("sends_one") and 0 < token.i - verb.i < _PLACE_REACH
        if sent and all(t.pos_ != "VERB" for t in verb.doc[verb.i + 1 : token.i]):
            return True  # "called off a trip, sending B instead", whatever the parse hangs it on
    return False


def _goes_instead(verb: Token) -> bool:
    """Tell "will go", "will lead the delegation" from "will lead talks on the budget".

    "Sent B instead" tells so of B.
    """
    if verb.lemma_ in words("sends_one"):
        return True
    if verb.lemma_ not in word_set("goes_instead"):
        return False
    objects = [c for c in verb.children if c.dep_ in OBJECTS]
    leads = verb.lemma_ in word_set("leads_others")
    return not leads or any(c.lemma_.lower() in word_set("led_there") for c in objects)


def _leads_elsewhere(reader: ArgumentReader, verb: Token, model: Candidate) -> bool:
    """Tell "Instead, B will go to Quito", which is no trip to where A was to go."""
    if any(t.lower_ == "home" for t in verb.subtree):
        return True
    behind = (t for t in verb.subtree if t.i > verb.i and t.pos_ == "ADP")
    spots = (spot for t in behind for spot in reader.scene.spots(t.i + 1))
    return any(spot.country != model.destination for spot in spots)


def _trips_of(
    reader: ArgumentReader, owner: Token | None, actor: Actor, number: int
) -> list[Candidate]:
    """Return the last trips told of whom "in the president's place", "in his place" mean.

    A pronoun is never the stand-in himself: his compatriot who was to travel.
    """
    named = owner is not None and owner.pos_ != "PRON"
    keys = {a.key for a in reader.scene.actors(owner)} if named and owner is not None else set()
    if named and not keys:
        return []  # "instead of the sea"
    found: dict[str | None, Candidate] = {}
    for told in reversed(reader.told):
        if number - reader.scene.sentence_of[told.at] > _REACH:
            break
        other = told.actor
        if other is None or other.key == actor.key or (keys and other.key not in keys):
            continue
        ends = told.destination is not None or told.stops is not None
        if ends and (keys or other.country == actor.country):
            keys = keys or {other.key}
            found.setdefault(told.destination, told)
    return list(found.values())


def _owner_of_place(reader: ArgumentReader, verb: Token) -> Token | None:
    """Return the A of "in A's place", "in place of A", "instead of A" beside a verb."""
    if verb.lemma_ in word_set("replaces"):
        in_office = any(t.lower_ == "as" for t in verb.subtree)
        subject = reader.scene.subject(verb) if agents_of(verb) else None
        return subject if not in_office else None
    told, forms = word_set("stead"), reader.scene.forms(verb.i)
    if "instead" not in forms and told.isdisjoint(forms):
        return None
    sentence = reader.scene.sentence(verb.i)
    end = min(sentence.end - 1, verb.i + _PLACE_REACH)
    for token in verb.doc[sentence.start : end]:
        stead = token.lower_ in told
        if (not stead and token.lower_ != "instead") or _is_reported(token, verb):
            continue
        led = token.i > sentence.start and token.nbor(-1).lower_ == "in"
        if (token.lower_ == "instead" or (stead and led)) and word_behind(token) == "of":
            return next((c for c in token.nbor().children if c.dep_ == "pobj"), None)
        owner = next((c for c in token.children if c.dep_ == "poss"), None) if stead else None
        taken = token.dep_ in OBJECTS and verb.lemma_ == "take" and token.head == verb
        if owner is not None and (taken or (token.dep_ == "pobj" and token.head.lower_ == "in")):
            return owner  # "in his place", "will take his place"
    return None


def _is_reported(stead: Token, verb: Token) -> bool:
    """Tell ""B will act in his stead," A said", of which A only tells."""
    for node in stead.ancestors:
        if node == verb:
            return False
        if node.dep_ == "ccomp" and node.head == verb:
            return True
    return False


__all__ = ["instead_of", "stand_in"]
