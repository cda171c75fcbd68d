"""What every telling of a change needs: its parties, its dates, and the candidate made of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Token

from models.upgrade import UpgradeStatus
from pipeline.discourse import trace
from pipeline.discourse.denials import is_negated
from pipeline.discourse.verb_forms import tense_of
from pipeline.discourse.verbs import verb_above
from pipeline.headings import is_verb_of_headline
from pipeline.labels import NOUNS, PAST, PRESENT
from pipeline.reference.countries import is_country
from pipeline.stages.upgrades.candidate import Candidate
from pipeline.stages.upgrades.change_told import change_told
from pipeline.stages.upgrades.dates.in_row import pairs_in_row
from pipeline.stages.upgrades.dates.judged_days import is_day_of_judging
from pipeline.stages.upgrades.dates.partner_dates import partner_dates
from pipeline.stages.upgrades.dates.respective import (
    further_years,
    listed_dates,
    respective_dates,
)
from pipeline.stages.upgrades.guards import (
    confers_none,
    is_of_member,
    is_of_none,
    is_remembered,
)
from pipeline.stages.upgrades.levels.level_names import Level
from pipeline.stages.upgrades.levels.shares import own_date
from pipeline.stages.upgrades.memberships.seats import is_entry_ratified
from pipeline.stages.upgrades.merging.steps import LOWER
from pipeline.stages.upgrades.outcome.announced import is_announced, is_declared_now
from pipeline.stages.upgrades.outcome.documents import signing_of
from pipeline.stages.upgrades.outcome.paper_status import is_set_behind
from pipeline.stages.upgrades.outcome.status import is_meant, status_of
from pipeline.stages.upgrades.outcome.undertakings import is_dated_by_other, is_granted, is_put_off
from pipeline.stages.upgrades.parties.named import Parties, shared_of
from pipeline.stages.upgrades.parties.party_references import NO_BARS
from pipeline.stages.upgrades.parties.taking_up import is_of_clause_before
from pipeline.stages.upgrades.parties.told_parties import GUESSED, ToldParties
from pipeline.stages.upgrades.tables import Trigger, words
from pipeline.stages.upgrades.ties.accords import pairs_with_hub
from pipeline.stages.upgrades.ties.relations import is_newly_made, taken_up

#: Changes that two parties may make more than once.
_DONE_AGAIN = LOWER | {"restoration"}


class Emitter(ToldParties):
    """Makes candidates of the triggers of one scene."""

    def _emit(
        self, token: Token, trigger: Trigger, level: Level | None, old: Level | None = None
    ) -> Iterator[Candidate]:
        status = self._status_told(token, trigger, level)
        if status is None:
            return
        sets, sure = self._parties(token, level)
        sets = pairs_with_hub(self.scene.sentence(token.i), sets)
        status, date = self._with_date(token, trigger, level, status)
        if level is not None and is_entry_ratified(self.reading, token):
            status, date = "planned", None
        date = None if old is not None and date == self._day_behind(old) else date
        if level is None and old is not None and status != "completed":
            trace.silent(token.i, trigger.id, "a wish to raise what stands, to no level")
            return
        guessed = bool(sets) and sure <= GUESSED
        if (gap := self._gap(token, trigger, level, status, date, guessed=guessed)) is not None:
            trace.silent(token.i, trigger.id, gap)
            return
        done = status == "completed"
        owners = tuple(self.reading.parties.owners(token))
        in_turn = partner_dates(self.reading, token, level, sets) if len(sets) > 1 else {}
        in_turn |= respective_dates(self.reading, token, sets)
        in_turn |= listed_dates(self.reading, token, sets)
        bars = (level.start, level.end) if level else NO_BARS
        if row := pairs_in_row(self.reading, token, bars):
            sets, in_turn = list(row), dict(row)
        apart = len(sets) > 1 and not self.reading.parties.fanned_again(token)
        others = set(in_turn.values())  # "Peru in 2017, Chad later": the date of Peru alone
        shared = shared_of(sets)
        for parties in sets or self._of_many(token, level):
            if level is not None and _lacks_body(parties, level):
                trace.silent(token.i, trigger.id, "two states alone have no such status")
                continue
            own = self._date_of_partner(token, level, parties) if apart else None
            own = in_turn.get(parties, own)
            candidate = Candidate(
                rule=trigger.id,
                at=token.i,
                parties=parties,
                level=level.name if level else None,
                level_text=level_text(level) if level else None,
                previous=old.name if old else None,
                change=change_told(token, trigger, level),
                status=status,
                date=own or (date if date not in others else None),
                score=round(trigger.score * (sure or GUESSED), 3),
                owners=owners,
                named=token.pos_ == "NOUN" and not (date or own or is_declared_now(token)),
                report=self.reading.clock.of_report(token, parties - shared) if done else None,
            )
            if len(parties) == 1:
                self.history.append(candidate)
                continue
            self.last = (self.scene.sentence_of[token.i], parties)
            yield candidate
            again = candidate.date and candidate.change in _DONE_AGAIN and len(sets) == 1
            further = further_years(token) if again else ()
            yield from (replace(candidate, date=year) for year in further)

    def _status_told(
        self, token: Token, trigger: Trigger, level: Level | None
    ) -> UpgradeStatus | None:
        """Return whether a change is told as done, planned or proposed; None where it is not."""
        if level is not None and level.name == "alliance" and self._is_loose(token, level):
            trace.silent(token.i, trigger.id, "an alliance of no treaty, day or level")
            return None
        status = "completed" if is_newly_made(token) else status_of(self.scene, token)
        if status is None or (level is not None and is_of_none(token, self.levels.span(level))):
            trace.silent(token.i, trigger.id, "denied: the change is not made")
            return None
        conferred = level if level is not None and level.name in words("conferred") else None
        none = confers_none(token, self.levels.span(conferred)) if conferred is not None else None
        if none is not None:
            trace.silent(token.i, trigger.id, none)
            return None
        if status == "planned" and _is_at_once(token):
            status = "completed"
        if trigger.status is not None:
            status = trigger.status
            if self._is_of_old(token):
                trace.silent(token.i, trigger.id, "a wish of a year gone by")
                return None
        if level is not None and self.levels.is_thought_of(token, level):
            status = "proposed"
        if status == "proposed" and level is not None and self._is_set_behind(level):
            status = "planned"
        if status == "proposed" and level is not None and level.name in words("always_built"):
            return None
        if status == "planned" and level is not None and level.name in words("always_built"):
            status = "completed"
        if level is not None and level.name in words("ally_level"):
            intended = is_meant(token) or (status == "proposed" and _is_intended(token))
            status = "planned" if intended else status
        return status

    def _is_set_behind(self, level: Level) -> bool:
        span = self.levels.span(level)
        return span is not None and is_set_behind(span.root)

    def _with_date(
        self, token: Token, trigger: Trigger, level: Level | None, status: UpgradeStatus
    ) -> tuple[UpgradeStatus, str | None]:
        """Return the date of a change, and its status in the light of that date."""
        date = self._date(token, level)
        if date is not None and is_day_of_judging(self.scene, token, date):
            date = None
        if date is not None and is_dated_by_other(token):
            # "denounced the decision to cut ties in 2019" may be of that year, not of a day to come
            ahead = self.reading.is_to_come(date)
            if ahead and status == "completed" and not self.reading.is_bare_weekday(token, date):
                return "planned", date  # "praised the decision to open ties next month"
            date = None if status != "completed" or ahead else date
        if date is not None and is_meant(token) and not self.reading.is_to_come(date):
            date = None if status == "planned" else date
        over = self._of_clause_over(token) if token.dep_ != "conj" else []
        if any(c.date == date and c.change != trigger.change for c in over):
            date = None  # the day on which ties were restored is not that of their end
        noun = taken_up(token, self._sentence_before(token)) if date is not None else None
        if date is not None and noun is not None:
            others = [c for c in self.history if c.change != trigger.change]
            date = None if is_of_clause_before(self.reading, token, date, others) else date
        if status == "completed" and date is not None:
            date = self.reading.gone_by(token, date)
        if status == "planned" and date is not None and self.reading.is_over(token, date):
            if is_put_off(token):
                return status, None  # "agreed in 2015 to raise their ties in future"
            status = "completed"
        if status == "proposed" and self._came_of_it(token, date):
            status = "completed"
        told_done = token.tag_ in PAST
        if not told_done and date is not None and self.reading.is_to_come(date):
            status = "planned" if status == "completed" else status
        announced = status == "planned" and is_announced(token)
        if status != "completed" and date is not None:
            if announced and self.reading.is_of_saying(date):
                return "completed", date  # "announced on Monday that they would raise their ties"
            told_before = self.reading.is_of_event_before(token)
            date = None if told_before or self.reading.is_of_telling(token, date, status) else date
        if announced and date is None:
            status = "completed"
        if date is None:
            status, date = self._by_paper(token, status)
        return status, date

    def _gap(
        self,
        token: Token,
        trigger: Trigger,
        level: Level | None,
        status: UpgradeStatus,
        date: str | None,
        *,
        guessed: bool,
    ) -> str | None:
        """Return what a telling lacks that its rule asks for; None where it lacks nothing.

        Args:
            guessed: whether its parties are only guessed.
        """
        told = date is not None or _is_of_document(token) or _is_formal(token)
        told = told or _is_decided(token)
        told = told or is_granted(token) or (level is not None and self.levels.is_newest(level))
        told = told or (level is not None and (_is_got(token, level) or _is_become(token, level)))
        if trigger.dated and not told and status == "completed":
            return "the rule asks for a date, and none is told"
        if is_remembered(self.scene, token) and not self.reading.is_dated_behind(token, level):
            return "an anniversary, without a date of its own"
        guessed = date is None and guessed
        if level is None and trigger.change == "restoration" and guessed:
            return "relations of parties that are only guessed"
        return None

    def _is_loose(self, token: Token, level: Level) -> bool:
        """Tell "forged an alliance of convenience", "a forest alliance" from one by treaty.

        One that is only forged or built, with no day, level, paper or word for its form, is none.
        Nor is that of "cut ties with Chad, ending a decades-long alliance".
        """
        span = self.levels.span(level)
        if span is None:
            return False
        kinds = [c for c in span.root.children if c.dep_ == "compound" and c.pos_ == "NOUN"]
        if any(c.lower_ not in words("pact_noun") for c in kinds if c.i < span.start):
            return True
        if is_of_member(span.root):
            return True
        formed = token.lemma_.lower() in words("formed") and token.pos_ == "VERB"
        formal = bool(kinds) or _is_of_document(token) or _is_formal(token)
        formal = formal or len(level.text.split()) > 1
        if not formal and (token.tag_, token.dep_) == ("VBG", "advcl") and token.i < span.start:
            return True
        return formed and not formal and self.reading.date(token, level) is None

    def _date(self, token: Token, level: Level | None) -> str | None:
        """Return the date of a change: that which one of several levels has to itself, first."""
        levels = self.levels.of(token) if level is not None else ()
        own = own_date(self.reading, token, level, levels) if level is not None else None
        since = self.reading.of_since(token)
        if since is not None:
            return own or since  # "since the launch of one in 2009 and the other in 2020"
        if own is None and self._tells_of_left(token, level):
            return None
        date = own or self.reading.date(token, level)
        return self.reading.last_weekday(token, date) if date is not None else None

    def _day_behind(self, level: Level) -> str | None:
        """Return the date of "raised from a partnership in 2015 to a strategic one", of the old."""
        span = self.levels.span(level)
        left = span is not None and self.levels.word_before(level) == "from"
        return self.reading.clock.directly_behind(span.end) if span is not None and left else None

    def _tells_of_left(self, token: Token, level: Level | None) -> bool:
        """Tell "moved from a partnership made in 2008 to a strategic one", which has no date.

        The parse may hang the second on "made".
        """
        span = self.levels.span(level) if level is not None else None
        if span is None or level is None or token.dep_ != "acl" or token.head.head.lower_ != "from":
            return False
        if self.reading.clock.directly_behind(span.end):
            return False
        return token.i < span.start and self.levels.word_before(level) == "to"

    def _is_of_old(self, token: Token) -> bool:
        """Tell the wish of "applied for observer status in 2015", of which much may have come.

        Also the talks of "began talks on a partnership in 2015".
        """
        published = self.scene.article.published
        talks = token.lemma_.lower() in words("talks")
        verb = verb_above(token) if talks else token
        past = verb is not None and verb.tag_ == "VBD"
        date = self.reading.clock.told([token]) if past else None
        return date is not None and published is not None and date[:4] < published[:4]

    def _came_of_it(self, token: Token, date: str | None) -> bool:
        """Tell "put their feud aside to resume ties in April", which they did, from an aim."""
        if date is None or self.reading.is_to_come(date) or tense_of(token) != "infinitive":
            return False
        over = token.head
        while over.pos_ in NOUNS and over.dep_ in {"dobj", "pobj", "prep"}:
            over = over.head
        over = over.head if over.pos_ == "ADP" else over
        plain = over.pos_ == "VERB" and over.tag_ == "VBD" and not is_negated(over)
        ruled = (over.lemma_.lower(), token.head.lemma_.lower())
        wished = words("proposed", "planned", "refused", "aim")
        own = self.reading.clock.within(token.i, token.right_edge.i + 1)
        return plain and own == date and not wished & set(ruled)

    def _by_paper(self, token: Token, status: UpgradeStatus) -> tuple[UpgradeStatus, str | None]:
        """Return the status and day that a signed paper gives what is to be done under it."""
        signing = signing_of(self.scene, token) if status != "proposed" else None
        if signing is None:
            return status, None
        date = self.reading.clock.told([signing])
        return "completed", date if date and not self.reading.is_to_come(date) else None

    def _of_many(self, token: Token, level: Level | None) -> list[Parties]:
        """Return the partner alone of "several states broke with Qatar", for who "did so" too."""
        if not self.reading.parties.is_unnamed_many(token):
            return []
        bars = (level.start, level.end) if level else NO_BARS
        return [frozenset({code}) for code in self.reading.parties.partners(token, bars)[:1]]

    def _date_of_partner(self, token: Token, level: Level | None, parties: Parties) -> str | None:
        """Return the date behind a partner that has its own ("with Peru in 2012 and …")."""
        bars = (level.start, level.end) if level else NO_BARS
        ends = self.reading.parties.partner_ends(token, bars)
        later = sorted(end for code, end in ends.items() if code in parties)
        for end in later[:1]:
            last = end
            for at in sorted(e for e in ends.values() if e >= end):
                if any(t.lower_ in words("parts_dates") for t in self.scene.doc[last:at]):
                    return None
                told = self.reading.clock.date_behind(at)
                if told is not None:
                    return self.reading.last_weekday(token, told[0])
                last = at
        return None


def _is_got(token: Token, level: Level) -> bool:
    """Tell "became" or "have become an observer", by which a status is got, from "partners".

    So does the headline "Peru, Chad become partners". Not "hopes to have become an observer".
    """
    to_have = any(c.lower_ == "to" and c.dep_ == "aux" for c in token.children)
    becomes = token.lemma_ == "become" and not to_have
    got = becomes and (token.tag_ in PAST or _is_news(token))
    conferred = level.name in words("conferred")
    return (got and conferred) or (becomes and _is_news(token) and is_verb_of_headline(token))


def _is_become(token: Token, level: Level) -> bool:
    """Tell "Peru and Chad became strategic partners", all that a sentence tells, from an aside."""
    partners = (level.name or "").endswith("_partnership")
    if not partners or token.lemma_ != "become":
        return False
    told = token.dep_ == "ccomp" and token.head.lemma_.lower() in words("proclaims")
    have = any(c.dep_ == "aux" and c.lemma_ == "have" for c in token.children)
    return (token.tag_, token.dep_) == ("VBD", "ROOT") or (told and (have or token.tag_ == "VBD"))


def _lacks_body(parties: Parties, level: Level) -> bool:
    """Tell an association of Peru and Chad, which states have with a body of states alone."""
    return level.name in words("with_body_alone") and all(map(is_country, parties))


def _is_news(verb: Token) -> bool:
    """Tell "Peru becomes an observer", as news has it, from "if Peru becomes", "would become"."""
    present = verb.tag_ in PRESENT and verb.dep_ in {"ROOT", "ccomp"}
    named = any(c.dep_ == "nsubj" and c.pos_ == "PROPN" for c in verb.children)
    return present and named and all(c.dep_ not in {"aux", "mark"} for c in verb.children)


def _is_at_once(token: Token) -> bool:
    """Tell "would cut ties with immediate effect", by which they are cut."""
    around = {node.lower_ for node in token.subtree}
    return "immediately" in around or {"immediate", "effect"} <= around


def _is_formal(token: Token) -> bool:
    """Tell "have officially become strategic partners" from what is told in passing."""
    return any(child.lower_ in words("formally") for child in token.children)


def _is_decided(token: Token) -> bool:
    """Tell "have agreed to become strategic partners", "resulted in their becoming partners"."""
    if token.tag_ == "VBG" and token.dep_ in {"pcomp", "advcl"}:
        over = token.head.head if token.dep_ == "pcomp" else token.head
        return over.lemma_.lower() in words("ends_in")
    if token.dep_ == "ccomp" and token.head.lemma_ in words("sees"):
        return token.head.tag_ == "VBD"  # "the visit saw them become partners"
    return tense_of(token) == "infinitive" and token.head.lemma_.lower() in words("decided")


def _is_intended(token: Token) -> bool:
    """Tell "his intention to designate", which one side alone can carry out."""
    return any(node.lemma_.lower() in words("intent") for node in token.ancestors)


def _is_of_document(token: Token) -> bool:
    """Tell "a declaration by which they become partners" from what is told in passing."""
    return any(node.lemma_.lower() in words("document") for node in token.ancestors)


def level_text(level: Level) -> str:
    """Return a level's words with single spaces."""
    return " ".join(level.text.split())


__all__ = ["Emitter", "level_text"]
