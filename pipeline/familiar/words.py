"""Words that the model knows, shown to it for those that it takes for others.

A model that was trained on sentences takes the verb of a headline for a noun ("Ruto signs deal"),
and "sever" for an adjective. So it is shown a word as long that it knows for what is meant, and
the words that it read are spelt as in the text again, with their own lemmas.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.familiar.guests import GUEST, VISITING, with_known_guests
from pipeline.familiar.headline_verbs import headline_verbs, is_told_of, with_known_verbs
from pipeline.familiar.land_nouns import LAND_NOUNS, with_known_nouns

#: Verbs made of adjectives, which the model knows with "z" alone ("to normalise ties").
_BRITISH = re.compile(
    r"\b((?:re-?)?(?:normal|formal|final|general|liberal|legal|(?:inter)?national|operational"
    r"|modern|neutral|stabil|capital|monopol))is(?=e[sd]?\b|ing\b|ations?\b)",
    re.IGNORECASE,
)
#: Verbs that the model takes for adjectives or nouns behind another verb ("to recall its envoy and
#: sever ties") or a name ("Peru severs ties"), each with one as long that it knows, and its lemma.
_LIKE = {
    "sever": ("break", "sever"),
    "severs": ("breaks", "sever"),
    "downgrades": ("diminishes", "downgrade"),
    "reinstate": ("establish", "reinstate"),
}
_UNKNOWN = re.compile(rf"\b(?:{'|'.join(_LIKE)})\b", re.IGNORECASE)
#: Participles that the model takes for names at the head of a sentence ("Hosting Ruto in Lima, Arce
#: called for peace"), each with one as long that it knows.
_DOING = {"Hosting": "Telling", "Welcoming": "Receiving"}
_OPENS = re.compile(rf"(?:\A|(?<=[.!?] ))(?:{'|'.join(_DOING)})(?= [A-Z])")
#: The noun that opens a heading ("Visit by the premier to Peru"), which the model takes for a verb
#: there, with one as long that it knows for a noun.
_HEADED = re.compile(r"(?:\A|(?<=: ))Visit(?= (?:by|to) )")
_VISIT, _NOUN = "Visit", "Entry"
#: The title of "an invitation to PM Ruto to visit Peru", which the model takes for a verb behind
#: "to", with one as long that it knows.
_TO_TITLED = re.compile(r"(?<=\bto )PM(?= [A-Z])")
_PM, _TITLE = "PM", "Mr"
#: What two who are named do ("King A and Premier B meet in Lima"), which the model takes for a noun
#: behind a name, with a verb as long that can be none.
_NAMED = r"[A-Z][\w'’.-]*[\w.]"
_OF_TWO = re.compile(
    r"(?<= and )(?P<second>(?:(?!to |will |would |that |as |who |which |a |an )[\w'’.-]+,? ){1,11}?"
    rf"{_NAMED}(?:,| \([^()]{{1,30}}\))? )"
    r"(?:(?P<meet>meet)(?= (?:in|at|on|for|with|to|ahead|before|after|amid|during|again|face)\b)"
    r"|visit(?= (?:the|areas?|parts?|troops) | (?!(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*day)[A-Z]))"
)
_DO = {"meet": "fail", "visit": "enter"}
#: What one who is named does ("Ruto heads to Peru on Friday"), which the model takes for a plural
#: behind some names, with a verb as long. Not what is told of a tour under way ("heads to Peru on
#: Friday after visiting Chile"), whose day the verb would put off by a week.
_SETS_OUT = re.compile(
    r"(?<=[a-z] )heads(?= (?:(?:off|back|home) )?(?:to|for) (?:the )?[A-Z])"
    r"(?![^.;]{0,60} after [a-z]+ing\b)"
)
_HEADS, _GOES, _LONGEST_NAME = "heads", "comes", 40


def familiar(text: str) -> str:
    """Return a text with words that the model knows, of the same length.

    That is "normalized" for "normalised", "break" for "sever", a noun for the "Visit" of a heading,
    "fail" for what "King A and Premier B meet" in Lima, "comes" for "Ruto heads to", "Mr" for the
    "PM" of "to PM Ruto", "Telling" for the "Hosting" that opens a sentence, "seeks" for what "Ruto
    signs", "party" for the "visit" of "on Poland visit", "powerful" for a guest called "visiting".
    """
    text = with_known_guests(with_known_verbs(with_known_nouns(text)))
    if " and " in text:
        text = _OF_TWO.sub(_done, text)
    if " heads " in text:
        text = _SETS_OUT.sub(_gone, text)
    if " PM " in text:
        text = _TO_TITLED.sub(_TITLE, text)
    told = _BRITISH.sub(lambda found: f"{found[1]}{'IZ' if found[1].isupper() else 'iz'}", text)
    told = _OPENS.sub(lambda found: _DOING[found[0]], told)
    return _HEADED.sub(_NOUN, _UNKNOWN.sub(_known, told))


def _known(unknown: re.Match[str]) -> str:
    """Return the verb that stands for another, in its case."""
    word = unknown[0]
    like, _ = _LIKE[word.lower()]
    return like.upper() if word.isupper() else like.title() if word[0].isupper() else like


def _done(told: re.Match[str]) -> str:
    """Return the second name with the verb that stands for another."""
    return told["second"] + _DO[told["meet"] or "visit"]


def _gone(heads: re.Match[str]) -> str:
    """Return the verb that stands for the "heads" behind a name."""
    before = heads.string[max(0, heads.start() - _LONGEST_NAME) : heads.start()].split()
    named = bool(before) and before[-1][0].isupper()
    return _GOES if named or is_told_of(heads.string, heads.start()) else heads[0]


def respelt(words: Sequence[str], spaces: Sequence[int], text: str) -> list[str]:
    """Return the words that were read in a `familiar` text as they are spelt in the text."""
    spelt: list[str] = []
    verbs = headline_verbs()
    at = 0
    for word, space in zip(words, spaces, strict=True):
        own = text[at : at + len(word)]
        small = own.lower()  # a headline is shown in small letters
        other = small in _LIKE or (word == _NOUN and own == _VISIT)
        other = (
            other or word in (_DO.get(small), _DOING.get(own)) or (word == _TITLE and own == _PM)
        )
        other = other or (word == _GOES and small == _HEADS)
        other = other or (small in verbs and word == verbs[small].shown)
        other = other or (small in LAND_NOUNS and word == LAND_NOUNS[small])
        other = other or (small == VISITING and word == GUEST)
        spelt.append(own if other or _BRITISH.match(own) else word)
        at += len(word) + space
    return spelt


def own_lemmas(words: Sequence[str], lemmas: Sequence[str]) -> list[str]:
    """Return the lemmas with "sever" for what the model was shown "break" of."""
    own = {word: lemma for word, (_, lemma) in _LIKE.items()}
    own |= {word: word for word in (*_DO, _VISIT.lower())} | {_HEADS: "head"}
    own |= {"hosting": "host", "welcoming": "welcome"}
    own |= {word: word for word in LAND_NOUNS}
    own |= {word: row.lemma for word, row in headline_verbs().items()}
    pairs = zip(words, lemmas, strict=True)
    told = [own.get(word.strip().lower(), lemma) for word, lemma in pairs]
    return [VISITING if lemma == GUEST else lemma for lemma in told]


__all__ = ["familiar", "own_lemmas", "respelt"]
