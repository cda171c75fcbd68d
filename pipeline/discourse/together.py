"""Those who travel together, when a plural means them: "they", "the ministers", "their tour"."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from pipeline.discourse.delegations import DelegationReader
from pipeline.discourse.groups import Actor
from pipeline.discourse.stories import Story
from pipeline.discourse.tables import words
from pipeline.stage import Case

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
RELATIVES = frozenset({"who", "which", "that", "whom"})
#: How many sentences back those may be told whom "they" means.
_REACH = 2
#: And whom "the ministers" means, whose office tells them from others.
_OFFICE_REACH = 8
_PLURALS = frozenset({"NNS", "NNPS"})


class TogetherReader(DelegationReader):
    """Reads plurals that mean several of whom the text told before."""

    def __init__(self, case: Case, story: Story | None = None) -> None:
        """Read a story, or the whole article as one."""
        super().__init__(case, story)
        #: Those of whom a trip was told together, by the token that told of it.
        self._company: dict[int, list[Actor]] = {}

    def actors(self, head: Token) -> list[Actor]:
        """Return the actors that a noun phrase and those listed with it name."""
        raise NotImplementedError

    def note_company(self, i: int, travellers: Sequence[Actor]) -> None:
        """Remember of whom a trip was told together, at token `i`."""
        each = {a.key: a for a in travellers if a.country and not a.is_party}
        if len(each) > 1:
            self._company[i] = list(each.values())

    def company_of(self, actor: Actor, i: int) -> list[Actor]:
        """Return those with whom a traveller was told of last before token `i`, he among them."""
        # The last told is the last noted.
        at = next((at for at in reversed(self._company) if at < i), None)
        told = self._company[at] if at is not None else []
        return told if any(each.key == actor.key for each in told) else [actor]

    def together(self, head: Token) -> list[Actor] | None:
        """Return A and B for the "they" of "A and B are in Lima. They will go on to Quito".

        None for a word that does not mean such, or where nobody was told of together.
        """
        if head.lower_ in words("they"):
            return self._told_together(head) or None
        return self._of_office(head) if self._is_bare_group(head) else None

    def _told_together(self, they: Token) -> list[Actor]:
        """Return those told together last before a "they".

        Not where others stand between: "A and B are in Lima. Miners will march as they leave".
        """
        number = self.sentence_of[they.i]
        first = self.sentences[max(0, number - _REACH)].start
        for i in range(they.i - 1, first - 1, -1):
            token = self.doc[i]
            if i in self._company and self.sentence_of[i] != number:
                return self._company[i]
            if token.dep_ not in SUBJECTS or token.lower_ in words("they") | RELATIVES:
                continue
            if they.lower_ == "them" and token.head in _clause_over(they):
                continue  # "A and B were there to greet them"
            found = self.actors(token) if token.pos_ != "PRON" else []
            told = [a for a in found if a.reference.kind in {"person", "office"} and a.country]
            if len(told) > 1 and len(told) == len(found):
                return told
            if token.tag_ in _PLURALS or len(found) > 1:
                return []
        return []

    def _is_bare_group(self, head: Token) -> bool:
        """Tell "the ministers", of whom nothing says whose ministers they are."""
        if head.tag_ not in _PLURALS:
            return False
        group = next((r for r in self.at(head.i) if r.kind == "office" and r.plural), None)
        if group is None or group.country or group.members:
            return False
        return self.doc[self.bounds(group)[0]].lower_ in words("same_group")

    def _of_office(self, head: Token) -> list[Actor] | None:
        """Return the last who travelled together of an office that "the ministers" may mean."""
        number = self.sentence_of[head.i]
        first = self.sentences[max(0, number - _OFFICE_REACH)].start
        noun = head.lemma_.lower()
        for i in range(head.i - 1, first - 1, -1):
            told = self._company.get(i)
            if told and all(_is_called(a, noun) for a in told):
                return told
        return None


def _is_called(actor: Actor, noun: str) -> bool:
    """Tell whether "ministers" may mean one by the office told, or by its class."""
    return noun in f"{actor.reference.role} {actor.reference.role_kind}".lower()


def _clause_over(word: Token) -> list[Token]:
    """Return what stands over a word within its clause and those that share its subject."""
    found: list[Token] = []
    for above in word.ancestors:
        found.append(above)
        if above.dep_ == "relcl":
            break
    return found


__all__ = ["RELATIVES", "SUBJECTS", "TogetherReader"]
