"""How a reference is made, and what references know of one article and of its women and men."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile

from spacy.tokens import Doc, Token

from models import Article, Reference
from pipeline.asides import telling_sentences
from pipeline.labels import PAST, SUBJECTS
from pipeline.matters.page_lines import page_lines
from pipeline.reference.places import seat_of
from pipeline.signs import HYPHENS
from pipeline.stages.entities.person import Person, is_style
from pipeline.stages.entities.references.apart import find_interludes
from pipeline.stages.entities.sexes_told import sex_of
from pipeline.stages.entities.spans import NameSpan, OfficeSpan, PartySpan, PlaceSpan
from pipeline.stages.entities.tables import word_set

#: How many sentences back "the two sides" and pronouns look.
LOOK_BACK = 4


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
        usual = "leader" if person.stands else usual
        guessed = person.guessed and not person.beyond_doubt
        return cls(person.name, person.country, person.main_office, guessed, usual)


class Referring:
    """Makes references and notes who was told of."""

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
        #: The number of each token's sentence; blank lines, asides and lines of the page have that
        #: of the one before.
        self.sentence = [0] * len(doc)
        number = -1
        telling = {sentence.start for sentence in telling_sentences(doc)}
        telling -= {i for line in page_lines(doc, article.text) for i in line}
        for sentence in doc.sents:
            number += sentence.start in telling or number < 0
            for token in sentence:
                self.sentence[token.i] = number
        #: The paragraphs that tell stories of their own; their sentences are near none of others.
        self.apart = find_interludes(doc, article.text, persons, offices, parties, places)
        for told_apart in self.apart:
            for i in told_apart:
                self.sentence[i] += len(doc) + told_apart.start
        self.actors: list[tuple[int, Reference]] = []  # token index, in order
        self.mentions: Counter[str | None] = Counter()
        #: Parties by sentence, and how often each is told of so far.
        self.coded: dict[int, list[tuple[int, str]]] = defaultdict(list)
        self.told: Counter[str] = Counter()
        #: How often each is one of "the two countries" so far.
        self.grouped: Counter[str] = Counter()
        for party in parties:
            if party.acts and not _is_doer(doc, party):
                self._code(party.start, party.code)
        #: Capitals where somebody is or goes, by sentence: they say in whose country a party is.
        self.seats: dict[int, list[tuple[int, str]]] = defaultdict(list)
        leads = word_set("leads_to_capital")
        for place in places:
            there = place.start > 0 and doc[place.start - 1].lower_ in leads
            if there and place.name == seat_of(place.country):
                self.seats[self.sentence[place.start]].append((place.start, place.country))
        self.sketches = {person.number: Sketch.of(person) for person in persons}
        self.peers: dict[int, tuple[str | None, str | None]] = {}
        self.kinds = {entity_ids["person", str(person.number)]: person.kinds for person in persons}
        self.sexes = {
            entity_ids["person", str(person.number)]: sex_of(doc, person) for person in persons
        }
        self.counts: Counter[str] = Counter(party.code for party in parties if party.acts)

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
        letters = word_set("office_letters")
        held = (o for o in span.offices if o.title not in letters and not is_style(o))
        first = next((o for o in held if not person.is_rank(o)), None)
        here = first if first is not None and office in span.offices else office
        role, kind = (here.title, here.kind) if here else (None, None)
        entity_id = self.ids["person", str(person.number)]
        if kind == "counterpart":
            role, kind = self._peer(person, role, kind)
            if kind is not None:  # so that "the US secretary of state" may mean him
                self.kinds[entity_id] |= {kind}
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

    def is_subject(self, at: int, ref: Reference) -> bool:
        """Tell whether a reference whose name begins at token `at` is a verb's subject.

        "The minister, X, left" has X for one.
        """
        tokens = self._tokens(at, ref)
        return any(token.dep_ in SUBJECTS for token in (*tokens, *self._apposed_to(tokens)))

    def heads(self, at: int, ref: Reference, head: Token) -> bool:
        """Tell whether a reference is that of the noun phrase headed by `head`."""
        tokens = self._tokens(at, ref)
        return head in tokens or head in self._apposed_to(tokens)

    def _tokens(self, at: int, ref: Reference) -> list[Token]:
        """Return the tokens of a reference that begins at token `at`."""
        return list(takewhile(lambda token: token.idx < ref.end, self.doc[at:]))

    def _apposed_to(self, tokens: Sequence[Token]) -> Iterator[Token]:
        """Yield what names are apposed to: the minister of "the minister, X"."""
        for token in tokens:
            while token.dep_ == "appos" and token.head != token:
                token = token.head
                yield token

    def is_mourned(self, at: int) -> bool:
        """Tell the dead of "the funeral of King Amos", "the king's burial"."""
        node = self.doc[at]
        while node.dep_ in {"compound", "appos", "amod"} and node.head != node:
            node = node.head
        over = node.head.head if node.dep_ == "pobj" and node.head.lower_ == "of" else node.head
        owned = node.dep_ in {"pobj", "poss"} and over != node
        return owned and over.lemma_.lower() in word_set("held_for_dead")

    def _code(self, at: int, code: str) -> None:
        """Note a party named at token `at`, a person by his country."""
        self.coded[self.sentence[at]].append((at, code))
        self.told[code] += 1


def _is_doer(doc: Doc, party: PartySpan) -> bool:
    """Tell the "Chadian" of "a Chadian-led boycott", which only says whose it is."""
    dash, done = doc[party.end : party.end + 1], doc[party.end + 1 : party.end + 2]
    return dash.text in HYPHENS and any(token.tag_ in PAST for token in done)


__all__ = ["LOOK_BACK", "Referring"]
