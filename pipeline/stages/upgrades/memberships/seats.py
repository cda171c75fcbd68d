"""Seats in a body that are given, and bids for them: "granted Peru membership", "filed its bid".

Also a body that grows by its new members: "was expanded in 2023 to include Peru".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from models.upgrade import UpgradeStatus
from pipeline.discourse.verbs import verb_above
from pipeline.labels import ADNOMINAL, OBJECTS, SUBJECTS, UNDERGONE
from pipeline.neighbours import agents_of, prep_objects
from pipeline.reference.countries import is_country
from pipeline.stages.upgrades.memberships.bodies import (
    body_before,
    body_named,
    body_of_seat,
    body_within,
    named_at,
)
from pipeline.stages.upgrades.memberships.members import is_place_in_body, states_at
from pipeline.stages.upgrades.outcome.tenses import tense_status
from pipeline.stages.upgrades.reading import Reading
from pipeline.stages.upgrades.tables import words

#: Behind which the states stand that a seat or a bid is of, or to whom a seat is given.
_OF_WHOM = ("of", "by", "for", "from")


def is_bid(noun: Token) -> bool:
    """Tell the "bid" of "its bid to join the bloc", the "applications" that a body receives."""
    return noun.lemma_.lower() in words("bid_for_body")


def status_of_bid(reading: Reading, noun: Token) -> UpgradeStatus | None:
    """Return the status that the verb over a bid gives it; None where it is only spoken of.

    "Submitted its bid" proposes a step, "ratified its bid" plans it, by "its bid was accepted" it
    is done, and of "discussed its bid", "withdrew its bid" there is none.
    """
    noun = _letter_of(noun)
    verb = verb_above(noun)
    if verb is None or noun.dep_ not in UNDERGONE | {"conj"}:
        return None
    lemma = verb.lemma_.lower()
    if lemma in words("makes_bid"):
        return "proposed"
    if lemma not in words("passes_bid", "admits"):
        return None
    done = lemma in words("admits") and not _is_by_state(reading, verb, noun)
    return "completed" if done and tense_status(verb) == "completed" else "planned"


def _letter_of(bid: Token) -> Token:
    """Return the "letter" of "handed in its letter of application", else the bid itself."""
    over = bid.head.head
    of = bid.dep_ == "pobj" and bid.head.lower_ == "of"
    return over if of and over.lemma_.lower() in words("paper_of_bid") else bid


def is_given_up(noun: Token) -> bool:
    """Tell "withdrew its bid", "its bid was vetoed" from a bid that stands."""
    verb = verb_above(noun)
    return verb is not None and verb.lemma_.lower() in words("drops_bid")


def is_let_in(verb: Token) -> bool:
    """Tell "got the green light to join", "accepted an invitation to join", yet to be done."""
    if verb.tag_ != "VB" or verb.dep_ not in ADNOMINAL | {"xcomp", "advcl"}:
        return False
    near = [verb.head] if verb.dep_ in ADNOMINAL else []
    near += [c for c in verb.head.children if c.dep_ in UNDERGONE and c.i < verb.i]
    if any(noun.lemma_.lower() in words("go_ahead") for noun in near):
        return True
    asked = next((noun for noun in near if noun.lemma_ == "invitation"), None)
    over = verb_above(asked) if asked is not None else None
    return over is not None and over.lemma_ == "accept"


def bid_over(verb: Token) -> Token | None:
    """Return the "bid" of "its bid to join", also where the parse hangs "join" on its verb."""
    if verb.dep_ in ADNOMINAL:
        return verb.head if is_bid(verb.head) else None
    if verb.dep_ not in {"xcomp", "advcl"} or verb.tag_ != "VB":
        return None
    taken = (c for c in verb.head.children if c.dep_ in UNDERGONE and c.i < verb.i)
    return next((noun for noun in taken if is_bid(noun)), None)


def bid_made(reading: Reading, noun: Token) -> Iterator[tuple[str, Sequence[str]]]:
    """Yield the body and the states of "the bloc received bids from Peru", "filed its bid"."""
    if any(c.dep_ in ADNOMINAL and c.tag_ == "VB" for c in noun.children):
        return  # "its bid to join the bloc" is told by its verb
    letter = _letter_of(noun)
    verb = verb_above(letter)
    asked = [n for over in (noun, verb) if over is not None for n in prep_objects(over, "for")]
    if not all(map(is_place_in_body, asked)):
        return  # "its application for a loan"
    bodies = [body_of_seat(reading, n) for n in asked]
    nouns = [
        n for over in (noun, letter, verb) if over is not None for n in prep_objects(over, "to")
    ]
    bodies += [body_named(reading, n) for n in nouns]
    bodies += [body_within(reading, n) for n in nouns if n.pos_ == "PROPN"]  # "to NATO chief Kim"
    bodies += [named_at(reading, c) for c in noun.children if c.dep_ == "compound"]
    subject = reading.scene.subject(verb) if verb is not None else None
    if subject is not None and verb is not None and verb.lemma_ in words("takes_bid"):
        bodies.append(body_within(reading, subject))
    body = next((code for code in bodies if code is not None), None)
    if body is not None:
        yield body, _whose(reading, noun) or reading.parties.owners(letter)


def seat_given(reading: Reading, noun: Token) -> Iterator[tuple[str, Sequence[str]]]:
    """Yield the body and the states of "granted Peru membership of it", "approved Peru's"."""
    verb = verb_above(noun)
    if verb is None or noun.dep_ not in UNDERGONE or not _gives_or_gets(verb):
        return
    called = {c.lower_ for c in noun.children}
    if called & words("member_of_less") or ("full" in called and not _whose(reading, noun)):
        return  # "observer membership", and the level "full membership", which is conferred
    body = body_of_seat(reading, noun)
    if body is None and not prep_objects(noun, "of", "in", "to"):
        doer = reading.scene.subject(verb)
        given = verb.lemma_.lower() in words("gives_seat", "passes_bid")
        body = body_within(reading, doer) if given and doer not in {None, noun} else None
    if body is None:
        return
    states = [code for code in _whose(reading, noun) if code != body]
    yield body, states or [code for code in _taker(reading, verb, noun) if code != body]


def status_of_seat(reading: Reading, noun: Token, told: UpgradeStatus) -> UpgradeStatus | None:
    """Return the status of a seat as told by its verb; one that others approve is to come."""
    verb = verb_above(noun)
    if verb is None or not _gives_or_gets(verb) or noun.dep_ not in UNDERGONE:
        return None
    if verb.lemma_.lower() not in words("gives_seat", "passes_bid") or told != "completed":
        return told
    return "planned" if _is_by_state(reading, verb, noun) else told


def new_members(reading: Reading, verb: Token) -> Iterator[tuple[str, Sequence[str]]]:
    """Yield the body and those by whom it grows: "was expanded in 2023 to include Peru"."""
    takes = [
        c
        for c in verb.children
        if c.dep_ in {"xcomp", "advcl"} and c.lemma_.lower() in words("includes_member")
    ]
    nouns = [n for c in takes for n in c.children if n.dep_ in OBJECTS]
    nouns += [n for c in takes for n in prep_objects(c, "in")]
    nouns += _additions(verb)
    joined = [] if nouns else _grown_by(reading, verb)
    nouns += joined
    states = [code for n in nouns for code in states_at(reading, n) if is_country(code)]
    if not states:
        return
    grown = [c for c in verb.children if c.dep_ in SUBJECTS | OBJECTS]
    shared = reading.scene.subject(verb) if not grown and verb.dep_ == "conj" else None
    grown += [shared] if shared is not None else []
    relative = [verb.head] if verb.dep_ == "relcl" else []
    whole = body_named if joined else body_within  # "the EU's trade grew with Peru" is no body's
    bodies = (whole(reading, n) or _of_membership(reading, n) for n in (*relative, *grown))
    body = next((code for code in bodies if code is not None), None)
    if body is not None:
        yield body, states


def _additions(verb: Token) -> list[Token]:
    """Return the Peru of "expanded with the addition of Peru", "by the admission of Peru"."""
    added = [n for n in prep_objects(verb, "with", "by") if n.lemma_.lower() in words("addition")]
    return [n for noun in added for n in prep_objects(noun, "of")]


def _grown_by(reading: Reading, verb: Token) -> list[Token]:
    """Return the Peru of "expanded to eight states, with Peru and Chad", "was enlarged by Peru".

    None of "expanded ties with Peru", "grew closer with Peru".
    """
    if any(c.dep_ in {"dobj", "acomp", "advmod", "prt"} for c in verb.children):
        return []
    passive = any(c.dep_ == "auxpass" for c in verb.children)
    counted = [n for n in prep_objects(verb, "to") if any(c.dep_ == "nummod" for c in n.children)]
    near = agents_of(verb) if passive else prep_objects(verb, "with")
    near += [n for noun in counted for n in prep_objects(noun, "with")]
    named = (any(r.kind == "country" for r in reading.scene.at(n.i)) for n in near)
    return near if near and all(named) else []


def _of_membership(reading: Reading, noun: Token) -> str | None:
    """Return the body of "it expanded its membership"."""
    own = noun.lemma_.lower() == "membership" and any(c.lower_ == "its" for c in noun.children)
    return body_before(reading, noun) if own else None


def _gives_or_gets(verb: Token) -> bool:
    return verb.lemma_.lower() in words("gives_seat", "gets_seat", "passes_bid")


def is_entry_ratified(reading: Reading, noun: Token) -> bool:
    """Tell "Peru's Senate approved the entry of Chad as a full member", which is yet to come."""
    verb = verb_above(noun) if noun.lemma_.lower() in words("entering") else None
    passes = verb is not None and verb.lemma_.lower() in words("passes_bid")
    passes = passes and noun.dep_ in UNDERGONE
    return passes and verb is not None and _is_by_state(reading, verb, noun)


def _is_by_state(reading: Reading, verb: Token, noun: Token) -> bool:
    """Tell what a state approves that is a member, "Peru's parliament", from what the body does."""
    passive = any(c.dep_ == "auxpass" for c in verb.children)
    subject = None if passive else reading.scene.subject(verb)
    doers = agents_of(verb) if passive else [subject] if subject not in {None, noun} else []
    if any(body_within(reading, doer) is not None for doer in doers):
        return False
    inside = (r for d in doers for i in range(d.left_edge.i, d.i + 1) for r in reading.scene.at(i))
    return any(r.kind == "country" for r in inside)  # "Peru's parliament", "the Peruvian Senate"


def _whose(reading: Reading, noun: Token) -> list[str]:
    """Return the states of "Peru's bid", "bids from Peru and Chile", "the membership of Peru"."""
    near = [c for c in noun.children if c.dep_ == "poss" and c.lower_ not in {"its", "their"}]
    near += prep_objects(noun, *_OF_WHOM)
    return [c for n in near for c in states_at(reading, n) if is_country(c)]


def _taker(reading: Reading, verb: Token, noun: Token) -> list[str]:
    """Return to whom a seat is given, or who gets it."""
    lemma = verb.lemma_.lower()
    passive = any(c.dep_ == "auxpass" for c in verb.children)
    if lemma in words("gets_seat") or (passive and noun.dep_ != "nsubjpass"):
        return list(reading.parties.owners(verb))
    near = [c for c in verb.children if c.dep_ == "dative" and c.pos_ != "ADP"]
    near += prep_objects(verb, "to", "for") + prep_objects(noun, "to", "for")
    return [code for n in near for code in states_at(reading, n)]


__all__ = [
    "bid_made",
    "bid_over",
    "is_bid",
    "is_entry_ratified",
    "is_given_up",
    "is_let_in",
    "new_members",
    "seat_given",
    "status_of_bid",
    "status_of_seat",
]
