"""Those who held an office before, told with their years: "after A in 1999, B in 2004 and C"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from spacy.tokens import Doc

from pipeline.neighbours import text_at, word_at
from pipeline.stages.entities.person import Person
from pipeline.stages.entities.spans import NameSpan, OfficeSpan
from pipeline.stages.entities.tables import name_words, word_set

#: How far behind "the fifth Peruvian president" the "after" may stand, in tokens.
_REACH = 16
#: How far before an office "the fifth" may stand, in tokens.
_COUNTED = 4
#: How many tokens a date behind a name may have ("in March 1999", "(1999)").
_DATE = 4


def give_past_offices(doc: Doc, persons: Sequence[Person], offices: Sequence[OfficeSpan]) -> None:
    """Give A and B of "the third Peruvian president to come, after A in 1999 and B" the office.

    So A, B and C of "visits by Peruvian presidents – A in 1999, B in 2004 and C". Not A of "the
    third Peruvian president to come, after a call by A", nor B of "presidents A in 1999. B …".
    """
    named = {span.start: (span, person) for person in persons for span in person.spans}
    for office in offices:
        land = office.country
        if land is None or (office.countries and len(set(office.countries)) > 1):
            continue
        at = _behind_many(doc, office) if office.plural else _behind_counted(doc, office)
        listed = list(_dated_names(doc, at, named)) if at is not None else []
        if len(listed) < (2 if office.plural else 1) or not any(told for _, told in listed):
            continue
        for person, _ in listed:
            if (person.country or land) != land or any(not o.plural for o in person.offices):
                continue
            person.countries.append(land)
            if not person.offices:
                person.offices.append(replace(office, plural=False, former=True))


def _behind_many(doc: Doc, office: OfficeSpan) -> int | None:
    """Return where names may begin behind "Peruvian presidents –", "presidents of Peru, namely"."""
    at = office.end
    at += text_at(doc, at) in word_set("before_past_holders")
    at += text_at(doc, at) == "-"  # "--" is two tokens
    return at + (word_at(doc, at) in word_set("names_holders"))


def _behind_counted(doc: Doc, office: OfficeSpan) -> int | None:
    """Return where names may begin behind "the fifth Peruvian president to visit Mali, after"."""
    before = {t.lower_ for t in doc[max(0, office.head_start - _COUNTED) : office.head_end]}
    if before.isdisjoint(word_set("rank", "further_rank")) or word_at(doc, office.end) != "to":
        return None
    sentence = doc[office.head_start].sent
    for i in range(office.end, min(office.end + _REACH, sentence.end)):
        if doc[i].lower_ in word_set("ranks_behind"):
            return i + 1
    return None


def _dated_names(
    doc: Doc, at: int, named: Mapping[int, tuple[NameSpan, Person]]
) -> Iterator[tuple[Person, bool]]:
    """Yield those named in the list at token `at`, and whether a year is told behind each."""
    while at < len(doc):
        at += text_at(doc, at) in {"the", "late"}
        while word_at(doc, at) in name_words()["honorific"]:
            at += 1 + (text_at(doc, at + 1) == ".")
        if at not in named:
            return
        name, person = named[at]
        at = _behind_year(doc, name.end)
        yield person, at > name.end
        joint = at
        while text_at(doc, at) in {",", ";", "and"}:
            at += 1
        if at == joint:
            return


def _behind_year(doc: Doc, at: int) -> int:
    """Return the token behind "in March 1999", "(1999)" at token `at`, else that token."""
    if text_at(doc, at) not in {"in", "("}:
        return at
    for end in range(at + 1, min(at + 1 + _DATE, len(doc))):
        if len(doc[end]) == len("1999") and doc[end].is_digit:
            return end + 1 + (text_at(doc, end + 1) == ")")
    return at


__all__ = ["give_past_offices"]
