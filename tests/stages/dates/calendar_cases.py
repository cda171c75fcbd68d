"""Sentences with days, weekdays and ranges of days, and what must be found in them."""

from __future__ import annotations

from tests.stages.dates.answers import Case, date, other, year

DAYS: list[Case] = [
    ("The premier lands on 18 August 2024.", [date("18 August 2024", "2024-08-18")]),
    ("The premier lands on August 18, 2024.", [date("August 18, 2024", "2024-08-18")]),
    ("The premier lands on Aug. 18, 2024.", [date("Aug. 18, 2024", "2024-08-18")]),
    ("The premier lands on Aug 18 2024.", [date("Aug 18 2024", "2024-08-18")]),
    (
        "The premier lands on the 18th of August, 2024.",
        [date("the 18th of August, 2024", "2024-08-18")],
    ),
    ("The premier lands on August 18th, 2024.", [date("August 18th, 2024", "2024-08-18")]),
    ("The premier lands on the first of October.", [date("the first of October", "2024-10-01")]),
    (
        "The accord dates from the twenty-second of March 2019.",
        [date("the twenty-second of March 2019", "2019-03-22")],
    ),
    ("The fair opens on June the second.", [date("June the second", "2024-06-02")]),
    (
        "The sirens went at nine o'clock on Monday.",
        [
            other("nine o'clock", "TIME", "2024-08-12T09:00", "2024-08-12"),
            date("Monday", "2024-08-12"),
        ],
    ),
    (
        "The sirens went at ten o’clock in the evening.",
        [other("ten o’clock in the evening", "TIME", "2024-08-16T22:00", "2024-08-16")],
    ),
    (
        "He landed in the evening on Saturday.",
        [other("the evening on Saturday", "TIME", "2024-08-10TEV", "2024-08-10")],
    ),
    ("The premier landed on 18/8/2024.", [date("18/8/2024", "2024-08-18")]),
    ("The premier landed on 8/18/2024.", [date("8/18/2024", "2024-08-18")]),
    ("The premier landed on 2024-08-05.", [date("2024-08-05", "2024-08-05")]),
    ("The premier landed on 05.08.2024.", [date("05.08.2024", "2024-08-05")]),
    (
        "The pact was signed on Monday, 5 August 2024, in Lima.",
        [date("Monday, 5 August 2024", "2024-08-05")],
    ),
    ("The pact was signed on Monday, Aug. 5.", [date("Monday, Aug. 5", "2024-08-05")]),
    ("The pact was signed on Monday (August 5).", [date("Monday (August 5)", "2024-08-05")]),
    ("The pact was signed this Monday (5).", [date("this Monday (5)", "2024-08-05")]),
    ("The pact was signed on Mon. Aug. 5 in Lima.", [date("Mon. Aug. 5", "2024-08-05")]),
    ("The pact was signed on March 3 in Accra.", [date("March 3", "2024-03-03")]),
    ("The pact was signed on 3 March in Accra.", [date("3 March", "2024-03-03")]),
    ("The pact was signed on 3\nMarch in Accra.", [date("3\nMarch", "2024-03-03")]),
    ("The pact was signed on November 20 in Accra.", [date("November 20", "2023-11-20")]),
    ("The pact will be signed on November 20 in Accra.", [date("November 20", "2024-11-20")]),
    ("The king will visit Oman on May 20.", [date("May 20", "2025-05-20")]),
    ("The king visited Oman on May 20.", [date("May 20", "2024-05-20")]),
    ("The king met the emir on the 9th, aides said.", [date("the 9th", "2024-08-09")]),
    (
        "Ministers met on 12 June 1998 and 3 July 2001.",
        [date("12 June 1998", "1998-06-12"), date("3 July 2001", "2001-07-03")],
    ),
    ("The accord of 26 January 1950 stands.", [date("26 January 1950", "1950-01-26")]),
    # "Last year" gives its year to the months behind it, where it opens their sentence.
    (
        "Last year, the premier flew to Lima in May and to Bern in October.",
        [
            year("Last year", "2023"),
            date("May", "2023-05", "2023-05-01", "2023-05-31"),
            date("October", "2023-10", "2023-10-01", "2023-10-31"),
        ],
    ),
    (
        "Next year, the premier will fly to Lima in October.",
        [year("Next year", "2025"), date("October", "2025-10", "2025-10-01", "2025-10-31")],
    ),
    (
        "After last year's talks, the premier flew to Lima in May.",
        [year("last year", "2023"), date("May", "2024-05", "2024-05-01", "2024-05-31")],
    ),
    (
        "Trade grew last year, and in May the premier flew to Lima.",
        [year("last year", "2023"), date("May", "2024-05", "2024-05-01", "2024-05-31")],
    ),
    ("They met on August 18 of last year.", [date("August 18 of last year", "2023-08-18")]),
    ("He will return on October 2 next year.", [date("October 2 next year", "2025-10-02")]),
    (
        "The talks ended at 5 p.m. on Monday.",
        [
            other("5 p.m.", "TIME", "2024-08-12T17:00", "2024-08-12"),
            date("Monday", "2024-08-12"),
        ],
    ),
    (
        "The talks ended on Monday at 10:30 a.m. in Rome.",
        [
            date("Monday", "2024-08-12"),
            other("10:30 a.m.", "TIME", "2024-08-12T10:30", "2024-08-12"),
        ],
    ),
    (
        "The ceremony began at 18:00 GMT.",
        [other("18:00 GMT", "TIME", "2024-08-16T18:00", "2024-08-16")],
    ),
    ("The plane left at noon.", [other("noon", "TIME", "2024-08-16T12:00", "2024-08-16")]),
    (
        "They met on Monday morning.",
        [other("Monday morning", "TIME", "2024-08-12TMO", "2024-08-12")],
    ),
    (
        "They will meet on Monday morning.",
        [other("Monday morning", "TIME", "2024-08-19TMO", "2024-08-19")],
    ),
    (
        "They met on the evening of August 7.",
        [other("the evening of August 7", "TIME", "2024-08-07TEV", "2024-08-07")],
    ),
    ("They dined last night.", [other("last night", "TIME", "2024-08-15TNI", "2024-08-15")]),
    ("The king speaks tonight.", [other("tonight", "TIME", "2024-08-16TNI", "2024-08-16")]),
    ("He arrived this morning.", [other("this morning", "TIME", "2024-08-16TMO", "2024-08-16")]),
    (
        "He arrived yesterday afternoon.",
        [other("yesterday afternoon", "TIME", "2024-08-15TAF", "2024-08-15")],
    ),
    ("He is in Dakar today.", [date("today", "2024-08-16")]),
    (
        "He arrived yesterday and leaves tomorrow.",
        [date("yesterday", "2024-08-15"), date("tomorrow", "2024-08-17")],
    ),
    ("He arrived the day before yesterday.", [date("the day before yesterday", "2024-08-14")]),
    ("He will go home the day after tomorrow.", [date("the day after tomorrow", "2024-08-18")]),
]

WEEKDAYS: list[Case] = [
    ("The premier arrived on Monday.", [date("Monday", "2024-08-12")]),
    ("The premier will arrive on Monday.", [date("Monday", "2024-08-19")]),
    ("The premier is due on Monday.", [date("Monday", "2024-08-19")]),
    ("He came last Friday, August 9.", [date("last Friday, August 9", "2024-08-09")]),
    ("He will come next Friday, 23 August.", [date("next Friday, 23 August", "2024-08-23")]),
    ("He will come next Friday (August 23).", [date("next Friday (August 23)", "2024-08-23")]),
    ("The premier is scheduled to arrive Wednesday.", [date("Wednesday", "2024-08-21")]),
    ("The premier is to arrive on Wednesday.", [date("Wednesday", "2024-08-21")]),
    (
        "The premier, who came on Tuesday, will leave on Sunday.",
        [date("Tuesday", "2024-08-13"), date("Sunday", "2024-08-18")],
    ),
    ("The vote, officials said Thursday, will be fair.", [date("Thursday", "2024-08-15")]),
    ("The president told reporters Friday.", [date("Friday", "2024-08-16")]),
    ("He said on Friday that he would go.", [date("Friday", "2024-08-16")]),
    ("The summit opens on Tuesday.", [date("Tuesday", "2024-08-20")]),
    ("He met the king last Friday.", [date("last Friday", "2024-08-09")]),
    ("He met the king last Monday.", [date("last Monday", "2024-08-12")]),
    ("He will meet the king next Monday.", [date("next Monday", "2024-08-19")]),
    ("He will meet the king this Sunday.", [date("this Sunday", "2024-08-18")]),
    ("He has been in Rome since Wednesday.", [date("Wednesday", "2024-08-14")]),
    (
        "They met on Monday and Tuesday.",
        [date("Monday", "2024-08-12"), date("Tuesday", "2024-08-13")],
    ),
    (
        "They talked over the weekend.",
        [date("the weekend", "2024-W32-WE", "2024-08-10", "2024-08-11")],
    ),
    (
        "She left Oslo for this weekend's summit.",
        [date("this weekend", "2024-W33-WE", "2024-08-17", "2024-08-18")],
    ),
    (
        "She praised this weekend's summit in Oslo, and left.",
        [date("this weekend", "2024-W32-WE", "2024-08-10", "2024-08-11")],
    ),
    (
        "She flew to Oslo for Sunday's talks.",
        [date("Sunday", "2024-08-18", "2024-08-18", "2024-08-18")],
    ),
    (
        "She flew to Oslo to mourn those shot dead, and to jail for Sunday's raid.",
        [date("Sunday", "2024-08-11", "2024-08-11", "2024-08-11")],
    ),
    (
        "They will talk this weekend.",
        [date("this weekend", "2024-W33-WE", "2024-08-17", "2024-08-18")],
    ),
]

RANGES: list[Case] = [
    (
        "He will be in Hanoi on Wednesday 18 and Thursday 19 September.",
        [date("Wednesday 18", "2024-09-18"), date("Thursday 19 September", "2024-09-19")],
    ),
    (
        "Two died in the week following 4 May.",
        [date("the week following 4 May", "2024-05-05/2024-05-11", "2024-05-05", "2024-05-11")],
    ),
    (
        "Nine died in the month before 3 May 2019.",
        [date("the month before 3 May 2019", "2019-04-03/2019-05-02", "2019-04-03", "2019-05-02")],
    ),
    (
        "He will be in Hanoi on August 18-20.",
        [date("August 18-20", "2024-08-18/2024-08-20", "2024-08-18", "2024-08-20")],
    ),
    (
        "He will be in Hanoi on August 18–20, 2025.",
        [date("August 18–20, 2025", "2025-08-18/2025-08-20", "2025-08-18", "2025-08-20")],
    ),
    (
        "He was in Hanoi from May 16 to 17.",
        [date("May 16 to 17", "2024-05-16/2024-05-17", "2024-05-16", "2024-05-17")],
    ),
    (
        "He was in Hanoi from 16 to 17 May 2023.",
        [date("16 to 17 May 2023", "2023-05-16/2023-05-17", "2023-05-16", "2023-05-17")],
    ),
    (
        "He was in Hanoi on 16-17 May.",
        [date("16-17 May", "2024-05-16/2024-05-17", "2024-05-16", "2024-05-17")],
    ),
    (
        "The tour ran 30 June–2 July.",
        [date("30 June–2 July", "2024-06-30/2024-07-02", "2024-06-30", "2024-07-02")],
    ),
    (
        "The tour ran from 3 May to 6 June 2023.",
        [date("3 May", "2023-05-03"), date("6 June 2023", "2023-06-06")],
    ),
    (
        "The tour ran from 3 May to 6 June.",
        [date("3 May", "2024-05-03"), date("6 June", "2024-06-06")],
    ),
    (
        "The tour ran from December 30 to January 2, 2024.",
        [date("December 30", "2023-12-30"), date("January 2, 2024", "2024-01-02")],
    ),
    (
        "Talks were held on 3 and 17 May respectively.",
        [date("3", "2024-05-03"), date("17 May", "2024-05-17")],
    ),
    (
        "Talks were held on May 3, 9 and 17.",
        [date("May 3", "2024-05-03"), date("9", "2024-05-09"), date("17", "2024-05-17")],
    ),
    (
        "He will be there on Thursday and Friday (29 and 30 August).",
        [
            date("Thursday", "2024-08-29"),
            date("Friday", "2024-08-30"),
            date("29 and 30 August", "2024-08-29/2024-08-30", "2024-08-29", "2024-08-30"),
        ],
    ),
    (
        "He will be there on Monday and Thursday, August 29.",
        [date("Monday", "2024-08-19"), date("Thursday, August 29", "2024-08-29")],
    ),
    (
        "Trade grew in May-June 2024.",
        [date("May-June 2024", "2024-05/2024-06", "2024-05-01", "2024-06-30")],
    ),
    (
        "He came in March and October 2019.",
        [
            date("March", "2019-03", "2019-03-01", "2019-03-31"),
            date("October 2019", "2019-10", "2019-10-01", "2019-10-31"),
        ],
    ),
    (
        "The plan for 2021-2025 is done.",
        [date("2021-2025", "2021/2025", "2021-01-01", "2025-12-31")],
    ),
    (
        "The budget for 2023/24 is done.",
        [date("2023/24", "2023/2024", "2023-01-01", "2024-12-31")],
    ),
    ("Votes were held in 2008 and 2013.", [year("2008", "2008"), year("2013", "2013")]),
    (
        "The fair runs Monday-Wednesday, it was said.",
        [date("Monday-Wednesday", "2024-08-19/2024-08-21", "2024-08-19", "2024-08-21")],
    ),
]
