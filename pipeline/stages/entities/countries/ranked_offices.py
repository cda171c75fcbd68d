"""Persons told to be the first holder of an office to do something, apart from their names."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Doc, Token

from pipeline.asides import telling_sentences
from pipeline.labels import SUBJECTS
from pipeline.neighbours import text_at, word_at
from pipeline.reference.countries import is_country
from pipeline.stages.entities.countries.home import speaks_for_state
from pipeline.stages.entities.person import Person
from pipeline.stages.entities.spans import OfficeSpan
from pipeline.stages.entities.tables import word_set

#: How many words may stand between "by a" and an office, or between "the first" and it.
_REACH = 4
#: What goes on behind an office that one is the first holder of.
_GOES_ON = frozenset({"to", "in", "since", "ever", ".", ",", "for", "who", ""})


def give_ranked_offices(doc: Doc, persons: Sequence[Person], offices: Sequence[OfficeSpan]) -> None:
    """Give X of "X arrived in Lima on Monday, the first Malian minister to do so" the office.

    So X of "It is the first visit by a Malian minister. X arrived on Monday" and of "X's visit is
    the first by a Malian minister since 1998"; nobody of "X said it was the first visit by a
    Malian minister", nor where two may be meant.
    """
    taken = {office.head_start for person in persons for office in person.offices}
    told = [o for o in offices if o.head_start not in taken and _is_single(o)]
    bare = [p for p in persons if p.is_bare] if told else []
    for office in told if bare else ():
        person = _told_first(doc, persons, office) or _visiting_first(doc, persons, office)
        if person is not None and person in bare:
            person.offices.append(replace(office))
            office.holders = (person.spans[0],)


def _is_single(office: OfficeSpan) -> bool:
    alone = not (office.plural or office.former) and office.kind not in {
        "counterpart",
        "delegation",
    }
    return alone and is_country(office.country or "") and speaks_for_state(office)


def _told_first(doc: Doc, persons: Sequence[Person], office: OfficeSpan) -> Person | None:
    """Return the X of "X arrived on Monday, the first Malian minister to do so"."""
    at = office.head_start
    first = next((i for i in range(at - 1, at - _REACH, -1) if _is_rank(doc, i)), None)
    if first is None or text_at(doc, office.end) not in _GOES_ON:
        return None
    led = text_at(doc, first - 2)
    verb = doc[first - 2] if first > 1 else None
    if led == ",":
        return _only_subject(doc, persons, first - 2)
    if verb is not None and verb.lemma_ in {"be", "become"}:
        return _only_subject(doc, persons, first - 2)
    return None


def _is_rank(doc: Doc, i: int) -> bool:
    return i > 0 and doc[i].lower_ in word_set("rank") and word_at(doc, i - 1) == "the"


def _only_subject(doc: Doc, persons: Sequence[Person], stop: int) -> Person | None:
    """Return the only one whom a sentence names before token `stop`, as its subject."""
    start = doc[stop].sent.start
    within = [(p, s) for p in persons for s in p.spans if start <= s.start < stop]
    if len({id(person) for person, _ in within}) != 1:
        return None
    person, span = within[0]
    return person if doc[span.start : span.end].root.dep_ in SUBJECTS else None


def _visiting_first(doc: Doc, persons: Sequence[Person], office: OfficeSpan) -> Person | None:
    """Return the X of "It is the first visit by a Malian minister. X arrived on Monday"."""
    by = next((i for i in _before(office) if doc[i].lower_ == "by"), None)
    if by is None or office.determiner not in {"a", "an"} or not _is_of_first_visit(doc, by):
        return None
    sentence = doc[by].sent
    within = [p for p in persons if any(sentence.start <= s.start < sentence.end for s in p.spans)]
    if within:
        owner = doc[within[0].spans[0].start : within[0].spans[0].end].root
        owns = owner.dep_ == "poss" and _is_visit(owner.head)
        return within[0] if owns and len(within) == 1 else None
    return _only_near(doc, persons, by)


def _before(office: OfficeSpan) -> Iterator[int]:
    return iter(range(office.head_start - 1, max(-1, office.head_start - _REACH), -1))


def _is_visit(token: Token) -> bool:
    return token.lemma_.lower() in word_set("first_trip_noun")


def _is_of_first_visit(doc: Doc, by: int) -> bool:
    """Tell "the first visit to Peru | by a Malian minister", "is the first | by"."""
    words = doc[doc[by].sent.start : by]
    ranked = next((t.i for t in reversed(words) if t.lower_ in word_set("rank")), None)
    if ranked is None:
        return False
    between = doc[ranked + 1 : by]
    return len(between) == 0 or any(_is_visit(t) for t in between)


def _only_near(doc: Doc, persons: Sequence[Person], at: int) -> Person | None:
    """Return who alone comes in the sentence before or behind that of token `at`."""
    starts = [s.start for s in telling_sentences(doc)]
    number = bisect_right(starts, at)
    near = [(bisect_right(starts, s.start), p, s) for p in persons for s in p.spans]
    for step in (1, -1):
        beside = [(p, s) for there, p, s in near if there == number + step]
        if len({id(person) for person, _ in beside}) == 1:
            person, span = beside[0]
            root = doc[span.start : span.end].root
            comes = root.dep_ in SUBJECTS and root.head.lemma_ in word_set("comes_to")
            return person if comes else None
    return None


__all__ = ["give_ranked_offices"]
