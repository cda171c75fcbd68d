"""What ministries and offices publish themselves: communiqués, readouts, advisories, speeches."""

from __future__ import annotations

import random
from pathlib import Path

from tests.composed.grids import parts
from tests.composed.texts import Composed, Wanted, capitalized

RELEASES = Path(__file__).with_name("releases.toml")
_FORMS = (
    "communique", "readout", "advisory", "briefing", "departure", "guest_speech", "host_speech",
)  # fmt: skip
#: Days as such texts write them, and the first and last of them.
_OVER = (
    ("from 13 to 15 May 2024", "2024-05-13", "2024-05-15"),
    ("from 12-14 May 2024", "2024-05-12", "2024-05-14"),
    ("on May 13-15, 2024", "2024-05-13", "2024-05-15"),
)
_AHEAD = (
    ("from 20 to 22 May 2024", "2024-05-20", "2024-05-22"),
    ("from May 20-22", "2024-05-20", "2024-05-22"),
    ("on Tuesday, 21 May 2024", "2024-05-21", "2024-05-21"),
)
_KINDS = (("state", "a"), ("official", "an"), ("working", "a"))
_OFFICES = ("President", "Prime Minister", "Foreign Minister")
#: Surnames that a leader of another land bears, or that stand first.
_AMBIGUOUS = frozenset({"ECU", "PRK"})


def releases(chance: random.Random) -> Composed:
    """Return one text of an office on a trip to or from its country."""
    form = chance.choice(_FORMS)
    part = parts(RELEASES)[form]
    known = [one for one in parts()["people"] if one["code"] not in _AMBIGUOUS]
    guest, host = chance.sample([one for one in known if one["pronoun"] == "he"], 2)
    over, ahead = chance.choice(_OVER), chance.choice(_AHEAD)
    words = _words(chance, guest, host, over[0], ahead[0])
    heading, opening = chance.choice(part["headings"]), chance.choice(part["openings"])
    lead, status, told = chance.choice(part["leads"])
    end, back = chance.choice(part["ends"])
    body = [lead, *chance.sample(part["points"], chance.randint(2, 4)), end]
    filled = [capitalized(frame.format(**words)) for frame in body if frame]
    if form == "communique" and chance.random() < 0.5:
        filled = [f"{n}. {point}" for n, point in enumerate(filled, 1)]
    issuer = _issuer(chance, heading + lead, at_home=form == "host_speech")
    top = [frame.format(**words) for frame in (issuer, heading, opening) if frame]
    _, start, stop = over if "{days}" in lead else ahead
    several = start != stop
    days = start if "s" in told else None, stop if "e" in told and (several or told) else None
    wanted = [Wanted(guest["code"], host["code"], *days, status, guest["name"])]
    if back:
        wanted.append(Wanted(host["code"], guest["code"], state=back))
    asked = {f"{form} heading": heading, f"{form} opening": opening, f"{form} lead": lead}
    asked |= {f"{form} end": end}
    return Composed("\n\n".join([*top, *filled]), wanted, asked, strict=True)


def _words(
    chance: random.Random, guest: dict[str, str], host: dict[str, str], over: str, ahead: str
) -> dict[str, str]:
    """Return what stands for the braces of the parts."""
    office, (kind, article) = chance.choice(_OFFICES), chance.choice(_KINDS)
    rank = "Minister of Foreign Affairs" if office == "Foreign Minister" else office
    words = {
        "Office": office, "OFFICE": office.upper(), "kind": kind, "Kind": kind.title(),
        "a": article, "days": over, "next": ahead, "name": guest["name"],
        "NAME": guest["name"].upper(), "surname": guest["name"].split()[-1],
        "hname": host["name"], "hsurname": host["name"].split()[-1], "adj": guest["adjective"],
        "hadj": host["adjective"], "land": guest["land"], "LAND": guest["land"].upper(),
        "hland": host["land"], "capital": host["capital"], "Capital": host["capital"],
    }  # fmt: skip
    forms = parts(RELEASES)["guest"]
    own = chance.choice(parts(RELEASES)["own"]).format(**words)
    theirs = {"name": host["name"], "land": host["land"], "Office": rank}
    titled = chance.choice(forms).format(**words | {"Office": rank})
    return words | {"guest": titled, "host": chance.choice(forms).format(**theirs), "own": own}


def _issuer(chance: random.Random, told: str, *, at_home: bool) -> str:
    """Return the line that names whose text it is, where nothing else tells its land."""
    named = ("{host}", "{hadj}", "{hland}") if at_home else ("{guest}", "{adj}", "{land}", "{LAND}")
    if any(frame in told for frame in named):
        return ""
    issuer = str(chance.choice(parts(RELEASES)["issuers"]))
    return issuer.replace("{land}", "{hland}") if at_home else issuer


__all__ = ["releases"]
