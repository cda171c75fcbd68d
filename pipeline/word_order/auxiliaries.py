"""Find the auxiliaries that stand apart from their verbs.

"Ruto will on Wednesday host Lungu" is shown as "Ruto on Wednesday will host Lungu", "has, for his
part, left" as ", for his part, has left", "is next week to visit" as "next week is to visit".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.word_order.asides import MOST_WORDS, PLAIN_COMMAS, SET_OFF, WORD
from pipeline.word_order.moves import Move, is_adverb, is_participle, words

_MODAL = "(?:will|would|shall|should|could|may|might|must|can)"
#: An auxiliary, with the small adverb that may stand beside it, behind a word or an aside.
_AUXILIARY = re.compile(
    rf"(?<=[\w.,)'’\"”–—-]) (?:(?P<be>{_MODAL} be|(?:has|have|had) been|is|are|was|were)"
    rf"|(?P<perfect>{_MODAL} have|has|have|had)|(?P<modal>{_MODAL}))"
    r"(?: (?:also|not|now|then|first|again|soon|only|already))?(?=,? [\w(–—])"
)
#: The word before an auxiliary.
_BEFORE = re.compile(r"(?<![\w'’-])[\w'’-]+\Z")
_JOINED = re.compile(r"\band (?:[\w'’.-]+ ){0,4}[\w'’.-]+\Z")
_PLAIN = re.compile(r"[a-z][a-z-]+")
_NUMBER = re.compile(r"\d[\d:.]*(?:st|nd|rd|th|am|pm)?")
#: What may stand behind a verb: its object, its place, how, with whom.
_ON = re.compile(
    r" (?:[A-Z0-9“\"]|(?:a|an|the|his|her|their|its|this|that|up|off|out|on|in|at|to|for|with|by"
    r"|into|over|down|back|two|three|four|five|six|several|some|many|other|all|both|between|from"
    r"|through|home|abroad)\b)"
)
#: A comma may part so many pieces of an aside; of so many pieces is what stands between.
_MOST_COMMAS, _MOST_PIECES = 3, 3


def apart_auxiliaries(text: str) -> list[Move]:
    """Return each auxiliary with what parts it from its verb, from left to right.

    >>> from pipeline.word_order.moves import reordered
    >>> text = "Ruto will on Monday host Lungu."
    >>> [reordered(text, apart_auxiliaries(text)), apart_auxiliaries("He will host Lungu.")]
    ['Ruto on Monday will host Lungu.', []]
    """
    found: list[Move] = []
    for auxiliary in _AUXILIARY.finditer(text):
        start, cut = auxiliary.span()
        if found and start < found[-1].end:
            continue
        kind = auxiliary.lastgroup or "modal"
        end = _end_of_apart(text, cut, kind)
        if end and not (_is_noun(text, start) or _may_join(text, start, cut)):
            found.append(Move(start, cut, end, hangs=True))
    return found


def _is_noun(text: str, start: int) -> bool:
    """Tell "the will" and "a can"."""
    before = _BEFORE.search(text, max(0, start - 20), start)
    return before is not None and before[0].lower() in words("determiner")


def _may_join(text: str, start: int, cut: int) -> bool:
    """Tell whether its subject may be taken for the end of what is before it.

    "They broke the cordon and His Majesty would, for an hour, stay" is no "the cordon and His
    Majesty, for an hour, would stay".
    """
    return text[cut] == "," and _JOINED.search(text, max(0, start - 60), start) is not None


def _end_of_apart(text: str, at: int, kind: str) -> int:
    """Return where what stands between an auxiliary and its verb ends, 0 where nothing does."""
    ends = [at]
    for _ in range(_MOST_PIECES):
        following: list[int] = []
        for start in ends:
            for end, is_sure in _pieces(text, start, kind):
                if _is_verb(text, end, kind, is_sure=is_sure):
                    return end
                if is_sure:
                    following.append(end)
        ends = following
    return 0


def _pieces(text: str, at: int, kind: str) -> Iterator[tuple[int, bool]]:
    """Yield where what may stand between ends, and whether any verb may follow there."""
    if text[at] == ",":
        for end in _ends_of_commas(text, at):
            yield end, True
        return
    if set_off := SET_OFF.match(text, at):
        yield set_off.end(), True
        return
    yield from _ends_of_phrase(text, at, kind)


def _ends_of_commas(text: str, at: int) -> Iterator[int]:
    aside = PLAIN_COMMAS.match(text, at)
    for _ in range(_MOST_COMMAS):
        if aside is None:
            return
        yield aside.end()
        further = PLAIN_COMMAS.match(text, aside.end() - 1)
        aside = further


def _ends_of_phrase(text: str, at: int, kind: str) -> Iterator[tuple[int, bool]]:
    """Yield where a time may end ("on Wednesday"), and where any other phrase may."""
    only_times, told = True, 0
    is_first = True
    for _ in range(MOST_WORDS):
        found = WORD.match(text, at)
        if found is None:
            return
        word = found[1].lower()
        if is_first and not _opens(found[1], kind):
            return
        is_time = word in words("time") and not (
            word in {"may", "march", "mar", "sun", "sat"} and found[1].islower()
        )
        if not (is_time or word in words("time-filler") or _NUMBER.fullmatch(word)):
            only_times = False
        if word in words("no-phrase") or (not only_times and kind != "modal"):
            return
        told += is_time
        is_first = False
        at = found.end()
        if only_times and told:
            yield at, True
        elif kind == "modal":
            yield at, False


def _opens(word: str, kind: str) -> bool:
    """Tell what opens a phrase that stands apart; behind "will" and "has" so does a weekday."""
    lower = word.lower()
    if lower in words("opener"):
        return True
    return kind != "be" and word[0].isupper() and lower in words("time")


def _is_verb(text: str, at: int, kind: str, *, is_sure: bool) -> bool:
    """Tell whether the verb of an auxiliary stands at a place, adverbs before it or none."""
    before = _BEFORE.search(text, max(0, at - 20), at)
    last = before[0].lower() if before else ""
    while (found := WORD.match(text, at)) and is_adverb(found[1]):
        if not is_sure:
            break
        at = found.end()
    if found is None or not _PLAIN.fullmatch(found[1]):
        return False
    word = found[1]
    if kind == "perfect":
        return is_sure and is_participle(word)
    if kind == "be":
        if word == "to":
            following = WORD.match(text, found.end())
            return following is not None and _may_be_verb(following[1])
        is_part = word.endswith("ing") or is_participle(word)
        return is_sure and is_part and word not in words("time-filler")
    if word in {"be", "have"}:
        return last not in words("before-noun")
    if is_sure:
        return _may_be_verb(word)
    return _is_plain_verb(text, found, last)


def _is_plain_verb(text: str, found: re.Match[str], last: str) -> bool:
    """Tell a verb from a noun that looks like it: "visit" of "at the king's request visit Lima"."""
    if last in words("before-noun") or not _ON.match(text, found.end()):
        return False
    if found[1] in words("noun-too"):
        return last in words("ends-phrase") or not _in_noun_phrase(text, found.start())
    return found[1] in words("verb")


def _in_noun_phrase(text: str, at: int) -> bool:
    """Tell whether one of the few words before a place opens a phrase with a noun."""
    near = text[max(0, at - 40) : at].lower().split()[-3:]
    return any(word in words("determiner") or word.endswith(("'s", "’s")) for word in near)


def _may_be_verb(word: str) -> bool:
    if not _PLAIN.fullmatch(word):
        return False
    if word in words("verb", "noun-too"):
        return True
    small = words("function", "adverb", "time", "time-filler", "no-phrase")
    return word not in small and not word.endswith("ly")


__all__ = ["apart_auxiliaries"]
