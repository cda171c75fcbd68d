"""Which verb a date belongs to: that of the trip, or another beside it."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from pipeline.discourse.governing import governing_verb
from pipeline.discourse.tables import words
from pipeline.discourse.timing.legs import is_before_home
from pipeline.discourse.verb_forms import tense_of
from pipeline.labels import ADNOMINAL, NOUNS, OBJECTS, OPENERS, PLURALS, SUBJECTS, VERBS

#: The relations of a clause that tells of a noun.
_OF_NOUN = frozenset({"relcl", "acl", "amod"})
#: Kinds of names of places, of which a clause may tell when one went there.
_LANDS = frozenset({"GPE", "LOC", "FAC"})


def stands_under(trigger: Token, date: Token) -> bool:
    """Tell "will today (Monday) depart", also where the parse takes the trigger for a name."""
    return date.i < trigger.i and trigger in date.ancestors


def is_before_subject(date: Token) -> bool:
    """Tell "On 4 May Foreign Minister X flew to Lima", the subject parsed as what the 4th is of."""
    noun = date.head
    while noun.dep_ in {"compound", "nmod", "npadvmod"} and noun.head.i != noun.i:
        noun = noun.head
    prep = noun.head
    if noun.dep_ != "pobj" or prep.lower_ not in words("opens_day"):
        return False
    if prep.i > date.i or any(t.ent_type_ != "DATE" for t in noun.doc[prep.i + 1 : date.i]):
        return False
    verb = prep.head
    subjects = [c.left_edge.i for c in verb.children if c.dep_ in SUBJECTS]
    part = all(i > date.i and noun.doc[i - 1].text != "," for i in subjects)
    return verb.pos_ in VERBS and prep.i < noun.i < verb.i and part


def is_of_thing(date: Token, anchors: Sequence[Token]) -> bool:
    """Tell "talks on the 1929 treaty", "the site of a 1944 massacre": no trip's year.

    That of "the 2017 summit", "his 2015 tour", "signed the 1990 treaty in Lima" may be.
    """
    noun = date.head.head if date.head.lower_ == "of" else date.head
    told = noun.i > date.i or date.head.lower_ == "of"
    if is_before_subject(date):
        return False
    if not told or noun.pos_ not in NOUNS or noun in anchors:
        return False
    lemma = noun.lemma_.lower()
    if lemma in words("event", "trip_noun", "part_of_time") or noun.ent_type_ == "DATE":
        return False
    told_of = words("definite") | {"a", "an"}
    known = {c.lower_ for c in noun.children} & told_of or noun.tag_ in PLURALS
    return bool(known) and noun.head not in anchors


def is_before_where(date: int, trigger: Token, *, during: bool = False) -> bool:
    """Tell "came back from Lima on Monday, where he had gone": he went another day.

    So "left on Monday for a tour, during which he will go to Lima".

    Args:
        during: whether the place is left aside in which both are told to be.
    """
    clause = next((t for t in (trigger, *trigger.ancestors) if t.dep_ in {"relcl", "advcl"}), None)
    if clause is None or date >= clause.left_edge.i:
        return False
    opening = trigger.doc[clause.left_edge.i : clause.i]
    where = any(t.lower_ == "where" for t in opening) and not during
    led = {"during"} if during else words("during_which")
    return where or any(t.lower_ == "which" and t.head.lower_ in led for t in opening)


def is_behind_aside(clause: Token, verb: Token, date: int) -> bool:
    """Tell the Monday of "X, who has been to Lima, landed in Quito on Monday": not Lima's.

    That of "X, who is in Lima, will leave on Monday" may be.

    Args:
        clause: the verb of the aside.
        verb: the verb that the date hangs on.
        date: the first token of the date.
    """
    of_subject = clause.head.dep_ in SUBJECTS and clause.head.head == verb
    if not of_subject or verb.lemma_ not in words("moves") | words("begin"):
        return False
    over = tense_of(clause) == "past"
    leaves = verb.lemma_ in words("leaves_again") and not _leads_on(verb)
    return over and not leaves and clause.right_edge.i < verb.i < date


#: From a trip told in an aside over whom it is of to the verb of the sentence are so many words.
_THROUGH_ONE_WHO_DOES = 3


def is_aside_of_comer(trigger: Token, verb: Token) -> bool:
    """Tell "X, who is on a visit to Peru, landed in Lima on Monday": he came on that day.

    Args:
        trigger: the word that tells the trip.
        verb: the verb that the date hangs on.
    """
    aside = next((t for t in (trigger, *trigger.ancestors) if t.dep_ == "relcl"), None)
    if aside is None or verb.lemma_ not in words("comes_somewhere"):
        return False
    return aside.head.dep_ in SUBJECTS and aside.head.head == verb


def busy_meanwhile(trigger: Token, verb: Token, start: int) -> Token | None:
    """Return the X of "X, who is in Lima for talks, met Y on Monday": one of the trip's days.

    Nor is it the day of the arrival of "X, who arrived in Lima for talks, met Y on Monday"; but it
    is that of "X, who is on a visit to Lima, landed on Monday".

    Args:
        trigger: the word that tells the trip.
        verb: the verb that the date hangs on.
        start: where the date begins.
    """
    if verb.lemma_.lower() in words("comes_somewhere", "opens_trip", "finish"):
        return None
    path = [trigger]
    while path[-1] != verb and path[-1].head != path[-1]:
        path.append(path[-1].head)
    if path[-1] != verb or len(path) < _THROUGH_ONE_WHO_DOES:
        return None
    who, aside = path[-2], path[-3]
    clause = aside.dep_ in {"relcl", "acl"} or (aside.dep_ == "prep" and aside.lower_ == "on")
    own = aside.left_edge.i <= start <= aside.right_edge.i
    return who if clause and not own and who.dep_ in {*SUBJECTS, *OBJECTS} else None


def _leads_on(verb: Token) -> bool:
    """Tell "left for Peru on Monday" from "left on Monday"."""
    return any(c.lower_ in {"for", "to"} and c.dep_ == "prep" for c in verb.children)


def is_held(verb: Token, anchors: Sequence[Token]) -> bool:
    """Tell "the summit to be held on 10 June will be attended by": the day is the event's."""
    events = [anchor for anchor in anchors[1:] if anchor.lemma_.lower() in words("event")]
    clause = verb.dep_ in ADNOMINAL and verb.head in events
    return clause and verb.lemma_ in words("held") and verb.i < anchors[0].i


def is_where_held(verb: Token, trigger: Token) -> bool:
    """Tell the day of "a forum was held in Lima on Monday, at which A took part": A's, too.

    Args:
        verb: the verb that the day hangs on.
        trigger: what is told in a clause behind the event.
    """
    if verb.lemma_ not in words("held", "opens_event"):
        return False
    clauses = (t for t in (trigger, *trigger.ancestors) if t.dep_ in {"relcl", "advcl"})
    clause = next(clauses, None)
    if clause is None or verb not in {clause.head, governing_verb(clause.head)}:
        return False  # "recalled the days in which A was there"
    told = (*verb.children, verb.head)
    if not any(c.lemma_.lower() in words("event") and c.i < clause.i for c in told):
        return False
    opening = trigger.doc[clause.left_edge.i : clause.i][:4]
    return any(t.lower_ == "which" and t.head.lower_ in words("at_which") for t in opening)


def is_of_what_goes_before(trigger: Token, end: int) -> bool:
    """Tell the day of "lands in Lima on Monday, after which he will fly to Quito": not of Quito.

    Args:
        end: the token behind the day.
    """
    doc = trigger.doc
    return any(
        doc[i].lower_ == "which" and doc[i - 1].lower_ in words("after_which")
        for i in range(end, trigger.i)
        if i
    )


def is_beside_coming(verb: Token, trigger: Token, end: int, *, coarse: bool) -> bool:
    """Tell the day of "the visit comes as farmers on Tuesday blocked roads": none of the visit.

    That of "the visit came as he toured Africa in March", "as both signed a pact" may be, as may
    the week or month in which something was while the visit came.

    Args:
        verb: the verb that the date hangs on, in many parses "comes" itself.
        trigger: the word that tells the trip.
        end: the token behind the date.
        coarse: whether the date is longer than a day.
    """
    if trigger.pos_ != "NOUN" or trigger.dep_ != "nsubj" or trigger.head.lemma_ != "come":
        return False
    if coarse and trigger.head.tag_ == "VBD":
        return False
    doc, over = trigger.doc, trigger.head
    if verb == over:
        verb = doc[min(end, len(doc) - 1)]
        marked = any(t.lower_ in words("comes_while") for t in doc[over.i + 1 : end])
    else:
        marked = any(c.dep_ == "mark" and c.lower_ in words("comes_while") for c in verb.children)
    if not marked or verb.dep_ != "advcl" or verb.head != over:
        return False
    subjects = [c for c in verb.children if c.dep_ == "nsubj"]
    both = (t for c in subjects for t in c.children)
    own = any(c.tag_ == "PRP" for c in subjects)
    return not own and not any(t.lower_ in words("host_and_guest") for t in both)


def is_meanwhile(trigger: Token, verb: Token) -> bool:
    """Tell "they agreed on Thursday, as the president visited Athens": one day for both."""
    clause = trigger
    while clause.dep_ != "advcl" and clause.head not in {clause, verb}:
        clause = clause.head
    marks = {child.lower_ for child in clause.children if child.dep_ in OPENERS}
    return clause.dep_ == "advcl" and clause.head == verb and bool(marks & {"as", "when", "while"})


def has_object(verb: Token, anchors: Sequence[Token]) -> bool:
    """Tell "returned the visit"."""
    return any(child in anchors and child.dep_ in OBJECTS for child in verb.children)


def is_of_the_place(verb: Token) -> bool:
    """Tell "visited Peru, where a strike began on Monday": the day is of what happens there.

    So "visited Peru, which joined the bank in March", "the city of Cusco, which was rebuilt in
    May", "where X took office in May". Not "Peru, where he spoke on Monday", "where the king
    received her", "where a summit opens", "which will host a summit on Monday", nor "a visit to
    Peru, which was due to begin on Monday".
    """
    subject = next((c for c in verb.children if c.dep_ in SUBJECTS), None)
    if verb.dep_ == "relcl" and subject is not None and subject.lower_ == "which":
        if verb.lemma_ == "be" and _was_to_begin(verb):
            return False
        hosts = words("held", "begin", "finish") | {"host"}
        place = verb.head.pos_ == "PROPN" or verb.head.lemma_ in words("place_noun")
        return place and verb.lemma_ not in hosts
    if verb.dep_ != "relcl" or subject is None or subject.pos_ not in NOUNS:
        return False
    if not any(c.lower_ == "where" for c in verb.children):
        return False
    if subject.ent_type_ == "PERSON" and not tells_of_life(verb):
        return False
    gathers = subject.lemma_.lower() in words("trip_noun", "event")
    return not gathers and not any(t.tag_ in {"PRP", "PRP$"} for t in verb.subtree)


def is_of_one_met(verb: Token, anchors: Sequence[Token]) -> bool:
    """Tell "met a minister who was elected in May", "opened the school he had begun in May".

    What somebody is or was dates no meeting with him. Not "met a minister who arrived on Monday",
    "for a visit that he began on Monday", nor "the summit he opened on Monday".
    """
    clause = verb
    while clause.dep_ in {"xcomp", "acomp"} and clause.head != clause:
        clause = clause.head
    head = clause.head
    if clause.dep_ not in ADNOMINAL or head.pos_ not in NOUNS:
        return False
    if (
        head.lemma_.lower() in words("trip_noun", "event", "part_of_time")
        or head.ent_type_ in _LANDS
    ):
        return False
    if any(anchor in verb.subtree for anchor in anchors):
        return False
    if any(c.lower_ in {"where", "when"} for c in clause.children):
        return False
    if clause.dep_ == "acl":
        return clause.tag_ == "VBN" and tells_of_life(clause)
    if verb.lemma_ in words("moves", "leaves_again"):
        return False
    subject = next((c for c in clause.children if c.dep_ in SUBJECTS), None)
    if subject is None or subject.lower_ == "who":
        return subject is not None and verb.lemma_ not in words("opens_trip", "finish")
    return subject.lower_ not in {"which", "that"} and subject.i < clause.i


def tells_of_life(verb: Token) -> bool:
    """Tell "resigned", "was sworn in", "took office", not "took part", "left for Lima"."""
    lemma = verb.lemma_
    if lemma not in words("takes_office"):
        return lemma in words("of_ones_life")
    offices = (c for c in verb.children if c.dep_ in OBJECTS)
    return any(c.lemma_ in {"office", "power"} for c in offices)


def _was_to_begin(verb: Token) -> bool:
    """Tell "a visit to Peru, which was due to take place on Monday": what was due is the visit."""
    place = verb.head.head
    of_trip = place.dep_ == "prep" and place.head.lemma_ in words("trip_noun")
    told = {t.lemma_ for t in verb.subtree if t.i > verb.i}
    begins = words("begin", "finish")
    return of_trip and (bool(told & begins) or {"take", "place"} <= told)


def is_of_which(clause: Token) -> bool:
    """Tell "the visit by X, which began on Monday", which the parse hangs on X, from "X, who"."""
    subjects = (c for c in clause.children if c.dep_ in SUBJECTS)
    return clause.dep_ == "relcl" and any(c.lower_ == "which" for c in subjects)


def is_of(verb: Token, anchors: Sequence[Token]) -> bool:
    """Tell whether a verb is an anchor, or has one as its subject, object or antecedent."""
    if verb in anchors or is_before_home(verb, anchors[0]):
        return True
    if is_of_the_place(verb):
        return False
    # "a visit that is set to begin on Friday", "the visit, due to begin on Friday"
    clause = verb
    while clause.dep_ in {"xcomp", "acomp"} and clause.head != clause:
        clause = clause.head
    if clause.dep_ in _OF_NOUN:
        # "their visit to Kenya, which ends on Friday" hangs on Kenya in many parses.
        node = clause.head
        made_for = node.lemma_ in words("trip_noun")  # "is in Lima for a visit that ends on Friday"
        for _ in range(3):
            if node in anchors:
                return True
            # "the premier, elected in May, will visit Kenya" was elected, and did not visit, in May
            who = node.ent_type_ == "PERSON" and not is_of_which(clause)
            who = who or node.dep_ in SUBJECTS
            if who or node.pos_ not in {"NOUN", "PROPN", "ADP"}:
                break
            if node.lower_ == "for" and not made_for:
                break
            node = node.head
    owners = [verb, verb.head] if verb.dep_ == "xcomp" else [verb]
    return any(
        child in anchors and child.dep_ in {"nsubj", "nsubjpass", "dobj"}
        for owner in owners
        for child in owner.children
    )


__all__ = [
    "busy_meanwhile",
    "has_object",
    "is_aside_of_comer",
    "is_before_subject",
    "is_before_where",
    "is_beside_coming",
    "is_held",
    "is_meanwhile",
    "is_of",
    "is_of_one_met",
    "is_of_the_place",
    "is_of_thing",
    "is_of_what_goes_before",
    "is_of_which",
    "is_where_held",
    "stands_under",
    "tells_of_life",
]
