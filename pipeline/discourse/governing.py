"""The verb under which a trip's noun stands, and the place that it has there."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from models.visit import VisitStatus
from pipeline.discourse.denials import is_negated
from pipeline.discourse.tables import words
from pipeline.discourse.verb_forms import is_cut_short, tense_of
from pipeline.labels import (
    AUXILIARIES,
    NOUNS,
    OBJECTS,
    PAST,
    PREMODIFIERS,
    SUBJECTS,
    UNDERGONE,
    VERBS,
)
from pipeline.neighbours import prep_objects, text_at

#: How many tokens before "the tour includes" the tour may be told.
_BACK = 70
#: How far before the visit of a headline may be told that it is not to be, in tokens.
_BILL_REACH = 10
#: How many tokens may stand between "billed for" and the visit of a headline, and which.
_HEADED, _BEFORE_VISIT = 5, frozenset({"PROPN", "NOUN", "ADJ", "DET", "NUM", "PART"})
#: What ties a leg to its tour ("the Peruvian leg of her tour"), and the entities that are lands.
_OF_LEG, _LANDS = frozenset({"of", "on", "in"}), frozenset({"GPE", "NORP"})

#: How the parse hangs the participle of "was on Monday cancelled" on its "was".
_BEHIND_BE = frozenset({"xcomp", "acomp", "advcl"})


def governing_verb(token: Token) -> Token | None:
    """Return the nearest verb above a token."""
    node = token
    while node.head != node:
        node = node.head
        if node.pos_ in VERBS and node.dep_ != "prep":  # "following a visit"
            if _is_aim_of_headline(node, token):
                return None
            return node.head if _is_aim(node, token) else node
    return None


def _is_aim_of_headline(verb: Token, noun: Token) -> bool:
    """Tell "X on a visit to Peru to sign a pact", whose only verb tells what for."""
    on = noun.dep_ == "pobj" and noun.head.lower_ == "on"
    to = (c for c in verb.children if c.dep_ == "aux" and c.lower_ == "to")
    return on and verb.dep_ == "ROOT" and verb.tag_ == "VB" and any(c.i > noun.i for c in to)


def _is_aim(verb: Token, noun: Token) -> bool:
    """Tell "makes a visit to Peru to sign a pact", the visit parsed as what signs."""
    if noun.dep_ != "nsubj" or noun.head != verb or verb.dep_ != "ccomp":
        return False
    aims = any(child.lower_ == "to" and child.i > noun.i for child in verb.children)
    return aims and verb.head.i < noun.i and verb.head.lemma_ in words("pays")


def is_argument(noun: Token, verb: Token) -> bool:
    """Tell the subject or object of a verb, also beside another one."""
    node = leg_named(noun) or _named_for_owner(noun) or noun
    while node.head != node and node.dep_ in {"conj", "appos", "compound"}:
        node = node.head
    return node.head == verb and node.dep_ in {"dobj", "nsubj", "nsubjpass", "obj", "attr"}


def leg_named(tour: Token) -> Token | None:
    """Return the "leg" of "the Peruvian leg of her tour", which a land before it names.

    Not that of "the last leg of her tour".
    """
    leg = tour.head.head
    if tour.dep_ != "pobj" or tour.head.lower_ not in _OF_LEG:
        return None
    if leg.lemma_.lower() not in words("leg_of_tour"):
        return None
    named = (c for c in leg.children if c.i < leg.i and c.dep_ in PREMODIFIERS)
    return leg if any(c.ent_type_ in _LANDS for c in named) else None


def _named_for_owner(noun: Token) -> Token | None:
    """Return the name in "King X of Peru's visit", which the parse takes for what is visited.

    Not the "news" of "news of Peru's visit".
    """
    of = noun.head
    if noun.dep_ != "pobj" or of.lower_ != "of" or of.head.ent_type_ != "PERSON":
        return None
    lands = (c for c in noun.children if c.dep_ == "poss" and c.pos_ == "PROPN")
    return of.head if any(land.left_edge.i == of.i + 1 for land in lands) else None


def off_by(verb: Token) -> VisitStatus | None:
    """Return what a verb of calling off or putting off makes of its object, None for others."""
    lemma = verb.lemma_.lower()
    particles = {child.lower_ for child in verb.children if child.dep_ == "prt"}
    particles |= {t.lower_ for t in verb.doc[verb.i + 1 : verb.i + 2] if t.lower_ == "back"}
    if fell := _fallen_through(verb, lemma):
        return fell
    if is_cut_short(verb):
        return None  # "broke off his visit" of one who was there
    if lemma in words("cancel") or (lemma in words("off_with_particle") and "off" in particles):
        return "cancelled"
    moved_on = lemma in words("moves_alone") and not any(
        child.dep_ in UNDERGONE for child in verb.children
    )
    put_off = lemma in words("postpone") and not moved_on  # "the tour moved to Lima"
    if put_off or (lemma in words("off_or_back") and particles & {"off", "back"}):
        return "postponed"
    return None


def off_after_all(noun: Token, verb: Token) -> Token | None:
    """Return the "postponed" of "the visit was announced in March but has been postponed".

    And of "was due to take place on Monday but was postponed", "the visit, planned for May, has
    been postponed", "was on Friday postponed", where what stands between misleads the parse. Not
    of "the visit was hailed but was delayed by an hour". So too of "the visit had to be postponed",
    and of "planned a visit for May before it was postponed".
    """
    below = list(_set_by(verb))
    subject = noun.dep_ in SUBJECTS
    apart = (behind_aside(verb) or _undergone(verb)) if subject else _off_before(noun, verb)
    if apart is not None and off_by(apart):
        return apart
    if not subject or not (len(below) > 1 or verb.lemma_ in words("plan")):
        return None
    joined = (_compelled(later) for node in below for later in node.conjuncts)
    for later in joined:
        other = any(c.dep_ in {"nsubj", "nsubjpass", "dobj"} for c in later.children)
        told = later.tag_ == "VBN" and tense_of(later) in {"past", "infinitive"}
        behind = later.i > verb.i and told
        if behind and not other and not is_negated(later) and off_by(later):
            return later
    return None


def behind_aside(verb: Token) -> Token | None:
    """Return the verb of "the visit, planned for May, has been put off", "was on Friday put off".

    The parse takes "planned", and the "was" that stands apart, for what the visit is told to do.
    """
    if verb.lemma_ == "be":
        if verb.dep_ in AUXILIARIES and verb.head.i > verb.i:
            return verb.head
        below = (c for c in verb.children if c.dep_ in _BEHIND_BE and c.i > verb.i + 1)
        alone = (c for c in below if not any(t.dep_ in {*SUBJECTS, "mark"} for t in c.children))
        return next((c for c in alone if c.tag_ in PAST), None)
    bare = verb.tag_ == "VBN" and not any(c.dep_ in AUXILIARIES for c in verb.children)
    opening = verb.i - 1  # ", twice delayed,"
    while opening > 0 and verb.doc[opening].pos_ == "ADV":
        opening -= 1
    aside = bare and verb.dep_ in {"ccomp", "advcl"} and text_at(verb.doc, opening) == ","
    return verb.head if aside and verb.head.i > verb.i else None


def _undergone(verb: Token) -> Token | None:
    """Return the "cancelled" of "the visit had to be cancelled", not "had to draw"."""
    off = _compelled(verb)
    passive = any(child.dep_ == "auxpass" for child in off.children)
    return off if off != verb and passive and not is_negated(verb) else None


def _off_before(noun: Token, verb: Token) -> Token | None:
    """Return the "postponed" of "had planned a visit before it was postponed".

    So of "a visit, which was planned for May before it was postponed".
    """
    plans = (verb, *(child for child in noun.children if child.dep_ == "relcl"))
    for plan in plans:
        for later in plan.children if plan.lemma_ in words("plan") else ():
            before = any(c.lower_ in {"before", "until"} for c in later.children)
            same = any(
                c.dep_ == "nsubjpass" and c.lower_ in words("trip_again") for c in later.children
            )
            if later.dep_ == "advcl" and before and same and tense_of(later) == "past":
                return later
    return None


def _compelled(verb: Token) -> Token:
    """Return the "cancelled" of "had to be cancelled", else the verb itself."""
    told = (c for c in verb.children if verb.lemma_ == "have" and c.dep_ == "xcomp")
    return next(told, verb)


def _set_by(verb: Token) -> Iterator[Token]:
    """Yield a verb and the infinitive below it: the "take" of "was (due) to take place"."""
    yield verb
    for child in verb.children:
        if child.i > verb.i and child.dep_ in {"xcomp", "acomp"}:
            yield from _set_by(child)


def is_unplugged(noun: Token, verb: Token) -> bool:
    """Tell "pulled the plug on the visit", "pulled out of it", "withdrew from it"."""
    if noun.dep_ != "pobj" or is_negated(verb):
        return False
    plug = any(c.lower_ == "plug" and c.dep_ in OBJECTS for c in verb.children)
    out = verb.doc[verb.i + 1 : noun.head.i + 1].text.lower()
    leaves = verb.lemma_ in words("backs_out") and out in words("out_of_plan")
    return (plug and verb.lemma_ == "pull") or leaves


def _fallen_through(verb: Token, lemma: str) -> VisitStatus | None:
    """Read "the trip fell through", "is off", "was put on hold", not "is off to a good start".

    Nor "was off the record".
    """
    below = (c for c in verb.children if c.i > verb.i and (c.lower_ != "off" or not any(c.rights)))
    behind = {c.lower_ for c in below if verb.doc[c.i : c.i + 2].text.lower() != "off to"}
    held = {h.lower_ for h in prep_objects(verb, "on")}
    if lemma == "be" and "off" in behind:
        at = next((c.i for c in verb.children if c.lower_ == "off" and c.i > verb.i), verb.i)
        later = verb.doc[at + 1 : at + 4]  # "is off for now", "until further notice"
        return "postponed" if any(t.lower_ in words("off_for_now") for t in later) else "cancelled"
    if lemma == "fall" and "through" in behind:
        return "cancelled"
    before = verb.doc[max(0, verb.i - 2) : verb.i]  # "put on hold her trip", "hold" as its verb
    aside = lemma in words("on_hold") and len(before) == 2 and before[1].lower_ == "on"
    put, on = (before[0].lemma_, {lemma}) if aside else (lemma, held)
    return "postponed" if put in words("puts_on_hold") and on & words("on_hold") else None


def is_due_for(noun: Token, verb: Token | None) -> bool:
    """Tell "was due in Lima for a three-day visit", and "Premier billed for Lima visit"."""
    headed = _is_headed_for(noun)
    if verb is None or headed:
        return headed
    behind = (c for c in verb.children if c.dep_ == "acomp" and c.i < noun.i)
    due = verb.lemma_ == "be" and any(c.lower_ in words("timetabled") for c in behind)
    return due and noun.head.lower_ == "for" and not is_negated(verb)


def is_unbilled(noun: Token) -> bool:
    """Tell the headline "No premier set for Lima visit", "Premier no longer billed for it"."""
    before = noun.doc[max(noun.sent.start, noun.i - _BILL_REACH) : noun.i]
    return _is_headed_for(noun) and any(t.lower_ in {"no", "not", "never"} for t in before)


def _is_headed_for(noun: Token) -> bool:
    """Tell "set for Lima visit" of a headline, in which no verb stands before it."""
    doc, at = noun.doc, noun.i - 1
    while at > 1 and noun.i - at <= _HEADED and doc[at].pos_ in _BEFORE_VISIT:
        at -= 1
    if at < 2 or doc[at].lower_ != "for":
        return False
    told = doc[at - 1 - (doc[at - 1].lower_ == "up")]
    aided = any(c.pos_ == "AUX" or c.dep_ == "aux" for c in told.children)
    return told.lower_ in words("billed") and not aided and doc[told.i - 1].pos_ != "AUX"


def is_where_agreed(noun: Token, verb: Token) -> bool:
    """Tell "agreed to build a port during a visit by X", a visit at which that was agreed.

    So "agreed to build a port during talks in Lima", not "agreed to talk more during the summit",
    "agreed to confer during visits". What one tried to do at the talks was done there, too, and so
    was what they agreed on "at their talks"; not "agreed to sign it at their talks next month". Of
    "agreed to raise ties during the visit of X" the visit is that under way, if none is "next".
    """
    first = verb.head if verb.dep_ == "conj" and verb.tag_ == "VB" else verb
    above = first.head
    if first.dep_ == "xcomp" and above.lemma_ in words("tries"):
        return tense_of(above) == "past"
    agreed = first.dep_ == "xcomp" and above.lemma_ in words("agrees")
    beside = {child.lower_ for child in noun.children if child.i < noun.i}
    talks = noun.tag_ == "NNS" and noun.lemma_ not in words("trip_noun")
    bare = talks and not beside & words("definite")
    met = noun.lemma_ in words("talks_of_agreed") and verb.lemma_ not in words("done_when_met")
    theirs = met and "their" in beside and words("of_time_ahead").isdisjoint(_lowers(noun))
    trip = noun.lemma_ in words("trip_noun") and "the" in beside
    here = trip and "here" in _lowers(noun)  # "the visit of X here"
    told = verb.lemma_ not in words("done_when_met") and not _lowers(verb) & words("of_time_ahead")
    raised = trip and told and any(t.lower_ in {"of", "by"} for t in noun.children)
    new = bare or theirs or here or raised or bool(beside & {"a", "an"})
    return agreed and new and tense_of(above) == "past"


def _lowers(noun: Token) -> set[str]:
    return {token.lower_ for token in noun.subtree}


def comes_second(noun: Token, verb: Token) -> bool:
    """Tell the earlier trip of "the visit follows one by X", "comes on the heels of X's visit".

    Of what "will follow a visit" the other may be ahead as well, unless its day is gone by.
    """
    node = noun
    while node.dep_ == "conj" and node.head.pos_ in NOUNS:
        node = node.head
    lemma = verb.lemma_.lower()
    if node.head == verb:
        gone = not _behind_clause(noun).isdisjoint(words("of_time_past"))
        second = lemma == "follow" and node.dep_ in OBJECTS
        return second and (gone or tense_of(verb) != "future")
    if node.head.dep_ == "agent":
        return lemma == "precede"
    return node.head.lower_ == "of" and node.head.head.lower_ in words("on_heels")


def _behind_clause(noun: Token) -> set[str]:
    """Return the words behind a noun up to the next comma or verb."""
    behind = noun.doc[noun.i + 1 : noun.sent.end]
    ends = (t.i for t in behind if t.is_punct or t.pos_ in VERBS)
    return {t.lower_ for t in noun.doc[noun.i + 1 : next(ends, noun.sent.end)]}


def first_leg_of(noun: Token, verb: Token) -> Token | None:
    """Return what "was due to fly to Lima, followed by a stop in Quito" sets before the stop."""
    behind = noun.head.lower_ == "by" and noun.head.head == verb and verb.tag_ == "VBN"
    aside = verb.dep_ in {"acl", "advcl", "conj", "dep", "ccomp", "xcomp"} and verb.head != verb
    led = any(child.dep_ in {"aux", "auxpass", "nsubj", "nsubjpass"} for child in verb.children)
    if not (behind and aside and verb.lemma_ == "follow") or led:
        return None
    above = verb.head
    if above.pos_ not in VERBS:
        return above if above.lemma_ in words("trip_noun") else governing_verb(above)
    heads = (above, *(c for c in above.children if c.dep_ == "acomp"))  # "was due to fly"
    below = [c for head in heads for c in head.children if c.dep_ in {"dobj", "obj", "xcomp"}]
    below = [c for c in below if c.i < verb.i]
    legs = (c for c in below if c.dep_ == "xcomp" or c.lemma_ in words("trip_noun"))
    return next(legs, above)


def goes_on_later(noun: Token, verb: Token) -> bool:
    """Tell "will fly to Oslo after his trip to Lima", where neither is made yet, by the words.

    Not "will fly to Oslo after the recent trip to Lima", "will brief them after his trip".
    """
    leads_on = verb.lemma_ in words("moves", "next_leg") and verb.lemma_ != "return"
    # "adding a visit to Oslo after his trip to Lima"
    leads_on = leads_on or any(
        c.dep_ == "dobj" and c.lemma_ in words("trip_noun") for c in verb.children
    )
    own = any(c.lower_ in {"his", "her", "their", "a", "an"} for c in noun.children)
    past = {c.lower_ for c in noun.children} & words("past")
    if noun.i < verb.i and noun.lemma_ not in words("brief_stop"):
        own = any(c.lower_ in {"his", "her", "their"} for c in noun.children)
    later = any(c.lower_ in words("of_time_past") for c in noun.subtree)
    anothers = any(c.lower_ == "by" for c in noun.children)  # "weeks after a visit by Y"
    return leads_on and own and not (past or later or anothers)


def promise_over(deed: Token, trip: Token) -> Token:
    """Return the "agreed" of "agreed to send aid after the trip", which that came after.

    The deed itself where nobody promised it, and in "agreed to send aid after a trip next week".
    """
    head = deed.head
    promised = deed.dep_ == "xcomp" and deed.tag_ == "VB" and head.lemma_ in words("agrees")
    made = promised and tense_of(head) == "past" and not is_negated(head)
    ahead = any(t.lower_ in words("ahead_in_time") for t in trip.subtree)
    return head if made and not ahead else deed


def told_before(verb: Token) -> Token | None:
    """Return what tells of the tour of which "The tour includes stops in Lima" goes on to tell.

    This is its noun, or the verb of "She leaves on Monday. Her itinerary includes …".
    """
    tours = words("trip_noun", "itinerary")
    subject = next((c for c in verb.children if c.dep_ == "nsubj" and c.lemma_ in tours), None)
    if subject is None or not any(c.lower_ in words("definite") for c in subject.children):
        return None
    before = subject.doc[max(0, subject.left_edge.i - _BACK) : subject.left_edge.i]
    told = [t for t in reversed(before) if t.sent != subject.sent]
    nouns = (t for t in told if t.pos_ == "NOUN" and t.lemma_ in words("trip_noun"))
    moves = words("moves", "leaves_again")
    verbs = (t for t in told if t.dep_ in {"ROOT", "xcomp"} and t.lemma_ in moves)
    return next(nouns, None) or next(verbs, None)


def is_accepted(invitation: Token) -> bool:
    """Tell "accepted the invitation", "is taking up an invitation".

    What the next words tell of it the visits stage reads.
    """
    verb = governing_verb(invitation)
    return verb is not None and accepts(verb)


def accepts(verb: Token) -> bool:
    """Tell "accepts", "takes up" from "takes"."""
    up = any(c.lower_ == "up" and c.dep_ == "prt" for c in verb.children)
    return verb.lemma_ == "accept" or (verb.lemma_ == "take" and up)


__all__ = [
    "accepts",
    "behind_aside",
    "comes_second",
    "first_leg_of",
    "goes_on_later",
    "governing_verb",
    "is_accepted",
    "is_argument",
    "is_due_for",
    "is_unbilled",
    "is_unplugged",
    "is_where_agreed",
    "leg_named",
    "off_after_all",
    "off_by",
    "promise_over",
    "told_before",
]
