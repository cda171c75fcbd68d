"""From which land a story's traveller sets out, and to which he comes home, which is its own.

A paper that takes its own land for granted tells of it but by the airport at which its president
is seen off ("took off from Entebbe and was seen off by the Vice President"), or by the town in
which he is back ("arrived in Dhaka after wrapping up his visit to Japan").
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Token

from pipeline.labels import VERBS
from pipeline.neighbours import word_at
from pipeline.stages.entities.countries.outlet import DATELINE_WEIGHT, Sign
from pipeline.stages.entities.spans import OfficeSpan, PartySpan, PlaceSpan
from pipeline.stages.entities.tables import word_set

#: How far behind a land that is left the aim may stand, in tokens, and how that is told.
_AIM_REACH = 5
_TO_COME = frozenset({"VB", "VBZ", "VBP"})
#: How many tokens behind a verb its airport may stand, and the town in which one comes in.
_REACH, _TOWN_REACH = 14, 5


def home_leg_signs(
    doc: Doc,
    parties: Sequence[PartySpan],
    places: Sequence[PlaceSpan],
    offices: Sequence[OfficeSpan],
) -> list[Sign]:
    """Return the land at whose airport one is seen off, or to which one is back, if it is but one.

    Fires on "She left Entebbe airport and was seen off by the Vice President", "arrived back in
    Colombo"; not where the text tells of that land's officials as foreign ("was seen off by Ugandan
    Minister X"), nor of a land to which it has one go.
    """
    spots = [(p.start, p.end, p.code) for p in parties if p.is_country and p.form == "name"]
    spots += [(place.start, place.end, place.country) for place in places]
    spots.sort()
    back = any(_is_homeward(token) for token in doc)
    legs = {code for spot in spots for code in _legs(doc, *spot, told_back=back)}
    legs |= {code for at, end, code in spots if _is_left_for(doc, at, end, code, spots)}
    legs -= {office.country for office in offices if office.foreign and not office.plural}
    legs -= {code for start, _, code in spots if _is_bound_for(doc, start)}
    return [Sign(code, DATELINE_WEIGHT) for code in legs] if len(legs) == 1 else []


def _legs(doc: Doc, start: int, end: int, code: str, *, told_back: bool) -> Iterator[str]:
    """Yield the land of a place at tokens `start` to `end`, if it is where somebody is at home."""
    first = doc[start].sent.start
    before = start - 1 - (word_at(doc, start - 1) == "the")
    near = doc[max(first, before - _REACH) : before + 1]
    verbs = [token for token in near if token.pos_ in VERBS]
    if not verbs:
        return
    if any(word in word_set("airport_word") for word in _words(doc, start, end + 1)):
        sentence = {token.lower_ for token in doc[start].sent}
        left = verbs[-1].lemma_ in word_set("sets_out_from")
        left = left and sentence.isdisjoint(word_set("homeward_form"))
        from_there = left and (verbs[-1].i == before or word_at(doc, before) == "from")
        if not told_back and (from_there or _is_seen_off(doc, verbs[-1])):
            yield code
    elif (
        start - verbs[-1].i <= _TOWN_REACH
        and _comes_in(doc, verbs[-1], before)
        and (is_back(doc, verbs[-1]) or (told_back and _ends_there(doc, end)))
    ):
        yield code


def _is_left_for(
    doc: Doc, start: int, end: int, code: str, spots: Sequence[tuple[int, int, str]]
) -> bool:
    """Tell the Peru of "is to depart Peru to attend a forum in Quito", "leaves Peru for Chad".

    Not that of "leaves Peru today", who may have been a guest there.
    """
    verb, last = doc[start - 1 - (word_at(doc, start - 1) == "the")], doc[start].sent.end
    if start < 1 or verb.lemma_ not in word_set("leaves_land") or verb.tag_ not in _TO_COME:
        return False
    near = doc[end : min(end + _AIM_REACH, last - 1)]
    aim = next((t for t in near if t.lower_ in {"for", "to"}), None)
    if aim is None or (aim.lower_ == "to" and doc[aim.i + 1].tag_ != "VB"):
        return False
    return any(aim.i < at < last and other != code for at, _, other in spots)


def is_back(doc: Doc, verb: Token) -> bool:
    """Tell "arrived back in Peru", "flew back home to Lima"."""
    return word_at(doc, verb.i + 1) == "back"


def comes_home(doc: Doc, verb: Token, end: int) -> bool:
    """Tell who comes to his own land: "arrived back in Lima", "landed in Lima … after ending …".

    Args:
        doc: the text.
        verb: what tells that he comes.
        end: the token behind the place.
    """
    return is_back(doc, verb) or _ends_there(doc, end)


def _ends_there(doc: Doc, end: int) -> bool:
    """Tell a place behind which a trip is over: "from London after wrapping up his visit"."""
    over = _words(doc, end, min(end + _REACH, doc[end - 1].sent.end))
    return "from" in over and not word_set("ends_trip").isdisjoint(over)


def _comes_in(doc: Doc, verb: Token, before: int) -> bool:
    """Tell "arrived in Dhaka", "returned to Dhaka"."""
    return verb.lemma_ in word_set("comes_in") and word_at(doc, before) in {"in", "to", "at"}


def _words(doc: Doc, start: int, end: int) -> list[str]:
    return [token.lower_ for token in doc[start:end]]


def _is_seen_off(doc: Doc, verb: Token) -> bool:
    """Tell "was seen off at X airport", "bade him farewell at X airport"."""
    behind = _words(doc, verb.i, verb.i + 4)
    off = verb.lemma_ == "see" and "off" in behind
    return off or not word_set("farewell_word").isdisjoint(behind)


def _is_homeward(token: Token) -> bool:
    """Tell "returns home", "was back home"; not "will return home"."""
    behind = word_at(token.doc, token.i + 1)
    return token.lower_ in word_set("comes_back") and behind == "home"


def _is_bound_for(doc: Doc, start: int) -> bool:
    """Tell a land for which one leaves, "left for Lima", "visits Peru"."""
    before = start - 1 - (word_at(doc, start - 1) == "the")
    return before >= 0 and (
        doc[before].lower_ == "for" or doc[before].lemma_ in word_set("destination_verb")
    )


__all__ = ["comes_home", "home_leg_signs", "is_back"]
