"""Whose day a date is, by what stands between it and a trigger in the parse."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Span, Token

from models import DateExpression
from pipeline.discourse.tables import words
from pipeline.discourse.timing.clauses import is_of, is_of_one_met, is_of_the_place, is_of_which
from pipeline.discourse.timing.nouns import (
    is_before_other_noun,
    is_behind_event_apart,
    is_behind_other_noun,
    is_behind_what_led_up,
    is_in_other_trip,
    is_in_trip_beside,
    is_of_event_apart,
    is_of_visits_that_were,
    is_of_what_place_is_known_for,
    is_over_matter,
)
from pipeline.discourse.timing.order import stands_behind
from pipeline.discourse.timing.reach import insertion
from pipeline.discourse.timing.terms import (
    is_of_count,
    is_of_source,
    is_of_telling,
    is_of_term,
    is_of_what_is_judged,
)
from pipeline.discourse.verb_forms import tense_of
from pipeline.labels import ADNOMINAL, NOUNS, SUBJECTS, VERBS
from pipeline.neighbours import word_at

_BEFORE_NOUN = frozenset({"poss", "nmod", "compound", "amod", "nummod", "npadvmod", "npmod"})
_CLAUSES = frozenset({"acl", "advcl", "relcl", "ccomp", "csubj", "pcomp"})
_NOUNS = frozenset({"NOUN", "PROPN"})
_VERBS = frozenset({"VERB", "AUX"})
#: What tells in a clause that it is of another time than the trip.
_APART = frozenset({"last", "since"})
_OF = frozenset({"of", "for", "about", "on", "to"})
_ARGUMENTS = frozenset({"nsubj", "nsubjpass", "dobj", "obj", "attr"})
#: How many tokens may stand between a day and the verb right behind it.
_NEAR_VERB = 2


def is_of_another(
    told: Span, expression: DateExpression, anchors: Sequence[Token], *, now: str | None
) -> bool:
    """Tell the day of another noun or clause than the trip's.

    "Will fly to Lima to discuss last week's attack", "after the 4 May bombing", "elected last
    month, he will visit Lima", "said in a note issued on Monday that he would visit Lima"; not
    "will fly to Lima for Monday's funeral", "for a visit that begins on Monday".

    Args:
        told: the date's words.
        expression: the date itself.
        anchors: the token that tells the trip, and what else its dates may hang on.
        now: the day of publication, if known.
    """
    date = told.root
    if is_cleft(told, anchors[0]) or _is_right_before_stay(told, anchors[0]):
        return False
    year = expression.grain == "year"
    if year and (is_of_term(told, anchors[0]) or is_of_count(told)):
        return True
    long = expression.grain in {"year", "month"}
    if long and is_of_what_is_judged(told, anchors[0], year=expression.grain == "year"):
        return True
    if is_of_what_place_is_known_for(date, expression, anchors[0]):
        return True
    if is_of_source(told) or is_of_telling(told, anchors[0]) or _is_of_that_of(told, anchors[0]):
        return True
    if expression.grain == "day" and _is_of_meeting_over(told, anchors[0]):
        return True
    path, meet = _path(date, anchors)
    if insertion(told.doc, anchors[0].i + 1, told.start) is not None:
        return False  # "went to Kobe, a port that has been rebuilt since, in 1998"
    if meet is None or any(told.start <= anchor.i < told.end for anchor in anchors):
        return False
    if _is_behind_leader(told, path, anchors[0]):
        return False
    return (
        is_before_other_noun(date, expression, path, meet, anchors)
        or is_behind_other_noun(path)
        or is_behind_event_apart(date, anchors[0])
        or is_of_event_apart(path)
        or is_behind_what_led_up(date, anchors[0])
        or is_in_other_trip(path, meet, anchors[0])
        or is_in_trip_beside(path, anchors[0])
        or is_over_matter(date, anchors[0])
        or is_of_visits_that_were([*path, meet], anchors[0])
        or _is_of_reason(path, expression, anchors[0], now)
        or _is_of_what_was_before(path, expression, anchors[0], now)
        or _is_in_other_clause(path, anchors)
        or _is_over_speech(anchors[0], meet)
        or _is_of_doing_about(date, expression, anchors[0], meet, now)
    )


def _is_of_meeting_over(told: Span, trip: Token) -> bool:
    """Tell "X met Y, who is here on a visit, at the hall on Monday": the Monday of "met".

    Not that of "met Y, who is here on a visit on Monday", "who came here on a visit, on Monday".
    """
    clause = next((t for t in (trip, *trip.ancestors) if t.dep_ == "relcl"), None)
    if clause is None or not clause.head.i < clause.i < told.start:
        return False
    around = {t.lower_: t.i for t in (clause, *clause.children)}
    opens, verb = around.get("who", 0), clause.head.head
    aside = told.doc[clause.left_edge.i - 1].text == "," and opens == clause.left_edge.i
    if not aside or around.keys().isdisjoint({"is", "are"}):
        return False
    while verb.dep_ in {"prep", "dobj", "pobj", "conj"} and verb.pos_ not in _VERBS:
        verb = verb.head
    shut = next((t.i for t in told.doc[opens : told.start] if t.text == ","), 0)
    behind = told.doc[shut + 1 : told.start]
    plain = all(t.pos_ not in _VERBS and t.lower_ not in {"and", ",", "from"} for t in behind)
    return verb.lemma_ in words("meets_there") and trip.i < shut and plain


def _is_right_before_stay(told: Span, trip: Token) -> bool:
    """Tell "the pact signed in May 2002 during X's visit to Lima was renewed": that May.

    Not "praised the pact signed in May 2002 during a visit to Lima", his own.
    """
    of_another = any(c.dep_ == "poss" and c.pos_ == "PROPN" for c in trip.children)
    before = trip.dep_ == "pobj" and trip.head.i == told.end and trip.head.lower_ == "during"
    return before and of_another


def is_cleft(told: Span, trigger: Token) -> bool:
    """Tell "It was in March that X visited Lima", "it was not until May when she came"."""
    if word_at(told.doc, told.end) not in {"that", "when"}:
        return False
    be = next((t for t in told.root.ancestors if t.lemma_ == "be"), None)
    if be is None or not told.start > be.i or trigger not in be.subtree:
        return False
    if any(t.pos_ not in {"ADP", "ADV", "DET", "PART"} for t in told.doc[be.i + 1 : told.start]):
        return False  # "it was clear on Monday that"
    if any(t.lemma_ in words("speech") and be in t.ancestors for t in trigger.ancestors):
        return False  # "it was on Friday that Lima said X would visit Quito"
    return any(c.lower_ == "it" and c.i < be.i for c in be.children)


def _is_behind_leader(told: Span, path: Sequence[Token], trigger: Token) -> bool:
    """Tell "a delegation led by A on Monday flew to Lima", which the parse gives to "led"."""
    led = any(node.lower_ in words("led") and node.dep_ == "acl" for node in path)
    between = told.doc[told.end : trigger.i]
    near = told.end <= trigger.i and len(between) <= _NEAR_VERB
    return led and near and all(t.pos_ in {"AUX", "ADV"} or t.text in "()" for t in between)


def _is_of_that_of(told: Span, trigger: Token) -> bool:
    """Tell "A's visit to Lima and that of B in 2022", "followed by that of B in 2022": of B's."""
    between = told.doc[trigger.i + 1 : told.start] if trigger.pos_ == "NOUN" else ()
    return any(t.lower_ in {"that", "those"} and t.nbor(1).lower_ in {"of", "by"} for t in between)


def _path(date: Token, anchors: Sequence[Token]) -> tuple[list[Token], Token | None]:
    """Return the tokens from a date up to where it meets the trigger, and the meeting token."""
    above = {*anchors, *anchors[0].ancestors}
    path: list[Token] = []
    for node in date.ancestors:
        if node in above:
            return path, node
        path.append(node)
    return path, None


def _is_of_reason(
    path: Sequence[Token], expression: DateExpression, trigger: Token, now: str | None
) -> bool:
    """Tell "the visit matters as Lima will take the chair in 2025": the day of what is to come.

    Not "the visit begins as she lands on Monday", nor what was in the past when it was made.
    """
    ahead = now is not None and expression.earliest is not None and expression.earliest > now
    if trigger.pos_ != "NOUN" or not ahead:
        return False
    own = words("opens_trip", "moves", "leaves_again", "finish")
    for node in path:
        if node.pos_ not in VERBS or node.dep_ != "advcl":
            continue
        why = any(c.dep_ == "mark" and c.lower_ in words("reason") for c in node.children)
        subject = next((c for c in node.children if c.dep_ in SUBJECTS), None)
        acts = subject is not None and subject.lower_ not in {"it", "this", "which", "that"}
        return why and acts and node.lemma_.lower() not in own
    return False


def _is_in_other_clause(path: Sequence[Token], anchors: Sequence[Token]) -> bool:
    """Tell "a note issued on Monday", "elected last month", "agreements reached in January"."""
    own = words("opens_trip", "moves", "leaves_again", "finish")
    if path and path[0].dep_ == "conj":
        return False  # "arranged in May, and in June he flew to Lima"
    for node in path:
        if node.pos_ not in VERBS or node.dep_ not in _CLAUSES:
            continue
        lemma = node.lemma_.lower()
        if node.dep_ == "advcl" and any(c.lower_ in _APART for c in node.children):
            return True  # "his second visit, as he was last there in 2017", "since he left in May"
        if _has_own_subject(node) or _is_about_person(node, anchors) or is_of_the_place(node):
            return True
        if is_of_one_met(node, anchors):
            return True
        if lemma in own or lemma in words("held") or is_of(node, anchors):
            return False
        if any(c.lower_ in {"when", "where", "as", "while"} for c in node.children):
            return False
        aim = node.tag_ == "VB" and node.dep_ == "advcl"
        if not aim:
            return True
    return False


def _is_of_what_was_before(
    path: Sequence[Token], expression: DateExpression, trigger: Token, now: str | None
) -> bool:
    """Tell "his visit will advance a pact signed in June", "build on talks held in June".

    Not "his visit will include a forum held in November", of a text of May, nor "is one that was
    made in June".
    """
    subject = trigger.pos_ == "NOUN" and trigger.dep_ in SUBJECTS
    clause = next((t for t in path if t.pos_ in VERBS), None)
    if not subject or clause is None or clause.dep_ not in ADNOMINAL:
        return False
    noun = clause.head
    beside = noun in path and noun.pos_ == "NOUN" and trigger not in noun.ancestors
    if not beside or noun.lemma_.lower() in words("trip_noun", "part_of_time"):
        return False
    if clause.lemma_.lower() in words("held", "opens_trip", "moves", "leaves_again", "finish"):
        over = tense_of(trigger.head) == "past"  # "his visit included talks held on 14 October"
        return not over and now is not None and (expression.latest or now) < now
    return tense_of(clause) == "past"


def _is_about_person(verb: Token, anchors: Sequence[Token]) -> bool:
    """Tell "X, who took office in May, will visit Lima", where May is no day of the trip."""
    clause = verb.head if verb.dep_ in {"xcomp", "advcl"} else verb
    head = clause.head
    things = words("trip_noun", "event")
    acts = head.dep_ in SUBJECTS and head.lemma_.lower() not in things
    person = head.ent_type_ == "PERSON" and not is_of_which(clause)
    told = clause.dep_ in ADNOMINAL and (acts or person)
    return told and all(anchor not in verb.subtree for anchor in anchors)


def _has_own_subject(verb: Token) -> bool:
    """Tell "since the war began in May", where what began is no trip."""
    if verb.lemma_ not in words("opens_trip", "finish"):
        return False
    subject = next((c for c in verb.children if c.dep_ in SUBJECTS), None)
    return (
        subject is not None
        and subject.pos_ == "NOUN"
        and subject.lemma_.lower() not in words("trip_noun", "event")
    )


def _is_over_speech(trigger: Token, meet: Token) -> bool:
    """Tell "spoke on Monday, confirming that he would visit Lima": no day of the visit."""
    for node in (trigger, *trigger.ancestors):
        if node == meet:
            return False
        if node.dep_ == "ccomp" and node.i > meet.i:
            return True
    return False


def _is_of_doing_about(
    date: Token, expression: DateExpression, trigger: Token, meet: Token, now: str | None
) -> bool:
    """Tell "discussed the visit on Monday", "a date for the visit was set on Monday"."""
    if trigger.pos_ != "NOUN" or meet.lemma_.lower() not in words("about_trip"):
        return False
    if date in trigger.subtree or not _is_argument(trigger, meet):
        return False
    bare = expression.text.lower().endswith("day")
    ahead = now is not None and (expression.latest or "") > now
    return bare or not (ahead or stands_behind(trigger, date.left_edge.i))


def _is_argument(noun: Token, verb: Token) -> bool:
    """Tell what is discussed, also in "discussed a date for the visit", "spoke of the visit"."""
    for node in (noun, *noun.ancestors):
        if node.head == verb:
            return node.dep_ in _ARGUMENTS or node.lower_ in _OF
        if node.pos_ not in NOUNS and node.lower_ not in _OF:
            return False
    return False


def is_length(told: Span) -> bool:
    """Tell "an overnight stop", which says how long, from "flew in overnight"."""
    return told.text.lower() == "overnight" and told.root.dep_ in _BEFORE_NOUN


__all__ = ["is_length", "is_of_another"]
