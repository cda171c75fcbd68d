"""The ties that a verb changes: "raised their relations", "the move" that takes them up."""

from __future__ import annotations

from spacy.tokens import Span, Token

from pipeline.discourse.tables import words as told_words
from pipeline.headings import is_unended
from pipeline.labels import ADNOMINAL, AUXILIARIES, NOUNS, PAST, SUBJECTS, TIMES, UNDERGONE, VERBS
from pipeline.neighbours import prep_objects
from pipeline.stages.upgrades.outcome.misread import is_misread, ties_over
from pipeline.stages.upgrades.tables import words
from pipeline.stages.upgrades.ties.mended import relation_in

#: How the parse may join a participle to the verb before whose object it tells of.
_BESIDE = frozenset({"conj", "dep", "advcl"})


def is_newly_made(token: Token) -> bool:
    """Tell the "launched" of "the newly launched partnership", which has been made lately."""
    new = any(child.lower_ in words("lately") for child in token.children)
    return token.dep_ == "amod" and token.tag_ == "VBN" and new


def relation_object(token: Token) -> Token | None:
    """Return the relation noun that is what a trigger changes."""
    if token.lemma_ in told_words("sets_in") and not any(c.dep_ == "dobj" for c in token.children):
        begun = (c for c in token.children if c.dep_ == "nsubj" and _is_relation(c))
        return next(begun, None)
    if token.pos_ == "VERB" and token.lemma_.lower() in words("normal", "goes_on_again"):
        grown = [c for c in token.children if c.dep_ == "nsubj" and _is_relation(c)]
        if grown and not any(c.dep_ in UNDERGONE for c in token.children):
            return grown[0]  # "relations between both have normalised", "resumed in 1985"
    if token.pos_ == "VERB" and token.lemma_.lower() in words("ends_itself"):
        ended = [c for c in token.children if c.dep_ == "nsubj" and _is_relation(c)]
        if ended and not _ends_so(token):
            return ended[0]  # "relations between both ended in 1965"
    if (
        token.lemma_.lower() in words("brings_back")
        and token.tag_ in PAST
        and is_unended(token.sent)
    ):
        restored = [c for c in token.children if c.dep_ == "nsubj" and _is_relation(c)]
        if restored and not any(c.dep_ in UNDERGONE for c in token.children):
            return restored[0]  # "Peru-Vietnam ties restored", a headline
    joined = built_on_with(token) if token.lemma_.lower() in words("brings_back") else None
    children: list[Token] = [*token.children, *(joined.children if joined is not None else ())]
    for child in children:
        if child.dep_ in UNDERGONE and _is_relation(child):
            return child
        if child.dep_ in UNDERGONE and child.lemma_.lower() in words("level_of"):
            below = prep_objects(child, "of")
            found = next(filter(_is_relation, below), None)
            if found is not None:
                return found
        # "restore relations and dispatch envoys", read as envoys of relations
        misread = (n for n in child.children if n.dep_ == "nmod" and child.dep_ in UNDERGONE)
        found = relation_in(child) or next(filter(_is_relation, misread), None)
        if found is not None:
            return found
        of_noun = token.pos_ in NOUNS and _is_of(child, token)
        cut_off = child.dep_ == "prt" or (child.dep_ == "prep" and child.lower_ == "off")
        if of_noun or cut_off:
            found = next(filter(_is_relation, child.children), None)
            if found is not None:
                return found
    opened = _told_of_subject(token) or _of_verb_before(token) or of_object_before(token)
    if opened is not None:
        return opened
    noun = ties_over(token) if token.dep_ in ADNOMINAL else token.head
    clause = token.dep_ in ADNOMINAL or is_misread(token)
    if clause and _is_relation(noun):
        return noun
    return _taken_for_subject(token)


def built_on_with(verb: Token) -> Token | None:
    """Return the "strengthen" of "restore and strengthen their relations", which are of both."""
    begins = verb.lemma_.lower() in words("brings_back") or verb.lemma_ == "establish"
    if verb.pos_ != "VERB" or not begins or any(c.dep_ in UNDERGONE for c in verb.children):
        return None
    joined = (c for c in verb.children if c.dep_ == "conj" and c.pos_ == "VERB")
    verb_of_both = next(joined, None)
    if verb_of_both is None or verb_of_both.lemma_.lower() not in words("built_on"):
        return None
    between = verb.doc[verb.i + 1 : verb_of_both.i]
    return verb_of_both if all(t.dep_ in {"cc", "advmod"} for t in between) else None


def _told_of_subject(verb: Token) -> Token | None:
    """Return the "ties" of "Established in 1966, the ties between Peru and Fiji have grown".

    Also of "Ties between Peru and Fiji, opened in 1966, were raised", parsed as if they "opened".
    """
    own = [c for c in verb.children if c.dep_ in {"nsubj", "aux", "auxpass", *UNDERGONE}]
    amid = verb.i > 0 and verb.nbor(-1).text == "," and verb.head.i > verb.i
    if verb.dep_ == "parataxis" and verb.tag_ in PAST and amid and len(own) == 1:
        return own[0] if own[0].dep_ == "nsubj" and _is_relation(own[0]) else None
    if verb.dep_ != "advcl" or verb.tag_ != "VBN" or verb.i > verb.head.i:
        return None
    if any(c.dep_ in {*UNDERGONE, "nsubj", "mark", "aux"} for c in verb.children):
        return None
    subjects = (c for c in verb.head.children if c.dep_ in SUBJECTS)
    return next((c for c in subjects if _is_relation(c) and c.i > verb.i), None)


def _of_verb_before(verb: Token) -> Token | None:
    """Return the "relations" of "relations with Peru were tense and were severed in 1965"."""
    told = verb.tag_ == "VBN" and any(c.dep_ == "auxpass" for c in verb.children)
    told = told or (verb.lemma_.lower() in words("ends_itself") and not _ends_so(verb))
    first = verb
    while told and first.dep_ == "conj" and first.head.pos_ in VERBS:
        if any(c.dep_ in {*UNDERGONE, *SUBJECTS} for c in first.children):
            return None
        first = first.head
        subject = next((c for c in first.children if c.dep_ in SUBJECTS), None)
        if subject is not None:
            return subject if _is_relation(subject) else None
    return None


def of_object_before(verb: Token) -> Token | None:
    """Return the "ties" of "restored ties with Peru, cut in 1965", parsed as two things done."""
    amid = verb.tag_ == "VBN" and verb.i - 1 > verb.head.i and verb.nbor(-1).text == ","
    if verb.dep_ not in _BESIDE or not amid or verb.head.pos_ not in VERBS:
        return None
    if any(c.dep_ in {*UNDERGONE, *SUBJECTS, *AUXILIARIES, "mark"} for c in verb.children):
        return None
    before = verb.nbor(-2)
    told = (n for n in (before, *before.ancestors) if n.dep_ in UNDERGONE and n.head == verb.head)
    return next(filter(_is_relation, told), None)


def _ends_so(verb: Token) -> bool:
    """Tell "ended the year on a high note", "ended in acrimony" from "ended in 1965"."""
    if any(c.dep_ in {"dobj", "xcomp", "acomp"} for c in verb.children):
        return True
    preps = (c for c in verb.children if c.dep_ == "prep")
    return any(n.ent_type_ not in TIMES and not n.is_digit for c in preps for n in c.children)


def _taken_for_subject(verb: Token) -> Token | None:
    """Return the "ties" of "after Peru cut ties with Chad and Fiji recalled its envoy".

    The parse may take them for what recalled the envoy.
    """
    if verb.tag_ != "VBD" or any(child.dep_ in UNDERGONE for child in verb.children):
        return None
    at = verb.i + 1
    while at < len(verb.doc) and (verb.doc[at].dep_ == "prt" or verb.doc[at].dep_ == "amod"):
        at += 1
    noun = verb.doc[at] if at < len(verb.doc) else verb
    subject = noun.dep_ == "nsubj" and noun.head.i > noun.i
    return noun if subject and _is_relation(noun) else None


def _is_of(prep: Token, noun: Token) -> bool:
    """Tell the preposition of "a break in ties", "an end to relations" from that of another."""
    if prep.lower_ == "to":
        return noun.lemma_.lower() in words("end_to")
    return prep.lower_ in {"of", "in", "on"}


def taken_up(token: Token, sentence_before: Span | None) -> Token | None:
    """Return the relation noun that a trigger's "them" or "it" takes up ("broke them off")."""
    pronoun = next((c for c in token.children if c.dep_ in UNDERGONE and c.pos_ == "PRON"), None)
    if pronoun is None or pronoun.lower_ not in words("pronoun_object"):
        return None
    start = sentence_before.start if sentence_before is not None else token.sent.start
    for i in range(token.i - 1, start - 1, -1):
        if _is_relation(token.doc[i]) and token.doc[i].pos_ in NOUNS:
            return token.doc[i]
    return None


def _is_relation(token: Token) -> bool:
    return token.lemma_.lower() in words("relation") and token.lower_ not in words("no_relation")


__all__ = ["UNDERGONE", "is_newly_made", "of_object_before", "relation_object", "taken_up"]
