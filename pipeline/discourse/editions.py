"""Which edition of an event is told of: that of the news, one of former years, one yet to come.

"Only the 2021 summit in Rome drew fewer leaders", "the third round", "our next summit": all who ask
it ask here, and the words that tell it stand in `edition_words.toml`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Span, Token

from models import DateExpression
from pipeline.discourse.denials import is_negated
from pipeline.discourse.factuality import fact_of_verb, governing_verb
from pipeline.discourse.numbers import ordinal_of
from pipeline.discourse.tables import words
from pipeline.discourse.verb_forms import tense_of
from pipeline.labels import NOUNS, OBJECTS, PRESENT

_YEAR = 4
#: How far behind an event its year may stand, in tokens.
_BEHIND = 24
_WILL = frozenset({"will", "'ll", "’ll", "shall", "wo"})
#: Words for events that are more often but spans of time.
_SPANS = frozenset({"day", "week"})


def is_past_edition(event: Token, published: str | None) -> bool:
    """Tell "the 2021 summit", "last year's summit", "the previous summit" from "the 2024 summit".

    Args:
        published: the day of the news, without which no year is a former one.
    """
    before = event.doc[max(event.left_edge.i, event.sent.start) : event.i]
    if any(t.lower_ in words("former_edition", "recent_edition") for t in before):
        return event.lemma_.lower() not in _SPANS  # "the last day"
    if published is None:
        return False
    years = [_year(t) for t in before] + [_year(t) for t in _told_behind(event)]
    told = [year for year in years if year]
    return bool(told) and max(told) < published[:_YEAR]


def _told_behind(event: Token) -> Iterator[Token]:
    """Yield what says of an event when it was held ("the summit that X hosted in Rome in 2015").

    Not when it was first held, or set up.
    """
    for token in event.doc[event.i + 1 : min(event.right_edge.i + 1, event.i + _BEHIND)]:
        if token.lower_ in words("began_then") or token.lemma_.lower() in words("event"):
            return
        if token.nbor(-1).lower_ != "since":  # "the first summit since 2021" is another
            yield token


def _year(token: Token) -> str:
    return token.text if len(token) == _YEAR and token.text.isdigit() else ""


def is_of_past_edition(
    sentence: Span, dates: Sequence[DateExpression], published: str | None
) -> bool:
    """Tell a sentence that tells but of an event of former years, and when that was.

    "The last summit took place in Rome in 2021", "It has been held yearly since the 2021 summit in
    Rome" fire; "After the 2021 summit in Rome, it opens in Lima on Friday" does not.

    Args:
        dates: those of the sentence.
    """
    if published is None or tense_of(sentence.root) == "future":
        return False
    now = published[:_YEAR]
    if any(date.latest and date.latest[:_YEAR] >= now for date in dates):
        return False
    past = any(date.latest and date.latest[:_YEAR] < now for date in dates)
    for token in sentence:
        if token.pos_ in NOUNS and token.lemma_.lower() in words("event"):
            if is_past_edition(token, published):
                return True
            if past and token.lemma_.lower() not in _SPANS and _was(sentence.root):
                return True
    return False


def _was(root: Token) -> bool:
    """Tell "hosted", "was hosting" from "is hosting", "has hosted"."""
    was = any(c.dep_ == "aux" and c.tag_ == "VBD" for c in root.children)
    return was or tense_of(root) == "past"


def is_former_edition(event: Token) -> bool:
    """Tell "last year's summit", "the previous summit", and another's that one "did not attend"."""
    before = event.doc[event.left_edge.i : event.i]
    former = words("former_edition", "earlier_edition")
    return any(t.lower_ in former for t in before) or is_missed(event)


def is_earlier_edition(event: Token) -> bool:
    """Tell "Previous summits were attended by A", which were held who knows where."""
    former = words("former_edition", "earlier_edition")
    return any(c.lower_ in former and c.i < event.i for c in event.children)


def is_missed(event: Token) -> bool:
    """Tell "X did not attend A's inauguration in Lima", which is told beside the article's own."""
    verb = event.head if event.dep_ in OBJECTS else None
    owned = any(t.dep_ == "poss" for t in event.children)
    return owned and verb is not None and verb.lemma_ in words("attends") and is_negated(verb)


def is_coming_edition(event: Token) -> bool:
    """Tell "our next summit", which nobody has attended yet, from "next week's summit"."""
    return any(c.lower_ in words("coming_edition") for c in event.children)


def is_yet_to_come(other: Token, event: Token) -> bool:
    """Tell "the upcoming summit in Lima" from the one that one "attended", which was before it."""
    verb = governing_verb(event) if is_coming_edition(other) else None
    return verb is not None and fact_of_verb(verb).status == "completed"


def is_further_edition(event: Token) -> bool:
    """Tell "a summit in Quito", "the next summit", told behind "said at the summit"."""
    further = words("further_edition", "former_edition", "earlier_edition")
    return any(c.lower_ in further for c in event.children)


def are_other_editions(
    there: Sequence[Token], here: Sequence[Token], *, is_ahead: bool, is_long_ago: bool
) -> bool:
    """Tell the events of one sentence from those of another, which are not of the same days.

    "The last round was held in Lima. X will attend the next", "The third round was held in Lima. X
    attended the fourth", "X attended the summit. The next one is to be in Lima" fire.

    Args:
        is_ahead: whether the events here are yet to come.
        is_long_ago: whether a day in a month before that of the news stands there.
    """
    theirs, ours = _numbered(there), _numbered(here)
    if theirs and ours and theirs.isdisjoint(ours):
        return True
    if not is_ahead:
        return any(is_coming_edition(event) for event in there)
    return any(is_former_edition(e) or (is_long_ago and _numbered([e])) for e in there)


def _numbered(events: Sequence[Token]) -> set[int]:
    """Return the 3 of "the 3rd round" and the like of all events that have a number."""
    numbers = (next((n for c in e.children if (n := ordinal_of(c))), None) for e in events)
    return {number for number in numbers if number}


def tells_of_now(sentence: Span) -> bool:
    """Tell "will attend", "has confirmed", "will not come, he said" from "came", "had come"."""
    root = sentence.root
    if tense_of(root) != "past":
        return True
    perfect = any(c.dep_ == "aux" and c.tag_ in PRESENT for c in root.children)
    return perfect or any(t.tag_ == "MD" and t.lower_ in _WILL for t in sentence)


__all__ = [
    "are_other_editions",
    "is_coming_edition",
    "is_earlier_edition",
    "is_former_edition",
    "is_further_edition",
    "is_missed",
    "is_of_past_edition",
    "is_past_edition",
    "is_yet_to_come",
    "tells_of_now",
]
