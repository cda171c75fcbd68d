"""Where an event is held: as its sentence tells, or one near it."""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Token

from models.entity import PERSONAL_KINDS
from pipeline.discourse.editions import are_other_editions
from pipeline.discourse.factuality import fact_of_verb
from pipeline.discourse.scene import Spot
from pipeline.iso_lengths import MONTH
from pipeline.labels import ADNOMINAL, OBJECTS, SUBJECTS
from pipeline.reference.countries import is_country
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.events.event_names import names_behind
from pipeline.stages.visits.events.event_owners import named_owner, owner_of
from pipeline.stages.visits.events.event_seats import held_at, host_of
from pipeline.stages.visits.events.gatherings import is_event
from pipeline.stages.visits.events.named_for_land import lands_of_name, named_for_land
from pipeline.stages.visits.events.told_events import place_of_same, told_event
from pipeline.stages.visits.events.told_hosts import land_of_teller
from pipeline.stages.visits.meetings.elsewhen import is_elsewhen
from pipeline.stages.visits.places.home_ground import stays_at_home
from pipeline.stages.visits.places.passages import occasion_before, occasion_near, trip_before
from pipeline.stages.visits.places.told_behind import place_told_behind
from pipeline.stages.visits.tables import gathering_seats, noun_rules, verb_rules, word_set
from pipeline.stages.visits.trigger_senses import is_sense

#: How far before the last word of an event's name a place in it may stand, in tokens.
_NAME_REACH = 5
#: Of how many lands those may be who are all abroad, where none is told.
_FEW_LANDS = 2


def event_place(reader: ArgumentReader, verb: Token, event: Token) -> Spot | None:
    """Return where an event is held: as told behind it, in the opening, before it, elsewhere."""
    told = (
        _place_before(reader, verb)
        or _place_behind_or_reached(reader, event, verb=verb)
        or _place_where_held(reader, event)
        or _place_of_opening(reader, verb)
        or host_of(reader.scene, event)
        or _their_host(reader, verb)
        or place_of_journey(reader, verb)
        or _place_between(reader, verb, event)
        or named_owner(reader.scene, event)
        or seat_in_name(reader, event)
        or _seat_of_whole(reader, event)
        or reader.gatherings.own(event)
    )
    linked = None if told is not None else named_for_land(reader.scene, event)
    linked = linked or (None if told is not None else _place_elsewhere(reader, verb, event))
    if told is None and linked is None:
        linked = owner_of(reader.scene, event) or land_of_teller(reader.scene, event)
    return told if linked is None or is_of_another(reader, linked, verb) else linked


def _place_elsewhere(reader: ArgumentReader, verb: Token, event: Token) -> Spot | None:
    """Return where an event is held as other sentences tell it."""
    return (
        place_told_behind(reader.scene, event)
        or _known_place(reader, event)
        or _place_of_occasion(reader, verb, event)
        or place_of_body(reader, event)
        or reader.gatherings.meant(event)
        or _seat_of_itself(reader, event)
        or _place_guessed(reader, verb, event)
    )


def _place_guessed(reader: ArgumentReader, verb: Token, event: Token) -> Spot | None:
    """Return where an event is held of which no sentence says it."""
    if reader.understood.is_called_on(verb.i, homes_of(reader, verb)):
        return None
    guessed = (
        _place_where_written(reader, event)
        or _place_just_told(reader, verb, event)
        or place_of_same(reader, verb, event)
        or _place_of_report(reader, verb, event)
        or _place_of_chief(reader, verb, event)
        or _seat_of_report(reader, verb, event)
    )
    lands = lands_of_name(reader.scene, event) if guessed is not None else ()
    elsewhere = guessed is not None and bool(lands) and guessed.country not in lands
    return None if elsewhere else guessed  # no "Peru meeting" is where the last one was


def _seat_of_report(reader: ArgumentReader, verb: Token, event: Token) -> Spot | None:
    """Return where the report's leaders gather, for "the SCO summit" of which no place is told."""
    leaders = word_set("meeting_of_leaders")
    known = any(c.lower_ in {"the", "this"} or c.dep_ == "poss" for c in event.children)
    if not known or event.lemma_.lower() not in leaders:
        return None
    told = reader.understood.of_report(verb.i)
    if told is None or told[0].lemma_.lower() not in leaders:
        return None
    return told[1] if told[1].country not in homes_of(reader, verb) else None


def is_of_another(reader: ArgumentReader, spot: Spot, verb: Token) -> bool:
    """Tell Lima of "the last round was held in Lima. X will attend the next", held who knows where.

    And of "X attended the summit. The next one is to be in Lima".

    Args:
        spot: the place as another sentence tells it.
        verb: what tells who will be at the event that is yet to come.
    """
    sentence = reader.scene.sentence(reader.scene.bounds(spot.reference)[0])
    if verb in sentence:
        return False
    now = reader.scene.article.published or ""
    dates = reader.scene.dates_in(sentence.start_char, sentence.end_char)
    return are_other_editions(
        [token for token in sentence if is_event(token)],
        [token for token in reader.scene.sentence(verb.i) if is_event(token)],
        is_ahead=fact_of_verb(verb).status == "planned",
        is_long_ago=any(date.latest and date.latest[:MONTH] < now[:MONTH] for date in dates),
    )


def _place_where_held(reader: ArgumentReader, event: Token) -> Spot | None:
    """Return Lima of "talks chaired by X took place in Lima"."""
    return held_at(reader.scene, event) if event.dep_ in SUBJECTS else None


def _place_before(reader: ArgumentReader, verb: Token) -> Spot | None:
    """Return the place of "from Singapore, where he attended (is due to attend) a summit"."""
    clause = verb
    while clause.dep_ in {"xcomp", "acomp"}:
        clause = clause.head
    where = next((c for c in clause.children if c.lower_ == "where"), None)
    if where is None or clause.dep_ != "relcl":
        return None
    for reference in reader.scene.places_in(clause.head.i, clause.head.i + 1):
        if reference.country:
            start, end = reader.scene.bounds(reference)
            return Spot(reference.country, reference.place, reference, start, end)
    return next(iter(reader.before_where(clause)), None)


def place_of_journey(reader: ArgumentReader, verb: Token) -> Spot | None:
    """Return where one "travelled to Ghana", "visited Ghana to attend the summit"."""
    above = verb.head
    asked = verb.tag_ == "VBD" and above.tag_ == "VB"  # "asked her to visit Peru when they met"
    if asked or is_elsewhen(verb):
        return None
    trip = above if above.lemma_ in noun_rules() and above.pos_ == "NOUN" else _trip_of(above)
    if trip is not None and trip.i < verb.i and verb.dep_ in {"advcl", "acl", "relcl", "xcomp"}:
        return next(iter(reader.places(trip, ("to",))), None)
    if verb.dep_ not in {"advcl", "xcomp", "conj", "relcl"} or above.pos_ != "VERB":
        return None
    for rule in verb_rules().get(above.lemma_.lower(), ()):
        if rule.all_particles and not is_sense(above, rule):
            continue
        if rule.frame == "travel" and above.i < verb.i:
            own = {actor.country for actor in reader.travellers(above)}  # "came here to meet B"
            return next(iter(reader.places(above, rule.preps, but=own)), None)
        if rule.frame == "visit" and rule.phase == "whole" and verb.dep_ in {"advcl", "xcomp"}:
            return next(iter(reader.scene.spots(above.i + 1)), None)
    return None


def _trip_of(verb: Token) -> Token | None:
    """Return the trip that a verb has for its object ("will make a visit to Lima to meet …")."""
    objects = (c for c in verb.children if c.dep_ in OBJECTS)
    return next((c for c in objects if c.lemma_ in noun_rules()), None)


def _place_just_told(reader: ArgumentReader, verb: Token, event: Token) -> Spot | None:
    """Return the place told last where "the ceremony" names none."""
    if event.lemma_.lower() not in word_set("nameless_event"):
        return None
    if not any(c.lower_ == "the" for c in event.children):
        return None
    own = homes_of(reader, verb)
    told = told_event(reader, verb) or trip_before(reader.scene, reader.told, verb.i)
    if told is not None:
        return None if told.country in own else told
    only = {t.destination for t in reader.told if "event" in t.notes and t.spot is not None}
    if len(only) == 1 and not only & own:
        spot = next(t.spot for t in reader.told if "event" in t.notes and t.spot is not None)
        return replace(spot, start=verb.i, end=verb.i + 1)
    here = reader.scene.here
    if here is not None and here.country not in own:
        return here
    if (chief := reader.understood.at_chief_event(verb.i, but=own, event=event)) is not None:
        return chief
    if stays_at_home(reader.scene, reader.told, own):
        return None
    last = reader.understood.there(verb.i, but=own, reach=1)
    if last is None:
        return None
    at = reader.scene.bounds(last.reference)[0]
    theirs = {actor.country for actor in reader.travellers(verb)}
    if last.country in theirs and at >= reader.scene.sentence(verb.i).start:
        return None  # "Mali's A, Chad's B and C of Peru attended the opening"
    return None if reader.scene.is_of_matter(at) else last  # "a truce in Chad. X will chair it"


def _place_of_report(reader: ArgumentReader, verb: Token, event: Token) -> Spot | None:
    """Return where the text is set, for "the summit" that it takes for known."""
    if not any(c.lower_ in {"the", "this"} for c in event.children):
        return None
    if event.lemma_.lower() in word_set("nameless_event"):
        return None
    own = homes_of(reader, verb)
    if verb.lemma_ == "attend":
        return reader.understood.set_in(verb.i, but=own, event=event)
    return occasion_near(reader.scene, verb.i, but=own, event=event)


def _place_of_chief(reader: ArgumentReader, verb: Token, event: Token) -> Spot | None:
    """Return where the article's own event is held, for "the ceremony" far behind it."""
    return reader.understood.at_chief_event(verb.i, but=homes_of(reader, verb), event=event)


def homes_of(reader: ArgumentReader, verb: Token) -> set[str | None]:
    """Return the lands in which those of a verb are no guests: none where they are of several.

    A list of many lands holds the host's own ("Peru, Chile and Mali will attend the summit").
    """
    own = {actor.country for actor in reader.travellers(verb)}
    return own if len(own) <= _FEW_LANDS else set()


def _place_behind_or_reached(reader: ArgumentReader, event: Token, *, verb: Token) -> Spot | None:
    """Return the place told behind an event, but where one went to it elsewhere that place.

    Lima of "flew to Lima to join a meeting on the pact for security in Chad", whose "in" is of what
    the meeting is about.
    """
    behind = _place_behind(reader, event, verb=verb)
    if behind is None or reader.scene.doc[behind.start - 1].head in {event, verb}:
        return behind
    reached = place_of_journey(reader, verb)
    return behind if reached is None or reached.country == behind.country else reached


def _place_behind(reader: ArgumentReader, event: Token, *, verb: Token) -> Spot | None:
    doc = reader.scene.doc
    sentence = reader.scene.sentence(verb.i)
    for i in range(event.i + 1, min(sentence.end, event.i + 24)):
        if doc[i].dep_ == "agent" and doc[i].head == verb:
            return None  # the places behind are those of the guests' offices
        if doc[i].lower_ in {"in", "at", "here"} and _places(doc[i], event, verb):
            spots = reader.scene.spots(i if doc[i].lower_ == "here" else i + 1)
            if spots:
                return spots[0]
    return None


def _places(prep: Token, event: Token, verb: Token) -> bool:
    """Tell "the session in Lima", not "the session to win support for the war in Lima"."""
    for node in prep.ancestors:
        if node in {event, verb}:
            return True
        apart = node.pos_ == "VERB" and node not in set(event.ancestors)
        if apart and not (_is_held(node, event) or _describes_members(node, event)):
            return False
    return True


def _describes_members(verb: Token, event: Token) -> bool:
    """Tell "a meeting of countries that supply arms to Chad in Lima", whose members those are."""
    noun = verb.head
    of = noun.head if noun.dep_ == "pobj" else None
    ours = of is not None and of.lower_ in {"of", "for"} and of.head == event
    does = verb.lemma_.lower() in word_set("does_as_member") and verb.dep_ in ADNOMINAL
    return ours and does


def _is_held(verb: Token, event: Token) -> bool:
    """Tell "the summit held in Lima", "scheduled for May in Lima": the verb is of the event.

    So "which is to be held in Lima", "that is due to take place in Lima".
    """
    told = word_set("holds_event", "begins_event")
    usual = any(child.lower_ in word_set("<usually>") for child in verb.children)
    clause = verb
    while clause.dep_ in {"xcomp", "acomp"} and clause.head != clause:
        clause = clause.head
    over = clause.head
    held = verb.lemma_ in told and clause.dep_ in ADNOMINAL and not usual
    return held and (over == event.head or event == over or event in over.ancestors)


def _place_of_opening(reader: ArgumentReader, verb: Token) -> Spot | None:
    """Return Lima of "In Lima, X will attend the summit", "On May 14, in Lima, X attended it"."""
    doc, start = reader.scene.doc, reader.scene.sentence(verb.i).start
    while start < verb.i and (start in reader.clock.covered or doc[start].lower_ in {"on", ","}):
        start += 1
    if doc[start].lower_ not in {"in", "at"}:
        return None
    return next(iter(reader.scene.spots(start + 1)), None)


def _their_host(reader: ArgumentReader, verb: Token) -> Spot | None:
    """Return Peru of "co-chaired by A, B and their host, the President of Peru"."""
    scene = reader.scene
    for token in scene.sentence(verb.i):
        owned = any(c.lower_ in {"their", "our", "the"} for c in token.children)
        if token.lemma_.lower() != "host" or token.pos_ != "NOUN" or not owned:
            continue
        at = token.i + 1 + (token.doc[token.i + 1 : token.i + 2].text == ",")
        at += token.doc[at : at + 1].text.lower() == "the"
        led = [r for r in scene.at(at) if r.kind in PERSONAL_KINDS and r.role_kind]
        for reference in (r for r in led if is_country(r.country or "") and not r.guessed):
            start, end = scene.bounds(reference)
            return Spot(reference.country or "", None, reference, start, end)
    return None


def _place_between(reader: ArgumentReader, verb: Token, event: Token) -> Spot | None:
    doc = reader.scene.doc
    own = {actor.country for actor in reader.travellers(verb)}
    for i in range(verb.i + 1, event.i):
        for reference in reader.scene.at(i):
            if reference.kind == "place" and reference.country and reference.country not in own:
                start, end = reader.scene.bounds(reference)
                return Spot(reference.country, reference.place, reference, start, end)
        if doc[i].lower_ in {"in", "at"}:
            spots = reader.scene.spots(i + 1)
            if spots:
                return spots[0]
    return None


def seat_in_name(reader: ArgumentReader, event: Token) -> Spot | None:
    """Return the place of "the Oslo Forum", "the UN General Assembly", which their names tell."""
    doc = reader.scene.doc
    before = [t.lower_ for t in doc[max(0, event.i - _NAME_REACH) : event.i]]
    titled = "of" in before and bool(set(before) & word_set("presides"))
    if titled or _is_of_others(reader, event):
        return None  # "the President of the General Assembly"
    for name, country in gathering_seats():
        length = len(name.split())
        for start in range(max(0, event.i - length + 1), event.i + 1):
            if doc[start : start + length].text.lower() == name:
                told = (r for i in range(start, start + length) for r in reader.scene.at(i))
                of = next(told, None)
                return Spot(country, None, of, start, start + length) if of is not None else None
    if event.pos_ != "PROPN":
        return None
    for i in range(event.i - 1, max(-1, event.i - _NAME_REACH), -1):
        if doc[i].pos_ not in {"PROPN", "ADJ"} or not doc[i].text[:1].isupper():
            return None
        if doc[i].lower_ in word_set("named_body"):
            return None  # "the Lima Group Summit"
        for reference in reader.scene.at(i):
            town = reference.kind == "place" or reference.form == "metonym"
            if town and is_country(reference.country or ""):
                start, end = reader.scene.bounds(reference)
                seat = reference.text if reference.form == "metonym" else None
                place = reference.place or seat
                return Spot(reference.country or "", place, reference, start, end)
    return None


def _seat_of_itself(reader: ArgumentReader, event: Token) -> Spot | None:
    """Return the place that "COP28", "the COP28 summit" and "Expo 2020" stand for."""
    named = [c for c in event.lefts if c.dep_ == "compound" and is_event(c)]
    for token in (event, *named):
        for reference in reader.scene.at(token.i):
            if reference.kind == "place" and is_country(reference.country or ""):
                start, end = reader.scene.bounds(reference)
                return Spot(reference.country or "", reference.place, reference, start, end)
    return None


def _seat_of_whole(reader: ArgumentReader, event: Token) -> Spot | None:
    """Return Lima of "the opening ceremony of the Lima Games"."""
    named = event.head if event.dep_ == "compound" else event  # the "opening" of such a ceremony
    whole = (h for c in named.children if c.lower_ == "of" for h in c.children if is_event(h))
    return next((seat for part in whole if (seat := seat_in_name(reader, part))), None)


def _is_of_others(reader: ArgumentReader, event: Token) -> bool:
    """Tell the general assembly of another body than the UN, or in a text that names no UN."""
    scene, start = reader.scene, max(0, event.i - 3)
    own = {token.lower_ for token in scene.doc[start : event.i]} & word_set("body_posted_to")
    if event.lower_ != "assembly" or own:
        return False
    bodies = [
        r.country for i in range(start, min(event.i + 8, len(scene.doc))) for r in scene.at(i)
    ]
    if any(body != "UN" and not is_country(body or "") for body in bodies if body):
        return True
    return "UN" not in bodies and not reader.gatherings.names_un


def _known_place(reader: ArgumentReader, event: Token) -> Spot | None:
    """Return where another sentence says that an event of the same name is held."""
    nameless = event.lemma_.lower() in word_set("nameless_event")
    return reader.gatherings.of_name(event, near=nameless)


def place_of_body(reader: ArgumentReader, event: Token) -> Spot | None:
    """Return where another event of the body is held for which this one is named ("the NAM forum").

    None where its events are held in several countries.
    """
    return reader.gatherings.of_body(event)


def _place_of_occasion(reader: ArgumentReader, verb: Token, event: Token) -> Spot | None:
    """Return where the event is held of which the sentence before tells by another name."""
    definite = any(c.lower_ in {"the", "this", "that"} for c in event.children)
    if any(c.dep_ == "compound" and c.pos_ == "PROPN" for c in event.children) or names_behind(
        event
    ):
        return None  # "the APEC summit" is not the meeting of the WTO told before
    name = event.lemma_.lower()
    told, spot = occasion_before(reader.scene, verb.i, name=name) if definite else (False, None)
    return spot if told else None


def _place_where_written(reader: ArgumentReader, event: Token) -> Spot | None:
    """Return the dateline's place for an event of its own name."""
    nameless = event.lemma_.lower() in word_set("nameless_event")
    return None if nameless else reader.scene.here


__all__ = [
    "event_place",
    "homes_of",
    "is_event",
    "is_of_another",
    "place_of_body",
    "place_of_journey",
    "seat_in_name",
]
