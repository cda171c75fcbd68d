"""Names of leaders who are known, whole or by surname alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

from pipeline.stages.entities.gazetteer import Hit
from pipeline.stages.entities.names.known_names import (
    bare_leaders,
    leader_names,
    single_leaders,
    years_of,
)
from pipeline.stages.entities.names.name_reach import NameReach
from pipeline.stages.entities.tables import name_words, word_set


class LeaderSpans(NameReach):
    """Finds the names of known leaders."""

    @cached_property
    def _known(self) -> Sequence[Hit[bool]]:
        """Where known names stand."""
        return list(leader_names().find(self.doc))

    def _of_leaders(self) -> Iterator[tuple[int, int]]:
        """Yield known names, with what the model takes in behind ("Santiago Peña | Palacios")."""
        for hit in self._known:
            start, end = hit.start, hit.end
            while self._goes_on_in_name(end):
                end += 1
            while self._began_before(start):
                start -= 1
            titled = self.doc[start].lower_ in word_set("first_named") and end - start == 2
            yield start + titled, end  # "Sultan | Qaboos"

    def _goes_on_in_name(self, i: int) -> bool:
        doc = self.doc
        if i >= len(doc) or doc[i].ent_type_ != "PERSON" or doc[i].ent_iob_ != "I":
            return False
        return self._is_name_part(doc[i], first=False) and doc[i].is_alpha

    def _began_before(self, i: int) -> bool:
        """Tell the "L." of "L. Erskine Sandiford", the "Mary" of "Dame Mary Eugenia Charles"."""
        doc = self.doc
        if i < 1 or doc[i].ent_type_ != "PERSON" or doc[i].ent_iob_ != "I" or doc[i].is_sent_start:
            return False
        given = doc[i - 1]
        if given.i and doc[given.i - 1].pos_ == "ADP":
            return False  # "President of | Chad Idriss Deby"
        style = given.lower_ in name_words()["honorific"] | word_set("style_in_name", "first_named")
        other = style or given.i in self.in_office or given.i in self.in_party
        return not other and self._is_name_part(given, first=True)

    def _of_single_leaders(self) -> Iterator[tuple[int, int]]:
        called = single_leaders()
        for token in self.doc:
            text = token.text if token.text.isalpha() else token.text.replace("’", "'")
            if text in called and token.ent_type_ not in {"ORG", "FAC"}:
                yield token.i, token.i + 1

    def _of_bare_leaders(self) -> Iterator[tuple[int, int]]:
        """Yield surnames alone that the model missed ("accorded Muizzu a welcome")."""
        named = {party.code for party in self.in_party.values() if party.is_country}
        years = years_of(self.doc, self.year)
        for token in bare_leaders(self.doc, named, years):
            if token.i not in self.in_party and token.i not in self.in_office:
                yield token.i, token.i + 1

    def _goes_beyond_style(self, end: int) -> bool:
        """Tell the "Sheikh Sabah" of "Sheikh Sabah Khaled" from one who is called no more."""
        following = self.doc[end] if end < len(self.doc) else None
        if following is None or self._jump(end):
            return following is not None
        return following.pos_ == "PROPN" and self._is_name_part(following, first=False)

    def _of_styled_leaders(self) -> Iterator[tuple[int, int]]:
        """Yield known names whose first word elsewhere is a style ("U Nu", "Sheikh Hasina")."""
        for hit in self._known:
            short = hit.end - hit.start == 2
            if self.doc[hit.start].lower_ in word_set("style_in_name") and (hit.payload or short):
                yield hit.start, hit.end


__all__ = ["LeaderSpans"]
