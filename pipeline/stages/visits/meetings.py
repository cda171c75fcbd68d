"""Meetings, and who has travelled to them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from models import Reference
from pipeline.discourse.factuality import Fact, fact_of_verb, governing_verb
from pipeline.discourse.scene import Actor, Spot
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.event_places import place_of_journey
from pipeline.stages.visits.hosts import host_country, is_seated, is_visiting, receive
from pipeline.stages.visits.tables import VerbRule, verb_rules, word_set


def meet(reader: ArgumentReader, verb: Token, rule: VerbRule) -> Iterator[Candidate]:
    """Read "A met B in X": who is not at home in X has travelled."""
    if rule.id not in {"call_on", "pay_a_call"} and reader.is_remote(verb):
        return
    if any(c.dep_ == "nsubjpass" for c in verb.children):
        yield from receive(reader, verb, rule)
        return
    if _is_on_sidelines(reader, verb):
        return
    sides, others = _meeting_sides(reader, verb)
    local, journey = reader.local_spot(verb, None), place_of_journey(reader, verb)
    if local is not None and journey is not None and local.start < verb.i:
        local = None  # "held talks in Muscat and went to Doha to meet B"
    spot = (
        local
        or journey
        or _lead_place(reader, verb, [*sides, *others])
        or _place_told_next(reader, verb)
        or _place_of_told(reader, [*sides, *others])
    )
    if not others and len(sides) > 1 and spot is not None:
        others = sides
    if sides and not others:
        yield from _met_abroad(reader, verb, rule, sides=sides)
    if others and not sides and local is not None and local.place is not None:
        yield from _found_abroad(reader, verb, rule, others=others, spot=local)
    if not sides or not others:
        return
    apart = list(_each_in_its_place(reader, verb, others))
    for other, own in apart:
        for guest, host in [*((a, other) for a in sides), *((other, a) for a in sides)]:
            if not guest.is_party and guest.country is not None:
                yield from _met(reader, verb, rule, guest=guest, hosts=[host], spot=own)
    if apart:
        return
    # Whom one calls on is at home, wherever the report was written.
    at_home = rule.id in {"call_on", "pay_a_call"} and local is None
    guests = [] if at_home else [(b, sides) for b in others]
    for guest, hosts in [(a, others) for a in sides] + guests:
        if not guest.is_party and guest.country is not None:
            yield from _met(reader, verb, rule, guest=guest, hosts=hosts, spot=spot)
            further = reader.scene.spots(spot.start)[1:] if spot is not None else []
            for place in further if all(host.reference.plural for host in hosts) else ():
                yield from _met(reader, verb, rule, guest=guest, hosts=hosts, spot=place)


def _is_on_sidelines(reader: ArgumentReader, verb: Token) -> bool:
    """Tell a meeting on the sidelines of an event from one told behind such a one."""
    for token in reader.scene.sentence(verb.i):
        if token.lemma_ in {"sideline", "margin"}:
            own = next((t for t in token.ancestors if t.pos_ == "VERB"), verb)
            above = own in verb.ancestors and own.lemma_ != "meet"
            if token.i > verb.i or own == verb or above:
                return True
    return False


def _each_in_its_place(
    reader: ArgumentReader, verb: Token, others: Sequence[Actor]
) -> Iterator[tuple[Actor, Spot]]:
    """Read "met A in Rome on Monday and B in Bern": whom each was met, with the place of each."""
    doc, told = reader.scene.doc, sorted(others, key=lambda other: other.token)
    ends = [*(other.token for other in told[1:]), reader.scene.sentence(verb.i).end]
    found: list[tuple[Actor, Spot]] = []
    for other, end in zip(told, ends, strict=True):
        for i in range(other.token + 1, end):
            if doc[i].tag_ in {"VBD", "VBZ", "VBP", "MD"}:
                break
            spots = reader.scene.spots(i + 1) if doc[i].lower_ in {"in", "at"} else []
            if spots:
                found.append((other, spots[0]))
                break
    if len(found) == len(told) and len({spot.country for _, spot in found}) > 1:
        yield from found


def _meeting_sides(reader: ArgumentReader, verb: Token) -> tuple[list[Actor], list[Actor]]:
    """Return the subject's actors, and those of the object or behind "with"."""
    subject = reader.scene.subject(verb)
    sides = reader.scene.actors(subject) if subject is not None else []
    others: list[Actor] = []
    for child in verb.subtree:
        if child.dep_ in {"dobj", "obj", "pobj"} and child.i > verb.i:
            above = child.head
            called = above.lower_ == "on" and verb.lemma_ in {"call", "pay"}
            adverbs = word_set("list_adverb") - {"and", "also"}
            later = above.i > 0 and above.nbor(-1).lower_ in adverbs
            beside = above.lower_ == "with" and _is_under(above, verb) and not later
            if above == verb or beside or called:
                others += reader.scene.actors(child)
    return sides, others


def _met_abroad(
    reader: ArgumentReader, verb: Token, rule: VerbRule, *, sides: Sequence[Actor]
) -> Iterator[Candidate]:
    """Read "met with growers in Lima", "will have talks with officials in Peru"."""
    objects = [c for c in verb.children if c.dep_ in {"dobj", "obj"}]
    with_whom = [h for head in (verb, *objects) for c in head.children for h in c.children]
    heads = [verb, *objects, *(h for h in with_whom if h.head.lower_ == "with")]
    for prep in [c for head in heads for c in head.children if c.lower_ in {"in", "at"}]:
        spots = reader.scene.spots(prep.i + 1) if prep.i > verb.i else []
        for spot in spots:
            if prep.head not in {verb, *objects} and spot.place is None:
                continue  # "with growers in Peru" may be anywhere, "in Lima" is there
            for side in sides:
                single = side.reference.name and side.reference.role_kind
                if single and not side.reference.guessed and side.country != spot.country:
                    yield from _met(reader, verb, rule, guest=side, hosts=(), spot=spot)
        if spots:
            return


def _found_abroad(
    reader: ArgumentReader, verb: Token, rule: VerbRule, *, others: Sequence[Actor], spot: Spot
) -> Iterator[Candidate]:
    """Read "I met the premier in Lima", whoever says it: the premier was there."""
    subject = reader.scene.subject(verb)
    if subject is None or subject.lower_ not in {"i", "we", "he", "she", "they"}:
        return
    for other in others:
        single = other.reference.name and other.reference.role_kind
        if single and not other.reference.guessed and other.country != spot.country:
            yield from _met(reader, verb, rule, guest=other, hosts=(), spot=spot)


def _is_under(prep: Token, verb: Token) -> bool:
    """Tell "held a meeting with A", not "met A, and went to Lima for talks with B"."""
    return next((t for t in prep.ancestors if t.pos_ in {"VERB", "AUX"}), verb) == verb


def _met(
    reader: ArgumentReader,
    verb: Token,
    rule: VerbRule,
    *,
    guest: Actor,
    hosts: Sequence[Actor],
    spot: Spot | None,
) -> Iterator[Candidate]:
    """Yield the trip of one side of a meeting, if it is abroad."""
    visiting = is_visiting(reader, guest)
    country = _meeting_place(guest, hosts, spot, visiting=visiting)
    if country is None or country == guest.country or guest.reference.guessed:
        return
    if is_seated(guest, country):
        return
    fact = fact_of_verb(verb)
    at_host = any(host.country == country for host in hosts)
    yield reader.make(
        rule,
        verb,
        actor=guest,
        spot=spot if spot and spot.country == country else None,
        destination=country,
        fact=Fact("ongoing") if visiting and fact.status == "completed" else fact,
        phase="whole",
        hosts=tuple(h for h in hosts if h.country == country),
        score=rule.score + 0.2 * visiting + 0.08 * at_host,
        notes=("meeting", "inside"),
    )


def _lead_place(
    reader: ArgumentReader, verb: Token, sides: Sequence[Actor], *, anywhere: bool = False
) -> Spot | None:
    """Return the dateline's place for a meeting told in the opening with one at home there.

    Args:
        anywhere: whether it may be told further on, too.
    """
    here = reader.scene.here
    if here is None or not any(side.country == here.country for side in sides):
        return None
    sentence = reader.scene.sentence(verb.i)
    own = {here.country, *(side.country for side in sides)}
    told = reader.scene.places_in(sentence.start, sentence.end)
    if any(place.country not in own or not _is_party(reader, place) for place in told):
        return None  # "China values its ties with Peru" names no place where they met
    opening = [s for s in reader.scene.sentences if s.start_char >= reader.scene.article.body_start]
    return here if anywhere or sentence in opening[:2] else None


def _is_party(reader: ArgumentReader, land: Reference) -> bool:
    """Tell "China values its ties with Peru" from "visited China", "in Peru"."""
    start, _ = reader.scene.bounds(land)
    before = reader.scene.doc[max(0, start - 1) : start].text.lower()
    acts = reader.scene.doc[start].dep_ in {"nsubj", "nsubjpass", "poss"}
    return land.kind == "country" and (acts or before in {"with", "between", "and"})


def _place_told_next(reader: ArgumentReader, verb: Token) -> Spot | None:
    """Return the city of "The talks in Lima lasted …", which the next sentence looks back with."""
    scene = reader.scene
    number = scene.sentence_of[verb.i]
    for sentence in scene.sentences[number + 1 : number + 3]:
        for noun in sentence[:5]:
            definite = any(c.lower_ in word_set("looks_back") for c in noun.children)
            if noun.lemma_.lower() not in word_set("met_at") or not definite:
                continue
            over = noun.head if noun.dep_ in {"nsubj", "nsubjpass"} else noun
            held = over.lemma_ in word_set("holds_event")
            for prep in sentence.doc[noun.i + 1 : min(sentence.end, noun.i + 12)]:
                under = noun in prep.ancestors or (held and over in prep.ancestors)
                spots = scene.spots(prep.i + 1) if prep.lower_ in {"in", "at"} and under else []
                if spots and spots[0].place is not None:
                    return spots[0]
    return None


def _place_of_told(reader: ArgumentReader, sides: Sequence[Actor]) -> Spot | None:
    """Return the place of talks told before of unnamed men of the same two countries."""
    countries = {side.country for side in sides if side.country and side.reference.name}
    told = [
        each
        for each in reader.told
        if "meeting" in each.notes and each.actor is not None and not each.actor.reference.name
    ]
    places = {each.destination for each in told if each.origin in countries}
    origins = {each.origin for each in told}
    same = len(countries) == 2 and countries <= origins and len(places) == 1
    return next((each.spot for each in told if each.spot is not None), None) if same else None


def talks_between(reader: ArgumentReader, noun: Token) -> Iterator[Candidate]:
    """Read "the meeting between A and B in Riyadh": who is not at home has travelled."""
    rule = next(r for r in verb_rules()["hold"] if r.id == "hold_talks")
    between = next((c for c in noun.children if c.lower_ == "between"), None)
    verb = governing_verb(noun)
    if verb is None or reader.is_remote(noun):
        return
    if between is None:
        yield from _talks_with(reader, noun, rule, verb=verb)
        return
    sides = [a for c in between.children for a in reader.scene.actors(c) if not a.is_party]
    spot = reader.local_spot(noun, None)
    if len(sides) < 2 or spot is None:
        return
    for side in sides:
        if side.country and side.country != spot.country:
            yield reader.make(
                rule,
                noun,
                actor=side,
                spot=spot,
                fact=fact_of_verb(verb),
                phase="whole",
                score=rule.score,
                notes=("meeting", "inside"),
            )


def _talks_with(
    reader: ArgumentReader, noun: Token, rule: VerbRule, *, verb: Token
) -> Iterator[Candidate]:
    """Read "said after talks with A in Rome", "talks with A in Rome went well"."""
    scene = reader.scene
    behind = noun.dep_ == "pobj" and noun.head.lower_ in word_set("round_a_meeting")
    met = next((c for c in noun.children if c.lower_ == "with" and c.i > noun.i), None)
    if met is None or not (behind or noun.dep_ in {"nsubj", "nsubjpass"}):
        return
    if any(t.lemma_ in {"sideline", "margin"} for t in scene.sentence(noun.i)):
        return
    spot = _seat_of_talks(reader, noun)
    if spot is None and behind and (told := reader.local_spot(verb, None)) is not None:
        spot = told if told.place is not None else None
    teller = scene.subject(verb if behind or verb.dep_ != "ccomp" else verb.head)
    sides = [a for head in met.children for a in scene.actors(head)]
    sides = [*(scene.actors(teller) if teller is not None else []), *sides]
    if spot is None and behind:  # "TUNIS: … he said in a meeting with A"
        inside = noun.head.lower_ in word_set("in_a_meeting")
        spot = _lead_place(reader, noun, sides, anywhere=inside)
    ahead = behind and noun.head.lower_ in word_set("before_a_meeting")
    fact = Fact("planned") if ahead else fact_of_verb(verb)
    if spot is None:
        return
    for side in sides:
        known = side.reference.role_kind and side.reference.name and not side.reference.guessed
        if known and side.country not in {None, spot.country} and not is_seated(side, spot.country):
            yield reader.make(
                rule,
                noun,
                actor=side,
                spot=spot,
                fact=fact,
                phase="whole",
                hosts=tuple(a for a in sides if a.country == spot.country),
                score=rule.score,
                notes=("meeting", "inside"),
            )


def _seat_of_talks(reader: ArgumentReader, noun: Token) -> Spot | None:
    """Return the town of "talks with A in Rome", not that of "talks with A on aid in Rome"."""
    doc = reader.scene.doc
    for i in range(noun.i + 1, reader.scene.sentence(noun.i).end):
        on_a_day = i + 1 in reader.clock.starts
        topic = doc[i].lower_ in word_set("of_a_topic") and not on_a_day
        if doc[i].pos_ in {"VERB", "AUX"} or topic:
            return None
        spots = reader.scene.spots(i + 1) if doc[i].lower_ in {"in", "at"} else []
        if spots and (spots[0].place is not None or spots[0].reference.form == "adjective"):
            return spots[0]
    return None


def beside_host(reader: ArgumentReader, noun: Token) -> Iterator[Candidate]:
    """Read "at a joint press conference with A in Cairo": who is not at home there has come."""
    rule = next(r for r in verb_rules()["hold"] if r.id == "hold_talks")
    verb = governing_verb(noun)
    doc = reader.scene.doc
    before = {t.lower_ for t in doc[max(0, noun.i - 3) : noun.i]}
    fact = fact_of_verb(verb) if verb is not None else Fact(None)
    if not before & {"joint", "press", "news"} or reader.is_remote(noun) or fact.status is None:
        return
    beside = [h for c in noun.children if c.lower_ in {"with", "alongside"} for h in c.children]
    spot = _told_behind(reader, noun)
    for guest in (a for head in beside for a in reader.scene.actors(head)):
        named = guest.reference.name and guest.reference.role_kind
        if spot is None or guest.is_party or not named or is_seated(guest, spot.country):
            continue
        if guest.country not in {None, spot.country} and not guest.reference.guessed:
            yield reader.make(
                rule,
                noun,
                actor=guest,
                spot=spot,
                fact=fact,
                phase="whole",
                score=rule.score,
                notes=("meeting", "inside"),
            )


def _told_behind(reader: ArgumentReader, noun: Token) -> Spot | None:
    """Return the city "in" which a press conference is held, before another verb."""
    doc = reader.scene.doc
    for i in range(noun.i + 1, reader.scene.sentence(noun.i).end):
        if doc[i].pos_ in {"VERB", "AUX"}:
            return None
        if doc[i].lower_ in {"in", "at"}:
            spots = reader.scene.spots(i + 1)
            if spots and spots[0].place is not None:
                return spots[0]
    return None


def _meeting_place(
    guest: Actor, hosts: Sequence[Actor], spot: Spot | None, *, visiting: bool
) -> str | None:
    if visiting:
        return host_country(hosts, guest)
    return spot.country if spot is not None else None


__all__ = ["beside_host", "meet", "talks_between"]
