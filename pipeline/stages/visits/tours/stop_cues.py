"""What makes a land a stop of a tour: the words before it, behind it, or its clause.

"one to A and the other to B", "winds up in C" lead to a land, "with D to follow" stands behind it,
"the itinerary also has E on it" holds it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from spacy.tokens import Token

from pipeline.discourse.factuality import governing_verb
from pipeline.discourse.scene import Actor, Spot
from pipeline.discourse.tables import words
from pipeline.labels import ADNOMINAL, FINITE, OBJECTS, SUBJECTS, VERBS
from pipeline.signs import HYPHENS, MARKS_ENTRY
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.tables import word_set
from pipeline.stages.visits.tours.itinerary import bare_spots
from pipeline.stages.visits.tours.legs import is_of_thing

#: How far before a land what leads to it may stand, in tokens that tell nothing else.
_CUE_REACH = 9
#: How far before "are", ":" the words may stand that say of what kind a land is.
_KIND_REACH = 7
#: How far behind a list of lands "to follow" may stand.
_BEHIND = 3
#: How far before a land "not" may stand that leaves it out.
_DENIED_REACH = 3
_PRONOUNS = frozenset({"he", "she", "they", "it", "this", "that", "which"})
#: How "including Peru", "for having included Peru" hang, which tell of no course of a journey.
_NO_CLAUSE = frozenset({"prep", "pcomp"})
#: What a stay is told by before a land: "two final days".
_OF_STAY = frozenset({"NOUN", "ADJ", "NUM"})


class Cue(NamedTuple):
    """What makes a land a stop: where it stands, its verb, and its order beside the stop told."""

    at: Token
    verb: Token | None
    order: Literal["ahead", "behind", "same"] = "same"


def cue_at(reader: ArgumentReader, spots: Sequence[Spot], traveller: Actor) -> Cue | None:
    """Return what makes a list of lands one's stops: the words before it, or its clause."""
    before = reader.scene.doc[max(0, spots[0].start - _DENIED_REACH) : spots[0].start]
    if any(token.lower_ in word_set("leaves_out") for token in before):
        return None  # "to Peru and Chile, but not Cuba"
    cue = _cue_before(reader, spots[0].start)
    if cue is not None and all(
        _is_his(reader, verb, traveller) for verb in (cue.at, cue.verb) if verb is not None
    ):
        return cue
    return _cue_of_clause(reader, spots[0], traveller)


def lands_at(reader: ArgumentReader, at: int) -> tuple[Sequence[Spot], Cue | None]:
    """Return the lands at a token, and what behind them makes them stops.

    "The Peru-Chile leg of his tour", "with Peru and Chile to follow", "Peru and Chile come next".
    """
    scene, spots = reader.scene, list(reader.scene.spots(at))
    for leg in scene.doc[spots[-1].end : spots[-1].end + 1] if spots else ():
        if leg.lemma_.lower() in word_set("part_of_journey") and leg.pos_ == "NOUN":
            return [*_joined_before(reader, at), *spots], Cue(leg, governing_verb(leg))
    cue = _cue_behind(reader, spots) if spots else None
    return (spots, cue) if cue is not None else (bare_spots(reader, at), None)


def _cue_before(reader: ArgumentReader, at: int) -> Cue | None:
    """Return the verb, the noun or "next" before a land, past small words."""
    doc, led, stay = reader.scene.doc, False, False
    opening = max(reader.scene.sentence(at).start, at - _CUE_REACH)
    for i in range(at - 1, opening - 1, -1):
        token, lemma = doc[i], doc[i].lemma_.lower()
        if (i == at - 1 or stay) and token.lower_ in word_set("before_next_stop"):
            verb = governing_verb(token)
            goes = verb is not None and verb.pos_ == "VERB" and not _acts(doc[at])
            return (
                Cue(token, verb, "behind" if token.lower_ == "after" else "ahead") if goes else None
            )
        if token.lower_ in MARKS_ENTRY or lemma == "be":
            return _of_kind(reader, token, led=led)
        if lemma in word_set("tour_leads") and _is_verbal(token):
            direct = i == at - 1 or (i == at - 2 and doc[i + 1].pos_ == "DET")
            taken = direct and lemma in word_set("tour_takes_in") and token.dep_ not in _NO_CLAUSE
            return Cue(token, token, _order_of(token)) if led or taken else None
        if led and token.lower_ == "there" and doc[i - 1].lower_ == "from":
            return Cue(token, governing_verb(token), "ahead")
        if token.lower_ in word_set("nth_of_tour"):
            opened = reversed(doc[reader.scene.sentence(at).start : i])
            many = next((t for t in opened if t.tag_ == "NNS"), None)
            trips = many is not None and many.lemma_.lower() in word_set("tour_itself")
            return Cue(token, governing_verb(token)) if led and trips else None
        if lemma in word_set("tour_itself", "leg_noun") and token.pos_ == "NOUN":
            return _of_tour(token) if led else None
        led = led or token.lower_ in word_set("leads_to_stop")
        stay = stay or (led and lemma in word_set("unit_of_stay"))  # "before two days in Peru"
        told = stay and token.pos_ in _OF_STAY
        small = token.pos_ in {"DET", "ADV", "PART"} or i in reader.clock.covered or told
        if not small and token.lower_ not in word_set("leads_to_stop", "between_stops"):
            return None
    return None


def _acts(land: Token) -> bool:
    """Tell the land of "landed in Lima after Chile switched sides", which is the subject there."""
    last = land
    while last.pos_ == "PROPN" and last.i + 1 < len(last.doc):
        last = last.nbor()
    return land.dep_ in SUBJECTS or last.tag_ in FINITE


def _of_tour(noun: Token) -> Cue | None:
    """Return what leads on from "trips to Peru", "began his tour with Peru"."""
    off = noun.dep_ == "pobj" and noun.head.dep_ == "prep"  # "rounding off the trip in Peru"
    verb = noun.head.head if off else noun.head
    if (off or noun.dep_ in OBJECTS) and verb.lemma_.lower() in word_set("tour_leads"):
        return Cue(verb, verb, _order_of(verb))
    return Cue(noun, governing_verb(noun)) if noun.tag_ == "NNS" else None


def _of_kind(reader: ArgumentReader, mark: Token, *, led: bool) -> Cue | None:
    """Return what says that a land behind "are", "will be", ":" is a stop: "next on the list"."""
    doc = mark.doc
    start = max(reader.scene.sentence(mark.i).start, mark.i - _KIND_REACH)
    for token in reversed(doc[start : mark.i]):
        lemma, noun = token.lemma_.lower(), token.pos_ == "NOUN"
        if token.text in {",", ";", ":"} and token.i < mark.i - 1:
            return None
        stop = noun and lemma in word_set("leg_noun", "part_of_journey")
        if stop and any(is_of_thing(c) for c in token.children):
            return None  # "cocoa's main destination is Peru"
        alone = not led and (token.i == start or token.head.pos_ in VERBS)
        if stop or (alone and token.lower_ in word_set("nth_stop")):
            return Cue(token, mark if mark.pos_ in VERBS else None, "ahead")
        if lemma in word_set("tour_itself") and token.tag_ == "NNS" and mark.text == ":":
            return Cue(token, governing_verb(token))
    return None


def _joined_before(reader: ArgumentReader, at: int) -> Iterator[Spot]:
    """Yield Peru of "the Peru-Chile leg"."""
    if at > 1 and reader.scene.doc[at - 1].text in HYPHENS:
        for land in reader.scene.at(at - 2):
            if land.kind == "country" and land.country and land.form == "name":
                yield Spot(land.country, None, land, at - 2, at - 1)


def _cue_behind(reader: ArgumentReader, spots: Sequence[Spot]) -> Cue | None:
    """Return the "follow" of "with Peru and Chile to follow", "Peru and Chile come next"."""
    doc, at = reader.scene.doc, spots[-1].end
    opened = doc[spots[0].start - 1].lower_ if spots[0].start else ""
    if opened in word_set("leads_to_stop") and opened != "with":
        return None
    phrase = ""
    for token in doc[at : min(at + _BEHIND, reader.scene.sentence(at - 1).end)]:
        if token.i in reader.clock.covered:
            return None  # "held talks with X of Peru last week"
        phrase = f"{phrase} {token.lower_}".strip()
        if phrase in word_set("makes_next_stop"):
            return Cue(token, token if _is_verbal(token) else None, "ahead")
    return None


def _cue_of_clause(reader: ArgumentReader, spot: Spot, traveller: Actor) -> Cue | None:
    """Return the verb over a land whose subject is a tour: "his itinerary also has Peru on it".

    What hangs on another noun is none ("the tour comes after a row with Peru"), but for talks.
    """
    head = reader.scene.doc[spot.start : spot.end].root
    while head.dep_ in {"conj", "appos"} and reader.scene.at(head.head.i):
        head = head.head
    over = head.head
    if head.dep_ == "pobj":
        if over.lower_ not in word_set("leads_to_stop") or over.dep_ == "agent":
            return None
        over = over.head.head if over.head.pos_ == "ADP" else over.head
    elif head.dep_ not in OBJECTS | {"attr"}:
        return None
    if over.pos_ == "NOUN":
        direct = over.dep_ in OBJECTS or over.head.lower_ in word_set("leads_to_stop")
        if not direct or over.lemma_.lower() not in word_set("engagement") | words("trip_noun"):
            return None
        over = governing_verb(over) or over
    takes_in = over.lemma_.lower() in word_set("tour_leads", "tour_has")
    own = _is_of_tour(reader, over)
    own = own or (_closes_tour(over) and _is_his(reader, over, traveller))
    if over.pos_ not in VERBS or not takes_in or not own:
        return None  # "the trip leaves out Peru", "the trip is to counter Peru"
    return Cue(over, over, _order_of(over))


def _is_of_tour(reader: ArgumentReader, verb: Token) -> bool:
    """Tell a verb of a tour: "the tour closes", "a tour which will see", "whose stops are"."""
    subject = reader.scene.subject(verb)
    whose = subject is not None and any(c.tag_ == "WP$" for c in subject.children)
    if subject is None or whose or subject.tag_ in {"WDT", "WP"}:
        subject = verb.head if verb.dep_ in ADNOMINAL else subject
    if subject is None or subject.lemma_.lower() not in _of_journeys():
        return False
    if subject.lemma_.lower() in word_set("tour_itself", "plan_of_journey"):
        return True
    return not any(is_of_thing(c) for c in subject.children)  # "cocoa's main destination"


def _closes_tour(verb: Token) -> bool:
    """Tell "will cap the trip with talks in Peru", "wound up his tour with a stop in Peru"."""
    objects = (c for c in verb.children if c.dep_ in OBJECTS)
    toured = any(c.lemma_.lower() in word_set("tour_itself") for c in objects)
    return toured and verb.lemma_.lower() in words("finish") | words("begin")


def _order_of(verb: Token) -> Literal["ahead", "behind", "same"]:
    if verb.lemma_ in words("opens_trip"):
        return "behind"
    return "ahead" if verb.lemma_.lower() in word_set("later_on_tour") else "same"


def _is_his(reader: ArgumentReader, verb: Token, traveller: Actor) -> bool:
    """Tell whether what leads to a land is said of a tour or of who makes it."""
    if verb.tag_ == "NNS" and _is_verbal(verb):
        named = {t.lemma_.lower() for t in verb.lefts} | {t.lower_ for t in verb.lefts}
        return not named.isdisjoint(_of_journeys() | _PRONOUNS)
    if verb.pos_ != "VERB":
        return True
    subject = reader.scene.subject(verb)
    head = verb.head if verb.dep_ in ADNOMINAL else None
    if head is not None and head.lemma_.lower() not in _of_journeys():
        return bool(reader.scene.spots(head.i)) or head.i in reader.clock.covered
    if subject is None or subject.tag_ in {"WDT", "WP", "WP$"}:
        return True
    if subject.lower_ in _PRONOUNS or subject.i in reader.clock.covered:
        return True
    if subject.lemma_.lower() in _of_journeys() or subject.lower_ in word_set("nth_stop"):
        return True
    actors = reader.scene.actors(subject)
    return bool(actors) and all(actor.key == traveller.key for actor in actors)


def _is_verbal(token: Token) -> bool:
    """Tell a verb, though it be tagged for a noun ("the tour winds up in Peru")."""
    behind = token.doc[token.i + 1 : token.i + 2]
    return token.pos_ in {"VERB", "ADJ"} or (
        token.tag_ == "NNS" and (token.dep_ == "ROOT" or any(t.tag_ == "RP" for t in behind))
    )


def _of_journeys() -> frozenset[str]:
    return word_set("tour_itself", "leg_noun", "part_of_journey", "plan_of_journey")


__all__ = ["Cue", "cue_at", "lands_at"]
