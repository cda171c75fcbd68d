"""What is told of changes in general, or of whoever may make them, and of nobody who did."""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.discourse.verb_forms import tense_of
from pipeline.labels import SUBJECTS, VERBS
from pipeline.stages.upgrades.reading import Reading
from pipeline.stages.upgrades.tables import words

_PRESENT = frozenset({"is", "are"})


def is_general(reading: Reading, token: Token) -> bool:
    """Tell "relations are built on trust", "a country that cuts ties", "when ties are cut".

    "Relations with Peru are restored" and "ties are severed with immediate effect" are news.
    """
    if token.pos_ not in VERBS:
        return False
    verb = _first_of(token)
    return _is_of_anyone(verb) or _is_when(verb) or _is_always(reading, verb)


def is_only_led_to(token: Token) -> bool:
    """Tell what nobody makes: "the exchanges contribute to the formation of a partnership".

    Also "the foundation to establish relations", and "experts warn that ties could be severed",
    which onlookers fear. "Peru warned that it could sever ties" is its own threat.
    """
    noun = token.head if token.dep_ == "conj" and token.pos_ == "NOUN" else token
    prep = noun.head
    adds = prep.lower_ == "to" and prep.head.lemma_.lower() in words("adds_to")
    if token.pos_ == "NOUN" and noun.dep_ == "pobj" and adds:
        return True
    before = list(token.doc[max(token.sent.start, token.i - 2) : token.i])
    grounded = len(before) == len(("ground", "to")) and before[1].lower_ == "to"
    if grounded and token.tag_ == "VB" and before[0].lemma_.lower() in words("ground_of_ties"):
        return True
    return token.pos_ == "VERB" and _is_feared(token)


def _is_feared(verb: Token) -> bool:
    over = verb.head
    maybe = any(c.lower_ in {"could", "may", "might"} for c in verb.children if c.dep_ == "aux")
    if verb.dep_ != "ccomp" or not maybe or over.lemma_.lower() not in words("foretells_ill"):
        return False
    by = (c for c in over.children if c.dep_ in SUBJECTS)
    return any(n.lemma_.lower() in words("onlooker") for n in by)


def _first_of(verb: Token) -> Token:
    """Return the "cut" of "ties are cut in a day and restored in ten years"."""
    while verb.dep_ == "conj" and verb.head.pos_ == "VERB" and verb.tag_ == verb.head.tag_:
        if any(c.dep_ in {"nsubj", "nsubjpass", "aux", "auxpass"} for c in verb.children):
            break
        verb = verb.head
    return verb


def _is_of_anyone(verb: Token) -> bool:
    """Tell "a state that cuts ties is punished", "whoever opens an embassy breaks the law"."""
    subject = next((c for c in verb.children if c.dep_ == "nsubj"), None)
    if subject is not None and subject.lower_ in words("anyone"):
        return True
    noun = verb.head
    if verb.dep_ != "relcl" or subject is None or subject.lower_ not in words("relative"):
        return False
    if noun.lemma_.lower() not in words("many_parties", "party_noun"):
        return False
    lowers = {c.lower_ for c in noun.children if c.dep_ in {"det", "nummod"}}
    bare = noun.tag_ == "NNS" and not lowers
    of_any = noun.tag_ == "NN" and bool(lowers) and lowers <= words("any_one")
    acts = noun.dep_ in SUBJECTS and tense_of(noun.head) in {"present", "future"}
    return (bare or of_any) and acts and _is_now(verb)


def _is_now(verb: Token) -> bool:
    """Tell "states that sever ties" from "states that cut ties", which may be told of the past."""
    both = verb.lower_ in words("past_as_present") and verb.tag_ == "VBP"
    return tense_of(verb) == "present" and not both


def _is_when(verb: Token) -> bool:
    """Tell "when embassies are opened, trust grows", of no one time."""
    opens = any(c.lower_ in words("whenever") and c.i < verb.i for c in verb.children)
    return verb.dep_ == "advcl" and opens and tense_of(verb) == "present"


def _is_always(reading: Reading, verb: Token) -> bool:
    """Tell "ties are cut in a day", which names no party and no time."""
    passive = any(c.dep_ == "auxpass" and c.lower_ in _PRESENT for c in verb.children)
    if verb.tag_ != "VBN" or not passive or tense_of(verb) != "present":
        return False
    subject = next((c for c in verb.children if c.dep_ == "nsubjpass"), None)
    if subject is None or any(c.dep_ in {"det", "poss", "nummod"} for c in subject.children):
        return False
    clause = [t for t in verb.subtree if t.i >= subject.left_edge.i]
    start, end = clause[0].i, clause[-1].i + 1
    if any(t.lower_ in words("at_once") for t in clause):
        return False
    sentence = reading.scene.sentence(verb.i)
    if reading.clock.within(sentence.start, end) is not None:
        return False  # also "1985: Ties are cut"
    return not reading.parties.codes(start, end) and not reading.parties.group(start, end)


__all__ = ["is_general", "is_only_led_to"]
