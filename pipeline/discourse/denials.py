"""Whether a verb is denied, and until when: "did not visit", "will not visit until Friday"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

from spacy.tokens import Span, Token

from pipeline.discourse.of_token import once_a_token
from pipeline.discourse.tables import words
from pipeline.labels import AUXILIARIES, SUBJECTS
from pipeline.neighbours import text_at

#: Within how many tokens two reasons are set against each other ("not for fun but to work").
_REASONS = 14
#: What hangs a noun or a further verb on the first ("making a trip", "flying to or visiting").
_UNDER_ONE = frozenset({"dobj", "conj"})
#: What stands between "instead of" and the word that it is said of ("his planned trip").
_BEFORE_ONE = frozenset({"det", "poss", "amod", "compound", "nummod", "aux", "advmod"})


def _is_too_much(adjective: Token) -> bool:
    """Tell "was too ill to travel" from "was only too happy to", "is too young, to him"."""
    too = next((c for c in adjective.children if c.lower_ == "too" and c.i < adjective.i), None)
    return too is not None and too.nbor(-1 if too.i else 0).lower_ not in {"only", "all", "not"}


def is_not_done(adjective: Token) -> bool:
    """Tell "was unable to travel", "will not be able to travel", "was too ill to travel"."""
    if adjective.lemma_.lower() in words("unable") or _is_too_much(adjective):
        return True
    be = adjective.head
    denied = be.lemma_ == "be" and (_is_denied(be) or _is_denied(adjective))
    denied = denied or _is_no_longer(be) or _is_no_longer(adjective)
    only = any(child.lower_ == "only" for node in (be, adjective) for child in node.children)
    return denied and not only and adjective.lemma_.lower() in words("able")


def _is_no_longer(word: Token) -> bool:
    """Tell "is no longer able to attend", "will no longer be able"."""
    longer = (c for c in word.children if c.lower_ == "longer" and c.dep_ == "advmod")
    return any(text_at(c.doc, c.i - 1).lower() == "no" for c in longer)


def _is_none(word: Token) -> bool:
    """Tell the "no" of "no minister went", "neither", "few went", not "the No. 2 minister"."""
    if word.lower_ == "few":
        return text_at(word.doc, word.i - 1).lower() not in words("before_some_few")
    numbers = word.lower_ == "no" and text_at(word.doc, word.i + 1) == "."
    return word.lower_ in words("none_of_them", "neither") and not numbers


@once_a_token
def is_negated(verb: Token) -> bool:
    """Tell whether a verb is denied ("did not visit", "has never been to")."""
    if until_when(verb) is not None or _is_denied_why(verb):
        return False
    opening = verb.sent[0].lower_ if verb.doc.has_annotation("SENT_START") else ""
    if opening in words("opens_denial") and not _opens_addition(verb.sent):
        return True
    subjects = [c for c in verb.children if c.dep_ in SUBJECTS]
    if any(_is_none(d) for c in subjects for d in [c, *c.children]):
        return True
    first = verb.i - 1 if verb.i and verb.nbor(-1).lower_ == "be" else verb.i
    if first > 2 and verb.doc[first - 1].lower_ == "to" and verb.doc[first - 2].lower_ == "yet":
        return True
    over = {verb.head.lower_, *(c.lower_ for a in verb.children for c in _neg_of(a))}
    return _is_denied(verb) or _is_denied_with(verb) or "never" in over


@once_a_token
def is_given_up_for(token: Token) -> bool:
    """Tell "sent a message instead of going to Lima", "rather than making a trip", "short of it".

    Asked of the verb or of the trip's noun.
    """
    node = token
    while not _is_behind_instead(node):
        if node.head == node or node.dep_ not in _UNDER_ONE:
            return False
        node = node.head
    return True


def _opens_addition(sentence: Span) -> bool:
    """Tell "Not only did he go to Lima", "Not just A but B went", of whom nobody is denied.

    So "Not until 1984 did he go to Lima", not "Not until the war ends will he go to Lima".
    """
    if sentence[0].lower_ != "not" or len(sentence) < 3:
        return False
    return sentence[1].lower_ in words("not_only") or is_only_then(sentence[1])


def is_only_then(until: Token) -> bool:
    """Tell the "until" of "Not until 1984 did he go", "It took until 1984 for him to go"."""
    if until.lower_ not in words("not_until") or not any(map(_is_day, until.children)):
        return False
    before = until.doc[max(0, until.i - 2) : until.i]
    if text_at(until.doc, until.i - 1).lower() in words("took_until"):
        return text_at(until.doc, until.i - 2).lower() == "it"
    return before[-1:].text == "Not" and before[-1].is_sent_start is True


def _is_denied_why(verb: Token) -> bool:
    """Tell "is not going there for fun but to work", which denies why one goes, and not that.

    "Will not go to Lima but to Quito", "will not go for talks but send an envoy" deny that.
    """
    if not _is_denied(verb):
        return False
    behind = list(verb.doc[verb.i + 1 : min(verb.sent.end, verb.i + _REASONS)])
    at = next((n for n, t in enumerate(behind) if t.lower_ == "but"), 0)
    return _gives_reason(behind[:at]) and _gives_reason(behind[at + 1 : at + 3])


def _gives_reason(said: Sequence[Token]) -> bool:
    """Tell "for fun", "to work"."""
    pairs = list(pairwise(said))
    aim = any(first.lower_ == "to" and second.tag_ == "VB" for first, second in pairs)
    return aim or any(first.lower_ == "for" for first, _ in pairs)


def _is_behind_instead(word: Token) -> bool:
    """Tell the trip of "instead of his planned trip", the "travel" of "rather than travel"."""
    before = (c.left_edge.i for c in word.children if c.dep_ in _BEFORE_ONE and c.i < word.i)
    starts = range(max(2, min(before, default=word.i)), word.i + 1)
    doc, second = word.doc, _seconds()
    return any(
        doc[i - 1].lower_ in second and doc[i - 2 : i].text.lower() in words("in_stead_of")
        for i in starts
    )


@cache
def _seconds() -> frozenset[str]:
    """Return the "of" of "instead of", the "than" of "rather than"."""
    return frozenset(phrase.split()[-1] for phrase in words("in_stead_of"))


def until_when(verb: Token) -> Token | None:
    """Return the "until" of "will not visit Lima until Friday", on which day one visits it.

    None of "will not visit Lima until the war ends", "will not stay in Lima until Friday".
    """
    if verb.lemma_ in words("runs_until"):
        return None
    if not (_is_denied(verb) or (verb.dep_ == "xcomp" and _is_denied(verb.head))):
        return None
    asked = (verb, *(c for c in verb.children if c.dep_ == "xcomp"))  # "is not due to go until"
    behind = (c for over in asked for c in over.children if c.dep_ == "prep" and c.i > verb.i)
    told = (c for c in behind if c.lower_ in words("until"))
    return next((c for c in told if any(_is_day(h) for h in c.children)), None)


def _is_day(token: Token) -> bool:
    return token.dep_ == "pobj" and token.ent_type_ == "DATE"


def _neg_of(auxiliary: Token) -> Iterator[Token]:
    """Yield the "never" of "has, never so far as I know, been there", which hangs on "has"."""
    if auxiliary.dep_ in AUXILIARIES:
        yield from (c for c in auxiliary.children if c.dep_ == "neg")


def _is_denied(verb: Token) -> bool:
    denied_by = words("denied_by")
    denials = (c for c in verb.children if c.dep_ == "neg" or c.lower_ in denied_by)
    return any(not _adds(c) for c in denials)


def _adds(denial: Token) -> bool:
    """Tell the "not" of "Not only did he go to Lima", which denies nothing."""
    return denial.is_sent_start is True and _opens_addition(denial.sent)


def _is_denied_with(verb: Token) -> bool:
    """Tell the second verb of "will not attend the summit or travel to Lima"."""
    first = verb.head
    if verb.dep_ != "conj" or not _is_denied(first):
        return False
    own = any(child.dep_ in {"nsubj", "nsubjpass", "aux"} for child in verb.children)
    return not own and any(
        child.dep_ in {"cc", "preconj"}
        and child.lower_ in words("denies_next_too")
        and child.i < verb.i
        for child in first.children
    )


__all__ = ["is_given_up_for", "is_negated", "is_not_done", "is_only_then", "until_when"]
