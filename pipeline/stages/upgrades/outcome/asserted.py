"""What tells of a change without saying that it is made, planned or wished for."""

from __future__ import annotations

from itertools import islice

from spacy.tokens import Token

from pipeline.discourse.denials import is_negated
from pipeline.discourse.tables import words as told_words
from pipeline.discourse.verb_forms import tense_of
from pipeline.discourse.verbs import has_subject
from pipeline.headings import is_headline_plan
from pipeline.labels import ADNOMINAL, NOUNS, PREP_COMPLEMENTS, SUBJECTS, UNDERGONE, VERBS
from pipeline.neighbours import prep_objects
from pipeline.stages.upgrades.outcome.governors import (
    is_bent_on,
    is_in_view,
    is_minded,
    is_one_that_did,
    paper_aimed,
)
from pipeline.stages.upgrades.outcome.misread import gerund_of
from pipeline.stages.upgrades.outcome.undertakings import bargain, is_set_going, keeper
from pipeline.stages.upgrades.outcome.words_over import is_spoken_of
from pipeline.stages.upgrades.tables import words

_UNTENSED = frozenset({"infinitive", "none"})
#: How a gerund, or an infinitive, hangs on the word that may assert it.
_GERUNDS = frozenset({"pcomp", "csubj", "dobj", "pobj", "xcomp"})
_INFINITIVES = frozenset({"xcomp", "acl", "advcl", "ccomp"})
#: How what is seen hangs on its verb ("the year saw them restore ties").
_SEEN = frozenset({"dobj", "ccomp", "xcomp"})
#: How many words above a change the one that asserts it is looked for.
_REACH = 7


def is_only_named(token: Token) -> bool:
    """Tell "closer than ever to a normalization of ties", which says nothing of its coming.

    A noun, a gerund or an infinitive tells a change by the words above it: "agreed on", "after",
    "called for". Where none of them asserts it, the sentence only speaks of it.
    """
    if bargain(token) is not None:
        return False  # "got arms in return for normalising ties"
    if _is_harmed(token):
        return True
    if is_headline_plan(token):
        return False
    if is_set_going(token) or is_in_view(token):
        return False  # "launched the procedure of granting it the status"
    if token.pos_ in NOUNS or gerund_of(token) is not None:
        return is_stage(token) or not _is_asserted(token)
    if token.pos_ != "VERB" or any(c.pos_ == "AUX" for c in token.children):
        return False
    if token.tag_ == "VBG":
        over = token.head
        if token.dep_ == "csubj" and (is_spoken_of(over) or _is_past(over)):
            return False  # "raising their ties was under discussion", "was a mistake"
        toward = token.dep_ == "pcomp" and token.head.lower_ in told_words("toward")
        if token.dep_ == "pcomp" and token.head.lower_ == "with" and has_subject(token):
            return False  # "the row escalated, with Peru cutting its ties"
        if token.dep_ == "pcomp" and _is_near(token.head):
            return True
        return token.dep_ in _GERUNDS and not toward and not _is_asserted(token)
    if tense_of(token) != "infinitive" or token.dep_ not in _INFINITIVES:
        return False
    if token.dep_ == "advcl" and tense_of(token.head) not in _UNTENSED:
        return False  # "broke with Chad to recognise Peru", "will visit Chad to sign a pact"
    if any(is_one_that_did(c) for c in token.children if c.dep_ == "nsubj"):
        return False
    return keeper(token) is None and not _is_asserted(token)


def _is_near(prep: Token) -> bool:
    """Tell "moved closer to restoring ties", "a step closer to it": it has not been done."""
    nearer = prep.lower_ == "to" and prep.head.pos_ in {"ADV", "ADJ"}
    return (prep.head if nearer else prep).lower_ in words("close_to")


def _is_harmed(noun: Token) -> bool:
    """Tell "the attack undermined the normalisation of ties", which only speaks of it."""
    over = noun.head
    hit = noun.pos_ in NOUNS and noun.dep_ in UNDERGONE
    return hit and over.lemma_.lower() in words("harms")


def _is_other_return(token: Token) -> bool:
    """Tell "on his return to Peru he hailed their ties" from "the return to diplomatic ties"."""
    if token.pos_ != "NOUN" or token.lemma_.lower() not in words("comes_back"):
        return False
    what = prep_objects(token, "of", "to")
    over = token.head.head if token.dep_ == "pobj" else token.head  # "agreed on the return of"
    if over.lemma_.lower() in words("announces_return") and any(map(_is_sent, what)):
        return False
    return all(noun.lemma_.lower() not in words("tie") for noun in what)


def _is_sent(noun: Token) -> bool:
    """Tell "its ambassador" of "announced the return of its ambassador to Peru".

    Not that of "announced the return of its ambassador for consultations".
    """
    sent = noun.lemma_.lower() in words("sent_back") and any(
        c.dep_ == "poss" for c in noun.children
    )
    behind = noun.doc[noun.i : noun.sent.end]
    return sent and all(t.lemma_.lower() != "consultation" for t in behind)


def is_stage(token: Token) -> bool:
    """Tell "marked a step in the normalisation of ties", "a milestone on the road to it".

    Not "took the step of raising them", by which that is done.
    """
    if _is_other_return(token):
        return True
    gerund = gerund_of(token)
    prep = (gerund or token).head
    if gerund is not None:  # "a first step in normalising diplomatic ties"
        taken = prep.head.dep_ == "dobj" and prep.head.head.lemma_ == "take"
        return not taken and prep.head.lemma_.lower() in words("stage")
    if prep.pos_ != "ADP" or token.dep_ not in PREP_COMPLEMENTS or prep.head.pos_ in VERBS:
        return False
    of = prep.lower_ == "of"
    if of and _is_of_signing(prep.head):
        return False
    return prep.head.lemma_.lower() in (words("process") if of else words("stage", "process"))


def is_regarded(token: Token) -> bool:
    """Tell "considers Peru as a partner", "considers it one", from "considers a partnership".

    The parse may hang the "as" on the state.
    """
    if token.lemma_.lower() not in words("regards") or token.pos_ != "VERB":
        return False
    near = (*token.children, *(n for c in token.children for n in c.children))
    as_one = any(c.lower_ == "as" and c.i > token.i for c in near)
    called = any(c.dep_ in {"oprd", "ccomp"} and c.pos_ in NOUNS for c in token.children)
    return as_one or called


def _is_protested(noun: Token) -> bool:
    """Tell "in protest at French recognition of it", by one who did, from "against any of it"."""
    prep = noun.head
    if noun.pos_ not in NOUNS or prep.lower_ not in words("protests_at"):
        return False
    owners = [c for c in noun.children if c.i < noun.i and c.dep_ in {"poss", "compound", "amod"}]
    own = any(c.ent_type_ in {"GPE", "NORP"} or c.pos_ == "PROPN" for c in owners)
    return own and prep.head.lemma_.lower() in words("judges", "answered_by")


def _is_asserted(token: Token) -> bool:
    if _is_protested(token):
        return True
    below = token
    for node in islice(token.ancestors, _REACH):
        if _asserts(node, below) or (below == token and _is_of_event(node, token)):
            return True
        if node.pos_ in VERBS and tense_of(node) not in _UNTENSED:
            return False
        below = node
    return below.dep_ == "ROOT" and below.pos_ not in VERBS


def _asserts(node: Token, below: Token) -> bool:
    lemma = node.lemma_.lower()
    if below.pos_ == "VERB" and is_one_that_did(node):
        return True
    if node.pos_ in {"ADP", "SCONJ"}:
        return lemma in words("asserts")
    if lemma == "reason":
        return below.lower_ == "for" and node.head.lower_ == "as"  # "gave it as the reason for"
    if paper_aimed(node) is not None:
        return True  # "signed a deal designed to restore ties"
    if lemma in words("contains") and _is_of_paper(node):
        return True  # "a deal that involved restoring ties"
    if lemma == "mean":
        return below.tag_ == "VB"  # "means to cut ties", not "means freezing any upgrade"
    if lemma in words("step") and node.dep_ == "dobj" and node.head.lemma_ == "take":
        return True  # "took the step of raising their ties"
    if lemma in words("sees"):
        return below.dep_ in _SEEN
    if below.lower_ == "about" and lemma in words("said_noun"):
        return False  # "heard statements about the restoration of ties"
    if below.lower_ == "of" and _is_of_signing(node):
        return True
    if lemma == "interest":
        return below.lower_ == "in"  # "showed interest in", not "has an interest to"
    if is_minded(node) or (node.pos_ == "VERB" and node.lower_ in words("minded")):
        return True
    if is_bent_on(node):
        return True
    if any(lemma in words(name) for name in ("asserts", "decided", "document", "wished")):
        return True
    return lemma == "be" and below.dep_ == "xcomp"


def _is_of_signing(part: Token) -> bool:
    """Tell "signed a pact as part of an upgrade of ties" from "held talks as part of" one."""
    verb = part.head.head
    led = part.lemma_ == "part" and part.dep_ == "pobj" and part.head.lower_ == "as"
    return led and verb.lemma_.lower() in words("signs") and _is_past(verb)


def _is_of_paper(verb: Token) -> bool:
    """Tell what a deal "involves" from what talks or a draft of one involve."""
    named = [c for c in verb.children if c.dep_ == "nsubj"]
    named += [verb.head] if verb.dep_ in ADNOMINAL else []
    made = (n for n in named if not any(c.lower_ in words("unmade") for c in n.children))
    return any(noun.lemma_.lower() in words("document") for noun in made)


def _is_of_event(verb: Token, subject: Token) -> bool:
    """Tell "the normalisation spurred trade", which is made, from "would be a prize"."""
    if verb.pos_ not in VERBS or subject.dep_ not in SUBJECTS:
        return False
    if verb.lemma_.lower() in words("took_place") and verb.lemma_ != "be":
        return True
    settled = (c for c in verb.children if c.dep_ in {"acomp", "attr"})
    if verb.lemma_ == "be" and any(c.lower_ in words("said_of_done") for c in settled):
        return not is_negated(verb)  # "the withdrawal is final"
    return verb.lemma_ != "be" and _is_past(verb)


def _is_past(verb: Token) -> bool:
    return tense_of(verb) == "past" and not is_negated(verb)


__all__ = ["is_only_named", "is_regarded", "is_stage"]
