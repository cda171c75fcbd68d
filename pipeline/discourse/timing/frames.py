"""The date at which a sentence opens and which all of its clauses share, and where they do not."""

from __future__ import annotations

from spacy.tokens import Doc, Span, Token

from models.date import DateExpression
from models.visit import NOT_OVER
from pipeline.discourse.facts import Fact
from pipeline.discourse.tables import words
from pipeline.discourse.verb_forms import tense_of
from pipeline.discourse.verbs import has_subject
from pipeline.labels import SUBJECTS

#: Grains that may span all that a sentence tells.
_SPANS = frozenset({"month", "season", "year"})
#: Parts of speech before a date that opens a sentence ("In early May").
_OPENS = frozenset({"ADP", "DET", "ADJ", "ADV", "SPACE", "PUNCT", "SCONJ"})


def time_that_saw(verb: Token) -> Token | None:
    """Return the "saw" of "The year 2020 saw X visit Lima (and Y go to Oslo)".

    Not that of "The crowd saw X visit Lima", "Last year A saw X go".
    """
    node = _first_of(verb)
    saw = node.head
    if node.tag_ not in {"VB", "VBP"} or node.dep_ != "ccomp":
        return None
    if any(c.dep_ in {"mark", "aux"} for c in node.children):
        return None
    return _sees_on_date(saw)


def _sees_on_date(saw: Token) -> Token | None:
    """Return the "saw" of "March saw A visit Lima", "March saw a visit by A"."""
    if saw.lemma_ not in words("sees"):
        return None
    before = [c for c in saw.children if c.i < saw.i and c.dep_ in SUBJECTS | {"npadvmod"}]
    return saw if len(before) == 1 and before[0].ent_type_ == "DATE" else None


def frames(doc: Doc, start: int, over: Token | None, trigger: Token, date: DateExpression) -> bool:
    """Tell "In May 2020, A opened an embassy, and B visited Lima": the May is of both.

    Not "In May 2020, A opened an embassy, and B then visited Lima", "and B has visited it since",
    "and weeks ago B visited it", nor the day of "On May 3, A opened an embassy, and B visited it".
    """
    verb = next((t for t in (trigger, *trigger.ancestors) if t.pos_ == "VERB"), trigger)
    if (saw := time_that_saw(verb)) is not None and over == saw:
        return start < saw.i
    if trigger.dep_ == "dobj" and over == trigger.head and _sees_on_date(over) is not None:
        return start < over.i  # "March saw a visit by A"
    if date.grain not in _SPANS or over is None or over == trigger or start > over.i:
        return False
    opening = doc[doc[start].sent.start : start]
    clause = _clause(trigger)
    if any(t.pos_ not in _OPENS for t in opening) or not _stands_beside(clause, over):
        return False
    between = (t for t in doc[over.i : clause.i] if t.dep_ == "advmod")
    other = any(t.lower_ in words("at_another_time") for t in (*clause.children, *between))
    opened = doc[max(clause.left_edge.i, over.i + 1) : clause.i]
    dated = any(t.ent_type_ == "DATE" for t in opened)
    return not (other or dated) and over.tag_ == clause.tag_ == "VBD"


def is_of_clause_before(
    over: Token | None, trigger: Token, date: DateExpression, fact: Fact, now: str | None
) -> bool:
    """Tell the last year of "Trade grew last year, and X is in Lima", "and X has gone there".

    Only a date that is over is so.
    """
    clause = _clause(trigger)
    since = any(c.lower_ == "since" and not any(c.children) for c in clause.children)
    since = since or fact.reason == "perfect"
    if over is None or now is None or not (since or fact.status in NOT_OVER):
        return False
    if (date.latest or "9") >= now or tense_of(over) != "past":
        return False
    return clause.i > over.i and _stands_beside(clause, over)


def _first_of(verb: Token) -> Token:
    """Return "visit" at the "go" of "saw X visit Lima and Y go to Oslo"."""
    node = verb
    while node.dep_ == "conj" and node.head.pos_ == "VERB":
        node = node.head
    return node


def _clause(trigger: Token) -> Token:
    """Return the head of the clause that stands beside another, in which a trigger is.

    That of "went" in "He went to Lima; B came", which the parse hangs on "came".
    """
    node = trigger
    while node.head != node:
        before = node.dep_ == "ccomp" and node.i < node.head.i
        if (node.dep_ in {"conj", "advcl"} or before) and has_subject(node):
            return node
        node = node.head
    return node


def _stands_beside(clause: Token, over: Token) -> bool:
    """Tell "A did, and B went", "A did; B went", "A did, while B went" of the clause of B."""
    if over.head == clause and over.dep_ == "ccomp" and has_subject(clause):
        between = over.doc[over.i : clause.left_edge.i if clause.left_edge.i > over.i else clause.i]
        return any(t.text in {";", ":"} for t in between)
    node = clause
    while _is_joined(node) and node.head.i < node.i and node.head != over:
        node = node.head
    if time_that_saw(node) == over:
        return node != clause and has_subject(clause)
    return node.head == over and _is_joined(node) and has_subject(clause) and node.i > over.i


def _is_joined(verb: Token) -> bool:
    """Tell "and B went", "while B went"."""
    meanwhile = any(c.lower_ in {"while", "whereas"} and c.dep_ == "mark" for c in verb.children)
    return verb.dep_ == "conj" or (verb.dep_ == "advcl" and meanwhile)


def participle_over(told: Span, verb: Token | None) -> Token | None:
    """Return "hosted" for the week of "Having hosted X in Lima last week, Y flew to Cuba".

    The parse gives the week to the clause behind the comma. None of "Having hosted X in Lima, last
    week Y flew".
    """
    doc = told.doc
    if verb is None or doc[told.end : told.end + 1].text != ",":
        return None
    if _is_perfect(verb) and verb.i < told.start:
        return verb
    if told.root.head != verb or told.start >= verb.i:
        return None
    for clause in verb.children:
        between = doc[clause.right_edge.i + 1 : told.start]
        if clause.i < told.start and _is_perfect(clause) and all(t.text != "," for t in between):
            return clause
    return None


def _is_perfect(clause: Token) -> bool:
    """Tell the "hosted" of "Having hosted X, Y flew"."""
    opens = clause.dep_ == "advcl" and clause.tag_ == "VBN"
    return opens and any(c.lower_ == "having" for c in clause.lefts)


__all__ = ["frames", "is_of_clause_before", "participle_over", "time_that_saw"]
