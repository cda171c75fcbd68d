"""Which country is meant where none is named: "arrived on Monday", "in the kingdom", "here"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import takewhile

from spacy.tokens import Token

from models import Reference
from models.entity import LAND_KINDS, PERSONAL_KINDS
from pipeline.discourse.beside_news import is_of_other_matter
from pipeline.discourse.governing import governing_verb
from pipeline.discourse.strands import StrandReader
from pipeline.discourse.tables import land_codes, parts_of_world, words
from pipeline.discourse.text import Spot
from pipeline.discourse.verb_forms import tense_of
from pipeline.labels import SUBJECTS, VERBS
from pipeline.reference.countries import country_codes, is_country
from pipeline.signs import HYPHENS

#: How many sentences of the body set an article's scene.
_OPENING = 3
#: How many sentences back "the country" looks for a country by name.
_LOOK_BACK = 3
#: How far behind "the" a noun for a country is looked for, and the longest name of a part of the
#: world before it ("gulf arab"), in tokens.
_LAND_REACH, _LONGEST_PART = 7, 3
_WHERE = frozenset({"in", "at", "to", "into"})
#: What leads to "kingdom", said of a land told of; "your" is said to one of another land.
_POINTS_AT_LAND = frozenset({"the", "this", "that", "our", "your"})


class GroundReader(StrandReader):
    """Tells on which country's ground an article stands."""

    def ground(self, but: Collection[str | None] = (), *, least: int = 1) -> Spot | None:
        """Return the place of the dateline, else of the opening, that is none of `but`.

        None where the article is set or written at home, in one of `but`.

        Args:
            least: how often title and opening must name the country.
        """
        if self.here is not None:
            return None if self.here.country in but else self.here
        own = max((self._votes[code] for code in but if code), default=0)
        if self.home in but:
            return None
        ranked = [(votes, code) for code, votes in self._votes.items() if code not in but]
        free = [each for each in ranked if not self._is_only_owner(each[1])]
        ranked = free if any(self._is_stood_in(code) for _, code in free) else ranked
        best = max(ranked, default=None)
        if (
            best is None
            or best[0] < max(own, least)
            or sum(votes == best[0] for votes, _ in ranked) > 1
        ):
            return None
        return self._spots_of[best[1]]

    def is_named_in_opening(self, country: str) -> bool:
        """Tell whether title or opening name a country or a place in it."""
        return self._votes[country] > 0

    def sole_land(self, at: int, but: Collection[str | None]) -> Spot | None:
        """Return the one country, none of `but`, of which an article without dateline names places.

        It must name them more than once, and not in another matter than that of token `at`.
        """
        if self.here is not None or not self._lands_named.difference(but):
            return None
        named = [
            r
            for r in self._places
            if is_country(r.country or "")
            and r.country not in but
            and not self.is_told_apart(r, at)
        ]
        alone = len({r.country for r in named}) == 1 and len(named) > 1
        return self._spots_of[named[0].country or ""] if alone else None

    def met(self, at: int, but: Collection[str | None]) -> Spot | None:
        """Return the land of the hosts whom a report without a dateline brings in.

        That is "here" at token `at`: the one country, none of `but`, of which the report tells
        anything as "its" in the same matter.
        """
        if self.here is not None:
            return None
        told = [r for r in self._owned if r.country not in but and not self.is_told_apart(r, at)]
        host = next((r for r in told if _is_host(r)), None)
        if host is None or len({r.country for r in told}) != 1:
            return None
        start, end = self.bounds(host)
        return Spot(host.country or "", None, host, start, end)

    @cached_property
    def _owned(self) -> Sequence[Reference]:
        """Those who hold offices, groups, and what is told to be a country's."""
        return [
            r
            for r in self.references
            if is_country(r.country or "")
            and (r.form == "adjective" or r.kind == "group" or (r.kind == "person" and r.role_kind))
        ]

    @cached_property
    def home(self) -> str | None:
        """The country for which the article writes, by the offices it gives without a country."""
        bare = [r for r in self.references if r.guessed and r.country and r.role_kind]
        persons = {r.actor: r.country for r in bare if r.kind == "person"}
        offices = {r.actor: r.country for r in bare if r.kind in PERSONAL_KINDS}
        ranked = Counter((persons or offices).values())
        return ranked.most_common(1)[0][0] if ranked else None

    @cached_property
    def _spots_of(self) -> dict[str, Spot]:
        spots: dict[str, Spot] = {}
        for reference in self._places:
            start, end = self.bounds(reference)
            code = reference.country or ""
            spots.setdefault(code, Spot(code, None, reference, start, end))
        return spots

    @cached_property
    def _votes(self) -> Counter[str]:
        """How often the opening and the title name each country by a place or its name."""
        votes: Counter[str] = Counter()
        opening = [s for s in self.sentences if s.end_char > self.article.body_start]
        told = [s for s in opening if any(t.pos_ in VERBS for t in s)]
        opening = (told or opening)[:_OPENING]
        opening = [s for s in opening if not self.is_apart(opening[0].start, s.start)]
        end = opening[-1].end_char if opening else 0
        for reference in self._places:
            start = self.bounds(reference)[0]
            if self.doc[max(0, start - 1)].lower_ == "from" or self.is_of_matter(start):
                continue
            if self._is_of_task(start):
                continue
            if _is_of_event_ahead(self.doc[start]) or is_of_other_matter(self.doc[start]):
                continue
            if reference.start < end and is_country(reference.country or ""):
                votes[reference.country or ""] += 1
        for word in (self.article.title or "").replace("'s", " ").replace("’s", " ").split():
            for code in country_codes(word.strip(".,:;()"))[:1]:
                if code in self._spots_of:
                    votes[code] += 1
        if self.home in self._spots_of and not self._is_only_owner(self.home):
            votes[self.home or ""] += 2
        return votes

    def _is_only_owner(self, code: str | None) -> bool:
        """Tell a land of which a text only tells that somebody on a list is from it."""
        return all(self.is_owner(place) for place in self._places if place.country == code)

    def _is_stood_in(self, code: str) -> bool:
        """Tell the land of "in Lima", "arrived at Quito" from that of "Peru's president" alone."""
        starts = (self.bounds(place)[0] for place in self._places if place.country == code)
        return any(token.lower_ in _WHERE for i in starts for token in self.doc[max(0, i - 2) : i])

    @cached_property
    def _lands_named(self) -> frozenset[str]:
        return frozenset(r.country for r in self._places if r.country and is_country(r.country))

    @cached_property
    def _places(self) -> list[Reference]:
        return [
            r
            for r in self.references
            if r.country
            and (r.kind == "place" or (r.kind == "country" and r.form in {"name", "metonym"}))
            and r.start >= self.article.body_start
        ]

    def meant(self, i: int, but: Collection[str | None] = ()) -> Spot | None:
        """Return the country that "the kingdom", "your land" at token `i` mean, none of `but`."""
        told = self._land_noun(i)
        if told is None:
            return None
        noun, part = told
        fitting = land_codes().get(noun)
        if part is not None:
            fitting = part if fitting is None else part & fitting
        number = self.sentence_of[i]
        ground = self.ground(but)
        for back in range(_LOOK_BACK + 1 if fitting or ground is None else 1):
            if number - back < 0:
                break
            sentence = self.sentences[number - back]
            for reference in reversed(self._named_in(sentence.start, min(sentence.end, i))):
                code = reference.country or ""
                if code in but or (fitting is not None and code not in fitting):
                    continue
                if noun in words("any_town") and not reference.place:
                    continue  # "on trade with Peru in the port city": no land is a city
                return Spot(code, None, reference, i, i + 1)
        if ground is None or (fitting is not None and ground.country not in fitting):
            return None
        return replace(ground, start=i, end=i + 1)

    def lands_of(self, noun: Token) -> frozenset[str] | None:
        """Return the countries that "the Pacific nation", "the island" may be; None for any."""
        part, _ = self._part_before(noun.left_edge.i, noun.i)
        kind = land_codes().get(noun.lower_)
        return kind if part is None else part if kind is None else part & kind

    def _is_of_task(self, i: int) -> bool:
        """Tell the Yemen at token `i` of "the UN envoy for Yemen", who may be anywhere."""
        at = i - 1 - (self.doc[max(0, i - 1)].lower_ == "the")
        if at < 1 or self.doc[at].lower_ not in words("before_task"):
            return False
        return any(r.role_kind in words("sent_about") for r in self.at(at - 1))

    def _named_in(self, start: int, end: int) -> list[Reference]:
        """Return the lands of a stretch, not those that say in brackets from where somebody is.

        Nor that for which an envoy is, where another is told.
        """
        found: list[Reference] = []
        for i in range(start, end):
            for r in self.at(i):
                known = r.country and r.kind in LAND_KINDS and r not in found[-1:]
                first = self.bounds(r)[0]
                aside = first > 0 and self.doc[first - 1].text == "("
                if known and not (aside and self.is_owner(r)):
                    found.append(r)
        return [r for r in found if not self._is_of_task(self.bounds(r)[0])] or found

    def _land_noun(self, i: int) -> tuple[str, frozenset[str] | None] | None:
        """Return the noun of "the kingdom", "our small country", "the island nation".

        And the countries of which it may be one: those of the Pacific for "the Pacific nation".
        """
        doc = self.doc
        if i >= len(doc) or doc[i].lower_ not in _POINTS_AT_LAND:
            return None
        for at in range(i + 1, min(i + _LAND_REACH, len(doc))):
            following = doc[at + 1].lower_ if at + 1 < len(doc) else ""
            if doc[at].lower_ not in words("host_noun", "host_noun_of_part"):
                continue
            if following in words("host_noun"):
                continue
            if following in {"of", "'s", "’s"}:
                return None
            part, start = self._part_before(i + 1, at)
            plain = doc[at].lower_ in words("host_noun") and self._is_plain(i + 1, start)
            known = part is not None and self._is_plain(i + 1, start)
            return (doc[at].lower_, part) if plain or known else None
        return None

    def _part_before(self, start: int, end: int) -> tuple[frozenset[str] | None, int]:
        """Return the countries of "Pacific island" from token `start` to `end`, and its start."""
        for at in range(max(start, end - _LONGEST_PART), end):
            told = " ".join(t.lower_ for t in self.doc[at:end] if t.text not in HYPHENS)
            if told in parts_of_world():
                return parts_of_world()[told], at
        return None, end

    def _is_plain(self, start: int, end: int) -> bool:
        """Tell "small", "oil-rich", "besieged" of no land from "Peruvian", "neighbouring"."""
        doc, at = self.doc, start
        while at < end:
            if self.at(at):
                return False
            if doc[at + 1 : at + 2].text in HYPHENS:
                at += 2
            elif not _describes(doc[at]) and doc[at].lower_ not in words("host_noun"):
                return False
            else:
                at += 1
        return True


def _describes(token: Token) -> bool:
    """Tell the "small" of "the small kingdom", the "besieged" of "the besieged capital"."""
    return token.pos_ == "ADJ" or token.tag_ == "VBN"


def _is_of_event_ahead(place: Token) -> bool:
    """Tell the Lima of "talks will be held in Lima next week": nothing is told from there.

    And that of "the board will decide on it at a meeting in Lima".
    """
    verb = governing_verb(place)
    if verb is None or tense_of(verb) != "future":
        return False
    subject = next((c for c in verb.children if c.dep_ in SUBJECTS), None)
    over = list(takewhile(lambda token: token != verb, place.ancestors))
    over += [subject] if subject is not None else []
    return any({token.lower_, token.lemma_} & words("event") for token in over)


def _is_host(reference: Reference) -> bool:
    return reference.kind == "person" and (reference.role_kind or "") in words("host_kind")


__all__ = ["GroundReader"]
