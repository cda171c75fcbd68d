"""Reports of an event with a list of its guests, told of once for all by its head or tail."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.composed.grids import NUMBERS, joined, parts
from tests.composed.texts import Composed, Wanted, capitalized, sentence

ROLLS = Path(__file__).with_name("rolls.toml")


def rolls(chance: random.Random) -> Composed:
    """A report of an event that is over or ahead, and a list of guests in one of many forms."""
    part = parts(ROLLS)
    kind = chance.choice(("past", "past", "past", "ahead", "ahead", "ahead", "absent"))
    host, event = chance.choice(parts()["people"]), chance.choice(part["events"])
    guests = chance.sample(part["guests"], chance.choice((2, 3, 4, 5, 7)))
    lead = chance.choice(event["ahead" if kind == "ahead" else "past"])
    frame = chance.choice(part["frames"][kind])
    entries, form = _entries(chance, part, guests)
    lines = frame.endswith("{roll}.") and chance.random() < 0.25
    sign = ";" if form in part["entries"]["apposed"] else chance.choice((",", ",", ";"))
    if lines:
        bullet = chance.choice(("", "- ", "• "))
        roll, sign = "\n" + "\n".join(bullet + capitalized(one) for one in entries), "lines"
        frame = frame.removesuffix(" {roll}.").removesuffix(":") + ":{roll}\n"
    else:
        last = chance.choice(("{first} and {last}", "{first}, and {last}"))
        roll = joined(entries, ["{first}; and {last}" if sign == ";" else last, f"{sign} "])
        if (
            form in part["entries"]["apposed"]
            and not frame.endswith("{roll}.")
            and (sign == ";" and "," in entries[-1])
        ):
            roll += ","
    words = {
        "event": event["name"], "capital": host["capital"], "land": host["land"],
        "Land": capitalized(host["land"]), "adjective": host["adjective"],
        "host": host["name"], "host_short": host["name"].split()[-1],
        "number": NUMBERS[len(guests)], "roll": roll,
    }  # fmt: skip
    noise = chance.sample(part["nobody"]["tells"], chance.choice((0, 1, 2)))
    told = [lead, *noise] if chance.random() < 0.75 else [*noise, lead]
    behind = [noise for noise in part["nobody"]["tells"] if noise not in told]
    told = [sentence(one, **words) for one in told]
    told.append(frame.format(**words) if lines else sentence(frame, **words))
    told.append(chance.choice(behind))
    apart = chance.choice((" ", "\n\n"))
    text = apart.join(told).replace("\n ", "\n")
    status = {"past": "", "ahead": "planned", "absent": ""}[kind]
    wanted = [
        Wanted(
            one["code"], host["code"], state=status,
            name=one["name"].removeprefix("Sheikh ") if "{name}" in form else None,
        )
        for one in (guests if kind != "absent" else ())
    ]  # fmt: skip
    asked = {"frame": frame, "entry": form, "sign": sign, "event": event["name"], "lead": lead}
    asked |= {"many": str(len(guests)), "kind": kind, "person": host["name"]}
    return Composed(text, wanted, asked)


def _entries(
    chance: random.Random, part: dict[str, Any], guests: Sequence[dict[str, Any]]
) -> tuple[list[str], str]:
    """Return a list of guests in one form, and that form."""
    forms = part["entries"]["plain"] + part["entries"]["apposed"]
    form, lands = chance.choice(forms), {land["code"]: land for land in parts()["lands"]}
    one = chance.choice(parts()["offices"])["one"]
    mixed = chance.random() < 0.5
    entries = []
    for guest in guests:
        land = lands[guest["code"]]
        name = land["names"][0]
        office = chance.choice(parts()["offices"])["one"] if mixed else one
        words = {
            "land": name, "Land": name.removeprefix("the "), "adjective": land["adjective"],
            "office": office, "Office": office.title(), "name": guest["name"],
        }  # fmt: skip
        entries.append(form.format(**words).replace("s's ", "s' "))
    return entries, form
