"""Presence told by a noun that is somebody's: "A's speech at the forum in Rome"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Token

from models.visit import MADE_OR_PLANNED
from pipeline.discourse.factuality import NOTHING, Fact, fact_of_noun, governing_verb
from pipeline.discourse.scene import Actor, Spot
from pipeline.discourse.tables import words
from pipeline.discourse.trip_clauses import preposition_of
from pipeline.labels import FINITE
from pipeline.neighbours import prep_objects, text_at
from pipeline.signs import DASHES
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.events.at_events import event_at
from pipeline.stages.visits.events.event_places import is_event
from pipeline.stages.visits.tables import verb_rules, word_set
from pipeline.stages.visits.travel.deeds import done
from pipeline.stages.visits.travel.houses import is_house, stands_in

#: How far behind a speech the place may be told where it is held, in tokens.
_REACH = 14
#: How far behind its preposition a house may be named ("a joint session of the two houses of the").
_HOUSE_REACH = 10
_CLAUSE = frozenset({"WRB", "WP", "WDT"})
_ABOUT = frozenset({"on", "about", "of"})
_STOPS = frozenset({",", ";", ":", "(", *DASHES})


def owned_presence(reader: ArgumentReader, noun: Token) -> Iterator[Candidate]:
    """Read "A's speech at the forum in Rome", "the presence of A in Rome", "his talks in Rome".

    So "A's address to the Italian Senate". "A's speech on the forum in Rome", "the presence of A's
    troops in Rome" do not fire.
    """
    if noun.lemma_.lower() not in word_set("presence_noun") or reader.is_remote(noun):
        return
    if any(c.dep_ == "acl" and c.lemma_ in word_set("puts_out") for c in noun.children):
        return  # "A said in a statement issued in Rome", wherever he was
    owners = [] if _is_of_own(noun) else _owners(reader, noun)
    spot, event = _where(reader, noun, owners) if owners else (None, None)
    fact = _fact(reader, noun, owners) if spot is not None else NOTHING
    if spot is None or fact.status not in MADE_OR_PLANNED:
        return
    rule = next(r for r in verb_rules()["<any>"] if r.id == "at_event")
    foreign = [a for a in owners if a.country not in {None, spot.country}]
    for made in done(
        reader,
        noun,
        rule,
        actors=foreign,
        spot=spot,
        event=event,
        within=True,
        too=("nameless",),
    ):
        yield replace(made, fact=fact)


def presence_nouns() -> frozenset[str]:
    """Return the nouns at which `owned_presence` reads."""
    return word_set("presence_noun")


def _owners(reader: ArgumentReader, noun: Token) -> list[Actor]:
    """Return whose a speech or presence is: "A's", "by A", or "of A"; who speaks "in a speech"."""
    heads = [c for c in noun.children if c.dep_ == "poss"]
    heads += prep_objects(noun, "of", "by")
    if not _is_meeting(noun):
        heads = heads or _behind_place(reader, noun)
    within = not _is_meeting(noun) and noun.dep_ == "pobj" and noun.head.lower_ in {"in", "during"}
    verb = next((t for t in noun.ancestors if t.pos_ == "VERB"), None) if within else None
    if not heads and verb is not None:
        heads = [subject] if (subject := reader.scene.subject(verb)) is not None else []
    led = words("leading_class") | word_set("heads_body", "speaks_for_land")
    owners = [a for head in heads for a in reader.scene.actors(head)]
    told = [a for a in owners if a.reference.name or (a.reference.definite and a.country)]
    return [a for a in told if a.reference.role_kind in led and not a.reference.plural]


def _is_meeting(noun: Token) -> bool:
    """Tell talks, which are only of those whose they are, from a speech."""
    return noun.lemma_.lower() in word_set("met_to_speak")


def _is_of_own(noun: Token) -> bool:
    """Tell "A's party meeting in Rome", at which A need not be."""
    told = (c.lower_ for c in noun.children if c.dep_ in {"compound", "amod"})
    return not word_set("own_circle").isdisjoint(told)


def _behind_place(reader: ArgumentReader, noun: Token) -> list[Token]:
    """Return A of "the presence in Lima on Sunday of A", whom the parse hangs on Lima or Sunday."""
    prep = noun.doc[noun.i + 1 : noun.i + 2]
    spots = reader.scene.spots(noun.i + 2) if prep.text.lower() in {"in", "at"} else []
    end = spots[-1].end if spots else len(noun.doc)
    while end < len(noun.doc) and (end in reader.clock.covered or noun.doc[end].lower_ == "on"):
        end += 1
    return [c for t in noun.doc[end : end + 1] if t.lower_ == "of" for c in t.children]


def _where(
    reader: ArgumentReader, noun: Token, owners: Sequence[Actor]
) -> tuple[Spot | None, Token | None]:
    """Return the place and the event of "at the forum in Rome", "in Rome" that is the noun's."""
    own = owners[0].country
    for prep in _preps(reader, noun):
        for house in noun.doc[prep.i + 1 : prep.i + 1 + _HOUSE_REACH]:
            if house.tag_ in FINITE | _CLAUSE:
                break
            if is_house(house) and (spot := stands_in(reader, house, own)) is not None:
                return spot, None
            if (
                house.lower_ in word_set("members_of_house")
                and text_at(noun.doc, house.i + 1) == "in"
            ):
                return next(iter(reader.scene.spots(house.i + 2)), None), None
        for event in (h for h in prep.children if is_event(h)):
            spot = event_at(reader, event)
            return spot, event if spot is not None else None
        spots = reader.scene.spots(prep.i + 1) if prep.lower_ in {"in", "at"} else []
        if spots:
            return spots[0], None
    return None, None


def _preps(reader: ArgumentReader, noun: Token) -> Iterator[Token]:
    """Yield the prepositions behind a noun, wherever the parse hangs them, up to what is told."""
    end = min(reader.scene.sentence(noun.i).end, noun.i + _REACH)
    came = noun.head if noun.dep_ == "nsubj" and noun.head.lemma_ == "come" else None
    for token in noun.doc[noun.i + 1 : end]:
        clause = token.tag_ in FINITE and token != came
        about = token.lower_ in word_set("of_a_topic") - {"of", *word_set("speaks_where")}
        about = about or (token.lower_ == "with" and any(c.pos_ == "NOUN" for c in token.children))
        placed = token.lower_ in word_set("speaks_where")
        about = about or (token.pos_ == "SCONJ" and not placed) or token.tag_ == "VBG"
        if clause or token.text in _STOPS or (about and token.i + 1 not in reader.clock.covered):
            return
        if placed:
            yield token


def _fact(reader: ArgumentReader, noun: Token, owners: Sequence[Actor]) -> Fact:
    """Return what is told of a speech: what others do about it is not what he does who holds it."""
    verb = governing_verb(noun)
    subject = reader.scene.subject(verb) if verb is not None else None
    doers = reader.scene.actors(subject) if subject is not None else []
    if verb is not None and any(c.lower_ in words("modal_doubt") for c in verb.children):
        return NOTHING  # "A's appearance at the summit would be noted"
    if _is_meeting(noun) and _may_never_be(noun, verb):
        return NOTHING
    about = _is_meeting(noun) and preposition_of(noun) in _ABOUT
    if about and (own := fact_of_noun(noun)).status != "completed":
        # "will brief them on his talks in Rome", "has told little of his talks in Rome"
        return Fact("completed", weak=True) if own.status == "ongoing" else NOTHING
    told = fact_of_noun(noun)
    if _is_meeting(noun) and verb is not None and verb.lemma_ in words("plan") and told.status:
        return Fact("planned", weak=True)  # "is preparing for his talks in Rome"
    if verb is None or subject in {None, noun} or {a.key for a in doers} & {a.key for a in owners}:
        return told
    if told.status is not None and verb.lemma_ not in word_set("stays_away"):
        return told
    past = any(t.tag_ == "VBD" for t in (verb, *verb.children))
    return Fact("completed" if past else "planned", weak=True)


def _may_never_be(noun: Token, verb: Token | None) -> bool:
    """Tell "A's proposed talks in Rome", "hopes for A's talks in Rome", "rules out A's talks"."""
    out = verb is not None and any(c.dep_ == "prt" and c.lower_ == "out" for c in verb.children)
    if out and verb is not None and verb.lemma_ == "rule":
        return True
    if any(c.lower_ in word_set("yet_to_be_held") for c in noun.children):
        return True
    first = noun.left_edge.i
    behind = first > 0 and noun.doc[first - 1].pos_ == "ADP"  # wherever the parse hangs the noun
    over = noun.doc[first - 1].head if behind else None
    sought = words("wish_noun", "hearsay", "doubted")
    return over is not None and over.pos_ == "NOUN" and over.lemma_ in sought


__all__ = ["owned_presence", "presence_nouns"]
