"""Who meets whom by a meeting's noun, and where another word tells that they do."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Token

from models.visit import MADE, OFF
from pipeline.discourse.factuality import NOTHING, Fact, fact_of_noun, fact_of_verb
from pipeline.discourse.governing import is_where_agreed, promise_over
from pipeline.discourse.scene import Actor, Spot
from pipeline.discourse.tables import words
from pipeline.discourse.trip_clauses import preposition_of
from pipeline.labels import OBJECTS, SUBJECTS
from pipeline.neighbours import prep_objects
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.meetings.ranks import leads
from pipeline.stages.visits.tables import word_set


def sides_told(reader: ArgumentReader, noun: Token, owner: Token | None) -> list[Actor]:
    """Return A and B of "the summit of A and B", "talks held by A and B", "A and B, whose summit".

    Args:
        owner: the possessive of the meeting's noun, if it has one.
    """
    if owner is None:
        return _of_both(reader, noun) or _by_both(reader, noun)
    return _whose(reader, owner) if owner.lower_ == "whose" else []


def _of_both(reader: ArgumentReader, noun: Token) -> list[Actor]:
    """Return A and B of "the summit of A and B", "the meeting of the presidents of A and B"."""
    own = [c for c in noun.children if c.lower_ == "of"]
    heads = [h for c in own or _of_behind_place(noun) for h in c.children]
    return _pair([a for head in heads for a in listed_by(reader, head)])


def _of_behind_place(noun: Token) -> list[Token]:
    """Return the "of" of "a meeting in Rome of the premiers of A and B", parsed as of Rome."""
    places = prep_objects(noun, "in", "at")
    return [c for place in places for c in place.children if c.lower_ == "of"]


def _by_both(reader: ArgumentReader, noun: Token) -> list[Actor]:
    """Return A and B of "the summit held in Rome by A and B"."""
    held = [c for c in noun.children if c.dep_ == "acl" and c.tag_ == "VBN"]
    agents = [c for verb in held for c in verb.subtree if c.dep_ == "agent" and c.head == verb]
    heads = [h for c in agents for h in c.children if held[0].lemma_ in word_set("holds_event")]
    return _pair([a for head in heads for a in listed_by(reader, head)])


def listed_by(reader: ArgumentReader, head: Token) -> list[Actor]:
    """Return the actors of a list, by position where the parse joins them within a name."""
    found = reader.scene.actors(head)
    if not found and head.lower_ in word_set("two_told"):
        return last_two(reader, head)
    listed = reader.scene.listed_at(head.left_edge.i) if len(found) == 1 else []
    return listed if len(listed) > 1 else found


def last_two(reader: ArgumentReader, head: Token) -> list[Actor]:
    """Return the two leaders of whom the sentence before tells, and no others."""
    number = reader.scene.sentence_of[head.i]
    for _, at in reader.scene.backwards(number, 1):
        sentence = reader.scene.sentences[at]
        told: dict[str, Actor] = {}
        for i in range(sentence.start, min(sentence.end, head.i)):
            for reference in reader.scene.at(i):
                if reference.kind == "person" and reference.form != "pronoun" and reference.actor:
                    told.setdefault(reference.actor, Actor(reference, i, 0.9))
        if told:
            return _pair(list(told.values())) if len(told) == 2 else []
    return []


def two_before(reader: ArgumentReader, they: Token) -> list[Actor]:
    """Return A and B of "the first call between A and B since they met"."""
    told: dict[str, Actor] = {}
    for i in range(reader.scene.sentence(they.i).start, they.i):
        for reference in reader.scene.at(i):
            if reference.kind == "person" and reference.form != "pronoun" and reference.actor:
                told.setdefault(reference.actor, Actor(reference, i, 0.9))
    return _pair(list(told.values())) if len(told) == 2 else []


def _whose(reader: ArgumentReader, owner: Token) -> list[Actor]:
    """Return A and B of "A and B, whose summit"."""
    clause = next((t for t in owner.ancestors if t.dep_ == "relcl"), None)
    if clause is None:
        return []
    first = clause.head
    while first.dep_ == "conj" and first.head != first:
        first = first.head
    return _pair(reader.scene.actors(first))


def _pair(actors: list[Actor]) -> list[Actor]:
    """Return actors if they are the two or more who lead that a meeting is between."""
    leading = [a for a in actors if leads(a)]
    return leading if len(leading) > 1 and len(leading) == len(actors) else []


def seat_told(reader: ArgumentReader, noun: Token) -> Spot | None:
    """Return where a meeting took place by its verb or its host.

    "A's first meeting with B took place in Rome", "Rome hosted the first summit between A and B"
    fire; "the meeting with A was planned in Rome" does not.
    """
    above = noun.head
    held = next((c for c in noun.children if c.dep_ == "acl" and c.tag_ == "VBN"), None)
    if held is not None and (spot := _run_in(reader, held)) is not None:
        return spot  # "the summit held in Rome by A and B"
    if noun.dep_ in SUBJECTS:
        return _run_in(reader, above)
    if noun.dep_ in OBJECTS and above.lemma_ in word_set("stages_meeting"):
        subject = reader.scene.subject(above)
        places = reader.scene.spots(subject.left_edge.i) if subject is not None else []
        return places[0] if places and subject is not None and places[0].end > subject.i else None
    if noun.dep_ == "pobj" and above.lower_ == "since":
        return _first_behind(reader, noun, noun.subtree)  # "since the summit of A and B in Rome"
    return None


def fact_of_talks(noun: Token, verb: Token) -> Fact:
    """Return what the verb over talks tells of them.

    Those that are "called for" may never be; "the pact follows talks" that have been, and so have
    "the planned talks" that "were held on Monday".
    """
    above = noun.head
    asked = noun.dep_ == "pobj" and above.lower_ == "for" and above.head == verb
    if asked and verb.lemma_ in word_set("asks_for"):
        return NOTHING
    settled = any(c.dep_ == "poss" or c.lower_ in {"the", "this"} for c in noun.children)
    if above.lower_ == "of" and above.head.lemma_ in words("mere_chance") and not settled:
        return NOTHING  # "raised the possibility of talks between A and B"
    own = fact_of_noun(noun)
    if preposition_of(noun) in {"during", "at"} and is_where_agreed(noun, verb):
        return Fact("completed", weak=True)
    if own.status is None:
        return NOTHING  # "wants a summit between A and B"
    if own.status in OFF:
        return own  # "a summit between A and B in Rome was called off"
    ran = noun.head == verb and verb.lemma_ in word_set("holds_event") - words("plan")
    if own.status == "planned" and not (ran and fact_of_verb(verb).status == "completed"):
        return own  # "a summit between A and B is expected", "preparations for a summit"
    if own.status in MADE and _is_ahead_of(noun, verb):
        return Fact("planned", weak=True)
    follows = noun.dep_ in OBJECTS and verb.lemma_ == "follow"
    after = preposition_of(noun) in words("after_trip")
    fact = fact_of_verb(promise_over(verb, noun) if after else verb)
    behind = after or preposition_of(noun) == "despite"
    follows = follows or (behind and fact.status == "ongoing")  # "comes a day after talks"
    return Fact("completed", weak=True) if follows else fact


def _is_ahead_of(noun: Token, verb: Token) -> bool:
    """Tell talks for which one "has left", "is preparing", to which one "is on the way".

    Not those for which one "came", nor "went to talks in Rome", "was on his way home from talks".
    """
    lead = noun.head
    if noun.dep_ != "pobj" or lead.lower_ not in {"for", "to"}:
        return False
    on_way = lead.head.lower_ in word_set("course_of_travel") and lead.head.head.lower_ == "on"
    return on_way or (lead.head == verb and verb.lemma_ in word_set("leaves_for"))


def _run_in(reader: ArgumentReader, verb: Token) -> Spot | None:
    """Return the place of "took place in Rome", "ended in Rome" behind a meeting."""
    if verb.lemma_ not in word_set("holds_event", "begins_event"):
        return None
    return _first_behind(reader, verb, verb.children)


def _first_behind(reader: ArgumentReader, word: Token, below: Iterable[Token]) -> Spot | None:
    """Return the first place that is led to behind a word by what is below it."""
    preps = (t for t in below if t.lower_ in {"in", "at"} and t.i > word.i)
    return next((spots[0] for prep in preps if (spots := reader.scene.spots(prep.i + 1))), None)


__all__ = ["fact_of_talks", "last_two", "listed_by", "seat_told", "sides_told", "two_before"]
