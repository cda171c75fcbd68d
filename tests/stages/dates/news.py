"""Sentences in the ways of real wires and sites, with what must be found: text and value.

All are read as published on Friday 16 August 2024 unless a list says otherwise.
"""

from __future__ import annotations

from typing import TypeAlias

News: TypeAlias = tuple[str, list[tuple[str, str]]]

#: Dashes between clauses, and hyphens within words.
DASHES: list[News] = [
    ("He flies to Lima next week - his first trip there.", [("next week", "2024-W34")]),
    ("He flew to Lima last year – his first trip.", [("last year", "2023")]),
    ("Prices rose over the past week — most of them in Asia.", [("the past week", "P1W")]),
    ("It was the first visit in 40 years  - and a short one.", [("40 years", "P40Y")]),
    ("It was a week-long visit.", [("week-long", "P1W")]),
    ("He was there on 3 - 5 May.", [("3 - 5 May", "2024-05-03/2024-05-05")]),
    ("He was there on May 3 – June 4.", [("May 3 – June 4", "2024-05-03/2024-06-04")]),
    ("The 23-year-old sat beside a 5-year plan.", [("5-year", "P5Y")]),
]

#: What was done when, whatever is to come stands around it.
DONE: list[News] = [
    ("He was freed in October.", [("October", "2023-10")]),
    ("They met in Accra in September.", [("September", "2023-09")]),
    ("He announced in October that he would stand.", [("October", "2023-10")]),
    ("He had called an election in October.", [("October", "2024-10")]),
    ("He told of the vote in October.", [("October", "2024-10")]),
    ("He spoke of a cut in October.", [("October", "2024-10")]),
    ("He will fly to sparsely populated Chad in October.", [("October", "2024-10")]),
    ("She will instead set off on Saturday.", [("Saturday", "2024-08-17")]),
    ("The talks will instead be held on Saturday.", [("Saturday", "2024-08-17")]),
    ("The talks were instead held on Saturday.", [("Saturday", "2024-08-10")]),
    ("He was to have travelled to Chad in October.", [("October", "2024-10")]),
    ("The jet made its first flight in Peru on Nov. 10.", [("Nov. 10", "2023-11-10")]),
    ("The party is ready for the congress on Nov. 10.", [("Nov. 10", "2024-11-10")]),
    ("Prices were unchanged from the poll from early July.", [("early July", "2024-07")]),
    ("Trains will run from May.", [("May", "2025-05")]),
    ("The crises include a failed mutiny in Chad in July.", [("July", "2024-07")]),
    ("The stops include Lima in October.", [("October", "2024-10")]),
    ("The charges concern a riot in Rabat in April.", [("April", "2024-04")]),
    ("Courts blame the guards for a fire at a mill in May.", [("May", "2024-05")]),
    (
        "He is resting in Lima and will fly home after the fair on Saturday.",
        [("Saturday", "2024-08-17")],
    ),
    ("He is resting in Lima after the fair on Saturday.", [("Saturday", "2024-08-10")]),
    ("The party on Tuesday doubled-down on its threat.", [("Tuesday", "2024-08-13")]),
    (
        "She has been charged and freed on bail to appear in court on 14 December.",
        [("14 December", "2024-12-14")],
    ),
    ("It is their first call since taking office in March.", [("March", "2024-03")]),
    ("They vow to avenge the killing of the general in July.", [("July", "2024-07")]),
    ("They want to avenge July’s assassination of the envoy.", [("July", "2024-07")]),
    ("They vow to avenge Wednesday's deadly Israeli strike.", [("Wednesday", "2024-08-14")]),
    ("They will launch a new drone attack on Wednesday.", [("Wednesday", "2024-08-21")]),
    ("The two did finally meet on Wednesday.", [("Wednesday", "2024-08-14")]),
    (
        "Following an emergency meeting in Accra on Sunday, the body called for calm.",
        [("Sunday", "2024-08-11")],
    ),
    ("The body called for a truce at a meeting in Accra on Sunday.", [("Sunday", "2024-08-11")]),
    ("The body called for a general strike on Sunday.", [("Sunday", "2024-08-18")]),
    ("After talks in Accra on Sunday he will fly home.", [("Sunday", "2024-08-18")]),
    ("His choice to stay in Accra on Sunday came as a shock.", [("Sunday", "2024-08-11")]),
    ("The vote he hopes to win on Sunday was put off.", [("Sunday", "2024-08-18")]),
    ("He met the heads of the banks on Sunday.", [("Sunday", "2024-08-11")]),
    ("The council - set up on Sunday - will meet.", [("Sunday", "2024-08-11")]),
    ("He wants to go long before she leaves office in January.", [("January", "2025-01")]),
    (
        "The senator speaks on the third night of the congress on Wednesday, July 17.",
        [("the third night", "XXXX-XX-XXTNI"), ("Wednesday, July 17", "2024-07-17")],
    ),
    ("The senator will speak on Thursday, July 17.", [("Thursday, July 17", "2025-07-17")]),
    ("LIMA, PERU - JULY 9: The premier arrives for talks.", [("JULY 9", "2024-07-09")]),
    ("Seven years later, the town was still in ruins.", [("Seven years later", "XXXX")]),
]

#: A day that follows another one to come.
AHEAD: list[News] = [
    (
        "On next Tuesday he will fly to Oslo before returning home on Wednesday.",
        [("next Tuesday", "2024-08-20"), ("Wednesday", "2024-08-21")],
    ),
    (
        "He will be in Rome on Thursday and then in Oslo on Saturday.",
        [("Thursday", "2024-08-22"), ("Saturday", "2024-08-24")],
    ),
    (
        "He will be in Rome on Thursday after talks in Oslo on Tuesday.",
        [("Thursday", "2024-08-22"), ("Tuesday", "2024-08-20")],
    ),
]

AHEAD += [
    (
        "The talks will take place next Friday, Saturday and Sunday.",
        [("next Friday", "2024-08-23"), ("Saturday", "2024-08-24"), ("Sunday", "2024-08-25")],
    ),
    (
        "He was holding talks on Thursday and on Saturday was scheduled to meet the premier.",
        [("Thursday", "2024-08-15"), ("Saturday", "2024-08-17")],
    ),
    ("The jet that crashed on Monday was due to land in Lima.", [("Monday", "2024-08-12")]),
    ("They mend ties that nose-dived in late June.", [("late June", "2024-06")]),
    ("In the late afternoon he met her.", [("the late afternoon", "2024-08-16TAF")]),
]

#: Forms of words.
FORMS: list[News] = [
    ("He spent the weekend in Accra.", [("the weekend", "2024-W32-WE")]),
    ("It rose over the past fortnight.", [("the past fortnight", "P2W")]),
    ("Talks are due in the coming hours.", [("the coming hours", "PTXH")]),
    ("He spent six and half years there.", [("six and half years", "P6Y6M")]),
    ("They vowed it in early summer in 2023.", [("early summer in 2023", "2023-SU")]),
    ("The three-yearly forum met.", [("three-yearly", "P3Y")]),
    ("The half-yearly report is out.", [("half-yearly", "P6M")]),
    ("The four-weekly talks failed.", [("four-weekly", "P4W")]),
    ("SANTIAGO, 22 NOV 89 (RADIO) -- The envoy left.", [("22 NOV 89", "1989-11-22")]),
    ("It is the worst since at least 2014.", [("2014", "2014")]),
    ("Okoro’s 1979 trip was a first.", [("1979", "1979")]),
    ("They left after more than a decade and came home.", [("more than a decade", "P10Y")]),
    ("After a month and a half of talks, they met.", [("a month and a half", "P1.5M")]),
    ("It spends £60m a year and more.", [("a year", "P1Y")]),
    ("It has been a calm Ramadan.", [("Ramadan", "2024-03-11/2024-04-09")]),
    ("The post of July 21, 2024His words were short.", [("July 21, 2024", "2024-07-21")]),
    (
        "War broke out in 1980. Talks from that summer failed, and that very year he fled.",
        [("1980", "1980"), ("that summer", "1980-SU"), ("that very year", "1980")],
    ),
    (
        "He saw the 9/11 museum in Rome and left in the afternoon.",
        [("9/11", "2001-09-11"), ("the afternoon", "2024-08-16TAF")],
    ),
]

#: Heads of pages, older prose, lists.
HEADS: list[News] = [
    ("24 Sep 2017 – 21:06", [("24 Sep 2017 – 21:06", "2017-09-24T21:06")]),
    ("19:29 / 10.10.2022", [("19:29 / 10.10.2022", "2022-10-10T19:29")]),
    ("Thursday, 24, June, 2021", [("Thursday, 24, June, 2021", "2021-06-24")]),
    ("He was there on May 3 - the day was hot.", [("May 3", "2024-05-03")]),
    (
        "To-day he met the king; to-morrow he leaves.",
        [("To-day", "2024-08-16"), ("to-morrow", "2024-08-17")],
    ),
    ("Write a to-do list of the day-to-day work.", []),
    ("He left on the 12th instant for Rome.", [("the 12th instant", "2024-08-12")]),
    ("He left on the 5th of last month.", [("the 5th of last month", "2024-07-05")]),
    ("He left on the 5th of his trips.", [("the 5th", "2024-08-05")]),
    ("Rockets fell overnight on Saturday.", [("overnight on Saturday", "2024-08-10TNI")]),
    ("Rain fell overnight in Lima.", [("overnight", "2024-08-16TNI")]),
    ("It is due by end-March 2025.", [("end-March 2025", "2025-03")]),
    ("It was in mid-to-late May.", [("mid-to-late May", "2024-05")]),
    (
        "He came on 5 January, 6 February and 7 March 2024.",
        [("5 January", "2024-01-05"), ("6 February", "2024-02-06"), ("7 March 2024", "2024-03-07")],
    ),
    (
        "He was away from 5 December to 3 January 2024.",
        [("5 December", "2023-12-05"), ("3 January 2024", "2024-01-03")],
    ),
    (
        "He spoke on May 3; June 5, 2023 was dry.",
        [("May 3", "2024-05-03"), ("June 5, 2023", "2023-06-05")],
    ),
    ("They met over Easter weekend.", [("Easter weekend", "2024-W13-WE")]),
    ("They rest on Labor Day weekend.", [("Labor Day weekend", "2024-W35-WE")]),
    ("They met in Easter week.", [("Easter week", "2024-W13")]),
    ("Two jets crashed last July.", [("last July", "2023-07")]),
    ("Two jets crashed last June.", [("last June", "2024-06")]),
    ("They did not plan to leave on Thursday.", [("Thursday", "2024-08-22")]),
    ("He fled, days after the vote.", [("days", "PXD")]),
]

#: Articles of unknown publication.
UNDATED: list[News] = [
    (
        "It was the first visit since 2011. On December 27, he left.",
        [("2011", "2011"), ("December 27", "XXXX-12-27")],
    ),
    (
        "He was in Lima July 17–August 7, 1906. Left Rome July 4.",
        [("July 17–August 7, 1906", "1906-07-17/1906-08-07"), ("July 4", "1906-07-04")],
    ),
    (
        "He came on 27 December 2018. He left on 3 January.",
        [("27 December 2018", "2018-12-27"), ("3 January", "2019-01-03")],
    ),
    (
        """Chad, President Abba. April 21–23, 1936

Mali, President Keita. Left Rome March 20. March 5–11, 1937""",
        [
            ("April 21–23, 1936", "1936-04-21/1936-04-23"),
            ("March 20", "1937-03-20"),
            ("March 5–11, 1937", "1937-03-05/1937-03-11"),
        ],
    ),
    (
        "Mali, President Keita. In Peru October 8–23. October 9–11, 1933",
        [
            ("October 8–23", "1933-10-08/1933-10-23"),
            ("October 9–11, 1933", "1933-10-09/1933-10-11"),
        ],
    ),
]

UNDATED += [
    (
        "He came in January this year, after a tour in December 2024.",
        [("January this year", "XXXX-01"), ("December 2024", "2024-12")],
    ),
]

#: Names of papers, programmes and prizes, and counts.
NOTHING: list[str] = [
    "He told People's Daily of it.",
    "He told the Daily FT of it.",
    "The Mail on Sunday had it.",
    "She told the Today programme of it.",
    "He is Man of the Year.",
    "It was the shot of the year.",
    "He saw the museum of the October Revolution.",
    "The Black September gunmen had a list.",
    "She spoke for the Alliance for the Future of Kosovo.",
    "They adopted the Pact for the Future.",
    "The April 6 Youth Movement called a strike.",
    "They were given just under 1000 tickets.",
    "He came with his wife June Okafor.",
]
