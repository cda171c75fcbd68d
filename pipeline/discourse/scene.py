"""An article as the rules see it: tokens with what they refer to and when."""

from __future__ import annotations

from collections.abc import Sequence
from operator import is_

from models import DateExpression, Record, Reference
from pipeline.discourse.actors import Actor
from pipeline.discourse.focus import FocusReader
from pipeline.discourse.ground import GroundReader
from pipeline.discourse.places import PlaceReader
from pipeline.discourse.stories import Story
from pipeline.discourse.text import Spot
from pipeline.stage import Case


class Scene(FocusReader, PlaceReader, GroundReader):
    """Answers who, where and in which sentence, for one case.

    What it has read it keeps, so that whoever asks again need not wait.
    """

    def __init__(self, case: Case, story: Story | None = None) -> None:
        """Read a story, or the whole article as one."""
        super().__init__(case, story)
        self._rows = _rows_of(case)

    def is_of(self, case: Case, story: Story) -> bool:
        """Tell whether this is what a story of a case would be read as."""
        own = self.story.article
        if (own is not story.article and own != story.article) or self.story.apart != story.apart:
            return False
        return all(map(_are_same, self._rows, _rows_of(case)))


def scene_of(case: Case, story: Story) -> Scene:
    """Return the scene of a story; stages that read the same Doc and rows share one.

    It is kept beside the Doc where that changes no more (`pipeline.article_doc`).
    """
    kept = getattr(case.doc, "kept", None)
    if kept is None:
        return Scene(case, story)
    place = story.start, story.end
    found = kept.get(place)
    # One of a class of that name was made before its code or its tables changed.
    if found.__class__ is not Scene or not found.is_of(case, story):
        found = kept[place] = Scene(case, story)
    return found


def _rows_of(case: Case) -> tuple[Sequence[Record], Sequence[Record]]:
    return case.of(Reference), case.of(DateExpression)


def _are_same(one: Sequence[Record], other: Sequence[Record]) -> bool:
    """Tell whether two sequences hold the same objects."""
    return one is other or (len(one) == len(other) and all(map(is_, one, other)))


__all__ = ["Actor", "Scene", "Spot", "scene_of"]
