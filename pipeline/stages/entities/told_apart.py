"""Persons whose office another sentence gives without their name."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Doc, Token

from pipeline.reference.countries import is_country
from pipeline.stages.entities.home import speaks_for_state
from pipeline.stages.entities.person import Person
from pipeline.stages.entities.spans import OfficeSpan
from pipeline.stages.entities.tables import word_set

#: How many sentences, blank ones left out, may lie from a person to the office.
_REACH = 2
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})


def give_offices_told_apart(
    doc: Doc, persons: Sequence[Person], offices: Sequence[OfficeSpan]
) -> None:
    """Give X of "Ruto met X in Nairobi. The Norwegian foreign minister pledged aid" the office.

    So X of a headline "Norwegian foreign minister in Nairobi" over "X arrived on Tuesday". An
    office whose holder is named elsewhere is given to nobody, nor one that two may hold.
    """
    open_offices = [office for office in offices if _is_open(doc, office)]
    if not open_offices:
        return
    bare = [person for person in persons if _is_bare(person)]
    if not bare:
        return
    starts = [s.start for s in doc.sents if s.text.strip()]
    at_sentence: dict[int, list[Person]] = defaultdict(list)
    for person in bare:
        at_sentence[bisect_right(starts, person.spans[0].start)].append(person)
    held = {
        (office.kind, o_country)
        for p in persons
        for office in p.offices
        for o_country in {office.country, p.country}
    }
    taken = {office.head_start for p in persons for office in p.offices}
    for office in open_offices:
        if office.head_start in taken or (office.kind, office.country) in held:
            continue
        number = bisect_right(starts, office.head_start)
        for person in _near(at_sentence, number):
            if person.offices:
                continue
            if _acts(doc, person):
                person.offices.append(replace(office))
                held.add((office.kind, office.country))
            break


def _near(at_sentence: dict[int, list[Person]], number: int) -> Iterator[Person]:
    """Yield whoever alone is first told of in a sentence near an office's, before it first."""
    for step in range(1, _REACH + 1):
        for at in (number - step, number + step):
            if len(at_sentence.get(at, ())) == 1:
                yield at_sentence[at][0]


def _is_open(doc: Doc, office: OfficeSpan) -> bool:
    """Tell "The Norwegian premier said", "Norwegian premier in Lima" from one that is named.

    Not "The Duke of Kent", "The King of Tonga", who are called by nothing else.
    """
    told = office.country is not None and is_country(office.country) and speaks_for_state(office)
    if not told or office.plural or office.former or office.kind in {"counterpart", "delegation"}:
        return False
    crowned = office.form.office == "royal" or not word_set("crown").isdisjoint(
        office.form.form.split()
    )
    if crowned or office.determiner not in {None, "the"}:
        return False
    head = doc[office.head_start : office.head_end].root
    opens = any(t.is_sent_start for t in doc[max(0, office.start - 3) : office.start + 1])
    return opens and (head.dep_ in _SUBJECTS or head.dep_ == "ROOT")


def _is_bare(person: Person) -> bool:
    known = person.offices or person.countries or person.leader is not None
    return not known and len(person.words) > 1


def _acts(doc: Doc, person: Person) -> bool:
    """Tell who speaks, travels or is met, as holders of offices do."""
    deeds = word_set("speech", "comes_to", "host_verb", "human_verb")
    return any(
        _verb(doc[s.start : s.end].root).lemma_ in deeds | word_set("does_as_official")
        for s in person.spans
    )


def _verb(token: Token) -> Token:
    while token.pos_ not in {"VERB", "AUX"} and token.head != token:
        token = token.head
    return token


__all__ = ["give_offices_told_apart"]
