"""Who makes a change by the grammar of its sentence, and the two sides of it together."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from pipeline.discourse.verbs import verb_above
from pipeline.labels import OWNER_OR_MODIFIERS, PAST
from pipeline.stages.upgrades.parties.examples import examples_of
from pipeline.stages.upgrades.parties.makers import is_listed
from pipeline.stages.upgrades.parties.named import Parties
from pipeline.stages.upgrades.parties.partners import Partners, acts, relation_nouns
from pipeline.stages.upgrades.parties.party_references import NO_BARS, Bars
from pipeline.stages.upgrades.parties.passing import (
    is_done_beside,
    is_of_event,
    is_passed_by,
    takes_no_part,
)
from pipeline.stages.upgrades.tables import words


class Sides(Partners):
    """Reads who changes relations with whom."""

    def owners(self, token: Token, bars: Bars = NO_BARS) -> list[str]:
        """Return the parties that are subject of a trigger, or own the relations it changes."""
        found = self._possessors(token, bars)
        if not found and not self._is_of_named(token, bars):
            found = dict.fromkeys(self._subjects(token, bars))
        if found:
            found |= dict.fromkeys(self.companions(token))
        for child in (
            *token.children,
            *_further_agents(token),
            *_deciders(token),
            *_imposers(token),
        ):
            brokered = child.i and child.nbor(-1).lemma_.lower() in words("brokered")
            if (child.dep_ == "agent" or child.lower_ == "by") and not brokered:
                found |= dict.fromkeys(self._agents(child, bars))
        for noun in relation_nouns(token):
            for child in noun.children:
                if child.dep_ == "poss" and child.lower_ == "its" and not found:
                    found |= dict.fromkeys(self._owner_before(child, token, bars))
                elif child.dep_ in OWNER_OR_MODIFIERS and child.i < noun.i:
                    found |= dict.fromkeys(self.codes(child.left_edge.i, child.i + 1, bars))
        return list(found)

    def _is_of_named(self, token: Token, bars: Bars) -> bool:
        """Tell "Oman hailed the elevation of Peru's ties with Chad", whose parties are named."""
        if token.pos_ != "NOUN":
            return False
        parts = (c for noun in relation_nouns(token) for c in noun.children if c.i < noun.i)
        named = [
            code
            for part in parts
            if part.dep_ in OWNER_OR_MODIFIERS
            for code in self.codes(part.left_edge.i, part.i + 1, bars)
        ]
        return bool(named) and bool(set(self.partners(token, bars)) - set(named))

    def _possessors(self, token: Token, bars: Bars) -> dict[str, None]:
        """Return the "Peru" of "Chile hailed Peru's severing of ties with Chad", who makes it."""
        found: dict[str, None] = {}
        for owner in (c for c in token.children if c.dep_ == "poss" and token.pos_ == "NOUN"):
            start = owner.left_edge.i
            listed = self.listed_before(start, bars) if is_listed(owner) else []
            found |= dict.fromkeys([*listed, *self.codes(start, owner.i + 1, bars)])
        return found

    def paired_in(self, token: Token, bars: Bars) -> Parties | None:
        """Return the pair of "the opening of Sino-Chilean ties", whoever else talks meanwhile."""
        for noun in relation_nouns(token):
            if noun.i < token.i and token.tag_ not in PAST:
                continue
            # "the Peru-Chile Partnership signed in 2010", where the parse may leave out the first
            pairs = self.compounds(max(0, noun.left_edge.i - 2), noun.i, bars)
            if len(pairs) == 1:
                return pairs.pop()
        return None

    def _agents(self, by: Token, bars: Bars) -> Iterator[str]:
        """Yield the parties behind "by", not those of a clause behind them.

        Of "by four states, including Peru and Chile" these two.
        """
        for code, end in self.listed_from(by.i + 1, bars).items():
            if acts(self.scene.doc[end - 1]):
                break
            yield code
        for noun in by.children:
            if noun.tag_ == "NNS" and noun.lemma_.lower() in words("many_parties"):
                yield from examples_of(self, noun)
            for head in (noun, *noun.conjuncts):
                yield from self.codes(head.left_edge.i, head.i + 1, bars)
                for prep in head.children:
                    if prep.lower_ == "of":
                        yield from self.codes(prep.i, prep.right_edge.i + 1, bars)

    def _owner_before(self, pronoun: Token, token: Token, bars: Bars) -> list[str]:
        """Return the first party named before an "its", which is no partner of the trigger."""
        partners = self.partner_ends(token, bars)
        named = self.codes(self.scene.sentence(pronoun.i).start, pronoun.i, bars)
        found = [code for code in named if code not in partners][:1]
        if found:
            return found
        verb = verb_above(pronoun)
        subject = self.scene.subject(verb) if verb is not None else None
        return self.meant(subject, set(partners)) if subject is not None else []

    def _as_acting(self, code: str, first: int, end: int, bars: Bars) -> int:
        """Return where the second "Peru" stands of "at the mission of Peru, Peru's envoy did"."""
        told = (i for i in range(first, end) if code in self.codes(i, i + 1, bars))
        return next((i for i in told if not is_passed_by(self.scene.doc[i])), first)

    def around(self, token: Token, bars: Bars) -> dict[str, int]:
        """Return the parties named in a trigger's sentence, but for those it only passes by."""
        sentence = self.scene.sentence(token.i)
        named = self.codes(sentence.start, sentence.end, bars)
        doc = self.scene.doc
        named = {c: self._as_acting(c, i, sentence.end, bars) for c, i in named.items()}
        named = {c: i for c, i in named.items() if not takes_no_part(doc[i])}
        named = {c: i for c, i in named.items() if not is_done_beside(doc[i], token)}
        kept = {c: i for c, i in named.items() if not is_passed_by(doc[i])}
        own = {c: i for c, i in kept.items() if not is_of_event(doc, i)}
        return own or ({} if self.pairs else kept)


def _further_agents(token: Token) -> Iterator[Token]:
    """Yield the later "by" of "was dropped by Peru in 2017 and by Chad in 2021"."""
    if not any(child.dep_ == "auxpass" for child in token.children):
        return
    for node in token.subtree:
        if node.lower_ == "by" and node.dep_ == "conj" and verb_above(node) == token:
            yield node


def _imposers(token: Token) -> Iterator[Token]:
    """Yield the "by" of "the suspension of ties with Oman, imposed by Peru and Chad"."""
    for node in token.subtree if token.pos_ == "NOUN" else ():
        if node.dep_ == "acl" and node.tag_ == "VBN" and node.lemma_.lower() in words("imposes"):
            yield from (c for c in node.children if c.lower_ == "by" and c.i > node.i)


def _deciders(token: Token) -> Iterator[Token]:
    """Yield the "by" of "the decision to drop it was taken by Peru", not of "was hailed by"."""
    noun = token.head
    decided = token.dep_ == "acl" and noun.dep_ == "nsubjpass"
    decided = decided and noun.lemma_.lower() in words("decided", "step")
    if decided and noun.head.lemma_.lower() in words("takes_decision"):
        yield from (c for c in noun.head.children if c.lower_ == "by" and c.i > noun.head.i)


__all__ = ["Sides"]
