"""Whom one met each in a place of his own: "met A in Rome and B in Bern", "in their capitals"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from pipeline.discourse.scene import Actor, Spot
from pipeline.discourse.tables import words
from pipeline.labels import FINITE
from pipeline.neighbours import text_at
from pipeline.reference.countries import is_country
from pipeline.signs import LIST_JOINTS
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.tables import word_set

#: So many lands have leaders whom one meets in their own.
_SEVERAL = 2
_JOINTS = LIST_JOINTS | {";"}
#: How many tokens of an office may stand before the name of a further one who was met.
_TITLE = 8
_BEFORE_NAME = frozenset({"PROPN", "NOUN", "ADJ", "DET", "PART", "ADP"})


def each_in_its_place(
    reader: ArgumentReader, verb: Token, others: Sequence[Actor]
) -> Iterator[tuple[Actor, Spot]]:
    """Read "met A in Rome on Monday and B in Bern": whom each was met, with the place of each.

    "Met A in Rome and B spoke in Bern" has no B. Of "met A, B in Rome and C in Bern" those are
    told whose place is.
    """
    doc, told = reader.scene.doc, sorted(others, key=lambda other: other.token)
    ends = [*(other.token for other in told[1:]), reader.scene.sentence(verb.i).end]
    found: list[tuple[Actor, Spot]] = []
    for other, end in zip(told, ends, strict=True):
        for i in range(other.token + 1, end):
            if doc[i].tag_ in FINITE:
                break
            spots = reader.scene.spots(i + 1) if doc[i].lower_ in {"in", "at"} else []
            if spots:
                found.append((other, spots[0]))
                break
    first = next((i for i, other in enumerate(told) if found and other == found[0][0]), 0)
    if found and len(found) == len(told) - first and (first == 0 or len(found) > 1):
        found += _further(reader, found[-1][1].end)
        if len({spot.country for _, spot in found}) > 1:
            yield from found


def in_their_lands(reader: ArgumentReader, verb: Token, others: Sequence[Actor]) -> list[Actor]:
    """Return whom one met, of "met the leaders of Peru and Chile in their respective countries".

    So of "met with both President A of Peru and Premier B of Chile", wherever no place is told, and
    of "on a tour on which she met President A of Peru and Premier B of Chile".
    Nobody for "met the leaders of Peru and Chile in his capital", "in their hotel", nor for "met
    them on crises in their countries", "to hail reforms in their countries".
    """
    doc, hosts = verb.doc, [other for other in others if is_country(other.country or "")]
    if len({host.country for host in hosts}) < _SEVERAL:
        return []
    if _met_each(reader, verb, hosts) or _met_on_tour(reader, verb, hosts):
        return hosts
    for at in range(verb.i + 1, reader.scene.sentence(verb.i).end - 2):
        if doc[at : at + 2].text.lower() not in {"in their", "in each"}:
            continue
        noun = at + 2 + (doc[at + 2].lower_ in word_set("each_his_own"))
        lands = any(t.lemma_ in word_set("each_of_them") for t in doc[noun : noun + 1])
        if lands and _is_where_met(doc[at], verb, hosts):
            return [host for host in hosts if host.token < at]
    return []


def _met_each(reader: ArgumentReader, verb: Token, hosts: Sequence[Actor]) -> bool:
    """Tell "met with both A and B" from "met both A and B in Lima", "on the sidelines of a summit".

    Who met both "as the three gathered" was with them at once.
    """
    first, last = min(h.token for h in hosts), max(h.token for h in hosts)
    both = any(t.lower_ == "both" for t in verb.doc[verb.i + 1 : first])
    preps = (t for t in reader.scene.sentence(verb.i) if t.dep_ == "prep")
    told = any(
        t.lower_ in {"in", "at", "on", "during"} and not _is_when(reader, t)
        for t in preps
        if not verb.i < t.i < last
    )
    return both and not told and all(h.reference.name for h in hosts)


def _met_on_tour(reader: ArgumentReader, verb: Token, hosts: Sequence[Actor]) -> bool:
    """Tell "on a tour of Africa, where he met A and B", "met A and B as part of his tour".

    Not "met A and B in Lima during his tour", "met A and B to discuss the tour".
    """
    leads = words("leads_land")
    if not all(h.reference.name and h.reference.role_kind in leads for h in hosts):
        return False
    sentence = reader.scene.sentence(verb.i)
    tours = [t for t in sentence if t.lemma_ in word_set("long_journey")]
    if not any(_is_on(tour, verb) for tour in tours):
        return False
    preps = (t for t in sentence if t.lower_ in {"in", "at"} and t.i > verb.i)
    return not any(spot.is_town for prep in preps for spot in reader.scene.spots(prep.i + 1)[:1])


def _is_on(tour: Token, verb: Token) -> bool:
    """Tell the tour of a meeting: "a tour where he met A", "met A as part of the tour"."""
    where = next((c for c in verb.children if c.lower_ in {"where", "which"}), None)
    if verb.dep_ in {"relcl", "advcl"} and tour.i < verb.i:
        led = verb.doc[tour.i + 1 : where.i if where is not None else verb.i]
        return tour in verb.ancestors or all(t.pos_ in _BEFORE_NAME | {"PUNCT"} for t in led)
    over = tour.head
    part = over.lower_ == "of" and over.head.lower_ == "part"
    prep = over.head.head if part else over
    on = part or over.lower_ in {"on", "during"}
    return on and prep.pos_ in {"ADP", "SCONJ"} and verb in prep.ancestors


def _is_when(reader: ArgumentReader, prep: Token) -> bool:
    """Tell the "on" of "on Monday"."""
    return any(c.i in reader.clock.covered for c in prep.children)


def _is_where_met(prep: Token, verb: Token, hosts: Sequence[Actor]) -> bool:
    """Tell whether a place hangs on a meeting, or on those who were met, and on nothing else."""
    met = {host.token for host in hosts}
    for node in prep.ancestors:
        if node == verb:
            return True
        if node.i not in met and node.pos_ not in {"ADP", "PROPN"}:
            return False
    return False


def _further(reader: ArgumentReader, i: int) -> Iterator[tuple[Actor, Spot]]:
    """Yield B and C of ", B in Bern and C in Oslo" at token `i`, whom the parse may set apart."""
    scene, doc, at = reader.scene, reader.scene.doc, i
    end = scene.sentence(i - 1).end
    while at < end and doc[at].lower_ in _JOINTS:
        while at < end and doc[at].lower_ in _JOINTS:
            at += 1
        named = next((n for n in range(at, min(end, at + _TITLE)) if _is_name(reader, n)), end)
        if named == end or any(t.pos_ not in _BEFORE_NAME for t in doc[at:named]):
            return
        reference = next(r for r in scene.at(named) if r.kind == "person" and r.form == "name")
        behind = scene.bounds(reference)[1]
        led = text_at(doc, behind) in {"in", "at"}
        spot = next(iter(scene.spots(behind + 1)), None) if led else None
        if spot is None or not spot.is_town or any(t.pos_ == "VERB" for t in doc[spot.end :][:1]):
            return
        yield Actor(reference, behind - 1, 0.9), spot
        at = spot.end


def _is_name(reader: ArgumentReader, i: int) -> bool:
    return any(r.kind == "person" and r.form == "name" for r in reader.scene.at(i))


__all__ = ["each_in_its_place", "in_their_lands"]
