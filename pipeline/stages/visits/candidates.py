"""Candidates: each trigger of a trip with the arguments that its sentence gives it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from spacy.tokens import Token

from models.entity import PERSONAL_KINDS
from pipeline.discourse import trace
from pipeline.discourse.factuality import Fact, governing_verb
from pipeline.discourse.scene import Scene
from pipeline.discourse.timing.of_trips import When
from pipeline.labels import NOUNS, PLURALS, VERBS
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.candidate_times import (
    in_month_of_arrival,
    is_to_come,
    is_told_ahead,
    without_day_of_offer,
)
from pipeline.stages.visits.days.each_date import each_date
from pipeline.stages.visits.days.old_times import in_old_time
from pipeline.stages.visits.events.at_events import at_event
from pipeline.stages.visits.events.attend import attend
from pipeline.stages.visits.events.crowd_days import with_crowd_day
from pipeline.stages.visits.events.event_offers import event_offers
from pipeline.stages.visits.events.events_on import with_event_on
from pipeline.stages.visits.events.gather import gather
from pipeline.stages.visits.events.online import is_online
from pipeline.stages.visits.hosts.guest_awaited import guest_for_host
from pipeline.stages.visits.hosts.guest_of import guest_of
from pipeline.stages.visits.hosts.host_side import receives, receives_abroad
from pipeline.stages.visits.hosts.inviting import invite, receive_or_ask
from pipeline.stages.visits.hosts.visiting import guest_met, met_guest, visiting, visiting_guest
from pipeline.stages.visits.lists.agendas import trips_on_agenda
from pipeline.stages.visits.lists.by_land import bodies_of_lands
from pipeline.stages.visits.lists.dated_guests import dated_guests
from pipeline.stages.visits.lists.event_speakers import event_speakers
from pipeline.stages.visits.lists.exchanges import NO_EXCHANGES, exchanges
from pipeline.stages.visits.lists.goers import goers
from pipeline.stages.visits.lists.guest_blocks import guest_blocks
from pipeline.stages.visits.lists.instances import each_named
from pipeline.stages.visits.lists.line_stops import stops_in_lines
from pipeline.stages.visits.lists.own_years import own_years
from pipeline.stages.visits.lists.past_guests import past_guests
from pipeline.stages.visits.lists.registers import NO_REGISTER, register
from pipeline.stages.visits.lists.roll_calls import listed_with, roll_calls
from pipeline.stages.visits.lists.seated import at_own_rite, is_among_guests
from pipeline.stages.visits.lists.trip_tables import trip_tables
from pipeline.stages.visits.meetings.face_to_face import by_two, face_to_face
from pipeline.stages.visits.meetings.known_pairs import known_pair_met
from pipeline.stages.visits.meetings.meet_verbs import join, meet
from pipeline.stages.visits.meetings.meeting_stops import meeting_stops
from pipeline.stages.visits.meetings.meetings_set import meeting_set
from pipeline.stages.visits.meetings.met_beside_guests import met_beside_guests
from pipeline.stages.visits.meetings.pacts import pact_of_two
from pipeline.stages.visits.meetings.press_conferences import beside_host
from pipeline.stages.visits.meetings.run_meetings import ran_meeting
from pipeline.stages.visits.meetings.seats import met_at_seat
from pipeline.stages.visits.meetings.talks import talks_between
from pipeline.stages.visits.nouns.further_visits import further_visits
from pipeline.stages.visits.nouns.it_trips import called_off, it_trips, meeting_off
from pipeline.stages.visits.nouns.journeys import of_leg
from pipeline.stages.visits.nouns.named_of_group import named_of_group
from pipeline.stages.visits.nouns.that_of import is_with_that_of
from pipeline.stages.visits.nouns.those_made import those_made
from pipeline.stages.visits.nouns.trip_nouns import by_noun
from pipeline.stages.visits.openers import is_trigger, may_tell, opened_at
from pipeline.stages.visits.places.spoken_here import had_here
from pipeline.stages.visits.spell import note_silence
from pipeline.stages.visits.tables import Frame, VerbRule, noun_rules, verb_rules, word_set
from pipeline.stages.visits.tours.each_place import in_each_place, without_hosts
from pipeline.stages.visits.tours.lands_of_tour import tells_lands_again
from pipeline.stages.visits.tours.leaders_met import leaders_met
from pipeline.stages.visits.tours.named_of_region import by_named_lands
from pipeline.stages.visits.tours.regions import region_trips
from pipeline.stages.visits.tours.stop_before import stops_named_before
from pipeline.stages.visits.tours.tour_stops import tour_stops
from pipeline.stages.visits.tours.unread_stops import unread_stops
from pipeline.stages.visits.travel.acted_upon import acted_upon
from pipeline.stages.visits.travel.back_again import returns_there
from pipeline.stages.visits.travel.by_hand import by_hand
from pipeline.stages.visits.travel.by_idiom import by_idiom
from pipeline.stages.visits.travel.carried import carry
from pipeline.stages.visits.travel.deeds import deed, opened
from pipeline.stages.visits.travel.deictic import deictic
from pipeline.stages.visits.travel.ellipsis import gapped_dates, gapped_lands, without_gapped
from pipeline.stages.visits.travel.homeward import homeward, outward, stay_on
from pipeline.stages.visits.travel.houses import speak_in_house
from pipeline.stages.visits.travel.in_town import in_town
from pipeline.stages.visits.travel.inverted import inverted
from pipeline.stages.visits.travel.joint_deeds import joint_deeds
from pipeline.stages.visits.travel.leading import lead
from pipeline.stages.visits.travel.left_open import left_open, sets_out
from pipeline.stages.visits.travel.missions import is_party_of_one
from pipeline.stages.visits.travel.presence import presence, speech
from pipeline.stages.visits.travel.representing import represent
from pipeline.stages.visits.travel.returned_from import returned_from
from pipeline.stages.visits.travel.sending import send
from pipeline.stages.visits.travel.stand_ins import instead_of, stand_in
from pipeline.stages.visits.travel.stay_verbs import stay
from pipeline.stages.visits.travel.stayed_home import plan_dropped, stayed_home
from pipeline.stages.visits.travel.travel_verbs import travel
from pipeline.stages.visits.travel.visit import visit
from pipeline.stages.visits.travellers.holders import with_holder, with_leader
from pipeline.stages.visits.trigger_senses import (
    as_told,
    is_bracketed,
    is_compared,
    is_sense,
    means_trip,
    verbal,
)
from pipeline.stages.visits.triggers import IT, idioms_by_word, lemma_of

_Read = Callable[[ArgumentReader, Token, VerbRule], Iterator[Candidate]]
_FRAMES: Mapping[Frame, _Read] = {
    "travel": travel,
    "visit": visit,
    "attend": attend,
    "receive": receive_or_ask,
    "meet": meet,
    "join": join,
    "invite": invite,
    "stay": stay,
    "presence": presence,
    "speech": speech,
    "lead": lead,
    "deictic": deictic,
    "carry": carry,
    "gather": gather,
    "deed": deed,
    "guest_of": guest_of,
    "represent": represent,
    "send": send,
    "homeward": homeward,
    "stay_on": stay_on,
    "outward": outward,
    "house": speak_in_house,
    "by_hand": by_hand,
}


def find_candidates(scene: Scene) -> Iterator[Candidate]:
    """Yield candidates in text order, those that make no trip among them (status None)."""
    reader = ArgumentReader(scene)
    yield from own_years(reader, _candidates(reader))


def _candidates(reader: ArgumentReader) -> Iterator[Candidate]:
    scene = reader.scene
    of_two = exchanges(reader)
    # Under one heading alone a register may be, whose rule says what kind of list it is.
    listing = register(reader) if len(of_two.headings) < 2 else NO_REGISTER
    of_two = NO_EXCHANGES if listing.trips else of_two
    listed = listing.trips
    going = goers(reader)
    planned = trips_on_agenda(reader)
    between = {
        **stops_in_lines(reader),
        **of_two.trips,
        **trip_tables(reader),
        **going.trips,
        **planned,
    }
    told = {*listed, *between}
    body = bisect_left(scene.starts, scene.article.body_start)
    headline = () if listed else scene.headlines_above
    above = () if listed else sorted({*headline, *scene.above})
    below = (token.i for token in scene.tokens_from(body))
    silent: list[Token] = []
    is_traced = trace.is_on()
    for token in (scene.doc[i] for i in sorted({*above, *below, *told})):
        if not may_tell(token.lower_, token.lemma_, token.pos_) and token.i not in told:
            continue
        found = [] if token.i in planned else opened_at(reader, token, _triggered(reader, token))
        if found:
            found = without_hosts([*found, *in_each_place(reader, found)])
            found = by_named_lands(reader, found)
        found += listed.get(token.i, ())
        found += between.get(token.i, ())
        if not found:
            silent.append(token)
            if is_traced:
                note_silence(reader, token)
            continue
        seen = [
            (c.actor, "meeting" in c.notes and c.rule != "join")
            for c in found
            if c.actor and c.status is not None
        ]
        scene.note_company(token.i, seen)
        for told_here in _dated_by_line(reader, listed, _placed(found)):
            candidate = with_leader(reader, guest_for_host(reader, told_here))
            if _repeats(reader, candidate) or is_online(reader, candidate):
                continue
            met = candidate.rule in word_set("met_by_host") and is_among_guests(
                reader, candidate.at
            )
            if met or receives(reader, candidate) or receives_abroad(reader, candidate):
                trace.dropped("one who receives a guest at home", candidate)
                continue
            heads = of_two.heads(candidate.at) or going.heads(candidate.at)
            if heads or listing.tells(candidate):
                trace.dropped("the heading of trips in lines", candidate)
                continue
            if at_own_rite(reader, candidate):
                trace.dropped("one who comes to a rite of his own country", candidate)
                continue
            if token.i in headline and not _tells_of(scene, candidate):
                continue
            ahead = is_to_come(reader, candidate.at) or is_told_ahead(reader, candidate)
            if candidate.status == "ongoing" and ahead:
                candidate = replace(candidate, fact=Fact("planned"))
            candidate = with_event_on(reader, with_crowd_day(reader, _of_tour(candidate, token)))
            for each in each_named(scene, with_holder(scene, candidate)):
                if _is_any_guest(each):
                    trace.dropped("guests of any land", each)
                    continue
                reader.told.append(each)
                yield each
    yield from met_beside_guests(reader, silent)
    yield from unread_stops(reader)
    yield from leaders_met(reader)
    for each in [each for each in listed_with(reader) if not receives(reader, each)]:
        reader.told.append(each)
        yield each
    for each in list(guest_blocks(reader)):
        reader.told.append(each)
        yield each
    for each in list(roll_calls(reader)):
        if is_online(reader, each) or receives(reader, each):
            continue
        reader.told.append(each)
        yield each
    yield from (each for each in event_speakers(reader) if not receives(reader, each))
    yield from (each for each in bodies_of_lands(reader) if not is_online(reader, each))


def _is_any_guest(candidate: Candidate) -> bool:
    """Tell "700 foreign guests flew in", of whom nobody knows whence."""
    told = candidate.actor.reference if candidate.actor is not None else None
    if told is None or told.kind != "office" or not told.plural or told.members:
        return False
    return told.role_kind == "visitor" and told.country is None and told.name is None


def _of_tour(candidate: Candidate, noun: Token) -> Candidate:
    """Leave out the days of "as she continues her tour"; "the next leg of it" is yet to be."""
    if candidate.spot is not None or candidate.rule not in word_set("goes_on_in_legs"):
        return candidate
    verb, leg = noun.head, noun.head.head
    if verb.lemma_ == "continue" and verb.dep_ == "advcl":
        return replace(candidate, when=When())
    next_leg = verb.lower_ == "of" and leg.lemma_.lower() in word_set("leg_noun")
    ahead = next_leg and any(c.lower_ == "next" for c in leg.children)
    return replace(candidate, fact=Fact("planned", weak=True)) if ahead else candidate


def _tells_of(scene: Scene, candidate: Candidate) -> bool:
    """Tell whether the text below a headline is of its visitor: of officials of his country."""
    return any(
        r.kind in PERSONAL_KINDS and r.country == candidate.origin
        for r in scene.references
        if r.start >= scene.article.body_start
    )


def _dated_by_line(
    reader: ArgumentReader, listed: Mapping[int, Sequence[Candidate]], found: Iterable[Candidate]
) -> Iterator[Candidate]:
    """Leave the days of "Ghana March 3–5 - state visit to Accra" to the register's line."""
    number = reader.scene.sentence_of
    for candidate in found:
        own = (lines for at, lines in listed.items() if number[at] == number[candidate.at])
        lines = [line for told in own for line in told]
        same = any(line.destination == candidate.destination for line in lines)
        yield candidate if candidate in lines or not same else replace(candidate, when=When())


def _placed(found: Sequence[Candidate]) -> Iterator[Candidate]:
    """Leave out who "attended" nobody knows what, where another reading says where."""
    placed = {c.actor.key for c in found if c.actor is not None and c.destination}
    for candidate in found:
        actor = candidate.actor
        told = candidate.destination or "event" not in candidate.notes
        if told or actor is None or actor.key not in placed:
            yield candidate


def _repeats(reader: ArgumentReader, candidate: Candidate) -> bool:
    """Tell "A landed here, the third leader to arrive": the leader is A."""
    actor, verb = candidate.actor, reader.scene.doc[candidate.at]
    ranked = {t.lower_ for t in verb.doc[max(0, verb.i - 7) : verb.i]} & word_set("rank")
    infinitive = any(c.lower_ == "to" and c.dep_ == "aux" for c in verb.children)
    if actor is None or actor.reference.name or not ranked or not infinitive:
        return False
    number = reader.scene.sentence_of[candidate.at]
    return any(
        candidate.origin in {None, told.origin} and told.destination
        for told in reader.told
        if reader.scene.sentence_of[told.at] == number
    )


def _triggered(reader: ArgumentReader, token: Token) -> Sequence[Candidate]:
    """Return what one token triggers, of each guest where several are listed behind it."""
    if (made := those_made(reader, token)) is not None:
        return made
    if not is_trigger(token.lower_, token.lemma_, token.pos_) or _is_mere_auxiliary(token):
        return ()
    if is_compared(token):
        return ()
    return dated_guests(reader, token, past_guests(reader, token, list(_read(reader, token))))


def _is_mere_auxiliary(token: Token) -> bool:
    """Tell the "will" of "will visit Lima", below which nothing stands: its verb tells all.

    Not the "is" of "is in Lima", "is expected in Lima", nor "has, as often, visited Lima".
    """
    return token.dep_ == "aux" and not token.children


def _read(reader: ArgumentReader, token: Token) -> Iterator[Candidate]:
    """Yield what one token triggers."""
    lemma = as_told(token, lemma_of(token.lower_, token.lemma_))
    if token.lower_ == "left" and is_bracketed(token):
        return  # "A, left, with B in Lima"
    if tells_lands_again(reader, token):
        return
    if (met := met_guest(reader, token)) is not None:
        yield from guest_met(reader, token, met)
    elif (guest := visiting_guest(reader, token)) is not None:
        yield from visiting(reader, token, guest)
    elif token.pos_ in VERBS or (
        verbal(reader, token) and lemma in verb_rules() and not of_leg(reader, token)
    ):
        yield from called_off(reader, token, lemma)
        told = list(sets_out(reader, token)) or list(_by_sense(reader, token, lemma))
        told = told or list(by_idiom(reader, token, idioms_by_word().get(token.lower_, ())))
        told = told or list(stand_in(reader, token))
        yield from told or left_open(reader, token)
        yield from stayed_home(reader, token)
        yield from plan_dropped(reader, token)
        yield from instead_of(reader, token, told)
        if all(each.origin == each.destination for each in told):
            joint = list(joint_deeds(reader, token, lemma_of(token.lower_, token.lemma_)))
            yield from joint or (by_two(reader, token, told[0].spot) if told else ())
    elif token.pos_ == "NOUN" and lemma in word_set("met_at"):
        yield from meeting_off(reader, token)
        told = [*talks_between(reader, token), *met_at_seat(reader, token)]
        told = told or list(known_pair_met(reader, token)) or list(ran_meeting(reader, token))
        yield from told or meeting_set(reader, token)
    elif token.pos_ == "NOUN" and lemma in word_set("pact_of_two"):
        yield from pact_of_two(reader, token)
    elif token.pos_ == "NOUN" and lemma in word_set("press_event"):
        yield from beside_host(reader, token)
    elif token.pos_ in NOUNS and lemma in noun_rules():
        found = each_date(reader, list(by_noun(reader, token, noun_rules()[lemma])))
        further = list(further_visits(reader, token, found))
        more = further or (found and is_with_that_of(token))
        found = [replace(c, count=c.count or 1) for c in found] if more else found
        yield from [*found, *further]
        verb = governing_verb(token)
        if token.tag_ in PLURALS:
            over = verb if verb is not None and verb.i < token.i else token
            yield from gapped_dates(reader, over, found)
    elif token.lower_ == IT:
        yield from it_trips(reader, token)
    elif means_trip(token) or is_party_of_one(token):
        found = list(by_noun(reader, token, noun_rules()["visit"]))
        yield from (c for c in found if c.spot is not None and c.actor is not None)
    elif idioms_here := idioms_by_word().get(token.lower_):
        yield from by_idiom(reader, token, idioms_here)


def _by_sense(reader: ArgumentReader, verb: Token, lemma: str) -> Iterator[Candidate]:
    """Yield what the first of a verb's senses that finds its arguments tells."""
    if again := list(returns_there(reader, verb)):
        yield from again
        return
    for rule in verb_rules().get(lemma, ()):
        if rule.frame == "joint" or not is_sense(verb, rule):
            continue
        found = list(_FRAMES[rule.frame](reader, verb, rule))
        if found:
            found = each_date(reader, found)
            found = [in_month_of_arrival(reader, verb, each) for each in found]
            found = [without_day_of_offer(verb, each) for each in found]
            found = [in_old_time(reader, verb, each) for each in found]
            if named := named_of_group(reader, found):
                yield from named
                return
        if all(each.destination is None for each in found):
            found = list(region_trips(reader, verb, rule)) or found
        if found:
            gapped = list(gapped_dates(reader, verb, found))
            found = without_gapped(found, gapped)
            yield from [*found, *meeting_stops(reader, found)]
            yield from stops_named_before(reader, verb, rule, found)
            yield from gapped
            yield from gapped_lands(reader, verb, found)
            return
    done = list(opened(reader, verb))
    done = done or list(at_event(reader, verb)) or list(in_town(reader, verb))
    done = done or list(tour_stops(reader, verb))
    done = done or list(inverted(reader, verb)) or list(acted_upon(reader, verb))
    done = done or list(had_here(reader, verb)) or list(returned_from(reader, verb))
    yield from done or list(face_to_face(reader, verb)) or event_offers(reader, verb)


__all__ = ["find_candidates"]
