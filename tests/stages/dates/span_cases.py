"""Sentences with spans, steps, amounts and what recurs, and what must be found in them."""

from __future__ import annotations

from tests.stages.dates.answers import Case, date, other, year

SPANS: list[Case] = [
    ("He will go there next week.", [date("next week", "2024-W34", "2024-08-19", "2024-08-25")]),
    ("He went there last week.", [date("last week", "2024-W32", "2024-08-05", "2024-08-11")]),
    ("They signed it last January 30.", [date("last January 30", "2024-01-30")]),
    ("He came last December 14.", [date("last December 14", "2023-12-14")]),
    ("He will come next June 3.", [date("next June 3", "2025-06-03")]),
    ("He met them last May 13, 2023.", [date("last May 13, 2023", "2023-05-13")]),
    (
        "It was held last April 28-30.",
        [date("last April 28-30", "2024-04-28/2024-04-30", "2024-04-28", "2024-04-30")],
    ),
    ("He will go there this week.", [date("this week", "2024-W33", "2024-08-12", "2024-08-18")]),
    ("He went there last month.", [date("last month", "2024-07", "2024-07-01", "2024-07-31")]),
    (
        "He will go later this month.",
        [date("later this month", "2024-08", "2024-08-01", "2024-08-31")],
    ),
    (
        "He will go in the coming month.",
        [date("the coming month", "2024-09", "2024-09-01", "2024-09-30")],
    ),
    ("He went there last year.", [year("last year", "2023")]),
    (
        "He went there earlier this year.",
        [date("earlier this year", "2024", "2024-01-01", "2024-12-31")],
    ),
    ("He will go next year.", [year("next year", "2025")]),
    (
        "A deal is due by the end of the year.",
        [date("the end of the year", "2024", "2024-01-01", "2024-12-31")],
    ),
    ("A deal is due by year-end.", [date("year-end", "2024", "2024-01-01", "2024-12-31")]),
    (
        "A deal is due by the end of next month.",
        [date("the end of next month", "2024-09", "2024-09-01", "2024-09-30")],
    ),
    (
        "He went there earlier in the week.",
        [date("earlier in the week", "2024-W33", "2024-08-12", "2024-08-18")],
    ),
    ("He went there in March.", [date("March", "2024-03", "2024-03-01", "2024-03-31")]),
    ("He went there in November.", [date("November", "2023-11", "2023-11-01", "2023-11-30")]),
    ("He will go there in March.", [date("March", "2025-03", "2025-03-01", "2025-03-31")]),
    ("He will go there in May.", [date("May", "2025-05", "2025-05-01", "2025-05-31")]),
    ("He will go in early June.", [date("early June", "2025-06", "2025-06-01", "2025-06-30")]),
    ("He went in mid-June.", [date("mid-June", "2024-06", "2024-06-01", "2024-06-30")]),
    ("He went there in Sept. 2019.", [date("Sept. 2019", "2019-09", "2019-09-01", "2019-09-30")]),
    (
        "He went there in June of 2019.",
        [date("June of 2019", "2019-06", "2019-06-01", "2019-06-30")],
    ),
    ("He went there last June.", [date("last June", "2024-06", "2024-06-01", "2024-06-30")]),
    ("He will go next March.", [date("next March", "2025-03", "2025-03-01", "2025-03-31")]),
    (
        "He went in March last year.",
        [date("March last year", "2023-03", "2023-03-01", "2023-03-31")],
    ),
    (
        "Exports rose in the first quarter of 2024.",
        [date("the first quarter of 2024", "2024-Q1", "2024-01-01", "2024-03-31")],
    ),
    ("Exports rose in Q3 2023.", [date("Q3 2023", "2023-Q3", "2023-07-01", "2023-09-30")]),
    (
        "Exports rose in the second quarter.",
        [date("the second quarter", "2024-Q2", "2024-04-01", "2024-06-30")],
    ),
    (
        "Third-quarter exports will rise.",
        [date("Third-quarter", "2024-Q3", "2024-07-01", "2024-09-30")],
    ),
    (
        "Exports rose in the first half of this year.",
        [date("the first half of this year", "2024-H1", "2024-01-01", "2024-06-30")],
    ),
    (
        "The summit is due in the second half of 2025.",
        [date("the second half of 2025", "2025-H2", "2025-07-01", "2025-12-31")],
    ),
    (
        "The summit is due in the first week of October.",
        [date("the first week of October", "2024-10-01/2024-10-07", "2024-10-01", "2024-10-07")],
    ),
    (
        "Voting is set for the week of September 9.",
        [date("the week of September 9", "2024-W37", "2024-09-09", "2024-09-15")],
    ),
    (
        "They met in the summer of 2019.",
        [date("the summer of 2019", "2019-SU", "2019-06-01", "2019-08-31")],
    ),
    ("They met in summer 2024.", [date("summer 2024", "2024-SU", "2024-06-01", "2024-08-31")]),
    ("They met last winter.", [date("last winter", "2023-WI", "2023-12-01", "2024-02-29")]),
    ("They will meet this autumn.", [date("this autumn", "2024-FA", "2024-09-01", "2024-11-30")]),
    ("The budget for fiscal 2025 was passed.", [date("fiscal 2025", "2025", None, None)]),
    (
        "The budget for fiscal year 2023-24 was passed.",
        [date("fiscal year 2023-24", "2023/2024", "2023-01-01", "2024-12-31")],
    ),
    ("Relations were opened in 1992.", [year("1992", "1992")]),
    ("The year 2019 was a turning point.", [year("The year 2019", "2019")]),
    ("The 2024 summit was held in Apia.", [year("2024", "2024")]),
    ("The class of '97 met.", [year("'97", "1997")]),
    ("Ties go back to the 1950s.", [date("the 1950s", "195", "1950-01-01", "1959-12-31")]),
    (
        "Ties go back to the early 1990s.",
        [date("the early 1990s", "199", "1990-01-01", "1999-12-31")],
    ),
    ("Ties cooled in the nineties.", [date("the nineties", "199", "1990-01-01", "1999-12-31")]),
    ("Ties cooled in the '80s.", [date("the '80s", "198", "1980-01-01", "1989-12-31")]),
    (
        "The fort is from the 17th century.",
        [date("the 17th century", "16", "1600-01-01", "1699-12-31")],
    ),
    (
        "The fort is from the late nineteenth century.",
        [date("the late nineteenth century", "18", "1800-01-01", "1899-12-31")],
    ),
]

STEPS: list[Case] = [
    ("The embassy was opened three years ago.", [year("three years ago", "2021")]),
    (
        "The embassy was opened two months ago.",
        [date("two months ago", "2024-06", "2024-06-01", "2024-06-30")],
    ),
    ("The embassy was opened 10 days ago.", [date("10 days ago", "2024-08-06")]),
    (
        "The embassy was opened two weeks ago.",
        [date("two weeks ago", "2024-W31", "2024-07-29", "2024-08-04")],
    ),
    ("The embassy was opened more than a decade ago.", [year("more than a decade ago", "2014")]),
    (
        "The embassy was opened several years ago.",
        [date("several years ago", "PAST_REF", None, None)],
    ),
    (
        "The embassy will open two weeks from now.",
        [date("two weeks from now", "2024-W35", "2024-08-26", "2024-09-01")],
    ),
    (
        "He came on July 20, 2023. Two days later he left.",
        [date("July 20, 2023", "2023-07-20"), date("Two days later", "2023-07-22")],
    ),
    (
        "He came in May 2012. Two months later he left.",
        [
            date("May 2012", "2012-05", "2012-05-01", "2012-05-31"),
            date("Two months later", "2012-07", "2012-07-01", "2012-07-31"),
        ],
    ),
    (
        "He came in 2012. Two months later he left.",
        [year("2012", "2012"), date("Two months later", "XXXX-XX", None, None)],
    ),
    (
        "He came on July 20, 2023. Two days earlier he had been in Rome.",
        [date("July 20, 2023", "2023-07-20"), date("Two days earlier", "2023-07-18")],
    ),
    (
        "He came on July 20, 2023, and left the same day.",
        [date("July 20, 2023", "2023-07-20"), date("the same day", "2023-07-20")],
    ),
    (
        "He came in July 2011. That year the port was opened.",
        [date("July 2011", "2011-07", "2011-07-01", "2011-07-31"), year("That year", "2011")],
    ),
    (
        "He came in 2011. The following year he fell.",
        [year("2011", "2011"), year("The following year", "2012")],
    ),
    (
        "He came on July 20, 2023. The following week he fell.",
        [
            date("July 20, 2023", "2023-07-20"),
            date("The following week", "2023-W30", "2023-07-24", "2023-07-30"),
        ],
    ),
    (
        "He came on July 20, 2023. The next day he went on.",
        [date("July 20, 2023", "2023-07-20"), date("The next day", "2023-07-21")],
    ),
    (
        "He came in 2011. Three years later he fell.",
        [year("2011", "2011"), year("Three years later", "2014")],
    ),
    (
        "Talks in June 2013 failed. In November he returned.",
        [
            date("June 2013", "2013-06", "2013-06-01", "2013-06-30"),
            date("November", "2013-11", "2013-11-01", "2013-11-30"),
        ],
    ),
    (
        "Talks in June 2013 failed. In March he returned.",
        [
            date("June 2013", "2013-06", "2013-06-01", "2013-06-30"),
            date("March", "2014-03", "2014-03-01", "2014-03-31"),
        ],
    ),
    (
        "The year 2013 changed that. In June he returned.",
        [
            year("The year 2013", "2013"),
            date("June", "2013-06", "2013-06-01", "2013-06-30"),
        ],
    ),
    (
        "The port was built in 2013. In June he returned.",
        [year("2013", "2013"), date("June", "2024-06", "2024-06-01", "2024-06-30")],
    ),
    (
        "Talks began in January 2013. He returned in March.",
        [
            date("January 2013", "2013-01", "2013-01-01", "2013-01-31"),
            date("March", "2013-03", "2013-03-01", "2013-03-31"),
        ],
    ),
    (
        "Talks began in January 2013. He returned in July.",
        [
            date("January 2013", "2013-01", "2013-01-01", "2013-01-31"),
            date("July", "2024-07", "2024-07-01", "2024-07-31"),
        ],
    ),
    (
        "He came in 1991. Twenty years on, she came.",
        [year("1991", "1991"), year("Twenty years on", "2011")],
    ),
    (
        "He came in 1991; two years after that, she came.",
        [year("1991", "1991"), year("two years after that", "1993")],
    ),
    (
        "Thirty years ago this month she came.",
        [date("Thirty years ago this month", "1994-08", "1994-08-01", "1994-08-31")],
    ),
    ("In 2013, he came on March 3.", [year("2013", "2013"), date("March 3", "2013-03-03")]),
    (
        "After the 2013 raid, he came on August 9.",
        [year("2013", "2013"), date("August 9", "2024-08-09")],
    ),
    (
        "After the 2013 raid, he came on March 3.",
        [year("2013", "2013"), date("March 3", "2013-03-03")],
    ),
    (
        "He came on Monday, 4 March 2013, and left the following Wednesday.",
        [
            date("Monday, 4 March 2013", "2013-03-04"),
            date("the following Wednesday", "2013-03-06"),
        ],
    ),
]

AMOUNTS: list[Case] = [
    ("Talks lasted three days.", [other("three days", "DURATION", "P3D")]),
    ("A three-day visit began.", [other("three-day", "DURATION", "P3D")]),
    ("A two day visit began.", [other("two day", "DURATION", "P2D")]),
    ("Talks lasted two and a half hours.", [other("two and a half hours", "DURATION", "PT2H30M")]),
    ("Talks lasted an hour.", [other("an hour", "DURATION", "PT1H")]),
    ("Talks lasted half an hour.", [other("half an hour", "DURATION", "PT30M")]),
    ("Talks lasted 45 minutes.", [other("45 minutes", "DURATION", "PT45M")]),
    ("They have ruled for 2 1/2 years.", [other("2 1/2 years", "DURATION", "P2Y6M")]),
    ("They have ruled for twenty-five years.", [other("twenty-five years", "DURATION", "P25Y")]),
    ("They have ruled for more than 30 years.", [other("more than 30 years", "DURATION", "P30Y")]),
    ("They have ruled for a decade.", [other("a decade", "DURATION", "P10Y")]),
    ("They have ruled for half a century.", [other("half a century", "DURATION", "P50Y")]),
    ("They have ruled for years.", [other("years", "DURATION", "PXY")]),
    ("They have ruled for several months.", [other("several months", "DURATION", "PXM")]),
    ("They have ruled for a few weeks.", [other("a few weeks", "DURATION", "PXW")]),
    ("Trade grew over the past two years.", [other("the past two years", "DURATION", "P2Y")]),
    (
        "Trade will grow over the next five years.",
        [other("the next five years", "DURATION", "P5Y")],
    ),
    ("Trade grew over the past year.", [other("the past year", "DURATION", "P1Y")]),
    (
        "It has been held for three consecutive years.",
        [other("three consecutive years", "DURATION", "P3Y")],
    ),
    ("The trip takes two to three weeks.", [other("two to three weeks", "DURATION", "P2W")]),
    (
        "They got terms of 12 and 18 months.",
        [other("12", "DURATION", "P12M"), other("18 months", "DURATION", "P18M")],
    ),
    ("A decades-long feud ended.", [other("decades-long", "DURATION", "PXE")]),
    ("The truce holds for 72 hours.", [other("72 hours", "DURATION", "PT72H")]),
]

SETS: list[Case] = [
    ("The fair is held every July.", [other("every July", "SET", "XXXX-07")]),
    ("The fair is held every year.", [other("every year", "SET", "P1Y")]),
    ("The fair is held every two years.", [other("every two years", "SET", "P2Y")]),
    ("The fair is held every other week.", [other("every other week", "SET", "P2W")]),
    ("The fair is held each Thursday.", [other("each Thursday", "SET", "XXXX-WXX-4")]),
    (
        "The fair is held every second Tuesday.",
        [other("every second Tuesday", "SET", "XXXX-WXX-2")],
    ),
    ("The embassy was shut half a century ago.", [year("half a century ago", "1974")]),
    ("The fair is held every morning.", [other("every morning", "SET", "XXXX-XX-XXTMO")]),
    ("The annual fair was shut.", [other("annual", "SET", "P1Y")]),
    ("The weekly talks were cut.", [other("weekly", "SET", "P1W")]),
    ("They meet twice a year.", [other("twice a year", "SET", "P1Y")]),
    ("They meet on Tuesdays.", [other("Tuesdays", "SET", "XXXX-WXX-2")]),
    ("The port ships 5 million tonnes a year.", [other("a year", "SET", "P1Y")]),
    ("The museum is shut on weekends.", [other("weekends", "SET", "XXXX-WXX-WE")]),
]

REFERENCES: list[Case] = [
    ("They now trade freely.", [date("now", "PRESENT_REF", None, None)]),
    ("They currently trade freely.", [date("currently", "PRESENT_REF", None, None)]),
    ("The current premier spoke.", [date("current", "PRESENT_REF", None, None)]),
    ("They recently met.", [date("recently", "PAST_REF", None, None)]),
    ("Ties warmed in recent years.", [other("recent years", "DURATION", "PXY")]),
    ("That belongs to the past.", [date("the past", "PAST_REF", None, None)]),
    ("They will meet in the near future.", [date("the near future", "FUTURE_REF", None, None)]),
    ("They will meet in the future.", [date("the future", "FUTURE_REF", None, None)]),
    ("Trade will grow in the coming years.", [other("the coming years", "DURATION", "PXY")]),
    ("Years ago the port was small.", [date("Years ago", "PAST_REF", None, None)]),
]

HOLIDAYS: list[Case] = [
    ("On Christmas Day the pope prayed for peace.", [date("Christmas Day", "2023-12-25")]),
    ("On Juneteenth he spoke of war.", [date("Juneteenth", "2024-06-19")]),
    ("On Armistice Day he spoke of war.", [date("Armistice Day", "2023-11-11")]),
    ("The queen will visit Oslo on Bastille Day.", [date("Bastille Day", "2025-07-14")]),
    ("Workers marched on Labour Day.", [date("Labour Day", "2024-09-02")]),
    ("Troops paraded on Victory Day in Moscow.", [date("Victory Day", "2024-05-09")]),
    ("They met on New Year's Day.", [date("New Year's Day", "2024-01-01")]),
    ("They will meet at Christmas.", [date("Christmas", "2024-12-25")]),
    ("They met on Christmas Eve 2022.", [date("Christmas Eve 2022", "2022-12-24")]),
    ("They met on Good Friday.", [date("Good Friday", "2024-03-29")]),
    ("Wishes were sent for the Lunar New Year 2023.", [date("Lunar New Year 2023", "2023-01-22")]),
    ("Wishes were sent before Tet in Hanoi.", [date("Tet", "2024-02-10")]),
    ("Prayers were held on Eid al-Fitr.", [date("Eid al-Fitr", "2024-04-10")]),
    ("Lamps will be lit for Diwali.", [date("Diwali", "2024-10-31")]),
    ("They will meet on Thanksgiving.", [date("Thanksgiving", "2024-11-28")]),
]
