"""Registers: lists under a heading in which each line is a trip, told without a verb."""

from __future__ import annotations

import re
from calendar import month_name
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise, takewhile
from typing import Literal

from spacy.tokens import Span, Token

from models import Reference
from models.entity import PERSONAL_KINDS
from pipeline.discourse.factuality import Fact, fact_of_verb
from pipeline.discourse.scene import Actor, Scene, Spot
from pipeline.discourse.timing.of_trips import When
from pipeline.labels import FINITE, NOUNS, VERBS
from pipeline.lexicon import Rule, load_table
from pipeline.neighbours import word_behind
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.tables import PACKAGE, word_set

#: How many sentences into the text a register's heading may stand, and its longest, in tokens.
_OPENING = 12
#: How many sentences before a heading that names nobody the traveller may be told.
_BACK = 3
_LONGEST = 24
#: What opens a line of a list, and before what.
_BULLET = re.compile(r"^[ \t]*(?:[-•*–·]|\d{1,2}[.)])[ \t]+(?=\w)", re.MULTILINE)
#: A line that is a year alone, a year anywhere, and what a range of days is made of.
_YEAR_LINE = re.compile(r"^[ \t#=*]*((?:1[89]|20)\d\d)[ \t#=*:]*$", re.MULTILINE)
_YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b")
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}+\.?"
_DAY = r"(?:3[01]|[12]\d|0?[1-9])(?!\d)"
_MONTH_NAME = re.compile(_MONTH)
_MONTH_OR_DAY = re.compile(rf"{_MONTH}|{_DAY}")
_SIDE = rf"(?:{_MONTH} {_DAY}|{_DAY} {_MONTH}|{_DAY}|{_MONTH})"
#: Days without a year: "November 15–16", "28 May to 2 June", "March".
_DAYS = re.compile(rf"\b{_SIDE}(?: ?(?:[-–—]|to|and) ?{_SIDE})?(?!\w)")
#: How many tokens the days may take that open a line.
_LONGEST_DAYS = 9
#: How many lines make a register.
_LEAST = 2
#: How long a line of an itinerary may be that holds no date, and one that does, in tokens.
_BARE_LINE, _DATED_LINE = 7, 30


class RegisterRule(Rule):
    """A heading of a register: whether its lines name guests, or the places one goes to."""

    side: Literal["guests", "travels", "stops"]
    nouns: tuple[str, ...]
    score: float


def register(reader: ArgumentReader) -> Mapping[int, list[Candidate]]:
    """Return the trips of a register by the first token of each line; empty where there is none."""
    scene = reader.scene
    for number, heading in enumerate(_opening(scene)):
        for rule in load_table(PACKAGE, "registers.toml", RegisterRule):
            if rule.side == "stops" or not _heads(scene, heading, rule):
                continue
            made = list(_entries(reader, rule, heading))
            if len({each.at for each in made}) >= _LEAST:
                return _by_line(made)
        if number >= _OPENING:
            break
    return {}


def _by_line(made: Iterable[Candidate]) -> Mapping[int, list[Candidate]]:
    found: dict[int, list[Candidate]] = {}
    for each in made:
        found.setdefault(each.at, []).append(each)
    return found


def stops_in_lines(reader: ArgumentReader) -> Mapping[int, list[Candidate]]:
    """Return the stops of journeys that lines list, by the first token of each line.

    "A left on a tour. It will take him to:⏎Peru, May 3–5⏎Chile, May 6" fires; under "The tour of
    the choir leads to:", "Exports went to:" nothing does.
    """
    scene, found = reader.scene, dict[int, list[Candidate]]()
    rule = next(r for r in load_table(PACKAGE, "registers.toml", RegisterRule) if r.side == "stops")
    for heading in scene.sentences:
        if not _opens_stops(scene, heading, rule):
            continue
        lines = list(takewhile(lambda line: _stop_at(reader, line), _lines(scene, heading.end)))
        traveller = _who_is_on_tour(scene, heading) if len(lines) >= _LEAST else None
        if traveller is not None:
            made = (_stop_of_line(reader, rule, heading, line, traveller) for line in lines)
            found |= {each.at: [each] for each in made if each is not None}
    return found


def _opens_stops(scene: Scene, heading: Span, rule: RegisterRule) -> bool:
    """Tell "The tour will take him to:", "Stops on the tour:" behind which a list begins."""
    told = [t for t in heading if not t.is_space]
    if not told or told[-1].text != ":" or heading.end >= len(scene.doc):
        return False
    goes = any(t.lemma_ in word_set("tour_leads") and t.pos_ == "VERB" for t in told)
    his = any(t.lower_ in {"he", "she", "him", "her", "his"} for t in told)
    if _official_in(scene, heading) or his:
        return goes or any(t.lemma_.lower() in rule.nouns for t in told)
    return any(t.lemma_.lower() in rule.nouns and _is_known(t, told[0]) for t in told)


def _is_known(noun: Token, first: Token) -> bool:
    """Tell "the tour", "Stops:" from "travel to these lands", "a visit to them"."""
    definite = any(c.lower_ in {"the", "his", "her", "their"} for c in noun.children)
    return noun.pos_ in NOUNS and (definite or noun.left_edge.i == first.i)


def _stop_at(reader: ArgumentReader, line: Span) -> Sequence[Spot]:
    """Return the place of "Lima, Peru: 3–5 May", "May 3-5, Peru", "Peru"; no verb's subject."""
    scene, doc = reader.scene, line.doc
    at = _behind_days(line)
    spots = scene.spots(at) if at < line.end else []
    length = len([t for t in line if not t.is_space])
    dated = bool(reader.clock.between(line.start, line.end))
    if not spots or length > (_DATED_LINE if dated else _BARE_LINE):
        return ()
    behind = doc[spots[-1].end : line.end]
    following = next((t for t in behind if not t.is_space), None)
    acts = following is not None and following.tag_ in {"VBD", "VBZ", "VBP", "MD", "POS"}
    return () if acts else spots[:1]


def _who_is_on_tour(scene: Scene, heading: Span) -> Actor | None:
    """Return the one official whom the heading names, else the one of whom the text speaks."""
    whole = _official_in(scene, heading)
    if not whole and (focus := scene.focus(heading.start, back=_BACK)) is not None:
        whole = [focus]
    official = [a for a in whole if a.reference.role_kind and not a.reference.plural]
    return official[0] if len(official) == 1 and official[0].country else None


def _official_in(scene: Scene, heading: Span) -> list[Actor]:
    named = {
        r.actor: Actor(r, i)
        for i in range(heading.start, heading.end)
        for r in scene.at(i)
        if r.kind in PERSONAL_KINDS and r.role_kind and not r.plural and r.form != "pronoun"
    }
    return [a for a in named.values() if a.reference.kind == "person"] or [*named.values()]


def _stop_of_line(
    reader: ArgumentReader, rule: RegisterRule, heading: Span, line: Span, traveller: Actor
) -> Candidate | None:
    spot = _stop_at(reader, line)[0]
    if spot.country == traveller.country:
        return None
    fact = fact_of_verb(heading.root) if heading.root.pos_ in VERBS else Fact("planned")
    if fact.status is None:
        return None
    made = reader.make(rule, line.doc[line.start], actor=traveller, spot=spot, fact=fact)
    when = _dates(reader, heading, line)
    published = reader.scene.article.published
    if when.start and published:
        fact = Fact("planned") if when.start > published[: len(when.start)] else Fact("completed")
        now = when.start <= published <= (when.end or when.start)
        fact = Fact("ongoing") if now and len(when.start) == len(published) else fact
    return replace(made, when=when, fact=fact)


def _entries(reader: ArgumentReader, rule: RegisterRule, heading: Span) -> Iterator[Candidate]:
    """Yield the trips of the lines below a heading; one between them is theirs from there on.

    "President A's Foreign Trips" and, below its lines, "President B's Foreign Trips".
    """
    over = heading
    for line in _lines(reader.scene, heading.end):
        if _heads(reader.scene, line, rule) and not reader.scene.spots(_behind_days(line)):
            over = line
        else:
            yield from _entry(reader, rule, over, line)


def _opening(scene: Scene) -> Iterator[Span]:
    said = (s for s in scene.sentences if any(t.is_alpha for t in s))
    return (s for _, s in zip(range(_OPENING), said, strict=False))


def _heads(scene: Scene, heading: Span, rule: RegisterRule) -> bool:
    """Tell "Visits by Foreign Leaders to Peru, 1933–1937": a name of a list, with no verb.

    "Norwegian minister visits Peru" does not fire.
    """
    named = [  # which the tagger takes for verbs
        t
        for t in heading[:8]
        if t.lower_ in rule.nouns and not (t.i + 1 < len(scene.doc) and scene.spots(t.i + 1))
    ]
    if not named or len(heading) > _LONGEST:
        return False
    return not any(t.tag_ in FINITE for t in heading if t not in named)


def _lines(scene: Scene, start: int) -> list[Span]:
    """Return the lines behind a token, each from where it begins to where the next does."""
    text = scene.article.text
    heads = {
        s.start
        for s in scene.sentences
        if s.start >= start
        and any(t.is_alpha or t.is_digit for t in s[:2])
        and text[: s.start_char].rstrip(" \t•*-–").endswith("\n")
    }
    for bullet in _BULLET.finditer(text, scene.doc[start - 1].idx):
        marked = scene.doc.char_span(bullet.start(), bullet.end() + 1, alignment_mode="expand")
        if marked is not None:
            heads = (heads - {*range(marked.start, marked.end)}) | {marked.end - 1}
    ends = [*sorted(heads), len(scene.doc)]
    return [scene.doc[first:last] for first, last in pairwise(ends)]


def _entry(
    reader: ArgumentReader, rule: RegisterRule, heading: Span, line: Span
) -> Iterator[Candidate]:
    """Yield the trip of a line that opens with a country and holds a date."""
    scene = reader.scene
    at = _behind_days(line)
    spots = scene.spots(at) if at < line.end else []
    when = _dates(reader, heading, line)
    if not spots or not any(scene.places_in(at, at + 1)) or not when:
        return
    if rule.side == "guests":
        actor = _guest(scene, line, spots[0].country)
        goals = [_last_spot(scene, heading)]
    else:
        actor, goals = _traveller(scene, heading, spots[0].country), [*_each_land(spots)]
    ahead = (when.start or "") > (scene.article.published or "9")
    for spot in goals:
        if actor is not None and spot is not None and spot.country != actor.country:
            opens = scene.doc[line.start]
            made = reader.make(rule, opens, actor=actor, spot=spot, fact=Fact("completed"))
            yield replace(made, when=when, fact=Fact("planned") if ahead else made.fact)


def _each_land(spots: Sequence[Spot]) -> Iterator[Spot]:
    """Yield the places of "Peru, Chile & Fiji", one a land: not Peru again of "Lima, Peru"."""
    seen: set[str] = set()
    for spot in spots:
        if spot.country not in seen:
            seen.add(spot.country)
            yield spot


def _behind_days(line: Span) -> int:
    """Return where a line goes on behind the days that open it ("15–16 May: Lima, Peru")."""
    at = line.start
    while at < line.end and at - line.start < _LONGEST_DAYS:
        token = line.doc[at]
        dated = token.text[:1].isdigit() or token.is_punct or token.is_space
        if (
            not dated
            and not _MONTH_NAME.fullmatch(token.text)
            and token.lower_ not in {"to", "and"}
        ):
            break
        at += 1
    return at


def _dates(reader: ArgumentReader, heading: Span, line: Span) -> When:
    """Return the days of a line: those that stand alone between full stops, else the first."""
    if year := _year_over(reader.scene, heading, line):
        told = (days.group() for days in _DAYS.finditer(line.text))
        dated = next((days for days in told if any(map(str.isalpha, days))), "")
        return _days_in_year(dated, year)
    dates = reader.clock.between(line.start, line.end)
    if not dates:
        return When()
    doc = line.doc
    alone = [
        (first, last)
        for first, last, _ in dates
        if (first == line.start or doc[first - 1].text in {".", "|", ":", ";"})
        and (last >= line.end or doc[last].text in {".", "|", ";"} or doc[last].is_space)
    ]
    first = alone[-1][0] if alone else dates[0][0]
    return reader.clock.when([doc[first]], phase="whole", fact=Fact("completed"))


def _year_over(scene: Scene, heading: Span, line: Span) -> str | None:
    """Return the year that stands alone on the last such line above, for days without one.

    Else the one year of the heading: "Visits in 2022".
    """
    if _YEAR.search(line.text):
        return None
    above = _YEAR_LINE.findall(scene.article.text[: line.start_char])
    told = _YEAR.findall(heading.text)
    return above[-1] if above else told[0] if len(told) == 1 else None


def _days_in_year(stretch: str, year: str) -> When:
    """Return the days of "November 15–16", "28 May to 2 June" in a year."""
    months = {name.lower()[:3]: number for number, name in enumerate(month_name) if name}
    found: list[str] = []
    told = [(m.group(), m.start()) for m in _MONTH_OR_DAY.finditer(stretch)]
    named = [(months[text.lower()[:3]], at) for text, at in told if text[0].isalpha()]
    for text, at in told:
        if text[0].isdigit() and named:
            month = min(named, key=lambda each: abs(each[1] - at))[0]
            found.append(f"{year}-{month:02}-{int(text):02}")
    if not found:
        found = [f"{year}-{month:02}" for month, _ in named]
    if found and found[0] > found[-1]:  # "Dec. 30 – Jan. 2"
        found[-1] = f"{int(year) + 1}{found[-1][4:]}"
    return When(found[0], found[-1]) if found else When()


def _guest(scene: Scene, line: Span, country: str) -> Actor | None:
    """Return who stands behind the country that opens a line."""
    for i in range(line.start + 1, min(line.end, line.start + 9)):
        for reference in scene.at(i):
            if reference.kind in PERSONAL_KINDS and reference.country == country:
                named = _named(scene, reference, line)
                return Actor(named, i) if not named.plural else None
    return None


def _named(scene: Scene, reference: Reference, line: Span) -> Reference:
    """Return the name that goes with an office in a line, where there is one."""
    again = (r for i in range(line.start, line.end) for r in scene.at(i))
    same = (r for r in again if r.kind == "person" and r.actor == reference.actor and r.name)
    return next(same, reference)


def _traveller(scene: Scene, heading: Span, abroad: str) -> Actor | None:
    """Return whose travels the heading names, at home where he "left" for and "returned" to."""
    named = [r for i in range(heading.start, heading.end) for r in scene.at(i)]
    office = next((r for r in named if r.kind == "office" and not r.plural), None)
    person = next((r for r in named if r.kind == "person" and r.name), office)
    if person is None and not named:
        focus = scene.focus(heading.start, back=_BACK)  # "He made 63 trips.⏎Visits in 2022"
        person = focus.reference if focus is not None and focus.reference.name else None
    if person is None or person.plural:
        return None
    titled = person if person.role or office is None else office
    if titled.role is None:
        again = (r for r in scene.references if r.actor == person.actor and r.role)
        titled = next(again, titled)  # "trips made by X", whose office a line tells
    if titled.role is None:
        return None
    home = person.country or titled.country or _home(scene, abroad)
    if home is None:
        return None
    told = {"role": titled.role, "role_kind": titled.role_kind, "country": home}
    known = person.model_copy(update=told)
    return Actor(known, scene.bounds_of(person)[0])


def _home(scene: Scene, abroad: str) -> str | None:
    """Return the country that lines tell to be left and returned to."""
    doc = scene.doc
    for token in doc:
        if token.lemma_.lower() in word_set("register_home"):
            at = token.i + 1 + (word_behind(token) == "to")
            spots: Sequence[Spot] = scene.spots(at) if at < len(doc) else ()
            if spots and spots[0].country != abroad:
                return spots[0].country
    return None


def _last_spot(scene: Scene, heading: Span) -> Spot | None:
    """Return the host of "Visits by Foreign Leaders to Peru"."""
    for i in range(heading.start, heading.end):
        if scene.doc[i].lower_ in {"to", "in"} and (spots := scene.spots(i + 1)):
            return spots[0]
    return None


__all__ = ["RegisterRule", "register", "stops_in_lines"]
