"""The arguments of a trigger: who travels, where to, when."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Unpack

from spacy.tokens import Doc, Span, Token

from pipeline.discourse.factuality import Fact
from pipeline.discourse.scene import Actor, Scene, Spot
from pipeline.discourse.tables import words
from pipeline.discourse.timing import Clock, Phase, When
from pipeline.lexicon import Rule
from pipeline.stages.visits.aboard import aboard
from pipeline.stages.visits.candidate import (
    Candidate,
    Details,
    group_size,
    is_stay,
    joined,
    to_month,
)
from pipeline.stages.visits.counts import bracketed
from pipeline.stages.visits.done_before import as_done_before
from pipeline.stages.visits.gatherings import Gatherings, is_when_held
from pipeline.stages.visits.going_along import gone_with
from pipeline.stages.visits.others_clause import is_of_judged, is_of_others
from pipeline.stages.visits.tables import noun_rules, word_set
from pipeline.stages.visits.understood import Understood

#: How far behind a verb its place may stand when the parse does not join them, in tokens.
PLACE_REACH = 9


class ArgumentReader:
    """Reads the arguments of triggers in one scene: who travels, where to, when."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.clock = Clock(scene)
        #: The trips told so far, in text order.
        self.told: list[Candidate] = []
        self.understood = Understood(scene, self.told)
        self.gatherings = Gatherings(scene)
        #: Of the sentences asked of before, by number, what `is_remote` tells.
        self._remote: dict[int, bool] = {}

    def make(
        self,
        rule: Rule,
        token: Token,
        *,
        actor: Actor | None,
        spot: Spot | None,
        fact: Fact,
        phase: Phase,
        score: float,
        anchors: Sequence[Token] = (),
        destination: str | None = None,
        **more: Unpack[Details],
    ) -> Candidate:
        """Make a candidate of a trigger with its arguments, dated by them."""
        when = self._when(token, spot, anchors, phase, fact)
        if spot is not None:
            fact = as_done_before(fact, token, when, self.scene.article.published)
        held = When()
        if "event" in more.get("notes", ()) and anchors and spot is not None and not when:
            held = self._days_of(anchors[0], spot, fact)
        day = when.start if when.start == when.end else None
        if "inside" in more.get("notes", ()):
            when = to_month(when)
        if "event" in more.get("notes", ()) and not is_stay(when):
            when = When()
        if spot is not None and more.get("count", 1) == 1:
            more["count"] = bracketed(self.scene, spot.end) or 1
        size = group_size(actor)
        if size is not None and more.get("count", 1) == 1:
            more["count"] = size
        return Candidate(
            rule=rule.id,
            at=token.i,
            actor=actor,
            origin=actor.country if actor else None,
            spot=spot,
            destination=destination or (spot.country if spot else None),
            fact=fact,
            when=when,
            score=score * (actor.share if actor else 1.0),
            phase=phase,
            day=day,
            held=held,
            **more,
        )

    def _days_of(self, event: Token, spot: Spot, fact: Fact) -> When:
        """Return when an event is held by the sentence that tells its place, if it is this one."""
        told = self.gatherings.told(event)
        published = self.scene.article.published
        if told is None or told.spot.country != spot.country:
            return When()
        behind = self.clock.behind(told.spot.end)
        when = self.clock.when([self.scene.doc[told.at], *behind], phase="whole")
        if when.start is None or when.end is None or published is None:
            return when
        made = fact.status in {"completed", "ongoing"}
        if (told.former and not made) or len(when.start) < len("2024-08"):
            return When()
        passed = when.start[: len(published)] <= published[: len(when.start)]
        ahead = when.end[: len(published)] >= published[: len(when.end)]
        return when if (passed if made else ahead) else When()

    def undated(self, made: Candidate) -> Candidate:
        """Keep only the date behind the place: when one was asked is not when one comes."""
        behind = self.clock.behind(made.spot.end) if made.spot else []
        return made if behind else replace(made, when=When())

    def _when(
        self, token: Token, spot: Spot | None, anchors: Sequence[Token], phase: Phase, fact: Fact
    ) -> When:
        if phase == "none":
            phase = "whole"
        anchors = [*anchors, *_made_first(token)]
        if spot is not None:
            behind = self.clock.behind(_past_role(self.scene.doc, spot.end))
            if behind:
                return self.clock.when([token, *behind, *anchors], phase=phase, fact=fact)
            if behind := self._behind_list(spot):
                return self.clock.when([token, *behind, *anchors], phase=phase, fact=fact)
            if (own := self._date_before(spot, token)) is not None:
                return self.clock.when([token, own, *anchors], phase=phase, fact=fact)
        when = self.clock.when([token, *anchors], phase=phase, fact=fact)
        return When() if spot is not None and self._is_of_other(when, spot, token) else when

    def _behind_list(self, spot: Spot) -> list[Token]:
        """Return the date behind "Mali, Benin and Togo in 2019" for each of its places."""
        doc, at = self.scene.doc, spot.end
        while at < len(doc) and doc[at].lower_ in {",", ";", "and"}:
            at += 1
        further = self.scene.spots(at) if at > spot.end else []
        return self.clock.behind(further[-1].end) if further else []

    def _date_before(self, spot: Spot, trigger: Token) -> Token | None:
        """Return the date right before a further place ("and two days later to Gambia")."""
        for start, end, _ in self.clock.between(trigger.i + 2, spot.start):
            if end == spot.start - 1:
                return self.scene.doc[start]
        return None

    def _is_of_other(self, when: When, spot: Spot, trigger: Token) -> bool:
        """Tell the day behind another place of the list ("to Lima on Monday and to Quito")."""
        doc = self.scene.doc
        end = self.scene.sentence(trigger.i).end
        if self._is_of_forerunner(spot, end):
            return True
        if when.start is None or len(when.start) < 10 or spot.start <= trigger.i:
            return False
        for start, _, _ in self.clock.between(spot.end + 1, end):
            where = [i for i in range(spot.end, start) if doc[i].lower_ == "where"]
            if where and any(self.scene.places_in(spot.end, where[0])):
                return True
        dates = self.clock.between(trigger.i + 1, spot.start)
        return any(
            self.scene.bounds(place)[1] <= start
            for start, _, _ in dates
            for place in self.scene.places_in(trigger.i + 1, start)
        )

    def _is_of_forerunner(self, spot: Spot, end: int) -> bool:
        """Tell the date of "the third pope to visit Kenya, after Paul VI in 1969"."""
        doc = self.scene.doc
        for start, _, _ in self.clock.between(spot.end + 1, end)[:1]:
            words = {doc[i].lower_ for i in range(spot.end, start)}
            named = start > 1 and any(r.kind == "person" for r in self.scene.at(start - 2))
            return named and doc[start - 1].lower_ in {"in", "("} and "after" in words
        return False

    def travellers(self, verb: Token, spots: Sequence[Spot | None] = ()) -> list[Actor]:
        """Return who travels by a verb; one whose own country the place is does not."""
        actors = self._subjects(verb)
        actors = gone_with(self.scene, verb, actors) or actors
        ends = {spot.country for spot in spots if spot is not None}
        actors = joined(actors)
        return [self.scene.other_antecedent(actor, ends) or actor for actor in actors]

    def _subjects(self, verb: Token) -> list[Actor]:
        subject = self.scene.subject(verb)
        if followed := self._followed(verb, subject):
            return followed
        if subject is not None and verb.lemma_ == "come" and subject.lemma_ in noun_rules():
            return []  # "the trip comes ahead of a visit to Lima"
        sent = subject is not None and any(r.kind == "delegation" for r in self.scene.at(subject.i))
        if subject is not None and subject.lemma_.lower() in word_set("vehicle") and not sent:
            return aboard(self.scene, subject, verb)
        if subject is not None:
            actors = [a for a in self.scene.actors(subject) if not a.is_party]
            if actors:
                return actors
            if subject.pos_ in {"NOUN", "PROPN"} and not self.scene.at(subject.i):
                return []
            if any(r.kind in {"country", "group"} for r in self.scene.at(subject.i)):
                return []
            if {subject.lower_, subject.head.head.lower_} & word_set("of_things"):
                return []  # "everything which comes from Peru"
            if subject.lower_ in word_set("unknown_some") and not self.scene.at(subject.i):
                return []  # "said some had gone to Peru"
            unknown = subject.lower_ in {"they", "it", "he", "she"}
            if is_of_others(self.scene, subject) or (unknown and not self.scene.at(subject.i)):
                return []
        elif verb.dep_ == "amod" or is_of_judged(verb):
            return []  # "newly arrived jets", "praised the decision to go"
        said = self._said_by(verb) if subject is not None and subject.lower_ == "we" else []
        fallback = self.scene.nearest_before(verb.i)
        return said or ([fallback] if fallback else [])

    def _said_by(self, verb: Token) -> list[Actor]:
        """Return X of "X, flanked by Y, said, 'We are happy to be in Peru'"."""
        told = next((t for t in verb.ancestors if t.lemma_ in words("speech")), None)
        sayer = self.scene.subject(told) if told is not None else None
        return [a for a in self.scene.actors(sayer) if not a.is_party] if sayer is not None else []

    def _followed(self, verb: Token, subject: Token | None) -> list[Actor]:
        """Return X of "told reporters travelling with X to Peru"."""
        reporters = verb.head if subject is None or verb.dep_ == "acl" else subject
        if verb.lemma_ not in {"travel", "fly"} or reporters.lemma_ not in word_set("press"):
            return []
        heads = [h for c in verb.children if c.lower_ == "with" for h in c.children]
        if any(head.pos_ == "PRON" for head in heads):
            told = self.scene.subject(reporters.head)
            heads = [told] if told is not None and told != reporters else []
        return [a for head in heads for a in self.scene.actors(head) if not a.is_party]

    def places(
        self, verb: Token, preps: Sequence[str], *, but: Collection[str | None] = ()
    ) -> list[Spot]:
        """Return the places behind a verb's prepositions, by the parse, else by position.

        Args:
            but: countries that "the country" and "here" do not mean: the travellers' own.
        """
        doc = self.scene.doc
        if where := self.where(verb):
            return where
        for child in verb.children:
            if child.i > verb.i and child.lower_ in preps:
                spots = self.spots(child.i + 1, but)
                if spots:
                    end = spots[-1].end
                    return [*spots, *(self._further(end, preps) or self.dated_list(end))]
            stays = child.i > verb.i and verb.lemma_ not in words("leaves_again")
            here = self.here(child.i, but) if stays else None  # "left here for Riga"
            if here is not None:
                return [here]
        if inside := self._sites(verb, preps):
            return inside
        end = min(self.scene.sentence(verb.i).end, verb.i + PLACE_REACH)
        for i in range(verb.i + 1, end):
            if doc[i].pos_ == "VERB" or doc[i].text in {";", ":"}:
                break
            if doc[i].lower_ in preps:
                spots = self.spots(i + 1, but)
                if spots:
                    return [*spots, *self._further(spots[-1].end, preps)]
        return []

    def _sites(self, verb: Token, preps: Sequence[str]) -> list[Spot]:
        """Return the place of "flew to a ranch in Peru", "headed for an air base near Lima"."""
        for prep in verb.children:
            heads = prep.children if prep.i > verb.i and prep.lower_ in preps else ()
            for site in (h for h in heads if h.lemma_.lower() in word_set("site")):
                lies = (c for c in site.children if c.i > site.i and c.lower_ in word_set("lies"))
                if spots := next((s for c in lies if (s := self.scene.spots(c.i + 1)[:1])), None):
                    return spots
        return []

    def where(self, verb: Token) -> list[Spot]:
        """Return the place of "Lima, where she arrived", "from Lima on Monday, where she was".

        So that of "a summit in Lima when A and B agreed".
        """
        if is_when_held(verb):
            return self.before_where(verb)
        if not _is_of_where(verb):
            return []
        head = verb.head
        return (
            self.scene.spots(head.i)
            or self.scene.spots(head.left_edge.i)
            or self.before_where(verb)
        )

    def before_where(self, verb: Token) -> list[Spot]:
        """Return the place before the "where" of a verb, and before the date between them."""
        doc, scene = self.scene.doc, self.scene
        at = next((c.i for c in verb.children if c.lower_ in {"where", "when"}), 0) - 1
        between = word_set("before_where")  # "Lima, the same city where"
        while at > 0 and (at in self.clock.covered or doc[at].lower_ in between):
            at -= 1
        found = scene.places_in(at, at + 1) if at > 0 else []
        ends = [r for r in found if r.country and scene.bounds(r)[1] == at + 1]
        starts = [scene.bounds(r)[0] for r in ends]
        return scene.spots(min(starts)) if starts else []

    def spots(self, i: int, but: Collection[str | None]) -> list[Spot]:
        """Return the places of the list at token `i`, or the one that "the country" means."""
        spots = self.scene.spots(i)
        if spots := spots or self.understood.several(i):
            return spots
        meant = self.understood.same(i, but=but) or self._host_land(i) or self.scene.meant(i, but)
        return [meant] if meant is not None else []

    def _host_land(self, i: int) -> Spot | None:
        """Return where the article's event is held for "the host country" at token `i`."""
        called = self.scene.doc[i : i + 3].text.lower().removeprefix("the ")
        seat = self.gatherings.seat if called in word_set("host_land") else None
        return replace(seat, start=i, end=i + 1) if seat is not None else None

    def here(self, i: int, but: Collection[str | None]) -> Spot | None:
        """Return the place that "here" at token `i` means."""
        if self.scene.doc[i].lower_ != "here":
            return None
        sentence = self.scene.sentence(i)
        beside = self.scene.places_in(sentence.start, sentence.end)
        other = {*but, *(reference.country for reference in beside)}
        ground = self.scene.here or self.scene.ground(other) or self.scene.met(other)
        return replace(ground, start=i, end=i + 1) if ground is not None else None

    def source(self, verb: Token) -> str | None:
        """Return the country of "arrived from Beijing"."""
        for child in verb.children:
            if child.lower_ == "from" and child.i > verb.i:
                for spot in self.scene.spots(child.i + 1)[:1]:
                    return spot.country
        return None

    def _further(self, i: int, preps: Sequence[str]) -> list[Spot]:
        """Read on in "to India in July and to China in October": the verb is not said again."""
        doc = self.scene.doc
        end = min(self.scene.sentence(i - 1).end, i + 14)
        for at in range(i, end):
            if doc[at].pos_ in {"VERB", "AUX"}:
                break
            if doc[at].lower_ in preps and doc[at - 1].lower_ in word_set("before_further"):
                spots = self.scene.spots(at + 1)
                if spots:
                    return [*spots, *self._further(spots[-1].end, preps)]
        return []

    def dated_list(self, i: int) -> list[Spot]:
        """Read on in "visited Belgrade in July and Skopje in September".

        "Visited Belgrade in July and Skopje was hit by floods" does not go on.
        """
        doc, dated = self.scene.doc, self.clock.covered
        at = i + (doc[i : i + 1].text == "," and i + 1 in dated)  # "Lima, June 12-14, and Oslo"
        links = {"in", "on", "(", ")", "from", "to", "until", "-", "–"}
        while at < len(doc) and at - i < 8 and (at in dated or doc[at].lower_ in links):
            at += 1
        if at == i or at >= len(doc) or doc[at].lower_ not in {"and", ","}:
            return []
        at += 1 + (doc[at : at + 2].text.lower() == ", and")
        while doc[at : at + 1].text.lower() in word_set("list_adverb"):
            at += 1
        at += doc[at : at + 1].text.lower() in {"in", "to", "at"}
        spots = self.scene.spots(at)
        if not spots or self.scene.is_owner(spots[0].reference) or self._does(spots[-1]):
            return []
        return [*spots, *self.dated_list(spots[-1].end)]

    def _does(self, spot: Spot) -> bool:
        """Tell a country that is the subject of a further clause or owns what is."""
        following = self.scene.doc[spot.end : spot.end + 1]
        if following.text in {"'s", "’s"} or any(t.pos_ in {"VERB", "AUX"} for t in following):
            return True
        return self.scene.doc[spot.start : spot.end].root.dep_ in {"nsubj", "nsubjpass", "poss"}

    def local_spot(self, verb: Token, country: str | None) -> Spot | None:
        """Return the place "in" or "at" which a meeting was held, in its sentence."""
        doc = self.scene.doc
        sentence = self.scene.sentence(verb.i)
        if _is_of_where(verb) or is_when_held(verb):
            return next((s for s in self.where(verb) if country in {None, s.country}), None)
        found = None
        for i in range(sentence.start, sentence.end):
            if doc[i].lower_ != "here" and not self.scene.is_where(i):
                continue
            start = i if doc[i].lower_ == "here" else i + 1
            for spot in self.scene.spots(start)[:1]:
                if _is_of_other(doc[i], verb) or (not spot.place and _is_of_topic(doc[i], verb)):
                    continue
                if self.is_behest(spot):
                    continue
                if country is None or spot.country == country:
                    near = abs(i - verb.i)
                    if found is None or near < found[0]:
                        found = (near, spot)
        return found[1] if found else None

    def is_behest(self, spot: Spot) -> bool:
        """Tell the country of "began talks at Peru's request", which is no place."""
        tokens = self.scene.doc[spot.start : spot.end + 2]
        return any(token.lower_ in word_set("at_whose") for token in tokens)

    def is_remote(self, verb: Token) -> bool:
        """Tell whether a sentence is of a call or a letter, not of one that is handed over."""
        number = self.scene.sentence_of[verb.i]
        if number not in self._remote:
            self._remote[number] = self._tells_remote(self.scene.sentence(verb.i))
        return self._remote[number]

    def _tells_remote(self, sentence: Span) -> bool:
        far = {token.lower_ for token in sentence} & words("remote")
        handed = any(token.lemma_ in word_set("hands_over") for token in sentence)
        return bool(far - word_set("handed_over") if handed else far)


#: Parts of speech of the words of an office.
_NOMINAL = frozenset({"NOUN", "PROPN", "ADJ", "DET", "PRON"})


def _is_of_where(verb: Token) -> bool:
    return verb.dep_ == "relcl" and any(c.lower_ == "where" for c in verb.children)


def _past_role(doc: Doc, end: int) -> int:
    """Return the token behind "as prime minister" at token `end`, the role in which one went."""
    if doc[end : end + 1].text.lower() != "as":
        return end
    at = end + 1
    while at < len(doc) and at - end < 7 and doc[at].pos_ in _NOMINAL:
        at += 1
    return at


def _made_first(verb: Token) -> list[Token]:
    """Return the "became" of "became the first premier to visit Bhutan", where its date hangs."""
    if verb.tag_ != "VB":
        return []
    return [t for t in verb.ancestors if t.lemma_ == "become" and t.pos_ == "VERB"][:1]


def _is_of_another_time(verb: Token) -> bool:
    """Tell "weeks after the premier met A", "two days before he met A"."""
    for mark in verb.children:
        if mark.dep_ == "mark" and mark.lower_ in {"after", "before"} and mark.i > 0:
            return mark.nbor(-1).lemma_ in {"day", "week", "month", "year"}
    return False


def _is_of_other(prep: Token, verb: Token) -> bool:
    """Tell the place of a further verb ("met A, a day after opening a fair in Bonn"), or of "from".

    "flew from a summit in Bonn to meet A" is no meeting in Bonn.
    """
    if any(t.lower_ == "from" and t.dep_ == "prep" for t in prep.ancestors):
        return True
    if _is_of_matter(prep, verb):
        return True
    if prep.head.lemma_ == "be" and prep.head != verb and prep.head not in set(verb.ancestors):
        return True  # "met A and was in Bonn"
    governor = _past_holding(next((t for t in prep.ancestors if t.pos_ == "VERB"), verb), verb)
    if prep.i < verb.i and governor != verb and _is_of_another_time(verb):
        return True
    if any(t.lower_ == "since" and governor in t.ancestors for t in prep.ancestors):
        return True  # "since the start of the war in Gaza"
    if governor == verb or (governor.dep_ == "conj" and governor.head == verb):
        return False
    return governor not in set(verb.ancestors)


def _is_of_matter(prep: Token, verb: Token) -> bool:
    """Tell "will meet A to discuss the summit, to be held in Lima", which is the summit's place."""
    between = verb.doc[verb.i + 1 : prep.i]
    aims = (t for t in between if t.tag_ == "VB" and t.lemma_ in word_set("of_a_matter"))
    return any(verb in aim.ancestors for aim in aims) and prep.head != verb


def _past_holding(governor: Token, verb: Token) -> Token:
    """Return the verb over "a meeting scheduled to take place in Lima", which is held there."""
    while governor != verb and governor.dep_ in {"acl", "relcl", "xcomp"}:
        if governor.lemma_ not in word_set("holds_event"):
            break
        governor = next((t for t in governor.ancestors if t.pos_ == "VERB"), verb)
    return governor


def _is_of_topic(prep: Token, verb: Token) -> bool:
    """Tell "met A and agreed on a fund for schools in Peru": not all that is done is done there."""
    for node in prep.ancestors:
        if node == verb or node.pos_ == "VERB":
            return False
        if node.pos_ == "ADP" and node.lower_ in word_set("of_a_topic"):
            governor = next((t for t in node.ancestors if t.pos_ == "VERB"), verb)
            return governor != verb
    return False


__all__ = ["ArgumentReader"]
