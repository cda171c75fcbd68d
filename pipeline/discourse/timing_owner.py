"""Whose day a date is, by what stands between it and a trigger in the parse."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc, Span, Token

from models import DateExpression
from pipeline.discourse.denials import until_when
from pipeline.discourse.factuality import governing_verb
from pipeline.discourse.lasting_verbs import is_since
from pipeline.discourse.tables import words
from pipeline.discourse.timing_apart import counted_from
from pipeline.discourse.timing_clauses import (
    is_before_subject,
    is_of,
    is_of_one_met,
    is_of_the_place,
    is_of_which,
)
from pipeline.discourse.timing_order import stands_behind
from pipeline.discourse.timing_since import is_within_since
from pipeline.discourse.timing_terms import (
    is_of_count,
    is_of_source,
    is_of_telling,
    is_of_term,
    is_of_what_is_judged,
)

_BEFORE_NOUN = frozenset({"poss", "nmod", "compound", "amod", "nummod", "npadvmod", "npmod"})
_CLAUSES = frozenset({"acl", "advcl", "relcl", "ccomp", "csubj", "pcomp"})
_NOUNS = frozenset({"NOUN", "PROPN"})
_VERBS = frozenset({"VERB", "AUX"})
#: Prepositions by which an event is what one travels for, or is at.
_AIMS = frozenset({"for", "to", "at", "in", "during"})
_OF = frozenset({"of", "for", "about", "on", "to"})
_ARGUMENTS = frozenset({"nsubj", "nsubjpass", "dobj", "obj", "attr"})
#: Kinds of names that no date before them is of.
_NO_THING = frozenset({"DATE", "TIME", "PERSON", "GPE", "LOC", "FAC"})
#: How many tokens an event and its date may stand behind "ahead of".
_NEAR = 6
#: How many tokens before a date "since his re-election as president on" begins.
_SINCE_REACH = 12
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
    if is_cleft(told, anchors[0]):
        return False
    year = expression.grain == "year"
    if year and (is_of_term(told, anchors[0]) or is_of_count(told)):
        return True
    long = expression.grain in {"year", "month"}
    if long and is_of_what_is_judged(told, anchors[0], year=expression.grain == "year"):
        return True
    if is_of_source(told) or is_of_telling(told, anchors[0]) or _is_of_that_of(told, anchors[0]):
        return True
    path, meet = _path(date, anchors)
    if meet is None or any(told.start <= anchor.i < told.end for anchor in anchors):
        return False
    if _is_behind_leader(told, path, anchors[0]):
        return False
    return (
        _is_before_other_noun(date, expression, path, meet, anchors)
        or _is_behind_other_noun(path)
        or _is_behind_event_apart(date, anchors[0])
        or _is_of_event_apart(path)
        or _is_behind_what_led_up(date, anchors[0])
        or _is_in_other_trip(path, meet, anchors[0])
        or _is_in_trip_beside(path, anchors[0])
        or _is_of_visits_that_were([*path, meet], anchors[0])
        or _is_of_reason(path, expression, anchors[0], now)
        or _is_in_other_clause(path, anchors)
        or _is_over_speech(anchors[0], meet)
        or _is_of_doing_about(date, expression, anchors[0], meet, now)
    )


def is_cleft(told: Span, trigger: Token) -> bool:
    """Tell "It was in March that X visited Lima", "it was not until May when she came"."""
    if told.doc[told.end : told.end + 1].text.lower() not in {"that", "when"}:
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


def _is_before_other_noun(
    date: Token,
    expression: DateExpression,
    path: Sequence[Token],
    meet: Token,
    anchors: Sequence[Token],
) -> bool:
    """Tell "last week's failure", "the 4 May bombing", "the 2022 Ocean Conference"."""
    noun = date.head
    if noun.i < date.i or date.dep_ not in _BEFORE_NOUN or noun.pos_ not in _NOUNS:
        return False
    while noun.dep_ in {"compound", "nmod"} and noun.head.pos_ in _NOUNS and noun.head.i > noun.i:
        noun = noun.head
    lemma = noun.lemma_.lower()
    if noun.ent_type_ in _NO_THING or date.left_edge.is_sent_start or is_before_subject(date):
        return False
    if lemma in words("trip_noun", "part_of_time"):
        return False
    if noun in anchors or any(a.head == noun and a.dep_ == "compound" for a in anchors[1:]):
        # "attended Sunday's inauguration ceremony"
        return expression.grain == "year" and _is_in_name(date, noun)
    if noun == meet or noun not in path:
        return False
    aimed = len(path) == 2 and path[1].lower_ in _AIMS
    return not (aimed and lemma in words("event"))


def _is_in_name(date: Token, noun: Token) -> bool:
    """Tell "the 2022 Ocean Conference" from "the 2022 summit"."""
    return all(t.text[:1].isupper() for t in date.doc[date.i + 1 : noun.i + 1])


def _is_behind_other_noun(path: Sequence[Token]) -> bool:
    """Tell "after elections in November", "to prepare for a summit in October".

    Also "will stop in Lima ahead of a visit to Quito on Friday", a trip with a place of its own,
    and "after a meeting held in October".
    """
    apart = words("before_trip", "after_trip")
    for number, node in enumerate(path):
        noun = next((t for t in path[:number] if t.pos_ in _NOUNS), None)
        held = node.dep_ == "acl" and node.tag_ == "VBN" and node.head in path
        if held and node.head.head.lower_ in words("after_trip"):
            continue
        if node.lower_ in apart and (node.pos_ not in _VERBS or node.lower_ == "following"):
            if noun is None or noun.lemma_.lower() not in words("trip_noun"):
                return noun is not None
            if node.lower_ in words("after_trip") and _is_anothers(noun):
                return True
            own = (c for c in noun.children if c.lower_ == "to" and noun.i < c.i < path[0].i)
            before = node.lower_ in words("before_trip")
            return before and any(t.pos_ == "PROPN" for to in own for t in to.children)
        if node.pos_ in _VERBS:
            return noun is not None and node.lemma_.lower() in words("about_trip")
    return False


def _is_anothers(trip: Token) -> bool:
    """Tell "following a trip by X in 1998", "after the minister's visit in May": of X alone."""
    by = any(c.lower_ == "by" and c.i > trip.i for c in trip.children)
    owners = [c for c in trip.children if c.dep_ in {"poss", "compound"} and c.i < trip.i]
    return by or any(c.ent_type_ == "PERSON" or c.tag_ in {"NN", "NNP"} for c in owners)


def _is_behind_event_apart(date: Token, trigger: Token) -> bool:
    """Tell "will visit Lima ahead of elections in November", whatever the parse hangs November on.

    Not "left on Monday ahead of a visit in May", nor "before noon on Monday".
    """
    doc, apart = date.doc, words("before_trip", "after_trip")
    first = max(trigger.i + 1, date.left_edge.i - _NEAR)
    at = next((i for i in range(date.left_edge.i - 1, first - 1, -1) if doc[i].lower_ in apart), 0)
    between = doc[at + 1 : date.left_edge.i]
    if not at or not between or any(t.is_punct or t.pos_ in _VERBS for t in between):
        return False
    nouns = [t for t in between if t.pos_ == "NOUN" and t.ent_type_ not in {"DATE", "TIME"}]
    return between[-1].lower_ in {"in", "on"} and any(
        t.lemma_.lower() not in words("trip_noun", "part_of_time") for t in nouns
    )


def _is_of_event_apart(path: Sequence[Token]) -> bool:
    """Tell "came after the elections, which took place in November": no day of who came.

    Not "left after the visit, which began on Monday".
    """
    apart = words("before_trip", "after_trip")
    for clause in path:
        noun = clause.head
        if clause.dep_ != "relcl" or noun.pos_ != "NOUN" or noun not in path:
            continue
        over = noun.head.head if noun.head.lower_ == "of" else noun.head
        away = noun.head.lower_ in apart or over.lower_ in apart
        return away and noun.lemma_.lower() not in words("trip_noun", "part_of_time")
    return False


def _is_in_other_trip(path: Sequence[Token], meet: Token, trigger: Token) -> bool:
    """Tell "the visit to Lima on 3 June was agreed during a stay": no day of the stay."""
    if trigger.lemma_.lower() not in words("trip_noun") or meet.pos_ not in _VERBS:
        return False
    noun = next((t for t in path if t.pos_ in _NOUNS), None)
    if noun is None or noun.lemma_.lower() not in words("trip_noun"):
        return False
    apart = any(t.lower_ in {"after", "following", "ahead", "before"} for t in path)
    return not apart and noun.head == meet and noun.i < meet.i < trigger.i


def _is_in_trip_beside(path: Sequence[Token], trigger: Token) -> bool:
    """Tell "visits to Peru and Chile and a trip to Lima in May": no May of the visits.

    So "will tour Peru and Chile, with a stop in Lima on Friday". Not "his visits to Peru and to
    Chile in May", "her visit to Peru and talks in May".
    """
    noun = next(
        (t for t in path if t.pos_ in _NOUNS and t.lemma_.lower() in words("trip_noun")), None
    )
    if noun is None or noun.i <= trigger.i:
        return False
    beside = noun.head.lower_ == "with"
    if trigger.lemma_.lower() not in words("trip_noun") and not beside:
        return False
    new = any(c.lower_ in {"a", "an", "another"} for c in noun.children)
    led = {"to", "of", "in"} if beside else {"to", "of"}
    return new and any(c.dep_ == "prep" and c.lower_ in led for c in noun.children)


def _is_of_visits_that_were(path: Sequence[Token], trigger: Token) -> bool:
    """Tell "she is visiting Peru, her earlier trips were in 1990 and 1999": no days of hers now."""
    verb = next((t for t in path if t.pos_ in _VERBS), None)
    if verb is None or verb.lemma_ != "be" or verb == trigger:
        return False
    trips = [c for c in verb.children if c.dep_ == "nsubj" and c.lemma_ in words("trip_noun")]
    return any(trip != trigger and trip.tag_ == "NNS" for trip in trips)


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
        if node.pos_ not in _VERBS or node.dep_ != "advcl":
            continue
        why = any(c.dep_ == "mark" and c.lower_ in words("reason") for c in node.children)
        subject = next((c for c in node.children if c.dep_ in {"nsubj", "nsubjpass"}), None)
        acts = subject is not None and subject.lower_ not in {"it", "this", "which", "that"}
        return why and acts and node.lemma_.lower() not in own
    return False


def _is_in_other_clause(path: Sequence[Token], anchors: Sequence[Token]) -> bool:
    """Tell "a note issued on Monday", "elected last month", "agreements reached in January"."""
    own = words("opens_trip", "moves", "leaves_again", "finish")
    if path and path[0].dep_ == "conj":
        return False  # "arranged in May, and in June he flew to Lima"
    for node in path:
        if node.pos_ not in _VERBS or node.dep_ not in _CLAUSES:
            continue
        lemma = node.lemma_.lower()
        if node.dep_ == "advcl" and any(c.lower_ == "last" for c in node.children):
            return True  # "his second visit, as he was last there in 2017"
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


def _is_behind_what_led_up(date: Token, trigger: Token) -> bool:
    """Tell "the visit follows talks held in May", "comes in the wake of talks in Lima, in May".

    Not "the visit follows talks in Lima and ends in May", "comes on 3 May, after talks in Lima".
    """
    over = trigger.head
    if trigger.dep_ != "nsubj" or over.lemma_ not in words("comes_behind"):
        return False
    behind = words("led_up", "after_trip")
    marks = (t for t in over.subtree if t.i > over.i and t.lower_ in behind)
    mark = over if over.lemma_ == "follow" else next(marks, None)
    if mark is None or mark.i >= date.i:
        return False
    between = date.doc[mark.i + 1 : date.left_edge.i]
    noun = any(t.pos_ in _NOUNS for t in between)
    return noun and not any(t.tag_ in {"VBD", "VBZ", "VBP", "MD"} for t in between)


def _is_about_person(verb: Token, anchors: Sequence[Token]) -> bool:
    """Tell "X, who took office in May, will visit Lima", where May is no day of the trip."""
    clause = verb.head if verb.dep_ in {"xcomp", "advcl"} else verb
    head = clause.head
    things = words("trip_noun", "event")
    acts = head.dep_ in {"nsubj", "nsubjpass"} and head.lemma_.lower() not in things
    person = head.ent_type_ == "PERSON" and not is_of_which(clause)
    told = clause.dep_ in {"relcl", "acl"} and (acts or person)
    return told and all(anchor not in verb.subtree for anchor in anchors)


def _has_own_subject(verb: Token) -> bool:
    """Tell "since the war began in May", where what began is no trip."""
    if verb.lemma_ not in words("opens_trip", "finish"):
        return False
    subject = next((c for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"}), None)
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
        if node.pos_ not in _NOUNS and node.lower_ not in _OF:
            return False
    return False


def is_of_else(doc: Doc, start: int) -> bool:
    """Tell the date at token `start` of "since 2018", "until May": no day on which one travels.

    Also of "days after Christmas".
    """
    if _is_in_name_of_part(doc[start]):
        return True
    if is_within_since(doc[start]) or (start and counted_from(doc, start) == start - 1):
        return True
    for back in range(1, _SINCE_REACH):
        if start - back < 0 or doc[start - back].text in {",", ";", ".", "("}:
            return False
        word = doc[start - back].lower_
        if word == "since":
            if _is_closed(doc[start - back], start):
                return False
            verb = governing_verb(doc[start - back])
            return verb is None or not is_since(doc[start - back], verb)
        if word in words("until") and not _has_verb(doc[start - back : start]):
            verb = governing_verb(doc[start - back])
            return verb is None or until_when(verb) != doc[start - back]
        if word == "before" and doc[start : start + 3].text.lower() == "the end of":
            return False
        if back <= 2 and word in words("not_of_trip"):
            return True
    return False


def _is_in_name_of_part(date: Token) -> bool:
    """Tell the day of "visits Lima as part of the Labour Day festivities", which names them."""
    named = date
    while named.head.i > named.i and named.dep_ in _BEFORE_NOUN:
        named = named.head
    over = named.head
    part = over.lower_ == "of" and over.head.lower_ == "part"
    return part and named != date and named.lemma_ not in words("trip_noun")


def _is_closed(since: Token, date: int) -> bool:
    """Tell "to visit since the vote arrived on Monday": another verb stands between."""
    end = since.right_edge.i
    behind = since.dep_ == "prep" and since.head.i < since.i and end < date
    return behind and any(t.pos_ == "VERB" for t in since.doc[end + 1 : date])


def _has_verb(span: Span) -> bool:
    return any(token.pos_ in _VERBS for token in span)


def is_length(told: Span) -> bool:
    """Tell "an overnight stop", which says how long, from "flew in overnight"."""
    return told.text.lower() == "overnight" and told.root.dep_ in _BEFORE_NOUN


__all__ = ["is_length", "is_of_another", "is_of_else"]
