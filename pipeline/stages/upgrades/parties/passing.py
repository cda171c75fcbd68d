"""Names that a sentence only passes by: they are of no party to the change that it tells."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from pipeline.discourse.verbs import has_subject
from pipeline.labels import COMPLEMENTS, PAST, VERBS
from pipeline.neighbours import text_at
from pipeline.signs import STROKES
from pipeline.stages.upgrades.tables import making_verbs, words

#: How many tokens the name of a council or meeting may have.
_EVENT_REACH = 7
#: How many tokens behind a town what was signed there may be named.
_PAPER_REACH = 3
#: How far behind "with" one is said to be the mediator, in tokens.
_MEDIATOR_REACH = 7


def is_doer(doc: Doc, end: int) -> bool:
    """Tell the "Chadian" that ends before token `end` of "a Chadian-led boycott"."""
    joined = text_at(doc, end) in STROKES and end + 1 < len(doc)
    return joined and doc[end + 1].tag_ in PAST


def is_of_event(doc: Doc, i: int) -> bool:
    """Tell the name at token `i` of "the Peru-Chad Friendship Council", "the Oslo Forum".

    Also of "the Peru-Chad war", "the Peru-Chad border dispute", "Serbia's EU integration".
    """
    described = False
    if doc[i].dep_ == "compound" and doc[i].head.lemma_.lower() in words("way_in"):
        return True
    for token in doc[i : i + _EVENT_REACH]:
        if token.text in words("event_name") or token.lemma_.lower() in words("quarrel"):
            return True
        if token.text[:1].isupper() or token.text in STROKES:
            continue
        if described or token.pos_ not in {"NOUN", "ADJ"}:
            return False
        described = True
    return False


def names_paper(doc: Doc, end: int) -> bool:
    """Tell the town that ends before token `end` of "the Paris climate accord", "Oslo agreements".

    Also of "the Oslo peace process".

    Not of "Riyadh signed the accord", "the Riyadh government", "Oslo, Riyadh pact".
    """
    before = doc[max(0, end - 3) : end - 1]
    if len(before) == 2 and before[1].text in {",", "-", "–"} and before[0].pos_ == "PROPN":
        return False
    for token in doc[end : end + _PAPER_REACH]:
        if token.lemma_.lower() in words("document", "called_by_town"):
            return token.pos_ == "NOUN" or token.text[:1].isupper()
        if token.pos_ not in {"NOUN", "ADJ"} or not token.is_lower:
            return False
    return False


def is_passed_by(name: Token) -> bool:
    """Tell "in Peru's capital", "in solidarity with Peru", "the embassy of Peru"."""
    node = name
    for _ in range(4):
        if node.head == node or node.pos_ == "VERB" or node.dep_ == "conj":
            return False
        if node.dep_ in {"pobj", "poss", "compound", "amod"}:
            head = node.head
            if head.lower_ == "for" and head.head.lower_ in words("in_barter"):
                return True  # "opened relations in exchange for aid from Peru"
            if head.lower_ in {"in", "at", "within"} or head.lemma_.lower() in words("passed_by"):
                return True
            if is_post(node):
                return True
            if head.lower_ == "with" and head.head.lemma_ in words("talk"):
                return True
        node = node.head
    return False


def is_post(name: Token) -> bool:
    """Tell the "Peru" of "Chad's ambassador to Peru signed it", where he only serves."""
    node = name
    while node.dep_ in {"compound", "det"} and node.head.pos_ == "PROPN":
        node = node.head
    to = node.head
    return to.lower_ == "to" and to.head.lemma_.lower().removesuffix("s") in words("posted")


def is_broker(name: Token) -> bool:
    """Tell the "Peru" of "brokered by Peru", "Peru steered the talks", who is no party.

    Also that of "under the mediation of Peru".
    """
    by = name.head
    told = by.lower_ == "by" and by.head.lemma_.lower() in words("brokered")
    told = told or (by.lower_ == "of" and by.head.lemma_.lower() in words("mediation"))
    return told or (name.dep_ == "nsubj" and by.lemma_.lower() in words("brokers"))


def is_asked_to_help(name: Token) -> bool:
    """Tell the "OSCE" of "asked the OSCE to help start talks with Peru on restoring ties".

    Not the "OSCE" of "asked the OSCE to help Fiji and restore ties with Peru", nor those of "asked
    Fiji and Peru to help restore ties". So it is of "the OSCE Minsk Group".
    """
    while name.dep_ == "compound" and name.head.dep_ in {"compound", "dobj", "nsubj"}:
        name = name.head
    verb = name.head
    if any(c.dep_ == "conj" for c in name.children):
        return False
    if name.dep_ == "nsubj" and verb.dep_ in COMPLEMENTS:
        return _only_helps(verb) and verb.head.lemma_.lower() in words("moves")
    asked = name.dep_ == "dobj" and verb.lemma_.lower() in words("moves")
    helps = (c for c in verb.children if c.dep_ in COMPLEMENTS and c.i > name.i)
    return asked and any(map(_only_helps, helps))


def _only_helps(verb: Token) -> bool:
    goes_on = any(c.dep_ == "conj" and c.pos_ in VERBS for c in verb.children)
    return verb.lemma_.lower() in words("helps") and not goes_on


def is_with_mediator(prep: Token) -> bool:
    """Tell the "with" of "with Qatar mediating", "with Turkey as mediator", of no partner."""
    for token in prep.doc[prep.i + 1 : min(prep.i + _MEDIATOR_REACH, prep.sent.end)]:
        if token.text in {",", "(", ";"}:
            return False
        if token.lower_ in words("mediator"):
            return True
    return False


def is_judge(name: Token) -> bool:
    """Tell the "Peru" of "the decision to cut ties was condemned by Chad and Peru"."""
    heads = [name, *name.conjuncts]
    by = next((node.head for node in heads if node.head.lower_ == "by"), None)
    return by is not None and is_judged(by.head)


def is_judged(verb: Token) -> bool:
    """Tell the "condemned" of "the decision to cut ties was condemned by Chad"."""
    if verb.tag_ != "VBN" or verb.lemma_.lower() not in words("judges"):
        return False
    named = [c for c in verb.children if c.dep_ == "nsubjpass"]
    return any(c.lemma_.lower() in words("step", "news") for c in named)


def follows_no_state(verb: Token) -> bool:
    """Tell the "opened" of "recognised Abkhazia and opened diplomatic relations", with nobody else.

    Not that of "recognised Abkhazia and opened relations with Peru", "recognised Abkhazia, and Peru
    cut relations".
    """
    own = has_subject(verb)
    if verb.dep_ != "conj" or own or any(t.lower_ in words("to_partner") for t in verb.subtree):
        return False
    before = verb.doc[verb.head.i + 1 : verb.i]
    return any(t.lower_ in words("no_state") and t.dep_ in {"dobj", "pobj"} for t in before)


def is_done_beside(name: Token, trigger: Token) -> bool:
    """Tell the "Oman" of "cut ties with Chad and befriended Oman", of another verb's doing.

    Also of "cut ties in order to open relations with Oman", "to recognise Oman".
    """
    if is_of_aim(name, trigger):
        return True
    verb = name.head
    joined = name.dep_ == "dobj" and verb.dep_ == "conj" and verb.head == trigger
    return joined and not has_subject(verb)


def is_of_aim(name: Token, trigger: Token) -> bool:
    """Tell the "Oman" of "broke off ties to restore those with Oman"."""
    over = next((t for t in name.ancestors if t.pos_ == "VERB"), None)
    ordered = over is not None and over.dep_ == "acl" and over.head.lower_ == "order"
    aim = over is not None and over.tag_ == "VB" and (ordered or over.dep_ in {"advcl", "xcomp"})
    if over is None or not aim or over == trigger or trigger not in over.ancestors:
        return False
    object_of = name.dep_ == "dobj" and name.head == over
    leads = name.dep_ == "pobj" and name.head.lower_ == "with"
    return (object_of or leads) and over.lemma_.lower() in making_verbs()


def takes_no_part(name: Token) -> bool:
    """Tell who brokers a change, judges it or is asked to help, of whom it is none."""
    return is_broker(name) or is_judge(name) or is_asked_to_help(name)


def is_met(name: Token) -> bool:
    """Tell the "Peru" of "talks with the premier of Peru"."""
    for node in name.ancestors:
        if node.lower_ == "with" and node.head.lemma_.lower() in words("met"):
            return True
        if node.pos_ in VERBS:
            return node.lemma_.lower() == "meet" and name.i > node.i
    return False


def is_in_when(name: Token) -> bool:
    """Tell what stands in a clause that "when" opens."""
    return any(
        child.lower_ == "when"
        for node in name.ancestors
        if node.dep_ in {"relcl", "advcl"}
        for child in node.children
    )


__all__ = [
    "follows_no_state",
    "is_asked_to_help",
    "is_broker",
    "is_doer",
    "is_done_beside",
    "is_in_when",
    "is_judge",
    "is_judged",
    "is_met",
    "is_of_aim",
    "is_of_event",
    "is_passed_by",
    "is_post",
    "is_with_mediator",
    "names_paper",
    "takes_no_part",
]
