"""Whose ties a change is of: by its own words, else as `carried_parties` has it."""

from __future__ import annotations

from collections.abc import Collection

from spacy.tokens import Token

from pipeline.labels import ADNOMINAL, VERBS
from pipeline.reference.countries import is_country
from pipeline.stages.upgrades.levels.level_names import Level
from pipeline.stages.upgrades.levels.shares import own_receivers
from pipeline.stages.upgrades.memberships.taken_up import taken_up_together
from pipeline.stages.upgrades.parties.carried_parties import CARRY, CarriedParties
from pipeline.stages.upgrades.parties.named import Found, Parties
from pipeline.stages.upgrades.parties.party_references import NO_BARS
from pipeline.stages.upgrades.parties.taking_up import (
    parties_of_noun,
    parties_of_owner,
    parties_told_here,
)
from pipeline.stages.upgrades.tables import making_verbs, words
from pipeline.stages.upgrades.ties.bare_ties import of_bare
from pipeline.stages.upgrades.ties.relations import taken_up

#: So many do not break with each other.
_SEVERAL = 3
#: Parties found no more surely than this were guessed from the article.
GUESSED = 0.7
#: Parties found no more surely than this only stand in the sentence of bare ties.
_BESIDE = 0.8
_ONE_PERSON = frozenset({"he", "she", "i"})


class ToldParties(CarriedParties):
    """Finds the parties of the triggers of one scene."""

    def _parties(self, token: Token, level: Level | None) -> Found:
        finder = self.reading.parties
        number = self.scene.sentence_of[token.i]
        carried = self._is_carried(number)
        again = finder.fanned_again(token)
        if again:
            return list(again), 0.85
        noun = taken_up(token, self._sentence_before(token))
        here = parties_told_here(self.reading, token, self.history) if noun is not None else None
        if here is not None:
            return [here], 0.9
        if noun is not None and token.dep_ == "relcl" and finder.is_unnamed_many(token):
            return [], 0.0  # "with states that had severed them"
        if carried and self.last and noun is not None:
            near = [c for c in self.history if number - self.scene.sentence_of[c.at] <= CARRY]
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
        together = self._all_who_formed(token, level)
        if together is not None:
            return [together], 0.85
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
        if not found[0] and finder.is_between_many(token):
            return found
        if level is not None and level.name == "alliance" and found[1] <= _BESIDE:
            if self.levels.word_before(level) in {"to", "into"}:
                return found  # their relations are raised to it
            own = frozenset(self.reading.parties.owners(token))
            if len(own) > 2 and found[0] == [own] and self._is_of_states(token, level):
                return [own], 0.8  # "Peru, Chad and Oman formed an alliance"
            if not self._is_of_paper(level) or self._names_others(token, found):
                return [], 0.0  # an alliance is of those whom its own clause names
        if found[1] <= GUESSED and (
            self._is_between_persons(token) or self._is_of_many(token, found)
        ):
            return [], 0.0
        if found[1] <= GUESSED and (pair := self._of_recogniser(token)) is not None:
            return [pair], 0.8
        if found[1] <= GUESSED and (pair := self._of_state_left(token, found)) is not None:
            return [pair], 0.8
        found = self._each_with_one(token, level, found)
        unsure = found[1] <= (_BESIDE if bare else GUESSED)
        if unsure and not any(_is_with_party(t) for t in token.subtree):
            found = self._as_told_last(token) or found
        again = self._as_told_again(token, level, found) if found[1] <= _BESIDE else []
        if again:
            return again, 0.8
        all_known = self._of_all_recognised(token, found) if found[1] <= _BESIDE else []
        if all_known:
            return all_known, 0.8
        hub = finder.hub()
        if hub is not None and self._is_made_partner(token) and len(found[0]) == 1:
            receivers = sorted(found[0][0] - {hub})
            if set(receivers) == set(found[0][0]):
                return [frozenset({hub, code}) for code in receivers], 0.8
        if not found[0] and carried and self.last:
            return [self.last[1]], 0.7
        return found

    def _all_who_formed(self, token: Token, level: Level | None) -> Parties | None:
        """Return the three of "Peru, Chad and Fiji left it. The countries formed an alliance"."""
        pact = level is not None and level.name in words("of_several")
        subject = self.scene.subject(token) if pact and token.pos_ == "VERB" else None
        if subject is None:
            return None
        if any(r.kind == "country" for r in self.scene.at(subject.i)):
            if level is None or level.text.istitle() or " of " not in level.text:
                return None
            own = self.reading.parties.owners(token)  # "formed the Alliance of Sahel States"
            states = own if all(map(is_country, own)) else []
        else:
            states = taken_up_together(self.reading.parties, subject)
        return frozenset(states) if len(states) >= _SEVERAL else None

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

    def _is_of_states(self, token: Token, level: Level) -> bool:
        """Tell "Peru, Chad and Oman formed an alliance" from "airlines of", "one of airlines"."""
        subject, span = self.scene.subject(token), self.levels.span(level)
        if subject is None or span is None or any(c.lower_ == "of" for c in span.root.children):
            return False
        rules = words("rules_state") | {"leader"}
        doers = [subject, *(c for c in token.children if c.dep_ == "nsubj")]
        return all(
            noun.lemma_.lower() in rules or any(r.kind == "country" for r in self.scene.at(noun.i))
            for noun in doers
        )

    def _names_others(self, token: Token, found: Found) -> bool:
        """Tell "the treaty of alliance with Peru", "Peru's ministers signed", of its own sides.

        Of "Peru ratified the treaty of alliance with Chad, signed in 2023" the pair is found.
        """
        subject = self.scene.subject(token)
        private = words("movement", "not_party")
        if subject is not None and {subject.lower_, subject.lemma_.lower()} & private:
            return True
        edges = (subject.left_edge.i, subject.right_edge.i + 1) if subject is not None else (0, 0)
        if told := set(self.reading.parties.codes(*edges)):
            return token.dep_ not in ADNOMINAL or not any(told <= pair for pair in found[0])
        return any(node.lower_ in {"with", "between"} for node in token.subtree)

    def _grouped_anew(self, token: Token, found: Found) -> Found:
        """Return the pair of the change told right before, whom "the two countries" mean.

        "Peru and Fiji met. Chad cut ties with Oman in 2009. Both countries restored them": not
        Peru and Fiji, who act together further back. So in a paragraph on Peru and the EU, of an
        article on Peru and Fiji. Nor are they "the two" of "Chad decided to recognise Kosovo and
        to open relations between the two".
        """
        if len(found[0]) != 1:
            return found
        number = self.scene.sentence_of[token.i]
        sentence = self.scene.sentence(token.i)
        named = self.reading.parties.codes(sentence.start, sentence.end)
        if self._are_named(token, found[0][0], named):
            return [frozenset(named)], found[1]
        group = self.reading.parties.group(sentence.start, sentence.end)
        met = self.reading.parties.compounds(sentence.start, sentence.end, NO_BARS, of_events=True)
        if len(met) == 1 and set(group) == found[0][0] and set(named) <= min(met):
            return list(met), found[1]  # "at the U.S.-ASEAN summit both sides raised their ties"
        there = self.reading.parties.linked_before(token)
        there = there or self.reading.parties.trip_told_with(token)
        if there is not None and len(there & found[0][0]) == 1:
            return ([there], found[1]) if set(group) == found[0][0] else found
        own = self._pair_of_paragraph(number)
        if own is not None and not named and len(own & found[0][0]) == 1:
            return [own], found[1]
        if self.last is None or found[0][0] & self.last[1]:
            return found
        right_before = number - self.last[0] <= 1 and len(self.last[1]) == len(("one", "other"))
        return ([self.last[1]], found[1]) if right_before and not named else found

    def _of_recogniser(self, token: Token) -> Parties | None:
        """Return the pair of "Peru, the third after Chad to recognise it, and ties were opened"."""
        ties = (c for c in token.children if c.dep_ == "nsubjpass")
        if token.dep_ != "conj" or not any(n.lemma_.lower() in words("tie") for n in ties):
            return None
        start = self.scene.sentence(token.i).start
        here = [c for c in self.history if c.at >= start and c.rule != "preceding"]
        known = here[-1] if here and here[-1].change == "establishment" else None
        return known.parties if known is not None and known.level == "recognition" else None

    def _of_all_recognised(self, token: Token, found: Found) -> list[Parties]:
        """Return both pairs of "Peru recognised Niue and Fiji and vowed to open relations"."""
        start = self.scene.sentence(token.i).start
        here = [c.parties for c in self.history if c.at >= start and c.level == "recognition"]
        alone = len(found[0]) == 1 and found[0][0] in here
        named = any(t.lower_ in {"with", "between"} for t in token.subtree)
        return here if alone and len(here) > 1 and not named else []

    def _of_state_left(self, token: Token, found: Found) -> Parties | None:
        """Return the pair of "Peru broke with Taiwan. The one before it was Chad, which cut ties".

        With nobody named, those who cut ties are of a state that others left, where its recognition
        is contested.
        """
        if all(t.change != "severance" for t in self._triggers(token)) or len(found[0]) != 1:
            return None
        sentence = self.scene.sentence(token.i)
        here = self.reading.parties.codes(sentence.start, sentence.end)
        left = [c for c in (*self.reading.left, *here) if c in words("contested")]
        if not left or self.reading.parties.partners(token, NO_BARS):
            return None
        named = set(here) - {left[-1]}
        doers = named & set(self.reading.parties.owners(token))
        own = next((o for o in (found[0][0] & named, doers, named) if len(o) == 1), set())
        return frozenset({*own, left[-1]}) if own else None

    def _pair_of_paragraph(self, number: int) -> Parties | None:
        """Return the two alone that a sentence's paragraph tells of, as partners, right before."""
        first, _ = self.scene.paragraph(number)
        if first == number or not self.levels.by_sentence.get(number - 1):
            return None
        near, told = self.reading.parties.neighbours, (first, number)
        pair = near.named(*told)
        both = len(pair) == len(("one", "other")) and near.named(number - 1, number) == pair
        return pair if both else None

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

    def _names_nobody(self, token: Token) -> bool:
        """Tell a heading, without a verb, that names no party."""
        sentence = self.scene.sentence(token.i)
        if any(t.pos_ in VERBS and t.dep_ != "amod" for t in sentence):
            return False
        named = (r for i in range(sentence.start, sentence.end) for r in self.scene.at(i))
        return not any(r.country or r.members for r in named)

    def _each_with_one(self, token: Token, level: Level | None, found: Found) -> Found:
        """Read "three states cut ties" of each with the one that the article is about."""
        if len(found[0]) == 1 and self._is_of_takers(token, level, found[0][0]):
            return [], 0.0
        if len(found[0]) != 1 or len(found[0][0]) < _SEVERAL:
            return found
        changes = {t.change for t in self._triggers(token)}
        with_one = changes & {"severance", "downgrade"}
        if changes & {"restoration"} and self.reading.parties.is_list_behind(token, found[0][0]):
            with_one = changes  # "five others have restored ties: Peru in 1982, Chad in 1983 …"
        if with_one:
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


def _is_with_party(prep: Token) -> bool:
    """Tell the "with" of "cut ties with the rebels" from that of "with immediate effect"."""
    heads = [c.lemma_.lower() for c in prep.children if c.dep_ == "pobj"]
    return prep.lower_ == "with" and not set(heads) & words("in_force")


__all__ = ["GUESSED", "ToldParties"]
