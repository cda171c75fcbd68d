"""Sentences with middles and owners of units, centuries side by side, and vague times."""

from __future__ import annotations

from tests.stages.dates.answers import Case, date, other, quarter, year

UNITS: list[Case] = [
    ("A deal is expected by midyear.", [date("midyear", "2024", "2024-01-01", "2024-12-31")]),
    (
        "Prices fell in mid-month trading.",
        [date("mid-month", "2024-08", "2024-08-01", "2024-08-31")],
    ),
    ("A deal is expected by mid-level envoys.", []),
    (
        "No rise is planned before the spring.",
        [date("the spring", "2025-SP", "2025-03-01", "2025-05-31")],
    ),
    ("It fell before the fall of Rome.", []),
    ("It was shown before the summer games.", []),
    (
        "Roads were full over the holiday weekend.",
        [date("the holiday weekend", "2024-W32-WE", "2024-08-10", "2024-08-11")],
    ),
    ("Roads were full near the holiday house.", []),
    ("It was the year's first summit.", [year("the year", "2024")]),
    ("He was Man of the Year's rival.", []),
    ("Net rose from the prior-year quarter.", [quarter("the prior-year quarter", "2023-Q2")]),
    ("Net rose from the prior year.", [year("the prior year", "2023")]),
    ("He told ABC's “This Week” of it.", []),
    ("He told ABC of it this week.", [date("this week", "2024-W33", "2024-08-12", "2024-08-18")]),
    (
        "It opens in early-to-mid September.",
        [date("early-to-mid September", "2024-09", "2024-09-01", "2024-09-30")],
    ),
    (
        "It was built in the late 19th and early 20th centuries.",
        [
            date("the late 19th", "18", "1800-01-01", "1899-12-31"),
            date("early 20th centuries", "19", "1900-01-01", "1999-12-31"),
        ],
    ),
    (
        "It was built from the 11th to the 13th century.",
        [
            date("the 11th", "10", "1000-01-01", "1099-12-31"),
            date("the 13th century", "12", "1200-01-01", "1299-12-31"),
        ],
    ),
    (
        "He came from the 11th to the 13th.",
        [date("the 11th", "2024-08-11"), date("the 13th", "2024-08-13")],
    ),
    (
        "It will be back by the end of the day Saturday.",
        [date("the end of the day Saturday", "2024-08-17")],
    ),
    ("It was back by the end of the day.", [date("the end of the day", "2024-08-16")]),
    (
        "It was dark in the early hours today.",
        [other("the early hours today", "TIME", "2024-08-16TMO", "2024-08-16")],
    ),
    (
        "He left in the wee hours of Sunday.",
        [other("the wee hours of Sunday", "TIME", "2024-08-11TMO", "2024-08-11")],
    ),
    (
        "It opens this coming Sunday, August eighteenth.",
        [date("this coming Sunday, August eighteenth", "2024-08-18")],
    ),
]

#: A time by another zone is no day told, and a weekday in brackets tells which day "the next" is.
ZONES: list[Case] = [
    (
        "The embassy was shut 24 years and four months ago.",
        [date("24 years and four months ago", "2000-04", "2000-04-01", "2000-04-30")],
    ),
    ("We look forward to seeing him on Tuesday.", [date("Tuesday", "2024-08-20")]),
    ("We saw him on Tuesday.", [date("Tuesday", "2024-08-13")]),
    (
        "He will land on Sunday and meet the king the next day (Monday).",
        [date("Sunday", "2024-08-18"), date("the next day (Monday)", "2024-08-19")],
    ),
    (
        "On August 14 he speaks at 10 a.m. (8 p.m. EDT Aug. 13). Later in the day he flies home.",
        [
            date("August 14", "2024-08-14"),
            other("10 a.m.", "TIME", "2024-08-14T10:00", "2024-08-14"),
            other("8 p.m. EDT Aug. 13", "TIME", "2024-08-13T20:00", "2024-08-13"),
            date("Later in the day", "2024-08-14"),
        ],
    ),
]

#: What no calendar places.
VAGUE: list[Case] = [
    ("She hopes to one day lead the party.", [other("one day", "DATE", "FUTURE_REF")]),
    ("She cut the talks to one day.", [other("one day", "DURATION", "P1D")]),
    ("In those days the port was small.", [other("those days", "DATE", "PAST_REF")]),
    ("In those days of rain the port was shut.", []),
    ("In recent times he was ill.", [other("recent times", "DATE", "PAST_REF")]),
    ("No talks are planned any time soon.", [other("any time soon", "DATE", "FUTURE_REF")]),
    ("Talks were soon held.", []),
    ("He said that it soon will end.", [other("soon", "DATE", "FUTURE_REF")]),
    ("Since that time the border has been shut.", [other("that time", "DATE", "PAST_REF")]),
    ("He knew that time was short.", []),
    ("Few ports thrive in today's world.", [other("today", "DATE", "PRESENT_REF")]),
    ("Few envoys came to today's talks.", [date("today", "2024-08-16")]),
    ("He left a little over two years ago.", [year("a little over two years ago", "2022")]),
    ("It took just less than an hour.", [other("just less than an hour", "DURATION", "PT1H")]),
]

#: What is promised, threatened or denied lies ahead; what one would not say does not.
PROMISED: list[Case] = [
    (
        "The bank pledged not to raise its rate before June.",
        [date("June", "2025-06", "2025-06-01", "2025-06-30")],
    ),
    (
        "He threatened to leave in November.",
        [date("November", "2024-11", "2024-11-01", "2024-11-30")],
    ),
    (
        "The firm said it would not sell the mill before November.",
        [date("November", "2024-11", "2024-11-01", "2024-11-30")],
    ),
    ("The firm said it would not meet them on Monday.", [date("Monday", "2024-08-19")]),
    ("The firm said it would not say who was ill on Monday.", [date("Monday", "2024-08-12")]),
    (
        "They were remanded in custody until they appear in court in November.",
        [date("November", "2024-11", "2024-11-01", "2024-11-30")],
    ),
    (
        "The judge remanded him in custody for a hearing in November.",
        [date("November", "2024-11", "2024-11-01", "2024-11-30")],
    ),
    (
        "They were held until they appeared in court in November.",
        [date("November", "2023-11", "2023-11-01", "2023-11-30")],
    ),
    (
        "He flies out on his first tour since taking office on May 20.",
        [date("May 20", "2024-05-20")],
    ),
    (
        "He could not leave before November.",
        [date("November", "2023-11", "2023-11-01", "2023-11-30")],
    ),
    (
        "It has extended the port up to $90 million in loans through January.",
        [date("January", "2025-01", "2025-01-01", "2025-01-31")],
    ),
    (
        "The bank looks on course to raise its rate in December.",
        [date("December", "2024-12", "2024-12-01", "2024-12-31")],
    ),
    (
        "The king looks on during a parade in December.",
        [date("December", "2023-12", "2023-12-01", "2023-12-31")],
    ),
]

#: What one said on a past day that would be is counted from that day, and a plan of next week
#: goes on in it.
TOLD_BEFORE: list[Case] = [
    (
        "They agreed in March that he would visit Lima in May.",
        [
            date("March", "2024-03", "2024-03-01", "2024-03-31"),
            date("May", "2024-05", "2024-05-01", "2024-05-31"),
        ],
    ),
    (
        "They agreed in March to meet in May.",
        [
            date("March", "2024-03", "2024-03-01", "2024-03-31"),
            date("May", "2024-05", "2024-05-01", "2024-05-31"),
        ],
    ),
    (
        "They agreed in March that they will meet in May.",
        [
            date("March", "2024-03", "2024-03-01", "2024-03-31"),
            date("May", "2025-05", "2025-05-01", "2025-05-31"),
        ],
    ),
    (
        "He said last week that he would return in May.",
        [
            date("last week", "2024-W32", "2024-08-05", "2024-08-11"),
            date("May", "2025-05", "2025-05-01", "2025-05-31"),
        ],
    ),
    (
        "The premier will visit Lima next week. On Thursday he will meet the king.",
        [
            date("next week", "2024-W34", "2024-08-19", "2024-08-25"),
            date("Thursday", "2024-08-22"),
        ],
    ),
    (
        "Okafor will visit Lima next week. Okafor and Park are scheduled to meet on Thursday.",
        [
            date("next week", "2024-W34", "2024-08-19", "2024-08-25"),
            date("Thursday", "2024-08-22"),
        ],
    ),
    (
        "He will visit Lima the week after next, and meet the king on Saturday.",
        [
            date("the week after next", "2024-W35", "2024-08-26", "2024-09-01"),
            date("Saturday", "2024-08-31"),
        ],
    ),
    (
        "He will visit Lima next week. He leaves on Sunday.",
        [
            date("next week", "2024-W34", "2024-08-19", "2024-08-25"),
            date("Sunday", "2024-08-18"),
        ],
    ),
    (
        "He will visit Lima next week. His trip there from Sunday is his first.",
        [
            date("next week", "2024-W34", "2024-08-19", "2024-08-25"),
            date("Sunday", "2024-08-18"),
        ],
    ),
    (
        "He will visit Lima next week. His trip from Tuesday is his first.",
        [
            date("next week", "2024-W34", "2024-08-19", "2024-08-25"),
            date("Tuesday", "2024-08-20"),
        ],
    ),
    (
        "He will visit Lima next week. He will first meet the king on Saturday.",
        [
            date("next week", "2024-W34", "2024-08-19", "2024-08-25"),
            date("Saturday", "2024-08-17"),
        ],
    ),
    (
        "He will visit Lima next week. The house will vote on Saturday.",
        [
            date("next week", "2024-W34", "2024-08-19", "2024-08-25"),
            date("Saturday", "2024-08-17"),
        ],
    ),
    (
        "It will be their third meeting, after talks in Lima in May.",
        [date("May", "2024-05", "2024-05-01", "2024-05-31")],
    ),
    (
        "It will be their first meeting since talks in Lima in May.",
        [date("May", "2024-05", "2024-05-01", "2024-05-31")],
    ),
    (
        "It will be his second trip, after one in Lima in May.",
        [date("May", "2024-05", "2024-05-01", "2024-05-31")],
    ),
    (
        "He will go there after talks in Lima in May.",
        [date("May", "2025-05", "2025-05-01", "2025-05-31")],
    ),
]

__all__ = ["PROMISED", "TOLD_BEFORE", "UNITS", "VAGUE", "ZONES"]
