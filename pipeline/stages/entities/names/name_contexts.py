"""Names that the model did not mark, told by where they stand."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from spacy.tokens import Span, Token

from pipeline.labels import NOMINALS, UNDERGONE
from pipeline.neighbours import text_at, word_at
from pipeline.reference.names import is_name_word
from pipeline.reference.places import find_place
from pipeline.signs import ANY_LIST_JOINTS, ENDS_PHRASE, GENITIVES, HYPHENS, STROKES
from pipeline.stages.entities.countries.lands_in_turn import BULLETS
from pipeline.stages.entities.names.land_names import LandNames
from pipeline.stages.entities.names.name_reach import is_unknown
from pipeline.stages.entities.names.not_persons import CITY_POPULATION
from pipeline.stages.entities.spans import NameSpan
from pipeline.stages.entities.tables import callings, institution_words, name_words, word_set

#: Signs inside names that spaCy makes tokens of.
_JOINTS = frozenset({"-", "–", "‑", "'", "’", "‘", "ʻ", "."})
_NOMINAL = frozenset({"nsubj", "nsubjpass", "appos"})
#: Labels of the model that speak against a person called by one word.
_NO_SINGLE = frozenset({"DATE", "TIME", "NORP", "EVENT", "FAC", "LOC", "LAW", "PRODUCT"})
#: How many tokens behind "X and" his "North Korean counterpart" ends.
_PEER = 6
#: What closes an apposition.
_CLOSING = ENDS_PHRASE | {"and", "or"}
#: How far before a name the noun may stand to which it is an apposition ("the governor of X, Y").
_APPOSITION_REACH = 10
#: Labels of the model that speak against a person who but says or has something.
_OTHER_LABELS = frozenset({"ORG", "FAC", "EVENT", "LAW", "PRODUCT", "WORK_OF_ART", "LOC"})


class NameContexts(LandNames):
    """Reads runs of capitalized words as names where only a person can stand."""

    def _of_contexts(self, found: Mapping[int, NameSpan]) -> Iterator[tuple[int, int]]:
        """Yield the runs beside an age, a calling, "who" or a known name, and who do what few do.

        Fires on "Eliud Kipchoge, 39, arrived"; gives nothing for "the Daily Telegraph said".
        """
        runs = list(self._runs(found))
        known = set(found)
        for _ in range(2):  # the second time for lists of names
            for start, end in runs:
                if start not in known and self._is_of_person(start, end, known):
                    known.update(range(start, end))
                    yield start, end
        for token in self.doc[:-_PEER]:
            if token.text.istitle() and token.i not in known and self._has_peer(token):
                yield token.i, token.i + 1
        for token in self.doc[1:-1]:
            if token.text.istitle() and token.i not in known and self._is_single_person(token):
                yield token.i, token.i + 1

    def _has_peer(self, token: Token) -> bool:
        """Tell the Hadley of "Hadley and his Korean counterpart", "Hadley met his counterpart"."""
        doc, i = self.doc, token.i
        joint = doc[i + 1]
        joined = joint.lower_ == "and" or (token.dep_ == "nsubj" and token.head.i == i + 1)
        alone = i == 0 or token.is_sent_start or not doc[i - 1].text.istitle()
        if not joined or not alone or token.pos_ != "PROPN" or token.ent_type_ in _NO_SINGLE:
            return False
        ahead = [t.lower_ for t in doc[i + 2 : i + 2 + _PEER]]
        own = next((n for n, w in enumerate(ahead) if w in word_set("possessive_person")), None)
        if own is None or own > 1 or word_set("peer").isdisjoint(ahead[own:]):
            return False
        return self._is_name_part(token, first=True) and not find_place(token.text)

    def _is_single_person(self, token: Token) -> bool:
        """Tell the Rasel of "Rasel, 40, and", "identified as Rasel" from a place or a firm."""
        doc, i = self.doc, token.i
        if not self._has_age(i + 1) and not self._is_identified(i):
            return False
        if token.pos_ != "PROPN" or token.ent_type_ in _NO_SINGLE or doc[i - 1].text.istitle():
            return False
        alone = not doc[i + 1].text.istitle() and doc[i + 1].text not in _JOINTS - {"."}
        return alone and self._is_name_part(token, first=True) and not find_place(token.text)

    def _is_identified(self, i: int) -> bool:
        """Tell "The dead man was identified as | Rasel" from "The firm was named as | Nova"."""
        doc = self.doc
        if doc[i - 1].lower_ != "as" or doc[i - 2].lower_ not in word_set("identifies"):
            return False
        people = callings() | word_set("found_dead")
        return any(t.lemma_.lower() in people for t in doc[max(0, i - _APPOSITION_REACH) : i - 2])

    # Which runs may be names

    def _runs(self, found: Mapping[int, NameSpan]) -> Iterator[tuple[int, int]]:
        doc = self.doc
        small: set[str] | None = None
        end = 0
        for token in doc[: len(doc) - 1]:
            i = token.i
            if i < end or i in found or not token.text[:1].isupper():
                continue
            end = self._collect(i)
            if end - i > 1:
                if small is None:
                    small = {token.text for token in doc if token.text.islower()}
                if self._may_be_name(doc[i:end], found, small):
                    yield i, end

    def _may_be_name(
        self, run: Span, found: Mapping[int, NameSpan], small: Collection[str]
    ) -> bool:
        doc, start = self.doc, run.start
        if any(t.i in found or t.i in self.in_office for t in run):
            return False
        if not all(self._is_name_shaped(t) for t in run) or sum(len(t) > 2 for t in run) < 2:
            return False
        if doc[start].is_sent_start and doc[start].pos_ != "PROPN":
            return False
        particles = name_words()["particle"]
        titled = (t.lower_ for t in run if not t.text.islower())  # not the "ho" of "Joon-ho"
        if any(lower in small and lower not in particles for lower in titled):
            return False
        if self._goes_beyond(run) or any(child.dep_ == "det" for child in run.root.children):
            return False
        text = " ".join(run.text.split())
        return not find_place(text) and not any(
            place.population >= CITY_POPULATION for t in run for place in find_place(t.text)
        )

    def _goes_beyond(self, run: Span) -> bool:
        """Tell whether a run is but a part of a longer name of something ("the X Foundation")."""
        doc, start, end = self.doc, run.start, run.end
        before = doc[start - 1] if start and not doc[start].is_sent_start else None
        if before is not None:
            part = before.text[:1].isupper() and before.pos_ in NOMINALS
            told = before.i in self.in_party or before.i in self.in_office
            told = told or self._is_end_of_office(before)
            if before.pos_ == "DET" or (part and not told):
                return True
        after = doc[end] if end < len(doc) else None
        return (
            after is not None
            and not after.is_sent_start
            and after.text[:1].isupper()
            and after.i not in self.in_office
        )

    def _is_name_shaped(self, token: Token) -> bool:
        text = token.text
        if text in _JOINTS:  # a quotation mark has a space before it
            return text == "." or not (token.whitespace_ or self.doc[token.i - 1].whitespace_)
        if token.lower_ in name_words()["particle"]:
            return True
        if text.islower() and token.i and self.doc[token.i - 1].text in HYPHENS:
            return text.isalpha()  # the "ho" of "Joon-ho"
        letters = "".join(char for char in text if char not in _JOINTS)
        capitals = text.isupper() and len(letters) > 2
        return letters.isalpha() and text[:1].isupper() and not capitals

    # Where they stand

    def _is_of_person(self, start: int, end: int, known: Collection[int]) -> bool:
        run = self.doc[start:end]
        if self._is_told(run) or self._is_in_apposition(run) or self._is_listed(run, known):
            return True
        if self._is_of_land(run, known):
            return True
        if self._is_of_party(run):
            return True
        other = any(token.ent_type_ in _OTHER_LABELS for token in run)
        if self._is_subject(run.root, other=other):
            return True
        of_country = (
            start > 1 and self.doc[start - 1].text in GENITIVES and start - 2 in self.in_party
        )
        return self._is_object(run.root, other=other and not of_country)

    def _is_of_party(self, run: Span) -> bool:
        """Tell "the Labour Party's Ana Ruiz did not agree" from "the party's Red Wall"."""
        doc, start = self.doc, run.start
        owned = start > 1 and doc[start - 1].text in GENITIVES
        if not owned or word_at(doc, start - 2) not in word_set("party_body"):
            return False
        acts = run.root.dep_ == "nsubj" and run.root.head.i >= run.end
        return acts and any(is_name_word(t.text) or is_unknown(t) for t in run)

    def _is_told(self, run: Span) -> bool:
        """Tell a run with an age, a "who" or a calling beside it."""
        doc, start, end = self.doc, run.start, run.end
        if start and doc[start - 1].lower_ in callings():
            return True
        if word_at(doc, start - 1) == "one" and doc[start - 1].text == "one":
            return self._is_called_one(run)
        if start and self._is_end_of_office(doc[start - 1]) and run.root.dep_ in _NOMINAL:
            return True
        dash = end + (text_at(doc, end) in STROKES)
        if dash in self.in_office and (dash > end or doc[end - 1].text.endswith("-")):
            return True  # "Ana Ruiz – Ambassador to Peru"
        if self._has_office_behind(run):
            return True
        texts = [token.lower_ for token in doc[end : end + 3]]
        if self._has_age(end):
            return True
        many = run.root.tag_ == "NNPS" or run.root.ent_type_ == "NORP"
        who = texts[:1] == ["who"] or (texts[:1] == [","] and texts[1:2] == ["who"])
        return who and not many

    def _has_office_behind(self, run: Span) -> bool:
        """Tell "elected Kovacs Zoltan mayor", and a run above a line that begins with an office."""
        doc, end = self.doc, run.end
        office = self.in_office.get(end)
        if office is None or office.head_start != end or office.plural:
            return False
        if not doc[end].is_sent_start:
            verb = doc[run.start - 1].lemma_ if run.start else ""
            return doc[end].text.islower() and verb in word_set("person_undergoes")
        of = word_at(doc, office.head_end) in {"of", "for"}
        named = text_at(doc, office.end)[:1].isupper()
        return of and not named and doc[end].text.istitle()

    def _is_called_one(self, run: Span) -> bool:
        """Tell "to kidnap one Cyprian Okechukwu" from "one Boeing Dreamliner"."""
        return any(is_name_word(token.text) or is_unknown(token) for token in run)

    def _is_end_of_office(self, token: Token) -> bool:
        """Tell the "Resettlement" of "Minister of Land Reform and Resettlement X"."""
        if token.lower_ not in institution_words() or not token.text.istitle():
            return False
        first = max(token.sent.start, token.i - _APPOSITION_REACH)
        return any(i in self.in_office for i in range(first, token.i))

    def _is_in_apposition(self, run: Span) -> bool:
        """Tell "X, its envoy" and "his colleague, X,"."""
        doc, start, end = self.doc, run.start, run.end
        root = run.root
        if any(c.dep_ == "appos" and c.i >= end and self._is_human(c) for c in root.children):
            return True
        if root.tag_ != "NNPS" and any(
            c.dep_ == "acl" and c.tag_ == "VBN" and c.lemma_ in word_set("person_undergoes")
            for c in root.children
        ):
            return True  # "X, nominated by the president"
        closed = end >= len(doc) or doc[end].text in _CLOSING | STROKES
        opened = start > 0 and doc[start - 1].text in {",", *STROKES}
        if root.dep_ != "appos" or not (opened and closed):
            return False
        head = root.head
        while (
            head.dep_ in {"pobj", "prep", "compound"}
            and start - head.i < _APPOSITION_REACH
            and not self._is_human(head)
        ):
            head = head.head
        return head.i < start and self._is_human(head)

    def _is_listed(self, run: Span, known: Collection[int]) -> bool:
        root = run.root
        if root.dep_ == "conj" and root.head.i in known:
            return True
        if any(child.dep_ == "conj" and child.i in known for child in root.children):
            return True
        before = self.doc[run.start - 1] if run.start > 1 else None
        joined = before is not None and before.text in {",", "and"} and run.start - 2 in known
        joined = joined and root.dep_ in {"conj", "appos"}
        return (
            joined
            or self._is_bracketed(run)
            or self._is_paired(run)
            or self._is_in_turn(run, known)
        )

    def _is_in_turn(self, run: Span, known: Collection[int]) -> bool:
        """Tell the B of "A, Peru, and B, Chile", and of such lines, where A is known to be one."""
        doc, at, end = self.doc, run.start, run.end
        if text_at(doc, end) != "," or end + 1 not in self.in_party:
            return False
        parting = ANY_LIST_JOINTS | BULLETS if doc[run.start].is_sent_start else ANY_LIST_JOINTS
        while at > 0 and (doc[at - 1].text in parting or doc[at - 1].is_space):
            at -= 1
        apart = at < run.start or bool(doc[at].is_sent_start)
        party = self.in_party.get(at - 1) if apart else None
        if party is None or party.form != "name":
            return False
        return doc[party.start - 1].text == "," and party.start - 2 in known

    def _is_paired(self, run: Span) -> bool:
        """Tell the names of "Peru - Ana Rojas, Kenya - Wanjiru Otieno": one may be a title."""
        dashes = [
            token.i
            for token in run.sent
            if token.text in STROKES and token.i and token.i - 1 in self.in_party
        ]
        closed = text_at(self.doc, run.end) in _CLOSING
        return closed and run.start - 1 in dashes and len(dashes) > 1

    def _is_bracketed(self, run: Span) -> bool:
        """Tell the names of "Botswana (X) and Lesotho (Y)": one bracket alone may hold anything."""
        brackets = [
            doc_i
            for doc_i in range(run.sent.start, run.sent.end)
            if self.doc[doc_i].text == "(" and doc_i - 1 in self.in_party
        ]
        closed = text_at(self.doc, run.end) == ")"
        return closed and run.start - 1 in brackets and len(brackets) > 1

    def _is_subject(self, root: Token, *, other: bool) -> bool:
        verb = root.head
        if root.tag_ == "NNPS" and not any("." in child.text for child in root.children):
            return False  # "Fighting Falcons", but not "Lloyd M. Rives"
        if root.dep_ == "nsubjpass":
            return verb.lemma_ in word_set("person_undergoes")
        if root.dep_ == "poss" and not other:
            return verb.lemma_.lower() in word_set("persons_own")
        if root.dep_ != "nsubj":
            return False
        if verb.lemma_ in word_set("person_does"):
            return True
        if any(c.dep_ == "dobj" and c.lemma_ in word_set("journey") for c in verb.children):
            return True
        if verb.lemma_ == "be":
            return any(c.dep_ == "attr" and self._is_human(c) for c in verb.children)
        owned = any(
            token.lower_ in word_set("possessive_person") for token in self.doc[verb.i : verb.i + 6]
        )
        says = verb.lemma_ in word_set("human_verb") or verb.lemma_ in word_set("speech")
        return owned or (says and not other)

    def _is_object(self, root: Token, *, other: bool) -> bool:
        if other:
            return False
        verbs = word_set("person_met")
        if root.dep_ == "dobj":
            return root.head.lemma_ in verbs
        if root.dep_ != "pobj":
            return False
        above = root.head.head
        preposition, governor = root.head.lower_, above.lemma_
        if governor == "hold":  # "Talks were held with X"
            held = (c.lemma_ for c in above.children if c.dep_ in UNDERGONE)
            governor = next((lemma for lemma in held if lemma in word_set("person_talk")), governor)
        if preposition == "by":
            return governor in verbs or governor in word_set("person_undergoes")
        return preposition in {"with", "on"} and governor in word_set("person_talk")

    def _is_human(self, token: Token) -> bool:
        return token.i in self.in_office or token.lemma_.lower() in callings()


__all__ = ["NameContexts"]
