"""Whose side one leads: "the Ghanaian delegation" is led by no Frenchman who is named beside it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise, takewhile

from spacy.tokens import Span, Token

from pipeline.discourse.scene import Actor, Scene
from pipeline.discourse.tables import words
from pipeline.labels import NOUNS, OBJECTS, VERBS
from pipeline.reference.countries import is_country
from pipeline.stages.visits.tables import word_set
from pipeline.stages.visits.travel.represented import GappedPair

#: What stands before a further side of which a sentence tells without a verb.
_OPENS_SIDE = frozenset({",", ";", "and", "while", "but"})
#: How far before "that of Cuba", "the one from Cuba" the side that it means may stand, in tokens.
_AGAIN_REACH = 60
_SIDE = "delegation"
#: The kinds of those whose side it may be.
PARTIES = frozenset({"country", "organization"})


def of_led_side(scene: Scene, verb: Token, leaders: Sequence[Actor]) -> list[Actor]:
    """Return X of "X of Ghana left at the invitation of A of France to lead the Ghanaian side".

    The parse may have A lead it. Who leads a side of no named land, or that of a body of several
    lands, stays.
    """
    told = list(leaders)
    led = next((c for c in verb.children if c.dep_ in OBJECTS), None)
    if verb.lemma_ not in words("leads") or led is None or led.lemma_ not in word_set("sent_side"):
        return told
    land = land_of_side(scene, led)
    own = [a for a in told if not _is_of_another_land(a, land)]
    if own or land is None or not told:
        return own
    start = scene.sentence(verb.i).start
    before = (r for i in range(start, verb.i) for r in scene.at(i) if r.country == land)
    one = next((r for r in before if r.kind == "person" and r.role_kind), None)
    return [Actor(one, verb.i, 0.8)] if one is not None else []


def land_of_side(scene: Scene, led: Token) -> str | None:
    """Return Peru of "the Peruvian delegation", "Peru's team", "the delegation of Peru".

    So of "the delegation of the Peruvian ministry", not of "the delegation to Peru".
    """
    for token in scene.doc[led.left_edge.i : led.right_edge.i + 1]:
        of = token.i < led.i or _is_of(token, led)
        for reference in scene.at(token.i) if of else ():
            if reference.kind == "country" and is_country(reference.country or ""):
                return reference.country
    return None


def side_of(led: Token) -> str:
    """Return what is led, lower-case: "delegation" for "the one from Cuba", told behind one."""
    of_land = any(
        c.lower_ in word_set("of_land") or (c.dep_ == "amod" and c.text.istitle())
        for c in led.children
    )
    again = led.lower_ in word_set("side_again") and of_land
    before = led.doc[max(0, led.i - _AGAIN_REACH) : led.i]
    if again and any(t.lemma_.lower() in word_set("sent_side") for t in before):
        return _SIDE
    return led.lemma_.lower()


def gapped_sides(scene: Scene, verb: Token) -> list[GappedPair]:
    """Return each side and its leader that goes on with "The Malian side was led by A".

    "and the Chilean side by B", "that of Peru by B", "Peru's, by B" fire; "by B and organised by
    C" does not.
    """
    doc, sentence = scene.doc, scene.sentence(verb.i)
    found: list[GappedPair] = []
    by = [t for t in sentence if t.lower_ == "by" and t.i > verb.i]
    for last, token in pairwise(by):
        end = token.i - (doc[token.i - 1].text == ",")
        start = next((i for i in range(end - 1, last.i, -1) if doc[i].lower_ in _OPENS_SIDE), end)
        side = doc[start + 1 : end]
        parties = [r for t in side for r in scene.at(t.i) if r.kind in PARTIES]
        heads = [c for c in token.children if c.dep_ == "pobj"]
        if heads and parties and _is_other_side(side):
            found.append(GappedPair(start, [r.country for r in parties if r.country], heads))
    return found


def _is_other_side(phrase: Span) -> bool:
    """Tell "the Chilean side", "that of the EU", "Peru's" from "organised", "Peru"."""
    if not phrase or any(t.pos_ in VERBS for t in phrase):
        return False
    named = phrase[-1].lemma_.lower() in word_set("sent_side", "side_of_land") | {"one"}
    return named or phrase[-1].tag_ == "POS" or phrase[:2].text.lower() == "that of"


def _is_of(token: Token, led: Token) -> bool:
    """Tell whether nothing but "of" and "from" stands between a side and a word below it."""
    above = list(takewhile(lambda node: node != led, token.ancestors))
    joints = [node.lower_ for node in above if node.pos_ == "ADP"]
    nouns = all(node.pos_ in NOUNS | {"ADP"} for node in above)
    return nouns and bool(joints) and set(joints) <= word_set("of_land")


def _is_of_another_land(actor: Actor, land: str | None) -> bool:
    if land is None or actor.reference.guessed:
        return False
    return is_country(actor.country or "") and actor.country != land


__all__ = ["PARTIES", "gapped_sides", "land_of_side", "of_led_side", "side_of"]
