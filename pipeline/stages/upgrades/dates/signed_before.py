"""The signing of a paper that the sentences before only name: "The treaty was signed in May".

A parliament that ratifies a treaty of alliance makes none, nor does its coming into force; when it
was signed is told behind.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from spacy.tokens import Token

from pipeline.neighbours import text_at
from pipeline.stages.upgrades.candidate import Candidate
from pipeline.stages.upgrades.levels.level_names import Level
from pipeline.stages.upgrades.outcome.status import status_of
from pipeline.stages.upgrades.reading import Reading
from pipeline.stages.upgrades.tables import words

#: How many sentences back the paper is named.
_LOOK_BACK = 3
#: How many words above its level the paper stands ("a declaration on the founding of a …").
_ABOVE = 4
#: Parties found as surely as this are named with the paper.
_NAMED = 0.8
_SCORE = 0.75


def read_signed_before(
    reading: Reading, token: Token, history: Sequence[Candidate]
) -> Iterator[Candidate]:
    """Yield the change of "Peru ratified a treaty of alliance with Chad. It was signed in May"."""
    paper = _paper_signed(token)
    number = reading.scene.sentence_of[token.i]
    if paper is None or reading.levels.by_sentence.get(number):
        return
    status, date = status_of(reading.scene, token), reading.date(token)
    named = next(_named(reading, paper, number), None)
    if named is None or status != "completed" or date is None:
        return
    noun, level = named
    sets, sure = reading.parties.find(noun, level, named=True)
    passive = any(c.dep_ == "nsubjpass" for c in token.children)
    told = {c.parties for c in history if c.level == level.name and (c.date or passive)}
    for parties in sets if sure >= _NAMED else ():
        if len(parties) > 1 and parties not in told:
            yield Candidate(
                rule="signed_before",
                at=token.i,
                parties=parties,
                level=level.name,
                level_text=" ".join(level.text.split()),
                change="upgrade",
                status=status,
                date=date,
                score=_SCORE,
            )


def _paper_signed(verb: Token) -> Token | None:
    """Return the "treaty" of "the treaty was signed", of which no more is told.

    So that of "the treaty, signed in May, was ratified".
    """
    misread = verb.tag_ == "VBD" and text_at(verb.doc, verb.i - 1) == ","
    if verb.lemma_.lower() not in words("signs") or not (verb.tag_ == "VBN" or misread):
        return None
    subject = "nsubj" if misread else "nsubjpass"
    nouns = [c for c in verb.children if c.dep_ == subject]
    if verb.dep_ == "acl":
        nouns = [verb.head]
    for noun in nouns:
        known = any(c.lower_ in words("known_paper") for c in noun.children)
        further = any(c.dep_ in {"prep", "compound", "amod", "conj"} for c in noun.children)
        if noun.lemma_.lower() in words("document") and known and not further:
            return noun
    return None


def _named(reading: Reading, paper: Token, number: int) -> Iterator[tuple[Token, Level]]:
    """Yield the nouns of the same kind of paper before that name a partnership or alliance."""
    none = words("diplomatic_level", "conferred")
    for back in range(1, _LOOK_BACK + 1):
        for level in reading.levels.by_sentence.get(number - back, ()):
            span = reading.levels.span(level)
            if span is None or level.name in none:
                continue
            for noun in (span.root, *islice(span.root.ancestors, _ABOVE)):
                if noun.lemma_.lower() == paper.lemma_.lower() and noun.pos_ != "VERB":
                    yield noun, level


__all__ = ["read_signed_before"]
