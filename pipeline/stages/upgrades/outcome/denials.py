"""What is told of a change that is not made: denied, put off the table, or a mere condition."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from spacy.tokens import Token

from pipeline.discourse.denials import is_negated
from pipeline.discourse.tables import words as told_words
from pipeline.discourse.verb_forms import tense_of
from pipeline.labels import COMPLEMENTS, NOUNS, TENSED, UNDERGONE, VERBS
from pipeline.stages.upgrades.tables import words

#: How many words above a trigger what denies it is looked for.
_REACH = 5


def is_unmade(token: Token) -> bool:
    """Tell "denied reports that it would cut ties", "too early to speak of restoring them".

    Also "not ready to normalise ties", "asked whether it would", "promised to, if he wins",
    "abandoned its efforts to restore ties", "sees no signs of a restoration of ties".
    """
    before = (child for child in token.children if child.i < token.i)  # not "… without delay"
    none = any(child.lower_ in words("denies") for child in before)
    if token.pos_ == "NOUN" and none:
        return True  # "there are no talks on a partnership"
    if _is_asked_whether(token) or _is_given_up(token) or _is_in_question(token):
        return True
    if _is_forced_if(token) or _still_stands(token) or _is_dropped_then(token):
        return True
    return any(_denies(node, below) for below, node in _chain(token))


def _chain(token: Token) -> Iterator[tuple[Token, Token]]:
    """Yield the words above a trigger, each with the one below it, within its own clause."""
    below = token
    for node in islice(token.ancestors, _REACH):
        if below.dep_ in {"advcl", "conj"} and node.pos_ in VERBS and below.tag_ != "VB":
            return
        yield below, node
        below = node


def _denies(node: Token, below: Token) -> bool:
    lemma = node.lemma_.lower()
    if node.pos_ == "NOUN" and lemma in words("outlook"):
        return any(child.lower_ in words("hardly_any") for child in node.children)
    if lemma in words("dreads") and below.dep_ in {"ccomp", "acl", "relcl"}:
        # "its fear that Peru would cut ties", but "defied concerns to upgrade its ties"
        return all(child.tag_ != "TO" for child in below.children)
    if node.pos_ in NOUNS and lemma in words("hearsay"):
        over = node.head
        if _are_called_untrue(node):
            return True
        false = words("denied") | (words("refused") if lemma in words("only_said") else set())
        return node.dep_ in UNDERGONE and over.lemma_.lower() in false
    if node.pos_ in VERBS and below.dep_ in {"xcomp", "ccomp", "advcl"}:
        said = [c for c in node.children if c.dep_ in {"acomp", "attr", "oprd"}]
    else:
        said = []
    if said:
        unwise = any(c.lemma_.lower() in words("premature") for c in said)
        past = node.lemma_ == "be" and tense_of(node) == "past"
        if unwise:
            return not past  # "it was wrong to cut ties in 2012"
        return _is_untold_when(node, said, below)
    if node.lemma_ == "make" and below.dep_ in {"xcomp", "ccomp", "advcl", "acl"}:
        sense = [c for c in node.children if c.lemma_ == "sense"]
        none = any(c.lower_ in words("hardly_any") for noun in sense for c in noun.children)
        return bool(sense) and (none or is_negated(node))
    if node.pos_ == "ADJ" and below.dep_ in {"xcomp", "ccomp", "advcl", "prep"}:
        too = any(child.lower_ == "too" for child in node.children)
        if lemma in words("premature") or (too and lemma in words("too_early")):
            return True
        over = node.head
        wished = any(lemma in words(name) for name in ("proposed", "planned", "minded"))
        return wished and over.lemma_ in words("feels") and is_negated(over)
    planned = node.pos_ in VERBS and lemma in words("planned")
    return planned and below.dep_ == "xcomp" and _has_if(node, below)


def _are_called_untrue(reports: Token) -> bool:
    """Tell "reports that Peru had cut ties were false", "called reports that it had baseless"."""
    over = reports.head
    said = [*reports.children, *(c for c in over.children if reports.dep_ == "nsubj")]
    if over.lemma_ in told_words("calls_so"):
        said += [t for t in over.subtree if t.i > reports.i]
    return any(t.lemma_.lower() in told_words("untrue") for t in said)


def _is_untold_when(node: Token, said: Sequence[Token], below: Token) -> bool:
    """Tell "it is not clear when Peru would restore ties", "is unclear if it will"."""
    asked = any(c.lower_ in words("asked_when") for c in below.children if c.i < below.i)
    known = [c for c in said if c.lemma_.lower() in words("known_when")]
    unknown = any(c.lemma_.lower() in words("unknown_when") for c in said)
    return asked and (unknown or (bool(known) and is_negated(node)))


def _has_if(verb: Token, below: Token) -> bool:
    """Tell "vowed to restore ties if he wins", wherever the parse hangs the condition."""
    clauses = (c for node in (verb, below) for c in node.children if c.dep_ == "advcl")
    return any(mark.lower_ in told_words("on_condition") for c in clauses for mark in c.children)


def _is_asked_whether(token: Token) -> bool:
    """Tell "asked whether it would cut ties", "if it would", which nothing answers.

    Also "no word on whether the talks will lead to the restoration of ties".
    """
    if tense_of(token) == "infinitive" and token.head.lemma_.lower() in words("weighs"):
        return False  # "is weighing whether to cut ties"
    for node in (token, *islice(token.ancestors, _REACH)):
        marks = {c.lower_ for c in node.children if c.dep_ == "mark"}
        if node.dep_ == "ccomp" and marks & words("if_it_would"):
            return node == token or not _is_weighed(node)
        if node.dep_ == "pcomp" and marks & words("on_whether"):
            return not _is_weighed(node.head)
        aim = node == token and tense_of(token) == "infinitive"  # "would go so far as to cut ties"
        if node.dep_ == "relcl" or (node.dep_ == "advcl" and not aim):
            return False
    return False


def _is_forced_if(verb: Token) -> bool:
    """Tell "the step would force it to cut ties" from "forced it to", "will force it to"."""
    over = verb.head
    forced = verb.dep_ in COMPLEMENTS and over.lemma_.lower() in words("compels")
    return forced and any(c.lower_ in words("modal") for c in over.children if c.dep_ == "aux")


def _is_dropped_then(token: Token) -> bool:
    """Tell "was due to sign the pact, but dumped the plan" from "but put off the feast"."""
    if tense_of(token) != "infinitive":
        return False
    ends = words("gives_up", "undoes", "refused")
    for _, node in _chain(token):
        but = any(c.dep_ == "cc" and c.lower_ in words("turns") for c in node.children)
        for verb in (c for c in node.children if but and c.dep_ == "conj" and c.i > token.i):
            said = [c for c in verb.children if c.dep_ in {"prt", "advmod", "prep"}]
            forms = {verb.lemma_.lower(), *(f"{verb.lemma_.lower()} {c.lower_}" for c in said)}
            if any(c.dep_ in COMPLEMENTS for c in verb.children):
                continue  # "but refused to pay"
            whole = [c for c in verb.children if c.dep_ in UNDERGONE]
            left = (n for c in said for n in c.subtree if n.dep_ == "pobj")  # "out of the summit"
            whole = whole or [n for n in left if n.head.lower_ in {"of", "from"}]
            plan = words("attempt", "document", "resolve", "plan_of_before")
            meant = all(noun.lemma_.lower() in plan and _is_that(noun) for noun in whole)
            if forms & ends and meant and not is_negated(verb):
                return True
    return False


def _is_that(noun: Token) -> bool:
    """Tell "the plan", "it" from "a plan"."""
    return noun.pos_ == "PRON" or any(c.lower_ in words("definite") for c in noun.children)


def _still_stands(verb: Token) -> bool:
    """Tell "will still have re-opened embassies", which they had, from "will still open one"."""
    near = {c.lower_ for c in verb.children if c.dep_ in {"aux", "advmod"}}
    lasting = bool(near & words("as_yet")) and bool(near & words("has_made"))
    return lasting and not is_negated(verb)


def _is_in_question(verb: Token) -> bool:
    """Tell "would you cut ties, he was asked", "“Should Peru cut them?” he said", by its order.

    Not "only then did Peru cut ties, he was told".
    """
    subject = next((c for c in verb.children if c.dep_ == "nsubj"), None)
    opens = [
        c for c in verb.children if c.dep_ == "aux" and subject is not None and c.i < subject.i
    ]
    if not opens:
        return False
    asked = any(t.lemma_.lower() in words("asks") for t in islice(verb.ancestors, _REACH))
    return asked or any(t.text == "?" for t in verb.sent if t.i > verb.i)


def _is_weighed(clause: Token) -> bool:
    """Tell "will vote on whether", "debates whether", by those who may do it."""
    weighs = words("weighs", "decided")
    return clause.head.lemma_.lower() in weighs and not is_negated(clause.head)


def _is_given_up(token: Token) -> bool:
    """Tell "rolled back efforts to restore ties", "talks on restoring them collapsed".

    Also "talks on a partnership collapsed". "Resumed its efforts to restore them", "efforts to
    restore them have not collapsed" are others.
    """
    if token.dep_ == "relcl" and token.tag_ in TENSED:
        return False  # "talks with Peru, which cut ties in 2017, have failed"
    above = [*([token] if token.pos_ == "NOUN" else []), *islice(token.ancestors, _REACH)]
    nouns = words("attempt", "put_to_vote", "resolve")
    attempt = next((t for t in above if t.lemma_.lower() in nouns), None)
    if attempt is None or attempt.pos_ != "NOUN" or _is_dated(attempt):
        return False
    undoing = words("gives_up", "undoes", "refused")
    if any(t.lemma_.lower() in undoing for t in above[: above.index(attempt)]):
        return False  # "rejected a bid to block the restoration of ties"
    noun = attempt
    while noun.dep_ == "pobj" and noun.head.lower_ == "of" and noun.head.head.pos_ == "NOUN":
        noun = noun.head.head  # "central parts of its efforts"
    over = noun.head
    if over.pos_ != "VERB" or is_negated(over):
        return False
    said = [c for c in over.children if c.dep_ in {"prt", "advmod", "prep"} and c.i > over.i]
    forms = {over.lemma_.lower(), *(f"{over.lemma_.lower()} {c.lower_}" for c in said)}
    if noun.dep_ == "nsubj":
        return bool(forms & words("comes_to_nothing"))
    held = any(n.lower_ in words("on_hold") for c in said if c.lower_ == "on" for n in c.children)
    if noun.dep_ not in UNDERGONE:
        return False
    if attempt.lemma_.lower() in words("resolve"):
        return bool(forms & words("undoes"))
    ends = words("gives_up", "votes_down", "refused")
    return held or bool(forms & ends)


def _is_dated(noun: Token) -> bool:
    """Tell "its 2019 decision to cut ties", which was carried out, from one that is undone."""
    return any(child.ent_type_ == "DATE" for child in noun.children)


__all__ = ["is_unmade"]
