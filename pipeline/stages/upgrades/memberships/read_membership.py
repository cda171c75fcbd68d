"""Members of bodies of states: "Finland joined NATO", "Mali's exit from ECOWAS"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from spacy.tokens import Token

from models.upgrade import UpgradeStatus
from pipeline.discourse.verbs import has_subject, verb_above
from pipeline.labels import AUXILIARIES, OBJECTS, UNDERGONE
from pipeline.neighbours import agents_of, prep_objects
from pipeline.stages.upgrades.candidate import Candidate
from pipeline.stages.upgrades.dates.reported import is_behind_since
from pipeline.stages.upgrades.each_doer import each_doer
from pipeline.stages.upgrades.memberships.bodies import (
    bodies_in,
    body_before,
    body_named,
    body_of_member,
    body_of_seat,
    body_within,
)
from pipeline.stages.upgrades.outcome.in_force import MEMBER
from pipeline.stages.upgrades.outcome.status import status_of
from pipeline.stages.upgrades.reading import Reading
from pipeline.stages.upgrades.tables import Trigger, words

#: How far above a step in a body the word may stand that asks for it.
_REACH = 3


def read_membership(reading: Reading, token: Token, trigger: Trigger) -> Iterator[Candidate]:
    """Read who joins, leaves or is put out of a body of states, each with the body.

    "Finland joined NATO on Tuesday" fires; "Finland joined NATO in condemning the raid" and "the
    minister joined NATO's mission" do not.
    """
    if any(level.name in words("conferred") for level in reading.levels.of(token)):
        return
    if _is_only_topic(token):
        return
    status = status_of(reading.scene, token)
    if status is None or (status == "proposed" and not _is_formally_sought(token)):
        return
    status = trigger.status or status
    noun = token.pos_ in {"NOUN", "PROPN"}
    if noun and not _is_taken_step(token):
        return
    made = _by_noun(reading, token) if noun else _by_verb(reading, token)
    for body, states in made:
        if is_behind_since(token) and reading.date(token) is None:
            continue  # "since joining the EU, it has grown" tells no change of its own
        owners = [code for code in states if code != body]
        change = "restoration" if _is_lifted(token) or _is_back(token) else trigger.change
        told = each_doer(reading, token, trigger, owners, body, token.text, status, change, MEMBER)
        yield from (_as_told(token, status, candidate) for candidate in told)


def _as_told(token: Token, status: UpgradeStatus, made: Candidate) -> Candidate:
    """Return a step as done where it is told as past beside what is set for a day to come."""
    ahead = status == "completed" and made.status == "planned" and token.tag_ == "VBD"
    return replace(made, status=status, date=None) if ahead else made


def _by_verb(reading: Reading, token: Token) -> Iterator[tuple[str, Sequence[str]]]:
    """Yield each body with the states that a verb takes in or out of it."""
    if token.lemma_.lower() in words("takes_member"):
        yield from _of_taken(reading, token)
        return
    if token.lemma_ == "become":
        nouns = (c for c in token.children if c.dep_ in {"attr", "dobj"})
        bodies = {code: None for n in nouns if (code := body_of_member(reading, n)) is not None}
    elif token.lemma_.lower() in words("ends_seat"):
        held = [c for c in token.children if c.dep_ in OBJECTS and c.lemma_ == "membership"]
        bodies = {code: None for n in held if (code := body_of_seat(reading, n)) is not None}
    elif token.lemma_ == "apply":
        seats = (n for n in prep_objects(token, "for") if _is_seat(n))
        bodies = {code: None for n in seats if (code := body_of_seat(reading, n)) is not None}
    else:
        above = _shared_with(token)
        bodies = dict.fromkeys(_bodies_of(reading, token if above is None else above))
    if _is_of_else(token):
        return
    if not bodies:
        yield from _joined_by(reading, token) if agents_of(token) else _of_invited(reading, token)
        return
    states = _moved_states(reading, token) or _doing_states(reading, token)
    for body in bodies:
        yield body, states


def _bodies_of(reading: Reading, token: Token) -> Iterator[str]:
    """Yield the bodies that stand as object of a verb, or behind its preposition."""
    objects = [c for c in token.children if c.dep_ in OBJECTS]
    objects = [] if token.lemma_.lower() in words("with_prep") else objects
    if token.lemma_.lower() in words("with_prep"):
        objects = prep_objects(token, "to", "into", "from")
        objects += [
            n for out in token.children if out.lower_ == "out" for n in prep_objects(out, "of")
        ]
    for noun in objects:
        yield from bodies_in(reading, noun)


def _shared_with(token: Token) -> Token | None:
    """Return the "join" of "was invited to join the bloc in 2010 and joined in 2011"."""
    shared = token.dep_ == "conj" and token.head.lemma_ == token.lemma_
    return token.head if shared and not any(c.dep_ in OBJECTS for c in token.children) else None


def _joined_by(reading: Reading, token: Token) -> Iterator[tuple[str, Sequence[str]]]:
    """Yield the body of "the EU will be joined by Peru", "by new members Peru and Chad"."""
    whole = next((c for c in token.children if c.dep_ == "nsubjpass"), None)
    if whole is None or token.lemma_ != "join":
        return
    parts = whole.lemma_.lower() in words("part_of_body", "member_of_body")
    body = body_within(reading, whole) if parts else body_named(reading, whole)
    if body is None:
        return
    doers = agents_of(token)
    called = [c for noun in doers for c in noun.children if c.dep_ == "appos"]
    states = [code for noun in called or doers for code in _states_at(reading, noun)]
    yield body, states


def _of_invited(reading: Reading, token: Token) -> Iterator[tuple[str, Sequence[str]]]:
    """Yield the body of "the EU has invited Peru to join", "Peru was invited by it to join"."""
    asks = token.head
    invited = token.dep_ in {"xcomp", "ccomp", "advcl"} and asks.lemma_ == "invite"
    if not invited or token.lemma_ != "join" or any(c.dep_ in OBJECTS for c in token.children):
        return
    guests = [c for c in asks.children if c.dep_ in UNDERGONE]
    body = _by_whom(reading, asks, guests)
    if body is not None:
        yield body, [code for noun in guests for code in _states_at(reading, noun)]


def _is_of_else(token: Token) -> bool:
    """Tell "joined NATO in condemning it", "left the EU weaker" from a step in the body."""
    if any(c.dep_ in {"acomp", "oprd", "ccomp"} for c in token.children):
        return True
    if token.lemma_ == "become":
        return False  # "became its member, with the ceremony taking place in May"
    behind = (c for c in token.children if c.lower_ in words("done_with_body"))
    return any(n.dep_ == "pcomp" or n.tag_ == "VBG" for prep in behind for n in prep.children)


def _moved_states(reading: Reading, token: Token) -> list[str]:
    """Return the Peru of "withdrew Peru from the bloc", "pulled it out of the bloc"."""
    if token.lemma_.lower() not in words("with_prep"):
        return []
    objects = [c for c in token.children if c.dep_ in UNDERGONE]
    if any(c.lemma_.lower() in words("party_noun") or c.lower_ == "it" for c in objects):
        acting = reading.parties.owners(token)  # "Peru's leader withdrew the country from it"
        return acting if len(acting) == 1 else []
    return [code for noun in objects for code in _states_at(reading, noun)]


def _doing_states(reading: Reading, token: Token) -> list[str]:
    """Return the states that are subject of a verb; none where a person or an office is."""
    subject = reading.scene.subject(token)
    if subject is not None and not _may_be_state(reading, subject):
        return []
    return reading.parties.owners(token)


def _may_be_state(reading: Reading, subject: Token) -> bool:
    if subject.pos_ == "PRON" or subject.dep_ == "relcl":
        return subject.lower_ not in words("person_pronoun")
    told = reading.scene.at(subject.i)
    if told:
        states = {"country", "place", "organization", "group"}
        return all(r.kind in states or (r.kind == "office" and r.plural) for r in told)
    nouns = words("party_noun", "many_parties", "state_body", "member_of_body", "rules_state")
    return subject.lemma_.lower() in nouns


def _of_taken(reading: Reading, token: Token) -> Iterator[tuple[str, Sequence[str]]]:
    """Yield the body and whom it admits, suspends or expels, also "admitted it to be a member"."""
    taken = [c for c in token.children if c.dep_ in UNDERGONE]
    being = next((c for c in token.children if c.dep_ == "ccomp" and c.lemma_ == "be"), None)
    taken += [c for c in being.children if c.dep_ == "nsubj"] if being is not None else []
    states = [code for noun in taken for code in _states_at(reading, noun)]
    own = any(c.lower_ in {"its", "their"} for n in taken if _is_seat(n) for c in n.children)
    if own and not states:
        states = reading.parties.owners(token)  # "froze its participation in the bloc"
    unsaid = not taken and any(c.dep_ == "auxpass" for c in token.children)
    states = reading.parties.owners(token) if unsaid else states  # "after being expelled"
    if not states:
        return
    behind = [*prep_objects(token, "to", "into", "from"), *prep_objects(token, "as")]
    backs = [c for c in token.children if c.lower_ == "back"]
    behind += [n for back in backs for n in prep_objects(back, "to", "into")]
    behind += [c for c in being.children if c.dep_ == "attr"] if being is not None else []
    told = (body_of_member(reading, n) or body_named(reading, n) for n in behind)
    body = next((code for code in told if code is not None), None)
    if body is None and token.lemma_.lower() not in words("takes_with_prep"):
        body = _by_whom(reading, token, taken)
    if body is None and (unsaid or own or _is_put_out(token)):
        body = body_before(reading, token)
    if body is not None:
        yield body, states


def _is_put_out(token: Token) -> bool:
    """Tell "Mali was suspended in 2021", from the body told of before, not "by FIFA", "from it"."""
    said = any(c.dep_ == "agent" or c.lower_ in {"from", "by", "as"} for c in token.children)
    passive = any(c.dep_ == "nsubjpass" for c in token.children)
    return passive and not said and token.lemma_.lower() in words("puts_out")


def _by_whom(reading: Reading, token: Token, taken: Sequence[Token]) -> str | None:
    """Return the body that acts itself: "the AU suspended Mali", "Mali was expelled by it"."""
    passive = any(c.dep_ == "nsubjpass" for c in token.children)
    subject = None if passive else reading.scene.subject(token)
    doers = agents_of(token) if passive else [subject] if subject is not None else []
    rights = (n for noun in taken if _is_seat(noun) for n in prep_objects(noun, "of", "in"))
    told = (body_within(reading, noun) for noun in (*doers, *rights))
    return next((code for code in told if code is not None), None)


def _states_at(reading: Reading, noun: Token) -> list[str]:
    """Return the states of "Mali and Niger", "Mali's membership", "the membership of Mali"."""
    if _is_seat(noun):
        near = [c for c in noun.children if c.dep_ in {"poss", "compound", "amod"}]
        near += prep_objects(noun, "of")
        return [code for node in near for code in _states_at(reading, node)]
    found: dict[str, None] = {}
    for node in (noun, *noun.conjuncts):
        told = (r for r in reading.scene.at(node.i) if r.kind in {"country", "group"})
        union = body_named(reading, node) if node.dep_ in UNDERGONE else None
        if union is not None:
            found[union] = None  # "the African Union was admitted to the G20"
        elif any(r.form != "adjective" for r in told):
            found |= dict.fromkeys(reading.parties.codes(node.left_edge.i, node.i + 1))
        elif node.lemma_.lower() in words("party_noun", "many_parties") or node.lower_ == "it":
            found |= dict.fromkeys(reading.parties.meant(node, set()))
    return list(found)


def _is_seat(noun: Token) -> bool:
    return noun.lemma_.lower() in words("seat_in_body")


def _by_noun(reading: Reading, token: Token) -> Iterator[tuple[str, Sequence[str]]]:
    """Yield the body and the states of "Mali's withdrawal from ECOWAS"."""
    behind = prep_objects(token, "to", "into", "from", "of", "in")
    bodies = [code for noun in behind if (code := body_named(reading, noun)) is not None]
    before = [c for c in token.children if c.dep_ == "compound"]
    bodies = bodies or [c for node in before if (c := body_named(reading, node)) is not None]
    put_out = token.lemma_.lower() in words("puts_out") or not prep_objects(token, "of")
    acts = _is_lifted(token) or (token.dep_ in OBJECTS and put_out)
    subject = reading.scene.subject(token.head) if not bodies and acts else None
    acting = body_within(reading, subject) if subject is not None else None
    bodies = bodies or ([acting] if acting is not None else [])
    if not bodies:
        return
    own = [c for c in token.children if c.dep_ == "poss"] + prep_objects(token, "of", "by")
    states = [code for noun in own for code in _states_at(reading, noun)]
    yield bodies[0], states or reading.parties.owners(token)


def _is_only_topic(token: Token) -> bool:
    """Tell "word on joining the bloc", "a step to leaving it" from "after joining it"."""
    if token.dep_ in {"ccomp", "acl"} and token.tag_ == "VBG":
        return not any(c.dep_ in AUXILIARIES for c in token.children)  # "blocked Mali joining it"
    if token.dep_ != "pcomp" or has_subject(token):
        return False
    told = token.head.lower_ in words("done_before") or is_behind_since(token)
    hailed = token.head.head.lemma_.lower() in words("blames")
    return not told and not hailed


def _is_lifted(token: Token) -> bool:
    """Tell "lifted Mali's suspension from the bloc", by which it is a full member again."""
    lifted = token.head.lemma_.lower() in words("lifts_from_body") and token.dep_ in UNDERGONE
    return lifted and token.lemma_.lower() == "suspension"


def _is_back(token: Token) -> bool:
    """Tell "was welcomed back into the bloc", "took it back in"."""
    returns = token.lemma_.lower() in words("takes_member")
    return returns and any(c.lower_ == "back" for c in token.children)


def _is_taken_step(noun: Token) -> bool:
    """Tell "announced its exit from the bloc" from "spoke of its exit", "hailed its exit".

    Also "its exit took effect", "became official".
    """
    verb = verb_above(noun)
    if verb is None:
        return False
    if noun.dep_ == "nsubj" and noun.head == verb:
        told = {t.lower_ for t in verb.subtree if t.i > verb.i}
        return verb.lemma_.lower() in words("comes_in_force") and bool(told & words("in_effect"))
    return verb.lemma_.lower() in words("takes_step_in_body") or _is_lifted(noun)


def _is_formally_sought(token: Token) -> bool:
    """Tell "applied to join", "was invited to join" from "wants to join", "may join"."""
    over = islice(token.ancestors, _REACH)
    return any(node.lemma_.lower() in words("formally_sought") for node in over)


__all__ = ["read_membership"]
