"""The country of an official by who acts in the sentence: "Niger followed suit, his aide said"."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection

from spacy.tokens import Token

from pipeline.labels import PREMODIFIERS, SUBJECTS
from pipeline.neighbours import text_at, word_at, word_behind
from pipeline.reference.countries import is_country
from pipeline.signs import GENITIVES
from pipeline.stages.entities.countries.ground import Ground, Unit
from pipeline.stages.entities.countries.home import Home
from pipeline.stages.entities.countries.home_legs import comes_home
from pipeline.stages.entities.lands_gone_to import is_gone_to
from pipeline.stages.entities.offices.office_gaps import is_met
from pipeline.stages.entities.tables import word_set

#: How many sentences before an official the country is looked for of which is told; one of
#: another paragraph counts twice.
_ACTOR_SENTENCES = 2
#: How many tokens a country's name may have before its head.
_SUBJECT_LENGTH = 2
#: How many tokens before whom it goes to a letter is told of.
_LETTER_REACH = 12
#: How many tokens behind a name the verb may stand with which they thank a country.
_THANKS_REACH = 4
#: How a clause hangs on that of which it has the subject.
_GOES_ON = frozenset({"conj", "xcomp", "advcl"})
#: What begins the clause of another guest ("A will be met by B while C will be met by D").
_CLAUSES = frozenset({"while", "whereas", ";"})


class SentenceActors(Ground):
    """Finds the country of whom a sentence tells, and whose it cannot be."""

    #: The country for which the article writes, as far as it is told.
    home: Home

    def _of_actor(self, unit: Unit) -> str | None:
        """Return the country first told of in the sentence, else last in those before it.

        "Niger followed suit, with government spokesman Issa Garba saying …" tells his. Where one
        country stands out in the article, only another that is the sentence's subject tells so.
        """
        start = self.sentence_start(unit.start)
        foreign = self._sender(start, unit.start) or self._thanked(unit) or self._partner(unit)
        bidders = self._bidders(start, unit.start)
        foreign = foreign or next(iter(bidders), None) or self._met(start, unit)
        guests = bidders if foreign else self._guests(start, unit)
        unit.person.foreign_to = foreign or next(iter(guests), None) or self._gone_to(unit)
        if unit.person.foreign_to:
            return self._other_told(start, unit.start, {unit.person.foreign_to, *guests})
        if self.home.told:
            return None
        found = self._first_told(start, unit.start, subject=self.home.sure)
        back = cost = 0
        while found is None and not self.home.sure and start > 0:
            back += 1
            cost += 1 + bool(self.doc[start - 1].is_space)  # another paragraph is further away
            if cost > _ACTOR_SENTENCES:
                break
            end, start = start, self.sentence_start(unit.start, back=back)
            found = self._first_told(start, end, subject=True)
        return found

    def _of_who_sends(self, unit: Unit) -> str | None:
        """Return the country of A of "A will not go to Lima and will send Foreign Minister X".

        Not of "A received Foreign Minister X", "A will send a message to Foreign Minister X".
        """
        sent = self.doc[unit.name.start : unit.name.end].root
        verb = sent.head
        if sent.dep_ != "dobj" or verb.lemma_ not in word_set("sends_another"):
            return None
        while verb.dep_ in _GOES_ON and all(c.dep_ not in SUBJECTS for c in verb.children):
            verb = verb.head
        sender = next((c for c in verb.children if c.dep_ in SUBJECTS and c.i < sent.i), None)
        told = list(self.between(sender.left_edge.i, sender.i + 1)) if sender is not None else []
        return self.country(told[-1]) if told else None

    def _sender(self, start: int, at: int) -> str | None:
        """Return the country of who writes to the person at `at` ("his letter to Premier X")."""
        doc = self.doc
        if at < 1 or doc[at - 1].lower_ != "to":
            return None
        sent = [i for i in range(max(start, at - _LETTER_REACH), at) if _is_letter(doc[i])]
        told = (self.country(unit) for unit in self.between(start, at)) if sent else iter(())
        return next(filter(None, told), None)

    def _bidders(self, start: int, at: int) -> list[str]:
        """Return the countries of "At the invitation of Premier X of Peru," before its guest.

        So the two of "At the invitation of the premiers of Peru and Chile,"; not of "At the
        invitation of Peru and Premier", whose premier asks as well.
        """
        if text_at(self.doc, at - 1) != ",":
            return []
        bidding = word_set("bidding")
        noun = next((t.i for t in self.doc[start:at] if t.lower_ in bidding), None)
        if noun is None or word_at(self.doc, noun + 1) not in {"of", "by", "from"}:
            return []
        asked = [*self._told_in(noun, at), *(code for i, code in self.states if noun < i < at)]
        return [code for code in dict.fromkeys(asked) if is_country(code)]

    def _met(self, start: int, unit: Unit) -> str | None:
        """Return the country of B of "After talks with Minister B of Peru, Premier X said".

        So of "The premier met a team from Peru, Foreign Minister X said". Where no talks are told
        before, the two may be of one land.
        """
        doc, at = self.doc, unit.start
        i = bisect_left(self.heads, at) - 1
        if i < 0 or text_at(doc, at - 1) != "," or not unit.name.offices:
            return None
        met, own = self.offices[i], unit.name.offices[0]
        ends = met.end == at - 1 and met.head_start >= start
        return met.country if ends and is_met(doc, met, own) else None

    def _between(self, unit: Unit) -> bool:
        """Tell the first of those "between" whom something is."""
        return unit.start > 0 and self.doc[unit.start - 1].lower_ == "between"

    def _partner(self, unit: Unit) -> str | None:
        """Return the country of A for the B of "talks between Premier A and President B"."""
        doc, at = self.doc, unit.start - 1
        if at < 1 or doc[at].lower_ != "and":
            return None
        for office in self.offices[: bisect_left(self.heads, at)][-1:]:
            if office.end == at and doc[office.start - 1].lower_ == "between":
                return office.country  # "between the Malian leader and ministers X and Y"
        i = bisect_left(self.starts, unit.start) - 1
        tops = any(o.form.office in word_set("top_office") for o in unit.name.offices)
        if i < 0 or not tops:
            return None
        return self.country(self.units[i]) if self._between(self.units[i]) else None

    def _guests(self, start: int, unit: Unit) -> list[str]:
        """Return the countries of all whom "were met by", "was seen off by" says that X met."""
        doc = self.doc
        for i in range(unit.start - 1, start, -1):
            hosted = doc[i].head.lemma_ in word_set("host_verb") - {"see"}  # off, at home as well
            if doc[i].lower_ == "by" and hosted:
                verb = doc[i].head.i
                clauses = (t.i for t in doc[start:verb] if t.lower_ in _CLAUSES)
                own = max(clauses, default=start)
                return [*self._told_in(own, verb), *self._told_in(start, own)]
        return []

    def _told_in(self, start: int, end: int) -> list[str]:
        """Return the countries of those told of from token `start` to `end`, then of offices."""
        told = (self.country(unit) for unit in self.between(start, end))
        offices = self.offices[bisect_left(self.heads, start) : bisect_left(self.heads, end)]
        return [code for code in (*told, *(office.country for office in offices)) if code]

    def _thanked(self, unit: Unit) -> str | None:
        """Return the country that somebody thanks or praises, which is not theirs."""
        doc = self.doc
        for token in doc[unit.end : unit.end + _THANKS_REACH]:
            if token.lemma_ in word_set("thanks"):
                at = token.i + 1 + (word_behind(token) == "the")
                if word_at(doc, at) in word_set("thanked") and at + 2 < len(doc):
                    at += 2 + (doc[at + 2].lower_ == "the")  # "thanked the people of Japan"
                return next((code for start, code in self.states if start == at), None)
            if token.pos_ == "VERB":
                break
        return None

    def _gone_to(self, unit: Unit) -> str | None:
        """Return the country of "X had reached Lima", "X flew to Peru", from where X is not."""
        doc = self.doc
        verb = doc[unit.name.start : unit.name.end].root.head
        goes = verb.lemma_ in word_set("destination_verb", "arrival")
        alone = len({code for _, code in self.lands}) < 2
        if not goes or alone or verb.i < unit.end or verb.pos_ != "VERB":
            return None
        sites = self.sites[bisect_left(self.sites, (verb.i, "")) :]
        near = bool(sites) and sites[0][0] - verb.i <= _THANKS_REACH
        return sites[0][1] if near and not comes_home(self.doc, verb, sites[0][0] + 1) else None

    def _other_told(self, start: int, end: int, foreign: Collection[str]) -> str | None:
        """Return the only other country that is told of from token `start` to `end`.

        Not that of "A is heading to Canada, while B will visit Spain", to which another goes.
        """
        near = {at: code for at, code in self.states if start <= at < end}
        told = {c for at, c in near.items() if not is_gone_to(self.doc, at, at + 1)} - {*foreign}
        return told.pop() if len(told) == 1 else None

    def _first_told(self, start: int, end: int, *, subject: bool = False) -> str | None:
        """Return the country of the first country, place or person from token `start` to `end`.

        Args:
            subject: whether it must be the subject of its clause, and no place.
        """
        lands = self.states if subject else self.lands
        told = lands[bisect_left(lands, (start, "")) : bisect_left(lands, (end, ""))]
        told += [
            (u.start, code)
            for u in self.between(start, end)
            if (code := self.country(u)) and not (subject and _is_of_elsewhere(u))
        ]
        for at, code in sorted(told):
            if self._is_of_visit(at) or (subject and at in self.marks):
                continue
            if is_country(code) and (not subject or self._is_subject(at)):
                return code
        return None

    def _is_of_visit(self, at: int) -> bool:
        """Tell the "Thai" of "the Thai premier's visit", of which the host's officials speak."""
        doc = self.doc
        first = bisect_left(self.starts, at)
        unit = self.units[first] if first < len(self.units) else None
        end = unit.end if unit is not None and unit.start <= at < unit.end else at + 1
        for office in self.offices[bisect_left(self.heads, at) :][:1]:
            end = max(end, office.end if office.start <= at else end)
        noun = next((t for t in doc[end + 1 : end + 4] if t.pos_ == "NOUN"), None)
        owns = text_at(doc, end) in GENITIVES
        return owns and noun is not None and noun.lemma_ in word_set("journey_noun")

    def _is_subject(self, at: int) -> bool:
        """Tell "Niger followed suit", and "In Niger, …" at the head of the sentence."""
        doc = self.doc
        opens = at > 0 and doc[at - 1].text == "In" and bool(doc[at - 1].is_sent_start)
        return opens or any(_in_subject(token) for token in doc[at : at + _SUBJECT_LENGTH])


def _in_subject(token: Token) -> bool:
    """Tell a subject, and the "Dutch" of "Dutch Prime Minister X said" from other words."""
    while token.dep_ in PREMODIFIERS and token.head.i > token.i:
        token = token.head
    return token.dep_ in SUBJECTS


def _is_of_elsewhere(unit: Unit) -> bool:
    """Tell a diplomat, or a mayor abroad, beside whom a minister may be of another country."""
    scopes = {office.form.scope for office in unit.name.offices}
    return bool(scopes) and scopes <= {"diplomatic", "subnational"}


def _is_letter(token: Token) -> bool:
    return token.lemma_.lower() in word_set("letter")


__all__ = ["SentenceActors"]
