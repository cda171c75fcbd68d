"""How often a second traveller, or a second place, is found where the first one is.

    python -m tests.doubled --help

A sentence of the tests that tells of one trip is given a second of those who make it ("President A
and Foreign Minister B arrived"), or a second place ("arrived in Lima and Suva"). Two trips are told
then, alike in all else. No labels are needed. Some texts say no such thing once they are doubled
(the minister of the president's country may not be at home where the row says so, and two are not
in two places on one day of arrival), so that the figures never reach 1.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from models import Visit
from tests.apart import rows_of
from tests.reading import Reader
from tests.sentences import Sentence
from tests.trial_options import trial_options

_HOLDER = re.compile(
    r"\b(?P<office>President|(?:Prime|Foreign|Defence|Trade) Minister)"
    r" (?P<name>[A-Z][\w’'-]+ [A-Z][\w’'-]+)(?!\w|['’]| of)"
)
#: Who goes too: a name and what stands before it.
_SECOND = {"Musa Tembo": " and Finance Minister ", "Ida Holm": " and Health Minister "}
_PLACE = re.compile(
    r"\b(?:in|to|visited|visit|visiting) "
    r"(?P<place>Lima|Quito|Nairobi|Oslo|Peru|Ghana|Norway|Poland)(?=[ .,])"
)
_LANDS = frozenset({"Peru", "Ghana", "Norway", "Poland"})
#: Where they go too, by whether the first is a land or a town, with its code.
_FURTHER = {True: (("Iceland", "ISL"), ("Laos", "LAO")), False: (("Suva", "FJI"), ("Hanoi", "VNM"))}
#: The forms of verbs and pronouns of one, and of several.
_AGREE = {"is": "are", "was": "were", "has": "have", "he": "they", "she": "they", "his": "their"}
_AGREE |= {"her": "their", "himself": "themselves", "herself": "themselves", "visits": "visit"}
_AGREE |= {"arrives": "arrive", "leaves": "leave", "flies": "fly", "meets": "meet", "goes": "go"}
_AGREE |= {"travels": "travel", "holds": "hold", "ends": "end", "begins": "begin", "makes": "make"}
_SINGULAR = re.compile(rf"\b(?:{'|'.join(_AGREE)})\b", re.IGNORECASE)
#: Words that mean the one who travels alone.
_OF_ONE = re.compile(r"\b(?:[Tt]he|[Aa]) (?:\w+ )?(?:president|minister|premier|leader|guest)\b")


@dataclass(frozen=True)
class Outcome:
    """One text with a second traveller or place, and the trips that are lost and false."""

    text: str
    lost: Sequence[tuple[object, ...]]
    false: Sequence[tuple[object, ...]]


def doubled(reader: Reader, what: str, rng: random.Random, count: int) -> list[Outcome]:
    """Read texts with a second traveller ("who") or place ("where")."""
    rows = [row for row in rows_of("visits") if len(row.answers) == 1]
    rng.shuffle(rows)
    make = _with_second if what == "who" else _with_further
    cases: list[tuple[str, str, str, str]] = []
    for row in rows:
        cases += [(row.text, *made) for made in make(row, rng)]
        if len(cases) >= count:
            break
    reader.prepare(text for case in cases for text in case[:2])
    compare = _two_travel if what == "who" else _two_places
    return [
        outcome
        for before, text, first, second in cases
        if (outcome := compare(reader, before, text, first, second)) is not None
    ]


def _with_second(row: Sentence, rng: random.Random) -> Iterator[tuple[str, str, str]]:
    """Yield the text of a row with a second of those who travel, and the names of both."""
    told = list(_HOLDER.finditer(row.text))
    if len(told) != 1:
        return
    behind, name = row.text[told[0].end() :], told[0]["name"]
    if name.split()[-1] in behind or _OF_ONE.search(behind):
        return
    second = rng.choice(sorted(_SECOND))
    behind = _SINGULAR.sub(_of_several, behind)
    yield f"{row.text[: told[0].end()]}{_SECOND[second]}{second}{behind}", name, second


def _of_several(word: re.Match[str]) -> str:
    told = _AGREE[word[0].lower()]
    return told.capitalize() if word[0][0].isupper() else told


def _with_further(row: Sentence, rng: random.Random) -> Iterator[tuple[str, str, str]]:
    """Yield the text of a row with a second place, its word and its code."""
    told = list(_PLACE.finditer(row.text))
    if len(told) != 1:
        return
    word, code = rng.choice(_FURTHER[told[0]["place"] in _LANDS])
    end = told[0].end()
    yield f"{row.text[:end]} and {word}{row.text[end:]}", word, code


def _two_travel(reader: Reader, before: str, text: str, first: str, second: str) -> Outcome | None:
    """Compare who went: None where the first alone did not."""
    told = reader.read(before).visits
    if [visit.visitor.name for visit in told] != [first]:
        return None
    wanted = {(name, *_way(told[0])) for name in (first, second)}
    found = {(visit.visitor.name, *_way(visit)) for visit in reader.read(text).visits}
    return _outcome(text, wanted, found)


def _two_places(reader: Reader, before: str, text: str, _: str, code: str) -> Outcome | None:
    """Compare where one went, and the statuses: who is in the first may yet see the second."""
    told = reader.read(before).visits
    if len(told) != 1:
        return None
    who, status = told[0].visitor.name, told[0].status
    wanted = {(who, told[0].destination.code, status), (who, code, status)}
    found = {(v.visitor.name, v.destination.code, v.status) for v in reader.read(text).visits}
    if status == "ongoing" and (who, code, "planned") in found:
        found = found - {(who, code, "planned")} | {(who, code, status)}
    return _outcome(text, wanted, found)


def _way(visit: Visit) -> tuple[object, ...]:
    return visit.destination.code, visit.start, visit.end, visit.status


def _outcome(text: str, wanted: set[tuple[object, ...]], found: set[tuple[object, ...]]) -> Outcome:
    return Outcome(text, sorted(wanted - found, key=str), sorted(found - wanted, key=str))


def main() -> None:
    """Print how many texts tell of both."""
    asked = trial_options("doubled", __doc__, draws=200, stdin=False).parse_args()
    reader = Reader()
    for what in ("who", "where"):
        outcomes = doubled(reader, what, random.Random(asked.seed), asked.draws)
        wrong = [outcome for outcome in outcomes if outcome.lost or outcome.false]
        print(f"{what}: {len(outcomes) - len(wrong)} of {len(outcomes)} tell of both")
        for outcome in wrong[: asked.show]:
            print("  " + outcome.text.replace("\n", " ¶ "))
            print(f"    lost {list(outcome.lost)}, false {list(outcome.false)}")


if __name__ == "__main__":
    main()
