"""Where sentences start, as far as punctuation tells."""

from __future__ import annotations

from collections.abc import Sequence

_CLOSERS = frozenset("\"'”’»)]") | {"''"}
_ENDERS = frozenset({".", "!", "?", "…", "...", "./."})
#: Words whose full stop the tokenizer parts from them and which end no sentence ("Hon. Smith").
_ABBREVIATIONS = frozenset(
    {"hon", "rt", "amb", "rev", "brig", "cde", "drs", "eng", "engr", "atty", "pres", "min", "msgr",
     "ven", "adv", "ing", "insp", "supt", "cmdr", "sgt", "ma", "mohd", "md", "maj", "col", "lt",
     "capt", "lieut", "cdr", "comdr", "cmdt", "mshl", "cpl", "fr", "mme", "mlle", "sec", "secy",
     "dep", "dir", "asst", "spkr", "archbp", "smt", "lic", "dra", "arq", "mgr", "bp", "barr", "ir",
     "hj", "cllr", "rtd", "retd", "sqn", "flt", "sra", "dipl", "mag", "snr", "dy",
     "addl", "radm", "vadm"}
)  # fmt: skip

#: Words whose full stop stands before a number ("China's No. 2 official").
_NUMBERED = frozenset({"no", "nos", "nr", "No", "Nos", "Nr", "NO", "Art"})
#: Words behind which "no" is an answer ("voted no. 14 others did not").
_ANSWERS = frozenset(
    {"said", "say", "says", "saying", "voted", "vote", "answered", "replied", "or", "and"}
)

#: Who supplies pictures, whose credit a sentence may follow with no full stop between.
_AGENCIES = frozenset(
    {
        "AFP",
        "AP",
        "Reuters",
        "Images",
        "CNN",
        "EPA",
        "Bloomberg",
        "Sputnik",
        "Xinhua",
        "Shutterstock",
    }
)
#: Words with which the name of an agency goes on ("Ana Ruiz/Bloomberg News").
_OF_AGENCY = frozenset(
    {"News", "Photo", "Photos", "Agency", "Pool", "North", "Europe", "TV", "Files", "Archive"}
)
_ARTICLES = frozenset({"a", "an", "the"})
#: How many words the names before an agency's have at most.
_NAMES = 8


def sentence_starts(words: Sequence[str], spaces: Sequence[int]) -> list[bool | None]:
    """Tell of each token whether it starts a sentence; None where the parser is to decide.

    A full stop of its own ends a sentence; a token that merely ends in one ("U.S.") may; nothing
    else does.

    Args:
        spaces: whether a space follows each token.
    """
    starts: list[bool | None] = [True] * len(words)
    last = 0
    for at in range(1, len(words)):
        word = words[at]
        ends = words[last][-1] in ".!?…" and _starts(words, spaces, at, last=last)
        credited = words[at - 1] in _AGENCIES and _is_behind_credit(words, spaces, at)
        starts[at] = True if credited else ends
        if starts[at - 1] and words[at - 1] in _CLOSERS and not spaces[at - 1]:
            starts[at] = False  # the mark before it opens the sentence: 'He left. "I won,"'
        if word not in _CLOSERS and not word.isspace():
            last = at
    return starts


def _starts(words: Sequence[str], spaces: Sequence[int], at: int, *, last: int) -> bool | None:
    word, before = words[at], words[last]
    if word in _CLOSERS and not spaces[at - 1]:
        return False
    numbered = before == "." and _is_numbered(words, spaces, at, stop=last)
    if numbered or (before == "." and _is_abbreviated(words, spaces, last)):
        return False
    if before in _ENDERS:
        return not word[0].islower() and not word.isspace()
    if before.endswith(".") and word.istitle():
        return None
    return False


def _is_abbreviated(words: Sequence[str], spaces: Sequence[int], stop: int) -> bool:
    """Tell the full stop of "Hon. Smith" and "Kh.Battulga" from one that ends a sentence."""
    if stop == 0 or spaces[stop - 1] or not words[stop - 1].istitle():
        return False
    joined = len(words[stop - 1]) <= 2 and not spaces[stop]
    return joined or words[stop - 1].lower() in _ABBREVIATIONS


def _is_numbered(words: Sequence[str], spaces: Sequence[int], at: int, *, stop: int) -> bool:
    """Tell the full stop of "the No. 2 official" from that of "voted no. 14 others left"."""
    if not words[at][0].isdigit() or words[at - 1] in _CLOSERS or stop == 0 or spaces[stop - 1]:
        return False
    before = words[stop - 2].lower() if stop > 1 else ""
    return words[stop - 1] in _NUMBERED and not (words[stop - 1] == "no" and before in _ANSWERS)


def _is_behind_credit(words: Sequence[str], spaces: Sequence[int], at: int) -> bool:
    """Tell the "Modi" of "Ana Ruiz/Reuters Modi left", "Ana Ruiz/AFP/Getty Images Modi left"."""
    if at < 4 or not (spaces[at - 1] and words[at][0].isupper()):
        return False
    mark = at - 2 - (words[at - 1] == "Images")
    if mark < 2 or words[mark] != "/" or spaces[mark] or words[at] in _AGENCIES | _OF_AGENCY:
        return False
    named = words[mark - 1].istitle() and words[mark - 2].istitle()
    return (named or words[mark - 2] == "/") and not _has_article(words, mark)


def _has_article(words: Sequence[str], mark: int) -> bool:
    """Tell "a New York Times/CNN Poll", which is no picture's credit."""
    for word in reversed(words[max(0, mark - _NAMES) : mark]):
        if word.lower() in _ARTICLES:
            return True
        if not (word.istitle() or word.isupper() or word == "/"):
            return False
    return False


__all__ = ["sentence_starts"]
