"""Partners with a date each: "opened relations with Chile in 1824, India in 1946"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Token

from pipeline.reference.countries import is_country
from pipeline.stages.upgrades.candidate import MEMBER, Candidate
from pipeline.stages.upgrades.dates.counted_lists import entries_from
from pipeline.stages.upgrades.dates.listed import dated_partners, is_joint
from pipeline.stages.upgrades.levels.statuses import ALLY
from pipeline.stages.upgrades.reading import Reading
from pipeline.stages.upgrades.tables import words

#: To recognise a state.
RECOGNITION = "recognition"


def read_further(reading: Reading, token: Token, made: Sequence[Candidate]) -> Iterator[Candidate]:
    """Yield the change with each dated partner that is joined to the first."""
    scene = reading.scene
    known = {code for candidate in made for code in candidate.parties}
    first = next((c for c in made if len(c.parties) == 2 and len(c.owners) == 1 and c.date), None)
    if first is None or first.owners[0] not in first.parties:
        return
    (partner,) = first.parties - {first.owners[0]}
    kept = first.owners[0]
    if first.level in words("ally_level") and kept != ALLY:
        # "Peru became an ally of the United States in 1998, Chad in 2002": each of them so.
        kept, partner = partner, kept
    end = scene.sentence(token.i).end
    # "joined the bloc in 2008", "recognised it in 2008"
    alone = not is_country(partner) or partner not in reading.parties.codes(token.i, end)
    for i in range(token.i + 1, end):
        named = [r for r in scene.at(i) if r.country == partner and r.kind == "country"]
        behind = reading.clock.date_behind(scene.bounds(named[0])[1]) if named else None
        behind = reading.clock.date_behind(i) if alone else behind
        if named and behind is None and first.level in words("ally_level"):
            behind = _behind_level(reading, i, first)
        if behind is None:
            continue
        last = behind[1]
        for code, date in _joined_from(reading, last, end):
            if code not in known and (first.level != MEMBER or is_country(code)):
                late = {kept, code} & words("recognised_late") and first.level != MEMBER
                does = _is_of_doers(first) and not late
                body = first.level in words("conferred") and not is_country(partner)
                does = does or (body and is_country(code))  # "observer of A in 2012, B in 2014"
                parties = frozenset({partner if does else kept, code})
                owners = (code,) if does else first.owners
                yield replace(first, parties=parties, date=date, rule="further", owners=owners)
        return


def _is_of_doers(first: Candidate) -> bool:
    """Tell "Peru recognised it in 2008, Chad in 2009", whose Chad acts, from whose ties it opens.

    So of ties cut and restored: "Peru cut ties with Oman in 1973, Chad in 1974".
    """
    by_doers = first.level in {RECOGNITION, MEMBER}
    return by_doers or first.change in {"severance", "restoration"}


def _joined_from(reading: Reading, start: int, end: int) -> Iterator[tuple[str, str]]:
    """Yield those joined from a token on, each with the date that it has, or shares behind it."""
    listed = dated_partners(reading, start, end)
    groups = [e for e in entries_from(reading.parties, start) if e.date is not None]
    if len(groups) > len(listed):
        yield from ((entry.code, entry.date) for entry in groups if entry.date is not None)
        return
    for further in listed:
        if not is_joint(reading, start, further.start):
            return
        start = further.end
        yield further.code, further.date


def _behind_level(reading: Reading, start: int, first: Candidate) -> tuple[str, int] | None:
    """Return the date of "named Peru an ally in 1998 and Chad in 2002", and where it ends."""
    for level in reading.levels.by_sentence.get(reading.scene.sentence_of[start], ()):
        span = reading.levels.span(level)
        if span is not None and span.start > start and level.name == first.level:
            return reading.clock.date_behind(span.end)
    return None


__all__ = ["read_further"]
