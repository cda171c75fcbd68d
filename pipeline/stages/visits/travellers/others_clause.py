"""Clauses of people whom the text does not know: "the nurses who flew to Lima"."""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.discourse.scene import Scene
from pipeline.discourse.tables import words
from pipeline.labels import ADNOMINAL, OBJECTS, PLURALS, TIMES
from pipeline.stages.visits.tables import noun_rules, word_set

_RELATIVES = frozenset({"who", "that", "which"})
#: What stands behind "two of" for those told of, and who of them are all.
_MANY = frozenset({"which", "whom", "them", "these", "those"})
_ALL = frozenset({"all", "both", "each"})
_INDEFINITE = frozenset({"a", "an", "another", "every", "each", "no", "one"})


def is_of_others(scene: Scene, subject: Token) -> bool:
    """Tell the "who" of "praised the nurses who flew to Lima", "a doctor who came from Quito".

    "Praised the ministers who flew to Lima" and "met the man of the hour, who flew to Lima" do
    not fire: the text knows the former, and the parse may err about the latter.
    """
    clause = subject.head
    while clause.dep_ in {"xcomp", "conj", "aux"} and clause.head != clause:
        clause = clause.head
    noun = clause.head
    if subject.lower_ not in _RELATIVES or clause.dep_ != "relcl" or noun.i > subject.i:
        return False
    if noun.lemma_.lower() in word_set("journey") or noun.lemma_ in noun_rules():
        return False  # "a tour that will continue to Lima": its owner's
    if noun.dep_ == "appos" or (scene.at(noun.i) and not _is_of_people(noun)):
        return False  # "X, a man who flew to Lima"
    several = noun.tag_ in PLURALS
    one = noun.pos_ == "NOUN" and any(c.lower_ in _INDEFINITE for c in noun.children)
    return several or one


def is_some_of(subject: Token) -> bool:
    """Tell "rockets, two of which landed in Lima", "two of them", nobody knows of whom or what.

    Not "both of whom landed in Lima", "the two of them", "all three of them": those who are told
    of before. Nor "one of them, X, landed", who is told right there.
    """
    many = subject.doc[subject.i + 1 : subject.i + 3].text.lower().split()
    if many[:1] != ["of"] or many[-1] not in _MANY:
        return False
    known = any(c.lower_ in _ALL | {"the"} for c in subject.children)
    named = (t for t in subject.subtree if t.pos_ == "PROPN")
    if any(t.ent_type_ in {"PERSON", ""} for t in named):
        return False
    return many[-1] == "which" or not (known or subject.lower_ in _ALL)


def is_of_judged(verb: Token) -> bool:
    """Tell the "go" of "praised the decision to go to Lima", which is another's decision."""
    noun = verb.head
    judge = noun.head
    if verb.dep_ not in ADNOMINAL or noun.dep_ not in OBJECTS or noun.i > verb.i:
        return False
    own = any(c.dep_ == "poss" for c in noun.children)
    return judge.lemma_ in words("judges") and not own


def brought_back(scene: Scene, back: Token) -> Token | None:
    """Return the migrants of "flew 100 migrants home from Lima", who are back, not who flies them.

    In "came home from Lima", "is on his way home from Lima", "X, back from Lima" nobody is brought.
    """
    noun = scene.doc[back.i - 1] if back.i > scene.sentence(back.i).start else None
    if noun is None or noun.pos_ not in {"NOUN", "PROPN", "PRON"} or noun.ent_type_ in TIMES:
        return None
    while noun.dep_ in {"compound", "flat"} and noun.head.i < back.i:
        noun = noun.head
    start = scene.sentence(back.i).start
    told = any(t.pos_ == "VERB" and t.tag_ != "VBN" for t in scene.doc[start : noun.left_edge.i])
    return noun if told and noun.lemma_.lower() not in word_set("own_way") else None


def _is_of_people(noun: Token) -> bool:
    """Tell "Australians", who are of a country and hold no office."""
    return noun.tag_ == "NNPS"


__all__ = ["brought_back", "is_of_judged", "is_of_others", "is_some_of"]
