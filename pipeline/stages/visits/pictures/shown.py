"""Whom a caption shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.tokens import Token

from models.entity import PERSONAL_KINDS
from pipeline.discourse.scene import Actor
from pipeline.headings import is_bare_line
from pipeline.labels import PRESENT, VERBS
from pipeline.neighbours import prep_objects, text_at
from pipeline.signs import APOSTROPHE_S
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.pictures.caption import Caption, is_photo
from pipeline.stages.visits.tables import word_set

#: How sure one may be of who is named in a caption, as of a word found by its place.
_SHARE = 0.9
#: How the parse hangs the parts of a name, and those listed, on the first of them.
_OF_NAME = frozenset({"conj", "appos", "compound", "flat", "nmod"})
#: How long a caption without a verb may be, in tokens.
_LONGEST = 40


def lined_up(reader: ArgumentReader, caption: Caption, end: int) -> list[Actor]:
    """Return all of "(From left) President A, Premier B and King C link hands", by position."""
    return _once(_named(reader, caption.sentence.start, end)) if caption.is_lined_up else []


def said_to_stand(reader: ArgumentReader, caption: Caption, end: int) -> list[Actor]:
    """Return those who are said to stand somewhere in the picture, and whom they are with."""
    found: list[Actor] = []
    for actor in _named(reader, caption.sentence.start, end):
        behind = actor.token + 1
        listed = found and (_is_of_land(reader, behind) or _is_beside(reader, actor))
        if behind in caption.asides or listed:
            found.append(actor)
    return _once(found)


def acting(reader: ArgumentReader, caption: Caption, end: int, *, but: set[str]) -> list[Actor]:
    """Return who does what a picture shows, and whom he does it with or to."""
    doc = reader.scene.doc
    named = _named(reader, caption.sentence.start, end)
    return _once(a for a in named if a.key not in but and _acts(doc[a.token]))


def without_verb(reader: ArgumentReader, caption: Caption, start: int, end: int) -> list[Actor]:
    """Return the persons of "President A with President B at the Palace in Hanoi"."""
    sentence, doc = caption.sentence, caption.sentence.doc
    before = {t.lower_ for t in doc[sentence.start : end]}
    beside = before & word_set("pictured", "links_pictured")
    if caption.shows_likeness or not beside or sentence.end - sentence.start > _LONGEST:
        return []
    named = (a for a in _named(reader, start, end) if not a.reference.plural)
    found = _once(a for a in named if doc[a.token + 1].text not in APOSTROPHE_S)
    at_event = not before.isdisjoint(word_set("pictured", "pictured_at")) and len(found) == 1
    return found if len(found) > 1 or at_event else []


def shown_on(reader: ArgumentReader, noun: Token) -> list[Actor]:
    """Return all of the caption "King A and Queen B during a visit to Peru", and who is "seen" so.

    "Remarks by King A on a visit to Peru" does not fire.
    """
    prep = noun.head
    if noun.dep_ != "pobj" or prep.lower_ not in word_set("pictured_during") or prep.i > noun.i:
        return []
    head = prep.head
    if head.tag_ == "VBN" and head.lemma_ in word_set("pictured"):
        subject = reader.scene.subject(head)
        shown = subject if subject is not None else head.head
    elif head.pos_ == "PROPN" and (head.dep_ == "ROOT" or is_photo(head.head.head)):
        shown = head
    elif is_bare_line(head.sent) and "ROOT" in {head.dep_, head.head.dep_}:
        shown = head  # "Peruvian premier on visit to Chile", a line by itself
    elif is_photo(head):  # "A file photo of King A during a visit to Peru"
        shown = next(iter(prep_objects(head, "of")), head)
    else:
        return []
    return [a for a in reader.scene.actors(shown) if a.reference.kind in PERSONAL_KINDS]


def _named(reader: ArgumentReader, first: int, end: int) -> Iterator[Actor]:
    """Yield the persons whom a stretch names, at the last token of each name."""
    for i in range(first, end):
        for reference in reader.scene.at(i):
            named = reference.kind == "person" and reference.name and reference.form != "pronoun"
            if named and reader.scene.bounds(reference)[1] == i + 1:
                yield Actor(reference, i, _SHARE)


def _once(actors: Iterable[Actor]) -> list[Actor]:
    """Return each of those named, where he is named first."""
    found: dict[str, Actor] = {}
    for actor in actors:
        found.setdefault(actor.key, actor)
    return list(found.values())


def _acts(name: Token) -> bool:
    """Tell a subject, an object, or one "with" whom something is done, by the parse."""
    node = name
    while node.dep_ in _OF_NAME and node.head != node:
        node = node.head
    if node.dep_ in {"nsubj", "nsubjpass", "dobj", "obj"}:
        return node.head.pos_ in VERBS
    return node.dep_ == "pobj" and node.head.lower_ in word_set("beside_in_picture")


def _is_of_land(reader: ArgumentReader, i: int) -> bool:
    """Tell the "(Peru)" of "A, left, with President B (Peru) and Premier C (Togo)" at token `i`."""
    doc = reader.scene.doc
    inside = reader.scene.at(i + 1) if text_at(doc, i) == "(" else ()
    lands = [r for r in inside if r.kind == "country" and r.form == "name"]
    return any(text_at(doc, end) == ")" for r in lands for end in reader.scene.bounds(r)[1:])


def _is_beside(reader: ArgumentReader, actor: Actor) -> bool:
    """Tell B of "A, left, shakes hands with his host, President B", "A, left, and B"."""
    doc = reader.scene.doc
    at = reader.scene.bounds(actor.reference)[0] - 1
    while at > 0 and (reader.scene.at(at) or doc[at].lower_ in word_set("before_pictured")):
        at -= 1
    linked = doc[at].lower_ in word_set("links_aside")
    return linked or doc[at].tag_ in PRESENT or doc[at].lemma_ in word_set("meets_guest")


__all__ = ["acting", "lined_up", "said_to_stand", "shown_on", "without_verb"]
