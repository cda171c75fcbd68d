"""What a state is said to be in a bracket: "Peru (candidate since 2005)", "Chad (joined in 2010)".

Also between commas: "Peru, a candidate since 2005, …".
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Span, Token

from pipeline.neighbours import text_at
from pipeline.reference.countries import is_country
from pipeline.stages.upgrades.candidate import MEMBER, Candidate
from pipeline.stages.upgrades.memberships.bodies import body_before, named_at, only_body
from pipeline.stages.upgrades.reading import Reading
from pipeline.stages.upgrades.tables import words

#: The level of each word that a bracket may say alone.
_LEVELS = {"candidate": "candidate", "observer": "observer", "member": MEMBER}
#: Words of which a sentence that holds such a bracket has one.
BRACKETED = frozenset({*_LEVELS, "joined"})
#: How far behind its opening the date of a bracket may stand, in tokens.
_REACH = 8
#: How surely such a bracket tells a step, as the score of a rule.
_SCORE = 0.75
_ARTICLES = frozenset({"a", "an", "the"})


def read_bracketed(reading: Reading, sentence: Span) -> Iterator[Candidate]:
    """Yield the step of each state that a bracket says to be a candidate or member since a day.

    Not that of "Peru (a founding member since 1949)", "Mr Lopez, a candidate since 2005".
    """
    for opening in sentence[1:]:
        if opening.text != "(" and (opening.text != "," or opening.nbor(-1).dep_ == "pobj"):
            continue  # "in Peru, a candidate since May", who is of Peru
        code = _state_before(reading, opening)
        word = _word_in(opening) if code is not None else None
        if code is None or word is None:
            continue
        date = _date_of(reading, word)
        body = _body_of(reading, opening, word) if date is not None else None
        if word.lower_ == "candidate" and body not in words("has_candidates"):
            continue  # a candidate for a seat, or in an election
        if body is not None and body != code:
            yield Candidate(
                rule="member_list",
                at=word.i,
                parties=frozenset({body, code}),
                level=_LEVELS.get(word.lower_, MEMBER),
                level_text=word.text,
                change="upgrade",
                status="completed",
                date=date,
                score=_SCORE,
                owners=(code,),
            )


def _state_before(reading: Reading, opening: Token) -> str | None:
    """Return the state whose name ends right before a mark."""
    near = (r for r in reading.scene.at(opening.i - 1) if r.kind == "country" and r.form == "name")
    ends = (r.country for r in near if reading.scene.bounds(r)[1] == opening.i)
    return next((code for code in ends if code is not None and is_country(code)), None)


def _word_in(opening: Token) -> Token | None:
    """Return the word behind a mark, alone or with the name of a body before it."""
    doc, at = opening.doc, opening.i + 1
    at += at < len(doc) and doc[at].lower_ in _ARTICLES
    while at < min(len(doc), opening.i + _REACH):
        if doc[at].lower_ in _LEVELS or (opening.text == "(" and doc[at].lower_ == "joined"):
            return doc[at]
        if doc[at].pos_ != "PROPN":
            return None
        at += 1
    return None


def _date_of(reading: Reading, word: Token) -> str | None:
    """Return the date of "since 2005", "joined 2010", "joined in 2010", with which it ends."""
    doc = word.doc
    if word.lower_ == "joined":
        told = reading.clock.date_behind(word.i + 1)
        return told[0] if told is not None else None
    since = text_at(doc, word.i + 1).lower()
    return reading.clock.after(word.i + 2) if since in {"since", "from"} else None


def _body_of(reading: Reading, opening: Token, word: Token) -> str | None:
    """Return the body that a bracket names, else the one told of before or told of alone."""
    named = (named_at(reading, token) for token in opening.doc[opening.i : word.i])
    own = next((code for code in named if code is not None), None)
    return own or body_before(reading, opening) or only_body(reading)


__all__ = ["BRACKETED", "read_bracketed"]
