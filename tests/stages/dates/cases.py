"""Sentences with what must be found in them: text, type, value, earliest, latest.

All are read as published on Friday 16 August 2024 unless a list says otherwise.
"""

from __future__ import annotations

from typing import TypeAlias

Answer: TypeAlias = tuple[str, str, str, str | None, str | None]
Case: TypeAlias = tuple[str, list[Answer]]


def _date(text: str, value: str, earliest: str | None = "", latest: str | None = "") -> Answer:
    """Return the answer for a DATE; a day stands for its own ends."""
    first = value if earliest == "" else earliest
    return text, "DATE", value, first, first if latest == "" else latest


def _other(text: str, kind: str, value: str, day: str | None = None) -> Answer:
    return text, kind, value, day, day


def _year(text: str, value: str) -> Answer:
    return text, "DATE", value, f"{value}-01-01", f"{value}-12-31"


def _quarter(text: str, value: str) -> Answer:
    year, number = value.split("-Q")
    last = {"1": "03-31", "2": "06-30", "3": "09-30", "4": "12-31"}[number]
    first = {"1": "01-01", "2": "04-01", "3": "07-01", "4": "10-01"}[number]
    return text, "DATE", value, f"{year}-{first}", f"{year}-{last}"


DAYS: list[Case] = [
    ("The premier lands on 18 August 2024.", [_date("18 August 2024", "2024-08-18")]),
    ("The premier lands on August 18, 2024.", [_date("August 18, 2024", "2024-08-18")]),
    ("The premier lands on Aug. 18, 2024.", [_date("Aug. 18, 2024", "2024-08-18")]),
    ("The premier lands on Aug 18 2024.", [_date("Aug 18 2024", "2024-08-18")]),
    (
        "The premier lands on the 18th of August, 2024.",
        [_date("the 18th of August, 2024", "2024-08-18")],
    ),
    ("The premier lands on August 18th, 2024.", [_date("August 18th, 2024", "2024-08-18")]),
    ("The premier landed on 18/8/2024.", [_date("18/8/2024", "2024-08-18")]),
    ("The premier landed on 8/18/2024.", [_date("8/18/2024", "2024-08-18")]),
    ("The premier landed on 2024-08-05.", [_date("2024-08-05", "2024-08-05")]),
    ("The premier landed on 05.08.2024.", [_date("05.08.2024", "2024-08-05")]),
    (
        "The pact was signed on Monday, 5 August 2024, in Lima.",
        [_date("Monday, 5 August 2024", "2024-08-05")],
    ),
    ("The pact was signed on Monday, Aug. 5.", [_date("Monday, Aug. 5", "2024-08-05")]),
    ("The pact was signed on Monday (August 5).", [_date("Monday (August 5)", "2024-08-05")]),
    ("The pact was signed on Mon. Aug. 5 in Lima.", [_date("Mon. Aug. 5", "2024-08-05")]),
    ("The pact was signed on March 3 in Accra.", [_date("March 3", "2024-03-03")]),
    ("The pact was signed on 3 March in Accra.", [_date("3 March", "2024-03-03")]),
    ("The pact was signed on 3\nMarch in Accra.", [_date("3\nMarch", "2024-03-03")]),
    ("The pact was signed on November 20 in Accra.", [_date("November 20", "2023-11-20")]),
    ("The pact will be signed on November 20 in Accra.", [_date("November 20", "2024-11-20")]),
    ("The king will visit Oman on May 20.", [_date("May 20", "2025-05-20")]),
    ("The king visited Oman on May 20.", [_date("May 20", "2024-05-20")]),
    ("The king met the emir on the 9th, aides said.", [_date("the 9th", "2024-08-09")]),
    (
        "Ministers met on 12 June 1998 and 3 July 2001.",
        [_date("12 June 1998", "1998-06-12"), _date("3 July 2001", "2001-07-03")],
    ),
    ("The accord of 26 January 1950 stands.", [_date("26 January 1950", "1950-01-26")]),
    ("They met on August 18 of last year.", [_date("August 18 of last year", "2023-08-18")]),
    ("He will return on October 2 next year.", [_date("October 2 next year", "2025-10-02")]),
    (
        "The talks ended at 5 p.m. on Monday.",
        [_other("5 p.m. on Monday", "TIME", "2024-08-12T17:00", "2024-08-12")],
    ),
    (
        "The talks ended on Monday at 10:30 a.m. in Rome.",
        [_other("Monday at 10:30 a.m.", "TIME", "2024-08-12T10:30", "2024-08-12")],
    ),
    (
        "The ceremony began at 18:00 GMT.",
        [_other("18:00 GMT", "TIME", "2024-08-16T18:00", "2024-08-16")],
    ),
    ("The plane left at noon.", [_other("noon", "TIME", "2024-08-16T12:00", "2024-08-16")]),
    (
        "They met on Monday morning.",
        [_other("Monday morning", "TIME", "2024-08-12TMO", "2024-08-12")],
    ),
    (
        "They will meet on Monday morning.",
        [_other("Monday morning", "TIME", "2024-08-19TMO", "2024-08-19")],
    ),
    (
        "They met on the evening of August 7.",
        [_other("the evening of August 7", "TIME", "2024-08-07TEV", "2024-08-07")],
    ),
    ("They dined last night.", [_other("last night", "TIME", "2024-08-15TNI", "2024-08-15")]),
    ("The king speaks tonight.", [_other("tonight", "TIME", "2024-08-16TNI", "2024-08-16")]),
    ("He arrived this morning.", [_other("this morning", "TIME", "2024-08-16TMO", "2024-08-16")]),
    (
        "He arrived yesterday afternoon.",
        [_other("yesterday afternoon", "TIME", "2024-08-15TAF", "2024-08-15")],
    ),
    ("He is in Dakar today.", [_date("today", "2024-08-16")]),
    (
        "He arrived yesterday and leaves tomorrow.",
        [_date("yesterday", "2024-08-15"), _date("tomorrow", "2024-08-17")],
    ),
    ("He arrived the day before yesterday.", [_date("the day before yesterday", "2024-08-14")]),
    ("He will go home the day after tomorrow.", [_date("the day after tomorrow", "2024-08-18")]),
]

WEEKDAYS: list[Case] = [
    ("The premier arrived on Monday.", [_date("Monday", "2024-08-12")]),
    ("The premier will arrive on Monday.", [_date("Monday", "2024-08-19")]),
    ("The premier is due on Monday.", [_date("Monday", "2024-08-19")]),
    ("The premier is scheduled to arrive Wednesday.", [_date("Wednesday", "2024-08-21")]),
    ("The premier is to arrive on Wednesday.", [_date("Wednesday", "2024-08-21")]),
    (
        "The premier, who came on Tuesday, will leave on Sunday.",
        [_date("Tuesday", "2024-08-13"), _date("Sunday", "2024-08-18")],
    ),
    ("The vote, officials said Thursday, will be fair.", [_date("Thursday", "2024-08-15")]),
    ("The president told reporters Friday.", [_date("Friday", "2024-08-16")]),
    ("He said on Friday that he would go.", [_date("Friday", "2024-08-16")]),
    ("The summit opens on Tuesday.", [_date("Tuesday", "2024-08-20")]),
    ("He met the king last Friday.", [_date("last Friday", "2024-08-09")]),
    ("He met the king last Monday.", [_date("last Monday", "2024-08-12")]),
    ("He will meet the king next Monday.", [_date("next Monday", "2024-08-19")]),
    ("He will meet the king this Sunday.", [_date("this Sunday", "2024-08-18")]),
    ("He has been in Rome since Wednesday.", [_date("Wednesday", "2024-08-14")]),
    (
        "They met on Monday and Tuesday.",
        [_date("Monday", "2024-08-12"), _date("Tuesday", "2024-08-13")],
    ),
    (
        "They talked over the weekend.",
        [_date("the weekend", "2024-W32-WE", "2024-08-10", "2024-08-11")],
    ),
    (
        "They will talk this weekend.",
        [_date("this weekend", "2024-W33-WE", "2024-08-17", "2024-08-18")],
    ),
]

RANGES: list[Case] = [
    (
        "He will be in Hanoi on August 18-20.",
        [_date("August 18-20", "2024-08-18/2024-08-20", "2024-08-18", "2024-08-20")],
    ),
    (
        "He will be in Hanoi on August 18–20, 2025.",
        [_date("August 18–20, 2025", "2025-08-18/2025-08-20", "2025-08-18", "2025-08-20")],
    ),
    (
        "He was in Hanoi from May 16 to 17.",
        [_date("May 16 to 17", "2024-05-16/2024-05-17", "2024-05-16", "2024-05-17")],
    ),
    (
        "He was in Hanoi from 16 to 17 May 2023.",
        [_date("16 to 17 May 2023", "2023-05-16/2023-05-17", "2023-05-16", "2023-05-17")],
    ),
    (
        "He was in Hanoi on 16-17 May.",
        [_date("16-17 May", "2024-05-16/2024-05-17", "2024-05-16", "2024-05-17")],
    ),
    (
        "The tour ran 30 June–2 July.",
        [_date("30 June–2 July", "2024-06-30/2024-07-02", "2024-06-30", "2024-07-02")],
    ),
    (
        "The tour ran from 3 May to 6 June 2023.",
        [_date("3 May", "2023-05-03"), _date("6 June 2023", "2023-06-06")],
    ),
    (
        "The tour ran from 3 May to 6 June.",
        [_date("3 May", "2024-05-03"), _date("6 June", "2024-06-06")],
    ),
    (
        "The tour ran from December 30 to January 2, 2024.",
        [_date("December 30", "2023-12-30"), _date("January 2, 2024", "2024-01-02")],
    ),
    (
        "Talks were held on 3 and 17 May respectively.",
        [_date("3", "2024-05-03"), _date("17 May", "2024-05-17")],
    ),
    (
        "Talks were held on May 3, 9 and 17.",
        [_date("May 3", "2024-05-03"), _date("9", "2024-05-09"), _date("17", "2024-05-17")],
    ),
    (
        "Trade grew in May-June 2024.",
        [_date("May-June 2024", "2024-05/2024-06", "2024-05-01", "2024-06-30")],
    ),
    (
        "He came in March and October 2019.",
        [
            _date("March", "2019-03", "2019-03-01", "2019-03-31"),
            _date("October 2019", "2019-10", "2019-10-01", "2019-10-31"),
        ],
    ),
    (
        "The plan for 2021-2025 is done.",
        [_date("2021-2025", "2021/2025", "2021-01-01", "2025-12-31")],
    ),
    (
        "The budget for 2023/24 is done.",
        [_date("2023/24", "2023/2024", "2023-01-01", "2024-12-31")],
    ),
    ("Votes were held in 2008 and 2013.", [_year("2008", "2008"), _year("2013", "2013")]),
    (
        "The fair runs Monday-Wednesday, it was said.",
        [_date("Monday-Wednesday", "2024-08-19/2024-08-21", "2024-08-19", "2024-08-21")],
    ),
]

SPANS: list[Case] = [
    ("He will go there next week.", [_date("next week", "2024-W34", "2024-08-19", "2024-08-25")]),
    ("He went there last week.", [_date("last week", "2024-W32", "2024-08-05", "2024-08-11")]),
    ("He will go there this week.", [_date("this week", "2024-W33", "2024-08-12", "2024-08-18")]),
    ("He went there last month.", [_date("last month", "2024-07", "2024-07-01", "2024-07-31")]),
    (
        "He will go later this month.",
        [_date("later this month", "2024-08", "2024-08-01", "2024-08-31")],
    ),
    (
        "He will go in the coming month.",
        [_date("the coming month", "2024-09", "2024-09-01", "2024-09-30")],
    ),
    ("He went there last year.", [_year("last year", "2023")]),
    (
        "He went there earlier this year.",
        [_date("earlier this year", "2024", "2024-01-01", "2024-12-31")],
    ),
    ("He will go next year.", [_year("next year", "2025")]),
    (
        "A deal is due by the end of the year.",
        [_date("the end of the year", "2024", "2024-01-01", "2024-12-31")],
    ),
    ("A deal is due by year-end.", [_date("year-end", "2024", "2024-01-01", "2024-12-31")]),
    (
        "A deal is due by the end of next month.",
        [_date("the end of next month", "2024-09", "2024-09-01", "2024-09-30")],
    ),
    (
        "He went there earlier in the week.",
        [_date("earlier in the week", "2024-W33", "2024-08-12", "2024-08-18")],
    ),
    ("He went there in March.", [_date("March", "2024-03", "2024-03-01", "2024-03-31")]),
    ("He went there in November.", [_date("November", "2023-11", "2023-11-01", "2023-11-30")]),
    ("He will go there in March.", [_date("March", "2025-03", "2025-03-01", "2025-03-31")]),
    ("He will go there in May.", [_date("May", "2025-05", "2025-05-01", "2025-05-31")]),
    ("He will go in early June.", [_date("early June", "2025-06", "2025-06-01", "2025-06-30")]),
    ("He went in mid-June.", [_date("mid-June", "2024-06", "2024-06-01", "2024-06-30")]),
    ("He went there in Sept. 2019.", [_date("Sept. 2019", "2019-09", "2019-09-01", "2019-09-30")]),
    (
        "He went there in June of 2019.",
        [_date("June of 2019", "2019-06", "2019-06-01", "2019-06-30")],
    ),
    ("He went there last June.", [_date("last June", "2024-06", "2024-06-01", "2024-06-30")]),
    ("He will go next March.", [_date("next March", "2025-03", "2025-03-01", "2025-03-31")]),
    (
        "He went in March last year.",
        [_date("March last year", "2023-03", "2023-03-01", "2023-03-31")],
    ),
    (
        "Exports rose in the first quarter of 2024.",
        [_date("the first quarter of 2024", "2024-Q1", "2024-01-01", "2024-03-31")],
    ),
    ("Exports rose in Q3 2023.", [_date("Q3 2023", "2023-Q3", "2023-07-01", "2023-09-30")]),
    (
        "Exports rose in the second quarter.",
        [_date("the second quarter", "2024-Q2", "2024-04-01", "2024-06-30")],
    ),
    (
        "Third-quarter exports will rise.",
        [_date("Third-quarter", "2024-Q3", "2024-07-01", "2024-09-30")],
    ),
    (
        "Exports rose in the first half of this year.",
        [_date("the first half of this year", "2024-H1", "2024-01-01", "2024-06-30")],
    ),
    (
        "The summit is due in the second half of 2025.",
        [_date("the second half of 2025", "2025-H2", "2025-07-01", "2025-12-31")],
    ),
    (
        "The summit is due in the first week of October.",
        [_date("the first week of October", "2024-10-01/2024-10-07", "2024-10-01", "2024-10-07")],
    ),
    (
        "Voting is set for the week of September 9.",
        [_date("the week of September 9", "2024-W37", "2024-09-09", "2024-09-15")],
    ),
    (
        "They met in the summer of 2019.",
        [_date("the summer of 2019", "2019-SU", "2019-06-01", "2019-08-31")],
    ),
    ("They met in summer 2024.", [_date("summer 2024", "2024-SU", "2024-06-01", "2024-08-31")]),
    ("They met last winter.", [_date("last winter", "2023-WI", "2023-12-01", "2024-02-29")]),
    ("They will meet this autumn.", [_date("this autumn", "2024-FA", "2024-09-01", "2024-11-30")]),
    ("The budget for fiscal 2025 was passed.", [_date("fiscal 2025", "2025", None, None)]),
    (
        "The budget for fiscal year 2023-24 was passed.",
        [_date("fiscal year 2023-24", "2023/2024", "2023-01-01", "2024-12-31")],
    ),
    ("Relations were opened in 1992.", [_year("1992", "1992")]),
    ("The year 2019 was a turning point.", [_year("The year 2019", "2019")]),
    ("The 2024 summit was held in Apia.", [_year("2024", "2024")]),
    ("The class of '97 met.", [_year("'97", "1997")]),
    ("Ties go back to the 1950s.", [_date("the 1950s", "195", "1950-01-01", "1959-12-31")]),
    (
        "Ties go back to the early 1990s.",
        [_date("the early 1990s", "199", "1990-01-01", "1999-12-31")],
    ),
    ("Ties cooled in the nineties.", [_date("the nineties", "199", "1990-01-01", "1999-12-31")]),
    ("Ties cooled in the '80s.", [_date("the '80s", "198", "1980-01-01", "1989-12-31")]),
    (
        "The fort is from the 17th century.",
        [_date("the 17th century", "16", "1600-01-01", "1699-12-31")],
    ),
    (
        "The fort is from the late nineteenth century.",
        [_date("the late nineteenth century", "18", "1800-01-01", "1899-12-31")],
    ),
]

STEPS: list[Case] = [
    ("The embassy was opened three years ago.", [_year("three years ago", "2021")]),
    (
        "The embassy was opened two months ago.",
        [_date("two months ago", "2024-06", "2024-06-01", "2024-06-30")],
    ),
    ("The embassy was opened 10 days ago.", [_date("10 days ago", "2024-08-06")]),
    (
        "The embassy was opened two weeks ago.",
        [_date("two weeks ago", "2024-W31", "2024-07-29", "2024-08-04")],
    ),
    ("The embassy was opened more than a decade ago.", [_year("more than a decade ago", "2014")]),
    (
        "The embassy was opened several years ago.",
        [_date("several years ago", "PAST_REF", None, None)],
    ),
    (
        "The embassy will open two weeks from now.",
        [_date("two weeks from now", "2024-W35", "2024-08-26", "2024-09-01")],
    ),
    (
        "He came on July 20, 2023. Two days later he left.",
        [_date("July 20, 2023", "2023-07-20"), _date("Two days later", "2023-07-22")],
    ),
    (
        "He came on July 20, 2023. Two days earlier he had been in Rome.",
        [_date("July 20, 2023", "2023-07-20"), _date("Two days earlier", "2023-07-18")],
    ),
    (
        "He came on July 20, 2023, and left the same day.",
        [_date("July 20, 2023", "2023-07-20"), _date("the same day", "2023-07-20")],
    ),
    (
        "He came in July 2011. That year the port was opened.",
        [_date("July 2011", "2011-07", "2011-07-01", "2011-07-31"), _year("That year", "2011")],
    ),
    (
        "He came in 2011. The following year he fell.",
        [_year("2011", "2011"), _year("The following year", "2012")],
    ),
    (
        "He came on July 20, 2023. The following week he fell.",
        [
            _date("July 20, 2023", "2023-07-20"),
            _date("The following week", "2023-W30", "2023-07-24", "2023-07-30"),
        ],
    ),
    (
        "He came on July 20, 2023. The next day he went on.",
        [_date("July 20, 2023", "2023-07-20"), _date("The next day", "2023-07-21")],
    ),
    (
        "He came in 2011. Three years later he fell.",
        [_year("2011", "2011"), _year("Three years later", "2014")],
    ),
    (
        "Talks in June 2013 failed. In November he returned.",
        [
            _date("June 2013", "2013-06", "2013-06-01", "2013-06-30"),
            _date("November", "2013-11", "2013-11-01", "2013-11-30"),
        ],
    ),
    (
        "Talks in June 2013 failed. In March he returned.",
        [
            _date("June 2013", "2013-06", "2013-06-01", "2013-06-30"),
            _date("March", "2014-03", "2014-03-01", "2014-03-31"),
        ],
    ),
    ("In 2013, he came on March 3.", [_year("2013", "2013"), _date("March 3", "2013-03-03")]),
    (
        "He came on Monday, 4 March 2013, and left the following Wednesday.",
        [
            _date("Monday, 4 March 2013", "2013-03-04"),
            _date("the following Wednesday", "2013-03-06"),
        ],
    ),
]

AMOUNTS: list[Case] = [
    ("Talks lasted three days.", [_other("three days", "DURATION", "P3D")]),
    ("A three-day visit began.", [_other("three-day", "DURATION", "P3D")]),
    ("A two day visit began.", [_other("two day", "DURATION", "P2D")]),
    ("Talks lasted two and a half hours.", [_other("two and a half hours", "DURATION", "PT2H30M")]),
    ("Talks lasted an hour.", [_other("an hour", "DURATION", "PT1H")]),
    ("Talks lasted half an hour.", [_other("half an hour", "DURATION", "PT30M")]),
    ("Talks lasted 45 minutes.", [_other("45 minutes", "DURATION", "PT45M")]),
    ("They have ruled for 2 1/2 years.", [_other("2 1/2 years", "DURATION", "P2Y6M")]),
    ("They have ruled for twenty-five years.", [_other("twenty-five years", "DURATION", "P25Y")]),
    ("They have ruled for more than 30 years.", [_other("more than 30 years", "DURATION", "P30Y")]),
    ("They have ruled for a decade.", [_other("a decade", "DURATION", "P10Y")]),
    ("They have ruled for half a century.", [_other("half a century", "DURATION", "P50Y")]),
    ("They have ruled for years.", [_other("years", "DURATION", "PXY")]),
    ("They have ruled for several months.", [_other("several months", "DURATION", "PXM")]),
    ("They have ruled for a few weeks.", [_other("a few weeks", "DURATION", "PXW")]),
    ("Trade grew over the past two years.", [_other("the past two years", "DURATION", "P2Y")]),
    (
        "Trade will grow over the next five years.",
        [_other("the next five years", "DURATION", "P5Y")],
    ),
    ("Trade grew over the past year.", [_other("the past year", "DURATION", "P1Y")]),
    (
        "It has been held for three consecutive years.",
        [_other("three consecutive years", "DURATION", "P3Y")],
    ),
    ("The trip takes two to three weeks.", [_other("two to three weeks", "DURATION", "P2W")]),
    (
        "They got terms of 12 and 18 months.",
        [_other("12", "DURATION", "P12M"), _other("18 months", "DURATION", "P18M")],
    ),
    ("A decades-long feud ended.", [_other("decades-long", "DURATION", "PXDE")]),
    ("The truce holds for 72 hours.", [_other("72 hours", "DURATION", "PT72H")]),
]

SETS: list[Case] = [
    ("The fair is held every July.", [_other("every July", "SET", "XXXX-07")]),
    ("The fair is held every year.", [_other("every year", "SET", "P1Y")]),
    ("The fair is held every two years.", [_other("every two years", "SET", "P2Y")]),
    ("The fair is held every other week.", [_other("every other week", "SET", "P2W")]),
    ("The fair is held each Thursday.", [_other("each Thursday", "SET", "XXXX-WXX-4")]),
    (
        "The fair is held every second Tuesday.",
        [_other("every second Tuesday", "SET", "XXXX-WXX-2")],
    ),
    ("The embassy was shut half a century ago.", [_year("half a century ago", "1974")]),
    ("The fair is held every morning.", [_other("every morning", "SET", "XXXX-XX-XXTMO")]),
    ("The annual fair was shut.", [_other("annual", "SET", "P1Y")]),
    ("The weekly talks were cut.", [_other("weekly", "SET", "P1W")]),
    ("They meet twice a year.", [_other("twice a year", "SET", "P1Y")]),
    ("They meet on Tuesdays.", [_other("Tuesdays", "SET", "XXXX-WXX-2")]),
    ("The port ships 5 million tonnes a year.", [_other("a year", "SET", "P1Y")]),
    ("The museum is shut on weekends.", [_other("weekends", "SET", "XXXX-WXX-WE")]),
]

REFERENCES: list[Case] = [
    ("They now trade freely.", [_date("now", "PRESENT_REF", None, None)]),
    ("They currently trade freely.", [_date("currently", "PRESENT_REF", None, None)]),
    ("The current premier spoke.", [_date("current", "PRESENT_REF", None, None)]),
    ("They recently met.", [_date("recently", "PAST_REF", None, None)]),
    ("Ties warmed in recent years.", [_other("recent years", "DURATION", "PXY")]),
    ("That belongs to the past.", [_date("the past", "PAST_REF", None, None)]),
    ("They will meet in the near future.", [_date("the near future", "FUTURE_REF", None, None)]),
    ("They will meet in the future.", [_date("the future", "FUTURE_REF", None, None)]),
    ("Trade will grow in the coming years.", [_date("the coming years", "FUTURE_REF", None, None)]),
    ("Years ago the port was small.", [_date("Years ago", "PAST_REF", None, None)]),
]

HOLIDAYS: list[Case] = [
    ("They met on New Year's Day.", [_date("New Year's Day", "2024-01-01")]),
    ("They will meet at Christmas.", [_date("Christmas", "2024-12-25")]),
    ("They met on Christmas Eve 2022.", [_date("Christmas Eve 2022", "2022-12-24")]),
    ("They met on Good Friday.", [_date("Good Friday", "2024-03-29")]),
    ("Wishes were sent for the Lunar New Year 2023.", [_date("Lunar New Year 2023", "2023-01-22")]),
    ("Wishes were sent before Tet in Hanoi.", [_date("Tet", "2024-02-10")]),
    ("Prayers were held on Eid al-Fitr.", [_date("Eid al-Fitr", "2024-04-10")]),
    ("Lamps will be lit for Diwali.", [_date("Diwali", "2024-10-31")]),
    ("They will meet on Thanksgiving.", [_date("Thanksgiving", "2024-11-28")]),
]

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

#: The verb decides, wherever it stands.
TENSES: list[Case] = [
    (
        "On Tuesday, the king, who was crowned in May, will fly to Rome.",
        [_date("Tuesday", "2024-08-20"), _date("May", "2024-05", "2024-05-01", "2024-05-31")],
    ),
    (
        "On Monday they agreed to meet in October.",
        [_date("Monday", "2024-08-12"), _date("October", "2024-10", "2024-10-01", "2024-10-31")],
    ),
    ("Tokyo is hosting the talks on Monday.", [_date("Monday", "2024-08-19")]),
    ("He is expected in Lima on Thursday.", [_date("Thursday", "2024-08-22")]),
    (
        "He has accepted an invitation to visit Delhi in January.",
        [_date("January", "2025-01", "2025-01-01", "2025-01-31")],
    ),
    (
        "He invited the king to visit Delhi in January.",
        [_date("January", "2025-01", "2025-01-01", "2025-01-31")],
    ),
    (
        "Ahead of Monday's summit, the ministers met on Friday.",
        [_date("Monday", "2024-08-19"), _date("Friday", "2024-08-16")],
    ),
    ("Following Monday's meeting a text was signed.", [_date("Monday", "2024-08-12")]),
    ("King to visit Kyiv on Sunday", [_date("Sunday", "2024-08-18")]),
    ("King arrives in Hanoi Monday for state visit", [_date("Monday", "2024-08-19")]),
    ("Trains run again from Monday.", [_date("Monday", "2024-08-19")]),
    ("Until Monday the border had been shut.", [_date("Monday", "2024-08-12")]),
    ("He could not be reached on Monday.", [_date("Monday", "2024-08-12")]),
    (
        "The text, signed in December, takes effect in January.",
        [
            _date("December", "2023-12", "2023-12-01", "2023-12-31"),
            _date("January", "2025-01", "2025-01-01", "2025-01-31"),
        ],
    ),
    (
        "The visit was scheduled for July 30 and postponed to September 12.",
        [_date("July 30", "2024-07-30"), _date("September 12", "2024-09-12")],
    ),
    (
        "The envoy said on Thursday that Mr Rao would arrive on Sunday.",
        [_date("Thursday", "2024-08-15"), _date("Sunday", "2024-08-18")],
    ),
    (
        "He was in Oslo on 17 June 2022, in Bonn on 17 August. On 11 November he was in Rome.",
        [
            _date("17 June 2022", "2022-06-17"),
            _date("17 August", "2022-08-17"),
            _date("11 November", "2022-11-11"),
        ],
    ),
    (
        "Ties were cut in July 2022. On 3 January two envoys came.",
        [
            _date("July 2022", "2022-07", "2022-07-01", "2022-07-31"),
            _date("3 January", "2024-01-03"),
        ],
    ),
]

#: Forms that news and ministries use besides.
FORMS: list[Case] = [
    (
        "He was there on 18/19 July 2024.",
        [_date("18/19 July 2024", "2024-07-18/2024-07-19", "2024-07-18", "2024-07-19")],
    ),
    (
        "He was there on 4th-5th July 2024.",
        [_date("4th-5th July 2024", "2024-07-04/2024-07-05", "2024-07-04", "2024-07-05")],
    ),
    (
        "He goes there on July 4 and 5, 2025.",
        [_date("July 4 and 5, 2025", "2025-07-04/2025-07-05", "2025-07-04", "2025-07-05")],
    ),
    ("It is dated 16-Jul-2024.", [_date("16-Jul-2024", "2024-07-16")]),
    (
        "He comes from tomorrow (17) to Tuesday (20).",
        [_date("tomorrow (17)", "2024-08-17"), _date("Tuesday (20)", "2024-08-20")],
    ),
    (
        "Updated 2024-08-15 16:41.",
        [_other("2024-08-15 16:41", "TIME", "2024-08-15T16:41", "2024-08-15")],
    ),
    (
        "Updated August 15, 2024 8:14 PM.",
        [_other("August 15, 2024 8:14 PM", "TIME", "2024-08-15T20:14", "2024-08-15")],
    ),
    ("He landed at 3.13pm.", [_other("3.13pm", "TIME", "2024-08-16T15:13", "2024-08-16")]),
    ("09.40 There is the handshake.", [_other("09.40", "TIME", "2024-08-16T09:40", "2024-08-16")]),
    (
        "He landed on the 9th. On the 12th he left.",
        [_date("the 9th", "2024-08-09"), _date("the 12th", "2024-08-12")],
    ),
    ("He spent two (2) days there.", [_other("two (2) days", "DURATION", "P2D")]),
    ("He goes home on Saturday next week.", [_date("Saturday next week", "2024-08-24")]),
    (
        "He was there from Monday to Wednesday.",
        [_date("Monday", "2024-08-12"), _date("Wednesday", "2024-08-14")],
    ),
    ("They would one day be partners.", [_date("one day", "FUTURE_REF", None, None)]),
    (
        "He came in the last days of July.",
        [_date("the last days of July", "2024-07", "2024-07-01", "2024-07-31")],
    ),
    (
        "He met her late on Thursday night.",
        [_other("late on Thursday night", "TIME", "2024-08-15TNI", "2024-08-15")],
    ),
    (
        "He came in the first half of April.",
        [_date("the first half of April", "2024-04", "2024-04-01", "2024-04-15")],
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
            _quarter("Second-quarter", "2024-Q2"),
            _quarter("a year earlier", "2023-Q2"),
            _quarter("the latest quarter", "2024-Q2"),
            _quarter("a year ago", "2023-Q2"),
        ],
    ),
    (
        "A loss followed in the second quarter. In nine months it lost 3%, from 2% a year earlier.",
        [
            _quarter("the second quarter", "2024-Q2"),
            _other("nine months", "DURATION", "P9M"),
            _year("a year earlier", "2023"),
        ],
    ),
    (
        "Sales rose in the quarter ended March 31, and fell in the corresponding period last year.",
        [
            _quarter("the quarter", "2024-Q1"),
            _date("March 31", "2024-03-31"),
            _quarter("the corresponding period last year", "2023-Q1"),
        ],
    ),
    ("It cut its quarterly dividend and its annual budget.", []),
    (
        "Profit for the full year fell to $3 million in the first quarter of $6 million.",
        [_date("the full year", "2024", None, None), _quarter("the first quarter", "2024-Q1")],
    ),
    (
        "They had told the mill of a cut in October.",
        [_date("October", "2024-10", "2024-10-01", "2024-10-31")],
    ),
    (
        "They had closed the mill in December.",
        [_date("December", "2023-12", "2023-12-01", "2023-12-31")],
    ),
    ("They had set the vote for October 1.", [_date("October 1", "2024-10-01")]),
    (
        "He fell ill this past spring.",
        [_date("this past spring", "2024-SP", "2024-03-01", "2024-05-31")],
    ),
    ("It was the first in over ten years.", [_other("over ten years", "DURATION", "P10Y")]),
    ("It fell from 60 the previous day.", [_date("the previous day", "2024-08-15")]),
    (
        "The truce of 1980 broke. That November he fled.",
        [_year("1980", "1980"), _date("That November", "1980-11", "1980-11-01", "1980-11-30")],
    ),
    ("Signed: 1992, January 3.", [_date("1992, January 3", "1992-01-03")]),
    (
        "In 2022, three years after the war, he left.",
        [_year("2022", "2022"), _other("three years", "DURATION", "P3Y")],
    ),
    (
        "They met at the weekend.",
        [_date("the weekend", "2024-W32-WE", "2024-08-10", "2024-08-11")],
    ),
    (
        "Okoro's May trip to Lima was short.",
        [_date("May", "2024-05", "2024-05-01", "2024-05-31")],
    ),
    ("Ahead of the vote, the court on Monday issued a warning.", [_date("Monday", "2024-08-12")]),
    ("They would find a way around Monday's ruling.", [_date("Monday", "2024-08-12")]),
    ("The offer had been due to lapse on Monday.", [_date("Monday", "2024-08-12")]),
    ("He was to have gone on Monday.", [_date("Monday", "2024-08-12")]),
    ("The court has given the firm until Monday to pay.", [_date("Monday", "2024-08-19")]),
    ("The speaker adjourned the House until Monday.", [_date("Monday", "2024-08-19")]),
    ("They planned a large rally in Oslo on Monday.", [_date("Monday", "2024-08-19")]),
    ("The index is near its record high set on December 6.", [_date("December 6", "2023-12-06")]),
    (
        "Prices have come down since May.",
        [_date("May", "2024-05", "2024-05-01", "2024-05-31")],
    ),
    (
        "Output fell in the first and second quarters of 2009.",
        [_quarter("the first", "2009-Q1"), _quarter("second quarters of 2009", "2009-Q2")],
    ),
    ("He came back within a week of the vote.", [_other("a week", "DURATION", "P1W")]),
    ("He was there in the days before the vote.", [_other("days", "DURATION", "PXD")]),
    ("It flies there four times more than two planes a week.", [_other("a week", "SET", "P1W")]),
    ("Banks will stay closed until Tuesday.", [_date("Tuesday", "2024-08-20")]),
    ("Wednesday's vote follows calls for change.", [_date("Wednesday", "2024-08-14")]),
    (
        "It erupted 2.5 million years ago, over four million years.",
        [
            _date("2.5 million years ago", "PAST_REF", None, None),
            _other("four million years", "DURATION", "P4000000Y"),
        ],
    ),
    ("The raid comes weeks after another.", [_other("weeks", "DURATION", "PXW")]),
    (
        "Unions called a two-day strike from Monday.",
        [_other("two-day", "DURATION", "P2D"), _date("Monday", "2024-08-19")],
    ),
    ("The pact is to be put to a vote on Monday.", [_date("Monday", "2024-08-19")]),
    (
        "Sales beat those of the same quarter a year ago.",
        [_quarter("the same quarter a year ago", "2023-Q2")],
    ),
    (
        "Sales in May fell from the same month last year.",
        [
            _date("May", "2024-05", "2024-05-01", "2024-05-31"),
            _date("the same month last year", "2023-05", "2023-05-01", "2023-05-31"),
        ],
    ),
    (
        "Snow fell and more is forecast for the weekend.",
        [_date("the weekend", "2024-W33-WE", "2024-08-17", "2024-08-18")],
    ),
    ("In the week since, he left.", [_other("the week", "DURATION", "P1W")]),
    ("He left after the September 11 attacks.", [_date("September 11", "2001-09-11")]),
    ("He left after 9/11 for good.", [_date("9/11", "2001-09-11")]),
    ("He landed around August 5 in Rome.", [_date("around August 5", "2024-08-05")]),
    (
        "The fire began around 7:15 p.m. in Oslo.",
        [_other("around 7:15 p.m.", "TIME", "2024-08-16T19:15", "2024-08-16")],
    ),
    ("The chip may have been to blame for a fall on Monday.", [_date("Monday", "2024-08-12")]),
    (
        "The hall was shut on Monday.\n\nGuests had come in the morning.",
        [
            _date("Monday", "2024-08-12"),
            _other("the morning", "TIME", "2024-08-12TMO", "2024-08-12"),
        ],
    ),
    (
        "Polls are open from 7 a.m. to 6 p.m. on Sunday.",
        [
            _other("7 a.m.", "TIME", "2024-08-18T07:00", "2024-08-18"),
            _other("6 p.m. on Sunday", "TIME", "2024-08-18T18:00", "2024-08-18"),
        ],
    ),
    ("The house left until Monday a vote on the tax.", [_date("Monday", "2024-08-19")]),
    ("It is shut until at least mid-2025, he said.", [_year("mid-2025", "2025")]),
    (
        "He was jailed in 2009 to 10 years.",
        [_year("2009", "2009"), _other("10 years", "DURATION", "P10Y")],
    ),
    (
        "The two-year-old war killed a 20-year-old driver.",
        [_other("two-year-old", "DURATION", "P2Y")],
    ),
    ("It will build 13 aircraft a month.", [_other("a month", "SET", "P1M")]),
    ("The pact on two dams needs a week.", [_other("a week", "DURATION", "P1W")]),
    ("It lasted a couple of years.", [_other("a couple of years", "DURATION", "P2Y")]),
    ("It takes a month or two.", [_other("a month or two", "DURATION", "P1M")]),
    (
        "He will stay for the next two years or so.",
        [_other("the next two years or so", "DURATION", "P2Y")],
    ),
    (
        "It expects a loss in the fourth quarter. In the latest quarter it had a profit.",
        [_quarter("the fourth quarter", "2024-Q4"), _quarter("the latest quarter", "2024-Q2")],
    ),
]

#: Sentences of an article whose publication date is unknown.
UNKNOWN: list[Case] = [
    ("The route was opened this month.", [_date("this month", "XXXX-XX", None, None)]),
    ("He came on Monday.", [_date("Monday", "XXXX-WXX-1", None, None)]),
    ("He came on March 3.", [_date("March 3", "XXXX-03-03", None, None)]),
    ("He came in March.", [_date("March", "XXXX-03", None, None)]),
    ("He came last year.", [_date("last year", "XXXX", None, None)]),
    ("He will come next week.", [_date("next week", "XXXX-WXX", None, None)]),
    ("He came today.", [_date("today", "XXXX-XX-XX", None, None)]),
    ("He came on Monday morning.", [_other("Monday morning", "TIME", "XXXX-WXX-1TMO")]),
    ("He came on August 18-20.", [_date("August 18-20", "XXXX-08-18/XXXX-08-20", None, None)]),
    ("He came at Christmas.", [_date("Christmas", "XXXX-12-25", None, None)]),
    ("He came for the Lunar New Year.", [_date("Lunar New Year", "XXXX-XX-XX", None, None)]),
    ("Ties go back to the 1950s.", [_date("the 1950s", "195", "1950-01-01", "1959-12-31")]),
    ("In 2013 he came on March 3.", [_year("2013", "2013"), _date("March 3", "2013-03-03")]),
    (
        "He came on 3 May 2013 and left on 5 May.",
        [_date("3 May 2013", "2013-05-03"), _date("5 May", "2013-05-05")],
    ),
    ("He came three years ago.", [_date("three years ago", "XXXX", None, None)]),
    (
        "He came on 30 May and left on 6 June 2013.",
        [_date("30 May", "2013-05-30"), _date("6 June 2013", "2013-06-06")],
    ),
    (
        "He came on December 30-31 and left on 6 January 2013.",
        [
            _date("December 30-31", "2012-12-30/2012-12-31", "2012-12-30", "2012-12-31"),
            _date("6 January 2013", "2013-01-06"),
        ],
    ),
    (
        "He came on 30 May. The text is of 6 June 2013.",
        [_date("30 May", "XXXX-05-30", None, None), _date("6 June 2013", "2013-06-06")],
    ),
]

#: Sentences of an article of which only the month (2024-08) is known.
MONTH_KNOWN: list[Case] = [
    (
        "The route was opened this month.",
        [_date("this month", "2024-08", "2024-08-01", "2024-08-31")],
    ),
    ("The route was opened last year.", [_year("last year", "2023")]),
    ("He came in March.", [_date("March", "2024-03", "2024-03-01", "2024-03-31")]),
    ("He came on March 3.", [_date("March 3", "2024-03-03")]),
    ("He came on Monday.", [_date("Monday", "XXXX-WXX-1", None, None)]),
    ("He came yesterday.", [_date("yesterday", "XXXX-XX-XX", None, None)]),
]

KNOWN: list[Case] = [
    *DAYS,
    *WEEKDAYS,
    *RANGES,
    *SPANS,
    *STEPS,
    *AMOUNTS,
    *SETS,
    *REFERENCES,
    *HOLIDAYS,
    *TENSES,
    *FORMS,
    *FIGURES,
]
