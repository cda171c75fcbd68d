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
    spans = [(lv, span) for lv in levels if (span := reading.levels.span(lv)) is not None]
    spans = [told for told in spans if told[0].name not in words("diplomatic_level")]
    starts = [span.start for _, span in spans[1:]]
    ends = [*starts, sentence.end][: len(spans)]
    own = zip(spans, ends, strict=True)  # that of the level right before it
    far = ((told, sentence.end) for told in spans)
    for (level, span), end in (*own, *far):
        partners = dated_partners(reading, span.end, end)
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
        in_turn = _in_turn(reading, i, end)
        if in_turn and (not found or is_joint(reading, found[-1].end, i)):
            found += in_turn
            i = in_turn[-1].end
            continue
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


def _in_turn(reading: Reading, start: int, end: int) -> list[Partner]:
    """Return those of "Egypt and Chad in 2016 and 2018 respectively", each with its date."""
    scene, names, i = reading.scene, list[tuple[str, int]](), start
    while i < end and (not names or is_joint(reading, names[-1][1], i)):
        named = [r for r in scene.at(i) if r.kind == "country" and r.form == "name" and r.country]
        if named:
            names.append((named[0].country or "", scene.bounds(named[0])[1]))
        i = max(i + 1, names[-1][1] if named else 0)
    if len(names) < _LEAST or not scene.at(start):
        return []
    at, days = names[-1][1] + (word_at(scene.doc, names[-1][1]) in {"in", "on"}), list[str]()
    while at < end and (told := reading.clock.date_behind(at)) is not None:
        days.append(told[0])
        at = told[1]
        while at < end and is_joint(reading, at, at + 1):
            at += 1
    if word_at(scene.doc, at) != "respectively" or len(days) != len(names):
        return []
    last = at + 1
    return [Partner(code, day, start, last) for (code, _), day in zip(names, days, strict=True)]


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
