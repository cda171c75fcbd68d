"""Names of levels in a text, known ones and those read from their words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache, lru_cache
from itertools import groupby
from operator import itemgetter

from pipeline.lexicon import any_of
from pipeline.reference.countries import country_codes
from pipeline.signs import ENGLISH_QUOTES
from pipeline.stages.upgrades.levels.elided import read_elided
from pipeline.stages.upgrades.levels.level import Level, level_adjectives, level_name, level_parts
from pipeline.stages.upgrades.tables import level_names, level_words, words

#: What makes a level one of the whole world, not of two states.
_OF_ALL = re.compile(
    r"[\"'”’]?\s+(?:for|of)\s+(?:all\s+)?(?:man|human)(?:kind|ity)\b", re.IGNORECASE
)


#: What makes relations the matter of a convention.
_OF_LAW = re.compile(r"\bconventions? (?:on|for|of) $", re.IGNORECASE)


#: "Diplomatic and consular relations" are the former.
_DIPLOMATIC_AND = re.compile(r"\bdiplomatic(?:,| and| or)? $", re.IGNORECASE)


#: "EU candidate Peru" only says what Peru is.
_NAME_BEHIND = re.compile(r" ([A-Z][\w’'-]+)(?: ([A-Z][\w’'-]+))?")


#: Words that are a status only with a time: "became candidates in June 2022", "since last year".
_TIME_BEHIND = re.compile(
    r"\s+(?:(?:in|since|on)\s+)?(?:[A-Z]\w+\s+|last\s+|this\s+)?(?:\d|year|month|week)"
)


#: "Allied cooperation in the field of tourism" makes nobody allies.
_IN_FIELD = re.compile(r" in (?:the )?(?:fields?|areas?|spheres?|sectors?|domains?)\b")


#: "Strategic partnership and allied cooperation" or "alliance" are told by the former.
_PARTNERSHIP_AND = re.compile(r"\bpartnership and $", re.IGNORECASE)


#: What may stand between two words of a level's name: marks, and whose it is ("full SCO member").
_MARK = f"[{''.join(sorted(ENGLISH_QUOTES))}]"
_GAP = rf"{_MARK}?\s+(?:(?-i:[A-Z]{{2,6}})\s+)?{_MARK}?"
_OWNED = re.compile(r"\b[A-Z]{2,6}\s+(?=\w)")
#: Marks around a part of a level's name ("a community with a "shared future"").
_QUOTES = re.compile(_MARK)


def _plural(form: str) -> str:
    return f"{form[:-1]}ies" if form.endswith("y") else f"{form}s"


@lru_cache(maxsize=1)
def _names() -> Mapping[str, str]:
    """Return the fixed names, those of several too, with the level that each is of."""
    names = {form: row.id for row in level_names() for form in row.forms}
    return names | {_plural(form): level for form, level in names.items()}


@lru_cache(maxsize=1)
def names_by_hint() -> Mapping[str, Sequence[str]]:
    """Return the fixed names by a word of which a text holds it wherever it holds the name.

    Few texts hold any of these words, and no text many: only what it may hold is compiled.
    """
    stems = {form: max(form.split(), key=len).removesuffix("y") for form in _names()}
    hints = {s for s in stems.values() if not any(s != o and o in s for o in stems.values())}
    found: dict[str, list[str]] = {}
    for form, stem in stems.items():
        found.setdefault(min(hint for hint in hints if hint in stem), []).append(form)
    return found


@cache
def fixed_names(hint: str) -> re.Pattern[str]:
    """Return the pattern of the fixed names that hold a word of `names_by_hint`."""
    # By their first letters, of which all but one are passed over at once; longest first.
    ordered = sorted(names_by_hint()[hint], key=lambda form: (form[0], -len(form)))
    groups = (
        "|".join(re.escape(form).replace(r"\ ", _GAP) for form in forms)
        for _, forms in groupby(ordered, key=itemgetter(0))
    )
    joined = "|".join(f"(?:{group})" for group in groups)
    joined = joined.replace("cooperation", "co-?operation")
    return re.compile(rf"(?<![\w-])(?:{joined})(?!\w)", re.IGNORECASE)


def _holds(lower: str, hints: Iterable[str]) -> bool:
    return any(hint in lower for hint in hints)


@lru_cache(maxsize=1)
def _head_hints() -> Sequence[str]:
    """Return words of which a text holds one wherever it holds a level's head."""
    heads = words("level_head")
    return [word for word in heads if not any(o != word and o in word for o in heads)]


@lru_cache(maxsize=1)
def _aims() -> re.Pattern[str]:
    """Return the pattern of what a level is for: "for peace and shared prosperity"."""
    return re.compile(
        r"(?:\s+(?:of|for|in|with)\s+(?:the\s+|a\s+)?"
        rf"(?:(?:{any_of(words('level_aim'))})"
        rf"(?:,?\s+(?:and\s+)?(?:{any_of(words('level_aim_on'))}))*)){{1,3}}",
        re.IGNORECASE,
    )


@lru_cache(maxsize=1)
def _open() -> re.Pattern[str]:
    return re.compile(
        rf"(?<![\w-])(?P<words>{level_adjectives()})"
        rf"(?P<fields>(?:(?:,|,?\s+and)\s+(?:{any_of(words('level_field'))})){{0,3}})"
        rf"(?:[\"'“”’]?\s+|-)(?P<head>{any_of(words('level_head'))})(?!\w)",
        re.IGNORECASE,
    )


#: A level that its makers gave a name of their own, in quotation marks.
_QUOTED = re.compile(
    r"[\"“'‘](?P<words>[a-z][\w-]+(?:\s[a-z][\w-]+){0,2})[\"”'’]\s+partnerships?(?!\w)"
)


def hints_in(text: str) -> tuple[str, ...]:
    """Return the words of `names_by_hint` that a text holds: none of its parts holds others."""
    lower = text.lower()
    return tuple(hint for hint in names_by_hint() if hint in lower)


def find_levels(
    text: str, *, offset: int = 0, hints: Iterable[str] | None = None
) -> Iterator[Level]:
    """Yield the levels named in a sentence, longest first where names overlap, in text order.

    "comprehensive strategic partnership for a new era" is one
    `comprehensive_strategic_partnership`; a "strategic energy partnership" is none.

    Args:
        offset: the offset of `text` in its article.
        hints: those of `names_by_hint` that it may hold, where that is known.
    """
    lower = text.lower()
    hints = names_by_hint() if hints is None else hints
    found: list[Level] = [
        *(_read_open(text) if _holds(lower, _head_hints()) else ()),
        *(_read_quoted(text) if "partner" in lower else ()),
        *(level for hint in hints if hint in lower for level in _read_fixed(text, hint)),
        *(read_elided(text) if _holds(lower, words("hint_of_level_noun")) else ()),
    ]
    if not found:
        return
    taken: list[Level] = []
    for level in sorted(found, key=lambda item: (item.start, -(item.end - item.start))):
        if not taken or level.start >= taken[-1].end:
            taken.append(_completed(level, taken))
    for level in taken:
        yield replace(level, start=level.start + offset, end=level.end + offset)


def _completed(level: Level, before: Sequence[Level]) -> Level:
    """Complete "an extensive one" behind "a strategic partner" to the whole name."""
    if not level.elided or "strategic" in level.name or not before:
        return level
    if not before[-1].name.endswith("strategic_partnership"):
        return level
    return replace(level, name=level.name.replace("_partnership", "_strategic_partnership"))


def _read_fixed(text: str, hint: str) -> Iterator[Level]:
    names = _names()
    for match in fixed_names(hint).finditer(text):
        form = _form(match.group(), names)
        before = text[: match.start()].split()[-1:]
        if form in {"alliance", "alliances"} and _is_other_alliance(match.group(), before):
            continue
        if _PARTNERSHIP_AND.search(text[: match.start()]) and form.startswith(
            ("allied", "alliance")
        ):
            continue
        if form.startswith("consular") and _DIPLOMATIC_AND.search(text[: match.start()]):
            continue
        if _OF_ALL.match(text, match.end()) or _OF_LAW.search(text[: match.start()]):
            continue
        if form.startswith("allied") and _IN_FIELD.match(text, match.end()):
            continue
        if form in words("bare_candidate") and _TIME_BEHIND.match(text, match.end()) is None:
            continue
        if names[form] == "candidate" and _is_of_named(text, match.end()):
            continue
        end = _end(text, match.end())
        yield Level(names[form], text[match.start() : end], match.start(), end)


def _is_of_named(text: str, at: int) -> bool:
    """Tell the land behind "EU candidate Peru" from the day of "became an EU candidate Friday"."""
    named = _NAME_BEHIND.match(text, at)
    if named is None:
        return False
    first, second = named.groups()
    return bool(country_codes(first) or (second and country_codes(f"{first} {second}")))


def _form(text: str, names: Mapping[str, str]) -> str:
    """Return a fixed name as the table has it, without what stands between its words."""
    plain = _QUOTES.sub("", text)
    form = " ".join(plain.lower().replace("co-op", "coop").split())
    if form in names:
        return form
    return " ".join(_OWNED.sub("", plain).lower().replace("co-op", "coop").split())


def _is_other_alliance(word: str, before: list[str]) -> bool:
    """Tell a "Solar Alliance" or an opposition alliance from one of two states."""
    last = before[0].strip("\"'“”(") if before else ""
    named = word[0].isupper() and last[:1].isupper()
    return named or last.lower() in words("not_alliance")


def _read_open(text: str) -> Iterator[Level]:
    for match in _open().finditer(text):
        parts = level_parts(match["words"])
        head = match["head"].lower()
        name = level_name(parts, "alliance" if head.startswith("alliance") else "partnership")
        if name is None:
            continue
        if match["fields"] and ("strategic" not in parts or not head.startswith("partnership")):
            continue  # "a friendly and economic partnership", "strategic and economic ties"
        if match["fields"] and _form(match.group(), _names()) in _names():
            continue  # a level with a name of its own
        if head in words("bare_head"):
            if "strategic" not in parts and (head != "relationship" or parts == ["friendly"]):
                continue
            if head == "cooperation":
                continue
        end = _end(text, match.end())
        yield Level(name, text[match.start() : end], match.start(), end)


def _read_quoted(text: str) -> Iterator[Level]:
    """Yield the level of "a 'no limits' partnership", whose words are of no known level.

    None of "a 'trade' partnership", "a 'so-called' partnership".
    """
    for match in _QUOTED.finditer(text):
        parts = re.findall(r"[a-z0-9]+", match["words"])
        known = any(part in level_words() for part in parts)
        other = not words("domain").isdisjoint(parts) or match["words"] in words("no_name")
        if not known and not other:
            name = "_".join([*parts, "partnership"])
            yield Level(name, text[match.start() : match.end()], match.start(), match.end())


def _end(text: str, end: int) -> int:
    suffix = _aims().match(text, end)
    return suffix.end() if suffix else end


__all__ = ["Level", "find_levels", "fixed_names", "hints_in", "names_by_hint"]
