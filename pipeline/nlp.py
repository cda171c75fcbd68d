"""From an article to its spaCy Doc.

Articles come wrapped, in blocks, with titles that end without a full stop. A model that was
trained on clean sentences reads them badly, so the text is cut into segments (paragraphs,
headings, the dateline) first, each is read by itself, and one Doc is put together again whose
`token.idx` is the offset in the article.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import spacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin, Token
from spacy.vocab import Vocab

from models import Article
from pipeline.errors import ModelError

#: A line longer than this was not wrapped by hand or by an archive's printer.
WRAP_WIDTH = 100
#: A line of a wrapped block is full when it has this share of the block's longest line.
FULL_SHARE = 0.72

_BLANK = re.compile(r"\n[^\S\n]*\n")
_TERMINAL = re.compile(r"[.!?:;…][\"'”’»)\]]*\s*$")
_CLOSERS = frozenset("\"'”’»)]") | {"''"}
#: Words whose full stop the tokenizer parts from them and which end no sentence ("Hon. Smith").
_ABBREVIATIONS = frozenset(
    {"hon", "rt", "amb", "rev", "brig", "cde", "drs", "eng", "engr", "atty", "pres", "min", "msgr",
     "ven", "adv", "ing", "insp", "supt", "cmdr", "sgt", "ma", "mohd", "md"}
)  # fmt: skip
_ENDERS = frozenset({".", "!", "?", "…", "...", "./."})
_ATTRIBUTES = ["ORTH", "SPACY", "TAG", "POS", "MORPH", "LEMMA", "DEP", "HEAD", "SENT_START"]
_ATTRIBUTES += ["ENT_IOB", "ENT_TYPE"]

BOUNDS = "communique_sentence_bounds"


@Language.component(BOUNDS)
def mark_sentence_bounds(doc: Doc) -> Doc:
    """Set sentence starts where punctuation is plain, and leave the rest to the parser.

    A full stop of its own ends a sentence; a token that merely ends in one ("U.S.") may; nothing
    else does.
    """
    for token in doc[1:]:
        token.is_sent_start = _starts_sentence(doc, token)
    return doc


def _starts_sentence(doc: Doc, token: Token) -> bool | None:
    before = token.i - 1
    while before > 0 and (doc[before].text in _CLOSERS or doc[before].is_space):
        before -= 1
    last = doc[before]
    if token.text in _CLOSERS and not doc[token.i - 1].whitespace_:
        return False
    if last.text == "." and _is_abbreviated(doc, before):
        return False
    if last.text in _ENDERS:
        return not token.text[:1].islower() and not token.is_space
    if last.text.endswith(".") and len(last.text) > 1 and token.is_title:
        return None
    return False


def _is_abbreviated(doc: Doc, stop: int) -> bool:
    """Tell the full stop of "Hon. Smith" and "Kh.Battulga" from one that ends a sentence."""
    if stop == 0 or doc[stop - 1].whitespace_ or not doc[stop - 1].text.istitle():
        return False
    joined = len(doc[stop - 1]) <= 2 and not doc[stop].whitespace_
    return joined or doc[stop - 1].lower_ in _ABBREVIATIONS


def load_model(name: str) -> Language:
    """Load an installed spaCy pipeline and fit it for articles.

    Raises:
        ModelError: no such pipeline is installed, or it lacks a parser or an entity recognizer.
    """
    with warnings.catch_warnings():
        # W095: the default model was trained for spaCy 3.7, which reads the same under 3.8.
        warnings.filterwarnings("ignore", message=r"\[W095\]")
        try:
            nlp = spacy.load(name)
        except OSError as error:
            raise ModelError(
                f"no spaCy pipeline named {name!r} is installed; "
                f"`communique doctor` tells the command that brings it"
            ) from error
    for part in ("parser", "ner"):
        if part not in nlp.pipe_names:
            raise ModelError(f"the spaCy pipeline {name!r} has no {part}")
    nlp.add_pipe(BOUNDS, before="parser")
    return nlp


def annotate(nlp: Language, articles: Iterable[Article]) -> Iterator[Doc]:
    """Yield the Doc of each article, in order."""

    def parts() -> Iterator[tuple[str, tuple[Article, int, bool]]]:
        for article in articles:
            bounds = segments(article.text, cut=article.body_start)
            if not bounds:
                yield "", (article, 0, True)
            for number, (start, end) in enumerate(bounds, start=1):
                segment = article.text[start:end].replace("\n", " ")
                yield segment, (article, start, number == len(bounds))

    held: list[tuple[int, Doc]] = []
    for doc, (article, start, last) in nlp.pipe(parts(), as_tuples=True, batch_size=64):
        held.append((start, doc))
        if last:
            yield _assemble(nlp.vocab, article.text, held)
            held = []


def segments(text: str, *, cut: int = 0) -> list[tuple[int, int]]:
    """Return the bounds of paragraphs and headings, without the white space around them.

    Args:
        cut: an offset at which a segment must end (the end of the dateline).
    """
    blocks = []
    at = 0
    for gap in _BLANK.finditer(text):
        blocks.append((at, gap.start()))
        at = gap.end()
    blocks.append((at, len(text)))
    bounds = [piece for start, end in blocks for piece in _split_block(text, start, end)]
    if cut:
        bounds = [piece for bound in bounds for piece in _cut(*bound, at=cut)]
    return [trimmed for bound in bounds if (trimmed := _trim(text, *bound))]


def _cut(start: int, end: int, *, at: int) -> list[tuple[int, int]]:
    return [(start, at), (at, end)] if start < at < end else [(start, end)]


def _trim(text: str, start: int, end: int) -> tuple[int, int] | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return (start, end) if start < end else None


def _split_block(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Split a block at the line breaks that end a paragraph or heading, not at those of a wrap."""
    lines = []
    at = start
    for line in text[start:end].splitlines(keepends=True):
        lines.append((at, at + len(line)))
        at += len(line)
    longest = max((stop - begin for begin, stop in lines), default=0)
    first = start
    for (begin, stop), following in pairwise(lines):
        if not _is_wrapped(text[begin:stop], text[slice(*following)], longest, len(lines)):
            yield first, stop
            first = stop
    if first < end:
        yield first, end


def _is_wrapped(line: str, following: str, longest: int, count: int) -> bool:
    if longest > WRAP_WIDTH or not line.strip():
        return False
    if following.lstrip()[:1].islower():
        return True
    full = len(line) >= FULL_SHARE * longest
    return count >= 3 and full and longest > 40 and not _TERMINAL.search(line)


@dataclass
class _Columns:
    """The columns of a Doc under construction."""

    words: list[str] = field(default_factory=list)
    spaces: list[bool] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    pos: list[str] = field(default_factory=list)
    morphs: list[str] = field(default_factory=list)
    lemmas: list[str] = field(default_factory=list)
    deps: list[str] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    starts: list[bool] = field(default_factory=list)
    ents: list[str] = field(default_factory=list)

    def gap(self, length: int) -> None:
        """Stand for `length` characters of white space between segments."""
        if length <= 0:
            return
        if self.words:
            self.spaces[-1] = True
            length -= 1
        if not length:
            return
        self.words.append(" " * length)
        self.spaces.append(False)
        for column in (self.tags, self.pos, self.morphs, self.lemmas, self.deps):
            column.append("")
        self.tags[-1], self.pos[-1], self.deps[-1] = "_SP", "SPACE", "dep"
        self.heads.append(len(self.heads))
        self.starts.append(True)
        self.ents.append("O")

    def add(self, doc: Doc) -> None:
        """Append the tokens of one segment."""
        base = len(self.words)
        for token in doc:
            self.words.append(token.text)
            self.spaces.append(bool(token.whitespace_))
            self.tags.append(token.tag_)
            self.pos.append(token.pos_)
            self.morphs.append(str(token.morph))
            self.lemmas.append(token.lemma_)
            self.deps.append(token.dep_)
            self.heads.append(base + token.head.i)
            self.starts.append(bool(token.is_sent_start))
            kind = token.ent_type_
            self.ents.append(f"{token.ent_iob_}-{kind}" if kind else "O")


def _assemble(vocab: Vocab, text: str, parts: Sequence[tuple[int, Doc]]) -> Doc:
    columns = _Columns()
    at = 0
    for start, doc in parts:
        columns.gap(start - at)
        columns.add(doc)
        at = start + len(doc.text)
    columns.gap(len(text) - at)
    return Doc(
        vocab,
        words=columns.words,
        spaces=columns.spaces,
        tags=columns.tags,
        pos=columns.pos,
        morphs=columns.morphs,
        lemmas=columns.lemmas,
        deps=columns.deps,
        heads=columns.heads,
        sent_starts=None,
        ents=columns.ents,
    )


def doc_to_bytes(doc: Doc) -> bytes:
    """Serialize what the stages read of a Doc."""
    return DocBin(attrs=_ATTRIBUTES, docs=[doc]).to_bytes()


def doc_from_bytes(vocab: Vocab, data: bytes) -> Doc:
    """Return the Doc of `doc_to_bytes`; any English vocab serves, a model's or a blank one's."""
    return next(DocBin().from_bytes(data).get_docs(vocab))


__all__ = ["annotate", "doc_from_bytes", "doc_to_bytes", "load_model", "segments"]
