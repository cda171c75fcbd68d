"""Make `name_parts.csv`: `python -m pipeline.reference.make_name_parts FILE…`.

Each FILE is a CSV with the columns `name` and `code` (ISO 3166-1 alpha-3), and may have `weight`,
1 where it lacks. `leaders.csv` is read besides. A file of names is used once and not kept: the
table holds counts of parts of words, from which no list of persons can be had again.
"""

from __future__ import annotations

import csv
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from importlib.resources import files
from pathlib import Path

from pipeline.reference.countries import code_today, is_country
from pipeline.reference.names import ALL, PACKAGE, TABLE, name_parts, name_words

#: A part of fewer words is not kept, nor a country's count of it below this.
FEWEST, LEAST = 3, 1

Named = tuple[str, str, float]


def as_csv(names: Iterable[Named]) -> str:
    """Return the table as text, its rows sorted by part."""
    counts: defaultdict[str, defaultdict[str, float]] = defaultdict(lambda: defaultdict(float))
    for name, code, weight in sorted(set(names)):
        words = name_words(name)
        counts[ALL][code] += weight * len(words)
        for word in words:
            for part in set(name_parts(word)):
                counts[part][code] += weight
    told = ((part, row) for part, row in counts.items() if sum(row.values()) >= FEWEST)
    lines = sorted(_line(part, row) for part, row in told)
    return "\n".join(["part,counts", *lines]) + "\n"


def _line(part: str, counts: Mapping[str, float]) -> str:
    kept = sorted((code, round(n)) for code, n in counts.items() if round(n) >= LEAST)
    return f"{part},{' '.join(f'{code}{n}' for code, n in kept)}"


def read_names(path: Path) -> Iterator[Named]:
    """Yield the names of a file with the country and weight of each; skips organizations."""
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if is_country(row["code"]):
                yield row["name"], code_today(row["code"]), float(row.get("weight") or 1)


def main() -> None:
    """Write the table."""
    own = Path(str(files(PACKAGE) / "leaders.csv"))
    names = [named for path in (own, *map(Path, sys.argv[1:])) for named in read_names(path)]
    Path(str(files(PACKAGE) / TABLE)).write_text(as_csv(names), encoding="utf-8")


if __name__ == "__main__":
    main()
