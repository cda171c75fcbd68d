"""The ambassador who goes to another land than that to which he is posted."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.discourse.scene import Scene
from pipeline.discourse.tables import words
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.tables import word_set

#: How far before or behind the office he who holds it stands, in tokens.
_REACH = 6
_AT = frozenset({"to", "in"})


def leaves_post(scene: Scene, candidate: Candidate) -> bool:
    """Tell "X, the ambassador to Sudan, landed in Riyadh for talks", who does not live there.

    So of one who is named; he without a name may serve there too. "X, ambassador to Sudan, landed
    in Khartoum", "in Juba to present her credentials", "the former ambassador" do not fire.
    """
    actor = candidate.actor
    if actor is None or actor.reference.name is None or candidate.destination is None:
        return False
    former = (actor.reference.role or "").lower().startswith(("former ", "ex-"))
    if former or actor.reference.role_kind not in word_set("post_abroad_of"):
        return False
    if candidate.rule not in word_set("diplomats_come_by") or candidate.phase == "leave":
        return False
    sentence = scene.sentence(candidate.at)
    if any(t.lemma_.lower() in word_set("of_accredited") for t in sentence):
        return False
    start, end = scene.bounds_of(actor.reference)
    if not sentence.start <= start < sentence.end:
        return False
    posts = set(_posts(scene, max(sentence.start, start - _REACH), min(end + _REACH, candidate.at)))
    return bool(posts) and candidate.destination not in posts


def _posts(scene: Scene, first: int, last: int) -> Iterator[str]:
    """Yield the lands to which an ambassador told of in a stretch of tokens is posted."""
    for token in scene.doc[first:last]:
        sent = token.lemma_.lower() in words("not_traveller") or token.lower_ == "commissioner"
        if sent and token.i + 1 < last and token.nbor().lower_ in _AT:
            at = token.i + 2
            at += scene.doc[at].lower_ == "the"
            yield from (s.country for s in scene.named_together(at) if s.country)


__all__ = ["leaves_post"]
