"""Who those are of whom only their number and office was told: "three premiers came. They are"."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace

from spacy.tokens import Token

from models.visit import MADE_OR_PLANNED
from pipeline.discourse.scene import Actor
from pipeline.discourse.tables import words
from pipeline.labels import SUBJECTS
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.tables import word_set

COLON = ":"
#: Fewer that are named make no list.
_FEWEST = 2


def travellers_named(reader: ArgumentReader, token: Token) -> Iterator[Candidate]:
    """Read "Three premiers flew to Lima: A, B and C", "Two ministers came. They were A and B".

    So "Six premiers came. Among them: A and B", and "X and two more leaders will fly to Lima. The
    other leaders are A and B".

    "Three premiers flew to Lima. The winners are A and B", "They are friends" do not
    fire.
    """
    colon = token.text == COLON and token.i > 0
    be = token.nbor(-1) if colon and token.nbor(-1).lower_ in word_set("are_lands") else token
    apart = _are_they(reader, be) if be.text != COLON else _opens_with_among(token)
    if not colon and not apart:
        return
    others = be.text != COLON and _are_others(be)
    model = (_trip_with_others if others else _trip_of_many)(reader, token, back=int(apart))
    if model is None or model.actor is None:
        return
    many = model.actor.reference
    named = [
        _of_land(actor, None if others else many.country)
        for actor in reader.scene.listed_at(token.i + 1)
        if actor.reference.name
    ]
    lands = frozenset(many.members) or ({many.country} if many.country else None)
    lands = None if others else lands
    if len(named) < _FEWEST or not all(_fits(model, each, lands) for each in named):
        return
    for actor in named:
        yield replace(model, at=token.i, actor=actor, origin=actor.country, count=1)


def travellers_named_words() -> frozenset[str]:
    """Return the words at which they may be named."""
    return word_set("are_lands") | {COLON}


def _are_they(reader: ArgumentReader, be: Token) -> bool:
    """Tell "they are", "the three ministers include" from "the winners are"."""
    subject = next((c for c in be.children if c.dep_ in SUBJECTS and c.i < be.i), None)
    if subject is None or any(c.dep_ not in {"det", "nummod", "amod"} for c in subject.children):
        return False
    if subject.lower_ in {"they", "others"}:
        return True
    of_office = any(r.kind == "office" and r.plural for r in reader.scene.at(subject.i))
    return of_office and any(c.lower_ in words("definite") for c in subject.children)


def _are_others(be: Token) -> bool:
    """Tell "the others are", "the other leaders are", who go where one went who was named."""
    subject = next((c for c in be.children if c.dep_ in SUBJECTS and c.i < be.i), None)
    told = [subject, *subject.children] if subject is not None else []
    return any(t.lower_ in word_set("others_beside") for t in told)


def _opens_with_among(colon: Token) -> bool:
    """Tell "Among them: A and B", a sentence of its own."""
    return colon.i > 1 and colon.doc[colon.i - 2 : colon.i].text.lower() == "among them"


def _trip_of_many(reader: ArgumentReader, token: Token, *, back: int) -> Candidate | None:
    """Return the last trip, told so near, of several of whom none is named."""
    number = reader.scene.sentence_of[token.i]
    for told in reversed(reader.told):
        if number - reader.scene.sentence_of[told.at] > back:
            return None
        if told.at < token.i and told.destination and told.status in MADE_OR_PLANNED:
            many = told.actor.reference if told.actor is not None else None
            return told if many is not None and many.plural and not many.name else None
    return None


def _trip_with_others(reader: ArgumentReader, token: Token, *, back: int) -> Candidate | None:
    """Return the last trip, told so near, of one who is named and goes with others who are not."""
    number = reader.scene.sentence_of[token.i]
    for told in reversed(reader.told):
        sentence = reader.scene.sentence(told.at)
        if number - reader.scene.sentence_of[told.at] > back:
            return None
        named = told.actor is not None and bool(told.actor.reference.name)
        made = told.destination is not None and told.status in MADE_OR_PLANNED
        if named and made and told.at < token.i:
            beside = any(t.lower_ in word_set("others_beside") for t in sentence)
            return told if beside else None
    return None


def _of_land(actor: Actor, land: str | None) -> Actor:
    """Return one who is named with the land that all were said to be of, where no other is told."""
    if land is None or (actor.country and not actor.reference.guessed):
        return actor
    own = {"country": land, "guessed": False}
    return replace(actor, reference=actor.reference.model_copy(update=own))


def _fits(model: Candidate, named: Actor, lands: Collection[str] | None) -> bool:
    """Tell whether one who is named is of a land that those were said to be of, if of any."""
    told = named.country not in {None, model.destination}
    return told and (lands is None or named.country in lands)


__all__ = ["COLON", "travellers_named", "travellers_named_words"]
