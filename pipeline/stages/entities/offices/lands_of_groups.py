"""The lands of a plural office that a group tells: "the five Central Asian presidents"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from spacy.tokens import Doc

from pipeline.neighbours import word_at
from pipeline.reference.countries import is_country
from pipeline.reference.land_groups import LandGroup, land_groups
from pipeline.signs import GENITIVES
from pipeline.stages.entities.spans import OfficeSpan, PartySpan
from pipeline.stages.entities.tables import word_set

#: How far before an office or its group what counts them may stand, in tokens.
_COUNT_REACH = 3
#: How far behind an office its group ends at most: "of all of the five Nordic - Baltic".
_GROUP_REACH = 9
#: What a group of lands may stand behind: "presidents of", "ministers from".
_OF = frozenset({"of", "from"})
#: How far behind an office a list may name a group, and how long such a name is, in tokens.
_LIST_REACH, _LONGEST = 24, 4
#: What stands between the lands of a list, and how many make one.
_JOINTS, _FEWEST = frozenset({",", "and", "&"}), 2


def give_group_lands(doc: Doc, office: OfficeSpan, ends: Mapping[int, PartySpan]) -> None:
    """Give a plural office the lands of the group whose it is, if all of them are meant.

    "The five Central Asian presidents", "ministers of the Baltic states" fire; "two Baltic
    ministers", "Central Asian leaders" do not.

    Args:
        ends: the parties that the text names, by the token behind each.
    """
    if not office.plural:
        return
    codes = _among_lands(doc, office, ends)
    if len(office.countries) > 1 and not codes:
        return
    codes = codes or _before(doc, office, ends)
    if not codes and not is_country(office.country or ""):
        codes = _behind(doc, office)
    if codes:
        office.countries = codes


def _before(doc: Doc, office: OfficeSpan, ends: Mapping[int, PartySpan]) -> tuple[str, ...]:
    """Return the lands of "all three Baltic foreign ministers", "the Polish and Baltic leaders"."""
    last = office.head_start
    last -= word_at(doc, last - 1) in GENITIVES
    last -= word_at(doc, last - 1) in word_set("of_lands")  # "the Baltic states' presidents"
    for end in range(last, max(0, min(office.start, last) - 1), -1):
        for start, _, row in _called(doc, end):
            if not _is_whole(doc, start, row):
                return ()
            beside = ends.get(start - 1) if word_at(doc, start - 1) == "and" else None
            led = (beside.code,) if beside is not None and beside.is_country else ()
            return tuple(dict.fromkeys((*led, *row.codes)))
    return ()


def _called(doc: Doc, end: int) -> Iterator[tuple[int, bool, LandGroup]]:
    """Yield where the name of a group starts that ends before a token, and the group."""
    for parts, alone, row in land_groups().get(word_at(doc, end - 1), ()):
        start = end - len(parts)
        if start >= 0 and all(doc[start + n].lower_ == part for n, part in enumerate(parts)):
            yield start, alone, row
            return


def _behind(doc: Doc, office: OfficeSpan) -> tuple[str, ...]:
    """Return the lands of "presidents of the five Central Asian states", "of the Baltics"."""
    at = office.head_end
    if word_at(doc, at) not in _OF:
        return ()
    for end in range(at + 2, min(len(doc), at + _GROUP_REACH)):
        for start, alone, row in _called(doc, end):
            led = {t.lower_ for t in doc[at + 1 : start]}
            whole = {"all", *row.counts}
            behind = word_at(doc, end)
            if not (led <= {"the"} | whole and (alone or behind in word_set("of_lands") | whole)):
                continue
            counted = {*led, behind, *(t.lower_ for t in doc[max(0, office.start - 1) : at])}
            _cut_title(office, row)
            return row.codes if counted & whole or (row.bare and "the" in led) else ()
    return ()


def _among_lands(doc: Doc, office: OfficeSpan, ends: Mapping[int, PartySpan]) -> tuple[str, ...]:
    """Return the lands of "leaders of Peru, the Baltic states, the Nordic countries and Chad".

    A group of which but some may be meant adds none, and ends no list; none where no group stands.
    """
    at = office.head_end + 1
    near = doc[at : at + _LIST_REACH]
    if word_at(doc, at - 1) not in _OF or all(t.lower_ not in land_groups() for t in near):
        return ()
    begun = {span.start: span for span in ends.values() if span.is_country}
    found: list[str] = []
    grouped = False
    while at < len(doc):
        begin = at
        at += word_at(doc, at) == "the"
        if (span := begun.get(at) or begun.get(begin)) is not None:
            found.append(span.code)
            at = span.end
        elif (group := _group_from(doc, at)) is not None:
            at, whole, row = group
            grouped = True
            found += row.codes if whole or (row.bare and word_at(doc, begin) == "the") else ()
        else:
            break
        if word_at(doc, at) not in _JOINTS:
            break
        while word_at(doc, at) in _JOINTS:
            at += 1
    if not grouped or len(set(found)) < _FEWEST:
        return ()
    return tuple(dict.fromkeys(found))


def _group_from(doc: Doc, at: int) -> tuple[int, bool, LandGroup] | None:
    """Return the end of "(three) Baltic states" from a token, whether all are meant, the group."""
    for end in range(at + 1, min(len(doc), at + _LONGEST) + 1):
        for start, alone, row in _called(doc, end):
            counted = word_at(doc, at) in {"all", *row.counts}
            behind = word_at(doc, end) in word_set("of_lands")
            if start == at + counted and (alone or behind):
                return end + behind, counted, row
    return None


def _cut_title(office: OfficeSpan, row: LandGroup) -> None:
    """Leave the group out of a title that was read into it: "ministers of the five Nordic"."""
    before, _, last = office.title.rpartition(" of ")
    if before and any(words in last.lower() for words in (*row.words, *row.names)):
        office.title = before


def _is_whole(doc: Doc, start: int, row: LandGroup) -> bool:
    """Tell whether all lands of a group are meant whose name starts at a token."""
    near = {t.lower_ for t in doc[max(0, start - _COUNT_REACH) : start]}
    if {"all", *row.counts} & near:
        return True
    numbered = start > 0 and doc[start - 1].pos_ == "NUM"
    some = numbered or not near.isdisjoint(word_set("some_of_many"))
    return row.bare and "the" in near and not some


__all__ = ["give_group_lands"]
