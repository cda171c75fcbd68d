"""Whatever is found, its offsets cut the quoted words out of the article."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from models import Article, Entity, Span
from pipeline.readers import read_inputs
from tests.reading import Reader, Reading

CORPUS = Path(__file__).parents[1] / "corpus" / "articles"
#: Marks of footnotes, which the Doc has as spaces.
NOTE = re.compile(r"(?<=\S)\[(?:\d{1,3}|[a-z])\]")


def spans(reading: Reading) -> Iterator[tuple[int, int, str]]:
    found: list[Span] = [*reading.references]
    found += [mention for entity in reading.of(Entity) for mention in entity.mentions]
    found += [proof for visit in reading.visits for proof in visit.evidence]
    found += [proof for upgrade in reading.upgrades for proof in upgrade.evidence]
    yield from ((span.start, span.end, span.text) for span in found)
    yield from ((date.start, date.end, date.text) for date in reading.dates)


@pytest.fixture(scope="module")
def corpus(reader: Reader) -> list[Reading]:
    read = list(read_inputs([CORPUS]))
    assert read
    assert all(isinstance(article, Article) for article in read)
    return reader.annotate(article for article in read if isinstance(article, Article))


@pytest.mark.slow
def test_offsets_cut_out_what_is_quoted(corpus: list[Reading]) -> None:
    wrong = [
        (reading.article.source_path, start, end, text)
        for reading in corpus
        for start, end, text in spans(reading)
        if reading.article.text[start:end] != text or not text.strip()
    ]
    assert not wrong


@pytest.mark.slow
def test_the_doc_is_as_long_as_its_article(corpus: list[Reading]) -> None:
    for reading in corpus:
        text = NOTE.sub(lambda mark: " " * len(mark[0]), reading.article.text)
        assert len(reading.doc.text) == len(text)
        differing = [
            i
            for i, pair in enumerate(zip(reading.doc.text, text, strict=True))
            if len(set(pair)) > 1
        ]
        # Marks of Markdown, too, and of lists are left out of what the model is shown.
        assert all(text[i].isspace() or text[i] in "*_#>-•–—" for i in differing)
        assert all(reading.doc.text[i].isspace() for i in differing)


@pytest.mark.slow
def test_ids_are_unique_in_an_article(corpus: list[Reading]) -> None:
    for reading in corpus:
        ids = [r.id for r in (*reading.of(Entity), *reading.dates, *reading.visits)]
        ids += [upgrade.id for upgrade in reading.upgrades]
        assert len(set(ids)) == len(ids), reading.article.source_path


@pytest.mark.slow
def test_records_point_at_what_exists(corpus: list[Reading]) -> None:
    for reading in corpus:
        persons = {entity.id for entity in reading.of(Entity)}
        visits = {visit.id for visit in reading.visits}
        for visit in reading.visits:
            assert visit.visitor.entity_id is None or visit.visitor.entity_id in persons
            assert visit.origin is None or visit.origin.code != visit.destination.code
        for upgrade in reading.upgrades:
            codes = [party.code for party in upgrade.parties]
            assert codes == sorted(set(codes))
            assert upgrade.occasion is None or upgrade.occasion in visits
