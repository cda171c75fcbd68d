"""What stands with a trip where tense, or a clause beside it, would tell otherwise."""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.discourse.chances import chance_taken
from pipeline.discourse.denials import is_negated
from pipeline.discourse.governing import governing_verb, is_argument
from pipeline.discourse.hearsay import is_hearsay
from pipeline.discourse.suppositions import is_high_time, is_hypothetical
from pipeline.discourse.tables import words
from pipeline.discourse.trip_clauses import preposition_of
from pipeline.discourse.verb_forms import auxiliaries_of, has_weekday, tense_of
from pipeline.headings import is_noun_of_headline
from pipeline.labels import AUXILIARIES, OBJECTS, OPENERS, PAST, SUBJECTS, TIMES, UNDERGONE, VERBS
from pipeline.neighbours import prep_objects, word_behind

#: How many tokens behind a trip's noun say when it was.
_NEAR = 12


def is_only_wished(verb: Token) -> bool:
    """Tell "hopes that she will visit", "denied that he went", "seeking approval to travel".

    Nor is one told to go by "failed to visit", "is willing to come", "the idea of going".
    """
    if is_hearsay(verb) or is_high_time(verb):
        return True
    head = verb.head
    lemma = head.lemma_.lower()
    if verb.dep_ in {"ccomp", "acl"} and head.i < verb.i and _has_subject(verb):
        thought = lemma in words("believes") and is_negated(head)
        return thought or (lemma in words("doubted") and "had" not in auxiliaries_of(head))
    before = verb.doc[max(0, verb.i - 2) : verb.i]
    if verb.tag_ == "VB" and len(before) == 2 and before[1].lower_ == "to":
        sought = before[0].pos_ == "NOUN" and before[0].lemma_ in words("wish_noun")
        sought = sought and chance_taken(before[0]) is None
        willing = lemma in words("willing") and head.pos_ == "ADJ" and not _is_dated(verb)
        return sought or willing or (head.i < verb.i and lemma in words("undone_by"))
    if verb.dep_ != "pcomp":
        return False
    above = head.head
    named = [above, *(c for c in above.children if c.dep_ in OBJECTS and c.i < verb.i)]
    spoken_of = any(t.pos_ == "NOUN" and t.lemma_ in words("only_spoken_of") for t in named)
    if above.lower_ in words("near_to_doing"):
        told = governing_verb(above)
        return told is not None and tense_of(told) == "past"
    able = head.lower_ == "to" and above.lemma_ in words("willing")
    feels = above.pos_ == "ADJ" and above.lemma_ in words("feels_about")  # "afraid of going"
    able = able or (feels and head.lower_ in {"of", "about"})
    return able or (spoken_of and head.lower_ in {"of", "over", "about", "on"})


def _is_dated(verb: Token) -> bool:
    return any(token.ent_type_ in TIMES for token in verb.subtree)


def _has_subject(verb: Token) -> bool:
    """Tell "hopes that she will come" from "hopes that the visit will bring trade"."""
    subjects = [child for child in verb.children if child.dep_ in SUBJECTS]
    return bool(subjects) and all(s.lemma_ not in words("trip_noun") for s in subjects)


def is_soon(verb: Token) -> bool:
    """Tell "is leaving shortly", "is visiting Lima in the next few days": what is yet to be.

    So are "is travelling next to Peru", "lands later today", not "is standing next to her".
    """
    if _is_when_it_comes(verb):
        return True
    doc, end = verb.doc, verb.right_edge.i + 1
    if doc[verb.i + 1 : verb.i + 3].text.lower() == "next to":
        return verb.lemma_ in words("bound_for")
    for token in doc[verb.i + 1 : end]:
        before = doc[max(0, token.i - 2) : token.i].text.lower()
        if token.lower_ in words("of_next_days") and before in words("before_soon"):
            return True
        if token.pos_ in VERBS or token.text in {",", ";"}:
            return False
        if _is_rest_of_day(token):
            return True
        if token.lower_ in words("soon"):
            # "greets her shortly after …" is done, "is leaving shortly after …" is not
            return verb.tag_ == "VBG" or word_behind(token).lower() not in words("soon_beside")
    return False


def _is_rest_of_day(token: Token) -> bool:
    """Tell "later today", "later on Friday", "tonight", "this evening"; not "a day later"."""
    behind = token.doc[token.i + 1 : token.i + 4]
    if token.lower_ == "later":
        day = behind.text.lower() == "in the day"
        return day or (len(behind) > 0 and behind[0].lower_ in words("later_when"))
    if token.lower_ in words("hours_of_night"):
        return token.i > 0 and token.nbor(-1).lower_ == "this"
    return token.lower_ == "tonight"


def is_bound(verb: Token) -> bool:
    """Tell "is heading to Lima", "am leaving for Oslo": who is bound for a place is not there.

    Not "is leaving Lima for Oslo", "is travelling in Peru", "is now travelling to Oslo", nor "is
    flying to Oslo on Monday", of which the calendar tells.
    """
    if verb.lemma_ not in words("bound_for") or has_weekday(verb):
        return False
    below = {child.lower_ for child in verb.children}
    leaves = "from" in below or any(child.dep_ in OBJECTS for child in verb.children)
    on_trip = verb.lemma_ == "go" and any(
        thing.lemma_ in words("trip_noun") for thing in prep_objects(verb, "on")
    )  # "is going on a visit to Lima"
    led = on_trip or bool(below & {"to", "for"})
    return led and not leaves and not below & words("already_off")


def goes_on_now(verb: Token) -> bool:
    """Tell "has spent this week in Lima", "has been touring the south all week".

    And "has been in Lima for three days", not "has been to Lima for two days".
    """
    befores = {child.lower_ for child in verb.children if child.i < verb.i}
    if not befores & words("perfect_now", "perfect_in_short"):
        return False
    been = verb.lower_ == "been" and not any(c.lower_ == "to" for c in verb.children)
    goes_on = been or (verb.tag_ == "VBG" and "been" in befores)
    if not (verb.lemma_ == "spend" or goes_on):
        return False
    return (goes_on and any(_is_length(child) for child in verb.children)) or any(
        child.lemma_ in words("length_under_way")
        and any(c.lower_ in {"this", "all"} for c in child.children)
        for child in verb.children
    )


def _is_length(prep: Token) -> bool:
    """Tell "for three days", "throughout the week"; not "for the second day of talks"."""
    lengths = [c for c in prep.children if c.lemma_ in words("length_under_way")]
    if prep.lower_ == "throughout":
        return bool(lengths)
    return prep.lower_ == "for" and any(t.dep_ == "nummod" for c in lengths for t in c.children)


def _is_when_it_comes(verb: Token) -> bool:
    """Tell "when she visits Lima, she will", "once he lands, talks are to begin": yet to come.

    So is what is told in the present behind "before": "comes days before she begins her tour".
    """
    marks = {child.lower_ for child in verb.children if child.i < verb.i}
    if verb.dep_ == "advcl" and "before" in marks and tense_of(verb) == "present":
        return True
    if verb.dep_ != "advcl" or not marks & words("when_it_comes"):
        return False
    return tense_of(verb.head) in {"future", "infinitive"}


def is_goer_of_headline(noun: Token) -> bool:
    """Tell "Saudi crown prince to visit Egypt" from "the first Saudi to visit Egypt", who has."""
    ranked = any(c.lower_ in words("rank_among_all") for c in noun.children)
    return is_noun_of_headline(noun) and not ranked


def is_before_long_past(noun: Token) -> bool:
    """Tell "said before her trip earlier this month", "ahead of his visit last week".

    So "Six months ago, before her trip": it has been made since.
    """
    opening = noun.doc[noun.sent.start : noun.i]
    if len(opening) < _NEAR and any(t.lower_ == "ago" for t in opening):
        return True
    for token in noun.doc[noun.i + 1 : min(noun.i + _NEAR, noun.sent.end)]:
        if token.pos_ in VERBS or token.text in {",", ";"}:
            return False
        behind = word_behind(token)
        if token.lower_ == "ago" or (token.lower_ == "earlier" and behind in {"this", "in"}):
            return True  # not "earlier on Tuesday"
        if token.lower_ == "last" and token.head.lemma_ in words("part_of_time"):
            return True
    return False


def is_only_minded(verb: Token, above: Token) -> bool:
    """Tell "is committed to visiting Lima", "is keen on going there", "is opposed to going".

    Not "is ready to visit Lima", "is famous for visiting it", "devoted the week to visiting Lima".
    """
    if verb.dep_ != "pcomp" or verb.head.lower_ not in {"to", "on", "of"}:
        return False
    if above.pos_ == "ADJ":
        return above.lemma_.lower() not in words("plan")
    return verb.head.lower_ == "to" and above.lemma_.lower() in words("minded_to")


def is_only_urged(verb: Token) -> bool:
    """Tell the calling off of "rejected calls to cancel the trip", "was urged to put it off"."""
    if tense_of(verb) != "infinitive":
        return False
    above = verb.head
    called_for = words("hearsay", "urging")
    if above.pos_ == "NOUN":
        return above.lemma_ in called_for
    calls = any(c.dep_ in OBJECTS and c.lemma_ in called_for for c in above.children)
    return (calls or above.lemma_ in words("urging")) and verb.dep_ in {"xcomp", "ccomp", "advcl"}


def has_run(noun: Token, verb: Token) -> bool:
    """Tell "the planned visit took place", "went ahead on Monday", not "is to go ahead".

    So "kept to it throughout the long-planned visit", "made her much anticipated visit".
    """
    direct = noun.head == verb and noun.dep_ in OBJECTS
    if direct and verb.lemma_ in words("pays") and verb.tag_ == "VBD" and not is_negated(verb):
        return True
    if noun.dep_ == "pobj" and noun.head.lower_ == "throughout":
        return noun.head.head == verb and tense_of(verb) == "past"
    if noun.head != verb or noun.dep_ not in SUBJECTS or tense_of(verb) != "past":
        return False
    below = {child.lower_ for child in verb.children}
    return verb.lemma_ in words("finish") or bool(below & words("ran_as_planned"))


def is_recalled(verb: Token) -> bool:
    """Tell "before she even arrived in Lima, …", "when he landed, …", by no day of its own.

    What goes on now is told by the clause above it.
    """
    marks = {c.lower_ for c in verb.children if c.i < verb.i and c.dep_ in OPENERS}
    behind = verb.dep_ == "advcl" and tense_of(verb) == "past" and tense_of(verb.head) == "past"
    return behind and bool(marks & {"before", "when"}) and not _is_dated(verb)


def comes_to_nothing(noun: Token, verb: Token) -> bool:
    """Tell the trip of "will not go ahead with her visit to Lima", by a verb that is negated.

    "The visit will not take place", "decided not to make his planned visit" as well; not "did not
    go ahead with it", told of long ago, nor "may not go ahead with it", "not before June".
    """
    if auxiliaries_of(verb) & {"may", "might", "could", "would"} or is_hypothetical(verb):
        return False
    if any(c.lower_ == "for" and not c.n_rights and c.i > verb.i for c in verb.children):
        return False  # "her planned trip will not be paid for by the state"
    direct, lemma = is_argument(noun, verb), verb.lemma_.lower()
    behind = preposition_of(noun) == "with" and verb in {noun.head.head, noun.head.head.head}
    goes = lemma == "go" and any(c.lower_ == "ahead" for c in verb.children)
    gone_by = tense_of(verb) == "past"
    later = any(t.lower_ in words("not_yet") for t in verb.doc[noun.i + 1 : noun.sent.end])
    if (direct or behind) and (goes or lemma == "proceed") and not gone_by and not later:
        return True
    planned = any(c.lower_ in words("upcoming") for c in noun.children if c.i < noun.i)
    unpaid = lemma in words("pays") - words("opens_trip") and not gone_by
    unpaid = unpaid and not later and noun.dep_ != "nsubj"  # "her trip will not make peace"
    return direct and (lemma in words("comes_about") or (planned and unpaid))


def is_beside_speech(verb: Token) -> bool:
    """Tell "X, visiting Lima, said …", "visiting Lima, X told …": he is there as he speaks."""
    if verb.tag_ != "VBG" or verb.lemma_ not in words("stays_a_while") or auxiliaries_of(verb):
        return False
    set_apart = verb.i > 0 and verb.nbor(-1).text == ","  # parsed as a trait of the land
    hung = verb.dep_ in {"acl", "advcl"} or (verb.dep_ == "amod" and set_apart)
    if not hung or any(c.dep_ == "mark" for c in verb.children):
        return False
    above = governing_verb(verb)
    return above is not None and _speaks(above)


def is_said_on(noun: Token, verb: Token) -> bool:
    """Tell "X, on a visit to Lima, said …", "has said on a two-day trip to Lima"."""
    new = any(c.lower_ in {"a", "an"} for c in noun.children)
    past = {c.lower_ for c in noun.children} & words("past")
    return new and not past and _speaks(verb)


def is_aside_on(noun: Token, verb: Token) -> bool:
    """Tell "X, on a visit to Lima, will meet the king": he is there, whatever he is yet to do.

    Not "X, on a visit to Lima next week, will", "on a visit to Lima after the vote, will", nor "X
    will, on a visit to Lima, meet".
    """
    prep, doc = noun.head, noun.doc
    new = any(c.lower_ in {"a", "an"} for c in noun.children)
    end = noun.right_edge.i + 1
    if not new or prep.i < 1 or prep.i > verb.i or end >= len(doc):
        return False
    helped = any(c.dep_ in AUXILIARIES and c.i < prep.i for c in verb.children)
    behind = doc[noun.i + 1 : end]
    dated = any(t.ent_type_ == "DATE" or t.lower_ in words("at_other_event") for t in behind)
    return doc[prep.i - 1].text == "," == doc[end].text and not helped and not dated


def _speaks(verb: Token) -> bool:
    """Tell "said", "has told", not "had said", "will say"."""
    says = verb.lemma_ in words("speech", "comments", "not_in_speech")
    return says and tense_of(verb) == "past" and "had" not in auxiliaries_of(verb)


def is_of_other(clause: Token) -> bool:
    """Tell "a trip to Lima where she cancelled a meeting": not the trip is called off."""
    where = any(c.lower_ in {"where", "when", "during"} and c.i < clause.i for c in clause.children)
    own = UNDERGONE
    return where and any(c.dep_ in own for c in clause.children)


def is_prepared_for(noun: Token) -> bool:
    """Tell "is getting ready for her visit", "preparations are under way for the visit".

    "set off on Monday for a five-day visit" is no preparation; "work on the visit goes on" is.
    """
    above = noun.head.head
    if noun.head.lower_ == "on":
        return above.lower_ == "work" and noun.head.i == above.i + 1
    if above.dep_ == "pobj" and above.head.head.lemma_ == "be":
        above = above.head.head  # "preparations are in full swing for the visit"
    if any(c.dep_ == "prt" and c.lower_ in words("parts_with") for c in above.children):
        return False
    if above.tag_ in PAST and above.lemma_ in words("readies_oneself"):
        return False  # "the stands were packed for the visit of X"
    parts = (c for c in above.children if c.dep_ in SUBJECTS | OBJECTS)
    return any(token.lemma_ in words("preparation") for token in (above, *parts))


def is_set_apart(verb: Token, above: Token) -> bool:
    """Tell "Addressing a forum in Lima, he urged …", of which the urging makes no wish."""
    if verb.i < above.i:
        return True
    edge = verb.left_edge.i
    return edge > 0 and verb.doc[edge - 1].text == ","


def is_told_of_trying(verb: Token, above: Token) -> bool:
    """Tell "sought to raise her profile, visiting Peru": how she did is told, and was done.

    Not "sought to tour the coast, visiting Peru", "would have tried to win votes, visiting Peru",
    nor "sought to win over X, visiting from Lima".
    """
    aim = above if above.dep_ in {"xcomp", "ccomp", "conj"} and above.tag_ == "VB" else None
    tried = above.head if aim is not None else above
    if tried.lemma_ not in words("tries") or verb.i < above.i or is_negated(tried):
        return False
    if auxiliaries_of(tried) & words("modal_doubt") or word_behind(verb) == "from":
        return False
    begun = tried.tag_ == "VBD" or bool(
        auxiliaries_of(tried) & words("perfect_now", "perfect_in_short")
    )
    return begun and not (aim is not None and aim.lemma_ in words("tries_to_go"))


def is_purpose(verb: Token, be: Token) -> bool:
    """Tell "was at the airport to receive her", "was among the last to land" from "was to land".

    So too "is the third head of state to come", whose parse may hang "to come" on "is".
    """
    named = [c for c in be.children if c.dep_ == "attr" and be.i < c.i < verb.i]
    if any(c.lower_ in words("ordinal", "last_of_row") for noun in named for c in noun.children):
        return True
    places = {"at", "in", "on"}
    before = verb.doc[max(0, verb.i - 2)].lower_  # "the last to", parsed as if beside it
    if be.tag_ == "VBD" and before in words("ordinal", "last_of_row"):
        return True
    return be.tag_ == "VBD" and any(
        c.dep_ == "prep" and c.lower_ in places and be.i < c.i < verb.i for c in be.children
    )


def is_just_before(verb: Token) -> bool:
    """Tell "hours before flying to Lima", "minutes before leaving for Lima" of today's news.

    "On Monday, hours before flying to Lima, he signed" does not fire.
    """
    before = verb.head if verb.dep_ == "pcomp" else None
    if before is None or before.i < 1 or before.nbor(-1).lower_ not in words("of_the_hour"):
        return False
    return not any(t.ent_type_ == "DATE" and t.lower_ != "today" for t in verb.sent)


__all__ = [
    "comes_to_nothing",
    "goes_on_now",
    "has_run",
    "is_aside_on",
    "is_before_long_past",
    "is_beside_speech",
    "is_bound",
    "is_goer_of_headline",
    "is_just_before",
    "is_of_other",
    "is_only_minded",
    "is_only_urged",
    "is_only_wished",
    "is_prepared_for",
    "is_purpose",
    "is_recalled",
    "is_said_on",
    "is_set_apart",
    "is_soon",
    "is_told_of_trying",
]
