"""Articles as sources: when they were published, and which of them are one telling reprinted."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from sys import intern

from models import Article, Evidence
from pipeline.reference.fold import fold
from pipeline.stages.normalize.days import Days, days_of
from pipeline.stages.normalize.roots import root_of

#: How much of an article's body is compared to know a reprint.
OPENING_CHARACTERS = 240
#: A shorter sentence may stand in two articles by chance.
TELLING_CHARACTERS = 40
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Source:
    """What is kept of an article."""

    article_id: str
    #: First and last day of its publication date, or None.
    published: Days | None
    #: Equal for articles that open with the same words.
    opening: str
    #: The publication date as told.
    told: str | None = None

    @property
    def order(self) -> int:
        """Return its place in time; unknown comes first, so that it yields to what is known."""
        return self.published.first if self.published else 0


def source_of(article: Article) -> Source:
    """Return what is kept of an article."""
    opening = article.text[article.body_start :].lstrip()[:OPENING_CHARACTERS]
    words = " ".join(_WORD.findall(fold(opening)))
    # An article too short to be known again is a telling of its own.
    telling = words if len(words) >= TELLING_CHARACTERS else article.id
    return source_from(article.id, article.published, _digest(telling))


def source_from(article_id: str, published: str | None, opening: str) -> Source:
    """Return a source from what is kept of its article."""
    told = intern(published) if published else None
    return Source(intern(article_id), days_of(told), opening, told)


def sentence_keys(evidence: Iterable[Evidence]) -> set[str]:
    """Return one key for each sentence long enough to be known again."""
    texts = (" ".join(_WORD.findall(fold(proof.text))) for proof in evidence)
    return {_digest(text) for text in texts if len(text) >= TELLING_CHARACTERS}


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()


def voices_of(told: Iterable[tuple[Source, Iterable[Evidence]]]) -> Mapping[str, str]:
    """Return the voice of each article that tells a record, by the evidence that it has of it."""
    keys: dict[str, set[str]] = defaultdict(set)
    for source, evidence in told:
        keys[source.article_id] |= sentence_keys(evidence)
        keys[source.article_id].add(source.opening)
    return voices(keys)


def voices(keys_by_article: Mapping[str, set[str]]) -> dict[str, str]:
    """Return each article's voice: articles that share a key, straight or round corners, have one.

    A voice is named by the first of its articles.
    """
    leader: dict[str, str] = {article: article for article in keys_by_article}
    holder: dict[str, str] = {}
    for article in sorted(keys_by_article):
        for key in keys_by_article[article]:
            one = root_of(leader, article)
            other = root_of(leader, holder.setdefault(key, article))
            leader[max(one, other)] = min(one, other)
    return {article: root_of(leader, article) for article in keys_by_article}


__all__ = ["Source", "sentence_keys", "source_from", "source_of", "voices", "voices_of"]
