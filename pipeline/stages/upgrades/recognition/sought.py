"""Recognition that is sought of others: "asked Peru and Chile to recognise it", "sought it"."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from pipeline.discourse.denials import is_negated
from pipeline.discourse.verb_forms import tense_of
from pipeline.labels import UNDERGONE
from pipeline.neighbours import prep_objects
from pipeline.reference.countries import is_country
from pipeline.stages.upgrades.reading import Reading
from pipeline.stages.upgrades.recognition.recognised_states import (
    is_statehood,
    recognised_objects,
)
from pipeline.stages.upgrades.tables import words


def asked_recognition(reading: Reading, token: Token) -> tuple[Sequence[str], Sequence[str]]:
    """Return who is asked and who asks of "Peru asked Chad and Fiji to recognise it as a state".

    Both are empty where another is to be recognised ("asked Chad to recognise Fiji"), or no state
    asks ("was asked to recognise it").
    """
    asks = _asking(token)
    objects = recognised_objects(token) if asks is not None else []
    if asks is None or is_negated(asks) or not all(map(_is_own, objects)) or not objects:
        return (), ()
    asked = [c for c in asks.children if c.dep_ in UNDERGONE | {"dative"}]
    asked += prep_objects(asks, "on", "to")
    spans = ((n.left_edge.i, n.right_edge.i + 1) for n in asked if n.i < token.i)
    others = [code for start, end in spans for code in reading.parties.codes(start, end)]
    asking = [code for code in reading.parties.owners(asks) if code not in others]
    whole = len(asking) == 1 and others and all(map(is_country, (*others, *asking)))
    return (others, asking) if whole else ((), ())


def _asking(token: Token) -> Token | None:
    """Return the "asked" of "asked Chad to recognise it"."""
    over = token.head
    under = token.dep_ in {"xcomp", "ccomp", "advcl"} and tense_of(token) == "infinitive"
    asks = under and over.lemma_.lower() in words("asks_for_recognition")
    return over if asks and tense_of(over) not in {"infinitive", "none"} else None


def _is_own(noun: Token) -> bool:
    """Tell the asker's "it", "his country", "its independence" from "Fiji", "its rights"."""
    its = any(c.dep_ == "poss" and c.lower_ in words("its") for c in noun.children)
    if noun.lower_ in {"it", "them"} or (its and noun.lemma_.lower() in words("party_noun")):
        return True
    return is_statehood(noun) and (its or any(map(_is_own, prep_objects(noun, "of"))))


__all__ = ["asked_recognition"]
