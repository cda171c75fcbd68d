"""Candidates: each trigger of a change with its level, parties, status and date."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from spacy.tokens import Span, Token

from models.upgrade import Change
from pipeline.discourse import trace
from pipeline.discourse.scene import Scene
from pipeline.stages.upgrades.allies import read_ally
from pipeline.stages.upgrades.candidate import Candidate
from pipeline.stages.upgrades.charges import read_charge, read_lowered_mission
from pipeline.stages.upgrades.echoes import EchoReader
from pipeline.stages.upgrades.guards import is_not_party, is_remembered
from pipeline.stages.upgrades.levels import Level
from pipeline.stages.upgrades.listed import read_listed
from pipeline.stages.upgrades.missions import read_mission
from pipeline.stages.upgrades.named import NO_BARS, Found, Parties
from pipeline.stages.upgrades.placing import relation_object, taken_up
from pipeline.stages.upgrades.reading import Reading
from pipeline.stages.upgrades.recognition import read_recognition, read_withdrawal
from pipeline.stages.upgrades.spell import note_silence
from pipeline.stages.upgrades.status import status_of
from pipeline.stages.upgrades.switch import read_switch
from pipeline.stages.upgrades.tables import Trigger, noun_triggers, verb_triggers, words

#: How many sentences the parties of the change told last are kept for.
CARRY = 4
#: How many sentences behind a lowering of relations its chargé may be told of.
CHARGE_AHEAD = 3
#: How far behind a trigger "in favour of" is looked for, in tokens.
FAVOUR_REACH = 20
#: How far behind a level "from" is looked for, in tokens.
FROM_REACH = 6
#: How far behind a level "since" is looked for, in tokens.
SINCE_REACH = 9
#: Parties found no more surely than this were guessed from the article.
_GUESSED = 0.7
#: Parties found no more surely than this only stand in the sentence of bare ties.
_BESIDE = 0.8
#: No more levels than this are made by one trigger.
MAX_LEVELS = 3

#: The triggers that are read without a level.
_READERS: Mapping[str, Callable[[Reading, Token, Trigger], Iterator[Candidate]]] = {
    "state": read_recognition,
    "mission": read_mission,
    "switch": read_switch,
    "recognition": read_withdrawal,
    "ally": read_ally,
    "charge": read_charge,
    "lowered_mission": read_lowered_mission,
}


class ChangeFinder:
    """Reads the candidates of one scene."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.reading = Reading(scene)
        self.levels = self.reading.levels
        #: The sentence and parties of the change told last.
        self.last: tuple[int, Parties] | None = None
        #: The candidates made so far.
        self.history: list[Candidate] = []
        self.echoes = EchoReader(self.reading, self.history)

    def find(self) -> Iterator[Candidate]:
        """Yield candidates in text order."""
        for token in self.scene.doc:
            if token.idx < self.scene.article.body_start:
                continue
            made = list(self._at(token)) or list(self.echoes.read(token))
            self.history += made
            self.reading.parties.pairs += [candidate.parties for candidate in made]
            yield from made
        yield from self._since()
        for number, levels in self.levels.by_sentence.items():
            yield from read_listed(self.reading, self.scene.sentences[number], levels)

    def _at(self, token: Token) -> Iterator[Candidate]:
        for trigger in self._triggers(token):
            found = list(self._read(token, trigger))
            yield from found
            if found:
                break
            if trace.is_on():
                note_silence(self.reading, token, trigger)

    def _triggers(self, token: Token) -> Sequence[Trigger]:
        if token.pos_ in {"VERB", "AUX"}:
            return verb_triggers().get(self._lemma(token), ())
        if token.pos_ in {"NOUN", "PROPN"}:
            return noun_triggers().get(self._lemma(token), ())
        return ()

    def _lemma(self, token: Token) -> str:
        """Return a token's lemma, with the "re-" that the tokenizer cut off."""
        lemma = token.lemma_.lower()
        doc = self.scene.doc
        if token.i > 1 and doc[token.i - 1].text == "-" and doc[token.i - 2].lower_ == "re":
            return f"re-{lemma}"
        return lemma

    # One trigger

    def _read(self, token: Token, trigger: Trigger) -> Iterator[Candidate]:
        if self.scene.sentence(token.i).text.rstrip().endswith("?"):
            return
        if is_not_party(self.scene, token):
            trace.silent(token.i, trigger.id, "its subject or partner is no party to relations")
            return
        reader = _READERS.get(trigger.needs)
        if reader is not None:
            yield from reader(self.reading, token, trigger)
            return
        if trigger.particle and trigger.particle not in {t.lower_ for t in token.subtree}:
            return
        levels = self.levels.of(token)
        if trigger.preps and not self.levels.behind(levels, trigger.preps):
            return
        if trigger.needs == "diplomatic":
            yield from self._diplomatic(token, trigger, levels)
        elif levels:
            yield from self._levelled(token, trigger, levels)
        else:
            yield from self._unlevelled(token, trigger)

    def _unlevelled(self, token: Token, trigger: Trigger) -> Iterator[Candidate]:
        """Read "upgraded their ties", which names no level."""
        changed = relation_object(token) if trigger.needs == "relation" else None
        if changed is None or changed.lemma_ not in words("tie"):
            return
        if self._is_gradual(token):
            return
        if token.lemma_.lower() in words("plain") and not self.levels.is_vague(token):
            level = self.levels.same(token) or self._charge_behind(token, trigger)
            yield from self._emit(token, trigger, level)

    def _is_gradual(self, token: Token) -> bool:
        """Tell "steadily upgraded in recent years", which is no step."""
        around = {child.lower_ for child in token.subtree}
        return bool(around & words("gradual"))

    def _charge_behind(self, token: Token, trigger: Trigger) -> Level | None:
        """Return the chargé that the sentences right behind a lowering tell of."""
        number = self.scene.sentence_of[token.i]
        for ahead in range(CHARGE_AHEAD + 1) if trigger.change == "downgrade" else ():
            if not self._tells_on(token, number + ahead):
                return None
            for level in self.levels.by_sentence.get(number + ahead, ()):
                if level.name == "charge_d_affaires":
                    return level
        return None

    def _tells_on(self, token: Token, number: int) -> bool:
        """Tell whether a sentence names no country beside those of a trigger's sentence."""
        if number >= len(self.scene.sentences):
            return False
        codes = self.reading.parties.codes
        here, there = self.scene.sentence(token.i), self.scene.sentences[number]
        return set(codes(there.start, there.end)) <= set(codes(here.start, here.end))

    def _levelled(
        self, token: Token, trigger: Trigger, levels: Sequence[Level]
    ) -> Iterator[Candidate]:
        if trigger.id in {"raise", "lower"}:
            # "downgraded diplomatic relations" names what is changed, not the level reached.
            named = [level for level in levels if level.name != "diplomatic_relations"]
            if not named and not self.levels.behind(levels[:1], ("to", "into", "at")):
                yield from self._emit(token, trigger, self._charge_behind(token, trigger))
                return
            levels = named or levels
        new, old = self._ends(token, trigger, levels)
        if len(new) > 1 and new[0].name == "diplomatic_relations":
            new = [level for level in new if level.name != "ambassador_level"]
        if trigger.needs == "level" and not trigger.preps:
            new = [level for level in new if self.levels.is_made(token, level)]
        if trigger.indefinite:
            new = [level for level in new if self.levels.is_indefinite(level)]
        for level in new[:MAX_LEVELS]:
            yield from self._emit(token, trigger, level, old)

    def _ends(
        self, token: Token, trigger: Trigger, levels: Sequence[Level]
    ) -> tuple[list[Level], Level | None]:
        """Return the levels that are reached and the one left behind."""
        left = self.levels.behind(levels, ("from",))
        old = next(iter(left), None)
        new = [level for level in levels if level not in left]
        if trigger.id not in {"raise", "take_to"}:
            return new, old
        reached = self.levels.behind(new, ("to", "into", "as", "at"))
        if reached:
            # "lifted the strategic partnership to …": the object is the level left behind.
            old = old or next((lv for lv in levels if lv.start < reached[0].start), None)
            return reached, old
        return ([] if self.levels.is_vague(token) else new[:1]), old

    # One candidate

    def _emit(
        self, token: Token, trigger: Trigger, level: Level | None, old: Level | None = None
    ) -> Iterator[Candidate]:
        status = status_of(self.scene, token)
        if status is None:
            trace.silent(token.i, trigger.id, "denied: the change is not made")
            return
        if level is not None and self.levels.is_thought_of(token, level):
            status = "proposed"
        if status == "proposed" and level is not None and level.name in words("always_built"):
            return
        sets, sure = self._parties(token, level)
        date = self.reading.date(token, level)
        if status != "completed" and date is not None and self.reading.is_of_saying(date):
            date = None
        told = date is not None or _is_of_document(token)
        if trigger.dated and not told and status == "completed":
            trace.silent(token.i, trigger.id, "the rule asks for a date, and none is told")
            return
        if is_remembered(self.scene, token) and not self.reading.is_dated_behind(token, level):
            trace.silent(token.i, trigger.id, "an anniversary, without a date of its own")
            return
        report = self.reading.clock.of_report(token) if status == "completed" else None
        owners = tuple(self.reading.parties.owners(token))
        for parties in sets:
            self.last = (self.scene.sentence_of[token.i], parties)
            own = self._date_of_partner(token, level, parties) if len(sets) > 1 else None
            yield Candidate(
                rule=trigger.id,
                at=token.i,
                parties=parties,
                level=level.name if level else None,
                level_text=_text(level) if level else None,
                previous=old.name if old else None,
                change=_change(trigger, level),
                status=status,
                date=own or date,
                score=round(trigger.score * sure, 3),
                owners=owners,
                report=report,
            )

    def _date_of_partner(self, token: Token, level: Level | None, parties: Parties) -> str | None:
        """Return the date behind a partner that has its own ("with Peru in 2012 and …")."""
        bars = (level.start, level.end) if level else NO_BARS
        ends = self.reading.parties.partner_ends(token, bars)
        later = sorted(end for code, end in ends.items() if code in parties)
        for end in later[:1]:
            told = [self.reading.clock.date_behind(e) for e in sorted(ends.values()) if e >= end]
            return next((date[0] for date in told if date), None)
        return None

    def _parties(self, token: Token, level: Level | None) -> Found:
        finder = self.reading.parties
        number = self.scene.sentence_of[token.i]
        carried = self.last is not None and number - self.last[0] <= CARRY
        if carried and self.last and taken_up(token, self._sentence_before(token)):
            return self._as_told_last(token) or ([self.last[1]], 0.85)
        if level is not None and level.name in words("conferred"):
            return finder.status(token, level), 0.95
        bare = level is None or level.text.lower() in words("bare_level")
        found = finder.find(token, level, named=bare)
        unsure = found[1] <= (_BESIDE if bare else _GUESSED)
        if unsure and not any(t.lower_ == "with" for t in token.subtree):
            found = self._as_told_last(token) or found
        hub = finder.hub()
        if hub is not None and self._is_made_partner(token) and len(found[0]) == 1:
            receivers = sorted(found[0][0] - {hub})
            if set(receivers) == set(found[0][0]):
                return [frozenset({hub, code}) for code in receivers], 0.8
        if not found[0] and carried and self.last:
            return [self.last[1]], 0.7
        return found

    def _is_made_partner(self, token: Token) -> bool:
        passive = any(child.dep_ == "auxpass" for child in token.children)
        return passive and token.lemma_.lower() in words("made_partner")

    def _as_told_last(self, token: Token) -> Found | None:
        """Return the named party and whom the last change was with ("Bamako severed its ties")."""
        owners = self.reading.parties.owners(token)
        changes = {trigger.change for trigger in self._triggers(token)} - {"upgrade"}
        number = self.scene.sentence_of[token.i]
        near = [c for c in self.history if number - self.scene.sentence_of[c.at] <= CARRY]
        last = next((c for c in reversed(near) if c.change in changes), None)
        if last is None or len(owners) != 1:
            return None
        if owners[0] in last.parties:
            return [last.parties], 0.8
        target = last.parties - set(last.owners)
        return ([frozenset({owners[0], *target})], 0.8) if len(target) == 1 else None

    # Ties restored and severed

    def _diplomatic(
        self, token: Token, trigger: Trigger, levels: Sequence[Level]
    ) -> Iterator[Candidate]:
        """Read a restored or severed tie; the bare word "ties" means diplomatic relations."""
        if trigger.change == "establishment":
            levels = [level for level in levels if level.name in words("diplomatic_level")]
        reached = self.levels.behind(levels, ("to", "at"))
        level = next(iter(reached or levels), None) or self._bare_tie(token)
        if level is None:
            return
        if not (reached or levels) and self._lemma(token) in words("normal"):
            yield from self._emit(token, trigger, None)
            return
        made = list(self._emit(token, trigger, level))
        yield from made
        if trigger.change == "severance":
            yield from self._in_favour(token, made)

    def _bare_tie(self, token: Token) -> Level | None:
        noun = relation_object(token) or taken_up(token, self._sentence_before(token))
        if noun is None and self._breaks_with(token):
            return Level("diplomatic_relations", token.text, token.idx, token.idx + len(token))
        if noun is None or not self.levels.may_be_diplomatic(noun):
            return None
        if token.lemma_.lower() not in words("bare_verb"):
            return None
        return Level("diplomatic_relations", noun.text, noun.idx, noun.idx + len(noun))

    def _breaks_with(self, token: Token) -> bool:
        """Tell "broke with Taiwan", which names no relations, by the country behind it."""
        return token.lemma_.lower() in words("break_with") and any(
            child.lower_ == "with" and any(r.kind == "country" for r in self.scene.at(node.i))
            for child in token.children
            for node in child.children
        )

    def _sentence_before(self, token: Token) -> Span | None:
        number = self.scene.sentence_of[token.i] - 1
        return self.scene.sentences[number] if number >= 0 else None

    def _in_favour(self, token: Token, made: Sequence[Candidate]) -> Iterator[Candidate]:
        """Read the tie that is opened in "severed ties with Taipei in favour of Beijing"."""
        doc = self.scene.doc
        end = min(self.scene.sentence(token.i).end, token.i + FAVOUR_REACH)
        for i in range(token.i, end - 1):
            if doc[i].lower_ not in {"favor", "favour"} or doc[i + 1].lower_ != "of":
                continue
            spots = self.scene.spots(i + 2)
            if spots:
                yield from self._opened(token, made, spots[0].country)

    def _opened(self, token: Token, made: Sequence[Candidate], country: str) -> Iterator[Candidate]:
        owners = self.reading.parties.owners(token)
        for candidate in made:
            for owner in owners:
                if owner in candidate.parties and country != owner:
                    yield replace(
                        candidate,
                        parties=frozenset({owner, country}),
                        change="establishment",
                        level_text=None,
                    )

    # "strategic partners since 2010"

    def _since(self) -> Iterator[Candidate]:
        for number, levels in self.levels.by_sentence.items():
            end = self.scene.sentences[number].end
            for level in levels:
                span = self.levels.span(level)
                if span is None or level.name == "charge_d_affaires":
                    continue
                date = self._date_since(span, end)
                if date is not None:
                    yield from self._standing(level, span.root, date)

    def _date_since(self, span: Span, end: int) -> str | None:
        doc = self.scene.doc
        beside = [self.levels.span(level) for level in self.levels.beside(span.root)]
        end = min([end, *(other.start for other in beside if other and other.start > span.end)])
        for i in range(span.end, min(span.end + SINCE_REACH, end - 1)):
            if doc[i].pos_ == "VERB" and doc[i].lemma_ not in words("standing"):
                back = [t.lower_ for t in doc[i + 1 : i + 3]] == ["back", "to"]
                if not back and doc[i].lemma_ != "date":
                    return None
            near = i < span.end + FROM_REACH
            if doc[i - 1].text == "(":
                return None
            if (
                doc[i].lower_ == "since"
                or (doc[i].lower_ == "from" and near)
                or (doc[i].lower_ == "to" and doc[i - 1].lower_ == "back")
            ):
                date = self.reading.clock.after(i + 1)
                if date is not None:
                    return date
        return None

    def _standing(self, level: Level, root: Token, date: str) -> Iterator[Candidate]:
        sets, sure = self._parties(root, level)
        for parties in sets:
            own = self._date_of_partner(root, level, parties) if len(sets) > 1 else None
            yield Candidate(
                rule="since",
                at=root.i,
                parties=parties,
                level=level.name,
                level_text=_text(level),
                change="establishment" if level.name in words("diplomatic_level") else "upgrade",
                status="completed",
                date=own or date,
                score=round(0.8 * sure, 3),
            )


def _is_of_document(token: Token) -> bool:
    """Tell "a declaration by which they become partners" from what is told in passing."""
    return any(node.lemma_.lower() in words("document") for node in token.ancestors)


def _text(level: Level) -> str:
    return " ".join(level.text.split())


def _change(trigger: Trigger, level: Level | None) -> Change:
    """Return what a trigger makes of a level: of a partnership, or of diplomatic relations."""
    if level is not None and level.name in words("conferred") and trigger.change != "severance":
        return "upgrade"
    diplomatic = level is not None and level.name in words("diplomatic_level")
    change = trigger.diplomatic if diplomatic else trigger.change
    if level is None:
        return change
    if level.name == "ambassador_level" and trigger.id == "make":
        return "upgrade"
    if level.name == "charge_d_affaires":
        return "downgrade" if change in {"downgrade", "upgrade"} else change
    if level.name == "diplomatic_relations" and trigger.id == "raise":
        return "upgrade"
    return change


__all__ = ["ChangeFinder"]
