"""What tells for which country an article writes, apart from whom it tells of."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Literal, NamedTuple
from urllib.parse import urlsplit

from spacy.tokens import Doc

from models import Article
from pipeline.labels import VERBS
from pipeline.lexicon import Row, load_table
from pipeline.reference.countries import (
    capital,
    country_domains,
    country_forms,
    country_traps,
)
from pipeline.reference.fold import fold
from pipeline.signs import ENGLISH_QUOTES
from pipeline.stages.entities.countries.byline_places import byline_country
from pipeline.stages.entities.spans import PartySpan, PlaceSpan
from pipeline.stages.entities.tables import PACKAGE, word_set

#: How much each sign of an outlet's country weighs, beside the leaders whom it tells of.
HOST_WEIGHT, CREDIT_WEIGHT, DATELINE_WEIGHT = 4, 3, 2
#: So many mentions behind the dateline tell that an article is about a country.
_ABOUT_MENTIONS = 3
_WORDS = re.compile(r"\w+")
#: Shorter names of countries stand in other words ("oman" in "roman").
SHORTEST_NAME = 5
#: How far before a country its visitor may be told, and the verb of going, in tokens.
_WRITER_REACH, _GOES_REACH = 8, 6
_WRITERS = frozenset({"I", "my", "My"})
#: What stands before a closing mark.
_ENDS_WORD = re.compile(r"[^\s(\[–—-]")


class Outlet(Row):
    """A national outlet: a label of its address, its signature, or a word of its name."""

    form: str
    kind: Literal["host", "credit", "name"]
    code: str


class Sign(NamedTuple):
    """A country for which an article may write, and how much tells so."""

    code: str
    weight: int


def outlet_signs(
    article: Article, doc: Doc, parties: Sequence[PartySpan], places: Sequence[PlaceSpan]
) -> list[Sign]:
    """Return what address, source, credit and dateline tell.

    "www.kuwaittimes.net", "– KUNA" and "KUWAIT:" tell KWT; "www.example.com" and "(Reuters)"
    nothing.
    """
    host = urlsplit(article.url or "").hostname or ""
    dated = _dateline_country(article, doc, parties, places)
    told = [
        Sign(host_country(host) or _source_country(article.source or ""), HOST_WEIGHT),
        Sign(credit_country(article.text), CREDIT_WEIGHT),
        Sign(dated or byline_country(article.text, doc, parties, places), DATELINE_WEIGHT),
    ]
    return [sign for sign in told if sign.code]


@lru_cache(maxsize=256)
def host_country(host: str) -> str:
    """Return the country of an internet address, or an empty string."""
    labels = host.lower().split(".")
    tails = {".".join(labels[i:]) for i in range(len(labels))} | set(labels[:-1])
    listed = (code for form, code in _outlets("host").items() if form in tails)
    found = next(listed, "") or country_domains().get(labels[-1], "")
    return found or next(filter(None, map(_named_in, labels[:-1])), "")


@lru_cache(maxsize=1024)
def _source_country(source: str) -> str:
    """Return the country that an outlet's name tells ("Kuwait Times", "VNA")."""
    if source in _outlets("credit"):
        return _outlets("credit")[source]
    for trap in country_traps():
        source = source.replace(trap.form, "")
    words = (_outlets("name").get(word) for word in fold(source).split())
    return next(filter(None, words), "") or _named_in(source)


def credit_country(text: str) -> str:
    """Return the country of the agency that signs a text ("– KUNA", "(Photo: VNA)")."""
    found = {_outlets("credit")[match[1]] for match in _credit_pattern().finditer(text)}
    return found.pop() if len(found) == 1 else ""


@lru_cache(maxsize=4)
def _outlets(kind: str) -> Mapping[str, str]:
    rows = load_table(PACKAGE, "outlets.csv", Outlet)
    return {row.form: row.code for row in rows if row.kind == kind}


@lru_cache(maxsize=1)
def _credit_pattern() -> re.Pattern[str]:
    signs = "|".join(re.escape(form) for form in sorted(_outlets("credit"), key=len, reverse=True))
    return re.compile(
        rf"(?:[–—-]\s?|/{{1,3}}|\(|[Pp]hotos?: ?|Source: ?)({signs})(?=\s*(?:[)/.]|\n|$))"
    )


def _named_in(label: str) -> str:
    """Return the country whose name, adjective or capital a label holds, the longest first."""
    letters = "".join(char for char in fold(label) if char.isalpha())
    names = _squeezed_names()
    for length in range(len(letters), SHORTEST_NAME - 1, -1):
        for start in range(len(letters) - length + 1):
            code = names.get(letters[start : start + length])
            if code:
                return code
    return ""


@lru_cache(maxsize=1)
def _squeezed_names() -> Mapping[str, str]:
    """Return the countries by their folded names without spaces, those of one country alone."""
    found: dict[str, set[str]] = {}
    for name, code in _names():
        found.setdefault(fold(name).replace(" ", ""), set()).add(code)
    return {name: codes.pop() for name, codes in found.items() if len(codes) == 1}


def _names() -> Iterator[tuple[str, str]]:
    for form in country_forms():
        if form.kind in {"name", "adjective"}:
            yield form.form, form.code
    for code in {form.code for form in country_forms()}:
        yield capital(code) or "", code


def visited_by_writer(doc: Doc, parties: Sequence[PartySpan]) -> set[str]:
    """Return the countries of "my visit to Chad", "I am visiting Chad", which are not home.

    Whoever is quoted with such words writes nothing.
    """
    found: set[str] = set()
    for party in parties if any(token.text in _WRITERS for token in doc) else ():
        start = max(doc[party.start].sent.start, party.start - _WRITER_REACH)
        goes = [
            t.i for t in doc[start : party.start] if t.lemma_.lower() in word_set("writer_goes")
        ]
        near = bool(goes) and party.start - goes[-1] <= _GOES_REACH
        between = doc[goes[-1] + 1 : party.start] if near else ()
        near = near and not any(
            t.text.islower() and t.lower_ not in word_set("leads_there") for t in between
        )
        told = party.is_country and near
        if told and any(
            t.text in _WRITERS and not is_quoted(doc.text, t.idx) for t in doc[start : goes[-1]]
        ):
            found.add(party.code)
    return found


def is_quoted(text: str, at: int) -> bool:
    """Tell words inside quotation marks, as their paragraph has them, at offset `at`."""
    start = text.rfind("\n", 0, at) + 1
    last = max(text.rfind(mark, start, at) for mark in ENGLISH_QUOTES)
    if last < 0 or text[last] == "”":
        return False
    # A straight mark opens a quotation where no word ends before it.
    return text[last] == "“" or last == start or not _ENDS_WORD.match(text[last - 1])


def _dateline_country(
    article: Article, doc: Doc, parties: Sequence[PartySpan], places: Sequence[PlaceSpan]
) -> str:
    """Return the country of the dateline's place, or an empty string.

    A world agency's desk that reports on another country ("ISLAMABAD (Reuters) - … Afghan …")
    tells nothing: of its own it gives the name, for it writes for all. But who flies to that
    country ("LONDON (Reuters) - The prime minister will visit Kyiv …") is of the desk's.
    """
    opening = article.body_start
    told = [p.country for p in places if doc[p.start].idx < opening]
    told += [p.code for p in parties if p.is_country and doc[p.start].idx < opening]
    if not told:
        return ""
    named = Counter(p.code for p in parties if p.is_country and doc[p.start].idx >= opening)
    named.update(p.country for p in places if doc[p.start].idx >= opening)
    of_world = word_set("world_agency") & set(_WORDS.findall(article.text[:opening]))
    if not of_world or told[0] in named or max(named.values(), default=0) < _ABOUT_MENTIONS:
        return told[0]
    about = max(named, key=lambda code: named[code])
    spots = [(p.start, p.code) for p in parties] + [(p.start, p.country) for p in places]
    gone = (_is_gone_to(doc, at) for at, code in spots if code == about and doc[at].idx >= opening)
    return told[0] if any(gone) else ""


def _is_gone_to(doc: Doc, at: int) -> bool:
    """Tell the "Kyiv" at token `at` of "will visit Kyiv", "left for Kyiv", not of "left Kyiv"."""
    start = max(doc[at].sent.start, at - _GOES_REACH)
    goes = [t for t in doc[start:at] if t.lemma_.lower() in word_set("writer_goes")]
    between = doc[goes[-1].i + 1 : at] if goes else ()
    told = bool(between) or (bool(goes) and goes[-1].lemma_.lower() in word_set("goes_at_once"))
    return told and not any(t.pos_ in VERBS for t in between)


__all__ = [
    "Outlet",
    "Sign",
    "credit_country",
    "host_country",
    "is_quoted",
    "outlet_signs",
    "visited_by_writer",
]
