"""What describes somebody before the name: "Malian arms dealer X", "his compatriot X"."""

from __future__ import annotations

from collections.abc import Mapping

from spacy.tokens import Doc, Token

from pipeline.neighbours import word_at
from pipeline.signs import GENITIVES
from pipeline.stages.entities.spans import NameSpan, PartySpan
from pipeline.stages.entities.tables import word_set


def compatriot_country(
    doc: Doc, at: int, name_ends: Mapping[int, NameSpan], party_end: Mapping[int, PartySpan]
) -> str | None:
    """Return the country of whoever or whatever is told of last before a compatriot, or None.

    "Chad's Musa Sow beat his compatriot | Omar Keita" gives TCD; "her aide | Ana Ruiz" nothing.

    Args:
        at: the token at which the compatriot's name begins.
    """
    if word_at(doc, at - 1) not in word_set("compatriot"):
        return None
    for end in range(at - 1, doc[at - 1].sent.start, -1):
        name, party = name_ends.get(end), party_end.get(end)
        told = [name.country, *(office.country for office in name.offices)] if name else []
        told += [party.code] if party is not None and party.is_country else []
        if found := next(filter(None, told), None):
            return found
    return None


def describes(token: Token) -> bool:
    """Tell a word of "forward", "arms dealer", "pop star" between a nationality and a name."""
    if token.text == "-":
        return True
    noun = token.pos_ in {"NOUN", "ADJ", "PROPN", "X"}
    noun = noun or (token.tag_ == "VBN" and token.i > 0 and token.nbor(-1).text in GENITIVES)
    beside = token.doc[max(0, token.i - 1) : token.i + 2]
    noun = noun or "-" in {other.text for other in beside}  # "left-back"
    noun = noun and (token.text.islower() or token.lower_ in word_set("prize_word"))
    return noun and token.lower_ not in word_set("no_description")


__all__ = ["compatriot_country", "describes"]
