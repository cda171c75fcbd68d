"""The offices and countries that stand beside names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from spacy.tokens import Doc

from pipeline.stages.entities.spans import NameSpan, OfficeSpan, PartySpan
from pipeline.stages.entities.tables import name_words, word_set

_CHAINED = frozenset({"and", ",", "&", "cum", "-"})
#: What may stand between the names of a list.
_LIST_SIGNS = frozenset({",", "and", "&", "(", ")", ":", "-", "–", "of"})
#: How far behind a name "is president of" is looked for, in tokens.
_COPULA_REACH = 7
#: No list of names is longer than this.
_LIST_LENGTH = 30


def attach_offices(
    doc: Doc,
    names: Sequence[NameSpan],
    offices: Sequence[OfficeSpan],
    parties: Sequence[PartySpan],
) -> None:
    """Give each name the offices and countries that stand beside it."""
    by_end = {office.end: office for office in offices}
    by_start = {office.start: office for office in offices}
    party_end = {party.end: party for party in parties}
    party_start = {party.start: party for party in parties}
    for name in names:
        for office in _before(doc, name, by_end):
            name.offices.append(office)
        for office in _after(doc, name, by_start):
            if office not in name.offices:
                name.offices.append(office)
        name.country = name.country or _country_beside(doc, name, party_end, party_start)
    _attach_lists(doc, names, offices)


def _before(doc: Doc, name: NameSpan, by_end: dict[int, OfficeSpan]) -> Iterator[OfficeSpan]:
    at = name.start
    honorifics = name_words()["honorific"]
    while (
        at > 0
        and at not in by_end
        and (doc[at - 1].lower_ in honorifics or doc[at - 1].text == ".")
    ):
        at -= 1
    comma = at > 1 and doc[at - 1].text == "," and at not in by_end
    office = by_end.get(at - 1 if comma else at)
    if office is None or office.plural:
        return
    chain = [office]
    beside = by_end.get(chain[-1].start)
    if beside is not None and not comma and not beside.plural:
        chain.append(beside)
    while chain[-1].start > 1 and doc[chain[-1].start - 1].text in _CHAINED:
        earlier = by_end.get(chain[-1].start - 1)
        if earlier is None or earlier.plural:
            break
        if (chain[-1].determiner and not comma) or (comma and doc[chain[-1].start - 1].text == ","):
            break
        if doc[chain[-1].start - 1].text == "," and chain[-1].country:
            break
        chain.append(earlier)
    if comma and not _is_apposed(doc, name, chain[-1]):
        return
    owner = next((o.country for o in reversed(chain) if o.country), None)
    for member in reversed(chain):
        member.country = member.country or owner
        yield member


def _is_apposed(doc: Doc, name: NameSpan, office: OfficeSpan) -> bool:
    """Tell "the president, Xi Jinping, said" from "told the president, Xi Jinping said"."""
    following = doc[name.end] if name.end < len(doc) else None
    opens = office.start == 0 or bool(doc[office.start].is_sent_start)
    if opens:
        return following is None or following.pos_ in {"AUX", "VERB", "PUNCT"}
    if office.determiner in {None, "a", "an"} and not office.country:
        return False
    return following is None or following.text in {",", ".", "and", ")", "(", "–", "—"}


def _after(doc: Doc, name: NameSpan, by_start: dict[int, OfficeSpan]) -> Iterator[OfficeSpan]:
    end = name.end
    if end + 1 >= len(doc):
        return
    sign = doc[end].text
    office: OfficeSpan | None = None
    if sign in {",", "(", "–", "—", "-"}:
        office = by_start.get(end + 1)
        if office is None and doc[end + 1].lower_ in word_set("relative_opener"):
            office = _copular(doc, end + 1, by_start)
        elif office is not None and sign == "," and _begins_next_title(doc, office):
            office = None
    elif doc[end].lemma_ in word_set("copula") or doc[end].lower_ in word_set("copula_opener"):
        office = _copular(doc, end, by_start)
    while office is not None and not office.plural:
        yield office
        link = office.end
        if link + 1 < len(doc) and doc[link].text in {"and", "&"}:
            office = by_start.get(link + 1)
            if office is not None and _begins_next_title(doc, office):
                return
        else:
            return


def _begins_next_title(doc: Doc, office: OfficeSpan) -> bool:
    """Tell "Xi Jinping, President Putin and …" from "Xi Jinping, president of China"."""
    at = office.end
    return (
        at < len(doc)
        and doc[at].text[:1].isupper()
        and doc[at].ent_type_ == "PERSON"
        and office.determiner is None
    )


def _copular(doc: Doc, start: int, by_start: dict[int, OfficeSpan]) -> OfficeSpan | None:
    for i in range(start, min(start + _COPULA_REACH, len(doc))):
        if doc[i].text in {",", ".", ";"} and i > start:
            return None
        office = by_start.get(i)
        if (
            doc[i].pos_ in {"ADP", "VERB", "NOUN"}
            and doc[i].lemma_ not in word_set("copula")
            and (office is None and doc[i].lower_ != "as")
        ):
            return None
        if office is not None and any(doc[j].lemma_ in word_set("copula") for j in range(start, i)):
            return None if _begins_next_title(doc, office) else office
    return None


def _country_beside(
    doc: Doc,
    name: NameSpan,
    party_end: dict[int, PartySpan],
    party_start: dict[int, PartySpan],
) -> str | None:
    """Read "Malaysia's Anwar Ibrahim", "Anwar Ibrahim (Malaysia)", "Anwar Ibrahim of Malaysia"."""
    at = name.start
    if at > 1 and doc[at - 1].text in {"'s", "’s"} and at - 1 in party_end:
        return party_end[at - 1].code
    if at in party_end and party_end[at].form == "adjective":
        return party_end[at].code
    end = name.end
    if end + 1 < len(doc) and doc[end].text in {"(", "of"}:
        party = party_start.get(end + 1) or party_start.get(end + 2)
        if party is None or party.form != "name":
            return None
        closed = doc[end].text == "of" or doc[party.end : party.end + 1].text == ")"
        return party.code if closed else None
    return None


def _attach_lists(doc: Doc, names: Sequence[NameSpan], offices: Sequence[OfficeSpan]) -> None:
    """Give a plural office to each name of the list behind it ("Presidents Xi and Putin")."""
    starts = {name.start: name for name in names}
    for office in offices:
        listed = _listed(doc, office, starts) if office.plural else []
        for index, name in enumerate(listed):
            if not name.offices:
                name.offices.append(_share(office, name, index, len(listed)))


def _listed(doc: Doc, office: OfficeSpan, starts: Mapping[int, NameSpan]) -> list[NameSpan]:
    """Return the names of the list that follows an office."""
    listed: list[NameSpan] = []
    at = office.end
    depth = 0
    while at < len(doc) and len(listed) < _LIST_LENGTH:
        text = doc[at].text
        found = starts.get(at)
        if found is not None:
            listed.append(found)
            at = found.end
            continue
        depth += (text == "(") - (text == ")")
        known = text in _LIST_SIGNS or depth > 0
        if not known and not (listed and doc[at - 1].text == "of"):
            break
        at += 1
    return listed


def _share(office: OfficeSpan, name: NameSpan, index: int, count: int) -> OfficeSpan:
    """Return a plural office as the one at `index` of `count` holders has it."""
    own = replace(office, plural=False)
    if len(office.countries) == count > 1:
        own.country = office.countries[index]
    elif name.country:
        own.country = name.country
    elif len(office.countries) > 1:
        own.country = None
    return own


__all__ = ["attach_offices"]
