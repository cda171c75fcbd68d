"""Nationals told of together: "two Chilean brothers, A and B", "three Malians. A, B and C …"."""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.labels import PLURALS, VERBS
from pipeline.neighbours import text_at, word_at
from pipeline.signs import ANY_LIST_JOINTS, OPENS_LIST
from pipeline.stages.entities.countries.nationalities import Nationalities
from pipeline.stages.entities.spans import NameSpan, PartySpan
from pipeline.stages.entities.tables import callings, name_words, word_set

#: What may stand between the names of a list.
_LIST_SIGNS = frozenset({",", ";", "and", "&", "(", ")", ":", "-", "–", "of"})
#: How many words tell of those of a nation in front of their names.
_ADJECTIVES = 3
#: How long "freed by the rebels in Mali" is at most behind those whom the list names, in tokens.
_CLAUSE = 9
#: No list of names is longer than this.
_LIST_LENGTH = 30
#: How far into the next sentence the first name of a group that it tells of begins, in tokens.
_OPENING = 5


#: By what a list goes on to its last name, besides "and".
_AS_WELL = ("as", "well", "as")


class NationalGroups(Nationalities):
    """Gives groups of nationals their country, and reads lists of names."""

    def attach_nationals(self) -> None:
        """Give its country to each of "two Chilean brothers, A and B", "the Iranians A and B"."""
        doc = self.doc
        for party in self.party_end.values():
            counted = party.start > 0 and doc[party.start - 1].pos_ == "NUM"
            for name in self._named_next(party.end) if counted and party.is_country else ():
                name.country = name.country or party.code
            at = party.end
            while at < party.end + _ADJECTIVES and self._describes_national(at):
                at += 1
            told = party.form == "people" if at == party.end else party.form == "adjective"
            noun = doc[at - 1]
            told = told or (at > party.end and noun.lemma_.lower() in word_set("team_role"))
            if not told or noun.tag_ not in PLURALS or not self._is_human(party, noun):
                continue
            at = self._past_clause(at)
            at += text_at(doc, at) in OPENS_LIST
            at += word_at(doc, at) in word_set("gives_examples")
            at += doc[at - 1 : at + 1].text.lower() == "such as"
            listed = self.listed(at) if at in self.names else []
            end = listed[-1].end if listed else at
            if len(listed) > 1 and word_at(doc, end) not in word_set("speech_tag"):
                for name in listed:
                    beside = any(office.country for office in name.offices)
                    name.country = name.country or (None if beside else party.code)

    def _past_clause(self, at: int) -> int:
        """Return the comma behind "freed by Mali" of "two Chilean priests freed by Mali, A and B".

        That is the first token behind those of a nation where nothing of the kind follows them.
        """
        doc = self.doc
        if at >= len(doc) or not self._is_done_to(at):
            return at
        for i in range(at + 1, min(at + _CLAUSE, len(doc))):
            if doc[i].text == ",":
                return i
            if i in self.names or doc[i].text in {".", ";"}:
                return at
        return at

    def _named_next(self, at: int) -> list[NameSpan]:
        """Return A, B and C of "… charged three Malians. A, 41, B, 33, and C, 29, deny it"."""
        if any(i in self.names for i in range(at, self.doc[at - 1].sent.end)):
            return []
        end = self.doc[at - 1].sent.end
        while end < len(self.doc) and self.doc[end].is_space:
            end += 1
        if end >= len(self.doc):
            return []
        sent = self.doc[end].sent
        verb = next((t.i for t in sent if t.i >= end and t.pos_ in VERBS), sent.end)
        named = [self.names[i] for i in range(end, verb) if i in self.names]
        opens = len(named) > 1 and named[0].start <= end + _OPENING
        return named if opens and not any(name.offices for name in named) else []

    def _describes_national(self, at: int) -> bool:
        """Tell a word between a nationality and its list of names, but for "such as"."""
        word = text_at(self.doc, at)
        if not word.islower() or self._is_done_to(at):
            return False
        return word not in word_set("gives_examples")

    def _is_done_to(self, at: int) -> bool:
        """Tell the "freed" of "two Chilean priests freed by Mali"."""
        return self.doc[at].tag_ == "VBN" and text_at(self.doc, at + 1) in word_set("by_whom")

    def _is_human(self, party: PartySpan, noun: Token) -> bool:
        named = noun.lemma_.lower() in callings() | word_set("kin", "national", "team_role")
        return named or noun.i < party.end or noun.i in self.by_head

    def listed(self, at: int) -> list[NameSpan]:
        """Return the names of the list that begins at token `at`."""
        doc = self.doc
        listed: list[NameSpan] = []
        depth = 0
        while at < len(doc) and len(listed) < _LIST_LENGTH:
            found = self.names.get(at)
            if found is not None:
                listed.append(found)
                at = found.end
                continue
            if not self._goes_on(at, depth, begun=bool(listed)):
                break
            depth += (doc[at].text == "(") - (doc[at].text == ")")
            at += 1
        return listed

    def _goes_on(self, at: int, depth: int, *, begun: bool) -> bool:
        """Tell whether a list of names goes on over token `at`."""
        doc = self.doc
        if depth > 0 or doc[at].text in _LIST_SIGNS:
            return True
        if doc[at].lower_ in name_words()["honorific"] and doc[at].text[:1].isupper():
            return True
        if begun and doc[at - 1].text == "of":
            return True
        if begun and self._joins_further(at):
            return True
        # "ministers from Peru (Ana Ruiz)", whose land begins the list
        led = doc[at].lower_ == "from" or (begun and doc[at].lower_ == "the")
        if led and not self.party_start.keys().isdisjoint({at + 1, at + 2}):
            return True  # "of Peru, Ana Ruiz; from the Czech Republic, Jan Novak"
        starts = (self.party_start[i] for i in range(at, at - 4, -1) if i in self.party_start)
        party = next(starts, None)
        if party is None or at >= party.end:
            return False
        if text_at(doc, party.end) == "(":
            return True  # "Argentina (Alberto Fernández)"
        end = party.end
        while begun and text_at(doc, end) in ANY_LIST_JOINTS:
            end += 1  # "Ana Ruiz, Peru, and Luis Rojas, Chile"
        return end > party.end and end in self.names

    def _joins_further(self, at: int) -> bool:
        """Tell a word of the "as well as" before a further name."""
        for begin in range(at, at - len(_AS_WELL), -1):
            end = begin + len(_AS_WELL)
            if tuple(t.lower_ for t in self.doc[max(0, begin) : end]) == _AS_WELL:
                return end in self.names
        return False


__all__ = ["NationalGroups"]
