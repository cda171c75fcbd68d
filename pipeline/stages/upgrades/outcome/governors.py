"""The words over an infinitive, and what status they give it: "agreed to", "hopes to"."""

from __future__ import annotations

from spacy.tokens import Token

from models.upgrade import UpgradeStatus
from pipeline.discourse.denials import is_negated
from pipeline.discourse.tables import words as told_words
from pipeline.discourse.verb_forms import auxiliaries_of, tense_of
from pipeline.labels import ADNOMINAL, PAST, PRESENT, SUBJECTS, UNDERGONE, VERBS
from pipeline.neighbours import prep_objects
from pipeline.stages.upgrades.outcome.tenses import tense_status
from pipeline.stages.upgrades.outcome.undertakings import is_dropped, is_refused
from pipeline.stages.upgrades.tables import words

UNTENSED = frozenset({"infinitive", "none"})


def _is_paper(noun: Token) -> bool:
    """Tell the "deal" of "signed a deal to become partners"."""
    return noun.pos_ == "NOUN" and noun.lemma_.lower() in words("document")


def status_of_paper(noun: Token) -> UpgradeStatus | None:
    """Return the status that "will sign", "are negotiating" gives to "an agreement to become"."""
    paper = _is_paper(noun)
    while noun.dep_ == "pobj" and noun.head.lower_ in words("one_of_papers"):
        noun = noun.head.head  # "will sign papers, including an agreement to"
    many = noun.head.head if noun.dep_ == "pobj" and noun.head.lower_ == "of" else noun
    noun = many if many.lemma_.lower() in words("number_of") else noun
    verb = noun.head
    if paper and (verb := _bargains_over(noun) or verb).pos_ == "VERB" and is_dropped(verb):
        return None  # "rejected a deal to", "walked away from an agreement to"
    if paper and noun.dep_ == "pobj" and _is_sought(noun.head):
        return "proposed"
    objects = noun.dep_ in UNDERGONE or verb != noun.head
    if not objects or verb.pos_ != "VERB" or not paper:
        return "completed"
    over = verb.head.lemma_.lower() if tense_of(verb) in UNTENSED else ""
    makes = words("signs", "bargains")
    if verb.lemma_.lower() in makes and over in words("planned"):
        return "planned"
    if verb.dep_ == "pcomp" and verb.head.head.lemma_.lower() in words("close_to"):
        return "proposed"  # "are close to signing a deal to"
    if over in words("proposed", "refused"):
        return "proposed" if over in words("proposed") else None  # "tries to broker a deal to"
    if verb.lemma_.lower() in words("hailed"):
        return "completed"
    if verb.lemma_.lower() in words("drafts"):
        return "planned"  # "a deal to raise ties has been prepared"
    if verb.lemma_.lower() in words("proposed"):
        return "proposed"
    return tense_status(verb) if verb.lemma_.lower() in makes else "completed"


def _is_sought(prep: Token) -> bool:
    """Tell "work towards a treaty to", "called for a deal to", "talks continue on a deal to".

    Not "agreed on a deal to", "signed after talks on a deal to".
    """
    over = prep.head
    talks = [over, *(c for c in over.children if c.dep_ == "nsubj" and over.pos_ in VERBS)]
    top = over
    while top.dep_ == "pobj" and top.head.lower_ == "of" and top.head.head.pos_ == "NOUN":
        top = top.head.head  # "after months of talks on a deal to"
    past = top.pos_ == "NOUN" and top.head.lower_ in words("done_before")
    sought = over.dep_ in UNDERGONE and over.head.lemma_.lower() in words("proposed")
    wished = sought or any(n.lemma_.lower() in words("proposed") for n in talks)
    about = prep.lower_ in words("sought_by") and wished
    return not past and (prep.lower_ in told_words("toward") or about)


def is_judged_as(verb: Token) -> bool:
    """Tell the "be" of "it would be wise to raise them", "it was a mistake to cut them"."""
    subject = next((c for c in verb.children if c.dep_ == "nsubj"), None)
    said = [c for c in verb.children if c.dep_ in {"acomp", "attr"}]
    judged = bool(said) and all(c.lemma_.lower() not in words("improbable") for c in said)
    return verb.lemma_ == "be" and judged and subject is not None and subject.lower_ == "it"


def paper_aimed(verb: Token) -> Token | None:
    """Return the "deal" of "signed a deal aimed at restoring ties", which restores them.

    None of "talks aimed at restoring them", "a deal on trade aimed at restoring them".
    """
    noun = verb.head
    aimed = verb.tag_ == "VBN" and verb.dep_ == "acl" and verb.lemma_.lower() in words("aimed")
    made = noun.head.lemma_.lower() in words("signs", "strikes", "bargains")
    signed = aimed and made and noun.dep_ == "dobj" and _is_paper(noun)
    of_else = any(c.dep_ == "prep" and c.i < verb.i for c in noun.children)
    return noun if signed and not of_else else None


def paper_that(verb: Token) -> Token | None:
    """Return the "pact" of "signed a pact that will raise their ties", which raises them."""
    subject = next((c.lower_ for c in verb.children if c.dep_ == "nsubj"), None)
    relative = verb.dep_ == "relcl" and subject in {"that", "which"}
    return verb.head if relative and _is_paper(verb.head) else None


def paper_vowing(verb: Token) -> Token | None:
    """Return the "pact" of "signed a pact on Monday, vowing to raise their ties", which does so.

    None of "signed a pact on trade, vowing to raise them", "are to sign a pact vowing to".
    """
    vow = verb.head
    if verb.dep_ != "xcomp" or vow.tag_ != "VBG" or vow.lemma_.lower() not in words("vows"):
        return None
    over = vow.head.head if vow.dep_ == "acl" else vow.head
    if over.lemma_.lower() not in words("signs") or tense_of(over) in UNTENSED or vow.i < over.i:
        return None
    signed = (c for c in over.children if c.dep_ == "dobj")
    papers = {"acl": (vow.head,), "advcl": signed}.get(vow.dep_, ())
    return next((c for c in papers if _is_paper(c) and not _has_matter(c)), None)


def notes_exchanged(verb: Token) -> Token | None:
    """Return the "exchanged" of "exchanged notes on Monday to open relations", which opens them."""
    over = verb.head.head if verb.dep_ in ADNOMINAL else verb.head
    objects = [c for c in over.children if c.dep_ in UNDERGONE]
    papers = any(n.lemma_.lower() in words("notes_exchanged") for n in objects)
    return over if papers and over.lemma_ == "exchange" and over.i < verb.i else None


def _has_matter(paper: Token) -> bool:
    """Tell "a trade agreement", "a memorandum on water" from "a declaration on Tuesday"."""
    on = prep_objects(paper, "on", "for")
    named = any(c.dep_ == "compound" and c.pos_ == "NOUN" for c in paper.children)
    return named or any(n.pos_ == "NOUN" and not n.ent_type_ for n in on)


def shows_will(verb: Token) -> Token | None:
    """Return the "showed" of "showed its will to help by raising their ties", which are raised.

    None of "expressed its will to help by raising them".
    """
    over = verb.head.head if verb.dep_ == "acl" else verb.head
    if verb.dep_ not in {"acl", "advcl", "xcomp"} or over.lemma_.lower() not in words("proves"):
        return None
    will = (c for c in over.children if c.dep_ == "dobj" and over.i < c.i < verb.i)
    shown = any(noun.lemma_.lower() in words("promise", "willing") for noun in will)
    return over if shown else None


def _bargains_over(noun: Token) -> Token | None:
    """Return the "came" of "came to a deal", "walked" of "walked away from a deal"."""
    prep = noun.head if noun.dep_ == "pobj" else None
    over = prep.head if prep is not None and prep.lower_ in words("to_paper") else None
    return over if over is not None and over.pos_ == "VERB" else None


def paper_before(verb: Token) -> Token | None:
    """Return the "deal" of "brokered a deal in May to restore ties", parsed as what it was for."""
    over = verb.head
    if verb.dep_ not in {"advcl", "xcomp"}:
        return None
    makes = ("brokers", "bargains", "signed", "signs", "hailed")
    if not any(over.lemma_.lower() in words(name) for name in makes):
        return None
    preps = (c for c in over.children if c.lower_ in words("to_paper"))
    nouns = [c for node in (over, *preps) for c in node.children if c.dep_ in {"dobj", "pobj"}]
    return next((c for c in nouns if over.i < c.i < verb.i and _is_paper(c)), None)


def decision_taken(verb: Token) -> Token | None:
    """Return the "made" of "made the decision on Tuesday to cut ties", parsed as what it was for.

    Not that of "made a decision on trade to win votes and raise ties", which has a clause between.
    """
    of_noun = verb.dep_ == "acl" and verb.head.lemma_.lower() in words("decision_noun")
    over = verb.head.head if of_noun else verb.head
    behind = of_noun or verb.dep_ in {"advcl", "xcomp"}
    if not behind or over.lemma_.lower() not in words("makes_decision"):
        return None
    taken = (c for c in over.children if c.dep_ in UNDERGONE)
    decided = any(c.lemma_.lower() in words("decision_noun") for c in taken)
    between = verb.doc[over.i + 1 : verb.i]
    return over if decided and all(t.pos_ != "VERB" for t in between) else None


def is_one_that_did(noun: Token) -> bool:
    """Tell "the first country to recognise", "the last of the neighbours to sign"."""
    top = noun
    while top.dep_ == "pobj" and top.head.lower_ in {"of", "in"} and top.head.head != top.head:
        top = top.head.head  # "the latest in a string of allies to cut ties"
    names = {noun.lemma_.lower(), noun.lower_, top.lower_}
    below = (c for node in (noun, top) for c in node.children if c.dep_ != "poss")
    around = {*names, *(child.lower_ for child in below)}
    return noun.pos_ != "VERB" and bool(around & words("one_that_did"))


def is_in_view(verb: Token) -> bool:
    """Tell the "raising" of "will review their ties with a view to raising them"."""
    to = verb.head
    view = to.head if verb.dep_ == "pcomp" and to.lower_ == "to" else None
    return view is not None and view.lower_ in words("in_view") and view.head.lower_ == "with"


def becomes_one(verb: Token) -> bool:
    """Tell "has become the latest country to", where the parse hangs the infinitive on the verb.

    Also "is among the countries to", of which each has done it.
    """
    if verb.lemma_ == "be" and any(map(_is_one_of_many, prep_objects(verb, "among"))):
        return True
    named = [child for child in verb.children if child.dep_ == "attr"]
    return verb.lemma_ in told_words("becomes") and any(map(is_one_that_did, named))


def _is_one_of_many(noun: Token) -> bool:
    return noun.lower_ == "those" or noun.lemma_.lower() in words("many_parties")


def status_of_one(verb: Token) -> UpgradeStatus | None:
    """Return the status by "became the first to", "is set to become the first to"."""
    set_to = tense_of(verb) == "infinitive" and verb.dep_ == "xcomp" and rules_over(verb.head)
    return status_under(verb.head, verb) if set_to else tense_status(verb)


def rules_over(head: Token) -> bool:
    """Tell whether a word decides the status of the infinitive under it."""
    if head.pos_ not in {"VERB", "AUX", "NOUN", "ADJ"}:
        return False
    lemma = head.lemma_.lower()
    return (
        lemma == "be"
        or is_minded(head)
        or is_bent_on(head)
        or any(lemma in words(name) for name in ("decided", "planned", "proposed", "refused"))
        or _is_paper(head)
        or (head.pos_ in VERBS and is_negated(head))
    )


def _is_first_of(head: Token, verb: Token) -> bool:
    """Tell "was among the first to open relations" from "is to open relations"."""
    between = {token.lower_ for token in verb.doc[head.i : verb.i]}
    return bool(between & words("one_that_did"))


def status_under(head: Token, verb: Token) -> UpgradeStatus | None:
    """Return the status that "agreed to", "plans to" or "hopes to" gives to what follows."""
    if head.pos_ in VERBS and is_negated(head):
        return None
    lemma = head.lemma_.lower()
    if lemma in words("refused") or any(child.lower_ == "no" for child in head.children):
        return None
    if lemma == "be" and any(c.lemma_.lower() in words("improbable") for c in head.children):
        return None
    if lemma == "be" and _is_first_of(head, verb):
        return tense_status(head)
    if lemma == "be" and (any(map(_is_ready, head.children)) or _is_in_talks(head)):
        return "proposed"  # "is ready to work with Peru, build a partnership with it"
    over = head.head != head and rules_over(head.head)
    if over and lemma in words("decided") and tense_of(head) == "infinitive":
        return status_under(head.head, head)  # "tried to persuade it to cut ties"
    if lemma in words("decided") and _is_yet_to(head):
        return "proposed"
    if head.head == head and lemma in words("decided") and tense_of(head) == "infinitive":
        return "planned"  # "Peru, Fiji to agree to restore ties"
    if head.lower_ == "help" and head.tag_ == "VB" and head.dep_ in {"acl", "advcl"}:
        return "proposed" if rules_over(head.head) or head.dep_ == "advcl" else None
    if is_bent_on(head):
        return "planned"
    if lemma in words("decided") or _is_paper(head):
        if head.pos_ == "VERB":
            return tense_status(head)
        return _status_of_decision(head) or status_of_paper(head)
    if lemma in words("planned"):
        return "planned"
    if head.dep_ in UNDERGONE and is_refused(head.head):
        return None
    return "proposed" if lemma in words("proposed") or is_minded(head) else "planned"


def _status_of_decision(noun: Token) -> UpgradeStatus | None:
    """Return the status of "the decision to cut ties could be made", None where it was taken."""
    verb = noun.head
    if noun.lemma_.lower() not in words("decision_noun") or noun.dep_ not in SUBJECTS:
        return None
    made = words("makes_decision", "step_taken")
    if verb.lemma_.lower() in words("planned"):
        ahead = any(c.dep_ == "xcomp" and c.lemma_.lower() in made for c in verb.children)
        return "planned" if ahead and not is_negated(verb) else None
    status = tense_status(verb) if verb.lemma_.lower() in made else None
    return status if status != "completed" else None


def instructs(verb: Token) -> bool:
    """Tell "instructed his minister to open relations", which is to come, from "told Peru to"."""
    if verb.pos_ != "VERB" or verb.lemma_.lower() not in words("instructs"):
        return False
    told = [c for c in verb.children if c.dep_ in {"dobj", "nsubjpass", "dative"}]
    told += [c for v in verb.children if v.dep_ == "ccomp" for c in v.children if c.dep_ == "nsubj"]
    return bool(told) and all(n.ent_type_ not in {"GPE", "NORP"} for n in told)


def is_bent_on(word: Token) -> bool:
    """Tell "is resolved to restore ties", of what one means to do, from "resolved to restore".

    Also "resolved to restore ties, it sent an envoy".
    """
    if word.lower_ not in words("bent_on"):
        return False
    now = any(c.dep_ == "auxpass" and c.tag_ in PRESENT for c in word.children)
    opens = word.dep_ == "advcl" and word.tag_ == "VBN" and not auxiliaries_of(word)
    return now or word.dep_ == "acomp" or opens


def _is_yet_to(decides: Token) -> bool:
    """Tell "has to decide to cut ties", "needs to agree to" from "had to decide to"."""
    over = decides.head
    bound = decides.dep_ == "xcomp" and over.lemma_.lower() in words("bound")
    return bound and tense_of(decides) == "infinitive" and over.tag_ not in PAST


def is_minded(word: Token) -> bool:
    """Tell the "open" of "is open to restoring ties" from that of "opened the way to it"."""
    by_form = word.pos_ == "ADJ" or word.tag_ == "VBN"
    frank = any(c.lower_ == "about" for c in word.children)  # "is open about restoring ties"
    return by_form and word.lower_ in words("minded") and not frank


def _is_in_talks(verb: Token) -> bool:
    """Tell the "is" of "is in talks with Peru to restore ties", parsed as what it is to do."""
    return any(n.lemma_.lower() in words("proposed") for n in prep_objects(verb, "in", "under"))


def _is_ready(word: Token) -> bool:
    return word.dep_ == "acomp" and (word.lower_ in words("proposed") or is_minded(word))


__all__ = [
    "UNTENSED",
    "VERBS",
    "becomes_one",
    "decision_taken",
    "instructs",
    "is_bent_on",
    "is_in_view",
    "is_judged_as",
    "is_minded",
    "is_one_that_did",
    "notes_exchanged",
    "paper_aimed",
    "paper_before",
    "paper_that",
    "paper_vowing",
    "rules_over",
    "shows_will",
    "status_of_one",
    "status_of_paper",
    "status_under",
]
