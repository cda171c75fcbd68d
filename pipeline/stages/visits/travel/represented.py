"""For which lands those stand by whom these are represented, told apart from the verb's subject."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from spacy.tokens import Doc, Token

from pipeline.discourse.scene import Scene
from pipeline.discourse.tables import words
from pipeline.labels import ADNOMINAL, AUXILIARIES
from pipeline.reference.countries import is_country
from pipeline.stages.visits.tables import word_set


class GappedPair(NamedTuple):
    """Lands and who stands for them: "Chile by X" behind "Peru was represented by its premier"."""

    #: The token at which its lands begin.
    start: int
    lands: Sequence[str]
    heads: Sequence[Token]


def is_subject_next(doc: Doc, i: int) -> bool:
    """Tell the C of "A was represented by B and C was represented by D", by the parse beside B.

    Args:
        i: the last token of one who is listed.
    """
    if i + 1 >= len(doc):
        return False
    behind = doc[i + 1]
    return behind.dep_ in AUXILIARIES and behind.head.i > behind.i


def is_stood_for(verb: Token) -> bool:
    """Tell the verb of "A and B are represented by their ministers", who stayed away.

    So of "Other countries represented by envoys are A and B".
    """
    if verb.lemma_ != "represent":
        return False
    told = {c.dep_ for c in verb.children}
    of_lands = verb.dep_ in ADNOMINAL and verb.head.lower_ in words("lands")
    return "agent" in told and ("auxpass" in told or of_lands)


def represented_by_clause(scene: Scene, verb: Token) -> Token | None:
    """Return the lands of "the countries to be represented by", "A and B are states represented".

    None where the verb has a subject of its own.
    """
    own = next((c for c in verb.children if c.dep_ == "nsubjpass"), None)
    if own is not None and verb.dep_ == "ccomp" and verb.head.lemma_ == "be":
        # "A and B are member-states being represented by", as the parse has it
        return scene.subject(verb.head) if own.lower_ in words("lands") else None
    if verb.dep_ not in ADNOMINAL or own is not None:
        return None
    over = verb.head
    if over.lower_ not in words("lands"):
        return None
    return scene.subject(over.head) if over.dep_ == "attr" else over


def lands_behind(scene: Scene, verb: Token, subject: Token) -> list[str]:
    """Return the lands of "The following countries were represented by their ministers: A and B".

    So of "Other countries represented by their ministers were A and B", and of "Other countries,
    including A and B, were represented by their ministers".
    """
    if subject.lower_ not in words("lands"):
        return []
    for at in range(subject.i + 1, verb.i):
        named = any(scene.doc[at : at + n].text.lower() in word_set("names_some") for n in (1, 2))
        listed = scene.spots(at + 1 + (scene.doc[at].lower_ == "such")) if named else []
        if listed:
            return [spot.country for spot in listed if is_country(spot.country)]
    sentence = scene.sentence(verb.i)
    for token in scene.doc[verb.i + 1 : sentence.end - 1]:
        if token.text == ":" or (token.lemma_ in words("opens_listed") and token.tag_ != "VB"):
            listed = scene.spots(token.i + 1)
            return [spot.country for spot in listed if is_country(spot.country)]
    return []


def gapped_pairs(scene: Scene, verb: Token) -> list[GappedPair]:
    """Return each "B by C" that goes on with "A was represented by B" without a verb.

    "Peru was represented by its premier, Chile by its foreign minister" fires; "by the premier
    sent to Chile by the king" does not.
    """
    sentence = scene.sentence(verb.i)
    by = [t for t in sentence if t.lower_ == "by" and t.i > verb.i]
    found: list[GappedPair] = []
    for token in by[1:]:
        start = _lands_before(scene, token.i, by[0].i)
        heads = [c for c in token.children if c.dep_ == "pobj"]
        if start and heads and scene.doc[start - 1].lower_ in {",", ";", "and", "while"}:
            lands = [spot.country for spot in scene.spots(start) if is_country(spot.country)]
            if lands:
                found.append(GappedPair(start, lands, heads))
    return found


def _lands_before(scene: Scene, end: int, low: int) -> int:
    """Return where "Slovakia and the United Kingdom" begins that ends before a token, or 0."""
    for at in range(low + 2, end):
        spots = scene.spots(at) if any(r.kind == "country" for r in scene.at(at)) else []
        last = max((scene.bounds(spot.reference)[1] for spot in spots), default=0)
        plain = bool(spots) and spots[0].reference.form == "name" and spots[0].place is None
        if plain and last == end:
            return at
    return 0


__all__ = [
    "GappedPair",
    "gapped_pairs",
    "is_stood_for",
    "is_subject_next",
    "lands_behind",
    "represented_by_clause",
]
