"""Text to tokens: one scan, each token with one character that stands for what it may mean.

Rules are regular expressions over those characters (see pattern.py), so that white space, line
breaks and letter case are settled here, once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass

from pipeline.shown import UNSEEN

#: Categories that a scan group gives by itself.
SCANNED = {
    "numdate": ("NUMDATE",),
    "clock": ("CLOCK",),
    "ampm": ("AMPM",),
    "decade": ("DECADE",),
    "money": ("MONEY",),
    "percent": ("PERCENT",),
    "decimal": ("DECIMAL",),
    "quarter": ("QUARTER",),
    "big": ("BIG",),
    "short": ("SHORTYEAR",),
    "fraction": ("FRACTION",),
    "gap": ("GAP",),
    "other": ("OTHER",),  # a word that the tables do not know
}

#: Fractions of one sign, as decimals.
VULGAR = {"½": ".5", "¼": ".25", "¾": ".75"}

_SCAN = re.compile(
    r"""
    # Most places hold a space, where nothing begins, or a word that no later line could take.
    (?![ ])(?:
    (?P<plain>(?![AaPp][Mm]\b)[^\W\d_]{2,}+(?![\d-]))
  | (?P<quarter>[QH][1-4]\b)
  | (?P<fiscal>FY)(?=\d)
  | (?P<ampm>(?<!\w)[AaPp]\.\s?[Mm]\b\.?|[AaPp][Mm]\b)
  | (?P<junk>[^\W\d_]+\d\w*)
  | (?P<old>(?<![\w-])(?i:to-(?:day|morrow|night))\b)
  | (?P<word>[^\W\d_]+)
  | (?P<numdate>(?<![\d./-])(?:
        \d{4}-\d{2}-\d{2}(?:T\d{2}:?\d{2}(?::?\d{2})?Z?)?
      | \d{4}[/.]\d{1,2}[/.]\d{1,2}
      | \d{1,2}(?P<sep>[/.-])\d{1,2}(?P=sep)(?:\d{4}|\d{2})
      )(?![\d/-]|\.\d))
  | (?P<clock>(?<![\d:])\d{1,2}:\d{2}(?::\d{2})?(?![\d:]))
  | (?P<decade>\d{3}0[sS]\b|['’‘`]?\d0[sS]\b)
  | (?P<ordinal>\d{1,3}(?:st|nd|rd|th|ST|ND|RD|TH)\b)
  | (?P<slashed>\d{1,2}(?=/\d{1,2}\s+(?i:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)))
  | (?P<fraction>\d/\d{1,2}(?![\d/]))
  | (?P<phone>\+?\d+(?:[-./]\d+){3,}|\+\d[\d-]*|\d{3}-\d{4,}
      |(?!\d{4}/\d{2}(?:\d{2})?(?![\d/]))\d+/\d+/?[\d/]*|\#\d+)
  | (?P<percent>\d[\d.,]{0,15}\s?%)
  | (?P<big>\d{1,3}(?:,\d{3})+(?![\d.]))
  | (?P<decimal>\d+\.\d+(?!\w|(?i:[ap]\.?m)\b)|\d{1,2}\.\d{2}(?=(?i:[ap]\.?m)\b))
  | (?P<number>\d+(?![^\W_])|\d+(?=(?i:[ap]\.?m|hrs?|GMT)\b)|(?:19|20)\d\d(?=[A-Z][a-z]))
  | (?P<vulgar>\d*[½¼¾](?!\w))
  | (?P<glued>\d\w*)
  | (?P<money>[$€£¥₹₩₽]\s?\d[\d.,]{0,20}(?:(?:bn|tn|m|k)\b)?)
  | (?P<short>['’‘`]\d{2}(?!\w))
  | (?P<genitive>['’]s\b)
  | (?P<long>[-–—]{2,})
  | (?P<loose>(?<=\s)[-‐‑–—−](?=\s)|—)
  | (?P<dash>[-‐‑–—−])
  | (?P<mark>[^\w\s])
  | (?P<gap>\n[^\S\n]*\n\s*
        # Before a year that heads a line, and behind one that stands alone on it.
      | (?<![,\n])\n[^\S\n]*(?=(?:1[89]|20)\d\d[^\S\n]*
          (?:\n\s*(?![a-z])\S+[^\S\n]+\S|:|[–—-][^\S\n]))
      | (?<![,\n])(?<!ary|rch|ril|May|une|uly|ust|ber)(?<!\bin)(?<!\bof)\n[^\S\n]*
          (?=(?:1[89]|20)\d\d[ ][A-Z][a-z])
      | (?<=\n(?:18|19|20)\d\d)[^\S\n]*\n(?=[^\S\n]*[A-Z]\S*[^\S\n]+\S)
      )
    )
    """,
    re.VERBOSE,
)
#: What no reader sees inside a word: soft hyphens and the like, a line break behind a hyphen.
_HIDDEN = re.compile(rf"[{UNSEEN}]+|(?<=[^\W\d_])-[ \t\r]*\n[ \t]*(?=[^\W\d_])")
#: Letters of the longest word that a date is told with.
_LONGEST = 20
_BEFORE, _BEHIND = re.compile(r"(?<![^\W\d_])[^\W\d_]++\Z"), re.compile(r"[^\W\d_]++")


@dataclass(frozen=True)
class Tokens:
    """The tokens of a text: offsets, normalized forms, and the class string."""

    starts: tuple[int, ...]
    ends: tuple[int, ...]
    forms: tuple[str, ...]
    classes: str


def number_categories(digits: str) -> frozenset[str]:
    """Return what a run of digits may be: a day, an hour, a year, or just a number."""
    value, width = int(digits), len(digits)
    found = {"NUM"} if width <= 4 else set()
    if width <= 2:
        found |= {"DAY"} if 1 <= value <= 31 else set()
        found |= {"HOUR"} if value <= 24 else set()
        found |= {"YY"} if width == 2 else set()
    if width == 4:
        found |= {"YEAR"} if 1000 <= value <= 2199 else set()
        found |= {"MILITARY"} if value // 100 < 24 and value % 100 < 60 else set()
    return frozenset(found)


def ordinal_categories(form: str) -> frozenset[str]:
    """Return what an ordinal in digits may be: a day of a month, or just an ordinal."""
    return frozenset({"ORDNUM", "DAY"} if 1 <= int(form[:-2]) <= 31 else {"ORDNUM"})


def _legible(text: str, words: Container[str]) -> tuple[str, Sequence[int]]:
    """Return a text without what is hidden in its words, and where each character of it stands.

    Args:
        words: those, in small letters, whose halves are put together again.
    """
    pieces: list[str] = []
    places: list[int] = []
    at = 0
    for hidden in _HIDDEN.finditer(text):
        if hidden[0].startswith("-"):
            left = _BEFORE.search(text, max(0, hidden.start() - _LONGEST), hidden.start())
            right = _BEHIND.match(text, hidden.end())
            if not left or not right or f"{left[0]}{right[0]}".lower() not in words:
                continue
        pieces.append(text[at : hidden.start()])
        places += range(at, hidden.start())
        at = hidden.end()
    places += range(at, len(text))
    return "".join([*pieces, text[at:]]), places


@dataclass(frozen=True)
class Lexer:
    """The scan with the characters of one grammar.

    Args:
        words: lower-case form to character.
        capitals: the same for words written with a capital, where it differs.
        character: set of categories to character (`frozenset()` has one too: of no meaning).
    """

    words: Mapping[str, str]
    capitals: Mapping[str, str]
    character: Callable[[frozenset[str]], str]

    def __call__(self, text: str) -> Tokens:
        """Return the tokens of a text; offsets count its code points."""
        if _HIDDEN.search(text):
            read, places = _legible(text, self.words)
            tokens = self._scan(read)
            starts = tuple(places[start] for start in tokens.starts)
            ends = tuple(places[end - 1] + 1 for end in tokens.ends)
            return Tokens(starts, ends, tokens.forms, tokens.classes)
        return self._scan(text)

    def _scan(self, text: str) -> Tokens:
        starts: list[int] = []
        ends: list[int] = []
        forms: list[str] = []
        classes: list[str] = []
        words, capitals = self.words, self.capitals
        small = text.islower()  # as archives of broadcasts are: no capital tells "May" from "may"
        nothing, other = self.character(frozenset()), self.character(frozenset({"OTHER"}))
        for match in _SCAN.finditer(text):
            form = match[0]
            kind = match.lastgroup
            if kind == "sep":
                kind = "numdate"
            if kind == "plain" or kind == "word":
                lower = form.lower()
                if (small or (lower is not form and form != lower)) and lower in capitals:
                    mark = capitals[lower]
                else:
                    mark = words.get(lower, other)
                form = lower
            else:
                form, mark = self._other(kind or "", form, nothing)
            start, end = match.span()
            starts.append(start)
            ends.append(end)
            forms.append(form)
            classes.append(mark)
        return Tokens(tuple(starts), tuple(ends), tuple(forms), "".join(classes))

    def _other(self, kind: str, form: str, nothing: str) -> tuple[str, str]:
        if kind in ("number", "slashed"):
            return form, self.character(number_categories(form))
        if kind == "mark":
            return form, self.words.get(form, nothing)
        if kind == "dash":
            return "-", self.words.get("-", nothing)
        if kind == "old":  # "to-day"
            form = form.lower().replace("-", "")
            return form, self.words.get(form, nothing)
        if kind == "loose":  # between clauses, or between the ends of a range
            return "-", self.words.get("- ", nothing)
        if kind == "vulgar":  # "2½"
            whole, half = form[:-1] or "0", VULGAR[form[-1]]
            return f"{whole}{half}", self.character(frozenset(SCANNED["decimal"]))
        if kind == "genitive":
            return "'s", self.words.get("'s", nothing)
        if kind == "fiscal":
            return "fy", self.words.get("fy", nothing)
        if kind == "ordinal":
            return form, self.character(ordinal_categories(form))
        if kind in SCANNED:
            return form, self.character(frozenset(SCANNED[kind]))
        return form, nothing
