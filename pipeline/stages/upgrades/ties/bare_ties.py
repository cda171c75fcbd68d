"""Ties that are told to have been cut or restored, with nobody's name beside them."""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.discourse.verb_forms import tense_of
from pipeline.reference.countries import is_country
from pipeline.signs import MARKS_ENTRY
from pipeline.stages.upgrades.parties.looking_back import are_rivals
from pipeline.stages.upgrades.parties.named import Found, Parties
from pipeline.stages.upgrades.reading import Reading
from pipeline.stages.upgrades.tables import words
from pipeline.stages.upgrades.ties.relations import relation_object

_PAIR = 2
#: How many tokens the day of an entry may have, before what parts it from what was done.
_HEAD = 6
#: How surely the pair told of is meant.
_SURE = 0.8


def of_bare(reading: Reading, token: Token, found: Found) -> Found:
    """Return the parties found, or those whom bare ties are told to be between."""
    pair = _pair(reading, token) if not found[0] else None
    return ([pair], _SURE) if pair is not None else found


def _pair(reading: Reading, token: Token) -> Parties | None:
    """Return Peru and Chile for "Peru and Chile are neighbours. Ties were cut in 1990".

    Also for "ties were cut in 1990 after a mob stormed the Peruvian embassy in Santiago". Not for
    "ties were cut with the union in 1990", nor where a third state is told of in either sentence.
    Of a chronology of the two, "1990: Ties are cut" is of them as well.
    """
    entry = _is_entry(reading, token)
    if token.tag_ != "VBN" or tense_of(token) not in ({"past", "present"} if entry else {"past"}):
        return None
    noun = relation_object(token)
    if noun is None or noun.dep_ != "nsubjpass" or not _is_bare(token, noun):
        return None
    sentence = reading.scene.sentence(token.i)
    if reading.clock.within(sentence.start, sentence.end) is None:
        return None
    own = _named(reading, sentence.start, sentence.end)
    if len(own) == _PAIR:
        return None if are_rivals(min(own), own) else frozenset(own)
    if entry and not own:
        return reading.parties.pair_of_all(sentence.start)
    before = reading.scene.beside(reading.scene.sentence_of[token.i], step=-1)
    if before is None or before.start_char < reading.scene.article.body_start:
        return None
    subject = reading.scene.subject(before.root)
    if subject is not None and subject.lemma_.lower() in words("not_party"):
        return None  # "The singer left Peru for Chile. Ties were cut in 1990"
    told = _named(reading, before.start, before.end)
    named = any(
        reference.kind == "country" and reference.form == "name"
        for i in range(before.start, before.end)
        for reference in reading.scene.at(i)
    )
    return frozenset(told) if named and len(told) == _PAIR and own <= told else None


def _is_entry(reading: Reading, token: Token) -> bool:
    """Tell "1990: Ties are cut", "May 1990 - Relations are restored", an entry of a chronology."""
    start = reading.scene.sentence(token.i).start
    mark = next((t.i for t in token.doc[start : start + _HEAD] if t.text in MARKS_ENTRY), None)
    return mark is not None and reading.clock.within(start, mark) is not None


def _is_bare(verb: Token, noun: Token) -> bool:
    """Tell "ties were cut" from "ties with the union were cut", "were cut with the union"."""
    kept = words("bare_modifier", "pronoun_object")
    for child in (*noun.children, *verb.children):
        if child.lower_ in {"with", "by"} or (child.head == noun and child.lower_ == "of"):
            return False
        if child.lower_ == "between":
            return all(node.lower_ in words("pronoun_object") for node in child.children)
        if child.head == noun and child.dep_ not in {"det", "poss"} and child.lower_ not in kept:
            return False
    return True


def _named(reading: Reading, start: int, end: int) -> set[str]:
    """Return the states that a stretch of tokens names, also by their capitals."""
    named = set(reading.parties.codes(start, end)) | reading.parties.seats(start, end)
    return {code for code in named if is_country(code)}


__all__ = ["of_bare"]
