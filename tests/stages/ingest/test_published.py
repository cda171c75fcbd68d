from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from pipeline.datelines.calendar import match_date
from pipeline.errors import ConfigError
from pipeline.stages.ingest.pagetop import find_page_date
from pipeline.stages.ingest.published import (
    check_option,
    date_in_path,
    read_date,
    resolve,
    story_day,
)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2024", "2024"),
        ("2024-08", "2024-08"),
        ("2024-08-18", "2024-08-18"),
        ("2024-08-18T10:00:00+07:00", "2024-08-18"),
        ("2024-08-18 23:59", "2024-08-18"),
        ("20240818", "2024-08-18"),
        ("18 August 2024", "2024-08-18"),
        ("August 18, 2024", "2024-08-18"),
        ("Aug. 18th 2024", "2024-08-18"),
        ("Tue, 27 Jun 2017 13:10:35 +0000", "2017-06-27"),
        ("2016/11/7 16:19:10", "2016-11-07"),
        ("19.12.2017", "2017-12-19"),
        ("12/31/2019", "2019-12-31"),
        ("Thursday, 07/03/2019", "2019-03-07"),
        ("07/03/2019", "2019"),
        ("18 août 2024", "2024-08-18"),
        (date(2024, 8, 18), "2024-08-18"),
        (datetime(2024, 8, 18, 5, tzinfo=UTC), "2024-08-18"),
        (1723939200, "2024-08-18"),
        (1723939200000.0, "2024-08-18"),
        (20240818, "2024-08-18"),
        (2024, "2024"),
        ("2024-02-30", None),
        ("2024-13-01", None),
        ("yesterday", None),
        ("12", None),
        ("", None),
        (None, None),
        (float("nan"), None),
        ("0001-01-01", None),
    ],
)
def test_stated_dates(value, expected):
    assert read_date(value) == expected


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("https://a.example/2024/05/16/title", "2024-05-16"),
        ("https://a.example/2024/5/6/title", "2024-05-06"),
        ("https://a.example/world/2015-09/25/content_36.htm", "2015-09-25"),
        ("https://a.example/n3/2020/0516/c90000-1.html", "2020-05-16"),
        ("https://a.example/20240516/t20240517_99.html", "2024-05-16"),
        ("https://a.example/stories/201902110889.html", "2019-02-11"),
        ("https://a.example/2024/may/16/title", "2024-05-16"),
        ("https://a.example/11-Nov-2020/title", "2020-11-11"),
        ("https://a.example/2024/05/title", "2024-05"),
        ("https://a.example/page/202405/1265.shtml", "2024-05"),
        ("https://a.example/news/197201/flood-victims", None),
        ("https://a.example/news/202405/flood-victims", None),
        ("2024-05-16_visit.txt", "2024-05-16"),
        ("visit_20240516.txt.gz", "2024-05-16"),
        ("000_33ba3a5163696325.txt", None),
        ("https://a.example/2024/13/45/x", None),
        ("https://a.example/detail/20248/34442.vgp", None),
        ("a20240516b.txt", None),
        ("agenda-2063-vision.html", None),
        ("120240516.txt", None),
    ],
)
def test_dates_in_urls_and_file_names(path, expected):
    assert date_in_path(path) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Premier lands\n\n13:15, June 05, 2012\n\nThe premier landed.", "2012-06-05"),
        ("Premier lands\nSource:Agency Published: 2016/11/7 16:19:10\nText.", "2016-11-07"),
        ("Premier lands\n\nThursday, 07/03/2019 11:40\nText.", "2019-03-07"),
        ("19.12.2017 [11:52]\n\nText.", "2017-12-19"),
        ("Premier lands\n\nThe Suva Post - Saturday, June 2, 2007\n\nText.", "2007-06-02"),
        ("Premier lands\n\nSuva Times | 02 Jun 2007, 10:15 IST\n\nText.", "2007-06-02"),
        ("Premier lands\n\n(AFP) 02 June 2007\n\nText.", "2007-06-02"),
        ("Premier lands\n\nIt was founded on 2 June 2007\n\nText.", None),
        ("Premier lands\nAugust 20, 2018 12:17 PM GMT+7\nText.", "2018-08-20"),
        ("Premier lands\nPosted on 3 May 2011 by editor\nText.", "2011-05-03"),
        ("By A Writer 01 August 2018, 12:00AM\nText.", "2018-08-01"),
        ("Jane WriterAugust 30, 2018\n\nText.", "2018-08-30"),
        ("For Immediate Release            May 27, 1999\n\nText.", "1999-05-27"),
        ("Published: Thu 9 Dec 2021, 7:10 AM\nText.", "2021-12-09"),
        (" date 2018-11-15 Premier lands\n\nText.", "2018-11-15"),
        ("Premier lands\n\n*07:16 PM, Monday, June 10, 2019*\n\nText.", "2019-06-10"),
        ("QPW20011001.2021.0521 NEWS STORY 2001-10-01 20:56:35\nPremier lands\n", "2001-10-01"),
        ("Premier lands in Lima - QNN - 19.12.2017\n\nText.", "2017-12-19"),
        ("Premier lands and is met by ministers " * 5 + "\n\n5 May 2019\n\nText.", "2019-05-05"),
        ("Premier lands in Lima - QNN - 09.02.2023\n\nText.", "2023-02-09"),
        ("Media Statement\n" + "Text. " * 60 + "\nThursday, 19 July 2012\n", "2012-07-19"),
        ("Statement\n" + "Text. " * 60 + "\nThursday, 19 July 2012\n", None),
        ("Media Statement\nText.\nThe premier left on 19 July 2012", None),
        (
            "A headline lost in its text. " * 12 + "\n\n*12:36 AM, Tuesday, June 10, 2025*",
            "2025-06-10",
        ),
        ("A headline lost in its text. " * 12 + "\n\nTuesday, June 10, 2025", None),
        (
            "A headline lost in its text. " * 12 + "\n\nHe left at 12:36 on Tuesday, June 10, 2025",
            None,
        ),
        ("Premier lands - in May of 2019\n\nText.", None),
        ("The premier landed in Lima on June 5, 2012.\nText.", None),
        ("A chronology\n\n3 May 1998\nTalks.\n\n4 June 1999\nMore talks.", None),
        ("Treaty of May 5, 2019 signed by both\nText.", None),
        ("A story. " * 40 + "\nPublished: 5 May 2019", None),
        ("", None),
    ],
)
def test_date_at_the_top_of_a_page(text, expected):
    found = find_page_date(text)
    assert (found and found.partial()) == expected


def resolved(**given):
    defaults = {
        "metadata": None, "dateline": None, "page_top": None, "url": None, "path": "a.txt",
        "option": None,
    }  # fmt: skip
    return resolve(**(defaults | given))


AUGUST_18 = match_date("August 18")
NEW_YEARS_EVE = match_date("December 31")
IN_2024 = match_date("August 18, 2024")


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, (None, None)),
        ({"option": "2026-02-10"}, ("2026-02-10", "option")),
        ({"metadata": "2024-08-19", "dateline": AUGUST_18}, ("2024-08-19", "metadata")),
        ({"metadata": "2024", "dateline": AUGUST_18}, ("2024-08-18", "dateline")),
        ({"metadata": "2023", "dateline": IN_2024}, ("2023", "metadata")),
        ({"metadata": "nonsense", "url": "/2024/08/19/x"}, ("2024-08-19", "url")),
        ({"dateline": IN_2024, "url": "/2024/08/19/x"}, ("2024-08-18", "dateline")),
        ({"dateline": AUGUST_18, "url": "/2024/08/19/x"}, ("2024-08-18", "dateline")),
        ({"dateline": AUGUST_18, "path": "d/2024-08-19.txt"}, ("2024-08-18", "dateline")),
        ({"dateline": AUGUST_18, "option": "2026-02-10"}, ("2026-02-10", "option")),
        ({"dateline": AUGUST_18}, (None, None)),
        (
            {"dateline": match_date("December 31"), "url": "/2025/01/01/x"},
            ("2024-12-31", "dateline"),
        ),
        ({"page_top": IN_2024, "url": "/2020/01/01/x"}, ("2024-08-18", "dateline")),
        ({"url": "/2024/05/x", "path": "2024-05-16.txt"}, ("2024-05-16", "filename")),
        ({"path": "2024-05-16.txt", "option": "2026-02-10"}, ("2024-05-16", "filename")),
    ],
)
def test_sources_of_the_date_stand_in_order(given, expected):
    assert resolved(**given) == expected


def test_an_option_that_is_no_date_stops_the_run():
    assert check_option("2024-08") == "2024-08"
    assert check_option(None) is None
    with pytest.raises(ConfigError, match="is no date"):
        check_option("soon")


@pytest.mark.parametrize(
    ("dateline", "published", "expected"),
    [
        ("Jan. 18", "2011-05-20", "2011-01-18"),  # the page is older than its story
        ("Aug 18", "2024-08-18", "2024-08-18"),
        ("August 19", "2024-08-18", "2024-08-19"),  # another time zone
        ("Dec 31", "2024-01-01", "2023-12-31"),
        ("30 May 2020", "2019-06-01", None),  # later than the page: one of the two is wrong
        ("May 30", "2019", "2019-05-30"),
        ("30 May", None, None),
        ("May 2019", "2019-06-01", None),
    ],
)
def test_the_day_of_the_story_is_its_datelines(dateline, published, expected):
    assert story_day(match_date(dateline), published) == expected
