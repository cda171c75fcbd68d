"""The stops of a journey told by their names alone: "Next stop: Lima", "Peru follows in May"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Token

from models.visit import MADE_OR_PLANNED, OFF
from pipeline.discourse.facts import TIMED
from pipeline.discourse.factuality import Fact, fact_of_noun, fact_of_verb
from pipeline.discourse.noun_clauses import is_among_trips
from pipeline.discourse.scene import Actor, Spot
from pipeline.discourse.tables import words
from pipeline.discourse.timing.days import moved
from pipeline.discourse.timing.of_trips import When
from pipeline.iso_lengths import DAY
from pipeline.labels import FINITE, OBJECTS, OWNER_OR_MODIFIERS, PRESENT, SUBJECTS
from pipeline.neighbours import word_at, word_behind
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.candidate import LAST_STOP, Candidate
from pipeline.stages.visits.tables import noun_rules, word_set
from pipeline.stages.visits.tours.stop_rules import VERBAL, StopRule, stop_rules
from pipeline.stages.visits.tours.whose_itinerary import is_journey, is_plan, tour_of, who_goes_on

_WEEK_DAYS = 7
#: How many tokens behind a place its weekday ends.
_DATE_REACH = 3
#: How far before a place "were" may stand, past those listed before it.
_MARK_REACH = 6


def stops(reader: ArgumentReader, token: Token) -> Iterator[Candidate]:
    """Read a further stop of a journey at a token.

    "Argentina follows on July 4" fires behind a telling of the tour; "Argentina follows France
    in the table" does not.
    """
    rows = stop_rules()
    lower, lemma = token.lower_, token.lemma_.lower()
    for rule, parts in (*rows.get(lower, ()), *rows.get(lemma, ())):
        if rule.form not in VERBAL and not _is_told(token, parts):
            continue
        spots = _spots(reader, token, rule, len(parts))
        traveller = who_goes_on(reader, token, rule) if spots else None
        if traveller is not None:
            # "A and B agreed in Accra", who is at home there and does not go on with A.
            seen = {c.destination for c in reader.told_of(traveller)}
            for each in reader.scene.company_of(traveller, token.i):
                if each.country not in seen:
                    yield from _made(reader, token, rule, traveller=each, spots=spots)
            return


def _is_told(token: Token, parts: Sequence[str]) -> bool:
    """Tell whether a phrase begins at a token."""
    return token.doc[token.i : token.i + len(parts)].text.lower() == " ".join(parts)


def _spots(reader: ArgumentReader, token: Token, rule: StopRule, length: int) -> Sequence[Spot]:
    if rule.form == "subject":
        plain = rule.id != "place_on_plan"
        return _subject_spots(reader, token, plain=plain)
    if rule.form == "covers":
        return _covered(reader, token)
    if rule.form == "agent":
        return _following(reader, token)
    if rule.form == "edge":
        journey = token.pos_ == "VERB" and is_journey(reader, token)
        return reader.places(token, ("in",)) if journey else ()
    doc, at = token.doc, token.i + length
    if rule.form == "day":
        return bare_spots(reader, at) if _heads_line(reader, token) else ()
    while word_at(doc, at) in word_set("before_mark_of_stop"):
        at += 1  # "the first stop will be Lima"
    if word_at(doc, at) in word_set("mark_of_stop"):
        return bare_spots(reader, at + 1)
    return ()


def bare_spots(reader: ArgumentReader, i: int) -> Sequence[Spot]:
    """Return the places at token `i`, if they are no owner's and no verb's subject.

    Not the lands of "Jan. 1: Peru and Chile formally open ties", "May 3: A Chilean team plays".
    """
    spots = reader.scene.spots(i)
    if not spots or reader.scene.is_owner(spots[0].reference) or _is_part(reader, spots[0]):
        return ()
    rest = reader.scene.doc[spots[-1].end : reader.scene.sentence(i).end]
    following = next((t for t in rest if t.pos_ != "ADV"), None)
    if following is not None and following.pos_ in {"VERB", "AUX", "PART"}:
        return ()
    inside = spots[-1].end < reader.scene.sentence(i).end
    return () if inside and reader.scene.at(spots[-1].end) else spots  # "U.S. President A is here"


def _is_part(reader: ArgumentReader, spot: Spot) -> bool:
    """Tell whether a place is what does something, or only says whose what follows is."""
    node = reader.scene.doc[spot.start : spot.end].root
    event = node.head.lemma_.lower() in word_set("engagement", "meets_many")
    return node.head.i > node.i and not event and node.dep_ in SUBJECTS | OWNER_OR_MODIFIERS


def _subject_spots(reader: ArgumentReader, verb: Token, *, plain: bool) -> Sequence[Spot]:
    """Return the place that is the subject of "follows on July 4", "is next".

    And those of "Peru and Chile round out the tour", "are on the itinerary".

    Args:
        plain: whether a place may follow by the verb and a day alone.
    """
    on_plan = tour_of(reader, verb) is not None
    if not on_plan and (
        not plain or any(c.dep_ in {"dobj", "obj", "agent"} for c in verb.children)
    ):
        return ()
    subject = next((c for c in verb.children if c.dep_ in SUBJECTS and c.i < verb.i), None)
    if subject is None or not (on_plan or _says_when(reader, verb)):
        return ()
    spots = reader.scene.spots(subject.left_edge.i)
    named = spots and spots[0].start <= subject.i < spots[0].end + 2
    if not named or reader.scene.is_owner(spots[0].reference):
        return ()
    of_land = any(t.tag_ == "POS" for t in verb.doc[spots[0].start : subject.i])
    return () if of_land and subject.lemma_ not in words("town_noun") else spots  # "its government"


def is_rounded_out(reader: ArgumentReader, tour: Token) -> bool:
    """Tell "Peru and Chile round out the tour", of which its stops tell."""
    verb = tour.head
    rows = stop_rules().get(verb.lemma_.lower(), ()) if tour.dep_ in OBJECTS else ()
    on_plan = any(rule.id == "place_on_plan" for rule, _ in rows)
    return on_plan and bool(_subject_spots(reader, verb, plain=False))


def _says_when(reader: ArgumentReader, verb: Token) -> bool:
    """Tell "is next", "follows on Friday", "came a day later", "comes first"."""
    end = min(reader.scene.sentence(verb.i).end, verb.i + 5)
    dated = bool(reader.clock.between(verb.i + 1, end))
    following = {t.lower_ for t in verb.doc[verb.i + 1 : end]}
    if verb.lemma_ == "be":
        return "next" in following
    return dated or bool(following & {"next", "then", "later", "first", "last"})


def _following(reader: ArgumentReader, verb: Token) -> Sequence[Spot]:
    """Return the place of "visited Lima on Monday, followed by Quito on Friday"."""
    behind = verb.tag_ == "VBN" and word_behind(verb) == "by"
    if not behind or verb.doc[verb.i - 1].text != "," or _visited_there(reader, verb) is None:
        return ()
    return bare_spots(reader, verb.i + 2)


def _visited_there(reader: ArgumentReader, verb: Token) -> Candidate | None:
    """Return the trip told last before a verb in its sentence."""
    number = reader.scene.sentence_of[verb.i]
    near = (c for c in reversed(reader.told) if c.at < verb.i)
    last = next(near, None)
    here = last is not None and reader.scene.sentence_of[last.at] == number
    return last if here and last is not None and last.destination else None


def _covered(reader: ArgumentReader, verb: Token) -> Sequence[Spot]:
    """Return the places of "a round that also took in Tonga and Samoa"."""
    subject = reader.scene.subject(verb)
    if verb.lemma_ in words("plan"):
        return _planned(reader, verb)
    if verb.lemma_ == "be":
        told = subject is not None and _are_lands_on_plan(subject)
        return reader.scene.spots(verb.i + 1) if told else ()
    if verb.lemma_ in word_set("includes_stop"):
        planned = subject is not None and (is_plan(subject) or _are_lands_on_plan(subject))
        direct = reader.scene.spots(verb.i + 1) if planned else ()
        return direct or (_engaged(reader, verb, subject) if subject is not None else ())
    if word_behind(verb) != "in":
        return ()
    noun = verb.head if verb.dep_ == "relcl" else subject
    journeys = word_set("journey")
    if noun is None or not (noun.lemma_ in journeys or noun.lemma_ in noun_rules()):
        return ()
    return reader.scene.spots(verb.i + 2)


def _are_lands_on_plan(noun: Token) -> bool:
    """Tell "the four nations on the itinerary include Tonga and Samoa"."""
    preps = [c for c in noun.children if c.lower_ in {"on", "of", "in"} and c.i > noun.i]
    on_plan = any(is_plan(head) for prep in preps for head in prep.children)
    return noun.tag_ == "NNS" and noun.lemma_.lower() in word_set("land_noun") and on_plan


def _planned(reader: ArgumentReader, verb: Token) -> Sequence[Spot]:
    """Return the places of "Further stops are planned in Tonga and Samoa"."""
    stop = next((c for c in verb.children if c.dep_ == "nsubjpass"), None)
    if stop is None or stop.tag_ != "NNS" or stop.lemma_.lower() not in word_set("leg_noun"):
        return ()
    return reader.places(verb, ("in", "at")) or reader.places(stop, ("in", "at"))


def _engaged(reader: ArgumentReader, verb: Token, subject: Token) -> Sequence[Spot]:
    """Return the places of "the trip will include stops in Tonga", "his programme talks in it"."""
    tour = subject.lemma_ in noun_rules() and any(
        c.lower_ in words("definite") | {"his", "her"} for c in subject.children
    )
    owners = [c for c in subject.children if c.dep_ == "poss"]
    own = any(c.lower_ in {"his", "her"} or reader.scene.actors(c) for c in owners)
    if not tour and not (own and subject.lemma_.lower() in word_set("plan_of_days")):
        return ()
    for what in (c for c in verb.children if c.dep_ in OBJECTS):
        if what.lemma_.lower() in word_set("engagement") or what.lemma_ in noun_rules():
            return reader.places(what, ("in", "to", "at"))
    return ()


def _heads_line(reader: ArgumentReader, colon: Token) -> bool:
    """Tell "Monday: Minsk.": nothing but a date stands before the colon."""
    opening = reader.scene.sentence(colon.i).start
    for start, end, _ in reader.clock.dates:
        if end == colon.i and all(
            t.is_space or t.is_punct or t.lower_ in {"on", "the"} for t in colon.doc[opening:start]
        ):
            return True
    return False


def _made(
    reader: ArgumentReader,
    token: Token,
    rule: StopRule,
    *,
    traveller: Actor,
    spots: Sequence[Spot],
) -> Iterator[Candidate]:
    verbal = rule.form in VERBAL
    noun = token.pos_ == "NOUN" and token.lemma_ in noun_rules()
    fact = fact_of_noun(token) if noun else Fact("completed", weak=True)
    fact = fact_of_verb(token) if verbal else fact
    before = _visited_there(reader, token) if rule.form == "agent" else None
    fact = before.fact if before is not None else fact
    if is_among_trips(token):
        fact = Fact("completed", weak=True)
    opens = rule.form == "edge" and token.lemma_ in words("opens_trip")
    begun = opens and any(c.dep_ in OBJECTS for c in token.children)
    begun = begun and fact.reason != TIMED  # "begins his tour in Lima on Friday"
    if fact.status == "ongoing":  # "the tour begins in Lima", "he begins his tour in Lima"
        fact = Fact("ongoing" if begun else "planned")
    known = replace(traveller, share=min(traveller.share, 0.95))
    for spot in spots:
        if spot.country == traveller.country:
            continue
        made = reader.make(
            rule,
            token,
            actor=known,
            spot=spot,
            fact=fact,
            phase="arrive" if opens else "whole",
        )
        if rule.form == "edge" and _is_dated_by_another(reader, token):
            made = replace(made, when=When())
        if rule.form == "edge" and not opens:
            made = replace(made, notes=(*made.notes, LAST_STOP))
        if opens and made.status == "completed" and made.when.start and not made.fact.reason:
            made = replace(made, fact=replace(made.fact, reason="arrived"))
        if rule.form == "agent":
            behind = reader.clock.behind(spot.end)
            when = reader.clock.when(behind, phase="whole") if behind else When()
            when = _ahead(reader, spot, when) if fact.status == "planned" else when
            made = replace(made, when=when)
        if rule.form == "heading" and _is_to_be(reader, spot):  # "his last stop will be Lima"
            behind = reader.clock.behind(spot.end)
            when = reader.clock.when(behind, phase="whole") if behind else When()
            made = replace(made, when=when, fact=Fact("planned"))
        if rule.form == "heading" and _leads_further(reader, spot):
            made = replace(made, when=When(), day=None)
        if rule.form == "heading" and _is_now(reader, spot):
            made = replace(made, when=_ahead(reader, spot, made.when))
        ahead = (made.when.start or "") > (reader.scene.article.published or "9")
        undated = rule.form == "heading" and not made.when and not _is_past(reader, spot)
        made = replace(made, fact=Fact("planned")) if ahead or undated else made
        off = _tour_off(reader, made) if made.status in MADE_OR_PLANNED else None
        yield made if off is None else replace(made, fact=off.fact, when=made.when or off.when)


def _tour_off(reader: ArgumentReader, stop: Candidate) -> Candidate | None:
    """Return the tour of "has put off his tour. Peru and Chile are on the itinerary"."""
    who = stop.actor
    told = [c for c in reader.told if who is not None and (c.actor is None or c.is_of(who))]
    tours = [c for c in told if c.status and c.spot is None and _is_tour(c)]
    off = next((c for c in reversed(tours) if c.is_of(who)), None) if who is not None else None
    if off is None or off.status not in OFF:
        return None
    dated = (c for c in reversed(tours) if c.status == off.status and c.when)
    return replace(off, when=next((c.when for c in dated), off.when))


def _is_tour(told: Candidate) -> bool:
    return told.tour or told.stops is not None or told.rule == "trip"


def _is_now(reader: ArgumentReader, spot: Spot) -> bool:
    """Tell "the next stop is Peru"."""
    return reader.scene.doc[spot.start - 1].tag_ in PRESENT


def _leads_further(reader: ArgumentReader, spot: Spot) -> bool:
    """Tell "the first stop is Lima and he will fly to Quito on Friday": the day is not Lima's."""
    sentence = reader.scene.sentence(spot.start)
    behind = reader.scene.doc[spot.end : sentence.end]
    verb = next((t.i for t in behind if t.tag_ in FINITE), None)
    if verb is None or not any(t.lower_ in {"and", "before"} for t in behind[: verb - spot.end]):
        return False
    own = (*reader.clock.between(sentence.start, spot.start), *reader.clock.between(spot.end, verb))
    return not own


def _is_to_be(reader: ArgumentReader, spot: Spot) -> bool:
    """Tell "the last stop will be Peru"."""
    doc = reader.scene.doc
    return doc[max(0, spot.start - 2) : spot.start].text.lower() == "will be"


def _ahead(reader: ArgumentReader, spot: Spot, when: When) -> When:
    """Read "the next stop is Lima on Monday", in a text of Thursday, of the Monday to come."""
    published = reader.scene.article.published or ""
    gone = len(when.start or "") == len(published) == DAY and str(when.start) < published
    doc = reader.scene.doc
    named = doc[spot.end : reader.scene.sentence(spot.start).end]
    behind = doc[spot.end : spot.end + _DATE_REACH]
    weekday = any(t.tag_ == "NNP" and t.lower_.endswith("day") for t in behind)
    if not gone or not weekday or any(t.pos_ == "NUM" or t.is_digit for t in named):
        return when
    later = moved(when, days=-_WEEK_DAYS)
    return later if (later.start or "") > published else when


def _is_past(reader: ArgumentReader, spot: Spot) -> bool:
    """Tell "the other stops were Peru and Chile" from "next stop: Peru"."""
    before = reader.scene.doc[max(0, spot.start - _MARK_REACH) : spot.start]
    return any(t.lower_ in {"was", "were"} for t in before)


def _is_dated_by_another(reader: ArgumentReader, verb: Token) -> bool:
    """Tell "the tour, which began in Lima, ends on Friday": Friday is not of its beginning."""
    inside = {t.i for t in verb.subtree}
    return verb.dep_ == "relcl" and inside.isdisjoint(reader.clock.starts)


__all__ = ["bare_spots", "is_rounded_out", "stops"]
