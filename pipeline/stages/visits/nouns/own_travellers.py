"""Who makes the trip that a noun tells, where those beside it are at home."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from pipeline.discourse.factuality import governing_verb
from pipeline.discourse.scene import Actor
from pipeline.discourse.tables import words
from pipeline.labels import PLURALS, VERBS
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.candidate import joined
from pipeline.stages.visits.nouns.noun_owners import sentence_traveller
from pipeline.stages.visits.tables import word_set
from pipeline.stages.visits.travellers.guests_meant import guest_named

#: How far before "his second trip" the invitation to it may stand, in tokens.
_INVITED_REACH = 14


def own_travellers(
    reader: ArgumentReader, noun: Token, own: list[Actor], ends: set[str]
) -> list[Actor]:
    """Leave out who is at home where the trip leads; ask the sentence where none is left.

    "A of Latvia met B of Malta during a visit to Riga" is B's.
    """
    own = of_trip_beside(reader, noun) or own
    own = [guest_named(reader.scene, actor, ends) or actor for actor in own]
    own = [reader.scene.other_antecedent(actor, ends) or actor for actor in own]
    if ends and len(own) > 1:
        own = [actor for actor in own if actor.country not in ends] or own
    single = noun.tag_ not in PLURALS
    if ends and not own and single:
        own = sentence_traveller(reader, noun, ends)
    elif own and single and _are_hosts(noun, own, ends):
        own = sentence_traveller(reader, noun, ends) or own
    return joined(_who_is_to_go(reader, noun, own, ends) or own)


def _who_is_to_go(
    reader: ArgumentReader, noun: Token, own: Sequence[Actor], ends: set[str]
) -> list[Actor]:
    """Return A of "A will visit Peru, a spokesman said. He said the trip to Peru was long".

    Not of "He said his trip to Peru was long", "B went to Peru. A said a trip to Peru was dear".
    """
    known = any(c.lower_ == "the" for c in noun.children)
    above = [t for t in noun.ancestors if t.pos_ in VERBS and t.lemma_ in words("speech")]
    speakers = [reader.scene.subject(verb) for verb in above if known and len(own) == 1]
    said = {a.key for s in speakers if s is not None for a in reader.scene.actors(s)}
    if not own or said != {own[0].key}:
        return []
    told = (c for c in reversed(reader.told) if c.destination in ends and c.actor is not None)
    last = next(told, None)
    if last is None or last.actor is None or last.status != "planned":
        return []
    other = last.actor.country == own[0].country and last.actor.key != own[0].key
    return [last.actor] if other and last.actor.reference.role_kind else []


def of_trip_beside(reader: ArgumentReader, noun: Token) -> list[Actor]:
    """Return A of "A left for Peru at the invitation of B, his second trip since taking office".

    "At the invitation of B, her visit to Chile being over" tells of B's.
    """
    doc, start = noun.doc, noun.left_edge.i
    if not any(c.ent_type_ == "ORDINAL" for c in noun.children):
        return []
    own = start + 1 < len(doc) and doc[start].lower_ in {"his", "her"} and start > noun.sent.start
    if not own or doc[start - 1].text != "," or noun.head.pos_ in VERBS:
        return []
    asked = doc[max(noun.sent.start, start - _INVITED_REACH) : start - 1]
    if not any(t.lower_ in words("invitation") for t in asked):
        return []
    told = [c for c in reader.told if noun.sent.start <= c.at < asked.start + len(asked)]
    led = [c.actor for c in told if c.actor is not None and c.destination is not None]
    return led[-1:]


def _are_hosts(noun: Token, own: Sequence[Actor], ends: set[str]) -> bool:
    """Tell the A of "A met B during a visit to Riga", who is at home there."""
    if not ends or not {actor.country for actor in own} <= ends:
        return False
    if noun.head.lower_ not in word_set("trip_of_guest") or any(
        c.dep_ == "poss" for c in noun.children
    ):
        return False
    verb = governing_verb(noun)
    return verb is not None and verb.lemma_ in word_set("sees_guest_at_home")


__all__ = ["of_trip_beside", "own_travellers"]
