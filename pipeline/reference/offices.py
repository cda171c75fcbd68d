"""Offices: who speaks for a country or an organization, and in which capacity."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Literal, NamedTuple

from pydantic import Field

from pipeline.lexicon import Row, Rule, load_table

PACKAGE = "pipeline.reference"

Scope = Literal["national", "organization", "subnational", "party", "royal", "diplomatic", "other"]
ModifierKind = Literal["former", "acting", "future", "late", "then", "self_styled"]
TitleKind = Literal["honorific", "style", "rank", "noble", "religious", "comrade"]


class Office(Rule):
    """A class of offices with the phrases that name it; `id` is the class."""

    scope: Scope
    travels: bool
    capitalised: bool = False
    forms: tuple[str, ...] = Field(min_length=1)
    plurals: tuple[str, ...] = ()
    abbreviations: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()
    portfolios: tuple[str, ...] = ()


class OfficeForm(NamedTuple):
    """One phrase of one class, in lower case; an abbreviation in capitals ("PM", "PMs")."""

    form: str
    office: str
    scope: Scope
    travels: bool
    capitalised: bool
    plural: bool


class OfficeMatch(NamedTuple):
    """A phrase found in a text; offsets count code points, end exclusive."""

    start: int
    end: int
    form: OfficeForm


class OfficeModifier(Row):
    """A word before an office that says when it is or was held ("former", "acting")."""

    form: str
    kind: ModifierKind


class OfficeParty(Row):
    """An office whose name tells for whom it speaks ("Taoiseach", "CIA director")."""

    form: str
    code: str


class PersonTitle(Row):
    """A word before a name that belongs to no office and not to the name ("Sheikh", "Dr.")."""

    form: str
    kind: TitleKind


@cache
def offices() -> dict[str, Office]:
    """Return the classes of offices by id."""
    return {row.id: row for row in load_table(PACKAGE, "offices.toml", Office)}


@cache
def office_forms() -> tuple[OfficeForm, ...]:
    """Return every phrase of every class, singular and plural, the longest first.

    A phrase that two rows give is the earlier row's if it is written out there, else the later's:
    a phrase written out wins over one made from a pattern.
    """
    forms: dict[str, OfficeForm] = {}
    for written in (True, False):
        for office in offices().values():
            for phrase in office.forms if written else _from_patterns(office):
                _add(forms, office, phrase, plural=False)
            for phrase in office.plurals if written else ():
                _add(forms, office, phrase, plural=True)
            for phrase in office.abbreviations:
                _add(forms, office, phrase, plural=False)
    for form in tuple(forms.values()):
        if not (form.plural or form.form.endswith(".")):
            _add(forms, offices()[form.office], pluralize(form.form), plural=True)
    return tuple(sorted(forms.values(), key=lambda form: (-len(form.form), form.form)))


@cache
def office_modifiers() -> tuple[OfficeModifier, ...]:
    """Return the words that say when an office is or was held, sorted."""
    return load_table(PACKAGE, "office_modifiers.csv", OfficeModifier)


@cache
def former_words() -> frozenset[str]:
    """Return the words that say that an office is held no longer: "former", "ex", "late"."""
    return frozenset(row.form for row in office_modifiers() if row.kind in {"former", "late"})


@cache
def office_parties() -> Mapping[str, str]:
    """Return the party's code of each phrase that tells it, by the phrase as in `office_forms`."""
    rows = load_table(PACKAGE, "office_parties.csv", OfficeParty)
    return {row.form: row.code for row in rows}


@cache
def person_titles() -> tuple[PersonTitle, ...]:
    """Return the titles that go before a name and are no part of it, sorted."""
    return load_table(PACKAGE, "person_titles.csv", PersonTitle)


def match_offices(text: str) -> Iterator[OfficeMatch]:
    """Yield the offices of a text from left to right, the longest phrase at each place.

    "The Deputy Prime Minister" yields one match, of deputy_head_of_government. Words that are an
    office only when capitalised ("General") must be so in the text.
    """
    table, longest = _by_words()
    words = list(_WORD.finditer(text))
    folded = [_key(word.group()) for word in words]
    at = 0
    while at < len(words):
        found = None
        for size in range(min(longest.get(folded[at], 0), len(words) - at), 0, -1):
            form = table.get(tuple(folded[at : at + size]))
            if form and _fits(form, text, words[at], words[at + size - 1]):
                end = words[at + size - 1].end()
                dotted = form.form.endswith(".") and text[end : end + 1] == "."
                found = OfficeMatch(words[at].start(), end + dotted, form)
                break
        if found is not None:
            yield found
        at += size if found else 1


def _fits(form: OfficeForm, text: str, first: re.Match[str], last: re.Match[str]) -> bool:
    """Tell whether the words are capitalised as the form asks and no stop lies between them."""
    stops = set(_STOP.findall(text, first.start(), last.end()))
    if not stops <= set(form.form):
        return False
    if form.form != form.form.lower():
        return text[first.start() : last.end()] == form.form
    return not form.capitalised or first.group()[0].isupper()


def pluralize(phrase: str) -> str:
    """Return the plural of an office: its head noun stands before "of", "for", "to" or last."""
    head, preposition, rest = _split_head(phrase)
    first, _, last = head.rpartition(" ")
    stem, dash, tail = last.partition("-")
    if dash and (tail in _AFTER_NOUN or tail.startswith("in-")):
        noun = f"{_plural(stem)}-{tail}"
    elif last in _AFTER_NOUN and first and first.split()[-1] in _BEFORE_GENERAL:
        return f"{pluralize(first)} {last}{preposition}{rest}"
    else:
        noun = _plural(last)
    return f"{first} {noun}".strip() + preposition + rest


#: "secretary-general", "president-elect": the noun comes first.
_AFTER_NOUN = frozenset({"general", "elect", "designate", "regent", "delegate", "major"})
#: "attorneys general" but "lieutenant generals".
_BEFORE_GENERAL = frozenset(
    {"secretary", "attorney", "director", "governor", "consul", "prosecutor", "procurator"}
    | {"auditor", "solicitor", "captain", "minister", "president", "ambassador", "inspector"}
)
_IRREGULAR = {"wife": "wives", "chief": "chiefs", "attache": "attaches", "attaché": "attachés"}
_HEAD_END = re.compile(r" (?:of|for|to|in|at|without|on|with|extraordinary|d'affaires)(?: |$)")
#: A word, with its inner dots, hyphens and apostrophes; a possessive "'s" is a word of its own.
_WORD = re.compile(r"['’]s\b|\w+(?:(?:[.&-]|['’](?!s\b))\w+)*")
_STOP = re.compile(r"[,;:!?()\[\]]|[.](?=\s)|\n(?=[^\S\n]*\n)")


def _split_head(phrase: str) -> tuple[str, str, str]:
    end = _HEAD_END.search(phrase)
    if end is None:
        return phrase, "", ""
    return phrase[: end.start()], phrase[end.start() : end.end()], phrase[end.end() :]


def _plural(noun: str) -> str:
    if noun in _IRREGULAR:
        return _IRREGULAR[noun]
    if noun.endswith("man") and noun not in {"roman", "ottoman"}:
        return f"{noun[:-3]}men"
    if noun.endswith("y") and not noun.endswith(("ay", "ey", "oy")):
        return f"{noun[:-1]}ies"
    return f"{noun}es" if noun.endswith(("s", "ch", "sh", "x")) else f"{noun}s"


@cache
def plural_offices() -> frozenset[str]:
    """Return the phrases for several holders of an office: "presidents", "prime ministers"."""
    return frozenset(form.form for form in office_forms() if form.plural)


def _from_patterns(office: Office) -> Iterator[str]:
    for pattern in office.patterns:
        yield from (pattern.format(portfolio) for portfolio in office.portfolios)


def _add(forms: dict[str, OfficeForm], office: Office, phrase: str, *, plural: bool) -> None:
    made = OfficeForm(phrase, office.id, office.scope, office.travels, office.capitalised, plural)
    forms.setdefault(phrase, made)


def _key(word: str) -> str:
    return word.lower().replace("’", "'")


@cache
def _by_words() -> tuple[dict[tuple[str, ...], OfficeForm], dict[str, int]]:
    """Return the phrases by their words, and by its first word the longest phrase's word count."""
    table: dict[tuple[str, ...], OfficeForm] = {}
    longest: dict[str, int] = {}
    for form in office_forms():
        words = tuple(_key(word) for word in _WORD.findall(form.form))
        table.setdefault(words, form)
        longest[words[0]] = max(longest.get(words[0], 0), len(words))
    return table, longest
