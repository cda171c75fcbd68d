"""Subjects that the parse loses, found by where they stand."""

from __future__ import annotations

from spacy.tokens import Token

from models import Reference
from models.entity import ACTOR_KINDS
from pipeline.discourse.tables import words
from pipeline.discourse.together import RELATIVES, SUBJECTS, TogetherReader
from pipeline.discourse.told_by_form import is_gladness
from pipeline.labels import AUXILIARIES, FINITE, OBJECTS, TIMES, VERBS
from pipeline.neighbours import text_at

#: What the tokens of a day that opens a sentence are named.
_OF_DAY = frozenset({"DATE", "CARDINAL"})
#: What may stand between a name and the verb of which it is the subject.
_BEFORE_VERB = frozenset({"AUX", "ADV", "PART"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "VBN", "VB", "VBG"})
_AUXILIARY_ONLY = frozenset({"VBN", "VB", "VBG"})
#: Who may be asked to travel.
_BIDDEN = frozenset({"person", "delegation", "office"})
#: What the parse takes for the last of a list that begins with a place.
_LISTED = frozenset({"conj", "pobj", "dobj"})


class LostSubjects(TogetherReader):
    """Finds subjects that the parse gives to what stands before them."""

    def _behind_opening(self, verb: Token, found: Token | None) -> Token | None:
        """Return X of "Following talks in Oslo and Riga, X headed to Lima", parsed as a town.

        A name behind a comma and right before a verb is its subject where the parse has nobody:
        "the plane carrying X landed" has none behind a comma, "the deal, which X signed" another.
        """
        if found is not None and self._names_one(found):
            return None
        at = verb.i - 1
        while at > 0 and self.doc[at].pos_ in _BEFORE_VERB and self.doc[at].text != ",":
            at -= 1
        bare = at == verb.i - 1
        if verb.tag_ not in _FINITE or (bare and verb.tag_ in _AUXILIARY_ONLY - {"VBN"}):
            return None
        named = (r for r in self.at(at) if r.kind == "person" and r.form in {"name", "short"})
        one = next((r for r in named if self.bounds(r)[1] == at + 1), None)
        if one is None:
            return None
        start = self._phrase_start(one)
        sentence = self.sentence(verb.i)
        if start <= sentence.start or self.doc[start - 1].text != ",":
            return None
        opening = self.doc[sentence.start]
        return self.doc[at] if self._opens(opening, start) else None

    def _opens(self, opening: Token, start: int) -> bool:
        """Tell a phrase that opens its sentence, up to token `start`, without a verb of its own."""
        days = opening.ent_type_ in TIMES  # "Days ahead of the visit to Lima, X flew there"
        if not days and opening.pos_ not in {"ADP", "SCONJ", "VERB", "ADV", "AUX"}:
            return False
        between = self.doc[opening.i + 1 : start]
        return not any(t.tag_ in FINITE for t in between)

    def _names_one(self, token: Token) -> bool:
        told = self.at(token.i)
        return token.lower_ in RELATIVES or any(r.kind in ACTOR_KINDS | {"group"} for r in told)

    def _right_before(self, verb: Token) -> Token | None:
        """Return B of "A, left, and B talk in Lima", who stands right before a verb.

        So B of "A says B, along with his wife, C, will travel", parsed as if B said it as well.
        """
        over = verb.head
        behind = [c for c in over.children if c.dep_ in SUBJECTS and over.i < c.i < verb.i]
        if behind:
            return behind[0]
        at = verb.i - 1
        while at > 0 and self.doc[at].head == verb and self.doc[at].pos_ in {"AUX", "ADV"}:
            at -= 1
        named = (r for r in self.at(at) if r.kind == "person" and r.form == "name")
        return self.doc[at] if any(self.bounds(r)[1] == at + 1 for r in named) else None

    def _behind_place(self, verb: Token) -> Token | None:
        """Return A of "On Monday in Lome, Togo, A and B held talks", parsed as further places.

        So "Speaking in Lome, A and B said", and "In April 2019 A and B, on a visit, signed".
        """
        fronted = [c for c in verb.children if c.i < verb.i and _may_open(c)]
        for prep in fronted:
            for token in prep.subtree:
                if token.dep_ not in {"conj", "appos", "pobj"} or token.i > verb.i:
                    continue
                listed = next((r for r in self.at(token.i) if r.kind == "person"), None)
                start = self._phrase_start(listed) if listed is not None else 0
                before = self.doc[start - 1] if start > prep.i + 1 else prep
                if before.ent_type_ == "DATE" if token.head == prep else before.text == ",":
                    return token
        return None

    def _behind_and(self, verb: Token) -> Token | None:
        """Return B of "A visited Lima and B flew to Quito", parsed as if A had visited B too.

        In "A visited Lima and B, and flew to Quito" it is A who flew. So Chile of "Peru will send
        A and Chile will be represented by B".
        """
        at = verb.i - 1
        while at > 0 and self.doc[at].head == verb and self.doc[at].pos_ in _BEFORE_VERB:
            at -= 1
        listed = self.doc[at]
        if verb.dep_ != "conj" or listed.dep_ not in _LISTED or verb.head.i > listed.i:
            return None
        named = (r.kind in ACTOR_KINDS or _is_land(r) for r in self.at(at))
        if not is_finite(verb) or not any(named):
            return None
        for told in self.at(at):
            start = self._phrase_start(told)
            before = self.doc[max(0, start - 1)]
            ends = self.bounds(told)[1] == at + 1
            if ends and before.lower_ == "and" and before.i > verb.head.i:
                return listed
        return None

    def _behind_day(self, verb: Token, found: Token) -> Token | None:
        """Return A of "On 3 May A and B flew to Lima", parsed as what that day is of.

        And A of "A will on 3 May 2024 fly to Lima", parsed as what the month does.
        """
        own = next((c for c in found.children if c.dep_ == "nsubj" and c.i < found.i), None)
        known = own is not None and any(r.kind == "person" for r in self.at(own.i))
        if known and _is_of_day(found):
            return own
        opening = (c for c in verb.children if c.dep_ == "prep" and c.i + 1 < found.i)
        prep = next((c for c in opening if c.lower_ in words("opens_day")), None)
        if prep is None:
            return None
        at = prep.i + 1
        while at < found.i and _is_of_day(self.doc[at]):
            at += 1
        for i in range(at, found.i) if at > prep.i + 1 else ():
            first = next((r for r in self.at(i) if r.kind == "person" and r.name), None)
            if first is not None and self._phrase_start(first) == at:
                joined = any(t.lower_ == "and" for t in self.doc[i + 1 : found.i])
                return self.doc[i] if joined else None
        return None

    def _behind_bidder(self, head: Token, verb: Token) -> Token | None:
        """Return Y of "At the request of X, prime minister, Y will …", whose subject is not X.

        Y is a person, a delegation, or an unnamed holder of an office of another country.
        """
        if not self._is_bidder(head):
            return None
        first = self.at(head.i)
        own, lands = {r.actor for r in first}, {None, *(r.country for r in first)}
        for token in self.doc[head.i + 1 : verb.i]:
            told = [r for r in self.at(token.i) if r.kind in _BIDDEN and r.form != "pronoun"]
            told = [r for r in told if r.kind != "office" or r.country not in lands]
            if told and own.isdisjoint(r.actor for r in told):
                return token
        return None

    def _bidden(self, verb: Token) -> Token | None:
        """Return Y of "At the request of X, premier of Peru, Y, premier of Chile, paid a visit".

        Whom the parse takes for one more who asks, so that the verb has no subject.
        """
        sentence = self.sentence(verb.i)
        if words("bidding").isdisjoint(t.lower_ for t in self.doc[sentence.start : verb.i]):
            return None
        told = (t for t in self.doc[sentence.start : verb.i] if self._names_one(t))
        first = next(told, None)
        return self._behind_bidder(first, verb) if first is not None else None

    def _behind_rank(self, head: Token, verb: Token) -> Token | None:
        """Return Y of "As the first premier to visit Peru, Y spoke", "The first to visit, Y spoke".

        None of "The first premier to visit Peru was welcomed by Y", who is somebody else.
        """
        if verb.tag_ != "VB" or words("ranks_one").isdisjoint(
            c.lower_ for c in (head, *head.lefts)
        ):
            return None
        start, sentence = head.left_edge.i, self.sentence(verb.i)
        fronted = self.doc[sentence.start : start].text.lower() in words("opens_rank")
        if start != sentence.start and not fronted:
            return None
        called = [c for c in head.children if c.dep_ == "appos" and c.i > verb.i]
        if called and self._names_one(called[0]):
            return called[0]  # "The first premier to visit Peru, Y, spoke"
        main = verb.head if verb.dep_ == "advcl" else head.head
        main = main.head if head.dep_ == "pobj" else main
        behind = [c for c in main.children if c.dep_ in SUBJECTS and verb.i < c.i < main.i]
        if len(behind) != 1 or not self._names_one(behind[0]):
            return None
        before = self.doc[verb.i : behind[0].left_edge.i]
        return behind[0] if len(before) > 1 and before[-1].text == "," else None

    def _apposed(self, noun: Token, verb: Token) -> Token | None:
        """Return Y of "A member of X's cabinet, Y, will go to Peru", whom the parse gives to X's.

        So "The top Republican on the panel, Y from Ohio, went". Nobody of "The ally of X, Y said,
        went", "The allies of X, Y, went", "The brother of Peru's president, Y, went", "The visit,
        at the invitation of Y, marks a new start".
        """
        if noun.tag_ not in {"NN", "NNP"} or any(r.kind in ACTOR_KINDS for r in self.at(noun.i)):
            return None
        close = verb.i - 1
        while close > noun.i and self.doc[close].pos_ in _BEFORE_VERB:
            close -= 1
        commas = [t.i for t in self.doc[noun.i + 1 : close] if t.text == ","]
        if len(commas) != 1 or self.doc[close].text != ",":
            return None
        before, apposed = self.doc[noun.i + 1 : commas[0]], self.doc[commas[0] + 1 : close]
        named = {r.actor: r for t in apposed for r in self.at(t.i) if r.kind == "person"}
        if len(named) != 1 or any(t.pos_ in VERBS for t in (*before, *apposed)):
            return None
        if apposed[0].tag_ in {"IN", "TO"}:
            return None
        (one,) = named.values()
        if one.role and one.role.split()[-1].lower() in {t.lower_ for t in before}:
            return None
        start, end = self.bounds(one)
        whole = end == close or self.doc[end].lower_ in words("from_home")
        sure = one.form == "name" and (end - start > 1 or one.role)  # no ship's name
        return self.doc[end - 1] if sure and whole else None

    def _glad_speaker(self, verb: Token) -> Token | None:
        """Return X of "It is a pleasure to host Y," X said, whose pleasure it is."""
        if verb.tag_ not in {"VB", "VBG"} or not is_gladness(verb.head):
            return None
        above = verb.head if verb.head.pos_ in VERBS else verb.head.head
        own = [c for c in above.children if c.dep_ in SUBJECTS]
        if above.pos_ == "AUX" and any(c.lower_ != "it" for c in own):
            return None
        for told in verb.ancestors:
            if told.pos_ == "VERB" and told.lemma_ in words("says_own"):
                return next((c for c in told.children if c.dep_ == "nsubj"), None)
        return None

    def _behind_object(self, head: Token, verb: Token) -> Token | None:
        """Return Y of "Before he met X, Y flew home", parsed as if both X and Y flew."""
        before = self.doc[max(0, head.left_edge.i - 1)]
        if before.dep_ != "advcl" or before.head != verb or before.i > head.i:
            return None
        other = [c for c in head.children if c.dep_ in {"conj", "appos"} and c.i > head.i]
        if len(other) != 1 or any(c.dep_ == "cc" for c in head.children):
            return None
        told = next((r for r in self.at(other[0].i) if r.kind == "person" and r.name), None)
        apart = told is not None and self.doc[self._phrase_start(told) - 1].text == ","
        return other[0] if apart else None

    def _behind_gerund(self, head: Token, verb: Token) -> Token | None:
        """Return Y of "After meeting Mr X in Oslo, the premier, Y, flew", parsed as X's apposition.

        The name behind a verb that needs an object is that object, and none of the verb's subject.
        """
        before = [c for c in verb.children if c.i < head.i]
        before += [c for day in before if day.dep_ == "npadvmod" for c in day.children]
        for prep in (c for c in before if c.dep_ in {"prep", "advcl"}):
            for done in (prep, *prep.children):
                alone = done.tag_ == "VBG" and not any(c.dep_ in OBJECTS for c in done.children)
                if not alone or done.i + 1 != head.left_edge.i:
                    continue
                for one in head.children:
                    parted = text_at(self.doc, one.left_edge.i - 1) == ","
                    if one.dep_ == "appos" and parted and self._names_one(one):
                        return one
        return None

    def _behind_occasion(self, head: Token, verb: Token) -> Token | None:
        """Return Y of "After talks with X, Y flew home", parsed as if the talks flew."""
        if verb.dep_ != "ROOT" or head.lemma_.lower() not in words("behind_after"):
            return None
        if not any(c.dep_ == "mark" and c.i + 1 >= head.left_edge.i for c in verb.children):
            return None
        for token in head.subtree:
            told = next((r for r in self.at(token.i) if r.kind == "person" and r.name), None)
            start = self._phrase_start(told) if told is not None else 0
            if start > head.i and self.doc[start - 1].text == ",":
                return token
        return None


def is_finite(verb: Token) -> bool:
    """Tell a verb with a tense of its own."""
    if verb.tag_ in FINITE:
        return True
    return any(c.dep_ in AUXILIARIES and c.lower_ != "to" for c in verb.children)


def _is_land(reference: Reference) -> bool:
    """Tell the Chile of "A will go to Peru and Chile will be represented by B"."""
    return reference.kind == "country" and reference.form == "name"


def _may_open(phrase: Token) -> bool:
    """Tell "In Lome", "Speaking in Lome" before a verb."""
    speaking = phrase.dep_ in {"advcl", "csubj"} and phrase.tag_ == "VBG"
    return phrase.dep_ == "prep" or speaking


def _is_of_day(token: Token) -> bool:
    """Tell the words of "Monday, 3 May,", the day that opens a sentence."""
    return token.ent_type_ in _OF_DAY or token.text == "," or token.lower_ == "may"


__all__ = ["LostSubjects", "is_finite"]
