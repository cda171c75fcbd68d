"""The words by which guests are listed, and how they fit a text: "among those attending were"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from typing import Literal

from spacy.tokens import Doc, Token

from models.visit import VisitStatus
from pipeline.discourse.tables import words as word_lists
from pipeline.discourse.timing.of_trips import Phase
from pipeline.lexicon import Rule, load_table
from pipeline.neighbours import text_at
from pipeline.stages.visits.lists.guest_lines import FINITE
from pipeline.stages.visits.tables import PACKAGE, word_set

#: Stands for the second word of phrases that leave it open or have none.
ANY = ""
#: Stands for words that tell how many there are of those named next: "the group of over 30".
MANY = "#"
#: What stands for words of what kind those named next are: "distinguished".
KIND = "~"
#: How many words "*" of a phrase may stand for.
_GAP = 14
#: How many words may tell of what kind guests are, hyphens counted.
_KIND = 5
#: What tells how many guests there are, and which.
_COUNTS = frozenset({"NUM", "ADJ", "DET", "ADV"})


class GuestRule(Rule):
    """Words by which guests are listed, and on which side of them the guests stand."""

    words: tuple[str, ...]
    side: Literal["before", "behind"]
    phase: Phase
    needs_event: bool
    #: Whether the verb's subject is the host, at home.
    hosted: bool = False
    #: Whether it is but a day of a trip ("gave a dinner for", "was host to"), where at no event.
    inside: bool = False
    #: What its guests have done, where the words' own tense does not tell: "pulled out".
    status: VisitStatus | None = None
    score: float


class RollRule(GuestRule):
    """What a sentence says of those whom it lists, in whatever order of words."""

    words: tuple[str, ...] = ()
    phase: Phase = "whole"
    needs_event: bool = True
    score: float = 0.6
    #: None where any will do, if the sentence tells nothing but presence.
    verbs: frozenset[str] = frozenset()
    beside: frozenset[str] = frozenset()
    #: How long what is said may be, in tokens.
    most: int = 14
    #: What else may stand right before the list: "an invitation was sent to A and B".
    leads: frozenset[str] = frozenset()
    #: Of what is said before and behind the list, the lemmas of which one must be there.
    closes: frozenset[str] = frozenset()
    #: Whether it may be said of one guest alone, not only of several.
    alone: bool = False


_Phrase = tuple[GuestRule, tuple[str, ...]]


@lru_cache(maxsize=1)
def guest_rules() -> Mapping[str, GuestRule]:
    """Return the ways of listing guests by their names."""
    rows = (*load_table(PACKAGE, "guests.toml", GuestRule), *roll_rules())
    return {rule.id: rule for rule in rows}


@lru_cache(maxsize=1)
def roll_rules() -> tuple[RollRule, ...]:
    """Return what may be said of those listed, besides the phrases that list guests."""
    return load_table(PACKAGE, "rolls.toml", RollRule)


@lru_cache(maxsize=1)
def phrases() -> Mapping[str, Mapping[str, tuple[_Phrase, ...]]]:
    """Return the phrases with their rows by their first two words, the longest first."""
    by_first: dict[str, list[_Phrase]] = {}
    for rule in guest_rules().values():
        for phrase in rule.words:
            parts = tuple(phrase.split())
            for first in words_of(parts[0]):
                by_first.setdefault(first, []).append((rule, parts))
    return {first: _by_second(rows) for first, rows in by_first.items()}


def _by_second(rows: Sequence[_Phrase]) -> Mapping[str, tuple[_Phrase, ...]]:
    """Return phrases by their second word; those that fit any stand with each."""
    ranked = sorted(rows, key=lambda row: -len(row[1]))
    named = {id(row): _second(row[1]) for row in ranked}
    words = {ANY}.union(*named.values())
    return {w: tuple(r for r in ranked if named[id(r)] & {w, ANY}) for w in words}


def _second(parts: Sequence[str]) -> frozenset[str]:
    return (
        words_of(parts[1])
        if len(parts) > 1 and parts[1] not in {"*", KIND, MANY}
        else frozenset({ANY})
    )


def guest_words() -> frozenset[str]:
    """Return the words at which `guests` reads."""
    return frozenset(phrases()) | word_set("<link>")


@cache
def words_of(part: str) -> frozenset[str]:
    """Return the words that a part of a phrase stands for."""
    if part == "among":
        return frozenset({part, "amongst"})
    return word_set(part) if part.startswith("<") else frozenset({part})


def match_phrase(token: Token, parts: Sequence[str]) -> int:
    """Return the token behind the phrase that starts at `token`, or 0."""
    doc, at = token.doc, token.i
    for number, part in enumerate(parts):
        if part == MANY:
            at = _behind_quantity(doc, at, words_of(parts[number + 1]))
            continue
        if part == KIND:
            at = _behind_kind(doc, at, words_of(parts[number + 1]))
            continue
        if part != "*":
            if at >= len(doc) or doc[at].lower_ not in words_of(part):
                return 0
            at += 1
            continue
        following = words_of(parts[number + 1])
        for ahead in range(at, min(at + _GAP + 1, len(doc))):
            word = doc[ahead]
            if ahead > at and word.lower_ in following:
                break
            # "shared a day, though no plane:", "leaders of the region, including A"
            aside = word.text == "," and (
                ahead == at or parts[number + 1] == "<include>" == _list_of(doc, ahead + 1)
            )
            told = word.tag_ in FINITE and not _will(word, parts[number + 1])
            if told or word.dep_ == "expl" or (word.is_punct and not aside):
                return 0
        else:
            return 0
        at = ahead
    return at


def _list_of(doc: Doc, at: int) -> str:
    """Return "<include>" for a word at a token that opens what belongs to those named before."""
    return "<include>" if text_at(doc, at) == "including" else ""


def _will(word: Token, following: str) -> bool:
    """Tell the "will" of "speakers will also include"."""
    return following == "<include>" and word.lower_ in {"will", "would"} and word.dep_ == "aux"


def _behind_kind(doc: Doc, at: int, last: frozenset[str]) -> int:
    """Return the token of those told of in "the most distinguished guests", `at` if none is."""
    for ahead in range(at, min(at + _KIND, len(doc))):
        if doc[ahead].lower_ in last:
            return ahead
        describes = doc[ahead].pos_ in {"ADJ", "ADV"} or doc[ahead].tag_ in {"VBN", "VBG"}
        # "the African Commonwealth leaders"
        describes |= doc[ahead].pos_ == "PROPN" and doc[ahead].ent_type_ not in {"GPE", "PERSON"}
        if not describes and doc[ahead].text != "-":
            break
    return at


def _behind_quantity(doc: Doc, at: int, last: frozenset[str]) -> int:
    """Return the token of those counted in "the group of more than 30 leaders", `at` if none is."""
    for ahead in range(at, min(at + _GAP, len(doc))):
        word = doc[ahead]
        if word.lower_ in last:
            return ahead
        counts = word.pos_ in _COUNTS or word.lower_ in word_set("counts_guests")
        if not counts and word.lemma_.lower() not in word_lists("quantity_of"):
            break
    return at


__all__ = [
    "ANY",
    "GuestRule",
    "RollRule",
    "guest_rules",
    "guest_words",
    "match_phrase",
    "phrases",
    "roll_rules",
    "words_of",
]
