"""Levels that a trigger only points to, which another place of the article names.

"Raised to the same level"; "to upgrade the strategic partnership", told beside the new one; "to its
top tier", of an article in which "a comprehensive strategic partnership" is "the highest level".
"""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.discourse.denials import is_negated
from pipeline.discourse.verb_forms import tense_of
from pipeline.stages.upgrades.levels.level_names import Level
from pipeline.stages.upgrades.levels.placing import VAGUE_REACH, LevelReader
from pipeline.stages.upgrades.tables import making_verbs, words

#: How far behind a trigger "to the same level" is looked for, in tokens.
_SAME_REACH = 12
#: How many sentences back the level last named is looked for.
_LOOK_BACK = 6
#: How many sentences back the level is looked for to which another is to be raised.
_BESIDE = 2
#: How far from a level's name "the highest rank" may stand that it is called, in tokens.
_CALLED = 8
#: How many sentences ahead the level is looked for that a change reaches.
_AHEAD = 2
#: How far from its sentence's start "in declaring a partnership" names it, in tokens.
_OPENING = 6


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


def told_next(levels: LevelReader, token: Token, ahead: int) -> Level | None:
    """Return the level of "upgraded their ties. They are now strategic partners".

    Only where no sentence between names one, and the one behind makes none itself.

    Args:
        ahead: how many sentences behind the trigger tell of the same states.
    """
    number = levels.scene.sentence_of[token.i]
    if levels.by_sentence.get(number):
        return None
    for other in range(number + 1, number + 1 + min(ahead, _AHEAD)):
        named = levels.by_sentence.get(other, ())
        if len(named) > 1 or any(lv.name in words("diplomatic_level") for lv in named):
            return None
        if named:
            told = _is_of_now(levels, named[0], other) or _is_new(levels, named[0], token)
            return named[0] if told else None
    return None


def told_in_headline(levels: LevelReader, token: Token) -> Level | None:
    """Return the one level of the headline "Peru and Chad raise ties to a strategic partnership".

    Its body may say no more than that they raised them.
    """
    scene = levels.scene
    if token.i < scene.headline_end or levels.by_sentence.get(scene.sentence_of[token.i]):
        return None
    above = [n for n, s in enumerate(scene.sentences) if s.end <= scene.headline_end]
    named = [level for n in above for level in levels.by_sentence.get(n, ())]
    raised = any(
        t.lemma_.lower() in making_verbs() for n in above for t in scene.sentences[n]
    ) and bool(levels.behind(named, ("to", "into")))
    alone = len(named) == 1 and named[0].name not in words("diplomatic_level")
    return _in_full(levels, named[0]) if alone and raised else None


def _in_full(levels: LevelReader, short: Level) -> Level:
    """Return the body's "comprehensive strategic partnership" for a headline's strategic one."""
    body = (lv for n, beside in levels.by_sentence.items() for lv in beside if lv.start > short.end)
    return next((lv for lv in body if lv.name.endswith(f"_{short.name}")), short)


def _is_of_now(levels: LevelReader, level: Level, number: int) -> bool:
    """Tell a sentence that says what the two are now, and makes nothing itself."""
    sentence = levels.scene.sentences[number]
    made = any(t.pos_ == "VERB" and t.lemma_.lower() in making_verbs() for t in sentence)
    now = any(t.lower_ in words("from_now") for t in sentence)
    return (now and not made and _is_what_they_are(levels, level)) or _is_become(levels, level)


def _is_become(levels: LevelReader, level: Level) -> bool:
    """Tell "under the paper, the two sides become partners", "makes them partners", of no date.

    Not "he called on them to become partners".
    """
    span = levels.span(level)
    over = span.root.head if span is not None else None
    if over is None or over.dep_ != "ROOT" or is_negated(over):
        return False
    what = span is not None and span.root.dep_ in {"attr", "oprd"}
    subject = levels.scene.subject(over)
    both = subject is not None and (
        subject.lower_ in words("both")
        or any(r.kind == "group" for r in levels.scene.at(subject.i))
    )
    return what and both and over.lemma_ == "become" and tense_of(over) in {"present", "past"}


def _is_new(levels: LevelReader, level: Level, token: Token) -> bool:
    """Tell "the new partnership will cover trade", "under the partnership, they will meet".

    Also "in declaring a partnership, they …". Not one that the article named before.
    """
    span = levels.span(level)
    before = (lv for beside in levels.by_sentence.values() for lv in beside)
    if span is None or any(lv.start < token.idx and lv.name == level.name for lv in before):
        return False
    near = {c.lower_ for c in span.root.children}
    over = span.root.head
    if span.root.dep_ == "appos" and over.lemma_.lower() in words("tier", "relation"):
        # "the new status, a partnership, covers trade", "the upgraded ties, a partnership, do"
        near |= {c.lower_ for c in over.children}
        raised = any(c.tag_ == "VBN" and c.lemma_ in making_verbs() for c in over.children)
        near |= {"new"} if raised else set()
    if over.lower_ == "of" and over.head.lemma_.lower() in words("tier"):
        near |= {c.lower_ for c in over.head.children}  # "the new status of partnership"
    if near & words("still_stands") or any(t.pos_ == "NUM" for t in span.root.subtree):
        return False
    opened = over.tag_ == "VBG" and over.lemma_.lower() in making_verbs()
    opened = opened or levels.scene.doc[span.root.left_edge.i - 1].tag_ == "VBG"
    if near & words("from_now") or (opened and span.start - span.sent.start < _OPENING):
        return True
    under = levels.scene.doc[span.root.left_edge.i - 1].lower_ in words("under_pact")
    ahead = any(t.tag_ == "MD" and t.lower_ in {"will", "shall"} for t in span.sent)
    return under and ahead and "the" in near | {t.lower_ for t in span}


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
    now = tense_of(over) in {"present", "future"}  # "they will now be strategic partners"
    return held and not no and not is_negated(over) and now


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


__all__ = ["level_elsewhere", "told_beside", "told_in_headline", "told_next"]
