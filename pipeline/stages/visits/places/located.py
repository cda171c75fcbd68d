"""Places of a stretch of words at which something is: no owners, no doers."""

from __future__ import annotations

from collections.abc import Iterator

from models import Reference
from pipeline.discourse.scene import Scene
from pipeline.labels import OBJECTS, SUBJECTS
from pipeline.reference.countries import is_country
from pipeline.stages.visits.tables import verb_rules, word_set


class LocatedPlaces:
    """Reads the places at which something is, in one scene."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene

    def located(self, start: int, end: int) -> Iterator[Reference]:
        """Yield the places of a stretch of tokens at which something is: no owners, no doers.

        "in Lima" fires; "Peru's president", "the premier of Peru", "Peru said", "with Peru" do not.
        """
        seen: set[int] = set()
        for reference in self.scene.places_in(start, end):
            if reference.start in seen or not is_country(reference.country or ""):
                continue
            seen.add(reference.start)
            told_of = self.scene.is_owner(reference) or self._does(reference)
            if not told_of and not self._is_from(reference):
                yield reference

    def _does(self, reference: Reference) -> bool:
        """Tell a country that does or is dealt with: "Peru said", "Peru's army", "with Peru"."""
        start, end = self.scene.bounds(reference)
        root = self.scene.doc[start:end].root
        while root.dep_ == "conj" and root.head != root:
            root = root.head
        if root.dep_ == "pobj" and root.head.lower_ == "of":
            root = root.head.head
        if reference.kind != "country":
            return False
        if root.dep_ in OBJECTS:  # "thanked Peru", not "toured Peru"
            return root.head.lemma_.lower() not in verb_rules()
        partner = root.dep_ == "pobj" and root.head.lower_ in word_set("before_partner")
        return root.dep_ in SUBJECTS or partner

    def _is_from(self, reference: Reference) -> bool:
        """Tell the lands of "leaders from Peru, Chile and Mali", in which those are not.

        So those of "Leaders of its neighbours, including Peru and Mali, arrived in the capital".
        """
        start, end = self.scene.bounds(reference)
        root = self.scene.doc[start:end].root
        while root.dep_ == "conj" and root.head != root:
            root = root.head
        return root.dep_ == "pobj" and root.head.lower_ in {"from", "including"}


__all__ = ["LocatedPlaces"]
