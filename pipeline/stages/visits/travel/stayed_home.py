"""Who did not go where he was to go: "was due in Lima on Monday but stayed at home"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache, lru_cache

from spacy.tokens import Token

from models.entity import LAND_KINDS
from models.visit import VisitStatus
from pipeline.discourse.delays import is_taken_up
from pipeline.discourse.denials import is_negated
from pipeline.discourse.factuality import Fact
from pipeline.discourse.governing import off_by
from pipeline.discourse.scene import Actor
from pipeline.discourse.suppositions import is_hypothetical
from pipeline.discourse.tables import words
from pipeline.discourse.timing.of_trips import When
from pipeline.discourse.verb_forms import auxiliaries_of, tense_of
from pipeline.labels import SUBJECTS, TIMES
from pipeline.neighbours import text_at
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.tables import word_set
from pipeline.stages.visits.travel.left_open import legs_of, trip_ahead

#: How many words may stand between "sent" and "instead".
_SENT_REACH = 14
_IN = frozenset({"in", "at"})
_THAT = frozenset({"it", "that", "this"})


def stayed_home(reader: ArgumentReader, verb: Token) -> Iterator[Candidate]:
    """Call off a trip told before of one who "stayed at home", "never came", "sent B instead".

    "Was due in Lima on Monday, but fell ill" fires, "was due in Lima on Monday. He fell ill" and
    "was due in Lima on Monday, but will stay at a hotel" do not.
    """
    first = verb.lemma_.lower()
    if first not in _openers() or not _is_kept(verb, first):
        return
    for actor in reader.travellers(verb):
        told = trip_ahead(reader, verb, actor.key)
        if told is None or told.status != "planned":
            continue
        at_home = _is_in(verb, first)
        lands = {told.origin} if at_home else {told.origin, told.destination}
        if _is_of_other_time(reader, verb, told):
            continue
        if _names(reader, verb, lands, none=not at_home):
            legs = legs_of(reader, told)
            yield from (_off(leg, verb, "cancelled", actor=actor) for leg in legs)


def plan_dropped(reader: ArgumentReader, verb: Token) -> Iterator[Candidate]:
    """Call off what one clause plans in the next: "was due in Lima, but that leg was called off".

    So "but it did not happen"; "but the vote was called off" does not fire.
    """
    subject = next((c for c in verb.children if c.dep_ in SUBJECTS), None)
    if subject is None:
        return
    ahead = (c for c in reversed(reader.told) if c.destination and c.at < subject.i)
    last = next(ahead, None)
    if last is None or last.status != "planned" or last.at < verb.sent.start:
        return
    if verb.dep_ == "relcl" and is_taken_up(verb.head):
        return
    if not _is_plan(subject) or any(c.tag_ == "VB" for c in verb.children):
        return  # "the plan was dropped to spare the king"
    if _is_of_other_time(reader, verb, last):
        return  # "will visit Lima, but it did not happen last year"
    off = None if is_negated(verb) or is_hypothetical(verb) else off_by(verb)
    if _is(verb, verb.lemma_.lower(), "comes_about") and _came_not(verb):
        off = "cancelled"
    if off is not None and not auxiliaries_of(verb) & word_set("may_be"):
        told = (r for t in subject.subtree for r in reader.scene.at(t.i) if r.kind in LAND_KINDS)
        lands = {reference.country for reference in told}  # "but the Lima leg was called off"
        for leg in legs_of(reader, last):
            if not lands or leg.destination in lands:
                yield _off(leg, verb, off, actor=leg.actor)


def _off(told: Candidate, verb: Token, status: VisitStatus, *, actor: Actor | None) -> Candidate:
    return replace(
        told,
        rule="left_open",
        at=verb.i,
        actor=actor,
        fact=Fact(status),
        when=When(),
        score=0.6,
        first=False,
        joins=True,
    )


def _is_of_other_time(reader: ArgumentReader, verb: Token, told: Candidate) -> bool:
    """Tell "will visit Lima in June. She stayed in Nairobi on Tuesday", "but fell ill last year".

    Not "was due there on Monday. He stayed at home", nor "was due in June, but pulled out today".
    """
    sentence, published = verb.sent, reader.scene.article.published
    apart = told.at < sentence.start
    trip, end = told.when.start, told.when.end or told.when.start
    begin = sentence.start if apart else verb.i
    dates = [date for _, _, date in reader.clock.between(begin, sentence.end)]
    said = [(d.earliest, d.latest) for d in dates if d.earliest and d.latest]
    now = trip or published
    if now is not None and said and all(last[:4] < now[:4] for _, last in said):
        return True
    if not apart or trip is None or end is None or not _is_of_the_days(verb):
        return False
    if said:
        return not any(last >= trip and first[: len(end)] <= end for first, last in said)
    ahead = published is not None and trip > published[: len(trip)]
    return ahead and tense_of(verb) != "future"


def _is_of_the_days(verb: Token) -> bool:
    """Tell what one does on the days of the trip ("stayed at home"); not "has pulled out"."""
    lemma = verb.lemma_.lower()
    return lemma in word_set("stays_where_one_is", "is_stood_in_for")


def _is_plan(subject: Token) -> bool:
    """Tell "it", "that leg", "the plans" from "that vote", "not all plans", "the plan to fly"."""
    if subject.lower_ in _THAT:
        return True
    before = subject.doc[max(0, subject.left_edge.i - 1) : subject.i]
    if any(t.lower_ == "not" for t in before):
        return False
    if any(c.dep_ == "acl" and c.tag_ == "VB" for c in subject.children):
        return False
    lemma, below = subject.lemma_.lower(), {c.lower_ for c in subject.children}
    if lemma in word_set("part_of_tour"):
        return not below & {"a", "an"}
    return lemma in word_set("part_of_plan") and not below & {"of", "for", "to", "a", "an"}


@lru_cache(maxsize=1)
def _openers() -> frozenset[str]:
    """Return the lemmas with which what keeps one at home begins."""
    told = word_set("does_not_go", "never_came", "kept_from_going")
    lemmas = {phrase.split()[0] for phrase in told}
    return frozenset(lemmas) | word_set("<sends>", "stays_where_one_is", "is_stood_in_for")


def _is_kept(verb: Token, first: str) -> bool:
    """Tell whether a verb tells that one did not go."""
    if _is(verb, first, "never_came"):
        return _came_not(verb)
    unsure = is_hypothetical(verb) or auxiliaries_of(verb) & word_set("may_be")
    if is_negated(verb) or unsure:
        return False
    if _is_in(verb, first):
        return True
    if first in word_set("is_stood_in_for"):
        below = {t.lower_ for t in verb.subtree}
        return "by" in below and "as" not in below  # "will be replaced by A as minister"
    if first in word_set("<sends>"):
        behind = verb.doc[verb.i + 1 : min(verb.i + _SENT_REACH, verb.sent.end)]
        return any(_is_instead(t) for t in behind)
    if _is(verb, first, "does_not_go"):
        return True
    return _is(verb, first, "kept_from_going") and _is_behind_but(verb)


@cache
def _phrases(name: str) -> Mapping[str, Sequence[str]]:
    """Return how the phrases of a word list go on, by their first words."""
    found: dict[str, list[str]] = {}
    for phrase in word_set(name):
        first, _, rest = phrase.partition(" ")
        found.setdefault(first, []).append(rest)
    return found


def _is(verb: Token, first: str, name: str) -> bool:
    """Tell whether a phrase of a word list begins with a verb's lemma and goes on as told."""
    for rest in _phrases(name).get(first, ()):
        end = verb.i + 1 + len(rest.split())
        if verb.doc[verb.i + 1 : end].text.lower() == rest and _ends(verb, end):
            return True
    return False


def _ends(verb: Token, i: int) -> bool:
    """Tell whether no more is told of a deed at token `i` than when and why.

    "Withdrew his bill", "did not go into details", "pulled out of a debate", "fell ill after the
    trip" go on.
    """
    if i >= verb.sent.end:
        return True
    token, near = verb.doc[i], verb.doc[i + 1 : min(i + 5, verb.sent.end)]
    if token.lower_ == "after" and any(t.lemma_.lower() in words("trip_noun") for t in near):
        return False
    if token.is_punct or token.ent_type_ in TIMES or token.lower_ in word_set("<why>"):
        return True
    if token.lower_ in {"from", "of"}:
        another = near[:1].text.lower() in {"a", "an"}
        meant = words("trip_noun") if another else words("event", "trip_noun")
        return any(t.lemma_.lower() in meant for t in near)
    dated = token.lower_ in {"on", "in", "at"} and verb.doc[i + 1 : i + 2]
    return bool(dated) and verb.doc[i + 1].ent_type_ in TIMES


def _is_in(verb: Token, first: str) -> bool:
    """Tell "stayed in Nairobi"."""
    return first in word_set("stays_where_one_is") and text_at(verb.doc, verb.i + 1) == "in"


def _is_instead(token: Token) -> bool:
    """Tell "sent B instead", "in his stead" from "sent flowers instead of", "in place of"."""
    near = token.doc[max(0, token.i - 1) : token.i + 2].text.lower().split()
    if token.lower_ == "instead":
        return "of" not in near
    return token.lower_ in word_set("in_ones_place") and near[0] in word_set("<own>")


def _came_not(verb: Token) -> bool:
    """Tell "never came", "did not show up", "failed to appear"."""
    never = any(c.lower_ == "never" for c in verb.children)
    unable = verb.head.lemma_ in word_set("fails_to") and not is_negated(verb.head)
    return never or is_negated(verb) or unable


def _is_behind_but(verb: Token) -> bool:
    """Tell "was due there but fell ill", of one sentence."""
    return any(t.lower_ == "but" for t in verb.doc[verb.sent.start : verb.i])


def _names(
    reader: ArgumentReader, verb: Token, lands: set[str | None], *, none: bool = False
) -> bool:
    """Tell whether the places that are named behind a verb are of some lands.

    Args:
        none: what holds where no place is named.
    """
    preps = (t for t in verb.doc[verb.i + 1 : verb.sent.end] if t.lower_ in _IN)
    spots = [spot for prep in preps for spot in reader.scene.spots(prep.i + 1)[:1]]
    return all(spot.country in lands for spot in spots) if spots else none


__all__ = ["plan_dropped", "stayed_home"]
