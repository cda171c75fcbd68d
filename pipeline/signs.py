"""Signs of print that several rules ask for, as the tokens of a page."""

from __future__ import annotations

#: What parts a clause, an apposition or an entry from the rest; agencies type two hyphens for it.
DASHES = frozenset({"–", "—", "--"})
#: The same, and the hyphen that many type for a dash.
STROKES = DASHES | {"-"}
#: What joins two names or the halves of a word.
HYPHENS = frozenset({"-", "–", "‑"})

#: What opens an apposition or an aside; a list may stand behind a colon as well.
OPENS_APPOSITION = STROKES | {",", "("}
OPENS_LIST = OPENS_APPOSITION | {":"}
#: What stands between the name of an entry and what is told of it.
MARKS_ENTRY = STROKES | {":"}

#: What stands between the entries of a list, as most write it, and as lists of many names do.
LIST_JOINTS = frozenset({",", "and"})
ANY_LIST_JOINTS = LIST_JOINTS | {";", "&"}

#: What ends a sentence, and a part of one.
STOPS = frozenset({".", "!", "?"})
ENDS_PHRASE = frozenset({",", ".", ";", ":", ")"})

#: What closes an owner; that of a plural may close a quotation as well.
APOSTROPHE_S = frozenset({"'s", "’s"})
GENITIVES = APOSTROPHE_S | {"'", "’"}

#: The style of a guest of state, as a pattern; "HE" for it may be a word where all are in capitals.
EXCELLENCY = r"H\. ?E\.|(?:His|Her) Excellency"

#: Marks of quotation, also as the tokenizer writes them.
OPENING_QUOTES = frozenset({'"', "“", "‘", "„", "«", "``"})
CLOSING_QUOTES = frozenset({'"', "”", "’", "»", "''"})
QUOTES = OPENING_QUOTES | CLOSING_QUOTES
#: The same, and the apostrophe that many type for one.
ANY_QUOTES = QUOTES | {"'"}
ANY_CLOSING_QUOTES = CLOSING_QUOTES | {"'"}
#: The double marks of English print: those that close what is said, and all.
CLOSES_SPEECH = frozenset({'"', "”"})
ENGLISH_QUOTES = CLOSES_SPEECH | {"“"}
#: Those that no word has in it.
DOUBLE_QUOTES = QUOTES - {"‘", "’"}

__all__ = [
    "ANY_CLOSING_QUOTES",
    "ANY_LIST_JOINTS",
    "ANY_QUOTES",
    "APOSTROPHE_S",
    "CLOSES_SPEECH",
    "CLOSING_QUOTES",
    "DASHES",
    "DOUBLE_QUOTES",
    "ENDS_PHRASE",
    "ENGLISH_QUOTES",
    "EXCELLENCY",
    "GENITIVES",
    "HYPHENS",
    "LIST_JOINTS",
    "MARKS_ENTRY",
    "OPENING_QUOTES",
    "OPENS_APPOSITION",
    "OPENS_LIST",
    "QUOTES",
    "STOPS",
    "STROKES",
]
