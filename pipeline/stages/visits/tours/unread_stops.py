"""Stops of a tour that are told in whatever words: the lands that no other telling has.

"The premier is on a tour that opened in Lima, with Quito and Bogota to follow." What no other rule
reads is read here: where somebody is known to travel, a land or a list of them that the words
before it ("one to A and the other to B", "winds up in C"), its clause ("the itinerary also has D
on it") or the words behind it ("with E to follow") make a part of the journey.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from spacy.tokens import Span, Token

from models.visit import MADE_OR_PLANNED, NOT_OVER
from pipeline.discourse.factuality import Fact, fact_of_verb
from pipeline.discourse.scene import Actor, Scene, Spot
from pipeline.discourse.timing.days import to_month
from pipeline.discourse.timing.of_trips import When
from pipeline.discourse.verb_forms import tense_of
from pipeline.labels import NOUNS, VERBS
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.lists.guest_lines import FINITE
from pipeline.stages.visits.nouns.journeys import trip_gone_on_with
from pipeline.stages.visits.tables import noun_rules, word_set
from pipeline.stages.visits.tours.stop_cues import Cue, cue_at, lands_at

#: The note of such a telling.
UNREAD = "unread stop"
#: How surely such a telling means a trip.
_SCORE = 0.55
#: How many sentences back the traveller may be told, and his tour.
_REACH = 3
_JOURNEYS = frozenset({"tour", "trip"})
#: The note of a telling that leads to a part of the world.
_REGION = "region"
#: The rules whose day is that of a whole stay, not of what is done there.
_WHOLE_STAYS = frozenset({"visit", "travel", "be_in"})


class _Stop(NamedTuple):
    """A land that was read, up to its end, and how its list may go on."""

    end: int
    cue: Cue
    known: bool


def unread_stops(reader: ArgumentReader) -> Iterator[Candidate]:
    """Read the stops of those who are on tour that nothing else was read of.

    "A left for Lima, the first leg of a trip that will also see him in Quito" fires; "his trip was
    followed by protests in Quito", "the tour that the orchestra began in Quito" do not.
    """
    scene = reader.scene
    anchors: dict[int, list[Candidate]] = {}
    for each in reader.told:
        if (anchor := _anchor(reader, each)) is not None:
            anchors.setdefault(scene.sentence_of[anchor.at], []).append(anchor)
    told = {(c.actor.key, c.destination) for c in reader.told if c.actor is not None}
    for number in range(min(anchors, default=len(scene.sentences)), len(scene.sentences)):
        reached = range(number - _REACH, number + 1)
        near = [c for at in reached for c in anchors.get(at, ())]
        if near and _speaks_of_tour(reader, number, near):
            yield from _of_sentence(reader, scene.sentences[number], near, told)


def each_once(scene: Scene, candidates: Sequence[Candidate]) -> list[Candidate]:
    """Count "two trips, one to Peru and the other to Chile" as one trip to each.

    The telling that names none of so many lands ("three trips: to Peru in May …") goes with that.
    """
    unread = [c for c in candidates if UNREAD in c.notes and c.actor is not None]
    if not unread:
        return list(candidates)
    found: list[Candidate] = []
    for each in candidates:
        sentence = scene.sentence_of[each.at]
        here = [c for c in candidates if scene.sentence_of[c.at] == sentence]
        lands = {c.destination for c in here if c.is_of(each.actor) and c.destination}
        told = any(u.is_of(each.actor) for u in unread if u in here)
        if not told or not 1 < each.count <= len(lands) or each.rule not in _JOURNEYS:
            found.append(each)
        elif each.spot is not None:
            found.append(replace(each, count=1))
    return found


def _anchor(reader: ArgumentReader, told: Candidate) -> Candidate | None:
    """Return a trip of one person, or a tour of nobody told as that of who is named before it.

    "X's series of foreign trips ends in Lima", "X chose Lima for the start of a tour".
    """
    actor = told.actor
    if actor is None and told.rule in _JOURNEYS and told.spot is None:
        actor = _official_before(reader, told.at)
        if actor is None:
            return None
        told = replace(told, actor=actor, origin=actor.country)
    if actor is None or actor.is_party or actor.reference.plural or not actor.country:
        return None
    leads_to_region = _REGION in told.notes and told.stops == 0
    travels = told.destination is not None or told.rule in _JOURNEYS or leads_to_region
    travels = travels and told.destination != actor.country  # who receives at home is on no tour
    return told if travels and told.status in MADE_OR_PLANNED and not told.previous else None


def _official_before(reader: ArgumentReader, i: int) -> Actor | None:
    """Return the one official named in a sentence before a token."""
    start = reader.scene.sentence(i).start
    named = {
        r.actor: Actor(r, at, 0.7)
        for at in range(start, i)
        for r in reader.scene.at(at)
        if r.kind == "person" and r.name and r.role_kind and not r.plural
    }
    return next(iter(named.values())) if len(named) == 1 else None


def _speaks_of_tour(reader: ArgumentReader, number: int, near: Collection[Candidate]) -> bool:
    """Tell whether a sentence, or one of those just before, names a tour or its stops."""
    if any(c.tour or c.stops is not None or c.rule in _JOURNEYS for c in near):
        return True
    here = [c for c in near if reader.scene.sentence_of[c.at] == number]
    if len({c.destination for c in here}) > 1:
        return True  # "will be in Lima on Monday and in Quito on Tuesday"
    own = reader.scene.sentences[number]
    if "there" in reader.scene.forms(own.start) and any(
        t.lower_ == "there" and t.i > own.start and t.nbor(-1).lower_ == "from" for t in own
    ):
        return True
    tours = word_set("tour_itself", "leg_noun")
    sentences = reader.scene.sentences[max(0, number - _REACH) : number + 1]
    named = (s for s in sentences if not tours.isdisjoint(reader.scene.forms(s.start)))
    return any(t.pos_ in NOUNS and t.lemma_.lower() in tours for s in named for t in s)


def _of_sentence(
    reader: ArgumentReader,
    sentence: Span,
    near: Collection[Candidate],
    told: set[tuple[str, str | None]],
) -> Iterator[Candidate]:
    """Yield the stops of one sentence; a list goes on from a land to the next."""
    scene, at = reader.scene, sentence.start
    last: _Stop | None = None
    while at < sentence.end:
        spots, cue = lands_at(reader, at) if scene.at(at) else ((), None)
        trip = _trip_before(at, near, sentence.root) if spots and spots[-1].start >= at else None
        if trip is None or trip.actor is None:
            at += 1
            continue
        end = spots[-1].end
        known = all((trip.actor.key, spot.country) in told for spot in spots)
        day = None
        if cue is None and last is not None and _goes_on(reader, last, at):
            cue, day = last.cue, _day_between(reader, last.end, at)
        if cue is None and not known:
            cue = cue_at(reader, spots, trip.actor)
        if cue is not None or known:
            last = _Stop(end, cue or Cue(scene.doc[at], None), known)
        several = any((trip.actor.key, spot.country) not in told for spot in spots)
        before = {(c.actor.key, c.destination) for c in reader.told if c.actor and c.at < at}
        for spot in spots if cue is not None else ():
            key = (trip.actor.key, spot.country)
            if _is_of_others(reader, spot, trip.actor):
                continue
            later = several and key in told - before
            if cue is not None and spot.country != trip.origin and (later or key not in told):
                told.add(key)
                made = _made(reader, cue, trip, spot, day)
                if made.status in MADE_OR_PLANNED:
                    yield made
        at = end


def _is_of_others(reader: ArgumentReader, spot: Spot, actor: Actor) -> bool:
    """Tell the Quito of "A's tour comes after B's trip to Quito", where but B is told to go."""
    there = [c for c in reader.told if c.spot is not None and c.spot.start == spot.start]
    return bool(there) and all(c.actor is not None and not c.is_of(actor) for c in there)


def _trip_before(at: int, near: Collection[Candidate], verb: Token) -> Candidate | None:
    """Return the trip told last before a token, of which a stop there may be."""
    before = sorted((c for c in near if c.at < at), key=lambda c: c.at)
    return trip_gone_on_with(before, verb)


def _goes_on(reader: ArgumentReader, last: _Stop, at: int) -> bool:
    """Tell whether but days, "and" and a preposition stand between two lands of a list.

    Behind a land that others have read a day or "then", "twice" must stand there.
    """
    between = reader.scene.doc[last.end : at]
    dated = any(t.i in reader.clock.covered for t in between)
    forms = {t.lower_ for t in between if t.i not in reader.clock.covered and not t.is_space}
    joined = bool(forms & {",", "and", ";"})
    marked = not last.known or dated or bool(forms & word_set("marks_next_stop"))
    if last.known and _acts(reader, at):
        return False  # "was in Lima on Monday and Chile, his next stop, has been told"
    return joined and marked and forms <= word_set("links_stops", "marks_next_stop")


def _acts(reader: ArgumentReader, at: int) -> bool:
    """Tell whether a finite verb stands behind a land in its sentence."""
    behind = reader.scene.doc[at : reader.scene.sentence(at).end]
    return any(t.tag_ in FINITE and t.dep_ not in {"relcl", "advcl"} for t in behind)


def _day_between(reader: ArgumentReader, end: int, at: int) -> Token | None:
    """Return the day of "and, two days later, with Peru", not that of "in May, and with Peru"."""
    doc = reader.scene.doc
    joint = next((t.i for t in doc[end:at] if t.lower_ in {",", "and", ";"}), at)
    days = reader.clock.between(joint, at)
    return doc[days[-1][0]] if days else None


def _made(
    reader: ArgumentReader, cue: Cue, trip: Candidate, spot: Spot, day: Token | None
) -> Candidate:
    """Return the trip to a land, as far ahead as the words say, with the day told beside it."""
    assert trip.actor is not None
    fact, rule = _fact(cue, trip), noun_rules()["visit"]
    actor = replace(trip.actor, share=min(trip.actor.share, 0.95))
    made = reader.make(rule, cue.at, actor=actor, spot=spot, fact=fact, phase="whole", score=_SCORE)
    behind = [day] if day is not None else reader.clock.behind(spot.end)
    when = reader.clock.when(behind, phase="whole", fact=fact) if behind else When()
    if day is not None and trip.rule not in _WHOLE_STAYS:
        when = to_month(when)  # "on tour, signed in Lima and, two days later, in Quito"
    ahead = (when.start or "") > (reader.scene.article.published or "9")
    fact = Fact("planned") if ahead else fact
    return replace(made, when=when, fact=fact, notes=(*made.notes, UNREAD))


def _fact(cue: Cue, trip: Candidate) -> Fact:
    """Return whether a stop is made: by the verb that leads to it, else as the trip told near."""
    verb = cue.verb if cue.verb is not None and cue.verb.pos_ in VERBS else None
    finite = verb is not None and verb.tag_ not in {"VBN", "VBG", "VB"}
    tense = tense_of(verb) if verb is not None and finite else None
    told = fact_of_verb(verb) if verb is not None else trip.fact
    if told.status not in MADE_OR_PLANNED:
        return told
    if told.status == "planned" or tense == "future":
        return Fact("planned")
    if cue.order == "behind" and trip.status != "planned":
        return Fact("completed")
    if cue.order == "ahead" and (tense == "present" or trip.status in NOT_OVER):
        return Fact("planned")
    if tense == "past" and told.status == "completed":
        return Fact("completed", weak=True)
    return replace(trip.fact, reason="") if trip.status != "ongoing" else Fact("planned")


__all__ = ["each_once", "unread_stops"]
