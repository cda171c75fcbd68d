"""Tours of some days of which no more is told than who begins them: abroad, if he tours lands."""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.discourse.governing import governing_verb
from pipeline.discourse.numbers import number_in
from pipeline.discourse.scene import Scene
from pipeline.discourse.tables import words
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.tables import word_set

#: How many sentences, from the tour's on, may tell that it is one at home.
_REACH = 4
#: What leads on from a tour to what is toured.
_TOURED = frozenset({"of", "in", "to", "across", "through", "around", "at"})


def is_long_tour(scene: Scene, candidate: Candidate) -> bool:
    """Tell "The president began a six-day tour on Monday", with nothing told of his own land.

    Not "began a tour on Monday", "began a six-day bus tour", "a six-day tour of roads", "a six-day
    tour on Monday. He inspected roads in Kisumu" of a Kenyan.
    """
    noun, who = scene.doc[candidate.at], candidate.actor
    verb = governing_verb(noun)
    if who is None or who.reference.role_kind not in word_set("tours_lands"):
        return False
    if verb is None or verb.lemma_ not in words("opens_trip") or not _is_plain(noun):
        return False
    return not _is_told_of_home(scene, candidate)


def _is_plain(noun: Token) -> bool:
    """Tell "a six-day tour", "a week-long tour" from "a six-day bus tour", "a tour of roads"."""
    before = [t.lower_ for t in noun.doc[noun.left_edge.i : noun.i]]
    lasts = word_set("length_of_tour")
    if lasts.isdisjoint(before) or any(c.lower_ in _TOURED and c.i > noun.i for c in noun.children):
        return False
    plain = word_set("plain_tour") | lasts
    return all(word in plain or number_in(word) for word in before)


def _is_told_of_home(scene: Scene, candidate: Candidate) -> bool:
    """Tell whether a place of the visitor's own land is told beside the tour, or soon behind.

    So of those whom one meets at home ("Governors welcomed her").
    """
    number = scene.sentence_of[candidate.at]
    near = scene.sentences[number : number + _REACH]
    places = (r for s in near for i in range(s.start, s.end) for r in scene.at(i))
    if any(r.kind == "place" and r.country == candidate.origin for r in places):
        return True
    at_home = word_set("parts_of_own_land", "of_tour_at_home")
    return any(t.lemma_.lower() in at_home or t.lower_ in at_home for s in near for t in s)


__all__ = ["is_long_tour"]
