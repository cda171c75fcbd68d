"""The days of each of several trips that are told in one clause: "in 2011, 2015 and 2018"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Doc, Token

from pipeline.discourse.factuality import governing_verb
from pipeline.discourse.scene import Actor, Spot
from pipeline.discourse.tables import words
from pipeline.discourse.timing.days import to_month
from pipeline.discourse.timing.now import of_now
from pipeline.discourse.timing.of_trips import When, partial
from pipeline.iso_lengths import DAY
from pipeline.labels import FINITE, PAST, PLURALS, VERBS
from pipeline.neighbours import text_at
from pipeline.signs import OPENS_LIST
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.days.in_turn import in_turn
from pipeline.stages.visits.hosts.visited_by import own_dates
from pipeline.stages.visits.nouns.counts import counted_behind
from pipeline.stages.visits.tables import word_set
from pipeline.stages.visits.travellers.forerunners import behind_names, date_in_bracket

#: Within how many tokens behind "as" the date of an office stands.
_POST_REACH = 9
#: How exact the dates of counted trips are.
_GRAINS = frozenset({"year", "month", "day"})


def each_date(reader: ArgumentReader, made: Sequence[Candidate]) -> list[Candidate]:
    """Part the trips of "visited Lima in 2011, 2015 and 2018", "visits to Lima in May and June"."""
    if paired := in_turn(reader, made) or _own_days(reader, made) or _in_brackets(reader, made):
        return paired
    places = {c.spot.country for c in made if c.spot is not None}
    found: list[Candidate] = []
    if len(places) == 1 and (each_once := _one_date_each(reader, made)):
        return each_once
    for model in made:
        single = model.status == "completed" and model.spot is not None and len(places) == 1
        dates = listed_dates(reader, _from(reader, model)) if single else []
        if single and not dates and model.count in {1, 2}:
            dates = _opening(reader, model)
        if single and len(dates) < 2:
            dates = _counted(reader, model) or dates
        if single and not dates:
            dates = _in_posts(reader, _from(reader, model))
        if single and len(dates) == 1 and model.count == 1:
            dates += _again(reader, dates[0])
        if len(dates) < 2 or model.count not in {0, 1, len(dates)}:
            found.append(model)
            continue
        for number, at in enumerate(dates):
            when = reader.clock.when([reader.scene.doc[at]], phase="whole")
            own = replace(model, when=when, day=None, count=1)
            found.append(own if not number else replace(own, at=at, first=False, hosts=()))
    return found


def _one_date_each(reader: ArgumentReader, made: Sequence[Candidate]) -> list[Candidate]:
    """Give A of "A and B visited Peru in 1987 and 2004" the first of as many dates, B the other.

    Not of "both A and B visited Peru in 1987 and 2004".
    """
    goers = [c.actor for c in made if c.actor is not None and c.actor.reference.name]
    alone = len({actor.key for actor in goers}) == len(made) > 1
    if not alone or any(c.status != "completed" or c.spot is None for c in made):
        return []
    dates = listed_dates(reader, _from(reader, made[0]))
    sentence = reader.scene.sentence(made[0].at)
    before = {t.lower_ for t in sentence if t.i < made[0].at}
    if len(dates) != len(made) or not before.isdisjoint(word_set("each_of_those")):
        return []
    told = sorted(made, key=lambda c: c.actor.token if c.actor is not None else 0)
    days = (reader.clock.when([reader.scene.doc[at]], phase="whole") for at in dates)
    return [replace(c, when=when, day=None) for c, when in zip(told, days, strict=True)]


def _in_brackets(reader: ArgumentReader, made: Sequence[Candidate]) -> list[Candidate]:
    """Give each of "A (1981) and B (1984) have visited Peru" the year of his own bracket.

    So each of "visits to Peru by presidents A in 1981 and B in 1984".
    """
    actors = [c.actor for c in made if c.actor is not None]
    if len({actor.key for actor in actors}) < max(2, len(made)):
        return []
    named = (_by_name(reader, actor) for actor in actors)
    days = [date_in_bracket(reader, actor) or own_dates(reader, actor) for actor in named]
    if not all(days) or any(c.status != "completed" for c in made):
        return []
    dates = (reader.clock.when(day, phase="whole") for day in days)
    return [
        replace(c, when=of_phase(c, when), day=None) for c, when in zip(made, dates, strict=True)
    ]


def _by_name(reader: ArgumentReader, actor: Actor) -> Actor:
    """Return A where he is named of "presidents of Peru – A in 1981, B in 1984", else the actor."""
    end = reader.scene.sentence(actor.token).end
    told = ((r, i) for i in range(actor.token + 1, end) for r in reader.scene.at(i))
    names = (Actor(r, i) for r, i in told if r.kind == "person" and r.actor == actor.key)
    return next(names, actor)


def _opening(reader: ArgumentReader, model: Candidate) -> list[int]:
    """Return the years of "In 1993 and 1995 the premier visited Lima", no other verb before it.

    Not those of "In 1993 and 1995, when the two were at war, the premier visited Lima".
    """
    doc, start = reader.scene.doc, reader.scene.sentence(model.at).start
    dates = listed_dates(reader, start)
    if len(dates) < 2 or any(t.pos_ in VERBS for t in doc[dates[0] : model.at]):
        return []
    told = {reader.clock.after(at) for at in dates}
    return dates if model.when.start in told else []


def _own_days(reader: ArgumentReader, made: Sequence[Candidate]) -> list[Candidate]:
    """Give each land of "a visit by X to Peru on Monday and to Chile on Tuesday" its own day."""
    spots = [c.spot for c in made if c.spot is not None]
    if len(spots) < len(made) or len({spot.country for spot in spots}) < 2:
        return []
    days = [reader.clock.behind(spot.end) or _day_before(reader, spot) for spot in spots]
    if not all(days) or len({day for each in days for day in each}) < len(spots):
        return []
    told = zip(made, days, strict=True)
    return [replace(c, when=_day_of(reader, c, date[0]), day=None) for c, date in told]


def _day_before(reader: ArgumentReader, spot: Spot) -> list[Token]:
    """Return the date right before a further place: "and later that year to Quito"."""
    end = spot.start - 1
    if text_at(reader.scene.doc, end) != "to" or end - 1 not in reader.clock.covered:
        return []
    before = reader.clock.between(reader.scene.sentence(end).start, end)
    return [reader.scene.doc[start] for start, last, _ in before if last == end]


def _day_of(reader: ArgumentReader, trip: Candidate, date: Token) -> When:
    """Return the days that a date right behind a place gives a trip that is told of by a noun."""
    when, scene = reader.clock.when([date], phase="whole"), reader.scene
    found = next((told for _, _, told in reader.clock.between(date.i, date.i + 1)), None)
    if found is not None:
        pair = partial(found)
        if pair is not None and pair[0] != when.start:
            when = When(*pair)  # "in July 1993 and later that year to Quito", read as July
        when = of_now(when, found, trip.fact, verb=None, scene=scene, own=True, trip=None)
    return of_phase(trip, when)


def of_phase(trip: Candidate, when: When) -> When:
    """Return only the first day for "arrived in Lima on Monday", the month for "received A"."""
    if "inside" in trip.notes:
        return to_month(when)
    one = trip.phase == "arrive" and len(when.start or "") == DAY and when.start == when.end
    return When(when.start) if one else when


def _in_posts(reader: ArgumentReader, at: int) -> list[int]:
    """Return the dates of "visited Lima as premier in 2004 and as speaker in 2016".

    So of "visited Lima and met the king as premier in 2004 and as speaker in 2016", of "visited
    Lima twice: as premier in 2004 and as speaker in 2016".
    """
    doc, found = reader.scene.doc, list[int]()
    starts, end = reader.clock.starts, reader.scene.sentence(at - 1).end
    if (counted := counted_behind(reader.scene, at)) is not None:
        at = counted[1]
    at += text_at(doc, at) in {",", ":", "-", "–", "—"}
    if text_at(doc, at) == "and" and at + 1 < end and doc[at + 1].tag_ in PAST:
        deed = next((i for i in range(at + 2, end) if doc[i].lower_ == "as"), end)
        alone = not any(t.tag_ in FINITE or t.i in starts for t in doc[at + 2 : deed])
        at = deed if alone else at
    while at < end and doc[at].lower_ == "as":
        date = next((i for i in range(at, min(end, at + _POST_REACH)) if i in starts), None)
        told = doc[at:date] if date is not None else ()
        offices = any(r.role_kind for t in told for r in reader.scene.at(t.i))
        if date is None or not offices or any(t.pos_ in VERBS for t in told):
            break
        found.append(date)
        at = next((i + 1 for i in range(date, end) if doc[i].lower_ == "and"), end)
    return found if len(found) > 1 else []


def _counted(reader: ArgumentReader, model: Candidate) -> list[int]:
    """Return the dates of "visited Lima twice: in 1999 for talks, and in 2003 for a wedding".

    As many as are counted, and no other: not of "visited Lima three times, the last in 2003".
    """
    at, doc = _from(reader, model), reader.scene.doc
    at += text_at(doc, at) == "on"
    counted = counted_behind(reader.scene, at)
    if counted is None and text_at(doc, at + 1) in word_set("occasions"):
        counted = (model.count, at + 2)  # "on three occasions"
    if counted is None or counted[0] < 2 or text_at(doc, counted[1]) not in OPENS_LIST:
        return []
    first, end = counted[1] + 1, reader.scene.sentence(at).end
    told = [(s, e) for s, e, d in reader.clock.between(first, end) if d.grain in _GRAINS]
    dates = [start for start, _ in told]
    opens = bool(dates) and {t.lower_ for t in doc[first : dates[0]]} <= word_set("opens_counted")
    if len(dates) != counted[0] or not opens or not all(_is_joined(doc, at) for at in dates[1:]):
        return []
    others = (
        t.dep_ in {"relcl", "advcl"} or t.dep_ in {"aux", "auxpass"}
        for t in doc[first : dates[-1]]
        if t.tag_ in FINITE
    )
    acts = any(t.tag_ in FINITE for t in doc[told[-1][1] : told[-1][1] + 1])
    return dates if all(others) and not acts else []


def _is_joined(doc: Doc, at: int) -> bool:
    """Tell the date at a token of ", in May", "and again in May" from that of "a pact of May"."""
    while at and text_at(doc, at - 1) in word_set("opens_counted") - {",", "and"}:
        at -= 1
    return text_at(doc, at - 1) in {",", "and", ";"}


def _from(reader: ArgumentReader, model: Candidate) -> int:
    """Return behind what the dates of trips stand: their place, else what is visited.

    The place of "attended both forums, in 2017 and 2019" is told elsewhere.
    """
    verb = reader.scene.doc[model.at]
    if model.spot is not None and model.spot.start > verb.i:
        end = model.spot.end
        by = text_at(reader.scene.doc, end) == "by"  # "visits to Lima by the premier, A, in"
        return behind_names(reader, end + 1) if by else _behind_trip(reader.scene.doc, end)
    behind = [c for c in verb.children if c.dep_ in {"dobj", "obj", "prep"} and c.i > verb.i]
    nouns = [t for head in behind for t in (head, *head.children) if t.tag_ in PLURALS]
    last = max((t.i for t in nouns), default=verb.i)
    return model.spot.end if model.spot is not None and last == verb.i else last + 1


def _behind_trip(doc: Doc, at: int) -> int:
    """Return the token behind "on a private visit" at token `at`, else that token."""
    if text_at(doc, at) != "on":
        return at
    trips = [c.i for c in doc[at].children if c.lemma_ in words("trip_noun")]
    return trips[0] + 1 if trips else at


def listed_dates(reader: ArgumentReader, at: int) -> list[int]:
    """Return where the months or years of a list begin that stands at a token, behind a place."""
    doc = reader.scene.doc
    end = reader.scene.sentence(min(at, len(doc) - 1)).end
    found: list[int] = []
    for start, behind, date in reader.clock.between(at, end):
        between = {token.lower_ for token in doc[at:start]}
        link = word_set("joins_dates") if found else word_set("before_dates")
        deed = any(t.pos_ in VERBS for t in doc[behind : behind + 1])
        told = not found or governing_verb(doc[start]) == governing_verb(doc[found[0]])
        told = told and not (found and deed)
        told = told and not (found and _leads_elsewhere(reader, behind))
        if date.grain not in {"year", "month"} or not between <= link or not told:
            break  # "went to Lima in 2018 and in 2019 signed a pact"
        found.append(start)
        at = behind
    return found


def _leads_elsewhere(reader: ArgumentReader, behind: int) -> bool:
    """Tell the later date of "went to Lima in July 1993 and later that year to Quito"."""
    to = text_at(reader.scene.doc, behind) in {"to", "in", "at"}
    return to and bool(reader.scene.spots(behind + 1))


def _again(reader: ArgumentReader, first: int) -> list[int]:
    """Return the date of "travelled to Lima in 2010, to open a school, and again in 2011"."""
    doc, end = reader.scene.doc, reader.scene.sentence(first).end
    for start, _, date in reader.clock.between(first + 1, end):
        before = doc[first + 1 : start]
        if any(t.tag_ in FINITE and t.dep_ not in {"relcl", "advcl"} for t in before):
            break
        at = start - 1 - (doc[start - 1].lower_ in {"in", "on"})
        told = {t.lower_ for t in doc[max(first, at - 2) : at + 1]}
        once_more = doc[at].lower_ == "again" or doc[at - 1 : at + 1].text.lower() == "once more"
        if once_more and told & {"and", ","} and date.grain in {"year", "month", "week", "day"}:
            return [start]
    return []


__all__ = ["each_date", "listed_dates", "of_phase"]
