"""Verbs that the parse takes for adjectives: "expelled the envoy and severed ties"."""

from __future__ import annotations

from itertools import islice

from spacy.tokens import Token

from pipeline.discourse.verbs import has_subject
from pipeline.labels import (
    ADNOMINAL,
    AUXILIARIES,
    FINITE,
    OBJECTS,
    PAST,
    SUBJECTS,
    TIMES,
    UNDERGONE,
    VERBS,
)
from pipeline.neighbours import prep_objects, text_at
from pipeline.stages.upgrades.tables import words

#: How many words may stand between such a verb and its object.
_GAP = 3
#: How many where "all" stands before it.
_FLOATED_GAP = 6
_GERUNDS = frozenset({"VERB", "ADJ"})
_OBJECTS = frozenset({"pobj", "dobj", "nsubjpass"})
#: Tags of a verb that tells what is done by now.
_TOLD = frozenset({"VBD", "VBN", "VBZ", "VBP"})
_OWNERS = frozenset({"poss", "compound", "nmod", "npadvmod", "nsubj", "dep"})
#: What opens and closes an aside, and how it may begin: "after", "in", "a", "according to".
_MARKS = frozenset({",", "-", "–", "—", "--"})
_LEADS = frozenset({"ADP", "DET", "SCONJ", "VERB"})
#: How many tokens an aside has at least, with its marks.
_ASIDE = 2


def is_misread(token: Token) -> bool:
    """Tell the "severed" of "expelled the envoy and severed ties" from "their severed ties".

    Also the "normalising" of "talks on normalising ties".
    """
    if gerund_of(token) is not None:
        return True
    has = any(c.dep_ == "aux" and c.lemma_ == "have" for c in token.children)
    own = token.dep_ == "amod" and (token.tag_ == "VBD" or (token.tag_ in PAST and has))
    if own and any(child.dep_ == "nsubj" for child in token.children):
        return True
    return verb_beside(token) is not None


def gerund_of(token: Token) -> Token | None:
    """Return the "ties" of "talks on normalising ties", whose gerund is read as describing them.

    "Their normalising ties" and "the normalising ties" are described.
    """
    noun = token.head
    if token.dep_ != "amod" or not token.lower_.endswith("ing") or token.pos_ not in _GERUNDS:
        return None
    if noun.lemma_.lower() not in words("relation") or noun.dep_ not in _OBJECTS:
        return None
    return noun if token == noun.left_edge and noun.i - token.i <= _GAP else None


def verb_beside(token: Token) -> Token | None:
    """Return the word that a verb read as an adjective hangs beside: its subject is its own.

    That is the verb it is joined to, the "have" of "have since restored ties", or the list of
    "several states, among them Peru, severed ties", "Peru and Chad all abruptly severed ties".
    Also the "announced" of "announced suspended ties".
    """
    noun = token.head
    doer = _doer_before(token)
    if doer is not None:
        return doer
    floated = any(c.lower_ in words("floated") and c.i < token.i for c in noun.children)
    gap = _FLOATED_GAP if floated else _GAP
    if token.dep_ != "amod" or token.tag_ not in PAST or not 0 < noun.i - token.i <= gap:
        return None
    if noun.lemma_.lower() not in words("relation") or token.i == token.sent.start:
        return None
    if floated and noun.dep_ == "appos" and noun.head.pos_ == "PROPN":
        return noun.head
    if any(child.dep_ in {"det", "poss"} for child in noun.children):
        return None
    before = token.nbor(-1)
    if before == noun.head and noun.dep_ == "dobj" and tells_as_done(before):
        return before
    if before.lower_ == "and":
        above = (node for node in islice(noun.ancestors, 3) if node.pos_ in VERBS)
        verb = next(above, None)
        joined = verb is not None and verb.i < token.i and verb.tag_ in PAST
        return verb if joined and noun.dep_ in {"dobj", "conj"} else None
    if before.lower_ in words("between_have"):
        have = next((c for c in before.children if c.lemma_ == "have"), None)
        return have.head if have is not None else None
    if before.text in {",", "-", "–", "—", "--"} and noun.dep_ == "appos":
        return noun.head if noun.head.lemma_.lower() in words("many_parties") else None
    return None


def _doer_before(token: Token) -> Token | None:
    """Return the "Peru" of "Peru and Fiji forged ties in 1972", parsed as ties of theirs.

    Also the "two" of "The two forged ties", the "Peru" of "Peru, after much talk, severed ties".
    Not that of "Peru's and Fiji's forged ties", "the Peru forged ties".
    """
    noun = token.head
    if token.tag_ not in PAST or noun.lemma_.lower() not in words("tie"):
        return None
    start = token.sent.start
    if [t.lower_ for t in token.doc[start : token.i]] == ["the", "two"]:
        joined = (c for c in noun.children if c.dep_ == "cc" and c.i == noun.head.i - 1)
        if noun.dep_ == "ROOT" or (noun.dep_ == "nsubj" and any(joined)):
            return token.doc[start + 1]  # "The two forged ties in 1972 and opened embassies"
    if noun.dep_ != "ROOT":
        return None
    near = (*noun.children, *token.children)
    before = (c for c in near if c.dep_ in _OWNERS and c.pos_ == "PROPN")
    names = [c for c in before if c.right_edge.i == token.i - 1 or _is_before_aside(c, token)]
    plain = (c for c in names if all(t.tag_ not in {"POS", "DT"} for t in c.subtree))
    return next((c for c in plain if c.left_edge.i == token.sent.start), None)


def _is_before_aside(name: Token, token: Token) -> bool:
    """Tell the "Peru" of "Peru, after much talk, severed ties" from "Peru, Chad, severed ties"."""
    opens = name.i + 1
    if token.i - opens <= _ASIDE or token.doc[opens].text not in _MARKS:
        return False
    led = token.doc[opens + 1].pos_ in _LEADS
    return led and token.nbor(-1).text == token.doc[opens].text


def tells_as_done(verb: Token) -> bool:
    """Tell "announced suspended ties", which suspends them, from "announced ties".

    Not "will announce suspended ties".
    """
    noun = verb.doc[verb.i + 1].head if verb.i + 1 < len(verb.doc) else verb
    told = verb.tag_ in _TOLD and verb.lemma_.lower() in words("announces_done")
    done = verb.doc[verb.i + 1 : verb.i + 2]
    return told and noun.head == verb and all(t.dep_ == "amod" and t.tag_ in PAST for t in done)


def ties_over(token: Token) -> Token:
    """Return the "ties" of "ties with Peru, which were cut in 1999", "with Peru, cut in 1999".

    Also of "with Peru, which it cut", "the restoration of ties, cut in 1999". The parse hangs the
    clause on the name, or on what was done to the ties; others are left with that.
    """
    name, prep = token.head, token.head.head
    if token.dep_ == "relcl" and name.ent_type_ in TIMES and prep.dep_ == "prep":
        # "signed a partnership in 1993, which became a strategic one in 2006"
        made = (c for c in prep.head.children if c.dep_ in UNDERGONE and c.i < prep.i)
        return next((n for n in made if n.lemma_.lower() in words("relation")), name)
    if token.dep_ in ADNOMINAL and token.tag_ == "VBN" and name.pos_ == "NOUN":
        below = prep_objects(name, "of")
        told = (n for n in below if n.i < token.i and n.lemma_.lower() in words("tie"))
        return next(told, name)
    if name.pos_ != "PROPN" or prep.lower_ not in {"with", "to", "between"}:
        return name
    if token.tag_ != "VBN" and not _undergoes_which(token):
        return name
    noun = prep.head
    return noun if noun.lemma_.lower() in words("relation") else name


def _undergoes_which(verb: Token) -> bool:
    """Tell the "cut" of ", which it cut in 1999"."""
    return verb.dep_ == "relcl" and any(
        c.dep_ == "dobj" and c.lower_ == "which" for c in verb.children
    )


def opens_clause(name: Token) -> bool:
    """Tell the "Peru" of "recognised Chad and Peru said it would", which the parse joins to Chad.

    Also of "after it cut ties with Chad, Peru said".

    It is the subject of the verb right behind it. Not "ties with Chad and Peru were raised".
    """
    at = name.right_edge.i + 1
    if at >= len(name.doc) or name.dep_ not in {"conj", "appos"}:
        return False
    verb = name.doc[at]
    finite = verb.pos_ in VERBS and verb.tag_ in FINITE and verb.head != name
    acts = verb.head if verb.dep_ in AUXILIARIES else verb
    return finite and not has_subject(acts)


def is_misread_clause(made: Token) -> bool:
    """Tell "raised the partnership concluded in 2009 to …", parsed as if it "concluded" itself."""
    if made.dep_ != "ccomp" or made.tag_ not in PAST:
        return False
    own = {c.dep_ for c in made.children}
    return "nsubj" in own and not own & {"aux", "auxpass", "mark", "dobj", "ccomp", "xcomp"}


def raised_from(made: Token) -> Token | None:
    """Return the "raised" of "raised ties from a partnership, set up in 2005, to a strategic one".

    The parse may join the "set" to that, or hang what is over both on it.
    """
    left = made.nbor(-2) if made.i > made.sent.start + 2 else made
    parted = text_at(made.doc, made.i - 1) == ","
    if made.tag_ not in PAST or not parted or left.head.lower_ != "from":
        return None
    if any(c.dep_ in {*AUXILIARIES, *SUBJECTS, "mark"} for c in made.children):
        return None
    over = next((t for t in left.head.ancestors if t.pos_ in VERBS), None)
    return over if over is not None and over.lemma_.lower() in words("lifts") else None


def is_next_doer(noun: Token, verb: Token) -> bool:
    """Tell the "Chad" of "Peru joined in 1995, then Chad in 1997", no object of the verb.

    So that of "Peru recognised it on 18 May, Chad on 20 May".
    """
    if noun.dep_ not in OBJECTS or noun.i < verb.i + len(("in", "1995", ",")):
        return False
    between = noun.doc[verb.i + 1 : noun.left_edge.i]
    dated = any(t.ent_type_ in TIMES for t in between)
    return dated and any(t.text == "," or t.lower_ == "then" for t in between)


__all__ = [
    "gerund_of",
    "is_misread",
    "is_misread_clause",
    "is_next_doer",
    "opens_clause",
    "raised_from",
    "tells_as_done",
    "ties_over",
    "verb_beside",
]
