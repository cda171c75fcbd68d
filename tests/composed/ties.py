"""Pages on changes of relations: what is done now, what was before, and what others did.

All changes that a page tells must be found, with level, date and status, and no other.
"""

from __future__ import annotations

import random
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from tests.composed.grids import parts, said
from tests.composed.texts import Composed, Wanted, capitalized, sentence

TIES = Path(__file__).with_name("ties.toml")
COMPLETED = "completed"
#: The lists of leads of a kind, with the status of what they tell; most news tells what was done.
LEADS = [("leads", COMPLETED)] * 6 + [("leads_ahead", "planned"), ("leads_wished", "proposed")]


@cache
def tie_parts() -> dict[str, Any]:
    """Return the parts of such pages."""
    with TIES.open("rb") as file:
        return tomllib.load(file)


class Told(NamedTuple):
    """A sentence and what it tells; `last` if "the two countries" behind it would be others."""

    text: str
    frame: str
    wanted: Sequence[Wanted] = ()
    last: bool = False

    @property
    def changes(self) -> set[tuple[str, ...]]:
        """What is told, whenever: a page tells each but once."""
        return {
            (*sorted((one.origin, one.destination)), one.state, str(one.level))
            for one in self.wanted
        }


class Page:
    """The words of one page, drawn once, and the sentences made of them."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        row, kinds = tie_parts(), tie_parts()["kinds"]
        self.name = chance.choices(list(kinds), [kind["weight"] for kind in kinds.values()])[0]
        self.kind = kinds[self.name]
        one, other = chance.sample(parts()["people"], 2)
        self.others = chance.sample(parts()["lands"], 3)
        self.levels = {"L": chance.choice(row["levels"]), "K": chance.choice(row["lower"])}
        self.codes = {"A": one["code"], "B": other["code"], "R": "TWN"}
        self.words = self._of_party(one, "A") | self._of_other(other)
        years = sorted([chance.choice(range(1962, 1996)), *chance.sample(range(2001, 2023), 2)])
        self.words |= {f"y{n}": str(year) for n, year in enumerate(years, 1)}
        self.words["apart"] = str(years[1] - years[0])
        self.words["town"] = chance.choice(row["towns"])
        self.day, self.date = chance.choice(row["days"])
        self.coming, self.ahead = chance.choice(row["coming"])
        self.words |= {"day": self.day, "Day": capitalized(self.day), "coming": self.coming}
        for letter, (text, _) in self.levels.items():
            self.words[letter] = text
            self.words[f"{letter}s"] = text.replace("partnership", "partners")
            self.words[f"an_{letter}"] = f"{'an' if text[0] in 'aeo' else 'a'} {text}"
        self.which, self.status = chance.choice([lead for lead in LEADS if self.kind[lead[0]]])

    def _of_party(self, person: Mapping[str, Any], letter: str) -> dict[str, str]:
        """Return the words by which a page names a party and those who act for it."""
        office = self.chance.choice(("president", "prime minister"))
        minister = self.chance.choice(tie_parts()["ministers"])
        return {
            letter: person["land"], letter.lower(): person["adjective"],
            f"cap{letter}": person["capital"], f"CAP{letter}": person["capital"].upper(),
            f"s{letter}": person["name"].split()[-1], f"sm{letter}": minister.split()[-1],
            f"P{letter}": said(self.chance.choice(parts()["forms"]["one"][:3]), person, office),
            f"M{letter}": f"{person['adjective']} Foreign Minister {minister}",
        }  # fmt: skip

    def _of_other(self, person: Mapping[str, Any]) -> dict[str, str]:
        """Return the words for the other party: a state by its leaders, a body, a land alone."""
        if "others" not in self.kind:
            return self._of_party(person, "B")
        other = self.chance.choice(self.kind["others"])
        self.codes["B"] = other["code"]
        if "status" in other:
            self.levels["S"] = other["status"]
        return other["words"] | {"CAPB": other["words"]["capB"].upper()}

    def told(self, frame: str, *rows: Sequence[str]) -> Told:
        """Return a sentence of a frame, and the changes that its rows tell."""
        named = dict(zip("TU", self.chance.sample(self.others, 2), strict=True))
        words = self.words | {letter: land["names"][0] for letter, land in named.items()}
        codes = self.codes | {letter: land["code"] for letter, land in named.items()}
        wanted = []
        for ends, change, level, date, *status in rows:
            level = self.levels[level][1] if level in self.levels else level
            change_told = Wanted(
                codes[ends[0]], codes[ends[1]], date.format(**words) or None,
                state=change, level=level, status=(*status, COMPLETED)[0],
            )  # fmt: skip
            wanted.append(change_told)
        quoted = frame.endswith(("”", ")"))
        text = capitalized(frame.format(**words)) if quoted else sentence(frame, **words)
        return Told(text, frame, wanted, _turns_away(frame, rows))

    def lead(self) -> Iterator[Told]:
        """Yield the sentences that tell of the change for which the page is written."""
        kind, frames = self.kind, self.chance.choice(self.kind[self.which])
        told = " ".join(frames)
        date = self.date if self.which == "leads" and "{day}" in told.lower() else ""
        date = self.ahead if "{coming}" in told else date
        # The day of a visit is not that of what was done during it.
        date = "" if any(words in told for words in tie_parts()["undated"]) else date
        rows = [("AB", kind["change"], kind["level"], date, self.status)]
        if "also" in kind:
            before = any(words in told for words in tie_parts()["earlier"])
            rows.append((*kind["also"], "" if before else date, self.status))
        for frame in frames[:-1]:
            yield self.told(frame)
        yield self.told(frames[-1], *rows)

    def rest(self) -> Iterator[Told]:
        """Yield what was before, what others did, and what tells of no change."""
        chance, row = self.chance, tie_parts()
        for name in self.kind["before"]:
            for told in chance.sample(row["before"][name], chance.choice((0, 1, 1, 2))):
                yield self.told(told[0], *told[1:])
        if self.status == COMPLETED:
            for frame in chance.sample(self.kind["details"], chance.choice((1, 2, 3, 4))):
                yield self.told(frame)
        kinds = [kind for kind in row["noise"] if kind != "of_pair" or "others" not in self.kind]
        for name in chance.sample(kinds, 2):
            for frame in chance.sample(row["noise"][name], chance.choice((1, 1, 2))):
                yield self.told(frame)

    def opening(self) -> tuple[str, str]:
        """Return a headline and a dateline, both of which may be empty."""
        dateline = self.chance.choice(tie_parts()["datelines"])
        headline = self.chance.choice(self.kind["headlines"]) if self.status == COMPLETED else ""
        return headline, dateline


def _turns_away(frame: str, rows: Sequence[object]) -> bool:
    """Tell a sentence on two others, or on one with a party: "the two countries" may mean them."""
    others = sum(name in frame for name in ("{T}", "{U}"))
    party = bool(rows) or any(name in frame for name in ("{B}", "{capA}"))
    return others + (others and party) > 1


def ties(chance: random.Random) -> Composed:
    """Draw a page on a change of relations, with much else told behind it."""
    page = Page(chance)
    lead, behind = list(page.lead()), list[Told]()
    seen = {change for told in lead for change in told.changes}
    for told in page.rest():
        if not told.changes & seen:
            behind.append(told)
            seen |= told.changes
    chance.shuffle(behind)
    behind.sort(key=lambda told: told.last)
    headline, dateline = page.opening()
    text = "".join(told.text + chance.choice((" ", "\n\n", "\n\n")) for told in [*lead, *behind])
    text = dateline.format(**page.words) + text.rstrip()
    if headline:
        text = f"{capitalized(headline.format(**page.words))}\n\n{text}"
    asked = {"kind": page.name, "headline": headline, "dateline": dateline}
    asked |= {f"lead {n}": told.frame for n, told in enumerate(lead)}
    asked |= {f"sentence {n}": told.frame for n, told in enumerate(behind)}
    wanted = [one for told in [*lead, *behind] for one in told.wanted]
    return Composed(text, wanted, asked, whole=True)
