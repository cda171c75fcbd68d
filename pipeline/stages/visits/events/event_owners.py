"""Whose an event is: a funeral, an oath, a wedding is held in the country of him whose it is.

So are the celebrations of a country's own day: "Peru's Independence Day celebrations".
"""

from __future__ import annotations

from spacy.tokens import Token

from models import Reference
from models.entity import LAND_KINDS, PERSONAL_KINDS
from pipeline.discourse.beside_news import is_guessed_beside
from pipeline.discourse.scene import Scene, Spot
from pipeline.labels import OBJECTS
from pipeline.reference.countries import is_country
from pipeline.stages.visits.tables import word_set

#: How the word for a rite depends on a noun it describes: "the funeral service", "the swearing-in".
_DESCRIBES = frozenset({"compound", "amod", "nmod"})
#: How far before an office its land may stand, in tokens.
_LAND_REACH = 3
#: What stands between the verb and the rite by which one is honoured.
_WITH = frozenset({"with", "in", "at", "by"})


def is_of_person(event: Token) -> bool:
    """Tell "funeral", the "swearing" of a swearing-in: held in the country of him whose it is."""
    return bool({event.lemma_.lower(), event.lower_} & word_set("event_of_person"))


def owner_of(scene: Scene, event: Token) -> Spot | None:
    """Return the country of him whose swearing-in or funeral it is."""
    head = event.head if event.dep_ in _DESCRIBES else event  # "the swearing-in ceremony of X"
    for child in head.subtree:
        owner = (child.dep_ == "poss" and child.i < event.i) or _is_kept_for(head, child)
        if not owner and not (child.dep_ == "pobj" and child.head.lower_ in {"of", "for"}):
            continue
        if not owner and child.head.lower_ == "for" and _is_for_guest(event, child):
            continue  # "a banquet for the Peruvian president"
        if not owner and head not in {child.head.head, child.head.head.head}:
            continue
        if owner and _is_of_mourner(scene, event, child):
            continue
        for reference in scene.at(child.i):
            holder = reference.kind in PERSONAL_KINDS and not reference.plural
            if holder and _is_some_king(reference):
                return None  # "the king's coronation", of whichever land
            holder = holder and not is_guessed_beside(scene, reference)
            if holder and is_country(reference.country or "") and reference.country:
                start, end = scene.bounds(reference)
                return Spot(reference.country, None, reference, start, end)
    return (
        _owner_behind(scene, event)
        or _honoured(scene, event)
        or _of_its_day(scene, event)
        or _of_government(scene, event)
    )


def _is_some_king(reference: Reference) -> bool:
    """Tell a king without a name whose land was guessed by the lands that a text names most."""
    told = reference.name or not reference.guessed
    return not told and (reference.role or "").lower() in word_set("crowned_head")


def named_owner(scene: Scene, event: Token) -> Spot | None:
    """Return the country of X of "X's funeral", none of "the Queen's", who may be any.

    Of "the Spanish queen's funeral" it is Spain.
    """
    spot = owner_of(scene, event)
    if spot is None or spot.reference.kind != "office":
        return spot
    start, end = scene.bounds(spot.reference)
    before = range(max(scene.sentence(start).start, start - _LAND_REACH), end)
    lands = {r.country for i in before for r in scene.at(i) if r.kind in LAND_KINDS}
    return spot if spot.country in lands else None


def _of_its_day(scene: Scene, event: Token) -> Spot | None:
    """Return Peru of "Peru's Independence Day celebrations", "the Peruvian National Day parade".

    Not of what an embassy holds, nor of a day that two countries keep together.
    """
    if not {event.lower_, event.lemma_.lower()} & word_set("of_a_day_kept"):
        return None
    phrase = list(event.subtree)
    said = {form for t in phrase for form in (t.lower_, t.lemma_.lower())}
    day = ("day" in said and said & word_set("day_of_state")) or "independence" in said
    if not (day or said & word_set("day_kept")) or said & word_set("no_day_kept"):
        return None
    if any(t.lemma_.lower() in word_set("house_abroad") for t in event.sent):
        return None
    lands = {r.country: r for t in phrase for r in scene.at(t.i) if r.kind == "country"}
    land, named = next(iter(lands.items()), (None, None))
    if len(lands) != 1 or named is None or land is None or not is_country(land):
        return None
    return Spot(land, None, named, *scene.bounds(named))


def _of_government(scene: Scene, event: Token) -> Spot | None:
    """Return Peru of "the swearing-in of the new Peruvian government", "of the X government"."""
    head = event.head if event.dep_ in _DESCRIBES else event  # "its inauguration ceremony"
    if not any(
        is_of_person(t) for t in (head, *(c for c in head.children if c.dep_ in _DESCRIBES))
    ):
        return None
    bodies = (h for c in head.children if c.lower_ in {"of", "for"} for h in c.children)
    for body in (b for b in bodies if b.lemma_.lower() in word_set("sworn_body")):
        kinds = {*LAND_KINDS, *PERSONAL_KINDS}  # "of the Ana Ruiz government"
        told = [r for t in body.subtree for r in scene.at(t.i) if r.kind in kinds]
        lands = {r.country for r in told if is_country(r.country or "")}
        if len(lands) == 1:
            return Spot(told[0].country or "", None, told[0], *scene.bounds(told[0]))
    return None


def _is_of_mourner(scene: Scene, event: Token, owner: Token) -> bool:
    """Tell the "his" of "A and B will attend his funeral", where the text takes it for A's."""
    if event.lemma_.lower() not in word_set("of_a_funeral") or owner.tag_ != "PRP$":
        return False
    whose = {r.actor for r in scene.at(owner.i) if r.actor}
    before = range(scene.sentence(event.i).start, owner.i)
    return any(r.actor in whose and r.form != "pronoun" for i in before for r in scene.at(i))


def _honoured(scene: Scene, event: Token) -> Spot | None:
    """Return the country of X of "X will be honoured with a state funeral", "given" one."""
    if not is_of_person(event):
        return None
    over = event.head.head if event.dep_ == "pobj" and event.head.lower_ in _WITH else event.head
    subject = scene.subject(over) if over.tag_ == "VBN" else None
    if subject is None or subject.dep_ != "nsubjpass":
        return None
    for part in (subject, *(c for c in subject.children if c.dep_ in {"appos", "compound"})):
        for reference in scene.at(part.i):
            person = reference.kind == "person" and is_country(reference.country or "")
            if person and not reference.guessed:
                start, end = scene.bounds(reference)
                return Spot(reference.country or "", None, reference, start, end)
    return None


def _is_kept_for(event: Token, whom: Token) -> bool:
    """Tell X of "a memorial service honouring X", "remembering X"."""
    verb = whom.head
    keeps = whom.dep_ in OBJECTS and verb.tag_ == "VBG" and verb.head == event
    return keeps and verb.lemma_ in word_set("marks_day")


def _is_for_guest(event: Token, whom: Token) -> bool:
    """Tell "a banquet for", "a welcome ceremony for" a guest from "a memorial for".

    "A farewell ceremony for the late president" is none for a guest.
    """
    gone = any(t.lower_ in word_set("former") for t in whom.subtree)
    greets = not gone and any(c.lower_ in word_set("of_welcome") for c in event.children)
    return greets or event.lemma_ in word_set("given_for_guest")


def _owner_behind(scene: Scene, event: Token) -> Spot | None:
    """Return the country of X of "the funeral of founding Prime Minister X", by position.

    So of "the inauguration of X as president of Peru", whose X is of no known country.
    """
    doc = scene.doc
    if not is_of_person(event) or doc[event.i + 1 : event.i + 2].text.lower() not in {"of", "for"}:
        return None
    for token in doc[event.i + 2 : min(event.i + 9, scene.sentence(event.i).end)]:
        if token.is_punct:
            return None
        for reference in scene.at(token.i):
            start, end = scene.bounds(reference)
            office = reference.kind == "office" and doc[start - 1].lower_ == "as"
            known = office or (
                reference.kind == "person" and not is_guessed_beside(scene, reference)
            )
            if known and is_country(reference.country or ""):
                return Spot(reference.country or "", None, reference, start, end)
    return None


__all__ = ["is_of_person", "named_owner", "owner_of"]
