"""Those whom a picture's caption names in a row, in a sentence that tells nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile

from spacy.tokens import Token

from pipeline.discourse.tables import words
from pipeline.stages.visits.arguments import ArgumentReader
from pipeline.stages.visits.candidate import Candidate
from pipeline.stages.visits.lists.guest_lines import FINITE
from pipeline.stages.visits.lists.guest_lists import listed
from pipeline.stages.visits.lists.guest_openers import of_opening
from pipeline.stages.visits.lists.list_openings import is_row_of_picture
from pipeline.stages.visits.tables import word_set

#: The words at which those in a row begin to be named ("from left to right").
SIDES = frozenset({"left", "right"})
#: How many must be named, and in how many tokens it is said from where they are counted.
_LEAST, _OPENING = 2, 12
#: Words that tell something, from which those are told that hold a phrase together.
_TELLING = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "NUM"})
#: What stands between that and the first of them.
_MARKS = frozenset({":", ",", ")", "-", "–", "—", ";"})


def row_of_picture(reader: ArgumentReader, side: Token) -> Iterator[Candidate]:
    """Read "From left to right: A, B and C." behind what tells of an event.

    "The leaders posed at the summit in Lima. From left: A, B and C." fires; "From left, A and B
    shake hands." does not, which its verb reads, nor "The candidates in Quito, from left: A and B".
    """
    scene, doc = reader.scene, reader.scene.doc
    sentence = scene.sentence(side.i)
    if side.i + 1 < sentence.end and doc[side.i + 1].lower_ == "to":
        return  # "from left to right" is read at its end
    begin = max(sentence.start, side.i - _OPENING)
    opening = [t for t in doc[begin : side.i + 1] if not t.is_space]
    if not is_row_of_picture(opening) or _tells_of_others(opening):
        return
    if any(t.at >= sentence.start for t in reader.told):
        return
    start = side.i + 1 + sum(1 for _ in takewhile(_is_mark, doc[side.i + 1 : sentence.end]))
    named = doc[start : sentence.end]
    if start == side.i + 1 or any(t.tag_ in FINITE and not scene.at(t.i) for t in named):
        return
    guests = list(listed(reader, start, sentence.end))
    if len(guests) >= _LEAST and guests[0].token - start < _OPENING:
        yield from of_opening(reader, side, opening, guests, stop=sentence.end)


def _tells_of_others(opening: Sequence[Token]) -> bool:
    """Tell "The candidates in Quito, from left"; not "At the summit, from left", "Front row"."""
    rows = word_set("side_of_picture", "photograph", "row_of_picture")
    told = [t for t in opening if t.pos_ in _TELLING and t.lower_ not in rows and t.is_alpha]
    return bool(told) and words("event").isdisjoint(t.lemma_.lower() for t in told)


def _is_mark(token: Token) -> bool:
    return token.is_space or _MARKS.issuperset(token.text)


__all__ = ["SIDES", "row_of_picture"]
