"""What each of several levels of one trigger has to itself: its parties, its date.

"Granted observer status to Fiji and full membership to Chile" gives each one status, and "became an
observer in 2005 and a dialogue partner in 2010" dates each; "gave Fiji and Chile observer status"
parts nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Span, Token

from pipeline.discourse.timing.of_trips import partial
from pipeline.labels import UNDERGONE
from pipeline.reference.countries import is_country
from pipeline.stages.upgrades.levels.level_names import Level
from pipeline.stages.upgrades.parties.named import Parties
from pipeline.stages.upgrades.reading import Reading
from pipeline.stages.upgrades.tables import words

_SEVERAL = 2
#: From one token to another.
_Stretch = tuple[int, int]


def own_receivers(
    reading: Reading, token: Token, level: Level, sets: Sequence[Parties]
) -> list[Parties]:
    """Return those of the pairs that a status is conferred on which stand with it.

    All of them where the trigger has one status, or where not each has somebody beside it.
    """
    levels = _conferred(reading, token)
    giver = _giver(sets)
    if len({one.name for one in levels}) < _SEVERAL or level not in levels or giver is None:
        return list(sets)
    as_behind = reading.levels.word_before(levels[-1]) == "as"
    for stretches in _ways(reading, token, levels, before_first=as_behind):
        parts = [
            [code for code in reading.parties.codes(*stretch) if is_country(code)]
            for stretch in stretches
        ]
        if all(parts):
            return [frozenset({giver, code}) for code in parts[levels.index(level)]]
    return list(sets)


def _giver(sets: Sequence[Parties]) -> str | None:
    """Return the organization that confers a status."""
    return next((code for pair in sets for code in sorted(pair) if not is_country(code)), None)


def _conferred(reading: Reading, token: Token) -> list[Level]:
    """Return the statuses that a trigger confers, none where its subject gets them."""
    if token.lemma_.lower() in words("receive"):
        return []
    levels = (one for one in reading.levels.of(token) if one.start > token.idx)
    return [one for one in levels if one.name in words("conferred")]


def _ways(
    reading: Reading, token: Token, levels: Sequence[Level], *, before_first: bool
) -> list[list[_Stretch]]:
    """Return the stretches behind each level, and those before each, the likelier first."""
    spans = [span for one in levels if (span := reading.levels.span(one)) is not None]
    ends = [span.end for span in spans]
    starts = [span.start for span in spans]
    behind = list(zip(ends, [*starts[1:], reading.scene.sentence(token.i).end], strict=True))
    before = list(zip([token.i, *ends[:-1]], starts, strict=True))
    return [before, behind] if before_first else [behind, before]


def own_date(reading: Reading, token: Token, level: Level, levels: Sequence[Level]) -> str | None:
    """Return the one date between a level and the next of its trigger, where each has its own.

    Also that before it: "In 2005 they raised them to a partnership, and in 2010 to an alliance".
    """
    behind = [one for one in levels if one.start > token.idx]
    if len(behind) < _SEVERAL or level not in behind:
        return None
    spans = [span for one in behind if (span := reading.levels.span(one)) is not None]
    sentence = reading.scene.sentence(token.i)
    starts, ends = [span.start for span in spans], [span.end for span in spans]
    after = _dates_in(reading, list(zip(ends, [*starts[1:], sentence.end], strict=True)))
    if not after and any(is_left(token, span) for span in spans):
        return None  # "on Tuesday raised their partnership, made in 2005, to a strategic one"
    before = _dates_in(reading, list(zip([sentence.start, *ends[:-1]], starts, strict=True)))
    dates = after or before
    return dates[behind.index(level)] if dates else None


def is_left(token: Token, span: Span) -> bool:
    """Tell the partnership of "raised their partnership to an alliance", "from a partnership"."""
    root = span.root
    raised = root.dep_ in UNDERGONE and root.head == token
    return token.lemma_.lower() in words("lifts") and (raised or root.head.lower_ == "from")


def _dates_in(reading: Reading, stretches: Sequence[_Stretch]) -> list[str]:
    """Return the one date of each stretch; none of them where one has none or several."""
    dates: list[str] = []
    for start, end in stretches:
        told = [date for _, _, date in reading.clock.between(start, end)]
        pair = partial(told[0]) if len(told) == 1 else None
        if pair is None or pair[0] != pair[1]:
            return []
        dates.append(pair[0])
    return dates


__all__ = ["is_left", "own_date", "own_receivers"]
