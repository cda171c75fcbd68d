"""References: who "Lam", "the ambassador", "he" and "the two sides" are, within one article."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile
from typing import Literal

from spacy.tokens import Doc, Token

from models import Article, Reference
from pipeline.lexicon import Row, load_table
from pipeline.reference.countries import country_name
from pipeline.reference.fold import fold
from pipeline.stages.entities.offices import generic_offices
from pipeline.stages.entities.persons import Person
from pipeline.stages.entities.spans import NameSpan, OfficeSpan, PartySpan, PlaceSpan

_PACKAGE = "pipeline.stages.entities"
#: How many sentences back "the two sides" and pronouns look.
LOOK_BACK = 4
_PRONOUNS = frozenset({"he", "him", "his", "himself", "she", "her", "hers", "herself"})
_MALE = frozenset(
    {"he", "him", "his", "himself", "mr", "king", "prince", "sultan", "emir", "sheikh"}
)
_FEMALE = frozenset({"she", "her", "hers", "herself", "mrs", "ms", "miss", "queen", "princess"})
_SPEECH = frozenset(
    {"say", "tell", "add", "note", "stress", "write", "announce", "state", "explain"}
)
_FIRST = frozenset({"i", "my", "me"})


class Group(Row):
    """A noun that after "the two" or "both" means parties, or persons who stand for them."""

    noun: str
    refers: Literal["parties", "persons"]


@lru_cache(maxsize=1)
def _groups() -> Mapping[str, str]:
    return {row.noun: row.refers for row in load_table(_PACKAGE, "groups.csv", Group)}


@lru_cache(maxsize=1)
def _covered() -> Mapping[str, frozenset[str]]:
    covered: dict[str, frozenset[str]] = {}
    for row in generic_offices():
        covered[row.kind] = covered.get(row.kind, frozenset()) | frozenset(row.covers.split())
    return covered


def fits_office(kind: str, kinds: frozenset[str]) -> bool:
    """Tell whether an office of class `kind` may be held by one who holds `kinds`.

    "leader" fits a head of state; "foreign_minister" does not.
    """
    covered = _covered().get(kind, frozenset())
    return kind in kinds or "*" in covered or bool(covered & kinds)


@dataclass(frozen=True)
class Sketch:
    """What references say of a person, worked out once."""

    name: str
    country: str | None
    office: OfficeSpan | None
    guessed: bool
    usual: str | None

    @classmethod
    def of(cls, person: Person) -> Sketch:
        """Sketch a person whose mentions are all known."""
        usual = person.leader.office if person.leader else None
        return cls(person.name, person.country, person.main_office, person.guessed, usual)


class Resolver:
    """Makes the references of one article, in text order."""

    def __init__(
        self,
        article: Article,
        doc: Doc,
        persons: Sequence[Person],
        offices: Sequence[OfficeSpan],
        parties: Sequence[PartySpan],
        places: Sequence[PlaceSpan],
        entity_ids: Mapping[tuple[str, str], str],
    ) -> None:
        self.article, self.doc, self.ids = article, doc, entity_ids
        self.persons, self.offices = persons, offices
        self.parties, self.places = parties, places
        self.sentence = [0] * len(doc)
        for number, sentence in enumerate(doc.sents):
            for token in sentence:
                self.sentence[token.i] = number
        self.actors: list[tuple[int, Reference]] = []  # token index, in order
        self.mentions: Counter[str | None] = Counter()
        #: Parties by sentence, and how often each is told of so far.
        self.coded: dict[int, list[tuple[int, str]]] = defaultdict(list)
        self.told: Counter[str] = Counter()
        for party in parties:
            if party.acts:
                self._code(party.start, party.code)
        self.sketches = {person.number: Sketch.of(person) for person in persons}
        self.peers: dict[int, tuple[str | None, str | None]] = {}
        self.kinds = {entity_ids["person", str(person.number)]: person.kinds for person in persons}
        self.unnamed: list[tuple[OfficeSpan, str]] = []
        self.counts: Counter[str] = Counter(party.code for party in parties if party.acts)

    def resolve(self) -> list[Reference]:
        """Return all references, sorted by place."""
        attached = {id(office) for person in self.persons for office in person.offices}
        events: list[tuple[int, int, object]] = []
        for person in self.persons:
            events += [(span.start, 0, (person, span)) for span in person.spans]
        events += [(o.start, 1, o) for o in self.offices if id(o) not in attached]
        taken = {
            i
            for person in self.persons
            for span in person.spans
            for i in range(span.start, span.end)
        }
        events += [
            (t.i, 2, t) for t in self.doc if t.lower_ in _PRONOUNS | _FIRST and t.i not in taken
        ]
        found: list[Reference] = []
        grouped: set[int] = set()
        for start, end, members_kind in self._group_spans():
            grouped.update(range(start, end))
            events.append((start, 3, (start, end, members_kind)))
        events.sort(key=lambda event: (event[0], event[1]))
        static = [*self._party_references(), *self._place_references()]
        self.static = static
        for at, order, what in events:
            reference: Reference | None
            if order == 0:
                reference = self._person(*what)  # type: ignore[misc]
            elif order == 1:
                reference = None if at in grouped else self._office(what)  # type: ignore[arg-type]
            elif order == 2:
                reference = self._pronoun(what)  # type: ignore[arg-type]
            else:
                reference = self._group(*what)  # type: ignore[misc]
            if reference is not None:
                found.append(reference)
                if reference.kind in {"person", "office"} and reference.actor:
                    self.actors.append((at, reference))
                    self.mentions[reference.actor] += 1
                    if reference.country:
                        self._code(at, reference.country)
        found += static
        found += self._title_references()
        return sorted(found, key=lambda ref: (ref.start, ref.end, ref.kind))

    # Making one reference

    def _make(self, start: int, end: int, **fields: object) -> Reference:
        first, last = self.doc[start], self.doc[end - 1]
        begin, stop = first.idx, last.idx + len(last)
        return Reference(
            article_id=self.article.id,
            start=begin,
            end=stop,
            text=self.article.text[begin:stop],
            **fields,  # type: ignore[arg-type]
        )

    def _person(self, person: Person, span: NameSpan) -> Reference:
        sketch = self.sketches[person.number]
        office = sketch.office
        here = span.offices[0] if span.offices and office in span.offices[1:] else office
        role, kind = (here.title, here.kind) if here else (None, None)
        if kind == "counterpart":
            role, kind = self._peer(person, role, kind)
        entity_id = self.ids["person", str(person.number)]
        whole = len(span.text.split()) == len(sketch.name.split())
        return self._make(
            span.start,
            span.end,
            kind="person",
            form="name" if whole else "short",
            entity_id=entity_id,
            actor=entity_id,
            name=sketch.name,
            role=role,
            role_kind=kind or sketch.usual,
            country=sketch.country,
            guessed=sketch.guessed,
        )

    def _peer(
        self, person: Person, role: str | None, kind: str | None
    ) -> tuple[str | None, str | None]:
        """Return the office of the one whose counterpart a person is called, the nearest before."""
        if person.number not in self.peers:
            peer = next((ref for _, ref in reversed(self.actors) if ref.role), None)
            self.peers[person.number] = (peer.role, peer.role_kind) if peer else (role, kind)
        return self.peers[person.number]

    def _title_references(self) -> Iterator[Reference]:
        """Yield the titles beside names as references to the persons that bear them."""
        for person in self.persons:
            for span in person.spans:
                for office in span.offices:
                    apart = office.end <= span.start or office.start >= span.end
                    if apart and not office.plural and abs(office.end - span.start) < 40:
                        base = self._person(person, span)
                        yield self._make(
                            office.head_start,
                            office.head_end,
                            **base.model_dump(
                                exclude={"article_id", "start", "end", "text", "form"}
                            ),
                            form="office",
                        )

    def _office(self, office: OfficeSpan) -> Reference:
        kind = office.kind
        country = office.country
        base: dict[str, object] = {
            "kind": "delegation" if kind == "delegation" else "office",
            "form": "office",
            "role": office.title,
            "role_kind": kind,
            "plural": office.plural,
            "definite": not (
                office.determiner in {"a", "an", "another"} or "first" in office.modifiers
            ),
        }
        if office.plural or kind == "delegation":
            members = office.countries if len(office.countries) > 1 else ()
            key = f"{kind}-{country}-{office.plural}-{office.head_start}"
            return self._make(
                office.start, office.end, country=country, members=members, actor=key, **base
            )
        antecedent = self._antecedent(office) if base["definite"] else None
        if antecedent is not None:
            return self._make(
                office.start,
                office.end,
                **{
                    **base,
                    "role": antecedent.role or office.title,
                    "role_kind": antecedent.role_kind or kind,
                    "entity_id": antecedent.entity_id,
                    "name": antecedent.name,
                    "country": country or antecedent.country,
                    "actor": antecedent.actor,
                },
            )
        if kind == "counterpart":
            return self._counterpart(office, base)
        base["guessed"] = country is None
        country = country or office.home
        key = f"office-{kind}-{country}"
        if not base["definite"] or not country:
            key += f"-{office.head_start}"
        return self._make(office.start, office.end, country=country, actor=key, **base)

    def _antecedent(self, office: OfficeSpan) -> Reference | None:
        """Return the actor that a definite office means, the nearest before it first."""
        if office.kind == "counterpart" or (office.former and not office.country):
            return None
        before = reversed(self.actors)
        possessive = office.determiner in {"his", "her", "its", "their", "our", "my"}
        for at, actor in before:
            if actor.plural:
                continue
            if possessive and self.sentence[at] == self.sentence[office.start]:
                continue
            if self._means(office, actor):
                return actor
        country = office.country or office.home
        if not country:
            return None
        later = [p for p in self.persons if p.country == country and not office.former]
        for person in later:
            if fits_office(office.kind, person.kinds) and person.spans[0].start > office.start:
                return self._person(person, person.spans[0])
        return None

    def _means(self, office: OfficeSpan, actor: Reference) -> bool:
        kinds = self._kinds(actor)
        if not fits_office(office.kind, kinds):
            return False
        if office.country:
            return actor.country == office.country
        if office.determiner is None and office.form.office != "visitor":
            return office.kind in kinds
        return True

    def _kinds(self, actor: Reference) -> frozenset[str]:
        known = self.kinds.get(actor.actor or "")
        if known is not None:
            return known
        return frozenset({actor.role_kind} if actor.role_kind else ())

    def _counterpart(self, office: OfficeSpan, base: dict[str, object]) -> Reference:
        """Give "his Chinese counterpart" the office of the one it is the counterpart of."""
        role = next((ref for _, ref in reversed(self.actors) if ref.role), None)
        if role is not None:
            base = {**base, "role": role.role, "role_kind": role.role_kind}
        key = f"office-{base['role_kind']}-{office.country}"
        return self._make(office.start, office.end, country=office.country, actor=key, **base)

    # Pronouns

    def _pronoun(self, token: Token) -> Reference | None:
        lower = token.lower_
        antecedent = self._speaker(token) if lower in _FIRST else self._third_person(token)
        if antecedent is None:
            return None
        fields = antecedent.model_dump(
            include={
                "kind",
                "entity_id",
                "name",
                "role",
                "role_kind",
                "country",
                "actor",
                "guessed",
            }
        )
        return self._make(token.i, token.i + 1, form="pronoun", **fields)

    def _third_person(self, token: Token) -> Reference | None:
        number = self.sentence[token.i]
        female = token.lower_ in _FEMALE
        near = takewhile(
            lambda entry: number - self.sentence[entry[0]] <= LOOK_BACK, reversed(self.actors)
        )
        candidates = [
            (at, ref)
            for at, ref in near
            if not ref.plural and self._gender_fits(ref, female=female)
        ][::-1]
        if token.dep_ in {"dobj", "obj", "iobj", "dative", "pobj"}:
            # "X invited him": him is not X.
            own = self._clause_subject(token)
            candidates = [
                (at, ref) for at, ref in candidates if own is None or not self._covers(at, ref, own)
            ] or candidates
        same = [(at, ref) for at, ref in candidates if self.sentence[at] == number]
        objective = token.dep_ in {"dobj", "obj", "iobj", "dative", "pobj"}
        clause = self._subject_of(token) if same and not objective else None
        for at, ref in same:
            if clause is not None and self._covers(at, ref, clause):
                return ref
        if not candidates:
            return None
        mentions = self.mentions
        most = max(mentions.values())

        def rank(entry: tuple[int, Reference]) -> tuple[float, int]:
            at, ref = entry
            score = -1.2 * (number - self.sentence[at])
            score += 1.5 * self._is_subject(at, ref)
            score += 1.0 * (mentions[ref.actor] == most) + 0.4 * bool(ref.name)
            return score, at

        return max(candidates, key=rank)[1]

    def _clause_subject(self, token: Token) -> Token | None:
        """Return the subject of the verb that governs a pronoun."""
        for node in token.ancestors:
            if node.pos_ in {"VERB", "AUX"}:
                found = [c for c in node.children if c.dep_ in {"nsubj", "nsubjpass"}]
                if found:
                    return found[-1]
                if node.dep_ not in {"conj", "xcomp"}:
                    return None
        return None

    def _subject_of(self, token: Token) -> Token | None:
        """Return the subject of the clause above a pronoun's own, else of its own."""
        node = token
        while node.head.i != node.i:
            node = node.head
            for child in node.children:
                subject = child.dep_ in {"nsubj", "nsubjpass"} and child.pos_ != "PRON"
                if subject and child.i < token.i:
                    return child
        return None

    def _covers(self, at: int, ref: Reference, token: Token) -> bool:
        return at <= token.i and token.idx < ref.end

    def _is_subject(self, at: int, ref: Reference) -> bool:
        for token in self.doc[at:]:
            if token.idx >= ref.end:
                return False
            if token.dep_ in {"nsubj", "nsubjpass"}:
                return True
        return False

    def _gender_fits(self, ref: Reference, *, female: bool) -> bool:
        words = set(fold(f"{ref.role or ''} {ref.text}").split())
        before = self.article.text[max(0, ref.start - 10) : ref.start].lower().split()
        words |= set(fold(" ".join(before[-1:])).split())
        return not words & (_FEMALE if not female else _MALE)

    def _speaker(self, token: Token) -> Reference | None:
        """Return who says "I": the subject of a verb of speech nearby."""
        number = self.sentence[token.i]
        for distance in (0, 1, 2):
            for at, ref in reversed(self.actors):
                if number - self.sentence[at] == distance and self._speaks(at, ref):
                    return ref
        return None

    def _speaks(self, at: int, ref: Reference) -> bool:
        for token in self.doc[at:]:
            if token.idx >= ref.end:
                return False
            if token.dep_ in {"nsubj", "nsubjpass"} and token.head.lemma_ in _SPEECH:
                return True
        return False

    # Groups

    def _group_spans(self) -> Iterator[tuple[int, int, str]]:
        doc = self.doc
        i = 0
        while i < len(doc):
            bare = self._bare_group(i)
            if bare:
                yield i, bare, "persons"
                i = bare
                continue
            end = self._quantified(i)
            if end:
                for length in (2, 1):
                    noun = doc[end : end + length].text.lower()
                    refers = _groups().get(noun)
                    if refers and len(noun.split()) == length:
                        yield i, end + length, refers
                        i = end + length - 1
                        break
            i += 1

    def _bare_group(self, i: int) -> int:
        """Return the end of "both" or "the two" that stand for persons by themselves, or 0."""
        words = [token.lower_ for token in self.doc[i : i + 3]]
        end = i + 1 if words[:1] == ["both"] else i + 2 if words[:2] == ["the", "two"] else 0
        if not end or end >= len(self.doc):
            return 0
        return end if self.doc[end].pos_ in {"VERB", "AUX"} else 0

    def _quantified(self, i: int) -> int:
        """Return the end of "the two", "both", "our two" and the adjectives behind it, or 0."""
        words = [token.lower_ for token in self.doc[i : i + 4]]
        if not words:
            return 0
        if words[0] in {"the", "our", "their", "these"} and words[1:2] == ["two"]:
            end = i + 2
        elif words[0] == "both" or (words[0] == "two" and (i == 0 or words[1:2] != ["-"])):
            end = i + 1
            if words[1:2] in (["our"], ["the"], ["their"]):
                end += 1
        else:
            return 0
        doc = self.doc
        while end < len(doc) - 1 and doc[end].pos_ == "ADJ" and doc[end].text.islower():
            end += 1
        return end

    def _group(self, start: int, end: int, refers: str) -> Reference:
        return self._make(
            start,
            end,
            kind="group",
            form="group",
            plural=True,
            role_kind=refers,
            members=self._pair(start),
        )

    def _pair(self, at: int) -> tuple[str, ...]:
        """Return the two parties that stand nearest before token `at`."""
        number = self.sentence[at]
        pair = self._main_pair()
        seen: dict[str, None] = {}
        for back in range(LOOK_BACK + 1):
            codes = [code for place, code in self.coded.get(number - back, ()) if place < at]
            if back == 0 and len(set(codes)) == 2:
                return tuple(sorted(set(codes)))
            if back == 0 and pair and set(codes) <= set(pair):
                return pair
            for code in codes:
                seen[code] = None
            if len(seen) == 2:
                return tuple(sorted(seen))
            if len(seen) > 2:
                break
        ranked = sorted(seen or self.counts, key=lambda code: (-self.counts[code], code))
        return tuple(sorted(ranked[:2])) if len(ranked) >= 2 else ()

    def _main_pair(self) -> tuple[str, ...]:
        """Return the two parties that an article is about, where no third comes near them."""
        ranked = self.told.most_common(3)
        if len(ranked) < 2 or ranked[1][1] < 3:
            return ()
        third = ranked[2][1] if len(ranked) > 2 else 0
        return tuple(sorted(code for code, _ in ranked[:2])) if ranked[1][1] >= 2 * third else ()

    def _code(self, at: int, code: str) -> None:
        """Note a party named at token `at`, a person by his country."""
        self.coded[self.sentence[at]].append((at, code))
        self.told[code] += 1

    # Countries and places

    def _party_references(self) -> Iterator[Reference]:
        for party in self.parties:
            form = {"former": "name", "abbreviation": "name", "head": "name"}.get(
                party.form, party.form
            )
            yield self._make(
                party.start,
                party.end,
                kind="country" if party.is_country else "organization",
                form=form,
                entity_id=self.ids.get(("party", party.code)),
                actor=party.code,
                name=country_name(party.code),
                country=party.code if party.acts else None,
            )

    def _place_references(self) -> Iterator[Reference]:
        for place in self.places:
            yield self._make(
                place.start,
                place.end,
                kind="place",
                form="name",
                entity_id=self.ids.get(("place", f"{place.name}-{place.country}")),
                name=place.name,
                country=place.country,
                place=place.city,
            )


__all__ = ["Resolver", "fits_office"]
