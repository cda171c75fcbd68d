"""What a verb's form tells: its tense, its auxiliaries, and what stands over its participle."""

from __future__ import annotations

from typing import Literal

from spacy.tokens import Token

from pipeline.discourse.denials import is_negated
from pipeline.discourse.of_token import once_a_token
from pipeline.discourse.tables import words
from pipeline.headings import is_verb_of_headline
from pipeline.labels import AUXILIARIES, OPENERS, PAST, PLURALS, PRESENT, SUBJECTS, TIMES
from pipeline.neighbours import prep_objects
from pipeline.reference.months import MONTHS

#: How many tokens a date may have between "will" and its verb.
_DATE_TOKENS = 9

#: How a verb hangs on the one before it in a list of what one will do.
_CHAINED = frozenset({"advcl", "conj", "dep"})

#: A number of so many digits is a year's.
_YEAR_DIGITS = 4

Tense = Literal["past", "present", "future", "progressive", "infinitive", "none"]


def parsed_verb(verb: Token) -> Token:
    """Return the "co" of "co-chaired" where the parse makes it the verb, else the verb itself."""
    if not verb.i or not verb.doc[verb.i - 1].text.endswith("-"):
        return verb
    before = verb.doc[max(0, verb.i - 2) : verb.i]
    if before.text.lower() != "co-" or before[0] not in verb.ancestors:
        return verb
    return before[0]


def shares_infinitive(verb: Token) -> bool:
    """Tell the "cut" of "plans to recall its envoy and cut ties", which the parse has in the past.

    Not that of "agreed to talk, but it cut ties", which has a subject of its own, of "refused to
    talk and cut ties", "agreed to pay, and cut ties", "flew there to talk and cut ties".
    """
    over = verb.head
    alike = verb.tag_ in PAST and verb.lower_ == verb.lemma_.lower()
    if not alike or verb.dep_ != "conj" or over.i > verb.i:
        return False
    own = any(c.dep_ in {"nsubj", "nsubjpass", "aux", "auxpass", "mark"} for c in verb.children)
    joints = (c for c in over.children if c.dep_ == "cc" and c.i < verb.i)
    if own or any(c.lower_ != "and" or _is_behind_pause(c) for c in joints):
        return False
    if over.dep_ == "advcl" or over.head.lemma_ in words("leaves_undone"):
        return False
    return over.tag_ == "VB" or shares_infinitive(over)


def _is_behind_pause(joint: Token) -> bool:
    """Tell the "and" of "vowed to talk, and cut ties" from that of "to talk, to pay, and cut"."""
    verb = joint.head
    before = verb.doc[joint.i - 1].text == ","
    listed = verb.dep_ == "conj" or any(c.dep_ == "conj" and c.i < joint.i for c in verb.children)
    return before and not listed


@once_a_token
def tense_of(verb: Token) -> Tense:
    """Return the tense of a verb group."""
    if shares_infinitive(verb):
        return tense_of(verb.head)
    children = list(verb.children)
    lowers = {child.lower_ for child in children if child.dep_ in AUXILIARIES}
    # "will be signed", where the parse hangs "will" on "be"
    lowers |= {c.lower_ for t in children if t.dep_ == "auxpass" for c in t.children}
    if lowers & words("future") or (verb.tag_ == "VB" and _is_over_date(verb)):
        return "future"
    if verb.tag_ == "VB" and verb.dep_ == "dep" and not lowers and _goes_on_from_will(verb):
        return "future"  # "will meet the king on Thursday, then fly to Lima"
    if verb.tag_ == "VBG":
        if lowers & {"is", "are", "'s", "’s", "am", "'re"}:
            return "progressive"
        if {"to", "be"} <= lowers:
            return "infinitive"  # "is glad to be visiting Lima"
        return "past" if lowers & {"was", "were", "been"} else "none"
    if verb.tag_ == "VBD":
        return "past"
    if verb.tag_ == "VBN":
        if lowers & {"is", "are", "be", "being"} and not lowers & {"was", "were", "been", "had"}:
            if "to" in lowers:
                return "infinitive"
            if "being" not in lowers:
                return "present"
            # "flew home before being received by the king" tells no more than "before meeting him"
            bare = verb.dep_ in {"pcomp", "advcl"} and not lowers & {"is", "are"}
            return "none" if bare else "progressive"
        return "past"
    if verb.tag_ in PRESENT and "did" in lowers:
        return "past"  # "Not until 1984 did the premier travel"
    if verb.tag_ in PRESENT or is_bare_present(verb):
        return "future" if _goes_on_from_will(verb) else "present"
    if "to" in lowers or any(c.lower_ == "to" and c.i < verb.i for c in children):
        return "infinitive"
    return "past" if "did" in lowers else "none"


def is_bare_present(verb: Token) -> bool:
    """Tell the "leave" of "A and B leave for Lima", whatever the tagger takes it for.

    So the "departs" of "A departs for Lima", the "meet" of "will speak when A and B meet", the
    "undertake" of a line "President undertake visit to Lima".
    """
    subject = next((c for c in verb.children if c.dep_ == "nsubj" and c.i < verb.i), None)
    if verb.tag_ == "NNS" and verb.dep_ == "ROOT":
        return subject is not None and subject.tag_ in {"NNP", "NN"}
    if verb.tag_ == "VB" and verb.dep_ == "advcl" and subject is not None:
        return _opens_with_when(verb, subject)
    if verb.tag_ not in {"VB", "NN"} or verb.dep_ != "ROOT" or subject is None:
        return False
    named = (subject, *(c for c in subject.children if c.dep_ == "appos"))  # "Minister A and B"
    many = subject.tag_ in PLURALS or any(c.dep_ == "conj" for n in named for c in n.children)
    told = many or (verb.tag_ == "VB" and is_verb_of_headline(verb))
    return told and not any(c.dep_ in {"aux", "auxpass", "neg"} for c in verb.children)


def _opens_with_when(verb: Token, subject: Token) -> bool:
    """Tell the "meet" of "it will be discussed when A and B meet", not of "when A will meet B".

    Nor of "it is not known when A and B meet", "tempers can flare when A and B meet".
    """
    if not any(c.tag_ == "TO" or c.lower_ in words("future") for c in verb.head.children):
        return False
    before = [c for c in verb.children if c.i < subject.i]
    opens = any(c.lower_ in words("when_it_comes") for c in before if c.dep_ in OPENERS)
    return opens and not any(c.dep_ in {"aux", "auxpass", "neg"} for c in verb.children)


def is_taken_for_noun(verb: Token) -> bool:
    """Tell a verb that is tagged as a noun: "will on Monday travel to Lima"."""
    will = any(c.lower_ in words("future") and c.dep_ == "aux" for c in verb.children)
    return will or is_bare_present(verb)


def _goes_on_from_will(verb: Token) -> bool:
    """Tell the "open" of "will meet farmers, open a school and …" from a present.

    So behind a participle: "will meet farmers, marking a holiday, open a school". Not that of
    "will not meet the king, then open a school".
    """
    first = verb.head
    while first.dep_ in _CHAINED and first.tag_ in {"VBG", "VBP"} and first.head.i < first.i:
        first = first.head
    bare = verb.tag_ in {"VB", "VBP"} and verb.dep_ in {"conj", "dep"} and first.i < verb.i
    if not bare or first.tag_ != "VB" or is_negated(first):
        return False
    if any(c.dep_ == "nsubj" for c in verb.children):
        return False
    return any(c.lower_ in words("future") and c.dep_ == "aux" for c in first.children)


def _is_over_date(verb: Token) -> bool:
    """Tell the "will" of "will today (Friday) depart", which the parse hangs on the day."""
    at = verb.i - 1
    while at > 0 and verb.i - at < _DATE_TOKENS and _is_of_date(verb.doc[at]):
        at -= 1
    return at < verb.i - 1 and verb.doc[max(0, at)].lower_ in words("future")


def _is_of_date(token: Token) -> bool:
    return token.ent_type_ in TIMES or token.text in {"(", ")", ","} or token.lower_ == "on"


def is_due(verb: Token) -> bool:
    """Tell "was due to land on Sunday", where the tagger takes the verb for a noun."""
    before = verb.doc[max(0, verb.i - 2) : verb.i]
    if len(before) < 2 or before[1].lower_ != "to" or before[0].lemma_ not in words("plan"):
        return False
    return not is_negated(before[0]) and not is_negated(before[0].head)


def is_cut_short(verb: Token) -> bool:
    """Tell "cut short her visit", "has broken off her visit"."""
    if verb.lemma_ == "break":
        own = (c for c in verb.children if c.lemma_ in words("trip_noun"))
        off = any(c.lower_ == "off" for c in verb.children)
        return off and any(c.dep_ == "poss" for noun in own for c in noun.children)
    return verb.lemma_ == "cut" and any(c.lower_ == "short" for c in verb.children)


@once_a_token
def auxiliaries_of(verb: Token) -> frozenset[str]:
    """Return the auxiliaries of a verb, in lower case."""
    return frozenset(c.lower_ for c in verb.children if c.dep_ in AUXILIARIES)


def has_weekday(verb: Token) -> bool:
    """Tell "arrives in Lima on Monday", "arrives Monday", "on Monday morning"."""
    return any(t.lower_.endswith("day") for t in _names_of_days(verb))


def has_day(verb: Token) -> bool:
    """Tell "arrives in Lima on Monday", "arrives on 3 May", of no year; not "in May 2024"."""
    return any(
        t.lower_.endswith("day")
        or (
            t.lower_ in MONTHS
            and any(c.dep_ == "nummod" and len(c.text) < _YEAR_DIGITS for c in t.children)
        )
        for t in _names_of_days(verb)
    )


def _names_of_days(verb: Token) -> list[Token]:
    """Return the names below a verb's "on", and of times that hang on it without one."""
    days = prep_objects(verb, "on")
    days += [child for child in verb.children if child.dep_ == "npadvmod"]
    return [t for day in days for t in (day, *day.lefts) if t.tag_ == "NNP"]


def verb_over_participle(participle: Token) -> Token:
    """Return what stands over "before visiting", past a clause that says who somebody is.

    "met X, who chairs the body, before visiting Peru" is of who met him, though the parse hangs
    it on "chairs"; "met X, who spoke before visiting Peru", "who flies to Oslo before" is of X. So
    "said while visiting Peru that the bank would open" is of who said it.
    """
    over = participle.head.head if participle.dep_ == "pcomp" else participle.head
    if participle.dep_ == "pcomp" and over.lower_ in words("ahead_of"):
        over = over.head  # "met X prior to flying to Peru"
    if is_before_that(participle):
        return over.head
    standing = over.dep_ == "relcl" and over.tag_ in PRESENT
    if not standing or over.lemma_ not in words("stands_as") or over.i > participle.i:
        return over
    past = (node for node in over.ancestors if node.pos_ == "VERB" and node.tag_ == "VBD")
    return next(past, over)


def is_before_that(clause: Token) -> bool:
    """Tell "said while visiting Lima that the ministry was ready": it is the speaker who visits.

    In "said that, while visiting Lima, the minister was ill" it is the minister.
    """
    told = clause.head
    if clause.dep_ != "advcl" or told.dep_ != "ccomp" or told.head.i > clause.i:
        return False
    return any(c.lower_ == "that" and c.dep_ == "mark" and c.i > clause.i for c in told.children)


def is_nth_to(verb: Token) -> bool:
    """Tell "X was the first Head of State to come", where the parse makes the head of it come.

    So "X was in the first delegation to ever come".
    """
    if any(c.lower_ == "ever" and c.i < verb.i for c in verb.children):
        return True
    own = [c for c in verb.children if c.dep_ in SUBJECTS and c.i > verb.head.i]
    nth = any(c.lower_ in words("first_or_last") for noun in own for c in noun.children)
    return nth and tense_of(verb) == "infinitive" and verb.head.lemma_ in {"be", "become"}


__all__ = [
    "Tense",
    "auxiliaries_of",
    "has_day",
    "has_weekday",
    "is_bare_present",
    "is_before_that",
    "is_cut_short",
    "is_due",
    "is_nth_to",
    "is_taken_for_noun",
    "parsed_verb",
    "shares_infinitive",
    "tense_of",
    "verb_over_participle",
]
