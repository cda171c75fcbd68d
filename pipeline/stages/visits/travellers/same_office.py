"""Whether an unnamed office may be that of one who is named."""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.discourse.scene import Scene
from pipeline.discourse.tables import words
from pipeline.reference.countries import is_country
from pipeline.reference.offices import plural_offices
from pipeline.stages.visits.days.same_stay import overlap
from pipeline.stages.visits.merging.trip import Trip
from pipeline.stages.visits.tables import word_set


def is_named(trip: Trip) -> bool:
    """Tell whether the text names the visitor."""
    return any(c.actor is not None and c.actor.reference.name for c in trip.candidates)


def is_generic(trip: Trip) -> bool:
    """Tell a visitor told by his office or as somebody alone, who may be one named elsewhere."""
    told = [c for c in trip.candidates if c.actor is not None]
    for candidate in told:
        assert candidate.actor is not None
        reference = candidate.actor.reference
        if reference.name or reference.plural:
            return False
        if reference.definite:
            return False
    return bool(told)


def is_couple(trip: Trip) -> bool:
    """Tell "the presidential couple" and "the first lady" by no name of her own."""
    told = [c.actor.reference for c in trip.candidates if c.actor is not None]
    unnamed = all(r.role_kind == "spouse" and not r.name for r in told)
    several = any("ladies" in (r.role or "").lower() for r in told)  # who come for themselves
    return bool(told) and unnamed and not several


def is_counterpart(trip: Trip) -> bool:
    """Tell whether nothing but "his French counterpart" says whose trip it is."""
    told = [c.actor.reference for c in trip.candidates if c.actor is not None]
    named = any(r.name or r.plural for r in told)
    peers = tuple(words("peer"))
    return bool(told) and not named and all(r.text.lower().endswith(peers) for r in told)


def is_of_rank(scene: Scene, trip: Trip, named: Trip) -> bool:
    """Tell "welcomed Peru's minister" from "X is the most senior Peruvian official to come since".

    The second only names who was just told of, unless the days or the offices are others.
    """
    if trip.origin is None or trip.origin != named.origin or named.first_at < trip.first_at:
        return False
    ranked = [c for c in named.candidates if _is_of_ranked(scene.doc[c.at])]
    if not ranked or any(c.status == "planned" != trip.candidates[0].status for c in ranked):
        return False  # "the premier came on Monday. X will be the first leader to come"
    kinds = {kind_of(trip), kind_of(named)} & (word_set("leader_class") - word_set("vague_class"))
    crowned = not kinds.isdisjoint(word_set("crowned_class"))
    crowned = crowned and not _is_of_ruler(scene, ranked[0].at)
    return (
        share_time(trip, named)
        and kinds_fit(trip, named)
        and len(kinds - {"royal"}) < 2
        and not crowned
    )


def _is_of_ruler(scene: Scene, at: int) -> bool:
    """Tell "the first Gulf ruler to come" from "the most senior politician to come", no king."""
    return any(r.role_kind in word_set("leader_class") for r in scene.at(scene.doc[at].head.i))


def _is_of_ranked(verb: Token) -> bool:
    """Tell the verb of "is the highest-ranking official to visit", "became the first to come"."""
    noun = verb.head
    if verb.tag_ != "VB" or noun.dep_ != "attr" or noun.head.lemma_ not in {"be", "become"}:
        return False
    before = verb.doc[noun.left_edge.i : noun.i]
    return any(t.tag_ in {"JJS", "RBS"} or t.lower_ in words("ordinal") for t in before)


def kind_of(trip: Trip) -> str | None:
    """Return the class of office that the tellings of a trip give its visitor first."""
    kinds = [c.actor.reference.role_kind for c in trip.candidates if c.actor is not None]
    return next((kind for kind in kinds if kind), None)


def hold_one_office(unnamed: Trip, named: Trip) -> bool:
    """Tell the office of one trip's visitor inside that of another's, in so many words."""
    return any(role in other for role in _roles(unnamed) for other in _roles(named))


def lead_alone(unnamed: Trip, named: Trip) -> bool:
    """Tell "the head of the WHO" and its director-general X, "the pontiff" and Francis."""
    first, second = kind_of(unnamed), kind_of(named)
    pope = unnamed.origin == "VAT" and first == "pope" and second in {"pope", None}
    of_body = unnamed.origin is not None and not is_country(unnamed.origin)
    of_body = of_body and _is_second(unnamed) == _is_second(named)
    return pope or (of_body and {first, second} <= word_set("sole_head_class"))


def _is_second(trip: Trip) -> bool:
    """Tell the Deputy Secretary-General, who is not "the Secretary-General" told of beside."""
    told = [c.actor.reference.role for c in trip.candidates if c.actor is not None]
    firsts = {role.lower().replace("-", " ").split()[0] for role in told if role}
    return not firsts.isdisjoint(word_set("second_at_body"))


def _roles(trip: Trip) -> set[str]:
    """Return the offices by which a trip's tellings call the visitor, lower case."""
    references = [c.actor.reference for c in trip.candidates if c.actor is not None]
    return {r.role.lower() for r in references if r.role and " " in r.role}


def kinds_fit(generic: Trip, named: Trip) -> bool:
    """Tell whether "a French president" may be the one named: leaders fit leaders."""
    if _is_out_of_office(named) and not _is_out_of_office(generic):
        return False
    if is_one_of_former(generic) and not _is_out_of_office(named):
        return False
    if hold_one_office(generic, named):
        return True
    first, second = kind_of(generic), kind_of(named)
    if first is None or second is None or first == second:
        return True
    kinds = {first, second}
    if _is_bare_deputy(named) and first in word_set("second_rank"):
        return True
    if "leader" in kinds and not kinds <= word_set("leader_class") | word_set("vague_class"):
        return False  # "the foreign minister" beside "Ghanaian leader X"
    if kinds == word_set("class_of_two_heads"):
        return False
    if kinds & word_set("vague_class"):
        return True
    if first == "minister" and second.endswith(("_minister", "secretary")):
        return not _has_field(generic)
    return first in word_set("leader_class") and second in word_set("leader_class")


def _is_bare_deputy(trip: Trip) -> bool:
    """Tell the X of "the president and her deputy X", who may be her vice president."""
    told = [c.actor.reference.role for c in trip.candidates if c.actor is not None]
    return all(role is None or role.lower() == "deputy" for role in told)


def _is_out_of_office(trip: Trip) -> bool:
    """Tell "former president X" and "opposition leader X", who is not "the president"."""
    told = [c.actor.reference.role for c in trip.candidates if c.actor is not None]
    firsts = [role.lower().replace("-", " ").split()[0] for role in told if role]
    return bool(firsts) and set(firsts) <= word_set("out_of_office")


def is_one_of_former(trip: Trip) -> bool:
    """Tell each of "former presidents of Peru and Chad", none of whom is "President A of Peru"."""
    roles = [c.actor.reference.role or "" for c in trip.candidates if c.actor is not None]
    held = {role.partition(" ")[2].lower() for role in roles}
    return _is_out_of_office(trip) and held <= plural_offices()


def _has_field(trip: Trip) -> bool:
    """Tell "the trade minister", who is not the foreign minister, from "a senior minister"."""
    told = [c.actor.reference.role for c in trip.candidates if c.actor is not None]
    roles = [role.lower().split() for role in told if role]
    vague = words("vague_minister")
    return bool(roles) and all(set(role) - vague for role in roles)


def share_time(trip: Trip, other: Trip) -> bool:
    """Tell whether the days of two trips may be of one, as far as both are told."""
    pairs = ((day, own) for day in trip.days for own in other.days)
    return not (trip.days and other.days) or any(overlap(day, own) for day, own in pairs)


def tells_office(trip: Trip) -> bool:
    """Tell one who holds some office from "Mr X", whose trip alone is none of state."""
    told = (c.actor.reference for c in trip.candidates if c.actor is not None)
    return any(reference.role_kind for reference in told)


def years_apart(trip: Trip, other: Trip) -> bool:
    """Tell whether both are dated, in no year that they share."""
    years, theirs = ({day[:4] for day in each.days} for each in (trip, other))
    return bool(years and theirs) and years.isdisjoint(theirs)


__all__ = [
    "hold_one_office",
    "is_counterpart",
    "is_couple",
    "is_generic",
    "is_named",
    "is_of_rank",
    "is_one_of_former",
    "kind_of",
    "kinds_fit",
    "lead_alone",
    "share_time",
    "tells_office",
    "years_apart",
]
