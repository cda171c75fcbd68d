"""Stops of a tour that are told in whatever words: the lands that no other telling has.

"The premier is on a tour that opened in Lima, with Quito and Bogota to follow." What no other rule
reads is read here: where somebody is known to travel, a land or a list of them that the words
before it ("one to A and the other to B", "winds up in C"), its clause ("the itinerary also has D
on it") or the words behind it ("with E to follow") make a part of the journey.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from typing import Literal, NamedTuple

from spacy.tokens import Span, Token

from pipeline.discourse.factuality import Fact, fact_of_verb, governing_verb
from pipeline.discourse.scene import Actor, Scene, Spot
from pipeline.discourse.tables import words
from pipeline.discourse.timing import When
from pipeline.discourse.verb_forms import tense_of
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.candidate import Candidate, to_month
from pipeline.stages.visits.guest_lines import FINITE
from pipeline.stages.visits.itinerary import bare_spots
from pipeline.stages.visits.journeys import trip_gone_on_with
from pipeline.stages.visits.legs import is_of_thing
from pipeline.stages.visits.tables import noun_rules, word_set

#: The note of such a telling.
UNREAD = "unread stop"
#: How surely such a telling means a trip.
_SCORE = 0.55
#: How many sentences back the traveller may be told, and his tour.
_REACH = 3
#: How far before a land what leads to it may stand, in tokens that tell nothing else.
_CUE_REACH = 9
#: How far before "are", ":" the words may stand that say of what kind a land is.
_KIND_REACH = 7
#: How far behind a list of lands "to follow" may stand.
_BEHIND = 3
#: How far before a land "not" may stand that leaves it out.
_DENIED_REACH = 3
_JOURNEYS = frozenset({"tour", "trip"})
#: The rules whose day is that of a whole stay, not of what is done there.
_WHOLE_STAYS = frozenset({"visit", "travel", "be_in"})
_MADE = frozenset({"completed", "ongoing", "planned"})
_PRONOUNS = frozenset({"he", "she", "they", "it", "this", "that", "which"})
_MARKS = frozenset({":", "–", "—", "--", "-"})
#: How "including Peru", "for having included Peru" hang, which tell of no course of a journey.
_NO_CLAUSE = frozenset({"prep", "pcomp"})
_HYPHENS = frozenset({"-", "–"})
_OBJECTS = frozenset({"dobj", "obj"})


class _Cue(NamedTuple):
    """What makes a land a stop: where it stands, its verb, and its order beside the stop told."""

    at: Token
    verb: Token | None
    order: Literal["ahead", "behind", "same"] = "same"


class _Stop(NamedTuple):
    """A land that was read, up to its end, and how its list may go on."""

    end: int
    cue: _Cue
    known: bool


def unread_stops(reader: ArgumentReader) -> Iterator[Candidate]:
    """Read the stops of those who are on tour that nothing else was read of.

    "A left for Lima, the first leg of a trip that will also see him in Quito" fires; "his trip was
    followed by protests in Quito", "the tour that the orchestra began in Quito" do not.
    """
    scene = reader.scene
    anchors = [c for told in reader.told if (c := _anchor(reader, told)) is not None]
    told = {(c.actor.key, c.destination) for c in reader.told if c.actor is not None}
    first = min((scene.sentence_of[c.at] for c in anchors), default=len(scene.sentences))
    for number in range(first, len(scene.sentences)):
        near = [c for c in anchors if 0 <= number - scene.sentence_of[c.at] <= _REACH]
        if near and _speaks_of_tour(reader, number, near):
            yield from _of_sentence(reader, scene.sentences[number], near, told)


def each_once(scene: Scene, candidates: Sequence[Candidate]) -> list[Candidate]:
    """Count "two trips, one to Peru and the other to Chile" as one trip to each.

    The telling that names none of so many lands ("three trips: to Peru in May …") goes with that.
    """
    unread = [c for c in candidates if UNREAD in c.notes and c.actor is not None]
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
    travels = told.destination is not None or told.rule in _JOURNEYS
    return told if travels and told.status in _MADE and not told.previous else None


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
    if any(t.lower_ == "there" and t.i > own.start and t.nbor(-1).lower_ == "from" for t in own):
        return True
    sentences = reader.scene.sentences[max(0, number - _REACH) : number + 1]
    nouns = (t for s in sentences for t in s if t.pos_ in {"NOUN", "PROPN"})
    return any(t.lemma_.lower() in word_set("tour_itself", "leg_noun") for t in nouns)


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
        spots, cue = _led(reader, at) if scene.at(at) else ((), None)
        trip = _trip_before(at, near, sentence.root) if spots and spots[-1].start >= at else None
        if trip is None or trip.actor is None:
            at += 1
            continue
        end = spots[-1].end
        known = (trip.actor.key, spots[0].country) in told
        day = None
        if cue is None and last is not None and _goes_on(reader, last, at):
            cue, day = last.cue, _day_between(reader, last.end, at)
        if cue is None and not known:
            cue = _cue(reader, spots, trip.actor)
        if cue is not None or known:
            last = _Stop(end, cue or _Cue(scene.doc[at], None), known)
        for spot in spots if cue is not None else ():
            key = (trip.actor.key, spot.country)
            if cue is not None and spot.country != trip.origin and key not in told:
                told.add(key)
                made = _made(reader, cue, trip, spot, day)
                if made.status in _MADE:
                    yield made
        at = end


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


def _cue(reader: ArgumentReader, spots: Sequence[Spot], traveller: Actor) -> _Cue | None:
    """Return what makes a list of lands one's stops: the words before it, or its clause."""
    before = reader.scene.doc[max(0, spots[0].start - _DENIED_REACH) : spots[0].start]
    if any(token.lower_ in word_set("leaves_out") for token in before):
        return None  # "to Peru and Chile, but not Cuba"
    cue = _cue_before(reader, spots[0].start)
    if cue is not None and all(
        _is_his(reader, verb, traveller) for verb in (cue.at, cue.verb) if verb is not None
    ):
        return cue
    return _cue_of_clause(reader, spots[0], traveller)


def _cue_before(reader: ArgumentReader, at: int) -> _Cue | None:
    """Return the verb, the noun or "next" before a land, past small words."""
    doc, led = reader.scene.doc, False
    opening = max(reader.scene.sentence(at).start, at - _CUE_REACH)
    for i in range(at - 1, opening - 1, -1):
        token, lemma = doc[i], doc[i].lemma_.lower()
        if i == at - 1 and token.lower_ in word_set("before_next_stop"):
            verb = governing_verb(token)
            goes = verb is not None and verb.pos_ == "VERB"
            return (
                _Cue(token, verb, "behind" if token.lower_ == "after" else "ahead")
                if goes
                else None
            )
        if token.lower_ in _MARKS or lemma == "be":
            return _of_kind(reader, token, led=led)
        if lemma in word_set("tour_leads") and _is_verbal(token):
            direct = i == at - 1 or (i == at - 2 and doc[i + 1].pos_ == "DET")
            taken = direct and lemma in word_set("tour_takes_in") and token.dep_ not in _NO_CLAUSE
            return _Cue(token, token, _order_of(token)) if led or taken else None
        if led and token.lower_ == "there" and doc[i - 1].lower_ == "from":
            return _Cue(token, governing_verb(token), "ahead")
        if token.lower_ in word_set("nth_of_tour"):
            opened = reversed(doc[reader.scene.sentence(at).start : i])
            many = next((t for t in opened if t.tag_ == "NNS"), None)
            trips = many is not None and many.lemma_.lower() in word_set("tour_itself")
            return _Cue(token, governing_verb(token)) if led and trips else None
        if lemma in word_set("tour_itself", "leg_noun") and token.pos_ == "NOUN":
            return _of_tour(token) if led else None
        led = led or token.lower_ in word_set("leads_to_stop")
        small = token.pos_ in {"DET", "ADV", "PART"} or i in reader.clock.covered
        if not small and token.lower_ not in word_set("leads_to_stop", "between_stops"):
            return None
    return None


def _is_verbal(token: Token) -> bool:
    """Tell a verb, though it be tagged for a noun ("the tour winds up in Peru")."""
    behind = token.doc[token.i + 1 : token.i + 2]
    return token.pos_ in {"VERB", "ADJ"} or (
        token.tag_ == "NNS" and (token.dep_ == "ROOT" or any(t.tag_ == "RP" for t in behind))
    )


def _of_tour(noun: Token) -> _Cue | None:
    """Return what leads on from "trips to Peru", "began his tour with Peru"."""
    off = noun.dep_ == "pobj" and noun.head.dep_ == "prep"  # "rounding off the trip in Peru"
    verb = noun.head.head if off else noun.head
    if (off or noun.dep_ in _OBJECTS) and verb.lemma_.lower() in word_set("tour_leads"):
        return _Cue(verb, verb, _order_of(verb))
    return _Cue(noun, governing_verb(noun)) if noun.tag_ == "NNS" else None


def _of_kind(reader: ArgumentReader, mark: Token, *, led: bool) -> _Cue | None:
    """Return what says that a land behind "are", "will be", ":" is a stop: "next on the list"."""
    doc = mark.doc
    start = max(reader.scene.sentence(mark.i).start, mark.i - _KIND_REACH)
    for token in reversed(doc[start : mark.i]):
        lemma, noun = token.lemma_.lower(), token.pos_ == "NOUN"
        if token.text in {",", ";", ":"} and token.i < mark.i - 1:
            return None
        stop = noun and lemma in word_set("leg_noun", "part_of_journey")
        if stop and any(is_of_thing(c) for c in token.children):
            return None  # "cocoa's main destination is Peru"
        alone = not led and (token.i == start or token.head.pos_ in {"AUX", "VERB"})
        if stop or (alone and token.lower_ in word_set("nth_stop")):
            return _Cue(token, mark if mark.pos_ in {"AUX", "VERB"} else None, "ahead")
        if lemma in word_set("tour_itself") and token.tag_ == "NNS" and mark.text == ":":
            return _Cue(token, governing_verb(token))
    return None


def _led(reader: ArgumentReader, at: int) -> tuple[Sequence[Spot], _Cue | None]:
    """Return the lands at a token, and what behind them makes them stops.

    "The Peru-Chile leg of his tour", "with Peru and Chile to follow", "Peru and Chile come next".
    """
    scene, spots = reader.scene, list(reader.scene.spots(at))
    for leg in scene.doc[spots[-1].end : spots[-1].end + 1] if spots else ():
        if leg.lemma_.lower() in word_set("part_of_journey") and leg.pos_ == "NOUN":
            return [*_joined_before(reader, at), *spots], _Cue(leg, governing_verb(leg))
    cue = _cue_behind(reader, spots) if spots else None
    return (spots, cue) if cue is not None else (bare_spots(reader, at), None)


def _joined_before(reader: ArgumentReader, at: int) -> Iterator[Spot]:
    """Yield Peru of "the Peru-Chile leg"."""
    if at > 1 and reader.scene.doc[at - 1].text in _HYPHENS:
        for land in reader.scene.at(at - 2):
            if land.kind == "country" and land.country and land.form == "name":
                yield Spot(land.country, None, land, at - 2, at - 1)


def _cue_behind(reader: ArgumentReader, spots: Sequence[Spot]) -> _Cue | None:
    """Return the "follow" of "with Peru and Chile to follow", "Peru and Chile come next"."""
    doc, at = reader.scene.doc, spots[-1].end
    opened = doc[spots[0].start - 1].lower_ if spots[0].start else ""
    if opened in word_set("leads_to_stop") and opened != "with":
        return None
    phrase = ""
    for token in doc[at : min(at + _BEHIND, reader.scene.sentence(at - 1).end)]:
        if token.i in reader.clock.covered:
            return None  # "held talks with X of Peru last week"
        phrase = f"{phrase} {token.lower_}".strip()
        if phrase in word_set("makes_next_stop"):
            return _Cue(token, token if _is_verbal(token) else None, "ahead")
    return None


def _cue_of_clause(reader: ArgumentReader, spot: Spot, traveller: Actor) -> _Cue | None:
    """Return the verb over a land whose subject is a tour: "his itinerary also has Peru on it".

    What hangs on another noun is none ("the tour comes after a row with Peru"), but for talks.
    """
    head = reader.scene.doc[spot.start : spot.end].root
    while head.dep_ in {"conj", "appos"} and reader.scene.at(head.head.i):
        head = head.head
    over = head.head
    if head.dep_ == "pobj":
        if over.lower_ not in word_set("leads_to_stop") or over.dep_ == "agent":
            return None
        over = over.head.head if over.head.pos_ == "ADP" else over.head
    elif head.dep_ not in _OBJECTS | {"attr"}:
        return None
    if over.pos_ == "NOUN":
        direct = over.dep_ in _OBJECTS or over.head.lower_ in word_set("leads_to_stop")
        if not direct or over.lemma_.lower() not in word_set("engagement") | words("trip_noun"):
            return None
        over = governing_verb(over) or over
    takes_in = over.lemma_.lower() in word_set("tour_leads", "tour_has")
    own = _is_of_tour(reader, over)
    own = own or (_closes_tour(over) and _is_his(reader, over, traveller))
    if over.pos_ not in {"VERB", "AUX"} or not takes_in or not own:
        return None  # "the trip leaves out Peru", "the trip is to counter Peru"
    return _Cue(over, over, _order_of(over))


def _is_of_tour(reader: ArgumentReader, verb: Token) -> bool:
    """Tell a verb of a tour: "the tour closes", "a tour which will see", "whose stops are"."""
    subject = reader.scene.subject(verb)
    whose = subject is not None and any(c.tag_ == "WP$" for c in subject.children)
    if subject is None or whose or subject.tag_ in {"WDT", "WP"}:
        subject = verb.head if verb.dep_ in {"relcl", "acl"} else subject
    if subject is None or subject.lemma_.lower() not in _of_journeys():
        return False
    if subject.lemma_.lower() in word_set("tour_itself", "plan_of_journey"):
        return True
    return not any(is_of_thing(c) for c in subject.children)  # "cocoa's main destination"


def _closes_tour(verb: Token) -> bool:
    """Tell "will cap the trip with talks in Peru", "wound up his tour with a stop in Peru"."""
    objects = (c for c in verb.children if c.dep_ in _OBJECTS)
    toured = any(c.lemma_.lower() in word_set("tour_itself") for c in objects)
    return toured and verb.lemma_.lower() in words("finish") | words("begin")


def _order_of(verb: Token) -> Literal["ahead", "behind", "same"]:
    if verb.lemma_ in words("opens_trip"):
        return "behind"
    return "ahead" if verb.lemma_.lower() in word_set("later_on_tour") else "same"


def _is_his(reader: ArgumentReader, verb: Token, traveller: Actor) -> bool:
    """Tell whether what leads to a land is said of a tour or of who makes it."""
    if verb.tag_ == "NNS" and _is_verbal(verb):
        named = {t.lemma_.lower() for t in verb.lefts} | {t.lower_ for t in verb.lefts}
        return not named.isdisjoint(_of_journeys() | _PRONOUNS)
    if verb.pos_ != "VERB":
        return True
    subject = reader.scene.subject(verb)
    head = verb.head if verb.dep_ in {"relcl", "acl"} else None
    if head is not None and head.lemma_.lower() not in _of_journeys():
        return bool(reader.scene.spots(head.i)) or head.i in reader.clock.covered
    if subject is None or subject.tag_ in {"WDT", "WP", "WP$"}:
        return True
    if subject.lower_ in _PRONOUNS or subject.i in reader.clock.covered:
        return True
    if subject.lemma_.lower() in _of_journeys() or subject.lower_ in word_set("nth_stop"):
        return True
    actors = reader.scene.actors(subject)
    return bool(actors) and all(actor.key == traveller.key for actor in actors)


def _of_journeys() -> frozenset[str]:
    return word_set("tour_itself", "leg_noun", "part_of_journey", "plan_of_journey")


def _day_between(reader: ArgumentReader, end: int, at: int) -> Token | None:
    """Return the day of "and, two days later, with Peru", not that of "in May, and with Peru"."""
    doc = reader.scene.doc
    joint = next((t.i for t in doc[end:at] if t.lower_ in {",", "and", ";"}), at)
    days = reader.clock.between(joint, at)
    return doc[days[-1][0]] if days else None


def _made(
    reader: ArgumentReader, cue: _Cue, trip: Candidate, spot: Spot, day: Token | None
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


def _fact(cue: _Cue, trip: Candidate) -> Fact:
    """Return whether a stop is made: by the verb that leads to it, else as the trip told near."""
    verb = cue.verb if cue.verb is not None and cue.verb.pos_ in {"VERB", "AUX"} else None
    finite = verb is not None and verb.tag_ not in {"VBN", "VBG", "VB"}
    tense = tense_of(verb) if verb is not None and finite else None
    told = fact_of_verb(verb) if verb is not None else trip.fact
    if told.status not in _MADE:
        return told
    if told.status == "planned" or tense == "future":
        return Fact("planned")
    if cue.order == "behind" and trip.status != "planned":
        return Fact("completed")
    if cue.order == "ahead" and (tense == "present" or trip.status in {"ongoing", "planned"}):
        return Fact("planned")
    if tense == "past" and told.status == "completed":
        return Fact("completed", weak=True)
    return replace(trip.fact, reason="") if trip.status != "ongoing" else Fact("planned")


__all__ = ["each_once", "unread_stops"]
