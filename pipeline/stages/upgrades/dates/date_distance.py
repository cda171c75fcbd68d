"""How far a date stands from a change in relations, and which dates are of something else."""

from __future__ import annotations

from itertools import takewhile

from spacy.tokens import Token
from typing_extensions import override

from models import DateExpression
from models.entity import PARTY_KINDS
from pipeline.discourse.scene import Scene
from pipeline.discourse.timing.apart import counted_from
from pipeline.discourse.verbs import has_subject
from pipeline.labels import AUXILIARIES, PAST, SUBJECTS, UNDERGONE
from pipeline.stages.upgrades.dates.dates_beside import DatesBeside
from pipeline.stages.upgrades.dates.dating import (
    agreed_then,
    is_apposed,
    is_by_paper,
    is_means,
    is_of_crisis,
    is_of_deal,
    is_of_lifted,
    is_of_notice,
    is_of_spell,
    is_of_start,
    is_of_step,
    is_of_time_before,
    is_of_what_was_shut,
    is_of_who_follow,
    is_plain,
    is_said_of,
    is_since_event,
    joins_dates,
    names_thing,
    tells_as_noun,
    tells_it,
    verb_of,
)
from pipeline.stages.upgrades.dates.grounds import names_ground
from pipeline.stages.upgrades.dates.narrated import narrated
from pipeline.stages.upgrades.dates.reported import comes_after, is_apart, is_of_doing_so
from pipeline.stages.upgrades.echoes.answered import is_of_answer
from pipeline.stages.upgrades.outcome.clause_opening import is_former
from pipeline.stages.upgrades.tables import words
from pipeline.stages.upgrades.ties.relations import of_object_before

#: Units by which a change is counted from another, as their lemmas.
UNITS = {unit: unit for unit in ("day", "week", "month", "year")}
#: How much farther a date of the clause joined to the trigger's counts to stand, in tokens.
_NEXT_CLAUSE = 4
#: How much farther a date of another clause counts to stand, in tokens.
_OTHER_CLAUSE = 14
#: How far a date stands that cannot be of the trigger, in tokens.
_NEVER = 100


class ChangeDates(DatesBeside):
    """Weighs the dates of a sentence against the trigger of a change."""

    def __init__(self, scene: Scene) -> None:
        super().__init__(scene)
        own = [told for told in self._dates if not names_ground(scene.doc[told[0]])]
        own = [told for told in own if not _is_of_plan(told[2], scene.article.published)]
        self._dates = narrated(scene, own)
        self._begins = [start for start, _, _ in self._dates]
        #: The trigger whose clause a date must be of.
        self._trigger: Token | None = None

    def _is_of_else(self, start: int) -> bool:
        """Tell a date that only bounds what is told ("until 2019", "before 2019")."""
        before = self.scene.doc[max(0, start - 2) : start]
        if len(before) and is_of_spell(before[-1]):
            return True
        bound = any(token.lower_ in words("not_of_change") for token in before)
        return bound and before.text.lower() not in words("only_then")

    @override
    def _cost(self, start: int, end: int, anchor: Token) -> float:
        """Return how far a date stands from an anchor; one of another clause stands far."""
        other = self._is_of_event(start, end) or self._is_of_those_before(start)
        other = other or self._is_of_words(start, end)
        other = other or is_of_crisis(self.scene.doc, start, end)
        if other or is_of_time_before(self.scene.doc[start]):
            return _NEVER
        cost = super()._cost(start, end, anchor)
        if (agreed := agreed_then(anchor)) is not None and end <= agreed.head.i:
            cost = min(cost, super()._cost(start, end, agreed))
        anchor = self._trigger or anchor
        if _is_of_count(self.scene.doc[start], anchor):
            return _NEVER
        after = counted_from(self.scene.doc, start)
        if after is not None and not after < anchor.i < start:
            return _NEVER  # "cut ties a month after the attack on 4 May"
        if is_since_event(self.scene.doc[start], anchor):
            return _NEVER
        if _names_recognised(self.scene.doc[start], anchor):
            return _NEVER
        if is_units_after(anchor) and start < anchor.i and _is_before_after(start, anchor):
            return _NEVER  # "opened ties Sunday, days after it cut those with Peru"
        verb = verb_of(self.scene.doc[start])
        if verb is None or start <= anchor.i < end or verb == anchor:
            return cost + _of_what_was_before(self.scene.doc[start], anchor)
        if _is_of_while(verb) and anchor not in verb.subtree:
            return _NEVER
        if is_of_notice(verb, anchor) or is_of_lifted(verb, self._trigger or anchor):
            return _NEVER
        if is_of_who_follow(verb) and anchor not in verb.subtree:
            return _NEVER
        if is_of_doing_so(verb) or (anchor not in verb.subtree and is_units_after(verb)):
            return _NEVER
        if anchor.i < verb.i and is_former(verb):
            return _NEVER
        if verb in anchor.ancestors:
            date = self.scene.doc[start]
            if is_said_of(anchor, verb) or is_of_answer(anchor, verb, date):
                return _NEVER
            if has_done_besides(anchor, verb, start) or is_behind_but(anchor, verb, start):
                return _NEVER
            if comes_after(anchor) is not None:
                between = start < anchor.i or anchor.i < verb.i < start
                return cost + (_NEVER if between else _OTHER_CLAUSE)
            if is_apart(anchor):
                return cost + _NEVER
            joined = anchor.dep_ == "conj" and not is_plain(verb)
            return cost + (_NEXT_CLAUSE if joined else 0)
        if anchor == verb.head and of_object_before(verb) is not None:
            return _NEVER  # "resumed relations with Chad, severed in 2016"
        if is_of_step(verb) or (tells_as_noun(verb) and tells_it(verb)):
            return cost
        named = verb.dep_ == "relcl" and bool(self.scene.at(verb.head.i))
        before = named or self._is_of_origin(verb) or is_of_start(verb)
        if before and anchor in verb.ancestors:
            return _NEVER  # "Peru and Chad, which cut ties in 2016, resumed them"
        if verb.lemma_.lower() in words("shuts") and comes_after(verb) is not None:
            return _NEVER  # "reopens it after it was closed two months ago"
        if is_of_what_was_shut(verb, anchor):
            return _NEVER
        if anchor in verb.ancestors and (
            is_plain(verb) or tells_it(verb) or is_means(verb, anchor) or is_by_paper(verb)
        ):
            return cost
        if verb.dep_ == "conj" and verb.head == anchor:
            undone = any(c.lower_ == "but" for c in anchor.children)  # "but cut them in 1982"
            undone = undone or _is_of_another(verb)
            return cost + (_NEXT_CLAUSE if verb.i < start and not undone else _NEVER)
        if verb.dep_ == "conj" and not is_plain(verb) and anchor in verb.head.subtree:
            own = any(c.dep_ in SUBJECTS for c in verb.children)
            return cost + (_NEVER if own else _NEXT_CLAUSE)
        if is_of_deal(verb, anchor):
            return cost
        if comes_after(anchor) is not None and start < anchor.i and verb not in anchor.subtree:
            return _NEVER  # "packed and left on Sunday after the two had cut ties"
        of_tie = verb.dep_ == "acl" and verb.head.lemma_.lower() in words("relation", "given_once")
        if of_tie and not is_plain(verb) and anchor not in verb.subtree:
            return _NEVER  # "raised their ties, moving up from a partnership made in 2013"
        return cost + _OTHER_CLAUSE

    def _is_of_origin(self, verb: Token) -> bool:
        """Tell "the SCO, founded in 2001", "a category drafted in 1989", of what is named so."""
        if verb.dep_ != "acl" or verb.tag_ not in PAST:
            return False
        kinds = {r.kind for r in self.scene.at(verb.head.i)}
        return bool(kinds & PARTY_KINDS) or is_apposed(verb.head)

    def _is_of_event(self, start: int, end: int) -> bool:
        """Tell the date of "the October 7 attack", "on 1967 lines", not "on Monday attack"."""
        doc, behind = self.scene.doc, self.scene.doc[end : end + 1]
        year = end - start == 1 and doc[start].is_digit
        if start and doc[start - 1].lower_ == "on" and not year:
            return False
        return any(token.lemma_.lower() in words("other_event") for token in behind)

    def _is_of_those_before(self, start: int) -> bool:
        """Tell the dates of "the third to do so, following Togo in 2009 and Peru in 2011"."""
        doc = self.scene.doc
        named = False
        if start and doc[start - 1].pos_ != "ADP" and doc[start - 1].text != "(":
            return False
        for i in range(start - 1, self.scene.sentence(start).start, -1):
            state = any(r.kind == "country" and r.form == "name" for r in self.scene.at(i))
            if doc[i].lower_ in words("after_others"):
                return named
            if not state and not joins_dates(doc[i]):
                return False
            named = named or state
        return False


def _is_before_after(start: int, anchor: Token) -> bool:
    """Tell whether a date stands before the "after" by which the anchor is of an earlier time."""
    mark = comes_after(anchor)
    return mark is not None and start < mark.i


def _is_of_plan(told: DateExpression, published: str | None) -> bool:
    """Tell the years of "adopted a plan for 2025-2029", which reach into years to come."""
    if published is None or told.earliest is None or told.latest is None:
        return False
    return told.earliest[:4] < told.latest[:4] and published[:4] < told.latest[:4]


def _is_of_count(date: Token, anchor: Token) -> bool:
    """Tell "As of 2019, three had recognised it" from "opened relations as of 4 May 2019"."""
    opening = [t.lower_ for t in date.doc[date.sent.start : date.i]]
    perfect = {c.lower_ for c in anchor.children if c.dep_ == "aux"} & {"has", "have", "had"}
    return opening == ["as", "of"] and bool(perfect)


def _names_recognised(date: Token, anchor: Token) -> bool:
    """Tell the date of "recognised Kosovo's February 17 declaration of independence"."""
    recognised = names_thing(date) and date.head.dep_ in UNDERGONE and date.head.head == anchor
    return recognised and anchor.lemma_.lower() in words("recognise")


def _of_what_was_before(date: Token, anchor: Token) -> float:
    """Return how much farther the day of "after a clash on Monday" stands from a change.

    That of a rupture dates no restoration: "restored ties after a break in 2009", but "after a
    break of ten years on Monday".
    """
    above = list(takewhile(lambda node: node != anchor, date.ancestors))
    at = next((i for i, n in enumerate(above) if n.lower_ in words("done_before")), None)
    if not at or above[at].dep_ != "prep":
        return 0
    between = date.doc[above[at].i : date.i]
    if any(t.ent_type_ == "DATE" and t.ent_iob_ == "B" for t in between):
        return 0
    ruptured = any(noun.lemma_.lower() in words("rupture", "shuts") for noun in above[:at])
    return _NEVER if ruptured else _NEXT_CLAUSE


def is_behind_but(anchor: Token, verb: Token, day: int) -> bool:
    """Tell the "lifted" of "it was lifted in 2021, but Peru is the last to restore ties".

    So the "joined" of "it joined in 2021, but the bloc suspended it", the "cut" of "ties were cut
    in 2018 but have now been restored".
    """
    for node in (anchor, *takewhile(lambda node: node != verb, anchor.ancestors)):
        own = has_subject(node) or any(c.dep_ in AUXILIARIES for c in node.children)
        if node.dep_ == "conj" and own:
            return day > verb.i and any(c.lower_ == "but" for c in node.head.children)
    return False


def has_done_besides(trigger: Token, verb: Token, day: int) -> bool:
    """Tell the day of "Peru declared itself free on 4 May, and Chad has recognised it"."""
    perfect = any(c.dep_ == "aux" and c.lower_ in {"has", "have"} for c in trigger.children)
    joined = trigger.dep_ == "conj" and verb == trigger.head and has_subject(trigger)
    return joined and perfect and day > verb.i


def is_units_after(verb: Token) -> bool:
    """Tell "ten years after it fell in 1990", of another time than the clause over it."""
    mark = comes_after(verb)
    return mark is not None and mark.i > 0 and mark.nbor(-1).lemma_.lower() in UNITS


def is_long_after(noun: Token) -> bool:
    """Tell the noun of "opened it three months after the establishment of relations"."""
    if noun.pos_ != "NOUN" or noun.dep_ != "pobj" or noun.head.lower_ != "after":
        return False
    unit = noun.head.nbor(-1) if noun.head.i else None
    if unit is None or unit.lemma_.lower() not in words("long_units"):
        return False
    return unit.i > 0 and unit.nbor(-1).lower_ not in words("which_unit")


def _is_of_another(verb: Token) -> bool:
    """Tell "they will reopen embassies, and flights will resume next week", of flights alone.

    Not "and the step will be taken next week", "and it will be signed next week".
    """
    ahead = any(c.dep_ == "aux" and c.lower_ == "will" for c in verb.children)
    subjects = [c for c in verb.children if c.dep_ in SUBJECTS]
    own = words("relation", "mission_object", "step", "document", "envoy_recalled")
    plain = all(n.tag_ == "NNS" and n.lemma_.lower() not in own for n in subjects)
    return ahead and bool(subjects) and plain


def _is_of_while(verb: Token) -> bool:
    """Tell "Peru joined them, while in November reports spoke of a trip", which is of another."""
    marks = {c.lower_ for c in verb.children if c.dep_ == "mark"}
    own = any(c.dep_ in SUBJECTS for c in verb.children)
    return verb.dep_ == "advcl" and own and bool(marks & {"while", "whereas"})


__all__ = [
    "UNITS",
    "ChangeDates",
    "has_done_besides",
    "is_behind_but",
    "is_long_after",
    "is_units_after",
]
