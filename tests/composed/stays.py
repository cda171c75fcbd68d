"""Reports of a stay whose days stand anywhere, among other dated matters of the two countries."""

from __future__ import annotations

import random
from datetime import date
from pathlib import Path

from tests.composed.grids import NUMBERS, parts, said
from tests.composed.texts import Composed, Wanted, capitalized, sentence

STAYS = Path(__file__).with_name("stays.toml")


def stays(chance: random.Random) -> Composed:
    """A report of a stay, its days in the lead or anywhere behind it, among other dated matters."""
    part, status = parts(STAYS), chance.choice(("ongoing", "completed", "planned"))
    kind = part[status]
    guest, host = chance.sample([one for one in parts()["people"] if one["pronoun"] == "he"], 2)
    third = chance.choice(parts()["lands"])
    office, chief = chance.choice(parts()["offices"])["one"], chance.choice(("president", "king"))
    words = {
        **guest, "office": office, "Office": office.title(), "surname": guest["name"].split()[-1],
        "host": f"{host['adjective']} {chief.title()} {host['name']}", "third": third["names"][0],
        "homeland": guest["land"], "Homeland": capitalized(guest["land"]), "land": host["land"],
        "Land": capitalized(host["land"]), "capital": host["capital"],
        "CAPITAL": host["capital"].upper(),
        "guest": said(chance.choice(parts()["forms"]["one"][:9]), guest, office),
        "past": chance.choice(("on April 9", "on 22 March", "on Tuesday, April 23")),
        "ahead": chance.choice(("on June 27", "on 5 July", "on Friday, June 14")),
    }  # fmt: skip
    words["Host"] = words["host"]
    start, end = chance.choice(kind["days"])
    words |= _days_of_stay(chance, date.fromisoformat(start), date.fromisoformat(end))
    lead, known = chance.choice(kind["leads"])
    told = [lead, chance.choice(kind["done"]), *chance.sample(part["noise"], chance.randint(1, 6))]
    wanted = []
    if status != "planned" and chance.random() < 0.4:
        frame, when, state = chance.choice(part["others"])
        told.insert(chance.randint(2, len(told)), frame)
        wanted.append(Wanted(host["code"], guest["code"], when or None, state=state))
    more = [row for row in kind["told"] if not set(row[1]) & set(known)]
    if more and chance.random() < 0.8:
        frame, told_too = chance.choice(more)
        known += told_too
        told.insert(chance.randint(1, len(told)), frame)
    first, last = start if "s" in known else None, end if "e" in known else None
    wanted.append(Wanted(guest["code"], host["code"], first, last, status))
    headline, dateline = chance.choice(kind["headlines"]), chance.choice(part["datelines"])
    body = chance.choice((" ", "\n\n")).join(sentence(frame, **words) for frame in told)
    text = dateline.format(**words) + body
    if headline:
        text = f"{capitalized(headline.format(**words))}\n\n{text}"
    asked = {"lead": lead, "headline": headline, "dateline": dateline}
    asked |= {f"sentence {n}": frame for n, frame in enumerate(told[1:], 1)}
    return Composed(text, wanted, asked)


def _days_of_stay(chance: random.Random, first: date, last: date) -> dict[str, str]:
    """Return the days of a stay as reports of 16 May 2024 name them."""

    def named(day: date) -> str:
        near = abs((day - date(2024, 5, 16)).days) < len(NUMBERS) - 1
        forms = [f"May {day.day}", f"{day.day} May", *([day.strftime("%A")] * 3 if near else [])]
        return chance.choice(forms)

    between = (f"from May {first.day} to {last.day}", f"on {first.day}–{last.day} May")
    return {
        "begun": f"on {named(first)}", "over": f"on {named(last)}", "until": named(last),
        "range": chance.choice(between), "now": chance.choice(("on Thursday", "today")),
    }  # fmt: skip
