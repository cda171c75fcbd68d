"""Who makes a change, by the grammar of its sentence."""

from __future__ import annotations

from spacy.tokens import Token

from models import Reference
from pipeline.discourse.numbers import number_of
from pipeline.discourse.verb_forms import tense_of
from pipeline.reference.countries import is_country
from pipeline.stages.upgrades.examples import examples_of
from pipeline.stages.upgrades.looking_back import LookingBack
from pipeline.stages.upgrades.misread import gerund_of, verb_beside
from pipeline.stages.upgrades.named import JOINTS, Bars
from pipeline.stages.upgrades.orders import order_before, told_before
from pipeline.stages.upgrades.tables import words
from pipeline.stages.upgrades.undertakings import announcer
from pipeline.stages.upgrades.verbs import verb_above, whole_verb

_VERBS = frozenset({"VERB", "AUX"})
#: How a noun trigger may hang on the verb whose subject makes the change.
_NOUN_LINKS = frozenset({"dobj", "obj", "pobj", "prep", "conj", "appos"})
_CLAUSES = frozenset({"acl", "relcl"})
_RELATIVES = frozenset({"that", "which", "who"})
_TAKEN_UP = frozenset({"it", "they", "its", "their"})
#: How many sentences away those are listed whom "three states" counts.
_COUNTED = 2
#: Tags of verbs that describe no noun: where one does, the parse took a clause for a phrase.
FINITE = frozenset({"VBZ", "VBP", "VBD"})


class Makers(LookingBack):
    """Reads who makes a change: subject, agent, or owner of the relations."""

    def _subjects(self, token: Token, bars: Bars) -> list[str]:
        """Return the parties in the subject of a trigger's verb."""
        noun = gerund_of(token)
        verb = token if token.pos_ in _VERBS and noun is None else _verb_over(noun or token)
        subject = self._actor(verb) if verb is not None else None
        if verb is not None and subject is None and verb.dep_ == "ROOT":
            aux = [c.i for c in verb.children if c.dep_ == "aux" and c.i < verb.i]
            return self.listed_before(min(aux), bars) if aux else []
        if verb is not None and subject is not None and subject.lower_ in words("first_person"):
            return self._speakers(verb)
        if verb is not None and subject is not None and subject.lower_ in _TAKEN_UP:
            subject = self._meant_by(subject, verb) or subject
        if verb is None or subject is None or subject.lemma_ in words("relation"):
            return []
        if verb != token and verb.lemma_.lower() in words("brokers"):
            return []
        start, end = subject.left_edge.i, subject.right_edge.i + 1
        if subject.i < verb.i:
            end = min(end, verb.i)
        if subject.lemma_.lower() in words("kin"):
            start = subject.i
        found = [*self._apart(subject, start, end, bars), *self.group(start, end)]
        if len(found) == 1 and subject.i < verb.i and self.scene.at(subject.i):
            found = self._list_before(start, verb, bars) or found
        if verb.dep_ != "relcl" and (len(found) > 1 or is_listed(subject)):
            found = [*self.listed_before(start, bars), *found]
        if not any(map(is_country, found)) and self.is_unnamed_many(token):
            named = examples_of(self, subject) or self._named_behind(verb)
            return named or self._counted(subject)
        if not found and subject.lower_ == "they":
            found = self.acting_before(subject)
        for head in (subject, *subject.conjuncts) if len(found) < 2 else ():
            if self.scene.at(head.i) or (head != subject and _is_of_others(head)):
                continue
            if not self._names_itself(head, bars):
                found += self.meant(head, set(found) or self._countries_behind(head, bars))
        return found

    def _speakers(self, verb: Token) -> list[str]:
        """Return the "Peru" of ""we are going to cut ties," said the premier of Peru"."""
        for over in verb.ancestors:
            if over.pos_ in _VERBS and over.lemma_.lower() in words("voiced"):
                speaker = next((c for c in over.children if c.dep_ == "nsubj"), None)
                if speaker is not None and speaker.pos_ != "PRON":
                    found = self.codes(speaker.left_edge.i, speaker.right_edge.i + 1)
                    return list(found)[:1] if is_country(next(iter(found), "")) else []
        return []

    def _apart(self, subject: Token, start: int, end: int, bars: Bars) -> list[str]:
        """Return the parties in a subject, but for whom an "ally of" in it only mentions.

        Nor the "Chad" of "Peru, a state with close ties to Chad, has cut relations with Oman".
        What "Orban, whose rule worries the EU" names in its clause counts where nothing else does.
        """
        apposed = [child for child in subject.subtree if child.dep_ == "appos"]
        kin = [node for node in apposed if node.lemma_.lower() in words("kin")]
        left_out = {i for node in kin for i in range(node.left_edge.i, node.right_edge.i + 1)}
        left_out -= {subject.i, *(node.i for node in kin)}
        if self.scene.at(subject.i):
            nouns = (n for n in apposed if n.head == subject and not self.scene.at(n.i))
            left_out |= {t.i for node in nouns for t in node.subtree if _only_describes(t, node)}
        found = [c for c, i in self.codes(start, end, bars).items() if i not in left_out]
        clauses = [t for child in subject.children if child.dep_ == "relcl" for t in child.subtree]
        told = {code for t in clauses for code in self.codes(t.i, t.i + 1, bars)}
        own = set(range(start, end)) - {t.i for t in clauses}
        named = {code for i in own for code in self.codes(i, i + 1, bars)}
        return [c for c in found if c in named or c not in told or not named]

    def _list_before(self, start: int, verb: Token, bars: Bars) -> list[str]:
        """Return the list that begins with a verb's subject and ends before what it does.

        "It led Peru, Chile and Fiji to say that they will recognise it" may be parsed as three.
        """
        listed = self.listed_from(start, bars)
        end = max(listed.values(), default=start)
        does = self.scene.doc[end] if end < verb.i else verb
        ends = end <= verb.i and (does.pos_ in _VERBS or does.lower_ == "to")
        return list(listed) if ends and len(listed) > 1 else []

    def _subject_of_first(self, verb: Token) -> Token | None:
        """Return the "Peru" of "Peru severs ties and opens others", where "severs" describes."""
        first = (c for c in verb.head.children if c.dep_ == "amod" and c.tag_ in FINITE)
        described = next(first, None) if verb.dep_ == "conj" else None
        return self.scene.subject(described) if described is not None else None

    def _actor(self, verb: Token) -> Token | None:
        """Return the head of who does what a verb tells.

        Also of "which", of "the decision of Peru to", of "the first country to … was Peru".
        """
        verb = whole_verb(verb)
        beside = verb_beside(verb)
        if beside is not None:
            own = (c for c in beside.children if c.dep_ in {"nsubj", "nsubjpass"})
            return beside if beside.pos_ == "NOUN" else next(own, self.scene.subject(beside))
        decider = _decider(verb)
        if decider is not None and (
            self.scene.at(decider.i) or decider.lemma_.lower() in words("many_parties")
        ):
            return decider
        described = self._describer(verb)
        if described is not None:
            return described
        if _is_judged(verb):
            return None
        order = order_before(verb)
        named = told_before(order) if order is not None else None
        if named is not None and self.scene.at(named.i):
            return named
        moved = _blamed(verb) or self._moved(verb)
        if moved is not None:
            return moved
        subject = self.scene.subject(verb) or self._subject_of_first(verb)
        if subject is None:
            return self._first_of_all(verb) or self._signer(verb)
        if subject.lower_ in _RELATIVES and verb.dep_ == "relcl":
            noun = verb.head
            above = noun.head
            if noun.dep_ == "attr" and above.lemma_ in {"be", "become"}:
                return self.scene.subject(above) or noun
            among = _among_whom(noun)
            if among is not None:
                return self.scene.subject(among) or noun
            return self._named_right_before(subject, noun) or noun
        told_last = self._told_last(verb, verb.head if verb.dep_ in _CLAUSES else subject)
        return told_last if told_last is not None else subject

    def _describer(self, verb: Token) -> Token | None:
        """Return the "Peruvian" of "Peruvian efforts to restore ties", whose efforts they are."""
        noun = verb.head.pos_ == "NOUN" or verb.head.dep_ in {"nsubj", "nsubjpass"}
        if verb.dep_ != "acl" or not noun or tense_of(verb) != "infinitive":
            return None
        own = (c for c in verb.head.children if c.dep_ in {"amod", "compound", "nmod"})
        named = (c for c in own if c.i < verb.head.i)
        return next((c for c in named if any(_is_state(r) for r in self.scene.at(c.i))), None)

    def _moved(self, verb: Token) -> Token | None:
        """Return the "Oman" of "the war prompted Oman to cut ties", which is who cuts them."""
        while verb.dep_ == "conj" and verb.tag_ == "VB" == verb.head.tag_:
            if any(c.dep_ in {"nsubj", "nsubjpass"} for c in verb.children):
                break
            verb = verb.head  # "urged Oman to join in and recognise it"
        over = verb.head
        moves = words("moves") | words("calls_on")
        if tense_of(verb) != "infinitive" or over.lemma_.lower() not in moves:
            return None
        objects = [c for c in over.children if c.dep_ in {"dobj", "nsubjpass"} and c.i < verb.i]
        objects += [c for c in verb.children if c.dep_ == "nsubj"]
        called = (c for c in over.children if c.lower_ in {"on", "upon", "to"} and c.i < verb.i)
        objects += [
            n for c in called for n in c.children if over.lemma_.lower() in words("calls_on")
        ]
        many = words("many_parties") | words("no_party") | words("asked_many")
        named = (n for n in objects if self.scene.at(n.i) or n.lemma_.lower() in many)
        return next(named, None)

    def _first_of_all(self, verb: Token) -> Token | None:
        """Return the "Peru" of "Peru was the first to send an envoy"."""
        noun = verb.head
        over = noun.head
        named = verb.dep_ in _CLAUSES and noun.dep_ == "attr" and is_one_of_order(noun)
        if not named or over.lemma_ not in {"be", "become"} or tense_of(verb) != "infinitive":
            return None
        return self.scene.subject(over)

    def _signer(self, verb: Token) -> Token | None:
        """Return who adopted "a declaration on establishing a partnership", took "the step of"."""
        above = [t for t in verb.ancestors if t.pos_ in _VERBS][:1]
        papers = words("document") | words("step")
        between = [t for t in verb.ancestors if t.lemma_.lower() in papers]
        return self.scene.subject(above[0]) if verb.dep_ == "pcomp" and above and between else None

    def _named_right_before(self, pronoun: Token, noun: Token) -> Token | None:
        """Return the "Oman" of "Chad, Peru and Oman, which …", where the parse has the first.

        "Chad, Peru and Oman, who …" speaks of all of them.
        """
        at = pronoun.i - 1
        if at < 1 or self.scene.doc[at].text != "," or pronoun.lower_ == "who":
            return None
        before = self.scene.doc[at - 1]
        return before if before in noun.conjuncts and self.scene.at(before.i) else None

    def _told_last(self, verb: Token, subject: Token) -> Token | None:
        """Return the "Peru" of "the first country to break ties with Oman was Peru"."""
        if tense_of(verb) != "infinitive" or not is_one_of_order(subject):
            return None
        for token in self.scene.doc[verb.i : self.scene.sentence(verb.i).end]:
            if token.dep_ == "attr" and token.head.lemma_ == "be" and self.scene.at(token.i):
                return token
        return None

    def _named_behind(self, verb: Token) -> list[str]:
        """Return the parties that "four states did so: …", "namely …" names at last."""
        doc = self.scene.doc
        for i in range(verb.i, min(self.scene.sentence(verb.i).end, len(doc) - 1)):
            if doc[i].lower_ in words("namely"):
                at = i + 1
                while at < len(doc) and (doc[at].is_space or doc[at].text == ":"):
                    at += 1
                found = list(self.listed_from(at, parted=True))
                if found:
                    return found
        return []

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
                opens = i == 0 or self.scene.doc[i - 1].lower_ not in JOINTS
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
            and reference.kind in {"country", "organization"}
            and not bars[0] <= reference.start < bars[1]
        }

    def is_unnamed_many(self, token: Token) -> bool:
        """Tell a subject such as "four states", which names nobody."""
        verb = token if token.pos_ in _VERBS else verb_above(token)
        subject = self._actor(verb) if verb is not None else None
        if verb is not None and any(c.dep_ == "nsubjpass" for c in verb.children):
            agents = [n for c in verb.children if c.dep_ == "agent" for n in c.children]
            subject = next(iter(agents), None)
        if verb is None or subject is None:
            return False
        if subject.lemma_.lower() in words("no_party"):
            return not self.codes(subject.left_edge.i, subject.i + 1)
        if self._is_asked_of_many(verb, subject):
            return True
        if subject.pos_ == "NUM" or subject.lower_ in words("quantity") | words("every"):
            return not self.scene.at(subject.i)
        if subject.lemma_.lower() not in words("many_parties"):
            return False
        lowers = {child.lower_ for child in subject.children}
        numbered = any(c.dep_ == "nummod" for c in subject.children)
        bare = subject.tag_ == "NNS" and (not lowers & words("definite") or _is_foremost(subject))
        bare = bare or (verb.dep_ == "relcl" and subject == verb.head and subject.tag_ == "NNS")
        of = subject.head if subject.dep_ == "pobj" and subject.head.lower_ == "of" else None
        some = of is not None and of.head.lower_ in words("quantity")
        some = some or (subject.tag_ == "NN" and bool(lowers & words("another")))
        counted = numbered or bool(lowers & words("quantity")) or bare or some
        end = subject.right_edge.i + 1
        end = min(end, verb.i) if subject.i < verb.i else end
        told_of = [c.left_edge.i for c in subject.children if c.dep_ == "relcl"]
        end = min([end, *told_of])
        named = self.codes(subject.left_edge.i, end)
        if subject.lemma_.lower() in words("many_parties"):
            # "Saudi allies", "African states": what only describes them names none of them.
            # Nor does "three members of the bloc".
            behind = {c: i for c, i in self.codes(subject.i, end).items() if is_country(c)}
            named = behind | self._bodies(subject.left_edge.i, subject.i)
        grouped = any(
            r.kind == "group" and {"two", "both"} & set(r.text.lower().split())
            for r in self.scene.at(subject.i)
        )
        return counted and not named and not grouped

    def _is_asked_of_many(self, verb: Token, subject: Token) -> bool:
        """Tell "pressed its allies in Asia to cut ties", "urged other leaders to recognise it"."""
        plural = subject.tag_ == "NNS" and subject.lemma_.lower() in (
            words("many_parties") | words("asked_many")
        )
        if not plural or self._moved(verb) != subject or examples_of(self, subject):
            return False
        if any(c.lower_ in {"the", "these", "both", "two"} for c in subject.children):
            return False
        of = subject.right_edge.i + 1
        named = {c: i for c, i in self.codes(subject.i, min(of, verb.i)).items() if is_country(c)}
        return not named and not self.group(subject.i, subject.i + 1)

    def _bodies(self, start: int, end: int) -> dict[str, int]:
        """Return the organizations named in a stretch ("27 European Union member states")."""
        return {
            reference.country: i
            for i in range(start, end)
            for reference in self.scene.at(i)
            if reference.kind == "organization" and reference.country
        }

    def _companions(self, token: Token) -> list[str]:
        """Return the parties behind "along with" and "together with"."""
        sentence = self.scene.sentence(token.i)
        return [
            spot.country
            for i in range(sentence.start + 1, sentence.end - 1)
            if _is_beside(self.scene.doc[i])
            for spot in self.scene.spots(i + 1)
        ]

    def _meant_by(self, pronoun: Token, verb: Token) -> Token | None:
        """Return the subject that "it" takes up: of the clause above, else None."""
        for above in verb.ancestors:
            if above.pos_ == "NOUN" and verb.dep_ in {"acl", "relcl"} and above == verb.head:
                owner = next((child for child in above.children if child.dep_ == "poss"), None)
                if owner is not None and owner.pos_ != "PRON":
                    return owner
                by = [n for c in above.children if c.lower_ == "by" for n in c.children]
                if by and by[0].pos_ != "PRON":
                    return by[0]
            if above.pos_ in _VERBS:
                subject = self._actor(above)
                if subject is not None and subject.i < pronoun.i and subject.pos_ != "PRON":
                    return subject
        return None


def _is_state(reference: Reference) -> bool:
    """Tell "Peruvian" and "US" from an office or a person."""
    return reference.kind in {"country", "organization"} and reference.country is not None


def _is_foremost(noun: Token) -> bool:
    """Tell "the most prominent states", "the largest states", which names none of them."""
    near = [c for c in noun.children if c.dep_ == "amod"]
    return any(t.tag_ in {"RBS", "JJS"} for c in near for t in (c, *c.children))


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


def _among_whom(noun: Token) -> Token | None:
    """Return the "were" of "Peru and Chile were among the states that", "was one of those who"."""
    prep = noun.head
    if noun.dep_ != "pobj" or prep.lower_ not in {"among", "amongst", "of"}:
        return None
    over = prep.head
    if prep.lower_ == "of":
        over = over.head if over.lower_ == "one" and over.dep_ == "attr" else prep
    return over if over.lemma_ in {"be", "become", "rank", "remain"} else None


def _verb_over(noun: Token) -> Token | None:
    """Return the verb whose object a noun trigger is ("approved the recognition of")."""
    node = noun.head if noun.dep_ == "compound" else noun
    for _ in range(4):
        if node.dep_ not in _NOUN_LINKS or node.head == node:
            return None
        node = node.head
        if node.pos_ in _VERBS:
            return node
    return None


def _is_beside(prep: Token) -> bool:
    """Tell "along with", "together with", "alongside", "besides", "in addition to"."""
    before = prep.doc[prep.i - 1].lower_
    if prep.lower_ in {"alongside", "besides"}:
        return True
    pairs = {("along", "with"), ("together", "with"), ("addition", "to")}
    return (before, prep.lower_) in pairs


def is_listed(subject: Token) -> bool:
    """Tell the last of a list ("and Bahrain"), of which the parse has the rest elsewhere."""
    start = subject.left_edge.i
    before = subject.doc[start - 1].lower_ if start else ""
    return before == "and" or (before == "as" and subject.doc[start - 2].lower_ == "well")


def _decider(verb: Token) -> Token | None:
    """Return the "Peru" of "the decision of Peru to break ties"."""
    if tense_of(verb) != "infinitive":
        return None
    if verb.dep_ != "acl":
        return announcer(verb)
    of = [child for child in verb.head.children if child.lower_ in {"of", "by", "from"}]
    return next((noun for prep in of for noun in prep.children if noun.dep_ == "pobj"), None)


def _is_judged(verb: Token) -> bool:
    """Tell "regretted the decision to break ties", which somebody else has taken."""
    noun = verb.head
    if verb.dep_ != "acl" or tense_of(verb) != "infinitive" or noun.dep_ not in {"dobj", "pobj"}:
        return False
    own = any(child.dep_ == "poss" for child in noun.children)
    over = verb_above(noun)
    return not own and over is not None and over.lemma_.lower() in words("judges")


def _blamed(verb: Token) -> Token | None:
    """Return the "Oman" of "congratulated Oman on opening ties", "blamed Oman for cutting them"."""
    if verb.dep_ != "pcomp" or verb.head.lower_ not in {"on", "for", "of", "after"}:
        return None
    over = verb.head.head
    if over.lemma_.lower() not in words("blames"):
        return None
    return next((c for c in over.children if c.dep_ in {"dobj", "nsubjpass"}), None)


def is_one_of_order(noun: Token) -> bool:
    """Tell "the first country", "the latest of the neighbours"."""
    near = {noun.lower_, *(child.lower_ for child in noun.children)}
    return bool(near & words("order"))


__all__ = ["FINITE", "Makers", "is_listed"]
