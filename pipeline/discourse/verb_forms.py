"""What a verb's form tells: its tense, whether it is denied, whether it only supposes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from spacy.tokens import Token

from pipeline.discourse.of_token import once_a_token
from pipeline.discourse.tables import words

#: How many tokens a date may have between "will" and its verb.
_DATE_TOKENS = 9

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
    alike = verb.tag_ in {"VBD", "VBN"} and verb.lower_ == verb.lemma_.lower()
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
    lowers = {child.lower_ for child in children if child.dep_ in {"aux", "auxpass"}}
    # "will be signed", where the parse hangs "will" on "be"
    lowers |= {c.lower_ for t in children if t.dep_ == "auxpass" for c in t.children}
    if lowers & words("future") or (verb.tag_ == "VB" and _is_over_date(verb)):
        return "future"
    if verb.tag_ == "VB" and verb.dep_ == "dep" and not lowers and _goes_on_from_will(verb):
        return "future"  # "will meet the king on Thursday, then fly to Lima"
    if verb.tag_ == "VBG":
        if lowers & {"is", "are", "'s", "’s", "am", "'re"}:
            return "progressive"
        return "past" if lowers & {"was", "were", "been"} else "none"
    if verb.tag_ == "VBD":
        return "past"
    if verb.tag_ == "VBN":
        if lowers & {"is", "are", "be", "being"} and not lowers & {"was", "were", "been", "had"}:
            if "to" in lowers:
                return "infinitive"
            return "progressive" if "being" in lowers else "present"
        return "past"
    if verb.tag_ in {"VBZ", "VBP"} or is_bare_present(verb):
        return "future" if _goes_on_from_will(verb) else "present"
    if "to" in lowers or any(c.lower_ == "to" and c.i < verb.i for c in children):
        return "infinitive"
    return "past" if "did" in lowers else "none"


def is_bare_present(verb: Token) -> bool:
    """Tell the "leave" of "A and B leave for Lima", whatever the tagger takes it for.

    So the "departs" of "A departs for Lima", the "meet" of "will speak when A and B meet".
    """
    subject = next((c for c in verb.children if c.dep_ == "nsubj" and c.i < verb.i), None)
    if verb.tag_ == "NNS" and verb.dep_ == "ROOT":
        return subject is not None and subject.tag_ in {"NNP", "NN"}
    if verb.tag_ == "VB" and verb.dep_ == "advcl" and subject is not None:
        return _opens_with_when(verb, subject)
    if verb.tag_ not in {"VB", "NN"} or verb.dep_ != "ROOT" or subject is None:
        return False
    named = (subject, *(c for c in subject.children if c.dep_ == "appos"))  # "Minister A and B"
    many = subject.tag_ in {"NNS", "NNPS"} or any(
        c.dep_ == "conj" for n in named for c in n.children
    )
    return many and not any(c.dep_ in {"aux", "auxpass", "neg"} for c in verb.children)


def _opens_with_when(verb: Token, subject: Token) -> bool:
    """Tell the "meet" of "it will be discussed when A and B meet", not of "when A will meet B".

    Nor of "it is not known when A and B meet", "tempers can flare when A and B meet".
    """
    if not any(c.tag_ == "TO" or c.lower_ in words("future") for c in verb.head.children):
        return False
    before = [c for c in verb.children if c.i < subject.i]
    opens = any(c.lower_ in words("when_it_comes") for c in before if c.dep_ in {"advmod", "mark"})
    return opens and not any(c.dep_ in {"aux", "auxpass", "neg"} for c in verb.children)


def is_taken_for_noun(verb: Token) -> bool:
    """Tell a verb that is tagged as a noun: "will on Monday travel to Lima"."""
    will = any(c.lower_ in words("future") and c.dep_ == "aux" for c in verb.children)
    return will or is_bare_present(verb)


def _goes_on_from_will(verb: Token) -> bool:
    """Tell the "open" of "will meet farmers, open a school and …" from a present.

    Not that of "will not meet the king, then open a school".
    """
    first = verb.head
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
    return (
        token.ent_type_ in {"DATE", "TIME"} or token.text in {"(", ")", ","} or token.lower_ == "on"
    )


def is_due(verb: Token) -> bool:
    """Tell "was due to land on Sunday", where the tagger takes the verb for a noun."""
    before = verb.doc[max(0, verb.i - 2) : verb.i]
    if len(before) < 2 or before[1].lower_ != "to" or before[0].lemma_ not in words("plan"):
        return False
    return not is_negated(before[0]) and not is_negated(before[0].head)


def is_cut_short(verb: Token) -> bool:
    """Tell "cut short her visit"."""
    return verb.lemma_ == "cut" and any(c.lower_ == "short" for c in verb.children)


@once_a_token
def auxiliaries_of(verb: Token) -> frozenset[str]:
    """Return the auxiliaries of a verb, in lower case."""
    return frozenset(c.lower_ for c in verb.children if c.dep_ in {"aux", "auxpass"})


def is_too_much(adjective: Token) -> bool:
    """Tell "was too ill to travel" from "was only too happy to", "is too young, to him"."""
    too = next((c for c in adjective.children if c.lower_ == "too" and c.i < adjective.i), None)
    return too is not None and too.nbor(-1 if too.i else 0).lower_ not in {"only", "all", "not"}


def _is_none(word: Token) -> bool:
    """Tell the "no" of "no minister went", "neither went", from that of "the No. 2 minister"."""
    numbers = word.lower_ == "no" and word.doc[word.i + 1 : word.i + 2].text == "."
    return word.lower_ in {"no", "nobody", "none", "neither"} and not numbers


@once_a_token
def is_negated(verb: Token) -> bool:
    """Tell whether a verb is denied ("did not visit", "has never been to")."""
    if until_when(verb) is not None:
        return False
    opening = verb.sent[0].lower_ if verb.doc.has_annotation("SENT_START") else ""
    if opening in {"not", "never", "hardly", "neither", "nor"}:
        return True
    subjects = [c for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"}]
    if any(_is_none(d) for c in subjects for d in [c, *c.children]):
        return True
    if verb.i > 2 and verb.doc[verb.i - 1].lower_ == "to" and verb.doc[verb.i - 2].lower_ == "yet":
        return True
    over = {verb.head.lower_, *(c.lower_ for a in verb.children for c in _neg_of(a))}
    return _is_denied(verb) or _is_denied_with(verb) or "never" in over


def until_when(verb: Token) -> Token | None:
    """Return the "until" of "will not visit Lima until Friday", on which day one visits it.

    None of "will not visit Lima until the war ends", "will not stay in Lima until Friday".
    """
    if verb.lemma_ in words("runs_until"):
        return None
    if not (_is_denied(verb) or (verb.dep_ == "xcomp" and _is_denied(verb.head))):
        return None
    asked = (verb, *(c for c in verb.children if c.dep_ == "xcomp"))  # "is not due to go until"
    behind = (c for over in asked for c in over.children if c.dep_ == "prep" and c.i > verb.i)
    told = (c for c in behind if c.lower_ in words("until"))
    return next((c for c in told if any(_is_day(h) for h in c.children)), None)


def is_put_off(verb: Token) -> bool:
    """Tell "held over from Monday", "pushed it from Monday"; not "held talks from Monday"."""
    if verb.lemma_ in words("puts_off_alone"):
        return True
    apart = any(c.lower_ in words("off_in_time") for c in verb.children)
    return verb.lemma_ in words("postpone") or (verb.lemma_ in words("puts_off") and apart)


def _is_day(token: Token) -> bool:
    return token.dep_ == "pobj" and token.ent_type_ == "DATE"


def _neg_of(auxiliary: Token) -> Iterator[Token]:
    """Yield the "never" of "has, never so far as I know, been there", which hangs on "has"."""
    if auxiliary.dep_ in {"aux", "auxpass"}:
        yield from (c for c in auxiliary.children if c.dep_ == "neg")


def _is_denied(verb: Token) -> bool:
    return any(
        child.dep_ == "neg" or child.lower_ in {"never", "not", "n't", "n’t", "nobody", "neither"}
        for child in verb.children
    )


def _is_denied_with(verb: Token) -> bool:
    """Tell the second verb of "will not attend the summit or travel to Lima"."""
    first = verb.head
    if verb.dep_ != "conj" or not _is_denied(first):
        return False
    own = any(child.dep_ in {"nsubj", "nsubjpass", "aux"} for child in verb.children)
    return not own and any(
        child.dep_ in {"cc", "preconj"} and child.lower_ in {"or", "nor"} and child.i < verb.i
        for child in first.children
    )


def is_behind_plan(verb: Token) -> bool:
    """Tell "will fly home after she visits Lima", "said he would sign it once he visited Lima".

    Of "would later recall it, after he visited Lima", "said trade would grow after he visited Lima"
    nothing says that it was to come, and a day tells by itself whether it was. "Said the signing
    would take place after he visited Lima" sets both.
    """
    over = verb.head
    behind = verb.dep_ == "advcl" and over.pos_ in {"VERB", "AUX"}
    marks = {c.lower_ for c in verb.children if c.dep_ in {"mark", "advmod"}}
    if not behind or not marks & words("set_in_time", "once_done"):
        return False
    if tense_of(verb) == "present":
        return tense_of(over) == "future"
    waits = marks & words("once_done") and all(t.ent_type_ != "DATE" for t in verb.subtree)
    if not waits and (over.lemma_ not in words("set_for_a_day") or has_weekday(verb)):
        return False
    would = "would" in auxiliaries_of(over) and "have" not in auxiliaries_of(over)
    return would and over.dep_ == "ccomp" and over.head.lemma_ in words("speech")


def is_hypothetical(verb: Token) -> bool:
    """Tell whether a verb stands in a condition or under "may", "might", "could"."""
    if verb.doc.has_annotation("SENT_START") and _opens_condition(verb):
        return True
    node = verb
    for _ in range(6):
        if auxiliaries_of(node) & words("possible"):
            return True
        if any(c.lower_ in {"if", "unless", "whether"} and c.dep_ == "mark" for c in node.children):
            return True
        if auxiliaries_of(node) & {"would", "will"} and _has_condition(node):
            return True
        if node.head == node or node.dep_ not in {"xcomp", "conj", "ccomp", "advcl", "aux"}:
            return False
        if node.dep_ in {"conj", "ccomp"} and node.head.lemma_ not in words("hope"):
            return False
        if node.dep_ == "advcl" and _is_dated_clause(node):
            return False
        node = node.head
    return False


def _is_dated_clause(verb: Token) -> bool:
    """Tell "may be signed on Monday, when X visits Lima": what may be is not the visit.

    Not "may be arrested when he visits a member", which he may or may not do.
    """
    before = (c for c in verb.children if c.i < verb.i)
    mark = next((c for c in before if c.lower_ in words("time_clause")), None)
    if mark is None or not any(c.dep_ in {"nsubj", "nsubjpass"} for c in verb.children):
        return False
    tense = tense_of(verb)
    if tense == "past" or mark.lower_ not in {"when", "after", "before", "once"}:
        return tense in {"past", "present", "progressive"}
    dated = any(t.ent_type_ == "DATE" for t in verb.subtree)
    day = verb.doc[max(0, mark.i - 2) : mark.i]  # "next week, when"
    return dated or (day[-1:].text == "," and day[0].ent_type_ == "DATE")


def _opens_condition(verb: Token) -> bool:
    """Tell "Were our premier to fly to Lisbon", "Had he flown to Lisbon, it would have"."""
    opening = verb.sent[0]
    if opening.lower_ == "were" or (opening.lower_ == "should" and opening.head == verb):
        return True
    would = opening.lower_ == "had" and opening.tag_ != "VBN" and verb.tag_ == "VBN"
    return would and any(token.lower_ in {"would", "might", "could"} for token in verb.sent)


def was_once(verb: Token) -> bool:
    """Tell "which was first scheduled for May but put off": a plan that has changed since."""
    clause = verb.head if verb.dep_ == "conj" else verb
    once = any(child.lower_ in words("once") for child in clause.children)
    settled = clause.lemma_ in words("plan", "postpone", "cancel")
    return once and settled and clause.dep_ in {"relcl", "acl", "advcl"}


def was_planned(token: Token) -> bool:
    """Tell "was due to fly", "had planned a visit", a plan that is told as one of the past."""
    node = token
    for _ in range(4):
        if node.lemma_ in words("plan") or node.lemma_ in {"be", "suppose"}:
            past = {"was", "were", "had"}
            if node.lower_ in past or node.head.lower_ in past or auxiliaries_of(node) & past:
                return True
        if node.head == node:
            return False
        node = node.head
    return False


def is_given_up(plan: Token) -> bool:
    """Tell "had been due to fly", "was supposed to come", of plans that came to nothing.

    So "was originally due to come", "had initially planned to come", "was due in Lima, but flew to
    Quito instead". "Was due to come" by itself tells not whether one came.
    """
    verb = plan if plan.pos_ in {"VERB", "AUX"} else plan.head
    told = auxiliaries_of(verb) | {verb.lower_}
    if plan.lemma_ == "suppose":
        return bool(told & {"was", "were"})
    bound = plan.lower_ in words("timetabled", "foreseen")
    if bound and {"had", "been"} <= told:
        return True
    bound = bound and bool(told & {"was", "were"})
    meant = plan.lemma_ in words("plans_to") and tense_of(plan) == "past"
    return (bound or meant) and _is_overtaken(plan, verb)


def _is_overtaken(plan: Token, verb: Token) -> bool:
    """Tell "was originally due to come", "was due in Lima, but flew to Quito instead"."""
    if any(c.lower_ in words("before_change") for c in (*plan.children, *verb.children)):
        return True
    behind = plan.doc[plan.i : plan.sent.end]
    last = behind.end - 1
    return any(t.lower_ == "instead" and t.i < last and t.nbor().lower_ != "of" for t in behind)


def has_weekday(verb: Token) -> bool:
    """Tell "arrives in Lima on Monday", "arrives Monday", "on Monday morning"."""
    days = [day for child in verb.children if child.lower_ == "on" for day in child.children]
    days += [child for child in verb.children if child.dep_ == "npadvmod"]
    named = (t for day in days for t in (day, *day.lefts))
    return any(t.tag_ == "NNP" and t.lower_.endswith("day") for t in named)


def _has_condition(verb: Token) -> bool:
    only = any(child.lower_ == "only" for child in verb.children)
    return any(
        child.dep_ == "advcl"
        and any(c.lower_ in {"if", "unless"} or _is_ripe(c, child, only) for c in child.children)
        for child in verb.children
    )


def _is_ripe(mark: Token, verb: Token, only: bool, /) -> bool:
    """Tell "will go when the time is right", "once conditions allow", "only once they left"."""
    if mark.lower_ not in {"when", "once", "as", "after"}:
        return False
    if only or (mark.i and mark.nbor(-1).lower_ == "only"):
        return mark.lower_ in {"when", "once", "after"}
    told = {t.lemma_ for t in verb.subtree}
    return bool(told & words("ripe"))


def verb_over_participle(participle: Token) -> Token:
    """Return what stands over "before visiting", past a clause that says who somebody is.

    "met X, who chairs the body, before visiting Peru" is of who met him, though the parse hangs
    it on "chairs"; "met X, who spoke before visiting Peru", "who flies to Oslo before" is of X. So
    "said while visiting Peru that the bank would open" is of who said it.
    """
    over = participle.head.head if participle.dep_ == "pcomp" else participle.head
    if participle.dep_ == "pcomp" and over.lower_ in {"prior", "ahead"}:
        over = over.head  # "met X prior to flying to Peru"
    if is_before_that(participle):
        return over.head
    standing = over.dep_ == "relcl" and over.tag_ in {"VBZ", "VBP"}
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


__all__ = [
    "Tense",
    "auxiliaries_of",
    "has_weekday",
    "is_bare_present",
    "is_before_that",
    "is_cut_short",
    "is_due",
    "is_given_up",
    "is_hypothetical",
    "is_negated",
    "is_put_off",
    "is_too_much",
    "parsed_verb",
    "shares_infinitive",
    "tense_of",
    "verb_over_participle",
    "was_once",
    "was_planned",
]
