"""Days of the legs of "flew to Peru for talks in May, to Chile for a fair in June and to Fiji"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from pipeline.discourse.scene import Scene, Spot
from pipeline.discourse.timing.of_trips import Clock
from pipeline.neighbours import word_at


def date_of_leg(scene: Scene, clock: Clock, spot: Spot, trigger: Token) -> Token | None:
    """Return the first token of the only date of a leg, up to the next that begins with "to".

    None where no other leg has a date of its own: "flew to Peru and to Chile in May"; nor where
    dates stand before their legs: "to Peru on Monday, and on Friday to Chile".
    """
    dated = _dated_legs(scene, clock, spot, trigger)
    own = dated.get(spot.start, [])
    return scene.doc[own[0]] if len(own) == 1 and _are_apart(dated) else None


def is_undated_leg(scene: Scene, clock: Clock, spot: Spot, trigger: Token) -> bool:
    """Tell the last leg of "to Peru in May, to Chile in June and to Fiji on two occasions"."""
    dated = _dated_legs(scene, clock, spot, trigger)
    last = bool(dated) and spot.start == max(dated)
    return last and not dated[spot.start] and _are_apart(dated)


def _are_apart(dated: dict[int, list[int]]) -> bool:
    """Tell whether the first leg and one more are dated, as no shared date is."""
    told = [at for at in sorted(dated) if dated[at]]
    return len(told) > 1 and told[0] == min(dated)


def _dated_legs(scene: Scene, clock: Clock, spot: Spot, trigger: Token) -> dict[int, list[int]]:
    """Return the first tokens of the dates of each leg, by the first token of its place."""
    legs = list(_legs(scene, trigger))
    if len(legs) < 2 or spot.start not in legs:
        return {}
    ends = [*legs[1:], scene.sentence(trigger.i).end]
    dates = {at: clock.between(at + 1, end) for at, end in zip(legs, ends, strict=True)}
    opening = {end for told in dates.values() for _, end, _ in told}
    if any(at - 1 - (word_at(scene.doc, at - 1) == "the") in opening for at in legs):
        return {}
    return {at: [start for start, _, _ in told] for at, told in dates.items()}


def _legs(scene: Scene, trigger: Token) -> Iterator[int]:
    """Yield the first tokens of the places behind each "to" of a trigger's sentence."""
    for at in range(trigger.i + 1, scene.sentence(trigger.i).end - 1):
        if scene.doc[at].lower_ != "to":
            continue
        place = at + 1 + (word_at(scene.doc, at + 1) == "the")
        yield from (spot.start for spot in scene.spots(place)[:1])


__all__ = ["date_of_leg", "is_undated_leg"]
