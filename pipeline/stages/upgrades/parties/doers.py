"""The noun that stands for whoever makes a change: the subject, or what it takes up."""

from __future__ import annotations

from spacy.tokens import Token

from models import Reference
from models.entity import PARTY_KINDS
from pipeline.discourse.tables import words as told_words
from pipeline.discourse.verb_forms import shares_infinitive, tense_of
from pipeline.discourse.verbs import has_subject, verb_above, whole_verb
from pipeline.labels import (
    ADNOMINAL,
    AUXILIARIES,
    OBJECTS,
    OPENERS,
    PREMODIFIERS,
    SUBJECTS,
    TENSED,
    UNDERGONE,
    VERBS,
)
from pipeline.neighbours import prep_objects
from pipeline.stages.upgrades.echoes.lead_followed import lead_followed
from pipeline.stages.upgrades.outcome.misread import verb_beside
from pipeline.stages.upgrades.outcome.undertakings import announcer
from pipeline.stages.upgrades.parties.meant_parties import MeantParties
from pipeline.stages.upgrades.parties.orders import order_before, told_before
from pipeline.stages.upgrades.tables import words

_RELATIVES = frozenset({"that", "which", "who"})
#: What may stand between a subject and its verb.
_BESIDE = frozenset({"ADV", "AUX"})
#: What tells of more than one.
_PLURAL = frozenset({"have", "are", "were"})
#: Of a list of so many "which cut ties" tells of all, of a pair of the last.
_LIST = 3


class Doers(MeantParties):
    """Finds the noun of the one who makes a change."""

    def _subject_of_first(self, verb: Token) -> Token | None:
        """Return the "Peru" of "Peru severs ties and opens others", where "severs" describes."""
        first = (c for c in verb.head.children if c.dep_ == "amod" and c.tag_ in TENSED)
        described = next(first, None) if verb.dep_ == "conj" else None
        return self.scene.subject(described) if described is not None else None

    def _actor(self, verb: Token) -> Token | None:
        """Return the head of who does what a verb tells.

        Also of "which", of "the decision of Peru to", of "the first country to … was Peru".
        """
        verb = whole_verb(verb)
        beside = verb_beside(verb)
        if beside is not None:
            own = (c for c in beside.children if c.dep_ in SUBJECTS)
            return (
                beside
                if beside.pos_ in {"NOUN", "PROPN", "NUM"}
                else next(own, self.scene.subject(beside))
            )
        joined = self._state_joined(verb)
        if joined is not None:
            return joined
        lead = lead_followed(verb)
        if lead is not None:
            return self.scene.subject(lead.head)
        decider = _decider(verb)
        if decider is not None and (
            self.scene.at(decider.i)
            or decider.lemma_.lower() in words("many_parties", "party_noun")
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
        subject = self._maker_of_paper(verb) or self.scene.subject(verb)
        subject = subject or self._subject_of_first(verb)
        if subject is None:
            return self._first_of_all(verb) or self._named_last(verb) or self._signer(verb)
        if subject.lower_ in _RELATIVES and verb.dep_ == "relcl":
            noun = verb.head
            above = noun.head
            if noun.dep_ == "attr" and above.lemma_ in told_words("becomes"):
                land = any(r.kind == "country" for r in self.scene.at(noun.i))
                return noun if land else self.scene.subject(above) or noun
            among = _among_whom(noun)
            if among is not None:
                return self.scene.subject(among) or noun
            last = self._named_right_before(subject, noun) if not tells_of_several(verb) else None
            return last or noun
        told_last = self._told_last(verb, verb.head if verb.dep_ in ADNOMINAL else subject)
        return told_last if told_last is not None else subject

    def _maker_of_paper(self, verb: Token) -> Token | None:
        """Return the "ministers" of "the ministers signed pacts normalising ties with Oman"."""
        paper = verb.head
        if verb.dep_ != "acl" or verb.tag_ != "VBG" or paper.dep_ != "dobj":
            return None
        signed = paper.head.lemma_.lower() in words("signs", "signed")
        made = signed and paper.lemma_.lower() in words("document")
        return self.scene.subject(paper.head) if made else None

    def _state_joined(self, verb: Token) -> Token | None:
        """Return the "Chad" of "Peru expelled the envoy and Chad cut ties with Oman".

        The parse takes the envoy and Chad for one list. Not of "met Fiji and Chad, and cut ties".
        """
        at = verb.i - 1
        while at > 0 and self.scene.doc[at].head == verb and self.scene.doc[at].pos_ in _BESIDE:
            at -= 1
        name = self.scene.doc[at]
        told = (r for r in self.scene.at(at) if r.kind == "country" and r.form == "name")
        first, over = name.head, verb.head
        if name.dep_ != "conj" or verb.dep_ not in {"conj", "ccomp"} or not any(told):
            return None
        if first.pos_ != "NOUN" or any(r.kind == "country" for r in self.scene.at(first.i)):
            return None
        object_of = first.dep_ == "dobj" and first.head.i < first.i
        taken = first.dep_ == "nsubj" and first.head == verb and over.pos_ in VERBS
        own = any(c.dep_ in OBJECTS for c in over.children)
        behind = over.i < first.i and verb.tag_ in TENSED
        return name if behind and (object_of or (taken and not own)) else None

    def _describer(self, verb: Token) -> Token | None:
        """Return the "Peruvian" of "Peruvian efforts to restore ties", whose efforts they are."""
        noun = verb.head.pos_ == "NOUN" or verb.head.dep_ in SUBJECTS
        if verb.dep_ != "acl" or not noun or tense_of(verb) != "infinitive":
            return None
        own = (c for c in verb.head.children if c.dep_ in PREMODIFIERS)
        named = (c for c in own if c.i < verb.head.i)
        return next((c for c in named if any(_is_state(r) for r in self.scene.at(c.i))), None)

    def _moved(self, verb: Token) -> Token | None:
        """Return the "Oman" of "the war prompted Oman to cut ties", which is who cuts them."""
        while verb.dep_ == "conj" and _is_bare(verb) and _is_bare(verb.head):
            if has_subject(verb):
                break
            verb = verb.head  # "urged Oman to join in and recognise it"
        over = verb.head
        moves = words("moves", "calls_on")
        if tense_of(verb) != "infinitive" or over.lemma_.lower() not in moves:
            return None
        objects = [c for c in over.children if c.dep_ in UNDERGONE and c.i < verb.i]
        objects += [c for c in verb.children if c.dep_ == "nsubj"]
        called = (c for c in over.children if c.lower_ in {"on", "upon", "to"} and c.i < verb.i)
        objects += [
            n for c in called for n in c.children if over.lemma_.lower() in words("calls_on")
        ]
        many = words("many_parties", "no_party", "asked_many")
        named = (n for n in objects if self.scene.at(n.i) or n.lemma_.lower() in many)
        return next(named, None)

    def _first_of_all(self, verb: Token) -> Token | None:
        """Return the "Peru" of "Peru was the first to send an envoy"."""
        noun = verb.head
        over = noun.head
        named = verb.dep_ in ADNOMINAL and noun.dep_ == "attr" and is_one_of_order(noun)
        if not named or over.lemma_ not in told_words("becomes") or tense_of(verb) != "infinitive":
            return None
        return self.scene.subject(over)

    def _named_last(self, verb: Token) -> Token | None:
        """Return the "Peru" of "The last country to cut ties before Chad was Peru".

        The parse may take "before Chad was Peru" for a clause.
        """
        return self._told_last(verb, verb.head) if verb.dep_ in ADNOMINAL else None

    def _signer(self, verb: Token) -> Token | None:
        """Return who adopted "a declaration on establishing a partnership", took "the step of"."""
        above = [t for t in verb.ancestors if t.pos_ in VERBS][:1]
        papers = words("document", "step")
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

    def _meant_by(self, pronoun: Token, verb: Token) -> Token | None:
        """Return the subject that "it" takes up: of the clause above, else None."""
        for above in verb.ancestors:
            if above.pos_ == "NOUN" and verb.dep_ in ADNOMINAL and above == verb.head:
                owner = next((child for child in above.children if child.dep_ == "poss"), None)
                if owner is not None and owner.pos_ != "PRON":
                    return owner
                by = prep_objects(above, "by")
                if by and by[0].pos_ != "PRON":
                    return by[0]
            if above.pos_ in VERBS:
                subject = self._actor(above)
                if subject is not None and subject.i < pronoun.i and subject.pos_ != "PRON":
                    answered = self._answered(above, pronoun, subject) if _is_why(verb) else None
                    return answered or subject
        return None

    def _answered(self, verb: Token, pronoun: Token, subject: Token) -> Token | None:
        """Return the "Fiji" of "Chad slammed Fiji after it cut ties", who has cut them.

        None of another verb ("Chad met Fiji after it had cut ties"). Also of "acted in solidarity
        with Fiji after it cut ties".
        """
        stood_by = self._stood_by(verb, pronoun)
        if stood_by is not None or verb.lemma_.lower() not in words("answers"):
            return stood_by
        own = {r.country for t in subject.subtree for r in self.scene.at(t.i)}
        for child in verb.children:
            far = child.dep_ in UNDERGONE or child.lower_ in words("answered_with")
            if not far or not verb.i < child.i < pronoun.i:
                continue
            for name in child.subtree:
                if name.i < pronoun.i and any(
                    r.kind == "country" and r.form == "name" and r.country not in own
                    for r in self.scene.at(name.i)
                ):
                    return name
        return None

    def _stood_by(self, verb: Token, pronoun: Token) -> Token | None:
        """Return the "Fiji" of "recalled its envoy in solidarity with Fiji after it cut ties"."""
        for noun in (t for t in verb.subtree if t.lemma_.lower() in words("stands_by")):
            told = [n for prep in noun.children for n in prep.children if n.i > prep.i > noun.i]
            for name in told if noun.head.lower_ == "in" else ():
                named = any(r.kind == "country" for r in self.scene.at(name.i))
                if named and name.right_edge.i + 2 == pronoun.i:
                    return name
        return None


def _is_bare(verb: Token) -> bool:
    """Tell the "recall" and "cut" of "urged Oman to recall its envoy and cut ties"."""
    return verb.tag_ == "VB" or shares_infinitive(verb)


def _is_why(verb: Token) -> bool:
    """Tell the "cut" of "slammed Fiji after it cut ties", "for its decision to cut ties"."""
    if verb.dep_ == "advcl":
        opens = {c.lower_ for c in verb.children if c.dep_ in OPENERS and c.i < verb.i}
        return bool(opens & words("answers_why"))
    return verb.dep_ == "acl" and verb.head.head.lower_ in words("answers_why")


def _is_state(reference: Reference) -> bool:
    """Tell "Peruvian" and "US" from an office or a person."""
    return reference.kind in PARTY_KINDS and reference.country is not None


def _among_whom(noun: Token) -> Token | None:
    """Return the "were" of "Peru and Chile were among the states that", "was one of those who".

    Also of "are some of the states that", "belonged to the states that".
    """
    prep = noun.head
    if noun.dep_ != "pobj" or prep.lower_ not in {"among", "amongst", "of", "to"}:
        return None
    over = prep.head
    if prep.lower_ == "of":
        some = over.lower_ in words("some_among") and over.dep_ == "attr"
        over = over.head if some else prep
    return over if over.lemma_ in words("belongs" if prep.lower_ == "to" else "one_among") else None


def _decider(verb: Token) -> Token | None:
    """Return the "Peru" of "the decision of Peru to break ties", "the country's decision to"."""
    if tense_of(verb) != "infinitive":
        return None
    if verb.dep_ == "conj" and verb.tag_ == "VB" and verb.head.dep_ == "acl":
        verb = verb.head
    if verb.dep_ != "acl":
        return announcer(verb)
    own = (c for c in verb.head.children if c.dep_ == "poss")
    country = next((c for c in own if c.lemma_.lower() in words("party_noun")), None)
    if country is not None:
        return country
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
    return next((c for c in over.children if c.dep_ in UNDERGONE), None)


def tells_of_several(clause: Token) -> bool:
    """Tell the clause of "Peru and Chad, which have", "states such as Peru and Chad, which cut".

    Not that of "Peru and Chad, which has cut ties", "Peru and Chad, which cut ties"; that of
    "Peru, Chad and Oman, which cut ties", but not that of "which cut its ties".
    """
    if any(c.dep_ in AUXILIARIES and c.lower_ in _PLURAL for c in clause.children):
        return True
    listed = (clause.head, *clause.head.conjuncts)
    if len(listed) >= _LIST and clause.tag_ == "VBD":
        return all(t.lower_ != "its" for t in clause.subtree)
    first = min(listed, key=lambda name: name.i).left_edge.i
    before = [t.lower_ for t in clause.doc[max(0, first - 2) : first]]
    return before[-2:] == ["such", "as"] or before[-1:] in (["like"], ["including"])


def is_one_of_order(noun: Token) -> bool:
    """Tell "the first country", "the latest of the neighbours", "the 17th state"."""
    near = {noun.lower_, *(child.lower_ for child in noun.children)}
    return bool(near & words("order")) or any(map(_is_numbered, near))


def _is_numbered(word: str) -> bool:
    """Tell "17th"."""
    return word[:-2].isdigit() and word[-2:] in {"st", "nd", "rd", "th"}


__all__ = ["Doers", "is_one_of_order", "tells_of_several"]
