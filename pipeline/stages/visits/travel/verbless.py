"""Presence told without a verb: captions, entries of a chronology, elided clauses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import product

from spacy.tokens import Span, Token

from models.entity import PERSONAL_KINDS
from pipeline.discourse.factuality import Fact
from pipeline.discourse.governing import governing_verb
from pipeline.discourse.scene import Actor, Spot
from pipeline.discourse.tables import words
from pipeline.discourse.timing.days import When
from pipeline.discourse.verb_forms import tense_of
from pipeline.labels import NOUNS, VERBS
from pipeline.lexicon import Rule, load_table
from pipeline.neighbours import text_at
from pipeline.reference.offices import person_titles
from pipeline.signs import APOSTROPHE_S
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.candidate import ASIDE, Candidate
from pipeline.stages.visits.lists.guest_lines import FINITE
from pipeline.stages.visits.pictures.caption import caption_of
from pipeline.stages.visits.pictures.shown import without_verb
from pipeline.stages.visits.tables import PACKAGE, noun_rules, word_set

#: The words at which `verbless` reads.
VERBLESS_WORDS = frozenset({"in", "at"})
#: What parts the head of a line from what is told of it.
PARTS = ":"
_BRACKETS = {"(": ")", "[": "]"}
#: How many tokens a bracket behind a place may hold: "(until 8 October)".
_LONGEST_BRACKET = 8


class VerblessRule(Rule):
    """A form of presence without a verb."""

    score: float


@lru_cache(maxsize=1)
def verbless_rules() -> Mapping[str, VerblessRule]:
    """Return the forms by their names."""
    return {row.id: row for row in load_table(PACKAGE, "verbless.toml", VerblessRule)}


def verbless(reader: ArgumentReader, token: Token) -> Iterator[Candidate]:
    """Read "Brazil's Bolsonaro in Moscow.", "A was in Lima in May, B in Quito in June".

    "The president's speech in Moscow" does not fire: what is there is not the president.
    """
    if token.lower_ not in VERBLESS_WORDS:
        return
    spots = reader.scene.spots(token.i + 1) or _town_meant(reader, token)
    if not spots:
        return
    rule, actors = _form(reader, token, spots)
    if rule is None:
        return
    since = text_at(token.doc, spots[-1].end) == "since"
    aside = rule.id in word_set("there_beside_deed") and not (since or _is_dated(reader, spots[-1]))
    ahead = aside and _is_before_plan(token)
    under_way = rule.id == "now_in" or since or ahead or _is_under_way(reader, spots[-1])
    due = rule.id == "due_in"
    told = Fact("ongoing" if under_way else "completed", weak=not ahead)
    each = rule.id in word_set("stands_there", "there_beside_deed")
    for actor, spot in product(actors, spots if each else spots[:1]):
        if actor.country in {None, spot.country} or actor.reference.guessed:
            continue
        made = reader.make(
            rule,
            token,
            actor=actor,
            spot=spot,
            fact=Fact("planned") if due else told,
            phase="arrive" if due or since else "whole",
            anchors=[token.nbor(-1)] if due else reader.clock.behind(spot.end + 1) if since else [],
            notes=_notes(rule) if aside else ("presence",),
        )
        is_end = made.when.start is None
        yield replace(made, when=When(), day=None) if ahead and not is_end else made


def _notes(rule: VerblessRule) -> tuple[str, ...]:
    """Return what is noted of one told beside what he does, whose day is none of his coming."""
    inside = ("presence", "inside")
    return inside if rule.id == "now_in" else (*inside, ASIDE)


def _is_before_plan(prep: Token) -> bool:
    """Tell "X, now in Lima, will fly to Quito on Friday": the day is of what is to come."""
    verb = governing_verb(prep)
    return verb is not None and verb.i > prep.i and tense_of(verb) == "future"


def _town_meant(reader: ArgumentReader, prep: Token) -> list[Spot]:
    """Return where the report is from for "A, in town for a summit, said"."""
    doc = prep.doc
    if doc[prep.i : prep.i + 2].text.lower() != "in town" or doc[prep.i - 1].text != ",":
        return []
    apposed = actor_before(reader, prep.i - 1)
    own = {apposed.country} if apposed is not None else set()
    spot = reader.understood.same(prep.i + 1, but=own) if apposed is not None else None
    return [spot] if spot is not None else []


def _form(
    reader: ArgumentReader, prep: Token, spots: Sequence[Spot]
) -> tuple[VerblessRule | None, list[Actor]]:
    spot = spots[0]
    rules = verbless_rules()
    sentence = reader.scene.sentence(prep.i)
    beside = actor_before(reader, prep.i)
    caption = caption_of(sentence)
    if caption.is_verbless:
        if beside is None and prep.doc[prep.i - 1].text == ",":
            beside = actor_before(reader, prep.i - 1)
        behind = _last_place(reader, sentence, prep.i)
        further = behind > sentence.start
        if beside is not None and (further or opens_line(reader, sentence, beside)):
            return rules["stands_in"], [beside]
        return rules["caption"], without_verb(reader, caption, behind, prep.i)
    if beside is not None and _is_with(reader, beside):
        return rules["in_town_for"], [beside]
    named = actor_before(reader, prep.i - 1) if _is_set_off(reader, prep, spot) else beside
    if named is not None and _is_elided(reader, prep, named, spot):
        return rules["elided"], [named]
    if (seen := _seen_before(reader, prep.i)) is not None:
        return rules["seen_in"], [seen]
    if text_at(prep.doc, spots[-1].end) == "since" and prep.is_sent_start:
        there = _doers_behind(reader, prep.i) if _tells_stay(reader, spots[-1].end) else []
        return rules["in_town_for"], there  # "In Lima since Monday, X met Y"
    if now := _now_before(reader, prep.i):
        return rules["now_in"], now
    if (awaited := _due_before(reader, prep.i, spot)) is not None:
        return rules["due_in"], reader.scene.actors_before(awaited)
    before = prep.i - 1
    aside = prep.doc[before].text in word_set("opens_aside")
    if aside and _tells_stay(reader, spots[-1].end):
        apposed = actor_before(reader, before)
        chief = _accompanied(reader, apposed) if apposed is not None else None
        if chief is not None:
            return rules["in_town_for"], [chief]
        if apposed is not None and _holds_office(apposed):
            return rules["in_town_for"], reader.scene.actors_before(apposed)
    if aside and (doing := _doing_there(reader, before, spots[-1].end)) is not None:
        return rules["in_town_for"], [doing]
    return None, []


def _tells_stay(reader: ArgumentReader, i: int) -> bool:
    """Tell what one is "in Tokyo | for", "| on a visit", "| on Monday, said", at token `i`.

    So "| to open a fair", "| at the invitation of", "| as part of a tour", not "| as part of
    the budget".

    "will receive X, in Tokyo on Monday." tells when one is received; "in Tokyo since Monday"
    tells of a stay, "in Tokyo since 2019" of a post.
    """
    doc = reader.scene.doc
    if text_at(doc, i) == "since":
        return any(date.grain == "day" for _, _, date in reader.clock.between(i + 1, i + 2))
    if doc[i : i + 3].text == "as part of":
        end = next((t.i for t in doc[i:] if t.text in {",", ")"}), i)
        return any(t.lemma_ in noun_rules() for t in doc[i:end])
    if text_at(doc, i) == "to":  # "in Tokyo to open a fair"
        return doc[min(i + 1, len(doc) - 1)].tag_ == "VB"
    if doc[i : i + 3].text in word_set("way_of_stay"):
        return True
    if text_at(doc, i) != "on" or i + 1 not in reader.clock.covered:
        return text_at(doc, i) in {"for", "on"}
    while i + 1 < len(doc) and i + 1 in reader.clock.covered:
        i += 1
    return text_at(doc, i + 1) in {"for", *word_set("opens_aside")}


def _doing_there(reader: ArgumentReader, opens: int, shuts: int) -> Actor | None:
    """Return X of "President X, in Tokyo, said", of the headline "X, in Tokyo, calls for it"."""
    doc = reader.scene.doc
    if (
        text_at(doc, shuts) != doc[opens].text
        or doc[min(shuts + 1, len(doc) - 1)].tag_ not in FINITE
    ):
        return None
    actor = actor_before(reader, opens)
    if actor is None or not _holds_office(actor) or _is_of_thing(reader, actor):
        return None
    return actor if actor.reference.role_kind or shuts < reader.scene.headline_end else None


def actor_before(reader: ArgumentReader, i: int) -> Actor | None:
    """Return the person or office whose words end right before token `i`."""
    before = reader.scene.doc[i - 2] if i > 1 else None
    if before is not None and before.lower_ == "of" and reader.scene.at(i - 1):
        lands = {r.country for r in reader.scene.at(i - 1) if r.kind == "country"}
        ruler = actor_before(reader, i - 2)  # "King Letsie III of Lesotho in Lima"
        if ruler is not None:
            return ruler if ruler.country in lands else None
    for reference in reader.scene.at(i - 1):
        single = reference.kind in PERSONAL_KINDS and not reference.plural
        ends = reference.form != "pronoun" and reader.scene.bounds(reference)[1] == i
        if single and ends:
            return Actor(reference, i - 1, 0.9)
    return None


def _accompanied(reader: ArgumentReader, last: Actor) -> Actor | None:
    """Return X of "X, accompanied by Y, in Lima on Monday, met", who is told to be there."""
    doc = reader.scene.doc
    first = reader.scene.sentence(last.token).start
    for i in range(reader.scene.bounds_of(last.reference)[0] - 1, first + 1, -1):
        if doc[i].tag_ in FINITE:
            return None
        if doc[i].lower_ in word_set("is_alongside") and doc[i - 1].text == ",":
            chief = actor_before(reader, i - 1)
            return chief if chief is not None and _holds_office(chief) else None
    return None


def _holds_office(actor: Actor) -> bool:
    """Tell a person, or one holder of an office, from a body or a group."""
    reference = actor.reference
    return reference.kind == "person" or bool(reference.role_kind and reference.country)


def _seen_before(reader: ArgumentReader, i: int) -> Actor | None:
    """Return X of "March saw the envoy, X, in Suva", which begins with a date."""
    doc = reader.scene.doc
    end = i - 1 if doc[i - 1].text == "," else i
    actor = actor_before(reader, end)
    start = reader.scene.sentence(i).start
    verb = next((t for t in doc[start:end] if t.lower_ in word_set("time_saw")), None)
    if actor is None or verb is None or any(t.pos_ in VERBS for t in doc[start : verb.i]):
        return None
    dated = reader.clock.between(start, verb.i)
    between = [t for t in doc[verb.i + 1 : actor.token] if t.pos_ in VERBS]
    return None if not dated or dated[-1][1] != verb.i or between else actor


def _now_before(reader: ArgumentReader, i: int) -> list[Actor]:
    """Return X of "said X, currently in Lima", "Currently in Lima for talks, X said"."""
    doc = reader.scene.doc
    if doc[i - 1].lower_ not in word_set("at_present"):
        return []
    if doc[i - 1].is_sent_start:
        told = _doers_behind(reader, i)
        return told if all(a.reference.kind == "person" for a in told) else []
    end = i - 1 - (doc[i - 2].text in word_set("opens_aside"))
    actor = actor_before(reader, end)
    if actor is None or actor.reference.kind != "person" or _is_before_doer(reader, actor, i):
        return []
    return [actor]


def _doers_behind(reader: ArgumentReader, i: int) -> list[Actor]:
    """Return X of "Currently in Lima for talks, X said" at its "in", the one land's officials.

    Nobody of "Currently in Lima, A of Peru and B of Chile said".
    """
    prep = reader.scene.doc[i]
    verb = governing_verb(prep)
    subject = reader.scene.subject(verb) if verb is not None and verb.i > i else None
    told = reader.scene.actors(subject) if subject is not None else []
    sure = {a.country for a in told if not a.reference.guessed}
    if len(sure) != 1 or not all(_holds_office(a) for a in told):
        return []
    return [a for a in told if a.country in sure]


def _is_before_doer(reader: ArgumentReader, actor: Actor, i: int) -> bool:
    """Tell the X of "On behalf of X, today in Lima Minister Y met A": it is Y who is there.

    Not that of "After talks with X, currently in Lima, Minister Y left".
    """
    spots = reader.scene.spots(i + 1)
    follows = reader.scene.at(spots[-1].end) if spots else ()
    acts = any(r.kind in PERSONAL_KINDS for r in follows)
    return acts and _is_of_thing(reader, actor)


def _due_before(reader: ArgumentReader, i: int, spot: Spot) -> Actor | None:
    """Return X of "X, due in Lima on Friday, said", not of "X, due in a Lima court".

    Nor that of "talks with X, due in Lima on Friday": it is the talks that are.
    """
    doc = reader.scene.doc
    aside = i > 2 and doc[i - 2].text in word_set("opens_aside")
    if not aside or doc[i - 1].lower_ not in word_set("awaited_in"):
        return None
    if doc[i].lower_ != "in" or any(t.pos_ in NOUNS for t in _behind(reader, spot)):
        return None
    actor = actor_before(reader, i - 2)
    if actor is None or not _holds_office(actor) or _is_of_thing(reader, actor):
        return None
    return actor


def _is_of_thing(reader: ArgumentReader, actor: Actor) -> bool:
    """Tell the X of "talks with X", "a vote called by X", which may be due themselves."""
    _, end = reader.scene.bounds_of(actor.reference)
    over = reader.scene.doc[end - 1].head
    if over.pos_ != "ADP":
        return False
    return over.head.pos_ == "NOUN" or over.head.dep_ == "acl"


def _behind(reader: ArgumentReader, spot: Spot) -> Span:
    """Return the word behind a place that is no date."""
    dated = spot.end in reader.clock.covered
    return reader.scene.doc[spot.end : spot.end + (not dated)]


def _is_under_way(reader: ArgumentReader, spot: Spot) -> bool:
    """Tell "in Tokyo for talks", with no date in its sentence, and the heading "X in Tokyo".

    So the heading "X in Tokyo on two-day visit", and what heads a line, "X in Tokyo (until 8 May):
    opens a fair".
    """
    sentence = reader.scene.sentence(spot.start)
    behind = behind_place(reader, sentence, spot)
    if behind < sentence.end and sentence.doc[behind].text[-1:] == PARTS:
        head = reader.clock.between(sentence.start, behind)
        return all(sentence.doc[first - 1].lower_ in words("closes_entry") for first, *_ in head)
    dated = bool(reader.clock.between(sentence.start, sentence.end))
    heading = spot.end == sentence.end and sentence.end <= reader.scene.headline_end
    if sentence.end <= reader.scene.headline_end and _is_on_trip(sentence, spot):
        return True
    return not dated and (heading or text_at(sentence.doc, spot.end) == "for")


def _is_on_trip(line: Span, spot: Spot) -> bool:
    """Tell what stands behind the place of "X in Tokyo on two-day visit"."""
    behind = line.doc[spot.end : line.end]
    trip = (t for t in behind if t.lemma_ in noun_rules() and t.head.lower_ == "on")
    return text_at(line.doc, spot.end) == "on" and any(trip)


def behind_place(reader: ArgumentReader, sentence: Span, spot: Spot) -> int:
    """Return the token behind a place, its land, bracket, date: that of "in Lima (to 8 May):"."""
    doc, at = sentence.doc, spot.end
    if text_at(doc, at) == "," and any(r.country == spot.country for r in reader.scene.at(at + 1)):
        at = reader.scene.bounds(reader.scene.at(at + 1)[0])[1]
    while at < sentence.end:
        if doc[at].text in _BRACKETS:
            inside = doc[at : min(at + _LONGEST_BRACKET, sentence.end)]
            shut = next((t for t in inside if t.text[:1] == _BRACKETS[doc[at].text]), None)
            if shut is None or shut.text[-1:] == PARTS:  # "):" is one token
                return at if shut is None else shut.i
            at = shut.i + 1
        elif at in reader.clock.covered or (
            doc[at].text == "on" and at + 1 in reader.clock.covered
        ):
            at += 1
        else:
            break
    return at


def _is_dated(reader: ArgumentReader, spot: Spot) -> bool:
    """Tell "in Tokyo on Monday for talks", "in Tokyo for a summit on 3 May", up to a comma."""
    sentence = reader.scene.sentence(spot.start)
    behind = reader.scene.doc[spot.end : sentence.end]
    end = next((t.i for t in behind if t.text in word_set("opens_aside")), sentence.end)
    return bool(reader.clock.between(spot.end, end))


def _is_with(reader: ArgumentReader, actor: Actor) -> bool:
    """Tell "With Xi Jinping in London", which opens a sentence."""
    doc = reader.scene.doc
    start = reader.scene.bounds_of(actor.reference)[0]
    while start > 0 and doc[start - 1].text[:1].isupper() and doc[start - 1].lower_ != "with":
        start -= 1
    return start > 0 and doc[start - 1].lower_ == "with" and doc[start - 1].is_sent_start is True


def opens_line(reader: ArgumentReader, sentence: Span, actor: Actor) -> bool:
    """Tell whether a line begins with the actor, behind a date or "the day before"."""
    start = reader.scene.bounds_of(actor.reference)[0]
    dated = {
        i for first, last, _ in reader.clock.dates for i in range(first, last) if last <= start
    }
    before = sentence.doc[sentence.start : start]
    return all(
        t.i in dated
        or t.is_punct
        or t.is_space
        or t.pos_ in {"DET", "PART", "ADJ"}
        or t.lower_ == "of"
        or t.text in _before_names()
        or bool(reader.scene.at(t.i))
        for t in before
    )


@lru_cache(maxsize=1)
def _before_names() -> frozenset[str]:
    """Return the "Mr" and "Dr." that go before a name and are no part of it."""
    return frozenset(title.form for title in person_titles())


def _last_place(reader: ArgumentReader, sentence: Span, i: int) -> int:
    """Return the token behind the last place before token `i` in which another was."""
    for at in range(i - 1, sentence.start, -1):
        if sentence.doc[at].lower_ in {"in", "at"}:
            spots = reader.scene.spots(at + 1)
            if spots:
                return spots[-1].end
    return sentence.start


def _is_set_off(reader: ArgumentReader, prep: Token, spot: Spot) -> bool:
    """Tell the comma of "and its premier, B, in Quito in June", behind which nothing is done."""
    dates = reader.clock.behind(spot.end)
    if prep.doc[prep.i - 1].text != "," or not dates:
        return False
    size = len(prep.doc)
    end = next(i for i in range(dates[0].i, size + 1) if i not in reader.clock.covered)
    return not any(t.tag_ in FINITE for t in prep.doc[end : end + 2])


def _is_elided(reader: ArgumentReader, prep: Token, actor: Actor, spot: Spot) -> bool:
    """Tell B of "A was in Lima in May, B in Quito in June": told behind a comma, and dated."""
    doc = prep.doc
    start = reader.scene.bounds_of(actor.reference)[0]
    while start > 0 and (doc[start - 1].text in APOSTROPHE_S or reader.scene.at(start - 1)):
        start -= 1
    if doc[start - 1].lower_ not in {",", ";", "and"} or not reader.clock.behind(spot.end):
        return False
    opening = reader.scene.sentence(prep.i).start
    told = [c for c in reader.told if opening <= c.at < start and c.spot is not None]
    return bool(told) and told[-1].rule in word_set("goes_on_in_place")


__all__ = [
    "PARTS",
    "VERBLESS_WORDS",
    "VerblessRule",
    "actor_before",
    "behind_place",
    "opens_line",
    "verbless",
    "verbless_rules",
]
