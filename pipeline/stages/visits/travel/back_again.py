"""A further trip to where one has been: "was there in 2021 and will return in June"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from spacy.tokens import Token

from pipeline.discourse.factuality import Fact, fact_of_verb
from pipeline.discourse.timing.of_trips import When
from pipeline.iso_lengths import MONTH
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.tables import noun_rules, word_set
from pipeline.stages.visits.travellers.forerunners import trip_told

#: How surely "will return in June" means a further trip to where one was in 2021.
_SCORE = 0.66
#: From how many days behind the end of a trip on one comes again, not back from it.
_APART = 21
_FULL = (12, 31)


def returns_there(reader: ArgumentReader, verb: Token) -> Iterator[Candidate]:
    """Read "visited Peru in 2021 and will return in June", "went back in May": to Peru again.

    "Visited Peru on Monday and will return on Friday" tells of the way home, as does "returned to
    Lima", "went back home in May".
    """
    if not _leads_back(verb) or _leads_somewhere(reader, verb):
        return
    model, fact = trip_told(reader, verb), fact_of_verb(verb)
    if model is None or model.status != "completed" or model.count != 1:
        return
    if fact.status not in {"completed", "planned"}:
        return
    when = reader.clock.when([verb], phase="arrive", fact=fact)
    when = when if when.start else When(when.end, None)  # "will be back on Friday"
    if not _is_long_after(model.when, when):
        return
    if any(model.is_of(actor) for actor in reader.travellers(verb)):
        made = model.another("return_to", verb.i, score=_SCORE)
        yield replace(made, fact=fact, when=when, phase="arrive")


def followed_by_another(reader: ArgumentReader, token: Token) -> Iterator[Candidate]:
    """Read "The 2021 visit of X to Peru was followed by another in May": to Peru again.

    "The visit was followed by another in the capital", "by another loan in May" do not fire.
    """
    doc, days = token.doc, reader.clock.behind(token.i + 1)
    led = doc[max(0, token.i - 2) : token.i].text.lower() == "followed by"
    subject = reader.scene.subject(doc[token.i - 2]) if led and days else None
    if subject is None or subject.lemma_ not in noun_rules():
        return
    model = trip_told(reader, token)
    if model is not None:
        when = reader.clock.when(days, phase="whole")
        made = model.another("visit", token.i, score=_SCORE)
        yield replace(made, when=when, fact=Fact("completed"))


def _leads_back(verb: Token) -> bool:
    """Tell "returned", "went back", "will be back" from "went", "returned the call"."""
    if verb.lemma_ == "return":
        return True
    if verb.lemma_ not in word_set("goes_again"):
        return False
    return any(c.lower_ in {"back", "again"} for c in verb.children)


def _leads_somewhere(reader: ArgumentReader, verb: Token) -> bool:
    """Tell "returned home", "returned to Peru", "returned the visit"."""
    behind = [c for c in verb.children if c.i > verb.i]
    if any(c.lower_ in word_set("to_or_home") for c in behind):
        return True
    if any(reader.scene.spots(t.i) for c in behind for t in c.subtree if c.dep_ == "prep"):
        return True  # "went back for talks in Quito"
    dates = reader.clock.starts
    objects = (c for c in behind if c.dep_ in {"dobj", "obj", "xcomp", "ccomp", "attr"})
    return any(c.i not in dates and c.left_edge.i not in dates for c in objects)


def _is_long_after(before: When, after: When) -> bool:
    """Tell the days of a further trip from those on which one comes back from the first."""
    last, first = before.end or before.start, after.start or after.end
    if not last or not first:
        return False
    if len(last) == len(first) == MONTH:
        return first > last
    return (_day(first, (1, 1)) - _day(last, _FULL)).days >= _APART


def _day(text: str, rest: tuple[int, int]) -> date:
    """Return the first or the last day of a partial date, near enough in its month."""
    parts = [int(part) for part in text.split("-")]
    month = parts[1] if len(parts) > 1 else rest[0]
    day = parts[2] if len(parts) > 2 else min(rest[1], 28)
    return date(parts[0], month, day)


__all__ = ["followed_by_another", "returns_there"]
