"""Parties that are named together: in a list, "between" them, joined by a dash."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from itertools import takewhile

from spacy.tokens import Token

from models.entity import PERSONAL_KINDS
from pipeline.labels import SUBJECTS, VERBS
from pipeline.signs import STROKES
from pipeline.stages.upgrades.parties.party_references import NO_BARS, Bars, PartyReferences
from pipeline.stages.upgrades.parties.passing import is_of_event
from pipeline.stages.upgrades.tables import words

#: How many tokens behind "between" its parties stand.
PHRASE_REACH = 24
#: How far before a level "China-Latin America" may stand, in characters.
_COMPOUND_REACH = 40
#: A list of more states than two, each with the first, has so many joints.
_FANNED = 3
#: How many tokens a bracket behind a party may hold.
_BRACKET = 8
#: How many tokens "fellow Gulf Cooperation Council states" may take.
_KIND_REACH = 7

Parties = frozenset[str]
#: Sets of parties, one a record, and how surely they are meant (0 to 1).
Found = tuple[list[Parties], float]


def shared_of(sets: Sequence[Parties]) -> Parties:
    """Return whom all of several pairs share, which tells none of them from the others.

    The day on which Chad announced it is not Fiji's of "Chad and Fiji recognise Kosovo".
    """
    return frozenset.intersection(*sets) if len(sets) > 1 else frozenset()


class NamedParties(PartyReferences, ABC):
    """Reads who is named with whom in one scene."""

    def fanned(self, token: Token, bars: Bars) -> list[Parties]:
        """Return each pair of "between Qatar and Oman, Chad and Peru", all with the first."""
        doc, sentence = self.scene.doc, self.scene.sentence(token.i)
        for i in range(sentence.start, sentence.end):
            if doc[i].lower_ != "between":
                continue
            places = self.codes(i, self.phrase_end(i), bars)
            at = list(places.values())
            stops = ([self.scene.bounds(r)[1] for r in self.scene.at(a)] for a in at)
            ends = [max(near, default=a + 1) for near, a in zip(stops, at, strict=True)]
            between = zip(ends, at[1:], strict=False)
            joints = [{t.lower_ for t in doc[a:b]} for a, b in between]
            acts = any(doc[a].dep_ in SUBJECTS for a in at)  # "between A and B, C …"
            if len(joints) < _FANNED or acts:
                continue
            middle = set[str]().union(*joints[1:-1])
            listed = "and" in joints[-1] and middle <= words("party_joint") - {"and", "&"}
            if listed and "and" in joints[0] and "," not in joints[0]:
                first, *others = places
                return [frozenset({first, code}) for code in others]
        return []

    @abstractmethod
    def meant_between(self, start: int, end: int, code: str) -> list[str]:
        """Return the other party of "between the republic and Peru", told of before."""

    def listed_from(self, i: int, bars: Bars = NO_BARS, *, parted: bool = False) -> dict[str, int]:
        """Return the parties of the list that token `i` opens, each with the token behind it.

        Args:
            parted: whether semicolons may part them.
        """
        found: dict[str, int] = {}
        at, joints = i, words("party_joint") | ({";"} if parted else frozenset())
        while at < len(self.scene.doc):
            named = [r for r in self.scene.at(at) if r.form == "name" and self._code(r, bars)]
            if named:
                code = self._code(named[0], bars)
                assert code is not None
                at = self.scene.bounds(named[0])[1]
                found.setdefault(code, at)
            elif self.scene.doc[at].lower_ in joints:
                at += 1
            elif found and self.scene.doc[at].text == "(":
                at = self._behind_bracket(at)
            elif found and (named_at := self.behind_kind(at)):
                at = named_at
            else:
                break
        return found

    def behind_kind(self, at: int) -> int:
        """Return where the "Oman" of "Peru and fellow Gulf states Oman and Fiji" stands, else 0."""
        doc = self.scene.doc
        if at >= len(doc) or doc[at].lower_ not in words("fellow"):
            return 0
        for i in range(at + 1, min(at + _KIND_REACH, len(doc) - 1)):
            kind = doc[i].lemma_.lower() in words("many_parties", "kin", "member_noun")
            if kind and doc[i].tag_ in {"NNS", "NNPS", "VBZ"}:
                behind = i + 1 + (doc[i + 1].text in {",", ":"})
                named = behind < len(doc) and any(
                    r.form == "name" and r.country for r in self.scene.at(behind)
                )
                return behind if named else 0
            if doc[i].pos_ in {"VERB", "AUX", "PUNCT"}:
                return 0
        return 0

    def listed_before(self, start: int, bars: Bars = NO_BARS) -> list[str]:
        """Return the parties of a list that goes on up to token `start`, in text order.

        One right behind a preposition is of that ("after talks with Peru, Chile and Fiji cut …"),
        and a person before states is none of them ("in a win for Lopez, Chile and Fiji cut …").
        """
        doc = self.scene.doc
        found: list[str] = []
        persons: set[bool] = set()
        joint: set[str] = set()
        joints: list[set[str]] = []
        at = start - 1
        while at >= 0:
            named = [r for r in self.scene.at(at) if r.form == "name" and self._code(r, bars)]
            persons |= {named[0].kind in PERSONAL_KINDS} if named else set()
            if persons == {True, False}:
                return found
            if named:
                code = self._code(named[0], bars)
                assert code is not None
                found.insert(0, code)
                joints.append(joint)
                joint = set()
                at = self.scene.bounds(named[0])[0] - 1
            elif doc[at].lower_ in words("party_joint", "then_in_list"):
                joint.add(doc[at].lower_)
                at -= 1
            else:
                break
        # "the presidents of Peru, Chile and Fiji cut …", where the parse has Fiji alone do it
        # Also "the juntas in Mali, Niger and Chad left", not "after talks in Peru, Chile and Fiji"
        ruling = at > 0 and doc[at - 1].lemma_.lower() in words("rules_state", "state_body")
        acting = at > 0 and doc[at].lower_ in ({"of", "in"} if ruling else {"of"})
        acting = acting and doc[at - 1].dep_ == "nsubj" and doc[at - 1].tag_ == "NNS"
        behind_prep = at >= 0 and doc[at].pos_ == "ADP" and doc[at].lower_ != "like" and not acting
        if behind_prep and joints[:1] == [{","}] and any("and" in one for one in joints[1:]):
            return []  # "a feud between Oman and Yemen, Fiji and Tonga cut …"
        return found[1:] if behind_prep else found

    def _behind_bracket(self, at: int) -> int:
        """Return the token behind the bracket that token `at` opens; the end where none closes."""
        doc = self.scene.doc
        near = range(at, min(at + _BRACKET, len(doc)))
        return next((i + 1 for i in near if doc[i].text == ")"), len(doc))

    def group(self, start: int, end: int) -> tuple[str, ...]:
        """Return the members of the first pair ("the two sides") in a stretch of tokens."""
        for i in range(start, end):
            for reference in self.scene.at(i):
                if reference.kind == "group" and len(reference.members) == 2:
                    return reference.members
        return ()

    def between(self, token: Token, bars: Bars) -> list[str]:
        """Read "between A and B" in the trigger's sentence, nearest to the trigger."""
        sentence = self.scene.sentence(token.i)
        best: list[str] = []
        distance: int | None = None
        by_name = False
        for i in range(sentence.start, sentence.end):
            if self.scene.doc[i].lower_ != "between" or self._is_of_next_part(i, token, bars):
                continue
            end = self.phrase_end(i)
            found = self._listed_between(self.codes(i, end, bars))
            found += self.meant_between(i, end, found[0]) if len(found) == 1 else []
            named = len(found) >= 2
            if named and self._is_of_quarrel(i, found, bars):
                continue
            if not named:
                found = [] if by_name else list(self.group(i, end))
            nearer = distance is None or abs(i - token.i) < distance or (named and not by_name)
            if len(found) >= 2 and nearer:
                best, distance, by_name = found, abs(i - token.i), named
        return best

    def _is_of_next_part(self, i: int, token: Token, bars: Bars) -> bool:
        """Tell "Peru and Chile signed one; then came one between Chad and Fiji", of the latter."""
        doc, sentence = self.scene.doc, self.scene.sentence(token.i)
        low, high = sorted((i, token.i))
        if all(t.text != ";" for t in doc[low:high]):
            return False
        marks = [t.i for t in sentence if t.text == ";"]
        start = max((at for at in marks if at < token.i), default=sentence.start)
        end = min((at for at in marks if at > token.i), default=sentence.end)
        return len(self.codes(start, end, bars)) > 1

    def _is_of_quarrel(self, i: int, found: list[str], bars: Bars) -> bool:
        """Tell "since the war between Peru and Chad, Oman and Fiji have …", which is of others."""
        if self.scene.doc[i].head.lemma_.lower() not in words("quarrel"):
            return False
        sentence = self.scene.sentence(i)
        others = set(self.codes(sentence.start, sentence.end, bars)) - set(found)
        return len(others) > 1

    def _listed_between(self, places: dict[str, int]) -> list[str]:
        """Return the two parties of "A and B", all of "A, B and C"."""
        found: list[str] = []
        last = 0
        joint_before: set[str] = set()
        for code, at in places.items():
            joint = {token.lower_ for token in self.scene.doc[last + 1 : at]} if found else set()
            if len(found) >= 2 and "and" in joint_before:
                break
            found.append(code)
            last, joint_before = at, joint
        return found

    def is_half_between(self, token: Token, bars: Bars) -> bool:
        """Tell "between the EU and Central Asia", of which only one is a party with a code."""
        doc = self.scene.doc
        sentence = self.scene.sentence(token.i)
        for i in range(token.i + 1, sentence.end):
            if doc[i].lower_ == "between":
                end = self.phrase_end(i)
                regions = {t.lower_ for t in doc[i:end]} & words("region")
                return bool(regions) and len(self.codes(i, end, bars)) == 1
        return False

    def is_joined_to_region(self, token: Token, bars: Bars) -> bool:
        """Tell "the China-Latin America partnership", whose other party has no code."""
        sentence = self.scene.sentence(token.i)
        return any(self._joins_region(i, bars) for i in range(sentence.start + 1, sentence.end - 1))

    def _joins_region(self, i: int, bars: Bars) -> bool:
        """Tell the dash at token `i` of "the China-Latin America partnership".

        Not that of "at the China-Latin America forum on a partnership".
        """
        doc = self.scene.doc
        if doc[i].text not in STROKES or not 0 < bars[0] - doc[i].idx <= _COMPOUND_REACH:
            return False
        between = takewhile(lambda t: t.idx < bars[0], doc[i + 1 : i + _COMPOUND_REACH])
        if any(t.pos_ in {"ADP", "DET", "VERB", "AUX"} for t in between):
            return False
        behind = doc[i + 1 : i + 1 + len(("Latin", "America"))]
        before = doc[max(0, i - len(("Latin", "America"))) : i]
        sides = [self.codes(part.start, part.end, bars) for part in (before, behind)]
        if sum(map(bool, sides)) != 1:
            return False
        region = behind if sides[0] else before
        return any(t.lower_ in words("region") for t in region)

    def is_with_region(self, subject: Token) -> bool:
        """Tell the "EU" of "the EU and Central Asia raised their ties", which makes no pair.

        Also of "the EU and Central Asian leaders".
        """
        before = self.scene.doc[subject.left_edge.i : subject.i]
        region = words("region")
        both = any({t.lower_, t.lower_.removesuffix("n")} & region for t in before) and "and" in {
            t.lower_ for t in before
        }
        if both and subject.tag_ == "NNS" and len(self.codes(before.start, before.end)) == 1:
            return True
        beside = subject.conjuncts
        return len(beside) == 1 and any(
            t.lower_ in words("region") and not self.codes(t.left_edge.i, t.i + 1)
            for t in (subject, *beside)
        )

    def phrase_end(self, i: int) -> int:
        """Return the end of the phrase that a preposition at token `i` opens."""
        doc = self.scene.doc
        end = min(self.scene.sentence(i).end, i + PHRASE_REACH)
        for at in range(i + 1, end):
            if doc[at].pos_ in VERBS or doc[at].text in {";", ":"}:
                return at
        return end

    def compounds(
        self, start: int, end: int, bars: Bars, *, of_events: bool = False
    ) -> set[Parties]:
        """Read "Vietnam–Azerbaijan relations", "Sino-Russian ties".

        Args:
            of_events: whether to read "the U.S.-ASEAN summit" instead.
        """
        doc = self.scene.doc
        pairs: set[Parties] = set()
        for i in range(start + 1, end - 1):
            if doc[i].text in STROKES or doc[i].text == "/":
                left = self.codes(i - 1, i, bars)
                right = self.codes(i + 1, i + 2, bars)
                named = bool(left and right) and set(left) != set(right)
                if named and is_of_event(doc, i + 1) == of_events:
                    pairs.add(frozenset({next(iter(left)), next(iter(right))}))
        return pairs


__all__ = ["Found", "NamedParties", "Parties", "shared_of"]
