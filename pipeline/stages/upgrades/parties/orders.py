"""Who is one in a row of those that did it: "the third nation of the region to open ties".

Told by the order of the words, which stands however the parse hangs them.
"""

from __future__ import annotations

from spacy.tokens import Token

from models.upgrade import UpgradeStatus
from pipeline.discourse.numbers import ordinal_of
from pipeline.discourse.verb_forms import tense_of
from pipeline.labels import NOUNS, TENSED, VERBS
from pipeline.signs import DOUBLE_QUOTES
from pipeline.stages.upgrades.tables import words

#: How many words "the third" may stand before the "to" of what was done.
_REACH = 10
#: How many words an adverb may put between "to" and the verb.
_ADVERBS = 2
#: What may stand in one phrase with its noun.
_PHRASE = frozenset({"NOUN", "PROPN", "ADJ", "ADV", "PUNCT", "NUM", "PART", "VERB"})
#: What may stand between whom it is told of and "the third".
_BETWEEN = frozenset({"DET", "ADV", "PUNCT", "AUX", "VERB", "ADP"})
_CLOSING = DOUBLE_QUOTES | {",", ";", ":", "(", ")"}


def order_before(verb: Token) -> Token | None:
    """Return the "third" of "the third nation to open ties", None for "the third try to".

    Also of "the third nation leaving the bloc".
    """
    if verb.dep_ == "acl" and verb.tag_ == "VBG":
        return _order_of_doing(verb)
    doc, sentence = verb.doc, verb.sent
    near = range(verb.i - 1, max(sentence.start, verb.i - 1 - _ADVERBS), -1)
    to = next((i for i in near if doc[i].lower_ == "to"), None)
    if to is None or tense_of(verb) != "infinitive":
        return None
    to = _before_aside(verb, to)
    for i in range(to - 1, max(sentence.start, to - _REACH) - 1, -1):
        token = doc[i]
        if token.pos_ in VERBS or token.text in _CLOSING:
            return None
        if token.lower_ in words("order", "one_in_row") or ordinal_of(token) is not None:
            return token if _is_of_party(token, to) else None
    return None


def _order_of_doing(verb: Token) -> Token | None:
    """Return the "third" of "is the third nation leaving it", not of "the third try at it"."""
    noun = verb.head
    if noun.lemma_.lower() not in words("many_parties", "party_noun") or noun.dep_ != "attr":
        return None
    counts = (c for c in noun.children if c.i < noun.i)
    return next((c for c in counts if c.lower_ in words("order") or ordinal_of(c)), None)


def _before_aside(verb: Token, to: int) -> int:
    """Return where "the third nation, after Peru in 1979 and Chad in 1994, to" breaks off.

    That is the "to" itself where no aside stands before it.
    """
    doc, start = verb.doc, verb.sent.start
    if to - 1 <= start or doc[to - 1].text != ",":
        return to
    opens = (i for i in range(start, to - 1) if doc[i].text == ",")
    asides = [i for i in opens if doc[i + 1].lower_ in words("after_others")]
    return asides[-1] if asides else to


def _is_of_party(order: Token, to: int) -> bool:
    """Tell "the third Asian nation", "the first of the states" from "the third try of a state"."""
    nouns: list[Token] = []
    for token in order.doc[order.i + 1 : to]:
        if token.pos_ not in _PHRASE and nouns:
            break
        nouns += [token] if token.pos_ in NOUNS else []
    parties = words("many_parties", "party_noun")
    return order.i + 1 == to or (bool(nouns) and nouns[-1].lemma_.lower() in parties)


def told_before(order: Token) -> Token | None:
    """Return the word that "made Peru only the third", "Peru, the third" is told of."""
    for i in range(order.i - 1, order.sent.start - 1, -1):
        token = order.doc[i]
        if token.pos_ in {"PROPN", "NOUN", "PRON"}:
            token = _told_of_in_aside(token)
            first = [node for node in token.ancestors if token in node.conjuncts]
            return first[-1] if first else token
        if token.pos_ in VERBS and token.lemma_ not in {"be", "become", "have"}:
            return None
        if token.pos_ not in _BETWEEN:
            return None
    return None


def _told_of_in_aside(noun: Token) -> Token:
    """Return the "Peru" of "Peru, this year's chair, was the last to", "Peru, which hosts it"."""
    for node in (noun, *noun.ancestors):
        if node.dep_ in {"appos", "relcl"} and node.head.i < node.i:
            return node.head
    return noun


def has_become(order: Token) -> bool:
    """Tell "made Peru the third nation to", "is the only state to" from "could become one"."""
    doc = order.doc
    above = (doc[i] for i in range(order.i - 1, order.sent.start - 1, -1))
    verb = next((token for token in above if token.pos_ in VERBS), None)
    if verb is None:
        return True
    marks = {child.lower_ for child in verb.children if child.dep_ == "mark"}
    return tense_of(verb) in {"past", "present"} and not marks & words("if")


def becomes_one_that_has(verb: Token) -> bool:
    """Tell "became the third country to have ties with Peru", "the first with which it has them".

    Not "is the third country to have ties with Peru", which tells of no change.
    """
    order = order_before(verb)
    if order is not None:
        above = order.doc[order.sent.start : order.i]
        over = next((token for token in reversed(above) if token.pos_ in VERBS), None)
    else:
        noun = verb.head
        led = verb.dep_ == "relcl" and any(_is_with_which(t) for t in verb.children)
        row = (t for t in noun.subtree if t.i < verb.i)
        if not led or all(t.lower_ not in words("order") and not ordinal_of(t) for t in row):
            return False
        over = noun.head
    return over is not None and over.lemma_ in words("becomes_one")


def is_one_who_did(noun: Token) -> bool:
    """Tell the "member" of "became the 147th UN member to recognise it", who was one before.

    Also of "the first member with which Peru has ties".
    """
    if any(c.dep_ == "relcl" and any(map(_is_with_which, c.children)) for c in noun.children):
        return True
    behind = (t for t in noun.doc[noun.i + 1 : noun.sent.end] if t.pos_ in VERBS)
    verb = next(behind, None)
    order = order_before(verb) if verb is not None else None
    return order is not None and order.i < noun.i


def _is_with_which(prep: Token) -> bool:
    return prep.lower_ == "with" and any(t.lower_ in words("relative") for t in prep.children)


def foretold(order: Token, verb: Token) -> tuple[UpgradeStatus | None] | None:
    """Return the status by "the next state to restore ties will be Peru", where it is so told.

    That of "could be Peru", "will probably be Peru" is None: nobody makes it. Where the sentence
    has another verb before, or tells it of the past, the result is None itself.
    """
    doc = order.doc
    if any(token.pos_ in VERBS for token in doc[order.sent.start : order.i]):
        return None
    for token in doc[verb.i + 1 : order.sent.end]:
        if token.text in _CLOSING or token.tag_ in TENSED:
            return None
        if token.tag_ != "MD":
            continue
        behind = doc[token.i + 1 : token.i + 1 + _REACH]
        be = next((t for t in behind if t.pos_ != "ADV"), None)
        if be is None or be.lower_ != "be":
            return None
        if any(t.tag_ == "VBN" for t in doc[be.i + 1 : be.i + 2]):
            return None  # "that will be remembered"
        doubted = any(t.lower_ in words("doubts") for t in doc[token.i : be.i])
        will = token.lower_ in words("future") and not doubted
        return ("planned" if will else None,)
    return None


__all__ = [
    "becomes_one_that_has",
    "foretold",
    "has_become",
    "is_one_who_did",
    "order_before",
    "told_before",
]
