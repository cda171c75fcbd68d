"""Whom "he" means of host and guest: "A will host B in Lima. He is due to land on Friday"."""

from __future__ import annotations

from dataclasses import replace
from itertools import takewhile

from spacy.tokens import Token

from models.visit import MADE_OR_PLANNED, NOT_OVER, OFF
from pipeline.discourse.scene import Actor
from pipeline.iso_lengths import MONTH
from pipeline.labels import LATE_WORDS
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.tables import word_set

#: How many sentences back the reception may be told, and the guest's trip where only "then" or
#: "on" tells of a tour.
_REACH, _TOUR_REACH = 5, 4
_FEMALE = frozenset({"she", "her", "hers", "herself"})


def guest_for_host(reader: ArgumentReader, told: Candidate) -> Candidate:
    """Return a trip told of "he" as that of the guest, where "he" would be the host.

    - an arrival that names no place: not "A hosted B in Lima. A arrived in Quito on Friday";
    - an arrival in his own country, and the days of a stay: "A of Norway received B in Oslo. He
      landed in Oslo on Monday and will end his visit on Friday";
    - a reception: who is received is the one who is there, not who was told of since from afar;
    - a trip on from there: "B landed in Oslo. A of Norway received him. From Oslo he will travel
      to Lima", however far before B's landing is told. "A met B in A's capital. He will fly to
      Lima in June" leaves A.
    """
    actor = told.actor
    if actor is None:
        return told
    if actor.reference.form != "pronoun":
        return _by_office(reader, told, actor)
    if "received" in told.notes:
        meant = _who_is_there(reader, told, actor)
    elif (guest := _who_stays(reader, told, actor)) is not None:
        meant = guest
    elif told.arrives:
        meant = _who_is_awaited(reader, told, actor)
    else:
        meant = _who_goes_on(reader, told, actor)
    if meant is None or meant.actor is None:
        return told
    return replace(told, actor=replace(meant.actor, token=actor.token), origin=meant.origin)


def _by_office(reader: ArgumentReader, told: Candidate, him: Actor) -> Candidate:
    """Return the stay of "the president" as that of the guest, where his host is one as well."""
    office = him.reference
    if office.form != "office" or not office.text[len("the ") :].islower():
        return told
    meant = _who_stays(reader, told, him)
    if meant is None or meant.actor is None or meant.actor.reference.role_kind != office.role_kind:
        return told
    return replace(told, actor=replace(meant.actor, token=him.token), origin=meant.origin)


def _who_is_awaited(reader: ArgumentReader, told: Candidate, him: Actor) -> Candidate | None:
    """Return the trip of the guest whose host "he" would be who "is due to land on Friday"."""
    number = reader.scene.sentence_of
    near = takewhile(lambda c: number[told.at] - number[c.at] <= _REACH, reversed(reader.told))
    last = next((c for c in near if c.actor is not None and c.status is not None), None)
    if last is None or last.actor is None or "received" not in last.notes or last.is_of(him):
        return None
    return last if _is_single(last) and him.country == last.destination else None


def _who_stays(reader: ArgumentReader, told: Candidate, him: Actor) -> Candidate | None:
    """Return the trip of the guest, where "he" would be one who comes to his own country.

    Or one at home who "will end his visit on Friday" and of whom no other trip is told then.
    """
    home = him.country
    if home is None or him.reference.plural or told.previous:
        return None
    if told.destination == home:
        back = any(
            t.lower_ in word_set("home_again_by_word") for t in reader.scene.sentence(told.at)
        )
        stays = told.rule in word_set("arrival", "there_as_guest") and not back
    else:
        stays = told.destination is None and told.rule in word_set("dates_stay")
    if not stays:
        return None
    now = [c for c in reader.told if c.status in MADE_OR_PLANNED and not is_of_old(reader, c)]
    if any(c.is_of(him) and c.destination != home and _may_be_then(c, told) for c in now):
        return None  # he is abroad himself
    there = [c for c in now if not c.is_of(him) and _leads_to(reader, c, home)]
    last = there[-1] if there else None
    return last if last is not None and _is_single(last) and _is_alike(reader, last, him) else None


def _leads_to(reader: ArgumentReader, trip: Candidate, land: str) -> bool:
    """Tell a trip to a country, and "visiting Premier X met" somebody of that country."""
    if trip.destination is not None or trip.rule != "visiting" or trip.origin == land:
        return trip.destination == land
    sentence = reader.scene.sentence(trip.at)
    return any(
        r.country == land for i in range(sentence.start, sentence.end) for r in reader.scene.at(i)
    )


def _may_be_then(trip: Candidate, told: Candidate) -> bool:
    """Tell whether two tellings may be of one time, by what is told of their days."""
    days = [each.start or each.end or "" for each in (trip.when, told.when)]
    length = min(MONTH, *map(len, days))
    return days[0][:length] == days[1][:length]


def _is_alike(reader: ArgumentReader, guest: Candidate, him: Actor) -> bool:
    """Tell whether a guest may be "he", by what pronouns mean the guest elsewhere."""
    key = guest.actor.reference.actor if guest.actor is not None else None
    references = reader.scene.references
    pronouns = {r.text.lower() for r in references if r.form == "pronoun" and r.actor == key}
    if not pronouns or him.reference.form != "pronoun":
        return True
    return bool(pronouns & _FEMALE) == (him.reference.text.lower() in _FEMALE)


def _who_is_there(reader: ArgumentReader, told: Candidate, him: Actor) -> Candidate | None:
    """Return the trip of the one told to come to where "he" is received, if "he" is not told to."""
    there = [
        c for c in reader.told if c.destination == told.destination and c.status not in {None, *OFF}
    ]
    last = next((c for c in reversed(there) if c.actor is not None and not c.hosts), None)
    if last is None or last.actor is None or any(c.is_of(him) for c in there):
        return None
    alike = _is_alike(reader, last, him) and last.actor.reference.kind == "person"
    return last if alike and _is_single(last) else None


def _who_goes_on(reader: ArgumentReader, told: Candidate, him: Actor) -> Candidate | None:
    """Return the trip of the guest in his land, where the host would be "he" who travels on."""
    verb, home = reader.scene.doc[told.at], him.country
    if home is None or told.destination in {None, home}:
        return None
    left = reader.source(verb) == home
    goes_on = left or _goes_on(reader, verb)
    soon = told.status in NOT_OVER and not any(
        token.lower_ in LATE_WORDS for token in reader.scene.sentence(told.at)
    )
    if not (goes_on or soon) or _is_named_just_before(reader, told, him, back=not goes_on):
        return None
    now = [c for c in reader.told if c.status in MADE_OR_PLANNED and not is_of_old(reader, c)]
    if any(c.is_of(him) and c.destination != home for c in now):
        return None  # he is abroad himself
    number = reader.scene.sentence_of
    for each in reversed(now):
        behind = number[told.at] - number[each.at]
        if not behind or each.destination != home:
            continue
        near = left or (goes_on and behind <= _TOUR_REACH)
        meant = near or (soon and _opens(reader, each, him))
        return each if meant and _is_single(each) and told.destination != each.origin else None
    return None


def _is_named_just_before(
    reader: ArgumentReader, told: Candidate, him: Actor, *, back: bool
) -> bool:
    """Tell the A of "A will have little rest: next week he goes to Lima", who is no other.

    Args:
        back: whether A may be named in the sentence before as well.
    """
    scene = reader.scene
    start = scene.sentence(told.at).start
    if back and start:
        start = scene.doc[start - 1].sent.start
    return any(
        r.actor == him.reference.actor and r.form != "pronoun"
        for at in range(start, him.token)
        for r in scene.at(at)
    )


def is_of_old(reader: ArgumentReader, told: Candidate) -> bool:
    """Tell a trip of "visited Norway in 2019", in a text of 2024, from which nobody goes on now."""
    year, now = (told.when.start or "")[:4], (reader.scene.article.published or "")[:4]
    return bool(year and now) and year < now


def _opens(reader: ArgumentReader, trip: Candidate, him: Actor) -> bool:
    """Tell whether the text tells of a traveller before it tells of another."""
    first = {r.actor: r.start for r in reversed(reader.scene.references)}
    guest = trip.actor.reference.actor if trip.actor is not None else None
    return first.get(guest, 0) < first.get(him.reference.actor, 0)


def _is_single(told: Candidate) -> bool:
    return told.actor is not None and not told.actor.reference.plural


def _goes_on(reader: ArgumentReader, verb: Token) -> bool:
    """Tell "flew on to Lima", "from there he heads to Lima", "then travels to Lima"."""
    near = {c.lower_ for c in verb.children}
    start = reader.scene.sentence(verb.i).start
    opening = verb.doc[start : start + 2].text.lower()
    return bool(near & word_set("goes_further")) or opening == "from there"


__all__ = ["guest_for_host", "is_of_old"]
