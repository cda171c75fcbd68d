"""The lands over the news of a round-up: "TOGO⏎Off to Lima⏎President X left on Monday"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from spacy.tokens import Doc

from pipeline.stages.entities.countries.home import speaks_for_state
from pipeline.stages.entities.person import Person
from pipeline.stages.entities.spans import PartySpan, PlaceSpan

#: What stands between a land over a piece of news and who opens it: at most its headline.
_BETWEEN = re.compile(r"[ \t:]*\n+(?:[^\n]{1,90}\n+)?(?:The )?")
#: What stands behind a land that is a line, and before it.
_ENDS = re.compile(r"[ \t:*]*\n")
_MARKS = " \t*#•-"
#: How far below the land the news begins, in characters.
_REACH = 110
#: So many lands make a round-up.
_LEAST = 2


def give_lands_over_news(
    text: str,
    doc: Doc,
    persons: Sequence[Person],
    parties: Sequence[PartySpan],
    places: Sequence[PlaceSpan],
) -> None:
    """Give who opens the news below a land that is a line of its own this land.

    "TOGO⏎Off to Lima⏎President X left. …⏎FIJI⏎Premier Y resigned" makes X a Togolese; under one
    such line alone nobody gets its land, nor does one who stands further on in the news.

    Args:
        text: the article's, with the ends of its lines.
    """
    headings = [(end, p.code) for p in parties if p.is_country for end in _line_end(text, doc, p)]
    if len({code for _, code in headings}) < _LEAST:
        return
    above = {(place.end, place.country) for place in places}  # "Off to Lima⏎President X"
    for person in persons:
        told = [o.country for o in person.offices if (o.start, o.country) not in above]
        if person.countries or any(told):
            continue
        for office in person.offices:
            if speaks_for_state(office) and (land := _over(text, headings, doc[office.start].idx)):
                office.country = land


def _over(text: str, headings: Sequence[tuple[int, str]], at: int) -> str | None:
    last = next((h for h in reversed(headings) if h[0] <= at), None)
    if last is None or at - last[0] > _REACH:
        return None
    return last[1] if _BETWEEN.fullmatch(text, last[0], at) else None


def _line_end(text: str, doc: Doc, party: PartySpan) -> Iterator[int]:
    """Yield the offset behind a country that is all of a line."""
    last = doc[party.end - 1]
    start, end = doc[party.start].idx, last.idx + len(last)
    opens = text[:start].rstrip(_MARKS)[-1:] in {"", "\n"}
    if opens and _ENDS.match(text, end):
        yield end


__all__ = ["give_lands_over_news"]
