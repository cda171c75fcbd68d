"""The columns of an article's Doc: put together from its segments, and carried to disk and back."""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.attrs import DEP, ENT_IOB, ENT_TYPE, HEAD, LEMMA, MORPH, POS, TAG
from spacy.tokens import Doc
from spacy.vocab import Vocab

from pipeline.article_doc import ArticleDoc
from pipeline.errors import StoreError
from pipeline.shown import word_of

_STRINGS = ("words", "tags", "pos", "morphs", "lemmas", "deps", "labels")
_NUMBERS = ("spaces", "heads", "iobs", "unseen")
#: The columns by the attributes of tokens that tell them.
_TOLD = {"lemma_": "lemmas", "pos_": "pos", "tag_": "tags", "dep_": "deps", "ent_type_": "labels"}
_LEVEL = 3
#: How spaCy counts the parts of an entity: inside, outside, at its beginning.
INSIDE, OUTSIDE, BEGIN = 1, 2, 3


@dataclass
class Columns:
    """A Doc by its columns; heads are relative, entities as spaCy counts their parts.

    A word may hold what the model was not shown, as one space of "Sri  Lanka" (`pipeline.shown`).
    """

    words: list[str] = field(default_factory=list)
    spaces: list[int] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    pos: list[str] = field(default_factory=list)
    morphs: list[str] = field(default_factory=list)
    lemmas: list[str] = field(default_factory=list)
    deps: list[str] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    iobs: list[int] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    #: Whether a word is in small letters none of the model's language; empty where nobody asked.
    unseen: list[int] = field(default_factory=list)

    def gap(self, length: int) -> None:
        """Stand for `length` characters of white space between segments."""
        if length <= 0:
            return
        if self.words:
            self.spaces[-1] = 1
            length -= 1
        if length:
            self.words.append(" " * length)
            self.tags.append("_SP")
            self.pos.append("SPACE")
            self.deps.append("dep")
            self.iobs.append(OUTSIDE)
            for numbers in (self.spaces, self.heads):
                numbers.append(0)
            for texts in (self.morphs, self.lemmas, self.labels):
                texts.append("")

    def extend(self, other: Columns) -> None:
        """Append the tokens of other columns."""
        for column in fields(self):
            getattr(self, column.name).extend(getattr(other, column.name))


def columns_of(doc: Doc) -> Columns:
    """Return the columns of a Doc."""
    return Columns(
        words=[token.text for token in doc],
        spaces=[int(bool(token.whitespace_)) for token in doc],
        tags=[token.tag_ for token in doc],
        pos=[token.pos_ for token in doc],
        morphs=[str(token.morph) for token in doc],
        lemmas=[token.lemma_ for token in doc],
        deps=[token.dep_ for token in doc],
        heads=[token.head.i - token.i for token in doc],
        iobs=[token.ent_iob or OUTSIDE for token in doc],
        labels=[token.ent_type_ for token in doc],
    )


def pack_columns(columns: Columns) -> bytes:
    """Serialize columns: their strings as JSON, then numbers, compressed."""
    texts = [getattr(columns, name) for name in _STRINGS]
    numbers = {text: n for n, text in enumerate(dict.fromkeys(chain.from_iterable(texts)))}
    rows = [list(map(numbers.__getitem__, column)) for column in texts]
    rows += [getattr(columns, name) or [0] * len(columns.words) for name in _NUMBERS]
    table = json.dumps(list(numbers), ensure_ascii=False).encode("utf-8", "surrogatepass")
    body = np.array(rows, dtype="<i4").tobytes()
    return zlib.compress(len(table).to_bytes(4, "little") + table + body, _LEVEL)


def doc_of(vocab: Vocab, data: bytes) -> Doc:
    """Return the Doc of packed columns; any English vocab serves, a model's or a blank one's.

    Raises:
        StoreError: the bytes are none of ours.
    """
    table, body = _unpacked(data)
    try:
        rows = np.frombuffer(body, dtype="<i4").reshape(len(_STRINGS) + len(_NUMBERS), -1)
    except ValueError as error:
        raise StoreError(f"the store holds a damaged Doc: {error}") from error
    return _build(vocab, table, dict(zip((*_STRINGS, *_NUMBERS), rows, strict=True)))


def words_of(data: bytes) -> str:
    """Return all words and lemmas of packed columns, in lower case, a line each.

    Among them are the names of tags and labels.

    Raises:
        StoreError: the bytes are none of ours.
    """
    table, _ = _unpacked(data)
    return "\n".join(map(word_of, table)).lower()


def _unpacked(data: bytes) -> tuple[list[str], bytes]:
    """Return the strings of packed columns, and their numbers."""
    try:
        plain = zlib.decompress(data)
        size = 4 + int.from_bytes(plain[:4], "little")
        return json.loads(plain[4:size].decode("utf-8", "surrogatepass")), plain[size:]
    except (zlib.error, ValueError) as error:
        raise StoreError(f"the store holds a damaged Doc: {error}") from error


def _build(vocab: Vocab, table: Sequence[str], rows: dict[str, NDArray[np.int32]]) -> Doc:
    numbers = rows["words"].tolist()
    words = list(map(table.__getitem__, numbers))
    spaces = rows["spaces"].astype(bool).tolist()
    doc = ArticleDoc(vocab, words=words, spaces=spaces)
    if not words:
        return doc
    pairs = zip(words, spaces, strict=True)
    doc.text = "".join([f"{word} " if space else word for word, space in pairs])
    ids = np.array([vocab.strings.add(text) for text in table], dtype=np.uint64)
    columns = {
        TAG: ids[rows["tags"]],
        POS: ids[rows["pos"]],
        MORPH: ids[rows["morphs"]],
        LEMMA: ids[rows["lemmas"]],
        DEP: ids[rows["deps"]],
        HEAD: rows["heads"].astype(np.int64).astype(np.uint64),
        ENT_IOB: rows["iobs"].astype(np.uint64),
        ENT_TYPE: ids[rows["labels"]],
    }
    values: Any = np.stack(list(columns.values()), axis=1)
    doc.from_array(list(columns), values)
    # Nearly all are words of plain letters, which stand as they were shown.
    bare = [text if text.isascii() and text.isalnum() else word_of(text) for text in table]
    lower = [text.lower() for text in bare]
    padded = frozenset(number for number, text in enumerate(table) if bare[number] != text)
    doc.unseen = frozenset(np.flatnonzero(rows["unseen"]).tolist())
    doc.wide = frozenset(i for i, n in enumerate(numbers) if n in padded) if padded else padded
    doc.known = {
        "text": list(map(bare.__getitem__, numbers)),
        "lower_": list(map(lower.__getitem__, numbers)),
        **{
            name: list(map(table.__getitem__, rows[column].tolist()))
            for name, column in _TOLD.items()
        },
    }
    return doc


__all__ = [
    "BEGIN",
    "INSIDE",
    "OUTSIDE",
    "Columns",
    "columns_of",
    "doc_of",
    "pack_columns",
    "words_of",
]
