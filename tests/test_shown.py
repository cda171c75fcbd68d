"""What the model is shown of a page, and that offsets count what stands in the text."""

from __future__ import annotations

import pytest

from pipeline import Pipeline
from pipeline.familiar.words import familiar, own_lemmas, respelt
from pipeline.hyphens import rejoined
from pipeline.joints import joins
from pipeline.shown import begun, plain, shown, unhyphenated


def seen(text: str) -> str:
    marked = plain(text)
    assert len(marked) == len(text)
    return shown(marked[begun(marked) :], joins)[0]


def test_the_model_is_shown_a_noun_for_the_visit_of_a_heading() -> None:
    text = "Visit by the premier to Peru"
    told = familiar(text)
    assert told == "Entry by the premier to Peru"
    words = told.split(" ")
    own = respelt(words, [1] * len(words), text)
    assert " ".join(own) == text
    assert own_lemmas(own, ["entry", *own[1:]])[0] == "visit"
    for other in ("Visit Peru by bus", "A Visit by the premier", "Entry by the premier"):
        assert familiar(other) == other
        assert respelt(other.split(" "), [1] * len(other.split(" ")), other) == other.split(" ")


def test_the_model_is_shown_a_verb_for_the_heads_of_who_sets_out() -> None:
    text = "Mr Ruto heads to Lima"
    told = familiar(text)
    assert told == "Mr Ruto comes to Lima"
    own = respelt(told.split(" "), [1] * 5, text)
    assert " ".join(own) == text
    assert own_lemmas(own, ["Mr", "Ruto", "come", "to", "Lima"])[2] == "head"
    for other in ("EU heads to Lima", "Mr Ruto heads to bed", "the two heads to Lima"):
        assert familiar(other) == other


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("He [arrived](https://example.org/a?b=1) on Monday.", "He arrived on Monday."),
        ('For [talks](/x "tip"), he said.', "For talks, he said."),
        ("**President Ruto** met *Boluarte* here.", "President Ruto met Boluarte here."),
        ("A __bold__ word and snake_case_name.", "A bold word and snake_case_name."),
        ("## Talks in Lima", "Talks in Lima"),
        ("> He came.", "He came."),
        ("![The king](https://x.org/k.jpg)", ""),
        ("In Oslo[^1] and Lima.[2]", "In Oslo and Lima."),
        ("• Mr Ruto came.", "Mr Ruto came."),
        ("14:05 GMT — Mr Ruto came.", "Mr Ruto came."),
        ("[9.30 am]  Mr Ruto came.", "Mr Ruto came."),
        ("At 14:05 GMT he came.", None),
        ("14:05 was the hour.", None),
        ("Kenya`s Indo\u2011Pacific role", "Kenya's Indo-Pacific role"),
        ("Kenya?s guests didn?t leave.", "Kenya's guests didn't leave."),
        ("Did she see Kenya? so he asked; Kenya?said he.", None),
        (
            "Chad &amp; Mali, & the Gambia & President Ruto met",
            "Chad and Mali, and the Gambia and President Ruto met",
        ),
        ("of visas &amp; ports", "of visas and ports"),
        ("Ruiz & Rojas, Peru & Sons, AT&T, 5 & 6 June", None),
        ("Two * three = 6; 5*4; a [note] (of May) stays.", None),
        ("Ranked #1, he > she.", None),
        ('"The [new] envoy", "peace [and] trade"', '"The new envoy", "peace and trade"'),
        ('He met "[t]he envoy [of Chad]."', 'He met "the envoy of Chad."'),
        ('"I told [Petro] so [sic]."', '"I told Petro so [sic]."'),
        ("[Photo: AFP] The king [AFP] came.", None),
    ],
)
def test_marks_of_markdown_are_not_shown(text: str, words: str | None) -> None:
    assert seen(text) == (text if words is None else words)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("the presi-\ndent of the Indo-\n  Pacific", "the president of the Indo-Pacific"),
        ("Mr Witk-\r\noff and Mr Witkoff", "Mr Witkoff and Mr Witkoff"),
        ("state-\nowned firms", "state-owned firms"),
        ("at Baz-\nqar; Baz-qar is far", "at Baz-qar; Baz-qar is far"),
        ("in MUS-\nCAT today", "in MUSCAT today"),
        ("1990-\n1995, a - \nb", "1990- 1995, a - b"),
        ("US-\nChina talks, US-\nled talks", "US-China talks, US-led talks"),
        ("the ex-\npresident of U-\nkraine", "the ex-president of Ukraine"),
    ],
)
def test_halves_of_a_word_are_shown_together(text: str, words: str) -> None:
    listed = {"president", "state", "owned", "us", "led"}
    joined = rejoined(text, listed.__contains__)
    assert len(joined) == len(text)
    assert seen(joined) == words


@pytest.mark.slow
def test_a_scanned_page_and_a_live_page() -> None:
    text = (
        "Kenyan President William Ru-\nto arrived in Li-\nma on Tues-\nday for a visit.\n\n"
        "14:05 GMT  Presi-\ndent Edgars Rinkēvičs had visited Peru in March.\n"
    )
    visits = {
        visit.visitor.name: visit
        for visit in Pipeline().extract(text, published="2024-05-16").visits
    }
    ruto, rinkevics = visits["William Ruto"], visits["Edgars Rinkēvičs"]
    assert (ruto.destination.code, ruto.destination.place, ruto.start) == (
        "PER",
        "Lima",
        "2024-05-14",
    )
    assert (rinkevics.start, rinkevics.status) == ("2024-03", "completed")
    assert all(text[quote.start : quote.end] == quote.text for quote in ruto.evidence)


@pytest.mark.slow
def test_offsets_count_the_marks() -> None:
    text = (
        "# Minister off to Lima\n\n"
        "**Kenyan President William Ruto** [arrived](https://example.org/a) in *Lima* on Tuesday.\n"
        "\n> ![photo](https://example.org/p.jpg)\n\n**\n"
    )
    extraction = Pipeline().extract(text, published="2024-05-16")
    (visit,) = extraction.visits
    assert (visit.visitor.name, visit.destination.code) == ("William Ruto", "PER")
    for evidence in visit.evidence:
        assert text[evidence.start : evidence.end] == evidence.text
    for entity in extraction.entities:
        for mention in entity.mentions:
            assert text[mention.start : mention.end] == mention.text
            assert "*" not in mention.text


def test_the_model_is_shown_verbs_as_it_knows_them() -> None:
    text = "They NORMALISED ties to formalise it, and raised the crisis."
    shown_text = familiar(text)
    assert shown_text == "They NORMALIZED ties to formalize it, and raised the crisis."
    words = shown_text.split(" ")
    assert " ".join(respelt(words, [1] * len(words), text)) == text


def test_the_model_is_shown_a_verb_that_it_knows_for_one_that_it_does_not() -> None:
    text = "Peru, Fiji Sever Ties; it severs ties to SEVER them, the severed tie, and reinstate it."
    told = "Peru, Fiji Break Ties; it breaks ties to BREAK them, the severed tie, and establish it."
    assert familiar(text) == told
    words = told.split(" ")
    own = respelt(words, [1] * len(words), text)
    assert " ".join(own) == text
    lemmas = own_lemmas(own, [word.lower() for word in words])
    # "severed" has the lemma of its verb wherever it stands, shown or not.
    assert [lemma for lemma, word in zip(lemmas, words, strict=True) if lemma != word.lower()] == [
        *("sever", "sever", "sever", "sever"),
        "reinstate",
    ]


def test_the_model_is_shown_a_title_that_it_takes_for_no_verb() -> None:
    text = "He wrote to PM Ruto, told PM Ruto, from 2 to PM, to PM himself."
    told = "He wrote to Mr Ruto, told PM Ruto, from 2 to PM, to PM himself."
    assert familiar(text) == told
    words = told.split(" ")
    assert " ".join(respelt(words, [1] * len(words), text)) == text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "They re-established ties and re-opened missions.",
            "They reestablished ties and reopened missions.",
        ),
        ("THE RE-ESTABLISHMENT OF TIES", "THE REESTABLISHMENT OF TIES"),
        ("It de-recognised Kosovo.", "It derecognised Kosovo."),
        ("on a good-will visit, of good-willed men", "on a goodwill visit, of good-willed men"),
        ("a pre-established re-election in the re-openable hall", None),
    ],
)
def test_what_is_done_again_is_one_word(text: str, words: str | None) -> None:
    joined = unhyphenated(text)
    assert len(joined) == len(text)
    assert shown(joined)[0] == (text if words is None else words)


def test_the_model_is_shown_a_verb_for_what_two_do() -> None:
    text = "King Olaf of Peru and Queen Marta of Fiji meet in Lima. A and Premier Bo visit Oslo."
    told = "King Olaf of Peru and Queen Marta of Fiji fail in Lima. A and Premier Bo enter Oslo."
    assert familiar(text) == told
    words = told.split(" ")
    own = respelt(words, [1] * len(words), text)
    assert " ".join(own) == text
    assert own_lemmas(own, ["fail"] * len(own))[own.index("meet")] == "meet"
    for other in ("The Peru and Fiji visit Monday", "A and B will meet in Lima", "fail and enter"):
        assert familiar(other) == other
        assert respelt(other.split(" "), [1] * len(other.split(" ")), other) == other.split(" ")
