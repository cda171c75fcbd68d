"""Who makes a change, by the grammar of its sentence."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from spacy.tokens import Token

from models.entity import PARTY_KINDS, PERSONAL_KINDS
from pipeline.discourse.numbers import number_of
from pipeline.labels import AUXILIARIES, SUBJECTS, TENSED, VERBS
from pipeline.reference.countries import is_country
from pipeline.stages.upgrades.dates.counted_lists import entries_from
from pipeline.stages.upgrades.memberships.taken_up import taken_up_together
from pipeline.stages.upgrades.outcome.governors import paper_aimed
from pipeline.stages.upgrades.outcome.misread import gerund_of
from pipeline.stages.upgrades.parties.behind_opening import acting_behind_opening
from pipeline.stages.upgrades.parties.doers import tells_of_several
from pipeline.stages.upgrades.parties.examples import examples_of
from pipeline.stages.upgrades.parties.party_references import Bars
from pipeline.stages.upgrades.parties.passing import is_asked_to_help, is_post
from pipeline.stages.upgrades.parties.unnamed_many import UnnamedMany
from pipeline.stages.upgrades.tables import words

#: How a noun trigger may hang on the verb whose subject makes the change.
_NOUN_LINKS = frozenset({"dobj", "obj", "pobj", "prep", "conj", "appos"})
_TAKEN_UP = frozenset({"it", "they", "its", "their"})
#: How many sentences away those are listed whom "three states" counts.
_COUNTED = 2
#: So many who are taken up together are no pair.
_LEAST = 3
#: How far before "both sides" the "Apia, Samoa" stands where they met, in tokens.
_TOWN_REACH = 6


class Makers(UnnamedMany):
    """Reads who makes a change: subject, agent, or owner of the relations."""

    def _subjects(self, token: Token, bars: Bars) -> list[str]:
        """Return the parties in the subject of a trigger's verb."""
        noun = gerund_of(token)
        verb = token if token.pos_ in VERBS and noun is None else _verb_over(noun or token)
        subject = self._actor(verb) if verb is not None else None
        if verb is not None and (acting := acting_behind_opening(self, verb, bars)):
            return list(acting)
        if verb is not None and subject is None and verb.dep_ == "ROOT":
            aux = [c.i for c in verb.children if c.dep_ == "aux" and c.i < verb.i]
            behind = self._behind_others(verb, bars)
            return behind or (self.listed_before(min(aux), bars) if aux else [])
        if verb is not None and len(lost := self._lost_pair(verb, bars)) > 1:
            return lost
        if verb is not None and subject is not None and subject.lower_ in words("first_person"):
            return self._speakers(verb)
        if verb is not None and subject is not None and subject.lower_ in _TAKEN_UP:
            subject = self._meant_by(subject, verb) or subject
        if verb is None or subject is None or subject.lemma_ in words("relation"):
            return []
        if subject.tag_ in TENSED:
            return []  # "states that, as Peru claims, have cut ties", parsed as if the claim did it
        if verb != token and verb.lemma_.lower() in words("brokers"):
            return []
        if is_asked_to_help(subject):
            subject = self.scene.subject(subject.head) or subject
        start, end = subject.left_edge.i, subject.right_edge.i + 1
        if subject.i < verb.i:
            end = min(end, verb.i)
        if subject.lemma_.lower() in words("kin", "once_belonged"):
            start = subject.i
        found = [*self._apart(subject, start, end, bars), *self.group(start, end)]
        if found and subject.i < verb.i and self.scene.at(subject.i):
            listed = self._list_before(start, verb, bars)
            found = listed if len(listed) > len(found) else found
        of_list = verb.dep_ != "relcl" or (subject == verb.head and tells_of_several(verb))
        of_list = of_list and not (self.group(start, end) and self._is_behind_town(start))
        if of_list and (len(found) > 1 or is_listed(subject)):
            found = [*self.listed_before(start, bars), *found]
        elif len(found) == 1 and subject.i < verb.i:
            found = self._opening_list(subject, bars) or found
        if not found and len(together := self._together(subject)) >= _LEAST:
            return together
        if not any(map(is_country, found)) and self.is_unnamed_many(token):
            named = examples_of(self, subject) or self._named_behind(verb)
            return named or self._counted(subject)
        if not found and subject.lower_ in {"they", "them"}:
            found = self._both_above(subject) or self.acting_before(subject)
        found = found or self._own_states(subject, verb)
        for head in (subject, *subject.conjuncts) if len(found) < 2 else ():
            if self.scene.at(head.i) or (head != subject and _is_of_others(head)):
                continue
            if not self._names_itself(head, bars):
                found += self.meant(head, set(found) or self._countries_behind(head, bars))
        return found

    def _is_behind_town(self, start: int) -> bool:
        """Tell "met in Apia, Samoa, and both sides raised ties", whose Samoa is where they met."""
        first = max(self.scene.sentence(start).start, start - _TOWN_REACH)
        near = [r for i in range(first, start) for r in self.scene.at(i) if r.country]
        land = near[-1].country if near else None
        return any(r.kind == "place" and r.country == land for r in near[:-1])

    def _behind_others(self, verb: Token, bars: Bars) -> list[str]:
        """Return the "Chad and Fiji" of "Following Peru, Chad and Fiji also recognised it".

        The parse takes all three for those whom they follow.
        """
        for prep in verb.children:
            if prep.i == prep.sent.start and prep.lower_ in words("after_others"):
                listed = list(self.listed_from(prep.i + 1, bars))
                first = next((n for n in prep.children if n.dep_ == "pobj"), None)
                named = first is not None and bool(self.scene.at(first.i))
                return listed[1:] if named else []
        return []

    def _lost_pair(self, verb: Token, bars: Bars) -> list[str]:
        """Return Peru and Chad of "Peru and Fiji raised ties to X, and Peru and Chad cut theirs".

        The parse may take them for what the ties are raised to, and the first two for who cut ties.
        """
        own = any(c.dep_ in SUBJECTS for c in verb.children)
        if own or verb.dep_ not in {"conj", "ccomp"} or verb.tag_ not in {"VBD", "VBP", "VBN"}:
            return []
        first = min([c.i for c in verb.children if c.dep_ in AUXILIARIES] + [verb.i])
        named = self.scene.doc[first - 1].pos_ == "PROPN" and first - 1 > verb.head.i
        return self.listed_before(first, bars) if named else []

    def _both_above(self, them: Token) -> list[str]:
        """Return both of "Peru and Chad ended a feud with Fiji that saw them severing ties"."""
        for above in them.ancestors if them.lower_ == "them" else ():
            subject = self.scene.subject(above) if above.pos_ in VERBS else None
            if subject is not None and subject.i < them.i:
                told = self.codes(subject.left_edge.i, min(subject.right_edge.i + 1, above.i))
                if len(told) == len(("one", "other")) and all(map(is_country, told)):
                    return list(told)
        return []

    def _own_states(self, subject: Token, verb: Token) -> list[str]:
        """Return both of "the leaders of Peru and Chad said that their countries will do it".

        Also the Peru of "the ministry of Peru said that the government will do it".
        """
        if subject.lemma_.lower() in words("state_body") and subject.tag_ == "NN":
            known = [c.lower_ for c in subject.children] == ["the"]
            return self._speakers(verb) if known else []
        theirs = any(c.lower_ == "their" and c.dep_ == "poss" for c in subject.children)
        states = words("party_noun") | {"government"}
        if not theirs or subject.tag_ != "NNS" or subject.lemma_.lower() not in states:
            return []
        told = self.scene.subject(verb.head) if verb.dep_ == "ccomp" else None
        if told is None or told.i > subject.i:
            return []
        found = self.codes(told.left_edge.i, min(told.right_edge.i + 1, verb.head.i))
        return list(found) if len(found) > 1 and all(map(is_country, found)) else []

    def _speakers(self, verb: Token) -> list[str]:
        """Return the "Peru" of ""we are going to cut ties," said the premier of Peru"."""
        for over in verb.ancestors:
            if over.pos_ in VERBS and over.lemma_.lower() in words("voiced"):
                speaker = next((c for c in over.children if c.dep_ == "nsubj"), None)
                if speaker is not None and speaker.pos_ != "PRON":
                    found = self.codes(speaker.left_edge.i, speaker.right_edge.i + 1)
                    return list(found)[:1] if is_country(next(iter(found), "")) else []
        return []

    def _apart(self, subject: Token, start: int, end: int, bars: Bars) -> list[str]:
        """Return the parties in a subject, but for whom an "ally of" in it only mentions.

        Nor the "Chad" of "Peru, a state with close ties to Chad, has cut relations with Oman".
        What "Orban, whose rule worries the EU" names in its clause counts where nothing else does,
        and so the "Peru" of "the EU, represented by Peru's premier", not of "the EU, followed by
        Peru".
        """
        apposed = [child for child in subject.subtree if child.dep_ == "appos"]
        kin = [node for node in apposed if node.lemma_.lower() in words("kin")]
        left_out = {i for node in kin for i in range(node.left_edge.i, node.right_edge.i + 1)}
        left_out -= {subject.i, *(node.i for node in kin)}
        if self.scene.at(subject.i):
            nouns = (n for n in apposed if n.head == subject and not self.scene.at(n.i))
            left_out |= {t.i for node in nouns for t in node.subtree if _only_describes(t, node)}
        if self._is_person_before_states(subject, apposed):
            left_out |= {*range(subject.left_edge.i, subject.i + 1)}
        told = self.codes(start, end, bars)
        posts = {i for i in told.values() if is_post(self.scene.doc[i])}
        left_out |= posts if len(posts) < len(told) - 1 else set()
        found = [c for c, i in told.items() if i not in left_out]
        told_of = [c for c in subject.children if c.dep_ == "relcl"]
        told_of += [t for t in subject.subtree if _tells_of(t)]
        clauses = [t for child in told_of for t in child.subtree if t.dep_ != "conj"]
        if not found or not clauses:
            return found
        within = {code for t in clauses for code in self.codes(t.i, t.i + 1, bars)}
        own = set(range(start, end)) - {t.i for t in clauses}
        named = {code for i in own for code in self.codes(i, i + 1, bars)}
        return [c for c in found if c in named or c not in within or not named]

    def _is_person_before_states(self, subject: Token, apposed: Sequence[Token]) -> bool:
        """Tell the "Lopez" of "In a win for Lopez, Peru and Chad cut ties", parsed so."""
        before = subject.doc[max(0, subject.left_edge.i - 1)]
        named = (r.kind for n in apposed if n.head == subject for r in self.scene.at(n.i))
        person = any(r.kind in PERSONAL_KINDS for r in self.scene.at(subject.i))
        return person and before.pos_ == "ADP" and "country" in set(named)

    def _list_before(self, start: int, verb: Token, bars: Bars) -> list[str]:
        """Return the list that begins with a verb's subject and ends before what it does.

        "It led Peru, Chile and Fiji to say that they will recognise it" may be parsed as three.
        """
        listed = self.listed_from(start, bars)
        end = max(listed.values(), default=start)
        does = self.scene.doc[end] if end < verb.i else verb
        ends = end <= verb.i and (does.pos_ in VERBS or does.lower_ == "to")
        return list(listed) if ends and len(listed) > 1 else []

    def _opening_list(self, last: Token, bars: Bars) -> list[str]:
        """Return both of the headline "Peru, Chad cut ties with Oman", parsed as two subjects.

        Not of "In Peru, Chad cut ties".
        """
        start = self.scene.sentence(last.i).start
        if last.i <= start or self.scene.doc[last.left_edge.i - 1].text != ",":
            return []
        listed = self.listed_from(start, bars)
        ends = max(listed.values(), default=0) == last.i + 1
        return list(listed) if ends and all(map(is_country, listed)) else []

    def _named_behind(self, verb: Token) -> list[str]:
        """Return the parties that "four states did so: …", "namely …" names at last."""
        doc = self.scene.doc
        for i in range(verb.i, min(self.scene.sentence(verb.i).end, len(doc) - 1)):
            among = doc[i].lower_ == "them" and doc[i].nbor(-1).lower_ == "among"
            if among or doc[i].lower_ in words("namely"):
                at = i + 1
                while at < len(doc) and (doc[at].is_space or doc[at].text == ":"):
                    at += 1
                found = [entry.code for entry in entries_from(self, at)]
                if found:
                    return found
        return []

    def is_list_behind(self, verb: Token, parties: AbstractSet[str]) -> bool:
        """Tell the parties of "five states have restored ties: …" from those who did it jointly."""
        return set(self._named_behind(verb)) == parties

    def _together(self, noun: Token) -> list[str]:
        """Return those listed before whom "the trio", "the four", "the four states" takes up."""
        counts = noun.lemma_.lower() in words("group_of_states", "many_parties")
        return taken_up_together(self, noun) if counts or noun.pos_ == "NUM" else []

    def _counted(self, noun: Token) -> list[str]:
        """Return whom "three states" stands for: just so many that a sentence near by lists."""
        numbers = [number_of(c) for c in noun.children if c.dep_ == "nummod"]
        count = next((n for n in numbers if n), 0)
        if count < 2:
            return []
        here = self.scene.sentence_of[noun.i]
        near = range(max(here - _COUNTED, 0), min(here + _COUNTED + 1, len(self.scene.sentences)))
        for number in sorted(near, key=lambda n: abs(n - here)):
            sentence = self.scene.sentences[number]
            for i in range(sentence.start, sentence.end):
                opens = i == 0 or self.scene.doc[i - 1].lower_ not in words("party_joint")
                listed = list(self.listed_from(i)) if opens and self.scene.at(i) else []
                if len(listed) == count and all(map(is_country, listed)):
                    return listed
        return []

    def _names_itself(self, head: Token, bars: Bars) -> bool:
        """Tell "the island nation of Tonga", which needs no other name, from "the nation".

        So "the nation, which has relations with Tonga": what it does names it not.
        """
        own = [child for child in head.children if child.dep_ not in {"conj", "relcl"}]
        return any(self.codes(c.left_edge.i, c.right_edge.i + 1, bars) for c in own)

    def _countries_behind(self, head: Token, bars: Bars) -> set[str]:
        """Return the countries and organizations that its sentence names behind a word."""
        return {
            reference.country
            for i in range(head.i + 1, self.scene.sentence(head.i).end)
            for reference in self.scene.at(i)
            if reference.country
            and reference.kind in PARTY_KINDS
            and not bars[0] <= reference.start < bars[1]
        }

    def companions(self, token: Token) -> list[str]:
        """Return the parties behind "along with" and "together with" in a token's sentence.

        Not those behind the semicolon of "Peru cut ties; Chad, along with Fiji, did so".
        """
        sentence = self.scene.sentence(token.i)
        marks = [t.i for t in sentence if t.text == ";"]
        start = max((i for i in marks if i < token.i), default=sentence.start)
        end = min((i for i in marks if i > token.i), default=sentence.end)
        return [
            spot.country
            for i in range(start + 1, end - 1)
            if _is_beside(self.scene.doc[i]) and not _is_of_rank(self.scene.doc[i], token)
            for spot in self.scene.spots(i + 1)
        ]


def _tells_of(clause: Token) -> bool:
    """Tell the clause of "the EU, represented by Peru", not "followed by Peru", of who does so."""
    participle = clause.dep_ == "acl" and clause.tag_ == "VBN"
    return participle and clause.lemma_.lower() not in words("joins")


def _is_of_others(noun: Token) -> bool:
    """Tell the "states" of "Peru and other states", which names none, from "the two states"."""
    lowers = {child.lower_ for child in noun.children}
    many = noun.tag_ == "NNS" and noun.lemma_.lower() in words("many_parties")
    return many and not lowers & words("definite")


def _only_describes(name: Token, apposed: Token) -> bool:
    """Tell the "Chad" of "a neighbour of Chad" from that of "a neighbour, and Chad"."""
    while name != apposed:
        if name.dep_ not in {"conj", "appos"}:
            return True
        name = name.head
    return False


def _verb_over(noun: Token) -> Token | None:
    """Return the verb whose object a noun trigger is ("approved the recognition of")."""
    node = noun.head if noun.dep_ == "compound" else noun
    for _ in range(6):
        aimed = paper_aimed(node) is not None  # "reached a deal aimed at restoring ties"
        if not (aimed or node.dep_ in _NOUN_LINKS) or node.head == node:
            return None
        node = node.head
        if node.pos_ in VERBS and paper_aimed(node) is None:
            return node
    return None


def _is_beside(prep: Token) -> bool:
    """Tell "along with", "together with", "alongside", "besides", "in addition to"."""
    before = prep.doc[prep.i - 1].lower_
    if prep.lower_ in {"alongside", "besides"}:
        return True
    pairs = {("along", "with"), ("together", "with"), ("addition", "to")}
    return (before, prep.lower_) in pairs


def _is_of_rank(prep: Token, token: Token) -> bool:
    """Tell that of "raised their ties, becoming, along with Chad, the first to do so"."""
    over = next((node for node in prep.ancestors if node.pos_ in VERBS), token)
    behind = over != token and over.i > token.i and over.tag_ == "VBG" and over.dep_ == "advcl"
    return behind and over.lemma_.lower() in words("reaches_rank")


def is_listed(subject: Token) -> bool:
    """Tell the last of a list ("and Bahrain"), of which the parse has the rest elsewhere.

    Not the subject of "trades with Peru and Chile, and the country signed a pact with Oman".
    """
    if _is_told_state(subject):
        return False
    start = subject.left_edge.i
    opens = all(t.tag_ not in TENSED for t in subject.doc[subject.sent.start : start])
    while opens and start > subject.sent.start:
        if subject.doc[start - 1].lower_ not in words("then_in_list"):
            break
        start -= 1  # "Peru and later Chad", not "Peru met Chad, and later Fiji"
    before = subject.doc[start - 1].lower_ if start else ""
    return before == "and" or (before == "as" and subject.doc[start - 2].lower_ == "well")


def _is_told_state(noun: Token) -> bool:
    """Tell "the country", which is one told of before, from "the nation of Tonga"."""
    state = noun.tag_ == "NN" and noun.lemma_.lower() in words("party_noun")
    return state and [c.lower_ for c in noun.children] == ["the"]


__all__ = ["Makers", "is_listed"]
