"""Which parties a change in relations is between."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from models import Reference
from pipeline.discourse.scene import Scene
from pipeline.reference.countries import capital, is_country
from pipeline.stages.upgrades.levels import Level, find_levels
from pipeline.stages.upgrades.tables import verb_triggers, words

#: How many sentences back parties are looked for that the sentence does not name.
LOOK_BACK = 6

Parties = frozenset[str]

#: Words behind which a capital is the city, not the government.
_LOCAL = frozenset({"in", "at", "to", "from", "near", "into", "outside", "inside", "around"})


class PartyFinder:
    """Finds the parties of triggers in one scene."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.counts: Counter[str] = Counter(
            r.country for r in scene.references if r.country and r.kind != "place"
        )

    def find(
        self, token: Token, level: Level | None, *, named: bool = False
    ) -> tuple[list[Parties], float]:
        """Return the sets of parties, one a record, and how surely they are meant.

        "Vietnam's ties with Japan" fires with both; a country that only stands in the sentence
        counts less.

        Args:
            named: whether the sentence itself must name at least one of them.
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
            return [frozenset({one, other}) for one in owners for other in partners], 1.0
        if len(paired) == 1:
            return [next(iter(paired))], 0.95
        if len(owners) == 2:
            return [frozenset(owners)], 0.95
        if len(owners) > 2:
            return [frozenset(owners)], 0.7
        group = self._group(sentence.start, sentence.end)
        if group:
            return [frozenset(group)], 0.9
        told = self._codes(sentence.start, sentence.end, bars)
        if len(told) == 2:
            return [frozenset(told)], 0.8
        known = partners or owners or list(told)
        if named and not known:
            return [], 0.0
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
        if bars[0] <= reference.start < bars[1]:
            return None
        if reference.kind == "place":
            return self._government(reference)
        if reference.kind == "organization" and reference.country is None:
            return None
        if reference.kind == "organization":
            end = self.scene.bounds(reference)[1]
            following = self.scene.doc[end : end + 1].text
            if following in {"Charter", "Convention", "Security", "General", "Resolution"}:
                return None
        return reference.country

    def _government(self, reference: Reference) -> str | None:
        """Return the country for whose government its capital stands ("Riyadh severed …")."""
        code = reference.country
        if code is None or capital(code) is None or reference.place != capital(code):
            return None
        start = self.scene.bounds(reference)[0]
        before = self.scene.doc[start - 1].lower_ if start else ""
        return None if before in _LOCAL else code

    def _codes(self, start: int, end: int, bars: tuple[int, int]) -> dict[str, int]:
        """Return the codes named in a stretch and where each stands first."""
        found: dict[str, int] = {}
        for i in range(start, end):
            for reference in self.scene.at(i):
                code = self._code(reference, bars)
                if code:
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

    def owners(self, token: Token) -> list[str]:
        """Return the parties that are subject of a trigger, or own the relations it changes."""
        return self._owners(token, (-1, -1))

    def _owners(self, token: Token, bars: tuple[int, int]) -> list[str]:
        """Return the parties that are subject of the trigger, or own the relations."""
        scene = self.scene
        found: dict[str, None] = {}
        verb = token if token.pos_ in {"VERB", "AUX"} else self._verb_over(token)
        subject = scene.subject(verb) if verb is not None else None
        if subject is not None and subject.lower_ in {"it", "they", "which"} and verb is not None:
            subject = self._meant_by(subject, verb)
        if subject is not None and subject.lemma_ not in words("relation"):
            end = min(subject.right_edge.i + 1, verb.i if verb and subject.i < verb.i else 10**9)
            for code in self._codes(subject.left_edge.i, end, bars):
                found[code] = None
            for code in self._group(subject.left_edge.i, end):
                found[code] = None
        sentence = self.scene.sentence(token.i)
        for i in range(sentence.start, sentence.end - 1):
            if self.scene.doc[i].lower_ in {"along", "together"} and found:
                if self.scene.doc[i + 1].lower_ == "with":
                    for spot in self.scene.spots(i + 2):
                        found[spot.country] = None
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

    def _meant_by(self, pronoun: Token, verb: Token) -> Token | None:
        """Return the subject that "it" takes up: of the clause above, else None."""
        for above in verb.ancestors:
            if above.pos_ in {"VERB", "AUX"}:
                subject = self.scene.subject(above)
                if subject is not None and subject.i < pronoun.i and subject.pos_ != "PRON":
                    return subject
        return None

    def _verb_over(self, noun: Token) -> Token | None:
        """Return the verb whose object a noun trigger is ("approved the recognition of")."""
        node = noun
        for _ in range(4):
            if node.dep_ in {"dobj", "obj", "pobj", "prep", "conj", "appos"} and node.head != node:
                node = node.head
                if node.pos_ in {"VERB", "AUX"}:
                    return node
            else:
                return None
        return None

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
        low, high = self._window(sentence.start_char, sentence.end_char, bars)
        for i in range(sentence.start, sentence.end):
            if doc[i].lower_ not in {"with", "towards", "toward"}:
                continue
            if doc[i - 1].lower_ in {"along", "together"}:
                continue
            if not self._hangs_on(doc[i], token) or not low <= doc[i].idx < high:
                continue
            for spot in scene.spots(i + 1):
                if not bars[0] <= spot.reference.start < bars[1]:
                    found[spot.country] = None
            if not found:
                for code in list(self._codes(i + 1, min(i + 8, self._phrase_end(i)), bars))[:1]:
                    found[code] = None
        return list(found)

    def _window(self, start: int, end: int, bars: tuple[int, int]) -> tuple[int, int]:
        """Return the stretch in which a level's partners stand where a sentence has several."""
        others = self.level_bounds(start, end)
        if bars not in others or len(others) < 2:
            return start, end
        at = others.index(bars)
        low = others[at - 1][1] if at else start
        high = others[at + 1][0] if at + 1 < len(others) else end
        text = self.scene.article.text
        before = " with " in text[low : bars[0]]
        return (low, bars[0]) if before else (bars[1], high)

    def level_bounds(self, start: int, end: int) -> list[tuple[int, int]]:
        """Return the bounds of all levels in a stretch of text."""
        text = self.scene.article.text[start:end]
        return [(lv.start, lv.end) for lv in find_levels(text, offset=start)]

    def status(self, token: Token, level: Level) -> list[Parties]:
        """Return who has a status with whom: each receiver with the one that confers it."""
        sentence = self.scene.sentence(token.i)
        bars = (level.start, level.end)
        told = self._codes(sentence.start, sentence.end, bars)
        bodies = [code for code in told if not is_country(code)]
        if not bodies:
            bodies = [c for c, _ in self.counts.most_common() if not is_country(c)][:1]
        owners = self._owners(token, bars)
        receivers = self._receivers(token, bars)
        if not receivers and token.lemma_.lower() in words("receive"):
            receivers = [code for code in owners if is_country(code)]
        receivers = receivers or [c for c in told if is_country(c)]
        giver = next((c for c in owners if c not in receivers), None)
        if level.name in {"major_non_nato_ally", "major_defense_partner", "treaty_ally"}:
            giver = giver if giver and is_country(giver) else "USA"
            return [frozenset({giver, c}) for c in receivers if c != giver]
        if giver is None or giver in receivers or is_country(giver):
            giver = bodies[0] if bodies else giver
        if giver is None:
            return []
        return [frozenset({giver, c}) for c in receivers if c != giver]

    def _receivers(self, token: Token, bars: tuple[int, int]) -> list[str]:
        """Return the countries to which a status is given: object, or "to A and B"."""
        doc = self.scene.doc
        sentence = self.scene.sentence(token.i)
        found: dict[str, None] = {}
        for i in range(token.i + 1, sentence.end):
            if doc[i].lower_ in {"to", "on", "upon"} and (
                doc[i].dep_ == "dative" or doc[i].head == token or doc[i - 1].idx < bars[1] + 9
            ):
                for spot in self.scene.spots(i + 1):
                    found[spot.country] = None
                if found:
                    return list(found)
        for child in token.children:
            if child.dep_ in {"dobj", "dative", "nsubjpass", "obj"}:
                for spot in self.scene.spots(child.left_edge.i):
                    found[spot.country] = None
        return list(found)

    def _hangs_on(self, prep: Token, token: Token) -> bool:
        node = prep.head
        for above in [node, *node.ancestors]:
            lemma = above.lemma_.lower()
            if above == token:
                break
            if above.pos_ == "VERB" and lemma in verb_triggers():
                return False
        if node == token or node.lemma_.lower() in words("relation") | words("document"):
            return True
        if node.pos_ in {"VERB", "AUX"}:
            return token in node.subtree and node.lemma_ not in {
                "meet", "talk", "speak", "discuss", "accord"
            }
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
        ranked = [(c, n) for c, n in self.counts.most_common(3) if c not in known]
        if ranked and (len(ranked) == 1 or ranked[0][1] >= 1.6 * ranked[1][1]):
            return ranked[0][0]
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
