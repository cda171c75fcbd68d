from __future__ import annotations

import time

import pytest

from pipeline.datelines.dateline import find_dateline, further_datelines, read_dateline, shapes

STORY = "The prime minister arrived on Sunday."


@pytest.mark.parametrize("shape", shapes(), ids=lambda shape: shape.id)
def test_each_shape_fires_on_its_example_and_not_on_its_counter(shape):
    found = find_dateline(shape.example)
    assert found is not None
    assert found.rule == shape.id
    assert shape.example[found.end :].startswith("The ") or "Nepal" in shape.example
    assert find_dateline(shape.counter) is None


@pytest.mark.parametrize(
    ("head", "place", "month_day"),
    [
        ("HANOI, Aug 18 (VNA) – ", "HANOI", (8, 18)),
        ("Hanoi (VNA) – ", "Hanoi", None),
        ("Lagos, Nigeria | AFP | 16 May 2024 | ", "Lagos", (5, 16)),
        ("Kampala, Uganda | THE HERALD | ", "Kampala", None),
        ("BAKU, Azerbaijan, August 18 /AZERTAC/ ", "BAKU", (8, 18)),
        ("BAKU, Azerbaijan — ", "BAKU", None),
        ("CAIRO (UrduPoint News / Sputnik - 06th April, 2023) ", "CAIRO", (4, 6)),
        ("Rabat, (UrduPoint / Pakistan Point News - 27th Aug, 2021 ) :", "Rabat", (8, 27)),
        ("ŁÓDŹ, POLAND — ", "ŁÓDŹ", None),
        ("ISLAMABAD, May 16, 2024 (APP): ", "ISLAMABAD", (5, 16)),
        ("LIMA (Pacific News / Andes Wire - 24th May, 2021) ", "LIMA", (5, 24)),
        ("LIMA (APN - PacificPoint / Andes Point News – 24th May, 2021) :", "LIMA", (5, 24)),
        ("MOSCOW, June 5. /TASS/. ", "MOSCOW", (6, 5)),
        ("Islamabad, IRNA -- ", "Islamabad", None),
        ("Accra, July 3, GNA – ", "Accra", (7, 3)),
        ("Kathmandu, Aug. 22 : ", "Kathmandu", (8, 22)),
        ("Kathmandu: ", "Kathmandu", None),
        ("New Delhi, March 26\n", "New Delhi", (3, 26)),
        ("HAVANA, Cuba, Apr 20 (ACN) ", "HAVANA", (4, 20)),
        ("WASHINGTON, D.C. — ", "WASHINGTON", None),
        ("UNITED NATIONS, Sept. 21, 2016 (AP) —", "UNITED NATIONS", (9, 21)),
        ("GENEVA/KYIV — ", "GENEVA/KYIV", None),
        ("Geneva (25 March 2019) – ", "Geneva", (3, 25)),
        ("ASTANA – KAZINFORM – ", "ASTANA", None),
        ("N’DJAMENA — ", "N’DJAMENA", None),
        ("San José, 5 May (EFE).- ", "San José", (5, 5)),
        ("WINDHOEK, 5 MAY (NAMPA) – ", "WINDHOEK", (5, 5)),
        ("St. Petersburg, June 5 — ", "St. Petersburg", (6, 5)),
        ("Canberra, Wednesday 5 June 2019 — ", "Canberra", (6, 5)),
        ("NUR-SULTAN. KAZINFORM – ", "NUR-SULTAN", None),
        ("ATHENS. ", "ATHENS", None),
        ("N’Djamena. ", "N’Djamena", None),
        ("HANOI, Vietnam (AP) _ ", "HANOI", None),
        ("SANTIAGO, Chile - — ", "SANTIAGO", None),
        ("(MENAFN- KUNA) RABAT, Sept 4 (KUNA) -- ", "RABAT", (9, 4)),
        ("Colombo:\n", "Colombo", None),
        ("Singapore: ", "Singapore", None),
        ("LIMA, Nov. 7 , 2006 (Xinhua)\n\n", "LIMA", (11, 7)),
        ("LIMA, 22 NOV 89 (DOMESTIC SERVICE) -- ", "LIMA", (11, 22)),
        ("HANOI (VIETNAM), 7 MAY 90 (HANOI TELEVISION NETWORK) -- ", "HANOI", (5, 7)),
        ("(Xinhua) -- ", None, None),
        ("VNA – ", None, None),
    ],
)
def test_dateline_ends_where_the_story_begins(head, place, month_day):
    found = find_dateline(head + STORY)
    assert found is not None
    assert (head + STORY)[found.end :] == STORY
    assert found.place == place
    assert (found.date and (found.date.month, found.date.day)) == month_day


@pytest.mark.parametrize(
    "text",
    [
        STORY,
        "Hanoi – Baku flights resume in May.",
        "Vietnam – Azerbaijan ties are entering a new phase.",
        "In Hanoi, August 18 was a day of talks.",
        "BREAKING: the prime minister has landed.",
        "LEADERS. The two prime ministers shake hands.",
        "PRIME Minister Andrew Holness says the talks went well.",
        "JOINT STATEMENT - The two sides agreed to open embassies.",
        "Senegal: the American president opens his trip in Dakar.",
        "Somalia/Eritrea: Diplomatic relations are to normalise.",
        "Xi Jinping - the man behind the plan.",
        "Tokyo welcomed the visitor: a band played.",
        "Lima | The king visits Lima | 1 May 2009 | 3",
        "Home | News | The king came.",
        "",
        "\n\n",
    ],
)
def test_no_dateline(text):
    assert find_dateline(text) is None


@pytest.mark.parametrize(
    ("head", "year"), [("LIMA, 22 NOV 89 (TASS) -- ", 1989), ("LIMA, 2 MAY 04 (TASS) -- ", 2004)]
)
def test_years_of_two_digits(head, year):
    found = find_dateline(head + STORY)
    assert found is not None
    assert found.date is not None
    assert found.date.year == year


def test_dateline_is_found_behind_headline_and_caption():
    text = (
        "Premier lands in Lima\n\nThe premier waves (Photo: Agency)\n\nLIMA, Peru (AP) — He landed."
    )
    found = find_dateline(text)
    assert found is not None
    assert text[found.end :] == "He landed."


def test_dateline_is_not_sought_in_the_story():
    text = "A long first paragraph tells the news of the day. " * 5 + "\n\n"
    assert find_dateline(text * 4 + "LIMA, Peru (AP) — He landed.") is None


@pytest.mark.parametrize(
    "text",
    [
        "A" * 200_000,
        "Aa " * 60_000,
        "A-" * 100_000,
        "LIMA, " * 40_000,
        "(" * 100_000,
        "A. " * 60_000,
    ],
)
def test_reading_is_linear(text):
    begin = time.process_time()
    find_dateline(text)
    read_dateline(text, 0)
    assert time.process_time() - begin < 2


ENTRIES = (
    "Attending:\nPERU – President Ana Ruiz.\nCHILE – King Jan and his wife, Queen Eva.\nMALI – X.\n"
)


@pytest.mark.parametrize(
    ("text", "places"),
    [
        (ENTRIES, []),
        ("LIMA - The king came.\n\nQUITO - The premier of Chile left the town.", ["QUITO"]),
        ("LIMA - King Jan met Ana Ruiz.\n\nOSLO - President Ana Ruiz met King Jan.", ["OSLO"]),
        ("Briefs\n\nKUWAIT - King Jan arrived.\n\nSINGAPORE - Ana Ruiz arrived.", ["SINGAPORE"]),
        (f"{ENTRIES}SINGAPORE – President Y.\nPANAMA – Premier Z.", []),
        (f"ROME - The list:\n\n{ENTRIES}\nOSLO - The king of Spain left the town.", ["OSLO"]),
    ],
)
def test_lines_of_a_list_are_no_datelines_but_stories_are(text, places):
    first = find_dateline(text)
    further = further_datelines(text, first.end if first else 0)
    assert [line.place for line in further] == places
    assert first is None or not first.place or first.place in {"LIMA", "KUWAIT", "ROME"}


@pytest.mark.parametrize("entry", ["PERU – President Ana Ruiz.\n\n", "** PERU - King Jan. "])
def test_lists_of_lands_are_read_in_linear_time(entry):
    text = entry * 20_000
    begin = time.process_time()
    find_dateline(text)
    further_datelines(text, 0)
    assert time.process_time() - begin < 30
