"""Who arrives where no other country is meant: at his office, for a hearing, before the others."""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.discourse.scene import Scene
from pipeline.labels import FINITE, TIMES
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.tables import verb_rules, word_set

#: How far before "arrived" the "than" of "than when he arrived" may stand, in tokens.
_THAN_REACH = 5
#: In how many sentences, that of the arrival the first, one may be told to be the host.
_HOST_REACH = 3


def arrives_at_home(scene: Scene, candidate: Candidate) -> bool:
    """Tell "arrived to his party", "at the office", "to testify", of no other country.

    "Arrived at the airport", "at the summit", "to a guard of honour" do not fire.
    """
    verb = scene.doc[candidate.at]
    if verb.pos_ != "VERB" or not candidate.arrives:
        return False
    if _is_for_own_affairs(verb) or _is_compared(verb) or _receives_next(scene, candidate):
        return True
    for prep in verb.children:
        if prep.lower_ not in {"at", "to"} or prep.i < verb.i:
            continue
        for site in prep.children:
            if site.dep_ == "pobj" and site.pos_ == "PROPN" and _is_of_state(site):
                return True
            if site.dep_ != "pobj" or site.pos_ != "NOUN" or site.ent_type_:
                continue
            own = any(c.dep_ == "poss" and c.pos_ == "PRON" for c in site.children)
            known = word_set("arrival_site", "guest_site")
            if prep.lower_ == "to":
                known = frozenset({site.lemma_}) - word_set("site_at_home")
            if own or site.lemma_ not in known:
                return True
    return False


def _receives_next(scene: Scene, candidate: Candidate) -> bool:
    """Tell "X has arrived for the talks. The premier is welcoming leaders", who is their host."""
    number, actor = scene.sentence_of[candidate.at], candidate.actor
    if actor is None or candidate.spot is not None or candidate.when:
        return False
    for sentence in scene.sentences[number : number + _HOST_REACH]:
        for verb in sentence:
            rules = verb_rules().get(verb.lemma_, ()) if verb.pos_ == "VERB" else ()
            if verb.tag_ not in FINITE | {"VBG"} or not any(r.frame == "receive" for r in rules):
                continue
            subject = next((c for c in verb.children if c.dep_ == "nsubj"), None)
            if subject is not None and any(a.key == actor.key for a in scene.actors(subject)):
                return True
    return False


def goes_to_greet(scene: Scene, candidate: Candidate) -> bool:
    """Tell "drove to the airport in Lima to greet his guests", where a host goes.

    "Flew to the airport in Lima to greet the troops" fires no more than "flew to Lima to greet".
    """
    verb, spot = scene.doc[candidate.at], candidate.spot
    if spot is None or verb.pos_ != "VERB" or verb.lemma_ in word_set("goes_by_air"):
        return False
    way = scene.doc[verb.i + 1 : spot.end + 1]
    if word_set("airport").isdisjoint(token.lower_ for token in way):
        return False
    behind = scene.doc[spot.end : scene.sentence(verb.i).end]
    return any(t.tag_ == "VB" and t.lemma_ in word_set("greets_guest") for t in behind)


def comes_to_building(scene: Scene, candidate: Candidate) -> bool:
    """Tell "arrived at the Pentagon", "on Capitol Hill", where one may have one's office.

    "Arrived in Lima", "at Lima airport" do not fire.
    """
    spot = candidate.spot
    if spot is None or spot.start < 1:
        return False
    at = spot.start - 1 - (scene.doc[spot.start - 1].lower_ == "the" and spot.start > 1)
    named = {t.lower_ for t in scene.doc[spot.start : spot.end + 1]}
    return scene.doc[at].lower_ in {"at", "on"} and not named & word_set("arrival_site")


def is_ranked(verb: Token) -> bool:
    """Tell "arrived first", "arrived late, and": beside others, of whom it is told where.

    "Arrived late on Monday", "arrived early Monday" do not fire.
    """
    order, behind = verb.doc[verb.i + 1 : verb.i + 2], verb.doc[verb.i + 2 : verb.i + 3]
    timed = any(t.lower_ in {"on", "in", "at"} or t.ent_type_ in TIMES for t in behind)
    return order.text.lower() in word_set("in_what_order") and not timed


def _is_for_own_affairs(verb: Token) -> bool:
    """Tell "arrived for the hearing", "arrives to testify", "to cast his vote"."""
    for child in verb.children:
        if child.i < verb.i:
            continue
        if child.lower_ == "for" and any(_is_own_affair(c) for c in child.children):
            return True
        aimed = child.tag_ == "VB" and child.dep_ in {"advcl", "xcomp", "acl"}
        if aimed and child.lemma_ in word_set("done_at_home"):
            return True
        if child.lower_ in {"at", "on", "in"}:  # "at Congress to testify", "on the Hill for a vote"
            below = (g for site in child.children for g in site.children if g.i > site.i)
            if any(
                (g.lower_ == "for" and any(_is_own_affair(c) for c in g.children))
                or (g.tag_ == "VB" and g.lemma_ in word_set("done_at_home"))
                for g in below
            ):
                return True
    return False


def _is_own_affair(noun: Token) -> bool:
    whole = {noun.lemma_.lower(), *(c.lower_ for c in noun.children if c.dep_ == "compound")}
    return bool(whole & word_set("own_affair"))


def _is_of_state(site: Token) -> bool:
    return site.lower_ in word_set("house_of_state") and not any(
        c.lower_ in {"of", "in"} for c in site.children
    )


def _is_compared(verb: Token) -> bool:
    """Tell "when he left the ministry than when he arrived": a term of office began."""
    near = [t.lower_ for t in verb.doc[max(verb.sent.start, verb.i - _THAN_REACH) : verb.i]]
    when = {"when", "before", "until"} & set(near)
    bare = not any(c.dep_ == "prep" and c.i > verb.i for c in verb.children)
    return "than" in near and bool(when) and bare


__all__ = ["arrives_at_home", "comes_to_building", "goes_to_greet", "is_ranked"]
