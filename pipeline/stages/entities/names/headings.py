"""Names in capitals at the head of a release: "MINISTER FOR TRADE ANA RUIZ"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.neighbours import text_at
from pipeline.reference.names import is_name_word
from pipeline.stages.entities.names.name_reach import NameReach
from pipeline.stages.entities.tables import institution_words, modifiers, name_words, not_names

_INITIAL = re.compile(r"[A-Z]\.")
#: How many words such a name has.
_LONGEST, _SHORTEST = 4, 2


class Headings(NameReach):
    """Finds names in capitals in a text that is not."""

    def of_headings(self) -> Iterator[tuple[int, int]]:
        """Yield the names in capitals beside a title in capitals, or whose surname is told below.

        "ANA RUIZ MP" above "Minister Ruiz said", "MINISTER FOR TRADE ANA RUIZ"; not the "VISITS
        LIMA" of "PREMIER VISITS LIMA".
        """
        if self._is_wholly_capital or not any(
            token.text.isupper() and self._is_shouted_word(token.i) for token in self.doc
        ):
            return
        yield from self._told_below()
        yield from self._beside_titles()

    def _told_below(self) -> Iterator[tuple[int, int]]:
        doc, honorifics = self.doc, name_words()["honorific"]
        called = {
            doc[token.i + 1].text.upper()
            for token in doc[:-1]
            if (token.lower_ in honorifics or token.i + 1 in self.title_ends)
            and token.text.istitle()
            and self._is_name_part(doc[token.i + 1], first=True)
        }
        for token in doc:
            # Its capitals are undone already where the name stands below in small letters.
            if token.text.upper() not in called or len(token) < 3:
                continue
            start = token.i
            while token.i - start < _LONGEST and self._is_shouted_word(start - 1):
                start -= 1
            if start < token.i and len(doc[start]) > 1 and is_name_word(doc[start].text.title()):
                yield start, token.i + 1

    def _beside_titles(self) -> Iterator[tuple[int, int]]:
        doc = self.doc
        for office in self.offices:
            if not doc[office.head_start].text.isupper() or office.plural:
                continue
            start = office.start
            while office.start - start < _LONGEST and self._is_shouted_word(start - 1):
                start -= 1
            at = end = office.end
            while at < len(doc) and doc[at].is_space:
                at = end = at + 1
            while end - at < _LONGEST and self._is_shouted_word(end):
                end += 1
                if text_at(doc, end) == "-" and self._is_shouted_word(end + 1):
                    end += 2  # "PARK JOON-HO"
            yield from self._name_within(start, office.start)
            beyond = text_at(doc, end)
            if not (beyond.isalpha() and beyond.isupper()):  # "MINISTER ANA RUIZ VISITS"
                yield from self._name_within(at, end)

    def _name_within(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Yield a name of words in capitals, from its given name on."""
        while start < end and not is_name_word(self.doc[start].text.title()):
            start += 1
        if _SHORTEST <= end - start < _LONGEST:
            yield start, end

    def _is_shouted_word(self, i: int) -> bool:
        """Tell the given names, initials and surname of a name in capitals."""
        if not 0 <= i < len(self.doc) or not self.doc[i].text.isupper():
            return False
        token = self.doc[i]
        lower = token.lower_
        other = lower in not_names() or lower in institution_words() or lower in modifiers()
        taken = i in self.in_office or i in self.in_party or lower in name_words()["honorific"]
        return not other and not taken and (token.is_alpha or bool(_INITIAL.fullmatch(token.text)))


__all__ = ["Headings"]
