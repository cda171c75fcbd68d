"""An article as the visits rules see it: tokens with what they refer to and when."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Span, Token

from models import Article, DateExpression, Reference
from pipeline.stage import Case
from pipeline.discourse.tables import words

_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
_RELATIVES = frozenset({"who", "which", "that", "whom"})
_ACTOR_KINDS = frozenset({"person", "office", "delegation"})


@dataclass(frozen=True)
class Actor:
    """Who travels or receives, as far as the text says."""

    reference: Reference
    token: int
    share: float = 1.0  # how surely this is the argument meant

    @property
    def key(self) -> str:
        """One key for one actor of the article."""
        return self.reference.actor or f"at-{self.reference.start}"

    @property
    def country(self) -> str | None:
        """The party that the actor belongs to."""
        return self.reference.country

    @property
    def is_party(self) -> bool:
        """Whether a country or organization itself stands as the actor."""
        return self.reference.kind in {"country", "organization"}


@dataclass(frozen=True)
class Spot:
    """A place named as where a trip leads."""

    country: str
    place: str | None
    reference: Reference
    start: int
    end: int


class Scene:
    """Look-ups over one case."""

    def __init__(self, case: Case) -> None:
        self.article: Article = case.article
        self.doc: Doc = case.doc
        self.references: Sequence[Reference] = case.of(Reference)
        self.dates: Sequence[DateExpression] = case.of(DateExpression)
        self._at: dict[int, list[Reference]] = {}
        self._bounds: dict[int, tuple[int, int]] = {}
        by_offset = {token.idx: token.i for token in self.doc}
        ends = {token.idx + len(token): token.i + 1 for token in self.doc}
        for reference in self.references:
            first, last = by_offset.get(reference.start), ends.get(reference.end)
            if first is None or last is None:
                continue
            self._bounds[id(reference)] = (first, last)
            for i in range(first, last):
                self._at.setdefault(i, []).append(reference)
        self.sentences: list[Span] = list(self.doc.sents)
        self.sentence_of = [0] * len(self.doc)
        for number, sentence in enumerate(self.sentences):
            for i in range(sentence.start, sentence.end):
                self.sentence_of[i] = number
        self.here = self._dateline()

    def _dateline(self) -> Spot | None:
        """Return the place of the dateline, which "here" means."""
        if not self.article.body_start:
            return None
        for reference in self.references:
            if reference.start >= self.article.body_start:
                break
            if reference.country and reference.kind in {"place", "country"}:
                start, end = self.bounds(reference)
                return Spot(reference.country, reference.place, reference, start, end)
        return None

    def bounds(self, reference: Reference) -> tuple[int, int]:
        """Return the token bounds of a reference."""
        return self._bounds[id(reference)]

    def bounds_of(self, reference: Reference) -> tuple[int, int]:
        """Return the token bounds of a reference or of a changed copy of one."""
        for other in self.references:
            if other.start == reference.start and other.end == reference.end:
                return self._bounds.get(id(other), (0, 0))
        return 0, 0

    def at(self, i: int) -> Sequence[Reference]:
        """Return the references that cover a token."""
        return self._at.get(i, ())

    def sentence(self, i: int) -> Span:
        """Return the sentence of a token."""
        return self.sentences[self.sentence_of[i]]

    def trimmed(self, sentence: Span) -> tuple[int, int]:
        """Return a sentence's offsets in the article, without white space and dateline."""
        text = self.article.text
        start, end = sentence.start_char, sentence.end_char
        if start < self.article.body_start < end:
            start = self.article.body_start
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        return start, end

    # Actors

    def actors(self, head: Token) -> list[Actor]:
        """Return the actors that a noun phrase and those listed with it name."""
        found: dict[str, Actor] = {}
        for actor in self._both(head):
            found[actor.key] = actor
        if found:
            return list(found.values())
        if head.lower_ in _RELATIVES and head.head.dep_ in {"relcl", "acl"}:
            head = self._antecedent_list(head)
        heads = [head, *(c for c in head.conjuncts if c.i > head.i)]
        for each in heads:
            if each is not head and self._is_companion(head, each):
                continue
            actor = self.actor(each)
            if actor is not None:
                found.setdefault(actor.key, actor)
        for actor in list(found.values())[:1]:
            before = self._listed_before(actor)
            for other in ([before] if before else []):
                found = {other.key: other, **found}
            for other in self._listed(actor):
                found.setdefault(other.key, other)
        return list(found.values())

    def _antecedent_list(self, relative: Token) -> Token:
        """Return the first of the list that "A and B, who are …" looks back to."""
        clause = relative.head
        noun = clause.head
        plural = any(
            t.lower_ in {"are", "were", "have"} for t in [clause, *clause.children]
        )
        while plural and noun.dep_ == "conj" and noun.head != noun:
            noun = noun.head
        return noun

    def _both(self, head: Token) -> Iterator[Actor]:
        """Yield the persons whom "the two leaders" means, the last named of each country."""
        group = next(
            (r for r in self.at(head.i) if r.kind == "group" and r.role_kind == "persons"), None
        )
        if group is None:
            return
        for code in group.members:
            for i in range(self.bounds(group)[0] - 1, -1, -1):
                named = [r for r in self.at(i) if r.kind == "person" and r.country == code]
                if named:
                    yield Actor(named[0], i, 0.9)
                    break

    def _listed(self, actor: Actor) -> Iterator[Actor]:
        """Yield the actors that a list goes on with, by position ("A, the B and C")."""
        if actor.is_party or actor.reference.form == "pronoun":
            return
        at = self.bounds_of(actor.reference)[1]
        while at:
            joint = at
            while joint < len(self.doc) and self.doc[joint].lower_ in {",", "and", "&"}:
                joint += 1
            if joint == at or joint >= len(self.doc):
                return
            following = next(
                (r for r in self.at(joint)
                 if r.kind in _ACTOR_KINDS and r.form != "pronoun"
                 and self.bounds(r)[0] <= joint), None
            ) or self._titled(joint)
            if following is None:
                return
            at = self.bounds(following)[1]
            if self._starts_clause(following):
                return
            yield Actor(following, at - 1)

    def _listed_before(self, actor: Actor) -> Actor | None:
        """Return A of "President A and Prime Minister B arrived" where the parse heads B."""
        reference = actor.reference
        if actor.is_party or reference.form == "pronoun" or reference.kind != "person":
            return None
        at = self.bounds_of(reference)[0] - 1
        low = max(self.sentence(actor.token).start, at - 10)
        while at > low and self.doc[at].lower_ != "and":
            if self.doc[at].pos_ in {"VERB", "AUX", "ADP", "PUNCT"} and self.doc[at].lower_ != "of":
                return None
            at -= 1
        if self.doc[at].lower_ != "and":
            return None
        for other in self.at(at - 1):
            if other.kind == "person" and other.form != "pronoun" and self.bounds(other)[1] == at:
                if self.doc[at - 1].dep_ != "pobj":
                    return Actor(other, at - 1, 0.9)
        return None

    def _titled(self, i: int) -> Reference | None:
        """Return the person whose title starts at token `i`."""
        for at in range(i, min(i + 14, len(self.doc))):
            token = self.doc[at]
            if token.pos_ in {"VERB", "AUX"} or token.text in {",", ".", ";"}:
                return None
            for reference in self.at(at):
                if reference.kind == "person" and reference.form != "pronoun":
                    return reference
        return None

    def _starts_clause(self, reference: Reference) -> bool:
        """Tell whether a listed actor is the subject of a further verb ("A left, and B stayed")."""
        start, end = self.bounds(reference)
        for token in self.doc[start:end]:
            if token.dep_ in _SUBJECTS:
                before = [t for t in token.head.subtree if t.i < start and t.pos_ == "VERB"]
                return bool(before)
        return False

    def _is_companion(self, head: Token, other: Token) -> bool:
        between = {token.lower_ for token in self.doc[head.i + 1 : other.i]}
        return bool(between & (words("companion") | {"with"}))

    def actor(self, head: Token) -> Actor | None:
        """Return the actor that the noun phrase headed by `head` names."""
        if head.lower_ in _RELATIVES and head.head.dep_ in {"relcl", "ccomp", "acl"}:
            return self.actor(head.head.head) if head.head.head != head else None
        if head.lower_ == "whose":
            clause = next((t for t in head.ancestors if t.dep_ == "relcl"), None)
            return self.actor(clause.head) if clause is not None else None
        direct = [r for r in self.at(head.i) if r.kind in _ACTOR_KINDS]
        if direct:
            named = [r for r in direct if r.kind == "person"]
            return self._led(Actor((named or direct)[0], head.i))
        group = next((r for r in self.at(head.i) if r.kind == "group"), None)
        if group is not None:
            return None
        for child in head.children:
            if child.dep_ in {"appos", "compound", "flat"} and child.pos_ == "PROPN":
                inner = [r for r in self.at(child.i) if r.kind in {"person"}]
                if inner:
                    return Actor(inner[0], child.i)
        party = next((r for r in self.at(head.i) if r.kind in {"country", "organization"}), None)
        if party is not None and party.country and party.form in {"name", "metonym"}:
            return Actor(party, head.i, 0.5)
        return None

    def _led(self, actor: Actor) -> Actor:
        """Put the leader of a delegation for the delegation."""
        if actor.reference.kind != "delegation":
            return actor
        _, end = self.bounds_of(actor.reference)
        for token in self.doc[end : end + 8]:
            if token.lower_ in {"led", "headed", "chaired"} and token.nbor().lower_ == "by":
                for i in range(token.i + 2, min(token.i + 22, len(self.doc))):
                    for reference in self.at(i):
                        if reference.kind in {"person", "office"}:
                            country = reference.country or actor.country
                            led = reference.model_copy(update={"country": country})
                            return Actor(led, i)
        return actor

    def subject(self, verb: Token, *, depth: int = 0) -> Token | None:
        """Return the token that heads a verb's subject, shared and raised ones included."""
        if depth > 6:
            return None
        for child in verb.children:
            if child.dep_ in _SUBJECTS:
                return child
        above = verb.head
        if above.i == verb.i:
            return None
        if verb.dep_ in {"relcl", "acl"} and above.pos_ in {"NOUN", "PROPN", "PRON"}:
            if above.lemma_ == "invitation":
                return self._invited(above) or self._above(above, depth)
            infinitive = any(c.lower_ == "to" and c.dep_ == "aux" for c in verb.children)
            if not infinitive or self.at(above.i):
                return above
            return self._owner(above) or self._above(above, depth)
        if verb.dep_ in {"xcomp", "ccomp", "advcl", "conj", "aux", "prep", "pcomp", "dep", "acl"}:
            if verb.dep_ == "xcomp" and above.lemma_ in words("invite") | {"allow", "urge", "ask"}:
                objects = [c for c in above.children if c.dep_ in {"dobj", "iobj", "nsubjpass"}]
                if objects:
                    return objects[0]
            if above.pos_ in {"NOUN", "PROPN"}:
                return self._owner(above) or self.subject(above, depth=depth + 1)
            return self.subject(above, depth=depth + 1)
        return None

    def _invited(self, invitation: Token) -> Token | None:
        """Return who is asked in "extended an invitation to X to visit"."""
        for node in (invitation, invitation.head):
            for child in node.children:
                if child.lower_ in {"to", "for"} and child.i > invitation.i - 6:
                    for head in child.children:
                        if head.dep_ == "pobj" and self.actor(head) is not None:
                            return head
        return None

    def _above(self, noun: Token, depth: int) -> Token | None:
        """Return the subject of the verb over a noun ("accepted an invitation to visit")."""
        for node in noun.ancestors:
            if node.pos_ in {"VERB", "AUX"}:
                return self.subject(node, depth=depth + 1)
        return None

    def _owner(self, noun: Token) -> Token | None:
        return next((child for child in noun.children if child.dep_ == "poss"), None)

    def nearest_before(self, i: int, *, reach: int = 25) -> Actor | None:
        """Return the last actor of the sentence before token `i`: where the parse gives none."""
        start = max(self.sentence(i).start, i - reach)
        for at in range(i - 1, start - 1, -1):
            for reference in self.at(at):
                if reference.kind in _ACTOR_KINDS and reference.country:
                    return Actor(reference, at, 0.7)
        return None

    def other_antecedent(self, actor: Actor, ends: set[str]) -> Actor | None:
        """Return who else a pronoun may mean where its reading would travel to his own country."""
        if actor.reference.form != "pronoun" or actor.country not in ends:
            return None
        number = self.sentence_of[actor.token]
        for back in range(0, 4):
            if number - back < 0:
                break
            sentence = self.sentences[number - back]
            for i in range(sentence.start, min(sentence.end, actor.token)):
                for reference in self.at(i):
                    if reference.kind == "person" and reference.country not in ends:
                        if reference.country and reference.form != "pronoun":
                            return Actor(reference, i, 0.8)
        return None

    # Places

    def spots(self, i: int) -> list[Spot]:
        """Read the places of the list that starts at token `i` ("Vietnam, Laos and Cambodia")."""
        found: list[Spot] = []
        at = i
        while at < len(self.doc):
            read = self._spot(at)
            if read is None:
                break
            spot, at = read
            if spot is not None and not self._within(spot, found):
                found.append(spot)
            at = self._skip_bracket(at)
            joint = self._joint(at)
            if joint is None:
                break
            at = joint
        return found

    def _within(self, spot: Spot, found: list[Spot]) -> bool:
        """Tell a country named behind its own city ("Baku, Azerbaijan")."""
        for number, other in enumerate(found):
            if other.country == spot.country:
                if other.place is None and spot.place is not None:
                    found[number] = replace(spot)
                return True
        return False

    def _skip_bracket(self, i: int) -> int:
        if i < len(self.doc) and self.doc[i].text == "(":
            for j in range(i, min(i + 10, len(self.doc))):
                if self.doc[j].text == ")":
                    return j + 1
        return i

    def _joint(self, i: int) -> int | None:
        """Return where the list goes on behind "," or "and", or None."""
        at = i
        while at < len(self.doc) and self.doc[at].lower_ in {
            ",", "and", "&", "then", "followed", "by", "as", "well", "plus", "finally", "later",
            "before", "or", "onward", "/",
        }:
            at += 1
        if at == i:
            return None
        return at if self._spot(at) is not None else None

    def _spot(self, i: int) -> tuple[Spot | None, int] | None:
        """Read one place at token `i`; return it and the token behind it."""
        doc = self.doc
        at = i
        while at < len(doc) and at - i < 9:
            token = doc[at]
            reference = self._place_reference(at)
            if reference is not None:
                start, end = self.bounds(reference)
                neighbour = self._neighbour(end)
                if neighbour:
                    at = neighbour
                    continue
                if reference.form == "adjective":
                    end = self._adjective_place(end)
                    if not end:
                        return None
                    city = self._place_reference(end)
                    if city is not None and city.kind == "place":
                        reference = city
                        end = self.bounds(city)[1]
                end = self._behind(end)
                further = self._city_behind(reference, end)
                if further is not None:
                    reference = further
                    end = self.bounds(further)[1]
                assert reference.country is not None
                place = reference.place if reference.kind == "place" else None
                return Spot(reference.country, place, reference, start, end), end
            if token.lower_ == "here" and at == i and self.here is not None:
                return replace(self.here, start=at, end=at + 1), at + 1
            if not self._may_precede_place(token):
                return None
            at += 1
        return None

    def _place_reference(self, i: int) -> Reference | None:
        for reference in self.at(i):
            if reference.kind == "place" and reference.country:
                return reference
        for reference in self.at(i):
            if reference.kind == "country" and reference.form in {"name", "adjective", "metonym"}:
                return reference
        return None

    def _adjective_place(self, i: int) -> int:
        """Return the end of "capital", "island of" behind an adjective, or 0."""
        doc = self.doc
        for at in range(i, min(i + 4, len(doc))):
            if doc[at].lower_ in words("place_noun"):
                end = at + 1
                while end < len(doc) and doc[end].lower_ in {"of", ",", "city"}:
                    if self._place_reference(end + 1) is None:
                        break
                    end += 1
                return end
            if doc[at].pos_ not in {"ADJ", "NOUN", "PROPN"} and doc[at].text != "-":
                return 0
        return 0

    def _city_behind(self, reference: Reference, end: int) -> Reference | None:
        """Return the city that a landmark is said to be in ("the Peace Palace in Phnom Penh")."""
        doc = self.doc
        if reference.kind != "place" or end + 1 >= len(doc) or doc[end].lower_ != "in":
            return None
        other = self._place_reference(end + 1)
        if other is None or other.kind != "place" or other.country == reference.country:
            return None
        return other

    def _neighbour(self, end: int) -> int:
        """Return where the place begins in "Ghana's neighbours, Togo and …", or 0."""
        doc = self.doc
        if end + 1 >= len(doc) or doc[end].text not in {"'s", "’s"}:
            return 0
        for at in range(end + 1, min(end + 5, len(doc))):
            if doc[at].lemma_.lower() in {"neighbour", "neighbor", "ally", "partner"}:
                return at + 1 + (at + 1 < len(doc) and doc[at + 1].text == ",")
        return 0

    def _behind(self, end: int) -> int:
        """Skip "'s capital", "City" and the like behind a place."""
        doc = self.doc
        if end < len(doc) and doc[end].text in {"'s", "’s"}:
            at = end + 1
            while at < len(doc) and (doc[at].pos_ in {"ADJ", "PROPN", "NOUN"} or doc[at].text == "-"):
                at += 1
            return at
        return end

    def _may_precede_place(self, token: Token) -> bool:
        if token.lower_ in {"of", "the", "a", "an", "its", "his", "her", "their", "both", "also"}:
            return True
        if token.pos_ in {"DET", "ADJ", "NUM"} or token.text == "-":
            return not self.at(token.i)
        return token.lower_ in words("place_noun")

    def places_in(self, start: int, end: int) -> Iterator[Reference]:
        """Yield the references to countries by name and to places in a stretch of tokens."""
        for i in range(start, end):
            reference = self._place_reference(i)
            if reference is not None and reference.form != "adjective":
                yield reference


__all__ = ["Actor", "Scene", "Spot"]
