"""Which events a verb tells to be held: "X will host the summit", "was sworn in"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Span, Token

from pipeline.discourse.tables import words
from pipeline.labels import ADNOMINAL, NOUNS, OBJECTS, PLURALS, SUBJECTS
from pipeline.stages.visits.events.event_clauses import noun_of_clause
from pipeline.stages.visits.events.placed_events import noun_of
from pipeline.stages.visits.events.told_occasions import occasion_of
from pipeline.stages.visits.tables import word_set

_RELATIVES = frozenset({"WP", "WDT"})
BEFORE_NOUN = frozenset({"compound", "amod"})


def events_told(verb: Token) -> Iterator[str]:
    """Yield the events of "X will host the summit", "plays host to a summit", "was sworn in"."""
    lemma = verb.lemma_.lower()
    if verb.dep_ in {"advcl", "pcomp"} and _is_beside(verb) and not _is_sworn(verb):
        return  # "planning began on Friday, a day before the summit began"
    if lemma in word_set("gathers") and any(_is_several(c) for c in verb.children):
        yield from _gathered_for(verb)
    if verb.dep_ == "relcl" and any(c.lower_ == "where" for c in verb.lefts):
        return  # "in the town where the pact was signed in May"
    if told := occasion_of(verb):
        yield from told
        return
    if lemma in words("attends_rite") or _takes_part(verb):
        yield from _attended(verb)
        return
    if lemma in word_set("swearing_in") and lemma not in word_set("holds_event"):
        if verb.tag_ == "VBN" and verb.dep_ != "acl":  # not "the treaty signed in May 2011"
            yield from word_set("of_an_oath")
        return
    near = [c for over in _with_heads(verb) for c in over.children]
    if (host := host_under(verb)) is not None:
        near = [c for prep in (*host.children, *near) if prep.dep_ == "prep" for c in prep.children]
    elif lemma == "be":
        near = [c for c in near if c.dep_ in SUBJECTS]
    elif not is_of_holding(verb):
        return
    else:  # "will host thirty leaders at a summit"
        at = [c for prep in near if prep.lower_ in {"at", "for"} for c in prep.children]
        near += [c for c in at if c.lemma_.lower() not in word_set("nameless_event")]
    before = _right_before(verb)
    near += [] if _is_prepared(before) or _is_beside_subject(before, verb) else [before]
    if verb.dep_ in ADNOMINAL:
        near += of_which(noun_of_clause(verb))  # "the summit, held on 4 June"
        near += of_which(before)  # "a text of the Summit of the Isles, to be held on 4 June"
    if any(token.lower_ == "it" and token.dep_ in SUBJECTS | OBJECTS for token in near):
        near += _before_sentence(verb.sent)
    for token in near:
        named = token.pos_ in NOUNS
        if any(c.lower_ == "swearing" for c in token.children):  # "the swearing-in of X"
            yield from word_set("of_an_oath")
        if named and token.lemma_.lower() in word_set("rite"):  # "held a funeral service"
            over = (c.lemma_.lower() for c in token.children if c.dep_ in BEFORE_NOUN)
            yield from (lemma for lemma in over if lemma in words("event"))
        if named and (event := noun_of(token)) in words("event"):
            yield event
            yield from (c.lemma_.lower() for c in token.children if c.dep_ in BEFORE_NOUN)


def _attended(verb: Token) -> Iterator[str]:
    """Yield what many attended: "leaders will on Tuesday attend the enthronement ceremony".

    So "leaders will take part in the summit on Tuesday", "are expected to attend it", "who will".
    """
    subjects = [c for over in _with_heads(verb) for c in over.children if c.dep_ in SUBJECTS]
    subjects = [verb.head if c.tag_ in _RELATIVES else c for c in subjects]
    parts = [p for c in subjects for of in c.children if of.lower_ == "of" for p in of.children]
    many = any(c.tag_ in PLURALS for c in (*subjects, *parts))  # "a dozen of the leaders"
    within = [c for t in verb.subtree if t.lower_ in {"in", "at"} for c in t.children]
    objects = [c for c in verb.children if c.dep_ in OBJECTS]
    for event in [*objects, *(within if _takes_part(verb) else ())] if many else ():
        if (noun := noun_of(event)) in words("event"):
            yield noun
            yield from (c.lemma_.lower() for c in event.children if c.dep_ in BEFORE_NOUN)


def _takes_part(verb: Token) -> bool:
    """Tell "participate in the summit", "take part in it"."""
    part = verb.lemma_ == "take" and any(c.lower_ == "part" for c in verb.children)
    return part or verb.lemma_ == "participate"


def _is_sworn(verb: Token) -> bool:
    """Tell "after being sworn in on Monday", whose day stands behind it."""
    return verb.tag_ == "VBN" and verb.lemma_.lower() in word_set("swearing_in")


def _is_several(token: Token) -> bool:
    """Tell the subject of "ministers met", "leaders were to gather", not "the two leaders met"."""
    plural = token.dep_ in SUBJECTS and token.tag_ in PLURALS
    return plural and not any(c.lower_ in word_set("of_a_pair") for c in token.children)


def _gathered_for(verb: Token) -> Iterator[str]:
    """Yield what several gather for: "met in Lima for a summit"; what any gathering is called."""
    yield from word_set("called_event", "nameless_event")
    for prep in verb.children:
        yield from (
            c.lemma_.lower()
            for c in prep.children
            if prep.lower_ in {"for", "at"} and c.lemma_.lower() in words("event")
        )


def _with_heads(verb: Token) -> Iterator[Token]:
    """Yield a verb and those over it: "the summit is due to take place"."""
    yield verb
    while verb.dep_ in {"xcomp", "acomp"} and verb.head != verb:
        verb = verb.head
        yield verb


def _is_beside(verb: Token) -> bool:
    """Tell a clause behind "before" or "after", whose day is not told by the one over it."""
    marks = {c.lower_ for c in verb.children if c.dep_ in {"mark", "advmod"}} | {verb.head.lower_}
    return bool(marks & (words("before_trip", "after_trip")))


def is_of_holding(verb: Token) -> bool:
    """Tell "hosts", "opens", "is planned", "gets under way", "will go ahead"."""
    if any(c.dep_ == "xcomp" and c.tag_ == "VBG" for c in verb.children):
        return False  # "have started arriving for Friday's summit"
    if verb.lemma_.lower() in word_set("holds_event", "starts_event"):
        return True
    if _is_set_for_day(verb):
        return True
    done = verb.dep_ == "acl" and any(c.dep_ == "agent" for c in verb.children)
    if done and verb.lemma_ in word_set("done_at_event"):
        return True  # "the summit chaired by X in Lima on 4 June"
    ahead = verb.doc[verb.i + 1 : verb.i + 2].text.lower() == "ahead"
    return gets_under_way(verb) or (verb.lemma_ == "go" and ahead)


def gets_under_way(verb: Token) -> bool:
    """Tell "gets under way", by which the first day of an event is told."""
    behind = verb.doc[verb.i + 1 : verb.i + 2].text.lower()
    return verb.lemma_ == "get" and behind in {"under", "underway"}


def _is_set_for_day(verb: Token) -> bool:
    """Tell "the summit is set for Monday", "slated for May 4", not "is set for a row"."""
    if verb.tag_ != "VBN" or verb.lower_ not in word_set("sets_event"):
        return False
    fixed = (c for prep in verb.children if prep.lower_ in {"for", "on"} for c in prep.children)
    # "is set for Lima on Monday"
    within = (c for t in fixed for c in t.subtree)
    beside = (c for c in verb.children if c.dep_ in {"npadvmod", "nmod"})
    return any(c.ent_type_ == "DATE" for c in (*within, *beside))


def _before_sentence(sentence: Span) -> list[Token]:
    """Return the last event named in the sentence before, which "it" may be."""
    if not sentence.start:
        return []
    before = sentence.doc[sentence.start - 1].sent
    named = [t for t in before if t.lemma_.lower() in words("event") and t.ent_type_ != "DATE"]
    return named[-1:]


def of_which(noun: Token) -> Iterator[Token]:
    """Yield a noun and what it is of: "the summit of the process, to be held on 4 June".

    So "the funeral for X of Peru", "the inauguration of the new president, X".
    """
    yield noun
    while noun.head != noun and (over := _over(noun)) is not None:
        noun = over
        yield noun


def _over(noun: Token) -> Token | None:
    """Return the funeral of "for X", the X of "of X", the president of "the president, X"."""
    node = noun.head
    if noun.dep_ == "appos":
        return node
    if node.lower_ == "for" and node.head.lemma_.lower() in word_set("event_of_person"):
        return node.head
    return node.head if node.lower_ == "of" and node.head != node else None


def _right_before(verb: Token) -> Token:
    """Return the last noun before a verb, which the parse may take for no subject."""
    at = verb.i - 1
    while at > 0 and (verb.doc[at].pos_ in {"AUX", "ADV", "PART"} or verb.doc[at].text == ","):
        at -= 1
    return verb.doc[max(at, 0)]


def _is_beside_subject(noun: Token, verb: Token) -> bool:
    """Tell the summit of "A text from the summit is due on Monday": the text is due."""
    over = noun.head
    return over.lower_ in word_set("stems_from_event") and over.head in [
        c for c in verb.children if c.dep_ in SUBJECTS
    ]


def _is_prepared(noun: Token) -> bool:
    """Tell the summit of "meetings for the summit were held": when it is held is not told."""
    over = noun.head
    return over.lower_ == "for" and over.head.lemma_.lower() in words("event")


def host_under(verb: Token) -> Token | None:
    """Return the "host" of "plays host to the summit", "will be the host of a forum"."""
    return next((c for c in verb.children if c.lemma_ == "host" and c.pos_ == "NOUN"), None)


__all__ = [
    "BEFORE_NOUN",
    "events_told",
    "gets_under_way",
    "host_under",
    "is_of_holding",
    "of_which",
]
