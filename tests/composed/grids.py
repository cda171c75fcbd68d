"""Texts composed at random out of parts, of which it is known what they tell.

Each grid draws one text of its kind out of `parts.toml`: a telling in one of many
wordings, the names in one of many forms, sentences that tell nothing before it, in one paragraph or
several. What is right follows from the parts and was written before the program read it.
"""

from __future__ import annotations

import random
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from tests.composed.texts import OPEN, Composed, Wanted, capitalized, sentence

PARTS, NO_TRIPS = (Path(__file__).with_name(f"{name}.toml") for name in ("parts", "no_trips"))
NUMBERS = ("", "one", "two", "three", "four", "five", "six", "seven")


@cache
def parts(path: Path = PARTS) -> dict[str, Any]:
    """Return the parts."""
    with path.open("rb") as file:
        return tomllib.load(file)


def joined(names: Sequence[str], joint: Sequence[str]) -> str:
    """Return a list of names as a sentence has it."""
    if len(names) == 1:
        return names[0]
    frame, comma = joint
    return frame.format(first=comma.join(names[:-1]), last=names[-1])


def _laid_out(chance: random.Random, sentences: Sequence[str]) -> tuple[str, str]:
    """Return sentences as a text, with fillers before the last one, and how it was laid out."""
    fillers = chance.sample(parts()["fillers"], chance.choice((0, 0, 1, 2)))
    apart = chance.choice((" ", "\n\n"))
    laid = [*sentences[:-1], *fillers, sentences[-1]]
    return apart.join(laid), f"{len(fillers)} fillers, {'lines' if apart == ' ' else 'paragraphs'}"


def _person(chance: random.Random) -> tuple[dict[str, Any], str]:
    return chance.choice(parts()["people"]), chance.choice(parts()["offices"])["one"]


def said(form: str, person: Mapping[str, Any], office: str) -> str:
    """Return a person as a form names them."""
    surname = person["name"].split()[-1]
    return form.format(office=office, Office=office.title(), surname=surname, **person)


def _lands(chance: random.Random, count: int) -> tuple[list[dict[str, Any]], list[str]]:
    """Return so many countries, and a name of each."""
    lands = chance.sample(parts()["lands"], count)
    return lands, [chance.choice(land["names"]) for land in lands]


def destinations(chance: random.Random) -> Composed:
    """One traveller and several countries, with or without a sentence that leads up to it."""
    part = parts()["destinations"]
    person, office = _person(chance)
    lands, names = _lands(chance, chance.choice((2, 3, 3, 4, 5, 7)))
    lead, joint = chance.choice(part["leads"]), chance.choice(parts()["joints"])
    telling, status = chance.choice(part["tellings"])
    forms = parts()["forms"]["one"]
    # "A spokesman for the premier, X," may well name the spokesman.
    form = chance.choice([form for form in forms if "pokesman" not in lead or "," not in form])
    later = chance.choice(parts()["forms"]["later"]) if lead else form
    words = {"lands": joined(names, joint), "number": NUMBERS[len(lands)]}
    told = sentence(
        telling, chance.choice(parts()["tails"]), who=said(later, person, office), **words
    )
    led = [sentence(lead, who=said(form, person, office))] if lead else []
    text, layout = _laid_out(chance, [*led, told])
    wanted = [Wanted(person["code"], land["code"], state=status) for land in lands]
    return Composed(
        text, wanted, {"telling": telling, "lead": lead, "who": later, "joint": joint[0],
                       "lands": str(len(lands)), "layout": layout, "person": person["name"]},
    )  # fmt: skip


def _group(chance: random.Random, office: str, joint: Sequence[str]) -> tuple[str, list[str], str]:
    """Return holders of one office of several countries, their codes, and the form."""
    lands = chance.sample(parts()["lands"], chance.choice((2, 2, 3, 4, 6)))
    form = chance.choice(parts()["forms"]["many"])
    said = form.format(
        offices=office,
        lands=joined([land["names"][0] for land in lands], joint),
        adjectives=joined([land["adjective"] for land in lands], joint),
    )
    return said, [land["code"] for land in lands], form


def guests(chance: random.Random) -> Composed:
    """Several holders of one office, without names, who come to one country."""
    joint, host = chance.choice(parts()["joints"][:5]), chance.choice(parts()["people"])
    telling, status = chance.choice(parts()["guests"]["tellings"])
    office = chance.choice(parts()["offices"])["many"]
    said, codes, form = _group(chance, office, joint)
    told = sentence(telling, chance.choice(parts()["tails"][:2]), who=said, land=host["land"])
    text, layout = _laid_out(chance, [told])
    wanted = [Wanted(code, host["code"], state=status) for code in codes]
    told_by = {"telling": telling, "who": form, "joint": joint[0], "office": office}
    return Composed(text, wanted, {**told_by, "lands": str(len(codes)), "layout": layout})


def names(chance: random.Random) -> Composed:
    """One person, in names of many cultures and forms of many outlets, who goes to one country."""
    person, office = _person(chance)
    (land,), (place,) = _lands(chance, 1)
    form, telling = (
        chance.choice(parts()["forms"]["one"]),
        chance.choice(parts()["names"]["tellings"]),
    )
    told = sentence(telling, who=said(form, person, office), land=place)
    text, layout = _laid_out(chance, [told])
    wanted = [Wanted(person["code"], land["code"], name=person["name"])]
    return Composed(text, wanted, {"telling": telling, "who": form, "person": person["name"],
                                   "office": office, "layout": layout})  # fmt: skip


def days(chance: random.Random) -> Composed:
    """One trip and its day, in the same sentence or in the next one."""
    part, tense = parts()["days"], chance.choice(("past", "coming"))
    person, office = _person(chance)
    (land,), (place,) = _lands(chance, 1)
    day, start, end = chance.choice(part[tense])
    who = said(parts()["forms"]["one"][0], person, office)
    words = {"who": who, "land": place, "day": day, "pronoun": person["pronoun"].title()}
    apart = chance.random() < 1 / 3
    frames = (
        chance.choice(part[f"{tense}_apart"])
        if apart
        else [chance.choice(part[f"{tense}_tellings"])]
    )
    text, layout = _laid_out(chance, [sentence(frame, **words) for frame in frames])
    status = "completed" if tense == "past" else OPEN
    wanted = [Wanted(person["code"], land["code"], start, end, status)]
    return Composed(text, wanted, {"telling": frames[-1], "day": day, "layout": layout})


def changes(chance: random.Random) -> Composed:
    """A change of one country's relations with each of several."""
    joint, one = chance.choice(parts()["joints"][:5]), chance.choice(parts()["people"])
    lands, said = _lands(chance, chance.choice((1, 2, 3, 4)))
    telling, change, date = chance.choice(parts()["changes"]["tellings"])
    if telling.startswith("{lands}"):  # no outlet mixes "Peru" and "Quito" where they act
        said = [land["names"][0] for land in lands]
    told = sentence(telling, one=one["land"], lands=joined(said, joint))
    text, layout = _laid_out(chance, [told])
    wanted = [Wanted(one["code"], land["code"], date, state=change) for land in lands]
    return Composed(text, wanted, {"telling": telling, "joint": joint[0], "lands": str(len(lands)),
                                   "layout": layout})  # fmt: skip


def reports(chance: random.Random) -> Composed:
    """A report of a visit, with host, earlier trips and later ones; a man who is received by a man.

    What is told must be found, and nothing else.
    """
    return _reported(chance, ())


def pages(chance: random.Random) -> Composed:
    """A report of a visit, with much else between that is told of the same people and countries."""
    kinds = chance.sample([kind for kind in parts()["matters"] if kind.startswith("of_")], 3)
    matters = [frame for kind in kinds for frame in chance.sample(parts()["matters"][kind], 2)]
    return _reported(chance, matters)


def _reported(chance: random.Random, matters: Sequence[str]) -> Composed:
    """Return a report with other matters at random behind its first sentence."""
    part, other = parts()["reports"], parts()["matters"]
    people = [person for person in parts()["people"] if person["pronoun"] == "he"]
    guest, host = chance.sample(people, 2)
    office = chance.choice(parts()["offices"])["one"]
    chief = chance.choice(("president", "prime minister"))
    (third,), (place,) = _lands(chance, 1)
    lead, start, end, status = chance.choice(part["leads"])
    coming = status == "planned"
    hosted = f"{host['adjective']} {chief.title()} {host['name']}"
    surname = guest["name"].split()[-1]
    words = {
        **guest, "office": office, "surname": surname, "Surname": surname, "host": hosted,
        "Host": hosted, "homeland": guest["land"], "land": host["land"], "third": place,
        "Land": capitalized(host["land"]),
        "capital": host["capital"], "CAPITAL": host["capital"].upper(),
        "guest": said(chance.choice(parts()["forms"]["one"][:3]), guest, office),
        "Homeland": capitalized(guest["land"]), "host_adjective": host["adjective"],
        "host_surname": host["name"].split()[-1], "envoy": chance.choice(other["people"]),
        "other": f"{third['adjective']} {chance.choice(other['offices'])} "
                 f"{chance.choice(other['others'])}",
    }  # fmt: skip
    told = [lead, chance.choice(part["receptions_coming" if coming else "receptions_now"])]
    told += chance.sample(part["details"], chance.choice((1, 2, 3)))
    wanted = [Wanted(guest["code"], host["code"], start, end or None, status)]
    drawn_rows = [
        chance.choice(part[kind]) for kind in ("before", "coming") if chance.random() < 0.5
    ]
    # Behind a trip of the host's "he" would be the host.
    for row in sorted(drawn_rows, key=lambda row: row[1] == "host"):
        told.append(row[0])
        origin = guest["code"] if row[1] == "guest" else host["code"]
        goal = third["code"] if row[2] == "third" else guest["code"]
        wanted.append(Wanted(origin, goal, row[3] or None, state=row[4]))
    for frame in matters:
        told.insert(chance.randint(1, len(told)), frame)
    headline, dateline = chance.choice(part["headlines"]), chance.choice(part["datelines"])
    apart = chance.choice((" ", "\n\n"))
    body = dateline.format(**words) + apart.join(sentence(frame, **words) for frame in told)
    text = f"{headline.format(**words)}\n\n{body}" if headline else body
    asked = {"lead": lead, "headline": headline, "dateline": dateline}
    asked |= {f"sentence {n}": frame for n, frame in enumerate(told[1:], 1)}
    return Composed(capitalized(text), wanted, asked)


def no_trips(chance: random.Random) -> Composed:
    """A page on which nobody goes abroad, of one matter with a little of another.

    Nothing may be found.
    """
    part = parts(NO_TRIPS)
    home = chance.choice(parts()["people"])
    men = [person for person in parts()["people"] if person["pronoun"] == "he"]
    away = chance.choice([person for person in men if person is not home])
    lands, said = _lands(chance, 2)
    office, chief = chance.choice(("president", "prime minister", "foreign minister")), "president"
    surname, capital = home["name"].split()[-1], home["capital"]
    words = {
        **home, "surname": surname, "Surname": surname, "CAPITAL": capital.upper(),
        "office": office, "Office": office.title(), "Pronoun": home["pronoun"].title(),
        "pronoun_poss": {"he": "his", "she": "her"}[home["pronoun"]],
        "fname": away["name"], "fsurname": away["name"].split()[-1], "fland": away["land"],
        "fadj": away["adjective"], "fcapital": away["capital"], "foffice": chief,
        "Foffice": chief.title(), "third": said[0], "fourth": said[1],
        "tland": lands[0]["names"][0], "uland": lands[1]["names"][0],
        "tadj": lands[0]["adjective"], "uadj": lands[1]["adjective"],
        **dict(zip(("envoy", "envoy2", "minister"), chance.sample(part["people"], 3), strict=True)),
    }  # fmt: skip
    theme, other = chance.sample(part["themes"], 2)
    told = [chance.choice(theme["leads"]), *chance.sample(theme["tells"], chance.choice((4, 6, 7)))]
    asides = [frame for frame in other["tells"] if not frame.startswith("He ")]
    asides = chance.sample(asides, chance.choice((0, 2)))
    for frame in (*asides, *chance.sample(part["on_any_page"], chance.choice((0, 1)))):
        told.insert(chance.randint(1, len(told)), frame)
    headline = chance.choice(("", *theme["headlines"]))
    body = chance.choice((" ", "\n\n")).join(capitalized(frame.format(**words)) for frame in told)
    body = chance.choice(part["datelines"]).format(**words) + body
    text = f"{capitalized(headline.format(**words))}\n\n{body}" if headline else body
    asked = {f"sentence {n}": frame for n, frame in enumerate(told)}
    return Composed(text, [], {"theme": theme["id"], "headline": headline, **asked})
