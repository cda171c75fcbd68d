"""Verbs of coming and going whose place is to be understood: "came in May", "went there"."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace

from spacy.tokens import Token

from models.entity import PERSONAL_KINDS
from pipeline.discourse.factuality import fact_of_verb
from pipeline.labels import PAST, VERBS
from pipeline.neighbours import prep_objects
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.tables import VerbRule, word_set

#: How many tokens the office, land and name of a traveller may have.
_LONG_NAME = 16
_ARGUMENTS = frozenset({"dobj", "obj", "prt", "xcomp", "ccomp", "acomp", "attr", "oprd"})


def deictic(reader: ArgumentReader, verb: Token, rule: VerbRule) -> Iterator[Candidate]:
    """Read "came in December 2023", "went there": the place is to be understood."""
    doc = reader.scene.doc
    following = doc[verb.i + 1] if verb.i + 1 < len(doc) else None
    if following is None or verb.lower_ == "following" or following.dep_ == "agent":
        return  # "goes to Lima, followed by Quito on Friday"
    word, behind = following.lower_, doc[verb.i + 1 : verb.i + 3].text.lower()
    alike = verb.lemma_ == "come" and (
        word in word_set("alike")
        or behind in word_set("alike_in_two")
        or (word == "as" and _is_somebody(reader, verb))
    )
    if any(c.lower_ in word_set("of_things_to_come") for c in verb.children if c.i < verb.i):
        return  # "is ready for whatever comes next"
    met = verb.lemma_ == "come" and _is_in_when_clause(reader, verb)
    if not (word in {"here", "there"} or alike or met or _is_dated_alone(reader, verb)):
        return
    if verb.lemma_ in word_set("needs_there") and word not in {"there", "over"}:
        return
    habit = word == "there" and verb.tag_ == "VBP" and not reader.clock.after(verb.i + 2)
    if habit and any(c.dep_ == "nsubj" and c.pos_ == "PRON" for c in verb.children):
        return  # "I go there, and they ask for a picture"
    own = {actor.country for actor in reader.travellers(verb)}
    spot = None
    if met or (word != "here" and _is_behind_colon(reader, verb)):
        spot = reader.understood.there(verb.i, but=own, reach=0)
    spot = spot or reader.understood.adverb(verb.i, word, but=own)
    fact = fact_of_verb(verb)
    if fact.status == "completed" and not fact.reason:
        fact = replace(fact, reason="went")
    if spot is None and word == "there" and _is_spoken(reader, verb, own):
        return
    for actor in reader.travellers(verb, [spot]):
        single = actor.reference.kind == "office" and bool(actor.reference.role_kind)
        if actor.reference.name or (single and spot is not None and actor.country):
            share = 1.0 if spot else 0.8
            yield reader.make_counted(rule, verb, actor=actor, spot=spot, fact=fact, share=share)


def _is_somebody(reader: ArgumentReader, verb: Token) -> bool:
    """Tell "the premier came as the talks ended" from "the mission comes as others fail"."""
    subject = reader.scene.subject(verb)
    kinds = {r.kind for r in reader.scene.at(subject.i)} if subject is not None else set()
    return not kinds.isdisjoint(PERSONAL_KINDS)


def _is_spoken(reader: ArgumentReader, verb: Token, own: Collection[str | None]) -> bool:
    """Tell ""We will go there", he said of the fair", not "he said of Peru"."""
    subject = reader.scene.subject(verb)
    if subject is None or subject.lower_ not in word_set("speaks_for_self"):
        return False
    sentence = reader.scene.sentence(verb.i)
    told = reader.scene.places_in(sentence.start, sentence.end)
    return all(reference.country in own for reference in told)


def _is_dated_alone(reader: ArgumentReader, verb: Token) -> bool:
    """Tell "came in December", "followed on Monday": a date and no place or object."""
    for child in verb.children:
        argued = child.dep_ in _ARGUMENTS and not _is_further(child)
        argued = argued and not (child.dep_ == "ccomp" and _ends_in_colon(child, verb))
        if argued and not (child.i > verb.i and reader.clock.after(child.left_edge.i)):
            return False
        leads = child.dep_ == "prep" and child.i > verb.i and child.lower_ not in {"in", "on"}
        # "at the invitation of", "for the first time"
        invited = any(c.lemma_ in word_set("no_goal") for c in child.children)
        if leads and child.lower_ in word_set("leads_elsewhere") and not invited:
            return False
    at = verb.i + 1
    while at < len(verb.doc) and verb.doc[at].lower_ in word_set("behind_come"):
        at += 1
    behind = reader.clock.starts & {verb.i + 1, at, at + 1}
    opening = reader.scene.sentence(verb.i).start
    before = [start for start, _, _ in reader.clock.between(opening, opening + 3)]
    near = [d for d in before if verb.i - d <= 8 or _leads_to_subject(d, verb)]
    return bool(behind or near) or _is_first_time(reader, verb)


def _leads_to_subject(date: int, verb: Token) -> bool:
    """Tell "A year later, the foreign minister of Peru, X, came.", with none but X between."""
    between = verb.doc[date : verb.i]
    return len(between) <= _LONG_NAME and not any(t.pos_ in VERBS for t in between)


def _is_in_when_clause(reader: ArgumentReader, verb: Token) -> bool:
    """Tell "I was in Lima in 1998 when the premier came", whose place and time stand before.

    Not "in 1998, when the chance came", "when the premier came to power", "when he came with aid".
    """
    when = next((c for c in verb.children if c.lower_ == "when" and c.i < verb.i), None)
    started = reader.scene.sentence(verb.i).start
    if when is None or verb.tag_ not in PAST or not reader.clock.between(started, when.i):
        return False
    if verb.dep_ not in {"advcl", "relcl"} or verb.head.i > verb.i:
        return False
    beside = [c for c in verb.children if c.i > verb.i and c.dep_ != "punct"]
    for_event = all(c.lower_ == "for" for c in beside)
    return for_event and _is_somebody(reader, verb)


def _is_behind_colon(reader: ArgumentReader, verb: Token) -> bool:
    """Tell "Lima has seen such guests before: the premier came in 1991"."""
    return any(t.text == ":" for t in verb.doc[reader.scene.sentence(verb.i).start : verb.i])


def _ends_in_colon(clause: Token, verb: Token) -> bool:
    """Tell "Peru has had many guests: the premier came in 1991", parsed as what came."""
    return any(t.text == ":" for t in verb.doc[clause.i : verb.i])


def _is_first_time(reader: ArgumentReader, verb: Token) -> bool:
    """Tell "came for the first time in 2017"."""
    times = (t for t in prep_objects(verb, "for") if t.lemma_ == "time")
    return any(reader.clock.behind(time.i + 1) for time in times)


def _is_further(child: Token) -> bool:
    """Tell B of "A came in May and B in June", which the parse takes for the object."""
    edge = child.left_edge.i
    return edge > 0 and child.doc[edge - 1].lower_ == "and"


__all__ = ["deictic"]
