"""Changes that are announced, but are yet to take effect: "the decision takes effect on May 28"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from spacy.tokens import Span, Token

from pipeline.discourse.denials import is_negated
from pipeline.discourse.scene import Scene
from pipeline.discourse.timing.days import days_between
from pipeline.discourse.verb_forms import auxiliaries_of, tense_of
from pipeline.iso_lengths import DAY
from pipeline.labels import VERBS
from pipeline.stages.upgrades.candidate import MEMBER
from pipeline.stages.upgrades.merging.days_of_folds import FRESH_DAYS
from pipeline.stages.upgrades.merging.steps import Step
from pipeline.stages.upgrades.tables import making_verbs, words

#: How many sentences behind an invitation the day may be told on which those invited join.
_FAR_BEHIND = 3
#: How far behind "takes effect" its day may begin, in characters.
_REACH = 24
#: What says behind a decision of what it is.
_COMPLEMENTS = frozenset({"acl", "relcl", "prep", "ccomp"})
#: Changes that are in force by a decision, not by a paper that is to be ratified. So are
#: memberships of a body, which it grants.
_DECIDED = frozenset({"establishment", "restoration", "severance"})


class _Told(NamedTuple):
    """What tells from when a change is in force: its verb, where its day stands, and of whom.

    Of no lands where it is told of those before; of none that are meant (None) where of no change.
    """

    verb: Token
    start: int
    end: int
    lands: set[str] | None


def day_in_force(scene: Scene, step: Step) -> str | None:
    """Return the day to come from which a change is told to be in force.

    "Peru recognised Kosovo. The decision will take effect on May 28", told right behind it. Not of
    Peru's where "Chad said that its decision will take effect", nor of a pact that will. Nor need
    it be right behind "the bloc invited Peru" that "the new members will join it on January 1".
    """
    decided = step.kind in _DECIDED or step.level == MEMBER
    if not decided or not _is_fresh(step.date, scene.article.published):
        return None
    far = _FAR_BEHIND if step.level == MEMBER else 1
    for candidate in step.candidates:
        number = scene.sentence_of[candidate.at]
        near = (scene.beside(number, step=n) for n in range(far + 1))
        for sentence in near:
            for told in _tellings(scene, sentence, step) if sentence is not None else ():
                if told.lands is None or (told.lands and not told.lands & step.parties):
                    continue
                dates = scene.dates_in(told.start, told.end)
                days = [d.earliest for d in dates if d.earliest == d.latest]  # no "next week"
                day = days[0] if len(days) == 1 else None
                if day is not None and len(day) == DAY and _is_to_come(scene, told.verb, day):
                    return day
    return None


def _is_to_come(scene: Scene, verb: Token, day: str) -> bool:
    """Tell a day after the publication; where that is not known, one on which a change "will" be.

    So of "would take effect", "comes into force".
    """
    now = scene.article.published
    ahead = tense_of(verb) in {"future", "present"} or "would" in auxiliaries_of(verb)
    return day > now if now is not None else ahead


def _is_fresh(day: str | None, now: str | None) -> bool:
    """Tell a change of no told day, or of these days, from one of another year."""
    if day is None or now is None:
        return day is None
    if min(len(day), len(now)) < DAY:
        return now.startswith(day)
    return days_between(day, now) <= FRESH_DAYS


def _tellings(scene: Scene, sentence: Span, step: Step) -> Iterator[_Told]:
    for effect in _effects(sentence):
        end = min(sentence.end_char, effect.idx + len(effect) + _REACH)
        yield _Told(_verb_of(effect), effect.idx, end, _doers(scene, effect))
    for verb in sentence if step.level == MEMBER else ():
        if verb.lemma_.lower() in words("begins_in_body") and (own := _membership(scene, verb)):
            whose = {r.country for t in own.subtree for r in scene.at(t.i) if r.country}
            yield _Told(verb, verb.idx, sentence.end_char, whose)
        if verb.lemma_.lower() in words("enters_body") and (new := _newcomers(scene, verb)):
            lands = {r.country for t in new.subtree for r in scene.at(t.i) if r.country}
            yield _Told(verb, verb.idx, sentence.end_char, lands)


def _membership(scene: Scene, verb: Token) -> Token | None:
    """Return the "membership" of "their membership will begin on 1 January", not one of a club."""
    subject = scene.subject(verb)
    own = subject is not None and subject.lemma_.lower() == "membership"
    return subject if own and subject is not None and not _is_of_else(scene, subject) else None


def _newcomers(scene: Scene, verb: Token) -> Token | None:
    """Return the "members" of "the new members will join the bloc", those told of before."""
    subject = scene.subject(verb) if tense_of(verb) == "future" else None
    if subject is None or subject.lemma_.lower() not in words("newcomer"):
        return None
    return subject if any(c.lower_ in words("newcomer_by") for c in subject.children) else None


def _effects(sentence: Span) -> Iterator[Token]:
    """Yield the "effect" of "take effect", "come into effect", "enter into force"."""
    for token in sentence:
        if token.lower_ not in words("comes_into") or token.i == sentence.start:
            continue
        over = _verb_of(token)
        takes = token.dep_ != "pobj" and token.lower_ == "effect"  # not "takes force"
        into = token.dep_ == "pobj" and token.head.lower_ == "into"  # not "came in force"
        if (takes or into) and over.lemma_.lower() in words("comes_in_force"):
            yield token


def _verb_of(effect: Token) -> Token:
    """Return the "take" of "take effect", the "come" of "come into effect"."""
    return effect.head.head if effect.dep_ == "pobj" else effect.head


def _doers(scene: Scene, effect: Token) -> set[str] | None:
    """Return the lands whose decision comes into effect, none where it is that told before.

    None at all where it is no decision, or another: "the visa waiver takes effect", "the decision
    to raise taxes", "the trade decision"; nor where it will not: "will not take effect on May 28".
    """
    verb = _verb_of(effect)
    subject = scene.subject(verb)
    if subject is None or subject.lemma_.lower() not in words("comes_in_force_of"):
        return None
    if is_negated(verb) and all(t.lower_ not in words("not_before") for t in verb.subtree):
        return None
    if subject.lower_ == "which" and not _is_of_change(scene, verb.head):
        return None
    if subject.lower_ == "it" and verb.dep_ == "conj":
        return None  # "passed a budget, and it takes effect"
    if _is_of_else(scene, subject):
        return None
    over = scene.subject(verb.head) if verb.dep_ == "ccomp" and verb.head.pos_ in VERBS else None
    told = [t for noun in (subject, over) if noun is not None for t in noun.subtree]
    return {r.country for t in told for r in scene.at(t.i) if r.country}


def _is_of_change(scene: Scene, noun: Token) -> bool:
    """Tell what is behind "cut ties with Peru, which takes effect" from "a pact, which"."""
    if noun.pos_ in VERBS or any(r.country for r in scene.at(noun.i)):
        return True
    decided = noun.lemma_.lower() in words("comes_in_force_of", "relation")
    return decided and not _is_of_else(scene, noun)


def _is_of_else(scene: Scene, noun: Token) -> bool:
    """Tell "a decision", "the visa decision", "the decision to leave the bloc", "the switch to it".

    Not "the decision to recognise Kosovo", "the severance of relations", which say of what it is.
    """
    if any(c.lower_ in words("of_else") or c.dep_ == "compound" for c in noun.children):
        return True
    more = [c for c in noun.children if c.i > noun.i and c.dep_ in _COMPLEMENTS]
    more = [c for c in more if c.tag_ != "VBN" and c.lower_ not in {"by", "like"}]
    return any(not _says_change(scene, c) for c in more)


def _says_change(scene: Scene, more: Token) -> bool:
    """Tell the "of" of "recognition of Kosovo", "to cut ties", from "of flights", "to ban fish"."""
    if more.dep_ == "prep":
        nouns = list(more.children)
        return any(n.lemma_.lower() in words("relation") or scene.at(n.i) for n in nouns)
    told = any(
        t.lemma_.lower() in words("relation") or scene.at(t.i) for t in more.subtree if t != more
    )
    return told and more.lemma_.lower() in making_verbs() | words("recognise")


__all__ = ["day_in_force"]
