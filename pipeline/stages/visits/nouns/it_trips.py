"""The trip that "it", or the meeting, means: "was to visit Lima. It has been put off"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Token

from models.visit import OFF, VisitStatus
from pipeline.discourse.delays import is_recalled_delay
from pipeline.discourse.facts import ONCE_OFF
from pipeline.discourse.factuality import Fact, fact_of_noun, fact_of_verb
from pipeline.discourse.governing import off_by
from pipeline.discourse.outcome import is_only_urged
from pipeline.discourse.suppositions import was_once
from pipeline.discourse.tables import words
from pipeline.discourse.timing.of_trips import When
from pipeline.labels import SUBJECTS, TIMES, UNDERGONE
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.nouns.trip_nouns import by_noun
from pipeline.stages.visits.tables import noun_rules, verb_rules, word_set
from pipeline.stages.visits.triggers import IT

_OBJECTS = frozenset({"dobj", "obj", "ccomp", "xcomp", "attr"})


def it_trips(reader: ArgumentReader, token: Token) -> Iterator[Candidate]:
    """Read on of a trip told in the sentence before.

    "X will pay a visit to Lima. It begins on Monday", "It was called off" fire; "It will begin
    to issue visas", "It has put off the vote" do not.
    """
    if token.lower_ != IT or token.dep_ not in SUBJECTS or not _tells_of_trip(token):
        return
    if not _follows_trip(reader, token):
        return
    for made in by_noun(reader, token, noun_rules()["visit"]):
        yield replace(
            made, actor=None, origin=None, spot=None, destination=None, anaphoric=True, first=False
        )


def _is_off(lemma: str) -> VisitStatus | None:
    """Tell verbs that without an object, too, tell that the trip told before is off."""
    if lemma in word_set("puts_off_alone"):
        return "postponed"
    return "cancelled" if lemma in word_set("calls_off_alone") else None


def called_off(reader: ArgumentReader, verb: Token, lemma: str) -> Iterator[Candidate]:
    """Read "he had to cancel", "was to visit Lima but put it off": the trip told before is off."""
    off = _is_off(lemma) or _puts_it_off(reader, verb)
    if off is None:
        return
    objects = [c for c in verb.children if c.dep_ in UNDERGONE]
    plans = [c for c in objects if c.lemma_ in word_set("own_plan") and _is_told_before(c)]
    clause = any(c.dep_ == "ccomp" for c in verb.children)  # "put off what was to be a visit"
    if clause or any(c.lower_ != IT and c not in plans for c in objects):
        return
    fact = fact_of_verb(verb)
    if fact.status is None or was_once(verb) or is_only_urged(verb):
        return
    for actor in reader.travellers(verb):
        yield Candidate(
            rule="called_off",
            at=verb.i,
            actor=actor,
            origin=actor.country,
            spot=None,
            destination=None,
            fact=Fact(off, reason=ONCE_OFF if is_recalled_delay(verb) else ""),
            when=When(),
            score=0.6,
            joins=True,
        )


def _puts_it_off(reader: ArgumentReader, verb: Token) -> VisitStatus | None:
    """Tell "put it off", "called it off" right behind a trip that was planned."""
    if verb.i + 1 >= len(verb.doc) or verb.nbor(1).lower_ != IT:
        return None
    last = next(reversed(reader.told), None)
    same = (
        last is not None and reader.scene.sentence_of[last.at] == reader.scene.sentence_of[verb.i]
    )
    return off_by(verb) if same and last is not None and last.status == "planned" else None


def _is_told_before(plan: Token) -> bool:
    """Tell the plans of "has cancelled her plans" from those behind which one stands."""
    return all(c.dep_ in {"poss", "det", "amod"} for c in plan.children)


def meeting_off(reader: ArgumentReader, token: Token) -> Iterator[Candidate]:
    """Call off the trips made for a meeting that is called off.

    "A was to meet B in Lima on Friday. The meeting will not take place" fires; "A will be in Lima
    on Friday. The meeting of ministers was put off" does not.
    """
    called = {token.lemma_.lower(), token.lower_}
    if token.dep_ not in SUBJECTS or not called & word_set("assembly"):
        return
    if any(c.lower_ not in {"the", "this"} for c in token.children):
        return
    fact = fact_of_noun(token)
    if fact.status not in OFF:
        return
    number = reader.scene.sentence_of[token.i]
    for told in reversed(reader.told):
        if reader.scene.sentence_of[told.at] < number - 1:
            return
        ahead = told.status == "planned" and told.actor is not None and told.at < token.i
        if ahead and _is_for_meeting(reader, told, token):
            yield replace(
                told, rule="called_off", at=token.i, spot=None, destination=None, joins=True,
                fact=fact, when=When(), score=0.6, first=False, notes=(),
            )  # fmt: skip


def _is_for_meeting(reader: ArgumentReader, told: Candidate, meeting: Token) -> bool:
    """Tell "was to meet B", "will host B", "will be there for a summit" before "the summit"."""
    verb = reader.scene.doc[told.at]
    frames = {rule.frame for rule in verb_rules().get(verb.lemma_.lower(), ())}
    meets = bool({"event", "meeting"} & set(told.notes) or frames & {"meet", "receive", "attend"})
    sentence = reader.scene.sentence(told.at)
    return meets or any(t.lemma_ == meeting.lemma_ for t in sentence)


def _tells_of_trip(token: Token) -> bool:
    """Tell "it begins on Monday", "it was put off", "it is due to last a week"."""
    verb = token.head
    if token.dep_ == "nsubjpass":
        off = off_by(verb) is not None
        return off or (verb.lemma_ in words("plan") and _has_own_end(verb))
    if verb.lemma_ == "be":
        due = any(c.lower_ in words("timetabled") for c in verb.children)
        return off_by(verb) is not None or (due and _has_own_end(verb))
    return _is_of_course(verb)


def _has_own_end(verb: Token) -> bool:
    """Tell "is set for May", "is due to begin" from "is expected to sign the pact"."""
    below = [c for child in (verb, *verb.children) for c in child.children if c.dep_ == "xcomp"]
    return all(_is_of_course(c) for c in below)


def _is_of_course(verb: Token) -> bool:
    """Tell "begins on Monday", "takes place", "lasts until May" from "begins a survey"."""
    if verb.lemma_ not in word_set("course_of_trip"):
        return False
    objects = [c for c in verb.children if c.dep_ in _OBJECTS]
    if verb.lemma_ == "take":
        return any(c.lower_ == "place" for c in objects)
    return all(c.ent_type_ in TIMES for c in objects)


def _follows_trip(reader: ArgumentReader, token: Token) -> bool:
    """Tell whether the sentence before tells of a visit, by its noun, and of nothing behind it.

    Or its own: "announced a visit by X, adding that it would begin on Monday".
    """
    number = reader.scene.sentence_of[token.i]
    last = next(reversed(reader.told), None)
    back = 0 if _is_added(token.head) else 1
    if last is None or reader.scene.sentence_of[last.at] != number - back:
        return False
    told = reader.scene.doc[last.at]
    named = [told, *told.children]
    by_name = any(t.pos_ == "NOUN" and t.lemma_ in noun_rules() for t in named)
    return by_name or "event" in last.notes


def _is_added(verb: Token) -> bool:
    """Tell the "begin" of "…, adding that it would begin on Monday"."""
    said = verb.head
    return verb.dep_ == "ccomp" and said.tag_ == "VBG" and said.lemma_ in words("speech")


__all__ = ["called_off", "it_trips", "meeting_off"]
