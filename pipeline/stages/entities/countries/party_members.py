"""Those who are called by their party alone: "Republican X", "Democrats X and Y", "X, a Tory"."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from pipeline.labels import NOMINALS
from pipeline.neighbours import text_at
from pipeline.reference.offices import OfficeForm
from pipeline.signs import GENITIVES
from pipeline.stages.entities.countries.affiliations import Affiliation, Affiliations
from pipeline.stages.entities.gazetteer import Hit
from pipeline.stages.entities.spans import NameSpan, OfficeSpan
from pipeline.stages.entities.tables import word_set

#: How many words may describe a member between the article and the party ("a moderate Tory").
_ADJECTIVES = 2
#: What a party owns as one does a member ("Hamas's X").
_JOINED = frozenset({"party", "movement"})


def give_memberships(
    names: Sequence[NameSpan],
    affiliations: Affiliations,
    listed: Callable[[int], Sequence[NameSpan]],
    lands: Mapping[int, str],
) -> None:
    """Give names the party by which they are called in the place of an office.

    "Republican Ana Ruiz", "Democrats A and B", "Hamas's X" and "A, a Democrat from Ohio," fire;
    "Republican donor X" and "Republican Senator X" do not. "Swedish Democrat X" is of Sweden.

    Args:
        listed: the names of the list that begins at a token.
        lands: the countries named as an adjective, by the token behind.
    """
    for hit in affiliations.hits:
        if hit.start not in lands and not affiliations.stands_alone(hit, hit.end):
            continue
        for name in _called(hit, affiliations, listed):
            if not name.offices:
                name.offices.append(_membership(hit, affiliations, lands.get(hit.start)))
    ends = {name.end: name for name in names}
    for hit in affiliations.hits:
        told = _told_before(hit, affiliations, ends) if _is_member(hit) else None
        if told is not None and not any(office.country for office in told.offices):
            told.offices.append(_membership(hit, affiliations, lands.get(hit.start)))


def _called(
    hit: Hit[Affiliation],
    affiliations: Affiliations,
    listed: Callable[[int], Sequence[NameSpan]],
) -> Iterator[NameSpan]:
    """Yield X of "Republican X", "Labour's X", and each of "Republicans X, Y and Z"."""
    doc, at = affiliations.doc, hit.end
    owns = text_at(doc, at) in GENITIVES and hit.payload.kind in _JOINED
    found = listed(at + owns) if owns or _is_member(hit) else ()
    if not found or found[0].start != at + owns:
        return
    many = not owns and hit.payload.form.endswith("s")
    yield from found if many else found[:1]


def _is_member(hit: Hit[Affiliation]) -> bool:
    return hit.payload.form.lower() in word_set("party_member")


def _told_before(
    hit: Hit[Affiliation], affiliations: Affiliations, ends: dict[int, NameSpan]
) -> NameSpan | None:
    """Return the X of "X, a moderate Republican from Ohio,", "X is a Democrat"."""
    doc, at = affiliations.doc, hit.start
    while at > hit.start - _ADJECTIVES and at and doc[at - 1].pos_ in {"ADJ", "PROPN"}:
        at -= 1
    if at < 2 or doc[at - 1].lower_ not in {"a", "an"}:
        return None
    behind = doc[hit.end : hit.end + 1]
    if len(behind) and behind[0].pos_ in NOMINALS:
        return None  # "X, a Republican donor"
    told = doc[at - 2].text == "," or doc[at - 2].lemma_ == "be"
    return ends.get(at - 2) if told else None


def _membership(hit: Hit[Affiliation], affiliations: Affiliations, land: str | None) -> OfficeSpan:
    """Return a party as the office of its member, of no country yet where none is named."""
    called = affiliations.doc[hit.start : hit.end].text
    plural = hit.payload.form.lower() in word_set("party_member") and called.endswith("s")
    return OfficeSpan(
        start=hit.start,
        end=hit.end,
        head_start=hit.start,
        head_end=hit.end,
        form=OfficeForm(hit.payload.form.lower(), "legislator", "party", True, True, False),
        title=called[:-1] if plural else called,
        country=land,
    )


__all__ = ["give_memberships"]
