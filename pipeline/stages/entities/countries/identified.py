"""Those whom a text first tells by their nation and then by name: "a Malian identified as X"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from pipeline.labels import PAST, PLURALS
from pipeline.reference.leaders import leaders_named
from pipeline.signs import OPENS_APPOSITION
from pipeline.stages.entities.countries.national_groups import NationalGroups
from pipeline.stages.entities.spans import NameSpan, PartySpan
from pipeline.stages.entities.tables import callings, name_words, word_set

#: How many words may stand between a nation and the noun of its people ("Malian police officer").
_WORDS = 4
#: How many signs and adverbs may stand on either side of the verb of naming.
_SIGNS = 3


class Identified(NationalGroups):
    """Gives those who are identified by name the nation by which they are told before."""

    def attach_identified(self) -> None:
        """Give X its land in "a Malian man named X", "the Malian soldier was identified as X"."""
        for party in self.party_end.values() if self.names else ():
            if not party.is_country or party.form not in {"people", "adjective"}:
                continue
            head = self._head_of_people(party.start, party.end)
            found = self._named_behind(head) if head is not None else ()
            for name in found or self._apposed_to(party):
                self._give_nation(name, party.code)
        for name in self.names.values():
            code = self._nation_of_subject(name)
            if code is not None:
                self._give_nation(name, code)

    def _give_nation(self, name: NameSpan, code: str) -> None:
        told = name.country or any(office.country for office in name.offices)
        if not told and not leaders_named(name.text):
            name.country = code

    def _head_of_people(self, start: int, end: int) -> Token | None:
        """Return the noun of "a Malian", "two Malian police officers", whose nation stands there.

        Not of "the Malian ministry", "a Malian ship".
        """
        doc, at = self.doc, end
        while at < min(len(doc), end + _WORDS) and doc[at].text.islower():
            if doc[at].pos_ not in {"NOUN", "ADJ", "PROPN"} or self._is_done_to(at):
                break
            at += 1
        if at > end:
            return doc[at - 1] if self._is_person_noun(doc[at - 1]) else None
        led = doc[start - 1 : start]
        counted = len(led) > 0 and (led[0].pos_ in {"DET", "NUM"} or led[0].pos_ == "ADJ")
        return doc[end - 1] if counted else None

    def _is_person_noun(self, noun: Token) -> bool:
        people = callings() | word_set("kin", "national", "person_noun")
        return noun.lemma_.lower() in people or noun.i in self.by_head

    def _named_behind(self, head: Token) -> list[NameSpan]:
        """Return those whom "named", "identified only as" and the like behind a noun name."""
        doc, at = self.doc, head.i + 1
        first = at
        while at < first + _SIGNS and self._is_aside(at):
            at += 1
        verb = doc[at : at + 1].text.lower()
        if verb not in word_set("names_one"):
            return []
        if self._is_active(head, doc[at]) or (at > 0 and doc[at - 1].lower_ in {"who", "which"}):
            return []
        at = first = at + 1
        while at < first + _SIGNS and self._is_aside(at):
            at += 1
        at += doc[at : at + 1].text.lower() == "as"
        while doc[at : at + 1].text.lower() in name_words()["honorific"] and at not in self.names:
            at += 1
        listed = self.listed(at) if at in self.names else []
        return listed if head.tag_ in PLURALS else listed[:1]

    def _apposed_to(self, party: PartySpan) -> list[NameSpan]:
        """Return the X of "another missing Malian, X, 44,", whom the nation alone tells."""
        doc, name = self.doc, self.names.get(party.end + 1)
        if name is None or doc[party.end].text != "," or doc[party.end - 1].tag_ in PLURALS:
            return []
        at = party.start
        while at > 0 and doc[at - 1].pos_ in {"ADJ", "VERB"} and party.start - at < _WORDS:
            at -= 1
        led = doc[at - 1].lower_ if at else ""
        closed = doc[name.end : name.end + 1].text in {",", ".", ";", ")"}
        return [name] if led in {"a", "an", "another", "one"} and closed else []

    def _is_active(self, head: Token, verb: Token) -> bool:
        """Tell "The Malian president named X a judge", "A Malian called X" from "a man named X".

        A noun with no other verb names somebody itself, whatever the parse makes of it.
        """
        if self.doc[verb.i + 1 : verb.i + 2].text.lower() == "as":
            return False
        called = verb.lower_ == "called" and verb.dep_ not in {"acl", "amod"}
        doer = any(child.dep_ == "nsubj" for child in verb.children)
        return called or doer or head.dep_ == "ROOT"

    def _is_aside(self, at: int) -> bool:
        """Tell the comma or adverb beside a verb of naming ("a Malian, identified simply as X")."""
        token = self.doc[at : at + 1]
        return bool(len(token)) and (token[0].text in OPENS_APPOSITION or token[0].pos_ == "ADV")

    def _nation_of_subject(self, name: NameSpan) -> str | None:
        """Return the nation of the soldier of "the Malian soldier was identified as X"."""
        doc, at = self.doc, min([name.start, *(office.start for office in name.offices)])
        while at > 1 and doc[at - 1].lower_ in name_words()["honorific"]:
            at -= 1
        if at < 2 or doc[at - 1].lower_ != "as" or doc[at - 1].head.tag_ not in PAST:
            return None
        verb = doc[at - 1].head
        if verb.lower_ not in word_set("names_one"):
            return None
        roles = {"nsubjpass"} if verb.tag_ == "VBN" else {"dobj"}
        subject = next((c for c in verb.children if c.dep_ in roles), None)
        if subject is None:
            return None
        return next(filter(None, map(self._nation_told_by, self._who(subject))), None)

    def _who(self, noun: Token) -> Iterator[Token]:
        """Yield a noun and what explains it, both of "the victim, a Kenyan,"."""
        yield noun
        yield from (child for child in noun.children if child.dep_ == "appos")

    def _nation_told_by(self, noun: Token) -> str | None:
        """Return the nation of "the Malian soldier", "the Malian", not of "the Malian ship"."""
        own = self.covering.get(noun.i)
        if own is not None:
            people = own.form in {"people", "adjective"} and own.is_country
            return own.code if people else None
        if not self._is_person_noun(noun):
            return None
        told = (self.covering.get(c.i) for c in noun.children if c.dep_ in {"amod", "compound"})
        found = (p.code for p in told if p is not None and p.is_country and p.form == "adjective")
        return next(found, None)


__all__ = ["Identified"]
