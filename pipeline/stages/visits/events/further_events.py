"""A second event that one verb names: "attended the summit in Lima and the forum in Quito"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.tokens import Span, Token

from models.entity import LAND_KINDS, PERSONAL_KINDS
from pipeline.discourse.scene import Scene, Spot
from pipeline.labels import FINITE, SUBJECTS
from pipeline.neighbours import text_at
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.events.gatherings import is_event
from pipeline.stages.visits.tables import word_set

#: How far behind "and" the second event may stand, and behind it its place, in tokens.
_REACH, _FAR = 8, 14
_BREAKS = frozenset({",", ";", ":", "(", "."})
#: What the name of an event may be made of.
_OF_NAME = frozenset({"NOUN", "PROPN", "ADJ", "DET", "NUM", "PART", "PUNCT", "SYM", "X"})
#: What ends the clause of a place: "in Quito, where he spoke", "in Quito as prices rose".
_PARTS = frozenset({"PUNCT", "CCONJ", "SCONJ", "PRON"})
#: What stands about the date of the first event.
_OF_DATE = frozenset({"in", "on", "from", "to", "for", "starting", "beginning", "(", ")"})
#: What stands before those who meet or what they meet on: "a summit of the Ten on trade".
_OF_MATTER = frozenset({"of", "on", "for"})


def further_events(reader: ArgumentReader, candidate: Candidate) -> Iterator[Spot]:
    """Yield Quito of "will attend the summit in Lima, Peru, and the trade forum in Quito".

    Not of "attended the summit in Lima, and the forum in Quito was put off", "attended the summit
    in Lima and praised the forum in Quito", nor of "A and B attended the summit in Lima and the
    forum in Quito respectively".

    Args:
        candidate: who is at the first event.
    """
    scene, spot = reader.scene, candidate.spot
    if spot is None or candidate.status is None:
        return
    if "event" not in candidate.notes and not _is_of_event(scene, candidate, spot):
        return
    doc, end = scene.doc, scene.sentence(candidate.at).end
    if any(t.lower_ in word_set("in_turn") for t in doc[spot.end : end]):
        return
    found: list[Spot] = []
    at, listed = _behind_first(reader, spot, end), 0
    while at < end:
        joint = at
        while at < end and doc[at].lower_ in word_set("event_joint"):
            at += 1
        at += joint < at < end and doc[at].lower_ == "at"  # "and at the forum in Quito"
        event = _event_at(scene, doc[at : min(at + _REACH, end)]) if joint < at else None
        prep = _prep_behind(doc[event.i + 1 : min(event.i + _FAR, end)]) if event else None
        spots = scene.spots(prep.i + 1) if prep is not None else []
        topic = event is not None and prep is not None and _is_on(doc[event.i + 1 : prep.i])
        if not spots or (topic and not reader.clock.behind(spots[-1].end)):
            # "a conference on the war in Sudan", "a conference on trade in Lima in May"
            listed = len(found) if _goes_on_with_deed(doc[joint:end], candidate.at) else listed
            break
        last = "and" in {t.lower_ for t in doc[joint:at]}
        at = _behind_first(reader, spots[-1], end)
        if _opens_clause(doc[at:end]):
            break
        found.append(spots[0])
        listed = len(found) if last else listed
    yield from found[:listed]  # the last of a list stands behind "and"


def _is_of_event(scene: Scene, candidate: Candidate, spot: Spot) -> bool:
    """Tell "met B at a summit in Lima", "spoke at a summit in Lima", where an event is the place's.

    Not "spoke in Lima on the summit", "said in Quito that the summit in Lima".
    """
    prep = scene.doc[max(0, spot.start - 1)]
    event = prep.head
    at = prep.lower_ == "in" and is_event(event) and event.head.lower_ == "at"
    return at and event.head.head.i == candidate.at


def _behind_first(reader: ArgumentReader, spot: Spot, end: int) -> int:
    """Return the token behind a place, its country and its date: behind "Lima, Peru, in May"."""
    doc, at = reader.scene.doc, spot.end
    while at + 1 < end and doc[at].text == ",":
        lands = [r for r in reader.scene.at(at + 1) if r.kind in LAND_KINDS]
        if not lands or lands[0].country != spot.country:
            break
        at = reader.scene.bounds(lands[0])[1]
    behind = at + (text_at(doc, at) == ",")
    start = behind
    dated = reader.clock.covered
    while behind < end and (
        doc[behind].lower_ in _OF_DATE
        or behind in dated
        or doc[behind].ent_type_ == "DATE"  # "for two days from Saturday"
        or (doc[behind].lower_ == "and" and behind + 1 in dated)
    ):
        behind += 1
    return behind if any(i in dated for i in range(start, behind)) else at


def _goes_on_with_deed(behind: Span, verb: int) -> bool:
    """Tell the ", and also visited Lima" of "attended a forum in Bonn, a rally in Oslo, and …"."""
    deed = next((t for t in behind if t.pos_ not in {"PUNCT", "CCONJ", "ADV"}), None)
    joined = any(t.lower_ == "and" for t in behind[:2])
    return joined and deed is not None and deed.dep_ == "conj" and deed.head.i == verb


def _opens_clause(behind: Span) -> bool:
    """Tell "the forum in Quito will follow", "the forum in Quito with rebels is unlikely".

    Not "the forum in Quito with those who came", "the forum in Quito as prices rose".
    """
    for token in behind:
        if token.tag_ in FINITE or token.pos_ == "AUX":
            return True
        if token.pos_ in _PARTS or token.tag_ in {"WDT", "WP", "WRB", "TO"}:
            return False
    return False


def _event_at(scene: Scene, tokens: Iterable[Token]) -> Token | None:
    """Return the event of "the 43rd G7 summit", "a forum", if it opens no clause of its own.

    None of "and not the forum", "and the Peruvian leader the forum".
    """
    for token in tokens:
        if is_event(token) and token.dep_ != "compound":
            return None if token.dep_ in SUBJECTS else token
        if token.pos_ not in _OF_NAME or token.text in _BREAKS or token.lower_ == "not":
            return None
        if any(r.kind in PERSONAL_KINDS for r in scene.at(token.i)):
            return None
    return None


def _is_on(behind: Span) -> bool:
    """Tell "on trade", "for donors" behind an event, whose own a place behind it need not be."""
    return any(t.lower_ in _OF_MATTER - {"of"} for t in behind)


def _prep_behind(tokens: Iterable[Token]) -> Token | None:
    """Return the "in" of "the summit in Lima", "the summit of the Ten in Lima", "held in Lima".

    So that of "a forum on trade in Lima".
    """
    of_those = False
    for token in tokens:
        if token.lower_ in word_set("before_listed_places") and token.pos_ != "PART":
            return token
        of_those = of_those or token.lower_ in _OF_MATTER
        if token.tag_ == "VBN" and token.lemma_ in word_set("holds_event"):
            continue
        if token.lower_ not in _OF_MATTER and (token.pos_ not in _OF_NAME or token.text in _BREAKS):
            return None
        if is_event(token) and not of_those:  # "the summit of the Asian forum"
            return None
    return None


__all__ = ["further_events"]
