"""Sentences in which the verb, the outlet or a report of figures decides on a date."""

from __future__ import annotations

from tests.stages.dates.answers import Case, date, other, quarter, year

#: The verb decides, wherever it stands.
TENSES: list[Case] = [
    (
        "By September she had lost the vote.",
        [date("September", "2023-09", "2023-09-01", "2023-09-30")],
    ),
    (
        "In September the court heard the case.",
        [date("September", "2023-09", "2023-09-01", "2023-09-30")],
    ),
    (
        "In September, the premier said, he will resign.",
        [date("September", "2024-09", "2024-09-01", "2024-09-30")],
    ),
    (
        "The deal must be signed by September.",
        [date("September", "2024-09", "2024-09-01", "2024-09-30")],
    ),
    ("His decision on Monday to go means that polls will follow.", [date("Monday", "2024-08-12")]),
    ("His decision on Monday will be known to all.", [date("Monday", "2024-08-19")]),
    (
        "Ahead of talks with the king on Thursday, the premier spoke.",
        [date("Thursday", "2024-08-15")],
    ),
    ("He hopes to win ahead of Thursday's vote.", [date("Thursday", "2024-08-22")]),
    ("They will hold talks on Thursday.", [date("Thursday", "2024-08-22")]),
    (
        "Ties were cut in 2011 and resumed five years later, in June, after talks.",
        [
            year("2011", "2011"),
            year("five years later", "2016"),
            date("June", "2016-06", "2016-06-01", "2016-06-30"),
        ],
    ),
    (
        "Ties were cut in 2011. Talks resumed in June.",
        [year("2011", "2011"), date("June", "2024-06", "2024-06-01", "2024-06-30")],
    ),
    (
        "The mission was closed in 2014 and reopened the next autumn.",
        [year("2014", "2014"), date("the next autumn", "2015-FA", "2015-09-01", "2015-11-30")],
    ),
    (
        "The mission was closed in 2014. It will reopen next autumn.",
        [year("2014", "2014"), date("next autumn", "2024-FA", "2024-09-01", "2024-11-30")],
    ),
    ("No envoy has come since 20 September.", [date("20 September", "2023-09-20")]),
    ("No envoy has come since 3 August.", [date("3 August", "2024-08-03")]),
    ("The envoy comes on 20 September.", [date("20 September", "2024-09-20")]),
    ("She had been due to land on 20 September.", [date("20 September", "2024-09-20")]),
    (
        "Sales rose in Q1, and they fell in Q2 of 2023.",
        [quarter("Q1", "2024-Q1"), quarter("Q2 of 2023", "2023-Q2")],
    ),
    ("The premier left as planned for Lima on Thursday.", [date("Thursday", "2024-08-15")]),
    ("Thursday's vote is the first of many.", [date("Thursday", "2024-08-15")]),
    ("The court resumes its work on Wednesday.", [date("Wednesday", "2024-08-14")]),
    ("The court opens on Wednesday.", [date("Wednesday", "2024-08-21")]),
    ("The trains run again from Thursday.", [date("Thursday", "2024-08-22")]),
    ("He stays in Lima until Thursday.", [date("Thursday", "2024-08-22")]),
    ("The court sat until Thursday.", [date("Thursday", "2024-08-15")]),
    ("A vote is expected to be called on Thursday.", [date("Thursday", "2024-08-22")]),
    ("He leaves for Oslo on Thursday.", [date("Thursday", "2024-08-22")]),
    ("He is flying to Oslo on Thursday.", [date("Thursday", "2024-08-22")]),
    ("On Thursday the premier flies to Oslo.", [date("Thursday", "2024-08-22")]),
    ("She is preparing for her trip to Oslo on Thursday.", [date("Thursday", "2024-08-22")]),
    ("She has cancelled her visit to Oslo on Thursday.", [date("Thursday", "2024-08-22")]),
    ("She invited the king to visit Oslo on Thursday.", [date("Thursday", "2024-08-22")]),
    ("LIMA (AP) — His decision on Monday leaves few doubts.", [date("Monday", "2024-08-12")]),
    ("Peru's switch from Oslo to Rome on Monday leaves few.", [date("Monday", "2024-08-12")]),
    ("Peru's switch from Oslo to Rome on Monday will hurt.", [date("Monday", "2024-08-19")]),
    (
        "He spoke on Tuesday, from 20 to 24 May.",
        [
            date("Tuesday", "2024-08-13"),
            date("20 to 24 May", "2024-05-20/2024-05-24", "2024-05-20", "2024-05-24"),
        ],
    ),
    (
        "She was in Lima on Friday and Saturday.",
        [date("Friday", "2024-08-16"), date("Saturday", "2024-08-17")],
    ),
    (
        "She was in Lima on Friday, Saturday's papers said.",
        [date("Friday", "2024-08-16"), date("Saturday", "2024-08-10")],
    ),
    (
        "He flew in on Tuesday and saw the king later in the day.",
        [date("Tuesday", "2024-08-13"), date("later in the day", "2024-08-13")],
    ),
    (
        "They opened ties on 3 May 1990. She went to Lima later in the month.",
        [
            date("3 May 1990", "1990-05-03"),
            date("later in the month", "1990-05", "1990-05-01", "1990-05-31"),
        ],
    ),
    (
        "He came to power in 2019. He is to go to Lima later in the year.",
        [year("2019", "2019"), year("later in the year", "2024")],
    ),
    (
        "He came to power in 2019. He was in Lima earlier this year.",
        [year("2019", "2019"), year("earlier this year", "2024")],
    ),
    ("They await his decision on Monday.", [date("Monday", "2024-08-12")]),
    ("The 1975 fall of Saigon ended it.", [year("1975", "1975")]),
    (
        "In September the first envoys arrived.",
        [date("September", "2023-09", "2023-09-01", "2023-09-30")],
    ),
    (
        "The 2023 summer of storms is over.",
        [date("The 2023 summer", "2023-SU", "2023-06-01", "2023-08-31")],
    ),
    ("The bank's decision on Tuesday on rates could be close.", [date("Tuesday", "2024-08-20")]),
    (
        "Ms May lost. The handover is timed for May.",
        [date("May", "2025-05", "2025-05-01", "2025-05-31")],
    ),
    ("The court's ruling on Tuesday is likely to end it.", [date("Tuesday", "2024-08-20")]),
    (
        "Theresa May left. Polls are planned for May.",
        [date("May", "2025-05", "2025-05-01", "2025-05-31")],
    ),
    (
        "On Tuesday, the king, who was crowned in May, will fly to Rome.",
        [date("Tuesday", "2024-08-20"), date("May", "2024-05", "2024-05-01", "2024-05-31")],
    ),
    (
        "On Monday they agreed to meet in October.",
        [date("Monday", "2024-08-12"), date("October", "2024-10", "2024-10-01", "2024-10-31")],
    ),
    (
        "Ties have warmed since they agreed to reopen their embassies in October.",
        [date("October", "2023-10", "2023-10-01", "2023-10-31")],
    ),
    (
        "They agreed to reopen their bridge in October.",
        [date("October", "2024-10", "2024-10-01", "2024-10-31")],
    ),
    ("Tokyo is hosting the talks on Monday.", [date("Monday", "2024-08-19")]),
    ("He is expected in Lima on Thursday.", [date("Thursday", "2024-08-22")]),
    (
        "He has accepted an invitation to visit Delhi in January.",
        [date("January", "2025-01", "2025-01-01", "2025-01-31")],
    ),
    (
        "He invited the king to visit Delhi in January.",
        [date("January", "2025-01", "2025-01-01", "2025-01-31")],
    ),
    (
        "Ahead of Monday's summit, the ministers met on Friday.",
        [date("Monday", "2024-08-19"), date("Friday", "2024-08-16")],
    ),
    ("Following Monday's meeting a text was signed.", [date("Monday", "2024-08-12")]),
    ("King to visit Kyiv on Sunday", [date("Sunday", "2024-08-18")]),
    ("King arrives in Hanoi Monday for state visit", [date("Monday", "2024-08-19")]),
    ("Trains run again from Monday.", [date("Monday", "2024-08-19")]),
    ("Until Monday the border had been shut.", [date("Monday", "2024-08-12")]),
    ("He could not be reached on Monday.", [date("Monday", "2024-08-12")]),
    (
        "The text, signed in December, takes effect in January.",
        [
            date("December", "2023-12", "2023-12-01", "2023-12-31"),
            date("January", "2025-01", "2025-01-01", "2025-01-31"),
        ],
    ),
    (
        "The visit was scheduled for July 30 and postponed to September 12.",
        [date("July 30", "2024-07-30"), date("September 12", "2024-09-12")],
    ),
    (
        "The envoy said on Thursday that Mr Rao would arrive on Sunday.",
        [date("Thursday", "2024-08-15"), date("Sunday", "2024-08-18")],
    ),
    (
        "He was in Oslo on 17 June 2022, in Bonn on 17 August. On 11 November he was in Rome.",
        [
            date("17 June 2022", "2022-06-17"),
            date("17 August", "2022-08-17"),
            date("11 November", "2022-11-11"),
        ],
    ),
    (
        "Ties were cut in July 2022. On 3 January two envoys came.",
        [
            date("July 2022", "2022-07", "2022-07-01", "2022-07-31"),
            date("3 January", "2024-01-03"),
        ],
    ),
]

#: Forms that news and ministries use besides.
FORMS: list[Case] = [
    (
        "He was there on 18/19 July 2024.",
        [date("18/19 July 2024", "2024-07-18/2024-07-19", "2024-07-18", "2024-07-19")],
    ),
    (
        "He was there on 4th-5th July 2024.",
        [date("4th-5th July 2024", "2024-07-04/2024-07-05", "2024-07-04", "2024-07-05")],
    ),
    (
        "He goes there on July 4, 5 and 6, 2025.",
        [date("July 4, 5 and 6, 2025", "2025-07-04/2025-07-06", "2025-07-04", "2025-07-06")],
    ),
    (
        "He will be there from next Monday to Wednesday.",
        [date("next Monday", "2024-08-19"), date("Wednesday", "2024-08-21")],
    ),
    (
        "According to him, in September he met the envoys.",
        [date("September", "2023-09", "2023-09-01", "2023-09-30")],
    ),
    (
        "He goes there on July 4 and 5, 2025.",
        [date("July 4 and 5, 2025", "2025-07-04/2025-07-05", "2025-07-04", "2025-07-05")],
    ),
    ("It is dated 16-Jul-2024.", [date("16-Jul-2024", "2024-07-16")]),
    (
        "He comes from tomorrow (17) to Tuesday (20).",
        [date("tomorrow (17)", "2024-08-17"), date("Tuesday (20)", "2024-08-20")],
    ),
    (
        "Updated 2024-08-15 16:41.",
        [other("2024-08-15 16:41", "TIME", "2024-08-15T16:41", "2024-08-15")],
    ),
    (
        "Updated August 15, 2024 8:14 PM.",
        [other("August 15, 2024 8:14 PM", "TIME", "2024-08-15T20:14", "2024-08-15")],
    ),
    ("He landed at 3.13pm.", [other("3.13pm", "TIME", "2024-08-16T15:13", "2024-08-16")]),
    ("09.40 There is the handshake.", [other("09.40", "TIME", "2024-08-16T09:40", "2024-08-16")]),
    (
        "He landed on the 9th. On the 12th he left.",
        [date("the 9th", "2024-08-09"), date("the 12th", "2024-08-12")],
    ),
    (
        "He will be in Lima on the 20th and 21st.",
        [date("the 20th and 21st", "2024-08-20/2024-08-21", "2024-08-20", "2024-08-21")],
    ),
    (
        "He will be in Lima on the 20th and 27th.",
        [date("the 20th", "2024-08-20"), date("27th", "2024-08-27")],
    ),
    ("He will speak on the 20th and 21st articles.", [date("the 20th", "2024-08-20")]),
    (
        "He is in Lima between Wednesday and Saturday.",
        [date("Wednesday", "2024-08-14"), date("Saturday", "2024-08-17")],
    ),
    (
        "He has called off the trip. He had been due to leave on Saturday.",
        [date("Saturday", "2024-08-17")],
    ),
    ("He had been due to leave on Thursday, but stayed.", [date("Thursday", "2024-08-15")]),
    ("He spent two (2) days there.", [other("two (2) days", "DURATION", "P2D")]),
    ("He goes home on Saturday next week.", [date("Saturday next week", "2024-08-24")]),
    (
        "He was there from Monday to Wednesday.",
        [date("Monday", "2024-08-12"), date("Wednesday", "2024-08-14")],
    ),
    ("They would one day be partners.", [date("one day", "FUTURE_REF", None, None)]),
    (
        "He came in the last days of July.",
        [date("the last days of July", "2024-07", "2024-07-01", "2024-07-31")],
    ),
    (
        "He met her late on Thursday night.",
        [other("late on Thursday night", "TIME", "2024-08-15TNI", "2024-08-15")],
    ),
    (
        "He came in the first half of April.",
        [date("the first half of April", "2024-04", "2024-04-01", "2024-04-15")],
    ),
]

#: What a report of figures compares, and the habits of news agencies.
FIGURES: list[Case] = [
    (
        (
            "Second-quarter profit was $5 million, up from $4 million a year earlier. In the "
            "latest quarter sales were $9 million, against $8 million a year ago."
        ),
        [
            quarter("Second-quarter", "2024-Q2"),
            quarter("a year earlier", "2023-Q2"),
            quarter("the latest quarter", "2024-Q2"),
            quarter("a year ago", "2023-Q2"),
        ],
    ),
    (
        "A loss followed in the second quarter. In nine months it lost 3%, from 2% a year earlier.",
        [
            quarter("the second quarter", "2024-Q2"),
            other("nine months", "DURATION", "P9M"),
            year("a year earlier", "2023"),
        ],
    ),
    (
        "Sales rose in the quarter ended March 31, and fell in the corresponding period last year.",
        [
            quarter("the quarter", "2024-Q1"),
            date("March 31", "2024-03-31"),
            quarter("the corresponding period last year", "2023-Q1"),
        ],
    ),
    ("It cut its quarterly dividend and its annual budget.", []),
    (
        "Profit for the full year fell to $3 million in the first quarter of $6 million.",
        [date("the full year", "2024", None, None), quarter("the first quarter", "2024-Q1")],
    ),
    (
        "They had told the mill of a cut in October.",
        [date("October", "2024-10", "2024-10-01", "2024-10-31")],
    ),
    (
        "They had closed the mill in December.",
        [date("December", "2023-12", "2023-12-01", "2023-12-31")],
    ),
    ("They had set the vote for October 1.", [date("October 1", "2024-10-01")]),
    (
        "He fell ill this past spring.",
        [date("this past spring", "2024-SP", "2024-03-01", "2024-05-31")],
    ),
    ("It was the first in over ten years.", [other("over ten years", "DURATION", "P10Y")]),
    ("It fell from 60 the previous day.", [date("the previous day", "2024-08-15")]),
    (
        "The truce of 1980 broke. That November he fled.",
        [year("1980", "1980"), date("That November", "1980-11", "1980-11-01", "1980-11-30")],
    ),
    ("Signed: 1992, January 3.", [date("1992, January 3", "1992-01-03")]),
    (
        "In 2022, three years after the war, he left.",
        [year("2022", "2022"), other("three years", "DURATION", "P3Y")],
    ),
    (
        "They met at the weekend.",
        [date("the weekend", "2024-W32-WE", "2024-08-10", "2024-08-11")],
    ),
    (
        "Okoro's May trip to Lima was short.",
        [date("May", "2024-05", "2024-05-01", "2024-05-31")],
    ),
    ("Ahead of the vote, the court on Monday issued a warning.", [date("Monday", "2024-08-12")]),
    ("They would find a way around Monday's ruling.", [date("Monday", "2024-08-12")]),
    ("The offer had been due to lapse on Monday.", [date("Monday", "2024-08-12")]),
    ("He was to have gone on Monday.", [date("Monday", "2024-08-12")]),
    (
        "He will be there from next Monday to Friday.",
        [date("next Monday", "2024-08-19"), date("Friday", "2024-08-23")],
    ),
    (
        "He will be there on Friday and Saturday next week.",
        [date("Friday", "2024-08-23"), date("Saturday next week", "2024-08-24")],
    ),
    (
        "He will be there on Friday, and in Oslo on Saturday next week.",
        [date("Friday", "2024-08-16"), date("Saturday next week", "2024-08-24")],
    ),
    (
        "He was supposed to fly home on Saturday.",
        [date("Saturday", "2024-08-17")],
    ),
    (
        "He will be there from Tuesday to Thursday next week.",
        [date("Tuesday", "2024-08-20"), date("Thursday next week", "2024-08-22")],
    ),
    ("The court has given the firm until Monday to pay.", [date("Monday", "2024-08-19")]),
    ("The speaker adjourned the House until Monday.", [date("Monday", "2024-08-19")]),
    ("They planned a large rally in Oslo on Monday.", [date("Monday", "2024-08-19")]),
    ("The index is near its record high set on December 6.", [date("December 6", "2023-12-06")]),
    (
        "Prices have come down since May.",
        [date("May", "2024-05", "2024-05-01", "2024-05-31")],
    ),
    (
        "Output fell in the first and second quarters of 2009.",
        [quarter("the first", "2009-Q1"), quarter("second quarters of 2009", "2009-Q2")],
    ),
    ("He came back within a week of the vote.", [other("a week", "DURATION", "P1W")]),
    ("He was there in the days before the vote.", [other("the days", "DURATION", "PXD")]),
    ("It flies there four times more than two planes a week.", [other("a week", "SET", "P1W")]),
    ("Banks will stay closed until Tuesday.", [date("Tuesday", "2024-08-20")]),
    ("Wednesday's vote follows calls for change.", [date("Wednesday", "2024-08-14")]),
    (
        "It erupted 2.5 million years ago, over four million years.",
        [
            date("2.5 million years ago", "PAST_REF", None, None),
            other("four million years", "DURATION", "P4000000Y"),
        ],
    ),
    ("The raid comes weeks after another.", [other("weeks", "DURATION", "PXW")]),
    (
        "Unions called a two-day strike from Monday.",
        [other("two-day", "DURATION", "P2D"), date("Monday", "2024-08-19")],
    ),
    ("The pact is to be put to a vote on Monday.", [date("Monday", "2024-08-19")]),
    (
        "Sales beat those of the same quarter a year ago.",
        [quarter("the same quarter a year ago", "2023-Q2")],
    ),
    (
        "Sales in May fell from the same month last year.",
        [
            date("May", "2024-05", "2024-05-01", "2024-05-31"),
            date("the same month last year", "2023-05", "2023-05-01", "2023-05-31"),
        ],
    ),
    (
        "Snow fell and more is forecast for the weekend.",
        [date("the weekend", "2024-W33-WE", "2024-08-17", "2024-08-18")],
    ),
    ("In the week since, he left.", [other("the week", "DURATION", "P1W")]),
    ("He left after the September 11 attacks.", [date("September 11", "2001-09-11")]),
    ("He left after 9/11 for good.", [date("9/11", "2001-09-11")]),
    ("He landed around August 5 in Rome.", [date("around August 5", "2024-08-05")]),
    (
        "The fire began around 7:15 p.m. in Oslo.",
        [other("around 7:15 p.m.", "TIME", "2024-08-16T19:15", "2024-08-16")],
    ),
    ("The chip may have been to blame for a fall on Monday.", [date("Monday", "2024-08-12")]),
    (
        "The hall was shut on Monday.\n\nGuests had come in the morning.",
        [
            date("Monday", "2024-08-12"),
            other("the morning", "TIME", "2024-08-12TMO", "2024-08-12"),
        ],
    ),
    (
        "Polls are open from 7 a.m. to 6 p.m. on Sunday.",
        [
            other("7 a.m.", "TIME", "2024-08-18T07:00", "2024-08-18"),
            other("6 p.m.", "TIME", "2024-08-18T18:00", "2024-08-18"),
            date("Sunday", "2024-08-18"),
        ],
    ),
    ("The house left until Monday a vote on the tax.", [date("Monday", "2024-08-19")]),
    ("It is shut until at least mid-2025, he said.", [year("mid-2025", "2025")]),
    (
        "He was jailed in 2009 to 10 years.",
        [year("2009", "2009"), other("10 years", "DURATION", "P10Y")],
    ),
    (
        "The two-year-old war killed a 20-year-old driver.",
        [other("two-year-old", "DURATION", "P2Y")],
    ),
    ("It will build 13 aircraft a month.", [other("a month", "SET", "P1M")]),
    ("The pact on two dams needs a week.", [other("a week", "DURATION", "P1W")]),
    ("It lasted a couple of years.", [other("a couple of years", "DURATION", "P2Y")]),
    ("It takes a month or two.", [other("a month or two", "DURATION", "P1M")]),
    (
        "He will stay for the next two years or so.",
        [other("the next two years or so", "DURATION", "P2Y")],
    ),
    (
        "It expects a loss in the fourth quarter. In the latest quarter it had a profit.",
        [quarter("the fourth quarter", "2024-Q4"), quarter("the latest quarter", "2024-Q2")],
    ),
]
