"""Where a trip leads whose telling names no place: to the one foreign country told of near by."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from spacy.tokens import Token

from models import Reference
from models.visit import MADE
from pipeline.discourse.scene import Scene
from pipeline.discourse.tables import words
from pipeline.discourse.trip_clauses import preposition_of
from pipeline.labels import NOUNS, PLURALS, PREP_COMPLEMENTS, SUBJECTS
from pipeline.neighbours import prep_objects, text_at, word_at
from pipeline.reference.countries import is_country
from pipeline.signs import HYPHENS
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.places.home_ground import is_set_at_home, opens_at_home, says_where
from pipeline.stages.visits.tables import word_set

#: In which order the sentences around a telling are asked, by their distance from it.
_STEPS = (0, -1, 1, -2, 2, -3)
_WHERE = frozenset({"in", "at"})


def nearest_land(scene: Scene, candidate: Candidate) -> str | None:
    """Return Peru of "Lima is on holiday. X arrives tonight", "the Peruvian ministry said X came".

    Of the sentences around it the first that tells of any foreign country decides; where it tells
    of two, nothing is understood.
    """
    guessed = candidate.actor is not None and candidate.actor.reference.guessed
    if candidate.origin is None or guessed or not _may_be_anywhere(scene, candidate):
        return None
    if says_where(scene, scene.doc[candidate.at]):
        return None
    steps = _STEPS[:1] if opens_at_home(scene, {candidate.origin}) else _STEPS
    homes = {candidate.origin, *lands_of_fellows(scene, candidate)}
    return sole_land_near(scene, candidate.at, but=homes, steps=steps)


def lands_of_fellows(scene: Scene, candidate: Candidate) -> set[str | None]:
    """Return Chile for the A of "A of Peru and B of Chile will attend", who meet elsewhere.

    So for "A of Peru will attend. B of Chile will also attend.", and for "A of Peru came on
    Monday; B of Chile arrives on Friday.", who come to a third.
    """
    verb = scene.doc[candidate.at]
    verbs = [verb]
    to_event = candidate.rule in word_set("goes_to_event")
    alike = frozenset({verb.lemma_}) if to_event else frozenset()
    if candidate.arrives and verb.lemma_ in word_set("comes_in_turn"):
        alike = word_set("comes_in_turn")
    if alike:
        number = scene.sentence_of[verb.i]
        beside = (scene.beside(number, step=step) for step in (-1, 0, 1))
        verbs += [t for s in beside for t in s or () if t.lemma_ in alike and t.i != verb.i]
    subjects = [scene.subject(each) for each in verbs]
    told = [scene.actors(head) if head is not None else () for head in subjects]
    who = candidate.actor
    if who is None or all(actor.key != who.key for actor in told[0]):
        return set()  # "A met visiting Premier B of Chile"
    return {actor.country for actors in told for actor in actors}


def sole_land_near(
    scene: Scene, at: int, *, but: Collection[str | None], steps: Sequence[int] = _STEPS
) -> str | None:
    """Return the one country, none of `but`, that the sentence nearest to token `at` tells of.

    Where its own sentence has something happen "in Peru", nothing is understood, and a sentence
    with none but "Peruvian-backed rebels" is passed over.

    Args:
        steps: which sentences are asked, by their distance from its own, in this order.
    """
    number = scene.sentence_of[at]
    for step in steps:
        sentence = scene.beside(number, step=step)
        if sentence is None or scene.is_apart(sentence.start, at):
            continue
        told = list(_lands(scene, sentence.start, sentence.end, but=but))
        placed = [r for r in told if _before(scene, r) in _WHERE and not _is_of_tellers(scene, r)]
        if not step and placed:
            return None
        if not step and not told and _is_in_some_town(scene, sentence.start, at):
            return None
        if not told and step <= 0 and is_set_at_home(scene, sentence.start, sentence.end, own=but):
            return None
        codes = {reference.country for reference in told}
        if any(not _is_by_the_way(scene, reference) for reference in told):
            return next(iter(codes)) if len(codes) == 1 else None
    return None


def _is_of_tellers(scene: Scene, reference: Reference) -> bool:
    """Tell the Peru of "officials in Peru said that X would come", who tell who comes to them."""
    doc, start = scene.doc, scene.bounds(reference)[0]
    if _before(scene, reference) not in _WHERE:
        return False
    teller = doc[start - 1].head
    speaks = teller.dep_ in SUBJECTS and teller.head.lemma_ in words("speech")
    return speaks and teller.lemma_.lower() in word_set("tells_of_guests")


def _is_in_some_town(scene: Scene, start: int, end: int) -> bool:
    """Tell "died in the eastern town of Batou, just before X was to visit": there he was to come.

    A town whose land is known is told of as one.
    """
    doc = scene.doc
    for token in doc[start : max(start, end - 2)]:
        if token.lemma_ not in words("place_noun") or token.head.lower_ not in _WHERE:
            continue
        name = doc[token.i + 2 : token.i + 3]
        if doc[token.i + 1].lower_ == "of" and name and name[0].pos_ == "PROPN":
            return not scene.spots(token.i + 2)
    return False


def _lands(
    scene: Scene, start: int, end: int, *, but: Collection[str | None]
) -> Iterator[Reference]:
    """Yield the references to countries, none of `but`, from token `start` to `end`.

    Nobody comes to the land of "arrived from Peru", "the war in Peru".
    """
    for i in range(start, end):
        for reference in scene.at(i):
            told = is_country(reference.country or "") and reference.country not in but
            away = told and _before(scene, reference) == "from"
            if not told or away:
                continue
            matter = scene.is_of_matter(scene.bounds(reference)[0])
            if not matter or _is_of_tellers(scene, reference):
                yield reference


def _is_by_the_way(scene: Scene, reference: Reference) -> bool:
    """Tell the land of "Peruvian-backed rebels", either land of "the Chile-Peru border"."""
    end = scene.bounds(reference)[1]
    joined = text_at(scene.doc, end) in HYPHENS
    tied = joined and word_at(scene.doc, end + 1) in word_set("tied_to_land")
    return tied or is_of_edge(scene, reference) or _is_of_outlet(scene, reference)


def _is_of_outlet(scene: Scene, reference: Reference) -> bool:
    """Tell the land of "Lebanon's al-Nahar said", which tells of any land's guests.

    Not that of "Lebanon's foreign ministry said".
    """
    start, end = scene.bounds(reference)
    land = scene.doc[end - 1]
    outlet = land.head if land.dep_ == "poss" else None
    if outlet is None or start > land.i or outlet.dep_ not in {"nsubj", "nmod", "compound"}:
        return False
    teller = outlet if outlet.dep_ == "nsubj" else outlet.head
    speaks = teller.head.pos_ == "VERB" and teller.head.lemma_ in words("speech")
    if teller.dep_ != "nsubj" or not speaks:
        return False
    unknown = teller.pos_ == "PROPN" and not any(
        r for i in range(end, teller.i + 1) for r in scene.at(i)
    )
    return unknown or teller.lemma_.lower() in word_set("medium")


def is_of_edge(scene: Scene, reference: Reference) -> bool:
    """Tell either land of "the Chile-Peru border", that of "the border with Peru"."""
    doc, (start, end) = scene.doc, scene.bounds(reference)
    if text_at(doc, end) in HYPHENS:
        end += 2  # "Chile-Peru"
    if any(t.lemma_ in word_set("edge_of_land") for t in doc[end : end + 1]):
        return True
    beside = start > 1 and doc[start - 1].lower_ == "with"
    return beside and doc[start - 2].lemma_ in word_set("edge_of_land")


def _before(scene: Scene, reference: Reference) -> str:
    start = scene.bounds(reference)[0]
    return scene.doc[start - 1].lower_ if start else ""


def _may_be_anywhere(scene: Scene, candidate: Candidate) -> bool:
    """Tell "his visit" from "his trips", "a visit to farmers", none abroad for all that is told.

    Nor is one who "arrived on Monday" abroad where the report is from his own country.
    """
    made = candidate.status in MADE
    home = scene.here.country if scene.here is not None else scene.home
    if made and candidate.origin == home:
        return False
    noun = scene.doc[candidate.at]
    if noun.pos_ not in NOUNS:
        return noun.lemma_ != "visit" or not (_sees_people(scene, noun) or _sees_town(noun))
    to_come = noun.lemma_ == "trip" and not made
    if preposition_of(noun) in word_set("set_around_trip") - {"during"}:
        return False  # "Peru protested ahead of a visit by X", to whomever
    if noun.tag_ in PLURALS or not (to_come or noun.lemma_.lower() in word_set("at_one_place")):
        return False
    led = (c for c in noun.children if c.lower_ in {"to", "at", "with"} and c.i > noun.i)
    return not any(c.dep_ in PREP_COMPLEMENTS for prep in led for c in prep.children)


def is_somewhere(scene: Scene, candidate: Candidate) -> bool:
    """Tell "has left the country for a private trip abroad", whose place is kept from the reader.

    Not "his trip abroad", of which one may have read.
    """
    return is_new_abroad(scene.doc[candidate.at])


def is_new_abroad(noun: Token) -> bool:
    """Tell "a private trip abroad", "an overseas visit", told of for the first time."""
    new = any(c.lower_ in {"a", "an", "another"} for c in noun.children)
    out = word_set("somewhere_abroad")
    return new and any(c.lower_ in out for c in noun.children)


def _sees_town(verb: Token) -> bool:
    """Tell "visited the city", a town that is told of, from "will visit", wherever it is."""
    return any(c.dep_ == "dobj" and c.lower_ in words("town_noun") for c in verb.children)


def _sees_people(scene: Scene, verb: Token) -> bool:
    """Tell "will visit with victims", wherever they are, from "will visit with her ministers".

    Nor "with leaders of Peru", who are there.
    """
    behind = prep_objects(verb, "with")
    many = (h for h in behind if h.dep_ == "pobj" and h.tag_ == "NNS")
    many = (h for h in many if all(t.dep_ != "poss" or t.pos_ != "PRON" for t in h.children))
    return any(
        not any(is_country(r.country or "") for t in h.subtree for r in scene.at(t.i)) for h in many
    )


__all__ = [
    "is_new_abroad",
    "is_of_edge",
    "is_somewhere",
    "lands_of_fellows",
    "nearest_land",
    "sole_land_near",
]
