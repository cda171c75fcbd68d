"""Meetings of two told by a noun alone: "their summit in Hanoi", "the Trump-Kim talks"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from pipeline.discourse.factuality import Fact, fact_of_noun, governing_verb
from pipeline.discourse.scene import Actor, Spot
from pipeline.discourse.tables import words
from pipeline.labels import NOMINALS, TIMES
from pipeline.signs import HYPHENS, STROKES
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.hosts.at_home import is_seated
from pipeline.stages.visits.meetings.talk_sides import sides_told
from pipeline.stages.visits.tables import VerbRule, word_set

_DASHES = STROKES | HYPHENS
#: How many words may stand between "Kim-Trump" and its "summit".
_PAIR_REACH = 3
#: How far behind "the Kenya-Peru summit" their leaders may be named, in tokens.
_LEADER_REACH = 80
#: How far behind a meeting's noun its "in which A and B …" may begin, in tokens.
_CLAUSE_REACH = 12


def meeting_of_two(
    reader: ArgumentReader, noun: Token, rule: VerbRule, spot: Spot | None
) -> Iterator[Candidate]:
    """Read "their summit in Hanoi", "a summit in Hanoi in which A and B …": both were there.

    Args:
        spot: where the noun's own words set the meeting. Without a place nothing is read.
    """
    sides = _sides(reader, noun) if spot is not None else ()
    fact = fact_of_noun(noun)
    if spot is None or fact.status is None or len({side.country for side in sides}) < 2:
        return
    for side in sides:
        known = side.reference.role_kind and not (side.reference.guessed or side.is_party)
        if known and side.country not in {None, spot.country} and not is_seated(side, spot.country):
            yield met_there(reader, noun, rule, side=side, sides=sides, spot=spot, fact=fact)


def met_there(
    reader: ArgumentReader,
    noun: Token,
    rule: VerbRule,
    *,
    side: Actor,
    sides: Sequence[Actor],
    spot: Spot,
    fact: Fact,
) -> Candidate:
    """Return the trip of one side to the place of a meeting; those at home there are hosts."""
    return reader.make_met(
        rule,
        noun,
        actor=side,
        spot=spot,
        fact=fact,
        hosts=tuple(a for a in sides if a.country == spot.country),
    )


def _sides(reader: ArgumentReader, noun: Token) -> Sequence[Actor]:
    """Return the two who meet, by owner, by name before the noun or in the clause behind it."""
    owner = owner_of_meeting(noun)
    if together := sides_told(reader, noun, owner):
        return together
    if owner is not None:
        return _theirs(reader, owner) or _who_act(reader, noun, owner)
    return _paired(reader, noun) or _in_clause(reader, noun)


def owner_of_meeting(noun: Token) -> Token | None:
    """Return whose a meeting is: not the week of "last week's summit"."""
    owners = (c for c in noun.children if c.dep_ == "poss")
    return next((c for c in owners if c.ent_type_ not in TIMES), None)


def is_of_others(reader: ArgumentReader, noun: Token) -> bool:
    """Tell "adopted by regional leaders at their summit": not of the two who were told before.

    Not "agreed by the two leaders at their summit", nor "A and other leaders at their summit".
    """
    owner = owner_of_meeting(noun)
    if owner is None or owner.lower_ not in word_set("of_them"):
        return False
    for token in reversed(owner.doc[reader.scene.sentence(owner.i).start : owner.i]):
        told = reader.scene.at(token.i)
        if any(r.kind == "office" and r.plural and not r.members for r in told):
            plain = all(c.dep_ == "det" for c in token.children if c.i < token.i)
            meant = plain and any(c.dep_ == "det" for c in token.children)
            return token.dep_ != "conj" and not meant
        if any(r.kind in {"person", "group"} for r in told):
            return False
    return False


def _theirs(reader: ArgumentReader, owner: Token) -> Sequence[Actor]:
    """Return A and B of "A wants B to keep what was agreed at their summit"."""
    if owner.lower_ not in word_set("of_them"):
        return ()
    scene = reader.scene
    found: dict[str, Actor] = {}
    for i in range(scene.sentence(owner.i).start, owner.i):
        for reference in scene.at(i):
            if reference.kind in {"group", "office"} and reference.plural:
                found.clear()  # "A told B that their ministers ended their talks"
            elif reference.kind == "person" and reference.country and reference.actor:
                found.setdefault(reference.actor, Actor(reference, i))
    return tuple(found.values()) if len(found) == 2 else ()


def _who_act(reader: ArgumentReader, noun: Token, owner: Token) -> Sequence[Actor]:
    """Return the owners, or A and B of "at their summit in Hanoi, A and B agreed"."""
    verb = governing_verb(noun)
    if owner.lower_ not in word_set("of_them") or verb is None:
        return reader.scene.actors(owner)
    subject = reader.scene.subject(verb)
    acting = reader.scene.actors(subject) if subject is not None else []
    return acting if len(acting) == 2 else ()


def _paired(reader: ArgumentReader, noun: Token) -> Sequence[Actor]:
    """Return the two of "the Kim-Trump summit", the leaders of "a Kenya-Peru summit"."""
    doc, scene = noun.doc, reader.scene
    for i in range(noun.i - 1, max(noun.i - 1 - _PAIR_REACH, 1), -1):
        if doc[i - 1].text in _DASHES and i >= 2:
            pair = [
                next((r for r in scene.at(at) if r.kind in {"person", "country"}), None)
                for at in (i - 2, i)
            ]
            if pair[0] is None or pair[1] is None:
                return ()
            if pair[0].kind == pair[1].kind == "person":
                return [Actor(r, at) for r, at in zip(pair, (i - 2, i), strict=True) if r]
            leads = noun.lemma_ in word_set("met_by_leaders")
            codes = [r.country for r in pair if r is not None and r.country]
            leaders = [_leader(reader, code, i) for code in codes] if leads else []
            return [leader for leader in leaders if leader is not None]
        if doc[i].pos_ not in NOMINALS:
            break
    return ()


def _leader(reader: ArgumentReader, code: str, before: int) -> Actor | None:
    """Return the leader of a country named last before a token, else first behind it."""
    story = reader.scene.story
    behind = range(before + 1, min(story.end, before + _LEADER_REACH))
    for i in [*range(before, story.start - 1, -1), *behind]:
        for reference in reader.scene.at(i):
            leads = reference.role_kind in words("leading_class")
            if reference.kind == "person" and reference.country == code and leads:
                return Actor(reference, i)
    return None


def _in_clause(reader: ArgumentReader, noun: Token) -> Sequence[Actor]:
    """Return A and B of "a summit in Hanoi in which A and B traded barbs"."""
    doc = noun.doc
    end = min(reader.scene.sentence(noun.i).end, noun.i + _CLAUSE_REACH)
    for i in range(noun.i + 1, end - 1):
        if doc[i].lower_ in word_set("at_which") and doc[i + 1].lower_ == "which":
            clause = next((t for t in doc[i + 1].ancestors if t.dep_ == "relcl"), None)
            subject = reader.scene.subject(clause) if clause is not None else None
            return reader.scene.actors(subject) if subject is not None else ()
    return ()


__all__ = ["is_of_others", "meeting_of_two", "met_there", "owner_of_meeting"]
