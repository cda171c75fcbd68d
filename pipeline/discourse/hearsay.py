"""Trips of which a text says no more than that they are spoken of, denied, advised against."""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.discourse.denials import is_negated
from pipeline.discourse.determiners import is_some
from pipeline.discourse.governing import governing_verb
from pipeline.discourse.tables import words
from pipeline.discourse.verb_forms import auxiliaries_of
from pipeline.labels import OBJECTS, SUBJECTS, VERBS

#: How many clauses up from a verb of travel.
_UP = 3
#: How far before its "who" the "it was not" of a verb may stand, in tokens.
_CLEFT_REACH = 14
#: What an office is of ("the president of Peru").
_OF_OFFICE = {"GPE", "LOC", "ORG", "NORP"}


def is_hearsay(verb: Token) -> bool:
    """Tell a trip that nobody vouches for: of rumours, denied reports, what is avoided or mocked.

    "Rumours that X is to visit Lima", "denied reports that he had gone", "denied having gone",
    "avoided visiting Lima", "joked about going there", "no plans for X to visit Lima".
    """
    clause = verb
    for _ in range(_UP):
        if clause.dep_ != "xcomp" or clause.head.pos_ not in VERBS:
            break
        if clause.head.lemma_ in words("undone_by") and clause.tag_ in {"VBG", "VBN"}:
            return True
        if clause.head.lemma_ in words("denies") and "having" in auxiliaries_of(clause):
            return True
        clause = clause.head
    above = clause.head
    if above == clause:
        return False
    if above.lemma_ in words("claims") and above.dep_ == "acl" and clause.dep_ == "ccomp":
        report = above.head
        denied = any(c.lemma_ in words("denies") and c != clause for c in above.children)
        return report.lemma_.lower() in words("report_noun") and (denied or _is_doubted(report))
    if clause.dep_ in {"ccomp", "csubj", "advcl"} and _is_called_untrue(above):
        return any(child.dep_ == "mark" and child.lower_ == "that" for child in clause.children)
    if clause.dep_ == "pcomp" and clause.head.lower_ in {"about", "of", "against"}:
        spoken = above.head
        return spoken.i < above.i and _speaks_idly(spoken, above.lower_)
    lemma = above.lemma_.lower()
    if above.pos_ != "NOUN" or above.i > clause.i:
        return False
    if lemma in words("plan_noun"):
        return any(child.lower_ == "no" for child in above.children)
    told = any(child.dep_ == "mark" and child.lower_ == "that" for child in clause.children)
    if not told:
        return False
    return lemma in words("rumour") or (lemma in words("report_noun") and _is_doubted(above))


def is_of_another(verb: Token) -> bool:
    """Tell "it was not X who flew to Lima", by position; it may have been another.

    Not "it was not X but Y who flew", "it was not only X who flew", "not good for X, who flew", nor
    "not the fault of X who flew", though "not the president of Peru who flew" is told so.
    """
    doc, start = verb.doc, verb.sent.start
    before = doc[max(start, verb.i - 4) : verb.i]
    who = next((t.i for t in before if t.lower_ == "who"), None)
    if who is None or any(t.pos_ == "VERB" for t in doc[who : verb.i]) or doc[who - 1].is_punct:
        return False
    for i in range(who - 1, max(start + 1, who - _CLEFT_REACH), -1):
        of_land = doc[i].lower_ == "of" and doc[who - 1].ent_type_ in _OF_OFFICE
        led = doc[i].pos_ in {"VERB", "ADP", "SCONJ"} and not of_land
        if led or doc[i].lower_ in words("not_he_alone"):
            return False
        if doc[i].lower_ in {"not", "n't", "n’t", "never"}:
            return doc[i - 2].lower_ == "it" and doc[i - 1].lower_ in {"was", "is"}
    return False


def _speaks_idly(verb: Token, preposition: str) -> bool:
    """Tell "joked about going", "advised him against going"."""
    if preposition == "against":
        return verb.lemma_ in words("advises")
    return preposition == "about" and verb.lemma_ in words("speaks_idly")


def _is_called_untrue(told: Token) -> bool:
    """Tell the "is" or "true" of "it is not true that he went", "the claim is false"."""
    verb = told if told.lemma_ == "be" else told.head
    said = [c for c in verb.children if c.dep_ in {"acomp", "attr", "oprd"}]
    if verb.lemma_ not in {"be", "prove"} or not said:
        return False
    if any(c.lower_ in words("true") for c in said):
        return is_negated(verb)
    return any(c.lemma_.lower() in words("untrue") for c in said) and not is_negated(verb)


def _is_doubted(report: Token) -> bool:
    """Tell "denied reports", "said nothing about reports", "would not comment on reports".

    So "the reports are false", "called the reports a fabrication", "contrary to the reports".
    """
    if report.dep_ == "pobj" and report.head.head.lower_ in words("against_report"):
        return True
    verb = governing_verb(report)
    if verb is None:
        return False
    if _is_called_untrue(verb):
        return True
    below = (t for t in verb.subtree if t.i > report.i)
    if verb.lemma_ in words("calls_so") and any(t.lemma_.lower() in words("untrue") for t in below):
        return True
    behind = report.dep_ == "pobj"
    if behind and report.head.head.lower_ in words("leaves_unsaid"):
        return True
    return verb.lemma_ in words("denies") or (behind and is_negated(verb))


def is_talked_of(noun: Token) -> bool:
    """Tell "talk of a visit", "talks on a visit are on", "a visit is under discussion".

    Also "warned citizens against travel"; not "faced questions over a visit", nor "protests against
    her visit", which she makes.
    """
    above = noun.head.head
    chance = noun.head.lower_ in {"of", "for"} and above.lemma_.lower() in words("mere_chance")
    if noun.dep_ == "pobj" and chance:
        return is_some(noun)
    if noun.dep_ == "pobj" and noun.head.lower_ in {"of", "about"} and above.pos_ == "NOUN":
        lemma = above.lemma_.lower()
        doubted = lemma in words("report_noun") and _is_doubted(above)
        return lemma in words("rumour") or doubted
    if noun.dep_ == "pobj" and noun.head.lower_ in {"on", "over", "about"}:
        talks = above.lemma_.lower() in words("talks_on_trip") and noun.head.i == above.i + 1
        sure = any(t.dep_ == "relcl" for t in noun.subtree)  # "by X, who is expected in June"
        if talks and is_some(noun) and not sure:
            return above.dep_ in {*SUBJECTS, *OBJECTS}
    if noun.dep_ == "pobj" and noun.head.lower_ == "against":
        made = any(c.dep_ == "poss" or c.lower_ == "the" for c in noun.children)
        return above.lemma_ in words("advises") and not (made and above.lemma_ in words("uproar"))
    if noun.dep_ not in SUBJECTS or noun.head.lemma_ not in {"be", "remain"}:
        return False
    return any(
        prep.lower_ == "under" and any(c.lemma_ in words("not_settled") for c in prep.children)
        for prep in noun.head.children
    )


__all__ = ["is_hearsay", "is_of_another", "is_talked_of"]
