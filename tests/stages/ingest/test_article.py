from __future__ import annotations

import pytest

from models import Article, Reject
from pipeline.stages.ingest import RawRow, make_article
from pipeline.stages.ingest.language import detect_language, language_code


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The president said that he will travel to the capital of the country on Monday.", "en"),
        ("Le président de la République est arrivé dans la capitale pour une visite.", "fr"),
        ("El presidente de la República llegó a la capital para una visita de los dos.", "es"),
        ("O presidente da República chegou à capital para uma visita que não foi longa.", "pt"),
        ("Der Präsident ist am Montag in der Hauptstadt und wird mit dem Kanzler reden.", "de"),
        ("Presiden akan tiba di ibu kota dengan para menteri untuk pertemuan itu.", "id"),
        ("Chủ tịch nước đã đến thủ đô và có các cuộc hội đàm với thủ tướng trong ngày.", "vi"),
        ("Президент прибыл в столицу и провёл переговоры с премьером.", "ru"),
        ("Президент прибув до столиці та провів переговори з прем'єром, що є його гостем.", "uk"),
        ("وصل الرئيس إلى العاصمة في زيارة إلى البلاد مع وزير الخارجية", "ar"),
        ("総理大臣は月曜日に首都に到着しました。", "ja"),
        ("总理星期一抵达首都进行访问。", "zh"),
        ("대통령이 월요일 수도에 도착했다.", "ko"),
        ("Xi Putin Modi", None),
        ("123 456", None),
        ("", None),
    ],
)
def test_language_by_common_words_and_letters(text, expected):
    assert detect_language(text) == expected


@pytest.mark.parametrize(
    ("stated", "expected"),
    [("en-US", "en"), ("EN", "en"), ("zh_Hans", "zh"), ("English", None), ("", None), (None, None)],
)
def test_stated_language(stated, expected):
    assert language_code(stated) == expected


def test_another_language_is_kept_not_rejected():
    made = make_article(RawRow("a.txt", "El presidente llegó a la capital de los Estados."))
    assert isinstance(made, Article)
    assert made.language == "es"


@pytest.mark.parametrize(
    ("text", "reason"),
    [(None, "no-text"), (5, "no-text"), ("", "empty"), (" \x00\n", "empty"), ("- 1 -", "no-text"),
     ("a" * 101, "too-large"), ("\x01\x02\x03\x04\x05\x06\x07\x08", "binary")],
)  # fmt: skip
def test_rejects_carry_a_reason(text, reason):
    made = make_article(RawRow("a.jsonl", text, row=7), max_characters=100)
    assert isinstance(made, Reject)
    assert (made.reason, made.row, made.source_path) == (reason, 7, "a.jsonl")
    assert made.detail


@pytest.mark.parametrize(
    ("given", "expected"),
    [("a-1", "a-1"), (7, "7"), (7.0, "7"), ("x:y@z.1", "x:y@z.1"), ("../x", None), ("a b", None),
     ("", None), (None, None), (float("nan"), None), ("x" * 200, None), ("é", None)],
)  # fmt: skip
def test_safe_ids_are_kept(given, expected):
    made = make_article(RawRow("a.jsonl", "One came.", row=1, id=given))
    assert isinstance(made, Article)
    assert made.id == expected or (expected is None and made.id.startswith("article-"))
