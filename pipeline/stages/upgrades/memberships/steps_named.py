"""Steps in a body that a noun names: "Mali's withdrawal from ECOWAS", "the accession protocols"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from models.upgrade import UpgradeStatus
from pipeline.discourse.denials import is_negated
from pipeline.discourse.verb_forms import tense_of
from pipeline.discourse.verbs import verb_above
from pipeline.labels import ADNOMINAL, OBJECTS, UNDERGONE
from pipeline.neighbours import prep_objects
from pipeline.reference.countries import is_country
from pipeline.stages.upgrades.memberships.bodies import (
    body_named,
    body_of_member,
    body_of_seat,
    body_within,
)
from pipeline.stages.upgrades.memberships.members import is_seat, states_at
from pipeline.stages.upgrades.memberships.reactions import day_of_step, is_reacted_to
from pipeline.stages.upgrades.memberships.seats import is_entry_ratified
from pipeline.stages.upgrades.memberships.taken_up import taken_up_together
from pipeline.stages.upgrades.outcome.undertakings import is_set_going
from pipeline.stages.upgrades.reading import Reading
from pipeline.stages.upgrades.tables import words

#: Behind which the body stands that one enters.
_INTO = ("to", "into")
#: Behind which the states stand that a paper or a step is of.
_OF_WHOM = ("of", "by", "for", "with")


def named_step(reading: Reading, token: Token) -> Iterator[tuple[str, Sequence[str]]]:
    """Yield the body and the states of "Mali's withdrawal from ECOWAS"."""
    paper = _paper_of(token)
    nouns = [token] if paper is None else [token, paper]
    signed = verb_above(paper) if paper is not None else None
    behind = [n for noun in nouns for n in prep_objects(noun, "to", "into", "from", "of", "in")]
    # "the suspension of all three from the bloc", which the parse hangs on the three
    behind += [n for of in prep_objects(token, "of") for n in prep_objects(of, "from")]
    behind += prep_objects(signed, "to", "with") if signed is not None else []
    # "signed a treaty of accession with the bloc"
    behind += (
        [n for noun in nouns for n in prep_objects(noun, "with")] if signed is not None else []
    )
    bodies = [code for noun in behind if (code := body_named(reading, noun)) is not None]
    into = [n for noun in (*nouns, signed) if noun is not None for n in prep_objects(noun, *_INTO)]
    if paper is not None and into and not bodies:
        return  # "the EU and Peru signed the instrument of accession to the treaty"
    before = [c for noun in nouns for c in noun.children if c.dep_ in {"compound", "poss"}]
    bodies = bodies or [c for node in before if (c := body_named(reading, node)) is not None]
    called = [n for noun in nouns for n in prep_objects(noun, "as")]
    bodies = bodies or [c for n in called if (c := body_of_member(reading, n)) is not None]
    bodies = bodies or [c for n in _apart(token) if (c := body_named(reading, n)) is not None]
    seats = [n for n in prep_objects(token, "of") if is_seat(n)]
    bodies = bodies or [c for n in seats if (c := body_of_seat(reading, n)) is not None]
    bodies = bodies or list(_acting_bodies(reading, token, paper))
    if not bodies:
        return
    own = [c for noun in nouns for c in noun.children if c.dep_ == "poss"]
    own = [c for owner in own for c in (*_owners_before(owner), owner)]
    own = own or [c for c in token.children if c.dep_ == "compound" and states_at(reading, c)]
    own += [n for noun in nouns for n in prep_objects(noun, *_OF_WHOM)]
    own += _laid_upon(token)
    states = [code for noun in own for code in states_at(reading, noun)]
    verb = verb_above(token) if not states else None
    subject = reading.scene.subject(verb) if verb is not None else None
    states = states or (taken_up_together(reading.parties, subject) if subject is not None else [])
    if not states and is_lifted(token):  # "suspended Peru in May and lifted the suspension in June"
        pairs = (pair for pair in reversed(reading.parties.pairs) if bodies[0] in pair)
        states = [code for pair in list(pairs)[:1] for code in pair if is_country(code)]
    yield bodies[0], states or reading.parties.owners(token)


def status_of_step(reading: Reading, noun: Token, told: UpgradeStatus) -> UpgradeStatus | None:
    """Return the status of a step that is told by its noun; None where it is only spoken of.

    Of "announced its exit from the bloc", not of "spoke of its exit". Also of "its exit took
    effect", "became official", "since its accession in 2004", and of what a report begins with
    that somebody regrets. What a paper is signed for is yet to come.
    """
    paper = _paper_of(noun)
    if paper is not None:
        signed = verb_above(paper)
        signs = signed is not None and signed.lemma_.lower() in words("signs", "passes_bid")
        return "planned" if signs and told == "completed" else None
    if told == "completed" and is_entry_ratified(reading, noun):
        return "planned"
    lifting = _lifting_of(noun)
    if lifting is not None:
        return status_of_step(reading, lifting, told)
    over = verb_above(noun)
    if over is not None and over.lemma_ == "ratify" and noun.dep_ in UNDERGONE:
        return "planned" if told == "completed" else None
    if is_set_going(noun):
        return told
    if _is_taken(noun) or _is_of_told_day(reading, noun):
        return told
    return told if is_reacted_to(reading, noun) else None


def _apart(step: Token) -> list[Token]:
    """Return the EU of "hailed the entry of Peru to the EU", which the parse hangs on the verb."""
    verb, end = verb_above(step), step.right_edge.i + 1
    behind = verb.children if verb is not None and step.dep_ in UNDERGONE else ()
    prep = next((c for c in behind if c.i == end and c.lower_ in {"from", *_INTO}), None)
    return [c for c in prep.children if c.dep_ == "pobj"] if prep is not None else []


def is_lifted(token: Token) -> bool:
    """Tell "lifted Mali's suspension from the bloc", by which it is a full member again."""
    if token.lemma_.lower() != "suspension":
        return False
    lifted = token.head.lemma_.lower() in words("lifts_from_body") and token.dep_ in UNDERGONE
    return lifted or _lifting_of(token) is not None


def _lifting_of(suspension: Token) -> Token | None:
    """Return the "lifting" of "the lifting of Mali's suspension from the bloc"."""
    of = suspension.head
    lifting = of.head if suspension.dep_ == "pobj" and of.lower_ == "of" else None
    told = lifting is not None and lifting.lower_ in words("lifting_noun")
    return lifting if told else None


def is_day_of_suspending(reading: Reading, token: Token, day: str) -> bool:
    """Tell the day of "lifted the suspension that it had imposed on Mali in March"."""
    spans = [(verb.left_edge.i, verb.right_edge.i + 1) for verb in _laying(token)]
    return any(reading.clock.within(start, end) == day for start, end in spans)


def _laid_upon(suspension: Token) -> Iterator[Token]:
    """Yield the Mali of "lifted the suspension that it had imposed on Mali"."""
    for verb in _laying(suspension):
        yield from prep_objects(verb, "on", "upon")


def _laying(suspension: Token) -> list[Token]:
    if not is_lifted(suspension):
        return []
    clauses = (c for c in suspension.children if c.dep_ in ADNOMINAL)
    return [c for c in clauses if c.lemma_.lower() in words("lays_upon")]


def _paper_of(noun: Token) -> Token | None:
    """Return the protocol of "the accession protocol", "the protocol on the accession of"."""
    over = noun.head if noun.dep_ == "compound" else noun.head.head
    named = noun.dep_ == "compound" or (
        noun.dep_ == "pobj" and noun.head.lower_ in {"on", "of", "for"}
    )
    return over if named and over.lemma_.lower() in words("document") else None


def _owners_before(owner: Token) -> list[Token]:
    """Return the Mali and Niger of "Mali, Niger and Chad's exit", on which the parse hangs it."""
    first = owner.head.head
    if owner.head.dep_ != "conj" or first.pos_ != "PROPN" or first.i > owner.i:
        return []
    while first.dep_ == "conj" and first.head.pos_ == "PROPN":
        first = first.head
    between = owner.doc[first.i : owner.i]
    if any(t.pos_ not in {"PROPN", "PUNCT", "CCONJ", "DET"} for t in between):
        return []
    return [t for t in between if t.pos_ == "PROPN" and t.dep_ != "compound"]


def _acting_bodies(reading: Reading, token: Token, paper: Token | None) -> Iterator[str]:
    """Yield the body that acts: "the bloc confirmed Mali's exit", "NATO allies signed"."""
    noun = paper if paper is not None else token
    put_out = token.lemma_.lower() in words("puts_out") or not prep_objects(token, "of")
    put_out = put_out or _is_entry(token) or _is_of_states(reading, token)
    verb = verb_above(noun)
    if verb is not None and noun.dep_ == "nsubj" and verb.dep_ == "ccomp":
        verb = verb.head  # "the bloc said that the exit of Mali had taken effect"
    elif not (is_lifted(token) or paper is not None or (token.dep_ in OBJECTS and put_out)):
        return
    subject = reading.scene.subject(verb) if verb is not None else None
    if subject is None or subject == noun:
        return
    acting = body_within(reading, subject)
    if acting is not None:
        yield acting


def _is_of_states(reading: Reading, noun: Token) -> bool:
    """Tell "confirmed the withdrawal of Peru" from "of Peru's troops", "of Peru from its fund"."""
    states = [code for n in prep_objects(noun, "of") for code in states_at(reading, n)]
    return bool(states) and all(map(is_country, states)) and not _leads_elsewhere(noun)


def _is_entry(noun: Token) -> bool:
    """Tell "approved the entry of Peru" from "approved the entry of Peru to its bank"."""
    return noun.lemma_.lower() in words("addition") and not _leads_elsewhere(noun)


def _leads_elsewhere(noun: Token) -> bool:
    over = verb_above(noun)
    near = [node for node in (noun, over) if node is not None]
    return any(prep_objects(node, "from", *_INTO) for node in near)


def _is_taken(noun: Token) -> bool:
    owner = next((c for c in noun.children if c.dep_ == "poss"), None)
    noun = next(iter(_owners_before(owner)), noun) if owner is not None else noun
    verb = verb_above(noun)
    if verb is None:
        return False
    if noun.dep_ == "nsubj" and noun.head == verb:
        told = {t.lower_ for t in verb.subtree if t.i > verb.i}
        in_force = verb.lemma_.lower() in words("comes_in_force", "becomes_in_body")
        return (in_force and bool(told & words("in_effect"))) or _has_effect(verb)
    return verb.lemma_.lower() in words("takes_step_in_body") or is_lifted(noun)


def _has_effect(verb: Token) -> bool:
    """Tell "Mali's exit has weakened the bloc" from "would weaken it", "weakens it"."""
    done = tense_of(verb) == "past" and not is_negated(verb)
    return done and verb.lemma_.lower() in words("effect_of_step")


def _is_of_told_day(reading: Reading, noun: Token) -> bool:
    """Tell "since Peru's accession in 2004" from "Peru's accession would cost much"."""
    date = day_of_step(reading, noun)
    return date is not None and not reading.is_to_come(date)


__all__ = ["is_day_of_suspending", "is_lifted", "named_step", "status_of_step"]
