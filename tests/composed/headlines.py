"""Headlines over a text that tells of other matters: they alone tell a trip or a change."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

from tests.composed.grids import parts
from tests.composed.texts import OPEN, Composed, Wanted, capitalized

HEADLINES = Path(__file__).with_name("headlines.toml")
#: Words that stay small where a headline has a capital on each word.
_SMALL = frozenset({"a", "and", "at", "for", "from", "in", "of", "off", "on", "the", "to", "with"})
#: How often a headline tells none, has a capital on each word, is in capitals.
_NONE, _TITLED, _SHOUTED = 0.1, 0.25, 0.1


def headlines(chance: random.Random) -> Composed:
    """A headline that tells one trip, or none."""
    part = parts(HEADLINES)
    guest, host = chance.sample(parts()["people"], 2)
    office = chance.choice(parts()["offices"])["one"]
    states = [state for state in part["trips"] if state != "none"]
    weights = [len(part["trips"][state]) for state in states]
    state = "none" if chance.random() < _NONE else chance.choices(states, weights)[0]
    frame = chance.choice(part["trips"][state])
    opens = frame.startswith("{who}")  # no "Lima hosts Kenya: President Ruto"
    form = chance.choice([form for form in part["who"] if opens or ":" not in form])
    who = form.format(
        office=office, Office=office.title(), short=part["short"][office], name=guest["name"],
        surname=_surname(guest), land=_bare(guest["land"]), adjective=guest["adjective"],
    )  # fmt: skip
    line = frame.format(who=who, land=_bare(host["land"]), city=host["capital"])
    below = chance.choice(part["known" if form in part["known_below"] else "below"])
    below = capitalized(below.format(office=office, Office=office.title(), **guest))
    told = OPEN if state == "open" else state
    wanted = [] if state == "none" else [Wanted(guest["code"], host["code"], state=told)]
    line, letters = _lettered(chance, line)
    asked = {"telling": frame, "who": form, "letters": letters}
    return Composed(f"{line}\n\n{below}", wanted, asked, strict=True)


def headlines_of_ties(chance: random.Random) -> Composed:
    """A headline that tells one change of relations, or none."""
    part = parts(HEADLINES)
    one, other = chance.sample(parts()["people"], 2)
    row = chance.choices(part["ties"], [len(row["lines"]) for row in part["ties"]])[0]
    level = chance.choice(list(part["levels"]))
    frame = chance.choice(row["lines"])
    change, named, status = row["told"]
    line = frame.format(a=_bare(one["land"]), b=_bare(other["land"]), level=level)
    asked_level = part["levels"][level] if named == "*" else named
    wanted = Wanted(
        one["code"], other["code"], state=change, level=asked_level or None, status=status
    )
    line, letters = _lettered(chance, line)
    text = f"{line}\n\n{chance.choice(part['below'])}"
    asked = {"telling": frame, "letters": letters}
    return Composed(text, [] if change == "none" else [wanted], asked, whole=True)


def _lettered(chance: random.Random, line: str) -> tuple[str, str]:
    """Return a line in one of the ways that headlines are set, and which."""
    drawn, line = chance.random(), capitalized(line)
    if drawn < _SHOUTED:
        return line.upper(), "capitals"
    if drawn < _SHOUTED + _TITLED:
        words = [w if w in _SMALL else capitalized(w) for w in line.split(" ")]
        return " ".join(words), "titled"
    return line, "sentence"


def _surname(person: dict[str, Any]) -> str:
    names = person["name"].split()
    return str(names[0] if person["code"] == "PRK" else names[-1])


def _bare(land: str) -> str:
    return land.removeprefix("the ").replace("United Arab Emirates", "UAE")


__all__ = ["headlines", "headlines_of_ties"]
