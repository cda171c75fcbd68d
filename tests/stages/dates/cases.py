"""Sentences with what must be found in them: text, type, value, earliest, latest.

All are read as published on Friday 16 August 2024 unless a list says otherwise.
"""

from __future__ import annotations

from tests.stages.dates.amount_cases import BESIDE, LENGTHS, MOVED, PARTS
from tests.stages.dates.answers import Answer, Case, date, other, year
from tests.stages.dates.around_cases import AROUND
from tests.stages.dates.calendar_cases import DAYS, RANGES, WEEKDAYS
from tests.stages.dates.news_cases import FIGURES, FORMS, TENSES
from tests.stages.dates.span_cases import AMOUNTS, HOLIDAYS, REFERENCES, SETS, SPANS, STEPS
from tests.stages.dates.unit_cases import PROMISED, TOLD_BEFORE, UNITS, VAGUE, ZONES

NOTHING: list[str] = [
    "Agenda 2063 of the African Union was praised.",
    "Vision 2030 and Expo 2020 were praised.",
    "The World Cup 2022 final was praised.",
    "The 2030 Agenda was praised.",
    "COP28 was praised.",
    "Nouri Haddad, prime minister (2021–2025), spoke.",
    "The poet (1950-2020) was praised.",
    "The poet (born 1950) was praised.",
    "The envoy, aged 45, spoke.",
    "A 45-year-old envoy spoke.",
    "The envoy is 62 years old.",
    "It stands on page 1998 of the report.",
    "Call +994 12 492 00 00 or 555-1234.",
    "The team won 3-1 and the bill passed 89-52.",
    "The deal is worth $2024 or 1,992 euros.",
    "The envoys may march and sing.",
    "The sun sat low and the spring water fell.",
    "It was the second summit and the third round.",
    "It cites resolution 1973 and article 370.",
    "Flight 1549 and room 2014 were named.",
    "Some 2000 people and 1500 troops came.",
    "He told the Sunday Times of it.",
    "Talks with Theresa May went well.",
    "It was the first of May's big games.",
    "Theresa May left. He gave the letter to May and her aides.",
    "Mrs May visited Lima, and Mr Clark did.",
    "The March on Rome began.",
    "May the talks succeed.",
    "It imports three quarters of its food.",
    "The march went on in an august hall.",
    "The F-16 and the A320 flew; the G20 and G7 met.",
    "The first minister spoke in the first half of the match.",
    "Prices fall by a third and second thoughts follow.",
    "The minutes of the meeting were read.",
    "He is in his 60s and she in her mid-40s.",
    "It cites resolution 2231 (2015).",
    "The train does 60 km an hour.",
    "It was the third accord in as many months.",
    "The Good Friday Agreement and the Winter Games were named.",
    "The party daily Unitas had it.",
]

#: Sentences of an article whose publication date is unknown.
UNKNOWN: list[Case] = [
    ("The route was opened this month.", [date("this month", "XXXX-XX", None, None)]),
    ("He came on Monday.", [date("Monday", "XXXX-WXX-1", None, None)]),
    ("He came on March 3.", [date("March 3", "XXXX-03-03", None, None)]),
    ("He came in March.", [date("March", "XXXX-03", None, None)]),
    ("He came last year.", [date("last year", "XXXX", None, None)]),
    ("He will come next week.", [date("next week", "XXXX-WXX", None, None)]),
    ("He came today.", [date("today", "XXXX-XX-XX", None, None)]),
    ("He came on Monday morning.", [other("Monday morning", "TIME", "XXXX-WXX-1TMO")]),
    ("He came on August 18-20.", [date("August 18-20", "XXXX-08-18/XXXX-08-20", None, None)]),
    ("He came at Christmas.", [date("Christmas", "XXXX-12-25", None, None)]),
    ("He came for the Lunar New Year.", [date("Lunar New Year", "XXXX-XX-XX", None, None)]),
    ("Ties go back to the 1950s.", [date("the 1950s", "195", "1950-01-01", "1959-12-31")]),
    ("In 2013 he came on March 3.", [year("2013", "2013"), date("March 3", "2013-03-03")]),
    (
        "He came on 3 May 2013 and left on 5 May.",
        [date("3 May 2013", "2013-05-03"), date("5 May", "2013-05-05")],
    ),
    ("He came three years ago.", [date("three years ago", "XXXX", None, None)]),
    (
        "He came on 30 May and left on 6 June 2013.",
        [date("30 May", "2013-05-30"), date("6 June 2013", "2013-06-06")],
    ),
    (
        "He came on December 30-31 and left on 6 January 2013.",
        [
            date("December 30-31", "2012-12-30/2012-12-31", "2012-12-30", "2012-12-31"),
            date("6 January 2013", "2013-01-06"),
        ],
    ),
    (
        "He came on 30 May. The text is of 6 June 2013.",
        [date("30 May", "XXXX-05-30", None, None), date("6 June 2013", "2013-06-06")],
    ),
]

#: Sentences of an article of which only the month (2024-08) is known.
MONTH_KNOWN: list[Case] = [
    (
        "The route was opened this month.",
        [date("this month", "2024-08", "2024-08-01", "2024-08-31")],
    ),
    ("The route was opened last year.", [year("last year", "2023")]),
    ("He came in March.", [date("March", "2024-03", "2024-03-01", "2024-03-31")]),
    ("He came on March 3.", [date("March 3", "2024-03-03")]),
    ("He came on Monday.", [date("Monday", "XXXX-WXX-1", None, None)]),
    ("He came yesterday.", [date("yesterday", "XXXX-XX-XX", None, None)]),
]

KNOWN: list[Case] = [
    *DAYS,
    *WEEKDAYS,
    *RANGES,
    *AROUND,
    *LENGTHS,
    *MOVED,
    *PARTS,
    *BESIDE,
    *SPANS,
    *STEPS,
    *AMOUNTS,
    *SETS,
    *REFERENCES,
    *HOLIDAYS,
    *TENSES,
    *FORMS,
    *FIGURES,
    *UNITS,
    *VAGUE,
    *PROMISED,
    *TOLD_BEFORE,
    *ZONES,
]

__all__ = ["KNOWN", "MONTH_KNOWN", "NOTHING", "UNKNOWN", "Answer", "Case"]
