"""Changes that are announced, but are yet to take effect: "the decision takes effect on May 28"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Span, Token

from pipeline.discourse.denials import is_negated
from pipeline.discourse.scene import Scene
from pipeline.discourse.timing.days import days_between
from pipeline.iso_lengths import DAY
from pipeline.labels import VERBS
from pipeline.stages.upgrades.merging.folds import FRESH_DAYS
from pipeline.stages.upgrades.merging.steps import Step
from pipeline.stages.upgrades.tables import making_verbs, words

#: How far behind "takes effect" its day may begin, in characters.
_REACH = 24
#: What says behind a decision of what it is.
_COMPLEMENTS = frozenset({"acl", "relcl", "prep", "ccomp"})
#: Changes that are in force by a decision, not by a paper that is to be ratified.
_DECIDED = frozenset({"establishment", "restoration", "severance"})
#: So are memberships of a body, which it grants.
MEMBER = "full_member"


def day_in_force(scene: Scene, step: Step) -> str | None:
    """Return the day to come from which a change is told to be in force.

    "Peru recognised Kosovo. The decision will take effect on May 28", told right behind it. Not of
    Peru's where "Chad said that its decision will take effect", nor of a pact that will.
    """
    now = scene.article.published
    decided = step.kind in _DECIDED or step.level == MEMBER
    if now is None or not decided or not _is_fresh(step.date, now):
        return None
    for candidate in step.candidates:
        here = scene.sentence(candidate.at)
        behind = scene.beside(scene.sentence_of[candidate.at], step=1)
        for sentence in (here, behind) if behind is not None else (here,):
            for effect in _effects(sentence):
                doers = _doers(scene, effect)
                if doers is None or (doers and not doers & step.parties):
                    continue
                end = min(sentence.end_char, effect.idx + len(effect) + _REACH)
                told = scene.dates_in(effect.idx, end)
                days = [d.earliest for d in told if d.earliest == d.latest]  # no "next week"
                day = days[0] if len(days) == 1 else None
                if day is not None and len(day) == DAY and day > now:
                    return day
    return None


def _is_fresh(day: str | None, now: str) -> bool:
    """Tell a change of no told day, or of these days, from one of another year."""
    if day is None or min(len(day), len(now)) < DAY:
        return day is None or now.startswith(day)
    return days_between(day, now) <= FRESH_DAYS


def _effects(sentence: Span) -> Iterator[Token]:
    """Yield the "effect" of "take effect", "come into effect", "enter into force"."""
    for token in sentence:
        if token.lower_ not in {"effect", "force"} or token.i == sentence.start:
            continue
        over = token.head.head if token.dep_ == "pobj" else token.head
        takes = token.dep_ != "pobj" and token.lower_ == "effect"  # not "takes force"
        into = token.dep_ == "pobj" and token.head.lower_ == "into"  # not "came in force"
        if (takes or into) and over.lemma_.lower() in words("comes_in_force"):
            yield token


def _doers(scene: Scene, effect: Token) -> set[str] | None:
    """Return the lands whose decision comes into effect, none where it is that told before.

    None at all where it is no decision, or another: "the visa waiver takes effect", "the decision
    to raise taxes", "the trade decision"; nor where it will not: "will not take effect on May 28".
    """
    verb = effect.head.head if effect.dep_ == "pobj" else effect.head
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
