"""Which parties a change in relations is between."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from spacy.tokens import Token

from pipeline.discourse.verb_forms import tense_of
from pipeline.discourse.verbs import own_verb, verb_above
from pipeline.labels import ADNOMINAL, OBJECTS, VERBS
from pipeline.neighbours import prep_objects
from pipeline.reference.countries import is_country
from pipeline.stages.upgrades.dates.counted_lists import entries_from
from pipeline.stages.upgrades.levels.level_names import Level
from pipeline.stages.upgrades.outcome.misread import gerund_of
from pipeline.stages.upgrades.parties.counted_states import each_counted, with_counted
from pipeline.stages.upgrades.parties.examples import examples_of
from pipeline.stages.upgrades.parties.in_turn import each_in_turn
from pipeline.stages.upgrades.parties.looking_back import are_rivals
from pipeline.stages.upgrades.parties.named import Found, NamedParties, Parties
from pipeline.stages.upgrades.parties.partners_left_out import PartnerReader
from pipeline.stages.upgrades.parties.party_references import NO_BARS, Bars
from pipeline.stages.upgrades.parties.passing import (
    follows_no_state,
    is_in_when,
)
from pipeline.stages.upgrades.parties.posted_to import with_host
from pipeline.stages.upgrades.tables import words

_NOBODY: Found = ([], 0.0)
#: How many sentences from a region its states may be listed, and no fewer than so many.
_NEAR = 3
_REGION = 4
_UNTENSED = frozenset({"infinitive", "none", "progressive"})
_PAIR = 2


class PartyFinder(PartnerReader):
    """Finds the parties of triggers in one scene."""

    def find(self, token: Token, level: Level | None, *, named: bool = False) -> Found:
        """Return the sets of parties, one a record, and how surely they are meant.

        "Vietnam's ties with Japan" fires with both; a country that only stands in the sentence
        counts less.

        Args:
            named: whether the sentence itself must name at least one of them.
        """
        bars = (level.start, level.end) if level else NO_BARS
        if (named_so := self._named_by(token, bars)) is not None:
            return [named_so], 1.0
        if self.is_with_unnamed(token) or self.is_of_no_state(token):
            return _NOBODY
        if self.is_with_many(token):
            own = self.owners(token, bars)
            many = self._met_counted(token, own) if len(own) == 1 else []
            return ([frozenset({*own, code}) for code in many], 0.85) if many else _NOBODY
        if follows_no_state(token) or self.is_of_unnamed_many(token):
            return _NOBODY
        if self.is_joined_to_region(token, bars):
            return _NOBODY
        pair = self.paired_in(token, bars)
        if pair is not None:
            return [pair], 1.0
        in_turn = each_in_turn(self, token)
        if in_turn:
            return in_turn, 0.9
        there = self.pair_there(token)
        if there is not None:
            return [there], 0.9
        fanned = self.fanned(token, bars)
        if fanned:
            return fanned, 1.0
        some = self._between_some(token)
        if some is not None:
            return some, 1.0 if some else 0.0
        counted = self._with_counted(token, bars)
        if counted is not None:
            return counted
        alone = self._has_own_partner(token, bars) or _acts_as_two(self, token)
        between = self.between(token, bars) if not alone else []
        if len(between) >= 2:
            return [self.pair_of_doer(self.owners(token, bars), between)], 1.0
        sectioned = self.sectioned(token)
        if sectioned is not None and self._names_no_other(token, bars, sectioned):
            return [sectioned], 0.9
        partners = self.partners(token, bars)
        owners = self._beside(token, self.owners(token, bars), partners)
        partners = partners or self.met_again(token, owners) or self._met_counted(token, owners)
        verb = own_verb(token)
        subject = self.scene.subject(verb) if verb is not None else None
        half = subject is not None and not partners and self.is_with_region(subject)
        if len(owners) < 2 and (half or self.is_half_between(token, bars)):
            body = [code for code in self.around(token, bars) if not is_country(code)]
            members = self._members_listed(token) if len(body) == 1 else []
            return ([frozenset([*body, *members])], 0.8) if members else _NOBODY
        if not owners and self.is_unnamed_many(token):
            return _NOBODY
        apart = self._each_of_some(token, owners) if len(owners) > 1 and not partners else None
        if apart is not None:
            return apart
        hosted = with_host(self, token, owners) if not partners else None
        if hosted is not None:
            return [hosted], 0.9
        return self._by_grammar(token, bars, owners, partners) or self._by_article(
            token, bars, owners, partners, named=named
        )

    def _named_by(self, token: Token, bars: Bars) -> Parties | None:
        """Return the pair of "Chad named Mali a partner", whoever's ties the sentence tells of."""
        if token.lemma_ not in words("names_partner") or tense_of(token) in _UNTENSED:
            return None
        subject = next((c for c in token.children if c.dep_ == "nsubj"), None)
        named = [c for c in token.children if c.dep_ in OBJECTS and c.pos_ == "PROPN"]
        if subject is None or len(named) != 1 or subject.pos_ != "PROPN":
            return None
        sides = [set(self.codes(t.left_edge.i, t.i + 1, bars)) for t in (subject, named[0])]
        pair = frozenset().union(*sides)
        return pair if [*map(len, sides)] == [1, 1] and len(pair) == _PAIR else None

    def _between_some(self, token: Token) -> list[Parties] | None:
        """Return each pair of "ties between Peru and several states, including Chad and Fiji".

        None where it is between no such many, no pair where they are not named.
        """
        for prep in (gerund_of(token) or token).subtree:
            if prep.lower_ != "between":
                continue
            nouns = [n for c in prep.children if c.dep_ == "pobj" for n in (c, *c.conjuncts)]
            nouns += [n for n in prep.head.conjuncts if n.i > prep.i]
            many = next((n for n in nouns if _is_of_many(n)), None)
            one = list(self.codes(prep.i, many.left_edge.i)) if many is not None else []
            if many is not None and len(one) == 1:
                listed = examples_of(self, many) or self._counted(many)
                pairs = [frozenset({*one, code}) for code in listed if code not in one]
                definite = any(c.lower_ in words("definite") for c in many.children)
                return pairs if pairs or not definite else None
        return None

    def is_between_many(self, token: Token) -> bool:
        """Tell "ties between Peru and all African states", none of whom is named."""
        return self._between_some(token) == []

    def _with_counted(self, token: Token, bars: Bars) -> Found | None:
        """Return each of "Peru and three states", "ties between Peru and three states"."""
        verb = own_verb(token)
        subject = self.scene.subject(verb) if verb is not None else None
        between = (t for t in self.scene.sentence(token.i) if t.lower_ == "between")
        paired = [c for prep in between for c in prep.children if c.dep_ == "pobj"]
        found = with_counted(self, (*paired, subject))
        return found if found is not None and not self.partners(token, bars) else None

    def _met_counted(self, token: Token, owners: Sequence[str]) -> list[str]:
        """Return those of "Peru opened ties with the five states", told of near by."""
        verb = own_verb(token)
        withs = (t for t in token.subtree if t.lower_ == "with" and verb_above(t) == verb)
        return next((c for c in (each_counted(self, t, owners) for t in withs) if c), [])

    def _has_own_partner(self, token: Token, bars: Bars) -> bool:
        """Tell "ended the pact between Peru and Chad and raised its ties with Fiji" of raising.

        Also "raised its ties with Fiji, ending a feud between Peru and Chad".
        """
        below = [*token.subtree]
        if any(t.lower_ == "between" and _is_of(t, token) for t in below):
            return False
        withs = [t for t in below if t.lower_ == "with" and _is_of(t, token)]
        return any(self.codes(t.i, t.right_edge.i + 1, bars) for t in withs)

    def _each_of_some(self, token: Token, owners: Sequence[str]) -> Found | None:
        """Return each of "several states, such as Peru and Fiji, cut ties" with whom that is told.

        Not "several states, such as Peru and Fiji, cut ties with each other".
        """
        promised = self._promised(token, owners)
        if promised is not None:
            return promised
        third = self._taken_up(token, owners)
        if third is not None:
            return [frozenset({owner, third}) for owner in owners], 0.9
        verb = own_verb(token)
        subject = self.scene.subject(verb) if verb is not None else None
        if subject is None or subject.right_edge.i >= token.i:
            return None
        counted = prep_objects(subject, "of")
        of_number = subject.lemma_.lower() in words("number_of") and _is_of_many(subject)
        states = counted[0] if of_number else subject
        if states.tag_ != "NNS" or states.lemma_.lower() not in words("many_parties"):
            return None
        if not any(examples_of(self, noun) for noun in {states, subject}):
            return None
        sentence = self.scene.sentence(token.i)
        if any(t.lower_ == "each" for t in sentence[token.i - sentence.start :]):
            return None
        rest = [code for code in self.codes(sentence.start, sentence.end) if code not in owners]
        other = rest[0] if len(rest) == 1 else self.other(token.i, set(owners))
        return ([frozenset({owner, other}) for owner in owners], 0.9) if other else None

    def _taken_up(self, token: Token, owners: Sequence[str]) -> str | None:
        """Return the Oman of "Oman hailed Peru and Fiji, which have restored ties with it"."""
        own = token if token.pos_ in VERBS else None
        for prep in token.subtree:
            if prep.lower_ != "with" or (own is not None and verb_above(prep) != own):
                continue
            for head in prep.children:
                one = head.lower_ == "it" or (
                    head.tag_ == "NN"
                    and head.lemma_.lower() in words("party_noun")
                    and [c.lower_ for c in head.children] == ["the"]
                )
                meant = self.meant(head, set(owners)) if one else []
                over = verb_above(token.head) if token.dep_ == "relcl" else None
                subject = self.scene.subject(over) if one and over is not None else None
                if not meant and subject is not None and subject.i < token.i:
                    meant = [c for c in self.codes(subject.i, subject.i + 1) if c not in owners]
                if len(meant) == 1:
                    return meant[0]
        return None

    def _promised(self, token: Token, owners: Sequence[str]) -> Found | None:
        """Return each of "Oman has commitments from Peru and Fiji to restore ties" with Oman."""
        noun = token.head
        if token.dep_ not in ADNOMINAL or noun.dep_ not in {"dobj", "pobj", "conj"}:
            noun = next((t for t in token.ancestors if t.lemma_ in words("promise")), noun)
        if noun.lemma_.lower() not in words("promise") or noun.i > token.i:
            return None
        if not any(t.lower_ == "from" for t in self.scene.doc[noun.i : token.i]):
            return None
        verb = verb_above(noun)
        subject = self.scene.subject(verb) if verb is not None else None
        if subject is None or subject.i > noun.i:
            return None
        whom = self.codes(subject.left_edge.i, subject.i + 1)
        if len(whom) != 1 or set(whom) & set(owners):
            return None
        return [frozenset({owner, *whom}) for owner in owners], 0.9

    def _beside(self, token: Token, owners: Sequence[str], partners: Sequence[str]) -> list[str]:
        """Return who acts with the partners: not those, but both of "both countries".

        "Peru and Chile traded with Oman. The two countries raised ties with Oman": not of them.
        """
        found = [code for code in owners if code not in partners]
        verb = own_verb(token)
        subject = self.scene.subject(verb) if verb is not None else None
        if subject is None or not partners or len(found) > 1:
            return found
        grouped = any(r.kind == "group" for r in self.scene.at(subject.i))
        if not grouped and subject.lower_ not in words("both"):
            return found
        both = self.both_before(subject, set(partners))
        return both if set(found) <= set(both) else found

    def _by_grammar(
        self, token: Token, bars: Bars, owners: Sequence[str], partners: Sequence[str]
    ) -> Found | None:
        """Return the parties where the sentence names both sides; None where it does not."""
        sentence = self.scene.sentence(token.i)
        if owners and partners:
            return [frozenset({one, other}) for one in owners for other in partners], 1.0
        paired = self.compounds(sentence.start, sentence.end, bars)
        if len(paired) == 1:
            return list(paired), 0.95
        mover = self._mover(token)
        if mover is not None and mover not in owners:
            return [frozenset({mover, owner}) for owner in owners], 0.9
        if len(owners) >= 2:
            return [frozenset(owners)], 0.95 if len(owners) == 2 else 0.7
        group = self.group(sentence.start, sentence.end)
        if group:
            return [frozenset(group)], 0.9
        visited = self._where(token) - set(owners)
        if len(owners) == 1 and len(visited) == 1 and not self._names_partner(token, owners[0]):
            return [frozenset({owners[0], *visited})], 0.9
        told = self.around(token, bars)
        doc = self.scene.doc
        rest = [c for c, i in told.items() if c not in partners and not _is_with(doc[i])]
        if len(partners) > 1 == len(rest):  # "Peru issued word of the end of ties with A and B"
            return [frozenset({*rest, code}) for code in partners], 0.8
        carried = self._carried(token, told)
        if carried is not None:
            return [carried], 0.8
        if len(told) != 2 or are_rivals(min(told), set(told)):
            return None  # rivals are a pair only where the grammar makes them one
        if set(told) <= set(partners) or all(_is_with(doc[i]) for i in told.values()):
            return None  # "ties with Peru and with Fiji were raised": those of a third
        return [frozenset(told)], 0.8

    def _mover(self, token: Token) -> str | None:
        """Return the "Fiji" of "Fiji held elections, prompting Peru and Chile to restore ties"."""
        over = token.head
        moved = over.lemma_.lower() in words("moves") and over.tag_ == "VBG"
        subject = self.scene.subject(over.head) if moved and over.dep_ == "advcl" else None
        told = self.scene.at(subject.i) if subject is not None else ()
        return next((r.country for r in told if r.kind == "country"), None)

    def _names_no_other(self, token: Token, bars: Bars, pair: Parties) -> bool:
        """Tell a sentence that names none but a pair, or "both countries" alone."""
        sentence = self.scene.sentence(token.i)
        return set(self.codes(sentence.start, sentence.end, bars)) <= pair

    def _where(self, token: Token) -> set[str]:
        """Return the country of "a trip to Peru, where he raised ties with the neighbour"."""
        own = own_verb(token)
        if own is None or own.dep_ != "relcl":
            return set()
        if not any(child.lower_ == "where" for child in own.children):
            return set()
        return {r.country for r in self.scene.at(own.head.i) if r.country}

    def _names_partner(self, token: Token, owner: str) -> bool:
        """Tell whether a trigger's own clause names another party."""
        own = own_verb(token)
        nodes = own.subtree if own is not None else ()
        return any(set(self.codes(node.i, node.i + 1)) - {owner} for node in nodes)

    def _carried(self, token: Token, told: Mapping[str, int]) -> Parties | None:
        """Return the pair told last, where a clause of its own names but one of them.

        "Ties were opened in 1994, when the premier of Peru was in Oslo" names no party of the ties,
        nor does "despite the resumption of ties, Peru backed Chad".
        """
        last = next(reversed(self.pairs), None)
        if last is None or len(last) != len(last & set(told)) + 1 or not told:
            return None
        if frozenset(told) in self.pairs:
            return frozenset(told)  # "the envoys of Peru and Chad marked the opening of ties"
        sentence = self.scene.sentence(token.i)
        named = [i for i in range(sentence.start, sentence.end) if self.codes(i, i + 1)]
        behind = all(i > token.i and is_in_when(self.scene.doc[i]) for i in named)
        definite = token.tag_ == "NN" and any(c.lower_ == "the" for c in token.children)
        alone = definite and not self.codes(token.left_edge.i, token.right_edge.i + 1)
        return last if behind or alone else None

    def _members_listed(self, token: Token) -> list[str]:
        """Return the states of a region ("the EU and Central Asia") from the list near by."""
        number = self.scene.sentence_of[token.i]
        near = self.scene.sentences[max(0, number - _NEAR) : number + _NEAR + 1]
        for i in range(near[0].start, near[-1].end):
            listed = [code for code in self.listed_from(i) if is_country(code)]
            if len(listed) >= _REGION:
                return listed
        named = self.codes(near[0].start, near[-1].end)
        whole = [code for code in named if code in words("central_asia")]
        return whole if len(whole) >= _REGION else []

    def _by_article(
        self,
        token: Token,
        bars: Bars,
        owners: Sequence[str],
        partners: Sequence[str],
        *,
        named: bool,
    ) -> Found:
        """Return the parties where the sentence names one side, none, or too many."""
        sentence = self.scene.sentence(token.i)
        several = len(partners) > 1  # of one that is not named
        known = partners or owners or list(self.around(token, bars))
        if not known:
            pair = None if named else self.pair_before(sentence.start)
            if pair and any(map(is_country, pair)) and self._is_of_regions(token):
                return _NOBODY
            return ([pair], 0.6) if pair else _NOBODY
        met = self._met_here(token, known, bars) if len(known) == 1 and not partners else None
        if met is not None:
            return [frozenset({*known, met})], 0.8
        if len(known) == 1 or several:
            beside = self.left_out(token, known[0]) if len(known) == 1 else None
            maker = self.maker_before(token) if partners else None
            beside = beside or (maker if maker not in known else None)
            other = beside or self.other_of(token, set(known), acting=bool(partners))
            at = self.around(token, bars).get(other) if several and other else None
            if other and (at is None or not _is_with(self.scene.doc[at])):
                return [frozenset({other, code}) for code in known], 0.6 if several else 0.7
            if not several:
                return _NOBODY
        named_here = self.around(token, bars)
        near = sorted(named_here, key=lambda code: abs(named_here[code] - token.i))[:2]
        found = len(near) > 1 and not set(near) <= set(partners)
        return ([frozenset(near)], 0.5) if found else _NOBODY

    def _met_here(self, token: Token, known: Sequence[str], bars: Bars) -> str | None:
        """Return the Peru of "the kingdom calls Peru a friend and formed a pact with it".

        Also of "opened ties with three states: Peru in May, Chad in June", the rest behind it.
        """
        for many in (n for t in token.subtree if t.lower_ == "with" for n in t.children):
            end = self.scene.sentence(many.i).end if _is_of_many(many) else many.i
            colon = next((t.i for t in self.scene.doc[many.i : end] if t.text == ":"), None)
            listed = entries_from(self, colon + 1) if colon is not None else []
            if listed and listed[0].code not in known:
                return listed[0].code
        taken_up = any(t.lower_ == "it" and t.head.lower_ == "with" for t in token.subtree)
        here = [c for c in self.around(token, bars) if c not in known] if taken_up else []
        return here[0] if len(here) == 1 and is_country(here[0]) else None

    def _is_of_regions(self, token: Token) -> bool:
        """Tell "the two regions have been linked by a partnership", which is of no two states."""
        verb = own_verb(token)
        subject = self.scene.subject(verb) if verb is not None else None
        return subject is not None and subject.lemma_.lower() in words("regions")


def _is_with(name: Token) -> bool:
    """Tell the "Oman" of "a partnership with Peru and Fiji, and better ties with Oman"."""
    return name.dep_ == "pobj" and name.head.lower_ == "with"


def _is_of_many(noun: Token) -> bool:
    """Tell "several states", "a number of states"."""
    below = prep_objects(noun, "of")
    counted = noun.lemma_.lower() in words("number_of") and below
    many = below[0] if counted else noun
    return many.tag_ == "NNS" and many.lemma_.lower() in words("many_parties")


def _is_of(prep: Token, token: Token) -> bool:
    """Tell the "with" of the ties that a trigger changes from that of another verb."""
    noun = prep.head
    ties = noun == token or noun.lemma_.lower() in words("tie")
    over = verb_above(noun) if noun != token else token
    return ties and over in {token, verb_above(token)}


def _acts_as_two(finder: NamedParties, token: Token) -> bool:
    """Tell "relations between Peru and Fiji, since Chad and Mali agreed to resume ties" of Chad's.

    The verb with a tense over the change has two for its subject, and "between" stands outside it.
    """
    above = (t for t in (token, *token.ancestors) if t.pos_ in VERBS)
    verb = next((t for t in above if tense_of(t) not in _UNTENSED), None)
    if verb is None or verb.dep_ == "ROOT":
        return False
    subject = next((c for c in verb.children if c.dep_ == "nsubj"), None)
    if subject is None or any(t.lower_ == "between" for t in verb.subtree):
        return False
    return len(finder.codes(subject.left_edge.i, subject.right_edge.i + 1, NO_BARS)) == _PAIR


__all__ = ["PartyFinder"]
