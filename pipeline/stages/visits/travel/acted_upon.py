"""What befalls one where one is, or is done by one: "A fell ill in Lima", "was toured by A in"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Token

from models.visit import MADE
from pipeline.discourse.factuality import fact_of_verb
from pipeline.discourse.scene import Actor, Spot
from pipeline.labels import OBJECTS, SUBJECTS
from pipeline.neighbours import agents_of, prep_objects, word_behind
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.tables import verb_rules, word_set
from pipeline.stages.visits.travel.deeds import done

#: How far behind a verb its place may stand, in tokens.
_REACH = 18


def acted_upon(reader: ArgumentReader, verb: Token) -> Iterator[Candidate]:
    """Read "protesters in Lima heckled A", "A was mobbed in Lima", "A fell ill in Lima".

    Also "boats were handed over in Lima by A". "protesters in Lima denounced A", "A was praised by
    students in Lima", "the raid in Lima was condemned by A" do not fire.
    """
    if verb.pos_ != "VERB":
        return
    actors, spot = _by_crowd(reader, verb)
    if not actors:
        actors, spot = _undergone(reader, verb)
    if not actors:
        actors, spot = _of_convoy(reader, verb)
    if not actors:
        actors, spot = _done_by(reader, verb)
    if not actors or reader.is_remote(verb):
        return
    gathers = verb.head.lemma_ in word_set("crowd_gathers") and verb.dep_ in {"advcl", "xcomp"}
    fact = fact_of_verb(verb.head if gathers else verb)
    if fact.status not in MADE and not (gathers and fact.status == "planned"):
        return
    rule = next(r for r in verb_rules()["<any>"] if r.id == "in_town")
    foreign = [a for a in actors if spot is not None and a.country != spot.country]
    for made in done(reader, verb, rule, actors=foreign, spot=spot, within=True):
        yield replace(made, fact=fact)


def _by_crowd(reader: ArgumentReader, verb: Token) -> tuple[Sequence[Actor], Spot | None]:
    """Read "protesters in Lima heckled A", "threw eggs at A", "lined streets to greet A"."""
    if verb.lemma_ in word_set("crowd_does"):
        heads = [c for c in verb.children if c.dep_ in OBJECTS]
    elif verb.lemma_ in word_set("crowd_throws"):
        ats = [c for c in verb.subtree if c.lower_ == "at" and c.i > verb.i]
        heads = [h for c in ats for h in c.children if h.dep_ == "pobj"]
    else:
        return (), None
    actors = [a for head in heads for a in reader.scene.actors(head)]
    subject = reader.scene.subject(verb) if actors else None
    if subject is None or subject.lemma_.lower() not in word_set("crowd"):
        return (), None
    above = verb.head if verb.head.lemma_ in word_set("crowd_gathers") else verb
    spots = [*_towns(reader, subject), *_towns(reader, verb)]
    if above != verb:
        streets = (c for c in above.children if c.dep_ in OBJECTS)
        spots += [s for c in streets for s in _towns(reader, c)] + list(_towns(reader, above))
    return actors, spots[0] if spots else None


def _undergone(reader: ArgumentReader, verb: Token) -> tuple[Sequence[Actor], Spot | None]:
    """Read "A was mobbed by students in Lima", "A was given a tour of a mine in Lima"."""
    subject = next((c for c in verb.children if c.dep_ in SUBJECTS), None)
    if subject is None or not (_is_handled(verb, subject) or _is_mishap(verb)):
        return (), None
    spot = next(iter(_towns(reader, verb)), None)
    return (reader.scene.actors(subject) if spot is not None else ()), spot


def _is_handled(verb: Token, subject: Token) -> bool:
    if subject.dep_ != "nsubjpass":
        return False
    withs = (c for c in verb.children if c.lower_ == "with")
    objects = [c for c in verb.children if c.dep_ in OBJECTS]
    given = {c.lemma_.lower() for c in [*objects, *(h for w in withs for h in w.children)]}
    shown = verb.lemma_ in word_set("gives_in_person") and given & word_set("given_in_person")
    led = verb.lemma_ in word_set("shows_round") and any(
        c.lower_ in word_set("shown_round") for c in verb.children
    )
    return bool(shown) or led or verb.lemma_ in word_set("handled_in_person")


def _is_mishap(verb: Token) -> bool:
    """Tell "fell ill", "escaped unhurt", "collapsed"."""
    if verb.lemma_ in word_set("mishap"):
        return True
    return f"{verb.lemma_} {word_behind(verb)}" in word_set("mishap_so")


def _of_convoy(reader: ArgumentReader, verb: Token) -> tuple[Sequence[Actor], Spot | None]:
    """Read "A's motorcade was held up in Lima", "the convoy of A drove through Lima"."""
    cars = next((c for c in verb.children if c.dep_ in SUBJECTS), None)
    if cars is None or cars.lemma_.lower() not in word_set("convoy"):
        return (), None
    spot = next(iter(_towns(reader, verb)), None)
    heads = [c for c in cars.children if c.dep_ == "poss"]
    heads += prep_objects(cars, "of", "carrying")
    return [a for head in heads for a in reader.scene.actors(head) if spot is not None], spot


def _done_by(reader: ArgumentReader, verb: Token) -> tuple[Sequence[Actor], Spot | None]:
    """Read "boats were handed over in Lima by A", "the school in Lima was visited by A"."""
    thing = next((c for c in verb.children if c.dep_ == "nsubjpass"), None)
    if thing is None:
        return (), None
    told = {verb.lemma_, *(f"{verb.lemma_} {c.lower_}" for c in verb.children if c.dep_ == "prt")}
    given = verb.lemma_ == "give" and thing.lemma_.lower() in word_set("held_to_speak")
    if not given and told.isdisjoint(word_set("done_by_guest_there")):
        return (), None
    watches = verb.lemma_ in word_set("done_by_guest")
    if watches and any(t.lower_ in word_set("shown_afar") for t in verb.subtree):
        return (), None  # "the parade in Lima was watched on television by A"
    spot = next(iter([*_towns(reader, verb), *_towns(reader, thing)]), None)
    doers = agents_of(verb) or [h for c in verb.subtree if c.lower_ == "by" for h in c.children]
    return [a for head in doers for a in reader.scene.actors(head) if spot is not None], spot


def _towns(reader: ArgumentReader, head: Token) -> Iterator[Spot]:
    """Yield the towns "in" which what hangs on a word was, not those of a topic or of speech."""
    for prep in head.doc[head.i + 1 : head.i + _REACH]:
        if prep.lower_ not in {"in", "of", "at", "through"} or head not in prep.ancestors:
            continue
        if prep.lower_ == "of" and prep.head.lemma_.lower() not in word_set("part_of_town"):
            continue
        spot = next(iter(reader.scene.spots(prep.i + 1)), None)
        if spot is None or not (spot.reference.kind == "place" or spot.is_town):
            continue
        if not _is_of_topic(prep, head):
            yield spot


def _is_of_topic(prep: Token, head: Token) -> bool:
    """Tell the "in" of "handed a letter about the war in Lima"."""
    for above in prep.ancestors:
        if above == head:
            return False
        own = above.lower_ in {"of", "with", "during", "after"}
        topic = above.lower_ in word_set("of_a_topic") and not own
        if topic or above.dep_ in {"relcl", "acl", "ccomp"}:
            return True
    return False


__all__ = ["acted_upon"]
