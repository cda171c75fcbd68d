"""In which sense a word that may tell of a trip is meant."""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.discourse.tables import words
from pipeline.discourse.verb_forms import auxiliaries_of, has_weekday, is_bare_present, tense_of
from pipeline.labels import NOUNS, OBJECTS, PAST, TIMES
from pipeline.neighbours import agents_of, word_behind
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.tables import VerbRule, noun_rules, verb_rules, word_set
from pipeline.stages.visits.travel.led_side import side_of
from pipeline.stages.visits.triggers import THAT


def is_compared(token: Token) -> bool:
    """Tell "fewer leaders will come than went to the last summit", who are counted, not told of."""
    if token.tag_ not in PAST:
        return False
    at = token.i - 1
    while at > 0 and token.doc[at].lower_ in word_set("those_who"):
        at -= 1
    return at >= 0 and token.doc[at].lower_ == "than"


def is_bracketed(token: Token) -> bool:
    """Tell a word that stands alone between two commas, or in a bracket."""
    around = token.doc[max(0, token.i - 1) : token.i + 2]
    return len(around) == 3 and around[0].text in {",", "("} and around[2].text in {",", ")"}


def as_told(verb: Token, lemma: str) -> str:
    """Return the verb that a verb and its adverb stand for.

    "Co-host" for the "hosted" of "co-hosted", "jointly hosted", of guests as of hosts, and "skip"
    for the "stayed" of "stayed away from the summit".
    """
    if verb.pos_ != "VERB":
        return lemma
    if lemma == "stay" and verb.doc[verb.i + 1 : verb.i + 3].text.lower() == "away from":
        return "skip"
    if lemma not in word_set("holds_event"):
        return lemma
    before = verb.doc[max(0, verb.i - 2) : verb.i].text.lower()
    joint = before == "co-" or before.endswith("jointly")
    return "co-host" if joint else lemma


def means_trip(token: Token) -> bool:
    """Tell "that" of "his visit follows that of the premier to Lima"."""
    if token.lower_ != THAT or token.dep_ not in {"dobj", "pobj"}:
        return False
    if token.head.lemma_.lower() not in word_set("beside_a_trip"):
        return False
    before = token.sent if token.doc.has_annotation("SENT_START") else token.doc
    told = any(t.lemma_ in noun_rules() and t.pos_ == "NOUN" for t in before if t.i < token.i)
    return told and any(c.lower_ in {"of", "by"} and c.i == token.i + 1 for c in token.children)


def is_sense(verb: Token, rule: VerbRule) -> bool:
    """Tell whether the particle and the object that a sense asks for are there.

    "The screening of all arriving passengers" has a word that only says which ones.
    """
    if verb.dep_ == "pcomp" and verb.i and verb.nbor(-1).tag_ in {"DT", "PDT"}:
        return False
    if not _has_particle(verb, rule) or not _has_object(verb, rule):
        return False
    if rule.id == "go" and verb.lemma_ == "head" and agents_of(verb):
        return False  # "was headed by X, director general for Africa"
    return not (_breaks_word(verb) or _heads_post(verb) or _goes_to_war(verb))


def _has_particle(verb: Token, rule: VerbRule) -> bool:
    if not rule.all_particles:
        return True
    due = [c for c in verb.children if c.dep_ == "acomp"]  # "is due back"
    told = [c for node in (verb, *due) for c in node.children]
    particles = {c.lower_ for c in told if c.dep_ in {"prt", "advmod"}}
    particles |= {c.lower_ for c in verb.children if _is_due_home(c)}
    following = verb.nbor().lower_ if verb.i + 1 < len(verb.doc) else ""
    behind = [c for c in verb.nbor().children if c.dep_ == "pobj"] if following else []
    dated = any(c.ent_type_ in TIMES for c in behind)
    if (following == "in" and behind) or (following == "on" and dated):
        following = ""  # "flew in January" has a preposition, not a particle
    return not rule.all_particles.isdisjoint({*particles, following})


def _has_object(verb: Token, rule: VerbRule) -> bool:
    if not rule.all_objects:
        return True
    things = [
        c
        for c in verb.children
        if c.dep_ in {"dobj", "obj", "nsubjpass", "attr"}
        and not any(d.lower_ == "no" for d in c.lefts)
    ]
    led = (c for c in verb.children if c.lower_ in rule.all_particles)  # "stepped off the plane"
    things += [c for prep in led for c in prep.children if c.dep_ == "pobj"]
    objects = {thing.lemma_.lower() for thing in things}
    if verb.lemma_ not in words("begin"):  # "began three days of talks" is told as a presence
        objects |= {t.lemma_ for thing in things for t in measured(thing)}
    if rule.frame == "lead":
        objects |= {side_of(thing) for thing in things}  # "the one from Cuba was led by X"
    if rule.frame in {"lead", "presence"} and verb.dep_ == "acl" and verb.tag_ == "VBN":
        objects.add(verb.head.lemma_)  # "the talks, led by X", "the mass celebrated by X"
    if verb.dep_ == "relcl" and any(
        c.dep_ == "dobj" and c.lower_ in {"that", "which"} for c in verb.children
    ):
        objects.add(verb.head.lemma_)  # "the talks that A and B held"
    return not rule.all_objects.isdisjoint(objects)


def _is_due_home(home: Token) -> bool:
    """Tell the "home" of "is due home on Friday", which is no home that one is."""
    return home.lower_ in words("home") and any(c.lower_ == "due" for c in home.lefts)


def _goes_to_war(verb: Token) -> bool:
    """Tell "the decision to go into Mali", with troops, from "the decision to go to Mali"."""
    decided = verb.dep_ == "acl" and verb.head.lemma_ in word_set("decided_war")
    return decided and verb.lemma_ == "go" and any(c.lower_ == "into" for c in verb.children)


def _heads_post(verb: Token) -> bool:
    """Tell "X, who heads the OSCE mission to Albania", a post, from "led one to Albania in May".

    Who leads a country's mission, or one of the IMF, goes there with it.
    """
    objects = (c for c in verb.children if c.dep_ in OBJECTS and c.lemma_ == "mission")
    mission = next(objects, None) if verb.lemma_ in word_set("heads_post") else None
    if mission is None or tense_of(verb) == "future" or auxiliaries_of(verb) & {"is", "are"}:
        return False
    before = [c for c in mission.children if c.i < mission.i]
    manned = any(c.lower_ in word_set("mission_of_many") for c in before)
    body = any(c.text.isupper() and c.text not in word_set("missions_come") for c in before)
    if not (manned or body) or (verb.tag_ == "VBD" and not manned):
        return False
    dates = [t for t in verb.subtree if t.ent_type_ == "DATE"]
    return all(any(a.lower_ == "since" for a in t.ancestors) for t in dates)


def _breaks_word(verb: Token) -> bool:
    """Tell "went back on her pledge to Peru" from "went back on Monday to Peru", "on a train"."""
    behind = verb.doc[verb.i + 1 : verb.i + 3]
    if verb.lemma_ != "go" or behind.text.lower() != "back on":
        return False
    return any(c.lemma_.lower() in word_set("word_given") for c in behind[1].children)


def measured(thing: Token) -> list[Token]:
    """Return the talks of "held three hours of talks", "a series of closed-door talks"."""
    if thing.lemma_ not in word_set("measure_of_talks"):
        return []
    behind = (c for c in thing.rights if c.lower_ == "of")
    return [t for of in behind for t in of.children if t.dep_ == "pobj"]


def verbal(reader: ArgumentReader, token: Token) -> bool:
    """Tell a verb that the tagger took for a noun ("Xi visits Hanoi", "will today depart")."""
    if any(c.dep_ == "aux" and c.i < token.i for c in token.children):
        return True
    opened = token.doc[max(0, token.i - 2) : token.i]
    infinitive = len(opened) == 2 and opened[1].lower_ == "to"
    if infinitive and opened[0].lower_ in word_set("before_infinitive"):
        return token.lower_ in verb_rules()
    if token.lower_ == "visits":
        return bool(reader.scene.spots(token.i + 1))
    done = word_set("includes_stop") | words("light")
    if token.dep_ in OBJECTS and token.head.lemma_ in done:
        return False  # "the trip will include stops in Lima", "will make stops in Lima"
    following = word_behind(token)
    if is_bare_present(token) and token.lemma_ in words("leaves_again"):
        return has_weekday(token)  # "The minister departs on Sunday"
    return (
        token.pos_ in NOUNS
        and token.dep_ != "pobj"
        and (token.lower_.endswith("s") or is_bare_present(token))
        and following in {"in", "to", "for", "at"}
        and bool(reader.scene.spots(token.i + 2))
        and reader.scene.nearest_before(token.i) is not None
    )


__all__ = ["as_told", "is_bracketed", "is_compared", "is_sense", "means_trip", "measured", "verbal"]
