"""Merge made-up article-level visits and print what it took: `python merging_scale.py 10000`.

Every article tells of one trip, more or less well: with a short name, another spelling or none, a
date off by a day, a month, a year or nothing. Which trip it was stands in its id, so that the
merged records are measured by B-cubed while they stream by.
"""

from __future__ import annotations

import json
import random
import resource
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from time import process_time

sys.path.insert(0, str(Path(__file__).parents[2]))

from models import (
    Article,
    Destination,
    Entity,
    Evidence,
    Party,
    Role,
    Span,
    Visit,
    Visitor,
)
from pipeline.reference.countries import country_forms
from pipeline.stages.normalize import ArticleRows, merged_records

#: Articles to a trip, and trips to a person, on the average.
TOLD, TRIPS = 4, 12
ROLES = (
    ("president", "head_of_state"),
    ("prime minister", "head_of_government"),
    ("foreign minister", "foreign_minister"),
    ("defence minister", "defence_minister"),
    ("health minister", "minister"),
)
SYLLABLES = [c + v for c in "bdfgklmnprstvz" for v in "aeiou"]
COUNTRIES = sorted({form.code for form in country_forms() if len(form.code) == 3})
FIRST_DAY = date(1995, 1, 1).toordinal()
DAYS = 10_950


def person_of(number: int) -> tuple[str, str, tuple[str, str]]:
    """Return a person's name, country and office."""
    chance = random.Random(number * 2 + 1)
    words = ("".join(chance.choice(SYLLABLES) for _ in range(size)).title() for size in (2, 4))
    return " ".join(words), chance.choice(COUNTRIES), chance.choice(ROLES)


def trip_of(number: int, persons: int) -> tuple[int, str, int, int]:
    """Return a trip's traveller, destination, first day and length in days."""
    chance = random.Random(number * 2)
    return (
        chance.randrange(persons),
        chance.choice(COUNTRIES),
        FIRST_DAY + chance.randrange(DAYS),
        chance.randrange(4),
    )


def articles(count: int) -> Iterator[ArticleRows]:
    """Yield articles, one after the other."""
    trips = max(1, count // TOLD)
    persons = max(1, trips // TRIPS)
    chance = random.Random(count)
    for number in range(count):
        yield article(number, chance.randrange(trips), persons, chance)


def article(number: int, trip: int, persons: int, chance: random.Random) -> ArticleRows:
    """Return an article that tells of a trip."""
    who, where, first, length = trip_of(trip, persons)
    name, home, (title, kind) = person_of(who)
    if where == home:
        where = "FRA" if home != "FRA" else "DEU"
    start = date.fromordinal(first)
    published, status = telling(chance, start, length)
    made = f"a{number:07}-{trip}"
    form = chance.choice([name] * 16 + [name.split()[1]] * 3 + [None])
    begin, end = ends(chance, start, length)
    text = f"Of {form or 'the ' + title} and {where} article {number} tells in words of its own."
    entity = Entity(
        id=f"person-{number}",
        kind="person",
        name=form or name,
        country=home,
        roles=(Role(title=title, country=home, kind=kind),),
        mentions=(Span(article_id=made, start=3, end=9, text=form or name),),
    )
    visit = Visit(
        id=f"visit-{number}",
        visitor=Visitor(name=form, role=title, entity_id=entity.id if form else None),
        origin=Party(code=home, name=home),
        destination=Destination(code=where, name=where),
        start=begin,
        end=end,
        status=status,
        confidence=0.8,
        evidence=(Evidence(article_id=made, start=0, end=len(text), text=text, rule="visit"),),
    )
    told = Article(
        id=made,
        source_path="x",
        text=text,
        published=published.isoformat(),
        characters=len(text),
    )
    return ArticleRows(told, (entity,) if form else (), (), (visit,), ())


def telling(chance: random.Random, start: date, length: int) -> tuple[date, str]:
    """Return when an article appeared, and what it takes the trip for."""
    when = chance.random()
    if when < 0.3:
        return start - timedelta(days=chance.randrange(1, 30)), "planned"
    after = timedelta(days=length + chance.randrange(1, 9 if when < 0.9 else 400))
    return start + after, "completed"


def ends(chance: random.Random, start: date, length: int) -> tuple[str | None, str | None]:
    """Return the ends as one article tells them: whole, in part, coarsely, wrongly or not."""
    first, last = start.isoformat(), (start + timedelta(days=length)).isoformat()
    off = (start + timedelta(days=1)).isoformat()
    forms = [(first, last)] * 45 + [(first, None)] * 20 + [(first[:7], first[:7])] * 15
    return chance.choice([*forms, *[(off, off)] * 5, *[(None, None)] * 15])


def peak_kib() -> int:
    """Return the most memory held; what getrusage says holds the process that started this one."""
    try:
        told = Path("/proc/self/status").read_text(encoding="utf-8")
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return int(told.partition("VmHWM:")[2].split()[0])


def main(count: int) -> None:
    """Merge, and print figures as JSON."""
    sizes = Counter[str]()
    precision = recall = 0.0
    visits = 0
    begin = process_time()
    rows = articles(count)

    def counted() -> Iterator[ArticleRows]:
        for row in rows:
            sizes[row.article.id.split("-")[1]] += 1
            yield row

    for record in merged_records(counted()):
        if isinstance(record, Visit):
            visits += 1
            told = Counter(proof.article_id.split("-")[1] for proof in record.evidence)
            total = sum(told.values())
            precision += sum(number * number / total for number in told.values())
            recall += sum(number * number / sizes[trip] for trip, number in told.items())
    seconds = process_time() - begin
    peak = peak_kib() / 1024
    print(
        json.dumps(
            {
                "tellings": count,
                "trips": len(sizes),
                "visits": visits,
                "seconds": round(seconds, 1),
                "peak_mib": round(peak),
                "precision": round(precision / count, 4),
                "recall": round(recall / count, 4),
            }
        )
    )


if __name__ == "__main__":
    main(int(sys.argv[1]))
