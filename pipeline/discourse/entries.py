"""Where an entry of a list ends: "Premier X (Peru)", "Minister Y of trade"."""

from __future__ import annotations

from models import Reference
from pipeline.discourse.groups import GroupReader
from pipeline.discourse.tables import words
from pipeline.neighbours import text_at, word_at
from pipeline.signs import GENITIVES

#: What stands before the last entry of a list.
LAST = frozenset({"and", "&", "as well as"})
#: How many tokens "of foreign affairs" has.
_MATTERS = range(2, 5)
#: How long a phrase that names one again and again may be, in tokens.
_PHRASE = 60


class EntryReader(GroupReader):
    """Reads the entries of which lists consist."""

    def phrase_end(self, reference: Reference) -> int:
        """Return the end of "the foreign minister of Tajikistan, Sirojiddin Muhriddin"."""
        end = self.bounds_of(reference)[1]
        at, last = end, min(len(self.doc), end + _PHRASE)
        while 0 < at < last and at - end < 8:
            told = [r for r in self.at(at) if r.form != "pronoun"]  # not "X, his wife"
            again = [r for r in told if r.actor and r.actor == reference.actor]
            if again:
                end = at = max(self.bounds(r)[1] for r in again)
            elif self._leads_on(at) or self.at(at):
                at += 1
            else:
                break
        return self._past_country(end)

    def _leads_on(self, i: int) -> bool:
        """Tell what may stand between an office and its holder: "of the", ", Ms"."""
        word = self.doc[i].lower_
        return word in {"of", "the", ",", *GENITIVES} or word.strip(".") in words("before_name")

    def entry_end(self, reference: Reference) -> int:
        """Return the end of "Premier X (Peru)", "President Y of Mali (May 2012)"."""
        return self._behind_bracket(self._past_matter(self.phrase_end(reference)))

    def _past_matter(self, i: int) -> int:
        """Return the token behind "of foreign affairs" at token `i`, where the next entry begins.

        "The ministers A of foreign affairs and B of defence" fires, "A of the party" does not.
        """
        if word_at(self.doc, i) not in {"of", "for"}:
            return i
        at = i + 1
        while at < len(self.doc) and self.doc[at].is_alpha and self.doc[at].text.islower():
            if self.doc[at].pos_ not in {"NOUN", "ADJ"}:
                break
            at += 1
        ends = text_at(self.doc, at) in {",", ";", *LAST}
        return at if ends and at - i in _MATTERS else i

    def _past_country(self, i: int) -> int:
        """Return the token behind "of the Republic of Peru" at token `i`, or `i`."""
        at = i
        while word_at(self.doc, at) in {"of", "the", "from"}:
            at += 1
        named = [r for r in self.at(at) if r.kind == "country" and r.form == "name"]
        return self.bounds(named[0])[1] if named and at > i else i


__all__ = ["LAST", "EntryReader"]
