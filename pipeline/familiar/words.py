"""Words that the model knows, shown to it for those that it takes for others.

A model that was trained on sentences takes the verb of a headline for a noun ("Ruto signs deal"),
and "sever" for an adjective. So it is shown a word as long that it knows for what is meant, and
the words that it read are spelt as in the text again, with their own lemmas.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache

from pipeline.familiar.guests import with_known_guests
from pipeline.familiar.headline_verbs import headline_verbs, is_told_of, with_known_verbs
from pipeline.familiar.land_nouns import with_known_nouns
from pipeline.familiar.shown_words import shown_where, shown_words
from pipeline.lexicon import any_of, word_lists

#: Verbs made of adjectives, which the model knows with "z" alone ("to normalise ties").
_BRITISH = re.compile(
    r"\b((?:re-?)?(?:normal|formal|final|general|liberal|legal|(?:inter)?national|operational"
    r"|modern|neutral|stabil|capital|monopol))is(?=e[sd]?\b|ing\b|ations?\b)",
    re.IGNORECASE,
)
_NAMED = r"[A-Z][\w'’.-]*[\w.]"
#: What two who are named do ("King A and Premier B meet in Lima").
_OF_TWO = re.compile(
    r"(?<= and )(?P<second>(?:(?!to |will |would |that |as |who |which |a |an )[\w'’.-]+,? ){1,11}?"
    rf"{_NAMED}(?:,| \([^()]{{1,30}}\))? )"
    r"(?P<verb>meet(?= (?:in|at|on|for|with|to|ahead|before|after|amid|during|again|face)\b)"
    r"|visit(?= (?:the|areas?|parts?|troops) | (?!(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*day)[A-Z]))"
)
_words = word_lists("pipeline.familiar", "goers.toml")
#: Letters before "heads" that may hold whose name it stands behind.
_LONGEST_NAME = 40


@cache
def _unknown() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{any_of(shown_where('anywhere'))})\b", re.IGNORECASE)


@cache
def _opens() -> re.Pattern[str]:
    """Return the pattern of "Hosting Ruto in Lima, Arce said"."""
    opening = any_of(shown_where("at the head of a sentence"))
    return re.compile(rf"(?:\A|(?<=[.!?] ))(?:{opening})(?= [A-Z])")


@cache
def _headed() -> re.Pattern[str]:
    """Return the pattern of "Visit by the premier to Peru"."""
    heading = any_of(shown_where("at the head of a line"))
    return re.compile(rf"(?:\A|(?<=: ))(?:{heading})(?= (?:by|to) )")


@cache
def _titled() -> re.Pattern[str]:
    """Return the pattern of "an invitation to PM Ruto"."""
    return re.compile(rf"(?<=\bto )(?:{any_of(shown_where('behind to'))})(?= [A-Z])")


@cache
def _sets_out() -> re.Pattern[str]:
    """Return the pattern of "Ruto heads to Peru on Friday".

    Not of what is told of a tour under way ("heads to Peru on Friday after visiting Chile"), whose
    day the verb would put off by a week.
    """
    return re.compile(
        rf"(?<=[a-z] )(?:{any_of(shown_where('behind a name'))})"
        r"(?= (?:(?:off|back|home) )?(?:to|for) (?:the )?[A-Z])(?![^.;]{0,60} after [a-z]+ing\b)"
    )


@cache
def _of_trip() -> re.Pattern[str]:
    """Return the pattern of "a tour taking in Peru, Chile and Cuba"."""
    words = any_of(shown_where("behind a trip"))
    return re.compile(
        r"(?<=\b(?:tour|trip) )(?:{words})(?= in (?:the )?[A-Z])"
        r"|(?<=\b(?:swing|visit) )(?:{words})(?= in (?:the )?[A-Z])"
        r"|(?<=\bjourney )(?:{words})(?= in (?:the )?[A-Z])".replace("{words}", words)
    )


@cache
def _goes_on() -> re.Pattern[str]:
    """Return the pattern of "landed on Monday and heads to Peru", "and leaves on Friday".

    Of "returns" only where a day tells what is done: not "arrests and returns to Peru".
    """
    verbs = any_of(verb for verb in shown_where("behind and") if verb != "returns")
    aims = r"(?:(?:off|back|home|on) )?(?:to|for) (?:the )?[A-Z]"
    day = r"(?:on [A-Z][a-z]+day|today|tomorrow|tonight|later (?:today|on)|this [a-z]+ing|next)\b"
    place = r"(?:home|to [A-Z][\w'’.-]*(?: [A-Z][\w'’.-]*){0,2})"
    told = rf"(?:{verbs})(?= (?:{aims}|(?:for )?home\b|{day}))|returns(?= {place} {day})"
    return re.compile(rf"(?:(?<= and )|(?<= then ))(?:{told})")


@cache
def _before_status() -> re.Pattern[str]:
    """Return the pattern of "Peru secured observer status"."""
    return re.compile(
        rf"(?<=[a-z] )(?:{any_of(shown_where('before a status'))})"
        r"(?= (?:full |special |permanent |sectoral )?"
        r"(?:observer|dialogue|associate|candidate|partner|member))"
    )


@cache
def _before_ties() -> re.Pattern[str]:
    """Return the pattern of "Peru, once an ally, severed diplomatic ties".

    Not of "For Peru, severed ties with Chad are a burden".
    """
    return re.compile(
        rf"(?<= )(?:{any_of(shown_where('before ties'))})"
        r"(?= (?:(?:all|full|formal|official|diplomatic|bilateral) ){0,3}(?:ties|relations|links)\b"
        r"(?! (?:(?:with|between|to) [^.,;:]{1,40} )?(?:are|were|remain(?:ed)?|have) ))"
    )


@cache
def _joined() -> re.Pattern[str]:
    """Return the pattern of "will recall its envoy and lower the level of ties"."""
    return re.compile(
        rf"(?<= and )(?:{any_of(shown_where('behind and before ties'))})"
        r"(?= (?:the (?:level|status|rank) of |its |their )?"
        r"(?:(?:all|full|formal|official|diplomatic|bilateral) ){0,3}(?:ties|relations|links)\b)"
    )


@cache
def _of_age() -> re.Pattern[str]:
    """Return the pattern of "relations between Peru and Chad date from 1954"."""
    return re.compile(
        r"(?P<ties>\b(?:[Tt]ies|[Rr]elations|[Ll]inks)\b[^.;:!?\n]{0,60}? )"
        rf"(?P<verb>{any_of(shown_where('behind ties'))})(?= (?:from|back to) (?:[A-Z]|\d))"
    )


@cache
def _of_farewell() -> re.Pattern[str]:
    """Return the pattern of "King A today bid farewell to B", not of "will bid farewell"."""
    modals = "".join(rf"(?<!\b{word} )" for word in ("to", "will", "would", "should", "may", "can"))
    told = any_of(shown_where("before farewell"))
    return re.compile(rf"(?<= ){modals}(?:{told})(?= (?:farewell|goodbye|adieu)\b)")


@cache
def _of_suite() -> re.Pattern[str]:
    """Return the pattern of "the delegation accompanying her visited", not of "her husband"."""
    return re.compile(
        rf"(?<=\b[Aa]ccompanying )(?:{any_of(shown_where('behind accompanying'))})(?= (?:"
        r"(?:left|flew|held|met|paid|took|went|came|were|was|have|has|will|are|is)\b|[a-z]+ed"
        r"(?= (?:in|at|on|to|for|the|by|from|with|yesterday|today|this|later|here) | [A-Z])))"
    )


def familiar(text: str) -> str:
    """Return a text with words that the model knows, of the same length.

    That is "normalized" for "normalised", "break" for "sever", a noun for the "Visit" of a heading,
    "fail" for what "King A and Premier B meet" in Lima, "comes" for "Ruto heads to" and for "came
    and heads to", "Mr" for the "PM" of "to PM Ruto", "Telling" for the "Hosting" that opens a
    sentence, "him" for "her" in "the team accompanying her visited", "led" for "bid farewell",
    "seeks" for what "Ruto signs", "come" for the "date" of "ties date from 1954", "party"
    for the "visit" of "on Poland visit", "dropped" for what "Peru severed ties", "powerful" for a
    guest called "visiting".
    """
    text = with_known_guests(with_known_verbs(with_known_nouns(text)))
    if " and " in text:
        text = _OF_TWO.sub(_done, text)
    text = _of_age().sub(lambda it: it["ties"] + shown_where("behind ties")[it["verb"]], text)
    text = _sets_out().sub(_gone, text)
    text = _before_ties().sub(_changed, text)
    if " and " in text or " then " in text:
        text = _goes_on().sub(lambda found: shown_where("behind and")[found[0]], text)
        text = _joined().sub(lambda it: shown_where("behind and before ties")[it[0]], text)
    text = _before_status().sub(lambda found: shown_where("before a status")[found[0]], text)
    text = _of_trip().sub(lambda found: shown_where("behind a trip")[found[0]], text)
    if " farewell" in text or " goodbye" in text or " adieu" in text:
        text = _of_farewell().sub(lambda it: shown_where("before farewell")[it[0]], text)
    text = _of_suite().sub(lambda found: shown_where("behind accompanying")[found[0]], text)
    text = _titled().sub(lambda found: shown_where("behind to")[found[0]], text)
    told = _BRITISH.sub(lambda found: f"{found[1]}{'IZ' if found[1].isupper() else 'iz'}", text)
    told = _opens().sub(lambda found: shown_where("at the head of a sentence")[found[0]], told)
    told = _unknown().sub(_known, told)
    return _headed().sub(lambda found: shown_where("at the head of a line")[found[0]], told)


def _known(unknown: re.Match[str]) -> str:
    """Return the verb that stands for another, in its case."""
    word = unknown[0]
    like = shown_where("anywhere")[word.lower()]
    return like.upper() if word.isupper() else like.title() if word[0].isupper() else like


def _done(told: re.Match[str]) -> str:
    """Return the second name with the verb that stands for another."""
    return told["second"] + shown_where("behind two")[told["verb"]]


def _changed(verb: re.Match[str]) -> str:
    """Return the verb that stands for a change of ties, behind whoever makes it."""
    before = verb.string[max(0, verb.start() - _LONGEST_NAME) : verb.start()].split()
    told = bool(before) and before[-1].lower() not in _words("before-adjective")
    return shown_where("before ties")[verb[0]] if told else verb[0]


def _gone(heads: re.Match[str]) -> str:
    """Return the verb that stands for the "heads" behind a name."""
    before = heads.string[max(0, heads.start() - _LONGEST_NAME) : heads.start()].split()
    named = bool(before) and before[-1][0].isupper()
    told = named or is_told_of(heads.string, heads.start())
    return shown_where("behind a name")[heads[0]] if told else heads[0]


@cache
def _shown_for() -> Mapping[str, frozenset[str]]:
    """Return what may be shown for each word, in small letters as those of headlines are."""
    told: dict[str, set[str]] = defaultdict(set)
    for row in shown_words():
        told[row.word.lower()].add(row.shown)
    for verb, headline in headline_verbs().items():
        told[verb].add(headline.shown)
    return {word: frozenset(shown) for word, shown in told.items()}


def respelt(words: Sequence[str], spaces: Sequence[int], text: str) -> list[str]:
    """Return the words that were read in a `familiar` text as they are spelt in the text."""
    spelt: list[str] = []
    at = 0
    for word, space in zip(words, spaces, strict=True):
        own = text[at : at + len(word)]
        small = own.lower()
        other = small in shown_where("anywhere") or word in _shown_for().get(small, ())
        spelt.append(own if other or _BRITISH.match(own) else word)
        at += len(word) + space
    return spelt


@cache
def _lemmas() -> Mapping[str, str]:
    """Return the own lemmas of the words that are shown as others."""
    told = {row.word.lower(): row.lemma for row in shown_words() if row.lemma is not None}
    return told | {word: row.lemma for word, row in headline_verbs().items()}


def own_lemmas(words: Sequence[str], lemmas: Sequence[str]) -> list[str]:
    """Return the lemmas with "sever" for what the model was shown "break" of."""
    pairs = zip(words, lemmas, strict=True)
    told = [_lemmas().get(word.strip().lower(), lemma) for word, lemma in pairs]
    guests = {shown: word for word, shown in shown_where("before a guest").items()}
    return [guests.get(lemma, lemma) for lemma in told]


__all__ = ["familiar", "own_lemmas", "respelt"]
