"""Who deals with whom in whose town: "X assured Y in Lima", "Y gave X a poncho in Lima"."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from spacy.tokens import Token

from models.visit import MADE
from pipeline.discourse.factuality import fact_of_verb
from pipeline.discourse.scene import Actor, Spot
from pipeline.labels import PREP_COMPLEMENTS, VERBS
from pipeline.neighbours import text_at
from pipeline.reference.countries import is_country
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.meetings.talk_seats import leads_to_topic
from pipeline.stages.visits.tables import verb_rules, word_set
from pipeline.stages.visits.travel.deeds import done

_OBJECTS = frozenset({"dobj", "obj", "iobj", "dative"})
#: How far behind the one dealt with the town may begin, and behind "after" the talks, in tokens.
_REACH, _TALKS_REACH = 9, 5
#: What tells that talks were with others.
_OTHERS = frozenset({"with", "of", "between", "among"})


def face_to_face(reader: ArgumentReader, verb: Token) -> Iterator[Candidate]:
    """Read "X assured Y in Lima that", "Y showed X around the palace in Lima": both are there.

    The town is of one of the two, so that the other has come. "X accused Y in Lima of fraud" does
    not fire, nor does what is written or said on the phone.
    """
    told = word_set("deals_with", "praises_guest", "done_by_two")
    if verb.pos_ != "VERB" or verb.lemma_ not in told:
        return
    found = list(by_two(reader, verb)) or list(_dealt_with(reader, verb))
    if found and not reader.is_remote(verb) and fact_of_verb(verb).status in MADE:
        yield from found


def _dealt_with(reader: ArgumentReader, verb: Token) -> Iterator[Candidate]:
    """Read what its subject says or does to somebody, who stands behind the verb."""
    deals = verb.lemma_ in word_set("deals_with")
    if not deals and verb.lemma_ not in word_set("praises_guest"):
        return
    if any(c.dep_ == "nsubjpass" for c in verb.children):
        return
    met = _met(reader, verb)
    subject = reader.scene.subject(verb) if met else None
    doers = _officials(reader, subject) if subject is not None else []
    if not doers:
        return
    last = max(actor.token for actor in met)
    spot = (_town(reader, verb, last) if deals else None) or _after_talks(reader, verb, last)
    sides = [*doers, *met]
    if spot is None or spot.country not in {side.country for side in sides}:
        return
    rule = next(r for r in verb_rules()["<any>"] if r.id == "in_town")
    guests = [side for side in sides if side.country != spot.country]
    yield from done(reader, verb, rule, actors=guests, spot=spot, within=True)


def by_two(reader: ArgumentReader, verb: Token, spot: Spot | None = None) -> Iterator[Candidate]:
    """Read what needs two, whoever of them is told to do it, in a town of one of them.

    "Ambulances were handed over by X to Y at a rite in Lima", "the pact was signed in Lima by X for
    Peru and Y for Chad", "letters were exchanged in Lima between X and Y" fire.

    Args:
        spot: where it is done, if that is known.
    """
    if verb.lemma_ not in word_set("done_by_two") or reader.is_remote(verb):
        return
    if verb.dep_ == "conj" and verb.head.lemma_ == "co":
        verb = verb.head  # as the parse has "co-chaired"
    end = reader.scene.sentence(verb.i).end
    spot = spot or next(_towns_of(reader, verb, end), None)
    if spot is None:
        return
    told = {actor.key: actor for actor in _taking_part(reader, verb)}
    guests = [side for side in told.values() if side.country != spot.country]
    if not guests or len(guests) == len(told) or _is_of_thing(reader, verb, told):
        return
    rule = next(r for r in verb_rules()["<any>"] if r.id == "in_town")
    within = verb.lemma_ not in word_set("ceremony") - word_set("opens_building")
    yield from done(reader, verb, rule, actors=guests, spot=spot, within=within)


def _is_of_thing(reader: ArgumentReader, verb: Token, told: Collection[str]) -> bool:
    """Tell "The film opens with X and Y in Lima", "signed off on it with X", which neither does."""
    if any(c.dep_ == "prt" for c in verb.children) and verb.lemma_ not in word_set("done_by_hand"):
        return True
    subject = reader.scene.subject(verb)
    if subject is None or subject.dep_ == "nsubjpass":
        return False
    does = any(actor.key in told for actor in reader.scene.actors(subject))
    return not (does or verb.lemma_ in word_set("meets"))


def _towns_of(reader: ArgumentReader, verb: Token, end: int) -> Iterator[Spot]:
    """Yield the towns of a verb's own clause: "at a rite in Lima", "in Lima", not of a topic."""
    for prep in verb.doc[verb.i + 1 : end]:
        seen = prep.lower_ == "of" and prep.head.lemma_.lower() in word_set("part_of_town")
        if not (seen or prep.lower_ in {"in", "at"}) or verb not in prep.ancestors:
            continue
        spot = next(iter(reader.scene.spots(prep.i + 1)), None)
        if spot is None or not spot.is_town or reader.scene.is_owner(spot.reference):
            continue
        if not _is_apart(prep, verb):
            yield spot


def _taking_part(reader: ArgumentReader, verb: Token) -> Iterator[Actor]:
    """Yield the named officials of a verb's own clause, wherever the parse hangs them.

    Not those "of" whom or "about" whom something is, nor who own what is done.
    """
    for token in verb.subtree:
        for reference in reader.scene.at(token.i):
            known = reference.kind == "person" and reference.name and reference.role_kind
            if not known or reference.guessed or not is_country(reference.country or ""):
                continue
            start, last = reader.scene.bounds(reference)
            head = verb.doc[last - 1] if start < last else token
            if token.i == head.i and not _owns(head) and not _is_apart(head, verb):
                yield Actor(reference, head.i)


def _owns(name: Token) -> bool:
    """Tell "President X's delegation", by the office as by the name."""
    while name.dep_ in {"compound", "nmod", "amod"} and name.head.i > name.i:
        name = name.head
    return name.dep_ == "poss"


def _is_apart(node: Token, verb: Token) -> bool:
    """Tell what stands in another clause than a verb's own, or behind the "of" of a topic."""
    below, behind = node, ""
    for above in node.ancestors:
        if above == verb:
            return False
        if above.pos_ in VERBS and above.dep_ in {"relcl", "ccomp", "advcl", "acl", "pcomp"}:
            return True
        if above.lemma_ in word_set("of_a_matter") and below != node:
            return True  # "held talks and discussed a plan for the port in Lima"
        if above.pos_ == "ADP" and not behind:
            behind = above.lower_
            topic = behind in word_set("of_a_topic") and behind not in {"for", "on"}
            if behind == "from":
                return True
            if topic and below.pos_ == "PROPN" and above.head.pos_ == "NOUN":
                return above.head.lemma_.lower() not in word_set("of_two_who_act")
        below = above
    return True


def _officials(reader: ArgumentReader, head: Token) -> list[Actor]:
    """Return the named office holders of a country whom a noun phrase names."""
    return [
        actor
        for actor in reader.scene.actors(head)
        if actor.reference.name and actor.reference.role_kind and is_country(actor.country or "")
    ]


def _met(reader: ArgumentReader, verb: Token) -> list[Actor]:
    """Return whom the subject deals with: the object, or who stands behind "with" or "beside"."""
    heads = [c for c in verb.children if c.dep_ in _OBJECTS and c.i > verb.i]
    for prep in (c for c in verb.children if c.dep_ in {"prep", "dative"} and c.i > verb.i):
        if prep.lower_ in word_set("stands_with"):
            heads += [c for c in prep.children if c.dep_ == "pobj"]
    return [actor for head in heads for actor in _officials(reader, head)]


def _town(reader: ArgumentReader, verb: Token, met: int) -> Spot | None:
    """Return the town behind the one dealt with, with no topic and no other verb between."""
    doc = verb.doc
    end = min(reader.scene.sentence(verb.i).end, met + _REACH)
    for i in range(verb.i + 1, end):
        if doc[i].pos_ in VERBS or leads_to_topic(reader, i):
            return None
        if doc[i].lower_ in {"in", "at"} and (spots := reader.scene.spots(i + 1)):
            owned = reader.scene.is_owner(spots[0].reference)
            return None if owned or not spots[0].is_town else spots[0]
    return None


def _after_talks(reader: ArgumentReader, verb: Token, met: int) -> Spot | None:
    """Return the town of "thanked her for her aid after talks in Rome", which were theirs.

    Not of "after a cabinet meeting in Rome", "after talks with unions in Rome".
    """
    doc = verb.doc
    for when in doc[met + 1 : reader.scene.sentence(verb.i).end]:
        if when.lower_ not in word_set("at_talks"):
            if when.pos_ in VERBS:
                return None  # "praised B, saying after a meeting in Rome that"
            continue
        for noun in doc[when.i + 1 : when.i + _TALKS_REACH]:
            if noun.lemma_.lower() not in word_set("met_at") or noun.dep_ not in PREP_COMPLEMENTS:
                continue
            if noun.head != when or any(c.lower_ in _OTHERS for c in noun.rights):
                return None
            if any(c.dep_ in {"compound", "nmod"} for c in noun.lefts):
                return None
            return _set_in(reader, noun)
    return None


def _set_in(reader: ArgumentReader, noun: Token) -> Spot | None:
    """Return the town or house of "talks in Rome on Friday", "a meeting Friday at the palace"."""
    doc = noun.doc
    at = noun.i + 1
    while at < len(doc) and (at in reader.clock.covered or doc[at].lower_ == "on"):
        at += 1
    if text_at(doc, at) not in {"in", "at"}:
        return None
    spot = next(iter(reader.scene.spots(at + 1)), None)
    return spot if spot is not None and spot.is_town else None


__all__ = ["by_two", "face_to_face"]
