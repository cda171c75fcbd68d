"""Registers: lists under a heading in which each entry is a trip, told without a verb."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Literal

from spacy.tokens import Span

from models import Reference
from models.entity import PERSONAL_KINDS
from pipeline.discourse.factuality import Fact
from pipeline.discourse.scene import Actor, Scene, Spot
from pipeline.discourse.timing.of_trips import When
from pipeline.labels import FINITE
from pipeline.lexicon import Rule, load_table
from pipeline.neighbours import word_behind
from pipeline.signs import MARKS_ENTRY, STOPS
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.lists.register_days import days_in_line, stays_in_line
from pipeline.stages.visits.lists.register_lines import (
    Entry,
    behind_days,
    entries,
    entries_within,
    text_lines,
)
from pipeline.stages.visits.tables import PACKAGE, kind_rules, word_set

#: How many sentences into the text a register's heading may stand, and its longest, in tokens.
_OPENING = 12
_LONGEST, _LONGEST_SENTENCE = 24, 40
#: How long a sentence may be that only leads over to the list, in tokens.
_SHORT = 6
#: How many sentences before a heading that names nobody the traveller may be told.
BACK = 3
#: The rules whose lines are read elsewhere.
_NO_REGISTER = frozenset({"stops", "plans"})
#: How many lines make a register.
LEAST = 2
#: How many lines may stand between a sentence that leads to a list and its first entry.
_LEADS_OVER = 8


#: What the guests of a line end at.
ENDS_GUESTS = frozenset({"(", ";", "with", "for"})


class RegisterRule(Rule):
    """A heading of a register: whether its lines name guests, or the places one goes to."""

    side: Literal["guests", "travels", "stops", "plans"]
    nouns: tuple[str, ...]
    score: float


@dataclass(frozen=True)
class Register:
    """The trips of a register by the first token of each entry.

    Attributes:
        heading: the tokens of its heading.
        ends: where each entry ends that begins at a token.
    """

    trips: Mapping[int, list[Candidate]]
    heading: range
    ends: Mapping[int, int]

    def tells(self, candidate: Candidate) -> bool:
        """Tell whether a trip is told by the heading, or only counts or tells again its lines'."""
        if candidate.at in self.heading:
            return True
        for at, told in self.trips.items():
            again = at < candidate.at < self.ends[at] and candidate.actor is not None
            if again and any(each.destination == candidate.destination for each in told):
                # "Peru: The president flew to Lima", which is no president of Peru
                named = candidate.actor is not None and candidate.actor.reference.name
                return not named or not candidate.when
        if candidate.destination is not None or candidate.actor is None:
            return False
        listed = (each.actor for told in self.trips.values() for each in told)
        return any(actor is not None and actor.key == candidate.actor.key for actor in listed)


NO_REGISTER = Register({}, range(0), {})


def register_rules() -> Sequence[RegisterRule]:
    """Return the headings of registers."""
    return load_table(PACKAGE, "registers.toml", RegisterRule)


def register(reader: ArgumentReader) -> Register:
    """Return the trips of a register; none where there is none."""
    scene = reader.scene
    for heading in _opening(scene):
        if scene.article.text[: heading.start_char].endswith("**"):
            continue  # "**Secretary-General's Travels", over a paragraph of a briefing
        for rule in register_rules():
            is_name = _heads(scene, heading, rule)
            if rule.side == "travels" and (within := _within(reader, rule, heading)):
                return within
            if rule.side in _NO_REGISTER or not (is_name or _leads_to_list(scene, heading, rule)):
                continue
            made = list(_trips(reader, rule, heading, reach=None if is_name else _LEADS_OVER))
            if len({each.at for each, _ in made}) >= LEAST:
                return _register(made, heading)
    return NO_REGISTER


def _register(made: Iterable[tuple[Candidate, Span]], heading: Span) -> Register:
    trips: dict[int, list[Candidate]] = {}
    ends: dict[int, int] = {}
    for each, span in made:
        trips.setdefault(each.at, []).append(each)
        ends[each.at] = span.end
    return Register(trips, range(heading.start, heading.end), ends)


def officials_in(scene: Scene, heading: Span) -> list[Actor]:
    """Return the officials whom a heading names, else those of whom it tells the office alone."""
    named = {
        r.actor: Actor(r, i)
        for i in range(heading.start, heading.end)
        for r in scene.at(i)
        if r.kind in PERSONAL_KINDS and r.role_kind and not r.plural and r.form != "pronoun"
    }
    return [a for a in named.values() if a.reference.kind == "person"] or [*named.values()]


def _opening(scene: Scene) -> Iterator[Span]:
    said = (s for s in scene.sentences if any(t.is_alpha for t in s))
    return (s for _, s in zip(range(_OPENING), said, strict=False))


def _heads(scene: Scene, heading: Span, rule: RegisterRule) -> bool:
    """Tell "Visits by Foreign Leaders to Peru, 1933–1937": a name of a list, with no verb.

    "Norwegian minister visits Peru" does not fire.
    """
    if scene.forms(heading.start).isdisjoint(rule.nouns):
        return False
    named = [  # which the tagger takes for verbs
        t
        for t in heading[:8]
        if t.lower_ in rule.nouns and not (t.i + 1 < len(scene.doc) and scene.spots(t.i + 1))
    ]
    if not named or len(heading) > _LONGEST or _is_dated_entry(heading):
        return False
    return not any(t.tag_ in FINITE for t in heading if t not in named)


def _is_dated_entry(heading: Span) -> bool:
    """Tell "March 5: Premier X calls off a trip to Peru", itself an entry of a list."""
    at = behind_days(heading)
    return at > heading.start + 1 and heading.doc[at - 1].text in MARKS_ENTRY


def _leads_to_list(scene: Scene, heading: Span, rule: RegisterRule) -> bool:
    """Tell a sentence that leads to a list: "Here are her trips", "He made three trips. They are:".

    So does "Countries she has visited so far", "Leaders who visited Norway in 2023".
    """
    if len(heading) > _LONGEST_SENTENCE or not _names_trips(scene, heading, rule):
        return False
    told = [t.lower_ for t in heading if not t.is_space]
    behind = scene.doc[heading.end : heading.end + 1]
    following = scene.sentence(behind.start) if len(behind) else behind
    if len(following) <= _SHORT:  # "They were:", "A timeline"
        told += [t.lower_ for t in following if not t.is_space]
    return told[-1] not in {".", "!"} or not word_set("leads_to_trips").isdisjoint(told)


def _names_trips(scene: Scene, heading: Span, rule: RegisterRule) -> bool:
    """Tell whether a heading names trips, or those who made them or where they led by a clause."""
    forms, verbs = scene.forms(heading.start), word_set("register_verb")
    named = not forms.isdisjoint(rule.nouns)
    if named and any(t.lower_ in rule.nouns and t.tag_ not in FINITE for t in heading):
        return True
    if verbs.isdisjoint(forms):
        return False
    told = [t.lower_ for t in heading]
    if rule.side == "travels":
        listed = not word_set("lands_listed").isdisjoint(told)
        return listed and any(t.lemma_ in verbs for t in heading)
    return "who" in told and any(
        t.lemma_ in verbs and "who" in told[: t.i - heading.start] and bool(scene.spots(t.i + 1))
        for t in heading
    )


def _trips(
    reader: ArgumentReader, rule: RegisterRule, heading: Span, *, reach: int | None
) -> Iterator[tuple[Candidate, Span]]:
    """Yield the trips of the lines below a heading, each with its entry.

    A heading between them is theirs from there on: "President A's Foreign Trips" and, below its
    lines, "President B's Foreign Trips".

    Args:
        reach: how many lines may stand between the heading and the first entry; any if None.
    """
    scene = reader.scene
    over, part = heading, list[Span]()
    for line in [*text_lines(scene, heading.end), None]:
        if line is not None and not _is_new_heading(scene, line, rule):
            part.append(line)
            continue
        for number, entry in enumerate(entries(reader, part, of_guests=rule.side == "guests")):
            if reach is not None and over is heading and not number and entry.gap > reach:
                return
            yield from ((each, entry.span) for each in _entry(reader, rule, over, entry))
        if line is not None:
            over, part = line, []


def _within(reader: ArgumentReader, rule: RegisterRule, sentence: Span) -> Register | None:
    """Return the trips that a sentence lists itself: "Her trips: Peru (May 3-5), Chile (May 9)"."""
    if ":" not in reader.scene.forms(sentence.start):
        return None
    colon = next((t.i for t in sentence if t.text == ":"), sentence.end)
    heading = sentence.doc[sentence.start : colon]
    if colon == sentence.end or not _names_trips(reader.scene, heading, rule):
        return None
    made = [
        (trip, entry.span)
        for entry in entries_within(reader, sentence.doc[colon + 1 : sentence.end])
        for trip in _entry(reader, rule, heading, entry)
    ]
    return _register(made, heading) if len({trip.at for trip, _ in made}) >= LEAST else None


def _is_new_heading(scene: Scene, line: Span, rule: RegisterRule) -> bool:
    if rule.side == "travels" and _is_name_alone(scene, line):
        return True
    return _heads(scene, line, rule) and not scene.spots(behind_days(line))


def _is_name_alone(scene: Scene, line: Span) -> bool:
    """Tell a line that is but the name of one whose trips stand below it: "President Ana Tora"."""
    told = [token.i for token in line if token.is_alpha]
    named = scene.at(told[-1]) if told else ()
    return any(
        r.kind == "person" and r.name is not None and scene.bounds(r)[0] == told[0] for r in named
    )


def _entry(
    reader: ArgumentReader, rule: RegisterRule, heading: Span, entry: Entry
) -> Iterator[Candidate]:
    """Yield the trips of an entry that holds a date."""
    scene = reader.scene
    when = days_in_line(reader, heading, entry.span, fact=Fact("completed"))
    if not when:
        return
    if rule.side == "guests":
        actors = _guests(scene, entry)
        goals = [_host(scene, heading)]
    else:
        traveller = _traveller(scene, heading, entry.spots[0].country) if entry.spots else None
        actors = [traveller] if traveller is not None else []
        goals = [*entry.spots]
    times = stays_in_line(reader, entry.span) or [when]
    for actor, spot, each in product(actors, goals, times):
        if spot is not None and spot.country != actor.country:
            opens = scene.doc[entry.span.start]
            made = reader.make(rule, opens, actor=actor, spot=spot, fact=Fact("completed"))
            fact = as_of(reader, each) or made.fact
            kind = kind_of_line(entry.span) or kind_of_line(heading)
            yield replace(made, when=each, fact=fact, kind=kind)


def kind_of_line(span: Span) -> str | None:
    """Return the kind of trip that an entry names, or its heading: "State visit", "state visits".

    "State and official visits" are of none.
    """
    told = f" {' '.join(t.lower_ for t in span if t.is_alpha)} ".replace(" visits ", " visit ")
    named = {rule.kind for rule in kind_rules() if any(f" {w} visit " in told for w in rule.words)}
    return named.pop() if len(named) == 1 and " and " not in told else None


def as_of(reader: ArgumentReader, when: When) -> Fact | None:
    """Return whether a listed trip is over, under way or to come as of the text, if it is dated."""
    published = reader.scene.article.published
    if not when.start or not published:
        return None
    if when.start <= published <= (when.end or when.start) and len(when.start) == len(published):
        return Fact("ongoing")
    return Fact("planned" if when.start > published[: len(when.start)] else "completed")


def _guests(scene: Scene, entry: Entry) -> list[Actor]:
    """Return those who stand behind the country that opens a line, or open it themselves."""
    line, found = entry.span, dict[str, Actor]()
    country = entry.spots[0].country if entry.spots else None
    for i in range(entry.at, line.end):
        token = scene.doc[i]
        if token.text in STOPS or token.tag_ in FINITE or token.lower_ in ENDS_GUESTS:
            break
        for reference in scene.at(i):
            own = country in {None, reference.country} or bool(reference.members)
            personal = reference.kind in PERSONAL_KINDS and reference.form != "pronoun"
            if personal and own and (reference.country or reference.members):
                for each in scene.each_of(Actor(named_in_line(scene, reference, line), i)):
                    found.setdefault(each.key, each)
    return [each for each in found.values() if each.country and not each.reference.plural]


def named_in_line(scene: Scene, reference: Reference, line: Span) -> Reference:
    """Return the name that goes with an office in a line, where there is one."""
    again = (r for i in range(line.start, line.end) for r in scene.at(i))
    same = (r for r in again if r.kind == "person" and r.actor == reference.actor and r.name)
    return next(same, reference)


def _traveller(scene: Scene, heading: Span, abroad: str) -> Actor | None:
    """Return whose travels the heading names, at home where he "left" for and "returned" to."""
    named = [r for i in range(heading.start, heading.end) for r in scene.at(i)]
    named = [r for r in named if r.kind in PERSONAL_KINDS and r.form != "pronoun"]
    office = next((r for r in named if r.kind == "office" and not r.plural), None)
    person = next((r for r in named if r.kind == "person" and r.name), office)
    if person is None:
        focus = scene.focus(heading.start, back=BACK)  # "He made 63 trips.⏎Visits in 2022"
        person = focus.reference if focus is not None and focus.reference.name else None
    if person is None or person.plural:
        return None
    again = [r for r in scene.references if r.actor == person.actor]
    titled = person if person.role or office is None else office
    if titled.role is None:
        # "trips made by X", whose office a line tells
        titled = next((r for r in again if r.role), titled)
    if titled.role is None:
        return None
    told = next((r.country for r in again if r.country and not r.guessed), None)
    home = person.country or titled.country or told or _home(scene, abroad)
    if home is None:
        return None
    more = {"role": titled.role, "role_kind": titled.role_kind, "country": home}
    known = person.model_copy(update=more)
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


def _host(scene: Scene, heading: Span) -> Spot | None:
    """Return the host of "Visits by Foreign Leaders to Peru", "Leaders who visited Peru".

    So that of "State visits received by the King of Norway".
    """
    for i in range(heading.start, heading.end):
        token = scene.doc[i]
        leads = token.lower_ in {"to", "in"} or token.lemma_ in word_set("register_verb")
        if leads and (spots := scene.spots(i + 1)):
            return spots[0]
        if token.lower_ == "by" and token.nbor(-1).lower_ in word_set("register_received"):
            behind = (r for at in range(i + 1, heading.end) for r in scene.at(at))
            lands = (r for r in behind if r.kind == "country" and r.country)
            return next((Spot(str(r.country), None, r, *scene.bounds(r)) for r in lands), None)
    return None


__all__ = [
    "BACK",
    "ENDS_GUESTS",
    "LEAST",
    "NO_REGISTER",
    "Register",
    "RegisterRule",
    "as_of",
    "kind_of_line",
    "named_in_line",
    "officials_in",
    "register",
    "register_rules",
]
