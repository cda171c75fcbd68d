"""Who hosts an event, told without its place: "host nation Peru", "X of Peru welcomed leaders".

So who tells of a rite's guests: "The Czech foreign ministry has confirmed that A and B will attend
Friday's state funeral".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.tokens import Span, Token

from models import Reference
from models.entity import LAND_KINDS, PERSONAL_KINDS
from pipeline.discourse.scene import Scene, Spot
from pipeline.discourse.tables import words
from pipeline.labels import OBJECTS, PLURALS, SUBJECTS
from pipeline.neighbours import text_at
from pipeline.reference.countries import is_country
from pipeline.stages.visits.tables import word_set


def named_hosts(scene: Scene, sentence: Span) -> Iterator[Spot]:
    """Yield Peru of "host nation Peru", "hosts Peru", "the host, Peruvian President X".

    Not of "the next host, Peru", "co-host Peru", "his host, the Peruvian premier".
    """
    for token in sentence:
        if token.lower_ not in word_set("called_host") or _is_other_host(token):
            continue
        at = token.i + 1
        at += text_at(scene.doc, at).lower() in words("host_noun")
        apposed = text_at(scene.doc, at) == ","
        at += apposed
        at += text_at(scene.doc, at).lower() == "the"
        if apposed and not any(c.lower_ in {"the", "summit"} for c in token.children):
            continue
        spot = next((s for r in scene.at(at) if (s := _host(scene, r)) is not None), None)
        if spot is not None:
            yield spot


def _is_other_host(host: Token) -> bool:
    """Tell the host of the next round, a joint one, and whoever hosted "him"."""
    other = words("former_edition", "recent_edition", "earlier_edition", "coming_edition")
    before = {c.lower_ for c in host.lefts} | {text_at(host.doc, host.i - 1).lower()}
    return bool(before & (other | word_set("no_host_of_event")))


def _host(scene: Scene, reference: Reference) -> Spot | None:
    """Return the land of a host who leads it, or the land itself."""
    leads = reference.kind in PERSONAL_KINDS and not reference.plural
    leads = leads and reference.role_kind in words("leading_class") and not reference.guessed
    land = reference.kind in {"country", "place"}
    if not (leads or land) or not is_country(reference.country or ""):
        return None
    start, end = scene.bounds(reference)
    return Spot(reference.country or "", reference.place, reference, start, end)


def land_of_opener(scene: Scene, event: Token) -> Spot | None:
    """Return the land of who opens an event or bids its guests welcome, as a host does at home.

    "President X of Peru welcomed leaders to the summit", "declared the Games open", "opened the
    conference" fire; "X of Peru was welcomed to the summit", "addressed it" do not.
    """
    over = event.head
    if event.dep_ in SUBJECTS and over.lower_ == "open" and over.dep_ in {"ccomp", "xcomp", "oprd"}:
        verb = over.head if over.head.lemma_ == "declare" else None  # "declared the Games open"
    elif event.dep_ in OBJECTS:
        declared = over.lemma_ == "declare" and any(c.lower_ == "open" for c in over.children)
        verb = over if declared or over.lemma_ in word_set("opens_house") else None
    elif event.dep_ == "pobj" and over.lower_ == "to":
        verb = over.head if _welcomes(over.head) else None
    else:
        verb = None
    subject = scene.subject(verb) if verb is not None else None
    if subject is None or subject.dep_ not in {"nsubj", "conj"}:
        return None
    found = (_host(scene, r) for r in scene.at(subject.i) if r.kind in PERSONAL_KINDS)
    return next((spot for spot in found if spot is not None), None)


def _welcomes(verb: Token) -> bool:
    """Tell "welcomed leaders", "greeted 30 heads of state" from "welcomed him", "welcomed X"."""
    guests = (c for c in verb.children if c.dep_ in OBJECTS)
    return verb.lemma_ in word_set("bids_welcome") and any(
        c.tag_ in PLURALS and c.lemma_.lower() in word_set("gathered", "welcomed_guest")
        for c in guests
    )


def land_of_teller(scene: Scene, event: Token) -> Spot | None:
    """Return the land of "the Czech state funeral", else of those who tell of "the funeral"."""
    if not {event.lower_, event.lemma_.lower()} & words("rite_of_report"):
        return None
    own = [c for c in event.children if c.dep_ in {"amod", "nmod", "compound"}]
    return _land_in(scene, own) or _land_in(scene, _tellers(event))


def _tellers(event: Token) -> Iterator[Token]:
    """Yield the words of who says, confirms or announces that one will attend."""
    for verb in event.ancestors:
        if verb.lemma_.lower() not in word_set("tells_of_rite"):
            continue
        for subject in verb.children:
            if subject.dep_ in SUBJECTS and subject.pos_ != "PRON":
                yield from subject.subtree


def _land_in(scene: Scene, tokens: Iterable[Token]) -> Spot | None:
    for token in tokens:
        for reference in scene.at(token.i):
            if reference.kind in LAND_KINDS and is_country(reference.country or ""):
                start, end = scene.bounds(reference)
                return Spot(reference.country or "", None, reference, start, end)
    return None


__all__ = ["land_of_opener", "land_of_teller", "named_hosts"]
