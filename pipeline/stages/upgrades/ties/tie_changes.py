"""Ties opened, restored, suspended and severed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

from spacy.tokens import Token

from pipeline.labels import ADNOMINAL, PAST, SUBJECTS, UNDERGONE, VERBS
from pipeline.neighbours import prep_objects
from pipeline.stages.upgrades.candidate import Candidate
from pipeline.stages.upgrades.emitting import Emitter
from pipeline.stages.upgrades.levels.level_names import Level
from pipeline.stages.upgrades.missions.read_missions import mission_noun
from pipeline.stages.upgrades.outcome.misread import is_misread
from pipeline.stages.upgrades.tables import Trigger, words
from pipeline.stages.upgrades.ties.normality import is_between_states, paper_of, status_of_paper
from pipeline.stages.upgrades.ties.relations import relation_object, taken_up

#: How a verb hangs on the one before it whose relations are its own.
_NEXT_IN_ROW = frozenset({"conj", "advcl"})


class Ties(Emitter):
    """Reads what happens to diplomatic relations in one scene."""

    def _diplomatic(
        self, token: Token, trigger: Trigger, levels: Sequence[Level]
    ) -> Iterator[Candidate]:
        """Read a restored or severed tie; the bare word "ties" means diplomatic relations."""
        if mission_noun(token) is not None and relation_object(token) is None:
            return
        if self._lemma(token) in words("puts_in_form") and not _has_ties_as_object(token):
            return  # "formalised the rupture of relations"
        if trigger.change == "severance" and (_is_over(token) or _is_only_cool(token)):
            return
        if trigger.change == "severance" and _ends_else(token):
            return
        if not levels and token.lemma_ == "break" and _is_of_game(token):
            return
        levels = [level for level in levels if not self.levels.is_post(level)]
        if levels and self._lemma(token) in words("freshens") and not _is_mended(token):
            levels = [level for level in levels if level.name in words("diplomatic_level")]
            if not levels:
                return  # "renewed their strategic partnership" goes on with it
        if token.dep_ == "amod" and not is_misread(token):
            # "their revived relationship as a strategic partnership"
            levels = [level for level in levels if level.name in words("diplomatic_level")]
        if trigger.change == "establishment":
            levels = [level for level in levels if level.name in words("diplomatic_level")]
            levels = [level for level in levels if self.levels.is_made(token, level)]
            if any(self.levels.is_bettered(token, level, dated=False) for level in levels):
                return
        reached = self.levels.behind(levels, ("to", "at"))
        level = next(iter(reached or levels), None) or self._bare_tie(token)
        if level is None:
            yield from self._normalised(token, trigger)
            return
        restored = trigger.change == "restoration" and not self._has_told_of_diplomacy(token)
        plain = not (reached or levels) and not _is_of_diplomacy(relation_object(token))
        if plain and (restored or self._lemma(token) in words("normal")):
            yield from self._emit(token, trigger, None)
            return
        yield from self._emit(token, trigger, level)

    def _has_told_of_diplomacy(self, token: Token) -> bool:
        """Tell an article of diplomatic relations, or a sentence that has told of such so far."""
        start, told = self.scene.sentence(token.i).start, words("diplomatic_level")
        here = (c for c in self.history if c.at >= start)
        return self._tells_of_diplomacy(token) or any(c.level in told for c in here)

    def _tells_of_diplomacy(self, token: Token) -> bool:
        """Tell an article of diplomatic relations, or of ties that are cut, which are those.

        Where nothing tells of either, "restored ties after years of animosity" names no level. Nor
        does it where only the relations of others are told of.
        """
        number, apart = self.scene.sentence_of[token.i], self.reading.parties.neighbours.are_apart
        return any(not apart(number, other) for other in self._of_diplomacy)

    @cached_property
    def _of_diplomacy(self) -> Sequence[int]:
        """The numbers of the sentences that tell of diplomatic relations, or of ties cut."""
        named = (
            number
            for number, levels in self.levels.by_sentence.items()
            if any(level.name == "diplomatic_relations" for level in levels)
        )
        cutting = words("cuts")
        cuts = (t for t in self.scene.doc if t.lemma_.lower() in cutting)
        cut = (t for t in cuts if relation_object(t) or taken_up(t, self._sentence_before(t)))
        return sorted({*named, *(self.scene.sentence_of[t.i] for t in cut)})

    def _bare_tie(self, token: Token) -> Level | None:
        noun = relation_object(token) or taken_up(token, self._sentence_before(token))
        noun = noun or self._shared(token)
        if noun is None and self._breaks_with(token):
            return Level("diplomatic_relations", token.text, token.idx, token.idx + len(token))
        if noun is None or not self.levels.may_be_diplomatic(noun) or self._is_of_other(noun):
            return None
        again = self._lemma(token) in words("renews") and self._tells_of_diplomacy(token)
        if self._lemma(token) not in words("bare_verb") and not again:
            return None
        return Level("diplomatic_relations", noun.text, noun.idx, noun.idx + len(noun))

    def _shared(self, token: Token) -> Token | None:
        """Return the relations of "were severed in 1999 and resumed in 2005", of both verbs.

        Also of all three of "were opened in 1990, severed in 1999 and resumed in 2005".
        """
        verb = token
        while verb.dep_ in _NEXT_IN_ROW and verb.tag_ in PAST and verb.head.pos_ in VERBS:
            own = {"nsubj", "nsubjpass", "dobj"}
            own |= {"mark", "aux", "agent"} if verb.dep_ == "advcl" else set()
            if verb.i < verb.head.i or any(c.dep_ in own for c in verb.children):
                return None
            verb = verb.head
            noun = relation_object(verb) if verb.tag_ == "VBN" else None
            if noun is not None:
                told = noun.dep_ in SUBJECTS or (verb.dep_ in ADNOMINAL and verb.head == noun)
                return noun if told else None
            if any(c.dep_ == "nsubjpass" for c in verb.children):
                return taken_up(verb, self._sentence_before(verb))
            begun = (c for c in verb.children if c.dep_ == "nsubj")
            noun = next(begun, None) if verb.lemma_.lower() in words("dates_back") else None
            if noun is not None:
                return noun if noun.lemma_.lower() in words("tie") else None
        return None

    def _is_of_other(self, noun: Token) -> bool:
        """Tell "the movement's ties with Chad", which are of no state."""
        owner = next((c for c in noun.children if c.dep_ == "poss" and c.pos_ == "NOUN"), None)
        if owner is None or any(self.scene.at(node.i) for node in owner.subtree):
            return False
        kinds = ("party_noun", "body_noun", "many_parties", "state_body", "states_own")
        return all(owner.lemma_.lower() not in words(kind) for kind in kinds)

    def _normalised(self, token: Token, trigger: Trigger) -> Iterator[Candidate]:
        """Read "signed a normalisation deal", "normalisation between Peru and Chad"."""
        paper = paper_of(token)
        status = status_of_paper(paper) if paper is not None else trigger.status
        if paper is not None and status is not None:
            yield from self._emit(token, trigger.model_copy(update={"status": status}), None)
        elif paper is None and is_between_states(self.scene, token):
            yield from self._emit(token, trigger, None)

    def _breaks_with(self, token: Token) -> bool:
        """Tell "broke with Taiwan", "a rupture with it", which name no relations, by the state."""
        told = [
            r
            for node in prep_objects(token, "with")
            for r in self.scene.at(node.i)
            if r.kind == "country"
        ]
        if token.pos_ == "NOUN":
            told = [r for r in told if r.country in words("contested")]
        return token.lemma_.lower() in words("break_with") and bool(told)


def _has_ties_as_object(verb: Token) -> bool:
    objects = [c for c in verb.children if c.dep_ in UNDERGONE]
    return any(noun.lemma_.lower() in words("tie") for noun in objects)


def _is_of_diplomacy(noun: Token | None) -> bool:
    """Tell "diplomatic and consular relations" from "trade and consular ties", by their words."""
    told = [c for c in noun.children if c.dep_ in {"amod", "compound"}] if noun is not None else []
    return any(word.lower_ == "diplomatic" for c in told for word in (c, *c.conjuncts))


def _is_of_game(token: Token) -> bool:
    """Tell "ties were broken when Peru scored"."""
    return any(node.lemma_.lower() in words("game") for node in token.sent)


def _is_over(token: Token) -> bool:
    """Tell "the end of a seven-year break in ties", "after years of rupture"."""
    of = token.head
    return token.pos_ == "NOUN" and of.lower_ == "of" and of.head.lemma_.lower() in words("over")


def _ends_else(token: Token) -> bool:
    """Tell "dropped the plan to raise ties", "halted work under the partnership", which ends none.

    The parse may hang both the plan and the partnership on the verb: the first is meant. So it is
    of "an end to sanctions, full relations and aid", which are a list of what is offered, but not
    of "broke off all contacts and diplomatic relations".
    """
    objects = [c for c in token.children if c.dep_ in UNDERGONE]
    of = (c for c in token.children if c.lower_ in {"of", "to"} and token.pos_ == "NOUN")
    objects += [noun for prep in of for noun in prep.children]
    first = min(objects, key=lambda noun: noun.i, default=None)
    beside = first.conjuncts if first is not None and token.pos_ == "VERB" else ()
    if any(noun.lemma_.lower() in words("relation") for noun in beside):
        return False
    other = words("attempt", "gathering", "quarrel", "hardship")
    return first is not None and first.lemma_.lower() in other


def _is_only_cool(token: Token) -> bool:
    """Tell "relations have been frozen since the raid", which may be kept all the while.

    "Froze its relations" and "diplomatic relations were frozen" suspend them.
    """
    if token.lemma_.lower() not in words("cools"):
        return False
    if token.pos_ == "VERB" and any(c.dep_ == "dobj" for c in token.children):
        return False
    noun = relation_object(token) or token
    near = (*noun.children, *token.children)
    return all(child.lower_ not in words("of_diplomats") for child in near)


def _is_mended(token: Token) -> bool:
    """Tell "revived their partnership, suspended in 2020", that was broken, from one that stood."""
    broken = words("rupture", "shut_for_a_while", "cease")
    return any(t.lemma_.lower() in broken or t.lemma_ == "suspend" for t in token.sent)


__all__ = ["Ties"]
