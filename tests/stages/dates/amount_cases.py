"""Sentences with amounts that are added to or judged, days of no date, and what was moved."""

from __future__ import annotations

from tests.stages.dates.answers import Case, date, other

LENGTHS: list[Case] = [
    ("He stayed two years or so.", [other("two years or so", "DURATION", "P2Y")]),
    ("He gets six months or less.", [other("six months or less", "DURATION", "P6M")]),
    ("He stayed a further 20 years.", [other("a further 20 years", "DURATION", "P20Y")]),
    ("It took a mere two days.", [other("a mere two days", "DURATION", "P2D")]),
    ("It took close to two days.", [other("close to two days", "DURATION", "P2D")]),
    ("It took upwards of two days.", [other("upwards of two days", "DURATION", "P2D")]),
    ("In those 20 years he grew old.", [other("those 20 years", "DURATION", "P20Y")]),
    ("It stood for 20-plus years.", [other("20-plus years", "DURATION", "P20Y")]),
    ("The yearslong feud is over.", [other("yearslong", "DURATION", "PXY")]),
    ("He waited a very long time.", []),
    ("He waited for a very long time.", [other("a very long time", "DURATION", "PXX")]),
    ("In the last day or so he fell ill.", [other("the last day or so", "DURATION", "P1D")]),
    ("The vote took place on a Tuesday.", [other("a Tuesday", "DATE", "XXXX-WXX-2")]),
    ("He left one Friday night.", [other("one Friday night", "TIME", "XXXX-WXX-5TNI")]),
    ("He spoke at a Tuesday meeting.", [date("Tuesday", "2024-08-13")]),
    ("He goes on most Sundays.", [other("most Sundays", "SET", "XXXX-WXX-7")]),
    ("On the final day of the trip he fell ill.", [other("the final day", "DATE", "XXXX-XX-XX")]),
    ("It fell in the last year of the war.", [other("the last year", "DATE", "XXXX")]),
    ("It fell on the last day of May.", [date("the last day of May", "2024-05-31")]),
    ("The other day he fell ill.", [other("The other day", "DATE", "PAST_REF")]),
    ("In previous years it was dry.", [other("previous years", "DATE", "PAST_REF")]),
    (
        "This coming week will be dry.",
        [date("This coming week", "2024-W34", "2024-08-19", "2024-08-25")],
    ),
]

#: Parts of a length, what is to come of one, and rough times of day.
PARTS: list[Case] = [
    ("In the opening 40 minutes he fell.", [other("the opening 40 minutes", "DURATION", "PT40M")]),
    (
        "It will fall in the remaining three months.",
        [other("the remaining three months", "DURATION", "P3M")],
    ),
    ("The full two hours were dull.", [other("The full two hours", "DURATION", "PT2H")]),
    ("They spoke of the firm's future.", [other("future", "DATE", "FUTURE_REF")]),
    ("They met the firm's future chairman.", []),
    (
        "It fell shortly after noon.",
        [("shortly after noon", "TIME", "2024-08-16T12:00", "2024-08-16", "2024-08-16")],
    ),
    (
        "It opens at about 09:00 local time.",
        [("about 09:00 local time", "TIME", "2024-08-16T09:00", "2024-08-16", "2024-08-16")],
    ),
    (
        "He left Monday, the day the fire began.",
        [date("Monday", "2024-08-12"), date("the day", "2024-08-12")],
    ),
    ("Temperatures in the 90s are the norm.", []),
    ("It opened on Black Friday.", [date("Black Friday", "2023-11-24")]),
    ("It opens on Cyber Monday.", [date("Cyber Monday", "2024-12-02")]),
    ("It was a bigger win than '08, he said.", [date("'08", "2008", "2008-01-01", "2008-12-31")]),
    (
        "It took in a million before the weekend.",
        [date("the weekend", "2024-W32-WE", "2024-08-10", "2024-08-11")],
    ),
    ("It took in a million before the weekend trip.", []),
]

#: What is told beside a length or a part of the day, and what is old.
BESIDE: list[Case] = [
    ("It was planned days in advance.", [other("days", "DURATION", "PXD")]),
    ("He came with just hours left.", [other("hours", "DURATION", "PTXH")]),
    ("His days left in office are few.", []),
    ("He spent the day in talks.", [date("the day", "2024-08-16")]),
    ("He spent the day after the vote in talks.", [other("the day", "DATE", "XXXX-XX-XX")]),
    (
        "They talked into the night.",
        [("the night", "TIME", "2024-08-16TNI", "2024-08-16", "2024-08-16")],
    ),
    ("On the night of the raid he left.", [other("the night", "TIME", "XXXX-XX-XXTNI")]),
    ("He goes there most days.", [other("most days", "SET", "P1D")]),
    ("The centuries-old feud goes on.", [other("centuries-old", "DURATION", "PXC")]),
    ("The six-month-old offensive goes on.", [other("six-month-old", "DURATION", "P6M")]),
    ("The six-month-old girl is well.", []),
    ("It stood for decades.", [other("decades", "DURATION", "PXE")]),
    ("Their nearly hour-long chat was dull.", [other("nearly hour-long", "DURATION", "PT1H")]),
    ("The almost week-old war goes on.", [other("almost week-old", "DURATION", "P1W")]),
    ("The nearly two-year-old boy is well.", []),
]

#: What is moved to a day, or is on it, lies ahead.
MOVED: list[Case] = [
    ("They rescheduled the launch for Saturday.", [date("Saturday", "2024-08-17")]),
    ("They moved the vote to Monday.", [date("Monday", "2024-08-19")]),
    (
        "They pushed back the game to Sunday from Saturday.",
        [date("Sunday", "2024-08-18"), date("Saturday", "2024-08-17")],
    ),
    ("They brought forward the vote to Thursday.", [date("Thursday", "2024-08-22")]),
    ("Her funeral is Monday.", [date("Monday", "2024-08-19")]),
    ("The market reopens Monday.", [date("Monday", "2024-08-19")]),
    ("Her funeral was Monday.", [date("Monday", "2024-08-12")]),
    ("They moved the troops to the border on Monday.", [date("Monday", "2024-08-12")]),
    ("He moved to Rome on Monday.", [date("Monday", "2024-08-12")]),
    ("The police moved him to jail on Monday.", [date("Monday", "2024-08-12")]),
]
