"""Verbs of being somewhere: "is in Lima", "remains in Lima", "is due there"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Doc, Token

from pipeline.discourse.factuality import TIMED, UNDONE, Fact, fact_of_verb
from pipeline.discourse.lasting_verbs import is_stayed_out
from pipeline.discourse.scene import Spot
from pipeline.discourse.suppositions import is_given_up
from pipeline.discourse.tables import words
from pipeline.discourse.timing.days import days_between
from pipeline.discourse.timing.of_trips import When
from pipeline.discourse.verb_forms import has_day
from pipeline.iso_lengths import DAY
from pipeline.labels import PRESENT, VERBS
from pipeline.neighbours import text_at, word_at
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.candidate import STAYED_OUT, Candidate
from pipeline.stages.visits.events.event_places import event_place, is_event
from pipeline.stages.visits.lists.instances import some_named
from pipeline.stages.visits.meetings.ranks import is_sent
from pipeline.stages.visits.tables import VerbRule, word_set
from pipeline.stages.visits.tours.apposed_lands import apposed_lands
from pipeline.stages.visits.travel.away import behind_away

#: How many tokens behind a verb the length of the stay ends ("spent another four days").
_LENGTH = 4
_OF_LENGTH = frozenset({"NUM", "DET", "ADJ"})
#: How many tokens behind "at" an event's name ends.
_LONGEST = 7
#: How many tokens behind "among", "one" the guests end: "one of more than twenty heads of state".
_LONGEST_GROUP = 10


def stay(reader: ArgumentReader, verb: Token, rule: VerbRule) -> Iterator[Candidate]:
    """Read "is in Lima", "has been to Peru", "is due in Quito"."""
    if rule.id in word_set("stay_while_doing") and not _goes_on(verb):
        return  # "worked in Lima for ten years"
    at, due = _behind_stay(reader, verb)
    spots = _stay_places(reader, verb, rule, at)
    if not spots:
        yield from _due(reader, verb, rule, at=at) if due else ()
        return
    if _is_back_at_home(reader, at, spots[0]) or are_troops(reader, verb, spots):
        return
    if due and _is_not_awaited(verb):
        return
    fact = fact_of_verb(verb)
    it = reader.scene.subject(verb) if verb.tag_ == "VB" and fact.status == "planned" else None
    if it is not None and it.lower_ == "it" and it.head.tag_ != "MD":
        fact = Fact("ongoing")  # "It is an honour to be in Lima"
    given_up = due and any(is_given_up(t) for t in verb.doc[verb.i : at + 1])
    if due and fact.status is not None:
        fact = Fact("planned")
    elif verb.lemma_ == "be" and fact.reason in {"present", TIMED}:
        fact = Fact("planned" if _is_ahead(reader, verb, spots[-1].end) else "ongoing")
        fact = Fact("planned", weak=True) if _is_while_to_do(reader, verb) else fact
    for actor in some_named(reader.scene, reader.travellers(verb, spots)):
        body = actor.reference.plural and not actor.reference.members
        sent = is_sent(actor) and _has_errand(reader, spots[-1])
        if body and not (sent or _is_been_to(verb, spots[0])):
            continue
        for spot in [*spots, *reader.dated_list(spots[-1].end)]:
            notes = _notes(reader, verb)
            made = reader.make_counted(
                rule,
                verb,
                actor=actor,
                spot=spot,
                fact=fact,
                phase="none",
                notes=notes,
                previous=_is_of_before(verb),
            )
            published = reader.scene.article.published
            if fact.status == "ongoing" and published and (made.when.start or "") > published:
                # "is in Tashkent ahead of the summit of next week": the date is another's.
                # "Tuesday, May 21⏎X is in Tashkent", an entry of what is to come, is not.
                entry = replace(made, fact=Fact("planned"))
                made = entry if made.when.heading else replace(made, when=When())
            if given_up and fact.status is not None:  # "had been due in Lima"
                made = replace(made, fact=Fact("cancelled", weak=True, reason=UNDONE))
            yield _as_yet(verb, at, made, published)


def _is_been_to(verb: Token, spot: Spot) -> bool:
    """Tell "presidents have been to Peru", a trip each, from "ministers have been in Peru"."""
    return verb.lower_ == "been" and word_at(verb.doc, spot.start - 1) == "to"


def _goes_on(verb: Token) -> bool:
    """Tell "is working in Lima", "has been working in Lima" from "was working in Lima then"."""
    now = any(c.dep_ == "aux" and c.tag_ in PRESENT for c in verb.children)
    return verb.tag_ == "VBG" and now


def _is_of_before(verb: Token) -> bool:
    """Tell "was last in Lima in 2019", a stay before the one that is told of."""
    adverb = word_at(verb.doc, verb.i + 1)
    return verb.lemma_ == "be" and adverb in word_set("earlier_by_adverb")


def _notes(reader: ArgumentReader, verb: Token) -> tuple[str, ...]:
    along = ("inside",) if _goes_along(reader, verb) else ()
    return (*along, STAYED_OUT) if is_stayed_out(verb) else along


def _is_not_awaited(verb: Token) -> bool:
    """Tell "is not expected in Lima" from "is not expected in Lima until Sunday"."""
    awaits = verb.head if verb.dep_ == "auxpass" else verb
    denied = any(c.dep_ == "neg" for c in (*awaits.children, *verb.children))
    return denied and not any(t.lower_ in words("before_trip", "until") for t in awaits.subtree)


def are_troops(reader: ArgumentReader, verb: Token, spots: Sequence[Spot]) -> bool:
    """Tell the country's "we" of "We will be in Iraq until the job is done", "We'll stay in Mali".

    Who says "We will be in Peru on Monday", "We will stay in Lima" tells of a trip.
    """
    subject = reader.scene.subject(verb)
    ahead = subject is not None and fact_of_verb(verb).status == "planned"
    if not ahead or subject is None or subject.lower_ != "we" or any(s.is_town for s in spots):
        return False
    if not reader.clock.starts.isdisjoint(t.i for t in verb.subtree):
        return False
    lasts = verb.doc[verb.i : verb.right_edge.i + 1].text.lower()
    return verb.lemma_ != "be" or any(w in lasts for w in word_set("as_long_as"))


def _is_back_at_home(reader: ArgumentReader, at: int, spot: Spot) -> bool:
    """Tell "is expected back in the country", one's own, from "is back in Peru"."""
    doc = reader.scene.doc
    back = doc[at - 1].lower_ in words("home")
    named = doc[spot.start : spot.end + 1]  # "the country", of which the spot is "the"
    return back and any(t.lower_ in words("own_land") for t in named)


def _runs_now(reader: ArgumentReader, verb: Token, published: str) -> bool:
    """Tell "is in Lima from Tuesday to Friday", in a text of Thursday."""
    stay = reader.clock.when((verb,), phase="none", fact=Fact("ongoing"))
    first, last = stay.start or "", stay.end or ""
    return len(first) == len(last) == DAY and first < last and first <= published <= last


def _is_ahead(reader: ArgumentReader, verb: Token, end: int) -> bool:
    """Tell "is in Lima on Thursday", "next week he is in Lima", in a text of Wednesday.

    Not "is in Lima on Tuesday" there, told a day late, nor "is in Lima ahead of next week's vote".
    """
    published, doc = reader.scene.article.published, verb.doc
    if published is None or len(published) < DAY or verb.tag_ not in PRESENT:
        return published is None and verb.tag_ in PRESENT and has_day(verb)
    start = reader.scene.sentence(verb.i).start
    apart = words("before_trip", "after_trip")
    behind = {
        t.i for t in reader.clock.behind(end) if not {w.lower_ for w in doc[end : t.i]} & apart
    }
    told = [*reader.clock.between(start, start + 2), *reader.clock.between(end, end + 4)]
    for at, _, date in told:
        opens = at <= start + 1 and all(t.pos_ == "ADP" for t in doc[start:at])
        if date.earliest is None or not (at in behind or opens):
            continue
        gap_days = days_between(published, date.earliest)
        weekday = date.text.split()[0].lower().endswith("day") and -6 <= gap_days < -1
        if weekday or gap_days > 0:
            return not _runs_now(reader, verb, published)
    return False


def _is_while_to_do(reader: ArgumentReader, verb: Token) -> bool:
    """Tell "is to meet the king while he is in Lima", where he is yet to go.

    Not "the deputy will rule while the king is in Lima".
    """
    main = verb.head
    marks = {c.lower_ for c in verb.children if c.dep_ in {"mark", "advmod"} and c.i < verb.i}
    subject = reader.scene.subject(verb)
    if verb.dep_ != "advcl" or not marks & word_set("while_there") or subject is None:
        return False
    own = reader.scene.subject(main)
    own = own if own is not None else reader.scene.subject(main.head)
    same = own is not None and {a.key for a in reader.scene.actors(own)} & {
        a.key for a in reader.scene.actors(subject)
    }
    return bool(same) and main.i < verb.i and fact_of_verb(main).status == "planned"


def _has_errand(reader: ArgumentReader, spot: Spot) -> bool:
    """Tell "officials are in Lima for talks" from those who are there all the time."""
    behind = reader.scene.doc[spot.end : spot.end + 1]
    return behind.text.lower() in word_set("errand")


def _as_yet(verb: Token, at: int, made: Candidate, published: str | None) -> Candidate:
    """Read "were already in Lima", "was still in Lima today", as of the day of the news."""
    now = any(t.lower_ in word_set("yet_there") for t in verb.doc[verb.i + 1 : at])
    told = made.fact.status == "completed" and verb.tag_ == "VBD"
    told = told and (not made.when or made.when.start == published)
    back = any(c.dep_ == "advcl" and c.i > verb.i for c in verb.children)  # "when war broke out"
    if now and told and not back and "inside" not in made.notes:
        return replace(made, fact=Fact("ongoing"), when=When())
    return made


#: What is said of one who is to come, and how far behind it his hour may stand, in tokens.
_AWAITED, _CLOCK = frozenset({"due", "expected"}), 4
_HOURLY = frozenset({"at", "around", "about", "on", "by"})


def _due(reader: ArgumentReader, verb: Token, rule: VerbRule, *, at: int) -> Iterator[Candidate]:
    """Read "is due on Tuesday", "is expected at 4.15 p.m.", where the text stands."""
    doc = verb.doc
    told = next((i for i in range(verb.i + 1, at) if doc[i].lower_ in _AWAITED), None)
    if told is None:
        return
    days, behind = reader.clock.behind(told + 1), doc[told + 1 : told + 1 + _CLOCK]
    awaited = doc[told].lower_ != "due"
    timed = any(t.ent_type_ == "TIME" for t in behind)
    if awaited and not any(t.ent_type_ or t.lower_ in _HOURLY for t in behind[:1]):
        return  # "is expected back on Friday"
    if awaited and any(c.dep_ == "xcomp" and c.tag_ == "VB" for c in doc[told].children):
        return  # "was expected on Friday to end his visit"
    if not (days or (awaited and timed)):
        return
    fact = Fact("planned")
    if is_given_up(doc[told]):
        fact = Fact("cancelled", weak=True, reason=UNDONE)  # "had been expected on Sunday"
    for actor in reader.travellers(verb):
        if actor.reference.name and not actor.is_party:
            yield reader.make(
                rule,
                verb,
                actor=actor,
                spot=None,
                fact=fact,
                phase="arrive",
                anchors=days,
                notes=("due",),
            )


def _goes_along(reader: ArgumentReader, verb: Token) -> bool:
    """Tell "on 8 August, when he was in Jakarta": the day is that of what happened then."""
    if not any(c.lower_ in {"when", "while", "as"} and c.i < verb.i for c in verb.children):
        return False
    inside = {token.i for token in verb.subtree}
    return inside.isdisjoint(reader.clock.starts)


def _behind_stay(reader: ArgumentReader, verb: Token) -> tuple[int, bool]:
    """Return the token behind "is currently", "is due on Friday"; whether one is only due there."""
    doc = verb.doc
    at = _behind_length(verb)
    due = False
    if verb.lemma_ == "be":
        at = _behind_guest(doc, at)
    while at < len(doc) and at - verb.i < 5 and _goes_with_stay(doc[at]):
        due = due or doc[at].lower_ in word_set("yet_to_be_there")
        at += 1
    if doc[at - 1 : at + 2].text.lower() == "on the ground":
        at += 2
    if doc[at - 1 : at + 1].text.lower() in word_set("away_for_rest"):
        at += 1
    return _behind_day(reader, behind_away(doc, at)), due


def _behind_guest(doc: Doc, at: int) -> int:
    """Return the "at" behind "the only European leaders" of "are the only European leaders at it".

    Of "is the first guest", behind which no "at" follows, `at` itself.
    """
    if doc[at : at + 2].text.lower() not in word_set("singled_out"):
        return at
    for ahead in range(at + 2, min(at + _LONGEST, len(doc) - 1)):
        if doc[ahead].lower_ in word_set("<guest>", "one_at_event"):
            return ahead + 1 if doc[ahead + 1].lower_ == "at" else at
        if doc[ahead].pos_ not in {"ADJ", "PROPN", "NOUN", "NUM", "PUNCT", "ADV"}:
            break
    return at


def _behind_length(verb: Token) -> int:
    """Return the token behind the "four days" of "spent four days there", else behind the verb."""
    told = verb.doc[verb.i + 1 : verb.i + 1 + _LENGTH]
    unit = next((t.i for t in told if t.lemma_ in words("unit_of_stay")), None)
    if unit is None or verb.lemma_ not in words("stays_out"):
        return verb.i + 1
    plain = all(t.pos_ in _OF_LENGTH or t.lower_ == "for" for t in told if t.i < unit)
    return unit + 1 if plain else verb.i + 1


def _behind_day(reader: ArgumentReader, at: int) -> int:
    """Return the token behind the "on Friday" of "is due on Friday in Lima", else `at`."""
    doc, dated = reader.scene.doc, reader.clock.covered
    behind = at + (word_at(doc, at) == "on")
    if behind not in dated:
        return at
    while behind in dated:
        behind += 1
    return behind if word_at(doc, behind) in {"in", "at"} else at


def _goes_with_stay(token: Token) -> bool:
    if token.lower_ in {"here", "there"}:
        return False
    return token.pos_ in {"ADV", "AUX", "PART"} or token.lower_ in word_set("stay")


def _stay_places(reader: ArgumentReader, verb: Token, rule: VerbRule, at: int) -> list[Spot]:
    if at >= len(verb.doc):
        return []
    word = verb.doc[at].lower_
    led = word == "at" or (_is_away(verb, at) and word in word_set("away_to"))
    if led and (met := _event_at(reader, verb, at + 1)):
        return met
    if "among" in {word, verb.doc[at - 1].lower_} or verb.doc[at : at + 2].text.lower() == "one of":
        return _among_guests(reader, verb, at)
    behind = (
        word in rule.preps or reader.scene.is_where(at) or (word == "to" and verb.lower_ == "been")
    )
    if not behind and word not in {"here", "there"}:
        return []
    own = {actor.country for actor in reader.travellers(verb)}
    in_place = word == "here" and text_at(verb.doc, at + 1) in {"in", "at"}
    if in_place and reader.scene.spots(at + 2):
        at, behind = at + 1, True  # "he was here in Lima"
    if any(c.lemma_ in word_set("vehicle") for c in verb.doc[at].children):
        return []  # "travelled in Peru's presidential jet"
    if behind:
        found = reader.spots(at + 1, own)
        return [*found, *_and_in(reader, rule, found)] or apposed_lands(reader, verb.doc[at], own)
    place = reader.understood.adverb(verb.i, word, but=own)
    return [place] if place is not None else []


def _and_in(reader: ArgumentReader, rule: VerbRule, found: Sequence[Spot]) -> list[Spot]:
    """Return Quito of "was in Lima and in Quito", where no day stands between."""
    doc, end = reader.scene.doc, found[-1].end if found else len(reader.scene.doc)
    joined = end + 2 < len(doc) and doc[end].lower_ in word_set("before_further")
    if not joined or doc[end + 1].lower_ not in rule.preps:
        return []
    spots = reader.scene.spots(end + 2)
    return [*spots, *_and_in(reader, rule, spots)]


def _is_away(verb: Token, at: int) -> bool:
    """Tell "is overseas for a summit", "is out of the country attending a summit"."""
    between = verb.doc[verb.i + 1 : at]
    abroad = any(t.lower_ in word_set("away") for t in between)
    return abroad or any(behind_away(verb.doc, t.i) == at for t in between)


def _among_guests(reader: ArgumentReader, verb: Token, at: int) -> list[Spot]:
    """Return Lima of "is among several leaders in Lima for talks", "one of 20 guests in Lima to".

    "Is one of the few leaders in Peru who object", "is among those who spoke in Lima" have none.
    """
    doc, end = verb.doc, min(reader.scene.sentence(verb.i).end, at + _LONGEST_GROUP)
    if "among the" in {doc[at : at + 2].text.lower(), doc[at - 1 : at + 1].text.lower()}:
        return []  # which `guests` reads
    for i in range(at, end):
        if doc[i].pos_ in {"VERB", "AUX", "PUNCT", "SCONJ", "PRON"}:
            return []
        if doc[i].lower_ == "in" and doc[i - 1].tag_ in {"NNS", "NN"}:
            told = {t.lower_ for t in doc[at:i]} & word_set("<guest>")
            spots = reader.spots(i + 1, {a.country for a in reader.travellers(verb)})
            return spots if told and spots and _has_errand(reader, spots[-1]) else []
    return []


def _event_at(reader: ArgumentReader, verb: Token, i: int) -> list[Spot]:
    """Return the place of the event in "is at a summit in Brussels"."""
    for token in verb.doc[i : min(reader.scene.sentence(verb.i).end, i + 8)]:
        if token.pos_ in VERBS or token.text in {",", ";"}:
            return []
        if is_event(token):
            spot = event_place(reader, verb, token)
            return [spot] if spot is not None else []
    return list(_at_whatever(reader, verb, i))


def _at_whatever(reader: ArgumentReader, verb: Token, i: int) -> Iterator[Spot]:
    """Yield the town of "will be at the regatta in Lima", not of "is at odds in Lima"."""
    doc, end = verb.doc, reader.scene.sentence(verb.i).end
    if word_at(doc, i) not in words("article"):
        return
    at = i + 1
    while at < min(end, i + _LONGEST) and doc[at].pos_ in {"NOUN", "PROPN", "ADJ", "NUM"}:
        at += 1
    noun = doc[at - 1]
    if noun.lemma_.lower() in word_set("schooling", "figure_of_speech"):
        return
    if at > i + 1 and text_at(doc, at) == "in":
        yield from (spot for spot in reader.scene.spots(at + 1)[:1] if spot.is_town)


__all__ = ["are_troops", "stay"]
