"""How much is read otherwise once a text is worded otherwise that tells the same.

    python -m tests.perturbed --help

Each change of wording (`perturbed.toml`) is made at one place of a text that is drawn at random: a
day between "will" and its verb, an aside behind a name, "landed in" for "arrived in". What was told
is told as before, so that no record may change. No labels are needed; texts are the sentences of
the tests, which are read rightly by themselves, or any that come on standard input.
"""

from __future__ import annotations

import random
import re
import sys
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from models import Upgrade, Visit
from tests.apart import rows_of
from tests.reading import PUBLISHED, Reader, Reading, Text
from tests.trial_options import trial_options

_TABLE = Path(__file__).with_suffix(".toml")
#: So many draws are made for each text that is wanted.
_DRAWS = 60
#: What leads a passage on standard input: its day, or "-".
_LED = re.compile(r"^===== *(\S+)[^\n]*\n", re.MULTILINE)

#: What a middle initial adds to a name.
_INITIALS = re.compile(r"(?<= )(?:[A-Z]\. )+")

#: Statuses of a trip that was begun.
_TOLD = frozenset({"completed", "ongoing"})

Key = tuple[object, ...]


@dataclass(frozen=True)
class Change:
    """One way to word a text otherwise.

    Attributes:
        name: says what is changed.
        pattern: what is changed; its group `low` is written small.
        put: what stands there then, one of these.
        unless: texts in which this occurs are left alone.
        days: whether days stay as they were.
    """

    name: str
    pattern: re.Pattern[str]
    put: Sequence[str]
    unless: re.Pattern[str] | None = None
    days: bool = True

    def made(self, text: str, rng: random.Random) -> str | None:
        """Return the text with this change at one place, or None where it fits none."""
        if self.unless and self.unless.search(text):
            return None
        places = list(self.pattern.finditer(text))
        if not places:
            return None
        place = rng.choice(places)
        put = place.expand(rng.choice(self.put))
        if "low" in place.groupdict() and place["low"]:
            put = put.removesuffix(place["low"]) + place["low"].lower()
        new = f"{text[: place.start()]}{put}{text[place.end() :]}"
        return None if new == text else new


@dataclass(frozen=True)
class Outcome:
    """One text worded otherwise, with the records that are gone and those that are new."""

    change: str
    text: str
    gone: Sequence[Key]
    new: Sequence[Key]

    @property
    def same(self) -> bool:
        """Whether the same is told."""
        return not self.gone and not self.new


@cache
def changes() -> Sequence[Change]:
    """Return the changes of the table."""
    rows = tomllib.loads(_TABLE.read_text(encoding="utf-8"))["change"]
    return [
        Change(
            row["name"],
            re.compile(row["pattern"]),
            row["put"],
            re.compile(row["unless"]) if "unless" in row else None,
            row.get("days", True),
        )
        for row in rows
    ]


def tried(
    reader: Reader, change: Change, texts: Sequence[Text], rng: random.Random, count: int
) -> list[Outcome]:
    """Word texts otherwise, each drawn at random, and read them."""
    cases = _worded(change, texts, rng, count)
    reader.prepare(text for case in cases for text in case[1:])
    return [_outcome(reader, change, *case) for case in cases]


def _worded(
    change: Change, texts: Sequence[Text], rng: random.Random, count: int
) -> list[tuple[str | None, str, str]]:
    found: dict[str, tuple[str | None, str, str]] = {}
    for _ in range(_DRAWS * count):
        told = rng.choice(texts)
        if new := change.made(told.text, rng):
            found[new] = told.published, told.text, new
        if len(found) == count:
            break
    return list(found.values())


def _outcome(reader: Reader, change: Change, day: str | None, text: str, new: str) -> Outcome:
    before, after = (keys(reader.read(one, day), change.days) for one in (text, new))
    return Outcome(
        change.name, new, list((before - after).elements()), list((after - before).elements())
    )


def keys(reading: Reading, days: bool) -> Counter[Key]:
    """Return what a reader would see of the records."""
    told = [*reading.visits, *reading.upgrades]
    return Counter(_key(record, days) for record in told)


def _key(record: Visit | Upgrade, days: bool) -> Key:
    if isinstance(record, Visit):
        origin = record.origin.code if record.origin else None
        who = _INITIALS.sub("", record.visitor.name or record.visitor.role or "")
        span = (record.start, record.end) if days else ()
        # A day may tell that a trip is over, or that it is not.
        status = "told" if not days and record.status in _TOLD else record.status
        return who, origin, record.destination.code, *span, status, record.count
    parties = "+".join(sorted(party.code or party.name for party in record.parties))
    date = (record.date,) if days else ()
    return parties, record.level, record.change, *date, record.status


def own_texts(stages: Iterable[str] = ("visits", "upgrades")) -> list[Text]:
    """Return the texts of the tests' rows that tell of something."""
    return [Text(row.text, PUBLISHED) for stage in stages for row in rows_of(stage)]


def passages(raw: str) -> Iterator[Text]:
    """Yield texts, each led by a line "===== 2024-05-16", or "===== -" where its day is unknown."""
    parts = _LED.split(raw)[1:]
    for day, text in zip(parts[::2], parts[1::2], strict=True):
        yield Text(text.strip(), None if day == "-" else day)


def main() -> None:
    """Print how many texts of each change are read otherwise."""
    parser = trial_options("perturbed", __doc__, draws=60)
    parser.add_argument("names", nargs="*", help="changes whose name holds one of these")
    asked = parser.parse_args()
    texts = list(passages(sys.stdin.read())) if asked.stdin else own_texts()
    reader = Reader()
    for change in changes():
        if asked.names and not any(name in change.name for name in asked.names):
            continue
        rng = random.Random(f"{asked.seed} {change.name}")
        outcomes = tried(reader, change, texts, rng, asked.draws)
        otherwise = [outcome for outcome in outcomes if not outcome.same]
        print(f"{change.name}: {len(otherwise)} of {len(outcomes)} otherwise", flush=True)
        for outcome in otherwise[: asked.show]:
            _print(outcome)


def _print(outcome: Outcome) -> None:
    print("  " + outcome.text.replace("\n", " ¶ "))
    for sign, keys in (("-", outcome.gone), ("+", outcome.new)):
        for key in keys:
            print(f"    {sign} {' '.join(map(str, key))}")


if __name__ == "__main__":
    main()
