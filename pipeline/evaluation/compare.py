"""When a record found and a record labelled are the same: in the main, and in every field."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from models import Entity, Upgrade, Visit
from pipeline.evaluation.gold import GoldPerson, GoldUpgrade, GoldVisit

_WORD = re.compile(r"[^\W_]+")
#: Words of an office that tell nothing.
_EMPTY = frozenset(
    ("of", "the", "and", "for", "a", "an", "to", "in", "on", "his", "her", "its", "their",
     "several", "other", "unnamed", "state")
)  # fmt: skip
#: "A delegation" names no office.
_GENERIC = frozenset(
    ("delegation", "visitor", "official", "team", "side", "group", "member", "leader",
     "representative", "dignitary")
)  # fmt: skip


@cache
def tokens(name: str) -> tuple[str, ...]:
    """Return a name's words, accents, case, apostrophes and hyphens folded.

    >>> tokens("Emmanuel N’Guessan-Pérez")
    ('emmanuel', 'nguessan', 'perez')
    """
    plain = unicodedata.normalize("NFKD", re.sub(r"['’ʻ`]", "", name))
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    return tuple(_WORD.findall(plain.casefold()))


def same_name(one: str, other: str) -> bool:
    """Tell whether two forms may name one person: last words equal, or one holds the other."""
    first, second = tokens(one), tokens(other)
    if not first or not second:
        return False
    return first[-1] == second[-1] or set(first) <= set(second) or set(second) <= set(first)


def content_words(role: str | None) -> frozenset[str]:
    """Return the telling words of an office, plural endings off."""
    words = (word.removesuffix("s") if len(word) > 3 else word for word in tokens(role or ""))
    return frozenset(word for word in words if word not in _EMPTY)


def same_office(one: str | None, other: str | None) -> bool:
    """Tell whether two offices share a telling word, or neither names one."""
    first, second = content_words(one), content_words(other)
    if first & second:
        return True
    return first <= _GENERIC and second <= _GENERIC


def loose_visit(gold: GoldVisit, found: Visit) -> bool:
    """Same traveller, from the same country, to the same country."""
    visitor = found.visitor
    if gold.visitor and visitor.name:
        same = same_name(gold.visitor, visitor.name)
    else:
        same = not gold.visitor and not visitor.name and same_office(gold.role, visitor.role)
    origin = found.origin.code if found.origin else None
    return same and gold.origin == origin and gold.destination == found.destination.code


def visit_fields(gold: GoldVisit, found: Visit) -> dict[str, bool]:
    """Return which fields of two matching visits agree."""
    return {
        "start": gold.start == found.start,
        "end": gold.end == found.end,
        "status": gold.status == found.status,
        "kind": tokens(gold.kind or "") == tokens(found.kind or ""),
        "first": gold.first == found.first,
        "count": min(gold.count, 2) == min(found.count, 2),
        "role": _roles_agree(gold.role, found.visitor.role),
    }


def _roles_agree(gold: str | None, found: str | None) -> bool:
    one, other = content_words(gold), content_words(found)
    return one == other or bool(one and other and (one <= other or other <= one))


#: What a strict match needs beside a loose one.
STRICT_VISIT = ("start", "status", "count")
STRICT_UPGRADE = ("date", "status")


def loose_upgrade(gold: GoldUpgrade, found: Upgrade) -> bool:
    """Same parties, same level, same change."""
    parties = {party.code for party in found.parties}
    return (
        set(gold.parties) == parties and gold.level == found.level and gold.change == found.change
    )


def upgrade_fields(gold: GoldUpgrade, found: Upgrade) -> dict[str, bool]:
    """Return which fields of two matching upgrades agree."""
    return {
        "date": gold.date == found.date,
        "status": gold.status == found.status,
        "previous_level": gold.previous_level == found.previous_level,
        "level_text": tokens(gold.level_text or "") == tokens(found.level_text or ""),
    }


def same_person(gold: GoldPerson, found: Entity, *, elsewhere: bool) -> bool:
    """Tell whether a person's whole name was found.

    Args:
        elsewhere: the person stands in other articles too, so that `name` may be fuller than any
            form of this one; then an alias that is gold's name will do.
    """
    names = (found.name, *(found.aliases if elsewhere else ()))
    return any(tokens(gold.name) == tokens(name) for name in names)
