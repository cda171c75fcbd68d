"""The country of an official whom somebody from abroad meets where the official serves."""

from __future__ import annotations

from collections.abc import Collection

from spacy.tokens import Token

from pipeline.labels import OBJECTS, SUBJECTS
from pipeline.stages.entities.countries.ground import Ground, Unit
from pipeline.stages.entities.tables import word_set

#: How far behind the official met the place may be told, in tokens.
_REACH = 6
_WHERE = frozenset({"in", "at"})


class SiteMeetings(Ground):
    """Finds the country of the place where an official is met."""

    def _of_site(self, unit: Unit) -> str | None:
        """Return Niger for X of "The Malian premier met army chief X in Niamey".

        Not for "envoy X", who may have come there too, nor where who meets is of Niger himself or
        nobody knows of where ("The premier met army chief X in Niamey").
        """
        if any(office.form.office == "envoy" for office in unit.name.offices):
            return None
        verb = self._meeting_of(unit)
        subject = _subject(verb) if verb is not None else None
        if verb is None or subject is None:
            return None
        where = [
            (at, code)
            for at, code in self.sites
            if subject.i < at < unit.end + _REACH and self._is_where(at, verb)
        ]
        first, end = subject.left_edge.i, min(subject.right_edge.i + 1, verb.i)
        who = self._told(first, end, apart={at for at, _ in where})
        lands = {code for _, code in where}
        return lands.pop() if len(lands) == 1 and who and not who & lands else None

    def _told(self, start: int, end: int, *, apart: Collection[int]) -> set[str]:
        """Return the countries and bodies of those named from token `start` to `end`.

        Args:
            apart: where those are named in which they meet.
        """
        told = {c for at, c in (*self.named, *self.bodies) if start <= at < end and at not in apart}
        return told | {code for u in self.between(start, end) if (code := self.country(u))}

    def _is_where(self, at: int, verb: Token) -> bool:
        """Tell the place that "in" leads, or to which one "flew and met X"."""
        if self.sentence(at) != self.sentence(verb.i):
            return False
        leads = _WHERE | {"to"} if at < verb.i else _WHERE
        before = self.doc[max(0, at - 3) : at]
        visited = self.doc[at].dep_ in OBJECTS and self.doc[at].head.lemma_ == "visit"
        return visited or any(token.lower_ in leads for token in before)

    def _meeting_of(self, unit: Unit) -> Token | None:
        """Return the verb of which a person is the object, alone or behind "with"."""
        node = self.doc[unit.name.start : unit.name.end].root
        while node.dep_ in {"appos", "conj"} and node.head != node:
            node = node.head
        if node.dep_ in OBJECTS and node.head.lemma_ == "meet":
            return node.head
        above = node.head
        if node.dep_ == "pobj" and above.lower_ == "on" and above.head.lemma_ == "call":
            return above.head  # "called on army chief X"
        if node.dep_ in OBJECTS and above.lemma_ == "call":
            return above if any(child.lower_ == "on" for child in above.children) else None
        if node.dep_ != "pobj" or above.lower_ != "with":
            return None
        verb = above.head
        if verb.pos_ == "NOUN" and verb.dep_ in OBJECTS and verb.lemma_ in word_set("meets"):
            verb = verb.head
        return verb if verb.lemma_ in word_set("talks_with") else None


def _subject(verb: Token) -> Token | None:
    """Return who does what a verb tells, or the one beside which it stands."""
    node = verb
    while True:
        found = next((c for c in node.children if c.dep_ in SUBJECTS), None)
        if found is not None or node.dep_ != "conj" or node.head == node:
            return found
        node = node.head


__all__ = ["SiteMeetings"]
