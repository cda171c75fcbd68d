"""Trips of people whom the text does not know: "the doctors' stay in Havana"."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from spacy.tokens import Token

from models.entity import LAND_KINDS
from pipeline.discourse.governing import off_by
from pipeline.discourse.scene import Actor
from pipeline.discourse.tables import words
from pipeline.labels import ADNOMINAL, NOUNS, OBJECTS, PLURALS, PREMODIFIERS, VERBS
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.tables import word_set

_THEIRS = frozenset({"his", "her", "their"})


def is_anothers(reader: ArgumentReader, noun: Token) -> bool:
    """Tell whether a trip's noun has an owner who is nobody that the text knows.

    "Praised the doctors' stay in Havana", "announced a visit by the navy", "thanked the nurses for
    their visit", "asked him to defer his visit" fire; "this week's visit", "the country's first
    visit", "the group's visit" do not. "During its visit, the bank praised X" does, "During its
    visit, the delegation praised X" does not.
    """
    if noun.lower_ in word_set("mass_trip") and _is_anybodys(noun):
        return True
    if _is_of_the_asked(noun) or _is_of_companion(reader, noun) or _is_of_office(reader, noun):
        return True
    for child in noun.children:
        if child.dep_ == "poss" and child.lower_ == "their":
            return not reader.scene.at(child.i) and _is_of_crowd(reader, noun)
        if child.dep_ == "poss" and child.lower_ == "its":
            return all(actor.is_party for actor in reader.scene.actors(child))
        if child.dep_ == "poss" and child.i < noun.i:
            return child.tag_ in PLURALS and _is_unknown(reader, child)
    behind = noun.head.children if noun.dep_ in OBJECTS else ()
    for by in (c for c in (*noun.children, *behind) if c.lower_ == "by" and c.i > noun.i):
        heads = [c for c in by.children if c.dep_ == "pobj" and c.tag_ not in {"NNP", "CD"}]
        # Not "postponed the trip by telephone".
        people = [h for h in heads if h.tag_ in PLURALS or any(c.dep_ == "det" for c in h.children)]
        return bool(people) and all(_is_unknown(reader, head) for head in heads)
    return _is_wished(reader, noun) or _is_of_crowd_doing(reader, noun)


def is_to_own_site(reader: ArgumentReader, noun: Token, own: Sequence[Actor]) -> bool:
    """Tell the trip of "In Geneva, minister A said a visit by minister B to a shrine hurt ties".

    Nobody says where the shrine is, and A, who is abroad, is not with B. Not "B said in Geneva that
    his visit to the school went well".

    Args:
        own: who makes the trip of a noun of which no place is told.
    """
    if not own or noun.pos_ != "NOUN" or not _leads_to_site(noun):
        return False
    told = reader.scene.sentence(noun.i).root
    if told.lemma_ not in words("speech", "judges") | word_set("speaks_of_site"):
        return False
    subject = reader.scene.subject(told)
    tellers = reader.scene.actors(subject) if subject is not None else []
    return bool(tellers) and {a.key for a in tellers}.isdisjoint(a.key for a in own)


def is_at_tellers(reader: ArgumentReader, noun: Token, ends: AbstractSet[str | None]) -> bool:
    """Tell "In Lima, the Peruvian president praised the visit of B to a shrine": he is at home."""
    subject = reader.scene.subject(reader.scene.sentence(noun.i).root)
    tellers = reader.scene.actors(subject) if subject is not None else []
    return bool(ends) and ends <= {a.country for a in tellers}


def _leads_to_site(noun: Token) -> bool:
    preps = [c for c in noun.children if c.i > noun.i and c.lower_ in {"to", "of", "at"}]
    sites = (site for prep in preps for site in prep.children if site.dep_ == "pobj")
    known = word_set("site_of_stay", "site") - word_set("stretch_of_world")  # "tour of the region"
    return any(s.pos_ == "NOUN" and s.lemma_ in known for s in sites)


def _is_of_the_asked(noun: Token) -> bool:
    """Tell the visit of "asked him to defer his visit", which is not that of who asks."""
    verb = noun.head
    if noun.dep_ not in OBJECTS or off_by(verb) is None or verb.head == verb:
        return False
    asking, own = verb.head, [c for c in noun.children if c.dep_ == "poss"]
    if asking.lemma_ not in word_set("asks_another") or all(c.lower_ not in _THEIRS for c in own):
        return False
    asked = [c for c in asking.children if c.dep_ in {"dobj", "obj", "dative"} and c.i < verb.i]
    return bool(asked or [c for c in verb.children if c.dep_ == "nsubj" and c.i > asking.i])


def _is_of_office(reader: ArgumentReader, noun: Token) -> bool:
    """Tell the visit of "the minister described the presidential visit" from a minister's own.

    And that of "ministers will follow up on the presidential visit".
    """
    kinds = {k for c in noun.children for k in _kinds_of(c) if c.dep_ in PREMODIFIERS}
    told = noun.head.head if noun.dep_ == "pobj" else noun.head
    subject = reader.scene.subject(told) if kinds and noun.dep_ in OBJECTS | {"pobj"} else None
    tellers = reader.scene.actors(subject) if subject is not None else []
    held = {actor.reference.role_kind for actor in tellers}
    return bool(tellers) and kinds.isdisjoint(held)


def _kinds_of(word: Token) -> list[str]:
    """Return the classes of office that "presidential", "royal" tell of, none for other words."""
    told = dict(row.split(" ", 1) for row in word_set("trip_of_office"))
    return told[word.lower_].split() if word.lower_ in told else []


def _is_of_companion(reader: ArgumentReader, noun: Token) -> bool:
    """Tell the trip of "his wife is travelling with him for the entire trip": it is his.

    "Will go with the premier on a trip to Lima" tells of one of her own.
    """
    told = any(c.lower_ in word_set("anaphor") for c in noun.children)
    if not told or noun.dep_ != "pobj" or reader.scene.spots(noun.i + 2):
        return False
    verb = noun.head.head
    if verb.pos_ not in VERBS:
        return False
    beside = (c for c in verb.children if c.lower_ in word_set("goes_beside") and c.i < noun.i)
    return any(h.pos_ == "PRON" for prep in beside for h in prep.children if h.dep_ == "pobj")


def _is_anybodys(noun: Token) -> bool:
    """Tell "limits on travel to Lima", "travel by Fijians" from "his travel", "is on travel"."""
    if noun.dep_ == "pobj" and noun.head.lower_ in {"on", "during"}:
        return noun.head.head.pos_ in NOUNS  # "limits on travel"
    owned = {"poss", "det"} & {c.dep_ for c in noun.children}
    makers = [c for c in noun.children if c.lower_ in {"by", "of"}]
    return not owned and all(h.tag_ == "NNPS" for c in makers for h in c.children)


def _is_unknown(reader: ArgumentReader, owner: Token) -> bool:
    """Tell "the choir", "his father" from "the minister", "the group", "today", "the plane"."""
    common = owner.text.islower() or (owner.is_sent_start and owner.tag_ == "NNS")
    if not common or owner.pos_ not in NOUNS:
        return False
    if owner.i in reader.clock.covered or owner.ent_type_ == "DATE":
        return False
    if owner.lemma_.lower() in word_set("may_be_known", "vehicle"):
        return False
    told = [r for t in owner.subtree for r in reader.scene.at(t.i) if t.i >= owner.i]
    if any(r.kind not in LAND_KINDS for r in told) or reader.scene.actors(owner):
        return False
    return not any(c.dep_ in {"appos", "conj"} for c in owner.children)


def _is_of_crowd(reader: ArgumentReader, noun: Token) -> bool:
    """Tell "their" of "thanked the nurses for their visit": of the plural noun just before."""
    start = reader.scene.sentence(noun.i).start
    for i in range(noun.i - 1, start - 1, -1):
        token = reader.scene.doc[i]
        if token.tag_ in PLURALS and token.pos_ in NOUNS:
            return _is_unknown(reader, token)
        if reader.scene.at(i) and token.lower_ != "their":
            return False
    return False


def _is_of_crowd_doing(reader: ArgumentReader, noun: Token) -> bool:
    """Tell "pupils were on a trip to Peru, X said", "saluted sailors who paid a visit to Peru".

    Not "the deals came on a visit to Peru", "announced plans to pay a visit to Peru".
    """
    on = noun.dep_ == "pobj" and noun.head.lower_ == "on" and noun.head.i < noun.i
    if not on and (noun.dep_ not in OBJECTS or noun.head.lemma_ not in words("light")):
        return False
    verb = noun.head.head if on else noun.head
    if on and verb.lemma_ not in word_set("is_or_goes_on"):
        return False
    doers = [c for c in verb.children if c.dep_ == "nsubj"]
    if verb.dep_ == "acl" and verb.tag_ == "VB":
        return False
    if verb.dep_ in ADNOMINAL and all(c.lower_ in {"who", "that"} for c in doers):
        doers = [verb.head]
    apart = (c.tag_ == "NNS" or c.lemma_ in word_set("travels_apart") for c in doers)
    return bool(doers) and all(apart) and all(_is_unknown(reader, c) for c in doers)


def _is_wished(reader: ArgumentReader, noun: Token) -> bool:
    """Tell "wished the pilgrims a safe journey to Mecca"."""
    given = [c for c in noun.head.children if c.dep_ in {"dative", "iobj"} and c.i < noun.i]
    given += [c for c in noun.children if c.dep_ == "nsubj" and c.i < noun.i]
    crowd = any(c.tag_ in PLURALS and _is_unknown(reader, c) for c in given)
    return noun.dep_ in OBJECTS and crowd


__all__ = ["is_anothers", "is_at_tellers", "is_to_own_site"]
