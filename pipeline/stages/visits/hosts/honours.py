"""Dinners and ceremonies for a guest: "a banquet in honour of the Malian premier in Lima"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Span, Token

from models import Reference
from models.entity import ACTOR_KINDS
from models.visit import MADE_OR_PLANNED
from pipeline.discourse.factuality import fact_of_verb, governing_verb
from pipeline.discourse.scene import Actor
from pipeline.discourse.tables import words
from pipeline.labels import NOUNS
from pipeline.neighbours import agents_of, text_at
from pipeline.reference.countries import is_country
from pipeline.signs import APOSTROPHE_S
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.hosts.at_home import host_country
from pipeline.stages.visits.tables import word_set
from pipeline.stages.visits.travel.verbless import verbless_rules

#: How far behind the ceremony the guest may be told, in tokens.
_REACH = 16
#: How far before it words may stand that say of what kind it is, and behind "for" the name.
_BEFORE, _TITLE = 4, 6


def honoured(reader: ArgumentReader, noun: Token) -> Iterator[Candidate]:
    """Read "hosted a dinner in Lima for the Malian premier", "a salute was fired in his honour".

    "A dinner for the outgoing ambassador", "for the poor", "for the premier" at home do not fire.
    """
    if not _is_honour(noun) or reader.is_remote(noun):
        return
    verb = _holding(noun)
    if verb is None:
        return
    fact = fact_of_verb(verb)
    if fact.status not in MADE_OR_PLANNED:
        return
    hosts = _hosts(reader, noun, verb)
    for guest in _guests(reader, noun) or _treated(reader, noun, verb):
        country = host_country(hosts, guest)
        spot = reader.local_spot(noun, country) or reader.local_spot(verb, country)
        land = spot.country if spot is not None else country
        if not _is_guest(guest, land):
            continue
        yield reader.make(
            verbless_rules()["honoured"],
            noun,
            actor=guest,
            spot=spot,
            destination=land,
            fact=fact,
            hosts=tuple(hosts),
            notes=("received", "inside"),
        )


def _is_honour(noun: Token) -> bool:
    """Tell "dinner", "guard of honour", "welcome ceremony" from "opening ceremony"."""
    word = noun.lemma_.lower()
    if noun.pos_ not in NOUNS or word not in word_set("honour_of_guest"):
        return False
    near = noun.doc[max(0, noun.i - _BEFORE) : noun.i + 3]
    mourned = any(t.lower_ in word_set("rite_of_the_dead") for t in noun.sent)
    needs = word in word_set("honour_if_told")
    told = any(t.lower_ in word_set("tells_honour") for t in near if t.i != noun.i)
    told = told or _is_in_honour(noun.doc[noun.i : noun.i + _REACH])
    return (told or not needs) and not mourned


def _holding(noun: Token) -> Token | None:
    """Return the verb of "gave a dinner", "at a dinner X said", not of "cancelled a dinner".

    The parse may take "a ceremony for X was held" for a noun with a clause.
    """
    clauses = [c for c in noun.children if c.dep_ in {"advcl", "relcl", "acl"}]
    for verb in (governing_verb(noun), *clauses):
        if verb is not None and verb.lemma_ in word_set("holds_honour"):
            return verb
    return governing_verb(noun) if noun.head.lower_ in {"at", "during", "as"} else None


def _guests(reader: ArgumentReader, noun: Token) -> list[Actor]:
    """Return whom a ceremony is for: the first that stands behind "for", "in honour of"."""
    scene, doc = reader.scene, noun.doc
    end = min(scene.sentence(noun.i).end, noun.i + _REACH)
    for i in range(noun.i + 1, end):
        if doc[i].lower_ != "for" and not _is_in_honour(doc[i - (doc[i].tag_ != "VBG") : i + 1]):
            continue
        if any(r.kind in ACTOR_KINDS and scene.bounds(r)[0] < i for r in scene.at(i)):
            continue  # "and was received by the minister for women, X"
        told = _first_told(reader, i + 1, min(end, i + 1 + _TITLE))
        if told is None:
            return []
        head = scene.bounds(told)[1] - 1
        return scene.actors(doc[head]) or [Actor(told, head, 0.9)]
    return []


def _treated(reader: ArgumentReader, noun: Token, verb: Token) -> list[Actor]:
    """Return X of "X was treated to a banquet"."""
    to = noun.head.lower_ == "to" and noun.head.head == verb
    subject = next((c for c in verb.children if c.dep_ == "nsubjpass"), None)
    return reader.scene.actors(subject) if to and subject is not None else []


def _is_in_honour(words_behind: Span) -> bool:
    """Tell "a ceremony in Lima to honour X"."""
    said = f" {words_behind.text.lower()} "
    return any(f" {phrase} " in said for phrase in word_set("in_honour"))


def _first_told(reader: ArgumentReader, start: int, end: int) -> Reference | None:
    """Return the first actor behind "for", if nothing but his title stands before him."""
    doc = reader.scene.doc
    for i in range(start, end):
        actors = (r for r in reader.scene.at(i) if r.kind in ACTOR_KINDS and r.form != "pronoun")
        told = next(actors, None)
        if told is not None:
            last = reader.scene.bounds(told)[1]
            return None if text_at(doc, last) in APOSTROPHE_S else told
        land = any(r.kind == "country" for r in reader.scene.at(i))
        if doc[i].lower_ in word_set("honoured_no_more"):
            return None
        if not (land or doc[i].pos_ in {"DET", "ADJ", "PRON", "PROPN", "PART", "VERB", "NOUN"}):
            return None
    return None


def _hosts(reader: ArgumentReader, noun: Token, verb: Token) -> list[Actor]:
    """Return who gives a dinner at home: the verb's subject, or by whom it is given."""
    doers = agents_of(verb)
    subject = reader.scene.subject(verb)
    if subject is not None and subject != noun and noun.dep_ in {"dobj", "obj", "pobj"}:
        doers.append(subject)
    actors = [a for head in doers for a in reader.scene.actors(head)]
    return [a for a in actors if a.reference.role_kind in words("leading_class")]


def _is_guest(guest: Actor, land: str | None) -> bool:
    """Tell a foreign holder of an office from a leader at home and a body."""
    reference = guest.reference
    official = bool(reference.role_kind) and not reference.guessed and not guest.is_party
    single = bool(reference.name) or reference.role_kind in words("leading_class")
    abroad = land is not None and is_country(land) and guest.country not in {None, land}
    return official and single and abroad and is_country(guest.country or "")


__all__ = ["honoured"]
