"""Towns that the model takes for persons, told by what stands around their names."""

from __future__ import annotations

from collections.abc import Mapping

from spacy.tokens import Doc, Token

from pipeline.labels import TENSED, VERBS
from pipeline.neighbours import text_at
from pipeline.stages.entities.spans import PartySpan
from pipeline.stages.entities.tables import word_set

#: How far behind a name the noun of "the rebel-held main city of" stands, and what leads to it.
_APPOSED = 7
_BEFORE_NOUN = frozenset({"DET", "ADJ", "NOUN", "PROPN", "VERB", "PUNCT"})
#: What ends "in Sde Boker, Israel", where no clause begins with the country.
_CLOSING = frozenset({"PUNCT", "ADP", "PART", "SCONJ", "SPACE"})


def is_told_town(doc: Doc, end: int) -> bool:
    """Tell the "Tarin Gul" of "near Tarin Gul, the capital of Uruzgan province"."""
    if text_at(doc, end) != ",":
        return False
    at = end + 1
    while at < end + _APPOSED and text_at(doc, at) and doc[at].pos_ in _BEFORE_NOUN:
        if doc[at].tag_ == "WP$" or doc[at].tag_ in TENSED:
            return False  # "X, whose village in Peru burnt", "X, said the town of Ica was calm"
        at += 1
    if doc[at - 1].text not in word_set("settlement"):
        return False
    return text_at(doc, at) in {"of", "in", "near", "on", "outside"}


def is_town_of_land(doc: Doc, start: int, end: int, lands: Mapping[int, PartySpan]) -> bool:
    """Tell the "Sde Boker" of "met in Sde Boker, Israel, on Monday", "visited Sde Boker, Israel".

    "In Ana Soto, Peru has found its voice", "met Ana Soto, Peru's envoy" do not fire.

    Args:
        lands: the parties that the text names, by each of their tokens.
    """
    land = lands.get(end + 1) if text_at(doc, end) == "," else None
    if land is None or not land.is_country or land.form != "name" or not start:
        return False
    if not (_is_where(doc[start - 1]) or doc[start - 1].lemma_ in word_set("goes_to_place")):
        return False
    after = doc[land.end] if land.end < len(doc) else None
    if after is None or (after.pos_ in _CLOSING and after.tag_ != "POS"):
        return True
    goes_on = doc[land.end + 1 : land.end + 2]
    return after.lower_ == "and" and bool(goes_on) and goes_on[0].pos_ in VERBS


def is_town_of_verb(doc: Doc, start: int) -> bool:
    """Tell the "Sde Boker" of "arrived in Sde Boker", "was held in it": not "believes in Ana"."""
    before = doc[start - 1] if start else None
    if before is None or before.lower_ != "in" or before.dep_ != "prep":
        return False
    return before.head.lemma_ in word_set("done_in_place")


def _is_where(token: Token) -> bool:
    going = token.lower_ == "to" and token.head.lemma_ in word_set("leads_to_place")
    return going or token.lower_ in word_set("locative")


__all__ = ["is_told_town", "is_town_of_land", "is_town_of_verb"]
