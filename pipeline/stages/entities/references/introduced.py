"""Who "a Peruvian envoy" and "two ministers" are, where only the next sentence gives the names."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from spacy.tokens import Doc, Token

from pipeline.asides import telling_sentences
from pipeline.labels import SUBJECTS
from pipeline.lexicon import Row, load_table
from pipeline.stages.entities.person import Person
from pipeline.stages.entities.references.office_fits import (
    fits_office,
    is_chief_over,
    is_mere_official,
)
from pipeline.stages.entities.spans import NameSpan, OfficeSpan
from pipeline.stages.entities.tables import PACKAGE, generic_offices, word_set

#: How many sentences behind the office, blank ones left out, the name may stand.
_REACH = 2
#: The class of those who speak for a body.
_SPEAKS = frozenset({"spokesperson"})
_OBJECTS = frozenset({"dobj", "obj", "pobj", "dative"})
_INDEFINITE = frozenset({"a", "an", "one", None})
_SEVERAL = 2
#: How many tokens "his Balkan" before "counterparts" may have.
_COUNTERPARTS = 4
_NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6}


class Described(Row):
    """A class of offices by which news may describe one who holds another, as it then says."""

    described: str
    named: str
    example: str


@lru_cache(maxsize=1)
def _classes() -> frozenset[tuple[str, str]]:
    return frozenset(
        (row.described, row.named) for row in load_table(PACKAGE, "described.csv", Described)
    )


def introduce(doc: Doc, persons: Sequence[Person], offices: Sequence[OfficeSpan]) -> None:
    """Tell offices by whom they are held who is named in one of the next sentences.

    "A Peruvian envoy arrived in Nairobi. Ana Soto met the president" is of one woman, and "A senior
    Peruvian official arrived. Deputy Minister Ana Soto will speak" too. Not so "A Peruvian envoy
    arrived in Nairobi. Musalia Mudavadi welcomed him", nor "… Premier William Ruto spoke".
    """
    taken = {office.head_start for person in persons for office in person.offices}
    told = [o for o in offices if o.head_start not in taken and _describes_one(doc, o)]
    if not told:
        return
    _give_counterparts(doc, persons, [o for o in told if len(o.countries) >= _SEVERAL])
    starts = [s.start for s in telling_sentences(doc)]
    first = sorted(
        (person for person in persons if not person.is_relative),
        key=lambda person: person.spans[0].start,
    )
    at_first = [person.spans[0].start for person in first]
    at_any = sorted(span.start for person in first for span in person.spans)
    for office in told:
        number = bisect_right(starts, office.head_start)
        end = starts[number + _REACH] if number + _REACH < len(starts) else len(doc)
        begin = starts[number] if number < len(starts) else len(doc)
        within = first[bisect_left(at_first, office.end) : bisect_left(at_first, begin)]
        named_within = any(not _is_sender(doc, office, p.spans[0]) for p in within)
        following = first[bisect_right(at_first, begin - 1) : bisect_right(at_first, end - 1)]
        if named_within or not following:
            continue
        if at_any[bisect_left(at_any, begin)] < following[0].spans[0].start:
            continue  # one told of before is what the next sentence is about
        if office.plural:
            _give_each(doc, office, following)
        elif _is_held_by(doc, office, following[0]) and not any(
            is_chief_over(held.title, office) for held in following[0].offices
        ):
            _give(office, following[0])


def resume(persons: Sequence[Person], offices: Sequence[OfficeSpan]) -> None:
    """Give "spokesman X" the body or country of the nameless "UN spokesman" who is told of before.

    Not where spokesmen of several are told of, nor "a spokesman, X".
    """
    taken = {office.head_start for person in persons for office in person.offices}
    told = [o for o in offices if o.kind in _SPEAKS and o.country and not o.plural]
    for person in persons if told else ():
        bare = [o for o in person.offices if o.kind in _SPEAKS and o.country is None]
        if len(person.offices) > 1 or not bare or person.country is not None:
            continue
        office, name = bare[0], person.spans[0]
        before = {o.country for o in told if o.end <= office.start and o.head_start not in taken}
        alike = office.determiner is None and office.end == name.start and not office.organization
        if alike and len(before) == 1 and len({o.country for o in told}) == 1:
            office.country = before.pop()


def _give_each(doc: Doc, office: OfficeSpan, following: Sequence[Person]) -> None:
    """Read "Two Peruvian ministers flew in. Minister A and Minister B will sign an accord"."""
    names = [person.spans[0] for person in following]
    head = _subject(doc, names[0])
    if head is None:
        return
    both = [name for name in names if _subject(doc, name) == head]
    number = next(
        (n for t in doc[office.start : office.head_end] if (n := _NUMBERS.get(t.lower_))), None
    )
    if len(both) < 2 or number not in {None, len(both)} or _has_other(head.head, office):
        return
    if any({t.lemma_, t.lower_} & word_set("not_come") for t in (head.head, *head.head.children)):
        return
    persons = following[: len(both)]
    lands = {office.country, *office.countries}
    fit = all(p.spans[0] in both and p.country in lands | {None} for p in persons)
    of_any = not office.country and not office.countries and all(p.country for p in persons)
    if not (fit or of_any) or not all(_may_be(office, person.kinds) for person in persons):
        return
    office.holders = tuple(both)
    for person, country in zip(persons, _lands_of_each(office, persons), strict=True):
        if person.country is None and country is not None:
            person.countries.append(country)


def _give_counterparts(doc: Doc, persons: Sequence[Person], told: Sequence[OfficeSpan]) -> None:
    """Read "The premiers of A, B and C came. X and his counterparts – Y and Z – …" in turn.

    Not where they are more or fewer than the lands, or one of them is known to be of another.
    """
    named = {span.start: (person, span) for person in persons for span in person.spans}
    ends = {span.end: (person, span) for person in persons for span in person.spans}
    for noun in (t for t in doc if t.lower_ == "counterparts") if told else ():
        start = noun.i
        while start > 0 and doc[start - 1].lower_ != "and" and noun.i - start < _COUNTERPARTS:
            start -= 1
        first = ends.get(start - 1)
        own = {t.lower_ for t in doc[start : noun.i]} & word_set("possessive_person")
        if first is None or not own:
            continue
        group, at = [first], noun.i + 1
        at += doc[at : at + 1].text in word_set("before_past_holders")
        while at in named:
            group.append(named[at])
            at = named[at][1].end
            while doc[at : at + 1].text in {",", "and"}:
                at += 1
        for office in told:
            lands = list(zip(group, office.countries, strict=False))
            fit = len(group) == len(office.countries) and office.end <= group[0][1].start
            if not fit or any(person.country not in {None, land} for (person, _), land in lands):
                continue
            office.holders = tuple(span for _, span in group)
            for (person, _), land in lands:
                person.countries.append(land)
                person.offices = [o for o in person.offices if o.kind != "counterpart"]
                person.offices.append(replace(office, plural=False, country=land, countries=()))
            return


def _lands_of_each(office: OfficeSpan, persons: Sequence[Person]) -> Sequence[str | None]:
    """Return the lands of A and B of "the ministers of Peru and Mali met. A and B spoke", in turn.

    None is told where they are more or fewer than the lands, or named in another order.
    """
    if len(office.countries) < _SEVERAL:
        return [office.country] * len(persons)
    told = [(p.country, land) for p, land in zip(persons, office.countries, strict=False)]
    in_turn = len(persons) == len(office.countries)
    in_turn = in_turn and all(own in {None, land} for own, land in told)
    return list(office.countries) if in_turn else [None] * len(persons)


def _may_be(office: OfficeSpan, kinds: frozenset[str]) -> bool:
    """Tell those of "two diplomats", "officials" from the presidents who are told of next."""
    if kinds & word_set("no_mere_official") and office.kind not in kinds:
        return office.kind in word_set("introduced_together")
    if not kinds or office.kind in word_set("vague_office"):
        return True
    same = any((office.kind, kind) in _classes() for kind in kinds)
    return same or fits_office(office.kind, kinds)


def _describes_one(doc: Doc, office: OfficeSpan) -> bool:
    """Tell "a Peruvian envoy" that does something from "the envoy", "Peruvian envoys"."""
    if office.kind in {"counterpart", "delegation"}:
        return False
    if office.country is None and not office.plural:
        return False
    if office.determiner not in {*_INDEFINITE, "the"}:
        return False
    head = doc[office.head_end - 1]
    return head.dep_ in SUBJECTS


def _is_sender(doc: Doc, office: OfficeSpan, name: NameSpan) -> bool:
    """Tell the X of "A special envoy of President X", whom the envoy speaks for."""
    told = doc[name.start : name.end].root
    of = told.head
    return told.dep_ == "pobj" and of.lower_ == "of" and of.head.i == office.head_end - 1


def _subject(doc: Doc, name: NameSpan) -> Token | None:
    """Return the subject that a name is, is apposed to, or is joined to by "and"."""
    token = doc[name.start : name.end].root
    while token.dep_ in {"appos", "conj"} and token.head != token:
        token = token.head
    return token if token.dep_ in SUBJECTS else None


def _is_held_by(doc: Doc, office: OfficeSpan, person: Person) -> bool:
    """Tell whether a person who is first named behind an office may be its holder."""
    open_to = {None, office.country} if office.determiner in _INDEFINITE else {office.country}
    if office.kind == "chief_of_defence" and "military" in person.kinds:
        open_to.add(None)  # "The top US general flew in. Gen. X met …"
    if person.country not in open_to:
        return False
    subject = _subject(doc, person.spans[0])
    if subject is None:
        return False
    verb = subject.head
    if _has_other(verb, office):
        return False
    kinds = person.kinds
    if not person.offices and office.determiner in _INDEFINITE:
        return True
    if kinds & word_set("not_introduced") and office.kind not in kinds:
        return False
    if is_mere_official(office, kinds):
        return False  # "A Peruvian trade official arrived. President X spoke"
    if office.kind in word_set("vague_office") and not kinds & word_set("called_at_once"):
        return True
    if any(row.kind == office.kind and "*" in row.covers for row in generic_offices()):
        return verb.lemma_ not in word_set("speech")
    return fits_office(office.kind, kinds) or any((office.kind, k) in _classes() for k in kinds)


def _has_other(verb: Token, office: OfficeSpan) -> bool:
    """Tell "welcomed him", "met the envoy": the subject is somebody else."""
    guests = {row.form for row in generic_offices() if row.kind == "visitor"}
    called = {office.form.form.split()[-1], *guests}
    for token in verb.subtree:
        if token.dep_ not in _OBJECTS or token.head not in {verb, *verb.children}:
            continue
        if token.lower_ in {"him", "her", "them"}:
            return True
        if token.lemma_ in called and any(c.lower_ in {"the", "this"} for c in token.children):
            return True
    return False


def _give(office: OfficeSpan, person: Person) -> None:
    office.holders = (person.spans[0],)
    if person.country is None and office.country is not None:
        person.countries.append(office.country)
    if not person.offices:
        person.offices.append(replace(office))


__all__ = ["introduce", "resume"]
