"""The day of the meeting that opens a report, at which its changes are made.

"Peru's president received Fiji's on Wednesday. The talks lasted two hours. A dinner followed. The
two raised their ties": on Wednesday.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from spacy.tokens import Span, Token

from pipeline.discourse.scene import Scene
from pipeline.discourse.timing.days import days_between
from pipeline.discourse.verbs import own_verb
from pipeline.iso_lengths import DAY
from pipeline.labels import UNDERGONE, VERBS
from pipeline.stages.upgrades.merging.steps import LOWER, Step
from pipeline.stages.upgrades.tables import words

#: So many sentences behind the meeting a change may be told that is made at it.
_REACH = 8
#: A meeting so long before the publication is still the report's, in days.
_FRESH_DAYS = 14


def day_of_opening_meeting(scene: Scene, step: Step) -> str | None:
    """Return the day of the meeting of a change's parties that the article opens with.

    None for what is told in another tense than the past, for ties that were cut, which guests do
    not come for, and where a date is told between the two, or another country acts there.
    """
    if any(c.change in LOWER or not _is_told_plainly(scene, c.at) for c in step.candidates):
        return None
    body = scene.article.body_start
    told = (n for n, s in enumerate(scene.sentences) if s.start_char >= body)
    opening = next((n for n in told if scene.sentences[n].start >= scene.headline_end), None)
    at = min(scene.sentence_of[c.at] for c in step.candidates)
    if opening is None or not opening < at <= opening + _REACH:
        return None
    day = _day_of_meeting(scene, scene.sentences[opening], step)
    between = scene.sentences[opening + 1 : at + 1]
    return day if day is not None and all(_keeps_to(scene, s, step) for s in between) else None


def _day_of_meeting(scene: Scene, sentence: Span, step: Step) -> str | None:
    """Return the one day of "Peru's president received Fiji's on Wednesday"."""
    published = scene.article.published
    root = sentence.root
    passive = any(c.lower_ in {"was", "were"} and c.dep_ == "auxpass" for c in root.children)
    if published is None or len(published) < DAY or not (passive or root.tag_ == "VBD"):
        return None
    held = {c.lemma_.lower() for c in root.children if c.dep_ in UNDERGONE}
    met = root.lemma_.lower() in words("meets") or held & words("gathering")
    named = {r.country for i in range(sentence.start, sentence.end) for r in scene.at(i)}
    if not met or not step.parties <= named:
        return None
    told = scene.dates_in(sentence.start_char, sentence.end_char)
    days = {d.earliest for d in told if d.type == "DATE" and d.earliest == d.latest}
    day = days.pop() if len(days) == 1 else None
    if day is None or len(day) < DAY or not 0 <= days_between(day, published) <= _FRESH_DAYS:
        return None
    return day


def _keeps_to(scene: Scene, sentence: Span, step: Step) -> bool:
    """Tell a sentence without a date, in which no other country acts."""
    told = scene.dates_in(sentence.start_char, sentence.end_char)
    if any(d.type == "DATE" and d.earliest is not None for d in told):
        return False
    subject = scene.subject(sentence.root)
    acting = scene.at(subject.i) if subject is not None else ()
    return all(r.country in step.parties for r in acting if r.country)


def _is_told_plainly(scene: Scene, at: int) -> bool:
    """Tell "raised their ties", "agreed to raise them" from "have raised", "had raised"."""
    token = scene.doc[at]
    verb = own_verb(token)
    over = next((v for v in islice(_upwards(verb), 4) if v.tag_ == "VBD"), None) if verb else None
    auxes = (c for c in verb.children if c.dep_ == "aux") if verb is not None else ()
    if verb is None or any(c.lemma_.lower() == "have" for c in auxes):
        return False
    passive = any(c.lower_ in {"was", "were"} and c.dep_ == "auxpass" for c in verb.children)
    return over is not None or passive


def _upwards(verb: Token) -> Iterator[Token]:
    """Yield a verb and those over it."""
    yield verb
    yield from (node for node in verb.ancestors if node.pos_ in VERBS)


__all__ = ["day_of_opening_meeting"]
