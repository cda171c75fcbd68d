"""Whose trip a noun names: "his visit", "a visit by X", "the Lavrov visit"."""

from __future__ import annotations

from spacy.tokens import Span, Token

from models import Reference
from models.entity import ACTOR_KINDS, LAND_KINDS, PERSONAL_KINDS
from pipeline.discourse.denials import is_negated
from pipeline.discourse.factuality import governing_verb, invitation_over
from pipeline.discourse.scene import Actor
from pipeline.discourse.tables import words
from pipeline.discourse.trip_clauses import preposition_of
from pipeline.labels import FINITE, OBJECTS, PREP_COMPLEMENTS, SUBJECTS
from pipeline.neighbours import agents_of, prep_objects
from pipeline.signs import GENITIVES
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.hosts.inviters import asking_verb
from pipeline.stages.visits.nouns.co_owners import owning_too
from pipeline.stages.visits.nouns.home_comings import is_home_coming
from pipeline.stages.visits.nouns.nth_made_by import is_made_by_other
from pipeline.stages.visits.nouns.right_before import named_at_end, named_right_before, who_paid_it
from pipeline.stages.visits.nouns.trip_topics import is_topic
from pipeline.stages.visits.nouns.visits_received import guest_on_visit
from pipeline.stages.visits.pictures.shown import shown_on
from pipeline.stages.visits.tables import noun_rules, word_set
from pipeline.stages.visits.tours.part_of_tour import owners_by_part
from pipeline.stages.visits.travel.come_for import arrival_before, guest_received
from pipeline.stages.visits.travellers.forerunners import list_at

#: How far behind its noun the land is looked for that a visit leads to, in tokens.
_TO_LAND = 5
#: How many tokens of an office may stand between "with" and a name, and what they are.
_TITLE = 8
#: How many a list has at least.
_PAIR = 2
_BEFORE_NAME = frozenset({"PROPN", "NOUN", "ADJ", "DET"})


def _back_from(reader: ArgumentReader, noun: Token) -> list[Actor]:
    """Return X of "X's return from a trip to Lima", "on his return from a visit to it"."""
    back = noun.head.head
    if noun.dep_ != "pobj" or noun.head.lower_ != "from" or back.lower_ != "return":
        return []
    if back.pos_ != "NOUN" or any(c.dep_ == "poss" or c.lower_ == "by" for c in noun.children):
        return []
    owners = (c for c in back.children if c.dep_ == "poss" and c.lower_ != "their")
    return [a for owner in owners for a in reader.scene.actors(owner) if not a.is_party]


def noun_actors(reader: ArgumentReader, noun: Token) -> list[Actor]:
    """Return who owns a trip's noun: "his visit", "a visit by X", "the Lavrov visit"."""
    if bidden := _invited(reader, noun) or _sent_on(reader, noun) or _come_for(reader, noun):
        return bidden
    if back := _back_from(reader, noun):
        return back
    found: list[Actor] = []
    for child in noun.children:
        if child.dep_ == "poss":
            owners = [a for a in reader.scene.actors(child) if not a.is_party]
            owners = guest_on_visit(reader, noun, owners) or owning_too(reader, noun, owners)
            found += _received_by(reader, noun, owners) or _ahead_of_name(reader, noun, owners)
        elif child.lower_ in {"by", "of", "from"} and child.dep_ in {"prep", "agent"}:
            owned = noun.dep_ == "nsubj" and child.i == noun.i + 1  # "a tour by X includes stops"
            if child.lower_ == "by" and (found or (not owned and _is_of_companions(noun))):
                continue
            for head in child.children:
                if head.dep_ == "pobj" and noun.lemma_ == "stop" and head.lemma_ in noun_rules():
                    found += noun_actors(reader, head)
                elif head.dep_ in PREP_COMPLEMENTS:
                    told = [a for a in reader.scene.actors(head) if not a.is_party]
                    whole = _listed_whole(reader, noun, child)
                    whole = whole or _guest_called(reader, head)
                    found += whole or _without_doer(reader, noun, told)
        elif child.lower_ == "to" and child.i > noun.i and not found:
            found += _behind_place(reader, child)
        elif child.dep_ in {"compound", "nmod"} and child.i < noun.i and noun.lemma_ != "return":
            found += [a for a in reader.scene.actors(child) if a.reference.kind == "person"]
        elif child.dep_ == "acl" and child.lemma_ in words("pays", "plans_trip") and not found:
            agents = agents_of(child)
            found += [a for h in agents for a in reader.scene.actors(h) if not a.is_party]
        elif child.dep_ == "relcl" and child.lemma_ in words("light") and not found:
            # "the visit that President X was to pay to France"
            subject = reader.scene.subject(child)
            if subject is not None and subject != noun:
                found += [a for a in reader.scene.actors(subject) if not a.is_party]
    if not found and (owners := owners_by_part(reader, noun) or _for_whom(reader, noun)):
        return owners
    found = found or _delegation_on(reader, noun) or shown_on(reader, noun)
    found = found or named_right_before(reader, noun) or who_paid_it(reader, noun)
    return named_at_end(reader, noun, found) or _by_position(reader, noun)


def _listed_whole(reader: ArgumentReader, noun: Token, by: Token) -> list[Actor]:
    """Return all of "a visit by A, B and C ended", where the parse makes B its subject."""
    if noun.dep_ not in SUBJECTS:
        return []
    taken = [c for c in noun.head.children if c.dep_ in SUBJECTS and c.i > by.i]
    listed = list_at(reader, by.i + 1) if taken else []
    starts = {token.i for one in taken for token in one.subtree}
    return [a for a in listed if not a.is_party] if starts & {a.token for a in listed} else []


def _behind_place(reader: ArgumentReader, to: Token) -> list[Actor]:
    """Return X of "a visit to Lima of President X", not of "a visit to the tomb of King X"."""
    found: list[Actor] = []
    for place in to.children:
        if not any(r.kind in LAND_KINDS for r in reader.scene.at(place.i)):
            continue
        for head in prep_objects(place, "of"):
            told = (a for a in reader.scene.actors(head) if not a.is_party)
            found += [a for a in told if a.reference.kind in ACTOR_KINDS]
    return found


def _for_whom(reader: ArgumentReader, noun: Token) -> list[Actor]:
    """Return X of "the highlight of a busy visit for X", not of "paid a visit for X"."""
    if noun.head.lemma_ in words("light") or noun.dep_ not in {"pobj", "attr", "nsubj"}:
        return []
    heads = (h for c in noun.children if c.lower_ == "for" and c.i > noun.i for h in c.children)
    told = [a for h in heads for a in reader.scene.actors(h)]
    return [a for a in told if a.reference.kind == "person" and a.reference.name]


def _without_doer(reader: ArgumentReader, noun: Token, owners: list[Actor]) -> list[Actor]:
    """Leave out B of "On the visit of A, Minister B said", which no list of the two is."""
    verb = governing_verb(noun)
    subject = reader.scene.subject(verb) if verb is not None else None
    if subject is None or len(owners) < _PAIR or noun in subject.subtree:
        return owners
    within = {token.i for token in noun.subtree}
    doing = {token.i for token in subject.subtree} - within
    return [a for a in owners if a.token not in doing] or owners


def _guest_called(reader: ArgumentReader, guest: Token) -> list[Actor]:
    """Return B of "A met B on the third day of a visit by the dignitary"."""
    definite = any(c.lower_ in words("definite") for c in guest.children)
    if guest.lemma_.lower() not in word_set("visitor_noun") or not definite:
        return []
    start = reader.scene.sentence(guest.i).start
    told = {
        r.actor: Actor(r, i, 0.8)
        for i in range(start, guest.i)
        for r in reader.scene.at(i)
        if r.kind == "person" and r.form == "name" and r.role_kind
    }
    return [*told.values()][-1:] if len(told) > 1 else []


def _delegation_on(reader: ArgumentReader, noun: Token) -> list[Actor]:
    """Return the delegation of "gave a dinner for a Cuban delegation on a visit to Laos".

    The parse may give the visit to who gives it. He who is at home where it leads is not on it, nor
    is a dinner; "The Peruvian president met a Cuban delegation on a visit to Laos" is left open.
    """
    prep = noun.head
    if noun.dep_ != "pobj" or prep.lower_ != "on" or prep.i > noun.i:
        return []
    scene = reader.scene
    guests = [
        Actor(r, prep.i - 1)
        for r in scene.at(prep.i - 1)
        if r.kind == "delegation" and r.country and scene.bounds(r)[1] == prep.i
    ]
    if not guests:
        return []
    lands = {s.country for t in noun.doc[noun.i + 1 : noun.i + _TO_LAND] for s in scene.spots(t.i)}
    verb = governing_verb(noun)
    subject = scene.subject(verb) if verb is not None else None
    told = scene.actors(subject) if subject is not None else []
    doers = {actor.country for actor in told if actor.country}
    fits = len(lands) == 1 and guests[0].country not in lands and doers <= lands
    return guests if fits else []


def _ahead_of_name(reader: ArgumentReader, noun: Token, owners: list[Actor]) -> list[Actor]:
    """Return X of "During his visit, X is to meet the king", where "his" seems another's.

    A compatriot's, one's at home where it leads, or one's of whom no trip is told, where one of X
    is.
    """
    verb, scene = governing_verb(noun), reader.scene
    if verb is None or verb.i < noun.i or len(owners) != 1 or owners[0].reference.form != "pronoun":
        return owners
    subject = scene.subject(verb)
    if subject is None or subject.i < noun.i or noun.dep_ != "pobj":
        return owners
    named = [a for a in reader.scene.actors(subject) if a.reference.kind == "person"]
    travelling = {told.actor.key for told in reader.told if told.actor and told.destination}
    stays = owners[0].key not in travelling
    lands = {s.country for t in noun.doc[noun.i + 1 : noun.i + _TO_LAND] for s in scene.spots(t.i)}
    home = owners[0].country is not None and lands == {owners[0].country}
    meant = [
        a
        for a in named
        if (a.country and a.country == owners[0].country)
        or (stays and a.key in travelling)
        or (home and a.country not in {None, *lands})
    ]
    return meant[:1] or owners


def _received_by(reader: ArgumentReader, noun: Token, owners: list[Actor]) -> list[Actor]:
    """Return A of "A will be received by B as part of his trip", though "his" is taken for B's."""
    if len(owners) != 1 or owners[0].reference.form != "pronoun":
        return []
    for verb in noun.ancestors:
        agents = agents_of(verb)
        passive = any(c.dep_ in {"auxpass", "nsubjpass"} for c in verb.children)
        if not agents or not passive or verb.i > noun.i:
            continue  # not "the invitation extended by B during his visit"
        keys = {a.key for h in agents for a in reader.scene.actors(h)}
        subject = reader.scene.subject(verb)
        if owners[0].key not in keys or subject is None:
            return []
        return [a for a in reader.scene.actors(subject) if a.reference.kind == "person"]
    return []


def _invited(reader: ArgumentReader, noun: Token) -> list[Actor]:
    """Return who is asked in "extended an invitation to X for a visit", "invited X for a visit"."""
    if (verb := asking_verb(noun)) is not None and preposition_of(noun) in word_set("asked_for"):
        return _asked(reader, verb)
    invitation = invitation_over(noun)
    if invitation is None or invitation.i > noun.i:
        return []
    given = any(c.lower_ == "from" for c in noun.children)
    head = (_taker(reader, invitation) if given else None) or reader.scene.invited(invitation)
    return [a for a in reader.scene.actors(head) if not a.is_party] if head is not None else []


def _sent_on(reader: ArgumentReader, noun: Token) -> list[Actor]:
    """Return X of "sent X on a trip to Peru", not of "took X on a trip", who both go."""
    prep = noun.head
    if noun.dep_ != "pobj" or prep.lower_ != "on":
        return []
    verb = prep.head if prep.head.pos_ == "VERB" else prep.head.head
    if verb.lemma_ not in words("sends_one") or is_negated(verb):
        return []
    sent = [c for c in verb.children if c.dep_ in OBJECTS and c.i < noun.i]
    return [a for c in sent for a in reader.scene.actors(c) if not a.is_party]


def _come_for(reader: ArgumentReader, noun: Token) -> list[Actor]:
    """Return X of "was met on the arrival of X in Lima for a state visit by Y", who came.

    And of "X was received by Y on Monday for a state visit".
    """
    came = arrival_before(noun)
    if came is not None:
        return noun_actors(reader, came)
    guest = guest_received(reader.scene, noun)
    return [a for a in reader.scene.actors(guest) if not a.is_party] if guest is not None else []


def _taker(reader: ArgumentReader, invitation: Token) -> Token | None:
    """Return A of "A accepted an invitation for a visit from B", who asks."""
    verb, takes = invitation.head, word_set("takes_invitation", "declines_invitation")
    taken = invitation.dep_ in OBJECTS and verb.lemma_ in takes
    return reader.scene.subject(verb) if taken else None


def _asked(reader: ArgumentReader, verb: Token) -> list[Actor]:
    """Return whom a verb asks to come."""
    passive = any(c.dep_ == "nsubjpass" for c in verb.children)
    subject = reader.scene.subject(verb) if passive else None
    heads = [c for c in verb.children if c.dep_ in OBJECTS] if subject is None else [subject]
    return [a for head in heads for a in reader.scene.actors(head) if not a.is_party]


def _is_of_companions(noun: Token) -> bool:
    """Tell "I will be accompanied on this visit by the minister", "was met on arrival by X".

    Not "this was accompanied by a visit by the minister", "ties include a visit by the minister":
    that visit is the minister's.
    """
    verb = governing_verb(noun)
    beside = noun.head.lower_ not in {"by", "with"} and noun.dep_ not in {"dobj", "conj"}
    received = words("host_of_trip") if noun.lemma_ == "arrival" else frozenset()
    joined = verb is not None and {verb.lemma_, verb.lower_} & (words("companion") | received)
    return bool(joined) and beside


def sentence_traveller(reader: ArgumentReader, noun: Token, ends: set[str]) -> list[Actor]:
    """Return the one person of the sentence who is foreign to where the trip leads."""
    sentence = reader.scene.sentence(noun.i)
    if any(c.lower_ == "papal" for c in noun.children):
        popes = (r for r in reader.scene.references if r.kind == "person" and r.country == "VAT")
        return [Actor(r, noun.i, 0.9) for r in popes if r.name and r.role_kind == "pope"][:1]
    if any(c.lower_ in word_set("of_crown") for c in noun.children):
        return _crowned(reader, noun, ends)
    if is_topic(noun) or _is_of_statement(noun, sentence) or _is_of_others(reader, noun):
        return []
    if is_home_coming(reader, noun, ends):
        return []
    found: dict[str, Actor] = {}
    for i in range(sentence.start, sentence.end):
        for reference in reader.scene.at(i):
            if reference.kind not in PERSONAL_KINDS or reference.plural:
                continue
            if i > noun.i and _did_not_go(reader, reference):
                continue
            if i > noun.i and is_made_by_other(reader, reference, sentence):
                continue
            if reference.country and reference.country not in ends:
                actor = Actor(reference, i, 0.75)
                found.setdefault(actor.key, actor)
    return list(found.values()) if len(found) == 1 else []


def _crowned(reader: ArgumentReader, noun: Token, ends: set[str]) -> list[Actor]:
    """Return the one of a foreign crown told before "the royal visit", which is no president's."""
    told = (
        r
        for r in reader.scene.references
        if r.start < noun.idx and r.role_kind in word_set("crowned") and r.name
        if r.country and r.country not in ends
    )
    found = {r.actor: Actor(r, noun.i, 0.75) for r in told}
    return list(found.values()) if len(found) == 1 else []


def _is_of_others(reader: ArgumentReader, noun: Token) -> bool:
    """Tell "X said the two were held on their arrival", "the miners", who are not X."""
    if not any(c.lower_ == "their" and c.dep_ == "poss" for c in noun.children):
        return False
    verb = governing_verb(noun)
    subject = reader.scene.subject(verb) if verb is not None else None
    many = subject is not None and subject.tag_ in {"NNS", "CD"}
    return many and subject is not None and not reader.scene.actors(subject)


def _is_of_statement(noun: Token, sentence: Span) -> bool:
    """Tell the heading "Statement by President X on a visit to Iraq": X need not have gone."""
    topic = noun.head.lower_ in word_set("on_topic")
    return topic and not any(t.tag_ in FINITE for t in sentence)


def _did_not_go(reader: ArgumentReader, reference: Reference) -> bool:
    """Tell who is named behind a trip that is another's: absent, met there, or there before."""
    return any(tells(reader, reference) for tells in (_is_absent, _is_met, _is_of_former))


def _is_of_former(reader: ArgumentReader, reference: Reference) -> bool:
    """Tell A of "the first visit to Lima since the visit of A", who made the one before."""
    start, end = reader.scene.bounds(reference)
    node = reader.scene.doc[start:end].root
    above = list(node.ancestors)
    since = next((t for t in above if t.lower_ == "since" and t.dep_ == "prep"), None)
    if since is None:
        return False
    return any(t.lemma_ in noun_rules() for t in above if t.head == since)


def _is_absent(reader: ArgumentReader, reference: Reference) -> bool:
    """Tell the king of "a visit to one of the lands that the king has not seen"."""
    start, end = reader.scene.bounds(reference)
    name = reader.scene.doc[start:end].root
    while name.dep_ in {"compound", "appos"} and name.head != name:
        name = name.head
    verb = name.head
    return verb.pos_ == "VERB" and is_negated(verb)


def _is_met(reader: ArgumentReader, reference: Reference) -> bool:
    """Tell A of "the tour ends in Peru, where talks with A are planned": he is there before.

    So "The tour continues with a trip to Peru before a summit with A".
    """
    start, end = reader.scene.bounds(reference)
    at = start - 1
    while at > 0 and start - at < _TITLE and reader.scene.doc[at].pos_ in _BEFORE_NAME:
        at -= 1
    acts = any(t.pos_ in {"VERB", "AUX", "ADJ"} for t in reader.scene.doc[end : end + 1])
    if reader.scene.doc[at].lower_ == "with" and not acts:
        return True  # not "The trip to Peru ended with A planting a tree"
    name = reader.scene.doc[start:end].root
    clauses = (t for t in name.ancestors if t.dep_ == "relcl")
    return any(c.lower_ == "where" for clause in clauses for c in clause.children)


def _possessor(reader: ArgumentReader, noun: Token) -> list[Actor]:
    """Read "Luxon's first official visit" by position."""
    doc = reader.scene.doc
    at = noun.i - 1
    while (
        at > 0
        and noun.i - at < 7
        and (doc[at].pos_ in {"ADJ", "NUM", "NOUN", "PROPN", "ADV"} or doc[at].text in {"-", ","})
    ):
        at -= 1
    if at < 1 or doc[at].text not in GENITIVES:
        return []
    found = [r for r in reader.scene.at(at - 1) if r.kind in PERSONAL_KINDS]
    return [Actor(found[0], at - 1)] if found else []


def _by_position(reader: ArgumentReader, noun: Token) -> list[Actor]:
    """Read "visit to X by Y" where the parse hangs "by Y" elsewhere."""
    owner = _possessor(reader, noun)
    if owner:
        return owner
    doc = reader.scene.doc
    end = min(reader.scene.sentence(noun.i).end, noun.i + 14)
    for i in range(noun.i + 1, end):
        if doc[i].pos_ == "VERB" and not is_aim(doc[i], noun):
            break
        if doc[i].pos_ == "AUX" and doc[i].dep_ == "relcl":
            break  # "a visit which is the answer to a call by Y"
        by = doc[i].lower_ == "by" or (doc[i].lower_ == "of" and _is_behind_days(reader, noun, i))
        if by and _is_of_other_deed(doc[i], noun):
            break
        if by and not _is_of_companions(noun):
            heads = [c for c in doc[i].children if c.dep_ == "pobj"]
            return [a for h in heads for a in reader.scene.actors(h) if not a.is_party]
    return []


def _is_of_other_deed(by: Token, noun: Token) -> bool:
    """Tell the "by Y" of "a visit since his choice by Y" from that of "to the capital by Y".

    So that of "began a visit to Lima, on the heels of a trip there (a film, an attack) by Y".
    """
    deed = by.head
    if deed.pos_ == "NOUN" and deed != noun and noun not in deed.ancestors:
        return True
    if deed.pos_ != "NOUN" or not noun.i < deed.i < by.i or deed.dep_ != "pobj":
        return False
    return deed.head.lower_ in word_set("of_other_time")


def is_aim(verb: Token, noun: Token) -> bool:
    """Tell the "meet" of "a visit to meet the king by Y"."""
    return verb.tag_ == "VB" and verb.head == noun and verb.nbor(-1).lower_ == "to"


def _is_behind_days(reader: ArgumentReader, noun: Token, i: int) -> bool:
    """Tell "the arrival in Lima on Monday of X", where the parse gives X to Monday."""
    return i - 1 > noun.i and i - 1 in reader.clock.covered


__all__ = ["is_aim", "noun_actors", "sentence_traveller"]
