"""The phrases beside a person's name, and by what calling they tell of the person.

"Congress leader", "lawyer" and "captain" hold no office, or not one of a state; yet the first is
of the country of the news, of the second it tells none, and the third's is the team's.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from pipeline.labels import FINITE, PLURALS, UNDERGONE
from pipeline.signs import DASHES, DOUBLE_QUOTES, ENDS_PHRASE
from pipeline.stages.entities.countries.ground import Ground, Unit
from pipeline.stages.entities.person import Person
from pipeline.stages.entities.tables import word_set

#: How far a phrase reaches before a name, behind a comma, and behind a preposition, in tokens.
_BEFORE, _BEHIND, _LED = 14, 16, 7
#: How many words before a name may be titles, and how many nouns of an apposition are read.
_TITLES, _NOUNS = 4, 8
_CLOSING = DASHES | DOUBLE_QUOTES | ENDS_PHRASE
_OPENING = frozenset({",", "("})
#: What stands between the names of a list, and how many tokens it has at most.
_LISTED_BY = frozenset({",", "and", "&"})
_LIST = 30
_LEADING = frozenset({"of", "from", "with", "at", "in"})
_NOMINAL, _VERBAL = frozenset({"NOUN", "PROPN"}), frozenset({"VERB", "AUX"})
#: What a name depends on by these is said of the name as well.
_JOINED = frozenset({"appos", "compound", "conj"})
_CALLINGS = ("sportsperson", "private_calling", "public_calling")


class Phrases:
    """Reads the phrases beside the names of one article."""

    def __init__(self, ground: Ground) -> None:
        self.ground, self.doc = ground, ground.doc
        self.named = {i for unit in ground.units for i in range(unit.name.start, unit.name.end)}

    def before(self, unit: Unit) -> range:
        """Return the tokens of the phrase before a name: "New Delhi's envoy", "The lawyer,".

        Those of a list share what its first is called: "the cricketers A, B and C".
        """
        name = unit.name.start
        start = self._phrase_start(name)
        if start == name and (first := self._first_listed(name)) < name:
            led = self._phrase_start(first)
            if led < first and self.doc[first - 1].tag_ in PLURALS:
                return range(led, first)
        if start == name and name and self.doc[name - 1].text == ",":
            led = self._phrase_start(name - 1)
            if self._tells_calling(range(led, name - 1)):
                return range(led, name)
        return range(start, name)

    def _first_listed(self, name: int) -> int:
        """Return where the list begins in which a name stands: A of "lawmakers A, B and | C"."""
        first = at = name
        while at > max(0, name - _LIST) and (
            self.doc[at - 1].text in _LISTED_BY or at - 1 in self.named
        ):
            at -= 1
            if at in self.named and at - 1 not in self.named:
                first = at
        return first

    def _phrase_start(self, end: int) -> int:
        start, first = end, max(self.ground.sentence_start(end), end - _BEFORE)
        while start > first and not _parts(self.doc[start - 1]):
            start -= 1
        return start

    def _tells_calling(self, phrase: range) -> bool:
        """Tell "A Lima lawyer" from "In Lima" and from another's name."""
        doc = self.doc
        if not phrase or doc[phrase[0]].pos_ == "ADP" or phrase[-1] in self.named:
            return False
        nouns = {doc[i].lemma_.lower() for i in phrase if _is_noun(doc[i])}
        return any(nouns & word_set(calling) for calling in _CALLINGS)

    def behind(self, unit: Unit) -> range:
        """Return those of the phrase behind a name: ", a lawyer in Lima,", "of Chad"."""
        doc, end = self.doc, unit.name.end
        opener = doc[end : end + 1]
        closed = opener.text in _OPENING
        if not closed and opener.text.lower() not in _LEADING:
            return range(end, end)
        start, last = end + 1, min(len(doc), end + (_BEHIND if closed else _LED))
        stop = start
        while stop < last and doc[stop].text not in _CLOSING and doc[stop].tag_ not in FINITE:
            stop += 1
        return range(start, stop)

    def callings(self, person: Person, units: Sequence[Unit]) -> Iterator[str]:
        """Yield what a person is told to be, "bare" if nothing is told and no office is held."""
        near = set().union(*map(self._words, units))
        titles = set().union(*map(self._titles, units))
        forms = {word for office in person.offices for word in office.form.form.split()}
        verbs = {verb for unit in units for verb in self._offices_taken(unit)}
        told = {
            "sport": (near | forms) & word_set("sportsperson"),
            "private": (near | forms) & word_set("private_calling"),
            "public": near & word_set("public_calling"),
            "styled": titles & word_set("public_style"),
            "appointed": verbs,
        }
        found = [calling for calling, words in told.items() if words]
        yield from found
        if not found and not person.offices:
            yield "bare"

    def _words(self, unit: Unit) -> set[str]:
        doc = self.doc
        before = {doc[i].lemma_.lower() for i in self.before(unit) if _is_noun(doc[i])}
        behind = [doc[i].lemma_.lower() for i in self.behind(unit) if _is_noun(doc[i])]
        return before | set(behind[:_NOUNS]) | self._titles(unit)

    def _titles(self, unit: Unit) -> set[str]:
        before = self.before(unit)[-_TITLES:]
        return {self.doc[i].lower_.strip(".") for i in before}

    def _offices_taken(self, unit: Unit) -> Iterator[str]:
        """Yield the verb by which somebody is put into an office, or leaves it."""
        token = self.doc[unit.name.start : unit.name.end].root
        while token.dep_ in _JOINED and token.head is not token:
            token = token.head
        verb = token.head.lemma_.lower()
        put = token.dep_ in UNDERGONE and verb in word_set("fills_office")
        if put and self._roles(token.head) & word_set("private_calling"):
            return
        if put or (token.dep_ == "nsubj" and verb in word_set("takes_office")):
            yield verb

    def _roles(self, verb: Token) -> set[str]:
        """Return as what somebody is named: "as a suspect"."""
        led = [child for child in verb.children if child.lower_ == "as"]
        return {noun.lemma_.lower() for word in led for noun in word.children}


def _parts(token: Token) -> bool:
    return token.text in _CLOSING or token.pos_ in _VERBAL


def _is_noun(token: Token) -> bool:
    return token.pos_ in _NOMINAL and token.is_alpha


__all__ = ["Phrases"]
