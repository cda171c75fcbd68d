"""Whom a word takes up that names no party: "it", "they", "both", "the country", "the bloc"."""

from __future__ import annotations

from spacy.tokens import Span, Token
from typing_extensions import override

from pipeline.labels import PREMODIFIERS, SUBJECTS
from pipeline.reference.countries import is_country
from pipeline.stages.upgrades.parties.examples import pointed_at
from pipeline.stages.upgrades.parties.looking_back import CLEARLY, LookingBack, are_rivals
from pipeline.stages.upgrades.parties.party_references import NO_BARS
from pipeline.stages.upgrades.parties.passing import is_passed_by
from pipeline.stages.upgrades.tables import words

#: What opens a noun of which nothing was told before.
_NEW = frozenset({"a", "an", "another"})
#: How many sentences back the subject is looked for that a pronoun takes up.
_PRONOUN_BACK = 3


class MeantParties(LookingBack):
    """Finds whom a word takes up that names no party."""

    def meant(self, head: Token, known: set[str]) -> list[str]:
        """Return whom "it", "the country" or "the bloc" takes up, none of `known`.

        The subject of a sentence before comes first, then the party told of most, of those that
        lie where "the African nation" has it.
        """
        word = head.lemma_.lower()
        body = word in words("body_noun") and not _is_cabinet(head)
        if (
            not body
            and word not in words("party_noun")
            and head.lower_ not in words("party_pronoun")
        ):
            return []
        if self._is_step_told(head) or _is_untold(head):
            return []
        lands = self.scene.lands_of(head) if not body else None
        pointed = [code for code in pointed_at(self, head) if code not in known]
        if pointed or (head.tag_ == "NNS" and not body):
            return pointed
        if word in words("party_noun"):
            known = known | self._acting_on(head) | self._telling_of(head)
        number = self.scene.sentence_of[head.i]
        several = False
        weights = self._weights_at(head.i, known, alone=True)
        headed = self.sections.partner(head.idx) if not body else None
        for back in range(_PRONOUN_BACK + 1):
            sentence = self.scene.beside(number, step=-back)
            if sentence is None:
                break
            if headed is not None and sentence.end_char <= self.sections.start(head.idx):
                break
            if weights is not self._weights and not self.neighbours.are_beside(
                number, number - back
            ):
                break  # what its own paragraph names comes before another's
            joined = self._subject_joined(head) if back == 0 and not body else []
            found = joined or (
                self._before(sentence, head) if back == 0 or body else self._subject_of(sentence)
            )
            if body and all(map(is_country, found)):
                found = self._meeting_bodies(sentence, head)
            fitting = [
                c
                for c in found
                if c not in known
                and not are_rivals(c, known)
                and (lands is None or c in lands)
                and (not body or not is_country(c))
                and (word not in words("party_noun") or is_country(c))
            ]
            several = back > 0 and word in words("party_noun") and len(fitting) > 1
            if several:
                break  # "the island nation" is neither of "Peru and Chile"
            if fitting:
                nearest = body or word == "latter"
                nearest = nearest or (back == 0 and word in words("party_noun"))
                return fitting[-1:] if nearest else fitting[:1]
        if headed is not None and is_country(headed) and headed not in known:
            return [headed]
        ranked = [c for c, _ in weights.most_common() if is_country(c) != body]
        ranked = [c for c in ranked if lands is None or c in lands]
        rest = [c for c in ranked if c not in known and not are_rivals(c, known)]
        if several and len(rest) > 1 and weights[rest[0]] < CLEARLY * weights[rest[1]]:
            return []
        return rest[:1]

    def _acting_on(self, head: Token) -> set[str]:
        """Return the Peru of "Peru seeks ties with the African country": that is another's."""
        found: set[str] = set()
        for above in head.ancestors if head.dep_ in {"pobj", "dobj"} else ():
            for child in above.children:
                if child.i < head.i and child.dep_ in {"nsubj", "nsubjpass", "poss"}:
                    found |= set(self.codes(child.left_edge.i, child.right_edge.i + 1))
                    found |= {r.country for r in self.scene.at(child.i) if r.country}
            if found and above.dep_ in {"advcl", "ccomp"}:
                break  # "Oman was upset after Peru, its ally, cut ties with the sultanate"
            if above.dep_ == "relcl":
                break  # "Oman thanked Peru, which has raised ties with the country"
        return found

    def _telling_of(self, head: Token) -> set[str]:
        """Return the Peru of "Oman applied, and Peruvian officials said that the land had joined".

        Where one is subject before them, whom the land takes up.
        """
        verb = head.head
        over = verb.head
        said = verb.dep_ == "ccomp" and over.lemma_.lower() in words("said")
        teller = self.scene.subject(over) if said and head.dep_ in SUBJECTS else None
        if teller is None or any(r.form == "name" for r in self.scene.at(teller.i)):
            return set()
        before = head.doc[self.scene.sentence(head.i).start : teller.left_edge.i]
        named = {c for t in before if t.dep_ in SUBJECTS for c in self.codes(t.i, t.i + 1)}
        tellers = set(self.codes(teller.left_edge.i, teller.i + 1))
        return tellers if named - tellers else set()

    def acting_before(self, head: Token) -> list[str]:
        """Return the two whom "they" takes up: who acted together, past those spoken of.

        "A received B. They discussed Peru and Chad. They signed a partnership" means those of A
        and B.
        """
        number = self.scene.sentence_of[head.i]
        for back in range(1, _PRONOUN_BACK + 1):
            sentence = self.scene.beside(number, step=-back)
            root = self._telling(sentence.root) if sentence is not None else None
            subject = self.scene.subject(root) if root is not None else None
            if root is None or subject is None or subject.lower_ in words("both"):
                continue
            met = root.lemma_.lower() in words("receives")
            whom = [c for c in root.children if c.dep_ == "dobj" and met]
            own = self.codes(subject.left_edge.i, min(subject.right_edge.i + 1, root.i))
            own |= {c: n.i for n in whom for c in self.codes(n.left_edge.i, n.right_edge.i + 1)}
            found = [code for code in own if is_country(code)]
            return found if len(found) == len(("one", "other")) else []
        return []

    def _telling(self, root: Token) -> Token:
        """Return the "agreed" of "Peru and Chad have agreed on it, the mediator said"."""
        said = (c for c in root.children if c.dep_ == "ccomp" and c.right_edge.i < root.i)
        return next((c for c in said if any(n.dep_ == "nsubj" for n in c.children)), root)

    def both_before(self, head: Token, partners: set[str]) -> list[str]:
        """Return "Peru" and "Chile" for the "both" of what they did with one of `partners`.

        "They" takes up the subject of the sentence before, "the two countries" any two that it
        names; a pair that holds a partner is not meant by either.
        """
        before = self.scene.beside(self.scene.sentence_of[head.i], step=-1)
        if before is None:
            return []
        named = self._subject_of(before)
        if head.lower_ != "they":
            named = [*named, *self.codes(before.start, before.end)]
        found = [c for c in dict.fromkeys(named) if c not in partners and is_country(c)]
        return found if len(found) == len(("both", "countries")) else []

    def _is_step_told(self, head: Token) -> bool:
        """Tell the "it" of "The move was a blow. It ends years of ties", which is the move."""
        before = self.scene.beside(self.scene.sentence_of[head.i], step=-1)
        subject = self.scene.subject(before.root) if before is not None else None
        opens = head.i == self.scene.sentence(head.i).start and head.lower_ == "it"
        return opens and subject is not None and subject.lemma_.lower() in words("step")

    @override
    def meant_between(self, start: int, end: int, code: str) -> list[str]:
        """Return the other party of "between the republic and Peru", told of before."""
        phrase = self.scene.doc[start + 1 : end]
        kinds = words("party_noun", "party_pronoun")
        known = {t.i for t in phrase if self.scene.at(t.i)}
        one = [t for t in phrase if t.tag_ in {"NN", "PRP"} and t.lemma_.lower() in kinds]
        heads = [t for t in one if t.i not in known and t.dep_ not in PREMODIFIERS]
        joined = any(t.lower_ == "and" for t in phrase)
        own = [t for t in heads if all(c.i not in known for c in t.children if c.dep_ != "conj")]
        return self.meant(own[0], {code}) if len(own) == 1 and joined else []

    def _subject_joined(self, head: Token) -> list[str]:
        """Return the subject of the clause that the one of "the country" is joined to."""
        verb = head.head
        if head.dep_ not in SUBJECTS or verb.dep_ != "conj":
            return []
        subject = self.scene.subject(verb.head)
        if subject is None or subject == head or subject.i > head.i:
            return []
        return list(self.codes(subject.left_edge.i, subject.i + 1))

    def _before(self, sentence: Span, head: Token) -> list[str]:
        """Return the parties named before, but not by the way.

        Of "called off talks with the Peruvian premier over the country's move", they are.
        """
        found = self.codes(sentence.start, min(sentence.end, head.left_edge.i))
        if head.dep_ == "poss" and head.head.dep_ == "pobj" and head.lemma_ in words("party_noun"):
            return list(found)
        return [code for code, i in found.items() if not is_passed_by(self.scene.doc[i])]

    def _meeting_bodies(self, sentence: Span, head: Token) -> list[str]:
        """Return the ASEAN of "will attend the ASEAN summit", which is no party there."""
        told = (
            r for i in range(sentence.start, min(sentence.end, head.i)) for r in self.scene.at(i)
        )
        return [r.country for r in told if r.kind == "organization" and r.country]

    def _subject_of(self, sentence: Span) -> list[str]:
        told = [child for child in sentence.root.children if child.dep_ == "ccomp"]
        for verb in (sentence.root, *told):
            subject = self.scene.subject(verb)
            found = (
                self.codes(subject.left_edge.i, subject.right_edge.i + 1, NO_BARS)
                if subject is not None
                else {}
            )
            named = [c for c in verb.children if c.dep_ == "attr"]
            found = dict(found) | {c: 0 for node in named for c in self.codes(node.i, node.i + 1)}
            if found:
                return list(found)
        return []


def _is_untold(noun: Token) -> bool:
    """Tell "a Latin American state has cut ties", "another country", of which nothing was told."""
    new = any(c.lower_ in _NEW for c in noun.children)
    return new and noun.dep_ not in {"appos", "attr"}


def _is_cabinet(noun: Token) -> bool:
    """Tell "the Council of Ministers" of a state from a council of states."""
    of = [node for c in noun.children if c.lower_ == "of" for node in c.children]
    return any(node.lemma_.lower() in words("of_one_state") for node in of)


__all__ = ["MeantParties"]
