"""Names of levels in a text, known ones and those read from their words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from pipeline.stages.upgrades.tables import level_names, level_words, words

_HEADS = "partnerships?|partners?|alliances?|relationships?|relations|ties|cooperation|level"
_SUFFIX = re.compile(
    r"(?:\s+(?:of|for|in|with)\s+(?:the\s+|a\s+)?(?:"
    r"(?:friendship|cooperation|co-operation|coordination|peace|prosperity|stability|new\s+era|"
    r"21st\s+century|twenty-first\s+century|future|mutual|strategic|shared|common|sustainable|"
    r"development|progress|good-neighbourliness|innovation|growth|security|trust|fairer|world|"
    r"planet|destiny|equal|indo-pacific|benefits?)"
    r"(?:,?\s+(?:and\s+)?(?:friendship|cooperation|co-operation|coordination|peace|prosperity|"
    r"stability|era|century|benefits?|sustainable|development|progress|innovation|growth|security|"
    r"trust|future|shared|mutual|world|planet|planet|a|for|new|the|of))*)){1,3}",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Level:
    """A level named at `start` to `end` of the article's text (code points)."""

    name: str
    text: str
    start: int
    end: int


def _plural(form: str) -> str:
    return f"{form[:-1]}ies" if form.endswith("y") else f"{form}s"


@lru_cache(maxsize=1)
def _fixed() -> tuple[re.Pattern[str], dict[str, str]]:
    names = {form: row.id for row in level_names() for form in row.forms}
    names |= {_plural(form): level for form, level in names.items()}
    ordered = sorted(names, key=len, reverse=True)
    joined = "|".join(re.escape(form).replace(r"\ ", r"\s+") for form in ordered)
    return re.compile(rf"(?<![\w-])(?:{joined})(?!\w)", re.IGNORECASE), names


@lru_cache(maxsize=1)
def _open() -> re.Pattern[str]:
    joined = "|".join(
        re.escape(word).replace(r"\-", r"[-\s]?")
        for word in sorted(level_words(), key=len, reverse=True)
    )
    word = rf"(?:{joined})"
    return re.compile(
        rf"(?<![\w-])(?P<words>{word}(?:(?:,\s*(?:and\s+)?|\s+and\s+|\s*&\s*|\s+){word}){{0,6}})"
        rf"[\"'“”’]?\s+(?P<head>{_HEADS})(?!\w)",
        re.IGNORECASE,
    )


def find_levels(text: str, *, offset: int = 0) -> Iterator[Level]:
    """Yield the levels named in a sentence, longest first where names overlap, in text order.

    "comprehensive strategic partnership for a new era" is one
    `comprehensive_strategic_partnership`; a "strategic energy partnership" is none.

    Args:
        offset: the offset of `text` in its article.
    """
    found = [*_read_open(text), *_read_fixed(text)]
    taken: list[Level] = []
    for level in sorted(found, key=lambda item: (item.start, -(item.end - item.start))):
        if not taken or level.start >= taken[-1].end:
            taken.append(level)
    for level in taken:
        yield Level(level.name, level.text, level.start + offset, level.end + offset)


def _read_fixed(text: str) -> Iterator[Level]:
    pattern, names = _fixed()
    for match in pattern.finditer(text):
        form = " ".join(match.group().lower().split())
        before = text[: match.start()].split()[-1:]
        if form in {"alliance", "alliances"} and _is_other_alliance(match.group(), before):
            continue
        end = _end(text, match.end())
        yield Level(names[form], text[match.start() : end], match.start(), end)


def _is_other_alliance(word: str, before: list[str]) -> bool:
    """Tell a "Solar Alliance" or an opposition alliance from one of two states."""
    last = before[0].strip("\"'“”(") if before else ""
    named = word[0].isupper() and last[:1].isupper()
    return named or last.lower() in words("not_alliance")


def _read_open(text: str) -> Iterator[Level]:
    for match in _open().finditer(text):
        parts = re.findall(r"[\w-]+", match["words"].lower())
        head = match["head"].lower()
        naming = [word for word in parts if level_words().get(word) or word == "and"]
        if not any(level_words().get(word) for word in parts):
            continue
        if head in {"relations", "ties", "cooperation", "level", "relationship", "relationships"}:
            if "strategic" not in parts and head != "relationship":
                continue
            if head == "cooperation":
                continue
        while naming and naming[0] == "and":
            naming.pop(0)
        while naming and naming[-1] == "and":
            naming.pop()
        stem = {"alliance": "alliance", "alliances": "alliance"}.get(head, "partnership")
        name = "_".join([*naming, stem]).replace("-", "_")
        name = "alliance" if name in {"strategic_alliance", "allied_partnership"} else name
        end = _end(text, match.end())
        yield Level(name, text[match.start() : end], match.start(), end)


def _end(text: str, end: int) -> int:
    suffix = _SUFFIX.match(text, end)
    return suffix.end() if suffix else end


__all__ = ["Level", "find_levels"]
