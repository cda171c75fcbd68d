"""Which tellings are of trips of state at all."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import pairwise, takewhile

from spacy.tokens import Token

from models import Reference
from pipeline.discourse import trace
from pipeline.discourse.scene import Actor, Scene
from pipeline.discourse.tables import words
from pipeline.labels import OBJECTS, VERBS
from pipeline.reference.countries import continent, is_country
from pipeline.reference.leaders import leader_code
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.outcome.habits import is_habit
from pipeline.stages.visits.spell import why_no_trip
from pipeline.stages.visits.tables import word_set
from pipeline.stages.visits.travel.homeward import leads_back
from pipeline.stages.visits.travellers.arrivals_at_home import goes_to_greet
from pipeline.stages.visits.travellers.embassy_staff import is_of_embassy
from pipeline.stages.visits.travellers.envoys_abroad import leaves_post
from pipeline.stages.visits.travellers.lives import is_of_life

#: How far behind "envoy" the body may be named to which one is sent, in tokens.
_POST_REACH = 5
#: How many lands those are of whom all the envoys posted in a capital come to a meeting.
_ALL_OF = 3

#: What stands before the "states" of a body, how far behind its name: "African Union (AU) member".
_OF_MEMBERS, _MEMBER_REACH = frozenset({"member", "observer"}), 7
#: How long a name behind an office is, in tokens.
_NAME_REACH = 4
#: Offices of lands alone, which no body has several of.
_HEADS_OF_LANDS = frozenset({"head_of_state", "head_of_government"})

#: How far into a question its asking word stands ("So why"), in tokens.
_ASKING_REACH = 3


def is_usable(scene: Scene, candidate: Candidate, *, posted: Collection[str]) -> bool:
    """Tell whether a telling is of a trip of state; note why where it is not.

    Args:
        posted: keys of those who take up a post abroad.
    """
    if candidate.status is None:
        trace.dropped(why_no_trip(candidate.fact), candidate)
    elif _is_asked(scene, candidate.at):
        trace.dropped("told in a question", candidate)
    elif candidate.phase == "leave" and _is_at_seat(candidate):
        trace.dropped("a body's head leaves its seat", candidate)
    elif _is_at_seat(candidate) and leads_back(scene.doc[candidate.at]):
        trace.dropped("a body's head returns to its seat", candidate)
    elif goes_to_greet(scene, candidate):
        trace.dropped("a host who goes to greet his guests", candidate)
    elif is_of_life(scene.doc[candidate.at], candidate):
        trace.dropped("a time of one's life, not a trip", candidate)
    elif _takes_leave(scene, candidate):
        trace.dropped("an envoy who takes leave of his post", candidate)
    elif _is_in_seat_town(candidate):
        trace.dropped("a body's head at its seat", candidate)
    elif is_habit(scene, candidate):
        trace.dropped("a habit, not a trip", candidate)
    elif _takes_up_post(candidate, posted):
        trace.dropped("one who takes up a post there", candidate)
    elif _is_at_post(scene, candidate):
        trace.dropped("an envoy at the seat of the body to which he is sent", candidate)
    elif _is_in_own_city(candidate):
        trace.dropped("the pope in Rome", candidate)
    elif _are_all_of_body(scene, candidate):
        trace.dropped("the leaders of a body whom another meets", candidate)
    elif _is_met_at_post(candidate) or _are_envoys_of_all(scene, candidate):
        trace.dropped("one of a body's mission there whom another meets", candidate)
    elif _goes_with_another(scene, candidate):
        trace.dropped("one who only goes with another", candidate)
    elif _are_all_abroad(scene, candidate):
        trace.dropped("trips abroad at large", candidate)
    elif _is_of_another_holder(scene, candidate):
        trace.dropped("one who held his office before or after him went", candidate)
    elif _stays_put(scene, candidate):
        trace.dropped("who will stay where he is, and is of no told land", candidate)
    elif not _is_traveller(scene, candidate):
        trace.dropped("an office whose holder's trips are none of state", candidate)
    else:
        return True
    return False


def _is_of_another_holder(scene: Scene, candidate: Candidate) -> bool:
    """Tell X of "a deal made by X's successor during a stop in Sofia", who was not there."""
    if candidate.actor is None or not candidate.actor.reference.name:
        return False
    end = scene.bounds_of(candidate.actor.reference)[1]
    name = takewhile(lambda t: t.pos_ == "PROPN", scene.doc[end : end + _NAME_REACH])
    end += sum(1 for _ in name)  # behind the "President" by which X is told
    behind = [t.lower_ for t in scene.doc[end : end + 2]]
    owned = behind[:1] in (["'s"], ["’s"], ["'"], ["’"])
    return owned and behind[-1] in word_set("same_office")


def _stays_put(scene: Scene, candidate: Candidate) -> bool:
    """Tell "Health Minister X will stay in Peru this year" from "Chile's X will stay in Peru"."""
    trigger, actor = scene.doc[candidate.at], candidate.actor
    if actor is None or trigger.lemma_ not in word_set("stays_put"):
        return False
    ahead = any(child.lower_ in word_set("stays_put_by") for child in trigger.children)
    return ahead and actor.reference.guessed and "arrived" not in candidate.notes


def _are_all_abroad(scene: Scene, candidate: Candidate) -> bool:
    """Tell the visits of "decided to suspend international visits", which lead nowhere by name."""
    trigger = scene.doc[candidate.at]
    if candidate.destination is not None or candidate.count or trigger.tag_ != "NNS":
        return False
    noun = trigger.head if trigger.dep_ == "conj" and trigger.head.tag_ == "NNS" else trigger
    to_have_more = noun.head.pos_ in VERBS and noun.head.lemma_ in word_set("has_more_visits")
    if to_have_more and noun.dep_ in OBJECTS:
        return True  # "agreed to increase visits at all levels"
    return any(child.lower_ in word_set("trip_abroad") for child in trigger.children)


def _are_all_of_body(scene: Scene, candidate: Candidate) -> bool:
    """Tell the leaders of "joined CARICOM leaders in Nassau", some of whom may be at home there.

    So those of "hosted CARICOM leaders in Nassau", "officials of CARICOM member states" and "heads
    of state of ECOWAS", who are not the body's. Not "met EU leaders in Nairobi", where none is.
    """
    actor = candidate.actor
    if actor is None or actor.reference.name:
        return False
    body, there = candidate.origin, candidate.destination
    if body is None or is_country(body):
        return False
    heads = (actor.reference.role or "").startswith("heads")  # each body's of "heads of A and B"
    if not (actor.reference.plural or heads):
        return False
    end = scene.bounds_of(actor.reference)[1]
    behind = takewhile(lambda t: t.pos_ not in VERBS, scene.doc[end : end + _MEMBER_REACH])
    if any(t.lower_ in _OF_MEMBERS for t in behind):
        return True
    if actor.reference.role_kind in _HEADS_OF_LANDS:
        return True
    hosted = actor.reference.role_kind == "leader" and "received" in candidate.notes
    if not hosted and candidate.rule not in word_set("tells_company"):
        return False
    told = (row.partition(": ") for row in word_set("continents_of_body"))
    own = {continents for code, _, continents in told if code == body}
    return not own or there is None or continent(there) in own


def _is_met_at_post(candidate: Candidate) -> bool:
    """Tell whom a guest meets in the land where a body has posted him.

    "In Goma she met X, head of the UN mission", "the special representative of the UN
    Secretary-General"; the EU's own representatives, envoys and missions of the IMF come for talks.
    """
    if "meeting" not in candidate.notes or candidate.actor is None:
        return False
    if candidate.origin in word_set("missions_come"):
        return False
    role = set((candidate.actor.reference.role or "").lower().replace("-", " ").split())
    posted = role >= {"representative", "secretary"} or (
        "mission" in role and bool(role & word_set("leads_mission"))
    )
    return posted and candidate.origin is not None and not is_country(candidate.origin)


def _are_envoys_of_all(scene: Scene, candidate: Candidate) -> bool:
    """Tell "met in Lima with representatives of Chad, Peru and Oman", who may be posted there.

    Not "representatives of Chad and Oman met in Lima".
    """
    actor = candidate.actor
    if actor is None or actor.reference.name or candidate.rule not in word_set("tells_company"):
        return False
    role = (actor.reference.role or "").lower().split()
    start, end = scene.bounds_of(actor.reference)
    lands = {r.country for r in scene.places_in(start, end) if r.kind == "country"}
    met = start > candidate.at and role[:1] == ["representatives"]
    return met and len(lands) >= _ALL_OF


def _is_at_seat(candidate: Candidate) -> bool:
    """Tell "the UN Secretary-General left New York", where his body has its seat."""
    return f"{candidate.origin} {candidate.destination}" in word_set("seat")


def _takes_leave(scene: Scene, candidate: Candidate) -> bool:
    """Tell the envoy of "paid a farewell visit to the president", at the end of his years there."""
    kind = candidate.actor.reference.role_kind if candidate.actor is not None else None
    if kind not in word_set("takes_leave"):
        return False
    return any(t.lower_ == "farewell" for t in scene.sentence(candidate.at))


def _is_in_seat_town(candidate: Candidate) -> bool:
    """Tell "the UN Secretary-General spoke in New York"; in Washington he is on a visit."""
    place = candidate.spot.place if candidate.spot is not None else None
    if place is None:
        return _is_at_seat(candidate) and "presence" in candidate.notes
    return f"{candidate.origin} {place}" in word_set("seat_town")


def _is_asked(scene: Scene, at: int) -> bool:
    """Tell a trip that is asked about from one that a question takes for granted.

    "Will X visit Lima?", "When will X visit Lima?" ask; "Why is X visiting Lima?", "What did X
    bring back from his trip to Lima?" do not, nor "X landed in Lima, to ask one thing: Who am I?".
    """
    sentence = scene.sentence(at)
    if not sentence.text.rstrip(" \n\"'”’)").endswith("?"):
        return False
    if scene.doc[at].text == "?":
        return False  # "Who is attending?", with the answer in the lines below
    if sentence[0].pos_ != "AUX" and any(t.text == ":" for t in scene.doc[at : sentence.end]):
        return False
    opening = [t.lower_ for t in sentence[:_ASKING_REACH]]
    doubted = {t.lower_ for t in sentence} & word_set("asks_in_doubt")
    if not doubted and word_set("asks_why") & set(opening):
        return False
    owned = any(child.dep_ == "poss" for child in scene.doc[at].children)
    return not (owned and word_set("asks_what") & set(opening))


def _is_private(scene: Scene, delegation: Reference) -> bool:
    """Tell "a delegation of Italian shoemakers" from one of lawmakers, of a ministry, of Italy."""
    start, end = scene.bounds_of(delegation)
    doc = scene.doc
    at = next((i for i in range(start, min(end + 1, len(doc))) if doc[i].lower_ == "of"), None)
    for i in range(at + 1, min(at + 7, len(doc))) if at is not None else ():
        if doc[i].tag_ == "NNS":
            return doc[i].lower_ not in words("official_plural")
        if doc[i].pos_ not in {"ADJ", "NOUN", "PROPN", "DET", "NUM", "PUNCT", "ADP"}:
            return False
    return False


def _is_traveller(scene: Scene, candidate: Candidate) -> bool:
    actor = candidate.actor
    if actor is None:
        return True
    kind = actor.reference.role_kind or ""
    if kind == "diplomat" and actor.reference.plural:
        return _comes_from_home(scene, candidate)
    if _is_resident(actor.reference.role or ""):
        return False
    if actor.reference.role in word_set("posted") and candidate.rule in word_set("back_to_post"):
        return False  # "the three American envoys returned to Lima": ambassadors do
    if kind == "delegation" and _is_private(scene, actor.reference):
        return False
    if is_of_embassy(scene, actor):
        return False
    if kind in word_set("ranked") and _speaks_at_post(scene, candidate):
        return False
    if _is_sent_to_body(candidate) or _is_of_body(actor.reference):
        return True
    if kind.removeprefix("deputy_") not in words("not_traveller"):
        return True
    return _is_sent_with(scene, candidate) or leaves_post(scene, candidate)


def _is_sent_with(scene: Scene, candidate: Candidate) -> bool:
    """Tell a former ambassador told of together with an official, who goes as one again."""
    actor = candidate.actor
    if actor is None or not (actor.reference.role or "").lower().startswith(("former ", "ex-")):
        return False
    fellows = scene.company_of(actor, candidate.at + 1)
    kinds = {a.reference.role_kind for a in fellows if a.key != actor.key} - {None}
    return bool(kinds) and kinds.isdisjoint(words("not_traveller"))


def _is_resident(role: str) -> bool:
    """Tell the counsellor of an embassy from Myanmar's state counsellor, one of a ministry."""
    told = ["", *role.lower().split()]
    return "department" not in told and any(
        word in word_set("resident") and before not in word_set("counsels")
        for before, word in pairwise(told)
    )


def _speaks_at_post(scene: Scene, candidate: Candidate) -> bool:
    """Tell "Colonel X told reporters in Baghdad", where troops are, from the chief of a staff.

    Of officers news says that they speak where they serve; who commands a country's forces or
    rules it with them comes to speak, and so does a leader who is known.
    """
    if candidate.rule not in word_set("officers_speak_by") or candidate.actor is None:
        return False
    told = candidate.actor.reference
    if (told.role or "").lower() in word_set("highest_rank"):
        return False
    if told.name is not None and leader_code(told.name) == told.country:
        return False
    return scene.forms(candidate.at).isdisjoint(word_set("of_high_command"))


def _comes_from_home(scene: Scene, candidate: Candidate) -> bool:
    """Tell "senior diplomats of Peru flew to Quito for talks" from those posted in Quito.

    Of these news says that they are there, meet somebody, visit a school, are flown out or return,
    or that they come from another town of the land.
    """
    if candidate.rule not in word_set("diplomats_come_by") or candidate.spot is None:
        return False
    if candidate.actor is not None:
        start, end = scene.bounds_of(candidate.actor.reference)
        if any(token.lower_ in {"in", "at"} for token in scene.doc[start:end]):
            return False  # "diplomats in Lima met him", "diplomats in Quito flew to Lima"
    trigger = scene.doc[candidate.at]
    if any(child.dep_ == "nsubjpass" for child in trigger.children):
        return False
    sources = (child for child in trigger.children if child.lower_ == "from")
    if any(s.country == candidate.destination for c in sources for s in scene.spots(c.i + 1)):
        return False
    inside = scene.doc[candidate.spot.start].dep_ == "pobj"
    if trigger.lemma_ == "visit" and trigger.pos_ == "VERB" and inside:
        return False
    return not any(t.lemma_.lower() in word_set("of_posted") for t in scene.sentence(candidate.at))


def _is_of_body(reference: Reference) -> bool:
    """Tell the president of a bank of states, a body itself, from one of a firm."""
    own = reference.role_kind == "business" and not reference.plural and reference.country
    return bool(own) and not is_country(reference.country or "")


def _is_sent_to_body(candidate: Candidate) -> bool:
    """Tell the ambassador to the United Nations abroad from one in the land of his post."""
    role = (candidate.actor.reference.role if candidate.actor else None) or ""
    told = set(role.lower().replace(",", " ").split())
    posted = "ambassador" in told and told & word_set("body_posted_to")
    seat = {
        code for row in word_set("seat") for body, code in [row.rsplit(maxsplit=1)] if body == "UN"
    }
    return bool(posted) and candidate.destination not in {None, *seat}


def _goes_with_another(scene: Scene, candidate: Candidate) -> bool:
    """Tell "X will be part of Y's delegation but will arrive earlier"."""
    retinue = word_set("retinue")
    if candidate.actor is None or retinue.isdisjoint(scene.forms(candidate.at)):
        return False
    for token in scene.sentence(candidate.at):
        if token.lemma_.lower() not in retinue:
            continue
        owners = [a for c in token.children if c.dep_ == "poss" for a in scene.actors(c)]
        part = token.head.head if token.dep_ == "pobj" else token
        verb = part.head if part.dep_ == "attr" else part
        alone = not owners or owners[0].key == candidate.actor.key
        if alone or verb.lemma_ not in word_set("is_of_party"):
            continue
        subject = scene.subject(verb)
        told = scene.actors(subject) if subject is not None else []
        if any(actor.key == candidate.actor.key for actor in told):
            return True
    return False


def new_to_posts(scene: Scene) -> frozenset[str]:
    """Return the keys of those who take up a post: "the envoy presented her credentials"."""
    papers = word_set("envoy_papers")
    return frozenset(
        actor.key
        for sentence in scene.sentences
        if not papers.isdisjoint(scene.forms(sentence.start))
        if any(t.lower_ in papers for t in sentence)
        for verb in sentence
        if verb.lemma_ in word_set("presents_letters") and _has_letters(verb)
        for subject in [scene.subject(verb)]
        if subject is not None
        for actor in scene.actors(subject)
    )


def _has_letters(verb: Token) -> bool:
    handed = (c for c in verb.children if c.dep_ in OBJECTS)
    return any(t.lower_ in word_set("envoy_papers") for c in handed for t in c.subtree)


def _takes_up_post(candidate: Candidate, posted: Collection[str]) -> bool:
    actor = candidate.actor
    posts = word_set("may_be_posted")
    return actor is not None and actor.key in posted and actor.reference.role_kind in posts


def _is_at_post(scene: Scene, candidate: Candidate) -> bool:
    """Tell "Chile's UN envoy" in New York, "the envoy to NATO" in Brussels, from one in Lima."""
    actor = candidate.actor
    if actor is None or actor.reference.role_kind not in word_set("posted_to_body"):
        return False
    if actor.country is None or not is_country(actor.country):
        return False  # "African Union envoy X", who is sent by it
    if "special" in (actor.reference.role or "").lower():
        return False
    seats = word_set("seat_town")
    place = candidate.spot.place if candidate.spot is not None else None
    if place is None:
        seats, place = word_set("seat"), candidate.destination
    return any(f"{body} {place}" in seats for body in _bodies_of_post(scene, actor))


def _bodies_of_post(scene: Scene, actor: Actor) -> Iterator[str]:
    """Yield UN for "Chile's UN envoy", and for who is told of as "envoy to the United Nations"."""
    yield from (w.replace(".", "").upper() for w in (actor.reference.role or "").split())
    for reference in scene.references:
        if reference.actor != actor.key:
            continue
        for i in range(*scene.bounds(reference)):
            if scene.doc[i].lower_ not in {"envoy", "representative"}:
                continue
            for at in range(i + 1, i + _POST_REACH):
                yield from (r.country for r in scene.at(at) if r.country)


def _is_in_own_city(candidate: Candidate) -> bool:
    """Tell the pope's visit to a synagogue in Rome, whose bishop he is."""
    place = candidate.spot.place if candidate.spot is not None else None
    return candidate.origin == "VAT" and place in {"Rome", "Castel Gandolfo"}


__all__ = ["is_usable", "new_to_posts"]
