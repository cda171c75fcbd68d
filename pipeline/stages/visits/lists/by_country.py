"""Guests listed by where they come from: "from Japan, the crown prince; from Samoa, …"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from spacy.tokens import Span, Token

from models import Reference
from pipeline.discourse.factuality import Fact
from pipeline.discourse.scene import Actor
from pipeline.lexicon import Rule, load_table
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.events.event_scene import event_scene
from pipeline.stages.visits.tables import PACKAGE, word_set

#: How many words may stand between a country and its first guest ("their Highnesses").
_LEAD_IN = 7
#: How many countries make a list.
_LEAST = 2


class ByCountryRule(Rule):
    """Words before the countries of a list of guests."""

    words: tuple[str, ...]
    score: float


def by_country(reader: ArgumentReader, token: Token) -> Iterator[Candidate]:
    """Read "From Japan, the crown prince; from Samoa, the prime minister", told of an event.

    "From Japan, he went to Samoa" does not fire: no one is listed behind the country.
    """
    rule = _rules().get(token.lower_)
    entry = _entry(reader, token) if rule is not None else None
    if rule is None or entry is None or reader.is_remote(token):
        return
    sentence = reader.scene.sentence(token.i)
    openers = _openers(reader, token)
    if len(openers) < _LEAST:
        return
    whole = range(openers[0].i, sentence.end)
    event, spot = event_scene(reader, token, listed=whole, own_place=True)
    if event is None or spot is None:
        return
    stop = next((t.i for t in openers if t.i > token.i), sentence.end)
    for actor in _guests(reader, token.i, stop, entry):
        if actor.country != spot.country:
            yield reader.make(
                rule,
                token,
                actor=actor,
                spot=spot,
                fact=Fact("completed", weak=True),
                anchors=[event],
                notes=("event",),
            )


def opens_entry(reader: ArgumentReader, prep: Token) -> bool:
    """Tell whether "from Angola" opens an entry of such a list, and is no place one came from."""
    openers = _openers(reader, prep) if prep.lower_ == "from" else []
    return prep in openers and len(openers) >= _LEAST


def _openers(reader: ArgumentReader, prep: Token) -> list[Token]:
    """Return the prepositions of a sentence that open an entry as one of them does."""
    sentence = reader.scene.sentence(prep.i)
    return [t for t in sentence if t.lower_ == prep.lower_ and _entry(reader, t) is not None]


def by_country_words() -> frozenset[str]:
    """Return the words at which `by_country` reads."""
    return frozenset(_rules())


@lru_cache(maxsize=1)
def _rules() -> Mapping[str, ByCountryRule]:
    """Return the rows by word."""
    rows = load_table(PACKAGE, "by_country.toml", ByCountryRule)
    return {word: row for row in reversed(rows) for word in row.words}


def _entry(reader: ArgumentReader, prep: Token) -> str | None:
    """Return the country of "from Japan, the crown prince" that a preposition opens."""
    scene, doc = reader.scene, prep.doc
    at = prep.i + 1
    at += doc[at : at + 1].text.lower() == "the"
    if at >= len(doc):
        return None
    named = [r for r in scene.at(at) if r.kind == "country" and r.form == "name"]
    if not named:
        return None
    at = scene.bounds(named[0])[1]
    for token in _lead_in(doc[at : at + _LEAD_IN]):
        for reference in scene.at(token.i):
            if _is_guest(reference, named[0].country):
                return named[0].country
    return None


def _lead_in(tokens: Span) -> Iterator[Token]:
    """Yield the words behind a country that may lead to its guest, no verb but "came"."""
    for token in tokens:
        came = token.lower_ in word_set("<arrived>", "<be>")
        leads_on = token.pos_ in {"VERB", "AUX", "SCONJ", "ADP"} or token.tag_ == "WRB"
        if token.text in {";", "."} or (leads_on and not came and token.lower_ != "by"):
            return
        yield token


def _is_guest(reference: Reference, country: str | None) -> bool:
    single = reference.kind in {"person", "office"} and reference.form != "pronoun"
    return single and not reference.plural and reference.country == country


def _guests(reader: ArgumentReader, start: int, stop: int, country: str) -> Iterator[Actor]:
    """Yield the guests of one country, those named before those whose office alone is told."""
    found: dict[str, Actor] = {}
    for i in range(start, stop):
        for reference in reader.scene.at(i):
            if _is_guest(reference, country) and reference.role_kind:
                actor = Actor(reference, i, 0.95)
                found.setdefault(actor.key, actor)
    yield from found.values()


__all__ = ["ByCountryRule", "by_country", "by_country_words", "opens_entry"]
