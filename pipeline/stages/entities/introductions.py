"""Who is told by an office first, and by name in the next sentence: "An envoy came. A spoke"."""

from __future__ import annotations

from spacy.tokens import Span

from pipeline.stages.entities.person import Person
from pipeline.stages.entities.referring import SUBJECTS, Referring
from pipeline.stages.entities.spans import OfficeSpan
from pipeline.stages.entities.tables import covered_classes, word_set

#: How many sentences behind an office its holder may be named.
_REACH = 2
#: How many words of office and rank may stand before a name that opens a sentence.
_LONGEST_TITLE = 12
_TITLE = frozenset({"PROPN", "DET", "PUNCT"})


class Introductions(Referring):
    """Finds the names of those whom a report introduces by their office alone."""

    def _introduced(self, office: OfficeSpan) -> Person | None:
        """Return Lee of "A Malaysian envoy flew in on Monday. Lee Ang, who heads …, met Y".

        Nobody where another is told of first, where the name was told before, and where who is
        named holds an office by which news would have called him at once ("President Z said").
        """
        head = self.doc[office.head_end - 1]
        unfit = office.former or not office.country or office.kind == "counterpart"
        if unfit or head.dep_ not in SUBJECTS:
            return None
        opener = self._next_named(office)
        if opener is None:
            return None
        person, sentence = opener
        told = person.country if not person.guessed else None
        alike = told in {None, office.country} and _may_be(office, person)
        return person if alike and self._opens(person, sentence) else None

    def _next_named(self, office: OfficeSpan) -> tuple[Person, Span] | None:
        """Return who is first told of by name behind an office's sentence, and the sentence."""
        number = self.sentence[office.start]
        first: tuple[int, Person] | None = None
        for person in self.persons:
            for at in person.starts:
                behind = self.sentence[at] > number
                if behind and (first is None or at < first[0]):
                    first = at, person
        if first is None or first[0] != first[1].starts[0]:
            return None  # nobody, or one who was told of before
        at, person = first
        steps = range(number + 1, self.sentence[at])
        blank = sum(step in self.blank for step in steps)
        if self.sentence[at] - number - blank > _REACH:
            return None
        return person, self.doc[at].sent

    def _opens(self, person: Person, sentence: Span) -> bool:
        """Tell "General X said …", of which X is the subject, from "With X away, …"."""
        span = person.spans[0]
        before = self.doc[sentence.start : span.start]
        own = {i for office in span.offices for i in range(office.start, office.end)}
        titles = all(t.i in own or t.is_space or t.pos_ in _TITLE for t in before)
        if len(before) > _LONGEST_TITLE or not titles:
            return False
        tokens = self.doc[span.start : span.end]
        return any(t.dep_ in SUBJECTS for t in (*tokens, *self._apposed_to(list(tokens))))


def _may_be(office: OfficeSpan, person: Person) -> bool:
    """Tell whether "an envoy", "a minister" may be a person of the offices that the text gives."""
    kinds = person.kinds
    if not kinds or office.kind in kinds:
        return True
    if kinds & word_set("not_introduced"):
        return False
    fits = covered_classes().get(office.kind, frozenset())
    fits |= word_set("junior_minister") if office.kind == "minister" else frozenset()
    lesser = office.kind in word_set("vague_office") and not kinds & word_set("called_at_once")
    return lesser or bool(fits & kinds)


__all__ = ["Introductions"]
