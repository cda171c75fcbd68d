"""The two sides of a change by the grammar of its sentence: who makes it, and with whom."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from pipeline.stages.upgrades.levels import find_levels
from pipeline.stages.upgrades.looking_back import LookingBack
from pipeline.stages.upgrades.named import NO_BARS, Bars
from pipeline.stages.upgrades.tables import verb_triggers, words

_VERBS = frozenset({"VERB", "AUX"})
#: How a noun trigger may hang on the verb whose subject makes the change.
_NOUN_LINKS = frozenset({"dobj", "obj", "pobj", "prep", "conj", "appos"})
_MODIFIERS = frozenset({"poss", "amod", "compound", "nmod"})
#: How far behind "with" a partner is looked for, in tokens.
_PARTNER_REACH = 8
#: How far from its trigger a loose "with" may stand, in tokens.
_LOOSE_REACH = 10


class Sides(LookingBack):
    """Reads who changes relations with whom."""

    # Who makes it

    def owners(self, token: Token, bars: Bars = NO_BARS) -> list[str]:
        """Return the parties that are subject of a trigger, or own the relations it changes."""
        found = dict.fromkeys(self._subjects(token, bars))
        if found:
            found |= dict.fromkeys(self._companions(token))
        for child in token.children:
            if child.dep_ == "agent" or child.lower_ == "by":
                found |= dict.fromkeys(self.codes(child.i, child.right_edge.i + 1, bars))
        for noun in _relation_nouns(token):
            for child in noun.children:
                if child.dep_ in _MODIFIERS and child.i < noun.i:
                    found |= dict.fromkeys(self.codes(child.left_edge.i, child.i + 1, bars))
        return list(found)

    def _subjects(self, token: Token, bars: Bars) -> list[str]:
        """Return the parties in the subject of a trigger's verb."""
        verb = token if token.pos_ in _VERBS else _verb_over(token)
        subject = self.scene.subject(verb) if verb is not None else None
        if verb is not None and subject is not None and subject.lower_ in {"it", "they", "which"}:
            subject = self._meant_by(subject, verb) or subject
        if verb is None or subject is None or subject.lemma_ in words("relation"):
            return []
        start, end = subject.left_edge.i, subject.right_edge.i + 1
        if subject.i < verb.i:
            end = min(end, verb.i)
        found = [*self.codes(start, end, bars), *self.group(start, end)]
        sentence = self.scene.sentence(token.i)
        return found or self.meant(subject, set(self.codes(sentence.start, sentence.end, bars)))

    def _companions(self, token: Token) -> list[str]:
        """Return the parties behind "along with" and "together with"."""
        doc = self.scene.doc
        sentence = self.scene.sentence(token.i)
        return [
            spot.country
            for i in range(sentence.start, sentence.end - 1)
            if doc[i].lower_ in {"along", "together"} and doc[i + 1].lower_ == "with"
            for spot in self.scene.spots(i + 2)
        ]

    def _meant_by(self, pronoun: Token, verb: Token) -> Token | None:
        """Return the subject that "it" takes up: of the clause above, else None."""
        for above in verb.ancestors:
            if above.pos_ in _VERBS:
                subject = self.scene.subject(above)
                if subject is not None and subject.i < pronoun.i and subject.pos_ != "PRON":
                    return subject
        return None

    # With whom

    def partners(self, token: Token, bars: Bars) -> list[str]:
        """Return the parties behind "with" or "towards" of the trigger or its relations."""
        return list(self.partner_ends(token, bars))

    def partner_ends(self, token: Token, bars: Bars) -> dict[str, int]:
        """Return the partners of a trigger, each with the token behind its name."""
        doc = self.scene.doc
        sentence = self.scene.sentence(token.i)
        found: dict[str, int] = {}
        low, high = self._window(sentence.start_char, sentence.end_char, bars)
        for i in range(sentence.start, sentence.end):
            if doc[i].lower_ not in {"with", "towards", "toward"}:
                continue
            if doc[i - 1].lower_ in {"along", "together"}:
                continue
            if not _hangs_on(doc[i], token) or not low <= doc[i].idx < high:
                continue
            for spot in self.scene.spots(i + 1):
                if not bars[0] <= spot.reference.start < bars[1]:
                    found.setdefault(spot.country, spot.end)
            if not found:
                end = min(i + _PARTNER_REACH, self.phrase_end(i))
                found |= {code: at + 1 for code, at in [*self.codes(i + 1, end, bars).items()][:1]}
        return found

    def _window(self, start: int, end: int, bars: Bars) -> tuple[int, int]:
        """Return the stretch in which a level's partners stand where a sentence has several."""
        text = self.scene.article.text
        others = [(lv.start, lv.end) for lv in find_levels(text[start:end], offset=start)]
        if bars not in others or len(others) < 2:
            return start, end
        at = others.index(bars)
        low = others[at - 1][1] if at else start
        high = others[at + 1][0] if at + 1 < len(others) else end
        before = " with " in text[low : bars[0]]
        return (low, bars[0]) if before else (bars[1], high)


def _verb_over(noun: Token) -> Token | None:
    """Return the verb whose object a noun trigger is ("approved the recognition of")."""
    node = noun
    for _ in range(4):
        if node.dep_ not in _NOUN_LINKS or node.head == node:
            return None
        node = node.head
        if node.pos_ in _VERBS:
            return node
    return None


def _relation_nouns(token: Token) -> Iterator[Token]:
    for node in token.subtree:
        if node.lemma_.lower() in words("relation") and node.pos_ in {"NOUN", "PROPN"}:
            yield node
    if token.dep_ in {"acl", "relcl"} and token.head.lemma_.lower() in words("relation"):
        yield token.head


def _hangs_on(prep: Token, token: Token) -> bool:
    """Tell the "with" of a trigger or its relations from that of another verb."""
    node = prep.head
    for above in [node, *node.ancestors]:
        if above == token:
            break
        if above.pos_ == "VERB" and above.lemma_.lower() in verb_triggers():
            return False
    lemma = node.lemma_.lower()
    if node == token or lemma in words("relation") or lemma in words("document"):
        return True
    if node.pos_ in _VERBS:
        return token in node.subtree and node.lemma_ not in words("talk")
    return abs(prep.i - token.i) < _LOOSE_REACH


__all__ = ["Sides"]
