"""Fixed words that tell of a trip: "back from Lima", "on his way from Lima to Cuba"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Token

from pipeline.discourse.factuality import NOTHING, Fact, fact_of_verb, governing_verb
from pipeline.discourse.presupposed import taken_with_while
from pipeline.discourse.scene import Actor, Spot
from pipeline.discourse.tables import words
from pipeline.neighbours import text_at
from pipeline.signs import OPENS_APPOSITION
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.tables import Idiom, idioms, verb_rules, word_set
from pipeline.stages.visits.tours.stop_before import left_behind
from pipeline.stages.visits.travel.homeward import HOMEWARD
from pipeline.stages.visits.travellers.others_clause import brought_back

#: The rows of "on the way to Lima", of anything that moves, of "on his way from Lima", "off to".
_TO, _TO_ALONE, _FROM = "on_the_way", "on_the_way_to", "on_the_way_from"
_OFF_TO, _FLIGHT_HOME = "off_to", "flight_home"


def by_idiom(
    reader: ArgumentReader, token: Token, rows: Sequence[tuple[Idiom, str]]
) -> Iterator[Candidate]:
    """Read the rows of fixed words that begin at a token."""
    for rule, phrase in rows:
        yield from _by_phrase(reader, token, rule, phrase)


def _by_phrase(
    reader: ArgumentReader, token: Token, rule: Idiom, phrase: str
) -> Iterator[Candidate]:
    length = phrase.count(" ") + 1
    end = token.i + length
    if end > len(token.doc) or not phrase.endswith(token.doc[end - 1].lower_):
        return  # seen at a glance
    if token.doc[token.i : token.i + length].text.lower() != phrase:
        return
    spots = reader.scene.spots(token.i + length)
    if rule.id == _FLIGHT_HOME and phrase.endswith("to") and spots:
        end = spots[0].end  # "the flight back to Rome from Lima"
        spots = reader.scene.spots(end + 1) if text_at(token.doc, end) == "from" else []
    if not spots and (rule.phase == "leave" or rule.id == _TO):  # "fresh from talks in Lima"
        stop = left_behind(reader, token.doc[token.i + length - 1])
        spots = [stop] if stop is not None else []
    verb = token if token.pos_ == "VERB" else governing_verb(token)
    if rule.id == _OFF_TO and (verb is None or verb.lemma_ not in word_set("be_off")):
        return
    if rule.id in {_TO_ALONE, _FROM} and not _is_travellers_way(reader, token, verb):
        return
    subject = reader.scene.subject(verb) if verb is not None else None
    actors = reader.scene.actors(subject) if subject is not None else []
    if rule.phase == "leave" and (carried := brought_back(reader.scene, token)) is not None:
        actors = reader.scene.actors(carried)
    if rule.phase == "leave":
        actors = _set_apart_behind(reader, token, instead=bool(actors)) or actors
    fact = Fact(rule.status) if rule.status else fact_of_verb(verb) if verb is not None else NOTHING
    if rule.id == "while_in" and verb is not None and fact.status is None:
        fact = Fact(taken_with_while(verb), weak=True, reason=fact.reason)
    was = (
        rule.id in {_TO, _TO_ALONE, _OFF_TO} and verb is not None and verb.lower_ in {"was", "were"}
    )
    if was:
        fact = Fact("completed", weak=True, reason="flew")
    if rule.status is None and rule.phase == "arrive" and fact.status == "completed":
        fact = replace(fact, reason=fact.reason or "arrived")  # "got to Lima"
    left = _left_for(token, verb) if rule.id == _TO else None
    if left is not None:
        fact = replace(fact_of_verb(left), reason="arrived")
    behind = rule.phase == "leave" and verb is not None and verb.i < token.i
    if behind and verb is not None and fact_of_verb(verb).status == "planned":
        fact = Fact("planned", weak=True, reason=HOMEWARD)  # "will fly home from Lima"
    for actor in actors if spots else []:
        if not actor.is_party:
            # "on his way to Lima, she will stop in Quito on Monday": the day is the verb's own.
            apart = rule.id in {_TO, _TO_ALONE, _FROM} and not (was or left)
            apart = apart or (rule.phase == "leave" and _is_aside(token, verb, spots[0]))
            for spot in spots[:1] if rule.id == _FROM else spots:
                made = reader.make_by_row(rule, left or token, actor=actor, spot=spot, fact=fact)
                yield reader.undated(made) if apart or spot != spots[0] else made
            if rule.id == _FROM:
                yield from _on_the_way(reader, token, actor, spots[0].end)


def _set_apart_behind(reader: ArgumentReader, token: Token, *, instead: bool) -> list[Actor]:
    """Return X of "was told by X, herself just back from Lima", "It fell to X, fresh from Lima".

    Args:
        instead: whether the sentence has another subject who may be back; then only one by whom
            something is done is meant ("A was told by X, back from Lima"; not "A met X, back").
    """
    doc, at = token.doc, token.i - 1
    while at > 0 and doc[at].lower_ in word_set("before_back_from"):
        at -= 1
    if at < 1 or doc[at].text not in OPENS_APPOSITION:
        return []
    named = (r for r in reader.scene.at(at - 1) if r.kind == "person" and r.name)
    one = next((r for r in named if reader.scene.bounds(r)[1] == at), None)
    if one is None:
        return []
    head = doc[at - 1]
    while head.dep_ in {"appos", "compound"}:
        head = head.head
    by = head.dep_ == "pobj" and head.head.lower_ == "by"
    return [Actor(one, at - 1, 0.95)] if by or not instead else []


def _left_for(token: Token, verb: Token | None) -> Token | None:
    """Return the verb of "left Lima on Monday, bound for Quito", which dates both ends."""
    over = token.head if verb == token else verb
    if over is None or over.lemma_ not in words("departs"):
        return None
    return over if fact_of_verb(over).status == "completed" else None


def _is_travellers_way(reader: ArgumentReader, token: Token, verb: Token | None) -> bool:
    """Tell "stopped in Lima on the way to Cuba", "is on the way from Cuba", from "was shot on it".

    Nor is "met migrants on their way from Peru to Cuba" of the one who met them.
    """
    aside = token.head.pos_ == "PROPN" and token.i > 0 and token.nbor(-1).text == ","
    if verb is None or not (token.head == verb or aside):
        return False
    rules = verb_rules().get(verb.lemma_, ()) if verb.i > token.i else ()
    moves = any(rule.frame == "travel" for rule in rules)
    return moves or verb.lemma_ == "be" or any(c.at == verb.i and c.status for c in reader.told)


def _on_the_way(reader: ArgumentReader, token: Token, actor: Actor, at: int) -> Iterator[Candidate]:
    """Read the Cuba of "on his way from Peru to Cuba", from behind the Peru on."""
    if token.doc[at : at + 1].text == "to" and (ends := reader.scene.spots(at + 1)):
        rule = next(r for r in idioms() if r.id == _TO)
        made = reader.make_by_row(rule, token, actor=actor, spot=ends[0], fact=Fact("planned"))
        yield reader.undated(made)


def _is_aside(token: Token, verb: Token | None, spot: Spot) -> bool:
    """Tell ", back from Lima, flies to Quito on Friday", whose Friday is no day of Lima.

    That of "back from Lima on Friday, she spoke" is.
    """
    set_off = token.is_sent_start or token.nbor(-1).text == "," or token.nbor(-1).lower_ == "just"
    closed = token.doc[spot.end : spot.end + 1].text == ","
    return set_off and closed and verb is not None and verb.i > spot.end


__all__ = ["by_idiom"]
