"""Whose ties a change is of: by its own words, else by what was told before it."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from spacy.tokens import Span, Token

from models.upgrade import Change
from pipeline.discourse.scene import Scene
from pipeline.stages.upgrades.bare_ties import of_bare
from pipeline.stages.upgrades.candidate import Candidate
from pipeline.stages.upgrades.levels import Level
from pipeline.stages.upgrades.misread import gerund_of, ties_over
from pipeline.stages.upgrades.named import NO_BARS, Found, Parties
from pipeline.stages.upgrades.reading import Reading
from pipeline.stages.upgrades.relations import relation_object, taken_up
from pipeline.stages.upgrades.shares import own_receivers
from pipeline.stages.upgrades.steps import LOWER
from pipeline.stages.upgrades.tables import (
    AGAIN,
    ANY,
    Trigger,
    ing_verbs,
    making_verbs,
    triggers_of,
    words,
)
from pipeline.stages.upgrades.taking_up import (
    parties_of_noun,
    parties_of_owner,
    parties_of_step,
)
from pipeline.stages.upgrades.verbs import verb_above

#: How many sentences the parties of the change told last are kept for.
_CARRY = 3
#: So many do not break with each other.
_SEVERAL = 3
#: Parties found no more surely than this were guessed from the article.
GUESSED = 0.7
#: Parties found no more surely than this only stand in the sentence of bare ties.
_BESIDE = 0.8
_ONE_PERSON = frozenset({"he", "she", "i"})


class ToldParties:
    """Finds the parties of the triggers of one scene, and keeps what was told so far."""

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
        return found or (by_lemma.get(ANY, ()) if self._turns_relations(token) else ())

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

    def _parties(self, token: Token, level: Level | None) -> Found:
        finder = self.reading.parties
        number = self.scene.sentence_of[token.i]
        carried = self._is_carried(number)
        again = finder.fanned_again(token)
        if again:
            return list(again), 0.85
        noun = taken_up(token, self._sentence_before(token))
        if noun is not None and token.dep_ == "relcl" and finder.is_unnamed_many(token):
            return [], 0.0  # "with states that had severed them"
        if carried and self.last and noun is not None:
            near = [c for c in self.history if number - self.scene.sentence_of[c.at] <= _CARRY]
            told = parties_of_owner(self.reading, token, self.last[1], near)
            return self._as_told_last(token) or ([told], 0.85)
        own = parties_of_noun(self.reading, token, noun) if noun is not None else None
        if own is not None:
            return [own], 0.9
        taken = self._taken_by_noun(token, level) or self._taken_by_step(token, level)
        if taken is not None:
            return [taken], 0.85
        same = self._of_clause_over(token)
        if same:
            return [candidate.parties for candidate in same], 0.9
        if level is not None and level.name in words("conferred"):
            found_for = finder.status(token, level)
            return own_receivers(self.reading, token, level, found_for), 0.95
        given = self._given_to(token, level)
        if given:
            return given, 0.95
        if carried and self.last and self._names_nobody(token):
            return [self.last[1]], 0.75
        bare = level is None or level.text.lower() in words("bare_level")
        plain = bare or (level is not None and level.name == "diplomatic_relations")
        joining = self._joining(token) if plain else []
        if joining:
            return joining, 0.8
        found = self._grouped_anew(token, finder.find(token, level, named=bare))
        found = of_bare(self.reading, token, found) if bare and not carried else found
        if not found[0] and (finder.is_unnamed_many(token) or finder.is_with_many(token)):
            return found
        if level is not None and level.name == "alliance" and found[1] <= _BESIDE:
            if self.levels.word_before(level) in {"to", "into"}:
                return found  # their relations are raised to it
            if not self._is_of_paper(level) or self._names_others(token):
                return [], 0.0  # an alliance is of those whom its own clause names
        if found[1] <= GUESSED and (
            self._is_between_persons(token) or self._is_of_many(token, found)
        ):
            return [], 0.0
        found = self._each_with_one(token, level, found)
        unsure = found[1] <= (_BESIDE if bare else GUESSED)
        if unsure and not any(t.lower_ == "with" for t in token.subtree):
            found = self._as_told_last(token) or found
        again = self._as_told_again(token, level, found) if found[1] <= _BESIDE else []
        if again:
            return again, 0.8
        hub = finder.hub()
        if hub is not None and self._is_made_partner(token) and len(found[0]) == 1:
            receivers = sorted(found[0][0] - {hub})
            if set(receivers) == set(found[0][0]):
                return [frozenset({hub, code}) for code in receivers], 0.8
        if not found[0] and carried and self.last:
            return [self.last[1]], 0.7
        return found

    def _is_carried(self, number: int) -> bool:
        """Tell whether a sentence may go on with the change told last.

        Not in another paragraph that names two of its own, none of whom that one names.
        """
        if self.last is None or number - self.last[0] > _CARRY:
            return False
        beside = self.reading.parties.neighbours
        own = beside.named(*beside.paragraph(number))
        return len(own) < len(("one", "other")) or not beside.are_apart(number, self.last[0])

    def _is_between_persons(self, token: Token) -> bool:
        """Tell "he severed ties with Okello", one man's with another, whose states are a guess."""
        subject = self.scene.subject(token) if token.pos_ == "VERB" else None
        if subject is None or not (subject.lower_ in _ONE_PERSON or self._is_person(subject)):
            return False
        withs = [t for t in token.subtree if t.lower_ == "with" and t.i > token.i]
        partners = [head for prep in withs[:1] for head in prep.children]
        return bool(partners) and all(map(self._is_person, partners))

    def _is_of_many(self, token: Token, found: Found) -> bool:
        """Tell "they have cut ties with Oman", of more than the one whom a guess would give.

        Not "Peru's leaders met. They have cut ties with Oman", of whom the sentence before tells.
        """
        subject = self.scene.subject(token) if token.pos_ == "VERB" else None
        if subject is None or subject.lower_ != "they" or self.reading.parties.owners(token):
            return False
        number = self.scene.sentence_of[token.i]
        root = self.scene.sentences[number - 1].root if number else None
        doer = self.scene.subject(root) if root is not None else None
        if doer is not None:
            told = self.reading.parties.codes(doer.left_edge.i, doer.right_edge.i + 1)
            if len(told) == 1 and all(set(told) < pair for pair in found[0]):
                return False
        return any(t.lower_ == "with" for t in token.subtree)

    def _is_person(self, head: Token) -> bool:
        """Tell a person's name that no state's stands beside."""
        kinds = {r.kind for t in head.subtree for r in self.scene.at(t.i)}
        return kinds == {"person"}

    def _is_of_paper(self, level: Level) -> bool:
        """Tell "the treaty of alliance", "the mutual defence pact" from "the alliance"."""
        span = self.levels.span(level)
        if span is None:
            return False
        named = [span.root, span.root.head.head if span.root.dep_ == "pobj" else span.root]
        return any(noun.lemma_.lower() in words("document") for noun in named)

    def _names_others(self, token: Token) -> bool:
        """Tell "the treaty of alliance with Peru", "Peru's ministers signed", of its own sides."""
        subject = self.scene.subject(token)
        private = words("movement", "not_party")
        if subject is not None and {subject.lower_, subject.lemma_.lower()} & private:
            return True
        edges = (subject.left_edge.i, subject.right_edge.i + 1) if subject is not None else (0, 0)
        if self.reading.parties.codes(*edges):
            return True
        return any(node.lower_ in {"with", "between"} for node in token.subtree)

    def _grouped_anew(self, token: Token, found: Found) -> Found:
        """Return the pair of the change told right before, whom "the two countries" mean.

        "Peru and Fiji met. Chad cut ties with Oman in 2009. Both countries restored them": not
        Peru and Fiji, who act together further back. Nor are they "the two" of "Chad decided to
        recognise Kosovo and to open relations between the two".
        """
        if len(found[0]) != 1:
            return found
        number = self.scene.sentence_of[token.i]
        sentence = self.scene.sentence(token.i)
        named = self.reading.parties.codes(sentence.start, sentence.end)
        if self._are_named(token, found[0][0], named):
            return [frozenset(named)], found[1]
        if self.last is None or found[0][0] & self.last[1]:
            return found
        right_before = number - self.last[0] <= 1 and len(self.last[1]) == len(("one", "other"))
        return ([self.last[1]], found[1]) if right_before and not named else found

    def _are_named(self, token: Token, found: Parties, named: Collection[str]) -> bool:
        """Tell "the two" that are told to make another change right before, not those of before."""
        joined = token.dep_ == "conj" and token.head.lemma_.lower() in making_verbs()
        if not joined or len(named) != len(("one", "other")):
            return False
        below = self.reading.parties.group(token.i, token.right_edge.i + 1)
        return set(below) == set(found) and not found <= set(named)

    def _given_to(self, token: Token, level: Level | None) -> list[Parties]:
        """Return each pair of "Peru granted strategic partner status to Chile and Fiji"."""
        if level is None or token.lemma_.lower() not in words("give"):
            return []
        bars = (level.start, level.end)
        receivers = self.reading.parties.receivers(token, bars)
        givers = [c for c in self.reading.parties.owners(token, bars) if c not in receivers]
        return [frozenset({one, other}) for one in givers for other in receivers]

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
        if token.dep_ not in {"relcl", "acl"} or noun.lemma_.lower() not in words("tie"):
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

    def _names_nobody(self, token: Token) -> bool:
        """Tell a heading, without a verb, that names no party."""
        sentence = self.scene.sentence(token.i)
        if any(t.pos_ in {"VERB", "AUX"} and t.dep_ != "amod" for t in sentence):
            return False
        named = (r for i in range(sentence.start, sentence.end) for r in self.scene.at(i))
        return not any(r.country or r.members for r in named)

    def _each_with_one(self, token: Token, level: Level | None, found: Found) -> Found:
        """Read "three states cut ties" of each with the one that the article is about."""
        if len(found[0]) == 1 and self._is_of_takers(token, level, found[0][0]):
            return [], 0.0
        if len(found[0]) != 1 or len(found[0][0]) < _SEVERAL:
            return found
        if {t.change for t in self._triggers(token)} & {"severance", "downgrade"}:
            start = self.scene.sentence(token.i).start
            one = self.reading.parties.other(start, set(found[0][0]))
            pairs = [frozenset({one, code}) for code in sorted(found[0][0])] if one else []
            return (pairs, 0.75) if pairs else found
        # Many open relations with one that is not told, not with each other.
        return ([], 0.0) if level and level.name == "diplomatic_relations" else found

    def _is_of_takers(self, token: Token, level: Level | None, found: Parties) -> bool:
        """Tell "Peru and Chad sought recognition from others", which neither gives the other."""
        if level is None or level.name != "recognition" or token.pos_ != "VERB":
            return False
        mutual = any(t.lower_ in {"other", "mutual", "another"} for t in token.subtree)
        return not mutual and found <= set(self.reading.parties.owners(token))

    def _is_made_partner(self, token: Token) -> bool:
        """Tell "were raised to strategic partners" from "relations were raised", of those named."""
        passive = any(child.dep_ == "auxpass" for child in token.children)
        subjects = (child for child in token.children if child.dep_ == "nsubjpass")
        ties = any(noun.lemma_.lower() in words("tie") for noun in subjects)
        return passive and not ties and token.lemma_.lower() in words("made_partner")

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
            if gap > _CARRY or (gap and last.change not in changes):
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
        if token.pos_ != "NOUN" or not (judged or token.dep_ in {"nsubj", "nsubjpass"}):
            return None  # "India announced the elevation of ties"
        if all(child.lower_ not in words("takes_up") for child in token.children):
            return None
        named = self.reading.parties.codes
        below = [t for child in token.children if child.dep_ != "relcl" for t in child.subtree]
        if any(named(t.i, t.i + 1) for t in below):
            return None
        changes = {trigger.change for trigger in self._triggers(token)}
        last = next((c for c in reversed(self.history) if c.change in changes), None)
        if last is None or (level is not None and last.level not in {None, level.name}):
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
            near = [c for c in self.history if number - self.scene.sentence_of[c.at] <= _CARRY]
            last = next((c for c in reversed(near) if c.change in changes), None)
            target = set(last.parties - set(last.owners)) if last is not None else set()
        if not target and changes & LOWER and all(t.lower_ != "own" for t in token.subtree):
            target = self._common_partner(token, owners)
            if len(owners) > len(("one", "other")):
                target = target or self._left_by_others(changes)
        if len(target) != 1 or target & set(owners):
            return []
        return [frozenset({owner, *target}) for owner in owners]

    def _left_by_others(self, changes: set[Change]) -> set[str]:
        """Return the Taiwan of "Fiji left Taiwan. … Last year A, B and C cut their ties"."""
        last = next((c for c in reversed(self.history) if c.change in changes), None)
        lost = last is not None and last.change == "severance"
        return set(last.parties & words("contested")) if last is not None and lost else set()

    def _common_partner(self, token: Token, owners: Sequence[str]) -> set[str]:
        """Return Oman for "Peru and Chad lowered ties with Oman. Peru and Chad cut relations"."""
        number = self.scene.sentence_of[token.i]
        near = [c for c in self.history if number - self.scene.sentence_of[c.at] <= _CARRY]
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
        near = [c for c in self.history if number - self.scene.sentence_of[c.at] <= _CARRY]
        last = next((c for c in reversed(near) if c.change in changes), None)
        if last is None or len(owners) != 1:
            return None
        if owners[0] in last.parties:
            return [last.parties], 0.8
        target = last.parties - set(last.owners)
        return ([frozenset({owners[0], *target})], 0.8) if len(target) == 1 else None


__all__ = ["GUESSED", "ToldParties"]
