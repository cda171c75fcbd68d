"""Which states a word of a membership is of: "Mali and Niger", "Mali's seat", "its membership"."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from spacy.tokens import Token

from pipeline.discourse.verbs import has_subject, verb_above
from pipeline.labels import FINITE, OBJECTS, OWNER_OR_MODIFIERS, SUBJECTS, UNDERGONE
from pipeline.neighbours import prep_objects, text_at
from pipeline.reference.countries import is_country
from pipeline.signs import GENITIVES
from pipeline.stages.upgrades.memberships.bodies import body_named
from pipeline.stages.upgrades.memberships.taken_up import taken_up_together
from pipeline.stages.upgrades.parties.examples import examples_of
from pipeline.stages.upgrades.reading import Reading
from pipeline.stages.upgrades.tables import words

_OWN = frozenset({"its", "their"})
#: How far above a step in a body those may stand of whom one takes it.
_FAR = 3


def is_seat(noun: Token) -> bool:
    """Tell the "membership" that is suspended, the "seat" that is regained."""
    return noun.lemma_.lower() in words("seat_in_body")


def is_place_in_body(noun: Token) -> bool:
    """Tell the "membership" or the "admission" that is asked for."""
    return noun.lemma_.lower() in words("seat_in_body", "addition")


def is_own_seat(noun: Token) -> bool:
    """Tell "its membership", "their seats"."""
    return is_seat(noun) and any(c.lower_ in _OWN for c in noun.children)


def states_at(reading: Reading, noun: Token) -> list[str]:
    """Return the states of "Mali and Niger", "Mali's membership", "six of its members: Mali, …"."""
    if is_seat(noun):
        return _of_seat(reading, noun)
    found: dict[str, None] = {}
    for node in (noun, *noun.conjuncts):
        told = (r for r in reading.scene.at(node.i) if r.kind in {"country", "group"})
        taken = node.dep_ in UNDERGONE and node.pos_ != "PRON"
        union = body_named(reading, node) if taken else None
        if union is not None:
            found[union] = None  # "the African Union was admitted to the G20"
        elif any(r.form != "adjective" for r in told):
            found |= dict.fromkeys(reading.parties.codes(node.left_edge.i, node.i + 1))
        elif node.lemma_.lower() in words("party_noun", "many_parties") or node.lower_ == "it":
            meant = reading.parties.meant(node, set())
            unknown = not meant or not all(map(is_country, meant))
            last = node.dep_ in OBJECTS and unknown  # "Peru hailed the move to admit the country"
            found |= dict.fromkeys(_named_last(reading, node) if last else meant)
    listed = _listed_below(reading, noun) if found else []
    if len(listed) > len(found):
        return listed
    return list(found) or _listed_of(reading, noun) or taken_up_together(reading.parties, noun)


def _listed_below(reading: Reading, noun: Token) -> list[str]:
    """Return those of "admitted the Republic of Peru, the Republic of Chile and Fiji".

    The parse may call the second by the first. None that stands in another clause.
    """
    listed = reading.parties.listed_from(noun.left_edge.i)
    below = {t.i for t in noun.subtree}
    inside = all(end - 1 in below for end in listed.values())
    owned = any(text_at(noun.doc, end) in GENITIVES for end in listed.values())
    last = noun.doc[max(listed.values(), default=1) - 1]
    said = last.i + 1 < len(noun.doc) and last.nbor().tag_ in FINITE
    apart = owned or said or not inside
    return [] if apart or not all(map(is_country, listed)) else list(listed)


def moved_states(reading: Reading, token: Token) -> list[str]:
    """Return the Peru of "withdrew Peru from the bloc", "pulled it out of the bloc"."""
    if token.lemma_.lower() not in words("with_prep"):
        return []
    objects = [c for c in token.children if c.dep_ in UNDERGONE]
    if any(c.lemma_.lower() in words("party_noun") or c.lower_ == "it" for c in objects):
        decided = _deciding(reading, token, token.head) if token.dep_ == "acl" else []
        acting = decided or reading.parties.owners(
            token
        )  # "Peru's leader withdrew the country from it"
        return acting if len(acting) == 1 or decided else []
    moved = (code for noun in objects for code in states_at(reading, noun))
    return [code for code in moved if is_country(code)]  # "acceded to the EU in 1995, NATO in 2004"


def doing_states(reading: Reading, token: Token) -> list[str]:
    """Return the states that are subject of a verb; none where a person or an office is."""
    subject = reading.scene.subject(token)
    if subject is not None and not _may_be_state(reading, subject):
        return []
    of_plan = _of_anothers_plan(reading, token)
    if of_plan is not None:
        return of_plan
    together = taken_up_together(reading.parties, subject) if subject is not None else []
    found = together or _one_of_many(reading, token) or reading.parties.owners(token)
    relative = token.dep_ == "xcomp" and token.head.dep_ == "relcl"
    return found or (doing_states(reading, token.head) if relative else [])  # "which applied to"


def _of_anothers_plan(reading: Reading, token: Token) -> list[str] | None:
    """Return Chad of "Peru fought Chad over its plan to join the bloc"; None where it is one's own.

    "Peru would not accept plans to join the bloc" tells not whose they are.
    """
    plan = token.head
    if token.dep_ != "acl" or plan.lemma_.lower() not in words("intent") or has_subject(token):
        return None
    verb, owner = verb_above(plan), next((c for c in plan.children if c.dep_ == "poss"), None)
    if verb is None or (owner is not None and owner.lower_ not in _OWN):
        return None
    if owner is None:
        decided = _deciding(reading, token, plan)
        if decided:
            return decided
        judged = plan.dep_ in UNDERGONE and verb.lemma_.lower() in words("judges", "judges_plan")
        return [] if judged or plan.head.lower_ in words("on_account_of") else None
    objects = (c for c in verb.children if c.dep_ in OBJECTS and c != plan)
    states = (code for noun in objects for code in states_at(reading, noun))
    return [code for code in states if is_country(code)] or None


def _deciding(reading: Reading, token: Token, plan: Token) -> list[str]:
    """Return the Togo of "the decision by Togo to leave", "by the junta in Togo to leave"."""
    by = next((c for c in plan.children if c.lower_ in {"of", "by", "from"}), None)
    if by is None or not plan.i < by.i < token.i:
        return []
    named = reading.parties.codes(by.i, token.left_edge.i)
    return list(named) if all(map(is_country, named)) else []


def _one_of_many(reading: Reading, token: Token) -> list[str]:
    """Return the Peru of "Peru is among six states invited to join", "has begun the process of"."""
    for noun in islice(token.ancestors, _FAR):
        among = noun.dep_ == "pobj" and noun.head.lower_ in {"among", "amongst"}
        if among and noun.lemma_.lower() in words("many_parties") and noun.head.head.lemma_ == "be":
            subject = reading.scene.subject(noun.head.head)
            return states_at(reading, subject) if subject is not None else []
        if noun.lemma_.lower() in words("procedure") and not has_subject(token):
            verb = verb_above(noun)  # "Peru has begun the process of leaving the bloc"
            return list(reading.parties.owners(verb)) if verb is not None else []
    return []


def _may_be_state(reading: Reading, subject: Token) -> bool:
    if subject.pos_ == "PRON" or subject.dep_ == "relcl":
        return subject.lower_ not in words("person_pronoun")
    told = reading.scene.at(subject.i)
    if told:
        states = {"country", "place", "organization", "group"}
        return all(r.kind in states or (r.kind == "office" and r.plural) for r in told)
    nouns = words("party_noun", "many_parties", "state_body", "member_of_body", "rules_state")
    return subject.pos_ == "NUM" or subject.lemma_.lower() in nouns | words("group_of_states")


def _of_seat(reading: Reading, seat: Token) -> list[str]:
    """Return the states of "Mali's membership", "the membership of Mali", "its membership"."""
    near = [c for c in seat.children if c.dep_ in OWNER_OR_MODIFIERS]
    near += prep_objects(seat, "of")
    found = [code for node in near for code in states_at(reading, node)]
    if found or seat.dep_ != "nsubjpass":
        return found
    if any(c.lower_ == "whose" for c in seat.children):
        return states_at(reading, seat.head.head)  # "Mali, whose membership was frozen"
    return list(_named_last(reading, seat)) if is_own_seat(seat) else []


def _named_last(reading: Reading, noun: Token) -> Iterator[str]:
    """Yield the state of "let Mali back in after its membership was frozen", "after taking it"."""
    scene = reading.scene
    number = scene.sentence_of[noun.i]
    for back in range(2):
        sentence = scene.beside(number, step=-back)
        if sentence is None:
            return
        end = noun.left_edge.i if back == 0 else sentence.end
        nouns = scene.doc[sentence.start : end]
        named = [t for t in nouns if _acts_or_gets(t) and _is_state(reading, t)]
        if named:
            yield from states_at(reading, named[-1])
            return


def _acts_or_gets(noun: Token) -> bool:
    """Tell the "Peru" of "Peru left", "let Peru in", "granted Peru observer status"."""
    given = noun.dep_ == "compound" and noun.head.dep_ in OBJECTS
    given = given and noun.head.lemma_.lower() in words("statuses")
    return given or noun.dep_ in SUBJECTS | OBJECTS | {"dative"}


def _is_state(reading: Reading, noun: Token) -> bool:
    return any(r.kind == "country" and r.form != "adjective" for r in reading.scene.at(noun.i))


def _listed_of(reading: Reading, noun: Token) -> list[str]:
    """Return those listed behind "six of its members", "four states"."""
    parts = [noun, *prep_objects(noun, "of")]
    kinds = words("member_of_body", "many_parties")
    many = next((n for n in parts if n.tag_ == "NNS" and n.lemma_.lower() in kinds), None)
    if many is None:
        return []
    # "two new members, Peru and Chad, were admitted"
    called = (c for c in many.children if c.dep_ == "appos" and _is_state(reading, c))
    named = [code for c in called for code in states_at(reading, c)]
    return named or examples_of(reading.parties, many)


__all__ = [
    "doing_states",
    "is_own_seat",
    "is_place_in_body",
    "is_seat",
    "moved_states",
    "states_at",
]
