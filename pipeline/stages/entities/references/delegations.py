"""Whose delegation is listed, and where guests are met."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterator
from functools import lru_cache

from spacy.tokens import Span, Token

from pipeline.labels import NOUNS, SUBJECTS
from pipeline.lexicon import Rule, load_table
from pipeline.stages.entities.countries.ground import LOOK_BACK, Ground, Unit
from pipeline.stages.entities.gazetteer import Gazetteer
from pipeline.stages.entities.tables import PACKAGE, word_set

#: How many tokens before a place its verb of arrival stands.
_ARRIVAL_REACH = 6
#: How many sentences before "he was accompanied by" one is looked for whom it tells of.
_HE_REACH = 6
#: How many names before "accompanying the President" he is looked for.
_LEADER_REACH = 40


class DelegationRule(Rule):
    """Phrases, in lower case, behind which the companions of somebody are listed."""

    phrases: tuple[str, ...]


@lru_cache(maxsize=1)
def _phrases() -> Gazetteer[str]:
    rows = load_table(PACKAGE, "delegations.toml", DelegationRule)
    return Gazetteer(((phrase, row.id) for row in rows for phrase in row.phrases), lower=True)


class Delegations(Ground):
    """Reads who goes with whom, and who meets whom where."""

    #: Where those begin who met somebody ("was welcomed by"), who lead no delegation; sorted.
    met_by: list[int]

    def delegations(self) -> Iterator[tuple[int, str]]:
        """Yield where a name in a delegation starts, and whose delegation it is."""
        for hit in _phrases().find(self.doc):
            owner = self._owner(hit.start, hit.end)
            if owner is None:
                continue
            for unit in self.between(hit.end, self._end_of_list(hit.end)):
                yield unit.name.start, owner

    def _end_of_list(self, at: int) -> int:
        """Return the end of the sentence of token `at`, or of the lines that a colon opens."""
        number = self.sentence(at)
        while number + 1 < len(self.sentences) and _goes_on(self.sentences[number]):
            number += 1
        return self.sentences[number].end

    def _owner(self, start: int, end: int) -> str | None:
        """Return the country of the one whose companions stand behind tokens `start` to `end`."""
        leader = self._named_in_phrase(start, end)
        if leader is not None:
            return leader
        for token in self.doc[start:end]:
            for node in (token, token.head, token.head.head):
                for child in node.children:
                    if child.dep_ in SUBJECTS and child.i < end:
                        if child.lower_ == "who" and self._is_bare_office(node.head):
                            return None  # "the king, who was accompanied by …": the home country
                        return self._country_of(child) or self._told_before(start)
                if node.i < start and node.pos_ in NOUNS:
                    found = self._country_of(node)
                    if found:
                        return found
        return self._told_before(start)

    def _is_bare_office(self, token: Token) -> bool:
        """Tell "the king" whose country is not told, nor his name, from another actor."""
        at = bisect_left(self.heads, token.i)
        office = self.offices[at] if at < len(self.heads) else None
        bare = office is not None and office.head_start == token.i and office.country is None
        return bare and not self.between(token.left_edge.i, token.i + 2)

    def _named_in_phrase(self, start: int, end: int) -> str | None:
        """Return the country of "the President" in "accompanying the President".

        Of several such the last of whom something is told, not one who is but named beside.
        """
        first, last = bisect_left(self.heads, start), bisect_left(self.heads, end)
        kinds = {office.form.office for office in self.offices[first:last]} - {"delegation"}
        if not kinds:
            return None
        at = bisect_left(self.starts, start)
        before = reversed(self.units[max(0, at - _LEADER_REACH) : at])
        told = [u for u in before if self.country(u) and self.kinds[id(u.person)] & kinds]
        acting = (u for u in told if any(t.dep_ in SUBJECTS for t in self._tokens(u)))
        found = next(acting, told[0] if told else None)
        return self.country(found) if found is not None else None

    def _tokens(self, unit: Unit) -> Span:
        return self.doc[unit.name.start : unit.name.end]

    def _country_of(self, token: Token) -> str | None:
        """Return the country of the actor whose head or part a token is."""
        left, right = token.left_edge.i, min(token.right_edge.i, token.i + 8) + 1
        for unit in self.between(left, right):
            if self.country(unit):
                return self.country(unit)
        for office in self.offices[bisect_left(self.heads, left) : bisect_left(self.heads, right)]:
            if office.country:
                return office.country
        at = bisect_left(self.named, (left, ""))
        if at < len(self.named) and self.named[at][0] < right:
            return self.named[at][1]
        return None

    def _told_before(self, at: int) -> str | None:
        """Return the country of the first actor of the sentence, or of one just before it."""
        number = self.sentence(at)
        subject = self._subject_before(at, number)
        if subject is not None:
            return subject
        for sentence in reversed(self.sentences[max(0, number - LOOK_BACK) : number + 1]):
            stop = min(at, sentence.end)
            host = bisect_left(self.met_by, sentence.start)
            stop = min([stop, *self.met_by[host : host + 1]])
            for unit in self.between(sentence.start, stop):
                if self.country(unit):
                    return self.country(unit)
            first = bisect_left(self.heads, sentence.start)
            for office in self.offices[first : bisect_left(self.heads, stop)]:
                if office.country:
                    return office.country
        return None

    def _subject_before(self, at: int, number: int) -> str | None:
        """Return the country of the named one who does something in the sentences before."""
        for sentence in reversed(self.sentences[max(0, number - _HE_REACH) : number + 1]):
            for unit in self.between(sentence.start, min(at, sentence.end)):
                name = self.doc[unit.name.start : unit.name.end]
                if self.country(unit) and any(token.dep_ in SUBJECTS for token in name):
                    return self.country(unit)
        return None

    def hosts(self) -> Iterator[tuple[int, str]]:
        """Yield names behind "was met in Baku by", and the country of the place."""
        self.met_by = []
        for token in self.doc:
            if token.lower_ != "by" or token.head.lemma_ not in word_set("host_verb"):
                continue
            country = self._met_in(token.head.i, token.i)
            for unit in self.between(token.i, self.sentences[self.sentence(token.i)].end):
                insort(self.met_by, unit.start)
                if country:
                    yield unit.name.start, country

    def _met_in(self, verb: int, by: int) -> str | None:
        """Return the country of the place between a verb and its "by", or of the last arrival."""
        at = bisect_left(self.sites, (by, "")) - 1
        if at >= 0 and self.sites[at][0] > verb:
            return self.sites[at][1]
        first = self.sentences[max(0, self.sentence(by) - LOOK_BACK)].start
        while at >= 0 and self.sites[at][0] >= first:
            place, country = self.sites[at]
            before = {token.lemma_ for token in self.doc[max(0, place - _ARRIVAL_REACH) : place]}
            if before & word_set("arrival"):
                return country
            at -= 1
        return None


def _goes_on(sentence: Span) -> bool:
    """Tell whether a list that a colon opened goes on behind a line."""
    words = [token for token in sentence if not token.is_space]
    return not words or words[-1].text in {":", ";"}


__all__ = ["DelegationRule", "Delegations"]
