"""Guests told by where they sit at the rite of a report: "in the second row were A and B"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.tokens import Token

from models.visit import MADE
from pipeline.discourse.factuality import Fact, fact_of_verb
from pipeline.discourse.scene import Actor, Spot
from pipeline.discourse.tables import words
from pipeline.labels import PAST
from pipeline.neighbours import word_at, word_behind
from pipeline.reference.countries import is_country
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.lists.guest_lines import FINITE
from pipeline.stages.visits.lists.guest_lists import listed
from pipeline.stages.visits.lists.guest_phrases import GuestRule, guest_rules
from pipeline.stages.visits.tables import word_set

#: How many sentences back others may be told to be there whom one greets.
_BACK = 3


def seated(reader: ArgumentReader, token: Token) -> Iterator[Candidate]:
    """Read each leader of a sentence that tells where guests of the report's rite sit or stand.

    "The president was sworn in on Monday. … In the second row were the kings of A and B", "Beside
    him stood C" fire; "A leads by two seats", "A and B will sit beside each other" do not.
    """
    spot = _spot_of(reader, token) if token.lower_ in seat_words() else None
    if spot is None:
        return
    sentence = reader.scene.sentence(token.i)
    if any(t.lower_ in word_set("seated_at_home") and t.dep_ == "pobj" for t in sentence):
        return
    there = (a for a in listed(reader, sentence.start, sentence.end) if not _tells(reader, a))
    yield from _at_rite(reader, token, guest_rules()["seated"], there, spot)


def _tells(reader: ArgumentReader, actor: Actor) -> bool:
    """Tell the A of "He sat in the front row, A said", who was not there for all that."""
    start, end = reader.scene.bounds(actor.reference)
    root = reader.scene.doc[start:end].root
    while root.dep_ in {"compound", "nmod"}:
        root = root.head
    return root.dep_ == "nsubj" and root.head.lemma_ in words("speech")


def mourning(reader: ArgumentReader, noun: Token) -> Iterator[Candidate]:
    """Read "A and B came to bid him farewell", "A paid his last respects" at the report's rite.

    "A paid tribute to him" does not fire, which one does from afar, nor "A will bid farewell".
    """
    if noun.lower_ not in word_set("last_honour") or noun.dep_ not in {"dobj", "obj", "oprd"}:
        return
    verb = noun.head
    while verb.dep_ in {"xcomp", "advcl", "acl"} and verb.tag_ == "VB" and verb.head != verb:
        verb = verb.head
    came = verb.lemma_ in word_set("comes_to_rite")
    if verb.tag_ not in {"VBD", "VBZ", "VBP", "VBN"} or not (came or noun.lower_ == "respects"):
        return
    if reader.is_remote(verb) or any(reader.places(verb, ("to", "in", "at"))):
        return
    spot, fact = reader.understood.at_rite(noun.i), fact_of_verb(verb)
    if spot is None or fact.status not in MADE:
        return
    there = reader.travellers(verb)
    yield from _at_rite(reader, noun, guest_rules()["are_present"], there, spot)


def _at_rite(
    reader: ArgumentReader, token: Token, rule: GuestRule, there: Iterable[Actor], spot: Spot
) -> Iterator[Candidate]:
    """Yield the trips of the leaders from elsewhere among those who are at a rite."""
    for actor in there:
        if actor.country not in {None, spot.country} and _is_leader(actor):
            yield reader.make(
                rule,
                token,
                actor=actor,
                spot=spot,
                destination=spot.country,
                fact=Fact("completed", weak=True),
                notes=("event",),
            )


def is_among_guests(reader: ArgumentReader, at: int) -> bool:
    """Tell the A of "A greeted B before he took his seat" at a rite elsewhere: no host of B.

    Nor is one who "came to bid him farewell", who is dead.
    """
    verb = reader.scene.doc[at]
    last = any(c.lower_ in word_set("last_honour") for c in verb.children)
    came = verb.tag_ == "VB" and verb.head.lemma_ in word_set("comes_to_rite")
    if last and came and reader.understood.at_rite(at) is not None:
        return True
    return _spot_of(reader, verb) is not None


def at_own_rite(reader: ArgumentReader, candidate: Candidate) -> bool:
    """Tell the host of "A of Peru arrived for the funeral", which is held at home."""
    if candidate.spot is not None or candidate.destination is not None:
        return False
    behind = reader.scene.doc[candidate.at : reader.scene.sentence(candidate.at).end]
    if not any(t.lemma_.lower() in words("rite_of_report") for t in behind):
        return False
    spot = reader.understood.at_rite(candidate.at)
    return spot is not None and spot.country == candidate.origin


def _spot_of(reader: ArgumentReader, token: Token) -> Spot | None:
    """Return where the rite is at which a sentence tells who sits where, or who met whom."""
    scene = reader.scene
    sentence = scene.sentence(token.i)
    if not any(_is_seat(t) for t in sentence) and not _goes_on(reader, token):
        return None
    told = [t for t in sentence if t.tag_ in FINITE and not scene.at(t.i)]
    if not told or any(t.tag_ == "MD" or t.dep_ == "neg" for t in sentence):
        return None
    if not any(t.lemma_ in word_set("among_guests") and t.tag_ in PAST for t in sentence):
        return None
    return reader.understood.at_rite(token.i)


def _is_seat(token: Token) -> bool:
    """Tell "in the front row", "beside him stood", not "won two seats", "a row over fish"."""
    if token.lower_ not in word_set("seat_at_rite"):
        return False
    if token.lower_ in word_set("seat_in_row"):
        before = {t.lower_ for t in token.doc[max(0, token.i - 3) : token.i]}
        behind = word_behind(token)
        placed = before & words("definite") or behind in word_set("seats_apart")
        return bool(placed) and behind not in {"over", "on"}
    return (
        token.lower_ != "inside" or word_at(token.doc, token.i - 1) == "it"
    )  # "one made it inside: A"


def _goes_on(reader: ArgumentReader, token: Token) -> bool:
    """Tell "He also embraced B" right behind others who are told to be at a rite."""
    number = reader.scene.sentence_of[token.i]
    if token.lower_ not in word_set("greeted") or token.pos_ != "VERB":
        return False
    return any(
        told.rule == "seated" and 0 <= number - reader.scene.sentence_of[told.at] <= _BACK
        for told in reader.told
    )


def _is_leader(actor: Actor) -> bool:
    """Tell leaders, ministers, royals, and those of whom one knows it, from other people."""
    kind = (actor.reference.role_kind or "").removeprefix("deputy_").removeprefix("vice_")
    of_body = not is_country(actor.country or "") and kind in word_set("heads_body")
    return of_body or kind in words("leading_class", "crowned") | {"president"}


def seat_words() -> frozenset[str]:
    """Return the words at which `seated` reads."""
    return word_set("seat_at_rite", "greeted")


__all__ = ["at_own_rite", "is_among_guests", "mourning", "seat_words", "seated"]
