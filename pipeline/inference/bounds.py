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
     "hj", "cllr", "rtd", "retd", "sqn", "flt", "sra", "dipl", "mag"}
)  # fmt: skip

#: Words whose full stop stands before a number ("China's No. 2 official").
_NUMBERED = frozenset({"no", "nos", "nr", "art"})

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
        starts[at] = ends or _is_behind_credit(words, spaces, at)
        if word not in _CLOSERS and not word.isspace():
            last = at
    return starts


def _starts(words: Sequence[str], spaces: Sequence[int], at: int, *, last: int) -> bool | None:
    word, before = words[at], words[last]
    if word in _CLOSERS and not spaces[at - 1]:
        return False
    numbered = before == "." and _is_numbered(words, spaces, last, word)
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


def _is_numbered(words: Sequence[str], spaces: Sequence[int], stop: int, word: str) -> bool:
    """Tell the full stop of "the No. 2 official" from that of "No. He left"."""
    own = stop > 0 and not spaces[stop - 1] and words[stop - 1].lower() in _NUMBERED
    return own and word[0].isdigit()


def _is_behind_credit(words: Sequence[str], spaces: Sequence[int], at: int) -> bool:
    """Tell the "Modi" of "Ana Ruiz/Reuters Modi left", "Ana Ruiz/AFP/Getty Images Modi left"."""
    if at < 4 or not (spaces[at - 1] and words[at - 1] in _AGENCIES and words[at][0].isupper()):
        return False
    mark = at - 2 - (words[at - 1] == "Images")
    if mark < 2 or words[mark] != "/" or spaces[mark] or words[at] in _AGENCIES:
        return False
    named = words[mark - 1].istitle() and words[mark - 2].istitle()
    return named or words[mark - 2] == "/"  # not "the AP/Reuters poll"


__all__ = ["sentence_starts"]
