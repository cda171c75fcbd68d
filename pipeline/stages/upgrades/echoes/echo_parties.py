"""Of whom a change is told once more: "Nicaragua followed suit"."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from models.entity import PARTY_KINDS, PERSONAL_KINDS
from pipeline.discourse.verbs import verb_above
from pipeline.labels import ADNOMINAL, TIMES
from pipeline.neighbours import prep_objects
from pipeline.reference.countries import is_country
from pipeline.reference.places import seat_of
from pipeline.stages.upgrades.echoes.echo_objects import is_object, turned_subject
from pipeline.stages.upgrades.echoes.in_row import order_at
from pipeline.stages.upgrades.parties.behind_opening import acting_behind_opening
from pipeline.stages.upgrades.parties.examples import examples_of
from pipeline.stages.upgrades.parties.party_references import NO_BARS
from pipeline.stages.upgrades.parties.with_doing import with_before
from pipeline.stages.upgrades.reading import Reading
from pipeline.stages.upgrades.tables import Echo, words

OBJECTS = frozenset({"dobj", "obj", "attr", "oprd"})


class EchoParties:
    """Reads the parties at the words of an echo."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.scene = reading.scene

    def _parties(self, token: Token, echo: Echo) -> list[str]:
        """Return the parties of whom the change is told once more."""
        parties = self.reading.parties
        passive = any(child.dep_ == "auxpass" for child in token.children)
        if echo.objects == ("*",):
            return self._objects(token)
        agents = [c for c in token.children if c.dep_ == "agent"]
        if agents and (echo.relative or echo.objects == ("",)):
            return self._named_behind(agents[0])
        if echo.in_row:
            return self._next_in_row(token)
        if token.lemma_.lower() in words("give") and not passive:
            return parties.receivers(token, NO_BARS)
        if passive and any(is_object(c, echo) for c in token.children if c.dep_ == "nsubjpass"):
            return self._behind_verb(token)
        beside = with_before(token)
        listed = list(parties.listed_from(beside.i + 1)) if beside is not None else []
        subjects = listed or self._subjects(token)
        hub = parties.hub()
        if subjects and subjects != [hub]:
            return subjects
        return parties.partners(token, NO_BARS) or subjects

    def _behind_verb(self, token: Token) -> list[str]:
        """Return the states of "was granted to Peru and Chile", "was conferred on Peru"."""
        told = (c.i for c in token.children if c.lower_ in {"to", "on", "upon"} and c.i > token.i)
        listed = (list(self.reading.parties.listed_from(i + 1)) for i in told)
        return next(filter(None, listed), [])

    def _named_behind(self, by: Token) -> list[str]:
        """Return the states of "followed by Peru and Chile", not "by the premier of Peru"."""
        found: dict[str, None] = {}
        for head in (head for noun in by.children for head in (noun, *noun.conjuncts)):
            if any(reference.kind in PERSONAL_KINDS for reference in self.scene.at(head.i)):
                continue
            body = head.lemma_.lower() in words("state_body")
            start, end = (head.left_edge.i, head.right_edge.i + 1) if body else (head.i, head.i + 1)
            told = self.reading.parties.codes(start, end) or dict.fromkeys(self._meant_by(head))
            lands = (r.country for r in self.scene.at(head.i) if r.kind == "country")
            found |= dict.fromkeys(told or filter(None, lands))  # "a status enjoyed by Peru"
            named = [c for c in head.children if c.dep_ == "appos"]
            found |= {
                code: None for n in named for code in self.reading.parties.codes(n.i, n.i + 1)
            }
        return list(found)

    def _objects(self, token: Token) -> list[str]:
        """Return the countries that are themselves the object of a verb."""
        found: dict[str, None] = {}
        for child in token.children:
            for head in (child, *child.conjuncts) if child.dep_ in OBJECTS else ():
                found |= dict.fromkeys(self.reading.parties.codes(head.i, head.i + 1))
        return [code for code in found if is_country(code)]

    def _subjects(self, token: Token) -> list[str]:
        """Return the parties that are themselves the subject of a verb, not named within it."""
        turned = turned_subject(token)
        if turned is not None:
            listed = list(self.reading.parties.listed_from(turned.left_edge.i))
            own = self.reading.parties.codes(turned.i, turned.i + 1)
            return listed or self._meant_by(turned) or list(own)
        acting = acting_behind_opening(self.reading.parties, token)
        if acting:
            return list(acting)
        subject = self.scene.subject(token)
        above = verb_above(token)
        if subject is None and above is not None and token.dep_ in {"relcl", "acl", "xcomp"}:
            subject = self.scene.subject(above)
        if subject is None:
            return []
        if subject.lower_ in {"all", "both", "each"} and token.dep_ == "relcl":
            first = next(iter([t for t in token.head.ancestors if t.dep_ == "pobj"]), token.head)
            return list(self.reading.parties.codes(first.i, subject.i))
        if subject.lower_ in {"which", "that", "who"}:
            near = subject.nbor(-2 if subject.i > 1 and subject.nbor(-1).text == "," else -1)
            noun = token.head if token.dep_ in ADNOMINAL else near
            heads = (noun, *noun.conjuncts)
            before = (head for head in heads if head.i < subject.i and not _has_clause(head, token))
            # "Unlike Peru and Chad, which did so": no party to what it does not follow
            named = (r for head in before for r in self.scene.at(head.i) if r.kind in PARTY_KINDS)
            return list(dict.fromkeys(r.country for r in named if r.country))
        found: dict[str, None] = {}
        for head in (subject, *subject.conjuncts):
            start, end = head.i, head.i + 1
            if head.lemma_.lower() in words("state_body"):
                start = head.left_edge.i
            if subject.i <= head.i or head.i < token.i:
                found |= dict.fromkeys(self.reading.parties.codes(start, end))
            if head.lemma_.lower() in words("part_of_body"):  # "the island nation of Samoa"
                for noun in prep_objects(head, "of"):
                    found |= dict.fromkeys(self.reading.parties.codes(noun.i, noun.i + 1))
        listed = self._listed_as_subject(subject, token) if found else []
        if found:
            found |= dict.fromkeys(self.reading.parties.companions(token))
        whole = list(dict.fromkeys([*listed, *found])) or self._meant_by(subject)
        return whole or self._own_country(subject, token)

    def _own_country(self, noun: Token, verb: Token) -> list[str]:
        """Return the Peru of "Peru's minister said his country would do so", "Peru said it did"."""
        own = any(c.dep_ == "poss" and c.pos_ == "PRON" for c in noun.children)
        own = (own and noun.lemma_.lower() in words("party_noun")) or noun.lower_ == "it"
        over = verb_above(verb)
        if over is not None and own and self.scene.subject(over) == noun:
            over = verb_above(over)  # "Peru says it plans to do so"
        speaker = self.scene.subject(over) if over is not None else None
        if not own or speaker is None:
            return []
        return list(self.reading.parties.codes(speaker.left_edge.i, speaker.i + 1))

    def _next_in_row(self, token: Token) -> list[str]:
        """Return those of "Peru and Chad became the latest", "the latest were Peru and Chad"."""
        subject = self.scene.subject(token)
        named = order_at(token)
        if subject is None or named is None or named == subject:
            return list(self.reading.parties.listed_from(token.i + 1))
        end = token.i
        while end > token.sent.start and (
            token.doc[end - 1].ent_type_ in TIMES or token.doc[end - 1].lower_ in {"on", "in"}
        ):
            end -= 1
        return self.reading.parties.listed_before(end) or self._subjects(token)

    def _listed_as_subject(self, subject: Token, verb: Token) -> list[str]:
        """Return the list that a subject is of, as its words stand: the parse may cut it up."""
        parties = self.reading.parties
        after = parties.listed_from(subject.left_edge.i)
        between = self.scene.doc[max(after.values(), default=verb.i) : verb.i]
        whole = after and all(t.pos_ in {"AUX", "ADV", "SCONJ"} for t in between)
        return [*parties.listed_before(subject.i), *(after if whole else ())]

    def _struck(self, token: Token) -> list[str]:
        """Return the Peru of "took the same step against Peru", "did the same to Peru"."""
        nouns = prep_objects(token, "against", "to", "towards", "toward")
        nouns += [
            n for c in token.children if c.dep_ in OBJECTS for n in prep_objects(c, "against")
        ]
        return list(
            dict.fromkeys(c for n in nouns for c in self.reading.parties.codes(n.i, n.i + 1))
        )

    def _meant_by(self, noun: Token) -> list[str]:
        """Return whom "governments in Peru and Chile", "its allies, Peru and Chile" stands for."""
        kinds = words("many_parties", "kin", "state_body")
        if noun.lemma_.lower() in words("recognition_noun"):  # "Peru's recognition followed"
            whose = (c for c in noun.children if c.dep_ == "poss")
            codes = self.reading.parties.codes
            return [code for c in whose for code in codes(c.left_edge.i, c.i + 1)]
        if noun.lemma_.lower() not in kinds:
            return []
        below = prep_objects(noun, "in", "of")
        named = [c for c in noun.children if c.dep_ == "appos"]
        heads = [other for node in (*named, *below) for other in (node, *node.conjuncts)]
        told = [code for n in heads for code in self.reading.parties.codes(n.i, n.i + 1)]
        told = told or self._places(heads)
        if not told and noun.tag_ == "NNS":  # "other states, such as Peru", "three states: Peru"
            told = examples_of(self.reading.parties, noun)
        return list(dict.fromkeys(told))

    def _places(self, nodes: Sequence[Token]) -> list[str]:
        """Return the states of capitals that stand behind "in" for their governments."""
        told = (r for node in nodes for r in self.scene.at(node.i) if r.kind == "place")
        return [r.country for r in told if r.country and r.place == seat_of(r.country)]


def _has_clause(head: Token, verb: Token) -> bool:
    """Tell the Peru of "joining Peru, which did so in 2009, and Chad, which did in 2010"."""
    return any(c.dep_ == "relcl" and c != verb for c in head.children)


__all__ = ["OBJECTS", "EchoParties"]
