"""What tells whether a date of its sentence is that of a change in relations."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from spacy.tokens import Doc, Token

from pipeline.discourse.numbers import ordinal_of
from pipeline.discourse.timing.days import days_before
from pipeline.iso_lengths import DAY, MONTH, moved_month
from pipeline.labels import ADNOMINAL, OPENERS, SUBJECTS, UNDERGONE, VERBS
from pipeline.stages.upgrades.outcome.misread import is_misread_clause, raised_from
from pipeline.stages.upgrades.tables import making_verbs, words

#: Words by which one is counted among others that did the same.
_COUNTING = frozenset({"latest", "last", "only"})
#: How far before the "held" of a meeting that may stand, in tokens.
_MEETING_REACH = 12
#: How far before a date the "prior to" stands that it bounds, in tokens.
_BOUND_REACH = 10


def is_of_signing(verb: Token) -> bool:
    """Tell "this agreement was signed in May", which dates what was told of it."""
    papers = (c for c in verb.children if c.dep_ == "nsubjpass")
    signed = verb.lemma_.lower() in words("signs")
    return signed and any(paper.lemma_.lower() in words("document") for paper in papers)


def verbs_over(token: Token) -> Iterator[Token]:
    """Yield the verbs over a word, up to one of "was left out in 2009, but Peru has vowed to"."""
    node = token
    for above in token.ancestors:
        own = any(c.dep_ in SUBJECTS for c in node.children)
        if node.dep_ == "conj" and own and node != token:
            return
        if above.pos_ in VERBS:
            yield above
        node = above
    yield from (c for c in node.children if _tells_it(c))


def _tells_it(verb: Token) -> bool:
    """Tell the "announced" of "Peru has cut ties with Chad, its minister announced on Monday".

    The parse may join it to what was done.
    """
    if verb.dep_ != "conj" or verb.lemma_.lower() not in words("voiced"):
        return False
    joined = any(c.dep_ == "cc" and c.i > verb.head.i for c in verb.head.children)
    told = any(c.dep_ in {"dobj", "ccomp", "xcomp"} for c in verb.children)
    return not joined and not told and any(c.dep_ in SUBJECTS for c in verb.children)


def is_said_of(trigger: Token, verb: Token) -> bool:
    """Tell the day on which "the pact that raised their ties" is only spoken of."""
    if verb.lemma_.lower() not in words("speaks"):
        return False
    for node in (trigger, *trigger.ancestors):
        if node == verb:
            return False
        if node.dep_ == "relcl" or (node.dep_ == "acl" and node.tag_ != "VB"):
            return True  # "the decision to raise them" is made by the telling
    return False


def agreed_then(trigger: Token) -> Token | None:
    """Return the "agreed" of "In 2008 the war ended, and they agreed to restore ties".

    None of "and they later agreed to", "but they have agreed to", which is of another time.
    """
    agreed = trigger.head
    if trigger.dep_ != "xcomp" or agreed.dep_ != "conj" or agreed.tag_ != "VBD":
        return None
    if agreed.lemma_.lower() not in words("decided") or agreed.head.pos_ not in VERBS:
        return None
    own = any(c.dep_ in {"advmod", "aux", "npadvmod"} for c in agreed.children)
    joined = agreed.left_edge.i > 0 and agreed.left_edge.nbor(-1).lower_ == "and"
    return agreed if joined and not own else None


def names_thing(date: Token) -> bool:
    """Tell the year of "in the 2023 report" from that of "at the 2023 summit"."""
    noun = date.head
    named = date.dep_ in {"compound", "nummod", "nmod", "amod"} and noun.i > date.i
    return named and noun.ent_type_ != "DATE" and noun.lemma_.lower() not in words("occasion")


def joins_dates(token: Token) -> bool:
    """Tell what may stand between the parties of a list that has dates."""
    return token.pos_ in {"ADP", "CCONJ", "PUNCT", "NUM", "DET"} or token.ent_type_ == "DATE"


def single(pair: tuple[str, str]) -> str:
    """Return what the two ends of a stretch share: a day, its month where they lie apart."""
    first, last = pair
    if first == last or len(first) != DAY or len(last) != DAY:
        return first
    if first[4:] == "-01-01" and last[4:] == "-12-31":
        return first[:4]  # "from 1997 to 2006": of the year in which it began
    return next((first[:n] for n in (7, 4) if first[:n] == last[:n]), first)


def earlier(day: str, unit: str, number: int) -> str | None:
    """Return the date so many units before another, at the precision of the unit."""
    if unit == "year":
        return f"{int(day[:4]) - number:04}"
    if unit == "month" and len(day) >= MONTH:
        return moved_month(day, -number)
    if unit in {"day", "week"} and len(day) == DAY:
        return days_before(day, days=number * (7 if unit == "week" else 1))
    return None


def is_means(verb: Token, trigger: Token) -> bool:
    """Tell "raised their ties by signing a paper on 4 May", of which day both are."""
    by = verb.head
    return verb.dep_ == "pcomp" and by.lower_ in {"by", "with"} and trigger in by.ancestors


def is_of_paper(verb: Token, above: Collection[Token]) -> bool:
    """Tell "in a statement issued on 4 May, they said that ties had been raised".

    Also "a pact on raising ties is to be signed on 4 May", whose paper is of the verb over that.
    """
    due = verb.head.head if verb.head.pos_ == "ADJ" else verb.head
    if verb.dep_ == "xcomp" and verb.lemma_.lower() in words("signs") and due in above:
        subjects = (c for c in due.children if c.dep_ == "nsubj")
        return any(c.lemma_.lower() in words("document") for c in subjects)
    paper = verb.head
    issued = verb.dep_ == "acl" and paper.lemma_.lower() in words("document")
    return (issued or is_by_paper(verb)) and any(node in above for node in paper.ancestors)


def is_by_paper(verb: Token) -> bool:
    """Tell "named Peru an ally in an order signed on 4 May", "cut ties, a decision made on 4 May".

    Not "cut ties over a pact signed on 4 May", "in line with an order issued on 4 May".
    """
    paper = verb.head
    if verb.dep_ != "acl" or paper.lemma_.lower() not in words("document", "ruling_paper"):
        return False
    apposed = paper.dep_ in {"appos", "npadvmod"}
    return apposed or (paper.dep_ == "pobj" and paper.head.lower_ in words("by_paper"))


def has_been(verb: Token) -> bool:
    """Tell "have been suspended since 2001", which is of that year."""
    auxiliaries = {child.lower_ for child in verb.children}
    return "been" in auxiliaries and bool(auxiliaries & {"have", "has"})


def tells_it(verb: Token) -> bool:
    """Tell "…, the premier announced on Monday", hung under what is told."""
    marked = any(child.dep_ in {"mark", "dobj", "ccomp"} for child in verb.children)
    told = verb.lemma_.lower() in words("declared") and verb.tag_ == "VBD"
    return told and not marked and (verb.dep_ == "advcl" or tells_as_noun(verb))


def is_as_said(verb: Token, above: Collection[Token]) -> bool:
    """Tell the "announced" of "agreed to raise ties, as announced by Peru on Monday"."""
    led = any(c.lower_ == "as" and c.dep_ in OPENERS for c in verb.children)
    said = verb.lemma_.lower() in words("declared", "said")
    return led and said and verb.tag_ == "VBN" and verb.dep_ == "advcl" and verb.head in above


def tells_as_noun(verb: Token) -> bool:
    """Tell the "announced" of "…, the two states announced Friday", parsed as one of the states."""
    teller = verb.head
    if verb.dep_ != "acl" or teller.i + 1 != verb.i or verb.tag_ != "VBD":
        return False
    first = teller.left_edge.i
    return first > verb.sent.start and verb.doc[first - 1].text == ","


def is_of_spell(since: Token) -> bool:
    """Tell "Peru and Chad have cut ties since 2016", each at a time, from "has had ties since".

    Also "the fifth state to cut ties since 2016", whose "since" only bounds the count.
    """
    if since.lower_ != "since":
        return False
    if any(_is_counted(node) for node in since.ancestors if node.i < since.i):
        return True
    verb = next((node for node in since.ancestors if node.pos_ in VERBS), since.head)
    if verb.tag_ != "VBN" or is_plain(verb):
        return False
    near = {child.lower_ for child in verb.children}
    active = bool(near & {"has", "have"}) and not any(c.dep_ == "auxpass" for c in verb.children)
    subject = next((c for c in verb.children if c.dep_ == "nsubj"), None)
    noun = verb.head if verb.dep_ == "relcl" else subject
    several = noun is not None and (
        noun.tag_ == "NNS" or any(c.dep_ == "conj" for c in noun.children)
    )
    return active and several and verb.lemma_.lower() not in words("recognise", "keeps")


def _is_counted(noun: Token) -> bool:
    """Tell the "state" of "the fifth state to cut ties", one of those who did so in a while."""
    made = (c for c in noun.children if c.dep_ in ADNOMINAL and c.i > noun.i)
    if all(is_plain(verb) for verb in made):
        return False
    return any(ordinal_of(c) is not None or c.lower_ in _COUNTING for c in noun.children)


def is_of_lifted(verb: Token, trigger: Token) -> bool:
    """Tell "raised the partnership that they launched in 2013 to a strategic one".

    Also "raised their ties from a partnership, which they launched in 2013, to a strategic one".
    """
    lifted = trigger.pos_ in VERBS and trigger.lemma_.lower() in words("lifts")
    if lifted and verb.head == trigger and is_misread_clause(verb):
        return True
    if lifted and raised_from(verb) == trigger:
        return True
    if lifted and verb.dep_ in ADNOMINAL and verb.head.head.lower_ == "from":
        return trigger in verb.ancestors
    made = verb.dep_ in ADNOMINAL and verb.head.head == trigger
    return lifted and made and verb.head.dep_ in UNDERGONE and not is_plain(verb)


def is_of_start(verb: Token) -> bool:
    """Tell "their partnership, which began in 1989, has grown into a strategic one"."""
    tie = verb.dep_ in ADNOMINAL and verb.head.lemma_.lower() in words("relation")
    return tie and verb.lemma_.lower() in words("dates_back")


def is_of_who_follow(verb: Token) -> bool:
    """Tell the "followed" of "cut ties with Oman, followed by Fiji in 2014", of Fiji's own day."""
    return verb.tag_ == "VBN" and verb.lemma_ == "follow" and verb.dep_ in {"advcl", "acl", "conj"}


def is_apposed(noun: Token) -> bool:
    """Tell the "category" of "an ally, a category drafted in 1989", which says what that is.

    Papers and meetings are not told so: "the talks, a summit held on 4 May".
    """
    indefinite = any(c.lower_ in {"a", "an"} for c in noun.children)
    made = words("document", "agreed_at", "gathering", "step", "tie")
    return noun.dep_ == "appos" and indefinite and noun.lemma_.lower() not in made


def is_of_step(verb: Token) -> bool:
    """Tell "raised their ties, a step announced on 4 May", of which day the raising is.

    Not "a step welcomed on 4 May".
    """
    step = verb.head
    made = verb.lemma_.lower() in words("decided", "step_taken")
    told = made and verb.dep_ == "acl" and step.dep_ in {"appos", "npadvmod"}
    return told and step.lemma_.lower() in words("step") and step.left_edge.lower_ in {"a", "an"}


def verb_of(date: Token) -> Token | None:
    """Return the verb that a date hangs on, past the "starting" of "starting on 1 June"."""
    verb = next((t for t in date.ancestors if t.pos_ in VERBS and not leads_to_date(t)), None)
    return verb_of_meeting(verb) or verb if verb is not None else None


def verb_of_meeting(held: Token) -> Token | None:
    """Return the "granted" of "granted it at the meeting of the council held on 4 May".

    The parse may take that "held" for a verb by itself.
    """
    if held.lower_ not in words("held_on") or held.dep_ == "acl":
        return None
    if any(c.dep_ in {*SUBJECTS, *UNDERGONE, "aux", "auxpass", "mark"} for c in held.children):
        return None
    before = held.doc[max(held.sent.start, held.i - _MEETING_REACH) : held.i]
    for noun in reversed(before):
        if noun.pos_ in VERBS or noun.is_punct:
            return None
        if noun.dep_ == "pobj" and noun.lemma_.lower() in words("gathering", "agreed_at"):
            at = noun.head
            return at.head if at.lower_ in {"at", "during"} and at.head.pos_ in VERBS else None
    return None


def leads_to_date(verb: Token) -> bool:
    """Tell the "starting" of "cut ties starting on 1 June", "according to a note of 4 May".

    Not that of "Starting a tour on 1 June".
    """
    opens = any(c.dep_ == "dobj" and c.ent_type_ != "DATE" for c in verb.children)
    return verb.dep_ != "ROOT" and verb.lower_ in words("leads_to_date") and not opens


def is_of_notice(verb: Token, anchor: Token) -> bool:
    """Tell "which they had first announced in January" of what was done later."""
    if verb.dep_ != "relcl" or anchor not in verb.ancestors:
        return False
    near = {child.lower_ for child in verb.children}
    return verb.lemma_.lower() in words("gives_notice") and bool(near & {"had", "first"})


def is_of_what_was_shut(verb: Token, anchor: Token) -> bool:
    """Tell "will reopen the embassies that were closed in 2016" from "closed the one in Lima"."""
    shut = verb.lemma_.lower() in words("shuts") and verb.dep_ in {"relcl", "acl"}
    return shut and anchor in verb.ancestors and anchor.lemma_.lower() not in words("shuts")


def is_of_deal(verb: Token, anchor: Token) -> bool:
    """Tell the "reached" of "a deal to resume ties reached in May", parsed as one of the ties."""
    deal = anchor.dep_ in ADNOMINAL and anchor.head.lemma_.lower() in words("document")
    done = verb.tag_ == "VBN" and verb.lemma_.lower() in words("signed")
    return deal and done and verb.dep_ == "acl" and anchor in verb.ancestors


def is_of_time_before(date: Token) -> bool:
    """Tell the date of "as they were prior to their row in 2010", wherever the parse hangs it.

    Also of "comes in the wake of an agreement in March", and of what others did ("Along with the
    decision of Fiji in March").
    """
    near, steps = date.doc[max(0, date.i - _BOUND_REACH) : date.i], words("step")
    beside = any(token.lemma_.lower() in steps for token in near)
    openers = words("earlier_event") | ({"along", "alongside"} if beside else frozenset())
    prior = [token.i for token in near if token.lower_ in openers]
    between = date.doc[prior[-1] : date.i] if prior else ()
    return bool(prior) and not any(map(_ends_phrase, between))


def is_since_event(day: Token, anchor: Token) -> bool:
    """Tell the date of "have grown since the opening of ties in 1992, reaching a partnership"."""
    for node in day.ancestors:
        if node.pos_ in VERBS:
            return False
        if node.head.lower_ == "since" and node.head.dep_ == "prep":
            return anchor != node and node not in anchor.ancestors
    return False


def is_of_crisis(doc: Doc, start: int, end: int) -> bool:
    """Tell the month of "restored ties following the crisis in March", which is the crisis's.

    Not the year of "broke them after the war of 1967", in which that may have been.

    Args:
        start: the first token of the date.
        end: the token behind it.
    """
    at = start - 1
    while at > 0 and doc[at].lower_ in words("before_date"):
        at -= 1
    if at < 1 or (end - start == 1 and doc[start].is_digit):
        return False
    over = doc[at].head if doc[at].dep_ == "pobj" else None
    after = over is not None and over.lower_ in words("answers_why")
    if over is not None and any(c.dep_ == "npadvmod" for c in over.children):
        return False  # "hours after the attack on 4 May"
    return after and doc[at].lemma_.lower() in words("quarrel", "other_event", "crisis")


def _ends_phrase(token: Token) -> bool:
    """Tell what stands behind "In the wake of a pact", as the verb, its subject or a comma."""
    verb = token.pos_ in VERBS and token.dep_ != "amod"
    return verb or token.text == "," or token.dep_ in SUBJECTS


def is_plain(verb: Token) -> bool:
    """Tell a verb that only carries a trigger's date from one that tells another change."""
    return verb.lemma_.lower() not in making_verbs()


__all__ = [
    "agreed_then",
    "earlier",
    "has_been",
    "is_apposed",
    "is_as_said",
    "is_by_paper",
    "is_means",
    "is_of_crisis",
    "is_of_deal",
    "is_of_lifted",
    "is_of_notice",
    "is_of_paper",
    "is_of_signing",
    "is_of_spell",
    "is_of_start",
    "is_of_step",
    "is_of_time_before",
    "is_of_what_was_shut",
    "is_of_who_follow",
    "is_plain",
    "is_said_of",
    "is_since_event",
    "joins_dates",
    "leads_to_date",
    "names_thing",
    "single",
    "tells_as_noun",
    "tells_it",
    "verb_of",
    "verb_of_meeting",
    "verbs_over",
]
