"""Joint press conferences, and who has come to them: "at a press conference with A in Cairo"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from pipeline.discourse.factuality import Fact, fact_of_verb, governing_verb
from pipeline.discourse.scene import Actor, Spot
from pipeline.discourse.tables import words
from pipeline.labels import VERBS
from pipeline.neighbours import prep_objects
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.hosts.at_home import is_seated
from pipeline.stages.visits.meetings.meeting_places import lead_place
from pipeline.stages.visits.meetings.talks import around_meeting
from pipeline.stages.visits.tables import verb_rules, word_set


def beside_host(reader: ArgumentReader, noun: Token) -> Iterator[Candidate]:
    """Read "at a joint press conference with A in Cairo": who is not at home there has come.

    So at one of which a report from Cairo tells, with one of the two at home there.
    """
    rule = next(r for r in verb_rules()["hold"] if r.id == "hold_talks")
    verb = governing_verb(noun)
    doc = reader.scene.doc
    before = {t.lower_ for t in doc[max(0, noun.i - 3) : noun.i]}
    fact = fact_of_verb(verb) if verb is not None else Fact(None)
    if not before & word_set("of_press") or fact.status is None:
        return
    if reader.is_remote(noun) or before & words("remote"):
        return  # "a video press conference"
    beside = prep_objects(noun, "with", "alongside")
    sides = [a for head in beside for a in reader.scene.actors(head)]
    spot = _told_behind(reader, noun)
    if spot is None and verb is not None and sides and fact.reason != "pluperfect":
        teller = reader.scene.subject(verb)
        sides = [*(reader.scene.actors(teller) if teller is not None else ()), *sides]
        spot = _told_over(reader, noun, verb, sides)
    for guest in sides:
        named = guest.reference.name and guest.reference.role_kind
        if spot is None or guest.is_party or not named or is_seated(guest, spot.country):
            continue
        if guest.country not in {None, spot.country} and not guest.reference.guessed:
            yield reader.make_met(rule, noun, actor=guest, spot=spot, fact=fact)


def _told_over(
    reader: ArgumentReader, noun: Token, verb: Token, sides: Sequence[Actor]
) -> Spot | None:
    """Return the city of "said in Cairo during a joint press conference with A", else the report's.

    Of the latter one of the two must be at home there, as of talks.
    """
    if around_meeting(noun) not in word_set("in_a_meeting"):
        return None
    told = reader.local_spot(verb, None)
    if told is None:
        spot = lead_place(reader, verb, sides)
        return None if spot is not None and _is_out(reader, noun, sides, spot) else spot
    return told if told.is_town and told.start < noun.i else None


def _is_out(reader: ArgumentReader, noun: Token, sides: Sequence[Actor], home: Spot) -> bool:
    """Tell of one at home where a report is from that he has gone abroad: there they spoke."""
    number = reader.scene.sentence_of[noun.i]
    at_home = [side for side in sides if side.country == home.country]
    return any(
        told.is_of(side) and told.destination not in {None, home.country}
        for told in reader.told
        if told.status == "ongoing"
        or (told.status == "completed" and number - reader.scene.sentence_of[told.at] <= 1)
        for side in at_home
    )


def _told_behind(reader: ArgumentReader, noun: Token) -> Spot | None:
    """Return the city "in" which a press conference is held, before another verb."""
    doc = reader.scene.doc
    for i in range(noun.i + 1, reader.scene.sentence(noun.i).end):
        if doc[i].pos_ in VERBS:
            return None
        if doc[i].lower_ in {"in", "at"}:
            spots = reader.scene.spots(i + 1)
            if spots and spots[0].is_town:
                return spots[0]
    return None


__all__ = ["beside_host"]
