"""The page's data: plain values, packed, with offsets as a browser counts them."""

from __future__ import annotations

import base64
import gzip
import json
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from models import Article, Conflict, Entity, Evidence, Record, Upgrade, Visit
from pipeline.marking import Label, Mark
from pipeline.report.choose import Chosen, Told, places_of

#: An article longer than this is shown around its sentences alone, so many characters each side.
LONG = 30_000
AROUND = 1_500
#: Articles are packed in chunks of about so many characters, opened when one is looked at.
CHUNK = 300_000
#: Sentences and mentions of one record on the page.
MOST_EVIDENCE = 40
MOST_MENTIONS = 12
#: Characters of a sentence whose article is not on the page.
MOST_SENTENCE = 600

LABELS: tuple[Label, ...] = ("PERSON", "COUNTRY", "ORG", "PLACE", "DATE")
#: Fields that the page shows in a way of its own.
SHOWN = frozenset(
    {"id", "visitor", "origin", "destination", "hosts", "start", "end", "kind", "status", "first",
     "count", "confidence", "evidence", "variants", "parties", "level", "level_text",
     "previous_level", "change", "date", "occasion", "provenance"}
)  # fmt: skip


def pack(value: Any) -> str:
    """Return a value as JSON, gzip and base64: nothing in it can end a script element."""
    return pack_text(json.dumps(value, ensure_ascii=False, separators=(",", ":")))


def pack_text(text: str) -> str:
    """Return a text as gzip and base64; the same bytes every time."""
    return base64.b64encode(gzip.compress(text.encode("utf-8"), 6, mtime=0)).decode("ascii")


class Offsets:
    """Turn offsets in code points into JavaScript's, which counts UTF-16 units."""

    def __init__(self, text: str) -> None:
        self._wide = [at for at, letter in enumerate(text) if letter > "\uffff"]

    def __call__(self, at: int) -> int:
        """Return an offset as JavaScript counts it."""
        return at + bisect_left(self._wide, at)


class Packer:
    """Puts what was chosen into lists that the page's script reads."""

    def __init__(self, chosen: Chosen) -> None:
        self._chosen = chosen
        self._number = {article.id: n for n, article in enumerate(chosen.articles)}
        self._offsets = {article.id: Offsets(article.text) for article in chosen.articles}

    def records(self) -> dict[str, Any]:
        """Return the tables; `article` numbers count the chosen articles, -1 is none of them."""
        chosen = self._chosen
        told: list[Told] = [*chosen.visits, *chosen.upgrades]
        names = {code: name for record in told for code, name in places_of(record)}
        return {
            "labels": LABELS,
            "countries": names,
            "visits": [self._visit(visit) for visit in chosen.visits],
            "upgrades": [self._upgrade(upgrade) for upgrade in chosen.upgrades],
            "persons": [self._person(person) for person in chosen.persons],
            "articles": [self._head(article) for article in chosen.articles],
        }

    def _visit(self, visit: Visit) -> list[Any]:
        return [
            visit.id,
            visit.visitor.name,
            visit.visitor.role,
            visit.origin.code if visit.origin else None,
            visit.destination.code,
            visit.destination.place,
            visit.hosts,
            visit.start,
            visit.end,
            visit.kind,
            visit.status,
            int(visit.first),
            visit.count,
            visit.confidence,
            self._evidence(visit.evidence),
            *self._rest(visit),
        ]

    def _upgrade(self, upgrade: Upgrade) -> list[Any]:
        return [
            upgrade.id,
            [party.code for party in upgrade.parties],
            upgrade.change,
            upgrade.level,
            upgrade.level_text,
            upgrade.previous_level,
            upgrade.date,
            upgrade.status,
            upgrade.occasion,
            upgrade.confidence,
            self._evidence(upgrade.evidence),
            *self._rest(upgrade),
        ]

    def _rest(self, record: Record) -> Iterator[Any]:
        """Yield how many sentences are left out, what else the record tells, and its conflicts."""
        told = record.model_dump(mode="json")
        yield max(0, len(told["evidence"]) - MOST_EVIDENCE)
        yield {k: v for k, v in told.items() if k not in SHOWN and v not in (None, [], {}, False)}
        yield [
            [field, value["value"], [self._number.get(i, -1) for i in value["articles"]]]
            for field, values in told.get("variants", {}).items()
            for value in values
        ]

    def _evidence(self, evidence: Sequence[Evidence]) -> list[list[Any]]:
        return [self._proof(span) for span in evidence[:MOST_EVIDENCE]]

    def _proof(self, span: Evidence) -> list[Any]:
        number = self._number.get(span.article_id, -1)
        if number < 0:
            text = span.text[:MOST_SENTENCE]
            return [-1, 0, 0, span.rule, span.status, text, span.article_id]
        place = self._offsets[span.article_id]
        return [number, place(span.start), place(span.end), span.rule, span.status]

    def _person(self, person: Entity) -> list[Any]:
        mentions: list[list[Any]] = []
        for span in person.mentions:
            number = self._number.get(span.article_id, -1)
            if number >= 0 and len(mentions) < MOST_MENTIONS:
                place = self._offsets[span.article_id]
                mentions.append([number, place(span.start), place(span.end), ""])
        roles = list(dict.fromkeys(role.title for role in person.roles))
        aliases = person.aliases
        return [
            person.id, person.name, person.country, roles, aliases, len(person.mentions), mentions
        ]  # fmt: skip

    def _head(self, article: Article) -> list[Any]:
        return [
            article.id,
            article.title,
            article.published,
            article.source,
            article.source_path,
            safe_link(article.url),
            article.characters,
        ]

    def conflicts(self, conflicts: Iterable[Conflict]) -> list[list[Any]]:
        """Return conflicts with the numbers of the articles that tell each value."""
        return [
            [
                row.record_id,
                row.field,
                str(row.value),
                int(row.chosen),
                int(row.compatible),
                [self._number.get(article, -1) for article in row.articles],
            ]
            for row in conflicts
        ]

    def chunks(self) -> Iterator[list[Any]]:
        """Yield the articles in order, in chunks: `[number, pieces, marks]` each."""
        chunk: list[Any] = []
        held = 0
        for number, article in enumerate(self._chosen.articles):
            pieces = list(self._pieces(article))
            chunk.append([number, pieces, self._marks(article)])
            held += sum(len(text) for _, text in pieces)
            if held >= CHUNK:
                yield chunk
                chunk, held = [], 0
        if chunk:
            yield chunk

    def _marks(self, article: Article) -> list[list[Any]]:
        place = self._offsets[article.id]
        marks: Iterable[Mark] = self._chosen.marks.get(article.id, ())
        return [
            [place(mark.start), place(mark.end), LABELS.index(mark.label), mark.note]
            for mark in marks
        ]

    def _pieces(self, article: Article) -> Iterator[tuple[int, str]]:
        """Yield an article's text, or of a long one what lies around its sentences."""
        place = self._offsets[article.id]
        if len(article.text) <= LONG:
            yield 0, article.text
            return
        for start, end in joined(self._windows[article.id], len(article.text)):
            yield place(start), article.text[start:end]

    @property
    def _windows(self) -> Mapping[str, list[tuple[int, int]]]:
        if not hasattr(self, "_found_windows"):
            found: dict[str, list[tuple[int, int]]] = {a.id: [] for a in self._chosen.articles}
            told: list[Told] = [*self._chosen.visits, *self._chosen.upgrades]
            for record in told:
                for span in record.evidence[:MOST_EVIDENCE]:
                    if span.article_id in found:
                        found[span.article_id].append((span.start - AROUND, span.end + AROUND))
            self._found_windows = found
        return self._found_windows


def joined(windows: Iterable[tuple[int, int]], length: int) -> list[tuple[int, int]]:
    """Return stretches of a text of a length, those that touch made one; its top where none."""
    made: list[tuple[int, int]] = []
    for start, end in sorted(windows) or [(0, 2 * AROUND)]:
        start, end = max(0, start), min(length, end)
        if made and start <= made[-1][1]:
            made[-1] = (made[-1][0], max(end, made[-1][1]))
        else:
            made.append((start, end))
    return made


def safe_link(url: str | None) -> str | None:
    """Return a url that may be followed: a web page's, never a script."""
    return url if url and url.lower().startswith(("http://", "https://")) else None


__all__ = ["Offsets", "Packer", "joined", "pack", "pack_text", "safe_link"]
