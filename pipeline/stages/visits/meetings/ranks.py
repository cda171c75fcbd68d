"""Who is at home where two meet and no place is told: the one who leads a state."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from pipeline.discourse.scene import Actor
from pipeline.discourse.tables import words
from pipeline.discourse.timing.legs import leg_over
from pipeline.labels import OBJECTS
from pipeline.neighbours import prep_objects
from pipeline.reference.countries import is_country
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.hosts.at_home import is_visiting
from pipeline.stages.visits.tables import word_set

#: How many sentences before a meeting a trip of one who meets may be told that it is part of.
_TRIP_REACH = 3


def called_on_leader(
    reader: ArgumentReader, verb: Token, sides: Sequence[Actor], others: Sequence[Actor]
) -> Iterator[tuple[Actor, Actor]]:
    """Yield each guest with the host of "Foreign Minister A met President B": B's country.

    Also of "Speaker A met a delegation led by B", which has come to him. Two presidents, a meeting
    at an event or in a text set elsewhere do not fire; "on the second leg of his tour, A met
    President B" does, wherever the first leg was.
    """
    leg = leg_over(verb) is not None
    if leg and len({host.country for host in others}) == 1 and others[0].country is not None:
        yield from ((a, others[0]) for a in sides if a.country != others[0].country)
        return
    if _meets_delegation(verb) and len(sides) == 1 and leads(sides[0]):
        sent = [guest for guest in others if _comes_from(guest, sides[0])]
        if sent == list(others) and not _is_elsewhere(reader, verb, sides[0], sent):
            yield from ((guest, sides[0]) for guest in sent)
            return
    for hosts, guests in ((others, sides), (sides, others)):
        leaders = [host for host in hosts if _leads_state(host)]
        one_state = len({host.country for host in hosts}) == 1
        if not (leaders and one_state) or not all(_is_lower(guest) for guest in guests):
            continue
        host = leaders[0]
        foreign = [guest for guest in guests if guest.country != host.country]
        if foreign and not _is_elsewhere(reader, verb, host, foreign):
            yield from ((guest, host) for guest in foreign)
        return


def _meets_delegation(verb: Token) -> bool:
    """Tell "met a delegation led by B", "met with a Turkish delegation", as its object."""
    met = [c for c in verb.children if c.dep_ in OBJECTS and c.i > verb.i]
    met += prep_objects(verb, "with")
    return any(t.lemma_ in words("sent_group") and t.tag_ == "NN" for t in met)


def _comes_from(guest: Actor, host: Actor) -> bool:
    return guest.country not in {None, host.country} and not guest.reference.guessed


def is_sent(actor: Actor) -> bool:
    """Tell a delegation, and officials of one state, who travel on its errands."""
    reference = actor.reference
    if reference.country is None or reference.guessed or reference.name:
        return False
    body = reference.kind == "office" and reference.plural
    return reference.kind == "delegation" or (body and reference.role_kind in word_set("sent_ones"))


def _leads_state(actor: Actor) -> bool:
    reference = actor.reference
    leads = (reference.role_kind or "") in word_set("leads_state") and not reference.plural
    return leads and is_country(actor.country or "")


def _is_lower(actor: Actor) -> bool:
    """Tell a minister or special envoy whose country the text gives."""
    reference = actor.reference
    kind = (reference.role_kind or "").removeprefix("deputy_")
    envoy = kind == "envoy" and "special" in (reference.role or "").lower()
    told = actor.country is not None and not reference.guessed and not reference.plural
    return told and (kind in word_set("sent_to_leader") or envoy)


def _is_elsewhere(
    reader: ArgumentReader, verb: Token, host: Actor, guests: Sequence[Actor]
) -> bool:
    """Tell whether the text sets the meeting outside the host's country."""
    scene = reader.scene
    sentence = scene.sentence(verb.i)
    own = {host.country, *(guest.country for guest in guests)}
    places = scene.places_in(sentence.start, sentence.end)
    if any(place.kind == "place" or place.country not in own for place in places):
        return True
    if any(t.lemma_.lower() in word_set("meets_many") for t in sentence):
        return True
    if is_visiting(reader, host) or (scene.here and scene.here.country != host.country):
        return True
    keys = {host.key, *(guest.key for guest in guests)}
    number = scene.sentence_of[verb.i]
    for told in reversed(reader.told):
        if number - scene.sentence_of[told.at] > _TRIP_REACH:
            break
        if told.actor is not None and told.actor.key in keys and told.destination:
            return told.destination != host.country
    set_in = reader.understood.set_in(verb.i, but={guest.country for guest in guests})
    return set_in is not None and set_in.country != host.country


def leads(actor: Actor) -> bool:
    """Tell one leader or minister of a land, by name and office or by office alone."""
    reference = actor.reference
    single = not (actor.is_party or reference.plural or reference.guessed)
    named = reference.name or reference.role_kind in words("leading_class")
    return single and bool(named) and bool(reference.role_kind) and actor.country is not None


__all__ = ["called_on_leader", "is_sent", "leads"]
