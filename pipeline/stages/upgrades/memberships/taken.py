"""Whom a body takes in, suspends or puts out: "the AU suspended Mali", "regained its seat"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from pipeline.discourse.verb_forms import tense_of
from pipeline.labels import PAST, PRESENT, UNDERGONE
from pipeline.neighbours import agents_of, prep_objects
from pipeline.stages.upgrades.memberships.bodies import (
    body_before,
    body_named,
    body_of_member,
    body_of_seat,
    body_within,
)
from pipeline.stages.upgrades.memberships.members import is_own_seat, is_seat, states_at
from pipeline.stages.upgrades.memberships.unsaid import body_told_of
from pipeline.stages.upgrades.reading import Reading
from pipeline.stages.upgrades.tables import words

_INWARD = frozenset({"in", "back", "into"})


def taken_states(reading: Reading, token: Token) -> Iterator[tuple[str, Sequence[str]]]:
    """Yield the body and whom it admits, suspends or expels, also "admitted it to be a member"."""
    small = (c for c in token.children if c.dep_ == "ccomp")
    being = next((c for c in small if c.lemma_ == "be" or c.lower_ in _INWARD), None)
    taken = _taken(token, being)
    lemma = token.lemma_.lower()
    if lemma in words("takes_seat"):
        taken = [noun for noun in taken if is_seat(noun)]
    inward = [c for c in token.children if c.lower_ in _INWARD]
    if lemma in words("lets_in") and not inward:
        return
    if lemma == "strip" and not any(map(is_seat, prep_objects(token, "of"))):
        return  # "stripped Peru of its title"
    if lemma == "add" and _is_added_to_else(reading, token):
        return
    states = [code for noun in taken for code in states_at(reading, noun)]
    own = any(map(is_own_seat, taken)) or _is_got_back(reading, token, taken)
    if own and not states:
        states = reading.parties.owners(token)  # "froze its participation in the bloc"
    unsaid = not taken and any(c.dep_ == "auxpass" for c in token.children)
    unsaid = unsaid and lemma not in words("takes_seat")  # "the flight was cancelled"
    states = reading.parties.owners(token) if unsaid else states  # "after being expelled"
    if not states:
        return
    body = _body_behind(reading, token, being)
    if body is None and _is_of_organ(token):
        return
    alone = bool(inward) and (lemma == "take" or not _leads_on(token, inward))
    if body is None and (alone or lemma not in words("takes_with_prep")):
        body = by_whom(reading, token, taken)
    if body is None and (unsaid or own or _is_put_out(token)):
        body = body_before(reading, token)
    if body is None and _is_undone_behind(token):
        body = body_before(reading, token, back=0)
    if body is None and alone and lemma in words("lets_in"):
        body = body_before(reading, token, back=0)  # "suspended Mali, years after letting it in"
    if body is None and _is_taken_in(token) and reading.date(token) is not None:
        body = body_told_of(reading, token)
    if body is not None:
        passive = any(c.dep_ == "nsubjpass" for c in token.children)
        joined = reading.parties.companions(token) if passive else ()
        yield body, list(dict.fromkeys([*states, *joined]))


def is_made_up_of(token: Token) -> bool:
    """Tell "the bloc, which takes in Fiji" from "takes in Fiji this week", "will take it in"."""
    stands = token.dep_ == "relcl" and token.lemma_ == "take"
    return stands and tense_of(token) == "present" and token.tag_ in PRESENT


def is_back(token: Token) -> bool:
    """Tell "was welcomed back into the bloc", "took it back in", "restored its membership"."""
    returns = token.lemma_.lower() in words("takes_member")
    return returns and any(c.lower_ == "back" for c in token.children)


def by_whom(reading: Reading, token: Token, taken: Sequence[Token]) -> str | None:
    """Return the body that acts itself: "the AU suspended Mali", "Mali was expelled by it"."""
    passive = any(c.dep_ == "nsubjpass" for c in token.children)
    subject = None if passive else reading.scene.subject(token)
    doers = agents_of(token) if passive else [subject] if subject is not None else []
    seats = [noun for noun in taken if is_seat(noun)]
    rights = [n for noun in seats for n in prep_objects(noun, "of", "in")]
    lost = [n for n in prep_objects(token, "of") if is_seat(n)]  # "stripped of its membership in"
    rights += [n for noun in lost for n in prep_objects(noun, "of", "in")]
    rights += prep_objects(token, "in") if seats else []
    told = (body_within(reading, noun) for noun in (*doers, *rights))
    held = (body_of_seat(reading, noun) for noun in seats)  # "regained AU membership"
    return next((code for code in (*told, *held) if code is not None), None)


def _taken(token: Token, being: Token | None) -> list[Token]:
    """Return what a verb takes, also "its seat" for the second verb of "was frozen and ended"."""
    found = [c for c in token.children if c.dep_ in UNDERGONE]
    found += [c for c in being.children if c.dep_ == "nsubj"] if being is not None else []
    if not found and token.dep_ == "conj" and token.tag_ in PAST:
        found = [c for c in token.head.children if c.dep_ == "nsubjpass"]
    if not found and token.lemma_ == "take":
        found = prep_objects(token, "in")  # "took in Peru", where the parse has it in Peru
    found = found or _called_behind(token)
    called = [n for n in prep_objects(token, "as") if n.lemma_.lower() in words("member_of_body")]
    if not found and token.tag_ in PAST and (prep_objects(token, "to", "into") or called):
        # "Peru, admitted to the bloc in 2016, owes it much", however it is parsed
        asked = any(c.dep_ == "auxpass" for c in token.children)  # "its request to be admitted"
        found = [token.head] if token.dep_ == "acl" and not asked else []
        found += [c for c in token.children if c.dep_ == "nsubj"]
    return found or _taken_for_subject(token)


def _called_behind(token: Token) -> list[Token]:
    """Return the Peru of "admitted as its 186th member the Republic of Peru"."""
    called = prep_objects(token, "as") if token.tag_ in PAST else []
    nouns = words("member_of_body", "many_parties")
    members = (n for n in called if n.lemma_.lower() in nouns)
    return [c for noun in members for c in noun.children if c.dep_ == "appos" and c.i > noun.i]


def _taken_for_subject(token: Token) -> list[Token]:
    """Return the Peru of "suspended Peru and envoys have left", parsed as if both had left."""
    behind = token.doc[token.i + 1 : token.i + 2]
    passive = any(c.dep_ == "auxpass" for c in token.children)
    told = not passive and token.tag_ in PAST and token.dep_ in {"ROOT", "conj", "ccomp"}
    return [n for n in behind if told and n.dep_ == "nsubj" and n.pos_ == "PROPN"]


def _body_behind(reading: Reading, token: Token, being: Token | None) -> str | None:
    """Return the body of "admitted to the bloc", "as its member", "let back into the bloc"."""
    behind = [*prep_objects(token, "to", "into", "from"), *prep_objects(token, "as")]
    behind += prep_objects(token, "in") if token.lemma_.lower() == "reinstate" else []
    backs = [c for c in token.children if c.lower_ in _INWARD]
    behind += [n for back in backs for n in prep_objects(back, "to", "into")]
    outs = [c for c in token.children if c.lower_ == "out"]
    behind += [n for out in outs for n in prep_objects(out, "of")]  # "kicked out of the bloc"
    behind += [c for c in being.children if c.dep_ == "attr"] if being is not None else []
    told = (body_of_member(reading, n) or body_named(reading, n) for n in behind)
    found = next((code for code in told if code is not None), None)
    left = (body_of_seat(reading, n) for n in prep_objects(token, "from") if is_seat(n))
    found = found or next((code for code in left if code is not None), None)
    return found or _body_of_work(reading, token) or _body_of_host(reading, token)


def _body_of_work(reading: Reading, token: Token) -> str | None:
    """Return the body of "suspended from all its activities", "barred from AU operations"."""
    works = (n for n in prep_objects(token, "from") if n.lemma_.lower() in words("work_of_body"))
    for noun in works:
        if any(c.lower_ == "its" for c in noun.children):
            return by_whom(reading, token, ()) or body_before(reading, token)
        return body_within(reading, noun)
    return None


def _body_of_host(reading: Reading, token: Token) -> str | None:
    """Return the body of "the bloc welcomes Peru as 11th member", that which welcomes."""
    called = [n for n in prep_objects(token, "as") if is_of_no_other(n)]
    host = by_whom(reading, token, ()) if called else None
    partner = host in words("has_partners")
    kinds = words("member_of_body", "partner_of_body") if partner else words("member_of_body")
    return host if any(n.lemma_.lower() in kinds for n in called) else None


def is_of_no_other(member: Token) -> bool:
    """Tell "as 11th member" from "as a member of it", "as its member", "as an associate member"."""
    below = list(member.children)
    less = words("member_of_less") | {"of", "in", "to", "within"}
    return all(c.dep_ not in {"poss", "compound"} and c.lower_ not in less for c in below)


def _leads_on(token: Token, inward: Sequence[Token]) -> bool:
    """Tell "brought Peru back to the table" from "let Peru back in"."""
    return any(c.dep_ == "prep" for node in (token, *inward) for c in node.children)


def _is_got_back(reading: Reading, token: Token, taken: Sequence[Token]) -> bool:
    """Tell "Peru regained AU membership", which is its own, from "the AU restored membership"."""
    active = all(c.dep_ != "nsubjpass" for c in token.children)
    return active and any(is_seat(n) and body_of_seat(reading, n) is not None for n in taken)


def _is_added_to_else(reading: Reading, token: Token) -> bool:
    """Tell "added Peru to its list", "added that" from "added it", "added it to its ranks"."""
    behind = prep_objects(token, "to")
    if any(c.lower_ == "that" or (c.lower_ == "as" and not behind) for c in token.children):
        return True
    return bool(behind) and all(body_named(reading, noun) is None for noun in behind)


def _is_of_organ(token: Token) -> bool:
    """Tell "the UN suspended Peru from its Human Rights Council" from "from its activities"."""
    behind = prep_objects(token, "from", "to", "into", "in")
    return any(n.pos_ == "PROPN" and n.lemma_.lower() in words("organ_of_body") for n in behind)


def _is_put_out(token: Token) -> bool:
    """Tell "Mali was suspended in 2021", from the body told of before, not "by FIFA", "from it"."""
    said = any(c.dep_ == "agent" or c.lower_ in {"from", "by", "as"} for c in token.children)
    passive = any(c.dep_ == "nsubjpass" for c in token.children)
    return passive and not said and token.lemma_.lower() in words("puts_out")


def _is_undone_behind(token: Token) -> bool:
    """Tell "was suspended from the bloc in 2009 and readmitted in 2011"."""
    second = token.dep_ == "conj" and token.tag_ in PAST and not _is_taken_in(token)
    first = token.head.tag_ == "VBN" and token.head.lemma_.lower() in words("takes_member")
    behind = prep_objects(token, "to", "into", "from", "by", "as")
    return second and first and not behind and all(c.dep_ != "dobj" for c in token.children)


def _is_taken_in(token: Token) -> bool:
    """Tell "the first since Peru was admitted in 2013" from "was admitted to a ward, by it"."""
    passive = any(c.dep_ == "nsubjpass" for c in token.children)
    said = any(c.dep_ == "agent" or c.lower_ in {"to", "into", "as"} for c in token.children)
    return passive and not said and token.lemma_.lower() in words("lets_in_alone")


__all__ = ["by_whom", "is_back", "is_made_up_of", "is_of_no_other", "taken_states"]
