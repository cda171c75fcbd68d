"""Web pages: the story without its page, through trafilatura."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from lxml import etree, html  # type: ignore[import-untyped]

from pipeline.errors import ReaderError
from pipeline.limits import time_limit
from pipeline.readers.decoding import NotTextError, decode
from pipeline.readers.source import EMPTY, Source
from pipeline.stages.ingest import RawRow

#: Where a page states its date, best first: `property`, `name` or `itemprop` of a meta element.
DATE_KEYS = (
    "article:published_time", "article:published", "og:published_time", "og:article:published_time",
    "datepublished", "date.published", "publishdate", "publish_date", "publish-date", "pubdate",
    "publication_date", "published_date", "sailthru.date", "parsely-pub-date",
    "cxenseparse:recs:publishtime", "dc.date.issued", "dcterms.issued", "dc.date.created",
    "dcterms.created", "dc.date", "dcterms.date", "citation_publication_date", "citation_date",
    "article_date_original", "originalpublicationdate", "date",
)  # fmt: skip
#: What the fall-back leaves out of a page.
_DROPPED = ("script", "style", "noscript", "template", "svg", "nav", "header", "footer", "aside",
            "form", "button", "select", "iframe", "head")  # fmt: skip
#: Longest time in which the story is looked for in one page.
PAGE_SECONDS = 60
_BLOCKS = frozenset(("p", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "td", "tr",
                     "pre", "section", "article", "br"))  # fmt: skip
_ENCODING = re.compile(rb"<meta[^>]{0,200}charset=[\"']?\s*([A-Za-z0-9_-]{3,20})", re.IGNORECASE)
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
_PUBLISHED = re.compile(r'"datePublished"\s*:\s*"([^"]{4,40})"')


def read(source: Source) -> Iterator[RawRow]:
    """Yield the one article of a page.

    Raises:
        ReaderError: the file cannot be read, is no text, or holds no story.
    """
    import trafilatura  # takes a second, and most inputs are no web pages

    try:
        page = _decode(source.read_whole())
    except NotTextError as error:
        raise ReaderError(source.path, "binary", str(error)) from error
    if not page.strip("\ufeff\x00 \t\r\n"):
        raise ReaderError(source.path, "empty", EMPTY)
    tree = _tree(page)
    if tree is None:
        raise ReaderError(source.path, "no-text", "no element can be read")
    try:
        with time_limit(PAGE_SECONDS, "the most for one page"):
            found: Any = trafilatura.bare_extraction(
                page,
                include_comments=False,
                with_metadata=True,
                # Its own search for a date guesses; ours reads only what the page states.
                date_extraction_params={"extensive_search": False, "original_date": True},
            )
    except TimeoutError as error:
        raise ReaderError(source.path, "too-slow", str(error)) from error
    text = (found.text if found else None) or _fallback_text(tree)
    if not text.strip():
        raise ReaderError(source.path, "no-text", "the page holds no story")
    yield RawRow(
        source_path=source.path,
        text=text,
        title=found.title if found else _first(tree, "//title//text()"),
        published=stated_date(tree),
        url=(found.url if found else None) or _first(tree, "//link[@rel='canonical']/@href"),
        source=found.sitename if found else None,
        language=_first(tree, "/html/@lang"),
    )


def _decode(data: bytes) -> str:
    """Decode by what the page declares, where that works; it often lies.

    UTF-8 is not by chance, and what declares UTF-16 in plain letters is none.
    """
    declared = _ENCODING.search(data[:4_096])
    if declared and (data.isascii() or not _is_utf8(data)):
        try:
            page = data.decode(declared.group(1).decode("ascii"))
        except (LookupError, UnicodeError):
            return decode(data)
        if "charset" in page[:4_096].lower():
            return page
    return decode(data)


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def _tree(page: str) -> html.HtmlElement | None:
    try:
        return html.document_fromstring(_DECLARATION.sub("", page.replace("\x00", "")))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None


def _first(tree: html.HtmlElement, path: str) -> str | None:
    values = [str(value).strip() for value in tree.xpath(path)]
    return next((value for value in values if value), None)


def stated_date(tree: html.HtmlElement) -> str | None:
    """Return the publication date that a page's metadata states, as written, or None."""
    stated: dict[str, str] = {}
    for meta in tree.iter("meta"):
        key = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        value = (meta.get("content") or meta.get("datetime") or "").strip()
        if value:
            stated.setdefault(key.lower(), value)
    by_meta = next((stated[key] for key in DATE_KEYS if key in stated), None)
    return by_meta or _from_json(tree) or _from_elements(tree)


def _from_json(tree: html.HtmlElement) -> str | None:
    """Read `datePublished` of the page's JSON-LD."""
    for script in tree.xpath("//script[@type='application/ld+json']"):
        content = script.text_content()
        try:
            found = _published_of(json.loads(content), depth=0)
        except (ValueError, RecursionError):
            match = _PUBLISHED.search(content)
            found = match.group(1) if match else None
        if found:
            return found
    return None


def _published_of(node: Any, *, depth: int) -> str | None:
    if depth > 6:
        return None
    if isinstance(node, dict):
        if isinstance(value := node.get("datePublished"), str):
            return value
        node = list(node.values())
    if isinstance(node, list):
        return next((hit for part in node if (hit := _published_of(part, depth=depth + 1))), None)
    return None


def _from_elements(tree: html.HtmlElement) -> str | None:
    """Read an element marked as the date of publication, or the page's only `time` element."""
    for element in tree.xpath("//*[@itemprop='datePublished'] | //time[@pubdate]"):
        value = element.get("datetime") or element.get("content") or element.text_content()
        if value.strip():
            return str(value).strip()
    times = {str(value).strip()[:10] for value in tree.xpath("//time/@datetime")}
    return times.pop() if len(times) == 1 else None


def _fallback_text(tree: html.HtmlElement) -> str:
    """Return all text of the page's body, a block a line."""
    for element in list(tree.iter(*_DROPPED)):
        if element.getparent() is not None:
            element.drop_tree()
    pieces: list[str] = []
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        if not isinstance(element.tag, str):
            continue
        if element.tag in _BLOCKS:
            pieces.append("\n")
        pieces.append((element.text if event == "start" else element.tail) or "")
    lines = (" ".join(line.split()) for line in "".join(pieces).split("\n"))
    return "\n".join(line for line in lines if line)
