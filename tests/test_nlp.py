"""How an article is cut for the model, and put together again."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.attrs import ORTH
from spacy.lexeme import Lexeme
from spacy.tokens import Doc

from models import Article, Upgrade
from pipeline.docs import columns_of, doc_of, pack_columns
from pipeline.errors import ModelError, StoreError
from pipeline.nlp import annotate, load_model, mark_sentence_bounds
from pipeline.parsing import ASKED, SpacyParser
from pipeline.segments import LONGEST, LONGEST_SENTENCE, segments
from pipeline.styles import WHOLE
from tests.reading import MODEL, Reader, Reading, article_of

ROOT = Path(__file__).parents[1]
BLANK = spacy.blank("en")
WRAPPED = (
    "The minister of the island state came to the capital on the mainland, where\n"
    "he met his counterpart and spoke of fish, of boats and of the price of fuel\n"
    "before he flew home.\n"
)
UNWRAPPED = (
    "The minister came to the capital, where he met his counterpart, and spoke of fish, of boats "
    "and of fuel for two hours.\n"
    "He flew home on the same day, said the ministry, and nobody saw him leave from the old "
    "airport by the sea.\n"
)


def cut_of(text: str, cut: int = 0) -> list[str]:
    return [text[start:end] for start, end in segments(text, cuts=(cut,))]


def article(text: str, body_start: int = 0) -> Article:
    return Article(
        id="a", source_path="a.txt", text=text, characters=len(text), body_start=body_start
    )


def test_wrapped_lines_are_one_segment() -> None:
    assert cut_of(WRAPPED) == [WRAPPED.strip()]


def test_long_lines_are_a_segment_each() -> None:
    assert cut_of(UNWRAPPED) == UNWRAPPED.strip().split("\n")


def test_a_title_is_a_segment() -> None:
    assert cut_of(f"Minister in Suva\n\n{WRAPPED}") == ["Minister in Suva", WRAPPED.strip()]
    assert cut_of(f"Minister in Suva\n{UNWRAPPED}")[0] == "Minister in Suva"


def test_two_short_lines_are_not_one() -> None:
    assert cut_of("Lima, Peru\nMinister speaks\n") == ["Lima, Peru", "Minister speaks"]


def test_a_line_that_goes_on_in_lower_case_is_wrapped() -> None:
    assert cut_of("The minister\nflew home.\n") == ["The minister\nflew home."]


@pytest.mark.parametrize(
    "line", ["In 1994, then-Chilean", "He thanked the", "She went to Suva,", "They met in Oslo and"]
)
def test_a_line_that_ends_within_a_sentence_is_wrapped(line: str) -> None:
    text = f"{line}\nMinister Frei came to Suva, {'and ' * 40}left.\n"
    assert cut_of(text) == [text.strip()]


@pytest.mark.parametrize("line", ["Chile and Fiji", "Minister leads the way", "Then and now"])
def test_a_heading_is_not_wrapped(line: str) -> None:
    assert len(cut_of(f"{line}\nMinister Frei came.\n")) == 2


def test_entries_of_a_list_are_a_segment_each() -> None:
    entries = [
        "President Peter Banda of the Republic of Malawi",
        "President Joao Neto of Angola in West Africa",
        "President Cyril Dube of South Africa, the host",
        "Vice President Slumber Tau of Botswana",
    ]
    assert cut_of("\n".join(entries)) == entries
    prose = (
        "The talks were held in the capital. They were led by\n"
        "President Peter Banda of Malawi and by the host. Mr\n"
        "Cyril Dube came with ten ministers and a brass band.\n"
        "Slumber Tau stayed at home."
    )
    assert cut_of(prose) == [
        "\n".join(prose.split("\n")[:3]),
        "Slumber Tau stayed at home.",
    ]


def test_a_short_paragraph_is_wrapped_where_the_others_are() -> None:
    longest = max(map(len, WRAPPED.splitlines()))
    full = "The guest was met at the foot of the steps by the old premier, Mr"
    full += " so" * ((longest - len(full)) // 3)
    short = f"{full}\nFernando Gutierrez."
    title = f"Minister in Suva\n{full}.\n"
    text = f"{WRAPPED}\n{short}\n\n{WRAPPED}\n{title}"
    assert cut_of(text) == [WRAPPED.strip(), short, WRAPPED.strip(), *title.strip().split("\n")]
    assert cut_of(short) == short.split("\n")


def test_paragraphs_of_two_lines_broken_alike_are_wrapped() -> None:
    paragraphs = [
        "The guests at the swearing-in on Monday included the\nMoroccan and Namibian presidents.",
        "They were met at the foot of the steps by the premier\nFernando Gutierrez, who led them.",
        "The visit of the last of them, King Jan, ended with a\nBanquet of the guild.",
    ]
    assert cut_of("\n\n".join(paragraphs)) == paragraphs
    headed = ["King arrives for the talks\nMinister Frei came.", *paragraphs]
    assert len(cut_of("\n\n".join(headed))) > len(headed)


def test_a_row_of_a_table_is_a_segment_and_so_is_the_date_that_heads_it() -> None:
    assert cut_of("| Event | Date |\n|---|---|\n| The king came | 1 May 2009 |\n") == [
        "| Event | Date |",
        "|---|---|",
        "| The king came | 1 May 2009 |",
    ]
    assert cut_of("| 1 May 2009 | The king came |\n2010-07-03 | He came\nand left\n") == [
        "| 1 May 2009",
        "| The king came",
        "|",
        "2010-07-03",
        "| He came",
        "and left",
    ]
    assert cut_of("14:05 GMT | The king came at 5 | 6") == ["14:05 GMT | The king came at 5 | 6"]


def test_the_dateline_ends_a_segment() -> None:
    text = "SUVA, May 17 – The minister came."
    at = text.index("The")
    assert cut_of(text, cut=at) == ["SUVA, May 17 –", "The minister came."]
    assert cut_of(text, cut=0) == [text]


@pytest.mark.parametrize("text", ["", "   ", "\n\n\n", "\t\n \n"])
def test_nothing_to_cut(text: str) -> None:
    assert segments(text) == []


@given(st.text(alphabet=" \n\tab.Ä—é", max_size=120), st.integers(0, 120))
@settings(max_examples=300, deadline=None)
def test_segments_are_in_order_and_hold_all_words(text: str, cut: int) -> None:
    cut = min(cut, len(text))
    bounds = segments(text, cuts=(cut,))
    flat = [offset for bound in bounds for offset in bound]
    assert flat == sorted(flat)
    assert all(start < end for start, end in bounds)
    left_out = list(text)
    for start, end in bounds:
        assert not text[start].isspace()
        assert not text[end - 1].isspace()
        assert not (start < cut < end)
        left_out[start:end] = " " * (end - start)
    assert not "".join(left_out).strip()


@given(st.text(alphabet=" \n\tab.,'’Ä—é😀", max_size=120))
@settings(max_examples=200, deadline=None)
def test_token_offsets_are_those_of_the_article(text: str) -> None:
    (doc,) = annotate(BLANK, [article(text)])
    assert len(doc.text) == len(text)
    for token in doc:
        quoted = text[token.idx : token.idx + len(token)]
        hidden = token.is_space and not any(map(str.isalnum, quoted))  # a gap, the mark of a list
        assert quoted == token.text or hidden or "\n" in quoted


def test_articles_keep_their_order_and_empty_ones_their_place() -> None:
    texts = ["One came.", "", f"Title\n\n{WRAPPED}", "  \n ", "Two left."]
    docs = list(annotate(BLANK, [article(text) for text in texts]))
    assert [doc.text.replace("\n", " ") for doc in docs] == [t.replace("\n", " ") for t in texts]


def test_a_line_break_reads_as_a_space_inside_a_segment() -> None:
    (doc,) = annotate(BLANK, [article("The minister\nflew home.")])
    assert doc.text == "The minister flew home."


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        (
            "Ties date from 1991.[1][2] Fiji came.[note 3]",
            "Ties date from 1991.       Fiji came.        ",
        ),
        ("Fiji[a] and Chad[citation needed]", "Fiji    and Chad                 "),
        ("The [1] is kept, [sic] too, a[x+1] and 1[2000]", None),
    ],
)
def test_marks_of_footnotes_read_as_spaces(text: str, plain: str | None) -> None:
    (doc,) = annotate(BLANK, [article(text)])
    assert doc.text == (plain or text)


def test_a_doc_survives_its_bytes() -> None:
    (doc,) = annotate(BLANK, [article("The minister\n\nflew home. “Ü”")])
    again = doc_of(spacy.blank("en").vocab, pack_columns(columns_of(doc)))
    assert [token.text_with_ws for token in again] == [token.text_with_ws for token in doc]
    assert [token.idx for token in again] == [token.idx for token in doc]


@pytest.mark.slow
def test_words_met_in_names_alone_are_known_without_the_model(reader: Reader) -> None:
    article = article_of("Baiba Kazlauskis met the minister in Lima.")
    parser = SpacyParser(MODEL)
    read = parser.read(parser.parse(article))
    [ours] = reader.annotate([article])
    for doc in (read, ours.doc):
        assert [doc[i].text for i in sorted(doc.unseen)] == ["Baiba", "Kazlauskis"]


@pytest.mark.parametrize("data", [b"", b"no Doc", pack_columns(columns_of(BLANK("a b")))[:-9]])
def test_bytes_that_are_no_doc(data: bytes) -> None:
    with pytest.raises(StoreError, match="damaged Doc"):
        doc_of(BLANK.vocab, data)


@pytest.mark.parametrize("text", ["He came. " * 5000, "word " * 9000, "x" * 45_000])
def test_a_long_segment_is_cut(text: str) -> None:
    bounds = segments(text)
    longest = LONGEST if "." in text else LONGEST_SENTENCE
    assert all(end - start <= longest for start, end in bounds)
    assert sum(end - start for start, end in bounds) >= len(text.strip()) - len(bounds)
    if "." in text:
        assert all(text[start:end].endswith("came.") for start, end in bounds)


def test_a_sentence_without_end_is_cut_where_it_draws_breath() -> None:
    clause = "the president of Peru went to Chile and came home again"
    text = f"He spoke. She left. {'; '.join([clause] * 120)}. All was well."
    pieces = cut_of(text)
    assert len(pieces) > 2
    assert pieces[0].startswith(f"He spoke. She left. {clause}; ")
    assert all(piece.endswith(";") for piece in pieces[:-1])
    assert pieces[-1].endswith(f"{clause}. All was well.")


@pytest.mark.parametrize(
    ("text", "starts"),
    [
        ("He came. She left.", {"She": True}),
        ("He came ; She left.", {"She": False}),
        ("He said it ( quietly . ) Then left.", {"Then": True}),
        ("The U.S. President came.", {"President": None}),
        ("He came. and left.", {"and": False}),
    ],
)
def test_sentence_bounds(text: str, starts: dict[str, bool | None]) -> None:
    doc = mark_sentence_bounds(BLANK.make_doc(text))
    told = {None: 0, True: 1, False: -1}
    array = {
        token.text: value for token, value in zip(doc, doc.to_array("SENT_START"), strict=True)
    }
    signed = {word: int(value) if value < 2 else -1 for word, value in array.items()}
    for word, start in starts.items():
        assert signed[word] == told[start]


def test_a_model_that_is_not_installed() -> None:
    with pytest.raises(ModelError, match="communique doctor"):
        load_model("no_such_pipeline")


def test_a_model_without_a_parser(tmp_path) -> None:
    BLANK.to_disk(tmp_path)
    with pytest.raises(ModelError, match="has no parser"):
        load_model(str(tmp_path))


def test_stages_ask_of_words_only_what_their_vocabulary_works_out() -> None:
    ours = "|".join(name for name in dir(Lexeme) if name.startswith(("is_", "like_")))
    theirs = "norm_?|shape_?|prefix_?|suffix_|cluster|prob|lang_?"
    pattern = re.compile(rf"\b(?:\w*token|t|c|doc\[[^\]]+\])\.({ours}|{theirs})\b")
    packages = ("stages", "discourse")
    files = (path for name in packages for path in (ROOT / "pipeline" / name).rglob("*.py"))
    asked = {name for path in files for name in pattern.findall(path.read_text("utf-8"))}
    assert "is_alpha" in asked
    assert asked - {"is_sent_start"} <= set(ASKED)


def test_words_tell_the_same_as_in_a_whole_vocabulary() -> None:
    words = ["Suva", "the", "17", "U.S.", ",", "\n\n", "’s", "UN", "twenty-one", "é", "½"]
    ours = doc_of(SpacyParser(MODEL)._vocab, pack_columns(columns_of(Doc(BLANK.vocab, words))))
    assert ours.text == Doc(BLANK.vocab, words).text
    for mine, theirs in zip(ours, Doc(BLANK.vocab, words), strict=True):
        for name in ASKED:
            wanted = getattr(theirs, f"{name}_" if name == "lower" else name)
            assert getattr(mine, f"{name}_" if name == "lower" else name) == wanted, (theirs, name)


SINGLE = (
    "Kenyan President William Ruto will visit Sri Lanka (1-2 August), New Zealand (4 August) and "
    "Papua New Guinea (6-7 August). He met Fijian Prime Minister Ana Tora in Suva last week."
)


def told(reading: Reading) -> list[tuple[str | None, str, str | None]]:
    return [(v.visitor.name, v.destination.code, v.start) for v in reading.visits]


@pytest.mark.slow
@pytest.mark.parametrize("gap", ["  ", "   ", "\t", " \t", "\u00a0\u2009"])
def test_doubled_spaces_change_nothing_but_offsets(reader: Reader, gap: str) -> None:
    text = SINGLE.replace(" ", gap)
    reading = reader.read(text)
    assert len(told(reading)) == 4
    assert told(reading) == told(reader.read(SINGLE))
    assert reading.doc.text == "".join(" " if c.isspace() else c for c in text)
    names = {e.name: e for e in reading.entities("person")}
    assert set(names) == {"William Ruto", "Ana Tora"}
    (mention,) = names["Ana Tora"].mentions
    assert text[mention.start : mention.end] == f"Ana{gap}Tora"


@pytest.mark.slow
def test_words_before_doubled_spaces_are_as_others(reader: Reader) -> None:
    doc = reader.read("He met A,  who  left.").doc
    comma, who = doc[3], doc[4]
    assert [(t.text, len(t), t.idx, t.text_with_ws) for t in (comma, who)] == [
        (",", 1, 8, ", "),
        ("who", 3, 11, "who "),
    ]
    assert comma.is_punct
    assert not comma.is_alpha
    assert who.is_alpha
    assert who.is_stop
    assert who.is_lower
    assert not any((who.is_upper, who.is_title, who.is_digit, who.is_punct))


@pytest.mark.slow
def test_wide_gaps_part_columns(reader: Reader) -> None:
    doc = reader.read("Name      Country      Year").doc
    assert any(token.is_space for token in doc)


@pytest.mark.slow
def test_marks_of_footnotes_leave_no_gap(reader: Reader) -> None:
    doc = reader.read("Ruto[1] flew to Suva[2][note 3] and left.[4]").doc
    assert [token.text for token in doc][:6] == ["Ruto", "flew", "to", "Suva", "and", "left"]
    assert doc[4].idx == len("Ruto[1] flew to Suva[2][note 3] ")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("mark", "plain", "marked"),
    [
        ("\u00ad", "iji", "\u00adiji"),
        ("\u00ad", "tegic", "\u00adtegic"),
        ("\u00ad", "liam", "\u00adliam"),
        ("\u200b", " ", " \u200b"),
        ("&#39;", "'", "&#39;"),
        ("\u0301", "Wi", "Wi\u0301"),
    ],
)
def test_what_no_reader_sees_hides_nothing(
    reader: Reader, mark: str, plain: str, marked: str
) -> None:
    text = (
        "Kenyan President William Ruto raised his country's ties with Fiji to a strategic "
        "partnership on Tuesday."
    ).replace(plain, marked)
    assert mark in text
    reading = reader.read(text)
    (upgrade,) = reading.of(Upgrade)
    assert ([p.code for p in upgrade.parties], upgrade.level) == (
        ["FJI", "KEN"],
        "strategic_partnership",
    )
    (person,) = reading.entities("person")
    assert person.name in {"William Ruto", "Wílliam Ruto"}
    (mention,) = person.mentions
    assert text[mention.start : mention.end] == mention.text
    assert mention.text.endswith("Ruto")
    assert len(reading.doc.text) == len(text)


@pytest.mark.slow
@pytest.mark.parametrize(
    "text", ["\u200b", "\u00ad\u00ad", "a\n\n\ufeff\n\nb", "\u200b \u200b.", "\x1f"]
)
def test_a_segment_of_what_nobody_sees_is_kept(reader: Reader, text: str) -> None:
    doc = reader.annotate([article(text)])[0].doc
    assert len(doc.text) == len(text)
    assert all(token.text for token in doc)


@pytest.mark.slow
def test_a_model_is_loaded_with_all_rules_of_its_tokenizer(reader: Reader) -> None:
    ours, theirs = reader.nlp.tokenizer, spacy.load(MODEL).tokenizer
    whole = {style: [{ORTH: style}] for style in WHOLE}  # "Hon. Ana Ruiz", one word each
    assert ours.rules == theirs.rules | whole
    assert [token.text for token in ours("by Hon. Ana Ruiz")] == ["by", "Hon.", "Ana", "Ruiz"]
    assert ours.suffix_search.__self__.pattern.startswith(theirs.suffix_search.__self__.pattern)
    for text in ("Gov. Ruiz can't go (U.K. and U.S.).", "$5bn, 3km; gonna e.g. O'Neill's"):
        assert [token.text for token in ours(text)] == [token.text for token in theirs(text)]
    assert [token.text for token in ours("in June.(Ana")] == ["in", "June", ".", "(", "Ana"]


def test_lines_behind_a_colon_are_a_segment_each() -> None:
    guests = ["Mr Peter Kaupa, the Fijian prime minister", "Juan Ruiz, the Peruvian premier"]
    assert cut_of("\n".join(["Also present at the talks were:", *guests]))[1:] == guests
    assert len(cut_of(f"It was agreed:\n{WRAPPED}")) < len(WRAPPED.splitlines()) + 1
