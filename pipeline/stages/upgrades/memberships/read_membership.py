"""Members of bodies of states: "Finland joined NATO", "Mali's exit from ECOWAS"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice

from spacy.tokens import Token

from models.upgrade import UpgradeStatus
from pipeline.discourse.verb_forms import auxiliaries_of, tense_of
from pipeline.discourse.verbs import has_subject
from pipeline.labels import (
    ADNOMINAL,
    AUXILIARIES,
    COMPLEMENTS,
    NOUNS,
    OBJECTS,
    TIMES,
    UNDERGONE,
)
from pipeline.neighbours import agents_of, prep_objects
from pipeline.reference.countries import is_country
from pipeline.stages.upgrades.candidate import MEMBER, Candidate
from pipeline.stages.upgrades.dates.reported import is_behind_since
from pipeline.stages.upgrades.each_doer import each_doer
from pipeline.stages.upgrades.memberships.bodies import (
    MEMBER_OF,
    bodies_in,
    body_before,
    body_named,
    body_of_member,
    body_of_seat,
    body_within,
)
from pipeline.stages.upgrades.memberships.dated_bodies import dated_bodies, named_behind
from pipeline.stages.upgrades.memberships.lesser_seats import (
    level_taken,
    status_taken,
    steps_to_status,
)
from pipeline.stages.upgrades.memberships.members import (
    doing_states,
    is_own_seat,
    is_place_in_body,
    moved_states,
    states_at,
)
from pipeline.stages.upgrades.memberships.no_step import is_no_step
from pipeline.stages.upgrades.memberships.reactions import (
    day_of_step,
    is_reacted_to,
    is_to_choose,
)
from pipeline.stages.upgrades.memberships.seats import (
    bid_made,
    bid_over,
    is_bid,
    is_given_up,
    is_let_in,
    new_members,
    seat_given,
    status_of_bid,
    status_of_seat,
)
from pipeline.stages.upgrades.memberships.steps_named import (
    is_day_of_suspending,
    is_lifted,
    named_step,
    status_of_step,
)
from pipeline.stages.upgrades.memberships.taken import (
    by_whom,
    is_back,
    is_made_up_of,
    is_of_no_other,
    taken_states,
)
from pipeline.stages.upgrades.memberships.unsaid import body_told_of, body_unsaid
from pipeline.stages.upgrades.outcome.status import status_of
from pipeline.stages.upgrades.outcome.undertakings import is_bid_backed, is_set_going
from pipeline.stages.upgrades.parties.orders import is_one_who_did, order_before
from pipeline.stages.upgrades.reading import Reading
from pipeline.stages.upgrades.tables import Trigger, words

#: How far above a step in a body the word may stand that asks for it.
_REACH = 3
#: How such a word, or what stands between, hangs on the word by which it is resolved.
_UNDER_RESOLVE = frozenset({"xcomp", "advcl", "acl", "pobj", "prep", "dobj"})


def read_membership(reading: Reading, token: Token, trigger: Trigger) -> Iterator[Candidate]:
    """Read who joins, leaves or is put out of a body of states, each with the body.

    "Finland joined NATO on Tuesday" fires; "Finland joined NATO in condemning the raid" and "the
    minister joined NATO's mission" do not.
    """
    if _is_only_topic(token) or is_no_step(token):
        return
    own = status_taken(reading, token)
    own = None if own is not None and own.name == MEMBER else own
    if own is not None and token.lemma_ == "become" and not _is_formally_sought(token):
        return  # "became an observer", "hopes to become one" are read with the level
    status = _status(reading, token, trigger)
    if status is None or (status == "proposed" and _is_long_before(token)):
        return
    status = status if token.pos_ in NOUNS else trigger.status or status
    steps = _steps(reading, token) if own is None else steps_to_status(reading, token, own)
    in_turn = dated_bodies(reading, token) if own is None else {}
    takes = token.lemma_.lower() in words("takes_member") or token.pos_ in NOUNS
    behind = set() if takes else named_behind(reading, token)
    for body, states in _each_in_turn(list(steps), in_turn):
        if trigger.change == "downgrade" and body in words("agency_of_states"):
            continue  # "the World Bank suspended Chad"
        if is_behind_since(token) and reading.date(token) is None:
            continue  # "since joining the EU, it has grown" tells no change of its own
        owners = [code for code in states if code != body and _may_join(code)]
        owners = [code for code in owners if is_country(code) or code not in behind]
        level = level_taken(token, body) if own is None else own.name
        if level is None:
            continue
        back = is_lifted(token) or is_back(token) or _is_once_more(token)
        change = "restoration" if back else trigger.change
        told = each_doer(reading, token, trigger, owners, body, token.text, status, change, level)
        made = (_as_told(reading, token, status, candidate) for candidate in told)
        since = _since_of_being(reading, token)
        yield from (replace(c, date=in_turn.get(body) or c.date or since) for c in made)


def _since_of_being(reading: Reading, token: Token) -> str | None:
    """Return the day of "has ceased to be a member since 1995", which hangs below the verb."""
    if token.lemma_ not in words("ceases"):
        return None
    below = (node for node in token.subtree if node.lemma_ in {"be", "member"})
    return next(filter(None, (reading.clock.since(node) for node in below)), None)


def _each_in_turn(
    steps: Sequence[tuple[str, Sequence[str]]], in_turn: Mapping[str, str | None]
) -> Sequence[tuple[str, Sequence[str]]]:
    """Return the step into each body of a row; those told where the first is of none.

    Args:
        in_turn: the bodies of a row, each with its day.
    """
    first = next((states for body, states in steps if body in in_turn), None)
    return steps if first is None else [(body, first) for body in in_turn]


def _status(reading: Reading, token: Token, trigger: Trigger) -> UpgradeStatus | None:
    """Return the status of a step in a body; None where it is only wished for or spoken of."""
    if token.pos_ in NOUNS and is_bid(token):
        return status_of_bid(reading, token)
    if trigger.id == "no_longer_of_body":
        return "planned" if auxiliaries_of(token) & words("future") else "completed"
    if trigger.change == "severance" and _is_notified(token):
        return "planned"
    status = status_of(reading.scene, token)
    if is_made_up_of(token) or is_to_choose(token):
        return None
    if trigger.status == "proposed" and _is_yet_to_ask(token):
        return None
    bid = bid_over(token)
    if bid is not None and is_given_up(bid):
        return None
    if bid is not None and (told := status_of_bid(reading, bid)) is not None:
        return told if status is not None else None
    if status is not None and is_let_in(token):
        return "planned"
    if is_bid_backed(token) or _is_under_way(token):
        status = "proposed" if status is not None else None
    if status is None or (status == "proposed" and not _is_formally_sought(token)):
        return None
    if token.pos_ not in NOUNS:
        return "planned" if status == "completed" and _is_own_resolve(token) else status
    if token.lemma_.lower() in words("seat_in_body"):
        return status_of_seat(reading, token, status)
    return status_of_step(reading, token, status)


def _steps(reading: Reading, token: Token) -> Iterator[tuple[str, Sequence[str]]]:
    """Yield each body with the states that go into it or out of it."""
    if token.pos_ not in NOUNS:
        return _by_verb(reading, token)
    if is_bid(token):
        return bid_made(reading, token)
    seat = token.lemma_.lower() in words("seat_in_body")
    return seat_given(reading, token) if seat else named_step(reading, token)


def _is_notified(token: Token) -> bool:
    """Tell "notified the bloc of its intention to leave", "announced its plan to leave"."""
    noun = token.head
    meant = token.dep_ == "acl" and noun.lemma_.lower() in words("intent") - words("decided")
    over = islice(noun.ancestors, _REACH)
    return meant and any(node.lemma_.lower() in words("gives_notice_of_exit") for node in over)


def _is_own_resolve(token: Token) -> bool:
    """Tell "decided to join the bloc", which lets it in by and by, from "agreed to admit it"."""
    if token.lemma_.lower() not in words("own_step_in") or token.tag_ != "VB":
        return False
    for node in (token, *islice(token.ancestors, _REACH)):
        if node.dep_ not in _UNDER_RESOLVE:
            return False
        if node.head.lemma_.lower() in words("resolves"):
            return True
    return False


def _is_long_before(token: Token) -> bool:
    """Tell "was let in, years after it applied", of which what is told beside it came."""
    clauses = (token, *islice(token.ancestors, _REACH))
    return any(c.lower_ == "after" and c.dep_ == "mark" for v in clauses for c in v.children)


def _is_once_more(token: Token) -> bool:
    """Tell "rejoined the bloc, becoming its 54th member", "joined it again", "again joined it"."""
    again = any(c.lower_ == "again" and c.dep_ == "advmod" for c in token.children)
    if again and token.lemma_.lower() in words("own_step_in"):
        return True
    return token.lemma_ == "become" and token.head.lemma_.lower() in words("joins_again")


def _is_one_that(member: Token) -> bool:
    """Tell "is now the only member of the bloc that does so" from "is now a member of the bloc"."""
    return any(c.lower_ == "only" or c.dep_ == "relcl" for c in member.children)


def _is_bare_member(noun: Token) -> bool:
    """Tell the "members" of "opened talks on membership, and Peru and Chad became members"."""
    return noun.lemma_.lower() in words("member_of_body") and is_of_no_other(noun)


def _is_under_way(token: Token) -> bool:
    """Tell "is on the road to join the bloc", which is not decided, from "is to join it"."""
    over = token.head if token.dep_ in ADNOMINAL | {"advcl", "xcomp", "ccomp"} else token
    behind = [n for n in prep_objects(over, "on") if n.i < token.i]
    return any(n.lemma_.lower() in words("way_to_body") for n in (over, *behind) if n != token)


def _may_join(code: str) -> bool:
    """Tell Peru, or the African Union that joins the G20, from a bank that joins it in a deed."""
    return is_country(code) or code in words("has_members")


def _as_told(reading: Reading, token: Token, status: UpgradeStatus, made: Candidate) -> Candidate:
    """Return a step as done where it is told as past beside what is set for a day to come.

    What was asked for "in June" is of no June to come.
    """
    if made.status == "proposed" and made.date is not None and reading.is_to_come(made.date):
        over = words("asking", "formally_sought")
        asked = any(node.lemma_.lower() in over for node in token.ancestors)
        made = replace(made, date=None) if asked else made
    if made.date is not None and is_reacted_to(reading, token):
        made = replace(made, date=day_of_step(reading, token))
    if made.date is not None and is_day_of_suspending(reading, token, made.date):
        made = replace(made, date=None)
    ahead = status == "completed" and made.status == "planned" and token.tag_ == "VBD"
    return replace(made, status=status, date=None) if ahead else made


def _by_verb(reading: Reading, token: Token) -> Iterator[tuple[str, Sequence[str]]]:
    """Yield each body with the states that a verb takes in or out of it."""
    if token.lemma_.lower() in words("takes_member"):
        yield from taken_states(reading, token)
        return
    if token.lemma_ == "make":
        yield from _of_made(reading, token)
        return
    if token.lemma_.lower() in words("widens_body"):
        yield from new_members(reading, token)
        return
    if token.lemma_ in words("ceases"):
        being = (c for c in token.children if c.lemma_ == "be" and c.dep_ in COMPLEMENTS)
        nouns = [n for be in being for n in be.children if n.dep_ == "attr"]
        bodies = {code: None for n in nouns if (code := body_of_member(reading, n)) is not None}
    elif token.lemma_ in {"become", "be"}:
        nouns = [c for c in token.children if c.dep_ in {"attr", "dobj"}]
        meant = (n for n in nouns if token.lemma_ == "become" or not _is_one_that(n))
        nouns = [n for n in meant if not is_one_who_did(n)]
        bodies = {code: None for n in nouns if (code := body_of_member(reading, n)) is not None}
        bare = not bodies and any(map(_is_bare_member, nouns))
        before = body_told_of(reading, token) if bare and token.lemma_ == "become" else None
        bodies |= {before: None} if before is not None else {}
    elif token.lemma_.lower() in words("ends_seat"):
        held = [c for c in token.children if c.dep_ in OBJECTS and c.lemma_ == "membership"]
        bodies = {code: None for n in held if (code := body_of_seat(reading, n)) is not None}
        own = not bodies and any(map(is_own_seat, held))  # "ended its membership in 1995"
        before = body_told_of(reading, token) if own else None
        bodies |= {before: None} if before is not None else {}
    elif token.lemma_ in words("asks_to_join"):
        asked = [c for c in token.children if c.dep_ in OBJECTS and token.lemma_ == "request"]
        seats = [n for n in (*prep_objects(token, "for"), *asked) if is_place_in_body(n)]
        bodies = {code: None for n in seats if (code := body_of_seat(reading, n)) is not None}
        behind = prep_objects(token, *MEMBER_OF) if seats and not bodies else []
        bodies |= {code: None for n in behind if (code := body_named(reading, n)) is not None}
        else_in = (o for n in (*seats, token) for o in prep_objects(n, *MEMBER_OF))
        if seats and not bodies and all(n.ent_type_ in TIMES for n in else_in):
            last = body_before(reading, token, back=1)  # "signed a pact with it and applied for"
            bodies = {last: None} if last is not None else {}
    else:
        above = _shared_with(token)
        bodies = dict.fromkeys(_bodies_of(reading, token if above is None else above))
    if _is_of_else(token):
        return
    if not bodies:
        told = list(_joined_by(reading, token) if agents_of(token) else _of_invited(reading, token))
        yield from told
        unsaid = body_unsaid(reading, token) if not told else None
        bodies = {unsaid: None} if unsaid is not None else {}
    states = moved_states(reading, token) or doing_states(reading, token)
    for body in bodies:
        yield body, states


def _bodies_of(reading: Reading, token: Token) -> Iterator[str]:
    """Yield the bodies that stand as object of a verb, or behind its preposition."""
    objects = [c for c in token.children if c.dep_ in OBJECTS]
    objects = [] if token.lemma_.lower() in words("with_prep") else objects
    if token.lemma_.lower() in words("with_prep"):
        backs = (c for c in token.children if c.lower_ == "back")
        objects = prep_objects(token, "to", "into", "from")
        objects += [n for back in backs for n in prep_objects(back, "to", "into")]
        objects += [
            n for out in token.children if out.lower_ == "out" for n in prep_objects(out, "of")
        ]
    for noun in objects:
        whole = noun.lemma_.lower() in words("work_of_body", "body_itself")
        if whole and any(c.lower_ == "all" for c in noun.children):
            objects = [*objects, *prep_objects(noun, "of")]  # "withdrew from all bodies of"
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
    states = [code for noun in called or doers for code in states_at(reading, noun)]
    yield body, states


def _of_made(reading: Reading, token: Token) -> Iterator[tuple[str, Sequence[str]]]:
    """Yield the body of "made Peru its 11th member", which the parse may take for an apposition."""
    taken = [c for c in token.children if c.dep_ in OBJECTS]
    called = [c for noun in taken for c in noun.children if c.dep_ == "appos"]
    called += [c for c in token.children if c.dep_ in {"oprd", "attr", "ccomp"}]
    taken += [n for c in called if c.dep_ == "ccomp" for n in c.children if n.dep_ == "nsubj"]
    told = (body_of_member(reading, noun) for noun in called)
    body = next((code for code in told if code is not None), None)
    if body is not None:
        named = (reading.parties.codes(noun.left_edge.i, noun.i + 1) for noun in taken)
        yield body, [code for codes in named for code in codes]


def _of_invited(reading: Reading, token: Token) -> Iterator[tuple[str, Sequence[str]]]:
    """Yield the body of "the EU has invited Peru to join", "Peru was invited by it to join".

    Also of "invited Peru to become a member".
    """
    asks = token.head
    invited = token.dep_ in {"xcomp", "ccomp", "advcl"} and asks.lemma_ == "invite"
    if not invited or token.lemma_ not in words("step_asked_for"):
        return
    called = [c for c in token.children if c.dep_ in OBJECTS | {"attr"}]
    if (token.lemma_ == "become") != bool(called) or not all(map(_is_bare_member, called)):
        return  # "to join it", "to become its partners"
    guests = [c for c in asks.children if c.dep_ in UNDERGONE]
    body = by_whom(reading, asks, guests)
    if body is not None:
        yield body, [code for noun in guests for code in states_at(reading, noun)]


def _is_of_else(token: Token) -> bool:
    """Tell "joined NATO in condemning it", "left the EU weaker" from a step in the body."""
    if any(c.dep_ in {"acomp", "oprd", "ccomp"} for c in token.children):
        return True
    if token.lemma_ == "become":
        return False  # "became its member, with the ceremony taking place in May"
    behind = [c for c in token.children if c.lower_ in words("done_with_body")]
    if token.lemma_ in {"go", "come"} and any(c.lower_ in {"with", "for"} for c in behind):
        return True  # "came back to the bloc with a plan"
    return any(n.dep_ == "pcomp" or n.tag_ == "VBG" for prep in behind for n in prep.children)


def _is_only_topic(token: Token) -> bool:
    """Tell "word on joining the bloc", "a step to leaving it" from "after joining it"."""
    if token.dep_ in {"ccomp", "acl"} and token.tag_ == "VBG":
        if order_before(token) is not None:
            return False  # "is the fifth state leaving it"
        return not any(c.dep_ in AUXILIARIES for c in token.children)  # "blocked Mali joining it"
    if token.dep_ != "pcomp" or has_subject(token) or is_set_going(token):
        return False
    if _follows_in(token) or _is_how_answered(token) or _is_means_taken(token):
        return False
    told = token.head.lower_ in words("done_before") or is_behind_since(token)
    hailed = token.head.head.lemma_.lower() in words("blames")
    return not told and not hailed


def _is_means_taken(verb: Token) -> bool:
    """Tell "opened up by joining the bloc" from "could gain by joining it"."""
    over = verb.head.head
    return verb.head.lower_ == "by" and over.pos_ == "VERB" and over.tag_ == "VBD"


def _follows_in(verb: Token) -> bool:
    """Tell "followed Peru in leaving it", "joined Peru in applying", of what one does as well."""
    over = verb.head.head
    after = over.lemma_.lower() in words("joins") and any(c.dep_ in OBJECTS for c in over.children)
    return after and verb.head.lower_ == "in"


def _is_how_answered(verb: Token) -> bool:
    """Tell "the bloc responded by suspending Mali" from "could respond by suspending it"."""
    over = verb.head.head
    answers = over.lemma_.lower() in words("answers_by")
    return answers and verb.head.lower_ == "by" and tense_of(over) == "past"


def _is_formally_sought(token: Token) -> bool:
    """Tell "applied to join", "was invited to join" from "wants to join", "may join"."""
    over = list(islice(token.ancestors, _REACH))
    asks = token.dep_ == "xcomp" and tense_of(token) == "infinitive" and token.head.lemma_ == "ask"
    return asks or any(node.lemma_.lower() in words("formally_sought") for node in over)


def _is_yet_to_ask(verb: Token) -> bool:
    """Tell "plans to apply", "its plan to apply" from "will apply", which is decided."""
    meant = words("planned") if verb.dep_ == "xcomp" else words("intent") - words("decided")
    return verb.dep_ in {"xcomp", "acl"} and verb.head.lemma_.lower() in meant


__all__ = ["read_membership"]
