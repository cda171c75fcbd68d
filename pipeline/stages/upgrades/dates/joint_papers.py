"""The day of a joint statement, which is that of the visit at which it was issued."""

from __future__ import annotations

import re
from collections.abc import Sequence

from spacy.tokens import Token

from models import Visit
from models.visit import MADE
from pipeline.discourse.scene import Scene
from pipeline.discourse.verbs import own_verb
from pipeline.labels import VERBS
from pipeline.stages.upgrades.candidate import Candidate
from pipeline.stages.upgrades.dates.dating import single
from pipeline.stages.upgrades.tables import words

_PAPER = re.compile(r"\bjoint (?:press )?(?:statement|declaration|communiqu[eé])\b", re.IGNORECASE)
_TEXT_OF = re.compile(rf"\btext of (?:\w+ ){{0,4}}{_PAPER.pattern}", re.IGNORECASE)
#: A heading is no longer than this.
_HEADING = 120
#: So far into a page its own name, and the visit, are told, in characters.
_HEAD, _VISIT_HEAD = 300, 1500


def day_of_joint_paper(
    scene: Scene, candidates: Sequence[Candidate], visits: Sequence[Visit]
) -> str | None:
    """Return the day, or the month, of the one visit that a joint statement tells of at its top.

    "JOINT STATEMENT … The President of Ghana visited Peru from 3 to 5 May 2016 … The two decided to
    elevate their relations"; not for what it recalls: "relations had been elevated".
    """
    text = scene.article.text[: scene.article.body_start + _VISIT_HEAD]
    if not _is_one(scene.article.title or "", text):
        return None
    if not any(_is_made_by_it(scene.doc[c.at]) for c in candidates):
        return None
    pair = candidates[0].parties
    days = {
        single((visit.start, visit.end or visit.start))
        for visit in visits
        if visit.start is not None and visit.status in MADE
        if {visit.origin and visit.origin.code, visit.destination.code} == pair
        if min(proof.start for proof in visit.evidence) < len(text)
    }
    return days.pop() if len(days) == 1 else None


def _is_one(title: str, text: str) -> bool:
    """Tell the text of a joint statement from a story of one that was signed."""
    heads = [title, *(line for line in text[:_HEAD].splitlines() if len(line) <= _HEADING)]
    return _TEXT_OF.search(text, 0, _HEAD) is not None or any(map(_PAPER.search, heads))


def _is_made_by_it(token: Token) -> bool:
    """Tell "decided to elevate", "elevated", "announced the elevation" from "were elevated"."""
    verb = own_verb(token)
    if verb is None:
        return False
    over = [verb, *(node for node in verb.ancestors if node.pos_ in VERBS)]
    if any(child.lower_ == "had" for child in verb.children):
        return False
    if any(node.lemma_.lower() in words("resolved", "declared") for node in over):
        return True
    passive = any(c.dep_ == "auxpass" for c in verb.children)
    return verb.tag_ in {"VBD", "VBN", "VBZ", "VBP"} and not passive and verb.dep_ != "acl"


__all__ = ["day_of_joint_paper"]
