"""Partners listed with the date of each: "partnerships with China (2008) and Russia (2012)"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Span

from models.entity import PARTY_KINDS
from pipeline.discourse.verbs import verb_above
from pipeline.neighbours import text_at, word_at
from pipeline.reference.countries import is_country
from pipeline.stages.upgrades.candidate import Candidate
from pipeline.stages.upgrades.levels.level_names import Level
from pipeline.stages.upgrades.levels.statuses import ALLY
from pipeline.stages.upgrades.reading import Reading
from pipeline.stages.upgrades.tables import words

#: A list has this many dated partners.
_LEAST = 2


@dataclass(frozen=True)
class Partner:
    """A country with the date right behind it; `end` is the token behind both."""

    code: str
    date: str
    start: int
    end: int


def read_listed(reading: Reading, sentence: Span, levels: Sequence[Level]) -> Iterator[Candidate]:
    """Yield what a list of dated partners behind a level tells, one record a partner."""
    for level in levels:
        span = reading.levels.span(level)
        if span is None or level.name in words("diplomatic_level"):
            continue
        partners = dated_partners(reading, span.end, sentence.end)
        bracketed = any(text_at(reading.scene.doc, partner.end) == ")" for partner in partners)
        if not partners or (len(partners) < _LEAST and not bracketed):
            continue
        yield from _pairs(reading, level, span, partners)
        return


def _pairs(
    reading: Reading, level: Level, span: Span, partners: Sequence[Partner]
) -> Iterator[Candidate]:
    known = {partner.code for partner in partners}
    named = reading.parties.codes(span.sent.start, partners[0].start)
    others = [c for c in (*_holders(reading, span), *named) if c not in known]
    conferred = level.name in words("conferred")
    taken = conferred and not any(map(is_country, known))  # "gained a seat in A (2012), B (2014)"
    if taken:
        verb = verb_above(span.root)
        others = [c for c in reading.parties.owners(verb) if is_country(c)] if verb else []
    owner = next(iter(others), None) or reading.parties.other(span.sent.start, known)
    if taken and len(others) != 1:
        return
    if level.name in words("american"):
        owner = ALLY
    bodies = [partner.code for partner in partners if not is_country(partner.code)]
    conferred = conferred and len(bodies) == 1
    for partner in partners:
        # "Peru has had advanced status with the EU since 2008, Chad since 2010"
        kept = bodies[0] if conferred and partner.code not in bodies else owner
        if kept is not None and kept != partner.code:
            yield Candidate(
                rule="listed",
                at=span.root.i,
                parties=frozenset({kept, partner.code}),
                level=level.name,
                level_text=" ".join(level.text.split()),
                change="upgrade",
                status="completed",
                date=partner.date,
                score=0.85,
            )


def _holders(reading: Reading, span: Span) -> Sequence[str]:
    """Return the "Peru" of "like Chad, Peru has partnerships with", who has them.

    Also that of "Chad became Peru's first partner in 2008, followed by Fiji in 2012".
    """
    whose = [c for c in span.root.children if c.dep_ == "poss"]
    owned = [code for c in whose for code in reading.parties.codes(c.left_edge.i, c.i + 1)]
    if owned:
        return owned
    verb = verb_above(span.root)
    subject = reading.scene.subject(verb) if verb is not None else None
    return list(reading.parties.codes(subject.i, subject.i + 1)) if subject is not None else ()


def dated_partners(reading: Reading, start: int, end: int) -> list[Partner]:
    """Return the dated partners of one unbroken list behind a level."""
    scene = reading.scene
    found: list[Partner] = []
    i = start
    while i < end:
        named = [r for r in scene.at(i) if r.kind in PARTY_KINDS and r.form == "name"]
        behind = scene.bounds(named[0])[1] if named else i
        told = reading.clock.date_behind(behind) if named else None
        if named and named[0].country and told is None:
            listed = bool(found) and is_joint(reading, found[-1].end, i)
            shared = _shared_date(reading, behind, bare=listed)
            told = (shared, behind) if shared is not None else None
        if named and named[0].country and told is not None:
            if found and not is_joint(reading, found[-1].end, i):
                break
            found.append(Partner(named[0].country, told[0], i, told[1]))
        i = max(i + 1, behind)
    return found


def _shared_date(reading: Reading, end: int, *, bare: bool) -> str | None:
    """Return the bracketed date that "Australia and China (2021)" gives the first as well.

    Args:
        bare: whether one without a bracket does so, too: "Fiji in 2019, Australia and China in
            2021".
    """
    doc = reading.scene.doc
    if text_at(doc, end) != "and":
        return None
    at = end + 1 + (word_at(doc, end + 1) == "the")
    named = [r for r in reading.scene.at(at) if r.kind == "country"] if at < len(doc) else []
    behind = reading.scene.bounds(named[0])[1] if named else 0
    told = reading.clock.date_behind(behind) if bare or text_at(doc, behind) == "(" else None
    return told[0] if told else None


def is_joint(reading: Reading, start: int, end: int) -> bool:
    """Tell whether nothing but commas, "and" and the like stands in a stretch of tokens."""
    return all(token.lower_ in words("partner_joint") for token in reading.scene.doc[start:end])


__all__ = ["dated_partners", "is_joint", "read_listed"]
