from __future__ import annotations

import pytest
from lxml import html

from models import Article, Reject
from pipeline.readers import read_inputs
from pipeline.readers.from_html import stated_date

PARAGRAPHS = [
    "The prime minister of Samoa landed in Wellington on Monday for a visit of three days.",
    "She is to hold talks with her counterpart on fisheries, climate and seasonal work.",
    "The two governments opened diplomatic relations in the year of Samoa's independence.",
]
PAGE = (
    "<!doctype html><html lang='en-NZ'><head><title>Samoan leader lands | The Paper</title>"
    "<meta property='og:title' content='Samoan leader lands'>"
    "<meta property='og:site_name' content='The Paper'>"
    "<link rel='canonical' href='https://paper.example/2019/07/02/samoa'>"
    "{head}</head><body><nav><a href='/'>Home</a> <a href='/x'>Weather</a></nav>"
    "<article><h1>Samoan leader lands</h1>{body}</article>"
    "<footer>Copyright 2025 The Paper. 5 May 2025</footer></body></html>"
)
LINKED = "<script type='application/ld+json'>{}</script>"
BODY = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)


def read(tmp_path, page: str | bytes) -> Article | Reject:
    path = tmp_path / "a.html"
    path.write_bytes(page if isinstance(page, bytes) else page.encode())
    [made] = read_inputs([path])
    return made


def test_story_and_metadata(tmp_path):
    article = read(tmp_path, PAGE.format(head="", body=BODY))
    assert isinstance(article, Article)
    for paragraph in PARAGRAPHS:
        assert paragraph in article.text
    assert "Weather" not in article.text
    assert article.title == "Samoan leader lands"
    assert article.source == "The Paper"
    assert article.language == "en"
    assert article.url == "https://paper.example/2019/07/02/samoa"
    # The footer's date is not the page's; the url's is.
    assert (article.published, article.published_by) == ("2019-07-02", "url")


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("<meta property='article:published_time' content='2019-07-03T08:00'>", "2019-07-03"),
        ("<meta name='DC.date.issued' content='2019-07-03'>", "2019-07-03"),
        ("<meta itemprop='datePublished' content='3 July 2019'>", "3 July 2019"),
        (LINKED.format('{"@graph": [{"datePublished": "2019-07-03"}]}'), "2019-07-03"),
        (LINKED.format('{"datePublished": "2019-07-03", broken'), "2019-07-03"),
        ("<meta property='article:modified_time' content='2022-01-01'>", None),
        ("", None),
    ],
)
def test_only_a_stated_date_is_metadata(head, expected):
    found = stated_date(html.document_fromstring(PAGE.format(head=head, body=BODY)))
    assert (found and found[: len(expected or "")]) == expected


def test_a_time_element_dates_a_page_that_has_one():
    one = "<time datetime='2019-07-03T10:00'>3 July</time>"
    other = "<time datetime='2018-01-01'>1 January</time>"
    page = html.document_fromstring(PAGE.format(head="", body=one + BODY))
    assert stated_date(page) == "2019-07-03"
    page = html.document_fromstring(PAGE.format(head="", body=one + other + BODY))
    assert stated_date(page) is None


def test_fall_back_where_no_story_is_recognised(tmp_path):
    article = read(tmp_path, "<p>The envoy landed.</p><div>He left<br>again.</div>")
    assert isinstance(article, Article)
    assert "The envoy landed." in article.text


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        ("", "empty"),
        ("<html><head><script>x()</script></head><body></body></html>", "no-text"),
        (b"%PDF-1.4 \xff\xfe\x00", "binary"),
        ("<!-- only a comment -->", "no-text"),
    ],
)
def test_pages_without_a_story(tmp_path, page, reason):
    made = read(tmp_path, page)
    assert isinstance(made, Reject)
    assert made.reason == reason


def test_declared_encoding_is_honoured(tmp_path):
    page = PAGE.format(head="<meta charset='iso-8859-1'>", body=BODY.replace("Samoa ", "Pérou "))
    article = read(tmp_path, page.encode("iso-8859-1"))
    assert isinstance(article, Article)
    assert "Pérou" in article.text


@pytest.mark.parametrize("declared", ["utf-16", "undefined", "cp500", "iso-8859-1", "nosuch"])
def test_utf8_is_read_whatever_a_page_declares(tmp_path, declared):
    for body in (BODY, BODY.replace("Samoa ", "Pérou ")):
        article = read(tmp_path, PAGE.format(head=f"<meta charset='{declared}'>", body=body))
        assert isinstance(article, Article)
        assert ("Pérou" in article.text) == ("Pérou" in body)
        assert "landed in Wellington" in article.text
