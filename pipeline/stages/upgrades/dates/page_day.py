"""The day of a page whose present tells what was done on it ("Peru cuts ties with Chad")."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from pipeline.discourse.scene import Scene
from pipeline.iso_lengths import DAY
from pipeline.labels import PRESENT
from pipeline.signs import OPENING_QUOTES
from pipeline.stages.upgrades.candidate import Candidate
from pipeline.stages.upgrades.tables import words

#: No longer is the line at a page's top that gives its day, in characters.
_LONGEST = 60


def date_of_page(scene: Scene, candidates: Sequence[Candidate]) -> str | None:
    """Return the publication date of a change told in the present, in a chronicle of one day.

    The present of any other page dates nothing: "Peru formally recognises Chad" says no day.
    """
    published = scene.article.published
    if published is None or len(published) != DAY:
        return None
    told = [scene.doc[c.at] for c in candidates]
    if not all(map(_is_present, told)):
        return None
    return published if _is_of_day(scene, published) else None


def _is_present(verb: Token) -> bool:
    """Tell "cuts" and "cut", as a headline has it, from what is to be done or was."""
    bare = verb.tag_ == "VB" and not any(c.dep_ == "aux" for c in verb.children)
    return verb.pos_ == "VERB" and (bare or verb.tag_ in PRESENT)


def is_given(scene: Scene, verb: Token) -> bool:
    """Tell the headline "Peru formally recognises it", or what is quoted, from what states do."""
    sentence = scene.sentence(verb.i)
    before = scene.doc[sentence.start : verb.i]
    line = sentence.text.rstrip()[-1:] not in {".", "!"}
    formal = line and any(c.lower_ in words("formally") for c in verb.children)
    return formal or any(token.text in OPENING_QUOTES for token in before)


def _is_of_day(scene: Scene, published: str) -> bool:
    """Tell a page that opens with a line for its day ("Current events/2017 May 4")."""
    text = scene.article.text
    for told in scene.dates:
        if told.type != "DATE" or told.value.endswith("REF"):
            continue
        start, end = text.rfind("\n", 0, told.start) + 1, text.find("\n", told.end)
        if text[:start].strip() or end < 0 or end - start > _LONGEST:
            return False
        if told.value == published:
            label = text[start : told.start].lower().rstrip(" :")
            return not label.endswith(tuple(words("label_of_page")))
    return False


__all__ = ["date_of_page", "is_given"]
