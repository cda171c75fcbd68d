"""Whose ties a change is of, taken over from the changes told before it."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Span, Token

from models.upgrade import Change
from pipeline.discourse.scene import Scene
from pipeline.discourse.verbs import verb_above
from pipeline.labels import ADNOMINAL, SUBJECTS, TIMES
from pipeline.stages.upgrades.candidate import Candidate
from pipeline.stages.upgrades.levels.level_names import Level
from pipeline.stages.upgrades.merging.steps import LOWER
from pipeline.stages.upgrades.outcome.misread import gerund_of, ties_over
from pipeline.stages.upgrades.parties.named import Found, Parties
from pipeline.stages.upgrades.parties.party_references import NO_BARS
from pipeline.stages.upgrades.parties.taking_up import parties_of_step
from pipeline.stages.upgrades.reading import Reading
from pipeline.stages.upgrades.tables import (
    AGAIN,
    ANY,
    Trigger,
    ing_verbs,
    member_triggers,
    triggers_of,
    words,
)
from pipeline.stages.upgrades.ties.relations import relation_object

#: How many sentences the parties of the change told last are kept for.
CARRY = 3


class CarriedParties:
    """Finds the parties of triggers by what was told before, and keeps that."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.reading = Reading(scene)
        self.levels = self.reading.levels
        #: The sentence and parties of the change told last.
        self.last: tuple[int, Parties] | None = None
        #: The candidates made so far.
        self.history: list[Candidate] = []

    def _triggers(self, token: Token) -> Sequence[Trigger]:
        adjective = token.pos_ == "ADJ" and gerund_of(token) is not None
        by_lemma = triggers_of("VERB" if adjective else token.pos_)
        found = by_lemma.get(self._lemma(token), ()) if by_lemma else ()
        found = found or (by_lemma.get(ANY, ()) if self._turns_relations(token) else ())
        return (*found, *member_triggers(token.pos_).get(self._lemma(token), ()))

    def _turns_relations(self, token: Token) -> bool:
        """Tell a verb that makes relations "into" a level, whatever verb it is."""
        if token.pos_ != "VERB" or not self.levels.beside(token):
            return False
        into = any(child.lower_ == "into" for child in token.children)
        changed = relation_object(token) if into else None
        return changed is not None and changed.lemma_.lower() in words("tie")

    def _lemma(self, token: Token) -> str:
        """Return a token's lemma, with the "re-" that the tokenizer cut off."""
        lemma = token.lemma_.lower()
        lemma = ing_verbs().get(lemma, lemma) if token.pos_ == "ADJ" else lemma
        doc = self.scene.doc
        if token.i > 1 and doc[token.i - 1].text == "-" and doc[token.i - 2].lower_ == "re":
            return f"{AGAIN}{lemma}"
        return lemma

    def _sentence_before(self, token: Token) -> Span | None:
        return self.scene.beside(self.scene.sentence_of[token.i], step=-1)

    def _is_carried(self, number: int) -> bool:
        """Tell whether a sentence may go on with the change told last.

        Not in another paragraph that names two of its own, none of whom that one names.
        """
        if self.last is None or number - self.last[0] > CARRY:
            return False
        beside = self.reading.parties.neighbours
        own = beside.named(*beside.scene.paragraph(number))
        return len(own) < len(("one", "other")) or not beside.are_apart(number, self.last[0])

    def _of_clause_over(self, token: Token) -> list[Candidate]:
        """Return what the clause over "the ties that Peru had cut over its feud" tells of them.

        The parties of "restored the ties that had been cut" are of both, also of "the restoration
        of ties, cut in 1999", and those of "recognised it, enabling the opening of relations".
        """
        verb = verb_above(token) if token.pos_ == "NOUN" else None
        if verb is not None and verb.dep_ == "advcl" and verb.tag_ == "VBG":
            own = any(t.lower_ in {"with", "between", "by"} for t in token.subtree)
            return [c for c in self.history if c.at == verb.head.i and not own]
        joined = self._of_clause_before(token)
        if joined:
            return joined
        noun = ties_over(token)
        preps = {"with", "between"} if token.dep_ == "relcl" else {"with", "between", "by"}
        # "a partnership in 1993, which became a strategic one"
        kinds = words("relation" if token.head.ent_type_ in TIMES else "tie")
        if token.dep_ not in ADNOMINAL or noun.lemma_.lower() not in kinds:
            return []
        if any(child.lower_ in preps for child in (*noun.children, *token.children)):
            return []
        over = (noun.head.i, noun.head.head.i)
        return [c for c in self.history if c.at in over and len(c.parties) > 1]

    def _of_clause_before(self, token: Token) -> list[Candidate]:
        """Return what "Peru cut ties with Chad" tells, for ", but relations were resumed later".

        The clause joined to it has the relations for its subject, and names no party.
        """
        subject = self.scene.subject(token) if token.dep_ == "conj" else None
        if subject is None or subject.head != token or subject.lemma_ not in words("tie"):
            return []
        if self.reading.parties.codes(subject.left_edge.i, token.right_edge.i + 1):
            return []
        return [c for c in self.history if c.at == token.head.i and len(c.parties) > 1]

    def _as_told_again(self, token: Token, level: Level | None, found: Found) -> list[Parties]:
        """Return the pair of the change told last, of which a guess shares but one party.

        "Peru broke with Chad. "The government decided to end relations with Chad," it said."
        """
        if len(found[0]) != 1 or self.reading.parties.owners(token):
            return []
        number = self.scene.sentence_of[token.i]
        changes = {trigger.change for trigger in self._triggers(token)}
        bars = (level.start, level.end) if level else NO_BARS
        partners = set(self.reading.parties.partners(token, bars))
        if not partners:
            return []
        for last in reversed(self.history):
            gap = number - self.scene.sentence_of[last.at]
            if gap > CARRY or (gap and last.change not in changes):
                return []
            if gap == 0 and last.parties == found[0][0] and partners < last.parties:
                return [last.parties]
            shared = last.parties & found[0][0]
            if len(shared) == 1 == len(last.parties - shared) and partners <= last.parties:
                return [last.parties]
        return []

    def _taken_by_noun(self, token: Token, level: Level | None) -> Parties | None:
        """Return the pair of the change told last for "the resumption of ties was hailed by Peru".

        Not for "the resumption of ties with Peru", whose own words name a party, nor where others
        are told of meanwhile. "Chad welcomed the resumption" is of those told of, too.
        """
        judged = token.dep_ == "dobj" and token.head.lemma_.lower() in words("judges")
        if token.pos_ != "NOUN" or not (judged or token.dep_ in SUBJECTS):
            return None  # "India announced the elevation of ties"
        if all(child.lower_ not in words("takes_up") for child in token.children):
            return None
        named = self.reading.parties.codes
        below = [t for child in token.children if child.dep_ != "relcl" for t in child.subtree]
        if any(named(t.i, t.i + 1) for t in below):
            return None
        changes = {trigger.change for trigger in self._triggers(token)}
        last = next((c for c in reversed(self.history) if c.change in changes), None)
        same = {None, "ambassador_level", level.name} if level is not None else set[str | None]()
        if last is None or (same and last.level not in same):
            return None
        meanwhile = named(self.scene.sentence(last.at).end, self.scene.sentence(token.i).start)
        return last.parties if set(meanwhile) <= last.parties else None

    def _taken_by_step(self, token: Token, level: Level | None) -> Parties | None:
        changes = {trigger.change for trigger in self._triggers(token)}
        told = [candidate for candidate in self.history if candidate.change in changes]
        return parties_of_step(self.reading, token, level, told)

    def _joining(self, token: Token) -> list[Parties]:
        """Return each of "Peru broke with Chad. Fiji and Oman cut ties as well" with Chad.

        Also of "Taiwan has lost two allies since Fiji and Nauru cut ties" with Taiwan; not of
        "Fiji and Oman cut ties with each other".
        """
        changes = {trigger.change for trigger in self._triggers(token)} - {"upgrade"}
        if token.pos_ != "VERB" or not changes:
            return []
        finder = self.reading.parties
        sentence = self.scene.sentence(token.i)
        if any(t.lower_ in {"with", "between"} for t in token.subtree):
            return []
        owners = finder.owners(token)
        if len(owners) < len(("one", "other")):
            return []
        named = finder.codes(sentence.start, sentence.end)
        target = {c for c in named if c in words("contested")} if "severance" in changes else set()
        subject = self.scene.subject(token)
        beside = [*token.children, *(subject.children if subject is not None else ())]
        if not target and any(c.lower_ in words("joins_in", "others") for c in beside):
            number = self.scene.sentence_of[token.i]
            near = [c for c in self.history if number - self.scene.sentence_of[c.at] <= CARRY]
            last = next((c for c in reversed(near) if c.change in changes), None)
            of_them = any(c.lower_ in words("others") for c in beside)
            joins = last is not None and (of_them or not self._is_of_before(token, last))
            target = set(last.parties - set(last.owners)) if last is not None and joins else set()
        if not target and changes & LOWER and all(t.lower_ != "own" for t in token.subtree):
            target = self._common_partner(token, owners)
            if len(owners) > len(("one", "other")):
                target = target or self._left_by_others(changes)
            target = target or self._left_by_several(token, owners)
        if len(target) != 1 or target & set(owners):
            return []
        return [frozenset({owner, *target}) for owner in owners]

    def _is_of_before(self, token: Token, last: Candidate) -> bool:
        """Tell "Peru restored ties with Chad. Last month Fiji and Oman also restored theirs".

        What is told of an earlier time is another's, and nobody joins in what is only wanted.
        """
        own = self.reading.date(token)
        day = last.date or last.report or self.scene.article.published
        earlier = own is not None and day is not None and own < day[: len(own)]
        return earlier or last.status == "proposed"

    def _left_by_others(self, changes: set[Change]) -> set[str]:
        """Return the Taiwan of "Fiji left Taiwan. … Last year A, B and C cut their ties"."""
        last = next((c for c in reversed(self.history) if c.change in changes), None)
        lost = last is not None and last.change == "severance"
        return set(last.parties & words("contested")) if last is not None and lost else set()

    def _left_by_several(self, token: Token, owners: Sequence[str]) -> set[str]:
        """Return Oman for "A and B cut ties with Oman. C and D lowered their relations"."""
        number = self.scene.sentence_of[token.i]
        near = [c for c in self.history if number - self.scene.sentence_of[c.at] <= CARRY]
        pairs = {c.parties for c in near if c.change in LOWER}
        if len(pairs) < len(("one", "another")) or set().union(*pairs) & set(owners):
            return set()
        return set(frozenset.intersection(*pairs))

    def _common_partner(self, token: Token, owners: Sequence[str]) -> set[str]:
        """Return Oman for "Peru and Chad lowered ties with Oman. Peru and Chad cut relations"."""
        number = self.scene.sentence_of[token.i]
        near = [c for c in self.history if number - self.scene.sentence_of[c.at] <= CARRY]
        pairs = {c.parties for c in near if c.change in LOWER}
        told = set().union(*pairs) - set(owners) if pairs else set()
        return {one for one in told if all(frozenset({one, owner}) in pairs for owner in owners)}

    def _as_told_last(self, token: Token) -> Found | None:
        """Return the named party and whom the last change was with ("Bamako severed its ties")."""
        owners = self.reading.parties.owners(token)
        if self.reading.parties.partners(token, NO_BARS):
            return None  # "it cut those with Oman"
        changes = {trigger.change for trigger in self._triggers(token)} - {"upgrade"}
        number = self.scene.sentence_of[token.i]
        near = [c for c in self.history if number - self.scene.sentence_of[c.at] <= CARRY]
        last = next((c for c in reversed(near) if c.change in changes), None)
        if last is None or len(owners) != 1:
            return None
        if owners[0] in last.parties:
            return [last.parties], 0.8
        target = last.parties - set(last.owners)
        return ([frozenset({owners[0], *target})], 0.8) if len(target) == 1 else None


__all__ = ["CARRY", "CarriedParties"]
