"""Which parties a change in relations is between."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from models import Reference
from pipeline.discourse.scene import Scene
from pipeline.stages.upgrades.levels import Level
from pipeline.stages.upgrades.tables import words

#: How many sentences back parties are looked for that the sentence does not name.
LOOK_BACK = 6

Parties = frozenset[str]


class PartyFinder:
    """Finds the parties of triggers in one scene."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.counts: Counter[str] = Counter(
            r.country for r in scene.references if r.country and r.kind != "place"
        )

    def find(self, token: Token, level: Level | None) -> tuple[list[Parties], float]:
        """Return the sets of parties, one a record, and how surely they are meant.

        "Vietnam's ties with Japan" fires with both; a country that only stands in the sentence
        counts less.
        """
        scene = self.scene
        sentence = scene.sentence(token.i)
        bars = (level.start, level.end) if level else (-1, -1)
        between = self._between(token, bars)
        if len(between) >= 2:
            return [frozenset(between)], 1.0
        paired = self._compound(sentence.start, sentence.end, bars)
        owners = self._owners(token, bars)
        partners = self._partners(token, bars)
        owners = [code for code in owners if code not in partners]
        if owners and partners:
            return [frozenset({owners[0], partner}) for partner in partners], 1.0
        if len(paired) == 1:
            return [next(iter(paired))], 0.95
        if len(owners) == 2:
            return [frozenset(owners)], 0.95
        if len(owners) > 2:
            return [frozenset(owners)], 0.7
        group = self._group(sentence.start, sentence.end)
        if group:
            return [frozenset(group)], 0.9
        named = self._codes(sentence.start, sentence.end, bars)
        if len(named) == 2:
            return [frozenset(named)], 0.8
        known = partners or owners or list(named)
        if len(known) == 1:
            other = self._context(sentence.start, set(known))
            return ([frozenset({known[0], other})], 0.7) if other else ([], 0.0)
        if not known:
            pair = self._context_pair(sentence.start)
            return ([pair], 0.6) if pair else ([], 0.0)
        if len(partners) > 1:
            other = self._context(sentence.start, set(partners))
            if other:
                return [frozenset({other, partner}) for partner in partners], 0.6
        near = self._nearest(token, bars)
        return ([near], 0.5) if near else ([], 0.0)

    # Reading the sentence

    def _code(self, reference: Reference, bars: tuple[int, int]) -> str | None:
        if bars[0] <= reference.start < bars[1] or reference.kind == "place":
            return None
        if reference.kind == "organization" and reference.country is None:
            return None
        return reference.country

    def _codes(self, start: int, end: int, bars: tuple[int, int]) -> dict[str, int]:
        """Return the codes named in a stretch and where each stands first."""
        found: dict[str, int] = {}
        for i in range(start, end):
            for reference in self.scene.at(i):
                code = self._code(reference, bars)
                if code and reference.form != "pronoun":
                    found.setdefault(code, i)
                for member in reference.members if reference.kind == "office" else ():
                    found.setdefault(member, i)
        return found

    def _between(self, token: Token, bars: tuple[int, int]) -> list[str]:
        """Read "between A and B" in the trigger's sentence, nearest to the trigger."""
        doc = self.scene.doc
        sentence = self.scene.sentence(token.i)
        best: list[str] = []
        distance = 10_000
        for i in range(sentence.start, sentence.end):
            if doc[i].lower_ != "between":
                continue
            found = list(self._codes(i, self._phrase_end(i), bars))
            group = self._group(i, self._phrase_end(i))
            found = found if len(found) >= 2 else list(group)
            if len(found) >= 2 and abs(i - token.i) < distance:
                best, distance = found[:2], abs(i - token.i)
        return best

    def _phrase_end(self, i: int) -> int:
        doc = self.scene.doc
        for at in range(i + 1, min(self.scene.sentence(i).end, i + 24)):
            if doc[at].pos_ in {"VERB", "AUX"} or doc[at].text in {";", ":"}:
                return at
        return min(self.scene.sentence(i).end, i + 24)

    def _compound(self, start: int, end: int, bars: tuple[int, int]) -> set[Parties]:
        """Read "Vietnam–Azerbaijan relations", "Sino-Russian ties"."""
        doc = self.scene.doc
        pairs: set[Parties] = set()
        for i in range(start + 1, end - 1):
            if doc[i].text in {"-", "–", "—", "/"}:
                left = self._codes(i - 1, i, bars)
                right = self._codes(i + 1, i + 2, bars)
                if left and right and set(left) != set(right):
                    pairs.add(frozenset({next(iter(left)), next(iter(right))}))
        return pairs

    def _owners(self, token: Token, bars: tuple[int, int]) -> list[str]:
        """Return the parties that are subject of the trigger, or own the relations."""
        scene = self.scene
        found: dict[str, None] = {}
        verb = token if token.pos_ in {"VERB", "AUX"} else None
        subject = scene.subject(verb) if verb is not None else None
        if subject is not None and subject.lemma_ not in words("relation"):
            end = min(subject.right_edge.i + 1, verb.i if verb and subject.i < verb.i else 10**9)
            for code in self._codes(subject.left_edge.i, end, bars):
                found[code] = None
            for code in self._group(subject.left_edge.i, end):
                found[code] = None
        for child in token.children:
            if child.dep_ == "agent" or child.lower_ == "by":
                for code in self._codes(child.i, child.right_edge.i + 1, bars):
                    found[code] = None
        for noun in self._relation_nouns(token):
            for child in noun.children:
                if child.dep_ in {"poss", "amod", "compound", "nmod"} and child.i < noun.i:
                    for code in self._codes(child.left_edge.i, child.i + 1, bars):
                        found[code] = None
        return list(found)

    def _relation_nouns(self, token: Token) -> Iterator[Token]:
        for node in token.subtree:
            if node.lemma_.lower() in words("relation") and node.pos_ in {"NOUN", "PROPN"}:
                yield node
        if token.dep_ in {"acl", "relcl"} and token.head.lemma_.lower() in words("relation"):
            yield token.head

    def _partners(self, token: Token, bars: tuple[int, int]) -> list[str]:
        """Return the parties behind "with", "to" or "of" of the trigger or its relations."""
        scene, doc = self.scene, self.scene.doc
        sentence = scene.sentence(token.i)
        found: dict[str, None] = {}
        for i in range(sentence.start, sentence.end):
            if doc[i].lower_ not in {"with", "towards", "toward"}:
                continue
            if not self._hangs_on(doc[i], token):
                continue
            for spot in scene.spots(i + 1):
                if not bars[0] <= spot.reference.start < bars[1]:
                    found[spot.country] = None
            if not found:
                for code in list(self._codes(i + 1, min(i + 8, self._phrase_end(i)), bars))[:1]:
                    found[code] = None
        return list(found)

    def _hangs_on(self, prep: Token, token: Token) -> bool:
        node = prep.head
        if node == token or node.lemma_.lower() in words("relation") | words("document"):
            return True
        if node.pos_ in {"VERB", "AUX"}:
            return node.lemma_ not in {"meet", "talk", "speak", "discuss", "accord"}
        return abs(prep.i - token.i) < 10

    def _group(self, start: int, end: int) -> tuple[str, ...]:
        for i in range(start, end):
            for reference in self.scene.at(i):
                if reference.kind == "group" and len(reference.members) == 2:
                    return reference.members
        return ()

    # Looking back

    def _context(self, before: int, known: set[str]) -> str | None:
        """Return the party told of most beside `known`, the title's and the nearest first."""
        pair = self._context_pair(before)
        if pair is not None and known & pair:
            return next(iter(sorted(pair - known)), None)
        others = [code for code, _ in self.counts.most_common() if code not in known]
        return others[0] if others else None

    def _context_pair(self, before: int) -> Parties | None:
        scene = self.scene
        if not scene.sentences:
            return None
        number = scene.sentence_of[min(before, len(scene.doc) - 1)]
        seen: Counter[str] = Counter()
        for back in range(1, LOOK_BACK + 1):
            if number - back < 0:
                break
            sentence = scene.sentences[number - back]
            for code in self._codes(sentence.start, sentence.end, (-1, -1)):
                seen[code] += 1
            if len(seen) == 2:
                return frozenset(seen)
            if len(seen) > 2:
                ranked = sorted(seen, key=lambda code: (-self.counts[code], code))
                return frozenset(ranked[:2])
        ranked = [code for code, _ in self.counts.most_common(2)]
        return frozenset(ranked) if len(ranked) == 2 else None

    def _nearest(self, token: Token, bars: tuple[int, int]) -> Parties | None:
        sentence = self.scene.sentence(token.i)
        named = self._codes(sentence.start, sentence.end, bars)
        ranked: Sequence[str] = sorted(named, key=lambda code: abs(named[code] - token.i))
        return frozenset(ranked[:2]) if len(ranked) >= 2 else None


__all__ = ["Parties", "PartyFinder"]
