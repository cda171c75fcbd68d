"""From a raw row to an Article, or to a reject with its reason."""

from __future__ import annotations

import hashlib
import re

from models import Article, Reject
from pipeline.datelines.dateline import find_dateline
from pipeline.stages.ingest.language import detect_language, language_code
from pipeline.stages.ingest.pagetop import find_page_date
from pipeline.stages.ingest.published import read_date, resolve, story_day
from pipeline.stages.ingest.raw import RawRow
from pipeline.stages.ingest.repair import is_binary, normalized, one_line, repair

#: Articles longer than this are rejected; the longest interviews have some 100,000 characters.
MAX_CHARACTERS = 2_000_000

_SAFE_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:@+-]{0,119}")


def make_article(
    raw: RawRow, *, published: str | None = None, max_characters: int = MAX_CHARACTERS
) -> Article | Reject:
    """Return the article of a row, its text repaired, dated and given an id.

    Args:
        raw: the row as its reader found it.
        published: ISO date for articles that no other source dates.
        max_characters: longer texts are rejected as `too-large`.
    """
    text = raw.text
    if not isinstance(text, str):
        return _reject(raw, "no-text", f"text is {type(text).__name__}, not a string")
    if _is_blank(text):
        text = one_line(raw.title) or ""  # a headline alone tells something
    if _is_blank(text):
        return _reject(raw, "empty", "the text holds nothing but white space")
    if len(text) > max_characters:
        return _reject(raw, "too-large", f"{len(text)} characters, over {max_characters}")
    if is_binary(text):
        return _reject(raw, "binary", "mostly control characters")
    text = repair(text)
    if not any(char.isalpha() for char in text):
        return _reject(raw, "no-text", "the text holds no letter")
    return _article(raw, text, published)


def _is_blank(text: str) -> bool:
    return not text.strip("\ufeff\x00 \t\r\n")


def _article(raw: RawRow, text: str, option: str | None) -> Article:
    title, url = one_line(raw.title), one_line(raw.url)
    dateline = find_dateline(text)
    published, published_by = resolve(
        metadata=raw.published,
        dateline=dateline.date if dateline else None,
        page_top=find_page_date(text),
        url=url,
        path=raw.source_path,
        option=option,
    )
    return Article(
        id=given_id(raw) or content_id(text, title, read_date(raw.published)),
        source_path=raw.source_path,
        title=title,
        text=text,
        published=published,
        published_by=published_by,
        url=url,
        source=one_line(raw.source),
        language=language_code(one_line(raw.language)) or detect_language(text),
        characters=len(text),
        body_start=dateline.end if dateline else 0,
        dateline_place=dateline.place if dateline else None,
        dateline_date=story_day(dateline.date if dateline else None, published),
    )


def given_id(raw: RawRow) -> str | None:
    """Return the id that a row brings, where it is short and safe in file names and urls."""
    value = raw.id
    if isinstance(value, float) and value.is_integer():
        value = int(value)  # a column of whole numbers with gaps
    stated = one_line(value)
    return stated if stated and _SAFE_ID.fullmatch(stated) else None


def content_id(text: str, title: str | None, published: str | None) -> str:
    """Return an id that depends only on what the article says, not on where it lies.

    Args:
        text: the repaired text; white space and Unicode composition make no difference.
        title: from metadata.
        published: from metadata; a date read off a url or a file's name is no part of it.
    """
    parts = "\x1f".join((normalized(text), normalized(title or ""), published or ""))
    digest = hashlib.sha256(parts.encode("utf-8", "replace")).hexdigest()
    return f"article-{digest[:16]}"


def _reject(raw: RawRow, reason: str, detail: str) -> Reject:
    return Reject(source_path=raw.source_path, row=raw.row, reason=reason, detail=detail)
