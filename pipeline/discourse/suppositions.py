"""Whether a verb only supposes or plans: "if she visits", "was due to fly", "was put off"."""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.discourse.denials import is_negated
from pipeline.discourse.tables import words
from pipeline.discourse.verb_forms import auxiliaries_of, has_weekday, tense_of
from pipeline.discourse.verbs import has_subject
from pipeline.labels import COMPLEMENTS, OPENERS, SUBJECTS, VERBS

#: What opens a clause on when, where or with whom one goes, as one surely does.
_ASKED = frozenset({"WRB", "WP", "WP$", "WDT"})


def is_put_off(verb: Token) -> bool:
    """Tell "held over from Monday", "pushed it from Monday"; not "held talks from Monday"."""
    if verb.lemma_ in words("puts_off_alone"):
        return True
    apart = any(c.lower_ in words("off_in_time") for c in verb.children)
    return verb.lemma_ in words("postpone") or (verb.lemma_ in words("puts_off") and apart)


def is_behind_plan(verb: Token) -> bool:
    """Tell "will fly home after she visits Lima", "said he would sign it once he visited Lima".

    Of "would later recall it, after he visited Lima", "said trade would grow after he visited Lima"
    nothing says that it was to come, and a day tells by itself whether it was. "Said the signing
    would take place after he visited Lima" sets both.
    """
    over = verb.head
    behind = verb.dep_ == "advcl" and over.pos_ in VERBS
    marks = {c.lower_ for c in verb.children if c.dep_ in OPENERS}
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
        if any(c.lower_ in words("in_doubt") and c.dep_ == "mark" for c in node.children):
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
    if mark is None or not has_subject(verb):
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
        if node.head == node or (node.dep_ == "conj" and "will" in auxiliaries_of(node)):
            return False  # "was due to come on Friday, but will come on Monday"
        node = node.head
    return False


def is_given_up(plan: Token) -> bool:
    """Tell "had been due to fly", "was supposed to come", of plans that came to nothing.

    So "was originally due to come", "had initially planned to come", "was due in Lima, but flew to
    Quito instead". "Was due to come" by itself tells not whether one came.
    """
    verb = plan if plan.pos_ in VERBS else plan.head
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


def _has_condition(verb: Token) -> bool:
    only = any(child.lower_ == "only" for child in verb.children)
    return any(
        child.dep_ == "advcl"
        and any(
            c.lower_ in words("on_condition") or _is_ripe(c, child, only) for c in child.children
        )
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


def is_denied_above(verb: Token) -> bool:
    """Tell the asking of "denied that he had been asked to go", of "denied being asked to go"."""
    above = verb.head
    if above.i >= verb.i or verb.dep_ not in COMPLEMENTS:
        return False
    if verb.dep_ == "ccomp" and has_subject(verb):
        return above.lemma_.lower() in words("doubted") and "had" not in auxiliaries_of(above)
    return above.lemma_.lower() in words("denies_having")


def is_improbable(verb: Token) -> bool:
    """Tell "it is unlikely that she will come to Lima", "it is not certain that she will".

    "It is likely that she will", "it is not unlikely", "not clear when she will" do not fire.
    """
    over, judgements = verb.head, words("improbable") | words("likelihood")
    if verb.dep_ not in {"ccomp", "acl", "advcl", "csubj"} or not has_subject(verb):
        return False
    if verb.left_edge.tag_ in _ASKED:
        return False
    if over.lemma_ in words("is_so"):
        behind = over.doc[over.i + 1 : min(over.i + 4, len(over.doc))]
        judged = next((t for t in behind if t.lower_ in judgements), over)
    else:
        judged, over = over, over.head
    if over.lemma_ not in words("is_so") or judged.lower_ not in judgements:
        return False
    it = (c.lower_ == "it" for c in over.children if c.dep_ in SUBJECTS)
    return any(it) and (judged.lower_ in words("improbable")) is not is_negated(over)


def is_high_time(verb: Token) -> bool:
    """Tell "it is time that she came to Lima", which she has not.

    "It was the first time that she came to Lima" does not fire.
    """
    above = verb.head
    if verb.tag_ != "VBD":
        return False
    time = above if above.lemma_ == "time" else None
    if time is None and above.lemma_ == "be":
        time = next((c for c in above.children if c.dep_ == "attr" and c.lemma_ == "time"), None)
    if time is None or time.head.lemma_ != "be":
        return False
    one = any(child.dep_ in {"det", "poss"} for child in time.children)
    return not one and any(child.lower_ == "it" for child in time.head.children)


__all__ = [
    "is_behind_plan",
    "is_denied_above",
    "is_given_up",
    "is_high_time",
    "is_hypothetical",
    "is_improbable",
    "is_put_off",
    "was_once",
    "was_planned",
]
