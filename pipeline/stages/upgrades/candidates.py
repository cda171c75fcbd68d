"""Which triggers tell a change of the ties of states, each with its level, parties and date."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import takewhile

from spacy.tokens import Token

from pipeline.discourse import trace
from pipeline.discourse.scene import Scene
from pipeline.labels import COMPLEMENTS, VERBS
from pipeline.reference.countries import is_country
from pipeline.stages.upgrades.candidate import MEMBER, Candidate
from pipeline.stages.upgrades.dates.dating import is_of_notice
from pipeline.stages.upgrades.dates.further import read_further
from pipeline.stages.upgrades.dates.listed import read_listed
from pipeline.stages.upgrades.dates.quoted_day import with_spoken_day
from pipeline.stages.upgrades.dates.reported import is_behind_since
from pipeline.stages.upgrades.dates.signed_before import read_signed_before
from pipeline.stages.upgrades.echoes.echo_reader import EchoReader
from pipeline.stages.upgrades.echoes.like_ones import read_like_ones
from pipeline.stages.upgrades.echoes.preceding import read_those_before, with_preceding
from pipeline.stages.upgrades.guards import is_not_party, rises_by_itself
from pipeline.stages.upgrades.levels.level_links import acts_on_else, is_said, is_shift_in_passing
from pipeline.stages.upgrades.levels.level_names import Level
from pipeline.stages.upgrades.levels.reached import Reached
from pipeline.stages.upgrades.levels.results import (
    is_newly_called,
    is_proclaimed,
    is_status_lost,
    is_what_follows,
)
from pipeline.stages.upgrades.levels.rungs import read_rungs
from pipeline.stages.upgrades.levels.standing import Standing
from pipeline.stages.upgrades.memberships.bracketed import BRACKETED, read_bracketed
from pipeline.stages.upgrades.memberships.lesser_seats import with_members
from pipeline.stages.upgrades.memberships.member_lists import MEMBERS, read_members
from pipeline.stages.upgrades.memberships.member_since import read_member_since
from pipeline.stages.upgrades.memberships.read_membership import read_membership
from pipeline.stages.upgrades.merging.ledger import read_ledger
from pipeline.stages.upgrades.missions.charges import is_at_first, read_charge, read_lowered_mission
from pipeline.stages.upgrades.missions.raised_missions import read_raised_mission
from pipeline.stages.upgrades.missions.read_missions import read_mission
from pipeline.stages.upgrades.outcome.aims_of_steps import is_aim_of_step
from pipeline.stages.upgrades.outcome.announced import is_announced
from pipeline.stages.upgrades.outcome.asserted import is_only_named, is_regarded, is_stage
from pipeline.stages.upgrades.outcome.clause_behind import tells_of_noun
from pipeline.stages.upgrades.outcome.discussed import is_under_discussion
from pipeline.stages.upgrades.outcome.documents import is_of_approved_paper, is_of_standing_paper
from pipeline.stages.upgrades.outcome.general import is_general, is_only_led_to
from pipeline.stages.upgrades.outcome.misread import raised_from, tells_as_done
from pipeline.stages.upgrades.outcome.undertakings import is_in_principle
from pipeline.stages.upgrades.parties.firms_heads import is_said_by_firm
from pipeline.stages.upgrades.parties.looking_back import are_rivals
from pipeline.stages.upgrades.parties.named import Parties, shared_of
from pipeline.stages.upgrades.parties.orders import becomes_one_that_has
from pipeline.stages.upgrades.parties.pairs_in_row import with_own_doers, with_whom_told
from pipeline.stages.upgrades.reading import Reading
from pipeline.stages.upgrades.recognition.allies import read_ally
from pipeline.stages.upgrades.recognition.ended import is_ended
from pipeline.stages.upgrades.recognition.read_recognition import read_recognition
from pipeline.stages.upgrades.recognition.recognisers import is_given
from pipeline.stages.upgrades.recognition.switch import read_favoured, read_switch
from pipeline.stages.upgrades.recognition.withdrawal import read_withdrawal
from pipeline.stages.upgrades.spell import note_silence
from pipeline.stages.upgrades.tables import Trigger, may_tell, words
from pipeline.stages.upgrades.ties.accords import read_accord
from pipeline.stages.upgrades.ties.mended import is_how_long
from pipeline.stages.upgrades.ties.normality import is_normality_sought
from pipeline.stages.upgrades.ties.tie_changes import Ties

#: How far behind the verb over a list one of its dated entries may stand, in tokens.
LIST_REACH = 80

#: The triggers that are read without a level.
_READERS: Mapping[str, Callable[[Reading, Token, Trigger], Iterator[Candidate]]] = {
    "state": read_recognition,
    "mission": read_mission,
    "new_mission": read_mission,
    "raised_mission": read_raised_mission,
    "switch": read_switch,
    "recognition": read_withdrawal,
    "ally": read_ally,
    "charge": read_charge,
    "lowered_mission": read_lowered_mission,
    "accord": read_accord,
    "membership": read_membership,
}


class ChangeFinder(Standing, Ties, Reached):
    """Reads the candidates of one scene."""

    def __init__(self, scene: Scene) -> None:
        super().__init__(scene)
        self.echoes = EchoReader(self.reading, self.history)
        #: Which triggers are a firm's: each of a word's rows asks.
        self._of_firms: dict[int, bool] = {}

    def find(self) -> Iterator[Candidate]:
        """Yield candidates in text order; a heading above the dateline where the body has none.

        What a list tells with a day is not told again by the verb over it.
        """
        listed = list(self._listed())
        days = {(c.parties, c.change): c for c in reversed(listed)}
        for candidate in self._told():
            own = days.get((candidate.parties, candidate.change))
            near = own is not None and 0 <= own.at - candidate.at < LIST_REACH
            near = near or (own is not None and self._is_over_list(candidate, own, listed))
            if any(self._is_of_entry(candidate, entry) for entry in listed):
                continue
            if own is None or not near or own.date == candidate.date:
                yield with_spoken_day(self.scene, candidate)
        yield from listed

    def _is_over_list(
        self, candidate: Candidate, entry: Candidate, listed: Sequence[Candidate]
    ) -> bool:
        """Tell the "granted" of "a status granted to Peru (2008) and Chad (2012)", of that list."""
        number = self.scene.sentence_of
        here = entry.at < candidate.at and number[entry.at] == number[candidate.at]
        dates = {c.date for c in listed if c.at == entry.at}
        return here and candidate.level == entry.level and candidate.date in dates

    def _is_of_entry(self, candidate: Candidate, entry: Candidate) -> bool:
        """Tell the "established" of "partnerships with Peru (established in 2008)", of that list.

        Whatever stands before the list is none of its parties.
        """
        within = self.scene.doc[max(0, candidate.at - 1)].text == "("
        near = 0 <= candidate.at - entry.at < LIST_REACH and candidate.date == entry.date
        return within and near and entry.rule == "listed"

    def _told(self) -> Iterator[Candidate]:
        body = bisect_left(self.scene.starts, self.scene.article.body_start)
        story = self.scene.story
        yield from self._tellings(self.scene.tokens_from(body))
        if not self.history:
            yield from self._tellings(self.scene.doc[story.start : max(body, story.start)])
        yield from self.standing()

    def _listed(self) -> Iterator[Candidate]:
        for number, levels in self.levels.by_sentence.items():
            yield from read_listed(self.reading, self.scene.sentences[number], levels)
        for sentence in self.scene.sentences:
            lowers = {t.lower_ for t in sentence}
            if MEMBERS & lowers:
                yield from read_members(self.reading, sentence)
            if BRACKETED & lowers:
                yield from read_bracketed(self.reading, sentence)
        yield from read_ledger(self.reading)

    def _tellings(self, tokens: Iterable[Token]) -> Iterator[Candidate]:
        for token in tokens:
            if token.is_sent_start:
                self.read_standing(self.scene.sentence_of[token.i])
            turns = token.pos_ == "VERB" and self._turns_relations(token)
            if not turns and not may_tell(token.lemma_, token.pos_):
                continue
            if token.lower_ in words("no_deed"):
                continue
            made = list(self._at(token)) or list(self.echoes.read(token))
            made = made or list(read_signed_before(self.reading, token, self.history))
            made = made or list(read_like_ones(self.reading, token, self.history))
            made = made or list(read_those_before(self.reading, token, self.history))
            made = [c for c in made if not _is_of_rivals(c) and not self._is_done_since(c)]
            made = [c for c in made if not _is_of_meeting_body(c) and not self._is_of_row(c)]
            made = [with_members(c) for c in made if not self._is_of_no_state(c)]
            if not made:
                continue
            made = with_preceding(self.reading, token, made)
            made += read_further(self.reading, token, made)
            made += read_favoured(self.reading, token, made)
            made = list(with_own_doers(self.reading, token, made))
            made = list(with_whom_told(self.reading, token, made, self.history))
            self.history += made
            for candidate in made:
                self.reading.note(candidate.parties, candidate.change, candidate.at)
            told = [c for c in made if c.at == token.i]
            doers = {code for c in told for code in c.owners}
            self.reading.parties.note_told(token, [c.parties for c in told], doers)
            yield from made
            yield from read_rungs(self.reading, token, made)

    def _is_of_row(self, candidate: Candidate) -> bool:
        """Tell the two of "joined the EU, followed by NATO", each of which one joined."""
        if candidate.level != MEMBER or any(map(is_country, candidate.parties)):
            return False
        start = self.scene.sentence(candidate.at).start
        here = takewhile(lambda told: told.at >= start, reversed(self.history))
        joined = {code for told in here if told.level == MEMBER for code in told.parties}
        return candidate.parties <= joined

    def _is_of_no_state(self, candidate: Candidate) -> bool:
        """Tell the Somalia of "signed a deal to open ties with Somaliland", which is none of it."""
        sentence, no_state = self.scene.sentence(candidate.at), words("no_state")
        if not any(t.lower_ in no_state for t in sentence):
            return False
        told: dict[str, set[str]] = {}
        for token in sentence:
            for reference in self.scene.at(token.i):
                if reference.country in candidate.parties:
                    told.setdefault(reference.country, set()).add(token.lower_)
        return any(names <= words("no_state") for names in told.values())

    def _is_done_since(self, candidate: Candidate) -> bool:
        """Tell the "agreement in principle to grant it", told behind "was granted it on Monday"."""
        if candidate.status != "planned" or not is_in_principle(self.scene.doc[candidate.at]):
            return False
        own = (candidate.parties, candidate.level, candidate.change)
        below = (c for c in self.history if c.at >= self.scene.headline_end)
        return any((c.parties, c.level, c.change) == own and c.status == "completed" for c in below)

    def _at(self, token: Token) -> Iterator[Candidate]:
        for trigger in self._triggers(token):
            if trigger.particles and not _has_particle(token, trigger):
                continue  # "cut ties" is no "cut back" that tells nothing
            found = list(self._read(token, trigger))
            yield from found
            if found:
                break
            if trace.is_on():
                note_silence(self.reading, token, trigger)

    def _read(self, token: Token, trigger: Trigger) -> Iterator[Candidate]:
        if trigger.id == "have_in_row" and not becomes_one_that_has(token):
            return
        if trigger.id == "have_again" and any(t.lower_ == "since" for t in token.subtree):
            return  # what stands since a day is read by that
        asked = self.scene.sentence(token.i).text.rstrip().endswith("?")
        if asked and not is_behind_since(token):
            return
        if trigger.needs == "member_since":
            yield from read_member_since(self.reading, token, trigger)
            return
        if trigger.needs == "level" and not self.levels.beside(token):
            return
        if token.lemma_ in words("planned") and any(c.dep_ == "xcomp" for c in token.children):
            return  # "are set to be restored"
        if self._is_not_party(token) and not self._is_made_ally(token, trigger):
            trace.silent(token.i, trigger.id, "its subject or partner is no party to relations")
            return
        if rises_by_itself(self.scene, token):
            trace.silent(token.i, trigger.id, "its subject is neither ties nor a state")
            return
        if _is_right_behind(token, trigger.unless):
            return
        if tells_of_noun(token, trigger):
            trace.silent(token.i, trigger.id, "only says when a change told before it was made")
            return
        start = self.scene.sentence(token.i).start
        here = takewhile(lambda told: told.at >= start, reversed(self.history))
        if any(is_of_notice(token, self.scene.doc[c.at]) for c in here):
            trace.silent(token.i, trigger.id, "only says when what was done was announced before")
            return
        if token.dep_ in COMPLEMENTS | {"conj"} and raised_from(token) is not None:
            return  # "from a partnership, set up in 2005, to a strategic one": of what is left
        if is_of_approved_paper(token):
            trace.silent(token.i, trigger.id, "a paper of old that others approve")
            return
        if is_of_standing_paper(token):
            trace.silent(token.i, trigger.id, "of a paper of old that should be kept")
            return
        if is_regarded(token):
            trace.silent(token.i, trigger.id, "only what one takes the other for")
            return
        if is_aim_of_step(self.scene, token, self.history):
            trace.silent(token.i, trigger.id, "only what a step told before is meant for")
            return
        if is_only_led_to(token):
            trace.silent(token.i, trigger.id, "only what something adds to, or what onlookers fear")
            return
        if is_how_long(token):
            trace.silent(token.i, trigger.id, "only how long the ties were broken")
            return
        if self._is_only_named(token, trigger) and not is_under_discussion(token):
            if trigger.id != "restore" or is_stage(token) or not is_normality_sought(token):
                why = "only named: nothing says that it is made or wanted"
                trace.silent(token.i, trigger.id, why)
                return
            trigger = trigger.model_copy(update={"status": "proposed"})
        if trigger.needs != "charge" and is_general(self.reading, token):
            trace.silent(token.i, trigger.id, "told in general, of nobody who did it")
            return
        reader = _READERS.get(trigger.needs)
        if reader is not None:
            found = list(reader(self.reading, token, trigger))
            found = [c for c in found if not is_at_first(c, self.history)]
            shared = shared_of([c.parties for c in found if len(c.parties) > 1])
            for candidate in found:
                if len(candidate.parties) == 1:  # for "Peru and Chad have done so" behind it
                    self.history.append(candidate)
                else:
                    if trigger.needs == "mission":  # "They reopen embassies. Ties were cut in 2008"
                        self.last = (self.scene.sentence_of[token.i], candidate.parties)
                    yield self._reported(candidate, candidate.parties - shared)
            return
        if token.lemma_ == "make" and is_said(token):
            return
        if trigger.id == "make" and tells_as_done(token):
            return  # "declared suspended ties" tells the suspension
        levels = [lv for lv in self.levels.of(token) if not self._comes_itself(token, lv)]
        if token.lemma_ == "make" and any(map(self._is_made_so, levels)):
            return
        if trigger.id == "follow_in_time":
            levels = [lv for lv in levels if is_what_follows(self.levels.span(lv), token)]
        if trigger.id == "be_declared" and not is_proclaimed(token):
            return
        if trigger.id == "be_now" and not is_proclaimed(token):
            levels = [lv for lv in levels if lv.name in words("conferred")]
        if trigger.id in {"be_now", "be_declared"}:
            levels = [lv for lv in levels if is_newly_called(self.levels.span(lv), token)]
        if trigger.id == "lose_status":
            levels = [lv for lv in levels if is_status_lost(self.levels.span(lv), token)]
        if trigger.id in words("gives_status"):
            # "accepted a diplomat at ambassador level" confers no status, nor does "recognised it
            # and opened diplomatic relations"; "joined the alliance" is to be a member.
            none = words("no_status")
            none |= {"diplomatic_relations"} if token.lemma_ in words("recognise") else set()
            if token.lemma_ in words("deems") and any(
                lv.name.endswith("partnership") for lv in levels
            ):
                return  # "deemed Peru a strategic partner", which is but a view
            levels = [lv for lv in levels if lv.name not in none]
        if trigger.preps and not self.levels.behind(levels, trigger.preps):
            return
        if trigger.id == "take_to" and (acts_on_else(token) or is_shift_in_passing(token)):
            return
        reached = trigger.id == "raise" and self.levels.behind(levels, ("to", "into", "as", "at"))
        if trigger.id == "raise" and not reached and acts_on_else(token):
            return  # "to elevate the work of the partnership"
        if not reached and self._lemma(token) in words("furthers"):
            return  # "the promotion of the partnership"
        if trigger.needs == "diplomatic":
            yield from self._diplomatic(token, trigger, levels)
        elif levels and trigger.id in words("grows_to_level") and _has_grown(token):
            yield from self._levelled(token, trigger.model_copy(update={"dated": True}), levels)
        elif levels:
            yield from self._levelled(token, trigger, levels)
        else:
            yield from self._unlevelled(token, trigger)

    def _comes_itself(self, token: Token, level: Level) -> bool:
        """Tell that of "opened embassies in 1960, and a partnership followed in 1994"."""
        span = self.levels.span(level)
        behind = [*self.scene.doc[span.end : span.end + 2]] if span is not None else []
        told = [t.lower_ for t in behind]
        return told[:1] == ["followed"] and told[-1] in {"in", "on"} and behind[0] != token

    def _is_made_so(self, level: Level) -> bool:
        """Tell "made the partnership weaker than before" from "made it so more than once"."""
        span = self.levels.span(level)
        tags = [t.tag_ for t in self.scene.doc[span.end : span.end + 2]] if span is not None else []
        return tags[:1] == ["JJR"] or tags in (["RBR", "JJ"], ["RBR", "VBN"])

    def _is_made_ally(self, token: Token, trigger: Trigger) -> bool:
        """Tell "asked Congress to name Peru a major non-NATO ally", which no firm can be.

        Nor can it be an "observer of the African Union", to which the council admits.
        """
        if trigger.needs == "membership":
            return True  # "the council of the bloc suspended Peru"
        levels = self.levels.of(token) if trigger.id == "confer" else ()
        if {level.name for level in levels} & words("ally_level"):
            return True
        spans = [self.levels.span(lv) for lv in levels if lv.name in words("conferred")]
        behind = (i for s in spans if s is not None for i in range(s.end, s.sent.end))
        return any(r.kind == "organization" and r.country for i in behind for r in self.scene.at(i))

    def _is_not_party(self, token: Token) -> bool:
        if token.i not in self._of_firms:
            own = is_not_party(self.scene, token) or is_said_by_firm(self.scene, token)
            self._of_firms[token.i] = own
        return self._of_firms[token.i]

    def _is_only_named(self, token: Token, trigger: Trigger) -> bool:
        """Tell what nothing says to be made or wanted, unless its own words name a day or level."""
        if trigger.needs == "membership" or not is_only_named(token):
            return False  # its reader asks what it stands under
        if self.reading.clock.within(token.left_edge.i, token.right_edge.i + 1) is not None:
            return False  # "the normalisation of ties in 2020"
        if is_stage(token):
            return True
        if trigger.needs == "state":
            return token.pos_ == "VERB" or not (is_given(token) or is_ended(token))
        own = trigger.needs in {"mission", "new_mission"} or bool(self.levels.of(token))
        return token.pos_ == "VERB" or not own

    def _reported(self, candidate: Candidate, whose: Parties) -> Candidate:
        """Return a candidate with the day that the report gives it, as one of `whose`."""
        announced = candidate.status == "planned" and candidate.level != "ambassador_level"
        if announced and is_announced(self.scene.doc[candidate.at]):
            ahead = candidate.date is not None and not self.reading.is_of_saying(candidate.date)
            candidate = candidate if ahead else replace(candidate, status="completed")
        if candidate.status != "completed":
            token = self.scene.doc[candidate.at]
            said = self.reading.is_of_telling(token, candidate.date, candidate.status)
            return replace(candidate, date=None) if said else candidate
        if candidate.date is not None:
            return candidate
        told = self.reading.clock.of_report(self.scene.doc[candidate.at], whose)
        return replace(candidate, report=candidate.report or told)


def _is_of_rivals(candidate: Candidate) -> bool:
    """Tell the pair of "Beijing demands that its partners cut ties with Taipei", which has none."""
    pair = candidate.parties & words("contested")
    made = candidate.change in {"severance", "establishment"}
    return made and any(are_rivals(code, set(candidate.parties - {code})) for code in pair)


def _is_of_meeting_body(candidate: Candidate) -> bool:
    """Tell relations "opened" with the UN or BRICS, which have none and are only named beside."""
    bodies = {code for code in candidate.parties if not is_country(code)}
    return candidate.level in words("levels_of_states") and not bodies <= words("has_relations")


def _has_grown(verb: Token) -> bool:
    """Tell "their ties have developed into a partnership", of no one day, from "they took them"."""
    has = any(c.dep_ == "aux" and c.lower_ in {"has", "have", "'ve"} for c in verb.children)
    passive = any(c.dep_ in {"auxpass", "nsubjpass", "dobj"} for c in verb.children)
    return has and not passive


def _is_right_behind(token: Token, particles: Sequence[str]) -> bool:
    return any(node.lower_ in particles for node in token.doc[token.i + 1 : token.i + 2])


def _has_particle(token: Token, trigger: Trigger) -> bool:
    """Tell "took up relations" from "took relations up a notch", "cut ties, pushing back"."""
    particles = trigger.particles
    if "longer" in particles:  # "will no longer be its member"
        return any(c.lower_ == "longer" for c in token.children)
    if trigger.joined or _is_right_behind(token, particles):
        return _is_right_behind(token, particles)
    said = [node for node in token.subtree if node.lower_ in particles and node.i > token.i]
    return "up" not in particles and any(_is_own(node, token) for node in said)


def _is_own(node: Token, token: Token) -> bool:
    """Tell a word of a trigger's own clause from one of a verb under it."""
    above = next(t for t in node.ancestors if t == token or t.pos_ in VERBS)
    return above == token


__all__ = ["ChangeFinder"]
