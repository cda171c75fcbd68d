"""An article's Doc tells what spaCy's own tells."""

from __future__ import annotations

import gc
from typing import Any

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc, Token
from spacy.vocab import Vocab

from pipeline.article_doc import ArticleDoc, ArticleToken
from pipeline.neighbours import word_behind
from pipeline.once_a_doc import once_a_doc

VOCAB = spacy.blank("en").vocab
WORDS = ["Nia", "Dlamini", "flew", "to", "Suva", ".", " ", "SHE", "left", "’s"]
STRINGS = (
    "text",
    "lower_",
    "lemma_",
    "pos_",
    "tag_",
    "dep_",
    "ent_type_",
    "text_with_ws",
    "shape_",
)


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Doc, Doc]:
    """Make a Doc of random words, tree and entities, twice: as spaCy's and as an article's."""
    length = draw(st.integers(1, 12))

    def some(values: list[Any]) -> list[Any]:
        return draw(st.lists(st.sampled_from(values), min_size=length, max_size=length))

    numbers = st.lists(st.integers(0, length - 1), min_size=length, max_size=length)
    # A tree: each word hangs on one that is nearer to the root in some order.
    order = draw(st.permutations(range(length)))
    above = draw(numbers)
    heads = [0] * length
    for at, i in enumerate(order):
        heads[i] = order[above[at] % at] if at and draw(st.booleans()) else i
    arcs = enumerate(zip(heads, some(["dep", "conj"]), strict=True))
    made = {
        "words": some(WORDS),
        "spaces": some([True, False]),
        "heads": heads,
        "deps": ["ROOT" if head == i else dep for i, (head, dep) in arcs],
        "lemmas": some(["fly", "she", ""]),
        "pos": some(["VERB", "PROPN", "X"]),
        "tags": some(["VBD", "NNP", ""]),
        "ents": some(["B-GPE", "O"]),
    }
    return Doc(VOCAB, **made), ArticleDoc(VOCAB, **made)


def places(tokens: Any) -> list[int]:
    return [token.i for token in tokens]


@given(pairs())
@settings(max_examples=300, deadline=None)
def test_tokens(docs: tuple[Doc, Doc]) -> None:
    theirs, mine = docs
    assert mine.text == theirs.text
    assert len(mine) == len(theirs)
    for one, other in zip(mine, theirs, strict=True):
        assert isinstance(one, Token)
        assert one is mine[one.i] is mine[one.i - len(mine)]
        assert all(getattr(one, name) == getattr(other, name) for name in STRINGS)
        assert (one.i, one.idx, len(one)) == (other.i, other.idx, len(other))
        assert one.head.i == other.head.i
        for name in ("children", "lefts", "rights", "subtree", "ancestors", "conjuncts"):
            assert places(getattr(one, name)) == places(getattr(other, name)), name
        assert one.left_edge.i == other.left_edge.i
        assert (one.sent.start, one.sent.end) == (other.sent.start, other.sent.end)


def test_a_mark_by_itself_is_no_root() -> None:
    made: dict[str, Any] = {"words": [".", "Nia", "Nia", "Nia"], "heads": [2, 2, 2, 2]}
    made["deps"] = ["dep", "dep", "ROOT", "dep"]
    theirs, mine = Doc(VOCAB, **made), ArticleDoc(VOCAB, **made)
    assert mine[:2].root.i == theirs[:2].root.i == 1


@given(pairs(), st.data())
@settings(max_examples=300, deadline=None)
def test_spans(docs: tuple[Doc, Doc], data: st.DataObject) -> None:
    theirs, mine = docs
    bound = st.none() | st.integers(-2 * len(mine), 2 * len(mine))
    first, last = data.draw(bound), data.draw(bound)
    span, other = mine[first:last], theirs[first:last]
    assert (span.start, span.end, len(span)) == (other.start, other.end, len(other))
    assert (span.start_char, span.end_char) == (other.start_char, other.end_char)
    assert (span.text, span.lemma_) == (other.text, other.lemma_)
    assert places(span) == places(other)
    inner, within = span[first:last], other[first:last]
    assert (inner.start, inner.end) == (within.start, within.end)
    if len(span):
        assert span.root.i == other.root.i
        assert span[0] is mine[span.start]
        assert span[-1] is mine[span.end - 1]
    assert span == mine[span.start : span.end]
    assert hash(span) == hash(mine[span.start : span.end])
    assert (span == mine[0:1]) == (places(span) == [0])


@given(pairs())
@settings(max_examples=100, deadline=None)
def test_sentences_and_entities(docs: tuple[Doc, Doc]) -> None:
    theirs, mine = docs
    assert [places(span) for span in mine.sents] == [places(span) for span in theirs.sents]
    ents = [[(e.start, e.end, e.label_, e.text) for e in doc.ents] for doc in docs]
    assert ents[0] == ents[1]


def test_a_doc_that_is_let_go_needs_no_collector() -> None:
    def count() -> int:
        return sum(isinstance(each, ArticleToken) for each in gc.get_objects())

    gc.collect()
    gc.disable()
    try:
        before = count()
        doc = ArticleDoc(VOCAB, words=["He", "left", "Lima"], heads=[1, 1, 1], deps=["dep"] * 3)
        doc.kept["sentences"] = list(doc.sents)
        assert count() == before + 3
        doc.let_go()
        assert count() == before
    finally:
        gc.enable()


def test_what_is_read_once_a_doc() -> None:
    read: list[str] = []

    @once_a_doc
    def words(doc: Doc) -> list[str]:
        read.append(doc.text)
        return [token.text for token in doc]

    docs = [ArticleDoc(VOCAB, words=["He", name]) for name in ("left", "came", "stayed")]
    for _ in range(2):
        assert [words(doc)[1] for doc in docs] == ["left", "came", "stayed"]
    assert len(read) == len(docs)
    other = Doc(VOCAB, words=["He", "spoke"])
    assert words(other) is words(other)


def test_what_is_beyond_the_ends() -> None:
    doc = ArticleDoc(VOCAB, words=["He", "left"])
    for at in (2, -3):
        with pytest.raises(IndexError):
            doc[at]
        with pytest.raises(IndexError):
            doc[0:2][at]
    assert list(ArticleDoc(Vocab())) == []
    assert ArticleDoc(Vocab())[0:3].text == ""
    assert isinstance(doc[0:1].as_doc(), Doc)


def test_the_word_behind() -> None:
    doc = ArticleDoc(VOCAB, words=["He", "Left"])
    assert [word_behind(token) for token in doc] == ["left", ""]


def test_neighbours_beyond_the_ends_have_no_words() -> None:
    doc = ArticleDoc(VOCAB, words=["He", "left"], heads=[1, 1], deps=["dep", "ROOT"])
    before, behind = doc[0].nbor(-1), doc[1].nbor()
    assert doc[0].nbor() is doc[1]
    assert (before.i, behind.i) == (-1, 2)
    for edge in (before, behind):
        assert (edge.text, edge.lower_, edge.lemma_, edge.pos_, edge.dep_) == ("",) * 5
        assert edge.head is edge
        assert list(edge.children) == list(edge.ancestors) == []
        assert edge.sent.text == "He left"
