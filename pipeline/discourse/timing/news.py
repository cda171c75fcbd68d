"""The day of news about a trip: when it was announced, called off, or one took leave before it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from spacy.tokens import Token

from models import DateExpression
from pipeline.discourse.asking import is_asked
from pipeline.discourse.governing import behind_aside, governing_verb
from pipeline.discourse.tables import words
from pipeline.discourse.timing.clauses import has_object, is_meanwhile, stands_under
from pipeline.discourse.timing.days import partial, says_next
from pipeline.discourse.timing.legs import leads_on
from pipeline.discourse.timing.order import stands_behind
from pipeline.discourse.timing.setting_out import sets_out_to
from pipeline.discourse.trip_clauses import part_of_trip
from pipeline.discourse.verb_forms import auxiliaries_of, tense_of
from pipeline.iso_lengths import DAY
from pipeline.labels import ANY_OBJECTS, OBJECTS

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_CLAUSE = frozenset({"VERB", "AUX", "SCONJ"})


def is_of_news(
    verb: Token,
    date: Token,
    told: DateExpression,
    anchors: Sequence[Token],
    *,
    leaves: bool,
    now: str | None,
) -> bool:
    """Tell the day on which a trip was announced, called off or asked for, not made.

    Args:
        verb: the verb on which the date hangs.
        date: the first token of the date.
        told: the date.
        anchors: the token that tells the trip, and what else its dates may hang on.
        leaves: whether the trigger tells the trip's last day.
        now: the day of publication, if known.
    """
    trigger = anchors[0]
    verb = behind_aside(verb) or verb  # "was on Tuesday cancelled"
    if _is_behind_news(verb, date, trigger):
        return True
    if verb == trigger or stands_under(trigger, date) or _is_before_leaving(trigger, verb):
        return False
    if date.i < verb.i and trigger in date.ancestors:
        return False  # "a visit on 3 May was agreed"
    lemma = verb.lemma_.lower()
    if lemma in words("leaves_again") and not leaves:
        return not (_leads_onward(verb, anchors) or has_object(verb, anchors))
    pair = partial(told)
    if _is_settled_then(verb, date, told, trigger, now):
        return True
    if pair is None or len(pair[0]) < DAY:
        return False
    begun = trigger.head.tag_ == "VBG" and trigger.head.lemma_ in words("opens_trip")
    led, arrived = trigger.head.lower_, trigger.lemma_ in words("arrival_noun")
    inside = begun or led in {"during", "in"} or led in words("upon")
    inside = inside or (arrived and led in words("after_which"))  # "shortly after his arrival"
    if inside and (stands_behind(trigger, date.i) or _is_within(trigger, date)):
        return False
    if told.grain == "week" and _is_of_speaker(trigger, verb):
        return False
    if part_of_trip(trigger) in {"first", "last"} and governing_verb(trigger) == verb:
        return False  # "said on Monday at the start of a visit to Lima"
    if lemma in words("speech", "comments"):
        own = _is_announced_for(verb, told, trigger, now) or _is_of_old(told, date, trigger, now)
        return not own
    if is_meanwhile(trigger, verb):
        return False
    particles = {child.lower_ for child in verb.children if child.dep_ == "prt"}
    off = lemma in {"call", "put", "push"} and particles & {"off", "back"}
    if not off and lemma not in words("settles_trip") and not is_asked(verb):
        return False
    over = now is None or told.latest is None or told.latest <= now
    return over or _of_past_act(told, verb, trigger)


def _is_settled_then(
    verb: Token, date: Token, told: DateExpression, trigger: Token, now: str | None
) -> bool:
    """Tell "The visit was agreed in February", a past month, from "A visit is agreed for June"."""
    subject = trigger.dep_ == "nsubjpass" and trigger.head == verb
    behind = date.i > verb.i and date.doc[date.left_edge.i - 1].lower_ != "for"
    over = now is not None and told.latest is not None and told.latest <= now
    return subject and behind and over and verb.lemma_.lower() in words("settles_trip")


def _is_behind_news(verb: Token, date: Token, trigger: Token) -> bool:
    """Tell "announced on Monday President X's visit", which the parse takes for "Monday President".

    Not "announced Monday's visit", "announced a visit on Monday".
    """
    told = verb.lemma_.lower() in words("speech", "comments", "settles_trip")
    right_behind = date.i == verb.i + 2 and verb.nbor(1).lower_ == "on"
    return told and right_behind and date.i < trigger.i and trigger in date.ancestors


def _is_of_speaker(trigger: Token, verb: Token) -> bool:
    """Tell "said last week during a visit to Lima", "on a visit to it"; not "on his visit"."""
    prep = trigger.head
    if prep.head != verb or verb.lemma_ not in words("speech"):
        return False
    new = any(c.lower_ in {"a", "an"} for c in trigger.children)
    return prep.lower_ == "during" or (prep.lower_ == "on" and new)


def _is_before_leaving(trigger: Token, verb: Token) -> bool:
    """Tell "told the press on Monday before leaving for Lima": he left on that Monday."""
    for node in (trigger, *trigger.ancestors):
        if node == verb:
            return False
        if node.head.lower_ in {"before", "prior"} and node.lemma_ in words("gone_after_words"):
            return verb in node.ancestors and tense_of(verb) != "future"
    return False


def _is_within(trigger: Token, date: Token) -> bool:
    """Tell "agreed during a visit by X to Lima on 3 May", the day parsed as the visit's."""
    return trigger.i < date.i and trigger in date.ancestors


def _leads_onward(verb: Token, anchors: Sequence[Token]) -> bool:
    """Tell "left for Lima", "left to visit Lima", "departed heading to Lima"."""
    trigger = anchors[0]
    if trigger.dep_ == "conj" and trigger.head == verb:
        return True
    heading = any(
        t.head == verb and t.dep_ == "advcl" and t.tag_ == "VBG" and t.lemma_ in words("moves")
        for t in anchors
    )
    return heading or leads_on(verb) or sets_out_to(verb, trigger)


def _is_announced_for(verb: Token, told: DateExpression, trigger: Token, now: str | None) -> bool:
    """Tell "announced a visit to Lima on 3 June" in May: that day is the visit's."""
    if now is None or told.earliest is None or told.earliest <= now:
        return False
    sure = says_next(told) or any(character.isdigit() for character in told.text)
    # "has confirmed a visit on Monday"
    sure = sure or bool(auxiliaries_of(verb) & words("perfect_now"))
    return sure and trigger.head == verb and trigger.dep_ in OBJECTS


def _is_of_old(told: DateExpression, date: Token, trigger: Token, now: str | None) -> bool:
    """Tell "recalled the king's visit to Lima on 4 May 2019", of another year than the article's.

    Not "recalled the king's visit to Lima in talks on 4 May 2019".
    """
    if told.latest is None or _YEAR.search(told.text) is None or trigger.dep_ not in ANY_OBJECTS:
        return False
    if now is not None and told.latest[:4] >= now[:4]:
        return False
    between = trigger.doc[trigger.i + 1 : date.i]
    behind = next((t for t in reversed(between) if t.lower_ not in words("date_link")), None)
    placed = behind is not None and (behind.pos_ == "PROPN" or behind.lower_ in words("place_noun"))
    return placed and not any(t.pos_ in _CLAUSE for t in between)


def _of_past_act(date: DateExpression, verb: Token, trigger: Token) -> bool:
    """Tell "cancelled a planned trip to Lima on Tuesday": it was called off on that weekday.

    Not "cancelled a trip that was planned for Tuesday", nor "cancelled Tuesday's trip", and of "has
    cancelled a trip to Lima on Tuesday" the Tuesday is the trip's.
    """
    words_told = date.text.lower().split()
    bare = len(words_told) == 1 and words_told[0].endswith("day")
    particles = {child.lower_ for child in verb.children if child.dep_ == "prt"}
    lemma = verb.lemma_.lower()
    off = lemma in words("cancel", "postpone") or bool(particles & {"off", "back"})
    past = tense_of(verb) == "past" and auxiliaries_of(verb).isdisjoint(words("perfect_now"))
    return bare and off and past and trigger.pos_ == "NOUN"


__all__ = ["is_of_news"]
