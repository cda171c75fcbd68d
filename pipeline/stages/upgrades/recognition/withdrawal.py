"""Recognition that is withdrawn: "withdrew its recognition of Kosovo"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from pipeline.labels import PAST
from pipeline.neighbours import prep_objects
from pipeline.stages.upgrades.candidate import Candidate
from pipeline.stages.upgrades.each_doer import each_doer
from pipeline.stages.upgrades.outcome.status import status_of
from pipeline.stages.upgrades.parties.orders import order_before
from pipeline.stages.upgrades.reading import Reading
from pipeline.stages.upgrades.recognition.ended import taken_back
from pipeline.stages.upgrades.recognition.recognised_by_others import is_by_others, is_only_recalled
from pipeline.stages.upgrades.recognition.recognised_states import recognised
from pipeline.stages.upgrades.recognition.recognisers import has_owner, recognisers
from pipeline.stages.upgrades.tables import Trigger, words


def read_withdrawal(reading: Reading, token: Token, trigger: Trigger) -> Iterator[Candidate]:
    """Read "withdrew its recognition of Kosovo"."""
    noun = next((t for t in token.subtree if t.lemma_.lower() == "recognition"), None)
    noun = noun or _theirs(reading, token)
    status = status_of(reading.scene, token)
    if noun is None and status is not None and (given := _given_before(reading, token)):
        owners = reading.parties.owners(token) or recognisers(reading, given)
        code, name = reading.recognised, given.text
        yield from each_doer(reading, token, trigger, owners, code, name, status, "severance")
        return
    if noun is None or status is None or noun.head not in {token, *token.children}:
        return
    if noun.dep_ == "pobj" and noun.head.lower_ in words("protests_at"):
        return  # "withdrew from the talks at the recognition of Peru"
    if is_only_recalled(noun):
        return
    target = recognised(reading.scene, noun)
    if target is None and _is_of_something_else(noun):
        return
    if token.pos_ == "NOUN" and not has_owner(token) and is_by_others(token):
        return  # "Serbia lobbies for the withdrawal of its recognition"
    many = token.pos_ == "VERB" and reading.parties.is_unnamed_many(token)
    known = target.country if target is not None else reading.recognised
    if (many or order_before(token) is not None) and _names_none(reading, token, known):
        return  # "The next state to withdraw its recognition will become known soon"
    owners = reading.parties.owners(token) or recognisers(reading, noun)
    code = target.country if target else _held_by(reading, token, noun, owners)
    if code is None and reading.recognised not in owners:
        code = reading.recognised  # "before Peru, that decision was made by Chad"
    reading.recognised = code or reading.recognised
    if code is None and not any(t.lower_ in words("no_state") for t in token.sent):
        code = reading.parties.other(token.i, set(owners))
    told = list(each_doer(reading, token, trigger, owners, code, noun.text, status, "severance"))
    granted = _granted(reading, token, noun)
    yield from told if granted is None else taken_back(told, granted)


def _granted(reading: Reading, token: Token, noun: Token) -> str | None:
    """Return the 2016 of "revoked the recognition that it had granted in 2016", if it is told."""
    clauses = (*noun.children, *token.children, *(n for c in noun.children for n in c.children))
    for clause in clauses:
        gives = clause.tag_ in PAST and clause.lemma_.lower() in words("give", "gives_recognition")
        if gives and clause.dep_ in {"relcl", "acl", "advcl"} and clause.i > noun.i:
            return reading.clock.within(clause.i, clause.right_edge.i + 1)
    return None


def _names_none(reading: Reading, token: Token, known: str | None) -> bool:
    """Tell a sentence that names no state but the one that is recognised no more."""
    sentence = reading.scene.sentence(token.i)
    named = set(reading.parties.codes(sentence.start, sentence.end))
    return not named - {known} if known is not None else len(named) <= 1


def _theirs(reading: Reading, token: Token) -> Token | None:
    """Return the "theirs" of "Peru withdrew its recognition. Chad had withdrawn theirs before"."""
    own = (c for c in token.children if c.dep_ == "dobj" and c.lower_ in words("ones_own"))
    return next(own, None) if reading.recognised in reading.left else None


def _given_before(reading: Reading, token: Token) -> Token | None:
    """Return the "recognised" of "Chad, which recognised Peru in 2012, revoked it in 2019"."""
    own = any(c.dep_ == "dobj" and c.lower_ == "it" for c in token.children)
    if not own or reading.recognised is None:
        return None
    before = reversed(token.doc[token.sent.start : token.i])
    verb = next((t for t in before if t.pos_ == "VERB"), None)
    given = verb is not None and verb.lemma_.lower() in words("recognise")
    return verb if given else None


def _is_of_something_else(noun: Token) -> bool:
    """Tell "the end of its recognition of Biafra", "of diplomas", from "of the country"."""
    named = prep_objects(noun, "of")
    meant = words("party_noun", "statehood") | {"it", "its", "which", "that"}
    return bool(named) and all(node.lemma_.lower() not in meant for node in named)


def _held_by(reading: Reading, token: Token, noun: Token, owners: Sequence[str]) -> str | None:
    """Return the Peru of "Peru's recognition has been withdrawn by Chad and Fiji"."""
    holders = [c for c in noun.children if c.dep_ == "poss"] if noun.dep_ == "nsubjpass" else []
    named = [code for c in holders for code in reading.parties.codes(c.left_edge.i, c.i + 1)]
    by = any(c.lower_ == "by" for c in token.children)
    return named[0] if by and named and set(owners) - {named[0]} else None


__all__ = ["read_withdrawal"]
