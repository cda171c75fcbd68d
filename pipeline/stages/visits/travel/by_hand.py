"""What one does with one's own hands, to a thing that is where one is oneself."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from models.visit import MADE_OR_PLANNED
from pipeline.discourse.factuality import fact_of_verb
from pipeline.discourse.scene import Spot
from pipeline.discourse.tables import words
from pipeline.labels import NOUNS, TIMES, UNDERGONE, VERBS
from pipeline.neighbours import agents_of, prep_objects
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.tables import VerbRule, word_set
from pipeline.stages.visits.travel.deeds import done, place_of_report
from pipeline.stages.visits.travel.on_the_spot import act_place


def by_hand(reader: ArgumentReader, verb: Token, rule: VerbRule) -> Iterator[Candidate]:
    """Read "laid the first stone of a school in Lima", "was given the keys to the city in Lima".

    "Laid a wreath for those who fell in Peru", "cut the ribbon of a mill built by miners in Peru"
    do not fire: the land is that of what others did.
    """
    fact = fact_of_verb(verb)
    if fact.status not in MADE_OR_PLANNED or reader.is_remote(verb):
        return
    spot = _where_thing_stands(reader, verb)
    if spot is None and fact.status != "planned":
        spot = act_place(reader, verb) or place_of_report(reader, verb)
    subject = reader.scene.subject(verb)
    heads = [*agents_of(verb), *([subject] if subject is not None else []), *_honoured(verb)]
    actors = [a for head in heads for a in reader.scene.actors(head)]
    within = verb.lemma_ not in word_set("ceremony")
    yield from done(reader, verb, rule, actors=actors, spot=spot, within=within)


def _honoured(verb: Token) -> list[Token]:
    """Return A of "conferred a degree on A", "awarded A a medal"."""
    if verb.lemma_ not in word_set("confers_on"):
        return []
    things = [verb, *(c for c in verb.children if c.dep_ in UNDERGONE)]
    given = [c for c in verb.children if c.dep_ in {"dative", "iobj"} and c.pos_ in NOUNS]
    return [*given, *(h for thing in things for h in prep_objects(thing, "on", "upon"))]


def _where_thing_stands(reader: ArgumentReader, verb: Token) -> Spot | None:
    """Return where the thing stands to which something is done, through whatever phrases.

    "A school for girls in Lima", "the tomb of the unknown soldier in Lima", "Premier B in Lima".
    """
    for prep in reader.scene.sentence(verb.i):
        if prep.i < verb.i or prep.lower_ not in word_set("at_site"):
            continue
        spot = next(iter(reader.scene.spots(prep.i + 1)), None)
        if spot is None or _is_of_mission(spot, verb) or reader.scene.is_of_matter(spot.start):
            continue
        if _is_of_thing(prep, verb):
            return spot
    return None


def _is_of_mission(spot: Spot, verb: Token) -> bool:
    """Tell the land of "at Peru's embassy", which lies elsewhere."""
    named = verb.doc[spot.start : spot.end + 1]
    return any(token.lemma_.lower() in word_set("foreign_site") for token in named)


def _is_of_thing(prep: Token, verb: Token) -> bool:
    """Tell the "in" of what is done to a thing from that of a clause, or of a matter.

    Of those who are mourned, only that of their tomb.
    """
    mourned = _is_said_from_afar(verb)
    for node in prep.ancestors:
        if node == verb:
            return not mourned
        if node.pos_ in VERBS and node.lemma_ not in word_set("set_at_place"):
            return False
        if node.pos_ in {"ADP", "SCONJ"} and not _leads_to_site(node, verb):
            return False
        if node.lemma_.lower() in word_set("tomb"):
            mourned = False
        elif node.lemma_.lower() in word_set("mourned") or node.lower_ in words("matter"):
            mourned = verb.lemma_ not in word_set("looks_at")
    return False


def _leads_to_site(adposition: Token, verb: Token) -> bool:
    """Tell words by which the place of a thing hangs on the deed.

    Not those of "opened a fair on farming in Peru", "a fair for people from towns in Peru".
    """
    if adposition.lower_ == "on":
        return _is_stood_on(adposition)
    if adposition.lower_ == "from":
        return verb in {adposition.head, adposition.head.head}
    return adposition.lower_ in word_set("leads_to_site")


def _is_said_from_afar(verb: Token) -> bool:
    """Tell "paid tribute to A", which is but said unless it is done at a tomb."""
    said = word_set("said_from_afar")
    return any(c.lemma_.lower() in said for c in verb.children if c.dep_ in UNDERGONE)


def _is_stood_on(on: Token) -> bool:
    """Tell "on the grave of a poet", "on Monday" from "on farming", "on tombs"."""
    things = [c for c in on.children if c.dep_ == "pobj"]
    tombs = [c for c in things if c.lemma_.lower() in word_set("tomb")]
    the = any(d.dep_ in {"det", "poss"} for c in tombs for d in c.children)
    return the or any(c.ent_type_ in TIMES for c in things)


__all__ = ["by_hand"]
