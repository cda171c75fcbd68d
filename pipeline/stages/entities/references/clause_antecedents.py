"""Whom a pronoun means by the grammar of its own sentence, before and behind it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

from spacy.tokens import Token

from models import Reference
from pipeline.labels import ADNOMINAL, NOUNS, SUBJECTS
from pipeline.stages.entities.person import Person
from pipeline.stages.entities.references.office_references import OfficeReferences
from pipeline.stages.entities.spans import NameSpan
from pipeline.stages.entities.tables import callings, word_set

#: Marks what stands in front of a clause: its phrases and its adverbial clauses.
_FRONTED = frozenset({"prep", "advcl", "npadvmod", "advmod", "dep", "acl", "nsubj"})
_RELATIVES = frozenset({"who", "whom", "which", "that", "whose"})
#: What leads from a verb to the one whose subject it has ("had the chance to question Z").
_GOVERNED = frozenset({"xcomp", "acl", "dobj", "conj"})
#: How deep owners may stand within a subject ("the office of the spokesman of X").
_DEPTH = 3
_TO_WHOM = frozenset({"dobj", "obj", "iobj", "dative", "nsubjpass"})
#: One told of before a pronoun: the token at which the reference begins, and it.
Told = tuple[int, Reference]


class ClauseAntecedents(OfficeReferences):
    """Finds antecedents in the sentence of a pronoun."""

    # Behind the pronoun

    def _ahead(self, token: Token) -> Reference | None:
        """Return X of "During his visit to Lima, X met …", told of only behind the pronoun.

        Not the host of "During his visit to Lima, Peruvian President X will see him".
        """
        subject = self._subject_behind(token)
        found = self._told_at(subject) if subject is not None else None
        if found is None or subject is None or found.plural:
            return None
        begin, end = self._phrase_of(token, subject)
        placed = [place for place in self.places if begin <= place.start < end]
        named = [party for party in self.parties if begin <= party.start < end and party.is_country]
        where = {place.country for place in placed}
        where |= {party.code for party in named if party.form == "name"}
        if where and found.country in where:
            return None
        anew = found.actor is not None and not self.mentions[found.actor]
        if self._comes_himself(token, subject) or _is_received(token, subject):
            return found
        return found if where or (anew and not self._is_guest_told(token)) else None

    def _comes_himself(self, token: Token, subject: Token) -> bool:
        """Tell "Upon his arrival, X inspected a guard", not "X greeted him", "X welcomed Y"."""
        if token.dep_ != "poss" or token.head.lemma_ not in word_set("arrives_himself"):
            return False
        verb = subject.head
        to_whom = [t for c in verb.children if c.dep_ in _TO_WHOM for t in c.subtree]
        return not any(t.pos_ == "PRON" or self._told_at(t) for t in to_whom)

    def _is_guest_told(self, token: Token) -> bool:
        """Tell the guest of "During his visit, X will give a dinner", told of just before."""
        of_trip = token.dep_ == "poss" and token.head.lemma_ in word_set("journey_noun")
        return of_trip and bool(self.actors)

    def _subject_behind(self, token: Token) -> Token | None:
        """Return the subject of the clause before which a pronoun's phrase is put."""
        inside = token
        while inside.head != inside:
            verb = inside.head
            own = [c for c in verb.children if c.dep_ in SUBJECTS and c != inside]
            behind = [c for c in own if c.i > token.i]
            if behind and inside.dep_ in _FRONTED and inside.i < behind[-1].i:
                return None if behind[-1].pos_ == "PRON" else behind[-1]
            if any(c.lower_ == "it" for c in own) and verb.lemma_ == "be":
                return self._cleft(verb, token)
            if own and verb.dep_ not in {"advcl", "ccomp", "pcomp"}:
                return None
            inside = verb
        return self._apposed_behind(token, inside)

    def _cleft(self, verb: Token, token: Token) -> Token | None:
        """Return X of "It was during his visit that X spoke of it"."""
        for clause in verb.children:
            if clause.i > token.i and clause.dep_ in {"ccomp", "advcl", "relcl", "acl"}:
                own = [c for c in clause.children if c.dep_ in SUBJECTS and c.i > token.i]
                return own[-1] if own and own[-1].pos_ != "PRON" else None
        return None

    def _apposed_behind(self, token: Token, verb: Token) -> Token | None:
        """Return X of "Before his trip to Oman, the president, X, spoke", apposed to Oman."""
        if any(c.dep_ in SUBJECTS for c in verb.children) or verb.i < token.i:
            return None
        for inner in self.doc[token.i + 1 : verb.i]:
            comma = self.doc[inner.i - 1].text == "," or self.doc[inner.left_edge.i - 1].text == ","
            if inner.dep_ == "appos" and comma and self._told_at(inner) is not None:
                return inner
        return None

    def _phrase_of(self, token: Token, subject: Token) -> tuple[int, int]:
        """Return the bounds of the phrase before `subject` that holds a pronoun."""
        low = self.doc[token.i].sent.start
        high = subject.left_edge.i
        commas = [i for i in range(token.i, high) if self.doc[i].text == ","]
        return low, commas[-1] if commas else high

    def _told_at(self, head: Token) -> Reference | None:
        """Return the person or office that a noun phrase names, told of or not."""
        heads = {head.i, *(c.i for c in head.children if c.dep_ == "appos")}
        named = [self._named_at[i] for i in sorted(heads) if i in self._named_at]
        if named:
            return self._person(*named[0])
        offices = [o for o in self.offices if o.start <= head.i < o.end and not o.plural]
        for office in offices:
            for person in self.persons:
                for span in person.spans:
                    if any(o is office for o in span.offices) and span.start >= office.start:
                        return self._person(person, span)
        return self._office(offices[0]) if offices else None

    @cached_property
    def _named_at(self) -> dict[int, tuple[Person, NameSpan]]:
        """The persons' mentions by each of their tokens."""
        told = [(i, p, s) for p in self.persons for s in p.spans for i in range(s.start, s.end)]
        return {i: (person, span) for i, person, span in reversed(told)}

    # Before the pronoun

    def _bound(self, token: Token, same: Sequence[Told]) -> Reference | None:
        """Return whom the clauses around a pronoun have for their subject, the nearest first.

        "X's visit to Oslo follows his trip to Rome", "the minister, X, left before he …".
        """
        for subject in self._subjects_over(token):
            found = self._of_phrase(subject, token, same)
            if found is not None:
                return found
        return None

    def _subjects_over(self, token: Token) -> Iterator[Token]:
        """Yield the subjects before a pronoun of its clause and those above, and their makers.

        Also the nouns that it is joined to: X of "received X and his wife", of "thanked X for his
        visit", and of "sent X to Lima, where he".
        """
        node, apart, there = token, set[Token](), False
        while node.head != node:
            prep, node = node, node.head
            with_whom = prep.dep_ == "relcl" and any(t.lower_ == "whom" for t in prep.subtree)
            if prep.dep_ == "conj" and prep.lemma_ in word_set("trip_of_guest"):
                apart.add(node)  # X of "was seen off by X, and his arrival"
            elif node.i < token.i and node.pos_ in NOUNS and not with_whom:
                yield node
            if prep.dep_ == "advcl" and _is_greeted(node, prep):
                yield from self._guests(node, prep, token)
            if _is_told_to_stay(node, prep, token):
                yield from (c for c in node.children if c.dep_ in _TO_WHOM and c.i < token.i)
            if any(c.lower_ == "where" for c in node.children):
                there = True
            if there and node.lemma_ in word_set("sends_goer"):
                yield from (c for c in node.children if c.dep_ in _TO_WHOM and c.i < token.i)
            if prep.dep_ == "prep" and node.lemma_ in word_set("told_of_object"):
                yield from (c for c in node.children if c.dep_ == "dobj" and c.i < token.i)
            for child in node.children:
                if child.i >= token.i or child == token:
                    continue
                if child.dep_ in SUBJECTS and child.lower_ in _RELATIVES:
                    if node.dep_ in ADNOMINAL:
                        yield node.head
                elif child.dep_ in SUBJECTS and child.pos_ != "PRON":
                    if not _is_let(node):
                        yield child
                elif child.dep_ == "agent":
                    agents = (c for c in child.children if c.dep_ == "pobj" and c.i < token.i)
                    yield from (c for c in agents if c not in apart)

    def _guests(self, verb: Token, clause: Token, pronoun: Token) -> Iterator[Token]:
        """Yield whom "X greeted Y as he arrived in Suva" greets, unless X is not at home there."""
        hosts = [told for c in verb.children if c.dep_ in SUBJECTS and (told := self._told_at(c))]
        lands = self._lands_below(clause)
        if any(host.country and lands and host.country not in lands for host in hosts):
            return
        for guest in verb.children:
            if guest.dep_ != "dobj" or guest.i > pronoun.i or self._is_of_land(guest, clause):
                continue
            owned = any(c.dep_ == "poss" for c in guest.children)
            if not owned or self._told_at(guest) is not None:
                yield guest  # not the letter of "received Y's letter as he arrived"

    def _lands_below(self, clause: Token) -> set[str]:
        below = [c for prep in clause.children if prep.dep_ == "prep" for c in prep.children]
        return {land for noun in below for land in self._lands_at(noun)}

    def _is_of_land(self, guest: Token, clause: Token) -> bool:
        """Tell Y of Fiji of "X hugged Y as he landed in Suva", who is at home there."""
        told = self._told_at(guest)
        if told is None or told.country is None:
            return False
        return told.country in self._lands_below(clause)

    def _lands_at(self, token: Token) -> set[str]:
        """Return the country that a token names, or in which the place that it names lies."""
        places = {p.country for p in self.places if p.start <= token.i < p.end}
        return places | {p.code for p in self.parties if p.start <= token.i < p.end}

    def _of_phrase(
        self, head: Token, token: Token, same: Sequence[Told], *, depth: int = 0
    ) -> Reference | None:
        """Return whom a noun phrase names, else who owns or made what it names."""
        spoken_for = head.lemma_.lower() in word_set("speaks_for")
        for at, ref in same if not spoken_for else ():
            if self.heads(at, ref, head):
                return ref
        if depth < _DEPTH and self._may_mean_owner(head, token):
            for child in head.children:
                if child.i >= token.i:
                    continue
                inner = [child] if child.dep_ == "poss" else []
                if child.lower_ in {"of", "by"} or (child.lower_ == "for" and spoken_for):
                    inner = [c for c in child.children if c.dep_ == "pobj"]
                for owner in inner:
                    found = self._of_phrase(owner, token, same, depth=depth + 1)
                    if found is not None:
                        return found
        named = (ref for at, ref in same if spoken_for and self.heads(at, ref, head))
        return next(named, None)

    def _undergoer(self, token: Token) -> Token | None:
        """Return Z of "X said police saw Z before he left", "X said Z was held when he left".

        Not where one alone does it, who may be "he" as well ("X said Y saw Z before he left").
        """
        clause, verb = token.head, token.head.head
        if token.dep_ not in SUBJECTS or clause.dep_ != "advcl" or verb.i > token.i:
            return None
        finite = verb
        while finite.dep_ in _GOVERNED and not any(c.dep_ in SUBJECTS for c in finite.children):
            finite = finite.head
        doer = next((c for c in finite.children if c.dep_ in SUBJECTS and c.i < finite.i), None)
        if doer is None or doer.pos_ == "PRON" or finite.dep_ != "ccomp":
            return None
        if doer.dep_ == "nsubjpass":
            return doer
        single = doer.tag_ in {"NN", "NNP"}
        if single and (self._told_at(doer) or doer.lemma_.lower() in callings()):
            return None
        return next((c for c in verb.children if c.dep_ == "dobj" and c.i < token.i), None)

    def _is_someone(self, noun: Token) -> bool:
        """Tell the suspect of "police saw the suspect before he left" from a thing."""
        return noun.tag_ == "NN" and noun.lemma_.lower() in callings() | word_set("done_to")

    def _may_mean_owner(self, head: Token, token: Token) -> bool:
        """Tell "X's wife said that he …", where he is X, from "X's friend said that he …"."""
        return head.lemma_.lower() not in word_set("somebodys") or self._of_other_sex(head, token)

    def _of_other_sex(self, head: Token, token: Token) -> bool:
        sexes = [word_set(name) for name in ("female", "male") if token.lower_ in word_set(name)]
        told = head.lemma_.lower() in word_set("female", "male")
        return told and not any(head.lemma_.lower() in sex for sex in sexes)

    def _means_kin(self, token: Token) -> bool:
        """Tell "X's sister said she had been there", who is nobody that the text names."""
        subject = next(self._subjects_over(token), None)
        if subject is None or subject.lemma_.lower() not in word_set("somebodys"):
            return False
        known = subject.lemma_.lower() in word_set("female", "male")
        return known and not self._of_other_sex(subject, token)

    def _means_nobody_named(self, token: Token) -> bool:
        """Tell the "he" of "The suspect was arrested when he landed", who is no one told before.

        "The premier was ill when he landed", "the former driver said he would go" may be.
        """
        subject = next(self._subjects_over(token), None)
        if subject is None or subject.tag_ != "NN" or self._told_at(subject) is not None:
            return False
        bare = not any(c.dep_ in {"amod", "poss", "nummod"} for c in subject.children)
        return bare and subject.lemma_.lower() in word_set("no_official")


def _is_received(pronoun: Token, subject: Token) -> bool:
    """Tell X of "During his visit, X was received by Y", who is the guest, whoever was told of.

    Not of "During his visit, X was arrested", nor the host of "During his visit, X received Y".
    """
    of_trip = pronoun.dep_ == "poss" and pronoun.head.lemma_ in word_set("journey_noun")
    passive = subject.dep_ == "nsubjpass" and subject.head.lemma_ in word_set("meets_guest")
    return of_trip and passive


def _is_greeted(verb: Token, clause: Token) -> bool:
    """Tell "X greeted Y on the tarmac as he arrived", not "X hugged Y when he left"."""
    if verb.lemma_ not in word_set("meets_guest"):
        return False
    if clause.lemma_ in word_set("opens_trip"):
        objects = [c for c in clause.children if c.dep_ == "dobj"]
        return any(c.lemma_ in word_set("trip_of_guest") for c in objects)
    return clause.lemma_ in word_set("comes_as_guest")


def _is_told_to_stay(verb: Token, clause: Token, pronoun: Token) -> bool:
    """Tell "X told Y to cancel his trip", which is Y's, from "X told Y to prepare his trip".

    Nor is it Y's in "X promised Y to cancel his trip", "told Y to call Lima before his trip".
    """
    trip = pronoun.head
    of_trip = pronoun.dep_ == "poss" and trip.lemma_ in word_set("journey_noun")
    told = clause.tag_ == "VB" and verb.lemma_ in word_set("told_to_do")
    if not (of_trip and told and trip.head == clause and trip.dep_ == "dobj"):
        return False
    beside = {c.lower_ for c in clause.children if c.dep_ != "dobj"}
    with_word = clause.lemma_ in word_set("gives_up_with") and beside & word_set("gives_up_by")
    return clause.lemma_ in word_set("gives_up_trip") or bool(with_word)


def _is_let(verb: Token) -> bool:
    """Tell the "know" of "X let aides of Y know of his trip", whose "his" is X."""
    over = verb.head
    bare = verb.tag_ in {"VB", "VBP"} and verb.dep_ == "ccomp"
    return bare and over.lemma_ in word_set("lets_do")


__all__ = ["ClauseAntecedents", "Told"]
