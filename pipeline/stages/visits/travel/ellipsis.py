"""Trips told without a verb of their own: "as did B", "so will C", "and D in August"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from spacy.tokens import Doc, Token

from models.entity import PERSONAL_KINDS
from pipeline.discourse.factuality import Fact, fact_of_verb, governing_verb
from pipeline.discourse.scene import Actor, Spot
from pipeline.discourse.tables import words
from pipeline.discourse.timing.days import to_month
from pipeline.discourse.timing.now import of_now
from pipeline.discourse.timing.of_trips import When
from pipeline.discourse.verb_forms import tense_of
from pipeline.iso_lengths import DAY
from pipeline.labels import AUXILIARIES, FINITE, NOUNS, OBJECTS, PAST, PLURALS, VERBS
from pipeline.neighbours import agents_of, text_at
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.days.in_turn import in_turn
from pipeline.stages.visits.lists.guest_lists import list_end, listed
from pipeline.stages.visits.tables import word_set
from pipeline.stages.visits.tours.lands_besides import lands_besides
from pipeline.stages.visits.travellers.forerunners import behind_names, came_before, list_at

_COMPLEMENTS = OBJECTS | {"acomp", "attr", "xcomp", "ccomp"}
#: How many sentences back the verb that is left out may stand.
_REACH = 1
#: Within how many tokens behind "as" the date of an office stands.
_POST_REACH = 9


@lru_cache(maxsize=1)
def likewise_words() -> frozenset[str]:
    """Return the words at which `likewise` reads."""
    return word_set("likewise_auxiliary", "since_whom") | {"followed"}


def likewise(reader: ArgumentReader, token: Token) -> Iterator[Candidate]:
    """Read "as did B", "so will C", ", followed by D": the trip told last, of another."""
    yield from came_before(reader, token)
    if token.lower_ not in word_set("likewise_auxiliary") | {"followed"}:
        return
    actors = _likewise_actors(reader, token)
    model = _last_told(reader, token, reader.told)
    if model is None or not actors or not _goes_with(token, token.doc[model.at]):
        return
    # "will be followed by D" as well
    future = token.lower_ in {"will", "would"} or tense_of(token) in {"future", "infinitive"}
    for actor in actors:
        if actor.country is None or actor.country == model.destination:
            continue
        named = reader.scene.bounds_of(actor.reference)[1]
        ends = (named, behind_names(reader, named), token.i + 1, token.i + 3)
        dates = next((found for end in ends if (found := reader.clock.behind(end))), [])
        fact = replace(model.fact, status="planned") if future else model.fact
        if _is_done_before(token):
            fact = Fact("completed")
        yield replace(
            model,
            rule="likewise",
            at=token.i,
            actor=actor,
            origin=actor.country,
            fact=fact,
            when=reader.clock.when(dates, phase="whole") if dates else model.when,
            score=model.score * 0.85,
            first=False,
            kind=None,
            hosts=(),
        )


def _likewise_actors(reader: ArgumentReader, token: Token) -> list[Actor]:
    doc = token.doc
    if token.lower_ == "followed":
        heads = agents_of(token)
        return [a for h in heads for a in reader.scene.actors(h) if a.reference.name]
    before = doc[token.i - 1] if token.i else None
    too = before is not None and doc[max(0, token.i - 2) : token.i].text.lower() == "so too"
    if before is not None and (before.lower_ in {"as", "so"} or too):
        return list_at(reader, token.i + 1) or _named_behind(reader, token.i + 1)
    # "as Benedict XVI had in 2012", "after B did", "B did the same"
    behind = doc[token.i + 1 : token.i + 3].text.lower()
    same = behind.split(" ")[0] == "likewise" or behind in word_set("the_same_done")
    for reference in reader.scene.at(token.i - 1) if token.i else ():
        start = reader.scene.bounds(reference)[0]
        led = start > 0 and doc[start - 1].lower_ in word_set("likewise_of")
        led = led and token.dep_ not in AUXILIARIES and not _is_completed(token)
        if reference.kind in PERSONAL_KINDS and reference.form != "pronoun" and (led or same):
            last = Actor(reference, token.i - 1, 0.9)
            return reader.scene.actors_before(last) if same else [last]
    return []


def _is_completed(did: Token) -> bool:
    """Tell the "is" of "before B is due", the "did" of "after B did harm" from "after B did"."""
    return any(c.dep_ in _COMPLEMENTS and c.i > did.i for c in did.children)


def _is_done_before(did: Token) -> bool:
    """Tell "is there a week after B did", "came two days after B had"."""
    mark = next((c for c in did.children if c.lower_ == "after" and c.i < did.i), None)
    before = did.doc[mark.i - 1].lemma_ if mark is not None and mark.i else ""
    return before in word_set("passed_since")


def _goes_with(did: Token, told: Token) -> bool:
    """Tell "A arrived, as did B" from "while A was in Lima caused alarm, as did B's words"."""
    head, node = did.head, told
    if did.dep_ != "advcl" or head.pos_ not in VERBS:
        return True
    while node != head:
        if node.head == node or (node.pos_ in VERBS and any(c.dep_ == "nsubj" for c in node.lefts)):
            return False
        node = node.head
    return True


def _named_behind(reader: ArgumentReader, at: int) -> list[Actor]:
    """Return A and B of "as will two old friends -- A and B", "so too will his father, A"."""
    sentence = reader.scene.sentence(at)
    found = listed(reader, at, list_end(reader, at, sentence))
    return [actor for actor in found if actor.reference.name]


def _last_told(reader: ArgumentReader, token: Token, told: Sequence[Candidate]) -> Candidate | None:
    number = reader.scene.sentence_of[token.i]
    for candidate in reversed(told):
        if number - reader.scene.sentence_of[candidate.at] > _REACH:
            return None
        actor = candidate.actor
        several = actor is not None and actor.reference.plural and token.lower_ != "will"
        if actor is not None and not several and candidate.status is not None:
            return candidate
    return None


def gapped_dates(
    reader: ArgumentReader, verb: Token, made: Sequence[Candidate]
) -> Iterator[Candidate]:
    """Read "and Kenya's Kenyatta in August" behind "Ghana's Akufo-Addo was here in June".

    So of "will be here in June"; B of "arrived on Monday, and B on Tuesday" has a first day alone.
    """
    told = {"completed", "planned"}
    whole = [c for c in made if c.status in told]
    if not whole or fact_of_verb(verb).status not in told:
        return
    model = whole[0]
    scene, doc = reader.scene, verb.doc
    starts = reader.clock.starts
    for at in range(verb.i + 2, scene.sentence(verb.i).end):
        dated = doc[at].lower_ in {"in", "on"} and starts & {at + 1, at + 2}
        if not dated and at not in starts:
            continue
        for reference in scene.at(at - 1):
            start, end = scene.bounds(reference)
            actor = Actor(reference, at - 1, 0.9)
            land = _land_of_gap(actor, model)
            if end != at or land in {None, model.destination} or _is_argument(doc, start):
                continue
            beside = any(t.pos_ == "VERB" for t in doc[verb.i + 1 : start])
            if model.status == "planned" and beside:
                continue  # "will be in Lima on Friday to meet A and B's president on Saturday"
            both = any(c.is_of(actor) for c in made) and not starts & {*range(verb.i, start)}
            if both or model.is_of(actor):
                continue  # "received A and B on Monday": both on that day
            for when in _whens_of_gap(reader, at):
                yield replace(
                    model,
                    at=at - 1,
                    actor=actor,
                    origin=land,
                    when=_of_phase(model, when),
                    score=model.score * 0.85,
                    first=False,
                    count=1,
                    kind=None,
                    hosts=(),
                )


def _land_of_gap(told: Actor, model: Candidate) -> str | None:
    """Return whose trip a date alone tells of, None where it tells of nobody who may travel.

    Kennedy of "President Eisenhower was here in 1959, Kennedy in 1961" is of the same land.
    """
    reference, first = told.reference, model.actor
    if reference.form == "pronoun" or reference.plural:
        return None
    if reference.kind == "office":
        return told.country if reference.role_kind else None
    if reference.kind != "person":
        return None
    ruled = first is not None and first.reference.role_kind in words("crowned")
    return told.country or (model.origin if ruled else None)


def _whens_of_gap(reader: ArgumentReader, at: int) -> Iterator[When]:
    """Yield the days of "Nixon in 1969 and 1970", a trip each, or of the one date at token `at`."""
    doc = reader.scene.doc
    dates = [[doc[i]] for i in _listed_dates(reader, at)]
    for date in dates or [reader.clock.behind(at) or [doc[at]]]:
        yield reader.clock.when(date, phase="whole")


def gapped_lands(
    reader: ArgumentReader, verb: Token, made: Sequence[Candidate]
) -> Iterator[Candidate]:
    """Read "and Britain in May" behind "visited Peru in March to open a fair": another trip.

    Only a country that is joined to the verb, and that has days of its own. So Peru of "Besides
    Peru, she will visit Chile".
    """
    yield from lands_besides(reader, verb, made)
    seen = {c.destination for c in made}
    model = next((c for c in made if c.spot is not None and c.spot.start > verb.i), None)
    if model is None or model.status not in {"completed", "planned"}:
        return
    for land in verb.children:
        spots = reader.scene.spots(land.i) if land.dep_ == "conj" and land.pos_ in NOUNS else []
        when = _dated_behind(reader, spots)
        if not when or spots[0].country in seen or verb.doc[land.i - 1].dep_ != "cc":
            continue
        yield replace(
            model,
            at=land.i,
            spot=spots[0],
            destination=spots[0].country,
            when=_of_phase(model, when),
            day=None,
            score=model.score * 0.85,
            first=False,
            count=1,
            hosts=(),
        )


def _dated_behind(reader: ArgumentReader, spots: Sequence[Spot]) -> When:
    """Return the days that stand right behind the one place of a list of one.

    Not those of "Ghana in May signed it", a clause of its own.
    """
    days = reader.clock.behind(spots[0].end) if len(spots) == 1 else []
    if not days:
        return When()
    end = next(i for i in range(days[-1].i, len(days[-1].doc) + 1) if i not in reader.clock.covered)
    signed = any(t.tag_ in FINITE for t in days[-1].doc[end : end + 1])
    return When() if signed else reader.clock.when(days, phase="whole")


def each_date(reader: ArgumentReader, made: Sequence[Candidate]) -> list[Candidate]:
    """Part the trips of "visited Lima in 2011, 2015 and 2018", "visits to Lima in May and June"."""
    if paired := in_turn(reader, made) or _own_days(reader, made):
        return paired
    places = {c.spot.country for c in made if c.spot is not None}
    found: list[Candidate] = []
    for model in made:
        single = model.status == "completed" and model.spot is not None and len(places) == 1
        dates = _listed_dates(reader, _from(reader, model)) if single else []
        if single and not dates and model.count == 1:
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


def _own_days(reader: ArgumentReader, made: Sequence[Candidate]) -> list[Candidate]:
    """Give each land of "a visit by X to Peru on Monday and to Chile on Tuesday" its own day."""
    spots = [c.spot for c in made if c.spot is not None]
    if len(spots) < len(made) or len({spot.country for spot in spots}) < 2:
        return []
    days = [reader.clock.behind(spot.end) for spot in spots]
    if not all(days) or len({day for each in days for day in each}) < len(spots):
        return []
    told = zip(made, days, strict=True)
    return [replace(c, when=_day_of(reader, c, date[0]), day=None) for c, date in told]


def _day_of(reader: ArgumentReader, trip: Candidate, date: Token) -> When:
    """Return the days that a date right behind a place gives a trip that is told of by a noun."""
    when, scene = reader.clock.when([date], phase="whole"), reader.scene
    found = next((told for _, _, told in reader.clock.between(date.i, date.i + 1)), None)
    if found is not None:
        when = of_now(when, found, trip.fact, verb=None, scene=scene, own=True, trip=None)
    return _of_phase(trip, when)


def _of_phase(trip: Candidate, when: When) -> When:
    """Return only the first day for "arrived in Lima on Monday", the month for "received A"."""
    if "inside" in trip.notes:
        return to_month(when)
    one = trip.phase == "arrive" and len(when.start or "") == DAY and when.start == when.end
    return When(when.start) if one else when


def _in_posts(reader: ArgumentReader, at: int) -> list[int]:
    """Return the dates of "visited Lima as premier in 2004 and as speaker in 2016".

    So of "visited Lima and met the king as premier in 2004 and as speaker in 2016".
    """
    doc, found = reader.scene.doc, list[int]()
    starts, end = reader.clock.starts, reader.scene.sentence(at - 1).end
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


def _listed_dates(reader: ArgumentReader, at: int) -> list[int]:
    """Return where the months or years of a list begin that stands behind a place."""
    doc, end = reader.scene.doc, reader.scene.sentence(at - 1).end
    found: list[int] = []
    for start, behind, date in reader.clock.between(at, end):
        between = {token.lower_ for token in doc[at:start]}
        link = word_set("joins_dates") if found else word_set("before_dates")
        deed = any(t.pos_ in VERBS for t in doc[behind : behind + 1])
        told = not found or governing_verb(doc[start]) == governing_verb(doc[found[0]])
        told = told and not (found and deed)
        if date.grain not in {"year", "month"} or not between <= link or not told:
            break  # "went to Lima in 2018 and in 2019 signed a pact"
        found.append(start)
        at = behind
    return found


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


def _is_argument(doc: Doc, start: int) -> bool:
    """Tell whether a name belongs to a phrase rather than opening one behind "and" or a comma."""
    at = start - 1
    while at > 0 and (doc[at].text[:1].isupper() or doc[at].lower_ in {"'s", "’s", "the", "of"}):
        at -= 1
    return doc[at].lower_ not in {"and", ",", ";", ":", "–", "—", "--", "while", "then", "by"}


__all__ = ["each_date", "gapped_dates", "gapped_lands", "likewise", "likewise_words"]
