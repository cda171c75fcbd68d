"""Deeds that need the doer on the spot: sat in the front row, dined with, cut the ribbon."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from spacy.tokens import Token

from models.visit import MADE
from pipeline.discourse.factuality import Fact, fact_of_verb
from pipeline.discourse.governing import is_where_agreed
from pipeline.discourse.scene import Actor, Spot
from pipeline.discourse.tables import words
from pipeline.labels import OBJECTS, PAST
from pipeline.neighbours import agents_of, prep_objects, text_at
from pipeline.reference.countries import is_country
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.events.event_scene import event_scene, place_of
from pipeline.stages.visits.hosts.at_home import is_seated
from pipeline.stages.visits.tables import VerbRule, verb_rules, word_set

#: How many sentences of a report from abroad tell what was done where it was written.
_OPENING = 5
#: Frames of rules that tell of who goes for others, named or sent by them.
_GONE_FOR = frozenset({"represent", "send"})

#: Who counts beside those who hold an office of state by name: "several" ministers of a country;
#: those "sent", a delegation too, and a minister without name; the "nameless", of whom more is told
#: than that they act.
Who = Literal["several", "sent", "nameless"]


def deed(reader: ArgumentReader, verb: Token, rule: VerbRule) -> Iterator[Candidate]:
    """Read "dined with Lai in Tainan", "stood in the front row", "the rite was watched by X".

    "Ruto opened a clinic" does not fire: nothing says that it is abroad.
    """
    told = fact_of_verb(verb).status in MADE
    if verb.tag_ == "VBG" and verb.dep_ == "advcl":
        return  # "standing beside the president, the guest said"
    if not told or reader.is_remote(verb) or any(c.dep_ == "prt" for c in verb.children):
        return
    watches = verb.lemma_ in word_set("done_by_guest")
    if watches and any(t.lower_ in word_set("shown_afar") for t in verb.subtree):
        return  # "watched the parade on television"
    agents = agents_of(verb) if watches else []
    subject = reader.scene.subject(verb)
    doers = agents or ([subject] if subject is not None else [])
    actors = [actor for head in doers for actor in reader.scene.actors(head)]
    event, spot = _watched(reader, verb) if agents else _where(reader, verb)
    yield from done(reader, verb, rule, actors=actors, spot=spot, event=event)


def _watched(reader: ArgumentReader, verb: Token) -> tuple[Token | None, Spot | None]:
    """Return the event that "was watched by X", or at which Y "was sworn in, watched by X"."""
    event, spot = event_scene(reader, verb, reach=0)
    return (event, spot) if event is not None else (None, None)


def opened(reader: ArgumentReader, verb: Token) -> Iterator[Candidate]:
    """Read "In Tripoli on Monday, Feki handed over tents": whatever was done, it was done there."""
    if verb.dep_ != "ROOT" or verb.pos_ != "VERB" or verb.tag_ not in PAST:
        return
    first = _fronted(reader, verb)
    if first is None:
        return
    if verb.lemma_ in word_set("not_on_the_spot") or reader.is_remote(verb):
        return
    spots = reader.scene.spots(first.i + 1)
    if not spots or spots[0].reference.kind != "place" or spots[0].start - first.i > 3:
        return
    if text_at(verb.doc, spots[-1].end) == "since":
        return  # "In Tripoli since 2019, Feki …", as one at a post
    subject = reader.scene.subject(verb)
    actors = reader.scene.actors(subject) if subject is not None else []
    rule = next(r for r in verb_rules()["<any>"] if r.id == "opens_in")
    yield from done(reader, verb, rule, actors=actors, spot=spots[0])


def _fronted(reader: ArgumentReader, verb: Token) -> Token | None:
    """Return the "in" of "In Tripoli, …", and the second one of "In May in Tripoli, …"."""
    for token in reader.scene.sentence(verb.i):
        above = token.head.head
        hangs = verb in {token.head, above, above.head}
        place = token.lower_ in {"in", "at"} and hangs
        if place and token.i + 1 not in reader.clock.covered:
            return token
        dated = token.i in reader.clock.covered or token.text == ","
        if not (token.is_space or dated or token.lower_ in {"in", "on", "at"}):
            return None
    return None


def _where(reader: ArgumentReader, verb: Token) -> tuple[Token | None, Spot | None]:
    """Return the event and the place of a deed: its own, or the report's that opens with it.

    Who sat or stood somewhere did so at the event that the same sentence names.
    """
    sentence = reader.scene.sentence(verb.i)
    spot = place_of(reader, sentence, verb.i, verb=verb)
    if spot is not None:
        return None, spot
    if verb.lemma_ in word_set("seated_deed"):
        event, spot = event_scene(reader, verb, reach=0)
        return (None, None) if event and spot and _is_amiss(reader, event, spot) else (event, spot)
    return None, place_of_report(reader, verb)


def place_of_report(reader: ArgumentReader, verb: Token) -> Spot | None:
    """Return where a report was written whose opening tells a deed, if its dateline says so."""
    scene = reader.scene
    body = [s for s in scene.sentences if s.start_char >= scene.article.body_start]
    return scene.here if scene.sentence(verb.i) in body[:_OPENING] else None


def _is_amiss(reader: ArgumentReader, event: Token, spot: Spot) -> bool:
    """Tell the place of "following the raid on a bank in Lima, he sat at the summit".

    Nor is "the event" held in whatever place another sentence names.
    """
    sentence = reader.scene.sentence(event.i)
    at = spot.start  # a house that is named ("Congress") is no reference of its own
    if not sentence.start <= at < sentence.end:
        return event.lemma_.lower() in word_set("nameless_event")
    ancestors = reader.scene.doc[at].ancestors
    return any(token.lower_ in {"following", "after", "since", "amid"} for token in ancestors)


def done(
    reader: ArgumentReader,
    verb: Token,
    rule: VerbRule,
    *,
    actors: list[Actor],
    spot: Spot | None,
    event: Token | None = None,
    within: bool = False,
    too: tuple[Who, ...] = (),
) -> Iterator[Candidate]:
    """Yield the presence of those who are foreign to a place and hold an office of state.

    Args:
        within: whether it is told of a stay whose days are others.
        too: who counts beside them, see `Who`.
    """
    met = verb.lemma_ in word_set("as_one_meets")
    if met and any(t.lemma_.lower() in word_set("meets_many") for t in verb.subtree):
        met = False  # "chatted with ministers at a summit in Lima on Monday"
    inside = ("presence", "inside") if within or met else ("presence",)
    for actor in actors if spot is not None else ():
        if not _counts(rule, actor, spot, too=too, at_event=event is not None):
            continue
        yield reader.make_by_row(
            rule,
            verb,
            actor=actor,
            spot=spot,
            fact=_fact(verb, rule),
            anchors=[event] if event is not None else [],
            notes=("event",) if event is not None else inside,
        )


def _counts(
    rule: VerbRule,
    actor: Actor,
    spot: Spot | None,
    *,
    too: tuple[Who, ...],
    at_event: bool,
) -> bool:
    """Tell one who does something abroad for a state, by the office held or whoever sends."""
    reference, sent = actor.reference, "sent" in too
    stands = rule.frame in _GONE_FOR  # even one who was president, for his country
    several = reference.plural and "several" not in too
    vague = actor.is_party or several or reference.guessed
    goes_for = sent and (reference.kind == "delegation" or bool(reference.name))
    of_state = bool(reference.role_kind) or goes_for
    official = of_state and is_country(reference.country or "")
    seated = spot is not None and is_seated(actor, spot.country)
    elsewhere = at_event or reference.role_kind in word_set("heads_body", "acts_for_body")
    of_body = sent and reference.kind == "delegation" and bool(reference.country)
    official = official or (bool(reference.role_kind) and elsewhere and not seated)
    official = official or (of_body and not seated)  # "NATO sent a delegation"
    former = (reference.role or "").split(" ")[0].lower() in word_set("former")
    leads = reference.definite and reference.role_kind in words("leading_class")
    named = bool(reference.name) or at_event or sent or "nameless" in too or leads
    return official and named and not vague and (stands or not former)


def _fact(verb: Token, rule: VerbRule) -> Fact:
    """Return what a deed tells; who is named to go, or is being sent, has not gone yet.

    "Agreed to reopen the border during talks in Lima": they have been there, and will do it later.
    """
    fact = fact_of_verb(verb)
    over = (verb, *(c for c in verb.children if c.dep_ in OBJECTS))  # "boost ties at their talks"
    during = [noun for node in over for noun in prep_objects(node, "during", "at")]
    if any(is_where_agreed(noun, verb) for noun in during):
        return Fact("completed", weak=True)
    gone_for = rule.frame in _GONE_FOR  # not who "asked for loans during talks in Lima"
    named = gone_for and fact.status == "completed" and verb.lemma_ in word_set("names_to_go")
    sending = fact.status == "ongoing" and rule.frame == "send"
    return Fact("planned", weak=True) if named or sending else fact


__all__ = ["Who", "deed", "done", "opened", "place_of_report"]
