"""The day of each of several in a row: "the latest to cut ties with Oman were Peru on 3 May and …".

Told by the order of the words, since the parse hangs such days anywhere.
"""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.labels import AUXILIARIES, FINITE
from pipeline.stages.upgrades.dates.listed import dated_partners
from pipeline.stages.upgrades.parties.named import Parties
from pipeline.stages.upgrades.parties.orders import order_before
from pipeline.stages.upgrades.parties.party_references import Bars
from pipeline.stages.upgrades.reading import Reading


def dated_in_row(reading: Reading, verb: Token) -> dict[str, str]:
    """Return the days of "Peru on 3 May and Chad on 4 May were the latest states to do so", by who.

    Also of "the latest states to do so were Peru on 3 May and Chad on 4 May", "Peru on 3 May and
    Chad on 4 May cut ties".
    """
    order = order_before(verb)
    if order is None:
        return _dated_right_before(reading, verb)
    be = next((t for t in order.ancestors if t.lemma_ == "be"), None)
    if be is None:
        return {}
    sentence = reading.scene.sentence(verb.i)
    before = be.i < order.i
    start, end = (sentence.start, be.i) if before else (max(be.i, verb.i) + 1, sentence.end)
    partners = dated_partners(reading, start, end)
    return {p.code: p.date for p in partners} if len(partners) > 1 else {}


def _dated_right_before(reading: Reading, verb: Token) -> dict[str, str]:
    """Return the days of "Peru on Sunday and Chad on Tuesday cut ties", which open a clause."""
    if verb.tag_ not in FINITE | {"VBN"}:
        return {}
    first = min([c.i for c in verb.children if c.dep_ in AUXILIARIES] + [verb.i])
    partners = dated_partners(reading, verb.sent.start, first)
    joined = len(partners) > 1 and partners[-1].end == first
    return {p.code: p.date for p in partners} if joined else {}


def pairs_in_row(reading: Reading, verb: Token, bars: Bars) -> dict[Parties, str]:
    """Return each of those in a row with the one party that they all changed their ties with."""
    days = dated_in_row(reading, verb)
    others = reading.parties.partners(verb, bars) if days else []
    one = [code for code in others if code not in days]
    return {frozenset({one[0], code}): day for code, day in days.items()} if len(one) == 1 else {}


__all__ = ["dated_in_row", "pairs_in_row"]
