"""The sentences that tell when an event is held."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Span, Token

from models import DateExpression
from pipeline.discourse.governing import governing_verb
from pipeline.discourse.scene import Scene
from pipeline.discourse.tables import words
from pipeline.discourse.timing.days import moved, says_next
from pipeline.discourse.timing.of_trips import Clock, Phase, When
from pipeline.discourse.verb_forms import auxiliaries_of, tense_of
from pipeline.iso_lengths import DAY
from pipeline.labels import ADNOMINAL, NOUNS, OBJECTS, PLURALS, SUBJECTS, VERBS
from pipeline.reference.months import WEEKDAYS
from pipeline.signs import APOSTROPHE_S
from pipeline.stages.visits.candidate import is_stay
from pipeline.stages.visits.events.chief_event import chief_event
from pipeline.stages.visits.events.event_clauses import noun_of_clause
from pipeline.stages.visits.events.event_ends import with_end
from pipeline.stages.visits.events.placed_events import noun_of
from pipeline.stages.visits.events.told_occasions import occasion_of
from pipeline.stages.visits.tables import word_set

#: How far a date may stand from a verb that is its own, in tokens.
_NEAR = 5
_RELATIVES = frozenset({"WP", "WDT"})
_DAYS = frozenset({"day", "part_of_day"})
#: What an event's time may be if no day of it is told.
_SPELLS = frozenset({"week", "weekend", "month", "year"})
#: What time may stand with an event's noun: "the summit last month".
_BESIDE = frozenset({"day", "week", "weekend", "month"})
_BEFORE_NOUN = frozenset({"compound", "amod"})


@dataclass(frozen=True)
class Held:
    """What events a sentence tells to be held, when, and at which token it tells when."""

    sentence: Span
    events: frozenset[str]
    when: When
    at: int
    #: Whether its noun is so common that it is only the event that a trip is told for by it.
    common: bool = False

    def ahead(self, scene: Scene) -> When:
        """Return the days that are meant of an event to come: "ready for Sunday's summit".

        Of "Sunday's summit ended in a row" they are those gone by.
        """
        published, day = scene.article.published, self.when.start or ""
        if published is None or not len(published) == len(day) == DAY or day >= published:
            return self.when
        told = next((d for d in scene.dates if d.start == scene.doc[self.at].idx), None)
        bare = told is not None and told.text.lower() in WEEKDAYS
        verb = governing_verb(scene.doc[self.at])
        over = (verb, *verb.ancestors) if verb is not None else ()
        past = any(tense_of(v) == "past" and not auxiliaries_of(v) & {"has", "have"} for v in over)
        return moved(self.when, days=-7) if bare and not past else self.when


def held_events(scene: Scene) -> Iterator[Held]:
    """Yield the events of which the days are told, those told by a verb first.

    "Lima will host the summit from 4 to 5 June", "the funeral on Friday", "ministers met in
    Lima on 4 June" fire; "the summit will discuss a plan of 4 June" does not.
    """
    clock = Clock(scene)
    for sentence in scene.sentences:
        for verb in sentence:
            if verb.pos_ in VERBS:
                yield from _told_by(scene, clock, verb, sentence)
    yield from _dated(scene, clock)


def _told_by(scene: Scene, clock: Clock, verb: Token, sentence: Span) -> Iterator[Held]:
    """Yield what a verb tells to be held in its sentence, if it tells when."""
    events = frozenset(_events(verb)) or _of_report(scene, verb)
    if events:
        at, when = _first_days(scene, clock, verb, sentence)
        if when.start is not None and is_stay(when):
            yield Held(sentence, events, with_end(scene, clock, verb, when, events=events), at)


def _of_report(scene: Scene, verb: Token) -> frozenset[str]:
    """Return what the report's event is called, of "It takes place on Monday", "The date is 4 May".

    "It is on Monday that they vote" tells of none.
    """
    subject = next((c for c in verb.children if c.dep_ in SUBJECTS), None)
    if subject is None or verb.dep_ not in {"ROOT", "conj"}:
        return frozenset()
    fixed = subject.lower_ == "date" and verb.lemma_ in word_set("fixes_day")
    held = subject.lower_ == "it" and verb.lemma_ != "be" and _is_of_holding(verb)
    if not fixed and not held:
        return frozenset()
    chief = chief_event(scene)
    return chief.names if chief is not None and chief.leads else frozenset()


def _dated(scene: Scene, clock: Clock) -> Iterator[Held]:
    """Yield the events that stand with their day: "the funeral on Friday", "Friday's summit"."""
    events = words("event") - word_set("nameless_event") - word_set("recurring_event")
    for start, end, told in clock.dates:
        if told.grain not in _BESIDE:
            continue
        month = told.grain == "month"
        beside = {_lemma(n) for n in _beside(scene.doc[start:end], month=month)}
        # Of an article's meetings, "the weekend meeting" is told from others by its time.
        # So is "Tuesday's memorial service" of its memorials.
        any_one = told.grain == "weekend" or "service" in beside
        found = beside & (words("event") if any_one else events)
        common = not found  # "Friday's meeting", which may be any
        found = found or beside & words("event")
        when = clock.when([scene.doc[start]], phase="whole") if found else When()
        if when.start is not None and (told.grain != "day" or len(when.start) == DAY):
            yield Held(scene.sentence(start), frozenset(found), when, start, common)


def _lemma(noun: Token) -> str:
    """Return the lemma of a noun, also of a name's plural ("the Related Summits")."""
    return noun.lower_.removesuffix("s") if noun.tag_ == "NNPS" else noun_of(noun)


def _beside(day: Span, *, month: bool) -> Iterator[Token]:
    """Yield the nouns that a day may be of: right before it, or of which it is a part."""
    at = day.start - 1
    linked = at > 0 and day.doc[at].lower_ in word_set("day_of_event")
    linked = linked or (month and at > 0 and day.doc[at].lower_ == "in")
    due = linked and at > 1 and day.doc[at - 1].lower_ in word_set("due_on")
    at -= due  # "the summit, due on 4 June"
    over = day.root.head
    nouns = {over} if over.i >= day.end else set()
    if day.start > 1:
        last = at - linked
        place = day.doc[_before_place(day.doc, last)]
        # "will guard the funeral next Friday"
        linked = linked or day[0].lower_ in word_set("counts_from_now")
        owned = day.doc[day.end : day.end + 1].text in APOSTROPHE_S  # "ahead of Friday's summit"
        linked = linked and not owned
        nouns = {day.doc[last], place} if linked else nouns | ({place} - {day.doc[last]})
    nouns |= set(_behind(day))
    if due:
        nouns = {n for n in nouns if n.head.lower_ not in word_set("stems_from_event")}
    for noun in nouns:
        if noun.pos_ in NOUNS and noun.i - day.end < _NEAR:
            for over in _of_which(noun):  # "the funeral of X on Friday"
                yield over
                yield from (c for c in over.children if c.dep_ in _BEFORE_NOUN)


def _behind(day: Span) -> Iterator[Token]:
    """Yield the funeral of "met on Friday at the funeral of X"."""
    doc, at = day.doc, day.end
    if doc[at : at + 1].text.lower() not in {"at", "during", "for"}:
        return
    for token in doc[at + 1 : at + _NEAR]:
        if token.dep_ == "pobj" and token.head.i == at:
            yield token
            yield from (c for c in token.children if c.dep_ in _BEFORE_NOUN)


def _before_place(doc: Doc, at: int) -> int:
    """Return the token before "in Lima," or a comma that ends at token `at`, or `at` itself."""
    while at > 0 and doc[at].text == ",":
        at -= 1
    start = at
    while start > 0 and at - start < _NEAR and doc[start].pos_ in {"PROPN", "DET", "PUNCT"}:
        start -= 1
    return start - 1 if start < at and start > 0 and doc[start].lower_ in {"in", "at", "on"} else at


def _events(verb: Token) -> Iterator[str]:
    """Yield the events of "X will host the summit", "plays host to a summit", "was sworn in"."""
    lemma = verb.lemma_.lower()
    if verb.dep_ in {"advcl", "pcomp"} and _is_beside(verb) and not _is_sworn(verb):
        return  # "planning began on Friday, a day before the summit began"
    if lemma in word_set("gathers") and any(_is_several(c) for c in verb.children):
        yield from _gathered_for(verb)
    if verb.dep_ == "relcl" and any(c.lower_ == "where" for c in verb.lefts):
        return  # "in the town where the pact was signed in May"
    if told := occasion_of(verb):
        yield from told
        return
    if lemma in words("attends_rite") or _takes_part(verb):
        yield from _attended(verb)
        return
    if lemma in word_set("swearing_in") and lemma not in word_set("holds_event"):
        if verb.tag_ == "VBN" and verb.dep_ != "acl":  # not "the treaty signed in May 2011"
            yield from word_set("of_an_oath")
        return
    near = [c for over in _with_heads(verb) for c in over.children]
    if (host := _host_under(verb)) is not None:
        near = [c for prep in (*host.children, *near) if prep.dep_ == "prep" for c in prep.children]
    elif lemma == "be":
        near = [c for c in near if c.dep_ in SUBJECTS]
    elif not _is_of_holding(verb):
        return
    else:  # "will host thirty leaders at a summit"
        at = [c for prep in near if prep.lower_ in {"at", "for"} for c in prep.children]
        near += [c for c in at if c.lemma_.lower() not in word_set("nameless_event")]
    before = _right_before(verb)
    near += [] if _is_prepared(before) or _is_beside_subject(before, verb) else [before]
    if verb.dep_ in ADNOMINAL:
        near += _of_which(noun_of_clause(verb))  # "the summit, held on 4 June"
        near += _of_which(before)  # "a text of the Summit of the Isles, to be held on 4 June"
    if any(token.lower_ == "it" and token.dep_ in SUBJECTS | OBJECTS for token in near):
        near += _before_sentence(verb.sent)
    for token in near:
        named = token.pos_ in NOUNS
        if any(c.lower_ == "swearing" for c in token.children):  # "the swearing-in of X"
            yield from word_set("of_an_oath")
        if named and token.lemma_.lower() in word_set("rite"):  # "held a funeral service"
            over = (c.lemma_.lower() for c in token.children if c.dep_ in _BEFORE_NOUN)
            yield from (lemma for lemma in over if lemma in words("event"))
        if named and (event := noun_of(token)) in words("event"):
            yield event
            yield from (c.lemma_.lower() for c in token.children if c.dep_ in _BEFORE_NOUN)


def _attended(verb: Token) -> Iterator[str]:
    """Yield what many attended: "leaders will on Tuesday attend the enthronement ceremony".

    So "leaders will take part in the summit on Tuesday", "are expected to attend it", "who will".
    """
    subjects = [c for over in _with_heads(verb) for c in over.children if c.dep_ in SUBJECTS]
    subjects = [verb.head if c.tag_ in _RELATIVES else c for c in subjects]
    parts = [p for c in subjects for of in c.children if of.lower_ == "of" for p in of.children]
    many = any(c.tag_ in PLURALS for c in (*subjects, *parts))  # "a dozen of the leaders"
    within = [c for t in verb.subtree if t.lower_ in {"in", "at"} for c in t.children]
    objects = [c for c in verb.children if c.dep_ in OBJECTS]
    for event in [*objects, *(within if _takes_part(verb) else ())] if many else ():
        if (noun := noun_of(event)) in words("event"):
            yield noun
            yield from (c.lemma_.lower() for c in event.children if c.dep_ in _BEFORE_NOUN)


def _takes_part(verb: Token) -> bool:
    """Tell "participate in the summit", "take part in it"."""
    part = verb.lemma_ == "take" and any(c.lower_ == "part" for c in verb.children)
    return part or verb.lemma_ == "participate"


def _is_sworn(verb: Token) -> bool:
    """Tell "after being sworn in on Monday", whose day stands behind it."""
    return verb.tag_ == "VBN" and verb.lemma_.lower() in word_set("swearing_in")


def _is_several(token: Token) -> bool:
    """Tell the subject of "ministers met", "leaders were to gather", not "the two leaders met"."""
    plural = token.dep_ in SUBJECTS and token.tag_ in PLURALS
    return plural and not any(c.lower_ in word_set("of_a_pair") for c in token.children)


def _gathered_for(verb: Token) -> Iterator[str]:
    """Yield what several gather for: "met in Lima for a summit"; what any gathering is called."""
    yield from word_set("called_event", "nameless_event")
    for prep in verb.children:
        yield from (
            c.lemma_.lower()
            for c in prep.children
            if prep.lower_ in {"for", "at"} and c.lemma_.lower() in words("event")
        )


def _with_heads(verb: Token) -> Iterator[Token]:
    """Yield a verb and those over it: "the summit is due to take place"."""
    yield verb
    while verb.dep_ in {"xcomp", "acomp"} and verb.head != verb:
        verb = verb.head
        yield verb


def _is_beside(verb: Token) -> bool:
    """Tell a clause behind "before" or "after", whose day is not told by the one over it."""
    marks = {c.lower_ for c in verb.children if c.dep_ in {"mark", "advmod"}} | {verb.head.lower_}
    return bool(marks & (words("before_trip", "after_trip")))


def _is_of_holding(verb: Token) -> bool:
    """Tell "hosts", "opens", "is planned", "gets under way", "will go ahead"."""
    if any(c.dep_ == "xcomp" and c.tag_ == "VBG" for c in verb.children):
        return False  # "have started arriving for Friday's summit"
    if verb.lemma_.lower() in word_set("holds_event", "starts_event"):
        return True
    if _is_set_for_day(verb):
        return True
    done = verb.dep_ == "acl" and any(c.dep_ == "agent" for c in verb.children)
    if done and verb.lemma_ in word_set("done_at_event"):
        return True  # "the summit chaired by X in Lima on 4 June"
    ahead = verb.doc[verb.i + 1 : verb.i + 2].text.lower() == "ahead"
    return _gets_under_way(verb) or (verb.lemma_ == "go" and ahead)


def _gets_under_way(verb: Token) -> bool:
    """Tell "gets under way", by which the first day of an event is told."""
    behind = verb.doc[verb.i + 1 : verb.i + 2].text.lower()
    return verb.lemma_ == "get" and behind in {"under", "underway"}


def _is_set_for_day(verb: Token) -> bool:
    """Tell "the summit is set for Monday", "slated for May 4", not "is set for a row"."""
    if verb.tag_ != "VBN" or verb.lower_ not in word_set("sets_event"):
        return False
    fixed = (c for prep in verb.children if prep.lower_ in {"for", "on"} for c in prep.children)
    # "is set for Lima on Monday"
    within = (c for t in fixed for c in t.subtree)
    beside = (c for c in verb.children if c.dep_ in {"npadvmod", "nmod"})
    return any(c.ent_type_ == "DATE" for c in (*within, *beside))


def _before_sentence(sentence: Span) -> list[Token]:
    """Return the last event named in the sentence before, which "it" may be."""
    if not sentence.start:
        return []
    before = sentence.doc[sentence.start - 1].sent
    named = [t for t in before if t.lemma_.lower() in words("event") and t.ent_type_ != "DATE"]
    return named[-1:]


def _of_which(noun: Token) -> Iterator[Token]:
    """Yield a noun and what it is of: "the summit of the process, to be held on 4 June".

    So "the funeral for X of Peru", "the inauguration of the new president, X".
    """
    yield noun
    while noun.head != noun and (over := _over(noun)) is not None:
        noun = over
        yield noun


def _over(noun: Token) -> Token | None:
    """Return the funeral of "for X", the X of "of X", the president of "the president, X"."""
    node = noun.head
    if noun.dep_ == "appos":
        return node
    if node.lower_ == "for" and node.head.lemma_.lower() in word_set("event_of_person"):
        return node.head
    return node.head if node.lower_ == "of" and node.head != node else None


def _right_before(verb: Token) -> Token:
    """Return the last noun before a verb, which the parse may take for no subject."""
    at = verb.i - 1
    while at > 0 and (verb.doc[at].pos_ in {"AUX", "ADV", "PART"} or verb.doc[at].text == ","):
        at -= 1
    return verb.doc[max(at, 0)]


def _is_beside_subject(noun: Token, verb: Token) -> bool:
    """Tell the summit of "A text from the summit is due on Monday": the text is due."""
    over = noun.head
    return over.lower_ in word_set("stems_from_event") and over.head in [
        c for c in verb.children if c.dep_ in SUBJECTS
    ]


def _is_prepared(noun: Token) -> bool:
    """Tell the summit of "meetings for the summit were held": when it is held is not told."""
    over = noun.head
    return over.lower_ == "for" and over.head.lemma_.lower() in words("event")


def _host_under(verb: Token) -> Token | None:
    """Return the "host" of "plays host to the summit", "will be the host of a forum"."""
    return next((c for c in verb.children if c.lemma_ == "host" and c.pos_ == "NOUN"), None)


def _first_days(scene: Scene, clock: Clock, verb: Token, sentence: Span) -> tuple[int, When]:
    """Return the first days told behind a verb, else those that open its sentence, and where."""
    behind = [d for d in clock.between(verb.i + 1, sentence.end) if _is_its_day(verb, *d[:2])]
    if verb.lemma_ == "be" and not _host_under(verb):
        behind = [date for date in behind if date[0] - verb.i <= _NEAR]  # "will be on Saturday"
    before, first = clock.between(sentence.start, verb.i), verb.left_edge.i + _NEAR
    amid = max((c.i for c in verb.children if c.dep_ in SUBJECTS), default=verb.i)
    opening = [date for date in before if date[0] < first or date[0] > amid]
    opening = [date for date in opening if not _is_of_word(verb, verb.doc[date[0]])]
    opening = [date for date in opening if not _is_of_subject(verb, date[0])]
    if verb.dep_ == "relcl":  # "his arrival on Monday opens a week at the summit that Lima hosts"
        opening = [date for date in opening if date[0] > verb.head.i]
    if verb.lemma_ in words("attends_rite"):  # not "said on Monday that leaders will attend it"
        opening = [date for date in opening if date[0] >= verb.left_edge.i]
    deed = bool(occasion_of(verb))
    for start, _, told in (*behind, *opening):
        if deed and told.grain not in _DAYS:
            break  # "would open an office in mid May, she said on Monday"
        if told.grain in _DAYS:
            opens = (verb.lemma_ in words("opens_trip") or _gets_under_way(verb)) and not deed
            phase: Phase = "arrive" if opens else "whole"
            held = clock.when([scene.doc[start]], phase=phase)
            is_day = held.start is not None and len(held.start) == DAY
            return start, held if is_day else When()
    return _coarse(scene, clock, [*behind, *opening])


def _is_its_day(verb: Token, start: int, end: int) -> bool:
    """Tell "held on Monday" from "held hours after the blast on Monday", "Sunday's blast"."""
    doc = verb.doc
    if _is_of_word(verb, doc[start]) or _is_of_place(verb, doc[start]):
        return False
    ahead = verb.lemma_ == "go"  # "will go ahead on Monday"
    between = {t.lower_ for t in doc[verb.i + 1 + ahead : start]}
    owned = doc[end : end + 1].text in APOSTROPHE_S
    of_event = any(t.lemma_.lower() in words("event") for t in doc[end + 1 : end + _NEAR])
    return not between & words("after_trip", "before_trip") and (of_event or not owned)


def _is_of_subject(verb: Token, day: int) -> bool:
    """Tell the Monday of "Her arrival on Monday opens the summit": it is not the summit's."""
    subjects = [c for c in verb.children if c.dep_ in SUBJECTS and c.pos_ == "NOUN"]
    subjects = [c for c in subjects if noun_of(c) not in words("event") and c.i < day]
    return any(day <= c.right_edge.i for c in subjects)


def _is_of_place(verb: Token, day: Token) -> bool:
    """Tell the May of "held in the town where the pact was signed in May": it is the pact's."""
    over = governing_verb(day)
    where = over is not None and any(c.lower_ == "where" for c in over.lefts)
    return where and over is not None and over.dep_ == "relcl" and verb in over.ancestors


def _is_of_word(verb: Token, day: Token) -> bool:
    """Tell the Monday of "leaders will attend the funeral, it said on Monday": it is no funeral's.

    So of "it said on Monday that the summit will be held next week".
    """
    over = governing_verb(day)
    return over is not None and over != verb and over.lemma_ in words("speech")


def _coarse(
    scene: Scene, clock: Clock, told: Sequence[tuple[int, int, DateExpression]]
) -> tuple[int, When]:
    """Return the week, month or year of "will be held next month", where it is the only time."""
    if len(told) != 1 or told[0][2].grain not in _SPELLS:
        return 0, When()
    if told[0][2].grain == "year" and not says_next(told[0][2]):
        return 0, When()  # "the war, which began in 2022"
    return told[0][0], clock.when([scene.doc[told[0][0]]], phase="whole")


__all__ = ["Held", "held_events"]
