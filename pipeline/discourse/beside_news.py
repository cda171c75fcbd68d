"""Places told beside the news: where one was born or died, where an earlier round was held.

No event of the news is held there for all that: "The funeral was on Monday. He had died in Rome".
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile

from spacy.tokens import Token

from models import Reference
from models.entity import LAND_KINDS
from pipeline.discourse.governing import governing_verb
from pipeline.discourse.tables import words
from pipeline.discourse.text import Text
from pipeline.discourse.verb_forms import tense_of
from pipeline.labels import PLURALS, SUBJECTS

_YEAR = 4
#: How far behind its verb a day may stand that says when it was done, in tokens.
_CLAUSE = 14


def is_of_other_matter(place: Token) -> bool:
    """Tell a place of somebody's life, or of an earlier or a later edition of an event.

    "Died in Rome", "studied in Rome", "her death in Rome", "the next goes to Rome" fire; "was
    buried in Rome", "met in Rome", "the summit in Rome" do not.
    """
    verb = governing_verb(place)
    between = list(takewhile(lambda token: token != verb, place.ancestors))
    if all(t.pos_ != "ADP" for t in between):
        return False  # "Peru lives", "Lima's next summit"
    if any(t.lemma_.lower() in words("stage_of_life") for t in between):
        return True
    return verb is not None and (_is_of_life(verb) or _is_of_edition(verb))


def is_of_time_before(text: Text, place: Token) -> bool:
    """Tell a place where something was done before the matter of its sentence, or years ago.

    "Signed after months of talks in Rome", "won its freedom in 1964 in Rome" fire. It may be that
    of the news even so, where no other is told: "said so after a summit in Rome".
    """
    verb = governing_verb(place)
    between = takewhile(lambda token: token != verb, place.ancestors)
    if any(t.dep_ == "prep" and t.lower_ in words("before_news") for t in between):
        return True
    return verb is not None and _is_of_former_year(text, verb)


def _is_of_life(verb: Token) -> bool:
    """Tell "died", "was born", "grew up", "passed away", "served as ambassador"."""
    lemma = verb.lemma_.lower()
    if any(t.tag_ in PLURALS for t in _of_whom(verb)):
        return False  # "dozens died in the raid in Rome", whom a memorial there is for
    if lemma in words("lives_life"):
        return True
    beside = {t.lower_ for c in verb.children if c.i > verb.i for t in (c, *c.children)}
    served = lemma in words("serves_abroad") and beside & words("post_abroad")
    return bool(served) or (lemma in words("passes_away") and bool(beside & words("away_of_life")))


def is_guessed_beside(text: Text, reference: Reference) -> bool:
    """Tell one whose country is guessed by where somebody died, studied or fled to alone."""
    if not reference.guessed:
        return False
    named = [r for r in text.references if r.country == reference.country and r.kind in LAND_KINDS]
    return bool(named) and all(is_of_other_matter(text.doc[text.bounds(r)[0]]) for r in named)


def _of_whom(verb: Token) -> Iterator[Token]:
    """Yield whose life a verb tells: its subjects, and whom its clause describes."""
    yield from (c for c in verb.children if c.dep_ in SUBJECTS)
    if verb.dep_ in {"relcl", "acl"}:
        yield verb.head


def _is_of_edition(verb: Token) -> bool:
    """Tell what the last summit did, or the next, or what the "previous" ones drew."""
    other = words("former_edition", "recent_edition", "earlier_edition", "coming_edition")
    subjects = (c for c in verb.children if c.dep_ in SUBJECTS)
    events = words("event")
    return any(
        s.lower_ in other
        or (
            (s.lemma_.lower() in events or s.lower_ in words("one_of_row"))
            and any(c.lower_ in other for c in s.children)
        )
        for s in subjects
    )


def _is_of_former_year(text: Text, verb: Token) -> bool:
    """Tell what is told as done years ago: "dreamed of it in Rome in 1955"."""
    now = (text.article.published or "")[:_YEAR]
    if not now or tense_of(verb) == "future":
        return False
    start, end = verb.left_edge, verb.right_edge
    near = [d for d in text.dates_in(start.idx, end.idx + 1) if d.latest and d.start >= start.idx]
    return bool(near) and all(d.latest and d.latest[:_YEAR] < now for d in near)


__all__ = ["is_guessed_beside", "is_of_other_matter", "is_of_time_before"]
