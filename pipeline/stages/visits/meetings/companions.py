"""Who stands beside a host, or he beside his guest: "spoke alongside A", "flanked by A"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from pipeline.discourse.factuality import fact_of_verb, governing_verb
from pipeline.discourse.scene import Actor, Spot
from pipeline.discourse.tables import words
from pipeline.labels import UNDERGONE
from pipeline.neighbours import text_at, word_behind
from pipeline.reference.countries import is_country
from pipeline.signs import APOSTROPHE_S
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.hosts.at_home import is_seated
from pipeline.stages.visits.meetings.meeting_places import lead_place
from pipeline.stages.visits.tables import VerbRule, verb_rules, word_set

#: How far before "at his side" its "with" may stand, in tokens.
_WITH_REACH = 16


def companions(reader: ArgumentReader, mark: Token) -> Iterator[Candidate]:
    """Read "standing next to B in Rome, A said", "A was flanked in Rome by B".

    One of the two is at home there, or both are at the event of which the article tells, also "the
    leaders of B and C" and the like. "next to B's
    house", "alongside B, A wants peace in Rome" do not fire.
    """
    if mark.lower_ not in word_set("stands_beside") or reader.is_remote(mark):
        return
    start = _behind(mark)
    beside = officials_beside(reader, start) if start else []
    if not beside or owns_next(reader, beside[-1]):
        return
    verb = mark if mark.pos_ == "VERB" else governing_verb(mark)
    subject = reader.scene.subject(verb) if verb is not None else None
    if verb is None or subject is None:
        return
    sides = [*reader.scene.actors(subject), *beside]
    spot = place_of_sides(reader, verb, sides) or _chief_event(reader, mark, verb, sides)
    if spot is not None:
        rule = next(r for r in verb_rules()["hold"] if r.id == "hold_talks")
        yield from side_by_side(reader, mark, verb, rule, sides=sides, spot=spot)


def side_by_side(
    reader: ArgumentReader,
    mark: Token,
    verb: Token,
    rule: VerbRule,
    *,
    sides: Sequence[Actor],
    spot: Spot,
) -> Iterator[Candidate]:
    """Yield the trips of those who stand or act together in a place and are foreign there."""
    for guest in sides:
        known = _is_official(guest) or _is_unnamed_leader(guest)
        foreign = guest.country not in {None, spot.country} and known
        if foreign and not is_seated(guest, spot.country):
            yield reader.make_met(
                rule,
                mark,
                actor=guest,
                spot=spot,
                fact=fact_of_verb(verb),
                hosts=tuple(s for s in sides if s.country == spot.country),
            )


def place_of_sides(reader: ArgumentReader, verb: Token, sides: Sequence[Actor]) -> Spot | None:
    """Return where one of those who stand together is at home and the others have come."""
    spot = reader.local_spot(verb, None)
    if spot is None or not (spot.place or spot.reference.form == "adjective"):
        spot = _just_told(reader, verb, sides) or lead_place(reader, verb, sides)
    at_home = spot is not None and any(side.country == spot.country for side in sides)
    return spot if at_home else None


def _just_told(reader: ArgumentReader, verb: Token, sides: Sequence[Actor]) -> Spot | None:
    """Return Rome of "A clinic was opened in Rome. It was opened by A and B", wherever it is told.

    One of the two is at home there, and not where the report was written.
    """
    things = [c for c in verb.children if c.dep_ in UNDERGONE]
    known = any(g.lower_ in {"the", "it"} for c in things for g in (c, *c.children))
    if reader.scene.here is None or not known:
        return None
    spot = reader.understood.last_place(verb.i, reach=1)
    town = spot is not None and spot.reference.kind == "place"
    lands = {side.country for side in sides} - {reader.scene.here.country}
    return spot if spot is not None and town and spot.country in lands else None


def _chief_event(
    reader: ArgumentReader, mark: Token, verb: Token, sides: Sequence[Actor]
) -> Spot | None:
    """Return where leaders of several countries stand: "spoke in Rome", or the article's event.

    Where their sentence tells of another town they are left out. Who is joined or accompanied by
    his own ministers may be anywhere.
    """
    apart = len({side.country for side in sides}) == len(sides) > 2
    if not apart or mark.lower_ in word_set("is_alongside"):
        return None
    above = next((t for t in mark.ancestors if t.pos_ == "VERB"), verb)
    told = (spot for at in _set_in(above) for spot in reader.scene.spots(at)[:1])
    own = next((spot for spot in told if spot.is_town), None)
    if own is None and reader.local_spot(verb, None) is None:
        return reader.understood.at_chief_event(mark.i)
    return own


def _set_in(verb: Token) -> Iterator[int]:
    """Yield where Rome begins of "spoke in Rome", "stands during an event at a hall in Rome"."""
    preps = [c for c in verb.children if c.lower_ in {"in", "at", "during"} and c.i > verb.i]
    for prep in preps:
        yield prep.i + 1
        things = [c for c in prep.children if c.dep_ == "pobj"]
        preps += [c for thing in things for c in thing.children if c.lower_ in {"in", "at"}]


def officials_beside(reader: ArgumentReader, start: int) -> list[Actor]:
    """Return the officials of the list at a token, by name or as "the leaders of A and B"."""
    named = [a for a in reader.scene.listed_at(start) if _is_official(a)]
    if named:
        return named
    each = reader.scene.offices_at(start)
    several = each if len(each) > 1 else ()
    return [a for a in several if _is_official(a) or _is_unnamed_leader(a)]


def companion_words() -> frozenset[str]:
    """Return the words at which `companions` reads."""
    return word_set("stands_beside")


def _behind(mark: Token) -> int:
    """Return the token at which those begin beside whom one is, or 0."""
    doc = mark.doc
    if mark.pos_ == "VERB":
        passive = any(c.dep_ in {"auxpass", "nsubjpass"} for c in mark.children)
        agent = next((t for t in mark.subtree if t.lower_ == "by" and t.i > mark.i), None)
        participle = mark.tag_ == "VBN" and (passive or mark.dep_ in {"acl", "advcl", "conj"})
        return agent.i + 1 if agent is not None and participle else 0
    following = word_behind(mark)
    if mark.lower_ == "next":
        return mark.i + 2 if following == "to" else 0
    if mark.lower_ == "side":
        if doc[mark.i : mark.i + 4].text.lower() == "side by side with":
            return mark.i + 4
        own = doc[max(0, mark.i - 2) : mark.i].text.lower() in {
            "at his",
            "at her",
            "by his",
            "by her",
        }
        before = reversed(doc[max(0, mark.i - _WITH_REACH) : mark.i]) if own else ()
        return next((t.i + 1 for t in before if t.lower_ == "with"), 0)
    return mark.i + 1


def _is_official(actor: Actor) -> bool:
    reference = actor.reference
    named = reference.name and reference.kind == "person" and not reference.guessed
    of_land = words("leading_class") | word_set("speaks_for_land")
    leads = reference.role_kind in of_land and is_country(actor.country or "")
    return bool(named) and (leads or reference.role_kind in word_set("heads_body"))


def _is_unnamed_leader(actor: Actor) -> bool:
    """Tell one of "the leaders of A and B"."""
    reference = actor.reference
    leads = reference.kind == "office" and reference.role_kind in words("leading_class")
    return leads and not (reference.plural or reference.guessed or reference.country is None)


def owns_next(reader: ArgumentReader, last: Actor) -> bool:
    """Tell "alongside B's ministers"."""
    end = reader.scene.bounds_of(last.reference)[1]
    return text_at(reader.scene.doc, end) in APOSTROPHE_S


__all__ = [
    "companion_words",
    "companions",
    "officials_beside",
    "owns_next",
    "place_of_sides",
    "side_by_side",
]
