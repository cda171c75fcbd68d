"""The countries of officials whose office stands without one, from those told beside them.

"Kyrgyz President Japarov is accompanied by Minister of Energy Ibraev" tells the minister's country
as well as "the Kyrgyz Minister of Energy" does.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from spacy.tokens import Doc, Span, Token

from pipeline.lexicon import Rule, load_table
from pipeline.stages.entities.gazetteer import Gazetteer
from pipeline.stages.entities.home import speaks_for_state
from pipeline.stages.entities.person import Person
from pipeline.stages.entities.spans import NameSpan, OfficeSpan, PartySpan, PlaceSpan
from pipeline.stages.entities.tables import PACKAGE, word_set

#: How many sentences before a delegation its leader may be told of.
_LOOK_BACK = 3
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
#: What may stand between two members of one list of officials.
_LIST_GAPS = frozenset({",", ";", "and", "&", "as", "well", "(", ")", "-", "–", "the"})
_LONGEST_GAP = 5
#: How many tokens before a place its verb of arrival stands.
_ARRIVAL_REACH = 6


class DelegationRule(Rule):
    """Phrases, in lower case, behind which the companions of somebody are listed."""

    phrases: tuple[str, ...]


@lru_cache(maxsize=1)
def _phrases() -> Gazetteer[str]:
    rows = load_table(PACKAGE, "delegations.toml", DelegationRule)
    return Gazetteer(((phrase, row.id) for row in rows for phrase in row.phrases), lower=True)


@dataclass(frozen=True)
class _Unit:
    """A name with the offices beside it, from token `start` to `end` (exclusive)."""

    start: int
    end: int
    name: NameSpan
    person: Person


def assign_context(
    doc: Doc,
    persons: Sequence[Person],
    offices: Sequence[OfficeSpan],
    parties: Sequence[PartySpan],
    places: Sequence[PlaceSpan],
) -> None:
    """Give officials without a country that of those whose delegation or list they stand in."""
    _Context(doc, persons, offices, parties, places).assign()


class _Context:
    """Knows who and what stands where in one article."""

    def __init__(
        self,
        doc: Doc,
        persons: Sequence[Person],
        offices: Sequence[OfficeSpan],
        parties: Sequence[PartySpan],
        places: Sequence[PlaceSpan],
    ) -> None:
        self.doc, self.persons = doc, persons
        self.units = sorted(
            (_unit(name, person) for person in persons for name in person.spans),
            key=lambda unit: unit.start,
        )
        self.starts = [unit.start for unit in self.units]
        self.offices = sorted(offices, key=lambda office: office.head_start)
        self.heads = [office.head_start for office in self.offices]
        self.owners = sorted((p.start, p.code) for p in parties if p.form in {"name", "metonym"})
        self.bodies = sorted((p.start, p.code) for p in parties if p.acts and not p.is_country)
        named = [(p.start, p.code) for p in parties if p.is_country or p.acts]
        self.named = sorted([*named, *((p.start, p.country) for p in places)])
        self.places = sorted((place.start, place.country) for place in places)
        #: Where those begin who met somebody ("was welcomed by"), who lead no delegation.
        self.hosts: set[int] = set()
        self.sentences = list(doc.sents)
        self.sentence_starts = [sentence.start for sentence in self.sentences]

    def assign(self) -> None:
        hosts = dict(self._hosts())
        owners = dict(self._delegations())
        before: _Unit | None = None
        for unit in self.units:
            person = unit.person
            bare = [o for o in unit.name.offices if o.country is None and o.kind != "counterpart"]
            if person.country is None and bare and not person.is_relative:
                told = owners.get(unit.name.start)
                told = told or self._of_list(before, unit)
                if told is None and any(speaks_for_state(office) for office in bare):
                    told = (
                        self._of_owner(bare, unit)
                        or self._of_patron(bare)
                        or hosts.get(unit.name.start)
                        or self._of_family(unit)
                        or self._of_body(unit)
                        or self._of_place(unit)
                    )
                for office in bare if told else ():
                    office.country = told
            before = unit

    # Delegations

    def _delegations(self) -> Iterator[tuple[int, str]]:
        """Yield where a name in a delegation starts, and whose delegation it is."""
        for hit in _phrases().find(self.doc):
            owner = self._owner(hit.start, hit.end)
            if owner is None:
                continue
            for unit in self._between(hit.end, self._end_of_list(hit.end)):
                yield unit.name.start, owner

    def _end_of_list(self, at: int) -> int:
        """Return the end of the sentence of token `at`, or of the lines that a colon opens."""
        number = self._sentence(at)
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
                    if child.dep_ in _SUBJECTS and child.i < end:
                        return self._country_of(child) or self._told_before(start)
                if node.i < start and node.pos_ in {"NOUN", "PROPN"}:
                    found = self._country_of(node)
                    if found:
                        return found
        return self._told_before(start)

    def _named_in_phrase(self, start: int, end: int) -> str | None:
        """Return the country of "the President" in "accompanying the President"."""
        first, last = bisect_left(self.heads, start), bisect_left(self.heads, end)
        kinds = {office.form.office for office in self.offices[first:last]} - {"delegation"}
        if not kinds:
            return None
        for unit in reversed(self.units[: bisect_left(self.starts, start)]):
            if unit.person.country and unit.person.kinds & kinds:
                return unit.person.country
        return None

    def _country_of(self, token: Token) -> str | None:
        """Return the country of the actor whose head or part a token is."""
        left, right = token.left_edge.i, min(token.right_edge.i, token.i + 8) + 1
        for unit in self._between(left, right):
            if unit.person.country:
                return unit.person.country
        for office in self.offices[bisect_left(self.heads, left) : bisect_left(self.heads, right)]:
            if office.country:
                return office.country
        at = bisect_left(self.named, (left, ""))
        if at < len(self.named) and self.named[at][0] < right:
            return self.named[at][1]
        return None

    def _told_before(self, at: int) -> str | None:
        """Return the country of the first actor of the sentence, or of one just before it."""
        number = self._sentence(at)
        for sentence in reversed(self.sentences[max(0, number - _LOOK_BACK) : number + 1]):
            stop = min(at, sentence.end)
            units = [u for u in self._between(sentence.start, stop) if u.start not in self.hosts]
            for unit in units:
                if unit.person.country:
                    return unit.person.country
            stop = min([stop, *(at for at in self.hosts if at >= sentence.start)])
            first = bisect_left(self.heads, sentence.start)
            for office in self.offices[first : bisect_left(self.heads, stop)]:
                if office.country:
                    return office.country
        return None

    # Hosts

    def _hosts(self) -> Iterator[tuple[int, str]]:
        """Yield names behind "was met in Baku by", and the country of the place."""
        for token in self.doc:
            if token.lower_ != "by" or token.head.lemma_ not in word_set("host_verb"):
                continue
            country = self._met_in(token.head.i, token.i)
            for unit in self._between(token.i, self.sentences[self._sentence(token.i)].end):
                self.hosts.add(unit.start)
                if country:
                    yield unit.name.start, country

    def _met_in(self, verb: int, by: int) -> str | None:
        """Return the country of the place between a verb and its "by", or of the last arrival."""
        at = bisect_left(self.places, (by, "")) - 1
        if at >= 0 and self.places[at][0] > verb:
            return self.places[at][1]
        first = self.sentences[max(0, self._sentence(by) - _LOOK_BACK)].start
        while at >= 0 and self.places[at][0] >= first:
            place, country = self.places[at]
            before = {token.lemma_ for token in self.doc[max(0, place - _ARRIVAL_REACH) : place]}
            if before & word_set("arrival"):
                return country
            at -= 1
        return None

    # Lists, families, places

    def _of_list(self, before: _Unit | None, unit: _Unit) -> str | None:
        """Read "Guyana's Minister of Tourism A, Minister of Agriculture B and …" for B.

        A head of state and a head of government that "and" joins may be of two countries.
        """
        if before is None or not before.name.offices:
            return None
        country = before.person.country
        gap = self.doc[before.end : unit.start]
        if country is None or len(gap) > _LONGEST_GAP:
            return None
        if not len(gap) or not all(map(_joins_list, gap)):
            return None
        if any(office.form.scope == "other" for office in unit.name.offices):
            return None
        tops = [o for o in unit.name.offices if o.form.office in word_set("top_office")]
        if any(office.form.form not in word_set("first_named") for office in tops):
            return country if self._is_met(before, country) else None
        return country

    def _is_met(self, unit: _Unit, country: str) -> bool:
        """Tell whether somebody of another country is the subject before one of a country."""
        start = self.sentences[self._sentence(unit.start)].start
        others = self._between(start, unit.start)
        if any(other.person.country not in {None, country} for other in others):
            return True
        subjects = (token for token in self.doc[start : unit.start] if token.dep_ in _SUBJECTS)
        return any(token.lower_ in word_set("pronoun") for token in subjects)

    def _of_owner(self, offices: Sequence[OfficeSpan], unit: _Unit) -> str | None:
        """Return the party told last before "its envoy, X", of the person before "his adviser"."""
        determiners = {o.determiner for o in offices} & word_set("guessable_determiner")
        if not determiners:
            return None
        if determiners <= word_set("possessive_person"):
            return self._of_possessor(unit)
        number = self._sentence(unit.start)
        at = bisect_left(self.owners, (unit.start, "")) - 1
        if at >= 0 and self.owners[at][0] >= self.sentences[number].start:
            return self.owners[at][1]
        first = bisect_left(self.owners, (self.sentences[max(0, number - 1)].start, ""))
        return self.owners[first][1] if first <= at else None

    def _of_patron(self, offices: Sequence[OfficeSpan]) -> str | None:
        """Return the country of Netanyahu for "a spokesman for Benjamin Netanyahu's office"."""
        for office in offices:
            at = office.end
            if self.doc[at : at + 1].text.lower() not in {"for", "to", "of"}:
                continue
            told = (unit.person.country for unit in self._between(at + 1, at + 4))
            found = next(filter(None, told), None)
            if found:
                return found
        return None

    def _of_possessor(self, unit: _Unit) -> str | None:
        """Return the country of whom "his" means: told just before, or first a sentence before."""
        number = self._sentence(unit.start)
        here = self._between(self.sentences[number].start, unit.start)
        above = self._between(self.sentences[max(0, number - 1)].start, unit.start)
        told = (other.person.country for other in [*reversed(here), *above])
        return next(filter(None, told), None)

    def _of_family(self, unit: _Unit) -> str | None:
        """Return the country of a first lady's namesake, else of the last leader before her."""
        if all(office.form.office != "spouse" for office in unit.name.offices):
            return None
        surname = unit.person.name.split()[-1]
        at = bisect_left(self.starts, unit.start)
        before = [other.person for other in reversed(self.units[max(0, at - 8) : at])]
        namesakes = [person for person in before if surname in person.name.split()]
        leaders = [person for person in before if person.kinds & word_set("top_office")]
        return next((p.country for p in [*namesakes, *leaders] if p.country), None)

    def _of_body(self, unit: _Unit) -> str | None:
        """Return the organization that the sentence names before an envoy ("The UN came first")."""
        if all(office.form.office != "envoy" for office in unit.name.offices):
            return None
        at = bisect_left(self.bodies, (unit.start, "")) - 1
        first = self.sentences[self._sentence(unit.start)].start
        return self.bodies[at][1] if at >= 0 and self.bodies[at][0] >= first else None

    def _of_place(self, unit: _Unit) -> str | None:
        """Return the country of the last place of the sentence before a mayor or governor."""
        if all(office.form.scope != "subnational" for office in unit.name.offices):
            return None
        at = bisect_left(self.places, (unit.start, "")) - 1
        first = self.sentences[self._sentence(unit.start)].start
        return self.places[at][1] if at >= 0 and self.places[at][0] >= first else None

    # Where things are

    def _between(self, start: int, end: int) -> Sequence[_Unit]:
        return self.units[bisect_left(self.starts, start) : bisect_left(self.starts, end)]

    def _sentence(self, at: int) -> int:
        return max(0, bisect_right(self.sentence_starts, at) - 1)


def _unit(name: NameSpan, person: Person) -> _Unit:
    beside = [office for office in name.offices if not office.plural]
    start = min([name.start, *(office.start for office in beside)])
    end = max([name.end, *(office.end for office in beside)])
    return _Unit(start, end, name, person)


def _joins_list(token: Token) -> bool:
    """Tell what may stand between two members of a list, words before a title among them."""
    title = token.text.istitle() and token.ent_type_ != "PERSON" and token.pos_ != "VERB"
    return token.lower_ in _LIST_GAPS or title


def _goes_on(sentence: Span) -> bool:
    """Tell whether a list that a colon opened goes on behind a line."""
    words = [token for token in sentence if not token.is_space]
    return not words or words[-1].text in {":", ";"}


__all__ = ["DelegationRule", "assign_context"]
