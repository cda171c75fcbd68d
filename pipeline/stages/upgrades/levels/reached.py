"""Which levels a change reaches, and which it leaves: "raised it from a pact to an alliance"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from pipeline.discourse.verbs import verb_above
from pipeline.labels import NOUNS, VERBS
from pipeline.stages.upgrades.candidate import Candidate
from pipeline.stages.upgrades.emitting import Emitter
from pipeline.stages.upgrades.guards import is_of_domain, is_of_sector, is_only_aim
from pipeline.stages.upgrades.levels.elsewhere import (
    level_elsewhere,
    told_beside,
    told_in_headline,
    told_next,
)
from pipeline.stages.upgrades.levels.level_names import Level
from pipeline.stages.upgrades.outcome.documents import is_signed_behind
from pipeline.stages.upgrades.parties.party_references import NO_BARS
from pipeline.stages.upgrades.tables import Trigger, words
from pipeline.stages.upgrades.ties.relations import relation_object, taken_up

#: How many sentences behind a lowering of relations its chargé may be told of.
CHARGE_AHEAD = 3
#: How many sentences behind a change its level may be named.
SPOKEN_AHEAD = 3
#: How many tokens "from one officially described as a" may take.
_CALLED_REACH = 9
#: No more levels than this are made by one trigger.
MAX_LEVELS = 5


class Reached(Emitter):
    """Reads which levels the triggers of one scene reach, and which they leave."""

    def _unlevelled(self, token: Token, trigger: Trigger) -> Iterator[Candidate]:
        """Read "upgraded their ties", which names no level."""
        changed = relation_object(token) if trigger.needs == "relation" else None
        if changed is None or changed.lemma_ not in words("tie"):
            return
        if self._is_gradual(token) or is_only_aim(token) or is_of_domain(changed):
            return
        subject = self.scene.subject(token) if token.pos_ == "VERB" else None
        if subject is not None and subject.lemma_.lower() in words("raised_by_visit"):
            return  # "his visit will upgrade their relations"
        if token.lemma_.lower() not in words("plain"):
            return
        level = level_elsewhere(self.levels, token)
        level = level or self._charge_behind(token, trigger)
        level = level or told_next(self.levels, token, self._going_on(token))
        level = level or told_in_headline(self.levels, token)
        if level is not None or not self.levels.is_vague(token):
            yield from self._emit(token, trigger, level)

    def _is_gradual(self, token: Token) -> bool:
        """Tell "steadily upgraded in recent years", which is no step."""
        around = {child.lower_ for child in token.subtree}
        sentence = self.scene.sentence(token.i)
        years = any(
            t.lower_ == "recent" and t.nbor().lower_ in words("spans_recent") for t in sentence[:-1]
        )
        return years or bool(around & words("gradual"))

    def _is_of_relations(self, token: Token, levels: Sequence[Level]) -> bool:
        """Tell "scaled down its ties" from "drew down its troops in Peru, a strategic partner"."""
        if relation_object(token) is not None or taken_up(token, self._sentence_before(token)):
            return True
        return bool(self.levels.behind(levels, ("to", "into", "at", "from")))

    def _charge_behind(self, token: Token, trigger: Trigger) -> Level | None:
        """Return the chargé that the sentences right behind a lowering tell of.

        Not the one who is summoned over it.
        """
        number = self.scene.sentence_of[token.i]
        for ahead in range(CHARGE_AHEAD + 1) if trigger.change == "downgrade" else ():
            if not self._tells_on(token, number + ahead):
                return None
            for level in self.levels.by_sentence.get(number + ahead, ()):
                called = level.name == "charge_d_affaires"
                if called and not self._is_called_in(level, token):
                    return level if not (ahead and self._is_of_others(level, token)) else None
        return None

    def _is_of_others(self, level: Level, token: Token) -> bool:
        """Tell the chargé of "lowered ties with Peru to that of a chargé" from Chad's, told before.

        That is of relations with others than those which the trigger lowers.
        """
        span = self.levels.span(level)
        verb = verb_above(span.root) if span is not None else None
        if verb is None or relation_object(verb) is None:
            return False
        own, told = self.reading.parties.partners, self.reading.parties.owners(token)
        known = {*own(token, NO_BARS), *told}
        return bool(known) and bool(set(own(verb, NO_BARS)) - known)

    def _is_called_in(self, level: Level, token: Token) -> bool:
        """Tell the chargé of "summoned Peru's chargé over its decision to lower their ties"."""
        span = self.levels.span(level)
        over = [span.root.head] if span is not None else []
        before = level.start < token.idx and self.levels.is_post(level)
        return before or any(node.lemma_.lower() in words("calls_in") for node in over)

    def _tells_on(self, token: Token, number: int) -> bool:
        """Tell whether a sentence names no country beside those of a trigger's sentence."""
        if number >= len(self.scene.sentences):
            return False
        codes = self.reading.parties.codes
        here, there = self.scene.sentence(token.i), self.scene.sentences[number]
        return set(codes(there.start, there.end)) <= set(codes(here.start, here.end))

    def _going_on(self, token: Token) -> int:
        """Return how many sentences behind a trigger's name no country beside those of its own."""
        number = self.scene.sentence_of[token.i]
        return next(
            (n for n in range(SPOKEN_AHEAD) if not self._tells_on(token, number + n + 1)),
            SPOKEN_AHEAD,
        )

    def _levelled(
        self, token: Token, trigger: Trigger, levels: Sequence[Level]
    ) -> Iterator[Candidate]:
        if trigger.change == "downgrade":
            levels = [level for level in levels if not self._is_called_in(level, token)]
            if not levels:
                yield from self._unlevelled(token, trigger)
                return
        if trigger.change == "downgrade" and not self._is_of_relations(token, levels):
            return
        if trigger.id in words("changes_what_is_named"):
            # "downgraded diplomatic relations" names what is changed, not the level reached.
            named = [level for level in levels if level.name != "diplomatic_relations"]
            if not named and not self.levels.behind(levels[:1], ("to", "into", "at")):
                yield from self._emit(token, trigger, self._charge_behind(token, trigger))
                return
            levels = named or levels
        new, old = self._ends(token, trigger, levels)
        raised = trigger.id == "raise" and old is None and bool(new)
        if raised and self.levels.is_raised(token, new[0]):
            if any(c.lower_ == "further" for c in token.children):
                return  # "agreed to further upgrade their partnership", to no other one
            yield from self._emit(token, trigger, told_beside(self.levels, token, new[0]), new[0])
            return
        # "opened an embassy, with Ivo Kos as chargé d'affaires" names a person's post.
        new = [level for level in new if not self.levels.is_post(level)]
        if self.levels.behind(new[1:2], ("at",)) and new[1].name == "charge_d_affaires":
            new = new[1:]  # "opened diplomatic relations at the level of chargé d'affaires"
        if len(new) > 1 and new[0].name == "diplomatic_relations":
            new = [level for level in new if level.name != "ambassador_level"]
        if trigger.needs == "level" and not trigger.preps:
            new = [lv for lv in new if self._is_made(token, lv) or self._is_next(token, lv, new)]
            new = [level for level in new if not self._is_of_sector(level)]
            day = self.reading.clock.within(token.i, token.right_edge.i + 1)
            told = day is not None
            new = [one for one in new if not self.levels.is_bettered(token, one, dated=told)]
        if trigger.indefinite:
            new = [level for level in new if self.levels.is_new(level)]
            if token.lemma_.lower() in words("talks_over"):
                new = [level for level in new if not _stands_already(level)]
        for level in new[:MAX_LEVELS]:
            yield from self._emit(token, trigger, level, old)

    def _is_made(self, token: Token, level: Level) -> bool:
        """Tell what is made, also the "partnership" of "the Peru-Chile Partnership signed in 2010".

        The parse may hang its clause on something else.
        """
        span = self.levels.span(level)
        dated = self.reading.clock.within(token.i, token.right_edge.i + 1) is not None
        signed = dated and span is not None and is_signed_behind(token, span)
        return signed or self._is_named_as(token, level) or self.levels.is_made(token, level)

    def _is_next(self, token: Token, level: Level, levels: Sequence[Level]) -> bool:
        """Tell the second of "since they set up ties in 1992 and a partnership in 2011".

        Each has its date right behind it; the parse may join the second to anything.
        """
        first, span = self.levels.span(levels[0]), self.levels.span(level)
        if first is None or span is None or not token.i < first.start < span.start:
            return False
        between = self.scene.doc[first.end : span.start]
        made = self._is_made(token, levels[0]) and not any(t.pos_ in VERBS for t in between)
        joined = self.levels.word_before(level) in {",", "and", "then", "finally"}
        dated = self.reading.clock.directly_behind
        return made and joined and bool(dated(first.end) and dated(span.end))

    def _is_of_sector(self, level: Level) -> bool:
        span = self.levels.span(level)
        return span is not None and is_of_sector(span)

    def _is_named_as(self, token: Token, level: Level) -> bool:
        """Tell "was told of the designation of Peru as an ally", whose "as" hangs on "told"."""
        span = self.levels.span(level)
        if token.tag_ != "NN" or span is None or level.name not in words("conferred"):
            return False
        between = self.scene.doc[token.i + 1 : span.start]
        return self.levels.word_before(level) == "as" and not any(
            t.pos_ in VERBS or t.is_punct for t in between
        )

    def _ends(
        self, token: Token, trigger: Trigger, levels: Sequence[Level]
    ) -> tuple[list[Level], Level | None]:
        """Return the levels that are reached and the one left behind."""
        if trigger.id == "withdraw_from_level":
            return self.levels.behind(levels, trigger.preps), None
        left = [lv for lv in self.levels.behind(levels, ("from",)) if not self._is_own(token, lv)]
        left += [lv for lv in self.levels.behind(levels, ("as",)) if self._is_called_so(lv)]
        if trigger.id == "raise":
            left += [lv for lv in self.levels.behind(levels, ("as",)) if self._is_held(token, lv)]
        old = next(iter(left), None)
        new = [level for level in levels if level not in left]
        if trigger.id == "lower" and len(new) > 1 and old is None:
            # "downgraded the strategic partnership to …"
            lowered = self.levels.behind(new[1:2], ("to",))
            return (lowered, new[0]) if lowered else (new, old)
        if trigger.id not in words("leaves_level_behind"):
            return new, old
        reached = self.levels.behind(new, ("to", "into", "as", "at"))
        if reached:
            # "lifted the strategic partnership to …": the object is the level left behind.
            old = old or next((lv for lv in levels if lv.start < reached[0].start), None)
            return [*reached, *self._further_steps(reached, new)], old
        if not self.levels.is_vague(token):
            return new[:1], old
        return [level for level in new if self.levels.is_spelled_out(level)][:1], old

    def _is_own(self, token: Token, level: Level) -> bool:
        """Tell the pact of "an upgrade from the pact formed in 2013", which that trigger makes."""
        span = self.levels.span(level)
        return span is not None and token.dep_ == "acl" and token.head == span.root

    def _is_held(self, token: Token, level: Level) -> bool:
        """Tell the observer of "raised its status as an observer", which is what is raised."""
        span = self.levels.span(level)
        before = self.scene.doc[token.i : span.start] if span is not None else ()
        nouns = [t for t in before if t.pos_ == "NOUN"]
        return bool(nouns) and nouns[-1].lemma_.lower() in words("statuses")

    def _is_called_so(self, level: Level) -> bool:
        """Tell the level of "raised it to an alliance from one described as a partnership"."""
        span = self.levels.span(level)
        at = span.start if span is not None else 0
        before = self.scene.doc[max(0, at - _CALLED_REACH) : at]
        of = next((t for t in reversed(before) if t.lower_ == "from"), None)
        return of is not None and all(
            t.pos_ not in NOUNS or t.lemma_.lower() in words("relation")
            for t in self.scene.doc[of.i + 1 : at]
        )

    def _further_steps(self, reached: Sequence[Level], levels: Sequence[Level]) -> list[Level]:
        """Return the later, dated levels of "to a strategic one in 2009, an extensive in 2014"."""
        found: list[Level] = []
        for level in levels:
            span = self.levels.span(level)
            if level in reached or level.start < reached[-1].start or span is None:
                continue
            joined = self.levels.word_before(level) in {",", "and", "then", "finally"}
            if joined and self.reading.clock.directly_behind(span.end):
                found.append(level)
        return found


def _stands_already(level: Level) -> bool:
    """Tell the "diplomatic relations" that two talked over from the "full" ones they lack."""
    return level.name == "diplomatic_relations" and "full" not in level.text.lower()


__all__ = ["Reached"]
