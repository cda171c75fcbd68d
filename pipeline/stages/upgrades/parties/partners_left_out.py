"""With whom a party changes its ties where the words of the change leave that out."""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.discourse.verbs import own_verb, verb_above
from pipeline.labels import VERBS
from pipeline.reference.countries import is_country
from pipeline.stages.upgrades.echoes.fans import Fans
from pipeline.stages.upgrades.parties.passing import (
    is_met,
    names_paper,
)
from pipeline.stages.upgrades.tables import words

#: How many the parties of a change between two are.
_PAIR = 2


class PartnerReader(Fans):
    """Finds the one other country that a change's own or a neighbouring clause tells of."""

    def left_out(self, token: Token, one: str) -> str | None:
        """Return the partner of a party that a change names alone, by what stands nearest."""
        known = {one}
        return (
            self._with_whom(token, known)
            or self._visitor(token, known)
            or self._place(token, known)
            or self._spoken_to(token, known)
            or self._partner_before(token, known)
            or self._partner_again(token, one)
        )

    def _with_whom(self, token: Token, known: set[str]) -> str | None:
        """Return the one party of "raised its ties with the bloc", "with the island nation"."""
        for prep in token.subtree:
            for head in prep.children if prep.lower_ == "with" else ():
                one = head.is_lower and head.tag_ in {"NN", "NNP"}
                one = one and head.lemma_.lower() in words("party_noun", "body_noun")
                definite = any(c.lower_ == "the" for c in head.children)
                if one and definite and not self.scene.at(head.i):
                    meant = self.meant(head, known)
                    return meant[0] if len(meant) == 1 else None
        return None

    def _partner_again(self, token: Token, one: str) -> str | None:
        """Return with whom Peru broke, of "Peru broke with Chad. Peru said ties were restored"."""
        subject = self.scene.subject(token) if token.pos_ in VERBS else None
        last = next(reversed(self.pairs), frozenset[str]())
        told = subject is not None and subject.lemma_ in words("tie") and one in last
        return next(iter(last - {one}), None) if told and len(last) == _PAIR else None

    def _visitor(self, token: Token, known: set[str]) -> str | None:
        """Return the "Peru" of "Peru's president visited Chad, which restored ties in 2018"."""
        noun = token.head
        verb = verb_above(noun) if token.dep_ == "relcl" else None
        subject = self.scene.subject(verb) if verb is not None else None
        if subject is None or verb is None or verb.lemma_.lower() not in words("visits_it"):
            return None
        told = (r.country for r in self.scene.at(subject.i) if r.country)
        found = next(told, None)
        return found if found is not None and found not in known and is_country(found) else None

    def _place(self, token: Token, known: set[str]) -> str | None:
        """Return the one country beside a party's where its sentence is set ("said in Hanoi")."""
        sentence = self.scene.sentence(token.i)
        places = {
            reference.country
            for i in range(sentence.start, sentence.end)
            for reference in self.scene.at(i)
            if reference.kind == "place" and reference.country and self._is_set_in(token, i)
            if not names_paper(self.scene.doc, i + 1)
        } - known
        return places.pop() if len(places) == 1 and self.hub() is None else None

    def _partner_before(self, token: Token, known: set[str]) -> str | None:
        """Return the "Oman" of "Peru expelled the envoy of Oman, and Chad lowered its ties".

        The one land that the clause before names behind its verb is what both are at odds with.
        """
        verb = own_verb(token)
        subject = self.scene.subject(verb) if verb is not None else None
        if verb is None or subject is None or verb.dep_ != "conj" or subject.i > verb.i:
            return None
        before = (verb.head, *(c for c in verb.head.children if c.dep_ == "conj"))
        last = max((v for v in before if v.pos_ in VERBS and v.i < subject.i), default=None)
        acts = {r.country for r in self.scene.at(subject.i)} == known
        if last is None or not acts or self.scene.subject(last) == subject:
            return None
        named = self.codes(last.i, subject.left_edge.i)
        return next(iter(named)) if len(named) == 1 and not set(named) & known else None

    def _spoken_to(self, token: Token, known: set[str]) -> str | None:
        """Return the one party of "our ties have been raised, he said after talks with Peru"."""
        sentence = self.scene.sentence(token.i)
        named = self.codes(sentence.start, sentence.end)
        found = [c for c, i in named.items() if c not in known and is_met(self.scene.doc[i])]
        return found[0] if len(found) == 1 else None

    def _is_set_in(self, token: Token, i: int) -> bool:
        """Tell whether a place belongs to a trigger's clause or to one over it."""
        verb = verb_above(self.scene.doc[i])
        own = own_verb(token)
        return verb is not None and own is not None and verb in (own, *own.ancestors)


__all__ = ["PartnerReader"]
