"""The country in which a story was written: "By Ana Ruiz in Lusaka", "Ana Ruiz, Canberra"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from spacy.tokens import Doc

from pipeline.stages.entities.spans import PartySpan, PlaceSpan

#: In how many first lines the writer stands, and how many words such a line has at most.
_FIRST_LINES, _LONGEST = 5, 12
#: From so many mentions on an article is about a country, of which its writer's desk tells nothing.
_ABOUT_MENTIONS = 3
_WORDS = re.compile(r"[^\W\d_][\w.'’-]*")
_BYLINE = re.compile(r"\s*(?:[Bb]y|BY)\s+[A-Z]")
#: A line of a name and a place alone.
_SIGNED = re.compile(r"\s*(?:[A-ZÀ-Ý][\w.'’-]*\s+){2,4}$")
_SMALL = frozenset({"by", "in", "and", "of", "the", "for", "from"})


def byline_country(
    text: str, doc: Doc, parties: Sequence[PartySpan], places: Sequence[PlaceSpan]
) -> str:
    """Return the country of the place beside the writer's name, or an empty string.

    "By Ana Ruiz in Lusaka", "By Ana Ruiz, Zambian News Agency" and "Ana Ruiz, Lusaka" as lines of
    their own tell ZMB, "(Reporting by Ana Ruiz in Lusaka)", as agencies have it, nothing. The desk
    of an article that is about another country, of whose own country it tells nothing, tells
    nothing either.

    Args:
        text: the article's as it was read, whose lines the Doc does not keep.
    """
    spots = [(p.start, p.end, p.country) for p in places]
    spots += [(p.start, p.end, p.code) for p in parties if p.is_country]
    written = [spot for spot in spots if _is_of_writer(text, doc, *spot[:2])]
    codes = {code for _, _, code in written}
    if len(codes) != 1:
        return ""
    code = codes.pop()
    named = Counter(other for *at, other in spots if (*at, other) not in written)
    about = max(named.values(), default=0) >= _ABOUT_MENTIONS
    return code if code in named or not about else ""


def _is_of_writer(text: str, doc: Doc, start: int, end: int) -> bool:
    """Tell whether a place or country stands in the line that names the writer."""
    at = doc[start].idx
    opens = text.rfind("\n", 0, at) + 1
    before = text[opens:at]
    if text[:opens].count("\n\n") + text[:opens].count("\n") > 2 * _FIRST_LINES:
        return False
    closes = text.find("\n", at)
    line = text[opens : closes if closes >= 0 else len(text)]
    if closes < 0 or len(_WORDS.findall(line)) > _LONGEST:
        return False
    if _BYLINE.match(line):
        words = _WORDS.findall(line)
        return all(word[0].isupper() or word.lower() in _SMALL for word in words)
    ends = not text[doc[end - 1].idx + len(doc[end - 1]) : opens + len(line)].strip(" .")
    return (
        ends
        and before.rstrip().endswith(",")
        and bool(_SIGNED.match(before.rstrip().removesuffix(",") + " "))
    )


__all__ = ["byline_country"]
