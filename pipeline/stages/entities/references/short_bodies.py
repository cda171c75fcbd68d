"""Bodies of a country that a text calls by letters or one word once it has told whose they are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from spacy.tokens import Doc

from pipeline.neighbours import text_at
from pipeline.signs import GENITIVES
from pipeline.stages.entities.countries.affiliations import Affiliation
from pipeline.stages.entities.gazetteer import Hit, where
from pipeline.stages.entities.spans import PartySpan
from pipeline.stages.entities.tables import institution_words, word_set

#: How many tokens the name of a body has at most before its letters, its owner among them.
_REACH = 10
_CALLED = re.compile(r"[A-Z][A-Za-z]+|[A-Z]{2,}")
_LINKS = frozenset({"of", "for", "and", "the", "on", "&", "-"})


def short_bodies(doc: Doc, parties: Sequence[PartySpan]) -> Iterator[Hit[Affiliation]]:
    """Yield where a text calls a country's body by what it has put in brackets.

    "Kenya's Revenue Board (KRB) … KRB head Ana Ruiz" fires with KEN, so does "Kenya Revenue Board
    (KRB)"; "a Kenyan in the Union for Peace (UFP)" does not. So "the Commission" in a text on the
    EU that names no other.
    """
    ends = {party.end: party for party in parties if party.is_country}
    starts = {party.start: party for party in parties if party.is_country}
    told: dict[str, str] = {}
    for i in where(doc, frozenset({"("})):
        name = text_at(doc, i + 1)
        if text_at(doc, i + 2) != ")" or not _CALLED.fullmatch(name):
            continue
        code = _owner_before(doc, i, ends)
        if code is not None and not starts.get(i + 1):
            told.setdefault(name, code)
    taken = {i for party in parties for i in range(party.start, party.end)}
    if any(party.code == "EU" for party in parties) and _is_one_commission(doc):
        told.setdefault("Commission", "EU")
    for i in where(doc, frozenset(told), lower=False) if told else ():
        if i not in taken and doc[i - 1].text != "(":
            name = doc[i].text
            yield Hit(i, i + 1, Affiliation(form=name, kind="agency", code=told[name]))


def _is_one_commission(doc: Doc) -> bool:
    """Tell whether "the Commission" can but be the EU's, where no other is named."""
    found = where(doc, frozenset({"Commission"}), lower=False)
    return all(doc[i - 1].lower_ in {"the", "european"} for i in found if i)


def _owner_before(doc: Doc, opens: int, ends: Mapping[int, PartySpan]) -> str | None:
    """Return the country of the body whose name ends before the bracket at token `opens`."""
    body = False
    for i in range(opens - 1, max(-1, opens - _REACH), -1):
        token = doc[i]
        party = ends.get(i + 1)
        if party is not None:
            led = doc[party.start - 1].lower_ if party.start else ""
            owned = party.form == "adjective" or i + 1 == opens or doc[i + 1].text in GENITIVES
            owned = owned or (party.form == "name" and doc[i + 1].text.istitle())
            within = led in {"of", "the"} and doc[party.start - 2 : party.start].text != ""
            return (
                party.code if (body and owned) or (within and _is_body(doc, party.start)) else None
            )
        if token.text in GENITIVES:
            continue
        if not token.text[:1].isupper() and token.lower_ not in _LINKS:
            return None
        body = body or token.lower_ in institution_words() | word_set("letters_body")
    return None


def _is_body(doc: Doc, start: int) -> bool:
    """Tell the "Electoral Commission of" before a country's name."""
    before = [t.lower_ for t in doc[max(0, start - _REACH // 2) : start]]
    return "of" in before and bool(set(before) & (institution_words() | word_set("letters_body")))


__all__ = ["short_bodies"]
