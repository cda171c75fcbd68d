"""How the noun of a trip hangs in its sentence: clauses, preposition, what it is part of."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from pipeline.discourse.denials import is_negated
from pipeline.discourse.governing import off_by
from pipeline.discourse.hearsay import is_talked_of
from pipeline.discourse.tables import words
from pipeline.discourse.verb_forms import auxiliaries_of, tense_of
from pipeline.discourse.verbs import takes_place
from pipeline.headings import is_passive_of_headline
from pipeline.labels import ADNOMINAL, PRESENT, SUBJECTS, UNDERGONE, VERBS
from pipeline.neighbours import word_behind

#: How far before its "to" a "run-up" begins ("in the long run-up to"), in tokens.
_RUN_UP = 6


def clauses_of(noun: Token) -> Iterator[Token]:
    """Yield the clauses that tell of a noun, also where the parse hangs them on its place."""
    for node in [noun, *(t for t in noun.subtree if t.head.lower_ in {"to", "by", "of"})]:
        if node == noun or node.dep_ == "pobj":
            yield from (c for c in node.children if c.dep_ in ADNOMINAL and c.i > noun.i)


def is_set_in(clause: Token) -> bool:
    """Tell "a visit in which they decided to build a port": not the visit is decided on.

    So "a visit to Lima, when they agreed on a port".
    """
    if any(c.tag_ == "WRB" and c.dep_ == "advmod" and c.i < clause.i for c in clause.children):
        return any(c.dep_ == "nsubj" for c in clause.children)
    return any(
        token.lower_ in {"which", "where", "when"} and token.head.pos_ == "ADP"
        for token in clause.subtree
        if token.i < clause.i
    )


def is_timetabled(noun: Token) -> bool:
    """Tell "the trip of the minister to Lima, planned for May" by position.

    Also "the trip to Lima taking place next week", "beginning on Friday", "to be held in May". Not
    "X, on a trip to Lima, planned to meet the king", "is on a trip to Lima beginning on Friday".
    """
    for token in noun.doc[noun.i + 1 : min(noun.sent.end, noun.i + 20)]:
        following = word_behind(token)
        if token.i < noun.i + 14 and token.lower_ in words("timetabled"):
            own = any(c.dep_ == "nsubj" and c.i < noun.i for c in token.children)
            return following in {"for", "on", "from", "to", "in"} and not (
                own and token.tag_ == "VBD"
            )
        if token.pos_ in VERBS:
            if _is_to_be_held(noun, token):
                return True
            return token.head == noun and noun.head.lower_ != "on" and _is_to_begin(token)
    return False


def _is_to_be_held(noun: Token, be: Token) -> bool:
    """Tell "talks of the two to be held in Lima on Friday" from "a visit for talks to be held"."""
    if (
        be.dep_ != "auxpass"
        or be.doc[be.i - 1].lower_ != "to"
        or be.head.lemma_ not in words("held")
    ):
        return False
    other = words("event", "trip_noun", "behind_after")
    between = be.doc[noun.i + 1 : be.i]
    return not any(t.pos_ == "NOUN" and t.lemma_.lower() in other for t in between)


def _is_to_begin(verb: Token) -> bool:
    """Tell "beginning on Friday", "taking place next week" from "beginning with a dinner"."""
    if verb.tag_ != "VBG":
        return False
    place = takes_place(verb)
    dated = any(t.ent_type_ == "DATE" for t in verb.subtree)
    return dated and (place or verb.lemma_ in words("opens_trip"))


def preposition_of(noun: Token) -> str:
    """Return the preposition before a noun, "ahead" for "ahead of", "on the eve of".

    So "in the run-up to"; "after" for "in the wake of", "during" for "for the duration of", "in
    conjunction with".
    """
    node = noun
    while node.dep_ in {"conj", "compound"} and node.head != node:
        node = node.head
    if node.dep_ == "pobj":
        head = node.head
        if head.lower_ == "of" and head.head.lower_ in words("on_eve"):
            return "ahead"
        if head.lower_ == "of" and head.head.lower_ in words("in_aftermath"):
            return "after"
        if head.lower_ == "of" and head.head.lower_ in words("all_of_trip"):
            return "during"
        if head.lower_ == "with" and head.head.lower_ == "conjunction":
            return "during"
        if head.lower_ == "to" and head.head.lower_ == "prior":
            return "prior"
        if head.lower_ == "to" and head.head.lower_ in words("run_up"):
            before = noun.doc[max(0, head.i - _RUN_UP) : head.i]
            return "ahead" if any(t.lower_ in {"in", "during"} for t in before) else "to"
        return head.lower_
    return ""


def is_unreal(near: set[str]) -> bool:
    """Tell "a possible visit", "such a visit" by what stands before; not "a third such visit"."""
    told = near & words("unreal")
    return bool(told) and not (told == {"such"} and near & words("ordinal"))


def part_of_trip(noun: Token) -> str | None:
    """Return which day or leg of a trip a sentence is set on ("on the second day of his visit").

    The last leg of a tour is no last day of the visit that it is.
    """
    head = noun.head
    part = head.head
    if head.lower_ == "of" and part.head.lower_ in {"at", "towards", "toward", "near"}:
        last = "last" if part.lemma_ in words("end_of_trip") else None
        return "first" if part.lemma_ in words("start_of_trip") else last
    over = part.lemma_ in words("end_of_trip") and part.head.lower_ in words("upon")
    if head.lower_ == "of" and over:
        return "last"  # "left Lima upon completion of his visit"
    if head.lower_ != "of" or part.lemma_ not in words("piece_of_trip"):
        return None
    set_on = part.dep_ == "pobj" and part.head.lower_ in {"on", "during", "for"}
    if not set_on and part.dep_ not in {"appos", "npadvmod", "attr"}:
        return None
    if part.dep_ == "attr" and part.lemma_ in words("brief_stop"):
        return None  # "Mali is the final stop of the tour", where one may be yet to go
    ordinals = [c for c in part.children if c.dep_ in {"amod", "nummod", "compound"}]
    ordinal = ordinals[0].lower_.replace("final", "last") if ordinals else None
    return "later" if ordinal == "last" and part.lemma_ != "day" else ordinal


def is_on_trip(noun: Token, verb: Token) -> bool:
    """Tell "during his visit", "On a visit, he said", not "spoke on the visit"."""
    preposition = preposition_of(noun)
    return preposition == "during" or (preposition == "on" and noun.i < verb.i)


def is_being_paid(noun: Token, verb: Token) -> bool:
    """Tell "is paying a visit to Peru" from "makes a visit to Peru", of whatever day."""
    paid = noun.dep_ == "dobj" and noun.head == verb and verb.lemma_ in words("pays")
    return paid and tense_of(verb) == "progressive"


def tour_over(region: Token) -> Token:
    """Return the tour of "a tour of Asia, which includes Lima", else the word itself."""
    if region.dep_ != "pobj" or region.head.lower_ not in words("leads_through_region"):
        return region
    over = region.head.head
    return over if over.lemma_ in words("trip_noun") else region


def tour_of_stop(stop: Token) -> Token | None:
    """Return the tour of "a tour with stops in Lima", "a trip that was to include a visit to Lima".

    Also where the parse hangs "with stops" on the verb: "called off a trip with stops in Lima".
    """
    over = stop.head
    if over.lower_ in words("with_stops") and over.i < stop.i:
        above = [over.head, *(c for c in over.head.children if c.dep_ in UNDERGONE)]
        return next((t for t in above if _is_trip(t) and t.i < over.i), None)
    if stop.dep_ == "dobj" and over.lemma_ in words("takes_in"):
        clause = over.head if over.dep_ == "xcomp" else over
        return _trip_over(clause.head) if clause.dep_ == "relcl" else None
    return None


def _trip_over(noun: Token) -> Token | None:
    """Return the trip of "a trip to the Gulf, which includes", parsed as of the Gulf."""
    if noun.dep_ == "pobj" and not _is_trip(noun):
        noun = noun.head.head
    return noun if _is_trip(noun) else None


def _is_trip(noun: Token) -> bool:
    return noun.pos_ == "NOUN" and noun.lemma_ in words("trip_noun")


def is_set(noun: Token) -> bool:
    """Tell "may come up during his visit", "his visit could upset Peru": not the visit may be."""
    verb = noun.head
    causes = noun.dep_ == "nsubj" and any(c.dep_ == "dobj" for c in verb.children)
    causes = causes and verb.lemma_ not in words("takes_place")
    causes = causes and bool(auxiliaries_of(verb) & words("may_cause"))
    return is_owned(noun) and (causes or preposition_of(noun) in {"during", "on", "in"})


def is_owned(noun: Token) -> bool:
    """Tell "his visit", "the visit", one that is known, from "a visit"."""
    return any(c.dep_ == "poss" or c.lower_ in {"the", "this"} for c in noun.children)


def is_no_plan(noun: Token) -> bool:
    """Tell "no plans for a visit", and one of which people but talk."""
    if is_talked_of(noun):
        return True
    above = noun.head.head if noun.dep_ == "pobj" else noun
    planned = above.lemma_.lower() in words("no_plan_noun")
    return planned and any(child.lower_ == "no" for child in above.children)


def is_unplanned(plan: Token, verb: Token | None) -> bool:
    """Tell "has no plans to visit", "has not announced any plans to", "denied any plan to".

    Args:
        verb: the verb over the plan. "Has not changed his plans to visit" is no such.
    """
    before = {child.lower_ for child in plan.children if child.i < plan.i}
    if "no" in before:
        return True
    if verb is None or off_by(verb) is not None:
        return False
    return "any" in before or (is_negated(verb) and verb.lemma_ in words("makes_plan"))


def is_in_no_plan(trip: Token, verb: Token) -> bool:
    """Tell "the visit is not planned", "has yet to be confirmed" of one that is in no plan.

    Not "the visit was not planned", "has not been announced", which may be made all the same, nor
    "is not expected to bring a deal", "is not meant as a slight", "is not due before June".
    """
    ahead = [verb, *(c for c in verb.children if c.dep_ == "xcomp" and verb.lemma_ == "have")]
    if trip.dep_ not in SUBJECTS:
        return False
    return any(_is_out_of_plan(clause) for clause in ahead)


def _is_out_of_plan(verb: Token) -> bool:
    if verb.lemma_ not in words("plan"):
        return False
    if verb.doc[max(0, verb.i - 3) : verb.i].text.lower() == "yet to be":
        return True
    present = any(c.tag_ in PRESENT for c in verb.children)
    present = present and not any(c.i > verb.i and _is_of_what_comes(c) for c in verb.children)
    return present and is_negated(verb) and verb.lemma_ not in words("merely_tells_plan")


def _is_of_what_comes(child: Token) -> bool:
    """Tell what is denied of a trip that comes: its aim, what it brings, that it comes before."""
    if child.dep_ in {"xcomp", "advcl", "ccomp"}:
        return child.lemma_ not in words("comes_about")
    return any(t.lower_ in words("denies_but_part") for t in (child, *child.children))


def is_announced(trip: Token, verb: Token) -> bool:
    """Tell "announced a visit", "confirms a trip to Lima", "confirmed her attendance": to come.

    And "the trip has been confirmed", the line "Trip to Lima confirmed", not "by photographs",
    "confirmed visits to Lima and Quito"; nor "confirmed the visit", "a visit in May", which may
    tell of one that was made.
    """
    if verb.lemma_ == "announce":
        return True
    attends = trip.lemma_ in words("attending") and verb.lemma_ in words("assures")
    done = trip.dep_ == "nsubjpass" or is_passive_of_headline(verb)
    bare = done and not any(c.dep_ == "agent" for c in verb.children)
    any_one = trip.dep_ == "dobj" and not any(c.dep_ == "poss" for c in trip.children)
    any_one = any_one and not any(c.lower_ in words("definite") for c in trip.children)
    any_one = any_one and not any(t.ent_type_ == "DATE" and t.i > trip.i for t in verb.subtree)
    told = bare or any_one or tense_of(verb) == "present"
    told = told and verb.lemma_ in words("tells_plan")
    return attends or (told and not any(t.lower_ in words("gone_by") for t in trip.subtree))


def is_current(noun: Token) -> bool:
    """Tell "currently on a visit"."""
    start = max(0, noun.left_edge.i - 4)
    near = {token.lower_ for token in noun.doc[start : noun.i]}
    return bool(near & words("at_present"))


def invitation_over(noun: Token) -> Token | None:
    """Return the invitation to a trip, but not the one at which it is made."""
    node = noun
    for _ in range(4):
        node = node.head
        if node.lemma_ in words("invitation") or _is_letter_of_invitation(node):
            return None if node.head.lower_ == "at" else node
    # "extended an invitation to X for a visit", where the visit hangs on the verb
    verb = noun.head.head if noun.head.lower_ == "for" else noun
    before = (c for c in verb.children if c.i < noun.i)
    beside = (c for c in before if c.lemma_ in words("invitation") or _is_letter_of_invitation(c))
    return next((c for c in beside if c.dep_ in UNDERGONE), None)


def _is_letter_of_invitation(noun: Token) -> bool:
    parts = (c.lower_ for c in noun.children if c.dep_ == "compound")
    return noun.lemma_ == "letter" and "invitation" in parts


def at_invitation(noun: Token) -> bool:
    """Tell "at the invitation of", said of a trip that is made."""
    return noun.head.lower_ == "at"


__all__ = [
    "at_invitation",
    "clauses_of",
    "invitation_over",
    "is_announced",
    "is_being_paid",
    "is_current",
    "is_in_no_plan",
    "is_no_plan",
    "is_on_trip",
    "is_owned",
    "is_set",
    "is_set_in",
    "is_timetabled",
    "is_unplanned",
    "is_unreal",
    "part_of_trip",
    "preposition_of",
    "tour_of_stop",
    "tour_over",
]
