"""Days told in turn: "A and B arrive on Tuesday and Wednesday respectively"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.discourse.scene import Scene
from pipeline.discourse.timing.of_trips import When, partial
from pipeline.iso_lengths import DAY
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.tables import word_set

#: How far behind the last of the days "respectively" may stand, in tokens.
_REACH = 3


def in_turn(reader: ArgumentReader, made: Sequence[Candidate]) -> list[Candidate]:
    """Give each of "A and B arrive on Tuesday and Wednesday respectively" the day of its own.

    Also each of "will visit Manila and Hanoi on June 3 and 5, respectively"; nothing for "met A
    and B, the premiers of Fiji and Tonga respectively, on Monday", nor for more or fewer days.
    Of "A and B visited Fiji and Tonga respectively" A went to Fiji only, and B to Tonga.
    """
    text = reader.scene.article.text
    if len(made) < 2 or not any(word in text for word in word_set("in_turn")):
        return []
    sentence = reader.scene.sentence(made[0].at)
    at = next((t.i for t in sentence if t.lower_ in word_set("in_turn")), None)
    days = _days_before(reader, sentence.start, at) if at is not None else []
    told = sorted(made, key=lambda c: (_actor_at(c), _place_at(c)))
    met = any("meeting" in c.notes for c in made)
    goers = {_actor_at(c) if met else _goer(c) for c in made}
    alone = 1 in {len({c.destination for c in made}), len(goers)}
    if not alone and at is not None:
        told = _each_his_own(reader, told, at)
        if told and len(days) < 2:
            return told
        alone = bool(told)
    if len(days) == 1 and len(told) == 2:
        days = [(day, day) for day in days[0]]  # "on June 5 and 6, respectively", read as one
    if alone and len(days) > 1 and len(told) == len(days) ** 2:
        told = told[:: len(days)]  # "visits to Fiji and Tonga" are read with each of the days
    if len(days) < 2 or len(told) != len(days) or not alone:
        return []
    return [replace(c, when=_own(c, *day)) for c, day in zip(told, days, strict=True)]


def are_in_turn(scene: Scene, at: int) -> bool:
    """Tell whether the sentence of token `at` says "respectively"."""
    return not word_set("in_turn").isdisjoint(scene.forms(scene.sentence(at).start))


def _each_his_own(reader: ArgumentReader, told: Sequence[Candidate], at: int) -> list[Candidate]:
    """Return A's trip to Fiji and B's to Tonga, of the four of "A and B visited Fiji and Tonga".

    Nothing where more than days stands before the "respectively" at token `at`: "visited Fiji and
    Tonga, which are ten and two hours away respectively".
    """
    last = max((c.spot.end for c in told if c.spot is not None), default=at)
    between = (t for t in reader.scene.doc[last:at] if t.i not in reader.clock.covered)
    if last > at or any(t.lower_ not in word_set("between_turns") for t in between):
        return []
    actors = list(dict.fromkeys(_goer(c) for c in told))
    places = sorted({_place_at(c) for c in told})
    if len(actors) != len(places) or -1 in places:
        return []
    pairs = set(zip(actors, places, strict=True))
    own = [c for c in told if (_goer(c), _place_at(c)) in pairs]
    return own if len(own) == len(pairs) else []


def _goer(candidate: Candidate) -> tuple[int, str | None]:
    """Return who goes, by his token and land: "the presidents of Peru and Chile" are two."""
    return _actor_at(candidate), candidate.origin


def _days_before(reader: ArgumentReader, start: int, at: int) -> list[tuple[str, str]]:
    """Return the days that are listed right before "respectively"."""
    found: list[tuple[str, str]] = []
    end = at
    for first, last, date in reversed(reader.clock.between(start, at)):
        pair = partial(date)
        joint = {t.lower_ for t in reader.scene.doc[last:end]}
        if pair is None or end - last > _REACH or not joint <= word_set("between_turns"):
            break
        found.append(pair)
        end = first
    return found[::-1]


def _actor_at(candidate: Candidate) -> int:
    return candidate.actor.token if candidate.actor is not None else -1


def _place_at(candidate: Candidate) -> int:
    return candidate.spot.start if candidate.spot is not None else -1


def _own(candidate: Candidate, first: str, last: str) -> When:
    one_day = first == last and len(first) == DAY
    return When(first) if one_day and candidate.phase == "arrive" else When(first, last)


__all__ = ["are_in_turn", "in_turn"]
