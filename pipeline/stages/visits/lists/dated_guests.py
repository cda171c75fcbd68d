"""Guests each with a time of his own: "two presidents have been to Peru: A in 1993, B in 1998"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Token

from pipeline.discourse.scene import Actor
from pipeline.labels import PLURALS, VERBS
from pipeline.neighbours import text_at
from pipeline.signs import OPENS_LIST
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.days.each_date import listed_dates, of_phase
from pipeline.stages.visits.lists.guest_lists import list_end, listed
from pipeline.stages.visits.travellers.forerunners import behind_names

#: How far behind its trigger the sign may stand behind which the guests are listed, in tokens.
_REACH = 12
#: How surely a guest of the list is told of.
_SCORE = 0.85
_JOINS = frozenset({",", "and", ";"})


def dated_guests(
    reader: ArgumentReader, token: Token, found: Sequence[Candidate]
) -> list[Candidate]:
    """Return a telling for each guest who is listed with a time of his own, else what was found.

    "Two presidents have been to Peru: Eyadema of Togo in 1993 and Bill Clinton in 1998", "Two
    presidents, A in 1993 and B in 1998, have been to Peru" fire; "Two presidents are in Peru: A and
    B", who have none of their own, do not.
    """
    model = next((c for c in found if c.destination and c.status == "completed"), None)
    if model is None or model.actor is None or model.spot is None:
        return list(found)
    dated = list(_listed_behind(reader, token, model))
    dated = dated or list(_listed_before(reader, token, model))
    dated = dated or list(_listed_by(reader, token, model))
    guests = [(a, d) for a, d in dated if _origin(a, model) not in {None, model.destination}]
    if len(guests) < len(dated) or not guests:
        return list(found)
    actors = [actor for actor, _ in guests]
    rest = [c for c in found if c is not model and not any(c.is_of(a) for a in actors)]
    before = [None, *actors]
    told = [
        _told(reader, model, actor, date, is_further=actor == last)
        for (actor, date), last in zip(guests, before, strict=False)
    ]
    return [*told, *rest]


def _origin(guest: Actor, model: Candidate) -> str | None:
    return guest.country or model.origin


def _told(
    reader: ArgumentReader, model: Candidate, guest: Actor, date: Token, *, is_further: bool
) -> Candidate:
    when = reader.clock.when([date], phase="whole")
    return replace(
        model,
        at=date.i if is_further else reader.scene.bounds_of(guest.reference)[1] - 1,
        actor=guest,
        origin=_origin(guest, model),
        when=of_phase(model, when),
        day=None,
        score=model.score * _SCORE,
        count=1,
        first=False,
        kind=None,
        hosts=(),
    )


def _listed_behind(
    reader: ArgumentReader, token: Token, model: Candidate
) -> Iterator[tuple[Actor, Token]]:
    """Yield A and B of "Two presidents have been to Peru: A in 1993 and B in 1998", dated all."""
    body = model.actor.reference if model.actor is not None else None
    if body is None or body.name or not body.plural or body.members:
        return
    sentence, doc = reader.scene.sentence(token.i), token.doc
    signs = (i for i in range(token.i + 1, min(token.i + _REACH, sentence.end - 1)))
    sign = next((i for i in signs if doc[i].text in OPENS_LIST), None)
    if sign is None or any(t.pos_ in VERBS for t in doc[token.i + 1 : sign]):
        return
    guests = list(listed(reader, sign + 1, list_end(reader, sign + 1, sentence)))
    dates = [_date_of(reader, guest) for guest in guests]
    if guests and all(a.reference.name for a in guests) and all(dates):
        yield from zip(guests, (d for d in dates if d is not None), strict=True)


def _listed_before(
    reader: ArgumentReader, token: Token, model: Candidate
) -> Iterator[tuple[Actor, Token]]:
    """Yield A and B of "Two presidents, A in 1993 and B in 1998, have been to Peru".

    Only where nothing else stands between those who have times of their own.
    """
    if model.actor is None or model.actor.token > token.i:
        return
    start = reader.scene.sentence(token.i).start
    found: list[tuple[Actor, Token]] = []
    for guest in listed(reader, start, token.i):
        date = _date_of(reader, guest) if guest.reference.name else None
        if date is None or date.i > token.i:
            found = []
            continue
        if found and not _is_next(reader, found[-1][1], guest):
            found = []
        found.append((guest, date))
    theirs = any(model.is_of(guest) for guest, _ in found)
    if len(found) > 1 and theirs and not _is_told_of(token, found[-1][1]):
        yield from found


def _listed_by(
    reader: ArgumentReader, token: Token, model: Candidate
) -> Iterator[tuple[Actor, Token]]:
    """Yield A and B of "the visits to Peru by A in July 2010 and May 2015, and B in 2017".

    Each with all his dates, up to the first of whom none is told.
    """
    spot = model.spot
    if token.tag_ not in PLURALS or spot is None or spot.start < token.i:
        return
    sentence, doc, first = reader.scene.sentence(token.i), token.doc, spot.end + 1
    if text_at(doc, spot.end) != "by" or not any(
        model.is_of(a) for a in listed(reader, first, sentence.end)
    ):
        return
    found: list[tuple[Actor, Token]] = []
    for guest in listed(reader, first, sentence.end):
        behind = behind_names(reader, reader.scene.bounds_of(guest.reference)[0])
        dates = listed_dates(reader, behind - (text_at(doc, behind - 1) == ","))
        joined = not found or _is_next(reader, found[-1][1], guest)
        if not guest.reference.name or not dates or not joined:
            break
        found += [(guest, doc[at]) for at in dates]
    if len({actor.key for actor, _ in found}) > 1:
        yield from found


def _is_told_of(token: Token, date: Token) -> bool:
    """Tell whether another verb stands between the last date and the trip's own."""
    return any(t.pos_ == "VERB" for t in token.doc[date.i + 1 : token.i])


def _is_next(reader: ArgumentReader, date: Token, guest: Actor) -> bool:
    """Tell whether a guest is named right behind the date of the one before."""
    first = reader.scene.bounds_of(guest.reference)[0]
    between = [t for t in date.doc[date.i : first] if t.i not in reader.clock.covered]
    others = [t for t in between if t.text not in _JOINS and not reader.scene.at(t.i)]
    return not others


def _date_of(reader: ArgumentReader, guest: Actor) -> Token | None:
    """Return the date right behind a guest and his office ("A of Peru in 1993", "A (1993)")."""
    end = behind_names(reader, reader.scene.bounds_of(guest.reference)[0])
    bracketed = text_at(reader.scene.doc, end) == "("
    end -= text_at(reader.scene.doc, end - 1) == ","
    return next(iter(reader.clock.behind(end + bracketed)), None)


__all__ = ["dated_guests"]
