"""Those who make a change and are not named: "four states", "several Gulf states'"."""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.discourse.numbers import number_of
from pipeline.discourse.verbs import own_verb
from pipeline.neighbours import agents_of, prep_objects
from pipeline.reference.countries import is_country
from pipeline.stages.upgrades.parties.doers import Doers
from pipeline.stages.upgrades.parties.examples import examples_of
from pipeline.stages.upgrades.tables import words


class UnnamedMany(Doers):
    """Tells whether several make a change of whom none is named."""

    def is_of_unnamed_many(self, token: Token) -> bool:
        """Tell "several Gulf states' normalisation of ties", which names none of those states."""
        owners = [c for c in token.children if c.dep_ == "poss" and token.pos_ == "NOUN"]
        return any(
            owner.tag_ == "NNS"
            and owner.lemma_.lower() in words("many_parties")
            and not self.group(owner.left_edge.i, owner.i + 1)
            and not any(self._is_named(t) for t in owner.subtree)
            for owner in owners
        )

    def _is_named(self, token: Token) -> bool:
        """Tell a party's own name from what only describes ("the Gulf", "African")."""
        return any(r.form == "name" and r.country for r in self.scene.at(token.i))

    def is_unnamed_many(self, token: Token) -> bool:
        """Tell a subject such as "four states", which names nobody."""
        verb = own_verb(token)
        subject = self._actor(verb) if verb is not None else None
        if verb is not None and any(c.dep_ == "nsubjpass" for c in verb.children):
            agents = agents_of(verb)
            subject = next(iter(agents), None)
        if verb is None or subject is None:
            return False
        if subject.lemma_.lower() in words("no_party"):
            bloc = subject.lemma_.lower() in words("body_noun")
            alone = bloc and [c.lower_ for c in subject.children] == ["the"]  # one told of before
            return not alone and not self.codes(subject.left_edge.i, subject.i + 1)
        if self._is_asked_of_many(verb, subject):
            return True
        several = (number_of(subject) or 0) > 1
        if several or subject.pos_ == "NUM" or subject.lower_ in words("quantity", "every"):
            return not self.scene.at(subject.i)
        if subject.lemma_.lower() not in words("many_parties"):
            return self._is_number_of_many(subject)
        lowers = {child.lower_ for child in subject.children}
        numbered = any(c.dep_ == "nummod" for c in subject.children)
        bare = subject.tag_ == "NNS" and (not lowers & words("definite") or _is_foremost(subject))
        bare = bare or (subject.tag_ == "NNS" and "following" in lowers)
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
            bodies = self._bodies(subject.left_edge.i, subject.i)
            bodies.pop("UN", None)  # "84 United Nations member states"
            named = behind | bodies
        groups = [r for r in self.scene.at(subject.i) if r.kind == "group"]
        called = [set(r.text.lower().split()) for r in groups]  # not "two more states"
        grouped = any(c & {"two", "both"} and not c & words("others") for c in called)
        return counted and not named and not grouped

    def _is_number_of_many(self, subject: Token) -> bool:
        """Tell "a great number of EU countries" from "a group of states including Peru"."""
        below = prep_objects(subject, "of")
        counted = subject.lemma_.lower() in words("number_of")
        many = [n for n in below if n.tag_ == "NNS" and n.lemma_.lower() in words("many_parties")]
        return counted and bool(many) and not examples_of(self, many[0])

    def _is_asked_of_many(self, verb: Token, subject: Token) -> bool:
        """Tell "pressed its allies in Asia to cut ties", "urged other leaders to recognise it"."""
        plural = subject.tag_ == "NNS" and subject.lemma_.lower() in (
            words("many_parties", "asked_many")
        )
        if not plural or self._moved(verb) != subject or examples_of(self, subject):
            return False
        near = {c.lower_ for c in subject.children}
        if near & {"the", "these", "both", "two"} and not near & words("others"):
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


def _is_foremost(noun: Token) -> bool:
    """Tell "the most prominent states", "the largest states", which names none of them."""
    near = [c for c in noun.children if c.dep_ == "amod"]
    return any(t.tag_ in {"RBS", "JJS"} for c in near for t in (c, *c.children))


__all__ = ["UnnamedMany"]
