"""Levels that a trigger only points to, which another place of the article names.

"Raised to the same level"; "to upgrade the strategic partnership", told beside the new one; "to its
top tier", of an article in which "a comprehensive strategic partnership" is "the highest level".
"""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.discourse.denials import is_negated
from pipeline.discourse.verb_forms import tense_of
from pipeline.stages.upgrades.levels import Level
from pipeline.stages.upgrades.placing import VAGUE_REACH, LevelReader
from pipeline.stages.upgrades.tables import making_verbs, words

#: How far behind a trigger "to the same level" is looked for, in tokens.
_SAME_REACH = 12
#: How many sentences back the level last named is looked for.
_LOOK_BACK = 6
#: How many sentences back the level is looked for to which another is to be raised.
_BESIDE = 2
#: How far from a level's name "the highest rank" may stand that it is called, in tokens.
_CALLED = 8


def level_elsewhere(levels: LevelReader, token: Token) -> Level | None:
    """Return the level of "to the same level", "to its top tier" that stands elsewhere."""
    return _same(levels, token) or _top(levels, token)


def told_beside(levels: LevelReader, token: Token, old: Level) -> Level | None:
    """Return the other level named right before "to upgrade the strategic partnership"."""
    number = levels.scene.sentence_of[token.i]
    for back in range(_BESIDE + 1):
        for level in levels.by_sentence.get(number - back, ()):
            named = level.name not in words("diplomatic_level") and level.name != old.name
            if named and level.start < token.idx:
                return level
    return None


def told_next(levels: LevelReader, token: Token) -> Level | None:
    """Return the level of "upgraded their ties. They are now strategic partners".

    Only where the sentence behind makes none itself, and no more than one is named.
    """
    number = levels.scene.sentence_of[token.i]
    behind = levels.scene.beside(number, step=1)
    if token.tag_ not in {"VBD", "VBN"} or levels.by_sentence.get(number) or behind is None:
        return None
    named = levels.by_sentence.get(number + 1, ())
    made = any(t.pos_ == "VERB" and t.lemma_.lower() in making_verbs() for t in behind)
    if len(named) != 1 or made or named[0].name in words("diplomatic_level"):
        return None
    now = any(t.lower_ in words("from_now") for t in behind)
    return named[0] if now and _is_what_they_are(levels, named[0]) else None


def _is_what_they_are(levels: LevelReader, level: Level) -> bool:
    """Tell "they are now partners" from "they now aim for a partnership", "are no partners"."""
    span = levels.span(level)
    over = span.root.head if span is not None else None
    if span is None or over is None or span.root.dep_ not in {"attr", "dobj", "pobj"}:
        return False
    if span.root.dep_ == "pobj" and over.lower_ in {"at", "as", "in"}:
        over = over.head
    no = any(c.lower_ in words("denies") for c in span.root.children)
    held = over.lemma_.lower() in words("stands_so") and over.dep_ in {"ROOT", "ccomp"}
    return held and not no and not is_negated(over) and tense_of(over) == "present"


def _same(levels: LevelReader, token: Token) -> Level | None:
    """Return the level last named where a text says "to the same level"."""
    if "same" not in levels.following(token, _SAME_REACH):
        return None
    number = levels.scene.sentence_of[token.i]
    for back in range(_LOOK_BACK):
        found = [lv for lv in levels.by_sentence.get(number - back, ()) if lv.start < token.idx]
        if found:
            return found[-1]
    return None


def _top(levels: LevelReader, token: Token) -> Level | None:
    """Return the level that the article calls the highest, where a trigger leads to "the top"."""
    if not _tells_top(levels.following(token, VAGUE_REACH)):
        return None
    for beside in levels.by_sentence.values():
        for level in beside:
            span = levels.span(level)
            if span is None or level.name in words("diplomatic_level"):
                continue
            start, end = span.sent.start, span.sent.end
            behind = levels.scene.doc[span.end : min(end, span.end + _CALLED)]
            before = levels.scene.doc[max(start, span.start - _CALLED) : span.start]
            if any(_tells_top({t.lower_ for t in near}) for near in (behind, before)):
                return level
    return None


def _tells_top(near: set[str]) -> bool:
    """Tell "its highest rank", "the top tier"."""
    return bool(near & words("top")) and bool(near & words("tier"))


__all__ = ["level_elsewhere", "told_beside", "told_next"]
