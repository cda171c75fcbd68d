"""Trips that only a number names: "his second trip. The first was to Quito", "was in 2019"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Token

from pipeline.discourse.factuality import Fact, fact_of_verb
from pipeline.discourse.scene import Actor
from pipeline.discourse.tables import words
from pipeline.discourse.verb_forms import auxiliaries_of
from pipeline.discourse.verbs import takes_place
from pipeline.labels import SUBJECTS, TIMES
from pipeline.neighbours import text_at, word_at
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.tables import noun_rules, word_set
from pipeline.stages.visits.tours.region_names import names_region
from pipeline.stages.visits.travellers.forerunners import trip_told

_DETERMINERS = frozenset({"the", "his", "her", "their"})
#: How many sentences back the trip may be told that is counted with it.
_REACH = 1
#: How surely "the first was to Quito" means a trip.
_SCORE = 0.78


def nth_to(reader: ArgumentReader, token: Token) -> Iterator[Candidate]:
    """Read Quito of "It is his second trip. The first was to Quito", "the next will be to Quito".

    "His second letter was to Lima. The first was to Quito" does not fire.
    """
    verb = token.head
    if token.dep_ not in SUBJECTS or not _stands_alone(token):
        return
    if verb.lemma_ != "be":
        if _is_held(verb):
            yield from _nth_on(reader, token, verb)
        return
    leads = next((c for c in verb.children if c.lower_ == "to" and c.i > verb.i), None)
    if leads is None and fact_of_verb(verb).status == "completed":
        yield from _nth_on(reader, token, verb)
        return
    actor = _traveller(reader, token) if leads is not None else None
    if leads is None or actor is None:
        return
    fact = fact_of_verb(verb)
    if fact.status == "ongoing":
        fact = Fact("planned", weak=True)  # "the next is to Quito"
    if fact.status not in {"completed", "planned"}:
        return  # "the first would have been to Quito"
    for spot in reader.spots(leads.i + 1, {actor.country}):
        if spot.country == actor.country or _is_undated(reader, spot.country):
            continue
        yield reader.make(
            noun_rules()["visit"],
            token,
            actor=actor,
            spot=spot,
            fact=fact,
            score=_SCORE,
            anchors=[verb],
            first=token.lower_ == "first",
        )


def _nth_on(reader: ArgumentReader, token: Token, verb: Token) -> Iterator[Candidate]:
    """Read "It is his second trip to Peru. His first was in 2019", "took place in 2019": to Peru.

    Not "It is the second by a premier. The first was in 2019", whose who is not told.
    """
    place = verb.i + 1 + (text_at(token.doc, verb.i + 1) == "place")
    days, before = reader.clock.behind(place), token.doc[: token.i]
    noun = next((t for t in reversed(before) if t.lemma_ in noun_rules()), None)
    if not days or noun is None or _traveller(reader, token) is None:
        return
    if noun.lemma_ in words("leg_of_tour"):
        return  # "his first stop. The second was on Monday"
    abroad = any(t.lower_ in word_set("somewhere_abroad") for t in noun.subtree)
    if not abroad and any(c.dep_ == "poss" for t in (token, noun) for c in t.children):
        yield from _made_before(reader, token, days)


def _is_held(verb: Token) -> bool:
    """Tell "took place", "came in 2019" from "took a seat"."""
    held = verb.lemma_ in words("comes_behind")
    held = held or takes_place(verb)
    return held and fact_of_verb(verb).status == "completed"


def nth_before(reader: ArgumentReader, noun: Token) -> list[Candidate]:
    """Read "It is his second trip to Peru. The first visit was in January": to Peru too."""
    if not is_nth_before(reader, noun):
        return []
    if not _is_another(noun) and _traveller(reader, noun) is None:
        return []
    days = [t for t in noun.head.subtree if t.i in reader.clock.starts and t.i > noun.head.i]
    return list(_made_before(reader, noun, days[:1]))


def is_nth_before(reader: ArgumentReader, noun: Token) -> bool:
    """Tell "It is his second trip to Peru. The first visit was in January", one made before.

    And "He was there in 2021. Another visit followed in May", one made behind it. Not "The first
    visit was to Quito", "the first visit will be in May".
    """
    verb = noun.head
    held = verb.lemma_ in {"be", "take"} | words("comes_behind")
    past = verb.tag_ == "VBD" or (verb.tag_ == "VBN" and not auxiliaries_of(verb))
    if noun.dep_ not in SUBJECTS or not past or not held:
        return False
    told, another = {c.lower_ for c in noun.children}, _is_another(noun)
    counted = another or not told.isdisjoint(word_set("nth_trip"))
    if noun.lemma_ in words("leg_of_tour") or not counted:
        return False
    known = not told.isdisjoint(_DETERMINERS) or (another and verb.lemma_ != "be")
    led = any(c.lower_ == "to" for c in verb.children)
    behind = [t.i for t in verb.subtree if t.i > verb.i]
    dated = any(i in reader.clock.starts for i in behind)
    return known and not led and dated and not _is_led_elsewhere(reader, noun, behind)


def _is_another(noun: Token) -> bool:
    """Tell "another visit", "a second visit" from "the second visit"."""
    told = {c.lower_ for c in noun.children}
    return "another" in told or ("a" in told and not told.isdisjoint({"second", "further"}))


def _is_led_elsewhere(reader: ArgumentReader, noun: Token, behind: Sequence[int]) -> bool:
    """Tell "It is his fifth trip, to Peru. His first visit was in May, when he met Y in Quito"."""
    model = trip_told(reader, noun)
    held = [i for i in behind if noun.doc[i - 1].lower_ in {"in", "at"}]
    lands = {spot.country for i in held for spot in reader.scene.spots(i)}
    return model is not None and bool(lands) and model.destination not in lands


def ones_before(reader: ArgumentReader, token: Token) -> Iterator[Candidate]:
    """Read "his third trip to Peru after ones in 2019 and 2021", "following those in 2019".

    "His third trip after talks in 2019", "after ones to Quito", "his third tour of Africa after
    ones in 2019" do not fire.
    """
    doc, sentence = token.doc, reader.scene.sentence(token.i)
    behind = word_at(doc, token.i - 1) if token.i else ""
    if behind not in word_set("after_rank"):
        return
    counted = [t for t in doc[sentence.start : token.i] if t.lemma_ in noun_rules()]
    if not counted or not any(c.lower_ in word_set("nth_trip") for c in counted[-1].children):
        return
    told = [t for t in counted[-1].subtree if t.i < token.i]
    if any(t.lower_ in word_set("somewhere_abroad") for t in told) or names_region(_plain(told)):
        return  # "his third trip abroad after ones in May", "to Asia after ones in May"
    days: list[Token] = []
    at = token.i + 1
    while (found := reader.clock.behind(at)) and found[0].i < sentence.end:
        days += found
        at = next(end for start, end, _ in reader.clock.between(found[0].i, found[0].i + 1))
        at += text_at(doc, at) in {",", "and"}
        at += text_at(doc, at) == "and"
    yield from _made_before(reader, token, days)


def _plain(tokens: Sequence[Token]) -> str:
    return " ".join(token.text for token in tokens)


def _made_before(
    reader: ArgumentReader, token: Token, days: Sequence[Token]
) -> Iterator[Candidate]:
    """Yield a trip to where the last one told leads for each of some dates."""
    model = trip_told(reader, token) if days else None
    for day in days if model is not None else ():
        when = reader.clock.when([day], phase="whole")
        if model is not None and when and when != model.when:
            earlier = model.another("visit", token.i, score=_SCORE)
            yield replace(earlier, when=when, previous=not model.when)


def _is_undated(reader: ArgumentReader, land: str) -> bool:
    """Tell the land of "his third visit to Peru", beside which "the first was to Lima" is told."""
    return any(told.destination == land and not told.when for told in reader.told)


def _stands_alone(token: Token) -> bool:
    """Tell "the first", "his second" from "the first of the letters", "the first letter"."""
    known = any(c.lower_ in _DETERMINERS for c in token.children)
    return known and not any(c.dep_ in {"prep", "relcl", "acl"} for c in token.children)


def _traveller(reader: ArgumentReader, token: Token) -> Actor | None:
    """Return who made the trip told last, where what was counted before is a trip."""
    scene = reader.scene
    number = scene.sentence_of[token.i]
    start = scene.sentences[max(0, number - _REACH)].start
    nouns = [t for t in token.doc[start : token.i] if t.pos_ == "NOUN"]
    trips = [t for t in nouns if t.lemma_ in noun_rules()]
    counted = [t for t in nouns if _is_counted(t)]
    if not counted or not trips or counted[-1] != trips[-1]:
        return None
    for told in reversed(reader.told):
        if told.at < start:
            return None
        single = told.actor is not None and not told.actor.reference.plural
        if single and told.status is not None and told.actor is not None:
            return replace(told.actor, share=0.9)
    return None


def _is_counted(noun: Token) -> bool:
    """Tell "his second trip", "the trip is his second", and the "two loans" that have a first."""
    if noun.ent_type_ in TIMES:
        return False  # "last year"
    if any(c.dep_ == "nummod" for c in noun.children):
        return True
    told = [c for c in noun.head.children if c.dep_ == "attr"] if noun.head.lemma_ == "be" else []
    return any(c.lower_ in word_set("nth_trip") for c in (*noun.children, *told))


__all__ = ["is_nth_before", "nth_before", "nth_to", "ones_before"]
