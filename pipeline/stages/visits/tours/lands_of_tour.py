"""The lands of a tour, told behind its region: "a tour of Africa, taking in Kenya and Togo"."""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache

from spacy.tokens import Doc, Token

from pipeline.discourse.numbers import number_in
from pipeline.discourse.scene import Spot
from pipeline.signs import STROKES
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.tables import word_set
from pipeline.stages.visits.tours.region_names import region_names

#: How far behind the journey its lands may begin, in tokens.
_REACH = 16
#: How far behind "stopping", "visiting" the first land stands at most ("stopping off in the").
_GAP = 4
_SIGNS, _STRONG = (
    frozenset({",", ":", "(", *STROKES}),
    frozenset({":", "(", *STROKES}),
)
#: What stands between a journey and its region, and before how the region is called.
_SMALL = frozenset({"to", "of", "in", "through", "across", "around", "for", "on"})


def lands_of_tour(
    reader: ArgumentReader, journey: Token, but: Collection[str | None] = ()
) -> list[Spot]:
    """Return A, B and C of "her tour of Africa on Monday - A, B and C", "his trip, taking in A".

    Only the region, the number of its lands and days may stand between. "A tour of Africa, which
    A, B and C oppose" does not fire, nor a single land behind a sign ("his trip (Peru)").

    Args:
        journey: the noun of a journey, or the preposition before the region one leaves for.
        but: countries that it is not: the travellers' own.
    """
    doc, at = journey.doc, journey.i + 1
    stop = min(reader.scene.sentence(journey.i).end, journey.i + _REACH)
    while at < stop:
        first = _first_land(doc, at)
        if first is not None:
            spots = reader.spots(first, but)
            return spots if len(spots) > 1 and _ends(doc, spots[-1].end) else []
        behind = _past(reader, at)
        if behind == at:
            return []
        at = behind
    return []


def tells_lands_again(reader: ArgumentReader, token: Token) -> bool:
    """Tell "visiting Kenya and Togo", "with stops in Togo" behind the tour told to lead there."""
    leads = token.lower_ in _leading_words() and token.tag_ == "VBG"
    if not leads and not (token.lemma_ in word_set("leg_noun") and _follows_with(token)):
        return False
    number = reader.scene.sentence_of[token.i]
    for told in reversed(reader.told):
        if reader.scene.sentence_of[told.at] != number:
            return False
        if told.spot is not None and 0 < told.spot.start - token.i <= _GAP:
            return True
    return False


def _follows_with(token: Token) -> bool:
    return token.i > 0 and token.nbor(-1).lower_ == "with"


def _first_land(doc: Doc, at: int) -> int | None:
    """Return where the lands may begin of which a sign or "taking in" at token `at` tells."""
    sign = doc[at].text in _SIGNS
    if not sign and doc[at].lower_ not in _leading_words():
        return None
    phrase = at + sign
    for size in range(min(3, len(doc) - phrase), 0, -1):
        if doc[phrase : phrase + size].text.lower() in word_set("leads_to_lands"):
            return phrase + size
    return phrase if doc[at].text in _STRONG else None


@lru_cache(maxsize=1)
def _leading_words() -> frozenset[str]:
    """Return the first words of the phrases that tell of a tour's lands."""
    return frozenset(phrase.split()[0] for phrase in word_set("leads_to_lands"))


def _past(reader: ArgumentReader, at: int) -> int:
    """Return the token behind a word of the region or behind a day, else `at`."""
    for start, end, _ in reader.clock.dates:
        if start == at:
            return end
    token = reader.scene.doc[at]
    named = token.lower_ in region_names()["word"] | word_set("before_region") | _SMALL
    called = token.lower_ in word_set("lands_of_region") or number_in(token.text) is not None
    return at + (named or called or token.text == "-")


def _ends(doc: Doc, at: int) -> bool:
    """Tell the end of a list from "Kenya, Ghana and Togo oppose it"."""
    behind = doc[at] if at < len(doc) else None
    return behind is None or behind.pos_ not in {"VERB", "AUX", "PART"} or behind.lower_ == "to"


__all__ = ["lands_of_tour", "tells_lands_again"]
