"""Reports of a visit in which people are named again: by surname, office, "he" or as the guest.

Between stand the host, ministers of both, predecessors and third leaders, each with trips of his
own. Every trip told must be found once, under the right name, and no other.
"""

from __future__ import annotations

import random
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from tests.composed.texts import Composed, Wanted, capitalized, sentence

PARTS = Path(__file__).with_name("named_again.toml")
MINISTERIAL = ("foreign minister", "defence minister", "vice president", "parliament speaker")
#: What the open fields of a trip are written as.
_OPEN = "-"


@cache
def parts() -> dict[str, Any]:
    """Return the parts."""
    with PARTS.open("rb") as file:
        return tomllib.load(file)


class Cast:
    """Those whom one report is of, and how each may be named."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self.guest, self.host = chance.sample(parts()["people"], 2)
        self.third = chance.choice(parts()["thirds"])
        self.office = chance.choice((self.guest["chief"], chance.choice(MINISTERIAL)))

    def words(self) -> dict[str, str]:
        """Return what fills a sentence, with everybody named anew."""
        guest, host, third = self.guest, self.host, self.third
        he, his, him = ("she", "her", "her") if guest["woman"] else ("he", "his", "him")
        host_he, host_his = ("she", "her") if host["woman"] else ("he", "his")
        return {
            "F": self._in_full(guest, self.office), "G": self._guest(),
            "Host": self._in_full(host, host["chief"]), "H": self._host(),
            "he": he, "He": he.title(), "his": his, "His": his.title(), "him": him,
            "hhe": host_he, "hHe": host_he.title(), "hhis": host_his,
            "C": host["capital"], "L": host["land"], "GL": guest["land"], "GC": guest["capital"],
            "adj": guest["adjective"], "Adj": guest["adjective"], "hadj": host["adjective"],
            "office": self.office, "so": self.office.title(), "T": third["land"],
            "Tc": third["capital"], "TP": third["leader"], "l": guest["again"][0],
            "HS": host["again"][0], "gm": guest["ministers"][0], "gm2": guest["ministers"][1],
            "hm": host["ministers"][0], "hm2": host["ministers"][1],
            "pred": guest["predecessor"], "age": "58", "job": "banker",
        }  # fmt: skip

    def trip(self, row: Sequence[str]) -> Wanted:
        """Return a trip of "who, where to, first day, last day, status"."""
        guest, host, third = self.guest, self.host, self.third
        minister, receiver = guest["ministers"][0], host["ministers"][0]
        leader = " ".join(third["leader"].split()[1:]).removeprefix("President ")
        people = {
            "guest": (guest["name"], guest["code"]), "host": (host["name"], host["code"]),
            "third": (leader.removeprefix("Prime Minister "), third["code"]),
            "minister": (minister, guest["code"]), "receiver": (receiver, host["code"]),
            "predecessor": (guest["predecessor"], guest["code"]),
        }  # fmt: skip
        (name, origin), goal = people[row[0]], people[row[1]][1]
        start, end, status = ("" if field == _OPEN else field for field in row[2:])
        return Wanted(origin, goal, start or None, end or None, status, name)

    def _in_full(self, person: Mapping[str, Any], office: str) -> str:
        forms = (
            "{adjective} {Office} {name}", "{Office} {name} of {land}",
            "{name}, the {office} of {land},", "the {office} of {land}, {name},",
            "{land}'s {office}, {name},", "the {adjective} {office}, {name},",
        )  # fmt: skip
        return self._chance.choice(forms).format(office=office, Office=office.title(), **person)

    def _guest(self) -> str:
        forms = ["{again}", "{again}", "{Office} {again}", "the {adjective} {office}", "{name}",
                 "the visiting {office}", "the guest", "the 58-year-old {office}"]  # fmt: skip
        if self.office == self.guest["chief"]:
            forms += ["the {adjective} leader", "the visiting leader"]
        if self.office != self.host["chief"]:
            forms.append("the {office}")
        again = self._chance.choice(self.guest["again"])
        filled = {**self.guest, "again": again, "office": self.office}
        return self._chance.choice(forms).format(Office=self.office.title(), **filled)

    def _host(self) -> str:
        again = self._chance.choice(self.host["again"])
        forms = (again, f"{self.host['chief'].title()} {again}",
                 f"the {self.host['adjective']} leader")  # fmt: skip
        return self._chance.choice(forms)


def named_again(chance: random.Random) -> Composed:
    """A report of a visit of which all are named in many ways."""
    cast, part = Cast(chance), parts()
    when, lead, start, end, status = chance.choice(part["leads"])
    names_host = "{Host}" in lead
    opening = [lead] if names_host else [lead, "{Host} called {GL} a reliable partner."]
    told = [sentence(frame, **cast.words()) for frame in opening]
    wanted = [cast.trip(("guest", "host", start, end, status))]
    asked, about, groups = {"lead": lead}, "host", set[str]()
    for kind in chance.choices(("same", "others", "noise"), (3, 2, 1), k=chance.choice((4, 6, 7))):
        fitting = [
            block for block in part[kind]
            if block[0] in {"any", when} and block[1] not in asked.values()
            and not (block[3] and about != "guest") and block[4] not in groups - {""}
        ]  # fmt: skip
        block = chance.choice(fitting)
        told.append(sentence(block[1], **cast.words()))
        wanted += [cast.trip(trip) for trip in block[5:]]
        asked[f"block {len(told)}"], about = block[1], block[2]
        groups.add(block[4])
    headline = chance.choice(part["headlines"][when]).format(**cast.words())
    dateline = chance.choice(("", f"{cast.host['capital'].upper()} — "))
    body = dateline + chance.choice((" ", "\n\n")).join(told)
    text = f"{capitalized(headline)}\n\n{body}" if headline else body
    return Composed(text, wanted, asked, strict=True)


__all__ = ["named_again"]
