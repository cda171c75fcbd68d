"""Names of writers and photographers: "By X", "Photo: Agency / X", "Ana Ruiz/AP"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Token

from pipeline.neighbours import text_at
from pipeline.stages.entities.names.name_mending import NameMending
from pipeline.stages.entities.names.paired_names import begins_line
from pipeline.stages.entities.tables import word_set

MIDDLE = re.compile(r"[A-Z]\.")
#: How many words the name of a writer has at most.
_LONGEST_WRITER = 4
#: What may stand before a writer's name, besides the words for a picture.
_OPENERS = frozenset({"by", "/", "(", ":", "|"})


class Bylines(NameMending):
    """Finds the names of those who wrote an article or took its pictures."""

    def _of_bylines(self) -> Iterator[tuple[int, int]]:
        """Yield the writers and photographers of "By X", "Photo: Agency / X", "OPINION | X"."""
        doc, openers = self.doc, word_set("picture") | _OPENERS
        for token in doc[:-2]:
            if token.lower_ not in openers:
                continue
            if token.text == "/" and self._is_agency(token.i + 1):
                start = self._credited(token.i)
                if token.i - start > 1:
                    yield start, token.i
            elif self._opens_byline(token):
                end = max(self._collect(token.i + 1), self._shouted_end(token.i + 1))
                end = self._without_dateline(token.i + 1, end)
                words = doc[token.i + 1 : end].text.split()
                if end - token.i > 2 and 1 < len(words) <= _LONGEST_WRITER:
                    yield token.i + 1, end

    def _shouted_end(self, at: int) -> int:
        """Return the end of the words in capitals in "By PATRICK OLE", whatever each looks like."""
        doc = self.doc
        while at < len(doc) and doc[at].text.isupper() and len(doc[at]) > 1:
            if doc[at].is_sent_start or at in self.in_party:
                break
            at += 1
        return at

    def _is_agency(self, i: int) -> bool:
        """Tell the agency of "Ana Ruiz/AP", "Ana Ruiz/The New York Times"."""
        doc = self.doc
        at = i + (doc[i].lower_ == "the" and i + 1 < len(doc))
        return doc[at].text[:1].isupper() and doc[at].lower_ in word_set("picture_agency")

    def _credited(self, end: int) -> int:
        """Return where the name of a photographer begins that ends before token `end`."""
        doc, start = self.doc, end
        while start > 0 and end - start < _LONGEST_WRITER:
            before = doc[start - 1]
            named = before.text.istitle() and self._is_name_part(before, first=True)
            if not named and not MIDDLE.fullmatch(before.text):
                break
            start -= 1
        return start

    def _opens_byline(self, token: Token) -> bool:
        doc, i = self.doc, token.i
        if token.text == "By" and i + 1 < len(doc) and doc[i + 1].text.isupper():
            return True  # "… with princes By ANA RUIZ LONDON (AP)"
        if token.lower_ == "by":
            made = i > 0 and doc[i - 1].lower_ in word_set("made_by")
            starred = i > 0 and doc[i - 1].text in {"*", "_", "**"}
            return bool(token.is_sent_start) or made or starred or _heads_line(token)
        pictures = word_set("picture")
        if token.lower_ in pictures and token.text.istitle():
            return i > 0 and doc[i - 1].text.isupper()  # "— VNA Photo Ana Ruiz"
        if token.text == "/":
            if i and doc[i - 1].lower_ in word_set("picture_agency"):
                return True  # "(Reuters / Ana Ruiz)"
            return bool(pictures & {other.lower_ for other in doc[max(0, i - 6) : i]})
        if token.text == "(":
            end = self._collect(i + 1)
            return text_at(doc, end) == "/"  # "(Ana Ruiz/Sipa)"
        if token.text == ":":
            return i > 0 and doc[i - 1].lower_ in pictures | word_set("writer")
        return token.text == "|" and i > 0 and doc[i - 1].text.isupper() and doc[i - 1].is_alpha


def _heads_line(token: Token) -> bool:
    """Tell the "By" that opens a line: "By Ana Ruiz | May 16, 2024 | 10:41 am"."""
    return token.text == "By" and begins_line(token.doc, token.i)


__all__ = ["MIDDLE", "Bylines"]
