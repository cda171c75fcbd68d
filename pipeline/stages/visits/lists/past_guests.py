"""Guests of many years in one list: "leaders who have visited include A in 1989, B in 1995"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Doc, Token

from pipeline.discourse.factuality import Fact, fact_of_verb
from pipeline.discourse.scene import Actor, Spot
from pipeline.discourse.tables import words
from pipeline.discourse.timing.of_trips import When
from pipeline.labels import OBJECTS, PRESENT
from pipeline.neighbours import word_behind
from pipeline.reference.countries import is_country
from pipeline.signs import OPENS_LIST
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.lists.guest_lists import list_end, listed
from pipeline.stages.visits.lists.list_openings import is_of_running_time, is_on_trip
from pipeline.stages.visits.nouns.trip_topics import is_topic
from pipeline.stages.visits.tables import noun_rules, word_set
from pipeline.stages.visits.travellers.forerunners import trip_told
from pipeline.stages.visits.triggers import lemma_of

#: How far behind the visits the words may stand behind which the guests are listed, in tokens.
_REACH = 20
#: How many words may stand between those words and the first guest.
_LEAD_IN = 8
_SCORE = 0.85


def past_guests(
    reader: ArgumentReader, token: Token, found: Sequence[Candidate]
) -> list[Candidate]:
    """Return what a trigger tells of each guest that is listed behind it, else what was found.

    "Kenyan leaders who have visited Malta include President Moi in 1989 and Minister Musyoka in
    1995" fires; "the leaders who visited Malta include it among their friends" does not.
    """
    if lemma_of(token.lower_, token.lemma_) not in word_set("visits_of_many") or is_topic(token):
        return list(found)  # "the agenda for the visit to Malta includes talks"
    link = _link(reader, token)
    if not link or any(_is_named(c, link) for c in found):
        return list(found)
    first = range(link, min(link + _LEAD_IN + 1, len(token.doc)))
    if not any(r.name or r.kind == "office" for i in first for r in reader.scene.at(i)):
        return list(found)  # before the whole list is read
    sentence = reader.scene.sentence(token.i)
    if is_on_trip([*sentence.doc[sentence.start : link]]):
        return list(found)  # "Other senators on the trip include A": they go along
    stop = list_end(reader, link, sentence)
    guests = [a for a in listed(reader, link, stop) if a.reference.name]
    model = _model(reader, token, link, found)
    if model is None or not guests or guests[0].token - link > _LEAD_IN:
        return list(found)
    if _has_event_behind(token, link):  # "travelled to Lima for the funeral": its days are theirs
        model = replace(model, notes=tuple(dict.fromkeys((*model.notes, "event"))))
    told = list(_each(reader, model, guests, stop))
    return told or list(found)


def _has_event_behind(token: Token, link: int) -> bool:
    """Tell "Those travelling to Lima for the funeral include", whose guests come to one event."""
    behind = token.doc[token.i + 1 : link]
    return any(
        t.lemma_.lower() in words("event", "rite_told_again") and t.head.lower_ in {"for", "attend"}
        for t in behind
    )


def _is_named(candidate: Candidate, link: int) -> bool:
    """Tell a trip of someone who is named before the list."""
    actor = candidate.actor
    return actor is not None and actor.reference.name is not None and actor.token < link


def _link(reader: ArgumentReader, token: Token) -> int:
    """Return the token behind the words that begin the list, 0 where none do."""
    doc, sentence = token.doc, reader.scene.sentence(token.i)
    ahead = {t.lower_ for t in doc[sentence.start : token.i]}
    for i in range(token.i + 1, min(sentence.end - 1, token.i + _REACH)):
        word = doc[i]
        if any(r.kind == "person" and r.form == "name" for r in reader.scene.at(i)):
            return 0
        if word.lower_ in word_set("<include>"):
            return 0 if doc[i + 1].tag_ == "VBG" else i + 1  # "a visit that includes meeting A"
        if word.lower_ in word_set("list_is") and ahead & word_set("some_of_many"):
            return i + 1
        if (size := _names_some(doc, i)) and _owner(reader, token) is not None:
            return i + size
    return 0


def _names_some(doc: Doc, i: int) -> int:
    """Return how long the words at a token are behind which guests of a land are named.

    "Peru's visitors last month were A and B", "Peru has seen many guests, such as A", "guests: A".
    """
    if doc[i].text in OPENS_LIST or doc[i].lower_ in word_set("list_is"):
        return 1
    sizes = (2, 1)
    return next((n for n in sizes if doc[i : i + n].text.lower() in word_set("names_some")), 0)


def _model(
    reader: ArgumentReader, token: Token, link: int, found: Sequence[Candidate]
) -> Candidate | None:
    """Return the telling of all of them, of whom no one is named; None where no place is told.

    "The guests at the summit include A" tells of none that came with the visits told before.
    """
    to_come = _is_to_come(token, link)
    for candidate in found:
        if not candidate.destination:
            continue
        if candidate.status == "ongoing":  # "visits to Malta include", of all times
            return replace(candidate, fact=_fact(token, link, to_come=to_come))
        return candidate if candidate.status in {"completed", "planned"} else None
    behind = range(token.i + 1, min(token.i + 3, link))  # not "guests include Peru's X"
    whence = word_behind(token) == "from"  # "guests from ten lands, including Peru's X"
    spot = None if whence else next((s for at in behind for s in reader.scene.spots(at)), None)
    spot = spot or _owner(reader, token)
    of_event = any(t.lemma_.lower() in words("event") for t in token.doc[token.i + 1 : link])
    told = trip_told(reader, token) if spot is None and not of_event else None
    if told is not None and "event" in told.notes:
        told = None  # "told a forum in Lima of her funeral's guests. Guests include A"
    spot = spot or (told.spot if told is not None else None)
    if spot is None:
        return None
    return reader.make(
        noun_rules()["visit"],
        token,
        actor=None,
        spot=spot,
        fact=_fact(token, link, to_come=to_come),
        score=_SCORE,
    )


def _owner(reader: ArgumentReader, token: Token) -> Spot | None:
    """Return the Peru of "Peru's guests (recent visitors) have included A and B".

    So of "Peru (the port of Lima) has seen a string of visitors, including A and B".
    """
    if token.lemma_.lower() not in word_set("guest_noun"):
        return None
    owners = [c for c in token.children if c.dep_ == "poss"] or _hosting(reader, token)
    spots = (s for c in owners for s in reader.scene.spots(c.i) if is_country(s.country))
    return next(spots, None)


def _hosting(reader: ArgumentReader, guests: Token) -> list[Token]:
    """Return the subject of "has seen", "has had" over guests, or over a string of them."""
    head = guests
    while head.dep_ == "pobj" and head.head.lower_ == "of":
        head = head.head.head
    verb = head.head
    if head.dep_ not in OBJECTS or verb.lemma_ not in word_set("sees_guests"):
        return []
    subject = reader.scene.subject(verb)
    return [t for t in subject.subtree if t.i < verb.i] if subject is not None else []


def _fact(token: Token, link: int, *, to_come: bool) -> Fact:
    """Return what is told of all: "visitors to Malta this week include A" who are there."""
    if to_come:
        return Fact("planned")
    now = token.doc[link - 1].tag_ in PRESENT and is_of_running_time(token.doc[token.i : link])
    return Fact("ongoing", weak=True) if now else Fact("completed")


def _is_to_come(token: Token, link: int) -> bool:
    """Tell "visitors in the coming weeks include", "those travelling to Lima are"."""
    if token.tag_ == "VBG" and fact_of_verb(token).status == "planned":
        return True
    said = {t.lower_ for t in token.doc[token.i : link]}
    return bool(said & word_set("still_to_come"))


def _each(
    reader: ArgumentReader, model: Candidate, guests: Sequence[Actor], stop: int
) -> Iterator[Candidate]:
    """Yield a telling for each guest, dated by what stands between him and the next."""
    ends = [reader.scene.bounds(guest.reference)[1] for guest in guests]
    nexts = [*(reader.scene.bounds(guest.reference)[0] for guest in guests[1:]), stop]
    one_time = not reader.clock.between(ends[0], stop)
    for guest, end, following in zip(guests, ends, nexts, strict=True):
        origin = guest.country or model.origin
        if origin in {None, model.destination}:
            continue
        dates = reader.clock.between(end, following)
        when = model.when if one_time else When()
        if dates:
            when = reader.clock.when([reader.scene.doc[dates[0][0]]], phase="whole")
        yield replace(
            model,
            at=end - 1,
            actor=guest,
            origin=origin,
            when=when,
            day=None,
            score=_SCORE,
            count=1,
            first=False,
            stops=None,
            tour=False,
        )


__all__ = ["past_guests"]
