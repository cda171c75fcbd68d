"""What the words around a trip tell of whether it comes about: a status, and why."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from models.visit import VisitStatus

if TYPE_CHECKING:
    from spacy.tokens import Token


@dataclass(frozen=True)
class Fact:
    """A status, or none where the words make no trip of it; `weak` where only the tense says."""

    status: VisitStatus | None
    weak: bool = False
    reason: str = ""

    @property
    def is_unreal(self) -> bool:
        """Whether it is told of what would be, or may be."""
        return self.reason in {"hypothetical", "modal"}


#: What reads the word above, of which the word below takes its fact.
FactOf = Callable[["Token"], Fact]


#: The reason of a trip named in a heading without a verb ("Lavrov's visit to Oslo").
BARE = "named"
#: The reason of "becomes the third to visit", told of one who is there and of one who is to come.
NTH = "becomes one who went"
#: The reason of guests listed without a verb ("Foreign guests: A and B").
VERBLESS = "listed"
#: The reason of a trip told in the present with its weekday ("arrives in Lima on Tuesday").
TIMED = "present, on a weekday"
#: The reason of a plan that is told to have come to nothing ("was to have gone").
UNDONE = "came to nothing"
#: The reason of what is no trip yet, or is denied ("hopes to visit", "seeks approval to go").
WISHED = "only wished for"
#: The reason of a plan told with "will", which no calendar makes one of the past.
WILL = "will"
#: The reason of a trip put off before, as the story of one that is made ("was first put off").
ONCE_OFF = "put off before"
#: The reason of an event to which one does not come ("will not attend the summit").
AWAY = "stays away"
#: The reason of what is told to be out of the question.
DENIED = "ruled out"
NOTHING = Fact(None, reason="no trip")
#: The reasons of one who is told to have just come, or to have set out.
JUST_COME = frozenset({"arrived", "flew"})
#: The reasons of what is told as done before something else.
DONE_BEFORE = frozenset({"perfect", "pluperfect", "followed"})

__all__ = [
    "AWAY",
    "BARE",
    "DENIED",
    "DONE_BEFORE",
    "JUST_COME",
    "NOTHING",
    "NTH",
    "ONCE_OFF",
    "TIMED",
    "UNDONE",
    "VERBLESS",
    "WILL",
    "WISHED",
    "Fact",
    "FactOf",
]
