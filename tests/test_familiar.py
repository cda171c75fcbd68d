"""Words that a model takes for others, and what it is shown for them."""

from __future__ import annotations

import pytest

from pipeline.familiar.headline_verbs import HeadlineVerb, headline_verbs, with_known_verbs
from pipeline.familiar.land_nouns import with_known_nouns
from pipeline.familiar.shown_words import Shown, shown_words
from pipeline.familiar.words import familiar, own_lemmas, respelt


@pytest.mark.parametrize("row", headline_verbs().values(), ids=lambda row: row.id)
def test_a_verb_of_headlines_is_shown_behind_whom_the_line_is_about(row: HeadlineVerb) -> None:
    assert len(row.shown) == len(row.id)
    told = with_known_verbs(row.example)
    assert told == row.example.replace(f" {row.id} ", f" {row.shown} ", 1) != row.example
    assert with_known_verbs(row.counter) == row.counter
    words = told.split(" ")
    own = respelt(words, [1] * len(words), row.example)
    assert " ".join(own) == row.example
    assert own_lemmas(own, words)[own.index(row.id)] == row.lemma


@pytest.mark.parametrize("row", shown_words(), ids=lambda row: row.id)
def test_a_word_is_shown_as_another_where_the_model_takes_it_for_one(row: Shown) -> None:
    assert len(row.shown) == len(row.word)
    told = familiar(row.example)
    assert row.shown in told.split(" ")
    assert row.shown not in familiar(row.counter).split(" ")
    words = told.split(" ")
    assert " ".join(respelt(words, [1] * len(words), row.example)) == row.example
    if row.lemma is not None:
        assert own_lemmas([row.word], [row.shown]) == [row.lemma]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Slovak minister ends Poland visit", "Slovak minister ends Poland party"),
        (
            "Ruto signs deal on New Zealand tour again",
            "Ruto seeks deal on New Zealand trip again",
        ),
        ("Ghana: Boric scraps Ankara visit Monday", "Ghana: Boric denies Ankara party Monday"),
        ("Fans from Poland visit the city", None),
        ("The team will, as Poland visit, train", None),
        ("Ruto's plans for peace", None),
        ("The foreign minister's lands in Peru", None),
        ("He said that Ruto signs deals", None),
        (
            "A dam was opened by visiting Cuban President X",
            "A dam was opened by powerful Cuban President X",
        ),
        ("Lima gave visiting Premier X grain", "Lima gave powerful Premier X grain"),
        ("a dinner for visiting Malian Minister X", "a dinner for powerful Malian Minister X"),
        ("He angered us by visiting Cuban President X", None),
        ("He looks forward to visiting Premier X", None),
        ("He was fined for visiting Premier X", None),
        ("He denied visiting Premier X", None),
        ("It rained. Ruto signs deals", "It rained. Ruto seeks deals"),
    ],
)
def test_headlines_are_shown_as_the_model_knows_them(text: str, told: str | None) -> None:
    assert familiar(text) == (text if told is None else told)
    words = familiar(text).split(" ")
    assert " ".join(respelt(words, [1] * len(words), text)) == text


def test_a_noun_behind_a_land_stays_one_by_its_own_name() -> None:
    text = "ends Poland visit"
    assert with_known_nouns(f"She {text}") == "She ends Poland party"
    assert own_lemmas(text.split(), ["end", "Poland", "party"]) == ["end", "Poland", "visit"]


def test_a_headline_in_capitals_keeps_its_own_words() -> None:
    words = ["Ruto", "seeks", "deal", "on", "Lima", "party"]
    assert respelt(words, [1] * 6, "Ruto Signs Deal on Lima Visit") == [
        "Ruto",
        "Signs",
        "deal",
        "on",
        "Lima",
        "Visit",
    ]
