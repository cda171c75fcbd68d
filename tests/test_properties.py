"""What holds whatever the texts, the files and their order are."""

from __future__ import annotations

import random
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models import Article, Record, Reject
from pipeline.config import load_settings
from pipeline.runner import run
from pipeline.stages.dates.find import find_dates
from pipeline.stages.ingest import RawRow, make_article
from tests import fakes
from tests.endurance.odd import PIECES, SENTENCES
from tests.invariants import broken
from tests.reading import Reader

#: Texts of sentences that tell something, pieces that disturb, and anything else.
TEXTS = st.lists(
    st.one_of(st.sampled_from(SENTENCES), st.sampled_from(PIECES), st.text(max_size=12)),
    min_size=1,
    max_size=14,
).flatmap(lambda parts: st.sampled_from([" ", "\n", ""]).map(lambda gap: gap.join(parts)))
#: Texts of which each is one way or the other, in words and length.
ODD = {
    "a day that is none": "She visited Peru on February 30, 2024 and left on 31 April, 29/2/2023.",
    "right to left": "زار الرئيس \u202eMaria Salas\u202c and visited Peru on Monday. שלום",
    "joined letters": "President Hu\u0301go\u200d Sal\u200bas visited Pe\u00adru\ufeff.",
    "other languages": "El presidente llegó. Президент прибыл в Пекин. 首相は北京を訪問した。",
    "surrogates": "President \ud83d Salas visited \udc00Chile\ud83d\ude00 on Monday.",
    "one word": "visited " * 1_500,
    "brackets": "(" * 400 + "Peru visited Chile" + ")" * 400,
    "no space": "ThePresidentofPeruvisitedChile." * 200,
    "marks": "“‘’”–—…!?" * 100 + " Peru visited Chile.",
    "numbers": "2024 12 31 99 0000 1e9 ²³½ ٣٤ " * 150,
    "capitals": "PRESIDENT HUGO SALAS OF PERU VISITED CHILE ON MONDAY. " * 60,
    "emoji": "🇵🇪 President 👩‍👩‍👧 Salas visited 🇨🇱 on Monday 😀. " * 20,
}
#: Sentences with a list of places, of guests, of partners that may end in each of its words.
BREAKING_OFF = (
    "The President of Peru visited Chile, Bolivia and then Ecuador, followed by Panama",
    "The treaty was signed in Lusaka on Monday. Also present were Claudia Sheinbaum of Mexico and",
    "Kenya raised its ties with Norway, Latvia and Togo to a strategic partnership, as well as",
)


def records(reader: Reader, article: Article) -> list[Record]:
    (reading,) = reader.annotate([article])
    return [record for rows in reading.rows.values() for record in rows]


@pytest.mark.slow
@pytest.mark.parametrize("kind", ODD)
def test_odd_texts_are_read(reader: Reader, kind: str) -> None:
    article = make_article(RawRow("odd.txt", ODD[kind], published="2024-05-17"))
    assert isinstance(article, Article)
    article.text.encode()
    found = records(reader, article)
    assert broken(article, found) == []
    assert records(reader, article) == found


@pytest.mark.slow
def test_texts_that_break_off_are_read(reader: Reader) -> None:
    """At every word of a sentence, as a text does that somebody cut to a length."""
    cut = {
        " ".join(words[:count])
        for words in (text.split() for text in (*SENTENCES, *BREAKING_OFF))
        for count in range(1, len(words) + 1)
    }
    rows = [RawRow("cut.txt", text, id=text, published="2024-05-17") for text in sorted(cut)]
    made = [article for row in rows if isinstance(article := make_article(row), Article)]
    for article, reading in zip(made, reader.annotate(made), strict=True):
        found = [record for rows in reading.rows.values() for record in rows]
        assert broken(article, found) == []


@pytest.mark.slow
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(text=TEXTS)
def test_offsets_cut_out_what_is_quoted_and_ids_are_unique_and_stable(
    reader: Reader, text: str
) -> None:
    article = make_article(RawRow("drawn.txt", text, published="2024-05-17"))
    if isinstance(article, Reject):
        assert article.reason in {"empty", "no-text", "binary"}
        return
    found = records(reader, article)
    assert broken(article, found) == []
    assert records(reader, article) == found


@settings(max_examples=100, deadline=None)
@given(text=TEXTS, published=st.sampled_from([None, "2024", "2024-02", "2024-02-29", "9999-12-31"]))
def test_no_date_ends_before_it_begins(text: str, published: str | None) -> None:
    article = fakes.article("drawn", text)
    assert broken(article, list(find_dates(text, published=published))) == []


#: Articles by number; "boom" makes a stage fail on one.
INPUTS = st.lists(
    st.one_of(
        st.integers(0, 7).map(lambda n: fakes.article(f"{n}", f"Anna met Boris in {1990 + n}")),
        st.integers(0, 3).map(lambda n: fakes.article(f"b{n}", f"Dora boom {n}")),
        st.integers(1, 3).map(lambda n: Reject(source_path="in/x.csv", row=n, reason="bad-csv")),
    ),
    max_size=10,
)


@settings(max_examples=10, deadline=None)
@given(first=INPUTS, second=INPUTS, seed=st.integers(0, 99))
def test_what_is_read_is_done_rejected_or_unchanged(
    first: list[Article | Reject], second: list[Article | Reject], seed: int
) -> None:
    sections = load_settings(run={"batch_characters": 60})
    with tempfile.TemporaryDirectory() as top:
        for inputs in (first, second, second):
            counts = run(fakes.build, sections, Path(top) / "out", inputs).manifest.input
            assert counts.read == counts.done + counts.rejected + counts.unchanged
            named = {item.id for item in inputs if isinstance(item, Article)}
            assert counts.read == len(named) + sum(isinstance(i, Reject) for i in inputs)
        shuffled = list(second)
        random.Random(seed).shuffle(shuffled)
        run(fakes.build, sections, Path(top) / "other", shuffled)
        assert fakes.sums(Path(top) / "other") == fakes.sums(Path(top) / "out")
