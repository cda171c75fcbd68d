"""The rows of articles at hand merged again and again: each time only what changed.

What was merged stays in memory by name, as the store keeps it of runs (`pipeline.corpus_work`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from models import Record
from pipeline.plan import ArticleInput, Update
from pipeline.share import alone

#: Type and id of a record.
Key = tuple[type[Record], str]
Records = dict[type[Record], list[Record]]


@dataclass
class Merged:
    """What one merging left: results by name, and groups of records, each with what it is of."""

    results: dict[str, tuple[str, str]] = field(default_factory=dict)
    groups: dict[str, tuple[str, tuple[Key, ...]]] = field(default_factory=dict)

    def take(self, news: News) -> None:
        """Bring in what a later merging made anew, and forget what it did not ask for."""
        self.results |= news.results
        self.groups |= news.groups
        for name in self.results.keys() - news.asked_results:
            del self.results[name]
        for name in self.groups.keys() - news.asked_groups:
            del self.groups[name]


@dataclass
class News:
    """What a merging made anew, and the names of all that it asked for."""

    results: dict[str, tuple[str, str]] = field(default_factory=dict)
    groups: dict[str, tuple[str, tuple[Key, ...]]] = field(default_factory=dict)
    asked_results: set[str] = field(default_factory=set)
    asked_groups: set[str] = field(default_factory=set)


class _Memo:
    """Results of an earlier merging, and those of the present one in their place."""

    def __init__(self, merged: Merged, news: News) -> None:
        self._merged, self._news = merged, news

    def get(self, name: str, fingerprint: str, /) -> str | None:
        """Return what was made of just this, None where nothing was."""
        self._news.asked_results.add(name)
        kept = self._news.results.get(name) or self._merged.results.get(name)
        return kept[1] if kept is not None and kept[0] == fingerprint else None

    def put(self, name: str, fingerprint: str, made: str, /) -> None:
        """Keep what was made, in place of an earlier result of that name."""
        self._news.asked_results.add(name)
        self._news.results[name] = fingerprint, made

    def keep(self, name: str, /) -> None:
        """Keep a result that is not asked for this time."""
        self._news.asked_results.add(name)

    def changed(self, groups: Iterable[tuple[str, str]], /) -> Iterator[tuple[str, str]]:
        """Yield those groups whose finished records were not made of just this."""
        for name, fingerprint in groups:
            self._news.asked_groups.add(name)
            kept = self._merged.groups.get(name)
            if kept is None or kept[0] != fingerprint:
                yield name, fingerprint


def merge_again(
    update: Update,
    articles: Iterable[ArticleInput],
    merged: Merged,
    *,
    before: Mapping[type[Record], Iterable[Record]],
) -> tuple[Records, News]:
    """Merge articles of which some are as they were; return all records by id, and what is new.

    Args:
        merged: what was merged before, of which `before` are the records; it stays as it is.
    """
    news = News()
    made: dict[Key, Record] = {}
    for group in update(articles, memo=_Memo(merged, news), share=alone):
        records = {(type(record), _id(record)): record for record in group.records}
        news.asked_groups.add(group.name)
        news.groups[group.name] = group.fingerprint, tuple(records)
        made |= records
    standing = news.asked_groups - news.groups.keys()
    keys = {key for name in standing for key in merged.groups[name][1]}
    for kind, records_before in before.items():
        made |= {key: one for one in records_before if (key := (kind, _id(one))) in keys}
    found: Records = {}
    for kind, made_id in sorted(made, key=lambda key: key[1]):
        found.setdefault(kind, []).append(made[kind, made_id])
    return found, news


def _id(record: Record) -> str:
    return str(getattr(record, "id", ""))


__all__ = ["Merged", "News", "Records", "merge_again"]
