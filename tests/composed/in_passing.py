"""News of other matters that tells a trip by the way, or none."""

from __future__ import annotations

import random
from pathlib import Path

from tests.composed.grids import parts
from tests.composed.texts import OPEN, Composed, Wanted, capitalized

IN_PASSING = Path(__file__).with_name("in_passing.toml")
#: How often no trip is told.
_NONE = 0.2


def in_passing(chance: random.Random) -> Composed:
    """A report of a town's news with one trip in a clause, or with none."""
    part = parts(IN_PASSING)
    guest, host = chance.sample(parts()["people"], 2)
    office = chance.choice(parts()["offices"])["one"]
    states = [state for state in part["tellings"] if state != "none"]
    weights = [len(part["tellings"][state]) for state in states]
    state = "none" if chance.random() < _NONE else chance.choices(states, weights)[0]
    frame = chance.choice(part["tellings"][state])
    forms = {kind: chance.choice(part[kind]) for kind in ("who", "guest")}
    words = guest | {"office": office, "Office": office.title()}
    told = {kind: form.format(**words) for kind, form in forms.items()}
    town = {"city": host["capital"], "land": host["land"], "host": host["adjective"]}
    lines = [chance.choice(part["above"]), frame, chance.choice(part["below"])]
    text = " ".join(capitalized(line.format(**told, **town)) for line in lines if line)
    asked = OPEN if state == "open" else state
    wanted = [Wanted(guest["code"], host["code"], state=asked)] if state != "none" else []
    form = forms["guest" if "{guest}" in frame else "who"]
    return Composed(text, wanted, {"telling": frame, "who": form}, strict=True)


__all__ = ["IN_PASSING", "in_passing"]
