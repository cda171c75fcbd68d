"""Which two parties "the two sides" and "both leaders" mean."""

from __future__ import annotations

from collections.abc import Iterator

from models import Reference
from pipeline.stages.entities.gazetteer import where
from pipeline.stages.entities.referring import LOOK_BACK, Referring
from pipeline.stages.entities.tables import group_nouns

#: The words at which a group may begin.
_OPENERS = frozenset({"the", "our", "their", "these", "both", "two"})


class GroupReferences(Referring):
    """Makes the references that are groups."""

    def _group_spans(self) -> Iterator[tuple[int, int, str]]:
        doc, done = self.doc, 0
        for i in where(doc, _OPENERS):
            if i < done:
                continue
            bare = self._bare_group(i)
            if bare:
                yield i, bare, "persons"
                done = bare
                continue
            end = self._quantified(i) or self._definite(i)
            if end:
                for length in (2, 1):
                    noun = doc[end : end + length].text.lower()
                    refers = group_nouns().get(noun)
                    if refers and len(noun.split()) == length:
                        yield i, end + length, refers
                        done = end + length
                        break

    def _bare_group(self, i: int) -> int:
        """Return the end of "both" or "the two" that stand for persons by themselves, or 0."""
        if self.doc[i].lower_ not in {"both", "the"}:
            return 0
        words = [token.lower_ for token in self.doc[i : i + 3]]
        end = i + 1 if words[:1] == ["both"] else i + 2 if words[:2] == ["the", "two"] else 0
        if not end or end >= len(self.doc):
            return 0
        return end if self.doc[end].pos_ in {"VERB", "AUX"} else 0

    def _quantified(self, i: int) -> int:
        """Return the end of "the two", "both", "our two" and the adjectives behind it, or 0."""
        if self.doc[i].lower_ not in _OPENERS:
            return 0
        words = [token.lower_ for token in self.doc[i : i + 4]]
        if words[0] in {"the", "our", "their", "these"} and words[1:2] == ["two"]:
            end = i + 2
        elif words[0] == "both" or (words[0] == "two" and (i == 0 or words[1:2] != ["-"])):
            end = i + 1
            if words[1:2] in (["our"], ["the"], ["their"]):
                end += 1
        else:
            return 0
        doc = self.doc
        while end < len(doc) - 1 and doc[end].pos_ == "ADJ" and doc[end].text.islower():
            end += 1
        return end

    def _definite(self, i: int) -> int:
        """Return the end of "the sanctioned" before "leaders", behind the two whom it means, or 0.

        "the leaders of Chad", "the leaders" of no sentence that names two, are others.
        """
        doc = self.doc
        if doc[i].lower_ != "the":
            return 0
        end = i + 1
        while end < len(doc) - 1 and doc[end].tag_ in {"JJ", "VBN"} and doc[end].text.islower():
            end += 1
        if end + 1 >= len(doc) or group_nouns().get(doc[end].lower_) != "persons":
            return 0
        after = doc[end + 1]
        if after.pos_ not in {"VERB", "AUX"} or doc[end].lower_ in {"men", "officials"}:
            return 0
        codes = {code for place, code in self.coded.get(self.sentence[i], ()) if place < i}
        return end if len(codes) == 2 else 0

    def _group(self, start: int, end: int, refers: str) -> Reference:
        return self._make(
            start,
            end,
            kind="group",
            form="group",
            plural=True,
            role_kind=refers,
            members=self._pair(start),
        )

    def _pair(self, at: int) -> tuple[str, ...]:
        """Return the two parties that stand nearest before token `at`."""
        number = self.sentence[at]
        pair = self._main_pair()
        seen: dict[str, None] = {}
        for back in range(LOOK_BACK + 1):
            codes = [code for place, code in self.coded.get(number - back, ()) if place < at]
            if back == 0 and len(set(codes)) == 2:
                return tuple(sorted(set(codes)))
            if back == 0 and pair and set(codes) <= set(pair):
                return pair
            for code in codes:
                seen[code] = None
            if len(seen) == 2:
                return tuple(sorted(seen))
            if len(seen) > 2 and len(set(codes)) == 2:
                return tuple(sorted(set(codes)))
            if len(seen) > 2:
                break
        ranked = sorted(seen or self.counts, key=lambda code: (-self.counts[code], code))
        return tuple(sorted(ranked[:2])) if len(ranked) >= 2 else ()

    def _main_pair(self) -> tuple[str, ...]:
        """Return the two parties that an article is about, where no third comes near them."""
        ranked = self.told.most_common(3)
        if len(ranked) < 2 or ranked[1][1] < 3:
            return ()
        third = ranked[2][1] if len(ranked) > 2 else 0
        return tuple(sorted(code for code, _ in ranked[:2])) if ranked[1][1] >= 2 * third else ()


__all__ = ["GroupReferences"]
