"""Sentences with lengths beside an event, whole days and rough amounts, and what must be found."""

from __future__ import annotations

from tests.stages.dates.answers import Case, date, other, year

AROUND: list[Case] = [
    (
        "The alarm rang, and minutes later the hall was dark.",
        [other("minutes later", "DURATION", "PTXM")],
    ),
    (
        "The rally took place over October 26-28.",
        [date("October 26-28", "2023-10-26/2023-10-28", "2023-10-26", "2023-10-28")],
    ),
    (
        "The rally was held from October 26 to 28.",
        [date("October 26 to 28", "2023-10-26/2023-10-28", "2023-10-26", "2023-10-28")],
    ),
    ("Years later, he sold the mill.", [other("Years later", "DURATION", "PXY")]),
    ("Years prior, he had sold the mill.", [other("Years prior", "DURATION", "PXY")]),
    ("The two had met three days prior.", [date("three days prior", "2024-08-13")]),
    ("They met two weeks prior to the vote.", [other("two weeks", "DURATION", "P2W")]),
    ("The visit, coming two weeks after the vote, ended.", [other("two weeks", "DURATION", "P2W")]),
    (
        "It will snow in the coming two weeks.",
        [other("the coming two weeks", "DURATION", "P2W")],
    ),
    ("At the end of the day, it is up to the voters.", []),
    ("At the end of the day, the envoys left.", [date("the end of the day", "2024-08-16")]),
    ("He was freed a few days later.", [other("a few days later", "DURATION", "PXD")]),
    ("Moments later the lights went out.", [other("Moments later", "DURATION", "PXX")]),
    ("The jet came down minutes after take-off.", [other("minutes", "DURATION", "PTXM")]),
    ("Weeks after the vote the count goes on.", [other("Weeks", "DURATION", "PXW")]),
    ("His days before politics were calm.", []),
    ("He resigned the day after the vote.", [other("the day", "DATE", "XXXX-XX-XX")]),
    ("Prices rose in the week before the poll.", [other("the week", "DATE", "XXXX-WXX")]),
    ("The house fell the night after the storm.", [other("the night", "TIME", "XXXX-XX-XXTNI")]),
    (
        "It fell on 3 May, the day before the vote.",
        [date("3 May", "2024-05-03"), date("the day", "2024-05-03")],
    ),
    ("She flew home on the day he quit.", [other("the day", "DATE", "XXXX-XX-XX")]),
    ("In the years that followed, the port grew.", [other("the years", "DURATION", "PXY")]),
    ("Over the years the port grew.", [other("the years", "DURATION", "PXY")]),
    ("Decades of war are over.", [other("Decades", "DURATION", "PXE")]),
    ("The days of war are over.", []),
    ("Crews dug all night.", [other("all night", "DURATION", "P1D")]),
    ("It rained for the whole week.", [other("the whole week", "DURATION", "P1W")]),
    ("The weeklong trip is over.", [other("weeklong", "DURATION", "P1W")]),
    ("They spent the night in tents.", [other("the night", "TIME", "2024-08-16TNI", "2024-08-16")]),
    ("He served about two years.", [other("about two years", "DURATION", "P2Y")]),
    ("They waited for around an hour.", [other("around an hour", "DURATION", "PT1H")]),
    ("It opened some 30 years ago.", [year("some 30 years ago", "1994")]),
    ("He waited for a couple hours.", [other("a couple hours", "DURATION", "PT2H")]),
    ("He stays for another year.", [other("another year", "DURATION", "P1Y")]),
    ("He stays for another two weeks.", [other("another two weeks", "DURATION", "P2W")]),
    (
        "They came in the early hours of Thursday.",
        [("the early hours of Thursday", "TIME", "2024-08-15TMO", "2024-08-15", "2024-08-15")],
    ),
    (
        "They came in the early hours of the morning.",
        [("the early hours of the morning", "TIME", "2024-08-16TMO", "2024-08-16", "2024-08-16")],
    ),
    ("Earlier Thursday, he had met the king.", [date("Earlier Thursday", "2024-08-15")]),
    ("No talks are planned at the moment.", [other("the moment", "DATE", "PRESENT_REF")]),
    (
        "It closed at the start of the week.",
        [date("the start of the week", "2024-W33", "2024-08-12", "2024-08-18")],
    ),
    (
        "Crowds marched for a third straight day.",
        [other("a third straight day", "DATE", "XXXX-XX-XX")],
    ),
    ("It is the second day of talks.", [date("the second day", "2024-08-16")]),
    ("It is open 24 hours a day.", [other("24 hours a day", "SET", "P1D")]),
    ("It rings every few days.", [other("every few days", "SET", "PXD")]),
    ("He may soon leave.", [other("soon", "DATE", "FUTURE_REF")]),
    ("He soon left.", []),
    (
        "He spoke at 9:30 last night.",
        [("9:30 last night", "TIME", "2024-08-15T21:30", "2024-08-15", "2024-08-15")],
    ),
    (
        "He speaks at 7:30 tonight.",
        [("7:30 tonight", "TIME", "2024-08-16T19:30", "2024-08-16", "2024-08-16")],
    ),
    (
        "The 17th-century fort fell.",
        [date("17th-century", "16", "1600-01-01", "1699-12-31")],
    ),
    (
        "In the days and weeks after the quake aid came.",
        [other("the days and weeks", "DURATION", "PXD")],
    ),
    (
        "It took two hours and 20 minutes.",
        [other("two hours and 20 minutes", "DURATION", "PT2H20M")],
    ),
    ("It took an hour and 20 minutes.", [other("an hour and 20 minutes", "DURATION", "PT1H20M")]),
    (
        "He got three years and two months.",
        [other("three years and two months", "DURATION", "P3Y2M")],
    ),
    ("She swam to fame in the 1940's.", [date("the 1940's", "194", "1940-01-01", "1949-12-31")]),
    ("It fell in the 1967 Six Day War.", [year("1967", "1967")]),
    ("It will fall in the coming weeks.", [other("the coming weeks", "DURATION", "PXW")]),
    ("Following two days of talks, they left.", [other("two days", "DURATION", "P2D")]),
    ("He quit almost exactly a year ago.", [year("almost exactly a year ago", "2023")]),
    (
        "It was told Thursday. The Nov. 30 raid was not.",
        [date("Thursday", "2024-08-15"), date("Nov. 30", "2023-11-30")],
    ),
    ("It was built in 300 B.C. by monks.", [other("300 B.C.", "DATE", "BC0300")]),
    ("In 2010 BC Lions won the cup.", []),
    ("It was built in the fifth century BC.", [other("the fifth century BC", "DATE", "BC04")]),
    ("The town fell in AD 79.", [date("AD 79", "0079", "0079-01-01", "0079-12-31")]),
    ("It is 20 light years away.", []),
    ("A 30-second ad cost 400 dollars.", [other("30-second", "DURATION", "PT30S")]),
    (
        "It lasted tens of thousands of years.",
        [other("tens of thousands of years", "DURATION", "PXY")],
    ),
    ("It fell a half-century ago.", [year("a half-century ago", "1974")]),
    ("In the early days of the war he left.", [other("the early days", "DURATION", "PXD")]),
    (
        "They came in the early hours.",
        [("the early hours", "TIME", "2024-08-16TMO", "2024-08-16", "2024-08-16")],
    ),
    ("It ends by week's end.", [date("week's end", "2024-W33", "2024-08-12", "2024-08-18")]),
    (
        "It fell in the winter of 2012-13.",
        [date("the winter of 2012-13", "2012-WI", "2012-12-01", "2013-02-28")],
    ),
    (
        "In the academic year 2012-13 it fell.",
        [date("the academic year 2012-13", "2012/2013", "2012-01-01", "2013-12-31")],
    ),
    ("The vote puts the future of the firm in doubt.", [other("the future", "DATE", "FUTURE_REF")]),
    ("Their future is dark.", [other("future", "DATE", "FUTURE_REF")]),
    ("In the ensuing years the port grew.", [other("the ensuing years", "DURATION", "PXY")]),
    ("She spent her later years in Rome.", [other("later years", "DURATION", "PXY")]),
    ("It was a year of loss for the town.", [other("a year", "DURATION", "P1Y")]),
    ("After almost a decade of war came peace.", [other("almost a decade", "DURATION", "P10Y")]),
    ("He saw a man of the year of loss.", []),
    ("The vote is just weeks away.", [other("weeks", "DURATION", "PXW")]),
    ("They left in a single day.", [other("a single day", "DURATION", "P1D")]),
    ("So it was in several recent years.", [other("several recent years", "DURATION", "PXY")]),
    ("It ran over 2½ hours.", [other("2½ hours", "DURATION", "PT2H30M")]),
    (
        "It landed at approximately 6 p.m.",
        [("approximately 6 p.m.", "TIME", "2024-08-16T18:00", "2024-08-16", "2024-08-16")],
    ),
    (
        "The court rules later in the afternoon on Monday.",
        [
            (
                "later in the afternoon on Monday",
                "TIME",
                "2024-08-12TAF",
                "2024-08-12",
                "2024-08-12",
            )
        ],
    ),
    (
        "The gate opened on Monday night at 9:30 in Rome.",
        [
            ("Monday night", "TIME", "2024-08-12TNI", "2024-08-12", "2024-08-12"),
            ("9:30", "TIME", "2024-08-12T21:30", "2024-08-12", "2024-08-12"),
        ],
    ),
    (
        "It fell in each of the past two years.",
        [other("each of the past two years", "DURATION", "P2Y")],
    ),
    (
        "He resigned the week before last.",
        [date("the week before last", "2024-W31", "2024-07-29", "2024-08-04")],
    ),
    (
        "He called the night before last.",
        [("the night before last", "TIME", "2024-08-14TNI", "2024-08-14", "2024-08-14")],
    ),
    (
        "Sales rose in the April-June quarter.",
        [date("the April-June quarter", "2024-Q2", "2024-04-01", "2024-06-30")],
    ),
    (
        "Sales rose over the December-to-February period.",
        [date("the December-to-February period", "2023-12/2024-02", "2023-12-01", "2024-02-29")],
    ),
    (
        "Sales rose in September-October.",
        [date("September-October", "2023-09/2023-10", "2023-09-01", "2023-10-31")],
    ),
    (
        "In May he was in Rome, and left on the 23rd.",
        [
            date("May", "2024-05", "2024-05-01", "2024-05-31"),
            date("the 23rd", "2024-05-23"),
        ],
    ),
    ("A man in his late teens to early 20s fled.", []),
    ("He speaks every Monday and Friday.", [other("every Monday and Friday", "SET", "XXXX-WXX-1")]),
    ("It is an hour's drive from Lima.", [other("an hour", "DURATION", "PT1H")]),
    ("He left with a week's notice.", [other("a week", "DURATION", "P1W")]),
    (
        "She will speak on 3 September. Later in the day she leaves.",
        [date("3 September", "2024-09-03"), date("Later in the day", "2024-09-03")],
    ),
    (
        "He quit in 2010. Later in the year he was back.",
        [year("2010", "2010"), year("Later in the year", "2010")],
    ),
    (
        "He quit in 2010.\n\nLater in the year the mill will open.",
        [year("2010", "2010"), year("Later in the year", "2024")],
    ),
    (
        "She will be in Lima on 3 September.\n\nIn the afternoon, she will go to Quito.",
        [
            date("3 September", "2024-09-03"),
            other("the afternoon", "TIME", "2024-09-03TAF", "2024-09-03"),
        ],
    ),
    (
        "She will be in Lima on 3 September.\n\nShe will speak to us in the afternoon.",
        [
            date("3 September", "2024-09-03"),
            other("the afternoon", "TIME", "2024-08-16TAF", "2024-08-16"),
        ],
    ),
]
