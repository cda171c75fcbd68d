"""The rounds of merging, in order: which rows each reads, and what it makes of those of one key."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.distributed import facts, people
from pipeline.distributed.keyed import Merge


@dataclass(frozen=True)
class Round:
    """One round: rows of some kinds, brought together by key, and what is made of each key's.

    Args:
        name: a word, also in the names of files.
        reads: kinds of rows, of whatever round made them.
        merge: makes rows of the rows of one key.
    """

    name: str
    reads: tuple[str, ...]
    merge: Merge


#: From what blocks of articles say of persons and organizations to links between names.
LINK = Round("link", ("name", "self", "owner"), people.link)
#: From names and links (`people.components` makes homes of these) to persons with their ids.
PEOPLE = (
    Round("house", ("whole", "home"), people.house),
    Round("join", ("member",), people.join),
    Round("place", ("single", "fuller"), people.place),
    Round("describe", ("own",), people.describe),
    Round("name", ("draft",), people.name),
)
#: From what blocks of articles tell, persons known (`facts.told_facts`), to the rows of tables.
FACTS = (
    Round("merge", ("visit", "entity", "head"), facts.merge_told),
    Round("journey", ("stub", "wanted"), facts.journey),
    Round("change", ("upgrade", "moved", "near"), facts.change),
    Round("finish", ("merged", "leg", "return", "raised", "step"), facts.finish),
)

__all__ = ["FACTS", "LINK", "PEOPLE", "Round"]
