"""The stories of an article: a digest prints several, each behind a dateline of its own."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeVar

from spacy.tokens import Doc

from models import Article, Evidence, Upgrade, Visit
from pipeline.datelines.dateline import Dateline, further_datelines
from pipeline.labels import FINITE
from pipeline.signs import CLOSES_SPEECH, STOPS
from pipeline.stage import Case

T = TypeVar("T", Visit, Upgrade)

#: A longer line is a paragraph of the story before, not the heading of the one that begins.
_LONGEST_HEADING = 160
#: What no heading ends with.
_ENDS = (*STOPS, *CLOSES_SPEECH, ":", ";")
#: How a line of a list begins in which each names who comes from a land.
_LISTED = re.compile(r"[A-Z][A-Z .,'&()-]{2,40}? ?[-–—:] ?\w")


@dataclass(frozen=True)
class Story:
    """A stretch of an article, from token `start` up to `end`; `article` is as it sees it.

    That article's `body_start` and `dateline_place` are the story's own. `apart` are the stretches
    within that tell of something else.
    """

    article: Article
    start: int
    end: int
    apart: tuple[tuple[int, int], ...] = ()

    def offsets(self, doc: Doc) -> tuple[int, int]:
        """Return the offsets in the article between which the story stands."""
        start = doc[self.start].idx if self.start else 0
        end = doc[self.end].idx if self.end < len(doc) else len(self.article.text)
        return start, end

    def leaves_out(self, i: int) -> bool:
        """Tell a token of a stretch that tells of something else."""
        return is_within(i, self.apart)


def is_within(at: int, stretches: Sequence[tuple[int, int]]) -> bool:
    """Tell whether a number lies in one of several stretches, given in order."""
    number = bisect_right(stretches, at, key=lambda stretch: stretch[0]) - 1
    return number >= 0 and at < stretches[number][1]


def stories(case: Case) -> Sequence[Story]:
    """Return an article's stories in text order, the whole article where it is a single one.

    "LIMA - The president … <new paragraph> QUITO - The king …" holds two; "He flew on to
    <new paragraph> QUITO, where …" one.
    """
    article, doc = case.article, case.doc
    begun = list(_begun(article))
    if not begun:
        return [Story(article, 0, len(doc))]
    starts = [token.idx for token in doc]
    begun = [
        each
        for each in begun
        if _tells(doc, bisect_left(starts, each[2].end))
        and not _is_in_list(article.text, doc, starts, each[2])
    ]
    cuts = [0, *(bisect_left(starts, at) for at, _, _ in begun), len(doc)]
    found = [Story(article, 0, cuts[1])]
    for (_, heading, line), (start, end) in zip(begun, pairwise(cuts[1:]), strict=True):
        told = {"body_start": line.end, "dateline_place": line.place, "title": heading or None}
        found.append(Story(article.model_copy(update=told), start, end))
    return found


def _tells(doc: Doc, at: int) -> bool:
    """Tell a report's first sentence from "CHILE - Foreign Minister X.", a line of a list."""
    return at >= len(doc) or any(t.tag_ in FINITE for t in doc[at : doc[at].sent.end])


def _is_in_list(text: str, doc: Doc, starts: Sequence[int], line: Dateline) -> bool:
    """Tell "CHILE - Premier X, who stands in for A" beside "CHAD - King Y", a line of a list."""
    begin, end = text.rfind("\n", 0, line.start) + 1, _line_end(text, line.end) + 1
    beside = [text.rfind("\n", 0, begin - 1) + 1] if begin else []
    for at in [*beside, end]:
        if _LISTED.match(text, at):
            first, last = (bisect_left(starts, each) for each in (at, _line_end(text, at)))
            if not any(t.tag_ in FINITE for t in doc[first:last]):
                return True
    return False


def _line_end(text: str, at: int) -> int:
    """Return the offset behind the line of a text in which another stands."""
    end = text.find("\n", at)
    return end if end >= 0 else len(text)


def joined(found: Iterable[Iterable[T]], alike: Callable[[T], str]) -> list[T]:
    """Return the records of several stories; what two of them tell is one, with all its evidence.

    They come in the order in which the text first tells of them.

    Args:
        found: the records of each story.
        alike: a text that is the same for the same fact.
    """
    parts: list[Iterable[T]] = list(found)
    records: list[T] = list(parts[0])
    further = parts[1:]
    places = {alike(known): at for at, known in enumerate(records)} if further else {}
    for part in further:
        own: dict[str, int] = {}
        for record in part:
            at = places.get(alike(record))
            if at is None:
                own[alike(record)] = len(records)
                records.append(record)
            else:
                records[at] = _with_evidence(records[at], record.evidence)
        places |= own
    if further:
        records.sort(key=lambda record: min(proof.start for proof in record.evidence))
    return records


def _with_evidence(record: T, evidence: Sequence[Evidence]) -> T:
    return record.model_copy(update={"evidence": (*record.evidence, *evidence)})


def _begun(article: Article) -> Iterator[tuple[int, str, Dateline]]:
    """Yield where each story but the first begins, with its heading and its dateline."""
    before = article.body_start
    for line in further_datelines(article.text, before):
        start, heading = _heading(article.text, line.start)
        if start > before:
            yield start, heading, line
            before = line.end


def _heading(text: str, at: int) -> tuple[int, str]:
    """Return where a story begins whose dateline stands at `at`, and the heading above it."""
    end = at
    while end and text[end - 1].isspace():
        end -= 1
    if "\n" not in text[end:at] and "\r" not in text[end:at]:
        return at, ""  # an entry of a diary, which goes on in one line
    start = text.rfind("\n", 0, end) + 1
    start = max(start, text.rfind("\r", start, end) + 1)
    heading = text[start:end].strip()
    if not heading or len(heading) > _LONGEST_HEADING or heading.endswith(_ENDS):
        return at, ""
    return start, heading


__all__ = ["Story", "is_within", "joined", "stories"]
