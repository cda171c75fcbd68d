"""The countries of those who act for one: "signed for Peru by X", "on the Peruvian side, X"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from models.entity import NAME_FORMS
from pipeline.labels import VERBS
from pipeline.neighbours import agents_of, text_at, word_at
from pipeline.signs import ANY_LIST_JOINTS, ENDS_PHRASE, GENITIVES, HYPHENS, OPENS_LIST
from pipeline.stages.entities.countries.identified import Identified
from pipeline.stages.entities.spans import NameSpan, PartySpan
from pipeline.stages.entities.tables import name_words, word_set

#: How far behind a side the verb and those may stand by whom it acts, in tokens.
_REACH = 12
#: How many words may stand between what a verb tells and the first name ("included also Dr").
_LEAD = 3
#: The forms of a land that stand for all of it, without a side.
_WHOLE = NAME_FORMS | {"people"}
#: Tags of verbs of those who act.
_ACTIVE = frozenset({"VBD", "VBZ", "VBG"})
#: What makes a name part of what is told before it, and no subject.
_LINKS = frozenset({"of", "to", "with", "by"})
#: By how many lands "signed by X for Peru and Y for Chile" tells that each acts for his own.
_SEVERAL = 2


class Represented(Identified):
    """Gives those who stand for a land at talks or sign for it that land."""

    def attach_represented(self) -> None:
        """Give X Peru in "signed for Peru by X", "the Peruvian side was represented by X".

        None in "For Peru, X is a threat", "a bill for Peru signed by X".
        """
        weak: dict[int, list[tuple[NameSpan, str]]] = {}
        lands: dict[int, set[str]] = {}
        for party in self.party_start.values() if self.names else ():
            if not party.is_country:
                continue
            sentence = self.doc[party.start].sent.start
            for name in self._standing_for(party):
                lands.setdefault(sentence, set()).add(party.code)
                self._give_land(name, party.code)
            if (beside := self._in_parallel(party)) is not None:
                weak.setdefault(sentence, []).append((beside, party.code))
        for sentence, pairs in weak.items():
            told = lands.get(sentence, set()) | {code for _, code in pairs}
            for name, code in pairs if len(told) >= _SEVERAL else ():
                self._give_land(name, code)

    def _give_land(self, name: NameSpan, code: str) -> None:
        if not (name.country or any(office.country for office in name.offices)):
            name.country = code

    def _standing_for(self, party: PartySpan) -> list[NameSpan]:
        """Return those of whom the text outright tells that they act for a land."""
        end = self._side_end(party)
        lead = self._lead_before(party)
        if lead is not None and end is not None:
            sided = self._side_at(party) is not None or word_at(self.doc, lead) != "for"
            return self._behind_phrase(lead, end, sided=sided)
        return self._of_subject(party, end) if lead is None else []

    def _lead_before(self, party: PartySpan) -> int | None:
        """Return where "for", "on behalf of" or, before a side, "on" begins before a land."""
        doc, at = self.doc, party.start - (word_at(self.doc, party.start - 1) == "the")
        if doc[max(0, at - 3) : at].text.lower() in word_set("acts_on_behalf"):
            return at - 3
        sided = self._side_at(party) is not None
        alone = word_at(doc, at - 1) == "for" or (sided and word_at(doc, at - 1) in {"on", "from"})
        return at - 1 if alone else None

    def _side_at(self, party: PartySpan) -> int | None:
        """Return the "side" of "the Peruvian side", "Peru's delegation", or None."""
        at = party.end + (text_at(self.doc, party.end) in GENITIVES)
        owns = at > party.end or self._is_adjective(party)
        return at if owns and word_at(self.doc, at) in word_set("side_of_talks") else None

    def _side_end(self, party: PartySpan) -> int | None:
        """Return where a land or its side ends that acts; None for "Peru's gas", "Peru and"."""
        side = self._side_at(party)
        if side is not None:
            return None if word_at(self.doc, side + 1) == "of" else side + 1
        goes_on = text_at(self.doc, party.end) in GENITIVES | HYPHENS
        return None if goes_on or party.form not in _WHOLE else party.end

    def _behind_phrase(self, lead: int, end: int, *, sided: bool) -> list[NameSpan]:
        """Return X of "on the Peruvian side, X …", "for Peru by X", "for Peru, X signed".

        So X of "on the Peruvian side the talks were attended by X".
        """
        doc = self.doc
        acts = self._acts_before(lead)
        if sided and word_at(doc, lead) in {"from", "on"} and lead in self.name_ends:
            return [self.name_ends[lead]]  # "X from the Peruvian side"
        if (before := self._name_before(lead)) is not None:
            return [before]
        apposed = word_at(doc, lead) == "for" and text_at(doc, lead - 1) == "," == text_at(doc, end)
        if apposed and (before := self.name_ends.get(lead - 1)) is not None:
            return [before]
        if word_at(doc, end) == "by":
            return self._people_from(end + 1) if sided or acts else []
        if doc[end : end + 1].text in OPENS_LIST:
            found = self._people_from(end + 1)
            behind = found[-1].end if found else end
            told = behind < len(doc) and doc[behind].lemma_ in word_set("acts_for")
            alone = acts and text_at(doc, behind) in ENDS_PHRASE | {"and"}
            return found if sided or told or alone else []
        if text_at(doc, end) and doc[end].lemma_ in {"be", "include"} and (sided or acts):
            return self._people_from(end + 1)
        return self._by_whom(end) if sided and doc[lead].is_sent_start else []

    def _acts_before(self, at: int) -> bool:
        """Tell whether the clause before token `at` tells of signing, taking part and the like."""
        doc = self.doc
        told = (t.lemma_.lower() for t in doc[doc[at].sent.start : at])
        return any(word in word_set("acts_for") for word in told)

    def _name_before(self, at: int) -> NameSpan | None:
        """Return the X of "X signed | for Peru", not of "the accord with X signed for Peru"."""
        verb = self.doc[at - 1]
        if word_at(self.doc, at) != "for":
            verb = self.doc[at].head  # "X signed it on behalf of Peru"
            doers = [child.i for child in verb.children if child.dep_ == "nsubj"]
            name = self.name_ends.get(doers[0] + 1) if doers else None
        else:
            name = self.name_ends.get(verb.i)
        if verb.tag_ not in _ACTIVE or verb.lemma_.lower() not in word_set("acts_for"):
            return None
        led = word_at(self.doc, self._entry_start(name.start) - 1) if name is not None else ""
        return None if led in _LINKS and verb.tag_ != "VBG" else name

    def _people_from(self, at: int) -> list[NameSpan]:
        """Return A and B of "Deputy Minister A and Dr. B" that begin at token `at`."""
        doc, found, last = self.doc, list[NameSpan](), at + _LEAD
        while at < len(doc):
            office = self.by_start.get(at)
            beside = self.party_start.get(at) or self.party_start.get(at + 1)
            if found and beside is not None and self._side_at(beside) is not None:
                break  # "by A, the Chilean delegation by B"
            if at in self.names:
                found.append(self.names[at])
                at = last = found[-1].end
                while text_at(doc, at) in ANY_LIST_JOINTS:
                    at += 1
                if at == last:
                    break
                last = at + _LEAD
            elif office is not None and not office.plural:
                at = last = office.end
                last += 1
            elif at < last and (
                word_at(doc, at) in name_words()["honorific"] | word_set("leads_person")
            ):
                at += 1 + (text_at(doc, at + 1) == ".")  # "Hon. X", two tokens
            else:
                break
        return found

    def _by_whom(self, at: int) -> list[NameSpan]:
        """Return the X of "… the talks were attended by X" behind token `at`."""
        for i in range(at, min(at + _REACH, self.doc[at - 1].sent.end)):
            if i in self.names or self.doc[i].text in ANY_LIST_JOINTS:
                return []
            if self.doc[i].lower_ == "by":
                acts = self.doc[i].head.lemma_ in word_set("acts_for", "leads")
                return self._people_from(i + 1) if acts else []
        return []

    def _of_subject(self, party: PartySpan, end: int | None) -> list[NameSpan]:
        """Return X of "Peru was represented by X", "the Peruvian delegation included X".

        So of "Peruvian side: X", and of "the Peruvian, by X" behind another side.
        """
        doc, side = self.doc, self._side_at(party)
        if end is None:
            return []
        if side is not None and text_at(doc, end) in {":", ","}:
            opens = text_at(doc, end) == ":" or self._told_before(party.start, "side_holds")
            return self._people_from(end + 1) if opens else []
        if text_at(doc, end - 1) and word_at(doc, end) == "by" and side is not None:
            return self._people_from(end + 1) if self._told_before(party.start, "leads") else []
        token = doc[end - 1]
        verb = token.head
        if token.dep_ == "nsubjpass" and verb.lemma_ in word_set("leads"):
            if side is None and verb.lemma_ != "represent":
                return []
            return self._people_at(agents_of(verb))
        if side is not None and token.dep_ == "nsubj" and verb.lemma_ in word_set("side_holds"):
            return self._people_from(verb.i + 1)
        return []

    def _told_before(self, at: int, words: str) -> bool:
        """Tell whether a verb of a word list stands in the sentence before token `at`."""
        before = self.doc[self.doc[at].sent.start : at]
        return any(t.pos_ in VERBS and t.lemma_ in word_set(words) for t in before)

    def _people_at(self, nodes: list[Token]) -> list[NameSpan]:
        starts = sorted(self._entry_start(name.start) for name in self._covering(nodes))
        styled = (node.i for node in nodes if node.lower_ in name_words()["honorific"])
        at = starts[0] if starts else next(styled, None)
        return self._people_from(at) if at is not None else []

    def _covering(self, nodes: list[Token]) -> Iterator[NameSpan]:
        ends = {node.i for node in nodes}
        for name in self.names.values():
            if ends & {*range(name.start, name.end)}:
                yield name

    def _in_parallel(self, party: PartySpan) -> NameSpan | None:
        """Return the X of "signed by X for Peru", "for Peru X", where others sign for others."""
        lead, end = self._lead_before(party), self._side_end(party)
        if lead is None or end is None or not self._acts_before(lead):
            return None
        return self.name_ends.get(lead) or self.names.get(end)


__all__ = ["Represented"]
