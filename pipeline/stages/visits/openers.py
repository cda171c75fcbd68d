"""Who reads at words that are no triggers: each says at which, and is asked there alone.

To add a reader, write it beside the words at which it reads, and name both in `_openers`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from spacy.tokens import Token

from pipeline.discourse.tables import words
from pipeline.labels import VERBS
from pipeline.lexicon import once_a_word
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.hosts.asked_by_noun import asked_by_noun
from pipeline.stages.visits.hosts.follows_to import FOLLOW, follows_to
from pipeline.stages.visits.hosts.honours import honoured
from pipeline.stages.visits.lists.by_land import by_country, by_country_words
from pipeline.stages.visits.lists.counted_leaders import counted_leader_words, counted_leaders
from pipeline.stages.visits.lists.guest_lines import BELOW
from pipeline.stages.visits.lists.guest_openers import (
    goes_on_verbless,
    listed_below,
    listed_under_heading,
    opened_list,
)
from pipeline.stages.visits.lists.guest_phrases import guest_words
from pipeline.stages.visits.lists.guests import guests
from pipeline.stages.visits.lists.picture_rows import SIDES, row_of_picture
from pipeline.stages.visits.lists.seated import mourning, seat_words, seated
from pipeline.stages.visits.lists.travellers_named import travellers_named, travellers_named_words
from pipeline.stages.visits.meetings.companions import companion_words, companions
from pipeline.stages.visits.meetings.participants import participant_words, participants
from pipeline.stages.visits.meetings.talks import signed_between
from pipeline.stages.visits.nouns.nth_made_by import nth_made_by
from pipeline.stages.visits.nouns.nth_trips import nth_to, ones_before
from pipeline.stages.visits.nouns.owned_presence import owned_presence, presence_nouns
from pipeline.stages.visits.nouns.return_visits import PAID_BACK, reciprocated
from pipeline.stages.visits.nouns.that_of import (
    ONE_BY,
    THAT_OF,
    one_by,
    one_to,
    one_to_words,
    that_of,
)
from pipeline.stages.visits.pictures.photographed import photographed
from pipeline.stages.visits.places.spoken_here import HERE, WELCOME, spoken_here, welcomed
from pipeline.stages.visits.tables import noun_rules, verb_rules, word_set
from pipeline.stages.visits.tours.itinerary import stops
from pipeline.stages.visits.tours.lands_told_next import lands_told_next
from pipeline.stages.visits.tours.legs import leg_words, legs
from pipeline.stages.visits.tours.stop_rules import stop_rules
from pipeline.stages.visits.tours.stops_so_far import stops_so_far
from pipeline.stages.visits.tours.then_lands import THEN, then_lands
from pipeline.stages.visits.travel.back_again import followed_by_another
from pipeline.stages.visits.travel.ellipsis import likewise, likewise_words
from pipeline.stages.visits.travel.line_heads import LINE_HEADS, line_heads
from pipeline.stages.visits.travel.team_heads import team_head_words, team_heads
from pipeline.stages.visits.travel.verbless import VERBLESS_WORDS, verbless
from pipeline.stages.visits.triggers import IT, THAT, VISITING, idioms_by_word, lemma_of


@dataclass(frozen=True)
class Opener:
    """One that may tell a trip at certain words, whether or not they are triggers.

    Args:
        read: reads at a token.
        words: forms in lower case, or lemmas, at which it reads.
        beside: beside what other tellings of the same token: any, none, or none that has both an
            actor and a place.
    """

    read: Callable[[ArgumentReader, Token], Iterable[Candidate]]
    words: frozenset[str]
    beside: Literal["any", "none", "partial"] = "any"

    def is_beside(self, found: Collection[Candidate]) -> bool:
        """Tell whether it reads where so much is told of a token already."""
        if self.beside == "any" or not found:
            return True
        return self.beside == "partial" and not any(c.spot and c.actor for c in found)


@lru_cache(maxsize=1)
def _openers() -> tuple[Opener, ...]:
    """Return all of them, in the order in which they read."""
    return (
        Opener(likewise, likewise_words()),
        Opener(that_of, THAT_OF, beside="none"),
        Opener(one_by, ONE_BY, beside="none"),
        Opener(one_to, one_to_words(), beside="none"),
        Opener(nth_to, word_set("nth_trip"), beside="none"),
        Opener(nth_made_by, word_set("nth_trip"), beside="none"),
        Opener(ones_before, word_set("ones_before")),
        Opener(reciprocated, frozenset({PAID_BACK}), beside="none"),
        Opener(then_lands, THEN, beside="none"),
        Opener(followed_by_another, word_set("a_further_one"), beside="none"),
        Opener(guests, guest_words()),
        Opener(opened_list, word_set("<link>")),
        Opener(row_of_picture, SIDES, beside="none"),
        Opener(seated, seat_words(), beside="none"),
        Opener(mourning, word_set("last_honour"), beside="none"),
        Opener(listed_below, BELOW),
        Opener(listed_under_heading, word_set("heads_guests")),
        Opener(goes_on_verbless, BELOW - {"?"}),
        Opener(participants, participant_words()),
        Opener(counted_leaders, counted_leader_words(), beside="none"),
        Opener(companions, companion_words()),
        Opener(asked_by_noun, words("invitation")),
        Opener(owned_presence, presence_nouns()),
        Opener(honoured, word_set("honour_of_guest"), beside="none"),
        Opener(spoken_here, frozenset({HERE})),
        Opener(welcomed, frozenset({WELCOME})),
        Opener(stops, frozenset(stop_rules())),
        Opener(lands_told_next, word_set("are_lands"), beside="none"),
        Opener(travellers_named, travellers_named_words(), beside="none"),
        Opener(legs, leg_words(), beside="partial"),
        Opener(stops_so_far, word_set("behind_earlier_stops")),
        Opener(follows_to, frozenset({FOLLOW}), beside="none"),
        Opener(by_country, by_country_words()),
        Opener(verbless, VERBLESS_WORDS),
        Opener(line_heads, LINE_HEADS, beside="none"),
        Opener(team_heads, team_head_words()),
        Opener(photographed, word_set("taken_in")),
        Opener(signed_between, word_set("signed_at"), beside="none"),
    )


@lru_cache(maxsize=1)
def _numbers_by_word() -> Mapping[str, frozenset[int]]:
    """Return which of them read at each word, by their number in the order in which they read."""
    found: dict[str, set[int]] = {}
    for number, opener in enumerate(_openers()):
        for word in opener.words:
            found.setdefault(word, set()).add(number)
    return {word: frozenset(numbers) for word, numbers in found.items()}


@lru_cache(maxsize=50_000)
def openers_at(lower: str, lemma: str) -> tuple[Opener, ...]:
    """Return those that read at a token of a form in lower case and a lemma."""
    by_word, none = _numbers_by_word(), frozenset[int]()
    numbers = by_word.get(lower, none) | by_word.get(lemma.lower(), none)
    return tuple(_openers()[number] for number in sorted(numbers))


def opened_at(reader: ArgumentReader, token: Token, found: Iterable[Candidate]) -> list[Candidate]:
    """Return what a trigger tells, and behind it what those add that read at the token's words."""
    told = list(found)
    for opener in openers_at(token.lower_, token.lemma_):
        if opener.beside == "any" or opener.is_beside(told):
            told += opener.read(reader, token)
    return told


@once_a_word
def may_tell(lower: str, lemma: str, pos: str) -> bool:
    """Tell whether any rule reads at a token.

    Args:
        lower: its form in lower case.
    """
    return _is_trigger(lower, lemma, pos) or bool(openers_at(lower, lemma))


@once_a_word
def is_trigger(lower: str, lemma: str, pos: str) -> bool:
    """Tell whether any rule reads at a token besides those that say at which words they do.

    Args:
        lower: its form in lower case.
    """
    many = lemma_of(lower, lemma) in word_set("visits_of_many")
    return many or _is_trigger(lower, lemma, pos)


def _is_trigger(lower: str, lemma: str, pos: str) -> bool:
    by = lemma_of(lower, lemma)
    return (
        pos in VERBS
        or by in noun_rules()
        or by in verb_rules()
        or by in word_set("met_at")
        or by in word_set("press_event")
        or by in word_set("pact_of_two")
        or by in word_set("party_of_one")
        or lower in {VISITING, THAT, IT}
        or lower in idioms_by_word()
    )


__all__ = ["Opener", "is_trigger", "may_tell", "opened_at", "openers_at"]
