"""The parties that a sentence does not name, by what the article tells of most, and told last."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from spacy.tokens import Span, Token
from typing_extensions import override

from pipeline.discourse.scene import Scene
from pipeline.discourse.tables import words as told_words
from pipeline.reference.countries import is_country
from pipeline.reference.places import seat_of
from pipeline.stages.upgrades.merging.sections import Sections
from pipeline.stages.upgrades.parties.headline import parties_in
from pipeline.stages.upgrades.parties.named import Parties
from pipeline.stages.upgrades.parties.neighbours import Neighbours
from pipeline.stages.upgrades.parties.passing import is_passed_by
from pipeline.stages.upgrades.parties.trips import Trips
from pipeline.stages.upgrades.tables import words

#: How many sentences back parties are looked for that the sentence does not name.
LOOK_BACK = 6
#: Told of so many times more than the next, a party is the one meant.
CLEARLY = 1.6
#: Pairs that must have been told before one party counts as their hub.
HUB_PAIRS = 3
#: What it counts for a party to stand in the title.
_TITLE_WEIGHT = 3


class LookingBack(Trips):
    """Finds parties by what the article told before."""

    def __init__(self, scene: Scene) -> None:
        super().__init__(scene)
        #: The parties that the title names, in order.
        self.titled = parties_in(scene.article.title)
        #: The pairs of the changes told so far, each once, the one told last at the end.
        self.pairs: dict[Parties, None] = {}
        #: The sentence of the change told last, none where it has none.
        self._told_in: int | None = None
        self.sections = Sections(scene)
        self.neighbours = Neighbours(scene, self.excepted)
        self._weights = Counter(self.counts)
        for code in self.titled:
            self._weights[code] += _TITLE_WEIGHT

    def pair_there(self, token: Token) -> Parties | None:
        """Return whom "In Peru, the two countries raised their ties" means: Peru and its guest.

        Nobody, where guests of several countries are told to come there, or another is named, nor
        where two others' relations are told of before, as of hosts who mediate.
        """
        sentence = self.scene.sentence(token.i)
        named = self.codes(sentence.start, sentence.end)
        seats = self.seats(sentence.start, sentence.end)
        host = min({*named, *seats}, default="")
        guests = self._guests.get(host, set())
        others = next(reversed(self.pairs), frozenset(guests))
        if len({*named, *seats}) != 1 or len(guests) != 1 or not others & {host, *guests}:
            return None
        if not self._names_pair_before(token) - self._further_hosts(guests) <= {host, *guests}:
            return None
        at = named.get(host, sentence.start)
        grouped = any(
            r.kind == "group" and len(r.members) == len(("one", "other"))
            for i in range(at + 1, sentence.end)
            for r in self.scene.at(i)
        )
        before = self.scene.doc[max(sentence.start, at - 2) : at]
        placed = not named or any(t.lower_ == "in" or _leads_there(t) for t in before)
        return frozenset({host, *guests}) if grouped and placed else None

    def _further_hosts(self, guests: set[str]) -> set[str]:
        """Return the Chile of "During a stay in Chile, Chad signed a deal. In Peru, the two …"."""
        return {host for host, told in self._guests.items() if told == guests}

    def _names_pair_before(self, token: Token) -> set[str]:
        """Return the two of "Peru and Chad fell out", right before, unless that tells of a trip."""
        number = self.scene.sentence_of[token.i] - 1
        before = self.scene.beside(number + 1, step=-1)
        if before is None or number in self._trips:
            return set()
        named = self.codes(before.start, before.end)
        return set(named) if len(named) > 1 else set()

    def linked_before(self, token: Token) -> Parties | None:
        """Return the two of "Peru is yet to reopen its embassy in Chad, but the two have made up".

        Nobody, where its sentence names others before a token, or nothing links the two.
        """
        start = self.scene.sentence(token.i).start
        named = [*self.codes(start, token.i), *self.seats(start, token.i)]
        pair = frozenset(named)
        links = words("relation", "link_of_two")
        at = [i for i in range(start, token.i) if any(r.country for r in self.scene.at(i))]
        between = self.scene.doc[min(at, default=0) : max(at, default=0)]
        linked = any(t.lemma_.lower() in links for t in between)
        return pair if linked and len(pair) == len(("one", "other")) else None

    def note(self, parties: Parties, at: int) -> None:
        """Remember the parties of a change, told at a token."""
        self.pairs.pop(parties, None)
        self.pairs[parties] = None
        self._told_in = self.scene.sentence_of[at]

    @override
    def group(self, start: int, end: int) -> tuple[str, ...]:
        """Return whom "the two sides" in a stretch of tokens mean.

        "Oman brokered the accord between Peru and Chad. It binds both countries to reopen their
        embassies": the two of the change told right before, not one of them and a third.
        """
        members = super().group(start, end)
        last = next(reversed(self.pairs), frozenset[str]())
        if len(members) != len(last) or len(last & set(members)) != 1 or self._told_in is None:
            return members
        sentence = self.scene.sentence(start)
        near = self.scene.sentence_of[start] - self._told_in == 1
        named = self.codes(sentence.start, sentence.end)
        return tuple(sorted(last)) if near and set(named) <= last else members

    def pair_of_doer(self, doers: Sequence[str], pair: Sequence[str]) -> Parties:
        """Return the pair told before, of "Peru cut the ties between the two", if Peru is neither.

        So where the pair meant otherwise shares a party with it.
        """
        told = [p for p in self.pairs if p.issuperset(doers) and len(p & set(pair)) == 1]
        apart = len(doers) == 1 and not set(doers) & set(pair)
        return told[-1] if apart and told else frozenset(pair)

    def sectioned(self, token: Token) -> Parties | None:
        """Return the party whose page an article is and that of the section a token is in.

        So the two that the section's heading names: "Iceland – Ghana".
        """
        pair = self.sections.pair(token.idx)
        if pair is not None:
            return pair
        partner = self.sections.partner(token.idx)
        subject = self.sections.subject(self._weights) if partner is not None else None
        return frozenset({partner, subject}) if partner is not None and subject else None

    def other(self, before: int, known: set[str], *, acting: bool = False) -> str | None:
        """Return the party told of most beside `known`, the title's and the nearest first.

        Args:
            acting: whether it is who makes a change, with those known.
        """
        hub = self.hub()
        if hub is not None and hub not in known:
            return hub
        told = [min(pair - known) for pair in self.pairs if known < pair and len(pair) == 2]
        if len(known) == 1 and len(set(told)) == 1:
            return told[0]
        near = self._paired_right_before(before, known)
        if near is not None:
            return near
        weights = self._weights_at(before, known, alone=acting)
        ranked = [
            (c, n) for c, n in weights.most_common(3) if c not in known and not are_rivals(c, known)
        ]
        if ranked and (len(ranked) == 1 or ranked[0][1] >= CLEARLY * ranked[1][1]):
            return ranked[0][0]
        pair = self.pair_before(before)
        if pair is not None and known & pair:
            return min(pair - known, default=None)
        rest = (code for code, _ in weights.most_common() if code not in known)
        return next((code for code in rest if not are_rivals(code, known)), None)

    def _weights_at(self, at: int, known: set[str], *, alone: bool) -> Counter[str]:
        """Return how much is told of each party: in a paragraph of a story of its own, there.

        That names neither of the two that the rest of the article tells of most, but another than
        those known.

        Args:
            alone: whether that other may as well be named in another sentence of the paragraph.
        """
        if not self.scene.sentences:
            return self._weights
        number = self.scene.sentence_of[min(at, len(self.scene.doc) - 1)]
        own = self.neighbours.counts(number)
        near = own.keys() if alone else self.neighbours.named(number, number + 1)
        if not any(c in own and c not in known and not are_rivals(c, known) for c in near):
            return self._weights
        main = {code for code, _ in (self._weights - own).most_common(len(("one", "other")))}
        return self._weights if main & own.keys() else own

    def _paired_right_before(self, before: int, known: set[str]) -> str | None:
        """Return whom the sentence before names with the one known, and nobody else.

        "Peru called its envoy home from Oslo. It …" names two, the second by its capital. "A
        Norwegian guest sat beside her Omani colleague" names states only by the way.
        """
        if len(known) != 1 or not self.scene.sentences:
            return None
        number = self.scene.sentence_of[min(before, len(self.scene.doc) - 1)]
        sentence = self.scene.beside(number, step=-1)
        if sentence is None or sentence.start_char < self.scene.article.body_start:
            return None
        named = set(self.codes(sentence.start, sentence.end))
        named |= self.seats(sentence.start, sentence.end)
        rest = named - known
        if len(rest) != 1 or not known < named or are_rivals(min(rest), known):
            return None
        told = (r for i in range(sentence.start, sentence.end) for r in self.scene.at(i))
        by_name = any(r.form == "name" and r.country in named for r in told)
        return rest.pop() if by_name else None

    def seats(self, start: int, end: int) -> set[str]:
        """Return the countries whose capitals a stretch of tokens names."""
        return {
            reference.country
            for i in range(start, end)
            for reference in self.scene.at(i)
            if reference.country
            and reference.kind == "place"
            and reference.place == seat_of(reference.country)
        }

    def hub(self) -> str | None:
        """Return the party that most of the pairs told so far share, if there is one."""
        pairs = {pair for pair in self.pairs if len(pair) == 2}
        shares = Counter(code for pair in pairs for code in pair).most_common(2)
        if len(pairs) < HUB_PAIRS or shares[0][1] <= len(pairs) / 2 or shares[0][1] == shares[1][1]:
            return None
        return shares[0][0]

    def pair_before(self, before: int) -> Parties | None:
        """Return the pair told of last before a token, else the two told of most.

        "Peru cut ties with Chad. Oman looked on. Chad was irate. Ties were opened in 1962": those
        of Peru and Chad, not of Chad and Oman, who are told to do nothing together.
        """
        found = self._nearest_pair(before)
        main = next(reversed(self.pairs), None)
        if found is None or main is None or len(main) != len(found):
            return found or main
        return found if found <= main or self._are_met(before, found) else main

    def _are_met(self, before: int, pair: Parties) -> bool:
        """Tell two who act together in one of the sentences that are looked back at."""
        number = self.scene.sentence_of[min(before, len(self.scene.doc) - 1)]
        for back in range(1, LOOK_BACK + 1):
            sentence = self.scene.beside(number, step=-back)
            named = self.codes(sentence.start, sentence.end) if sentence is not None else {}
            if sentence is not None and len(named) > 1 and set(named) >= pair:
                return set(self._acting(sentence, named)) == pair
        return False

    def _nearest_pair(self, before: int) -> Parties | None:
        scene = self.scene
        if not scene.sentences:
            return None
        if frozenset(self.titled) in self.pairs:
            return frozenset(self.titled)
        number = scene.sentence_of[min(before, len(scene.doc) - 1)]
        seen: set[str] = set()
        for back in range(1, LOOK_BACK + 1):
            sentence = scene.beside(number, step=-back)
            if sentence is None:
                break
            named = self.codes(sentence.start, sentence.end)
            here = set(named)
            trip = set(self._trips.get(scene.sentence_of[sentence.start], ()))
            here = trip if len(here) == 1 and here < trip else here
            posted = self._posted(sentence) if len(here) == 1 else frozenset[str]()
            here = set(posted) if here < posted else here
            seen |= here
            if len(here) == 2 and len(seen) > 2:
                return frozenset(here)
            last = next(reversed(self.pairs), None)
            if last is not None and back == 1 and len(last) == 2 and last < here:
                return last  # the two of the change that the sentence before tells
            if len(seen) >= 2:
                acting = self._acting(sentence, named) if len(here) > 2 else []
                order = list(named)
                ranked = sorted(
                    seen, key=lambda code: (-self._weights[code], _at(order, code), code)
                )
                return frozenset((acting or ranked)[:2])
        if len(self.titled) == 2:
            return frozenset(self.titled)
        most = self._weights.most_common(3)
        clear = len(most) == 2 or (len(most) > 2 and most[1][1] > most[2][1])
        return frozenset(code for code, _ in most[:2]) if clear else None

    def _posted(self, sentence: Span) -> Parties:
        """Return the two of "Peru has called home its ambassador from Oslo", else nobody."""
        if all(t.lemma_.lower() not in words("mission") for t in sentence):
            return frozenset()
        seats = self.seats(sentence.start, sentence.end)
        pair = frozenset({*self.codes(sentence.start, sentence.end), *seats})
        return pair if len(pair) == len(("one", "other")) else frozenset()

    def pair_of_all(self, before: int) -> Parties | None:
        """Return the pair told of last, where no other two are told of more in the article."""
        pair = self.pair_before(before)
        most = {code for code, _ in self._weights.most_common(len(("one", "other")))}
        return pair if pair is not None and pair <= most else None

    def _acting(self, sentence: Span, named: Mapping[str, int]) -> list[str]:
        """Return "Peru" and "Fiji" for "Peru and Fiji held talks despite protests by Oman".

        Also for "the Peruvian premier received her Fijian counterpart before going to Oman".
        """
        root = sentence.root
        for verb in (root, *(child for child in root.children if child.dep_ == "ccomp")):
            subject = self.scene.subject(verb)
            if subject is None:
                continue
            acts = self.codes(subject.left_edge.i, min(subject.right_edge.i + 1, verb.i))
            behind = [c for c, i in named.items() if i > verb.i and c not in acts]
            met = [c for c in behind if not is_passed_by(self.scene.doc[named[c]])]
            pair = [*acts, *met[:1]] if len(acts) == 1 else [*acts]
            if len(pair) == len(("one", "other")) and all(map(is_country, pair)):
                return pair
        return []


def _leads_there(prep: Token) -> bool:
    """Tell the "to" of "during his visit to Peru"."""
    return prep.lower_ == "to" and prep.head.lemma_.lower() in told_words("trip_noun")


def _at(order: Sequence[str], code: str) -> int:
    """Return where a code stands in a list, behind all others where it does not."""
    return order.index(code) if code in order else len(order)


def are_rivals(code: str, known: set[str]) -> bool:
    """Tell states of which one denies the other, which are not paired unless named as a pair."""
    return any("-".join(sorted((code, other))) in words("rivals") for other in known)


__all__ = ["CLEARLY", "LookingBack", "are_rivals"]
