"""Guests told in a body, and named behind: "leaders flew in, among them A and B"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.discourse.numbers import number_of
from pipeline.discourse.scene import Actor, Scene
from pipeline.discourse.tables import words
from pipeline.labels import PLURALS, VERBS
from pipeline.neighbours import text_at, word_at
from pipeline.reference.countries import is_country
from pipeline.signs import GENITIVES, OPENS_LIST
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.tables import word_set

#: How far behind a body of guests some of them may be named, in tokens.
_REACH = 45


def each_named(scene: Scene, candidate: Candidate) -> Iterator[Candidate]:
    """Yield a telling once for each of "leaders such as A and B", else as it is.

    Of "Malian ministers, including A" and "officials from Mali and Chad, including A" those of
    A's country are he. "A delegation including A" stays one, whose head would be told, but where
    those named are of several countries: "a delegation of leaders, including A of Mali and B of
    Chad".
    """
    actor = candidate.actor
    named: list[Actor] = []
    if actor is not None and actor.reference.kind == "delegation":
        named = _of_several_lands(scene, actor) if candidate.origin is None else []
    elif actor is not None and actor.reference.kind == "office" and _is_body(scene, actor):
        if candidate.origin is not None:
            named = list(_of_land(scene, actor, candidate.origin))
        elif not actor.reference.members:
            named = list(named_of(scene, actor)) or _apposed(scene, actor, candidate.at)
            named = [a for a in named if is_country(a.country or "")]
    told = [a for a in named if a.country != candidate.destination]
    if not told:
        yield candidate
    for one in told:
        yield replace(candidate, actor=one, origin=one.country, count=1)


def _is_body(scene: Scene, actor: Actor) -> bool:
    """Tell "lawmakers", also those of "a group of lawmakers", who travel as one."""
    return actor.reference.plural or (
        actor.reference.name is None and scene.doc[actor.token].tag_ in PLURALS
    )


def _apposed(scene: Scene, body: Actor, verb: int) -> list[Actor]:
    """Return A and B of "two other leaders will arrive in Lima on Monday, A and B".

    Nobody where another number of them is named, or what they did goes on behind them.
    """
    counts = {number_of(c) for c in scene.doc[body.token].children if c.dep_ == "nummod"}
    end = scene.sentence(verb).end
    for at in range(verb + 1, end - 1) if counts else ():
        if scene.doc[at].text not in OPENS_LIST:
            continue
        named = [a for a in scene.listed_at(at + 1) if a.reference.name]
        if counts == {len(named)} and scene.bounds_of(named[0].reference)[0] >= at:
            behind = scene.doc[max(scene.phrase_end(a.reference) for a in named) : end]
            goes_on = any(t.pos_ in VERBS and t.dep_ != "relcl" for t in behind[:2])
            return [] if goes_on else named
    return []


def _of_several_lands(scene: Scene, sent: Actor) -> list[Actor]:
    """Return those named of a delegation of no country of its own, if they are not of one."""
    if sent.reference.plural:
        return []
    named = [a for a in named_of(scene, sent) if is_country(a.country or "")]
    return named if len({a.country for a in named}) > 1 else []


def _of_land(scene: Scene, body: Actor, land: str) -> Iterator[Actor]:
    """Yield those of a body who are named and of its country, which they share where none is told.

    "Malian officials flew in, including A" fires where A is a Malian; "Malian officials met
    ministers, including A" does not.
    """
    for one in named_of(scene, body, own=True):
        told = None if one.reference.guessed else one.country
        if told == land or (told is None and _stands_beside(scene, body, one)):
            own = {"country": land, "guessed": False}
            yield replace(one, reference=one.reference.model_copy(update=own))


def _stands_beside(scene: Scene, body: Actor, one: Actor) -> bool:
    """Tell whether nothing is told between a body and those of it who are named."""
    between = scene.doc[scene.bounds_of(body.reference)[1] : one.token]
    return all(token.pos_ not in VERBS or token.tag_ == "VBG" for token in between)


def some_named(scene: Scene, actors: Sequence[Actor]) -> list[Actor]:
    """Return actors, "European leaders" among them as those who are named behind "including"."""
    found: list[Actor] = []
    for actor in actors:
        reference = actor.reference
        body = reference.kind == "office" and reference.plural and not reference.members
        unknown = body and reference.country is None
        named = list(named_of(scene, actor)) if unknown else []
        named = named or (_apposed(scene, actor, actor.token) if unknown else [])
        named = [a for a in named if is_country(a.country or "")]
        found += named or [actor]
    return found


def _owns(scene: Scene, actor: Actor) -> bool:
    """Tell the A of "leaders, including A's brother"."""
    end = scene.bounds_of(actor.reference)[1]
    while end < len(scene.doc) and any(
        r.actor is not None and r.actor == actor.reference.actor for r in scene.at(end)
    ):
        end += 1  # "President" and his name
    return text_at(scene.doc, end) in GENITIVES


def named_of(scene: Scene, body: Actor, *, own: bool = False) -> Iterator[Actor]:
    """Yield those who are named behind "including", or before "among them".

    Args:
        own: whether another body may not stand right before that word, whose they would be, nor
            "possibly".
    """
    doc = scene.doc
    sentence = scene.sentence(body.token)
    for i in range(body.token + 1, min(sentence.end, body.token + _REACH)):
        if doc[i : i + 2].text.lower() == "among them" and doc[i - 1].text not in {
            ",",
            ";",
            "–",
            "—",
            "--",
            "-",
            "(",
        }:
            last = next((r for r in scene.at(i - 1) if r.kind == "person"), None)
            found = scene.actors_before(Actor(last, i - 1)) if last is not None else []
        else:
            marks = [
                m for m in word_set("names_some") if doc[i : i + len(m.split())].text.lower() == m
            ]
            at = i + max((len(m.split()) for m in marks), default=0)
            at += text_at(doc, at) == ":"
            several = [] if own or not marks else _offices_from(scene, at)
            if len(several) > 1:
                yield from several
                return
            found = (scene.listed_at(at) or _office_at(scene, at)) if marks else []
            found = [a for a in found if not _owns(scene, a)]
        if found:
            hedged = doc[i - 1].lower_ in word_set("hedge")
            if not hedged and not (own and _is_of_other(scene, body, i)):
                yield from (a for a in found if a.reference.name or own)
            return


def _offices_from(scene: Scene, at: int) -> list[Actor]:
    """Return those of "the presidents of Peru and Chile and the premier of Mali" at a token."""
    found: list[Actor] = []
    while at < len(scene.doc):
        told = [a for a in scene.offices_at(at) if scene.bounds_of(a.reference)[0] == at]
        led = [a for a in told if a.reference.role_kind in words("leading_class")]
        if not led:
            break
        found += led
        at = max(scene.bounds_of(a.reference)[1] for a in led)
        while text_at(scene.doc, at) in {",", "and", ";"}:
            at += 1
    return found


def _office_at(scene: Scene, at: int) -> list[Actor]:
    """Return the one whose office stands at token `at`, without a name ("the foreign minister")."""
    at += word_at(scene.doc, at) in {"the", "his", "her", "its", "their"}
    told = (r for r in scene.at(at) if r.kind == "office" and not r.plural)
    return [Actor(r, scene.bounds(r)[1] - 1, 0.9) for r in told][:1]


def _is_of_other(scene: Scene, body: Actor, i: int) -> bool:
    """Tell whether the word at token `i` names some of others than a body."""
    before = i - 1 - (scene.doc[i - 1].text in OPENS_LIST)
    others = (r for r in scene.at(before) if r.kind in {"office", "group", "delegation"})
    return any(r.plural and r.start != body.reference.start for r in others)


__all__ = ["each_named", "some_named"]
